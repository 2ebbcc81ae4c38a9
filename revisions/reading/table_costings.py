"""Rows of a table whose amount is quantity x unit price become costings, where the arithmetic holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from budget.money import Unit
from budget.tables import Cell
from faults import Text, row_place
from revisions.reading.shared import Shared
from revisions.reading.table_axes import TableAxes
from revisions.reading.table_factors import CostLine, TableFactors
from revisions.reading.table_items import TableItem, TableItems, field_columns, of_table

FORM, LAYOUT = "cost-breakdowns", "sentence"
_CONTENT = "Thành tiền"
_SHEET, _TITLE = "Dự toán chi tiết", "DỰ TOÁN CHI TIẾT"
_SHOWN = 12  # rows that are named


class TableCostings:
    """The costings of one table; `unit` is that of its appendix, in which they are stated.

    `lines`: by the row of the item that they cost. Where the arithmetic does not hold exactly, the amount stays.
    """

    def __init__(self, items: TableItems, axes: TableAxes, shared: Shared, unit: Unit) -> None:
        self._items, self._table, self._axes, self._shared, self._unit = items, items.table, axes, shared, unit
        self._factors = TableFactors(self._table, shared.checked.equations, unit)
        self._differing: list[int] = []  # rows whose product is another amount, or the same but for rounding
        self._wanting: list[int] = []  # rows with factors of which no product can be made
        self._kept = field_columns(self._table).get("quantity", 0)  # what an item says of it
        self.lines: dict[int, tuple[CostLine, ...]] = {}
        parents = {item.parent for item in items.items.values()}
        for item in items.items.values() if self._factors.columns else ():
            if item.row > 0:
                self._read(item, is_leaf=item.row not in parents)

    @property
    def kept(self) -> set[int]:
        """The columns whose figures the costings hold."""
        return {each for lines in self.lines.values() for line in lines for each in line.columns.factors}

    def gives(self, item: TableItem) -> bool:
        """Whether its costing gives an item its amount, which the plan does not state then."""
        return item.row in self.lines and not self._axes.with_sources

    def holds(self, item: TableItem, column: int, text: str) -> bool:
        """Whether the costing of an item says what stands in a column."""
        return any(column in line.columns.factors or text in line.quantity for line in self.lines.get(item.row, ()))

    def write(self, appendix: str) -> None:
        """The costings of an appendix, on a sheet of their own behind it; the items have their ids by now."""
        here = of_table(self._table)
        if self.lines:
            key, sheet = self._shared.codes.take(f"{appendix}-du-toan"), self._shared.sheet(_SHEET)
            row: dict[str, Cell | None] = {"key": key, "form": FORM, "sheet": sheet}
            unit = "" if self._unit is Unit.DONG else f" (đơn vị tính: {self._unit.label})"  # which no column states
            row |= {"title": _TITLE + unit, "unit": self._unit.label, "years": False}
            self._shared.gathered.add("appendices", row, here)
            parent: int | None = None
            for number in self.lines:
                item = self._items.items[number]
                lead = self._items.items[item.parent] if item.parent is not None and item.parent != parent else None
                self._costing(item, key, lead)
                parent = item.parent
            count = len(self.lines)
            self._shared.assume(
                here,
                f"số lượng và đơn giá của {count} dòng thành dự toán ở trang “{sheet}”",
                f"quantities and unit prices of {count} rows are costings on the sheet “{sheet}”",
            )
        self._tell_of_others(here)

    def line_id(self, item: TableItem) -> str:
        """The code of the line that gives the amount of an item."""
        return f"{item.id}-dong"

    def _read(self, item: TableItem, *, is_leaf: bool) -> None:
        """The lines of an item: one for all that it costs, or one for each year."""
        lines = self._factors.lines(item.row)
        known = [value for value in item.amounts.values() if isinstance(value, Decimal)]
        stated = sum(known, Decimal(0)) if known and not item.unread else None
        yearly = tuple(line for line in lines if self._factors.year(line.columns) is not None)
        if is_leaf and self._is_yearly(item, yearly):
            self.lines[item.row] = yearly
        elif is_leaf and (one := next((line for line in lines if self._factors.made(line) == stated), None)):
            self.lines[item.row] = (one,)
        elif lines and is_leaf:
            self._differing.append(item.row)
        elif self._factors.are_in(item.row, but=self._kept):
            self._wanting.append(item.row)

    def _is_yearly(self, item: TableItem, lines: Sequence[CostLine]) -> bool:
        """Whether lines with quantities of their own come to the amounts of an item in each of its years."""
        stated: dict[int | None, Decimal] = defaultdict(Decimal)
        for (_, year), value in item.amounts.items():
            if isinstance(value, Decimal) and value:
                stated[year] += value
        made = {self._factors.year(line.columns): self._factors.made(line) for line in lines}
        own = {line.columns.factors for line in lines}
        return self._axes.with_years and len(made) == len(own) == len(lines) > 1 and made == stated

    def _costing(self, item: TableItem, appendix: str, lead: TableItem | None) -> None:
        place, lines = row_place(self._table.grid.name, item.row), self.lines[item.row]
        for line in lines:
            year = self._factors.year(line.columns) if len(lines) > 1 else None
            end = f"-{year}" if year else ""
            costing = self._shared.codes.take(f"{item.id}-du-toan{end}")
            row: dict[str, Cell | None] = {
                "id": costing,
                "item": item.id,
                "appendix": appendix,
                "layout": LAYOUT,
                "lead": self._titled(lead) if lead else None,
                "caption": self._titled(item) + (f" (năm {year})" if year else ""),
                "covers_years": str(year) if year else None,
            }
            self._shared.gathered.add("costings", row, place)
            of_line: dict[str, Cell | None] = {
                "id": self._shared.codes.take(self.line_id(item) + end),
                "costing": costing,
                "content": _CONTENT,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
            }
            self._shared.gathered.add("estimates", of_line, place)
            lead = None

    def _titled(self, item: TableItem) -> str:
        """An item as the line above its costing names it; with its number, where none is left out between them."""
        number = item.number if not item.number or item.number.endswith((".", ")")) else f"{item.number}."
        return f"{number} {item.title}".strip() if self._is_whole else item.title

    @cached_property
    def _is_whole(self) -> bool:
        """Whether no item stands before one that is costed, or that has one, and is not."""
        shown: set[int | None] = set(self.lines)
        for item in reversed(self._items.items.values()):  # parts stand after what they are parts of
            if item.row in shown:
                shown.add(item.parent)
        skipped: set[int | None] = set()  # rows of whose parts one was left out
        for item in self._items.items.values():
            if item.row not in shown:
                skipped.add(item.parent)
            elif item.parent in skipped:
                return False
        return True

    def _tell_of_others(self, here: Text) -> None:
        differing = Text("nhân ra không đúng bằng số tiền", "do not come to the amount exactly")
        wanting = Text("không lập được phép tính", "make no product")
        for rows, what in ((self._differing, differing), (self._wanting, wanting)):
            if rows:
                named = ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")
                self._shared.leave(
                    here,
                    f"số lượng, đơn giá ở dòng {named} {what.vi}; giữ số tiền",
                    f"quantities and unit prices in rows {named} {what.en}; the amounts are kept",
                )
