"""What charts share, whichever library draws them: the fills, and the unit at the axis.

Fills differ in lightness, and from the fourth on in pattern, so that they can be told apart in grey print.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budget.money import Unit
from workbook.looks import figure_format

FILLS: Sequence[tuple[str, str | None]] = (  # colour, and its pattern upon white
    ("1F3864", None),
    ("9DC3E6", None),
    ("DEEBF7", None),
    ("1F3864", "wdUpDiag"),
    ("2E75B6", "pct50"),
    ("1F3864", "dkHorz"),
    ("2E75B6", "wdDnDiag"),
    ("7F7F7F", None),
)
_FEW, _MANY = 100, 10**6  # a total below has its decimals at the axis; one above is divided by thousands there


def scale(total: Decimal, unit: Unit, decimals: int) -> tuple[str, str]:
    """The unit of an axis of amounts, and the number format that shows them in it: each comma divides by 1 000.

    `total`: of the amounts, in `unit`; `decimals`: that they have there.
    """
    largest, exponent, code = abs(total), unit.exponent, "#,##0"
    if largest < _FEW:
        return unit.label, figure_format(decimals)
    while largest >= _MANY and exponent < Unit.BILLION.exponent:
        largest, exponent, code = largest / 1000, exponent + 3, f"{code},"
    return Unit(exponent).label, code
