"""A total divided among amounts in proportion and in whole steps: the method of the largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from budget.numbers import EXACT

REMAINDER_DIGITS = 10  # of the remainder, as a part of a step: what is alike so far is alike


class Allocation(NamedTuple):
    """What each amount becomes, and which of them got one of the steps that rounding down had left."""

    amounts: tuple[Decimal, ...]
    raised: tuple[bool, ...]


def allocate(amounts: Sequence[Decimal], target: Decimal, step: Decimal) -> Allocation:
    """Divide `target` in proportion to `amounts`, each part a multiple of `step`: exact, and it adds up to `target`.

    Every amount gets its quota rounded down to a step; the steps that are left go, one each, to the amounts whose
    remainders are the largest, of like ones to the earlier (Hamilton's method). Raises ValueError where the step is not
    positive, the target no multiple of it, or the amounts add up to zero.
    """
    base = sum(map(Fraction, amounts), Fraction(0))
    if step <= 0 or base == 0 or Fraction(target) % Fraction(step):
        raise ValueError(f"{target} cannot be divided in steps of {step} in proportion to amounts that make {base}")
    quotas = [Fraction(amount) * Fraction(target) / base / Fraction(step) for amount in amounts]
    whole = [int(quota // 1) for quota in quotas]
    keys = [_rounded((quota - floor) * 10**REMAINDER_DIGITS) for quota, floor in zip(quotas, whole, strict=True)]
    left = int(Fraction(target) / Fraction(step)) - sum(whole)
    first = set(sorted(range(len(keys)), key=lambda place: (-keys[place], place))[:left])
    return Allocation(
        tuple(EXACT.multiply(Decimal(floor + (place in first)), step) for place, floor in enumerate(whole)),
        tuple(place in first for place in range(len(whole))),
    )


def _rounded(value: Fraction) -> int:
    return int((value + Fraction(1, 2)) // 1)
