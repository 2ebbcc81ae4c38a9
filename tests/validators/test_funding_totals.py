"""What a table is counted from where its totals and its rows do not agree, or stand in unusual places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.funded import funded, leaf_lines, table_lines

HEAD = "| | Đơn vị: triệu đồng\n"


def test_rows_that_exceed_a_doubtful_total_a_little_count_and_leave_it_unproven() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Năm 2024 | Năm 2025 | Năm 2026
        1 | Hội nghị | 402 | 601 | 601
        2 | Tập huấn | 501 | 501 | 501
         | Tổng cộng | 898 | 1097 | 1098
    """
    )
    assert leaf_lines(found.leaves) == [
        "C4 402 2024", "D4 601 2025", "E4 601 2026", "C5 501 2024", "D5 501 2025", "E5 501 2026",
    ]  # fmt: skip
    assert table_lines([found]) == ["Phụ lục A3:E6 3107000000 of 3093000000 ?"]
    assert found.difference == Decimal(14_000_000)


SOURCES_OF_YEARS = """
    STT | Nội dung | 2025 | < | 2026 | <
    ^ | ^ | NSTW | NST | NSTW | NST
    1 | Hội nghị | 40 | 10 | 30 |
    2 | Tập huấn | 50 | 20 | 25 |
     | Tổng kinh phí | 90 | 30 | 55 |
"""
SOURCES = """
    STT | Nội dung | NSTW | NST | Xã hội hóa
    1 | Hội nghị | 40 | 10 | 30
    2 | Tập huấn | 50 | 20 | 25
"""
TOTALS_OF_SOURCES = " | Cộng | 90 | 30 | 55\n"


@pytest.mark.parametrize(
    ("typed", "totals"),
    [
        (SOURCES_OF_YEARS + " | Tổng từng năm | 120 | < | 55 | <\n | Tổng cả giai đoạn | 175 | < | < | <", "C9"),
        (SOURCES_OF_YEARS + " | Tổng từng năm | 120 | | 55\n | Tổng cả giai đoạn | 175", "C9"),
        (SOURCES_OF_YEARS + " | Tổng cả giai đoạn | 175", "C8"),
        (SOURCES + TOTALS_OF_SOURCES + " | Tổng cộng | 175 | < | <", "C7"),
        (SOURCES + TOTALS_OF_SOURCES + " | Tổng cộng | | | 175", "E7"),
        (SOURCES + TOTALS_OF_SOURCES + " | Tổng ngân sách nhà nước | 120 | <\n | Tổng cộng | 175 | < | <", "C8"),
        (SOURCES + " | Tổng cộng | 175 | < | <", "C6"),
        (SOURCES + " | Tổng cộng | 175", "C6"),
    ],
)
def test_a_total_of_several_columns_and_what_it_adds_up_are_counted_once(typed: str, totals: str) -> None:
    (found,) = funded(HEAD + typed)
    assert (found.total, found.stated, found.proven) == (Decimal(175_000_000), Decimal(175_000_000), True)
    assert [place.address for place in found.totals] == [totals]
    assert [leaf.source is None for leaf in found.leaves] == [False] * 6


def test_a_total_of_several_columns_of_which_one_has_amounts() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | NSTW | NST | Xã hội hóa
        1 | Hội nghị | | | 30
        2 | Tập huấn | | | 25
         | Tổng cộng | 55 | |
    """
    )
    assert leaf_lines(found.leaves) == ["E4 30 Xã hội hóa", "E5 25 Xã hội hóa"]
    assert (found.proven, [place.address for place in found.totals]) == (True, ["C6"])


def test_a_total_of_the_years_that_stands_below_their_parts_too() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | 2025 | < | < | 2026 | < | <
        ^ | ^ | Tổng | NSTW | NST | Tổng | NSTW | NST
        1 | Hội nghị | 50 | 40 | 10 | 30 | 30 |
        2 | Tập huấn | 70 | 50 | 20 | 25 | 25 |
         | Tổng kinh phí | 120 | 90 | 30 | 55 | 55 |
         | Tổng cả giai đoạn | 175 | < | < | < | < | <
    """
    )
    assert leaf_lines(found.leaves) == [
        "D5 40 NSTW 2025", "D6 50 NSTW 2025", "E5 10 NST 2025", "E6 20 NST 2025", "G5 30 NSTW 2026", "G6 25 NSTW 2026",
    ]  # fmt: skip
    assert (found.proven, [place.address for place in found.totals]) == (True, ["C8"])


def test_a_wrong_total_of_several_columns_is_told() -> None:
    (found,) = funded(HEAD + SOURCES + TOTALS_OF_SOURCES + " | Tổng cộng | 185 | < | <")
    assert (found.total, found.stated, found.proven) == (Decimal(175_000_000), Decimal(185_000_000), False)
