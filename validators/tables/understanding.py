"""From a workbook to its tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal

from budget.expression import parse_expression
from budget.money import Unit
from budget.numbers import MalformedNumber
from validators.grid import Book, Grid, GridCell
from validators.own_sheet import is_ours
from validators.tables.columns import columns_of
from validators.tables.headings import paths, spans, stated_sums
from validators.tables.lines import is_words
from validators.tables.locating import Block, locate
from validators.tables.model import AppendixTable, Column, Figure, Form, Role
from validators.tables.numerals import figure_of, grouping_of
from validators.tables.outline import rows_of
from validators.tables.units import stated_unit
from workbook.addresses import Area, Cell

_LONGEST = 1_000  # characters of a text that are read
_FIGURES = {Role.QUANTITY, Role.UNIT_PRICE, Role.RATIO, Role.OTHER}


def understand(book: Book) -> tuple[AppendixTable, ...]:
    """The tables of a workbook, sheet by sheet, from the top.

    Very hidden sheets hold nothing that a person typed, and the sheets that we put there are no appendix.
    """
    return tuple(
        table
        for grid in book.sheets
        if grid.visibility != "veryHidden" and not is_ours(grid)
        for table in tables_of(grid)
    )


def tables_of(grid: Grid) -> tuple[AppendixTable, ...]:
    """The tables of a sheet, from the top."""
    blocks = locate(grid)
    found = []
    tops, ends = sorted(block.header[0] for block in blocks), sorted(block.body[1] for block in blocks)
    for block in blocks:  # tables side by side share the texts around them
        above, below = bisect_left(ends, block.header[0]), bisect_right(tops, block.body[1])
        first = ends[above - 1] + 1 if above else 1
        last = tops[below] - 1 if below < len(tops) else grid.rows
        found.append(_table(grid, block, first, last))
    return tuple(table for table in found if table.figures)


def _table(grid: Grid, block: Block, first: int, last: int) -> AppendixTable:
    labels = spans(grid, block)
    columns = columns_of(grid, block, paths(labels, block), labels, stated_sums(grid, block))
    figures = _figures(grid, block, columns)
    above = _texts(grid, first, block.header[0] - 1)
    if first > 1:  # words in between are about the table that they stand below
        above = {cell: text for cell, text in above.items() if not is_words(text)}
    unit, words, cell = _unit(grid, block, above)
    return AppendixTable(
        grid=grid,
        area=Area(block.header[0], block.columns[0], block.body[1], block.columns[1]),
        body=block.body,
        columns=columns,
        rows=rows_of(grid, block, columns, figures),
        figures=figures,
        labels=tuple(span for row in labels for span in row),
        unit=unit,
        unit_text=words,
        unit_cell=cell,
        above=above,
        below=_texts(grid, block.body[1] + 1, last),
    )


def _texts(grid: Grid, first: int, last: int) -> Mapping[Cell, str]:
    return {
        (row, column): cell.value[:_LONGEST]
        for row, cells in grid.by_row.items()
        if first <= row <= last
        for column, cell in cells.items()
        if isinstance(cell.value, str) and cell.value.strip()
    }


def _unit(grid: Grid, block: Block, above: Mapping[Cell, str]) -> tuple[Unit | None, str, Cell | None]:
    """The unit of the table: of the line for it in its header, else of the line nearest above, else of its labels."""
    if block.unit_row is not None:
        for column, told in grid.by_row[block.unit_row].items():
            if isinstance(told.value, str) and (stated := stated_unit(told.value)):
                return (*stated, (block.unit_row, column))
    for cell in sorted(above, reverse=True):
        if stated := stated_unit(above[cell]):
            return (*stated, cell)
    for row in range(block.header[0], block.header[1] + 1):
        for column, found in grid.by_row.get(row, {}).items():
            if isinstance(found.value, str) and (stated := stated_unit(found.value)):
                return (*stated, (row, column))
    return None, "", None


def _figures(grid: Grid, block: Block, columns: Sequence[Column]) -> Mapping[Cell, Figure]:
    """The figures of the table's body, in the columns that hold figures."""
    wanted = {column.index: column.role for column in columns if column.role.is_amount or column.role in _FIGURES}
    cells = {
        (row, index): cell
        for row in range(block.body[0], block.body[1] + 1)
        if row not in block.skipped
        for index, cell in grid.by_row.get(row, {}).items()
        if index in wanted
    }
    grouping = grouping_of(cell.value for cell in cells.values() if isinstance(cell.value, str))
    found = {}
    for place, cell in cells.items():
        figure = figure_of(cell, grouping)
        if figure is None and wanted[place[1]] in (Role.QUANTITY, Role.UNIT_PRICE):
            figure = _expression(cell)
        if figure is not None:
            found[place] = figure
    return found


def _expression(cell: GridCell) -> Figure | None:
    """A quantity or a price with words: "02 người x 2 buổi", "1.000.000đ/ buổi"."""
    if not isinstance(cell.value, str):
        return None
    try:
        value: Decimal = parse_expression(cell.value).value
    except MalformedNumber:
        return None
    return Figure(Form.TEXT, value, cell.value)
