"""What explains the equations that do not hold: wrong cells, as few as possible."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from validators.equations.model import Equation
from validators.findings import Cause
from validators.grid import Place


@dataclass(frozen=True)
class Diagnosis:
    """One wrong figure. `found` is None for a malformed one. `expected` is what all of `witnesses` ask for.

    `cause` None: nothing in the digits or the sums says what happened; `detail` are the cells that it is about (the
    row left out, the row counted twice). `others`: further cells that would explain the same failures as well, the
    likeliest first. `rounding`: the difference is no more than rounding explains.
    """

    place: Place
    expected: Decimal
    found: Decimal | None
    witnesses: tuple[Equation, ...]
    cause: Cause | None = None
    detail: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    rounding: bool = False

    @property
    def equation(self) -> Equation:
        """The equation that names the rule: the one whose total the place is, else the first that testifies."""
        return next((each for each in self.witnesses if each.total == self.place), self.witnesses[0])
