"""A version of an appendix as it is compared: its rows as a tree, each with its amounts, texts and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budget.money import Unit
from budget.numbers import EXACT
from budget.plan import Axis
from budget.rollup import ZERO, added
from faults import Text
from validators.grid import Place

WHOLE = Axis()


@dataclass(frozen=True)
class Item:
    """A row: a table, a group, an item or a part of one.

    `index`: its place among the rows of the version, `parent` that of the row it belongs to, which stands before it.
    `amounts`: what is its own and not a part's, in đồng, by source (folded) and year; `cells`: where each stands.
    `stated`: the sums that its row prints, in đồng. `printed`: amounts that are no numbers as they are printed.
    `texts`: what its other columns say, by what they hold. `counts`: its amounts are part of the total; False: they
    detail or repeat amounts that are. `is_table`: it stands for a whole table, whose rows belong to it; its title is
    the caption.
    """

    index: int
    parent: int | None
    number: str
    title: str
    place: Place | None = None
    amounts: Mapping[Axis, Decimal] = field(default_factory=dict)
    cells: Mapping[Axis, Place] = field(default_factory=dict)
    stated: Mapping[Axis, tuple[Decimal, Place]] = field(default_factory=dict)
    printed: Mapping[Axis, str] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    agency: str = ""
    counts: bool = True
    is_table: bool = False

    @property
    def name(self) -> str:
        """Number and wording, as printed."""
        return f"{self.number} {self.title}".strip()

    @property
    def total(self) -> Decimal:
        """Its own amounts, added up."""
        return added(self.amounts.values())


@dataclass(frozen=True)
class Version:
    """`name`: what the user calls it. `items`: parents before their parts. `sources`: as spelt, by what folds.

    `stated`: the grand totals that the tables state, in đồng. `unit`: of most of its amounts. `remarks`: what is not
    compared of it, or taken for granted, a sentence each.
    """

    name: str
    unit: Unit
    items: tuple[Item, ...]
    sources: Mapping[str, str]
    stated: Mapping[Axis, tuple[Decimal, Place]] = field(default_factory=dict)
    remarks: tuple[Text, ...] = ()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of its amounts, ascending."""
        return tuple(sorted({axis.year for item in self.items for axis in item.amounts if axis.year is not None}))

    @cached_property
    def totals(self) -> Mapping[Axis, Decimal]:
        """The sums of what counts, in all, by source, by year and by both."""
        return summed(item.amounts for item in self.items if item.counts)

    @cached_property
    def sums(self) -> Sequence[Mapping[Axis, Decimal]]:
        """For each row the sums of its own amounts and those of its parts."""
        found: list[dict[Axis, Decimal]] = [dict(summed([item.amounts])) for item in self.items]
        for item in reversed(self.items):
            if item.parent is not None:
                above = found[item.parent]
                for axis, amount in found[item.index].items():
                    above[axis] = EXACT.add(above.get(axis, ZERO), amount)
        return found

    @cached_property
    def children(self) -> Mapping[int | None, tuple[int, ...]]:
        """The rows that belong to each row, from the top; None: the outermost ones."""
        found: dict[int | None, list[int]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item.index)
        return {parent: tuple(rows) for parent, rows in found.items()}

    @cached_property
    def tables(self) -> tuple[Item, ...]:
        """The tables that count."""
        return tuple(item for item in self.items if item.is_table and item.counts)

    def group(self, item: Item) -> Item | None:
        """The row that an item belongs to; that it is in the only table says nothing."""
        if item.parent is None or self.tables == (self.items[item.parent],):
            return None
        return self.items[item.parent]

    def path(self, item: Item) -> tuple[str, ...]:
        """The rows that an item belongs to, from the outermost."""
        found: list[str] = []
        above = self.group(item)
        while above is not None:
            found.append(above.name)
            above = self.group(above)
        return tuple(reversed(found))

    def source(self, key: str | None) -> str | None:
        """A source as this version spells it."""
        return None if key is None else self.sources.get(key, key)


def around(axis: Axis) -> set[Axis]:
    """An axis, and the wider ones that hold it."""
    source, year = axis
    return {axis, Axis(source, None), Axis(None, year), WHOLE}


def summed(many: Iterable[Mapping[Axis, Decimal]]) -> Mapping[Axis, Decimal]:
    """The sums of amounts by source and year, by either, and in all. An amount that names neither is in all alone."""
    found: dict[Axis, Decimal] = {}
    for amounts in many:
        for axis, amount in amounts.items():
            for each in around(axis):
                found[each] = EXACT.add(found.get(each, ZERO), amount)
    return found
