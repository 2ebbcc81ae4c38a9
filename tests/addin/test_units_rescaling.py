"""Formulas that stay right while the figures they refer to are brought into another unit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from addin.units.cells import MIXED, Cells, Degree
from addin.units.rescaling import Hindrance, Reason, Rescaler
from validators.grid import Book, CellStyle, DefinedName, Grid, GridCell
from workbook.engines import recalculate

PAGE, OTHER = "Phụ lục", "Tổng hợp"
CONVERTED = [(row, column) for row in range(5, 11) for column in (3, 4)]  # C5:D10
FIGURES = {(row, column): Decimal(1) for row in range(4, 13) for column in (3, 4, 7, 8)}  # C4:D12, G4:H12


def cells() -> Cells:
    """A sheet whose C5:D10 is converted; the figures around it, in rows 4, 11, 12 and columns G and H, are not."""
    held = {place: GridCell(value, None, value, CellStyle()) for place, value in FIGURES.items()}
    held[2, 1] = GridCell("Tên", None, "Tên", CellStyle())
    names = (
        DefinedName("TONG", f"'{PAGE}'!$C$10", None, False),
        DefinedName("SUAT", f"'{OTHER}'!$B$2", None, False),
        DefinedName("GOP", f"SUM('{PAGE}'!$C$5:$C$9)", None, False),
    )
    grids = (Grid(PAGE, "visible", held), Grid(OTHER, "visible", {}))
    return Cells(Book(Path("a.xlsx"), "xlsx", grids, names), grids[0], CONVERTED)


def brought(formula: str, want: int, sheet: str = PAGE, exponent: int = 6) -> str:
    return Rescaler(formula, sheet, cells(), exponent).brought(want)


@pytest.mark.parametrize(
    ("formula", "degree"),
    [
        ("C5", 1),
        ("C4", 0),
        ("A2", None),
        ("Z99", None),
        ("SUM(C5:C10)", 1),
        ("SUM(C4:C10)", MIXED),
        ("SUM(C5,D6)-D7", 1),
        ("C5*G5", 1),
        ("G5*H5", 0),
        ("C5/C10", 0),
        ("C5/C10*100", 0),
        ("C5*D5", 2),
        ("C5+G5", MIXED),
        ("C5+0", 1),
        ("C5+500", MIXED),
        ("-C5%", 1),
        ("IF(C5>D5,C5,\"\")", 1),
        ("C5>1000", MIXED),
        ("C5=SUM(D5:D9)", 0),
        ("SUMPRODUCT((G5:G9=1)*C5:C9)", 1),
        ("SUMIF(A5:A9,\"x\",C5:C9)", 1),
        ("SUMIFS(D5:D9,A5:A9,1)", 1),
        ("VLOOKUP(A5,A5:D9,3,0)", 1),
        ("VLOOKUP(A5,A5:D9,1,0)", None),
        ("COUNTA(C4:C10)", 0),
        ("ROUND(C5*G5,0)", 1),
        ("TONG/2", 1),
        ("SUAT*2", 0),
        ("GOP", MIXED),
        ("'[1]Phụ lục'!C5", 0),
        (f"'{OTHER}'!C5", 0),
        ("C5&\" đồng\"", MIXED),
        ("TEXT(C5,\"0\")", MIXED),
        ("LEN(A2)", 0),
    ],
)  # fmt: skip
def test_degree(formula: str, degree: Degree) -> None:
    assert Rescaler(formula, PAGE, cells(), 6).degree == degree


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(C5:C9)", "SUM(C5:C9)"),
        ("C5*G5", "C5*G5"),
        ("G5*H5", "G5*H5*1000000"),
        ("G5*H5/1000000", "G5*H5"),
        ("G5*H5/1000", "G5*H5*1000"),
        ("1200+300", "(1200+300)*1000000"),
        ("C5+G5", "C5+G5*1000000"),
        (f"C5+'{OTHER}'!B2/1000000", f"C5+'{OTHER}'!B2"),
        ("SUM(C5:C9,G5)", "SUM(C5:C9,G5*1000000)"),
        ("ROUND(C5*G5,0)", "ROUND(C5*G5,-6)"),
        ("ROUND(G5*H5/1000000,6)", "ROUND(G5*H5,0)"),
        ("IF(G5=\"\",\"\",G5*H5)", "IF(G5=\"\",\"\",G5*H5*1000000)"),
        ("IF(C5>1000,C5,C6)", "IF(C5/1000000>1000,C5,C6)"),
        ("(C5+G5)*H5", "(C5+G5*1000000)*H5"),
        ("C5/(G5+C6)*C7", "C5/(G5*1000000+C6)*C7"),
        ("IFERROR(C5/C6,0)*C7", "IFERROR(C5/C6,0)*C7"),
        ("Z99", "Z99"),
    ],
)  # fmt: skip
def test_a_converted_cell_is_a_million_times_as_large(formula: str, expected: str) -> None:
    assert brought(formula, 1) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (f"'{PAGE}'!C9", f"'{PAGE}'!C9/1000000"),
        (f"'{PAGE}'!C9*1000000", f"'{PAGE}'!C9"),
        (f"'{PAGE}'!C9/1000", f"'{PAGE}'!C9/1000000000"),
        (f"ROUND('{PAGE}'!C9*1000000,0)", f"ROUND('{PAGE}'!C9,0)"),
        (f"ROUND('{PAGE}'!C9,2)", f"ROUND('{PAGE}'!C9/1000000,2)"),
        (f"SUM('{PAGE}'!C5:C9)", f"SUM('{PAGE}'!C5:C9)/1000000"),
        (f"SUM('{PAGE}'!C5:C9)-B4", f"SUM('{PAGE}'!C5:C9)/1000000-B4"),
        (f"B4-('{PAGE}'!C5+'{PAGE}'!C6)", f"B4-('{PAGE}'!C5+'{PAGE}'!C6)/1000000"),
        (f"B4/'{PAGE}'!C5", f"B4/'{PAGE}'!C5*1000000"),
        (f"IF('{PAGE}'!C5='{PAGE}'!D5,\"Đạt\",\"Sai\")", f"IF('{PAGE}'!C5='{PAGE}'!D5,\"Đạt\",\"Sai\")"),
        (f"IF('{PAGE}'!C5=B4,\"Đạt\",\"Sai\")", f"IF('{PAGE}'!C5/1000000=B4,\"Đạt\",\"Sai\")"),
        (f"FIXED(('{PAGE}'!C5)*1000000,0)&\"đ\"", f"FIXED(('{PAGE}'!C5),0)&\"đ\""),
        (f"\"Tổng: \"&'{PAGE}'!C5", f"\"Tổng: \"&'{PAGE}'!C5/1000000"),
        (f"'{PAGE}'!C5/'{PAGE}'!C9", f"'{PAGE}'!C5/'{PAGE}'!C9"),
        (f"'{PAGE}'!C9*0.1", f"'{PAGE}'!C9*0.1/1000000"),
        ("TONG", "TONG/1000000"),
        (f"SUMIF('{PAGE}'!C5:C9,\">0\")", f"SUMIF('{PAGE}'!C5:C9,\">0\")/1000000"),
        ("B4*2", "B4*2"),
    ],
)  # fmt: skip
def test_a_cell_that_refers_to_it_stays_as_it_is(formula: str, expected: str) -> None:
    assert brought(formula, 0, OTHER) == expected


@pytest.mark.parametrize(
    ("formula", "want", "reason"),
    [
        ("C5+500", 1, Reason.CONSTANT),
        ("SUM(C5:C9,500)", 1, Reason.CONSTANT),
        ("IF(G5>2,C5,100)", 1, Reason.CONSTANT),
        ("SUMIF(C5:C9,\">1000\")", 1, Reason.CONSTANT),
        ("SUM(C4:C10)", 1, Reason.MIXTURE),
        ("GOP*2", 1, Reason.MIXTURE),
        ("ROUND(C5,G5)", 1, Reason.UNKNOWN),
        ("SQRT(C5)", 1, Reason.UNKNOWN),
        ("FREQUENCY(C5:C9,1)", 0, Reason.UNKNOWN),
    ],
)  # fmt: skip
def test_hindrances(formula: str, want: int, reason: Reason) -> None:
    with pytest.raises(Hindrance) as caught:
        brought(formula, want)
    assert caught.value.reason is reason


def test_there_and_back_again_leaves_no_trace() -> None:
    for formula in (f"'{PAGE}'!C9", f"ROUND('{PAGE}'!C9*1000000,0)", f"SUM('{PAGE}'!C5:C9)-B4*1000"):
        there = brought(formula, 0, OTHER, exponent=6)
        assert brought(there, 0, OTHER, exponent=-6) == formula


class _Drawn:
    """Formulas of a known degree, drawn at random."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)

    def of(self, degree: int, depth: int) -> str:
        """A formula of that degree with at most `depth` operations in each other."""
        if depth == 0:
            return self._leaf(degree)
        one, other, number = self.of(degree, depth - 1), self.of(degree, depth - 1), self.of(0, depth - 1)
        return self._draw.choice([
            f"({one}+{other})",
            f"({one}-{other}-{self.of(degree, depth - 1)})",
            f"{one}*{number}",
            f"{one}/({number}+7)" if degree else f"({self.of(1, depth - 1)})/(ABS({self.of(1, depth - 1)})+C5)",
            f"ROUND({one},2)",
            f"-{one}",
            f"SUM({one},{other})",
            f"MAX({one},{other},0)",
            f"IF({one}>{other},{one},{other})",
        ])  # fmt: skip

    def _leaf(self, degree: int) -> str:
        if degree:
            return self._draw.choice(["C5", "D6", "SUM(C5:D10)", "$C$7", "SUMPRODUCT(C5:C10,G5:G10)"])
        return self._draw.choice(["G5", "H6", "3", "2.5", "SUM(G5:H10)", "C5/D7", "COUNT(C4:C10)"])


def _pairs() -> Iterator[tuple[str, int]]:
    drawn = _Drawn(611)
    for number in range(400):
        yield drawn.of(number % 2, 1 + number % 3), number % 2


def test_drawn_formulas_give_what_they_gave(tmp_path: Path) -> None:
    """Formulas of either degree, each brought to both: the results are the old ones, or a thousand times those."""
    pairs = list(_pairs())
    exponent, factor = 3, 1000.0
    books = []
    for converted in (False, True):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = PAGE
        for row, column in FIGURES:
            value = row * 12.5 + column
            sheet.cell(row, column, value * factor if converted and (row, column) in CONVERTED else value)
        for row, (formula, _) in enumerate(pairs, 20):
            for want in (0, 1):
                text = brought(formula, want, exponent=exponent) if converted else formula
                sheet.cell(row, 11 + want, f"={text}")
        path = tmp_path / f"{converted}.xlsx"
        book.save(path)
        books.append(recalculate("formualizer", path).values)
    before, after = books
    wrong = [
        (formula, want)
        for row, (formula, _) in enumerate(pairs, 20)
        for want, cell in ((0, f"K{row}"), (1, f"L{row}"))
        if after[PAGE, cell] != pytest.approx(before[PAGE, cell] * factor**want, rel=1e-9, abs=1e-6)
    ]
    assert wrong == []
