"""What a table is counted from where its totals and its rows do not agree, or stand in unusual places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.funded import funded, leaf_lines, table_lines

from budget.rollup import By

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


def test_the_same_amount_in_items_of_several_groups_is_no_rate() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | NSTW | NST
        I | Tuyên truyền | |
        1 | Hội nghị | 40 | 100
         | Cộng | 40 | 100
        II | Đào tạo | |
        1 | Tập huấn | 50 | 100
         | Cộng | 50 | 100
    """
    )
    assert leaf_lines(found.leaves) == ["C5 40 NSTW", "C8 50 NSTW", "D5 100 NST", "D8 100 NST"]


@pytest.mark.parametrize("blank", ["", "-", "0"])
def test_groups_without_an_amount_of_their_own_whose_total_stands_below(blank: str) -> None:
    (found,) = funded(
        HEAD
        + f"""
        STT | Nội dung | Kinh phí
        I | Tuyên truyền | {blank}
        1 | Hội nghị | 40
        2 | In ấn | 20
         | Cộng | 60
        II | Đào tạo | {blank}
        1 | Tập huấn | 50
         | Cộng | 50
         | Tổng cộng | 110
    """
    )
    assert leaf_lines(found.leaves) == ["C5 40", "C6 20", "C9 50"]
    assert (found.stated, found.proven) == (Decimal(110_000_000), True)


@pytest.mark.parametrize("blank", ["-", "0"])
def test_a_total_that_is_zero_is_not_what_a_table_is_counted_from(blank: str) -> None:
    (found,) = funded(
        HEAD
        + f"""
        STT | Nội dung | Tổng số | NSTW | NST
        1 | Hội nghị | 40 | 10 | 30
        2 | Tập huấn | 50 | 20 | 30
         | Tổng cộng | {blank} | 30 | 60
    """
    )
    assert leaf_lines(found.leaves) == ["D4 10 NSTW", "D5 20 NSTW", "E4 30 NST", "E5 30 NST"]
    assert (found.stated, found.proven) == (None, False)


def test_a_group_of_zero_does_not_take_its_items_away() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
        I | Tuyên truyền | 0
        1 | Hội nghị | 40
        2 | In ấn | 20
        II | Đào tạo | 50
        1 | Tập huấn | 50
    """
    )
    assert leaf_lines(found.leaves) == ["C5 40", "C6 20", "C8 50"]


def test_what_two_figures_are_made_of_both_is_not_counted_twice() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Năm 2025 | < | < | Năm 2026 | < | <
        ^ | ^ | Tổng | NSTW | NST | Tổng | NSTW | NST
        1 | Hội nghị | 100 | 50 | 50 | 50 | 50 | -
         | Tổng cộng | 100 | 50 | 50 | 50 | 50 | -
    """
    )
    assert leaf_lines(found.leaves) == ["D5 50 NSTW 2025", "E5 50 NST 2025", "G5 50 NSTW 2026"]
    assert (found.stated, found.proven) == (Decimal(150_000_000), True)


@pytest.mark.parametrize("total", ["", " | Tổng cộng | 200 | 220\n"])
@pytest.mark.parametrize("label", ["PHÂN THEO NGUỒN", "Nguồn vốn thực hiện", "Cơ cấu nguồn kinh phí"])
def test_a_group_that_tells_the_same_money_by_source_tells_the_sources(label: str, total: str) -> None:
    (found,) = funded(
        HEAD
        + f"""
        STT | Nội dung | Năm 2024 | Năm 2025
        A | NỘI DUNG THỰC HIỆN | 200 | 220
        1 | Đào tạo | 80 | 90
        2 | Truyền thông | 120 | 130
        B | {label} | 200 | 220
        1 | Ngân sách tỉnh | 150 | 160
        2 | Xã hội hóa | 50 | 60
        """
        + total
    )
    assert leaf_lines(found.leaves) == [
        "C8 150 Ngân sách tỉnh 2024", "D8 160 Ngân sách tỉnh 2025", "C9 50 Xã hội hóa 2024", "D9 60 Xã hội hóa 2025",
    ]  # fmt: skip


def test_a_group_of_a_source_that_is_not_what_the_others_come_to_counts() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
        A | Ngân sách tỉnh | 200
        1 | Đào tạo | 80
        2 | Truyền thông | 120
        B | Nguồn vốn vay | 70
        1 | Máy chủ | 70
         | Tổng cộng | 270
    """
    )
    assert found.total == Decimal(270_000_000)


def test_a_source_that_stands_in_a_list_elsewhere_is_one_where_it_is_alone() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Đường thôn | 90
         | - Vốn sự nghiệp | 60
         | - Đóng góp tự nguyện | 30
        2 | Nhà văn hóa | 50
         | - Đóng góp tự nguyện | 50
         | Tổng cộng | 140
    """
    )
    assert leaf_lines(found.leaves) == [
        "C5 60 Vốn sự nghiệp", "C6 30 Đóng góp tự nguyện", "C8 50 Đóng góp tự nguyện",
    ]  # fmt: skip


def test_lines_that_say_of_which_below_items_without_numbers_are_sources() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
        I | *Xây dựng* | 140
         | Đường thôn | 90
         | Trong đó: Vốn sự nghiệp | 60
         | Trong đó: Người dân đóng góp | 30
         | Nhà văn hóa | 50
         | Trong đó: Người dân đóng góp | 50
         | Tổng cộng | 140
    """
    )
    assert leaf_lines(found.leaves) == ["C6 60 Vốn sự nghiệp", "C7 30 Người dân đóng góp", "C9 50 Người dân đóng góp"]
    assert found.proven


def test_items_without_a_mark_below_the_sources_of_the_total_are_items() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
         | Tổng cộng | 140
         | - Ngân sách trung ương | 100
         | - Ngân sách tỉnh | 40
         | Đường thôn | 90
         | Nhà văn hóa | 50
    """,
        (By.AGENCY,),
    )
    assert leaf_lines(found.leaves) == ["C7 90", "C8 50"]
    assert found.proven


def test_the_amounts_of_a_year_are_no_rate_though_all_are_alike() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Năm 2025 | Năm 2026
        1 | Đường thôn | 60 | 10
        2 | Nhà văn hóa | 30 | 10
         | Tổng cộng | 90 | 10
    """
    )
    assert leaf_lines(found.leaves) == ["C4 60 2025", "D4 10 2026", "C5 30 2025", "D5 10 2026"]
    assert not found.proven


@pytest.mark.parametrize("merged", ["<", ""])
def test_a_total_of_all_columns_stands_in_the_first_one_though_there_is_one_of_totals(merged: str) -> None:
    (found,) = funded(
        HEAD
        + f"""
        STT | Nội dung | Năm 2025 | Năm 2026 | Tổng
        1 | Đường thôn | 60 | 10 | 70
        2 | Nhà văn hóa | 30 | 20 | 50
         | Tổng cộng | 120 | {merged} | {merged}
    """
    )
    assert leaf_lines(found.leaves) == ["C4 60 2025", "D4 10 2026", "C5 30 2025", "D5 20 2026"]
    assert (found.stated, found.proven, [place.address for place in found.totals]) == (120_000_000, True, ["C6"])


def test_one_line_of_which_leaves_a_rest_however_small() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Đường thôn | 295
         | Trong đó: Vốn sự nghiệp | 294
        2 | Nhà văn hóa | 50
         | Tổng cộng | 345
    """
    )
    assert leaf_lines(found.leaves) == ["C4 1 +", "C5 294 Vốn sự nghiệp", "C6 50"]
