"""As few wrong figures as possible that explain all equations that fail.

A figure explains failures when every equation that it stands in fails, and all of them ask for the same value. A total
that others carry on explains its own equation alone: it was added up wrongly, and what lies above was computed from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from validators.diagnosis.causes import STRENGTH, digit_cause, sum_cause
from validators.diagnosis.ledger import Ledger
from validators.equations.model import Equation, Operation
from validators.findings import Cause
from validators.grid import Place

_MOST_TRIED = 400  # figures among which pairs are looked for


@dataclass(frozen=True)
class Repair:
    """A figure that, with another value, satisfies equations which fail."""

    place: Place
    value: Decimal
    equations: tuple[Equation, ...]
    cause: Cause | None = None
    detail: tuple[Place, ...] = ()
    others: tuple[Place, ...] = field(default=())
    before: Decimal | None = None


def repairs(ledger: Ledger) -> Iterator[Repair]:
    """The repairs of all that fails; the ledger is mended on the way."""
    while ledger.failing:
        found = _best_single(ledger) or _best_pair(ledger)
        if not found:
            yield from _alone(ledger)
            return
        for repair in found:
            ledger.put(repair.place, repair.value)
            yield repair


def agreed(ledger: Ledger, place: Place) -> Repair | None:
    """The value that all equations of a figure ask for, if every one of them fails."""
    equations = ledger.judged(place)
    if not equations or any(equation not in ledger.failing for equation in equations):
        return None
    asked = [(ledger.implied(equation, place), equation) for equation in equations]
    if any(value is None for value, _ in asked):
        return None
    value = min(((value, ledger.slack(each)) for value, each in asked if value is not None), key=lambda pair: pair[1])[
        0
    ]
    before = ledger.values.get(place)
    for other, equation in asked:
        if other is not None and abs(other - value) > _reach(ledger, equation, place):
            return None
    return _explained(ledger, place, value, before, equations)


def _reach(ledger: Ledger, equation: Equation, place: Place) -> Decimal:
    """How far the value that an equation asks for may be from another one's."""
    slack = ledger.slack(equation)
    if place == equation.total:
        return slack
    if equation.operation is Operation.SUM:
        return slack / equation.scale
    value = ledger.values.get(place)
    total = ledger.values[equation.total]
    return slack * abs(value / total) if value and total else slack


def _explained(
    ledger: Ledger, place: Place, value: Decimal, before: Decimal | None, equations: Sequence[Equation]
) -> Repair:
    """A repair with its likely cause."""
    cause: Cause | None = None
    detail: tuple[Place, ...] = ()
    if before is not None:
        cause = digit_cause(before, value)
        total = next((each for each in equations if each.total == place and each.operation is Operation.SUM), None)
        if total is not None and cause in (None, Cause.DIGIT_CHANGED):
            parts = [(part.place, part.sign * ledger.values.get(part.place, Decimal(0))) for part in total.parts]
            if summed := sum_cause((before - value) / total.scale, parts, ledger.slack(total)):
                cause, detail = summed
    return Repair(place, value, tuple(equations), cause, detail, before=before)


def _strength(repair: Repair) -> int:
    return STRENGTH[repair.cause] if repair.cause else 0


def _best_single(ledger: Ledger) -> list[Repair]:
    """The figure that explains most failures, two at least."""
    tried = {place for equation in ledger.failing for place in equation.places}
    found = [
        repair
        for place in tried
        if len(ledger.judged(place)) > 1 and (repair := agreed(ledger, place)) and len(repair.equations) > 1
    ]
    best = max(found, key=lambda each: (len(each.equations), _strength(each), _downwards(each.place)), default=None)
    return [best] if best else []


def _downwards(place: Place) -> tuple[int, int, str]:
    """An order of places that does not hang on how sets are stored: the last in reading order is the greatest."""
    return (-place.row, -place.column, place.sheet)


def _best_pair(ledger: Ledger) -> list[Repair]:
    """Two figures that explain the failures of a group of equations together."""
    for component in ledger.components():
        if len(component) < 2:
            continue
        found = list(_pairs(ledger, component))
        if found:
            return max(found, key=lambda pair: (sum(map(_strength, pair)), _downwards(pair[0].place)))
    return []


def _pairs(ledger: Ledger, component: Sequence[Equation]) -> Iterator[list[Repair]]:
    places = sorted({place for equation in component for place in equation.places})
    if len(places) > _MOST_TRIED:
        return
    for place in places:
        for value in _asked(ledger, place):
            before, was_broken = ledger.values.get(place), not ledger.judged(place)
            fixed = [each for each in ledger.judged(place) if each in ledger.failing]
            first = _explained(ledger, place, value, before, fixed)
            ledger.put(place, value)
            left = [each for each in component if each in ledger.failing]
            spoilt = [each for each in ledger.judged(place) if each in ledger.failing]
            second = _completing(ledger, {*left, *spoilt})
            ledger.restore(place, before, broken=was_broken and before is None)
            if second is not None and second.place != place:
                yield [first, second]


def _asked(ledger: Ledger, place: Place) -> set[Decimal]:
    """The values that the failing equations of a figure ask for."""
    values = (ledger.implied(each, place) for each in ledger.judged(place) if each in ledger.failing)
    return {value for value in values if value is not None}


def _completing(ledger: Ledger, left: set[Equation]) -> Repair | None:
    """The one figure that explains all equations that are left."""
    if not left:
        return None
    shared = set.intersection(*(set(equation.places) for equation in left))
    found = [repair for place in sorted(shared) if (repair := agreed(ledger, place))]
    return max(found, key=_strength, default=None)


def _alone(ledger: Ledger) -> Iterator[Repair]:
    """Each failing equation by itself: its total, or one of its parts that stands in no other equation."""
    for equation in [each for component in ledger.components() for each in component]:
        total = ledger.implied(equation, equation.total)
        if total is None:
            continue
        found = [_explained(ledger, equation.total, total, ledger.values[equation.total], [equation])]
        lonely = [part.place for part in equation.parts if len(ledger.judged(part.place)) == 1]
        found += [repair for place in lonely if (repair := agreed(ledger, place))]
        ordered = sorted(found, key=lambda each: -_strength(each))
        first = ordered[0]
        others = tuple(each.place for each in ordered[1:])
        yield Repair(first.place, first.value, (equation,), first.cause, first.detail, others, first.before)
