"""The texts of cells."""

from __future__ import annotations

from datetime import date

import pytest

from budget.plan import Decision, State
from generators.tokens import Token, parse
from generators.wording import as_formula, compose, issued, next_number, roman


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2021, 6, 15), "Quyết định số 7/QĐ-UBND ngày 15 tháng 6 năm 2021 của Sở X"),
        (date(2021, 2, 5), "Quyết định số 7/QĐ-UBND ngày 05 tháng 02 năm 2021 của Sở X"),
        (date(2021, 10, 9), "Quyết định số 7/QĐ-UBND ngày 09 tháng 10 năm 2021 của Sở X"),
    ],
)
def test_days_below_ten_and_months_one_and_two_bear_a_zero(day: date, said: str) -> None:
    assert issued(Decision("Quyết định", "Sở X", State.ISSUED, "7/QĐ-UBND", day)) == said


def test_a_draft_has_blanks_for_number_and_date() -> None:
    decision = Decision("Quyết định", "Sở X", State.DRAFT, "7/QĐ-UBND", date(2021, 6, 15))
    assert issued(decision) == "Quyết định số …… ngày … tháng … năm … của Sở X"


@pytest.mark.parametrize(
    ("numbers", "step", "following"),
    [
        (["I", "II"], 1, "III"),
        (["I", "II"], 3, "V"),
        (["I", "VIII"], 1, "IX"),
        (["1", "9"], 2, "11"),
        (["A", "H"], 1, "I"),
        (["A", "B"], 2, "D"),
        (["A", "Z"], 1, ""),
        (["I", "XXXIX"], 1, ""),
        (["1.1", "1.2"], 1, ""),
        (["²"], 1, ""),
        ([], 1, ""),
    ],
)
def test_totals_go_on_numbering(numbers: list[str], step: int, following: str) -> None:
    assert next_number(numbers, step) == following


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 19, 24, 39)] == ["I", "IV", "IX", "XIV", "XIX", "XXIV", "XXXIX"]


def test_parse_tells_tokens_from_text() -> None:
    assert parse("Năm {year}") == ("Năm ", Token("year"))
    assert parse("{amount:all}") == (Token("amount", "all"),)
    assert parse("{text:head|Kinh phí ({unit})}") == (Token("text", "head", "Kinh phí ({unit})"),)


def test_compose_takes_the_plan_s_wording_before_the_form_s() -> None:
    parts = parse("{text:head|Kinh phí ({unit})}")
    assert compose(parts, {"unit": "đồng"}, lambda _: None) == ["Kinh phí (", "đồng", ")"]
    assert compose(parts, {"text:head": "Dự toán"}, lambda _: None) == ["Dự toán"]


def test_a_live_token_makes_a_formula_with_quotes_doubled() -> None:
    pieces = compose(parse('Gọi là "tổng": {dong} đồng'), {}, lambda t: "A1" if t.name == "dong" else None)
    assert as_formula(pieces) == '"Gọi là ""tổng"": "&A1&" đồng"'
    assert as_formula(["không có số"]) is None
