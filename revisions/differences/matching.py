"""Which row of one version is which of another. The same pairs come out whichever of the two is called the old one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from revisions.differences.pairs import Pairs
from revisions.differences.tables import pair_tables
from revisions.differences.version import Item, Version
from validators.tables.wording import folded

ALIKE = 0.5  # of two wordings, at least, for one to be the other renamed: the share of letter triples in common
_VERY_ALIKE = 0.75  # where nothing but the group speaks for it
_MOST_IN_GROUP = 20  # free rows that are held against each other
_MOST_ALIKE_SUMS = 4  # rows with the same amounts, beyond which the amounts tell nothing
_SPACES = re.compile(r"[^\w]+")


def matched(old: Version, new: Version) -> Pairs:
    """The rows of both versions that are the same.

    First the tables, then rows of the same wording in the same group, then those of the same wording elsewhere, then
    renamed ones: at the same place, with the same number or the same amounts, and with a wording that is `ALIKE`. Of
    several that could be meant none is taken, and no row is taken twice.
    """
    pairs = Pairs()
    pair_tables(old, new, pairs)
    numbers: dict[Hashable, int] = {}
    paths = {
        id(old): _paths(
            old, numbers, {each.index: pairs.to_new.get(each.index, -1 - each.index) for each in old.tables}
        ),
        id(new): _paths(new, numbers, {each.index: each.index for each in new.tables}),
    }
    _pair(old, new, pairs, lambda version, item: paths[id(version)][item.index])
    _pair(old, new, pairs, lambda version, item: _contents(version, item, _amounts), unique=True)
    _pair(old, new, pairs, lambda version, item: _contents(version, item, lambda _: None), unique=True)
    _pair_below(old, new, pairs)
    _pair(old, new, pairs, _wording_and_sums, unique=True)
    _pair(old, new, pairs, _wording, unique=True)
    _pair_renamed(old, new, pairs)
    _pair_below(old, new, pairs)
    _pair_renamed(old, new, pairs)
    return pairs


def _paths(version: Version, numbers: dict[Hashable, int], tables: Mapping[int, Hashable]) -> list[int]:
    """For each row a number that stands for its wording and those of all that it belongs to, the same in all versions
    that share `numbers`. `tables`: what stands for a table, whatever its caption.
    """
    found: list[int] = []
    for item in version.items:
        above = -1 if item.parent is None else found[item.parent]
        key = ("table", tables[item.index]) if item.index in tables else (item.counts, above, folded(item.title))
        found.append(numbers.setdefault(key, len(numbers)))
    return found


def _wording(_: Version, item: Item) -> Hashable:
    """A wording, by which rows are found again that moved."""
    return folded(item.title) if _is_found_again(item) else None


def _wording_and_sums(version: Version, item: Item) -> Hashable:
    return (folded(item.title), frozenset(version.sums[item.index].items())) if _is_found_again(item) else None


def _is_found_again(item: Item) -> bool:
    """Whether a row may have moved: tables that detail others repeat wordings, those that count are paired already."""
    return item.counts and not item.is_table


def _contents(version: Version, item: Item, further: Callable[[Item], Hashable]) -> Hashable:
    """What a table that details others holds: its caption stands apart from it, if it has one."""
    if item.counts or item.parent is not None:
        return None
    rows = [version.items[row] for row in version.children.get(item.index, ())]
    return tuple((folded(row.title), further(row)) for row in rows if row.amounts) or None


def _pair(
    old: Version,
    new: Version,
    pairs: Pairs,
    key: Callable[[Version, Item], Hashable],
    *,
    unique: bool = False,
) -> None:
    """Pair the free rows that have the same key: those with the same amounts first, the others in their order.

    `unique`: only where there is one on either side.
    """
    lists = [defaultdict[Hashable, list[Item]](list), defaultdict[Hashable, list[Item]](list)]
    for version, taken, found in ((old, pairs.to_new, lists[0]), (new, pairs.to_old, lists[1])):
        for item in version.items:
            value = key(version, item) if item.index not in taken else None
            if value is not None:
                found[value].append(item)
    for each, olds in lists[0].items():
        news = lists[1].get(each, [])
        if len(olds) == len(news) == 1:
            pairs.add(olds[0].index, news[0].index)
        elif news and not unique:
            for one, other in _in_turn(olds, news):
                pairs.add(one.index, other.index)


def _in_turn(olds: list[Item], news: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Rows of the same wording: those with the same number and amounts, then those with the same amounts, then as they
    come.
    """
    for key in (_number_and_amounts, _amounts, lambda _: None):
        waiting: dict[Hashable, list[Item]] = defaultdict(list)
        for item in news:
            waiting[key(item)].append(item)
        left = []
        for item in olds:
            if waiting[key(item)]:
                yield item, waiting[key(item)].pop(0)
            else:
                left.append(item)
        olds, news = left, [item for items in waiting.values() for item in items]
        news.sort(key=lambda item: item.index)


def _amounts(item: Item) -> Hashable:
    return frozenset(item.amounts.items())


def _number_and_amounts(item: Item) -> Hashable:
    return item.number, _amounts(item)


def _pair_below(old: Version, new: Version, pairs: Pairs) -> None:
    """Pair the rows of the same wording below rows that are paired: their group may be renamed, or stand elsewhere."""
    _pair(old, new, pairs, lambda version, item: _below(version is old, item, pairs))


def _below(is_old: bool, item: Item, pairs: Pairs) -> Hashable:
    if item.parent is None:
        return None
    partner = item.parent if is_old else pairs.to_old.get(item.parent)
    return None if partner is None else (partner, folded(item.title))


def _pair_renamed(old: Version, new: Version, pairs: Pairs) -> None:
    """Pair rows with different wordings, the surest first, as long as there is one best partner on both sides."""
    found = {pair: _likeness(old, new, pairs, *pair) for pair in set(_candidates(old, new, pairs))}
    sure = {pair: merit for pair, merit in found.items() if merit is not None}
    best_old, best_new = _best(sure, 0), _best(sure, 1)
    for one, other in sure:
        if best_old.get(one) == other and best_new.get(other) == one:
            pairs.add(one, other)


_Merit = tuple[int, float]


def _best(sure: dict[tuple[int, int], _Merit], side: int) -> dict[int, int]:
    """For each row of a side its one best partner; none for a row that has two."""
    top: dict[int, list[tuple[_Merit, int]]] = defaultdict(list)
    for pair, merit in sure.items():
        top[pair[side]].append((merit, pair[1 - side]))
    best: dict[int, int] = {}
    for row, partners in top.items():
        partners.sort(reverse=True)
        if len(partners) == 1 or partners[0][0] > partners[1][0]:
            best[row] = partners[0][1]
    return best


def _candidates(old: Version, new: Version, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Free rows that could be one: by number, place or wording below the same row, by amounts, by what belongs to
    them.
    """
    olds = [item for item in old.items if item.index not in pairs.to_new and not (item.is_table and item.counts)]
    news = [item for item in new.items if item.index not in pairs.to_old and not (item.is_table and item.counts)]
    yield from _alike(olds, news, lambda item: _holder(item, pairs), _own_holder, _numbered)
    for one, other in _alike(olds, news, lambda item: _holder(item, pairs), _own_holder, None, _MOST_IN_GROUP):
        if similarity(old.items[one].title, new.items[other].title) >= _VERY_ALIKE:
            yield one, other
    places_old, places_new = _places(old, pairs.to_new, pairs), _places(new, pairs.to_old, None)
    yield from _alike(olds, news, lambda item: places_old[item.index], lambda item: places_new[item.index], None)
    yield from _alike(olds, news, _sums_of(old), _sums_of(new), None)
    for one, other in pairs.to_new.items():
        first, second = old.items[one].parent, new.items[other].parent
        if first is not None and second is not None and first not in pairs.to_new and second not in pairs.to_old:
            yield first, second


def _alike(
    olds: Iterable[Item],
    news: Iterable[Item],
    old_key: Callable[[Item], Hashable],
    new_key: Callable[[Item], Hashable],
    further: Callable[[Item], Hashable] | None,
    most: int = _MOST_ALIKE_SUMS,
) -> Iterator[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    keys: dict[Hashable, list[int]] = defaultdict(list)
    for items, key, found in ((news, new_key, waiting), (olds, old_key, keys)):
        for item in items:
            value = key(item)
            if value is not None:
                found[value, further(item) if further else None].append(item.index)
    for each, rows in keys.items():
        others = waiting.get(each, [])
        if max(len(rows), len(others)) <= most:
            yield from ((one, other) for one in rows for other in others)


def _holder(item: Item, pairs: Pairs) -> Hashable:
    """The row that an old one belongs to, by its partner in the new version."""
    if item.parent is None:
        return item.counts, -1
    partner = pairs.to_new.get(item.parent)
    return None if partner is None else (item.counts, partner)


def _own_holder(item: Item) -> Hashable:
    return item.counts, -1 if item.parent is None else item.parent


def _numbered(item: Item) -> Hashable:
    return item.number


def _sums_of(version: Version) -> Callable[[Item], Hashable]:
    def sums(item: Item) -> Hashable:
        found = version.sums[item.index]
        return (item.counts, frozenset(found.items())) if any(found.values()) else None

    return sums


def _places(version: Version, taken: dict[int, int], pairs: Pairs | None) -> dict[int, Hashable]:
    """Where a free row stands: behind which paired row of its own group, and as the how manieth free one there."""
    found: dict[int, Hashable] = {}
    for parent, rows in version.children.items():
        if parent is None:
            holder: int | None = -1
        else:
            holder = parent if pairs is None else pairs.to_new.get(parent)
        behind, count = -1, 0
        for row in rows:
            if row in taken:
                behind, count = (row if pairs is None else taken[row]), 0
            elif holder is not None:
                found[row] = version.items[row].counts, holder, behind, count
                count += 1
            else:
                found[row] = None
    return found


def _likeness(old: Version, new: Version, pairs: Pairs, one: int, other: int) -> _Merit | None:
    """How sure it is that a row was renamed: what speaks for it, then how alike the wordings are. None: it was not."""
    first, second = old.items[one], new.items[other]
    together = pairs.same(first.parent, second.parent)
    if (first.counts, first.is_table) != (second.counts, second.is_table) or not (first.counts or together):
        return None
    alike = similarity(first.title, second.title)
    below = [(row, pairs.to_new.get(row)) for row in old.children.get(one, ())]
    kept = sum(partner is not None and new.items[partner].parent == other for _, partner in below)
    most = max(len(below), len(new.children.get(other, ())))
    family = bool(most) and 2 * kept > most
    if alike < ALIKE and not family:
        return None
    sums = old.sums[one] == new.sums[other] and any(old.sums[one].values())
    return 2 * family + sums + (first.number == second.number) + together, alike


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1: twice the letter triples in common, by those of both (Dice).

    It is the same both ways, and costs what reading the two does.
    """
    first, second = _triples(one), _triples(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _triples(text: str) -> Counter[str]:
    plain = f"  {_SPACES.sub(' ', folded(text))} "
    return Counter(plain[at : at + 3] for at in range(len(plain) - 2))
