"""Leaf amounts rolled up: how much from which source, in which year, for which agency and item. It knows no cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from budget.numbers import EXACT

ZERO = Decimal(0)
Key = str | int | None  # None: the document does not say


class By(StrEnum):
    """What amounts are told apart by."""

    SOURCE = "source"
    YEAR = "year"
    AGENCY = "agency"
    GROUP = "group"
    ITEM = "item"


STEP = " › "  # between the groups and the wording of an item in its key


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An amount that nobody breaks down further, in đồng, and what is known of it; None: the document does not say.

    `item`: the wording of the row that it is about, with its `number`. `groups`: the rows that this one belongs to,
    from the outermost, each with its number.
    """

    amount: Decimal
    source: str | None = None
    year: int | None = None
    agency: str | None = None
    number: str = ""
    item: str = ""
    groups: tuple[str, ...] = ()

    def key(self, by: By) -> Key:
        """What the entry says of one axis, as it is spelt.

        Its group is the outermost that it belongs to; what belongs to none is its own, so that the groups hold every
        amount. Its item is its number and wording behind all of its groups: two groups may have a “1 Hội nghị” each.
        """
        match by:
            case By.SOURCE:
                return self.source
            case By.YEAR:
                return self.year
            case By.AGENCY:
                return self.agency
        own = f"{self.number} {self.item}".strip()
        path = (*self.groups, own) if own else self.groups
        return (path[0] if by is By.GROUP else STEP.join(path)) if path else None


@dataclass(frozen=True, slots=True)
class Pivot:
    """Sums in đồng by two axes, or by one, whose only column is None.

    `rows` and `columns` are the keys of the axes in order: years ascend, others stand as they first appear, None comes
    last. `cells` holds what has entries alone.
    """

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    cells: Mapping[tuple[Key, Key], Decimal]

    def row_total(self, row: Key) -> Decimal:
        """The sum of a row; 0 for one that there is not."""
        return added(self.cells.get((row, column), ZERO) for column in self.columns)

    def column_total(self, column: Key) -> Decimal:
        """The sum of a column; 0 for one that there is not."""
        return added(self.cells.get((row, column), ZERO) for row in self.rows)

    @property
    def total(self) -> Decimal:
        """The sum of all."""
        return added(self.cells.values())


def pivot(entries: Iterable[Entry], rows: By, columns: By | None = None) -> Pivot:
    """The sums of entries by one axis or two. Spellings that fold to one are one, the first of them."""
    spelt: dict[tuple[By | None, Key], Key] = {}
    cells: dict[tuple[Key, Key], Decimal] = {}
    for entry in entries:
        place = _spelling(spelt, rows, entry), _spelling(spelt, columns, entry)
        cells[place] = EXACT.add(cells.get(place, ZERO), entry.amount)
    return Pivot(_ordered(rows, [row for row, _ in cells]), _ordered(columns, [column for _, column in cells]), cells)


def _spelling(spelt: dict[tuple[By | None, Key], Key], by: By | None, entry: Entry) -> Key:
    key = entry.key(by) if by else None
    return spelt.setdefault((by, fold(key)), key) if isinstance(key, str) else key


def _ordered(by: By | None, keys: Iterable[Key]) -> tuple[Key, ...]:
    found = dict.fromkeys(keys)
    known: list[Key] = [key for key in found if key is not None]
    if by is By.YEAR:
        known.sort(key=lambda year: year if isinstance(year, int) else 0)
    return (*known, *([None] if None in found else []))


@lru_cache(maxsize=4_096)
def fold(name: str) -> str:
    """A name as it is compared: capitals, spaces and the Unicode form do not matter."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def added(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum, whatever its length."""
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
