"""A row left out of a total, or counted twice in it, in all columns: one slip, however many figures it spoils."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from validators.diagnosis.ledger import Ledger
from validators.equations.model import Equation, Operation, Relation
from validators.findings import Cause
from validators.grid import Place

_DOWN = {Relation.GROUP, Relation.GRAND, Relation.BREAKDOWN}
_ZERO = Decimal(0)
_ENOUGH = 2  # columns


@dataclass(frozen=True)
class Slip:
    """The equations of one total row that a slip spoils; `parts` are the figures of the row that it is about."""

    cause: Cause
    equations: tuple[Equation, ...]
    parts: tuple[Place, ...]


def slips(ledger: Ledger) -> Iterator[Slip]:
    """The total rows that fail in two columns or more because of one and the same row below them."""
    for equations in _by_total_row(ledger).values():
        failing = [equation for equation in equations if equation in ledger.failing]
        if len(failing) < _ENOUGH or len(failing) < len({equation.total for equation in failing}):
            continue
        if slip := _slip(ledger, equations, failing):
            yield slip


def _by_total_row(ledger: Ledger) -> Mapping[tuple[str, int, Relation], list[Equation]]:
    """The sums down the columns, by the row of their totals."""
    found: dict[tuple[str, int, Relation], list[Equation]] = {}
    for equation in ledger.equations:
        place = equation.total
        is_down = equation.relation in _DOWN and equation.operation is Operation.SUM and ledger.is_judged(equation)
        if is_down and all(part.place.column == place.column and part.sign > 0 for part in equation.parts):
            found.setdefault((place.sheet, place.row, equation.relation), []).append(equation)
    return found


def _slip(ledger: Ledger, equations: Sequence[Equation], failing: Sequence[Equation]) -> Slip | None:
    """The one row that explains all columns that fail, and in the others has nothing."""
    amounts = [_by_row(ledger, equation) for equation in equations]
    first, off = _by_row(ledger, failing[0]), ledger.off(failing[0])
    slack = ledger.slack(failing[0])
    for row, amount in first.items():
        for cause, sign in ((Cause.ROW_LEFT_OUT, -1), (Cause.COUNTED_TWICE, 1)):
            if abs(off - sign * amount) > slack:
                continue
            pairs = zip(equations, amounts, strict=True)
            if all(abs(ledger.off(each) - sign * rows.get(row, _ZERO)) <= ledger.slack(each) for each, rows in pairs):
                parts = tuple(Place(each.total.sheet, row, each.total.column) for each in failing)
                return Slip(cause, tuple(failing), parts)
    return None


def _by_row(ledger: Ledger, equation: Equation) -> Mapping[int, Decimal]:
    """What each row adds to a sum."""
    return {part.place.row: ledger.values.get(part.place, _ZERO) for part in equation.parts}
