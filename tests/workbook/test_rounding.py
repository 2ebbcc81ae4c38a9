"""What a number format shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workbook.rounding import as_shown, shown_decimals


@pytest.mark.parametrize(
    ("number_format", "decimals"),
    [
        ("0", 0),
        ("#,##0", 0),
        ("#,##0.0", 1),
        ("0.00", 2),
        ("#,##0.0##", 3),
        ("#,##0.??", 2),
        ("0.", 0),
        ("0%", 2),
        ("0.0%", 3),
        ('0"%"', 0),
        ("#,##0,", -3),
        ("#,##0.0,,", -5),
        ("00", 0),
        ('#,##0.00_);[Red]\\(#,##0.00\\);"-"', 2),
        ('#,##0;-#,##0.0;"-";@', 1),
        ('#,##0" triệu đồng. 0.00"', 0),
        ("#,##0.0\\ \\đ", 1),
        ('[$-42A]#,##0.000 "₫"', 3),
        ("_-* #,##0.00_-;-* #,##0.00_-", 2),
        ("[>=1000]#,##0;0.0", 1),
        ("General", None),
        ("@", None),
        (";;;", None),
        ("dd/mm/yyyy", None),
        ("[$-42A]dd mmmm yyyy", None),
        ("[h]:mm:ss.00", None),
        ("# ?/?", None),
        ("0.00E+00", None),
        ('"("@")"', None),
    ],
)
def test_shown_decimals(number_format: str, decimals: int | None) -> None:
    assert shown_decimals(number_format) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (2.4999999999999996, 0, "3"),
        (13_646.269, 1, "13646.3"),
        (0.1 + 0.2, None, "0.3"),
        (1 / 3, None, "0.333333333"),
        (1_499_999, -6, "1000000"),
        (999_999_999_999_999, 3, "999999999999999"),
        (-0.0, 2, "0"),
        (1e300, 2, "1e300"),
    ],
)
def test_a_number_as_it_is_shown(value: float, decimals: int | None, shown: str) -> None:
    assert as_shown(value, decimals) == Decimal(shown)
