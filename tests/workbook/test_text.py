"""Text that goes into cells, sheet names and formulas."""

from __future__ import annotations

import io
import unicodedata

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import InputFault
from workbook.saving import with_cached_values
from workbook.text import literal, quote_sheet, safe_text, sheet_name, write_text

HOSTILE = ["=1+1", "+84 123", "+5", "-5", "-", "@x", "#N/A", "2.10", "1/2", "(30%)", "'x", "TRUE", " 7", "=", "{=1}"]


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from('"\n'),
    max_size=600,
)


@pytest.mark.parametrize(
    ("given_text", "safe"),
    [
        ("Cần Thơ", "Cần Thơ"),
        (unicodedata.normalize("NFD", "Hạng mục đầu tư"), "Hạng mục đầu tư"),
        ("dòng một\r\ndòng hai\rdòng ba\n", "dòng một\ndòng hai\ndòng ba\n"),
        ("từ\tWord", "từ Word"),
        ("=1+1", "=1+1"),
        ("", ""),
        ("x" * 32_767, "x" * 32_767),
    ],
)
def test_safe_text(given_text: str, safe: str) -> None:
    assert safe_text(given_text) == safe


@pytest.mark.parametrize(
    ("bad", "found"),
    [
        ("a\x00", "U+0000"),
        ("a\x07b", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x85", "U+0085"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_what_a_cell_cannot_hold_is_named(bad: str, found: str) -> None:
    with pytest.raises(InputFault) as fault:
        safe_text(bad)
    assert fault.value.found == found


@pytest.mark.parametrize("long", ["x" * 32_768, "𝄞" * 16_384])
def test_text_longer_than_a_cell_is_refused(long: str) -> None:
    with pytest.raises(InputFault, match=r"longer than a cell can hold.*\(32768\)"):
        safe_text(long)


@given(TEXTS)
def test_safe_text_changes_nothing_twice(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


@pytest.mark.parametrize("name", ["Phụ lục I", "Kiểm tra", "x" * 31, "O'Neil", "-", "=1", "a!b"])
def test_a_sheet_name_that_excel_takes(name: str) -> None:
    assert sheet_name(name) == name


def test_the_limit_of_a_sheet_name_counts_composed_letters() -> None:
    name = "Dự toán kinh phí các đề án 2025"
    assert len(name) == 31
    assert sheet_name(unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "a name that is not blank"),
        ("  ", "a name that is not blank"),
        ("x" * 32, "at most 31 characters"),
        *((f"a{sign}b", "a name without") for sign in "[]:*?/\\\n"),
        ("'a", "neither begins nor ends with '"),
        ("a'", "neither begins nor ends with '"),
        ("history", "which Excel reserves"),
        ("HISTORY", "which Excel reserves"),
    ],
)
def test_a_sheet_name_that_excel_refuses(name: str, expected: str) -> None:
    with pytest.raises(InputFault, match="sheet name cannot be used") as fault:
        sheet_name(name)
    assert fault.value.expected is not None
    assert expected in fault.value.expected.en


def test_a_quoted_sheet_name() -> None:
    assert quote_sheet("Phụ lục I") == "'Phụ lục I'"
    assert quote_sheet("A'b") == "'A''b'"
    assert quote_sheet("Data") == "'Data'"


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("", '""'),
        ("đồng", '"đồng"'),
        ('"chẵn"', '"""chẵn"""'),
        ("một\nhai", '"một"&CHAR(10)&"hai"'),
        ("\n", "CHAR(10)"),
        ("x" * 256, f'"{"x" * 255}"&"x"'),
        ("x" * 254 + '"', f'"{"x" * 254}"&""""'),
    ],
)
def test_a_text_as_a_formula(text: str, formula: str) -> None:
    assert literal(text) == formula


@given(TEXTS)
def test_a_formula_gives_its_text_back(text: str) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=" + literal(text)
    workbook.active["A2"] = "x"
    stream = io.BytesIO()
    workbook.save(stream)
    shown = openpyxl.load_workbook(io.BytesIO(with_cached_values(stream.getvalue())), data_only=True).active["A1"].value
    assert (shown or "") == safe_text(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    workbook = openpyxl.Workbook()
    write_text(workbook.active["A1"], text)
    stream = io.BytesIO()
    workbook.save(stream)
    cell = openpyxl.load_workbook(stream).active["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_ordinary_text_gets_no_prefix_and_is_made_safe() -> None:
    cell = openpyxl.Workbook().active["A1"]
    write_text(cell, unicodedata.normalize("NFD", "Sở Công Thương"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("Sở Công Thương", "s", False)


def test_the_prefix_stays_off_the_cell_whose_style_was_shared() -> None:
    sheet = openpyxl.Workbook().active
    sheet["A2"]._style = sheet["A1"]._style
    write_text(sheet["A2"], "-")
    assert (sheet["A1"].quotePrefix, sheet["A2"].quotePrefix) == (False, True)


def test_a_refused_text_leaves_the_cell_alone() -> None:
    cell = openpyxl.Workbook().active["A1"]
    cell.value = 1
    with pytest.raises(InputFault):
        write_text(cell, "\x07")
    assert cell.value == 1
