"""Cost expressions: their exact value, and that the print is kept to the letter."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.expression import Expression, Term, parse_expression
from budget.numbers import MalformedNumber

ONE = Decimal(1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # as the reference decisions print them
        ("02 người x 2 buổi", "4"),
        ("02 người x 2 ngày/đêm", "4"),
        ("150 người x 2 buổi", "300"),
        ("300 giấy mời", "300"),
        ("10 Doanh nghiệp", "10"),
        ("01 bộ giải pháp", "1"),
        ("1.000.000đ/ buổi", "1000000"),
        ("700.000 đ/ngày", "700000"),
        ("250.000 đ/người/ngày", "250000"),
        ("5.000 đồng/giấy mời", "5000"),
        ("160.000đ/buổi", "160000"),
        ("25.000.000", "25000000"),
        ("30.000.000 VNĐ/năm", "30000000"),
        ("6 lớp x 60tr/lớp", "360000000"),
        ("6 chương trình x 50tr/c.trình", "300000000"),
        ("05DN/năm", "5"),
        # magnitudes
        ("60 triệu đồng/lớp", "60000000"),
        ("1,5 tỷ", "1500000000"),
        ("2Tỉ", "2000000000"),
        ("60trđ/lớp", "60000000"),
        ("60 tr.đ", "60000000"),
        ("500 nghìn đồng", "500000"),
        ("500 ngàn", "500000"),
        ("50k/suất", "50000"),
        ("2 nghìn tỷ đồng", "2000000000000"),
        ("10% x 5.000.000đ", "500000"),
        # words that only begin like one
        ("20 trường", "20"),
        ("20 trạm", "20"),
        ("5 km", "5"),
        ("5 kỳ", "5"),
        # multiplication signs
        ("02 người X 3 ngày", "6"),
        ("02 người × 3 ngày", "6"),
        ("02 người * 3 ngày", "6"),
        ("02 người×3 ngày", "6"),
        ("02 người*3 ngày", "6"),
        ("2x3", "6"),
        ("2 x3 X 4", "24"),
        ("02 xe x 2 xã", "4"),
        ("10 website", "10"),
        # numbers
        ("1,5 ngày x 2", "3"),
        ("0 lớp", "0"),
        ("100 tờ A4 x 500đ", "50000"),
        ("20 m2 x 5.000đ/m2", "100000"),
    ],
)
def test_value(text: str, value: str) -> None:
    expression = parse_expression(text)
    assert str(expression.value) == value
    assert str(expression) == text


def test_terms_and_joints() -> None:
    assert parse_expression("02 người x 2 ngày/đêm") == Expression(
        (Term(Decimal(2), "02", ONE, " người"), Term(Decimal(2), "2", ONE, " ngày/đêm")), (" x ",)
    )
    assert parse_expression("6 lớp × 60tr/lớp") == Expression(
        (Term(Decimal(6), "6", ONE, " lớp"), Term(Decimal(60), "60", Decimal(1_000_000), "tr/lớp")), (" × ",)
    )
    assert parse_expression("1.000.000đ/ buổi") == Expression(
        (Term(Decimal(1_000_000), "1.000.000", ONE, "đ/ buổi"),), ()
    )
    assert parse_expression("25.000.000") == Expression((Term(Decimal(25_000_000), "25.000.000", ONE, ""),), ())


def test_text_is_composed_and_stripped() -> None:
    text = "02 người x 2 buổi"
    assert str(parse_expression(f"  {unicodedata.normalize('NFD', text)}\n")) == text


def test_has_text() -> None:
    assert not parse_expression("2 x 3").has_text
    assert parse_expression("2 x 3 lớp").has_text


@pytest.mark.parametrize(("text", "width"), [("02", 2), ("2", 0), ("10", 0), ("0", 0), ("002 tờ", 3), ("0,5 ngày", 0)])
def test_width_of_a_padded_number(text: str, width: int) -> None:
    assert parse_expression(text).terms[0].width == width


def test_the_value_is_exact_beyond_28_digits() -> None:
    text = "99.999.999.999.999.999.999 x 99.999.999.999.999.999.999"
    assert parse_expression(text).value == 99_999_999_999_999_999_999**2


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        ("it must begin with a number", ["", "-", "người x 2", "x 2", "(6 lớp x 60tr/lớp)", "-5 lớp", "nt", "２ lớp"]),
        (
            "a multiplication sign must stand between two factors",
            ["2 x", "02 người x lớp", "2 người * lớp", "25.000.000(*)", "60tr/lớpx6", "01 máy X quang"],
        ),
        (
            "a number stands in the text, and it is not clear whether it multiplies",
            ["02 người 2 buổi", "01 phông 3m x 4m", "5.000đ/10 người", "1tr5", "2tỷ5", "2k5", "25 000 000"],
        ),
        (
            "a number stands in the text, and it is not clear whether it multiplies",
            ["1/2 ngày", "2-3 người", "2 + 3", "2 buổi x 3 = 6", "1 tỷ 500 triệu"],
        ),
        ("a dot only separates groups of three digits; decimals follow a comma", ["1.5 ngày", "2 người x 1.5 ngày"]),
        (
            "English grouping; dots must separate the groups and a comma the decimals",
            ["1,512,300 đ/lớp"],
        ),
        ("the dots must part the number into groups of exactly three digits", ["2000.000.000", "150.0000.000đ"]),
    ],
)
def test_refuses_and_says_why(reason: str, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(MalformedNumber) as caught:
            parse_expression(text)
        assert caught.value.reason.en == reason, text


def test_a_long_cell_is_refused_at_once() -> None:  # quadratic backtracking would take half a minute
    with pytest.raises(MalformedNumber):
        parse_expression("1" + " " * 30_000 + "x")


numbers = st.one_of(
    st.integers(0, 10**12).map(lambda number: (str(number), Decimal(number))),
    st.integers(0, 9).map(lambda number: (f"0{number}", Decimal(number))),
    st.integers(0, 10**12).map(lambda number: (f"{number:,}".replace(",", "."), Decimal(number))),
    st.integers(0, 10**6).map(lambda number: (f"{number // 10},{number % 10}", Decimal(number) / 10)),
)
plain_units = st.sampled_from(
    ["", " người", "đ/ buổi", " đồng/giấy mời", "DN/năm", " xe", " VNĐ/năm", " ngày/đêm", " m2"]
)
scaled_units = st.sampled_from(
    [("tr/lớp", 10**6), (" triệu đồng", 10**6), ("k", 10**3), (" nghìn đ/xã", 10**3), ("tỷ", 10**9)]
)
factors = st.tuples(numbers, st.one_of(plain_units.map(lambda unit: (unit, 1)), scaled_units))
signs = st.sampled_from([" x ", " X ", " × ", " * ", "×", "*", "  x "])


@given(st.lists(factors, min_size=1, max_size=5), st.data())
def test_generated_expressions(parts: list[tuple[tuple[str, Decimal], tuple[str, int]]], data: st.DataObject) -> None:
    joints = tuple(data.draw(signs) for _ in parts[1:])
    pieces = [printed + unit for (printed, _), (unit, _) in parts]
    text = pieces[0] + "".join(joint + piece for joint, piece in zip(joints, pieces[1:], strict=True))
    expression = parse_expression(text)
    assert str(expression) == text
    assert expression.joints == joints
    assert [(term.printed, term.value, term.unit, term.scale) for term in expression.terms] == [
        (printed, value, unit, Decimal(scale)) for (printed, value), (unit, scale) in parts
    ]


@given(st.text("0123456789.,xX×* tr/đ%(-", max_size=16))
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        expression = parse_expression(text)
    except MalformedNumber:
        return
    assert str(expression) == text.strip()
    assert parse_expression(str(expression)) == expression
    assert len(expression.terms) == len(expression.joints) + 1
