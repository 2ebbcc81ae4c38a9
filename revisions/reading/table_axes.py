"""Where along sources and years the amounts of a table stand, once it is an appendix."""

from __future__ import annotations

from decimal import Decimal

from budget.axes import UNSAID
from budget.plan import Axis
from budget.rollup import By
from revisions.reading.shared import Shared
from revisions.reading.table_items import TableItems, of_table
from validators.tables.model import Column, Role

_UNSAID = UNSAID[By.SOURCE].vi


class TableAxes:
    """The axes of an appendix. `years`: its columns; `period`: the years that its amounts are of, columns or not.

    One year is no axis but the period of the plan, where the `titled` years say so, or no source is named: the form
    without sources prints the period.
    """

    def __init__(self, items: TableItems, shared: Shared, titled: tuple[int, ...]) -> None:
        self._items, self._shared = items, shared
        years = {year for _, year in items.keys}
        sources = {source for source, _ in items.keys}
        self.period = tuple(sorted(year for year in years if year is not None)) if None not in years else ()
        of_one = sources != {None} and titled != self.period
        self.with_years = len(self.period) > 1 or (len(self.period) == 1 and of_one)
        self.years = self.period if self.with_years else ()
        self.with_sources = bool(sources - {None}) or self.with_years
        self.sources: tuple[str, ...] = self._named() if self.with_sources else ()

    def _named(self) -> tuple[str, ...]:
        """The sources in the order of the columns or rows; what names none is one too where others do."""
        items = self._items
        named = dict.fromkeys(source for item in items.items.values() for source, _ in (*item.amounts, *item.unread))
        columns = [name for name in items.sayings.column_sources.values() if name in named]
        order = dict.fromkeys([*columns, *(name for name in named if name is not None)])
        if None in named:
            order[_UNSAID] = None
            vi, en = f"số tiền không nêu nguồn ghi là “{_UNSAID}”", f"amounts that name no source are “{_UNSAID}”"
            self._shared.assume(of_table(items.table), vi, en)
        return tuple(dict.fromkeys(self._shared.source(str(name)) for name in order))

    def axis(self, source: str | None, year: int | None) -> Axis:
        """The axis of an amount."""
        key = self._shared.source(source or _UNSAID) if self.with_sources else None
        return Axis(key, year if self.with_years else None)

    def of_column(self, column: Column) -> Axis | None:
        """Where along the axes a column of totals stands; None: nowhere."""
        source = self._items.sayings.column_sources.get(column.index)
        if column.role in {Role.SOURCE, Role.SOURCE_YEAR} and source is None:
            return None
        key = self._shared.source(source) if source and self.with_sources else None
        year = None if not self.with_years and (column.year,) == self.period else column.year
        if (source and key not in self.sources) or (year is not None and year not in self.years):
            return None
        return Axis(key, year)

    def sums(self) -> dict[tuple[str | None, int | None], Decimal]:
        """What the items come to, in đồng, by source as it is spelt and year, and by each of them alone."""
        found: dict[tuple[str | None, int | None], Decimal] = {}
        for item in self._items.items.values():
            for (source, year), value in item.amounts.items():
                for along in {year, None}:
                    found[source, along] = found.get((source, along), Decimal(0)) + (
                        value if isinstance(value, Decimal) else 0
                    )
        return found
