"""From a workbook to its tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain

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
from validators.tables.own_units import own_amount
from validators.tables.scaled import as_stored
from validators.tables.units import is_unit_line, read_unit, stated_unit
from workbook.addresses import Area, Cell

_LONGEST = 1_000  # characters of a text that are read
_OTHER_UNIT = 100  # times larger figures than those of another table are in another unit
_FIGURES = {Role.QUANTITY, Role.UNIT_PRICE, Role.RATIO, Role.OTHER}

_Stated = tuple[Unit | None, str, Cell | None]
_UNSTATED: _Stated = (None, "", None)


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
    found: list[AppendixTable] = []
    tops, ends = sorted(block.header[0] for block in blocks), sorted(block.body[1] for block in blocks)
    for block in blocks:  # tables side by side share the texts around them
        above, below = bisect_left(ends, block.header[0]), bisect_right(tops, block.body[1])
        first = ends[above - 1] + 1 if above else 1
        last = tops[below] - 1 if below < len(tops) else grid.rows
        found.append(_table(grid, block, first, last, found))
    return tuple(table for table in found if table.figures)


def _table(grid: Grid, block: Block, first: int, last: int, earlier: Sequence[AppendixTable]) -> AppendixTable:
    labels = spans(grid, block)
    columns = columns_of(grid, block, paths(labels, block), labels, stated_sums(grid, block))
    above, below = _texts(grid, first, block.header[0] - 1), _texts(grid, block.body[1] + 1, last)
    if first > 1:  # words in between are about the table that they stand below
        above = {cell: text for cell, text in above.items() if not is_words(text)}
    stated = _unit(grid, block, above, below if last == grid.rows else {})
    figures = _figures(grid, block, columns, stated[0])
    if stated[0] is None and not any(column.unit for column in columns):
        stated = _unit_of_the_sheet(figures, columns, earlier)
        figures = _figures(grid, block, columns, stated[0])
    unit, words, cell = stated
    columns = as_stored(grid, block, columns, unit)
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
        below=below,
    )


def _unit_of_the_sheet(
    figures: Mapping[Cell, Figure], columns: Sequence[Column], earlier: Sequence[AppendixTable]
) -> _Stated:
    """The unit of the line above an earlier table, which stands for all of a sheet, unless the figures belie it."""
    for table in reversed(earlier):
        if table.unit_cell in table.above:
            largest = _largest(figures, columns)
            fits = 0 < largest < _OTHER_UNIT * _largest(table.figures, table.columns)
            return (table.unit, table.unit_text, table.unit_cell) if fits else _UNSTATED
    return _UNSTATED


def _largest(figures: Mapping[Cell, Figure], columns: Sequence[Column]) -> Decimal:
    amounts = {column.index for column in columns if column.role.is_amount}
    values = (abs(figure.value) for cell, figure in figures.items() if cell[1] in amounts and figure.value is not None)
    return max(values, default=Decimal(0))


def _texts(grid: Grid, first: int, last: int) -> Mapping[Cell, str]:
    return {
        (row, column): cell.value[:_LONGEST]
        for row, cells in grid.by_row.items()
        if first <= row <= last
        for column, cell in cells.items()
        if isinstance(cell.value, str) and cell.value.strip()
    }


def _unit(grid: Grid, block: Block, above: Mapping[Cell, str], below: Mapping[Cell, str]) -> _Stated:
    """The unit of the table: of the line for it in its header, else of the line nearest above, else of its labels, else
    of a line for it below.
    """
    header = {
        (row, column): found.value
        for row in range(block.header[0], block.header[1] + 1)
        for column, found in grid.by_row.get(row, {}).items()
        if isinstance(found.value, str)
    }
    line = {cell: text for cell, text in header.items() if cell[0] == block.unit_row}
    nearest = dict(sorted(above.items(), reverse=True))
    foot = {cell: text for cell, text in below.items() if is_unit_line(text) and not read_unit(text)}
    for cell, text in chain(line.items(), nearest.items(), header.items(), foot.items()):
        if stated := stated_unit(text):
            return (*stated, cell)
    return _UNSTATED


def _figures(grid: Grid, block: Block, columns: Sequence[Column], unit: Unit | None) -> Mapping[Cell, Figure]:
    """The figures of the table's body, in the columns that hold figures; `unit`: what the table's amounts are in."""
    wanted = {column.index: column.role for column in columns if column.role.is_amount or column.role in _FIGURES}
    cells = {
        (row, index): cell
        for row in range(block.body[0], block.body[1] + 1)
        if row not in block.skipped
        for index, cell in grid.by_row.get(row, {}).items()
        if index in wanted
    }
    texts = (cell.value for cell in cells.values() if isinstance(cell.value, str))
    grouping = grouping_of(texts, unit)
    units = {column.index: column.unit or unit or Unit.DONG for column in columns if column.role.is_amount}
    found = {}
    for place, cell in cells.items():
        own = place[1] in units and isinstance(cell.value, str)
        figure = own_amount(cell, units[place[1]], grouping) if own else None
        if figure is None:
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
