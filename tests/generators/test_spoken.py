"""Amounts in words made by worksheet formulas are the words that `budget.words` gives."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from budget.money import Unit
from budget.words import WordStyle, parse_style, to_words
from generators.spoken import Spoken
from workbook.engines import available_engines, recalculate

ENGINES = [
    pytest.param("formualizer"),
    pytest.param(
        "libreoffice",
        marks=[
            pytest.mark.office,
            pytest.mark.skipif("libreoffice" not in available_engines(), reason="LibreOffice is not on the PATH"),
        ],
    ),
]

Line = tuple[int | Decimal, Unit, WordStyle]
STYLES = [
    parse_style(", ".join(words)) for words in product(("tỷ", "tỉ"), ("nghìn", "ngàn"), ("", "dấu phẩy"), ("", "chẵn"))
]
NASTY = [
    *(0, 1, 4, 5, 10, 11, 14, 15, 20, 21, 24, 25, 55, 99, 100, 101, 104, 105, 110, 111, 115, 121, 999),
    *(1000, 1001, 1005, 1010, 1100, 10_000, 10_005, 20_021, 100_000, 100_001, 999_999, 1_000_000, 1_000_001),
    *(1_000_100, 10_000_000, 15_015_015, 21_021_021, 999_999_999, 1_000_000_000, 1_000_000_001, 1_000_001_000),
    *(1_050_000_000, 2_000_000_500, 3_050_000_000, 5_241_500_000, 105_000_000_000, 1_000_000_000_000),
    *(1_005_000_000_000, 1_005_000_000_005, 21_000_000_000_000, 10**14, 10**14 + 1, 123_456_789_012_345),
    *(999_999_999_999_998, 999_999_999_999_999, 987_654_321_999_999, 999_999_999_000_000, 999_000_000_000_999),
    *(500_000_000_000_000, 100_000_000_000_005),
]


def drawn_amounts() -> list[int]:
    """300 drawn evenly over the number of digits, up to the 15 that a spreadsheet holds; and negative ones."""
    draw = random.Random(400)
    drawn = [draw.randrange(10 ** draw.randint(1, 15)) for _ in range(300)]
    return drawn + [-amount for amount in (*NASTY, *drawn)[::3] if amount]


def spoken_workbook(lines: list[Line]) -> tuple[Workbook, list[tuple[str, str]]]:
    """A workbook that reads each amount aloud, and the cells of the words: small and capital first letter."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Số tiền"
    spoken = Spoken(workbook)
    places = []
    for row, (amount, unit, style) in enumerate(lines, 1):
        sheet.cell(row, 1, amount)
        small, capital = spoken.line(f"'Số tiền'!A{row}", unit, style)
        places.append((small.rpartition("!")[2].replace("$", ""), capital.rpartition("!")[2].replace("$", "")))
    for row, (read, classes) in enumerate(spoken.checks(), 1):
        sheet.cell(row, 2, f"=IF({read}={classes},1,0)")
    return workbook, places


def read_aloud(lines: list[Line], engine: str, folder: Path) -> list[tuple[str, str]]:
    """What an engine reads, once it finds that the classes of every amount add up to it."""
    workbook, places = spoken_workbook(lines)
    workbook.save(folder / "a.xlsx")
    values = recalculate(engine, folder / "a.xlsx").values
    assert {values["Số tiền", f"B{row}"] for row in range(1, len(lines) + 1)} == {1.0}
    return [(str(values["Đọc số", small]), str(values["Đọc số", capital])) for small, capital in places]


def in_words(amount: int, style: WordStyle) -> tuple[str, str]:
    words = to_words(amount, style)
    return words[0].lower() + words[1:], words


@pytest.mark.parametrize("engine", ENGINES)
def test_words_of_many_amounts_in_every_style(engine: str, tmp_path: Path) -> None:
    """Every style reads the nasty amounts; the drawn ones go round the styles."""
    lines = [(amount, style) for amount in NASTY for style in STYLES]
    lines += [(amount, STYLES[n % len(STYLES)]) for n, amount in enumerate(drawn_amounts())]
    said = read_aloud([(amount, Unit.DONG, style) for amount, style in lines], engine, tmp_path)
    assert [one for one in zip(lines, said, strict=True) if one[1] != in_words(*one[0])] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_words_in_other_units_and_beyond_15_digits(engine: str, tmp_path: Path) -> None:
    plain, even = WordStyle(), WordStyle(even=True)
    words: dict[Line, str] = {
        (Decimal("13646.269"), Unit.MILLION, plain): (
            "Mười ba tỷ sáu trăm bốn mươi sáu triệu hai trăm sáu mươi chín nghìn đồng"
        ),
        (Decimal("5241.5"), Unit.MILLION, even): "Năm tỷ hai trăm bốn mươi mốt triệu năm trăm nghìn đồng",
        (Decimal("0.3"), Unit.BILLION, even): "Ba trăm triệu đồng chẵn",
        (Decimal("46.3"), Unit.THOUSAND, plain): "Bốn mươi sáu nghìn ba trăm đồng",
        (Decimal("-1.5"), Unit.MILLION, plain): "Âm một triệu năm trăm nghìn đồng",
        (Decimal("0.4"), Unit.DONG, plain): "Không đồng",
        (10**15, Unit.DONG, plain): "(quá 15 chữ số)",
        (-(10**15), Unit.DONG, plain): "(quá 15 chữ số)",
        (123_456_789_012_345_000, Unit.DONG, even): "(quá 15 chữ số)",
        (10**9, Unit.MILLION, even): "(quá 15 chữ số)",
    }
    expected = [(text[0].lower() + text[1:], text) for text in words.values()]
    assert read_aloud(list(words), engine, tmp_path) == expected
