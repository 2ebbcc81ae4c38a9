"""The equations of a workbook with figures that may be tried otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Context, Decimal
from functools import cached_property

from validators.equations.model import Equation, Operation
from validators.equations.system import System
from validators.grid import Place

_ZERO = Decimal(0)
QUOTIENTS = Context(prec=50)  # of amounts: more digits than any has


class Ledger:
    """Which solid equations fail with the figures as they stand, and would with some of them changed.

    An equation is judged where its total stands and none of its figures is broken.
    """

    def __init__(self, system: System) -> None:
        self.values = dict(system.values)
        self.equations = tuple(equation for equation in system.equations if equation.solid)
        self.decimals = system.decimals
        self.computed = system.computed
        self._slack = system.slack
        self._broken = set(system.broken)
        self._excused: set[Equation] = set()
        self._off: dict[Equation, Decimal] = {}
        self._signs: dict[Equation, dict[Place, int]] = {}
        self.of: dict[Place, list[Equation]] = defaultdict(list)
        for equation in self.equations:
            for place in dict.fromkeys(equation.places):
                self.of[place].append(equation)
        self.failing = {equation for equation in self.equations if self.fails(equation)}

    @cached_property
    def order(self) -> Mapping[Equation, int]:
        """The equations' places in the order of the workbook."""
        return {equation: place for place, equation in enumerate(self.equations)}

    def slack(self, equation: Equation) -> Decimal:
        """How far an equation may be off by rounding."""
        return self._slack[equation]

    def is_judged(self, equation: Equation) -> bool:
        """Whether the figures of an equation can be read."""
        return equation.total in self.values and (
            not self._broken or not any(place in self._broken for place in equation.places)
        )

    def judged(self, place: Place) -> list[Equation]:
        """The equations that a figure stands in and that can be judged."""
        return [equation for equation in self.of.get(place, ()) if self.is_judged(equation)]

    def off(self, equation: Equation) -> Decimal:
        """The total less what its parts make."""
        known = self._off.get(equation)
        if known is None:
            made = equation.computed(self.values)
            known = self._off[equation] = _ZERO if made is None else self.values[equation.total] - made
        return known

    def off_with(self, equation: Equation, changes: Mapping[Place, Decimal]) -> Decimal:
        """The same with some figures changed."""
        if equation.operation is Operation.PRODUCT:
            values = {place: changes.get(place, self.values.get(place, _ZERO)) for place in equation.places}
            return values[equation.total] - (equation.computed(values) or _ZERO)
        signs = self._signs_of(equation)
        off = self.off(equation)
        for place, value in changes.items():
            delta = value - self.values.get(place, _ZERO)
            if place == equation.total:
                off += delta
            if place in signs:
                off -= signs[place] * equation.scale * delta
        return off

    def _signs_of(self, equation: Equation) -> dict[Place, int]:
        """How often, and with which sign, each part counts in a sum."""
        signs = self._signs.get(equation)
        if signs is None:
            signs = self._signs[equation] = {}
            for part in equation.parts:
                signs[part.place] = signs.get(part.place, 0) + part.sign
        return signs

    def fails(self, equation: Equation) -> bool:
        """Whether an equation is off by more than rounding explains."""
        if equation in self._excused or not self.is_judged(equation):
            return False
        return abs(self.off(equation)) > self._slack[equation]

    def implied(self, equation: Equation, place: Place) -> Decimal | None:
        """What a figure must be for an equation to hold; None where no value does it."""
        if place == equation.total:
            return equation.computed(self.values)
        if equation.operation is Operation.SUM:
            weight = self._signs_of(equation).get(place, 0) * equation.scale
            return self.values.get(place, _ZERO) + QUOTIENTS.divide(self.off(equation), weight) if weight else None
        others = equation.constant * equation.scale
        for part in equation.parts:
            if part.place != place:
                others *= self.values.get(part.place, _ZERO)
        return QUOTIENTS.divide(self.values[equation.total], others) if others else None

    def put(self, changes: Mapping[Place, Decimal]) -> None:
        """Change figures; broken ones are read so."""
        self.values.update(changes)
        self._broken -= changes.keys()
        self._judge_again(changes)

    def excuse(self, equation: Equation) -> None:
        """Take an equation as explained, whatever its figures."""
        self._excused.add(equation)
        self.failing.discard(equation)

    def forget(self, place: Place) -> None:
        """Leave a place blank again."""
        self.values.pop(place, None)
        self._judge_again({place: _ZERO})

    def put_safely(self, changes: Mapping[Place, Decimal]) -> bool:
        """Change figures, if no equation that holds fails then."""
        touched = {equation for place in changes for equation in self.judged(place)}
        if any(
            equation not in self.failing and abs(self.off_with(equation, changes)) > self._slack[equation]
            for equation in touched
        ):
            return False
        self.put(changes)
        return True

    def unread(self, places: Mapping[Place, Decimal]) -> None:
        """Take back how broken figures were read."""
        for place in places:
            self.values.pop(place, None)
        self._broken |= places.keys()
        self._judge_again(places)

    def _judge_again(self, places: Mapping[Place, Decimal]) -> None:
        for equation in dict.fromkeys(equation for place in places for equation in self.of.get(place, ())):
            self._off.pop(equation, None)
            if self.fails(equation):
                self.failing.add(equation)
            else:
                self.failing.discard(equation)

    def components(self) -> list[list[Equation]]:
        """The failing equations, those together that share figures, in the order of the workbook."""
        leader: dict[Place, Place] = {}

        def lead(place: Place) -> Place:
            while (above := leader.setdefault(place, place)) != place:
                leader[place] = leader[above]
                place = above
            return place

        failing = sorted(self.failing, key=self.order.__getitem__)
        for equation in failing:
            first = lead(equation.total)
            for place in equation.places:
                leader[lead(place)] = first
        found: dict[Place, list[Equation]] = defaultdict(list)
        for equation in failing:
            found[lead(equation.total)].append(equation)
        return list(found.values())
