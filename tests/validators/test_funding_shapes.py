"""What is counted in tables of many shapes, and what is said of each amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.funded import HEAD, funded, in_millions, leaf_lines, lines, table_lines
from support.understood import examined

from budget.money import Unit
from budget.rollup import By
from validators.funding import funding, leaves
from validators.funding.saying import source_name


def test_of_which_lines_that_are_not_all_leave_a_rest() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Hội nghị | 100
         | Trong đó: Ngân sách tỉnh | 60
        2 | Tập huấn | 50
         | Tổng cộng | 150
    """
    )
    assert lines(typed) == ["C4 40 +", "C5 60 Ngân sách tỉnh", "C6 50"]
    (found,) = funded(typed)
    assert (found.total, found.proven) == (Decimal(150_000_000), True)
    rest = found.leaves[0]
    assert [(sign, place.address) for sign, place in rest.less] == [(1, "C5")]


def test_of_which_lines_that_exceed_their_row_are_not_believed() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Hội nghị | 100
         | Trong đó: Ngân sách tỉnh | 160
        2 | Tập huấn | 50
         | Tổng cộng | 150
    """
    )
    assert lines(typed) == ["C4 100", "C6 50"]


def test_of_which_lines_that_say_nothing_of_the_source_change_nothing() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Hội nghị | 100
         | Trong đó: thuê hội trường | 60
        2 | Tập huấn | 50
         | Tổng cộng | 150
    """
    )
    assert lines(typed) == ["C4 100", "C6 50"]


def test_a_total_that_one_row_does_not_split() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Tổng số | NSTW | NSĐP
        1 | Hội nghị tuyên truyền | 100 | 60 | 40
        2 | Tập huấn | 50 | |
        3 | In ấn | 30 | 30 |
        4 | Khảo sát | 20 | 10 | 10
         | Tổng cộng | 200 | 100 | 50
    """
    )
    assert lines(typed) == ["C5 50", "D4 60 NSTW", "D6 30 NSTW", "D7 10 NSTW", "E4 40 NSĐP", "E7 10 NSĐP"]


def test_a_total_of_which_the_header_names_one_source() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Tổng số | Trong đó: NSTW
        1 | Hội nghị tuyên truyền | 100 | 60
        2 | Tập huấn | 50 |
         | Tổng cộng | 150 | 60
    """
    )
    assert lines(typed) == ["C4 40 +", "C5 50", "D4 60 NSTW"]


SPLIT_BELOW = (
    HEAD
    + """
    STT | Nội dung | Kinh phí | Đơn vị thực hiện
    1 | Hội nghị | 100 | Sở Công Thương
    2 | Tập huấn | 50 | ^
    3 | In ấn | 70 | Sở Tài chính
     | Tổng cộng | 220 |
     | Trong đó: - Ngân sách tỉnh | 150 |
     | - Xã hội hóa | 70 |
"""
)


def test_the_sources_of_the_total_count_where_the_items_name_none() -> None:
    assert lines(SPLIT_BELOW, By.SOURCE) == ["C8 150 Ngân sách tỉnh", "C9 70 Xã hội hóa"]


def test_the_items_count_where_agencies_are_asked_for() -> None:
    assert lines(SPLIT_BELOW, By.AGENCY) == ["C4 100 Sở Công Thương", "C5 50 Sở Công Thương", "C6 70 Sở Tài chính"]


def test_a_total_that_is_wrong_is_no_total_of_the_entries() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Hội nghị | 100
        2 | Tập huấn | 50
        3 | In ấn | 70
         | Tổng cộng | 230
    """
    )
    (found,) = funded(typed)
    assert leaf_lines(found.leaves) == ["C4 100", "C5 50", "C6 70"]
    assert (found.difference, found.proven) == (Decimal(-10_000_000), False)


def test_a_group_without_a_source_that_its_items_lack() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | NSTW | NSĐP | Xã hội hóa
        1 | Vận hành sàn | 240 | 915 | 100
        a | Máy chủ | | 165 |
        b | Duy trì | 240 | 750 |
        2 | Đào tạo | 160 | 400 |
         | Tổng cộng | 400 | 1315 | 100
    """
    )
    assert in_millions(leaves(funded(typed)), By.SOURCE) == {
        "NSTW": [Decimal(400)],
        "NSĐP": [Decimal(1315)],
        "Xã hội hóa": [Decimal(100)],
    }
    assert "E4 100 Xã hội hóa" in lines(typed)


def test_rows_that_are_years() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Ngân sách tỉnh | Xã hội hóa | Cộng
        I | Năm 2026 | 150 | 10 | 160
        1 | Hội nghị | 100 | 5 | 105
        2 | Tập huấn | 50 | 5 | 55
        II | Năm 2027 | 70 | | 70
        1 | In ấn | 70 | | 70
         | Tổng cộng | 220 | 10 | 230
    """
    )
    assert in_millions(leaves(funded(typed)), By.SOURCE, By.YEAR) == {
        "": [2026, 2027],
        "Ngân sách tỉnh": [Decimal(150), Decimal(70)],
        "Xã hội hóa": [Decimal(10), Decimal(0)],
    }


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        ("DỰ TOÁN KINH PHÍ NĂM 2026", 2026),
        ("Kế hoạch vốn năm 2026:", 2026),
        ("KINH PHÍ NĂM 2026 CỦA XÃ AN HẢI\n(Kèm theo Quyết định số 5/QĐ-UBND ngày 03/02/2025 của UBND xã)", 2026),
        ("KINH PHÍ GIAI ĐOẠN 2026-2030", None),
        ("KINH PHÍ ĐẾN NĂM 2030", None),
        ("KẾT QUẢ NĂM 2025 VÀ DỰ TOÁN NĂM 2026", None),
        ("Năm 2025 tỉnh đã hỗ trợ các xã.", None),
        ("(Kèm theo Kế hoạch năm 2026)", None),
    ],
)
def test_the_year_of_the_title(titles: str, year: int | None) -> None:
    typed = f"{titles}\n{HEAD}STT | Nội dung | Kinh phí\n1 | Hội nghị | 100\n2 | Tập huấn | 50\n | Cộng | 150"
    assert [leaf.year for leaf in leaves(funded(typed))] == [year, year]


def test_the_year_of_the_title_is_not_that_of_a_column() -> None:
    typed = "DỰ TOÁN NĂM 2026\nSTT | Nội dung | Năm 2025 | Năm 2026\n1 | Hội nghị | 100 | 110\n2 | Tập huấn | 50 | 60"
    assert [leaf.year for leaf in leaves(funded(typed))] == [2025, 2026, 2025, 2026]


def test_rows_that_are_sources() -> None:
    typed = (
        HEAD
        + """
        STT | Nguồn vốn | Năm 2026 | Năm 2027
        1 | Ngân sách trung ương | 100 | 5
        2 | Kinh phí từ ngân sách địa phương | 50 | 5
         | Tổng cộng | 150 | 10
    """
    )
    assert lines(typed) == [
        "C4 100 Ngân sách trung ương 2026",
        "D4 5 Ngân sách trung ương 2027",
        "C5 50 Kinh phí từ ngân sách địa phương 2026",
        "D5 5 Kinh phí từ ngân sách địa phương 2027",
    ]


def test_a_column_of_words_that_name_the_source_of_each_row() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Kinh phí | Nguồn vốn
        I | Khảo sát | 70 |
        1 | Đo đạc | 50 | Ngân sách huyện
        2 | Báo cáo | 20 | NS tỉnh
        II | Thi công | 450 | ODA
         | Tổng cộng | 520 |
    """
    assert lines(typed) == ["C5 50 Ngân sách huyện", "C6 20 NS tỉnh", "C7 450 ODA"]
    other = typed.replace("Nguồn vốn", "Nguồn").replace("Ngân sách huyện", "báo giá").replace("ODA", "sổ tay")
    assert lines(other) == ["C5 50", "C6 20", "C7 450"]


def test_items_that_only_sound_like_sources() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Nguồn nhân lực chất lượng cao | 100
        2 | Hỗ trợ doanh nghiệp | 50
        3 | Xã hội hóa giáo dục | 50
         | Tổng cộng | 200
    """
    )
    assert lines(typed) == ["C4 100", "C5 50", "C6 50"]


def test_columns_of_money_that_are_no_sources() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Tổng số | Trong đó | <
        ^ | ^ | ^ | Hỗ trợ sản xuất | Đào tạo
        1 | Xã An Hải | 100 | 60 | 40
        2 | Xã An Ninh | 50 | 30 | 20
        3 | Xã An Thạch | 70 | 25 | 45
         | Tổng cộng | 220 | 115 | 105
    """
    )
    assert in_millions(leaves(funded(typed)), By.SOURCE) == {"None": [Decimal(220)]}


def test_planned_money_counts_and_not_what_was_spent() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Dự toán | Đã giải ngân
        1 | Hội nghị | 100 | 90
        2 | Tập huấn | 50 | 20
         | Tổng cộng | 150 | 110
    """
    )
    (found,) = funded(typed)
    assert leaf_lines(found.leaves) == ["C4 100", "C5 50"]
    assert [column.heading for column in found.left_out] == ["Đã giải ngân"]


def test_savings_are_taken_off() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        I | Hội nghị | 100
        II | Tập huấn | 50
        III | Tiết kiệm | 15
         | Tổng cộng (I+II-III) | 135
    """
    )
    assert lines(typed) == ["C4 100", "C5 50", "C6 -15"]
    assert table_lines(funded(typed)) == ["Phụ lục A3:C7 135000000 of 135000000"]


def test_a_figure_that_nobody_can_read() -> None:
    typed = """
         | | Đơn vị: đồng
        STT | Nội dung | Kinh phí
        1 | Hội nghị | "150.0000.000"
        2 | Tập huấn | 50000000
    """
    (found,) = funded(typed)
    assert leaf_lines(found.leaves) == ["C4 50000000"]
    assert [place.address for place in found.unread] == ["C3"]
    assert found.stated is None


def test_every_unit_is_counted_in_dong() -> None:
    (found,) = funded("STT | Nội dung | Kinh phí (tỷ đồng)\n1 | Hội nghị | 1.5\n2 | Tập huấn | 0.25\n | Cộng | 1.75")
    assert [(leaf.unit, leaf.figure, leaf.amount) for leaf in found.leaves] == [
        (Unit.BILLION, Decimal("1.5"), Decimal(1_500_000_000)),
        (Unit.BILLION, Decimal("0.25"), Decimal(250_000_000)),
    ]


def test_groups_and_numbers_of_items() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        I | Hội nghị, tập huấn | 150
        1 | Hội nghị | 100
        - | Ngân sách tỉnh | 60
        - | Xã hội hóa | 40
        2 | Tập huấn | 50
         | Tổng cộng | 150
    """
    )
    assert [(leaf.number, leaf.item, leaf.groups) for leaf in leaves(funded(typed))] == [
        ("1", "Hội nghị", ("I Hội nghị, tập huấn",)),
        ("1", "Hội nghị", ("I Hội nghị, tập huấn",)),
        ("2", "Tập huấn", ("I Hội nghị, tập huấn",)),
    ]


def test_agencies_by_heading_and_by_group() -> None:
    headed = (
        HEAD
        + """
        STT | Tên đơn vị | Kinh phí
        1 | Hội Nông dân | 100
        2 | Xã An Hải | 50
        3 | Dự phòng | 10
         | Tổng cộng | 160
    """
    )
    assert lines(headed) == ["C4 100 Hội Nông dân", "C5 50 Xã An Hải", "C6 10"]
    grouped = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        I | Sở Công Thương |
        1 | Hội nghị tổng kết | 100
        II | Ban Dân tộc | 50
        1 | Ban hành văn bản | 30
        2 | Trường học | 20
         | Tổng cộng | 150
    """
    )
    assert lines(grouped) == ["C5 100 Sở Công Thương", "C7 30 Ban Dân tộc", "C8 20 Ban Dân tộc"]


def test_no_table() -> None:
    assert funding(examined("Kính gửi: Sở Tài chính")) == ()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Nguồn kinh phí: - Ngân sách địa phương (30%)", "Ngân sách địa phương"),
        ("Trong đó: NSTW", "NSTW"),
        ("- Chương trình phát triển TMĐT quốc gia (70%)", "Chương trình phát triển TMĐT quốc gia"),
        ("Tỉnh hỗ trợ kinh phí thiết kế ban đầu", "Tỉnh hỗ trợ"),
        ("Doanh nghiệp đóng góp (mỗi năm có 30 doanh nghiệp)", "Doanh nghiệp đóng góp"),
        ("Nguồn vốn ngân sách trung ương", "Nguồn vốn ngân sách trung ương"),
        ("Nguồn vốn:", "Nguồn vốn"),
        ("Nga\u0302n sách tỉnh", "Ngân sách tỉnh"),
        ("(NSTW)", "(NSTW)"),
    ],
)
def test_source_name(label: str, name: str) -> None:
    assert source_name(label) == name


def test_items_of_the_same_amount_are_no_rate() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Kinh phí
        1 | Xã An Hải | 50
        2 | Xã An Ninh | 50
        3 | Xã An Thạch | 50
    """
    )
    assert lines(typed) == ["C4 50", "C5 50", "C6 50"]


def test_a_rate_is_no_money() -> None:
    typed = (
        HEAD
        + """
        STT | Xã | Điểm | Vốn một điểm | Vốn phân bổ
        1 | Xã Tân Lập | 11 | 125.5 | 1380.5
        2 | Xã Đông Quan | 9 | 125.5 | 1129.5
         | Cộng | 20 | 125.5 | 2510
    """
    )
    assert in_millions(leaves(funded(typed)), By.AGENCY) == {
        "Xã Tân Lập": [Decimal("1380.5")],
        "Xã Đông Quan": [Decimal("1129.5")],
    }


def test_hundreds_of_totals_that_carry_each_other() -> None:
    typed = HEAD + "STT | Nội dung | Kinh phí\n"
    for number in range(1, 181):
        typed += f"{number} | Hạng mục {number} | {number + 100}\n | Cộng dồn | {sum(range(101, number + 101))}\n"
    (found,) = funded(typed)
    assert (len(found.leaves), found.difference, found.proven) == (180, 0, True)


def test_what_was_spent_up_to_a_year_and_what_is_left_are_no_amounts_of_one_year() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Tổng mức đầu tư | Lũy kế đến hết 2025 | Kế hoạch 2026 | NSTW | NSĐP | Còn lại
        1 | Đường A | 100 | 40 | 30 | 10 | 20 | 30
        2 | Cầu B | 200 | 50 | 60 | 60 | | 90
         | Tổng cộng | 300 | 90 | 90 | 70 | 20 | 120
    """
    )
    assert lines(typed) == ["F4 10 NSTW 2026", "F5 60 NSTW 2026", "G4 20 NSĐP 2026"]
    (found,) = funded(typed)
    assert (found.total, found.stated, found.proven) == (Decimal(90_000_000), Decimal(90_000_000), True)
    assert [column.heading for column in found.left_out] == ["Tổng mức đầu tư", "Lũy kế đến hết 2025", "Còn lại"]


def test_what_was_spent_before_is_no_part_of_what_is_planned() -> None:
    typed = (
        HEAD
        + """
        STT | Danh mục dự án | Tổng mức đầu tư | Lũy kế vốn đã bố trí đến hết 2020 | Kế hoạch 2021-2025
        1 | Đường A-B | 400 | 100 | 250
        2 | Cầu C | 600 | 100 | 450
         | Tổng số | 1000 | 200 | 700
    """
    )
    assert lines(typed) == ["E4 250", "E5 450"]
    (found,) = funded(typed)
    assert [column.heading for column in found.left_out] == ["Tổng mức đầu tư", "Lũy kế vốn đã bố trí đến hết 2020"]


def test_a_table_of_nothing_but_what_was_spent_up_to_a_year_names_no_year() -> None:
    typed = HEAD + "STT | Nội dung | Lũy kế vốn đến hết năm 2025\n1 | Đường | 100\n2 | Cầu | 50\n | Tổng cộng | 150\n"
    assert lines(typed) == ["C3 100", "C4 50"]


def test_years_of_what_a_project_costs_in_all_are_parts_of_it() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Tổng mức đầu tư | Năm 2026 | Năm 2027
        1 | Đường A | 100 | 40 | 30
        2 | Cầu B | 200 | 50 | 60
         | Tổng cộng | 300 | 90 | 90
    """
    )
    assert lines(typed) == ["C4 30 +", "D4 40 2026", "E4 30 2027", "C5 90 +", "D5 50 2026", "E5 60 2027"]


def test_what_was_spent_in_one_year_is_not_added_to_what_is_planned_for_another() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Thực hiện năm 2023 | Dự toán năm 2024 | So sánh
        1 | Hội nghị | 60 | 70 | 10
        2 | Tập huấn | 40 | 50 | 10
         | Tổng cộng | 100 | 120 | 20
    """
    assert lines(typed) == ["D4 70 2024", "D5 50 2024"]


def test_a_plan_that_was_changed_is_counted_as_it_is_afterwards() -> None:
    typed = f"""{HEAD}
        STT | Nội dung | Kinh phí đã phê duyệt | Điều chỉnh tăng | Điều chỉnh giảm | Kinh phí sau điều chỉnh
        1 | Hội nghị | 60 | 10 | 0 | 70
        2 | Tập huấn | 40 | 0 | 5 | 35
         | Tổng cộng | 100 | 10 | 5 | 105
    """
    assert lines(typed) == ["F4 70", "F5 35"]


def test_a_budget_after_a_change_leaves_out_what_it_was_and_what_changed() -> None:
    typed = (
        HEAD
        + """
        STT | Nội dung | Dự toán giao đầu năm | Bổ sung | Giảm | Dự toán sau điều chỉnh
        1 | Sự nghiệp giáo dục | 500 | 50 | 0 | 550
        2 | Sự nghiệp y tế | 300 | 0 | 20 | 280
         | Tổng | 800 | 50 | 20 | 830
    """
    )
    assert lines(typed) == ["F4 550", "F5 280"]
    (found,) = funded(typed)
    assert [column.heading for column in found.left_out] == ["Dự toán giao đầu năm", "Bổ sung", "Giảm"]
