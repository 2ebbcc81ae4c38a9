"""Units of money: customary spellings, and conversion without loss."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.money import Unit, convert, parse_unit

units = st.sampled_from(Unit)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@pytest.mark.parametrize(
    ("unit", "label", "factor", "exponent"),
    [
        (Unit.DONG, "đồng", "1", 0),
        (Unit.THOUSAND, "nghìn đồng", "1000", 3),
        (Unit.MILLION, "triệu đồng", "1000000", 6),
        (Unit.BILLION, "tỷ đồng", "1000000000", 9),
    ],
)
def test_units(unit: Unit, label: str, factor: str, exponent: int) -> None:
    assert (unit.label, str(unit.factor), unit.exponent) == (label, factor, exponent)
    assert parse_unit(label) is unit


@pytest.mark.parametrize(
    ("unit", "spellings"),
    [
        (Unit.DONG, ["đồng", "Đồng", "ĐỒNG", "đ", "VNĐ", "VND", "vnđ", "₫", "Đồng Việt Nam", " đồng ", "đồng\u00a0"]),
        (Unit.THOUSAND, ["nghìn đồng", "Ngàn đồng", "ngàn đ", "1.000 đồng", "1.000đ", "1000 đồng", "nghìn VNĐ"]),
        (
            Unit.MILLION,
            [
                "triệu đồng",
                "Triệu đồng",
                "TRIỆU ĐỒNG",
                "tr.đ",
                "Tr.đ",
                "trđ",
                "tr.đồng",
                "triệu VNĐ",
                "triệu\u00a0đồng",
            ],
        ),
        (Unit.BILLION, ["tỷ đồng", "tỉ đồng", "Tỷ  đồng", "tỷ VND"]),
    ],
)
def test_customary_spellings(unit: Unit, spellings: list[str]) -> None:
    assert {parse_unit(text) for text in spellings} == {unit}
    assert {parse_unit(unicodedata.normalize("NFD", text)) for text in spellings} == {unit}


@pytest.mark.parametrize(
    "text",
    ["", "Triệu dồng", "Tiệu đồng", "Tr đồng", "Triệu đổng", "triệu", "USD", "d", "dong", "lớp", "triệu đồng/năm"],
)
def test_refuses_misspellings_and_other_things(text: str) -> None:
    with pytest.raises(ValueError, match="expected one of đồng, nghìn đồng, triệu đồng, tỷ đồng"):
        parse_unit(text)


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        ("15800", Unit.MILLION, Unit.DONG, "15800000000"),
        ("15800000000", Unit.DONG, Unit.MILLION, "15800"),
        ("1.58E+10", Unit.DONG, Unit.MILLION, "15800"),
        ("13646.269", Unit.MILLION, Unit.DONG, "13646269000"),
        ("5241500000", Unit.DONG, Unit.BILLION, "5.2415"),
        ("46.30", Unit.MILLION, Unit.MILLION, "46.3"),
        ("1", Unit.DONG, Unit.BILLION, "1E-9"),
        ("-0", Unit.DONG, Unit.MILLION, "0"),
        (
            "123456789012345678901234567890.123456789",
            Unit.DONG,
            Unit.THOUSAND,
            "123456789012345678901234567.890123456789",
        ),
    ],
)
def test_converts_exactly(amount: str, source: Unit, target: Unit, expected: str) -> None:
    assert str(convert(Decimal(amount), source, target)) == expected


@given(amounts, units, units)
def test_conversion_can_be_undone(amount: Decimal, source: Unit, target: Unit) -> None:
    assert convert(convert(amount, source, target), target, source) == amount


@given(st.integers(-(10**18), 10**18), units)
def test_conversion_to_dong_is_multiplication(amount: int, source: Unit) -> None:
    assert convert(Decimal(amount), source, Unit.DONG) == amount * 10**source.exponent


def test_converts_no_infinity() -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        convert(Decimal("Infinity"), Unit.DONG, Unit.DONG)
