"""How many decimals a number format shows, and a number as it shows it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

_GENERAL = 9  # decimals that General shows, at most
_SIGNIFICANT = 15  # significant digits that Excel holds
_WIDE = Context(prec=400)  # room for every float with decimals
# Quoted text, an escaped letter, a width (`_x`), a fill (`*x`), and colours, conditions and currencies in brackets
_NOT_A_DIGIT_PLACE = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]', re.DOTALL)
_NO_DECIMALS_TO_COUNT = re.compile(r"[ymdhs@/]|e[+-]|general", re.IGNORECASE)
_NUMBER = re.compile(r"[0#?][0#?,]*(?:\.(?P<decimals>[0#?]*))?(?P<thousands>,*)")


def shown_decimals(number_format: str) -> int | None:
    """The decimals of the value that a number format shows: 0 for `#,##0`, 2 for `0%`, -3 for `#,##0,`.

    The section that shows most counts. None where the format does not say: General, text, dates and times, fractions,
    powers of ten, and formats that show no digits. The syntax is ECMA-376 part 1, 18.8.31.
    """
    shown = [_section_decimals(section) for section in _NOT_A_DIGIT_PLACE.sub("", number_format).split(";")]
    return max((decimals for decimals in shown if decimals is not None), default=None)


def _section_decimals(section: str) -> int | None:
    """`section` without its literal text."""
    number = _NUMBER.search(section)
    if number is None or _NO_DECIMALS_TO_COUNT.search(section):
        return None
    integer = number[0].partition(".")[0]
    scale = len(number["thousands"]) + len(integer) - len(integer.rstrip(","))
    return len(number["decimals"] or "") + 2 * section.count("%") - 3 * scale


def as_shown(value: float, decimals: int | None) -> Decimal:
    """`value` rounded, half away from zero as Excel does, to `decimals`; None: to nine, the most that General shows.

    It is first cut to the 15 significant digits that Excel holds: two engines that add up in different order may
    stand on either side of a half.
    """
    step = Decimal(1).scaleb(-(_GENERAL if decimals is None else decimals))
    return Decimal(f"{value:.{_SIGNIFICANT}g}").quantize(step, rounding=ROUND_HALF_UP, context=_WIDE)
