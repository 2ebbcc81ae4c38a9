"""A formula that a total can have, and how its text adds up cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generators.formulas import LONGEST, summed
from validators.grid import Place
from validators.tables.model import AppendixTable
from workbook.addresses import Area, Cell


class Option(NamedTuple):
    """A formula that a total can have, without `=`; `parts` are the cells that it refers to and that hold something."""

    formula: str
    parts: tuple[Place, ...]


def sum_of(table: AppendixTable, plus: Collection[Cell], minus: Collection[Cell]) -> str | None:
    """The sum of cells of a table's sheet as a formula; None where it would be too long.

    Neighbours are written as a range, and so are cells of a column between which there are only empty rows.
    """
    text = summed([str(area) for area in _areas(table, plus)])
    if minus:
        text += "-" + summed([str(area) for area in _areas(table, minus)]).replace("+SUM(", "-SUM(")
    return text if len(text) <= LONGEST else None


def _areas(table: AppendixTable, cells: Collection[Cell]) -> Iterator[Area]:
    rows = {row for row, _ in cells}
    if len(rows) == 1:
        (row,) = rows
        for left, right in _runs([column for _, column in sorted(cells)], ()):
            yield Area(row, left, row, right)
        return
    empty = set(range(min(rows), max(rows))) - set(table.grid.by_row)
    for column, down in groupby(sorted(cells, key=lambda cell: (cell[1], cell[0])), lambda cell: cell[1]):
        for top, bottom in _runs([row for row, _ in down], empty):
            yield Area(top, column, bottom, column)


def _runs(numbers: Sequence[int], empty: Collection[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs: the first and the last of each; what is `empty` in between does not part them."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if not all(between in empty for between in range(last + 1, number)):
            yield first, last
            first = number
        last = number
    yield first, last
