"""The amounts of an appendix in the order and under the headings that it gives them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from budget.rollup import fold
from validators.funding import Leaf, TableFunding
from validators.funding.counted import Counted

_PUNCTUATION = " .):;,-–"


@dataclass
class Heading:
    """A table, a group or an item. `leaves`: the amounts of its own, the others are those of the headings below it.

    `first` and `last`: where its amounts stand among all of the appendix, counted from 0, those below included.
    """

    number: str
    label: str
    path: tuple[str, ...] = ()  # the numbers that lead to it, its own the last
    _children: dict[tuple[str, str], Heading] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    first: int = 0
    last: int = -1

    @property
    def title(self) -> str:
        """Number and wording, as the appendix prints them."""
        return f"{self.number} {self.label}".strip()

    @property
    def children(self) -> Collection[Heading]:
        """The headings right below it, from the top."""
        return self._children.values()

    @property
    def is_single(self) -> bool:
        """Whether it is one amount and no more."""
        return len(self.leaves) == 1 and not self.children

    def below(self) -> Iterator[Heading]:
        """The headings below it, from the top."""
        for child in self.children:
            yield child
            yield from child.below()

    def amounts(self) -> Iterator[Leaf]:
        """The amounts below it, from the top: its own first."""
        yield from self.leaves
        for child in self.children:
            yield from child.amounts()

    def child(self, number: str, label: str) -> Heading:
        """The heading right below it of that number and wording; made where there is none."""
        if known := self._children.get((number, label)):
            return known
        own = number.strip(_PUNCTUATION)
        nested = bool(self.path) and own.startswith(f"{self.path[-1]}.")  # 2.1 below 2 says it all
        path = (*self.path[: -1 if nested else None], own) if own else self.path
        return self._children.setdefault((number, label), Heading(number, label, path))


def outline(found: Counted) -> Heading:
    """The whole appendix: tables, where there are several, groups, items."""
    whole = Heading("", "")
    numbers = {
        f"{row.number} {row.label}".strip(): (row.number, row.label)
        for table in found.checked.tables
        for row in table.rows
    }
    for each in found.counted:
        top = whole if len(found.counted) == 1 else whole.child("", found.named(each.table))
        for leaf in _ordered(each):
            _place(leaf, top, numbers)
    _count(whole, 0)
    return whole


def _place(leaf: Leaf, heading: Heading, numbers: dict[str, tuple[str, str]]) -> None:
    for group in leaf.groups:
        heading = heading.child(*numbers.get(group, ("", group)))
    if (leaf.number, fold(leaf.item)) != ("", fold(heading.label)):  # a group that is its only item
        heading = heading.child(leaf.number, leaf.item)
    heading.leaves.append(leaf)


def _ordered(each: TableFunding) -> Sequence[Leaf]:
    """Row by row; where other tables detail some of the rows, as they come."""
    own = all(leaf.place.sheet == each.table.grid.name and leaf.place[1:] in each.table.figures for leaf in each.leaves)
    return sorted(each.leaves, key=lambda leaf: leaf.place) if own else each.leaves


def _count(heading: Heading, first: int) -> int:
    """Number the amounts; the number that is free next."""
    heading.first = first
    following = first + len(heading.leaves)
    for child in heading.children:
        following = _count(child, following)
    heading.last = following - 1
    return following


def named(whole: Heading, text: str) -> list[Heading]:
    """The headings that a person may mean by a number ("2.1", "II.3") or a wording: the closest kind of match alone."""
    number, words = fold(text).strip(_PUNCTUATION), fold(text)
    whole_words = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")  # the group I is no letter of a wording
    headings = list(whole.below())
    kinds: Iterable[list[Heading]] = (
        [each for each in headings if fold(".".join(each.path)) == number and each.number],
        [each for each in headings if each.number and number in _endings(each.path)],
        [each for each in headings if words in (fold(each.label), fold(each.title))],
        [each for each in headings if words and whole_words.search(fold(each.title))],
    )
    return next((found for found in kinds if found), [])


def _endings(path: Sequence[str]) -> set[str]:
    return {fold(".".join(path[start:])) for start in range(len(path))}
