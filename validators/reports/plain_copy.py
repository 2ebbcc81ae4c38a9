"""Sheets of an .xls or .ods as plain ones of an .xlsx: values, number formats, merged cells, what is hidden.

Such files cannot be extended part by part. Grids know no column widths: columns get the room that their texts take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties

from budget.numbers import format_number
from faults import InputFault
from validators.grid import Book, CellStyle, Grid, GridCell
from validators.reports.workbook import free_name
from workbook.addresses import Area, column_letters
from workbook.metrics import POINTS_PER_WIDTH_UNIT, text_height, text_width
from workbook.package import CellError
from workbook.text import cell_text, sheet_name, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SIZE = 12.0  # points
_NARROWEST, _WIDEST = 6.0, 48.0  # width units of columns
_TALLEST = 409.0  # points, of a row in Excel
_SHORTENED = 24  # letters of a name that Excel does not take; room is left for a number
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\\n'", "_"))


def with_names_for_excel(book: Book) -> Book:
    """The workbook, its sheets under names that Excel takes: an .ods may have others."""
    taken = [grid.name for grid in book.sheets]
    sheets = []
    for grid in book.sheets:
        name = _name_for_excel(grid.name, taken)
        taken.append(name)
        sheets.append(grid if name == grid.name else replace(grid, name=name))
    return replace(book, sheets=tuple(sheets))


def _name_for_excel(name: str, taken: Iterable[str]) -> str:
    try:
        return sheet_name(name)
    except InputFault:
        return free_name(cell_text(name).translate(_FORBIDDEN)[:_SHORTENED].strip() or "_", taken)


def plain_copy(grids: Iterable[Grid]) -> Workbook:
    """A workbook with these sheets, at least one, without formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        _write(book.create_sheet(grid.name), grid)
    return book


def _write(sheet: Worksheet, grid: Grid) -> None:
    styles: dict[CellStyle, Any] = {}
    for (row, column), cell in grid.cells.items():
        target: Any = sheet.cell(row, column)
        if cell.style not in styles:
            styles[cell.style] = _style(target, cell.style)
        target._style = copy(styles[cell.style])
        _put(target, cell)
    merges = [_within(area, grid) for area in grid.merges]
    for area in merges:
        if area.size > 1:
            sheet.merge_cells(str(area))
    widths = _widths(grid)
    for column, width in widths.items():
        sheet.column_dimensions[column_letters(column)].width = width
    for column in grid.hidden_columns:
        sheet.column_dimensions[column_letters(column)].hidden = True
    for row in grid.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for row, height in _heights(grid, widths).items():
        sheet.row_dimensions[row].height = height
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _style(cell: Any, style: CellStyle) -> Any:
    cell.font = Font(name="Times New Roman", size=_SIZE, bold=style.bold, italic=style.italic)
    cell.alignment = Alignment(horizontal=style.horizontal, indent=style.indent, vertical="center", wrap_text=True)
    cell.number_format = style.number_format
    return copy(cell._style)


def _put(target: Any, cell: GridCell) -> None:
    if isinstance(cell.value, CellError):
        target.value, target.data_type = str(cell.value), "e"
    elif isinstance(cell.value, str):
        write_text(target, cell_text(cell.value))
    else:
        target.value = cell.value


def _within(area: Area, grid: Grid) -> Area:
    """A merged area as far as the sheet holds something: whole columns may be merged."""
    return Area(area.top, area.left, min(area.bottom, grid.rows), min(area.right, grid.columns))


def _widths(grid: Grid) -> Mapping[int, float]:
    """Of each column what its longest cell takes, within bounds; merged cells have room beside."""
    widths = dict.fromkeys(range(1, grid.columns + 1), _NARROWEST)
    for (row, column), cell in grid.cells.items():
        merged = grid.merge_at(row, column)
        if merged is None or merged.left == merged.right:
            lines = _shown(cell).split("\n")
            need = max(text_width(line, _SIZE, bold=cell.bold) for line in lines) / POINTS_PER_WIDTH_UNIT + 2
            widths[column] = min(_WIDEST, max(widths[column], need))
    return widths


def _heights(grid: Grid, widths: Mapping[int, float]) -> Mapping[int, float]:
    """Of each row what its tallest cell takes: not every program sizes rows on its own."""
    heights: dict[int, float] = {}
    for (row, column), cell in grid.cells.items():
        merged = grid.merge_at(row, column) or Area(row, column, row, column)
        room = sum(widths[each] for each in range(column, min(merged.right, grid.columns) + 1))
        if merged.top == merged.bottom:
            height = text_height(_shown(cell), room, _SIZE, bold=cell.bold)
            heights[row] = min(_TALLEST, max(heights.get(row, 0.0), height))
    return heights


def _shown(cell: GridCell) -> str:
    """About what a cell shows, to measure it."""
    if isinstance(cell.value, Decimal):
        return format_number(cell.value)
    return "" if cell.value is None else str(cell.value)
