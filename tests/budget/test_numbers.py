"""Printed Vietnamese numbers: what is read, what is refused and why, and that printing reads back."""

import pickle
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.numbers import Form, MalformedNumber, Printed, format_number, number_text, parse_number, plain
from faults import Text

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("60", "60"),
        ("02", "2"),
        ("1.377", "1377"),
        ("15.800", "15800"),
        ("46,3", "46.3"),
        ("1436,3", "1436.3"),
        ("5241,5", "5241.5"),
        ("13.646,269", "13646.269"),
        ("1.500.000,50", "1500000.50"),
        ("0,5", "0.5"),
        ("1,512", "1.512"),  # a lone group after a comma is a decimal part
        ("5241500000", "5241500000"),
        ("5.241.500.000đ", "5241500000"),
        ("5.241.500.000 đồng", "5241500000"),
        ("3.050.000.000 VNĐ", "3050000000"),
        ("3.050.000.000VND", "3050000000"),
        ("15.800.000.000 Đ", "15800000000"),
        ("15.000 ₫", "15000"),
        ("  1.377\n", "1377"),
        ("\u00a01.377\u00a0", "1377"),
        ("1\u00a0377\u00a0000", "1377000"),
        ("1\u202f377,5", "1377.5"),
        ("1\u2009377", "1377"),
        ("5.000\u00a0đồng", "5000"),
        ("\ufeff1.377\u200b", "1377"),
        ("１．３７７，５", "1377.5"),
        ("-5", "-5"),
        ("−1.377,5", "-1377.5"),
        ("–5", "-5"),
        ("(5)", "-5"),
        ("( 1.377đ )", "-1377"),
        ("（5）", "-5"),
    ],
)
def test_reads(text: str, value: str) -> None:
    assert parse_number(text) == Printed(Form.NUMBER, Decimal(value))


def test_reads_decomposed_text() -> None:
    decomposed = unicodedata.normalize("NFD", "5.000 đồng")
    assert decomposed != "5.000 đồng"
    assert parse_number(decomposed) == Printed(Form.NUMBER, Decimal(5000))


def test_keeps_the_printed_decimals() -> None:
    assert str(parse_number("46,30").value) == "46.30"


@pytest.mark.parametrize("text", ["0", "-0", "(0)", "-0,00"])
def test_zero_has_no_sign(text: str) -> None:
    value = parse_number(text).value
    assert value == 0
    assert not value.is_signed()


@pytest.mark.parametrize("text", ["-", "–", "—", " - ", "－"])
def test_a_dash_is_not_zero(text: str) -> None:
    assert parse_number(text) == Printed(Form.DASH, None)


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u00a0", "\u200b"])
def test_a_blank_is_not_zero(text: str) -> None:
    assert parse_number(text) == Printed(Form.BLANK, None)


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        (
            "English grouping; dots must separate the groups and a comma the decimals",
            ["1,512,300", "1,512.30", "1,512,300.5", "12,000,000đ"],
        ),
        (
            "a dot only separates groups of three digits; decimals follow a comma",
            ["1500.5", "1.5", "0.5", "0.500", "12.3456", "1.25,5"],
        ),
        (
            "the dots must part the number into groups of exactly three digits",
            ["2000.000.000", "150.0000.000", "1.5.3", "1500.000", "01.377", "1.377.", "1..377", "1.377\u00a0000"],
        ),
        (
            "there may be one comma only, with nothing but decimals after it",
            ["5,", "1,5,3", "1,5.3", "46,3\u00a05"],
        ),
        (
            "this is not a number",
            [
                "12a",
                "3,44%",
                "12²",
                "(1) 1.056.485",
                "(5",
                "5)",
                "(-5)",
                "()",
                "- 5",
                "--",
                "+5",
                "1 377",
                ",5",
                ".5",
                "٣",
            ],
        ),
        (
            "this is not a number",
            ["abc", "5 d", "60tr", "5 triệu đồng", "đồng", "1e3", "NaN"],
        ),
    ],
)
def test_refuses_and_says_why(reason: str, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(MalformedNumber) as caught:
            parse_number(text)
        assert (caught.value.text, caught.value.reason.en) == (text, reason)


def test_a_refusal_speaks_both_languages_and_travels() -> None:
    with pytest.raises(ValueError, match="dots must part") as caught:
        parse_number("2000.000.000")
    fault = caught.value
    assert isinstance(fault, MalformedNumber)
    assert str(fault) == "“2000.000.000”: the dots must part the number into groups of exactly three digits"
    assert fault.reason.vi == "dấu chấm phải ngăn số thành các nhóm đủ ba chữ số"
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1377", None, "1.377"),
        ("46.3", None, "46,3"),
        ("46.30", None, "46,3"),
        ("0", None, "0"),
        ("-0", None, "0"),
        ("100", None, "100"),
        ("5241500000", None, "5.241.500.000"),
        ("5.2415E+9", None, "5.241.500.000"),
        ("-1377.5", None, "-1.377,5"),
        ("1E-7", None, "0,0000001"),
        ("123456789012345678901234567890123.5", None, "123.456.789.012.345.678.901.234.567.890.123,5"),
        ("1377", 0, "1.377"),
        ("1377", 2, "1.377,00"),
        ("46.25", 1, "46,3"),
        ("-46.25", 1, "-46,3"),
        ("2.5", 0, "3"),
        ("999.5", 0, "1.000"),
        ("-0.4", 0, "0"),
        ("-0.04", 1, "0,0"),
    ],
)
def test_prints(value: str, decimals: int | None, text: str) -> None:
    assert format_number(Decimal(value), decimals) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_prints_no_infinity(value: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        format_number(Decimal(value))


def test_each_language_has_its_custom() -> None:
    assert number_text(Decimal("-1234567.50")) == Text("-1.234.567,5", "-1,234,567.5")
    assert number_text(Decimal("1234.5"), signed=True) == Text("+1.234,5", "+1,234.5")
    assert number_text(Decimal("0.00"), signed=True) == Text("0", "0")


def test_a_long_cell_is_refused_at_once() -> None:  # quadratic backtracking would take half a minute
    with pytest.raises(MalformedNumber):
        parse_number("1" + "\u00a0" * 30_000 + "x")


@given(decimals)
def test_what_is_printed_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == Printed(Form.NUMBER, value)


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_fixed_decimals_read_back(units: int, places: int) -> None:
    value = Decimal(units).scaleb(-places)
    text = format_number(value, places)
    assert parse_number(text).value == value
    assert len(text.partition(",")[2]) == places


@given(st.text("0123456789.,-() đ", max_size=14))
def test_text_is_a_number_or_refused(text: str) -> None:
    try:
        printed = parse_number(text)
    except MalformedNumber:
        return
    assert (printed.value is None) == (printed.form is not Form.NUMBER)
    if printed.value is not None:
        assert parse_number(format_number(printed.value)) == printed


@given(decimals)
def test_plain_is_the_same_number_in_fixed_notation(value: Decimal) -> None:
    result = plain(value)
    assert result == value
    assert "E+" not in str(result)
    assert str(result) != "-0"
    assert not ("." in f"{result:f}" and f"{result:f}".endswith("0"))
