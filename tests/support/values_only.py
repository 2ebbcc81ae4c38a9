"""The reference workbooks as an officer passes them on: values and looks alone, without the sheets beside them."""

from __future__ import annotations

from copy import copy
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from generators.generate import OWN_SHEETS

from .generated import generated


def values_only(name: str, folder: Path, *, helpers: bool = False) -> Path:
    """The appendix sheets of a reference plan's workbook; `helpers`: with the columns beside the print area."""
    source = openpyxl.load_workbook(BytesIO(generated(name)), data_only=True)
    target = openpyxl.Workbook()
    del target[target.sheetnames[0]]
    for sheet in source.worksheets:
        if sheet.title not in OWN_SHEETS:
            _copy(sheet, target.create_sheet(sheet.title), sheet.max_column if helpers else _printed(sheet))
    path = folder / f"{name}.xlsx"
    target.save(path)
    return path


def _printed(sheet: Worksheet) -> int:
    """The last column that is printed."""
    right = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[2]
    assert right is not None
    return right


def _copy(sheet: Worksheet, target: Worksheet, right: int) -> None:
    for row in sheet.iter_rows(max_col=right):
        for cell in row:
            if not isinstance(cell, MergedCell):
                made = target.cell(cell.row, cell.column, cell.value)
                made.font, made.border, made.alignment = copy(cell.font), copy(cell.border), copy(cell.alignment)
                made.number_format = cell.number_format
    for area in sheet.merged_cells.ranges:
        if area.max_col <= right:
            target.merge_cells(area.coord)
