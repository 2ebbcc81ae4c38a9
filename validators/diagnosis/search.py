"""As few wrong figures as possible that explain all equations that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from validators.diagnosis.hypotheses import Hypothesis, alone, hypotheses
from validators.diagnosis.ledger import Ledger
from validators.equations.model import Equation, Relation

_MOST_ENTANGLED = 12  # failing equations among which they are
_SPOKEN = {Relation.EXPRESSION, Relation.UNIT_COST}  # any of their figures may be the wrong one
_MOST_PAIRED = 60  # hypotheses about figures in several failing equations, of which pairs are looked for


def repairs(ledger: Ledger) -> Iterator[Hypothesis]:
    """The wrong figures, one after the other; the ledger is mended on the way.

    First those that the figures testify to most: a figure that explains two failing equations, or all of a group that
    hang together. Where no single figure does, two that explain a group together. What is left is told equation by
    equation, with every figure that could be the wrong one.
    """
    while ledger.failing:
        found = [_chosen(ledger, component, list(hypotheses(ledger, component))) for component in ledger.components()]
        told = False
        for chosen in sorted((each for each in found if each), key=_order, reverse=True):
            if ledger.failing.issuperset(chosen.explained):
                told = True
                ledger.put(chosen.changes)
                yield chosen
        if not told:  # every figure is borne out by others
            first = min(ledger.failing, key=ledger.order.__getitem__)
            yield alone(ledger, first)
            ledger.excuse(first)


def _order(hypothesis: Hypothesis) -> tuple[tuple[int, int, int, int], tuple[int, int]]:
    """The likelier the greater; of equals the first in reading order."""
    return hypothesis.rank, (-hypothesis.place.row, -hypothesis.place.column)


def _chosen(ledger: Ledger, component: list[Equation], found: list[Hypothesis]) -> Hypothesis | None:
    """The likeliest hypothesis, with the figures that explain as much, and the factors of what was computed."""
    if not found:
        return None
    best = max(found, key=_order)
    if len(best.explained) < len(component) > 1 and len(component) <= _MOST_ENTANGLED:
        best = _first_of_pair(ledger, component, found) or best
    same = set(best.explained)
    rivals = [
        each
        for each in found
        if set(each.explained) >= same and each.place not in best.changes and len(each.changes) <= len(best.changes)
    ]
    rivals.sort(key=_order, reverse=True)
    spoken = [place for each in best.explained if each.relation in _SPOKEN for place in each.places]
    others = tuple(dict.fromkeys([*(each.place for each in rivals), *(each for each in spoken if each != best.place)]))
    return replace(best, others=others)


def _first_of_pair(ledger: Ledger, component: list[Equation], found: list[Hypothesis]) -> Hypothesis | None:
    """The first of two figures that explain all failures of a group together."""
    pairs = []
    shared = Counter(place for equation in component for place in dict.fromkeys(equation.places))
    firsts = [each for each in found if shared[each.place] > 1]
    for first in firsts if len(firsts) <= _MOST_PAIRED else ():
        left = [equation for equation in component if equation not in first.explained]
        before = {place: ledger.values[place] for place in first.changes if place in ledger.values}
        added = [place for place in first.changes if place not in before]
        ledger.put(first.changes)
        second = max(
            (each for each in hypotheses(ledger, left) if set(left) <= set(each.explained)),
            key=lambda each: each.rank,
            default=None,
        )
        ledger.put(before)
        for place in added:
            ledger.forget(place)
        if second is not None:
            pairs.append((first.rank[1] + second.rank[1], _order(first), first))
    return max(pairs, key=lambda pair: pair[:2])[2] if pairs else None
