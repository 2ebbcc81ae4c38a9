"""What an officer is told to do, as it is typed: by which factor, to which total, in which steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from budget.numbers import MalformedNumber, decimals_of, number_text, parse_number
from faults import InputFault, Text

FACTOR_DECIMALS = 6
_LARGEST_FACTOR = 10
_SMALLEST_SHARE = Decimal("0.5")  # in per cent without a sign: who writes 5% means a cut, as often as not
_FACTOR = re.compile(r"(?P<sign>[+\-\u2212\u2013]?)(?P<digits>[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)\s*(?P<percent>%?)")
_POINT = re.compile(r"0?\.[0-9]+")


@dataclass(frozen=True)
class Demand:
    """Either a `factor` for the chosen amounts, or the new `total` of the whole appendix in its unit.

    `step`: to which amounts are rounded, in that unit; None: to the last place that the appendix uses.
    """

    factor: Decimal | None = None
    total: Decimal | None = None
    step: Decimal | None = None


def parse_factor(text: str) -> Decimal:
    """0.95, 0,95 and 95% are the factor 0.95, and so is -5%; +5% is 1.05. Raises InputFault for anything else."""
    typed = _FACTOR.fullmatch(text.strip())
    if typed is None or (typed["sign"] and not typed["percent"]):
        raise _no_factor(text)
    value = Decimal(typed["digits"].replace(",", "."))
    if typed["percent"]:
        value /= 100
        if typed["sign"]:
            value = 1 + value if typed["sign"] == "+" else 1 - value
        elif value < _SMALLEST_SHARE:
            share = number_text(value)
            either = Text(
                f"-{typed[0]} nếu giảm đi chừng ấy, {share.vi} nếu chỉ còn chừng ấy",
                f"-{typed[0]} to cut so much, {share.en} to leave so much",
            )
            raise InputFault(
                Text("--scale có thể hiểu hai cách", "--scale could mean two things"), found=text, expected=either
            )
    if not 0 <= value <= _LARGEST_FACTOR or decimals_of(value) > FACTOR_DECIMALS:
        raise _no_factor(text)
    return value


def _no_factor(text: str) -> InputFault:
    return InputFault(
        Text("--scale không phải là hệ số dùng được", "--scale is no factor that can be used"),
        found=text,
        expected=Text(
            f"một số từ 0 đến {_LARGEST_FACTOR}, nhiều nhất {FACTOR_DECIMALS} chữ số thập phân, như 0,95 hoặc 95%; "
            "hoặc mức tăng giảm như -5%",
            f"a number from 0 to {_LARGEST_FACTOR} with at most {FACTOR_DECIMALS} decimals, such as 0.95 or 95%; "
            "or a change such as -5%",
        ),
    )


def parse_amount(option: str, text: str) -> Decimal:
    """An amount as Vietnamese documents print it ("6.500", "46,3"), or 0.5. Raises InputFault for anything else."""
    if _POINT.fullmatch(text.strip()):
        return Decimal(text.strip())
    try:
        value = parse_number(text).value
    except MalformedNumber as fault:
        what = Text(f"{option} không phải là số tiền ({fault.reason.vi})", f"{option} is no amount ({fault.reason.en})")
        raise InputFault(what, found=text, expected=Text("như 6.500 hoặc 46,3", "such as 6.500 or 46,3")) from fault
    if value is None:
        what = Text(f"{option} không có số", f"{option} holds no number")
        raise InputFault(what, found=text, expected=Text("như 6.500 hoặc 46,3", "such as 6.500 or 46,3"))
    return value
