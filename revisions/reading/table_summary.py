"""A table of sources, whose figures are those of another table of the workbook, becomes a summary of its appendix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budget.money import Unit, convert
from budget.plan import Axis
from budget.tables import Cell
from faults import cell_place
from revisions.reading.documents import Around, around
from revisions.reading.shared import Shared
from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_items import of_table, where
from validators.funding.saying import source_name
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.wording import folded
from workbook.addresses import address

FORM = "sources-years"


class TableSummary:
    """A table as the summary of an appendix. `of`: the row of each of its sources; empty: it is no summary of it."""

    def __init__(self, table: AppendixTable, whole: AppendixRead, shared: Shared) -> None:
        self._table, self._whole, self._shared = table, whole, shared
        self._unit = table.unit or whole.unit
        self._sums = self._sums_by_key()
        self.of: Mapping[str, Row] = self._matched() if self._has_the_axes() else {}
        self.around: Around = around(table, shared.checked.tables)

    def write(self, key: str) -> None:
        """The appendix; each figure that the items do not meet is a control of theirs."""
        whole, named = self._whole, {row["key"]: row["name"] for row in self._shared.gathered.rows["sources"]}
        labels = [source_name(row.label) for row in self.of.values()]
        differ = labels != [named[source] for source in self.of]
        row: dict[str, Cell | None] = {
            "key": self._shared.codes.take(key),
            "form": FORM,
            "sheet": self._shared.sheet(self._table.grid.name),
            "heading": self.around.heading,
            "title": self.around.title or self._table.grid.name,
            "unit": whole.unit.label,
            "sources": list(self.of),
            "labels": labels if differ else None,
            "years": whole.axes.with_years,
            "summarises": whole.key,
        }
        self._shared.gathered.add("appendices", row, where(self._table))
        for (at, column), axis in self._cells():
            if (figure := self._table.value(at, column.index)) is not None:
                place = cell_place(self._table.grid.name, address(at, column.index))
                whole.totals.claim_one(figure, column.unit or self._unit, axis, None, place)
        whole.totals.say(self.around)
        if self._unit is not whole.unit:
            self._shared.assume(
                of_table(self._table),
                f"in theo đơn vị của bảng được tổng hợp, {whole.unit.label}",
                f"it is printed in the unit of the table that it sums up, {whole.unit.label}",
            )
        for text in [*self.around.others, *([self.around.note] if self.around.note else [])]:
            self._shared.leave_text(text)

    def _sums_by_key(self) -> Mapping[Axis, Decimal]:
        found: dict[Axis, Decimal] = {}
        for (source, year), value in self._whole.axes.sums().items():
            key = self._whole.axes.axis(source, None).source
            found[Axis(key, year)] = found.get(Axis(key, year), Decimal(0)) + value
        return found

    @property
    def _columns(self) -> Sequence[Column]:
        return [
            column for column in self._table.amounts if any(cell[1] == column.index for cell in self._table.figures)
        ]

    def _has_the_axes(self) -> bool:
        """Whether its columns are the years of the appendix, and nothing else but their total."""
        years = [column.year for column in self._columns if column.year is not None]
        plain = all(column.role in {Role.YEAR, Role.TOTAL, Role.AMOUNT} for column in self._columns)
        return plain and bool(self._whole.axes.sources) and tuple(sorted(years)) == self._whole.axes.years

    def _rows(self) -> Sequence[Row]:
        return [row for row in self._table.rows if row.kind is RowKind.ITEM and not row.memo and row.label]

    def _matched(self) -> Mapping[str, Row]:
        """The source of each row: by its name, else by its figures, where they are those of one source alone."""
        rows, found = self._rows(), dict[str, Row]()
        if len(rows) != len(self._whole.axes.sources) or any(row.parent is not None for row in rows):
            return {}
        names = {folded(str(row["name"])): str(row["key"]) for row in self._shared.gathered.rows["sources"]}
        for row in rows:
            key = names.get(folded(source_name(row.label)))
            alike = [source for source in self._whole.axes.sources if self._is_of(row, source)]
            key = key if key in self._whole.axes.sources else alike[0] if len(alike) == 1 else None
            if key is None or key in found:
                return {}
            found[key] = row
        return found

    def _is_of(self, row: Row, source: str) -> bool:
        return all(
            convert(self._table.value(row.index, column.index) or Decimal(0), column.unit or self._unit, Unit.DONG)
            == self._sums.get(Axis(source, column.year), 0)
            for column in self._columns
        )

    def _cells(self) -> Sequence[tuple[tuple[int, Column], Axis]]:
        """The cells of the sources and of the total, with where along the axes of the appendix they stand."""
        totals = [row.index for row in self._table.rows if row.kind is RowKind.TOTAL and row.parent is None]
        keyed: list[tuple[int, str | None]] = [(row.index, source) for source, row in self.of.items()]
        keyed += [(row, None) for row in totals]
        return [((row, column), Axis(source, column.year)) for row, source in keyed for column in self._columns]
