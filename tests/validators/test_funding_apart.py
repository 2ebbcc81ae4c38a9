"""Tables that divide their amounts by years and by sources beside each other, which no amount joins."""

from __future__ import annotations

from support.funded import HEAD, funded, lines

from budget.rollup import By

APART = f"""{HEAD}
    STT | Nội dung | Tổng số | Phân kỳ | < | < | Phân nguồn | <
     | | | 2026 | 2027 | 2028 | TW | ĐP
    1 | Nhiệm vụ A | 90 | 30 | 30 | 30 | 60 | 30
    2 | Nhiệm vụ B | 60 | 20 | 20 | 20 | 40 | 20
     | Cộng | 150 | 50 | 50 | 50 | 100 | 50
"""


def test_the_axis_that_is_asked_for_first_is_told_and_the_other_one_is_apart() -> None:
    """That both amounts of the centre are those of two years is chance: years of all sources are none of one."""
    assert lines(APART) == ["G5 60 TW", "G6 40 TW", "H5 30 ĐP", "H6 20 ĐP"]
    (found,) = funded(APART)
    assert (found.proven, found.apart) == (True, {By.YEAR})
    assert lines(APART, By.YEAR, By.SOURCE) == [
        "D5 30 2026", "D6 20 2026", "E5 30 2027", "E6 20 2027", "F5 30 2028", "F6 20 2028",
    ]  # fmt: skip
    (found,) = funded(APART, (By.YEAR, By.SOURCE))
    assert (found.proven, found.apart) == (True, {By.SOURCE})


def test_an_item_of_one_source_or_of_one_year_is_told_both() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Tổng số | Phân kỳ | < | Phân nguồn | <
         | | | 2026 | 2027 | TW | ĐP
        1 | Nhiệm vụ A | 90 | 40 | 50 | 90 |
        2 | Nhiệm vụ B | 60 | 60 | | 45 | 15
        3 | Nhiệm vụ C | 25 | 10 | 15 | | 25
         | Cộng | 175 | 110 | 65 | 135 | 40
    """
    assert lines(typed) == [
        "D5 40 TW 2026", "D7 10 ĐP 2026", "E5 50 TW 2027", "E7 15 ĐP 2027", "F6 45 TW 2026", "G6 15 ĐP 2026",
    ]  # fmt: skip
    (found,) = funded(typed)
    assert (found.proven, found.apart) == (True, frozenset())
