"""Sheets of files that cannot be extended, as plain ones: what a grid knows of them is there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from validators.grid import Book, CellStyle, Grid, GridCell, Value
from validators.reports.plain_copy import plain_copy, with_names_for_excel
from workbook.addresses import Area
from workbook.appending import saved
from workbook.package import CellError


def cell(value: Value, formula: str | None = None, style: CellStyle | None = None) -> GridCell:
    return GridCell(value, formula, value, style or CellStyle())


def copied(cells: dict[tuple[int, int], GridCell], merges: tuple[Area, ...] = ()) -> Worksheet:
    grid = Grid("Phụ lục", "visible", cells, merges, frozenset({3}), frozenset({2}))
    return openpyxl.load_workbook(BytesIO(saved(plain_copy([grid]))))["Phụ lục"]


def test_values_of_every_kind_and_no_formulas() -> None:
    values: list[Value] = [Decimal("46.3"), "=1+1", "-", True, date(2021, 6, 15), CellError("#REF!"), "a\x07b", None]
    sheet = copied({(row, 1): cell(value, "A9+1") for row, value in enumerate(values, 1)})
    assert [(each.value, each.data_type) for each in sheet["A"][:4]] == [
        (46.3, "n"),
        ("=1+1", "s"),
        ("-", "s"),
        (True, "b"),
    ]
    assert [each.value for each in sheet["A"][5:7]] == ["#REF!", "a b"]
    assert (sheet["A5"].value.date(), sheet["A6"].data_type) == (date(2021, 6, 15), "e")


def test_looks_that_grids_know() -> None:
    style = CellStyle("#,##0.00", bold=True, italic=True, indent=2, horizontal="right")
    sheet = copied(
        {(1, 1): cell(Decimal(5), style=style), (4, 3): cell("x")}, (Area(1, 1, 2, 2), Area(4, 3, 1048576, 3))
    )
    a1 = sheet["A1"]
    assert (a1.number_format, a1.font.bold, a1.font.italic) == ("#,##0.00", True, True)
    assert (a1.alignment.indent, a1.alignment.horizontal) == (2, "right")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B2"]
    assert (sheet.row_dimensions[3].hidden, sheet.column_dimensions["B"].hidden) == (True, True)


def test_columns_and_rows_have_room_for_what_they_hold() -> None:
    sheet = copied({(1, 1): cell("Nâng cao năng lực quản lý và tổ chức hoạt động " * 4), (1, 3): cell(Decimal(10**12))})
    assert sheet.column_dimensions["A"].width == 48
    assert 14 < sheet.column_dimensions["C"].width < 24
    assert 60 < sheet.row_dimensions[1].height < 100


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Phụ lục", "Phụ lục"), ("Thu/chi", "Thu_chi"), ("x" * 40, "x" * 24), ("'", "_"), ("Biểu*1" * 9, "Biểu_1" * 4)],
)
def test_names_that_excel_does_not_take_are_made_fit(name: str, expected: str) -> None:
    book = Book(Path("a.ods"), "ods", (Grid(name, "visible", {}), Grid("Khác", "visible", {})))
    assert [grid.name for grid in with_names_for_excel(book).sheets] == [expected, "Khác"]


def test_names_that_become_equal_are_told_apart() -> None:
    book = Book(Path("a.ods"), "ods", tuple(Grid(name, "visible", {}) for name in ("A_B", "a/b", "a?b")))
    assert [grid.name for grid in with_names_for_excel(book).sheets] == ["A_B", "a_b (2)", "a_b (3)"]
