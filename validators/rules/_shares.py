"""Shares in percent, as printed and as the figures make them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from budget.numbers import EXACT

_QUOTIENTS = Context(prec=50, rounding=ROUND_HALF_UP)
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,](\d{1,3}))?\s*%")
_LAST = Decimal("0.000001")  # what lies beyond is the noise of binary numbers, or of a division


@dataclass(frozen=True)
class Share:
    """A printed share in percent; `decimals`: how many it was printed with."""

    value: Decimal
    decimals: int


@dataclass(frozen=True)
class Rounded:
    """An amount, and how far rounding may have moved it."""

    value: Decimal
    slack: Decimal


def stated_share(text: str) -> tuple[Share, str] | None:
    """The one share that a text states in brackets or at its end, with its words: "Ngân sách tỉnh (30%)"."""
    found = list(_PERCENT.finditer(text)) if "%" in text else []
    if len(found) != 1:
        return None
    before, after = text[: found[0].start()].rstrip(), text[found[0].end() :].strip()
    if not (before.endswith("(") and after.startswith(")")) and after.strip(" .;:)"):
        return None
    share = Share(Decimal(f"{found[0][1]}.{found[0][2] or 0}"), len(found[0][2] or ""))
    return (share, found[0][0]) if 0 < share.value <= 100 else None


def printed_share(value: object, number_format: str) -> Share | None:
    """The share in a cell of a column of shares: 41.5, "41,5%", or 0.415 that is shown in percent."""
    if isinstance(value, str):
        found = _PERCENT.fullmatch(value.strip().rstrip("%") + "%")
        return Share(Decimal(f"{found[1]}.{found[2] or 0}"), len(found[2] or "")) if found else None
    if not isinstance(value, Decimal):
        return None
    percent = value * 100 if "%" in number_format else value
    exact = percent.quantize(_LAST, context=EXACT).normalize()
    exponent = exact.as_tuple().exponent
    return Share(exact, max(0, -exponent) if isinstance(exponent, int) else 0)


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part in percent of the whole."""
    return _QUOTIENTS.divide(100 * part, whole)


def agrees(share: Share, part: Rounded, whole: Rounded) -> bool:
    """Whether the amounts, each of them rounded, can make a share that is printed so."""
    if abs(whole.value) <= whole.slack:
        return True
    half = Decimal(1).scaleb(-share.decimals) / 2
    if abs(share_of(part.value, whole.value) - share.value) <= half:
        return True
    possible = [
        share_of(part.value + first * part.slack, whole.value + second * whole.slack)
        for first in (-1, 1)
        for second in (-1, 1)
    ]
    return min(possible) - half <= share.value <= max(possible) + half
