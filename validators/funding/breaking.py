"""A figure broken down as far as the workbook tells, along the ways that leave least unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple

from budget.money import Unit, convert
from budget.rollup import ZERO, By
from validators.equations.bindings import unit_of
from validators.funding.model import Figures, Leaf
from validators.funding.saying import Said, Sayings, source_name
from validators.funding.ways import Gaps, Kind, Way, Ways
from validators.grid import Place
from validators.tables.model import AppendixTable


class Parts(NamedTuple):
    """The entries that a figure comes down to. `unsaid`: the amounts that each of the axes asked for is unknown of, in
    đồng. `holds`: each sum on the way holds. `apart`: axes that the workbook tells of the whole, and not of the parts.
    """

    leaves: tuple[Leaf, ...] = ()
    unsaid: tuple[Decimal, ...] = ()
    holds: bool = True
    apart: frozenset[By] = frozenset()

    @property
    def silence(self) -> tuple[Decimal, ...]:
        """How much is unsaid in all, and of each axis: of two ways that say as much that of the first axis counts."""
        return sum(self.unsaid, ZERO), *self.unsaid


_NONE = Parts()
_SILENT = Said(None, None, None, "", "", ())
_PLAIN = (By.SOURCE, By.YEAR, By.AGENCY)  # what an entry says of these is an attribute of that name
_SOURCE, _YEAR, _AGENCY = map(attrgetter, _PLAIN)
_NEAR = 100  # of a figure its parts may exceed it by one: they are mistaken then, and no other parts


class _Tried(NamedTuple):
    """What one way comes down to. `contradicts`: its sum does not hold; `silence`: what it leaves unsaid by itself;
    `fineness`: of ways that are as good otherwise the one with the least is taken.
    """

    contradicts: bool
    silence: tuple[Decimal, ...]
    fineness: float
    parts: Parts

    def merit(self) -> tuple[object, ...]:
        """The least is the best."""
        return self.contradicts, self.parts.silence, self.silence, self.fineness


class Breaking:
    """Breaks figures down; each once."""

    def __init__(self, tables: Sequence[AppendixTable], figures: Figures, ways: Ways, axes: Sequence[By]) -> None:
        self._figures, self._ways, self._asked = figures, ways, axes
        self._axes = [attrgetter(axis.value) if axis in _PLAIN else methodcaller("key", axis) for axis in axes]
        self._gaps = Gaps(tables, figures)
        self._table: Mapping[Place, AppendixTable] = {
            table.places[cell]: table for table in tables for cell in table.figures
        }
        self._sayings = {id(table): Sayings(table) for table in tables}
        self._known: dict[Place, Parts] = {}

    def of(self, place: Place) -> Parts:
        """What the figure at a place comes down to; its parts are broken down first, however deep they lie."""
        path, entered = [place], set[Place]()
        while path:
            top = path[-1]
            unknown = [] if top in entered else [part for part in self._parts(top) if part not in self._known]
            if unknown:
                entered.add(top)
                path += [part for part in unknown if part not in entered]
            else:
                path.pop()
                if top not in self._known:
                    self._known[top] = self._best(top)
        return self._known[place]

    def _parts(self, place: Place) -> Iterator[Place]:
        for way in self._ways.get(place, ()):
            for _, part in way.parts:
                yield part

    def together(self, places: Iterable[Place]) -> Parts:
        """What several figures come down to."""
        return _joined([self.of(place) for place in places])

    def _best(self, place: Place) -> Parts:
        """Of the ways whose sums hold the one that leaves least unsaid; of such as say as much the finest."""
        ways = self._ways.get(place)
        if not ways:
            return self._counted([self._leaf(place, self._figures[place])])
        tried = list(self._tried(place, ways))
        best = min(tried, key=_Tried.merit).parts
        if len(tried) == 1 or not any(best.unsaid):
            return best
        good = [each.parts for each in tried if not each.contradicts and each.parts.holds]
        completed = [each._replace(parts=self._completed(each.parts, good)) for each in tried]
        best = min(completed, key=_Tried.merit).parts
        return best._replace(apart=best.apart.union(*[self._told_by(other, best) for other in good]))

    def _tried(self, place: Place, ways: Sequence[Way]) -> Iterator[_Tried]:
        firm = False
        for way in ways:
            gap = self._gaps.of(place, way)
            if self._is_usable(place, way, gap):
                parts = self._along(place, way, gap)
                if len({leaf.place for leaf in parts.leaves}) < len(parts.leaves):
                    continue  # an amount would count twice
                rest = bool(gap) and way.partial and way.kind is not Kind.ROWS
                firm = firm or (way.kind in (Kind.ROWS, Kind.COLUMNS) and not rest)
                fineness = Kind.WHOLE + 0.5 if rest else float(way.kind)
                yield _Tried(self._contradicts(place, way, gap), parts.silence, fineness, parts)
        if not firm:
            whole = self._counted([self._leaf(place, self._figures[place])])
            yield _Tried(False, whole.silence, float(Kind.WHOLE), whole)

    def _completed(self, parts: Parts, others: Sequence[Parts]) -> Parts:
        """Parts with what other ways say: the one source that these name is that of each of the parts."""
        for other in others:
            for axis in self._told_by(other, parts):
                keys = {leaf.key(axis) for leaf in other.leaves}
                if len(keys) == 1:
                    known: Any = {axis.value: keys.pop()}
                    said = _SILENT._replace(**known)
                    parts = self._counted([_inherited(leaf, said) for leaf in parts.leaves], parts)
        return parts

    def _told_by(self, other: Parts, parts: Parts) -> list[By]:
        """The axes of which another way says more than these parts do."""
        return [
            axis
            for axis, told, unknown in zip(self._asked, other.unsaid, parts.unsaid, strict=True)
            if told < unknown and axis in _PLAIN
        ]

    def _is_usable(self, place: Place, way: Way, gap: Decimal) -> bool:
        if not way.parts or any(part not in self._known for _, part in way.parts):
            return False
        if way.kind is Kind.TABLE:
            return not gap
        figure = self._figures[place]
        if not way.partial or not _exceeds(gap, figure):
            return True
        return way.kind is Kind.ROWS and (not figure or abs(gap) * _NEAR <= abs(figure))

    def _contradicts(self, place: Place, way: Way, gap: Decimal) -> bool:
        """Whether the figure is not what its parts make: they exceed it, or lack something though they are all."""
        return bool(gap) and (not way.partial or _exceeds(gap, self._figures[place]))

    def _along(self, place: Place, way: Way, gap: Decimal) -> Parts:
        below = [(sign, self._known[part]) for sign, part in way.parts]
        parts = _joined([each if sign > 0 else _negated(each) for sign, each in below])
        said = self._said(place)
        if way.kind is Kind.TABLE:
            parts = self._counted([_inherited(_detailing(leaf, said), said) for leaf in parts.leaves], parts)
        elif _says_more(said, parts.leaves):
            parts = self._counted([_inherited(leaf, said) for leaf in parts.leaves], parts)
        if self._contradicts(place, way, gap):
            return parts._replace(holds=False)
        if gap:
            rest = replace(self._leaf(place, gap), rest=True, less=way.parts)
            parts = _joined([parts, self._counted([rest])])
        return parts

    def _counted(self, leaves: Sequence[Leaf], of: Parts = _NONE) -> Parts:
        told = tuple([leaf for leaf in leaves if leaf.amount])
        unsaid = []
        for said_of in self._axes:
            unknown = ZERO
            for leaf in told:
                if said_of(leaf) is None:
                    unknown += abs(leaf.amount)
            unsaid.append(unknown)
        return Parts(told, tuple(unsaid), of.holds, of.apart)

    def _said(self, place: Place) -> Said:
        return self._sayings[id(self._table[place])].at(place[1:])

    def _leaf(self, place: Place, figure: Decimal) -> Leaf:
        said, unit = self._said(place), unit_of(self._table[place], place.column)
        return Leaf(
            amount=convert(figure, unit, Unit.DONG),
            source=said.source,
            year=said.year,
            agency=said.agency,
            number=said.number,
            item=said.item,
            groups=said.groups,
            place=place,
            figure=figure,
            unit=unit,
        )


def _exceeds(gap: Decimal, figure: Decimal) -> bool:
    """Whether parts come to more than their figure, or to something where that is zero."""
    return gap * figure < 0 or (bool(gap) and not figure)


def _joined(parts: Sequence[Parts]) -> Parts:
    return Parts(
        tuple([leaf for each in parts for leaf in each.leaves]),
        tuple([sum(of_axis, ZERO) for of_axis in zip(*[each.unsaid for each in parts], strict=True)]),
        all(each.holds for each in parts),
        frozenset().union(*[each.apart for each in parts]),
    )


def _negated(parts: Parts) -> Parts:
    leaves = tuple(replace(leaf, amount=-leaf.amount, figure=-leaf.figure) for leaf in parts.leaves)
    return parts._replace(leaves=leaves)


def _says_more(said: Said, leaves: Sequence[Leaf]) -> bool:
    """Whether something is said of a whole, and not of an entry that is a part of it."""
    return (
        (said.source is not None and None in map(_SOURCE, leaves))
        or (said.year is not None and None in map(_YEAR, leaves))
        or (said.agency is not None and None in map(_AGENCY, leaves))
    )


def _inherited(leaf: Leaf, said: Said) -> Leaf:
    """An entry with what is said of the whole that it is a part of."""
    if not _says_more(said, (leaf,)):
        return leaf
    return replace(
        leaf,
        source=leaf.source or said.source,
        year=leaf.year or said.year,
        agency=leaf.agency or said.agency,
    )


def _detailing(leaf: Leaf, said: Said) -> Leaf:
    """An entry of a table that details a row: the item is that row where its own row is a payer, and no item."""
    if leaf.source and source_name(leaf.item) == leaf.source:
        return replace(leaf, number=said.number, item=said.item, groups=said.groups)
    return replace(leaf, groups=(*said.groups, f"{said.number} {said.item}".strip(), *leaf.groups))
