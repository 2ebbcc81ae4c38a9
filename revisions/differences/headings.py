"""Which funding source, and which year, of one version is which of another: a heading may be renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from budget.plan import Axis
from revisions.differences.matching import ALIKE, similarity
from revisions.differences.pairs import Pairs
from revisions.differences.version import Version

_Name = TypeVar("_Name", str, int)


def matched_sources(old: Version, new: Version, pairs: Pairs) -> dict[str, str]:
    """Sources of the old version by those of the new: of one name, or renamed."""
    return _matched(_sources(old), _sources(new), _agreement(old, new, pairs, lambda axis: axis.source), similarity)


def matched_years(old: Version, new: Version, pairs: Pairs) -> dict[int, int]:
    """Years of the old version by those of the new: the same, or another one that the same amounts stand under."""
    return _matched(old.years, new.years, _agreement(old, new, pairs, lambda axis: axis.year), lambda *_: 0.0)


def _sources(version: Version) -> list[str]:
    found = dict.fromkeys(axis.source for item in version.items for axis in item.amounts)
    return [source for source in found if source is not None]


def _matched(
    olds: Iterable[_Name],
    news: Iterable[_Name],
    agreement: Mapping[tuple[_Name, _Name], Fraction],
    likeness: Callable[[_Name, _Name], float],
) -> dict[_Name, _Name]:
    """The same names, then of the others those that most amounts agree under, or that are alike: the one best each."""
    same = {name: name for name in olds if name in set(news)}
    free_old, free_new = [n for n in olds if n not in same], [n for n in news if n not in same]
    merits = {
        (one, other): (agreement.get((one, other), Fraction(0)), likeness(one, other))
        for one in free_old
        for other in free_new
    }
    likely = {pair: merit for pair, merit in merits.items() if 2 * merit[0] > 1 or merit[1] >= ALIKE}
    for (one, other), merit in likely.items():
        rivals = [m for (a, b), m in likely.items() if (a == one) != (b == other)]
        if all(merit > rival for rival in rivals):
            same[one] = other
    return same


def _agreement(
    old: Version, new: Version, pairs: Pairs, name: Callable[[Axis], _Name | None]
) -> dict[tuple[_Name, _Name], Fraction]:
    """For names of either version the share of the rows in which the same amount stands under both."""
    agreeing: dict[tuple[_Name, _Name], int] = defaultdict(int)
    totals: dict[tuple[int, _Name], int] = defaultdict(int)
    for one, other in pairs.to_new.items():
        sums = [_by_name(old.items[one].amounts, name), _by_name(new.items[other].amounts, name)]
        for side, named in enumerate(sums):
            for each in named:
                totals[side, each] += 1
        for first, amounts in sums[0].items():
            for second, others in sums[1].items():
                agreeing[first, second] += amounts == others
    return {
        (one, other): Fraction(2 * count, totals[0, one] + totals[1, other]) for (one, other), count in agreeing.items()
    }


def _by_name(
    amounts: Mapping[Axis, Decimal], name: Callable[[Axis], _Name | None]
) -> dict[_Name, tuple[tuple[str, Decimal], ...]]:
    """The amounts that stand under each name, with what else is said of them."""
    found: dict[_Name, list[tuple[str, Decimal]]] = defaultdict(list)
    for axis, amount in amounts.items():
        named = name(axis)
        if named is not None:
            other = axis.year if named == axis.source else axis.source
            found[named].append((str(other), amount))
    return {each: tuple(sorted(pairs)) for each, pairs in found.items()}
