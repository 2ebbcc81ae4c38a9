"""What most likely happened to a wrong figure, from its digits and from the parts of its sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from validators.findings import Cause
from validators.grid import Place

_THOUSAND_FOLD = {3, 6, 9}
_MOST_PAIRED = 40  # parts among which two are tried together
STRENGTH = {
    Cause.WRONG_UNIT: 6,
    Cause.DIGITS_SWAPPED: 6,
    Cause.SIGN: 5,
    Cause.ROW_LEFT_OUT: 5,
    Cause.COUNTED_TWICE: 5,
    Cause.DECIMAL_SHIFTED: 5,
    Cause.DIGIT_DOUBLED: 4,
    Cause.DIGIT_DROPPED: 4,
    Cause.DIGIT_CHANGED: 2,
    Cause.ROUNDING: 1,
}


def digit_cause(found: Decimal, expected: Decimal) -> Cause | None:
    """What a typist did to `expected` that made it `found`; None where no single slip did."""
    if found == expected or not found or not expected:
        return None
    if found == -expected:
        return Cause.SIGN
    if (found < 0) != (expected < 0):
        return None
    shift = _power_of_ten(abs(found / expected))
    if shift is not None:
        return Cause.WRONG_UNIT if abs(shift) in _THOUSAND_FOLD else Cause.DECIMAL_SHIFTED
    return _slip(*_digits(abs(found), abs(expected)))


def _slip(typed: str, meant: str) -> Cause | None:
    """What happened between two rows of digits."""
    if len(typed) == len(meant):
        places = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        if len(places) == 1:
            return Cause.DIGIT_CHANGED
        swapped = len(places) == 2 and [typed[at] for at in places] == [meant[at] for at in reversed(places)]
        return Cause.DIGITS_SWAPPED if swapped else None
    if len(typed) == len(meant) + 1 and _without_one(typed, meant):
        return Cause.DIGIT_DOUBLED
    if len(typed) + 1 == len(meant) and _without_one(meant, typed):
        return Cause.DIGIT_DROPPED
    return None


def _power_of_ten(ratio: Decimal) -> int | None:
    """The exponent of a ratio that is a power of ten, but 1."""
    digits = ratio.normalize().as_tuple()
    if digits.digits != (1,) or not isinstance(digits.exponent, int):
        return None
    return digits.exponent or None


def _digits(found: Decimal, expected: Decimal) -> tuple[str, str]:
    """Both numbers as digits alone, with as many decimals as the one that has more."""
    decimals = max(0, *(-int(number.normalize().as_tuple().exponent) for number in (found, expected)))
    typed, meant = (str(int(number.scaleb(decimals))) for number in (found, expected))
    return typed, meant


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def sum_cause(
    difference: Decimal, parts: Sequence[tuple[Place, Decimal]], slack: Decimal
) -> tuple[Cause, tuple[Place, ...]] | None:
    """Which parts a sum leaves out or counts twice, so that it is off by `difference`; they are named."""
    for size in (1, 2) if len(parts) <= _MOST_PAIRED else (1,):
        if size == len(parts):
            continue
        for chosen in combinations(parts, size):
            amount = sum((value for _, value in chosen), Decimal(0))
            if not amount or any(not value for _, value in chosen):
                continue
            places = tuple(place for place, _ in chosen)
            if abs(amount + difference) <= slack:
                return Cause.ROW_LEFT_OUT, places
            if abs(amount - difference) <= slack:
                return Cause.COUNTED_TWICE, places
    return None
