"""A total divided among amounts by the largest remainder: laws, and examples worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisions.adjusting.allocation import allocate

STEPS = st.sampled_from([Decimal("0.001"), Decimal("0.5"), Decimal(1), Decimal(10), Decimal(1000)])
AMOUNTS = st.lists(st.decimals(0, 10**13, places=3), min_size=1, max_size=40).filter(any)


def decimals(*amounts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, amounts))


def test_the_steps_that_are_left_go_to_the_largest_remainders() -> None:
    # quotas 4.5, 3.6, 0.9: rounded down they make 7 of 9, so the remainders 0.9 and 0.6 get one each
    assert allocate(decimals("50", "40", "10"), Decimal(9), Decimal(1)) == (
        decimals("4", "4", "1"),
        (False, True, True),
    )


def test_of_like_remainders_the_earlier_gets_the_step() -> None:
    assert allocate(decimals("5", "5", "5"), Decimal(11), Decimal(1)) == (decimals("4", "4", "3"), (True, True, False))


def test_a_step_may_be_a_part_of_a_unit_and_a_hundred_of_them() -> None:
    assert allocate(decimals("46.3", "20"), Decimal("60"), Decimal("0.5")).amounts == decimals("42.0", "18.0")
    assert allocate(decimals("463", "200"), Decimal("600"), Decimal(100)).amounts == decimals("400", "200")


def test_remainders_that_agree_to_ten_digits_are_alike() -> None:
    # quotas 1.5 less and 1.5 more 75E-14
    assert allocate((Decimal(10**12), Decimal(10**12 + 1)), Decimal(3), Decimal(1)).amounts == decimals("2", "1")


@pytest.mark.parametrize(
    ("amounts", "target", "step"), [(("1", "2"), "1.5", "1"), (("1", "-1"), "1", "1"), (("1", "2"), "3", "0")]
)
def test_what_cannot_be_divided_is_refused(amounts: tuple[str, ...], target: str, step: str) -> None:
    with pytest.raises(ValueError, match="cannot be divided"):
        allocate(decimals(*amounts), Decimal(target), Decimal(step))


@given(AMOUNTS, st.integers(0, 10**13), STEPS)
def test_the_parts_make_the_target_and_lie_within_a_step_of_their_quotas(
    amounts: list[Decimal], steps: int, step: Decimal
) -> None:
    target = steps * step
    found = allocate(amounts, target, step).amounts
    base = sum(map(Fraction, amounts))
    assert sum(map(Fraction, found)) == Fraction(target)
    for amount, part in zip(amounts, found, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * Fraction(target) / base) < Fraction(step)
        assert part % step == 0


@given(AMOUNTS, st.integers(0, 10**9))
def test_a_larger_amount_never_gets_less_and_nothing_gets_nothing(amounts: list[Decimal], target: int) -> None:
    found = allocate(amounts, Decimal(target), Decimal(1)).amounts
    pairs = sorted(zip(amounts, found, strict=True))
    alike = Fraction(2, 10**10)
    for (less, part), (more, other) in pairwise(pairs):
        quota = (Fraction(more) - Fraction(less)) * target / sum(map(Fraction, amounts))
        assert part <= other or quota < alike
    assert all(part == 0 for amount, part in pairs if amount == 0)


@given(AMOUNTS, STEPS)
def test_what_stays_as_large_as_it_was_does_not_change(amounts: list[Decimal], step: Decimal) -> None:
    whole = [amount // step * step for amount in amounts]
    if any(whole):
        assert list(allocate(whole, sum(whole, Decimal(0)), step).amounts) == whole
