"""What explains the equations that do not hold: wrong cells, as few as possible."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from validators.equations.model import Equation, Relation
from validators.findings import Cause
from validators.grid import Place


@dataclass(frozen=True)
class Diagnosis:
    """One wrong figure. `found` is None for a malformed one. `expected` is what all of `witnesses` ask for.

    `cause` None: nothing in the digits or the sums says what happened; `detail` are the cells that it is about (the
    row left out, the row counted twice). `others`: further cells that would explain the same failures as well, the
    likeliest first. `together`: cells that are wrong by the same slip (a row left out in several columns).
    """

    place: Place
    expected: Decimal
    found: Decimal | None
    witnesses: tuple[Equation, ...]
    cause: Cause | None = None
    detail: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    together: tuple[Place, ...] = ()

    @property
    def rounding(self) -> bool:
        """Whether the difference is no more than rounding explains."""
        return self.cause is Cause.ROUNDING

    @property
    def solid(self) -> bool:
        """Whether an equation testifies that is borne out elsewhere."""
        return any(equation.solid for equation in self.witnesses)

    @property
    def equation(self) -> Equation:
        """The equation that names the rule: of those whose total the place is the outermost, else the nearest one."""
        own = [each for each in self.witnesses if each.total == self.place]
        order = _AS_TOTAL if own else _AS_PART
        return min(own or self.witnesses, key=lambda each: order.index(each.relation))


_AS_TOTAL = (
    Relation.GRAND,
    Relation.GROUP,
    Relation.CARRIED,
    Relation.BREAKDOWN,
    Relation.UNIT_COST,
    Relation.ROW,
    Relation.WORDS,
    Relation.EXPRESSION,
    Relation.TABLES,
)
_AS_PART = (
    Relation.UNIT_COST,
    Relation.ROW,
    Relation.GROUP,
    Relation.BREAKDOWN,
    Relation.GRAND,
    Relation.CARRIED,
    Relation.EXPRESSION,
    Relation.WORDS,
    Relation.TABLES,
)
