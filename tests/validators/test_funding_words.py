"""Columns of words that say the source and the agency of each row, also where a row only points to the one above."""

from __future__ import annotations

import pytest
from support.funded import HEAD, funded, lines

from validators.tables.wording import is_ditto


def said(typed: str) -> list[tuple[str, str, str | None, str | None]]:
    """Of each amount its cell, item, agency and source."""
    (found,) = funded(typed)
    return [(leaf.place.address, f"{leaf.number} {leaf.item}", leaf.agency, leaf.source) for leaf in found.leaves]


def test_the_agency_and_the_source_of_the_row_above() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Đơn vị | Kinh phí | Nguồn vốn
        1 | Phần mềm | Sở Nội vụ | 500 | Ngân sách tỉnh
        2 | Tập huấn | nt | 100 | Như trên
        3 | Hội nghị | ” | 50 | -nt-
        4 | Máy móc | Sở Tài chính | 30 | Xã hội hóa
        5 | Xe | // | 20 | -
         | Tổng cộng | | 700 |
    """
    assert said(typed) == [
        ("D4", "1 Phần mềm", "Sở Nội vụ", "Ngân sách tỉnh"),
        ("D5", "2 Tập huấn", "Sở Nội vụ", "Ngân sách tỉnh"),
        ("D6", "3 Hội nghị", "Sở Nội vụ", "Ngân sách tỉnh"),
        ("D7", "4 Máy móc", "Sở Tài chính", "Xã hội hóa"),
        ("D8", "5 Xe", "Sở Tài chính", None),
    ]


def test_a_first_row_that_points_to_none_says_nothing() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Đơn vị | Kinh phí
        1 | Phần mềm | nt | 500
        2 | Tập huấn | Sở Nội vụ | 100
         | Tổng cộng | | 600
    """
    assert said(typed) == [("D4", "1 Phần mềm", None, None), ("D5", "2 Tập huấn", "Sở Nội vụ", None)]


@pytest.mark.parametrize("text", ["nt", "NT", "n.t", "Như trên", "- nt -", "”", "''", "〃", '- " -', "//"])
def test_marks_for_the_cell_above(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "–", "NTM", "nt 2", "Như trên đã nêu", "/"])
def test_other_texts(text: str) -> None:
    assert not is_ditto(text)


def test_a_row_that_only_names_a_further_source_goes_on_with_the_item_above() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Đơn vị | Nguồn | Năm 2026 | Năm 2027 | Cộng
        I | Chuyển đổi số | | | 180 | 190 | 370
        1 | Số hóa hồ sơ | Sở Nội vụ | NSTW | 100 | 100 | 200
         | | | NSĐP | 50 | 50 | 100
        2 | Đào tạo | Sở Y tế | NSTW | 20 | 30 | 50
         | | | NSĐP | 10 | 10 | 20
         | Tổng cộng | | | 180 | 190 | 370
    """
    first, second = ("1 Số hóa hồ sơ", "Sở Nội vụ"), ("2 Đào tạo", "Sở Y tế")
    assert said(typed) == [
        ("E5", *first, "NSTW"), ("F5", *first, "NSTW"), ("E6", *first, "NSĐP"), ("F6", *first, "NSĐP"),
        ("E7", *second, "NSTW"), ("F7", *second, "NSTW"), ("E8", *second, "NSĐP"), ("F8", *second, "NSĐP"),
    ]  # fmt: skip


def test_a_column_headed_don_vi_may_hold_agencies_or_units_of_measure() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Đơn vị | Số lượng | Kinh phí
        1 | Máy tính | Bộ | 10 | 200
        2 | Tập huấn | Lớp | 2 | 100
         | Tổng cộng | | | 300
    """
    assert said(typed) == [("E4", "1 Máy tính", None, None), ("E5", "2 Tập huấn", None, None)]


def test_agencies_of_the_rows_under_one_number() -> None:
    """Written once and not merged; a reserve under no number is no agency's."""
    typed = f"""{HEAD}
        STT | Đơn vị | Nội dung | Kinh phí
        1 | Sở Công Thương | Hội chợ | 100
         | | Kết nối cung cầu | 50
        2 | Sở NN&PTNT | Mô hình OCOP | 200
         | | Chuỗi liên kết | 70
         | | Dự phòng | 30
         | Tổng cộng | | 450
    """
    assert said(typed) == [
        ("D4", "1 Hội chợ", "Sở Công Thương", None),
        ("D5", " Kết nối cung cầu", "Sở Công Thương", None),
        ("D6", "2 Mô hình OCOP", "Sở NN&PTNT", None),
        ("D7", " Chuỗi liên kết", "Sở NN&PTNT", None),
        ("D8", " Dự phòng", None, None),
    ]


@pytest.mark.parametrize("head", ["Năm thực hiện", "Năm", "Niên độ ngân sách"])
def test_a_column_of_years_says_the_year_of_each_row(head: str) -> None:
    typed = f"""{HEAD}
        STT | Nội dung | {head} | Kinh phí
        1 | Dự án A | 2021 | 100
        2 | Dự án B | Năm 2022 | 200
        3 | Dự án C | 2022-2023 | 300
         | Tổng | | 600
    """
    assert lines(typed) == ["D4 100 2021", "D5 200 2022", "D6 300"]


def test_the_time_of_an_item_is_not_the_year_of_its_money() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Thời gian hoàn thành | Kinh phí
        1 | Dự án A | 2025 | 100
        2 | Dự án B | 2024 | 200
         | Tổng | | 300
    """
    assert lines(typed) == ["D4 100", "D5 200"]


def test_numbers_that_stand_before_the_wording_under_one_number() -> None:
    typed = f"""{HEAD}
        STT | Mục tiêu | Hoạt động | Kinh phí
        1 | Nâng cao năng lực | 1.1. Tập huấn | 100
         | | 1.2. Học tập kinh nghiệm | 200
        2 | Truyền thông | 2.1. Phóng sự | 50
         | Tổng | | 350
    """
    assert [item for _, item, _, _ in said(typed)] == ["1.1. Tập huấn", "1.2. Học tập kinh nghiệm", "2.1. Phóng sự"]
    (found,) = funded(typed)
    assert (found.total, found.proven) == (350_000_000, True)


def test_a_row_that_only_names_a_further_year_goes_on_with_the_item_above() -> None:
    """That the second year of the last item has as much as the first is no breakdown of it."""
    typed = f"""{HEAD}
        STT | Nội dung | Năm | Tổng | NSNN | DN
        1 | Hội chợ | 2026 | 50 | 30 | 20
         | | 2027 | 60 | 40 | 20
        2 | Tập huấn | 2026 | 10 | 10 |
         | | 2027 | 10 | 10 |
         | Tổng | | 130 | 90 | 40
    """
    assert lines(typed) == [
        "E4 30 NSNN 2026", "E5 40 NSNN 2027", "E6 10 NSNN 2026", "E7 10 NSNN 2027", "F4 20 DN 2026", "F5 20 DN 2027",
    ]  # fmt: skip
    assert [item for _, item, _, _ in said(typed)] == [
        "1 Hội chợ", "1 Hội chợ", "2 Tập huấn", "2 Tập huấn", "1 Hội chợ", "1 Hội chợ",
    ]  # fmt: skip


def test_what_does_not_come_from_the_budget_is_a_source_too() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | 2026 | 2027
        I | Ngân sách nhà nước | 100 | 110
        1 | Trung ương | 60 | 70
        2 | Tỉnh | 40 | 40
        II | Ngoài ngân sách | 20 | 20
         | Tổng | 120 | 130
    """
    assert [(place, source) for place, _, _, source in said(typed)] == [
        ("C5", "Ngân sách nhà nước"), ("D5", "Ngân sách nhà nước"), ("C6", "Ngân sách nhà nước"),
        ("D6", "Ngân sách nhà nước"), ("C7", "Ngoài ngân sách"), ("D7", "Ngoài ngân sách"),
    ]  # fmt: skip


def test_rows_of_money_from_sources() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Kinh phí
        1 | Kinh phí từ nguồn ngân sách tỉnh | 100
        2 | Kinh phí từ ngân sách huyện | 50
        3 | Kinh phí huy động từ doanh nghiệp | 30
         | Tổng | 180
    """
    assert [source for _, _, _, source in said(typed)] == [
        "Kinh phí từ nguồn ngân sách tỉnh", "Kinh phí từ ngân sách huyện", "Kinh phí huy động từ doanh nghiệp",
    ]  # fmt: skip
