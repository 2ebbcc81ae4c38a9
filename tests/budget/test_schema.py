import re
from itertools import chain
from pathlib import Path

import pytest
from support.plan_folder import load_text

from budget.plan import Axis
from budget.schema import AMOUNT, TABLES, Type, amount_key, amount_label
from generators.example import example_plan

README = Path(__file__).parents[2] / "plans" / "README.md"


def documented_rows(section: str) -> list[list[str]]:
    """The cells of the Markdown table below a heading."""
    text = README.read_text(encoding="utf-8").split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def documented_columns(section: str) -> list[tuple[str, str]]:
    """Key and Vietnamese label of each documented column; one row may document two."""
    pairs = []
    for keys, labels, *_ in documented_rows(section):
        names = re.findall(r"`([^`]+)`", keys)
        pairs += zip(names, labels.split(", ") if len(names) > 1 else [labels], strict=True)
    return pairs


@pytest.mark.parametrize("table", [t for t in TABLES if t.key != "items"], ids=lambda table: table.key)
def test_the_readme_documents_the_columns_of_the_schema(table):
    assert documented_columns(table.key) == [(column.key, column.label.vi) for column in table.columns]


def test_the_readme_documents_the_columns_of_items_and_their_amounts():
    items = next(table for table in TABLES if table.key == "items")
    expected = [(column.key, column.label.vi) for column in items.columns]
    assert documented_columns("items") == [*expected, ("amount...", "Số tiền ...")]


def test_the_readme_documents_the_tables_of_the_schema():
    text = README.read_text(encoding="utf-8")
    sheets = re.findall(r"^\| (\w+) \| .*? \| sheet `([^`]+)`", text, re.MULTILINE)
    assert sheets == [(table.key, table.label.vi) for table in TABLES]


@pytest.mark.parametrize("column", [c for t in TABLES for c in t.columns if c.choices], ids=lambda c: c.key)
def test_the_readme_documents_every_choice(column):
    text = README.read_text(encoding="utf-8")
    for value, label in column.choices.items():
        assert f"`{value}`" in text
        assert f"{label.vi}" in text


def test_the_example_of_the_readme_is_the_example_of_the_entry_workbook(tmp_path):
    blocks = dict(re.findall(r"`([\w.]+)`:\n```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
    folder = tmp_path / "vi-du"
    folder.mkdir()
    plan = load_text(folder, blocks["plan.toml"], blocks["items.csv"], blocks["estimates.csv"])
    assert plan == example_plan()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_no_two_columns_of_a_table_answer_to_one_name(table):
    columns = [*table.columns, *([AMOUNT] if table.key == "items" else [])]
    names = list(chain.from_iterable({c.key, c.label.vi.casefold(), c.label.en.casefold()} for c in columns))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_column_is_labelled_and_explained_in_both_languages(table):
    for column in table.columns:
        assert all((column.label.vi, column.label.en, column.help.vi, column.help.en))
        assert bool(column.choices) == (column.type in {Type.CHOICE, Type.FLAG})


@pytest.mark.parametrize(
    ("axis", "key", "vi"),
    [
        (Axis("local", 2021), "amount.local.2021", "Số tiền · Ngân sách địa phương · 2021"),
        (Axis("local"), "amount.local", "Số tiền · Ngân sách địa phương"),
        (Axis(year=2021), "amount.2021", "Số tiền · 2021"),
        (Axis(), "amount", "Số tiền"),
    ],
)
def test_amount_columns_are_named_by_their_axes(axis, key, vi):
    names = {"local": "Ngân sách địa phương"}
    assert (amount_key(axis), amount_label(axis, names, "vi")) == (key, vi)
