"""Which table of one version is which of another, by what stands in it, its caption and its sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from revisions.differences.pairs import Pairs
from revisions.differences.version import Item, Version
from validators.tables.wording import folded

_SAME_CAPTION, _SAME_SHEET = Fraction(1, 2), Fraction(1, 4)  # of which all rows in common are 1
_ENOUGH = Fraction(1, 2)


def pair_tables(old: Version, new: Version, pairs: Pairs) -> None:
    """Pair the tables that count, the most alike first; the only tables of both are one, whatever they hold.

    Lists that many agencies have alike are told apart by caption and sheet, tables that were renumbered are known by
    their rows. The same pairs come out whichever version is called the old one.
    """
    if len(old.tables) == len(new.tables) == 1:
        pairs.add(old.tables[0].index, new.tables[0].index)
        return
    rows = [_rows(version) for version in (old, new)]
    merits = []
    for at, one in enumerate(old.tables):
        for place, other in enumerate(new.tables):
            alike = _likeness(one, other, rows[0][one.index], rows[1][other.index])
            if alike >= _ENOUGH:
                merits.append((-alike, abs(at - place), min(at, place), one.index, other.index))
    for *_, one_index, other_index in sorted(merits):
        if one_index not in pairs.to_new and other_index not in pairs.to_old:
            pairs.add(one_index, other_index)


def _likeness(one: Item, other: Item, rows: Counter[str], others: Counter[str]) -> Fraction:
    total = rows.total() + others.total()
    alike = Fraction(2 * (rows & others).total(), total) if total else Fraction(0)
    alike += _SAME_CAPTION * (folded(one.title) == folded(other.title))
    same_sheet = one.place is not None and other.place is not None and one.place.sheet == other.place.sheet
    return alike + _SAME_SHEET * same_sheet


def _rows(version: Version) -> Mapping[int, Counter[str]]:
    """How often each wording stands in each table, by the table's row."""
    found: dict[int, Counter[str]] = {table.index: Counter() for table in version.tables}
    top: list[int] = []
    for item in version.items:
        top.append(item.index if item.parent is None else top[item.parent])
        if top[-1] in found and item.index not in found:
            found[top[-1]][folded(item.title)] += 1
    return found
