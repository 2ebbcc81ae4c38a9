"""Tables of funding sources that sum up the items of another table, told by their figures alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from validators.funding.model import Leaf

_ENOUGH = 2  # sources
_Row = frozenset[tuple[int | None, Decimal]]


def sums_up(summary: Sequence[Leaf], details: Sequence[Leaf]) -> bool:
    """Whether entries are those of a table with one row for each funding source, whose amounts, year by year, are what
    the other entries come to by source, whatever the sources are called there.
    """
    if len(details) <= len(summary) or any(leaf.source is None for leaf in summary):
        return False
    rows = {leaf.source: leaf.place.row for leaf in summary}
    if len(rows) < _ENOUGH or len(set(rows.values())) < len(rows):
        return False
    if any(rows[leaf.source] != leaf.place.row for leaf in summary):
        return False
    return _by_source(summary) == _by_source(details)


def _by_source(leaves: Sequence[Leaf]) -> Counter[_Row]:
    """The amounts of each source by year; the sources have no names."""
    found: dict[str | None, dict[int | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for leaf in leaves:
        found[leaf.source][leaf.year] += leaf.amount
    return Counter(frozenset((year, amount) for year, amount in row.items() if amount) for row in found.values())
