"""Many cells of an open sheet written with few calls to the host."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from validators.grid import Grid
from workbook.addresses import Cell, areas

_TEXT = "@"  # a cell of this format takes whatever is typed for a text


def text(content: str) -> str:
    """A text as it must be written so that no host takes it for a number, a date or a formula."""
    return content if content[:1].isalpha() or not content else f"'{content}"


def fill(sheet: xw.Sheet, contents: Mapping[Cell, str]) -> None:
    """Write formulas (with `=`) and constants, as a person would type them in English; an empty one clears its cell."""
    for area in areas(contents):
        block = sheet.range((area.top, area.left), (area.bottom, area.right))
        block.formula = [
            [contents[row, column] for column in range(area.left, area.right + 1)]
            for row in range(area.top, area.bottom + 1)
        ]


def write(sheet: xw.Sheet, grid: Grid, contents: Mapping[Cell, str | float]) -> None:
    """Write formulas (with `=`, in English) and numbers into cells; `grid` is the sheet as it was before.

    Formulas and blank cells between them are written again as they are, so that a column that has a total every few
    rows is one block. No cell may have the text format.
    """
    for area in areas(contents, lambda cell: _may_be_rewritten(grid, cell)):
        block = sheet.range((area.top, area.left), (area.bottom, area.right))
        places = [
            [(row, column) for column in range(area.left, area.right + 1)] for row in range(area.top, area.bottom + 1)
        ]
        if all(cell in contents for row in places for cell in row):
            block.formula = [[contents[cell] for cell in row] for row in places]
        else:
            stands = block.formula
            block.formula = [
                [contents.get(cell, old) for cell, old in zip(*pair, strict=True)]
                for pair in zip(places, stands, strict=True)
            ]


def set_formats(sheet: xw.Sheet, formats: Mapping[Cell, str]) -> None:
    """Give cells their number formats."""
    cells: dict[str, list[Cell]] = {}
    for cell, code in formats.items():
        cells.setdefault(code, []).append(cell)
    for code, alike in cells.items():
        for area in areas(alike):
            sheet.range((area.top, area.left), (area.bottom, area.right)).number_format = code


def _may_be_rewritten(grid: Grid, cell: Cell) -> bool:
    """Whether writing a cell again as it is changes nothing: a formula, and a blank."""
    held = grid.cells.get(cell)
    if held is None:
        return grid.merge_at(*cell) is None
    return bool(held.formula) and not held.array and held.number_format != _TEXT
