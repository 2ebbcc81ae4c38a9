"""The equations of a workbook with figures that may be tried otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal

from validators.equations.model import Equation, Operation
from validators.equations.system import System
from validators.grid import Place

_ZERO = Decimal(0)
_QUOTIENTS = Context(prec=50)


class Ledger:
    """Which equations fail with the figures as they stand, or with some of them changed.

    An equation is judged where its total stands and none of its figures is broken.
    """

    def __init__(self, system: System) -> None:
        self.values = dict(system.values)
        self._slack = system.slack
        self._equations = system.equations
        self._broken = set(system.broken)
        self.of: dict[Place, list[Equation]] = defaultdict(list)
        for equation in system.equations:
            for place in dict.fromkeys(equation.places):
                self.of[place].append(equation)
        self.failing = {equation for equation in system.equations if self.fails(equation)}

    def slack(self, equation: Equation) -> Decimal:
        """How far an equation may be off by rounding."""
        return self._slack[equation]

    def is_judged(self, equation: Equation) -> bool:
        """Whether the figures of an equation can be read."""
        return equation.total in self.values and not any(place in self._broken for place in equation.places)

    def judged(self, place: Place) -> list[Equation]:
        """The equations that a figure stands in and that can be judged."""
        return [equation for equation in self.of[place] if self.is_judged(equation)]

    def off(self, equation: Equation, values: Mapping[Place, Decimal] | None = None) -> Decimal:
        """The total less what its parts make."""
        values = self.values if values is None else values
        made = equation.computed(values)
        return _ZERO if made is None else values[equation.total] - made

    def fails(self, equation: Equation) -> bool:
        """Whether an equation is off by more than rounding explains."""
        return self.is_judged(equation) and abs(self.off(equation)) > self._slack[equation]

    def implied(self, equation: Equation, place: Place) -> Decimal | None:
        """What a figure must be for an equation to hold; None where no value does it."""
        if place == equation.total:
            return equation.computed(self.values)
        if equation.operation is Operation.SUM:
            sign = sum(part.sign for part in equation.parts if part.place == place)
            if not sign or not equation.scale:
                return None
            return self.values.get(place, _ZERO) + _QUOTIENTS.divide(self.off(equation), equation.scale * sign)
        others = equation.constant * equation.scale
        for part in equation.parts:
            if part.place != place:
                others *= self.values.get(part.place, _ZERO)
        return _QUOTIENTS.divide(self.values[equation.total], others) if others else None

    def put(self, place: Place, value: Decimal) -> None:
        """Change a figure; a broken one is read so."""
        self.values[place] = value
        self._broken.discard(place)
        self._judge_again(self.of[place])

    def restore(self, place: Place, value: Decimal | None, *, broken: bool = False) -> None:
        """Take a change back."""
        if value is None:
            self.values.pop(place, None)
        else:
            self.values[place] = value
        if broken:
            self._broken.add(place)
        self._judge_again(self.of[place])

    def _judge_again(self, equations: Sequence[Equation]) -> None:
        for equation in equations:
            if self.fails(equation):
                self.failing.add(equation)
            else:
                self.failing.discard(equation)

    def components(self) -> list[list[Equation]]:
        """The failing equations, those together that share figures, in the order of the workbook."""
        left = [equation for equation in self._equations if equation in self.failing]
        found = []
        while left:
            group, edge = [left[0]], set(left[0].places)
            rest = left[1:]
            grown = True
            while grown:
                joined = [equation for equation in rest if not edge.isdisjoint(equation.places)]
                grown = bool(joined)
                group += joined
                rest = [equation for equation in rest if equation not in joined]
                edge.update(place for equation in joined for place in equation.places)
            found.append(group)
            left = rest
        return found
