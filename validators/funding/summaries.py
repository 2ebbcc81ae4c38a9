"""Tables of funding sources that sum up the items of another table, told by their figures alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from validators.funding.model import Leaf

_ENOUGH = 2  # sources, or years of the only one
_Row = frozenset[tuple[int | None, Decimal]]


def sums_up(summary: Sequence[Leaf], details: Sequence[Leaf]) -> bool:
    """Whether entries are those of a table with one row for each funding source, whose amounts, year by year, are what
    the other entries come to by source, whatever the sources are called there; or with one row for all of them.
    """
    if len(details) <= len(summary):
        return False
    if len({leaf.place.row for leaf in summary}) == 1:
        (years,) = _by_source(summary, apart=False)
        return len(years) >= _ENOUGH and _by_source(details, apart=False) == {years: 1}
    if any(leaf.source is None for leaf in summary):
        return False
    rows = {leaf.source: leaf.place.row for leaf in summary}
    if len(rows) < _ENOUGH or len(set(rows.values())) < len(rows):
        return False
    if any(rows[leaf.source] != leaf.place.row for leaf in summary):
        return False
    return _by_source(summary) == _by_source(details)


def _by_source(leaves: Sequence[Leaf], *, apart: bool = True) -> Counter[_Row]:
    """The amounts of each source by year, or of all together; the sources have no names."""
    found: dict[str | None, dict[int | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for leaf in leaves:
        found[leaf.source if apart else None][leaf.year] += leaf.amount
    return Counter(frozenset((year, amount) for year, amount in row.items() if amount) for row in found.values())
