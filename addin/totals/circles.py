"""Formulas chosen so that none comes to depend on itself, together with those that are there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from addin.totals.formulas import Option
from validators.grid import Book, Place
from validators.rules._formulas import Precedents

_Links = Callable[[Place], Iterable[Place]]


def without_circles(book: Book, options: Mapping[Place, list[Option]]) -> dict[Place, Option]:
    """For each cell the first of its formulas that makes no circle; a cell that has none such is left out."""
    left = {place: list(each) for place, each in options.items()}
    standing = {
        Place(grid.name, *cell)
        for grid in book.sheets
        for cell, held in grid.cells.items()
        if held.formula and Place(grid.name, *cell) not in left
    }
    precedents = Precedents(book, standing | left.keys())
    known: dict[Place, tuple[Place, ...]] = {}

    def links(place: Place) -> Iterable[Place]:
        if place in left:
            return (part for part in left[place][0].parts if part in left or part in standing)
        if place not in known:
            known[place] = tuple(precedents.of(place))
        return known[place]

    while circles := [circle for circle in _circles(left, links) if not circle.isdisjoint(left)]:
        for circle in circles:
            ours = [place for place in circle if place in left]
            weakest = max(ours, key=lambda place: (len(left[place]), place))  # one that can have another formula
            del left[weakest][0]
            if not left[weakest]:
                del left[weakest]
                standing.discard(weakest)
    return {place: each[0] for place, each in left.items()}


def _circles(starts: Iterable[Place], links: _Links) -> Iterator[set[Place]]:
    """The sets of cells that depend on each other, of those that lead from some cells (Tarjan's algorithm)."""
    order: dict[Place, int] = {}
    lowest: dict[Place, int] = {}
    waiting: list[Place] = []
    for start in list(starts):
        if start in order:
            continue
        path: list[tuple[Place, Iterator[Place]]] = []
        _enter(start, order, lowest, waiting, path, links)
        while path:
            place, following = path[-1]
            fresh = None
            for each in following:
                if each not in order:
                    fresh = each
                    break
                if each in lowest:  # still waiting: on the way here
                    lowest[place] = min(lowest[place], order[each])
            if fresh is not None:
                _enter(fresh, order, lowest, waiting, path, links)
                continue
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[place])
            if lowest[place] == order[place]:
                circle = _taken(place, waiting, lowest)
                if len(circle) > 1 or place in set(links(place)):
                    yield circle


def _enter(
    place: Place,
    order: dict[Place, int],
    lowest: dict[Place, int],
    waiting: list[Place],
    path: list[tuple[Place, Iterator[Place]]],
    links: _Links,
) -> None:
    order[place] = lowest[place] = len(order)
    waiting.append(place)
    path.append((place, iter(links(place))))


def _taken(place: Place, waiting: list[Place], lowest: dict[Place, int]) -> set[Place]:
    """Take the cells off that wait since `place` was entered."""
    circle = set()
    while place not in circle:
        circle.add(waiting.pop())
    for each in circle:
        del lowest[each]
    return circle
