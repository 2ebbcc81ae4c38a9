"""Whatever stands in one cell, a plan is loaded or refused with a place; nothing else happens."""

import csv
import datetime
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.plan_folder import COSTING, COSTS, HEAD, ITEMS, YEARLY, write_text_plan

from budget.loading import load_plan
from budget.plan import Plan
from faults import InputFault
from generators.entry import write_entry

TOML = HEAD + YEARLY + COSTS + COSTING + (
    '[[controls]]\nappendix = "pl1"\nitem = "a1"\nsource = "central"\nyear = 2021\namount = 42\nunit = "triệu đồng"\n'
    'words = "Bốn mươi hai triệu đồng"\n'
    '[[readings]]\nitem = "a1"\nsource = "central"\nyear = 2021\nstatus = "proven"\nprinted = "4 2"\nreason = "x"\n'
)  # fmt: skip
LINES = (
    "id,costing,number,content,quantity,unit_price,amount,payer,note\n"
    "c1-1,c1,1,A,2 bộ,5.000,,local,\nc1-2,c1,2,B,nt,1,,,\n"
)

texts = st.text(max_size=8) | st.sampled_from(
    ["nt", "-", "0", "1.377", "46,3", "1,512,300", "2021", "2021-2022", "a", "a1", "c1", "pl1", "pl2", "local", "=1+1"]
)
toml_values = st.sampled_from(
    ["1", "-1", "2.5", "nan", "inf", "1e400", "true", "2021-01-01", "2021-01-01T00:00:00", "07:30:00", "[]", '[""]',
     "[1]", '["a", "b"]', "{}", '{a = 1}', '{"" = "x"}', "[{a = 1}]", '""', '" "', '"nt"', '"\\u0007"', '"central"',
     '"2021"', '"2021-2021"', '"99999"', '"2021-9999"', '"-"']
)  # fmt: skip
cells = st.one_of(
    texts.filter(lambda text: not any(ord(c) < 32 or c in "\ufffe\uffff" or 0xD800 <= ord(c) < 0xE000 for c in text)),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(2100, 1, 1)),
    st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1)),
    st.times(),
    st.none(),
)


def loads_or_refuses(path):
    try:
        found = load_plan(path)
    except InputFault as fault:
        found = fault
    assert isinstance(found, Plan) or found.file.startswith(str(path))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_cell_of_a_csv_file(data):
    texts_of = {"items": ITEMS, "estimates": LINES}
    name = data.draw(st.sampled_from(sorted(texts_of)))
    rows = list(csv.reader(io.StringIO(texts_of[name])))
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = data.draw(texts)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    texts_of[name] = stream.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        try:
            write_text_plan(Path(folder), TOML, texts_of["items"], texts_of["estimates"])
        except UnicodeEncodeError:  # half a letter: no file holds it
            return
        loads_or_refuses(folder)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_value_of_the_toml_file(data):
    lines = TOML.splitlines()
    number = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line]))
    lines[number] = lines[number].split(" = ")[0] + " = " + data.draw(toml_values)
    with tempfile.TemporaryDirectory() as folder:
        write_text_plan(Path(folder), "\n".join(lines), ITEMS, LINES)
        loads_or_refuses(folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    file = tmp_path_factory.mktemp("entry") / "vi-du.xlsx"
    write_entry(file, force=False)
    return file


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_cell_of_a_workbook(book, data):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[data.draw(st.sampled_from(workbook.sheetnames[1:]))]
    row, column = data.draw(st.integers(1, 4)), data.draw(st.integers(1, sheet.max_column))
    cell = sheet.cell(row, column)
    cell.value = data.draw(cells)
    if isinstance(cell.value, str):
        cell.data_type = "s"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "b.xlsx"
        workbook.save(file)
        loads_or_refuses(file)


def test_numbers_that_no_plan_should_hold(tmp_path):
    for value in ("nan", "inf", "-inf"):
        write_text_plan(tmp_path, TOML.replace("amount = 42", f"amount = {value}"), ITEMS, LINES)
        with pytest.raises(InputFault, match=r"\[\[controls\]\] 1, key “amount”: the value cannot be used"):
            load_plan(tmp_path)
    write_text_plan(tmp_path, TOML.replace("amount = 42", "amount = 1e3"), ITEMS, LINES)
    assert load_plan(tmp_path).controls[0].amount == Decimal(1000)
