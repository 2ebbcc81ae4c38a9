"""What changed between two versions, as records; every report is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget.plan import Axis
from budget.rollup import ZERO, fold
from revisions.differences.headings import matched_sources, matched_years
from revisions.differences.matching import matched
from revisions.differences.order import kept_in_order
from revisions.differences.pairs import Pairs
from revisions.differences.version import WHOLE, Item, Version
from validators.grid import Place
from validators.tables.wording import folded


class What(StrEnum):
    """What a change is. An item may have several."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"  # into another group
    REORDERED = "reordered"  # to another place in its group
    RENUMBERED = "renumbered"
    AMOUNT = "amount"
    PRINTED = "printed"  # the same amount, printed as a number on one side only
    STATED = "stated"  # a sum that does not follow its parts
    TEXT = "text"


@dataclass(frozen=True)
class Change:
    """A change of a row: `old` and `new` are the row in both versions, None where it is not; both None: the total.

    `before`, `after`: amounts in đồng (None: none is there), or texts. `axis`: of an amount, as the new version names
    it, or the old one where the new has no such amount. `field`: which text it is.
    """

    what: What
    old: Item | None
    new: Item | None
    axis: Axis = WHOLE
    field: str = ""
    before: Decimal | str | None = None
    after: Decimal | str | None = None
    place: Place | None = None  # in the new version, or in the old one of what is gone


@dataclass(frozen=True)
class Differences:
    """The changes from one version to another. `sources` and `years`: the headings that were renamed, old by new."""

    old: Version
    new: Version
    changes: tuple[Change, ...]
    sources: Mapping[str, str]
    years: Mapping[int, int]
    to_new_source: Mapping[str, str]
    to_new_year: Mapping[int, int]

    def __bool__(self) -> bool:
        """Whether anything changed; other units for the same amounts are no change of the plan, but are told."""
        return bool(self.changes or self.sources or self.years or self.old.unit is not self.new.unit)

    def of(self, what: What) -> list[Change]:
        """The changes of one kind, in the order of the rows."""
        return [change for change in self.changes if change.what is what]

    def totals(self) -> dict[Axis, tuple[Decimal, Decimal]]:
        """The sums before and after: in all, then by source and by year, as the new version names them."""
        before = {self.as_new(axis): amount for axis, amount in self.old.totals.items()}
        axes = dict.fromkeys([*before, *self.new.totals])
        return {
            axis: (before.get(axis, ZERO), self.new.totals.get(axis, ZERO))
            for axis in sorted(axes, key=lambda axis: (axis.source or "", axis.year or 0))
        }

    def as_new(self, axis: Axis) -> Axis:
        """An axis of the old version as the new one names it."""
        return _renamed(axis, self.to_new_source, self.to_new_year)


def differences(old: Version, new: Version) -> Differences:
    """All that changed. `differences(a, b)` tells of each change what `differences(b, a)` does, the other way round."""
    pairs = matched(old, new)
    sources, years = matched_sources(old, new, pairs), matched_years(old, new, pairs)
    comparing = _Comparing(old, new, pairs, sources, years)
    changes = [*comparing.rows(), *comparing.gone(), *comparing.sums(None, None)]
    return Differences(
        old,
        new,
        tuple(changes),
        {one: other for one, other in sources.items() if one != other},
        {one: other for one, other in years.items() if one != other},
        sources,
        years,
    )


def _renamed(axis: Axis, sources: Mapping[str, str], years: Mapping[int, int]) -> Axis:
    source = None if axis.source is None else sources.get(axis.source, axis.source)
    return Axis(source, None if axis.year is None else years.get(axis.year, axis.year))


def _is_told(item: Item, version: Version, paired: Mapping[int, int]) -> bool:
    """Whether a row that only one version has is told. A table that details others is told as a whole, and of its rows
    those that hold money.
    """
    if item.counts or item.parent is None:
        return True
    top = item
    while top.parent is not None:
        top = version.items[top.parent]
    return top.index in paired and bool(version.sums[item.index])


class _Comparing:
    """Compares row by row."""

    def __init__(
        self, old: Version, new: Version, pairs: Pairs, sources: Mapping[str, str], years: Mapping[int, int]
    ) -> None:
        self._old, self._new, self._pairs, self._sources, self._years = old, new, pairs, sources, years
        self._kept = self._in_order()
        self._fields = {
            field for item in old.items for field in item.texts
        } & {field for item in new.items for field in item.texts}  # fmt: skip

    def _in_order(self) -> set[tuple[int, int]]:
        """The pairs of rows that stayed in the order of their group."""
        kept: set[tuple[int, int]] = set()
        for parent, rows in self._old.children.items():
            holder = None if parent is None else self._pairs.to_new.get(parent)
            if parent is not None and holder is None:
                continue
            stayed = [
                (row, self._pairs.to_new[row])
                for row in rows
                if row in self._pairs.to_new and self._new.items[self._pairs.to_new[row]].parent == holder
            ]
            kept |= kept_in_order(stayed, self._weight)
        return kept

    def _weight(self, pair: tuple[int, int]) -> tuple[Decimal, list[str], int, list[int]]:
        """The dearer of two rows that changed places is the one that stayed."""
        one, other = self._old.items[pair[0]], self._new.items[pair[1]]
        dear = self._old.sums[one.index].get(WHOLE, ZERO) + self._new.sums[other.index].get(WHOLE, ZERO)
        return -dear, sorted((one.title, other.title)), sum(pair), sorted(pair)

    def rows(self) -> Iterator[Change]:
        """The changes of the rows that the new version has, from the top."""
        for new in self._new.items:
            one = self._pairs.to_old.get(new.index)
            if one is None and _is_told(new, self._new, self._pairs.to_old):
                yield Change(What.ADDED, None, new, after=self._new.sums[new.index].get(WHOLE), place=new.place)
            elif one is not None:
                yield from self._pair(self._old.items[one], new)

    def gone(self) -> Iterator[Change]:
        """The rows that the old version has alone."""
        for old in self._old.items:
            if old.index not in self._pairs.to_new and _is_told(old, self._old, self._pairs.to_new):
                yield Change(What.REMOVED, old, None, before=self._old.sums[old.index].get(WHOLE), place=old.place)

    def _pair(self, old: Item, new: Item) -> Iterator[Change]:
        if folded(old.title) != folded(new.title) and (not old.is_table or self._is_mistakable(old, new)):
            yield Change(What.RENAMED, old, new, before=old.title, after=new.title, place=new.place)
        elsewhere = not self._pairs.same(old.parent, new.parent)
        if elsewhere:
            before, after = " › ".join(self._old.path(old)), " › ".join(self._new.path(new))
            yield Change(What.MOVED, old, new, before=before, after=after, place=new.place)
        elif (old.index, new.index) not in self._kept and (not old.is_table or old.counts):
            yield Change(What.REORDERED, old, new, before=old.number, after=new.number, place=new.place)
        elif fold(old.number) != fold(new.number):
            yield Change(What.RENUMBERED, old, new, before=old.number, after=new.number, place=new.place)
        yield from self._amounts(old, new)
        yield from self.sums(old, new)
        for field, (after, place) in new.texts.items():  # in the order of the columns
            if field not in self._fields or field not in old.texts:
                continue
            before, _ = old.texts[field]
            if fold(before) != fold(after):
                yield Change(What.TEXT, old, new, field=field, before=before, after=after, place=place)

    def _is_mistakable(self, old: Item, new: Item) -> bool:
        """Whether the caption of a table is that of another table in the other version: the captions of one need not
        be those of the other word for word.
        """
        captions = [{folded(table.title) for table in version.tables} for version in (self._old, self._new)]
        return old.counts and (folded(old.title) in captions[1] or folded(new.title) in captions[0])

    def _amounts(self, old: Item, new: Item) -> Iterator[Change]:
        before = {self._as_new(axis): (axis, amount) for axis, amount in old.amounts.items()}
        for axis in dict.fromkeys([*before, *new.amounts]):
            at, amount = before.get(axis, (axis, None))
            value, place = new.amounts.get(axis), new.cells.get(axis, new.place)
            if (amount or ZERO) != (value or ZERO):
                yield Change(What.AMOUNT, old, new, axis, before=amount, after=value, place=place)
            elif (old.printed.get(at) or "") != (new.printed.get(axis) or ""):
                printed = old.printed.get(at, amount), new.printed.get(axis, value)
                yield Change(What.PRINTED, old, new, axis, before=printed[0], after=printed[1], place=place)

    def sums(self, old: Item | None, new: Item | None) -> Iterator[Change]:
        """The sums, of a row or in all, that both sides state and that follow their parts on one side only."""
        olds = self._old.stated if old is None else old.stated
        news = self._new.stated if new is None else new.stated
        of_old = self._old.totals if old is None else self._old.sums[old.index]
        of_new = self._new.totals if new is None else self._new.sums[new.index]
        for axis, (before, _) in olds.items():
            named = self._as_new(axis)
            if named not in news:
                continue
            after, place = news[named]
            gaps = before - of_old.get(axis, ZERO), after - of_new.get(named, ZERO)
            if gaps[0] != gaps[1] and not all(gaps):
                yield Change(What.STATED, old, new, named, before=before, after=after, place=place)

    def _as_new(self, axis: Axis) -> Axis:
        return _renamed(axis, self._sources, self._years)
