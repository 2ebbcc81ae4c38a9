"""Columns of ratios: what each of them is a share of, as far as its figures tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from validators.equations.precision import Precision, precision_of
from validators.rules._shares import Rounded, Share, agrees, printed_share, share_of
from validators.tables.model import AppendixTable, Role, Row, RowKind
from workbook.addresses import Cell

_NEAR = 6  # columns of amounts beside a ratio that it may be made of
_TRIED = 60  # rows that a reading is tried on first
_BEST = 3  # readings that are then tried on all rows
_ENOUGH = 3  # shares that must hold

Reading = Callable[[Row], tuple[Cell, Cell] | None]  # the cells of the part and of the whole


@dataclass(frozen=True)
class Ratio:
    """A printed ratio with the cells that it is made of, and what they make."""

    cell: Cell
    printed: Share
    part: Cell
    whole: Cell
    share: Decimal


def wrong_ratios(table: AppendixTable) -> Iterator[Ratio]:
    """The typed ratios that do not follow from the amounts beside them, where most of their column do."""
    columns = table.of_role(Role.RATIO)
    if not columns:
        return
    precision = precision_of(table)
    for column in columns:
        printed = list(_printed(table, column.index))
        tried: list[tuple[int, int, int, Reading]] = []
        for reading in _readings(table, column.index):
            holds, fails = _judged(table, precision, printed[:_TRIED], reading)
            if _bears_out(holds, fails):
                tried.append((len(fails), -holds, len(tried), reading))
        judged = [_judged(table, precision, printed, reading) for *_, reading in sorted(tried)[:_BEST]]
        holds, fails = min(judged, key=lambda each: (len(each[1]), -each[0]), default=(0, []))
        if _bears_out(holds, fails):
            yield from fails


def _bears_out(holds: int, fails: Sequence[Ratio]) -> bool:
    return holds >= max(_ENOUGH, 3 * len(fails))


def _printed(table: AppendixTable, column: int) -> Iterator[tuple[Row, Cell, Share]]:
    for row in table.rows:
        cell = table.grid.cell(row.index, column)
        if cell is None or cell.formula is not None or row.kind is RowKind.TEXT:
            continue
        share = printed_share(cell.value, cell.number_format)
        if share is not None:
            yield row, (row.index, column), share


def _judged(
    table: AppendixTable, precision: Precision, printed: Sequence[tuple[Row, Cell, Share]], reading: Reading
) -> tuple[int, list[Ratio]]:
    """How many ratios hold in a reading, and those that do not. 100 % and 0 % hold too often to tell anything."""
    holds = 0
    fails = []
    for row, cell, share in printed:
        cells = reading(row)
        if cells is None:
            continue
        part, whole = (_rounded(table, precision, each) for each in cells)
        if part is None or whole is None or not whole.value:
            continue
        if agrees(share, part, whole):
            holds += share.value not in (0, 100)
        else:
            fails.append(Ratio(cell, share, *cells, share_of(part.value, whole.value)))
    return holds, fails


def _rounded(table: AppendixTable, precision: Precision, cell: Cell) -> Rounded | None:
    value = table.value(*cell)
    return None if value is None else Rounded(value, precision.unit_in_last_place(cell) / 2)


def _readings(table: AppendixTable, ratio: int) -> Iterator[Reading]:
    """Of the amounts nearest to a ratio: the share of a row in the row above it, in the grand total, of one column in
    another.
    """
    near = sorted(table.amounts, key=lambda column: (abs(column.index - ratio), column.index))[:_NEAR]
    totals = [row.index for row in table.rows if row.kind is RowKind.TOTAL and row.parent is None]
    for column in near:
        yield _in_parent(table, column.index)
        for total in {*totals[:1], *totals[-1:]}:
            yield _in_row(total, column.index)
    for first, second in permutations(near, 2):
        yield _in_column(first.index, second.index)


def _in_parent(table: AppendixTable, column: int) -> Reading:
    def cells(row: Row) -> tuple[Cell, Cell] | None:
        parent = row.parent
        while parent is not None and (parent, column) not in table.figures:
            parent = table.row_at[parent].parent
        return None if parent is None else ((row.index, column), (parent, column))

    return cells


def _in_row(total: int, column: int) -> Reading:
    return lambda row: ((row.index, column), (total, column))


def _in_column(first: int, second: int) -> Reading:
    return lambda row: ((row.index, first), (row.index, second))
