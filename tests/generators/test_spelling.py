"""Amounts in words within a row of a sheet, calculated by formualizer, against the reading aloud in Python."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from budget.money import Unit
from budget.words import WordStyle, to_words
from generators.spelling import COLUMNS, spelled
from workbook.saving import with_cached_values

EDGES = [
    *(0, 1, 4, 5, 10, 11, 14, 15, 20, 21, 24, 25, 55, 100, 101, 105, 110, 111, 115, 121, 205, 1000, 1001, 1010, 1021),
    *(10**6, 10**9, 10**12, 10**12 + 1, 10**9 + 1, 10**6 + 5, 5_241_500_000, 6_860_000_000, 101_000_000_000_000),
    *(1_000_024_000_000, 999_999_999_999_999, 100_000_000_000_005, -1, -21_000_000),
]
ANY = random.Random(5)
AMOUNTS = [*EDGES, *(ANY.randrange(10 ** ANY.randint(1, 15)) for _ in range(300))]
STYLES = [WordStyle(), WordStyle("tỉ", "ngàn", comma=True, even=True)]


def calculated(amounts: list[object], style: WordStyle, unit: Unit) -> Worksheet:
    """A sheet of amounts with their formulas beside them, as values."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, amount in enumerate(amounts, 1):
        sheet.cell(row, 1, amount)
        for column, formula in enumerate(spelled(row, 3, f"A{row}", unit, style), 3):
            sheet.cell(row, column, f"={formula}")
    stream = io.BytesIO()
    book.save(stream)
    return openpyxl.load_workbook(io.BytesIO(with_cached_values(stream.getvalue())), data_only=True).worksheets[0]


def read(amounts: list[object], style: WordStyle, unit: Unit = Unit.DONG) -> list[str]:
    """The words that the formulas give for amounts in a unit."""
    values = calculated(amounts, style, unit)
    return [values.cell(row, 2 + COLUMNS).value for row in range(1, len(amounts) + 1)]


@pytest.mark.parametrize("style", STYLES, ids=["plain", "comma-even"])
def test_every_amount_is_read_as_python_reads_it(style: WordStyle) -> None:
    assert read(list(AMOUNTS), style) == [to_words(amount, style) for amount in AMOUNTS]


def test_amounts_in_other_units_are_read_in_whole_dong() -> None:
    assert read([46.3, 0.0000004, 13.6462694], WordStyle(), Unit.MILLION) == [
        "Bốn mươi sáu triệu ba trăm nghìn đồng",
        "Không đồng",
        "Mười ba triệu sáu trăm bốn mươi sáu nghìn hai trăm sáu mươi chín đồng",
    ]


def test_what_no_spreadsheet_holds_exactly_is_not_read() -> None:
    assert read([10**15, -(10**15)], WordStyle()) == ["(quá 15 chữ số)"] * 2


def test_no_helper_of_a_long_amount_is_an_error() -> None:
    amounts: list[object] = [10**15, 1_500_000_000_000_000, -2_100_000_000_000_000, 10**18]
    assert not [cell for row in calculated(amounts, WordStyle(), Unit.DONG).values for cell in row if "#" in str(cell)]
