import pytest

from budget.years import parse_years, period


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021-2025", (2021, 2022, 2023, 2024, 2025)),
        (" 2021 – 2023 ", (2021, 2022, 2023)),
        ("2025, 2024", (2024, 2025)),
        ("2026", (2026,)),
        ("2026-2026", (2026,)),
    ],
)
def test_reads_periods_and_lists(text: str, years: tuple[int, ...]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["", "2025-2021", "2024,2024", "21-25", "2021-2025,2027", "năm 2021"])
def test_refuses_anything_else(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is the text itself
        parse_years(text)
    assert str(caught.value) == text.strip()


@pytest.mark.parametrize(
    ("years", "text"),
    [((2026, 2027, 2028), "2026–2028"), ((2026,), "2026"), ((2026, 2027, 2029), "2026, 2027, 2029")],
)
def test_years_that_are_left_out_are_in_no_period(years: tuple[int, ...], text: str) -> None:
    assert period(years, "–") == text
