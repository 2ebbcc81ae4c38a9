"""When items are carried out: the years that their schedules state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validators.tables.model import AppendixTable, Column, Role
from validators.tables.wording import bare, years_in
from workbook.addresses import Cell
from workbook.package import CellError

_CONSTRUCTION = re.compile(r"\b(?:khoi cong|hoan thanh|kc|ht)\b")
_OPEN_ENDED = re.compile(r"\b(?:truoc|sau|tro di|tiep theo|nhung nam|den nay)\b")
_SHORTENED = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*\d\d(?!\d)")  # "2021-23"
_PERIOD = re.compile(r"giai đoạn(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Schedule:
    """The first and the last year of an item, the cell that states the one in doubt, and its text.

    `single`: only these years, where the text lists them ("2021 và 2024").
    """

    first: int
    last: int
    cells: tuple[Cell, ...]
    printed: str
    single: frozenset[int] = frozenset()

    @property
    def label(self) -> str:
        """As appendices write it: `2021-2025`, or one year."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def within(self, other: Schedule) -> bool:
        """Whether it lies within another one."""
        return other.first <= self.first and self.last <= other.last

    def covers(self, year: int) -> bool:
        """Whether a year belongs to it."""
        return year in self.single if self.single else self.first <= year <= self.last


def schedules(table: AppendixTable) -> Mapping[int, Schedule]:
    """The schedules of the rows that state years, by row.

    The years in which construction begins and ends are none: it is paid for before and after.
    """
    found = {}
    texts = [column for column in table.of_role(Role.SCHEDULE) if not _is_construction(column)]
    starts, ends = ([each for each in table.of_role(role) if not _is_construction(each)] for role in _BOUNDS)
    for row in table.rows:
        if len(texts) == 1:
            schedule = _stated(table, (row.index, texts[0].index))
        elif not texts and len(starts) == len(ends) == 1:
            schedule = _bounded(table, (row.index, starts[0].index), (row.index, ends[0].index))
        else:
            return {}
        if schedule is not None:
            found[row.index] = schedule
    return found


_BOUNDS = (Role.START, Role.END)


def _is_construction(column: Column) -> bool:
    return bool(_CONSTRUCTION.search(bare(column.heading)))


def _stated(table: AppendixTable, cell: Cell) -> Schedule | None:
    text = _text(table, cell)
    words = bare(text)
    years = years_in(text)
    if not years or _SHORTENED.search(text) or _OPEN_ENDED.search(words):
        return None
    if len(years) == 1 and re.search(r"\b(?:tu|den)\b", words):
        return None  # "từ năm 2022": nobody knows how long
    listed = "va" in words.split() or "," in text or ";" in text
    return Schedule(years[0], years[-1], (cell,), text, frozenset(years) if listed else frozenset())


def _bounded(table: AppendixTable, start: Cell, end: Cell) -> Schedule | None:
    texts = [_text(table, cell) for cell in (start, end)]
    first, last = (years_in(text) for text in texts)
    if len(first) != 1 or len(last) != 1 or first > last:
        return None
    return Schedule(first[0], last[0], (start, end), "-".join(texts))


def _text(table: AppendixTable, cell: Cell) -> str:
    value = table.grid.value(*cell)
    if isinstance(value, date):
        return str(value.year)
    if isinstance(value, CellError | bool) or value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else " ".join(value.split())


def period(table: AppendixTable) -> Schedule | None:
    """The period that the titles above a table state ("giai đoạn 2021-2025", and what they look ahead to)."""
    years = sorted(_title_years(table))
    return Schedule(years[0], years[-1], (), "") if len(years) > 1 else None


def _title_years(table: AppendixTable) -> Iterator[int]:
    for text in table.above.values():
        if found := _PERIOD.search(text):
            yield from years_in(found["rest"])
