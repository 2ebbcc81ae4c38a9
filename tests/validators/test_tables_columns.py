"""Headers of one to four levels: the role, year, source and unit of each column."""

from __future__ import annotations

import pytest
from support.understood import roles, tables

from budget.money import Unit
from validators.tables.model import Role
from validators.tables.units import is_misspelt, read_unit, stated_unit


def test_sources_below_one_label() -> None:
    (table,) = tables("""
STT | Nội dung | Thời gian thực hiện | Kinh phí (triệu đồng) | < | < | Đơn vị thực hiện | Mục tiêu | Ghi chú
^ | ^ | ^ | Tổng | NS tỉnh | Nguồn khác | ^ | ^ | ^
1 | Tập huấn | 2021-2025 | 570 | 230 | 340 | Sở Công Thương | Nâng cao kỹ năng | x
2 | Hội nghị | 2022 | 150 | 50 | 100 | Sở Công Thương | Phổ biến | x
""")
    assert roles(table) == (
        "A number, B content, C schedule, D total, E source, F source, G agency, H objective, I note"
    )
    assert [column.source for column in table.columns[4:6]] == ["ns tỉnh", "nguồn khác"]
    assert (table.unit, table.unit_text) == (Unit.MILLION, "triệu đồng")
    assert str(table.area) == "A1:I4"


def test_periods_are_words_and_no_figures() -> None:
    (table,) = tables("""
STT | Nhiệm vụ | Thời gian | Kinh phí
1 | Bài báo | Hằng năm | 10
2 | Pano | 2026-2028 | 20
3 | Tập huấn | 2026, 2028 | 5
""")
    assert roles(table) == "A number, B content, C schedule, D amount"


def test_sources_within_years_typed_without_merges() -> None:
    (table,) = tables("""
TT | Hạng mục | Kinh phí (triệu đồng) | | |
 | | Năm 2021 | | Năm 2022 |
 | | Trung ương | Địa phương | Trung ương | Địa phương
1 | Tập huấn | 42 | 18 | 42 | 18
2 | Sàn thương mại điện tử | 60 | 20 | 60 | 20
""")
    assert roles(table) == "A number, B content, C source-year, D source-year, E source-year, F source-year"
    assert [(column.year, column.source) for column in table.amounts] == [
        (2021, "trung ương"), (2021, "địa phương"), (2022, "trung ương"), (2022, "địa phương")
    ]  # fmt: skip
    assert table.column_at[6].path == ("Kinh phí (triệu đồng)", "Năm 2022", "Địa phương")


def test_pairs_of_quantity_and_value_in_each_year() -> None:
    (table,) = tables("""
STT | Nội dung | ĐVT | Đơn giá (đồng) | Năm 2024 | < | Năm 2025 | < | Bắt đầu | Kết thúc
^ | ^ | ^ | ^ | Số lượng | Kinh phí | Số lượng | Kinh phí | ^ | ^
1 | Máy tính | bộ | 15000000 | 2 | 30000000 | 3 | 45000000 | 2024 | 2025
2 | Máy in | cái | 5000000 | 1 | 5000000 | 2 | 10000000 | 2024 | 2025
""")
    assert roles(table) == (
        "A number, B content, C measure, D unit-price, E quantity, F year, G quantity, H year, I start, J end"
    )
    assert [column.year for column in table.of_role(Role.QUANTITY)] == [2024, 2025]


def test_ratios_codes_and_columns_that_count_themselves() -> None:
    (table,) = tables("""
STT | Nội dung | Mã số | Dự toán | Quyết toán | So sánh | <
^ | ^ | ^ | ^ | ^ | Tuyệt đối | Tương đối (%)
A | B | C | 1 | 2 | 3=2-1 | 4=2/1
1 | Chi quốc phòng | 7012345 | 4125 | 4387 | 262 | 106.4
2 | Chi y tế | 7012346 | 3120 | 3100 | -20 | 99.4
""")
    assert roles(table) == "A number, B content, C other, D amount, E amount, F amount, G ratio"
    assert table.column_at[6].formula == ((1, 5), (-1, 4))
    assert table.body == (4, 5)


def test_a_unit_line_above_is_no_heading() -> None:
    (table,) = tables("""
PHỤ LỤC | < | < | <
 | | Đơn vị tính: Tiệu đồng | <
STT | Đơn vị | Tổng số | Chi thường xuyên
1 | Sở Y tế | 12500 | 12500
2 | Sở Tài chính | 9800 | 9800
""")
    assert table.column_at[3].path == ("Tổng số",)
    assert (table.unit, table.unit_text, table.unit_cell) == (Unit.MILLION, "Tiệu đồng", (2, 3))


def test_tables_side_by_side() -> None:
    left, right = tables("""
Nội dung thu | Dự toán | Nội dung chi | Dự toán
Tổng số thu | 7597 | Tổng số chi | 7597
Phí, lệ phí | 1597 | Chi đầu tư | 2597
Thu bổ sung | 6000 | Chi thường xuyên | 5000
""")
    assert (str(left.area), str(right.area)) == ("A1:B4", "C1:D4")
    assert [row.label for row in right.rows] == ["Tổng số chi", "Chi đầu tư", "Chi thường xuyên"]


def test_stacked_tables_and_headers_repeated_by_page_breaks() -> None:
    first, second = tables("""
1. Tập huấn
STT | Nội dung | Số tiền
1 | Thuê hội trường | 7500000
2 | Nước uống | 3000000

STT | Nội dung | Số tiền
3 | Tài liệu | 1500000
 | Cộng | 12000000
2. Hội nghị
STT | Nội dung | Thành tiền
1 | Trang trí | 2000000
 | Cộng | 2000000
Người lập biểu
""")
    assert (str(first.area), str(second.area)) == ("A2:C8", "A10:C12")
    assert [row.index for row in first.rows] == [3, 4, 7, 8]
    assert second.above == {(9, 1): "2. Hội nghị"}
    assert second.below == {(13, 1): "Người lập biểu"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Đơn vị tính: triệu đồng", Unit.MILLION),
        ("ĐVT: Tiệu đồng", Unit.MILLION),
        ("Đơn vị: Triệu dồng", Unit.MILLION),
        ("Triệu đổng", Unit.MILLION),
        ("Tr đồng", Unit.MILLION),
        ("(Đvt: 1.000 đồng)", Unit.THOUSAND),
        ("Kinh phí cho 5 năm (2011 - 2015) (VNĐ)", Unit.DONG),
        ("ĐVT: tỷ đồng", Unit.BILLION),
        ("Đơn vị: Sở Công Thương", None),
        ("Đơn vị tính", None),
        ("Bộ", None),
    ],
)
def test_units_misspelt_ones_too_but_no_organisations(text: str, unit: Unit | None) -> None:
    stated = stated_unit(text)
    assert (stated[0] if stated else None) == unit


def test_which_spellings_are_nobodys() -> None:
    assert [is_misspelt(text) for text in ("Triệu đồng", "tr.đ", "Tiệu đồng", "Triệu dồng")] == [
        False, False, True, True
    ]  # fmt: skip
    assert read_unit("cái") is None
