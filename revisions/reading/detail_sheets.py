"""The sheets of tables that work out what items cost, each an appendix of costings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budget.money import Unit
from budget.tables import Cell
from revisions.reading.documents import Around, around
from revisions.reading.matching import has_lead, named_above
from revisions.reading.sentences import Sentences
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
        sheets: dict[tuple[str, Unit, int], list[tuple[TableDetails, _Captions]]] = defaultdict(list)
        wholes: dict[int, AppendixRead] = {}
        for funding, whole in tables:
            captions = self._captions(funding, whole)
            details = found[id(funding.table)] = TableDetails(funding, whole, self._shared, captions.caption)
            if details.why is None:
                wholes[id(whole)] = whole
                sheets[details.table.grid.name, details.unit, id(whole)].append((details, captions))
        for (_, _, holder), each in sheets.items():
            self._sheet(each, wholes[holder])
        return found

    def _sheet(self, tables: Sequence[tuple[TableDetails, _Captions]], whole: AppendixRead) -> None:
        """An appendix of costings; what stands between its tables and has no place there is told."""
        first = tables[0][0]
        above = around(first.table) if self._is_first(first.table) else Around()
        title = above.title if above.title != first.caption else ""
        form = NUMBERED if any(details.is_numbered for details, _ in tables) else PLAIN
        row: dict[str, Cell | None] = {
            "key": (key := self._shared.codes.take("du-toan")),
            "form": form,
            "sheet": self._shared.sheet(first.table.grid.name),
            "heading": above.heading,
            "title": title or _TITLE,
            "unit": first.unit.label,
            "years": False,
        }
        below = [text.strip() for _, text in sorted(tables[-1][0].table.below.items())]
        nexts = [captions.others for _, captions in tables[1:]] + [below]
        sentences = Sentences(key, first, whole, self._shared) if form == PLAIN else None
        place = of_table(first.table)
        self._between(tables[0][1].others, sentences)
        for (details, captions), after in zip(tables, nexts, strict=True):
            trail = after.pop(0) if after and after[0].startswith("(") else ""
            details.write(key, form, captions.lead, trail)
            self._between(after, sentences)
        if sentences is not None and sentences.currency:
            row["texts"] = {"currency": sentences.currency}
        self._shared.gathered.add("appendices", row, place)

    def _between(self, texts: list[str], sentences: Sentences | None) -> None:
        """Sentences become costings, the lines that they do not need are told."""
        for text in sentences.write(texts) if sentences else texts:
            self._shared.leave_text(text)

    def _is_first(self, table: AppendixTable) -> bool:
        return self._first[table.grid.name] is table

    def _captions(self, funding: TableFunding, whole: AppendixRead) -> _Captions:
        """The caption is the nearest line above that names an item of the amount, or the nearest of all; the lead the
        one above it.
        """
        table = funding.table
        texts = [text.strip() for _, text in sorted(table.above.items()) if not stated_unit(text)]
        if self._is_first(table):
            above = around(table)
            texts = list(above.above) or [above.title] * bool(above.title)
        if not texts:
            return _Captions()
        found = named_above(texts, whole, funding.total)
        at = found[0] if found else len(texts) - 1
        led = has_lead(texts, at)
        others = [*texts[: at - led], *texts[at + 1 :]]
        return _Captions(texts[at], texts[at - 1] if led else "", others)
