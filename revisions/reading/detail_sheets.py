"""The sheets of tables that work out what items cost, each an appendix of costings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budget.money import Unit
from budget.tables import Cell
from revisions.reading.documents import Around, around
from revisions.reading.shared import Shared
from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_details import NUMBERED, PLAIN, TableDetails
from revisions.reading.table_items import of_table
from validators.funding import TableFunding
from validators.tables.model import AppendixTable
from validators.tables.units import stated_unit

_TITLE = "DỰ TOÁN CHI TIẾT"


@dataclass
class _Captions:
    """The lines above a table of details, up to the table before it."""

    caption: str = ""
    lead: str = ""
    others: list[str] = field(default_factory=list)


class DetailSheets:
    """Reads tables whose money another one holds as costings of its items."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._first: dict[str, AppendixTable] = {}
        for table in shared.checked.tables:
            self._first.setdefault(table.grid.name, table)

    def write(self, tables: Iterable[tuple[TableFunding, AppendixRead]]) -> Mapping[int, TableDetails]:
        """The costings that tables make, by the tables' ids; those that make none say why."""
        found: dict[int, TableDetails] = {}
        sheets: dict[tuple[str, Unit], list[tuple[TableDetails, _Captions]]] = defaultdict(list)
        for funding, whole in tables:
            captions = self._captions(funding.table)
            details = found[id(funding.table)] = TableDetails(funding, whole, self._shared, captions.caption)
            if details.why is None:
                sheets[details.table.grid.name, details.unit].append((details, captions))
        for each in sheets.values():
            self._sheet(each)
        return found

    def _sheet(self, tables: Sequence[tuple[TableDetails, _Captions]]) -> None:
        """An appendix of costings; what stands between its tables and has no place there is told."""
        first = tables[0][0]
        above = around(first.table) if self._is_first(first.table) else Around()
        title = above.title if above.title != first.caption else ""
        form = NUMBERED if any(details.is_numbered for details, _ in tables) else PLAIN
        row: dict[str, Cell | None] = {
            "key": self._shared.codes.take("du-toan"),
            "form": form,
            "sheet": self._shared.sheet(first.table.grid.name),
            "heading": above.heading,
            "title": title or _TITLE,
            "unit": first.unit.label,
            "years": False,
        }
        self._shared.gathered.add("appendices", row, of_table(first.table))
        below = [text.strip() for _, text in sorted(tables[-1][0].table.below.items())]
        nexts = [captions.others for _, captions in tables[1:]] + [below]
        for text in tables[0][1].others:
            self._shared.leave_text(text)
        for (details, captions), after in zip(tables, nexts, strict=True):
            trail = after.pop(0) if after and after[0].startswith("(") else ""
            details.write(str(row["key"]), form, captions.lead, trail)
            for text in after:
                self._shared.leave_text(text)

    def _is_first(self, table: AppendixTable) -> bool:
        return self._first[table.grid.name] is table

    def _captions(self, table: AppendixTable) -> _Captions:
        """The caption is the line right above a table, the lead the one above it."""
        texts = [text.strip() for _, text in sorted(table.above.items()) if not stated_unit(text)]
        if self._is_first(table):
            above = around(table)
            texts = list(above.above) or [above.title] * bool(above.title)
        found = _Captions()
        if texts:
            found.caption = texts.pop()
        if texts and not texts[-1].startswith("("):
            found.lead = texts.pop()
        found.others = texts
        return found
