"""Which item of an appendix something costs: by its amount, and by the words above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_items import TableItem
from validators.tables.numbering import leading_mark
from validators.tables.wording import bare

SAME, WITHIN, NUMBER = 3, 2, 1  # how well a caption names an item: by its words, by some of them, by its number alone
_LONG = 10  # letters of a title that names one thing only


@dataclass(frozen=True, slots=True)
class Match:
    """An item and what it costs. `years`: each of these costs the amount; empty: the period, once."""

    item: TableItem
    years: tuple[int, ...] = ()

    def take(self, whole: AppendixRead) -> None:
        """Nothing else costs this from now on."""
        whole.costed |= {(self.item.row, year) for year in self.years or (None,)}


def matched(whole: AppendixRead, amount: Decimal, caption: str, *, named: bool) -> Match | None:
    """The item whose amount, in all or in a year, is this one, in đồng: the one that the caption names best.

    `named`: the caption must name it; else it may be the only one of that amount.
    """
    fitting = sorted(fits(whole, amount), key=lambda match: likeness(caption, match.item), reverse=True)
    if len(fitting) > 1 and likeness(caption, fitting[0].item) == likeness(caption, fitting[1].item):
        return None
    return fitting[0] if fitting and (not named or likeness(caption, fitting[0].item)) else None


def fits(whole: AppendixRead, amount: Decimal) -> Iterable[Match]:
    """The items without parts, and without a costing yet, that have an amount, in đồng: in some years, or in all."""
    items = whole.items.items.values()
    parents = {item.parent for item in items}
    for item in items:
        if item.row in parents or item.row in whole.costings.lines or (item.row, None) in whole.costed:
            continue
        by_year: dict[int | None, Decimal] = {}
        for (_, year), value in item.amounts.items():
            if isinstance(value, Decimal) and value:
                by_year[year] = by_year.get(year, Decimal(0)) + value
        taken = {year for year in by_year if (item.row, year) in whole.costed}
        years = tuple(sorted(year for year in by_year.keys() - taken if year is not None and by_year[year] == amount))
        if whole.axes.with_years and years:
            yield Match(item, years)
        elif by_year and not taken and sum(by_year.values()) == amount:
            yield Match(item)


def named_above(texts: Sequence[str], whole: AppendixRead, amount: Decimal) -> tuple[int, Match] | None:
    """The nearest of the lines above that names, in words, an item of an amount, in đồng; its place, and that item."""
    fitting = list(fits(whole, amount))
    for at in range(len(texts) - 1, -1, -1):
        named = [match for match in fitting if likeness(texts[at], match.item) >= WITHIN]
        if len(named) == 1:
            return at, named[0]
    return None


def has_lead(texts: Sequence[str], at: int) -> bool:
    """Whether a line stands above a caption that leads to it: no list, and no remark in brackets."""
    return at > 0 and not texts[at - 1].startswith(("-", "+", "("))


def likeness(caption: str, item: TableItem) -> int:
    """How well a caption names an item; 0: not at all."""
    mark = leading_mark(caption)
    said, title = bare(mark[1] if mark else caption), bare(item.title)
    if said == title:
        return SAME
    if min(len(said), len(title)) >= _LONG and (said in title or title in said):
        return WITHIN
    return NUMBER if mark and item.number and _plain(mark[0].printed) == _plain(item.number) else 0


def _plain(number: str) -> str:
    return number.strip(".() ")
