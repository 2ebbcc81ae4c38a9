"""Columns that divide the same money twice, or divide different money: years beside sources, periods, changes."""

from __future__ import annotations

import pytest
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


def test_periods_that_follow_one_another_are_added_up() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Giai đoạn 2021-2025 | < | < | Giai đoạn 2026-2030 | < | <
         | | Tổng | NSTW | NST | Tổng | NSTW | NST
        1 | Đường | 100 | 60 | 40 | 200 | 120 | 80
        2 | Cầu | 50 | 30 | 20 | 100 | 60 | 40
         | Tổng | 150 | 90 | 60 | 300 | 180 | 120
    """
    (found,) = funded(typed)
    assert (found.total, found.proven, found.left_out) == (450_000_000, True, ())
    assert lines(typed) == [
        "D5 60 NSTW", "D6 30 NSTW", "E5 40 NST", "E6 20 NST", "G5 120 NSTW", "G6 60 NSTW", "H5 80 NST", "H6 40 NST",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Giai đoạn 2021-2025", "Giai đoạn 2021-2030"),
        ("Thực hiện 2016-2020", "Kế hoạch 2021-2025"),
        ("Kế hoạch 2021-2025", "Nhu cầu 2021-2025"),
    ],
)
def test_other_periods_are_counted_one_by_one(first: str, second: str) -> None:
    typed = (
        f"{HEAD}STT | Nội dung | {first} | {second}\n1 | Đường | 100 | 110\n2 | Cầu | 50 | 70\n | Tổng | 150 | 180\n"
    )
    (found,) = funded(typed)
    assert len(found.left_out) == 1


def test_a_plan_after_a_change_in_short() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | KH 2026 | Điều chỉnh tăng | Điều chỉnh giảm | KH 2026 sau ĐC
         | Tổng | 500 | 70 | -60 | 510
        1 | Đường | 300 | | -60 | 240
        2 | Cầu | 200 | 70 | | 270
    """
    assert lines(typed) == ["F5 240 2026", "F6 270 2026"]
    (found,) = funded(typed)
    assert [column.heading for column in found.left_out] == ["KH 2026", "Điều chỉnh tăng", "Điều chỉnh giảm"]


def test_the_sources_of_a_plan_after_a_change() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Dự toán đã giao | Bổ sung | Dự toán sau điều chỉnh | NSTW | NST
        1 | Đường | 300 | 60 | 360 | 240 | 120
        2 | Cầu | 200 | 70 | 270 | 200 | 70
         | Tổng | 500 | 130 | 630 | 440 | 190
    """
    assert lines(typed) == ["F4 240 NSTW", "F5 200 NSTW", "G4 120 NST", "G5 70 NST"]


def test_what_is_spent_every_year_is_counted_for_all_years() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Kinh phí hằng năm | Số năm | Tổng kinh phí
        1 | Hội nghị | 20 | 5 | 100
        2 | Tập huấn | 10 | 5 | 50
         | Cộng | 30 | | 150
    """
    assert lines(typed) == ["E4 100", "E5 50"]


def test_counts_by_year_are_no_money_beside_amounts_that_have_a_total() -> None:
    typed = f"""{HEAD}
        STT | Chỉ tiêu | Đơn vị | 2026 | 2027 | Kinh phí 2026 | Kinh phí 2027
        1 | Số hộ được hỗ trợ | Hộ | 100 | 120 | 50 | 60
        2 | Số lớp tập huấn | Lớp | 5 | 6 | 25 | 30
         | Tổng | | | | 75 | 90
    """
    assert lines(typed) == ["F4 50 2026", "G4 60 2027", "F5 25 2026", "G5 30 2027"]


def test_levels_are_no_sources_where_the_columns_name_some() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Tổng | Vốn đầu tư | Vốn sự nghiệp của NSTW
         | Tổng số | 300 | 200 | 100
        I | Cấp tỉnh | 100 | 100 |
        II | Cấp huyện | 200 | 100 | 100
        1 | Huyện A | 100 | 50 | 50
        2 | Huyện B | 100 | 50 | 50
    """
    assert lines(typed) == [
        "D5 100 Vốn đầu tư", "D7 50 Vốn đầu tư", "D8 50 Vốn đầu tư",
        "E7 50 Vốn sự nghiệp của NSTW", "E8 50 Vốn sự nghiệp của NSTW",
    ]  # fmt: skip


def test_years_as_plain_rows_above_lists_that_begin_anew() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Tổng số | Ngân sách | Xã hội hóa
         | Tổng cộng | 1000 | 700 | 300
         | Năm 2026 | 400 | 300 | 100
        1 | Đường | 250 | 200 | 50
        2 | Cầu | 150 | 100 | 50
         | Năm 2027 | 600 | 400 | 200
        1 | Chợ | 350 | 250 | 100
        2 | Trường | 250 | 150 | 100
    """
    assert lines(typed) == [
        "D6 200 Ngân sách 2026", "D7 100 Ngân sách 2026", "D9 250 Ngân sách 2027", "D10 150 Ngân sách 2027",
        "E6 50 Xã hội hóa 2026", "E7 50 Xã hội hóa 2026", "E9 100 Xã hội hóa 2027", "E10 100 Xã hội hóa 2027",
    ]  # fmt: skip


def test_the_name_of_a_source_behind_of_which() -> None:
    typed = f"""{HEAD}
        STT | Dự án | Kế hoạch 2026 | <
         | | Tổng | Trong đó NSTW
        1 | Đường | 300 | 200
        2 | Cầu | 100 | 50
         | Tổng | 400 | 250
    """
    assert lines(typed) == ["C5 100 2026 +", "C6 50 2026 +", "D5 200 NSTW 2026", "D6 50 NSTW 2026"]


def test_a_plan_of_public_investment() -> None:
    """The form of a medium-term plan: what a project costs, what it got, what it gets; of all sources and of one."""
    typed = f"""{HEAD}
        TT | Danh mục dự án | Quyết định đầu tư | < | < | Lũy kế vốn bố trí đến hết 2025 | < | Kế hoạch vốn 2026-2030 | < | < | <
         | | Số QĐ | TMĐT | < | Tổng số | Trong đó NSTW | Tổng số | Trong đó: NSTW | < | <
         | | | Tổng số (tất cả các nguồn vốn) | Trong đó: NSTW | | | (tất cả các nguồn vốn) | Tổng số | Trong đó: Thu hồi ứng trước | Thanh toán nợ XDCB
         | TỔNG SỐ | | 1500 | 1200 | 500 | 400 | 900 | 700 | 50 | 20
        A | GIAO THÔNG | | 1000 | 800 | 300 | 250 | 600 | 500 | 50 | 0
        1 | Đường tỉnh 1 | 123/QĐ-UBND | 600 | 500 | 200 | 150 | 350 | 300 | 50 | 0
        2 | Cầu B | 456/QĐ-UBND | 400 | 300 | 100 | 100 | 250 | 200 | 0 | 0
        B | THỦY LỢI | | 500 | 400 | 200 | 150 | 300 | 200 | 0 | 20
        1 | Hồ C | 789/QĐ-UBND | 500 | 400 | 200 | 150 | 300 | 200 | 0 | 20
    """  # noqa: E501
    (found,) = funded(typed)
    assert (found.total, found.proven) == (900_000_000, True)
    assert [column.index for column in found.left_out] == [4, 5, 6, 7]
    assert lines(typed) == ["H8 50 +", "H9 50 +", "H11 100 +", "I8 300 NSTW", "I9 200 NSTW", "I11 200 NSTW"]


def test_parts_under_a_heading_that_is_no_name_of_a_source() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Nhu cầu | Nguồn kinh phí | < | <
         | | | Đã cấp | Lồng ghép | Xin bổ sung
        1 | Đường | 100 | 50 | 20 | 30
        2 | Cầu | 60 | 30 | 10 | 20
         | Tổng | 160 | 80 | 30 | 50
    """
    assert lines(typed) == [
        "D5 50 Đã cấp", "D6 30 Đã cấp", "E5 20 Lồng ghép", "E6 10 Lồng ghép", "F5 30 Xin bổ sung", "F6 20 Xin bổ sung",
    ]  # fmt: skip


def test_years_under_the_names_of_sources() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Dự kiến kinh phí | < | < | < | <
         | | Tổng | Ngân sách tỉnh | < | Nguồn khác | <
         | | | 2026 | 2027 | 2026 | 2027
        1 | Đường | 100 | 40 | 40 | 10 | 10
        2 | Cầu | 50 | 20 | 20 | 5 | 5
         | Tổng | 150 | 60 | 60 | 15 | 15
    """
    assert lines(typed) == [
        "D6 40 Ngân sách tỉnh 2026", "D7 20 Ngân sách tỉnh 2026", "E6 40 Ngân sách tỉnh 2027",
        "E7 20 Ngân sách tỉnh 2027", "F6 10 Nguồn khác 2026", "F7 5 Nguồn khác 2026", "G6 10 Nguồn khác 2027",
        "G7 5 Nguồn khác 2027",
    ]  # fmt: skip


def test_one_label_over_all_years_is_no_source() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Vốn đầu tư | <
         | | 2026 | 2027
        1 | Đường | 40 | 50
        2 | Cầu | 20 | 20
         | Tổng | 60 | 70
    """
    assert lines(typed) == ["C5 40 2026", "D5 50 2027", "C6 20 2026", "D6 20 2027"]


def test_sources_listed_beside_the_amount_of_an_item() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Kinh phí | Phân bổ nguồn vốn | <
         | | | Nguồn | Số tiền
        1 | Đường | 100 | NSTW | 60
         | | | NST | 40
        2 | Cầu | 50 | NST | 50
         | Tổng | 150 | | 150
    """
    assert lines(typed) == ["E5 60 NSTW", "E6 40 NST", "E7 50 NST"]


def test_another_currency_is_not_added() -> None:
    typed = """
        Đơn vị tính: triệu đồng, USD
        STT | Dự án | Tổng vốn | Vốn ODA | < | Vốn đối ứng
         | | | Nguyên tệ (nghìn USD) | Quy đổi |
        1 | Đường | 300 | 10 | 240 | 60
        2 | Cầu | 150 | 5 | 120 | 30
         | Tổng | 450 | 15 | 360 | 90
    """
    assert lines(typed) == ["E4 240 Vốn ODA", "E5 120 Vốn ODA", "F4 60 Vốn đối ứng", "F5 30 Vốn đối ứng"]
    (found,) = funded(typed)
    assert (found.total, found.proven) == (450_000_000, True)


def test_what_has_come_together_by_each_year_is_no_total() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Năm 2026 | Năm 2027 | Tổng
        1 | Duy trì | 30 | 30 | 60
        2 | Mua sắm | 100 | 0 | 100
         | Cộng | 130 | 30 | 160
         | Cộng dồn | 130 | 160 |
    """
    (found,) = funded(typed)
    assert (found.total, found.proven) == (160_000_000, True)
    assert lines(typed) == ["C4 30 2026", "D4 30 2027", "C5 100 2026"]


@pytest.mark.parametrize("place", ["Hưng Yên", "HUNG YEN", "Bảo Yên"])
def test_a_place_is_no_currency(place: str) -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Tổng | Ngân sách trung ương | Ngân sách {place}
        1 | Đường | 100 | 40 | 60
        2 | Cầu | 260 | 80 | 180
         | Tổng | 360 | 120 | 240
    """
    (found,) = funded(typed)
    assert (found.total, found.proven, found.left_out) == (360_000_000, True, ())
