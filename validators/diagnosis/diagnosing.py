"""From a workbook's equations to what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice, product

from validators.diagnosis.hypotheses import alone, carried
from validators.diagnosis.ledger import Ledger
from validators.diagnosis.model import Diagnosis
from validators.diagnosis.search import repairs
from validators.diagnosis.slips import slips
from validators.equations.model import Equation, Operation, Relation
from validators.equations.system import System
from validators.findings import Cause
from validators.grid import Place

_MOST_BROKEN = 60  # figures; more of them are another way of writing
_MOST_READINGS = 256  # ways to read the broken figures of an equation together
_ROW_SLIPS = {Cause.ROW_LEFT_OUT, Cause.COUNTED_TWICE}
_NOISE = Decimal("0.000001")


def diagnose(system: System) -> tuple[Diagnosis, ...]:
    """The wrong figures of a workbook, as few as explain all that fails, and the sums that only rounding explains."""
    ledger = Ledger(system)
    found = [*_broken(ledger, system)]
    found += _slipped(ledger)
    repaired = [
        Diagnosis(each.place, each.value, each.before, each.explained, each.cause, each.detail, each.others)
        for each in repairs(ledger)
    ]
    found += _merged(repaired)
    found += _doubtful(ledger, system)
    blamed = {equation for each in found for equation in each.witnesses}
    found += [each for each in _rounded(ledger, system) if each.witnesses[0] not in blamed]
    return tuple(found)


def _merged(found: Sequence[Diagnosis]) -> Iterator[Diagnosis]:
    """Rows left out of one sum, or counted twice in it, in several columns are one slip: told at the first of them."""
    slips: dict[tuple[object, ...], list[Diagnosis]] = {}
    for each in found:
        rows = tuple((place.sheet, place.row) for place in each.detail)
        key = (each.place.sheet, each.place.row, each.cause, rows) if each.cause in _ROW_SLIPS else (id(each),)
        slips.setdefault(key, []).append(each)
    for together in slips.values():
        first, *others = sorted(together, key=lambda each: each.place)
        yield replace(first, together=tuple(each.place for each in others))


def _doubtful(ledger: Ledger, system: System) -> Iterator[Diagnosis]:
    """Equations of which it is not sure that they should hold, where they do not: each by itself, at its total."""
    for equation in system.equations:
        if not equation.solid and ledger.fails(equation):
            guess = alone(ledger, equation)
            others = equation.places[1:] if equation.relation is Relation.EXPRESSION else ()
            yield Diagnosis(guess.place, guess.value, guess.before, (equation,), guess.cause, guess.detail, others)


def _slipped(ledger: Ledger) -> Iterator[Diagnosis]:
    """Rows left out of a total in all columns, or counted twice, told at the first of the figures."""
    for slip in list(slips(ledger)):
        ordered = sorted(slip.equations, key=lambda equation: equation.total)
        first, found = ordered[0], ledger.values[ordered[0].total]
        right = {each.total: ledger.values[each.total] - ledger.off(each) for each in ordered}
        if not ledger.put_safely(carried(ledger, right)):
            for equation in ordered:
                ledger.excuse(equation)
        together = tuple(equation.total for equation in ordered[1:])
        detail = (min(slip.parts),)
        yield Diagnosis(first.total, right[first.total], found, slip.equations, slip.cause, detail, together=together)


def _broken(ledger: Ledger, system: System) -> Iterator[Diagnosis]:
    """Figures that nobody can read, read so that most equations hold."""
    left = [place for place in system.broken if ledger.of.get(place)][:_MOST_BROKEN]
    while left:
        group = _linked(ledger, left[0], left)
        best, holds = None, 0
        for values in _readings(ledger, system, group):
            count = _count(ledger, values)
            if count > holds:
                best, holds = values, count
        if best is not None:
            ledger.put(best)
            for place, value in best.items():
                witnesses = tuple(each for each in ledger.judged(place) if each not in ledger.failing)
                if witnesses:
                    yield Diagnosis(place, value, None, witnesses)
        left = [each for each in left if each not in group]


def _linked(ledger: Ledger, place: Place, left: Sequence[Place]) -> list[Place]:
    """The broken figures that stand in equations with this one."""
    around = {each for equation in ledger.of[place] for each in equation.places}
    return [each for each in left if each == place or each in around]


def _readings(ledger: Ledger, system: System, group: Sequence[Place]) -> Iterator[dict[Place, Decimal]]:
    """The values that broken figures may have: what their digits allow, what an equation asks of one alone."""
    options = []
    for place in group:
        asked = list(system.broken[place])
        for equation in ledger.of[place]:
            others = [each for each in equation.places if each in system.broken and each != place]
            if not others and equation.operation is Operation.SUM:
                asked += _asked(ledger, equation, place)
        options.append(list(dict.fromkeys(asked)))
    for values in islice(product(*options), _MOST_READINGS):
        yield dict(zip(group, values, strict=True))


def _asked(ledger: Ledger, equation: Equation, place: Place) -> list[Decimal]:
    trial = {place: Decimal(0)}
    ledger.put(trial)
    value = ledger.implied(equation, place) if ledger.is_judged(equation) else None
    ledger.unread(trial)
    return [value] if value else []


def _count(ledger: Ledger, values: Mapping[Place, Decimal]) -> int:
    """How many equations hold with these readings."""
    ledger.put(values)
    equations = dict.fromkeys(equation for place in values for equation in ledger.judged(place))
    count = sum(equation not in ledger.failing for equation in equations)
    ledger.unread(values)
    return count


def _rounded(ledger: Ledger, system: System) -> Iterator[Diagnosis]:
    """Sums that are off by no more than rounding."""
    told: set[Place] = set()
    for equation in system.equations:
        if (
            equation.operation is not Operation.SUM
            or equation.total in told
            or equation in ledger.failing
            or not ledger.is_judged(equation)
        ):
            continue
        total, off = equation.computed(ledger.values), abs(ledger.off(equation))
        if total is not None and _NOISE < off <= ledger.slack(equation) and equation.total in system.values:
            told.add(equation.total)
            yield Diagnosis(equation.total, total, system.values[equation.total], (equation,), Cause.ROUNDING)
