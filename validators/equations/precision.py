"""How exact the figures of a table are: what rounding alone can make of a sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from validators.keeping import kept
from validators.tables.model import AppendixTable
from workbook.addresses import Cell

_ENOUGH = 3  # figures that show how a row was rounded


class Precision:
    """The decimals that a table's figures have, by row and by column.

    A figure without decimals in a row or a column without any was rounded to whole units; one among figures that have
    decimals was not, it has none ("46,3" and "102").
    """

    def __init__(self, table: AppendixTable) -> None:
        self._table = table
        self._rows: dict[int, int] = {}
        self._columns: dict[int, int] = {}
        filled: Counter[int] = Counter()
        amounts = self._amount_columns = {column.index for column in table.amounts}
        for (row, column), figure in table.figures.items():
            self._columns[column] = max(self._columns.get(column, 0), figure.decimals)
            if column in amounts and figure.value:
                self._rows[row] = max(self._rows.get(row, 0), figure.decimals)
                filled[row] += 1
        self._amounts = max((self._columns.get(column, 0) for column in amounts), default=0)
        self._judged = {row for row, count in filled.items() if count >= _ENOUGH}

    def unit_in_last_place(self, cell: Cell) -> Decimal:
        """The worth of one in the last decimal that a figure there has: 0.1 for "46,3"."""
        return _unit(self._decimals(cell))

    def _decimals(self, cell: Cell) -> int:
        """The decimals that a figure was rounded to."""
        figure = self._table.figures.get(cell)
        row, column = cell
        around = self._columns.get(column, 0)
        if row in self._judged and self._rows[row] < around:
            around = self._rows[row]
        return max(figure.decimals, around) if figure else around

    def decimals_at(self, cell: Cell) -> int:
        """The most decimals that a figure there may have: those of the table's amounts, else of its own column."""
        return self._amounts if cell[1] in self._amount_columns else self._columns.get(cell[1], 0)

    def slack(self, total: Cell, parts: Iterable[Cell]) -> Decimal:
        """How far the total may be from the sum of its parts when each of them was rounded by itself.

        The bound is half a unit for each figure; more than three and a half times the scatter that independent
        roundings have is no rounding either, so that a long sum does not excuse a wrong digit.
        """
        found = [self._columns.get(column, 0) for _, column in parts]
        return _unit(min([self._decimals(total), *found])) * rounding_bound(len(found))


@kept
def precision_of(table: AppendixTable) -> Precision:
    """The precision of a table."""
    return Precision(table)


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


@cache
def rounding_bound(count: int) -> Decimal:
    """How many units a sum of so many rounded parts may be off."""
    return min(Decimal(count + 1) / 2, Decimal(count).sqrt() + Decimal("0.5"))
