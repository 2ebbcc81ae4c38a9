"""How exact the figures of a table are: what rounding alone can make of a sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from validators.tables.model import AppendixTable, Cell

_ENOUGH = 3  # figures that show how a row was rounded
_ZERO = Decimal(0)


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
            if column in amounts:
                self._rows[row] = max(self._rows.get(row, 0), figure.decimals)
                filled[row] += 1
        self._amounts = max((self._columns.get(column, 0) for column in amounts), default=0)
        self._judged = {row for row, count in filled.items() if count >= _ENOUGH}

    def unit_in_last_place(self, cell: Cell) -> Decimal:
        """The worth of one in the last decimal that a figure there has: 0.1 for "46,3"."""
        figure = self._table.figures.get(cell)
        own = figure.decimals if figure else 0
        around = self._columns.get(cell[1], 0)
        if cell[0] in self._judged:
            around = min(around, self._rows[cell[0]])
        return Decimal(1).scaleb(-max(own, around))

    def decimals_at(self, cell: Cell) -> int:
        """The most decimals that a figure there may have: those of the table's amounts, else of its own column."""
        return self._amounts if cell[1] in self._amount_columns else self._columns.get(cell[1], 0)

    def slack(self, total: Cell, parts: Iterable[Cell]) -> Decimal:
        """How far the total may be from the sum of its parts when each of them was rounded by itself.

        The bound is half a unit for each figure; more than twice the scatter that independent roundings have is no
        rounding either, so that a long sum does not excuse a wrong digit.
        """
        places = [self.unit_in_last_place(cell) for cell in (total, *parts)]
        count = len(places) - 1
        bound = min(Decimal(count + 1) / 2, 1 + Decimal(count).sqrt() / 2)
        return max(places, default=_ZERO) * bound
