"""What would follow if one figure were wrong: which equations it explains, and what was computed from it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.numbers import EXACT
from validators.diagnosis.causes import STRENGTH, digit_cause, sum_cause
from validators.diagnosis.ledger import QUOTIENTS, Ledger
from validators.equations.model import Equation, Operation, Relation
from validators.findings import Cause
from validators.grid import Place

_MOST_CARRIED = 60  # figures that one mistake may have been carried into
_MOST_STEPS = 4 * _MOST_CARRIED  # in which they are computed: more are taken where figures add up to themselves
_MOST_RETYPED = 3  # figures; more of them make a mistake no less likely
_UNLIKELY, _TYPED_OVER = 3, 2
_ZERO = Decimal(0)
_REPEATS = {Relation.CARRIED, Relation.TABLES, Relation.WORDS, Relation.EXPRESSION}
_TEXTS = (Relation.WORDS, Relation.EXPRESSION, Relation.TABLES)


@dataclass(frozen=True)
class Hypothesis:
    """A figure that should have another value. `explained`: the failing equations that hold then. `changes`: all
    figures that change, the wrong one first, then the totals that were computed from it. `retyped`: how many of those
    are constants that somebody must have computed by hand. `typed_over`: a total that is a constant among formulas.
    """

    place: Place
    value: Decimal
    before: Decimal
    explained: tuple[Equation, ...]
    changes: Mapping[Place, Decimal]
    cause: Cause | None = None
    detail: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    retyped: int = 0
    typed_over: bool = False

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What makes it likely: many explained equations, a known slip that few other figures had to be typed to hide,
        a price as round as the one that stands, a figure and no text, a total and no part of it, few figures.
        """
        likely = (STRENGTH[self.cause] if self.cause else 0) - min(self.retyped, _MOST_RETYPED)
        rounder = _zeros(self.value) + 1 < _zeros(self.before)
        for equation in self.explained:
            spoken = equation.relation is Relation.EXPRESSION and equation.total == self.place
            if spoken or (rounder and self._is_factor(equation)):
                likely -= _UNLIKELY
                break
        likely += _TYPED_OVER * self.typed_over
        is_total = any(
            (equation.total == self.place) is (equation.relation is not Relation.EXPRESSION)
            for equation in self.explained
        )
        return len(self.explained), likely, is_total, -len(self.changes)

    def _is_factor(self, equation: Equation) -> bool:
        return equation.operation is Operation.PRODUCT and equation.total != self.place


def hypotheses(ledger: Ledger, equations: list[Equation]) -> Iterator[Hypothesis]:
    """For each figure of failing equations what follows if it were what one of them asks for."""
    tried: set[tuple[Place, Decimal]] = set()
    for equation in equations:
        for place in dict.fromkeys(equation.places):
            value = ledger.implied(equation, place)
            if value is None or (place, value) in tried:
                continue
            tried.add((place, value))
            value = _settled(ledger, place, value)
            if value is not None and (found := _followed(ledger, place, value)):
                yield found


def _zeros(number: Decimal) -> int:
    """How many zeros a number ends with; decimals count against them."""
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) and number else 0


def alone(ledger: Ledger, equation: Equation) -> Hypothesis:
    """The total of one equation, whatever else it contradicts; nothing is computed from it."""
    before = ledger.values[equation.total]
    value = before - ledger.off(equation)
    cause, detail = _cause(ledger, equation.total, value, before, [equation])
    return Hypothesis(equation.total, value, before, (equation,), {}, cause, detail)


def _settled(ledger: Ledger, place: Place, value: Decimal) -> Decimal | None:
    """The value as it would be written in its column; None where it could not be.

    Nobody writes 158,7058 among whole quantities, nor a negative amount or nothing where an amount is.
    """
    decimals = ledger.decimals.get(place)
    if decimals is None:
        return value
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    exact = all(
        abs(ledger.off_with(equation, {place: rounded})) <= ledger.slack(equation)
        for equation in ledger.judged(place)
        if equation in ledger.failing and abs(ledger.off_with(equation, {place: value})) <= ledger.slack(equation)
    )
    signed = any(each.total == place and any(part.sign < 0 for part in each.parts) for each in ledger.judged(place))
    if not exact or (rounded <= 0 <= ledger.values.get(place, _ZERO) and not signed):
        return None
    return rounded


def _followed(ledger: Ledger, place: Place, value: Decimal) -> Hypothesis | None:
    """What follows from another value; None where it contradicts equations that hold."""
    changes = {place: value}
    explained: list[Equation] = []
    spoilt: list[Equation] = []
    edge, steps = deque([place]), 0
    while edge:
        here = edge.popleft()
        for equation in ledger.judged(here):
            if abs(ledger.off_with(equation, changes)) <= ledger.slack(equation):
                if equation in ledger.failing and equation not in explained:
                    explained.append(equation)
                continue
            if equation in ledger.failing:
                continue
            derived = _derived(equation, here)
            if derived is None:
                spoilt.append(equation)  # what else changes may still set it right
                continue
            steps += 1
            if derived == place or len(changes) > _MOST_CARRIED or steps > _MOST_STEPS:
                return None
            _carry(ledger, equation, derived, changes)
            edge.append(derived)
    if any(abs(ledger.off_with(each, changes)) > ledger.slack(each) for each in spoilt):
        return None
    explained = [each for each in explained if abs(ledger.off_with(each, changes)) <= ledger.slack(each)]
    before = ledger.values.get(place, _ZERO)
    own = [each for each in explained if place in each.places]
    if not own:
        return None
    cause, detail = _cause(ledger, place, value, before, own)
    worded = {each.total for here in changes for each in ledger.judged(here) if each.relation is Relation.WORDS}
    retyped = sum(
        each not in ledger.computed and (each in ledger.decimals or each in worded) for each in changes if each != place
    )
    typed_over = bool(ledger.computed) and place not in ledger.computed and any(each.total == place for each in own)
    return Hypothesis(
        place, value, before, tuple(explained), changes, cause, detail, retyped=retyped, typed_over=typed_over
    )


def _derived(equation: Equation, source: Place) -> Place | None:
    """The figure made from another by an equation: its total, or of two that repeat each other the other one."""
    if source != equation.total:
        return equation.total
    repeats = equation.relation in _REPEATS and len(equation.parts) == 1
    return equation.parts[0].place if repeats else None


def _carry(ledger: Ledger, equation: Equation, derived: Place, changes: dict[Place, Decimal]) -> None:
    """Change a figure so that an equation holds that has changed."""
    stands = changes.get(derived, ledger.values.get(derived, _ZERO))
    off = ledger.off_with(equation, changes)
    changes[derived] = stands - off if derived == equation.total else stands + QUOTIENTS.divide(off, equation.scale)


def carried(ledger: Ledger, changes: Mapping[Place, Decimal]) -> dict[Place, Decimal]:
    """Changed totals with those that were computed from them."""
    followed = dict(changes)
    edge, steps = deque(changes), 0
    while edge and len(followed) <= _MOST_CARRIED and steps <= _MOST_STEPS:
        here = edge.popleft()
        for equation in ledger.judged(here):
            derived = _derived(equation, here)
            if equation in ledger.failing or derived is None or derived in changes:
                continue
            if abs(ledger.off_with(equation, followed)) > ledger.slack(equation):
                steps += 1
                _carry(ledger, equation, derived, followed)
                edge.append(derived)
    return followed


def _cause(
    ledger: Ledger, place: Place, value: Decimal, before: Decimal, explained: list[Equation]
) -> tuple[Cause | None, tuple[Place, ...]]:
    """The likely slip: in the digits, or in what was added up."""
    cause = digit_cause(before, value) if place in ledger.values else None
    if cause in (None, Cause.DIGIT_CHANGED):
        for total in explained:
            if total.total != place or total.operation is not Operation.SUM or total.relation in _TEXTS:
                continue
            parts = [(part.place, part.sign * ledger.values.get(part.place, _ZERO)) for part in total.parts]
            if summed := sum_cause(before - value, parts, ledger.slack(total)):
                return summed
    return cause, ()
