"""The totals that a table states: controls of the plan where the items must meet them, or do not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budget.money import Unit, convert
from budget.plan import Axis, Control
from faults import Text, cell_place
from revisions.reading.documents import Around
from revisions.reading.gathering import Claim
from revisions.reading.shared import Shared
from revisions.reading.table_axes import TableAxes
from revisions.reading.table_items import TableItems, where
from validators.tables.model import Row
from workbook.addresses import address


class TableTotals:
    """The stated totals of one table; `key` and `unit` are those of its appendix."""

    def __init__(self, key: str, unit: Unit, items: TableItems, axes: TableAxes, shared: Shared) -> None:
        self.key, self.unit, self.items, self.axes, self.shared = key, unit, items, axes, shared
        self.table, self.funding = items.table, items.funding

    def claim(self) -> None:
        """The grand total always, others where the items do not meet them."""
        stated = self.funding.stated
        if stated is not None:
            place = cell_place(self.table.grid.name, self.funding.totals[0].address)
            self.claim_one(convert(stated, Unit.DONG, self.unit), self.unit, Axis(), None, place, always=True)
        for (row, column), axis, item in self._totals():
            figure = self.table.value(row, column)
            if figure is not None:
                place = cell_place(self.table.grid.name, address(row, column))
                self.claim_one(figure, self.table.column_at[column].unit or self.unit, axis, item, place)

    def say(self, around: Around) -> None:
        """The amounts in words around a table: those below it that are no total of it are told of."""
        for amount, words in around.said_above:
            self._words(amount, words)
        for amount, words in around.said:
            if not self._words(amount, words):
                self.shared.gathered.left_out.append(Text(f"số bằng chữ “{words}”", f"the words “{words}”"))

    def _words(self, amount: Decimal, words: str) -> bool:
        """Whether an amount in words, in đồng, is that of the grand total, or of one source: it is a control then."""
        sums = self.axes.sums()
        axes = [self.axes.axis(s, None) for (s, year), total in sums.items() if year is None and s and total == amount]
        if amount in (self.funding.stated, self.items.total):
            axes = [Axis()]
        if len(axes) == 1:
            control = Control(self.key, amount, Unit.DONG, Axis(axes[0].source), words=words, stated_in="Bằng chữ")
            self.shared.gathered.claims.append(Claim(control, where(self.table), always=True))
        return len(axes) == 1

    def is_shown_again(self, row: Row) -> bool:
        """Whether a row says nothing but what the amounts of its source add up to, which the forms print too."""
        sums = self.axes.sums()
        for column in self.table.amounts:
            stated = self.table.value(row.index, column.index)
            said = self.items.sayings.at((row.index, column.index))
            unit = column.unit or self.unit
            if stated and convert(stated, unit, Unit.DONG) != sums.get((said.source, column.year)):
                return False
        return True

    def claim_one(
        self, figure: Decimal, unit: Unit, axis: Axis, item: str | None, place: Text, *, always: bool = False
    ) -> None:
        """A total that is stated at a place: a control where the items do not meet it, or `always`."""
        control = Control(self.key, figure, unit, axis, item, stated_in=place.vi)
        self.shared.gathered.claims.append(Claim(control, place, always))

    def _totals(self) -> Iterator[tuple[tuple[int, int], Axis, str | None]]:
        """The cells of totals: of columns, where the grand total stands in several, and of rows with parts."""
        left_out = {column.index for column in self.funding.left_out}
        grand = {place[1:] for place in self.funding.totals} if len(self.funding.totals) > 1 else set()
        doubted = self.shared.doubted
        for column in self.table.amounts:
            if column.index in left_out or (axis := self.axes.of_column(column)) is None:
                continue
            for row in self.table.rows:
                item = self.items.items.get(row.index)
                if (row.index, column.index) in grand and axis != Axis():
                    yield (row.index, column.index), axis, None
                elif item and self.table.place((row.index, column.index)) in doubted:
                    yield (row.index, column.index), axis, item.id
