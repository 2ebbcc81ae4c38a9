"""What must hold in a table, told by its layout and borne out by its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.understood import equations, examined

from validators.equations.phrases import amount_in_words, amounts_in_digits, cost_expression, statements

TWO_AXES = """
TT | Nội dung | Tổng cộng | Năm 2024 | < | < | Năm 2025 | < | <
^ | ^ | ^ | Cộng | NSTW | NSĐP | Cộng | NSTW | NSĐP
I | Hạ tầng | 120 | 50 | 20 | 30 | 70 | 40 | 30
1 | Máy chủ | 80 | 30 | 10 | 20 | 50 | 25 | 25
2 | Mạng | 40 | 20 | 10 | 10 | 20 | 15 | 5
 | TỔNG SỐ | 120 | 50 | 20 | 30 | 70 | 40 | 30
"""


def test_years_by_sources() -> None:
    assert equations(examined(TWO_AXES)) == [
        "row-total C3 = D3+G3",
        "row-total C4 = D4+G4",
        "row-total C5 = D5+G5",
        "row-total C6 = D6+G6",
        "row-total D3 = E3+F3",
        "row-total D4 = E4+F4",
        "row-total D5 = E5+F5",
        "row-total D6 = E6+F6",
        "row-total G3 = H3+I3",
        "row-total G4 = H4+I4",
        "row-total G5 = H5+I5",
        "row-total G6 = H6+I6",
        *(f"group-total {column}3 = {column}4+{column}5" for column in "CDEFGHI"),
        *(f"grand-total {column}6 = {column}3" for column in "CDEFGHI"),
    ]


def test_sums_across_that_only_one_amount_bears_out() -> None:
    assert equations(
        examined("""
STT | Nội dung | Năm 2025 | < | Năm 2026 | <
^ | ^ | NSTW | NST | NSTW | NST
I | Tuyên truyền | 30 | 10 | 10 | 20
1 | Hội nghị | 30 | 10 | 10 | 20
 | Tổng cộng | 30 | 10 | 10 | 20
""")
    ) == [
        "group-total C3 = C4", "group-total D3 = D4", "group-total E3 = E4", "group-total F3 = F4",
        "grand-total C5 = C3", "grand-total D5 = D3", "grand-total E5 = E3", "grand-total F5 = F3",
    ]  # fmt: skip


def test_sources_of_a_year_are_not_made_of_those_of_another_year() -> None:
    found = equations(
        examined("""
STT | Nội dung | Năm 2025 | < | Năm 2026 | <
^ | ^ | NSTW | NST | NSTW | NST
1 | Hội nghị | 10 | 20 | 30 | 5
2 | Tập huấn | 20 | 20 | 40 | 6
3 | In ấn | 30 | 20 | 50 | 7
""")
    )
    assert found == []


def test_a_year_is_not_made_of_other_years_unless_it_says_so() -> None:
    typed = """
STT | Nội dung | Năm 2024 | Năm 2025 | {heading}
1 | Hội nghị | 10 | 20 | 30
2 | Tập huấn | 30 | 10 | 40
3 | In ấn | 10 | 40 | 50
"""
    assert equations(examined(typed.format(heading="Năm 2026"))) == []
    assert equations(examined(typed.format(heading="Lũy kế đến năm 2026"))) == [
        "row-total E2 = C2+D2", "row-total E3 = C3+D3", "row-total E4 = C4+D4",
    ]  # fmt: skip


def test_a_source_is_not_made_of_others_where_rows_have_it_without_them() -> None:
    found = equations(
        examined("""
STT | Nội dung | NSTW | NST | Xã hội hóa
I | Tuyên truyền | 50 | 100 | 150
1 | Hội nghị | | 50 | 50
2 | In ấn | 50 | |
3 | Website | | 50 | 50
4 | Tập huấn | | | 50
 | Tổng cộng | 50 | 100 | 150
""")
    )
    assert [line for line in found if line.startswith("row-total")] == []


def test_the_total_of_a_year_is_not_made_of_those_of_other_years() -> None:
    found = equations(
        examined("""
STT | Nội dung | Năm 2024 | < | < | Năm 2025 | < | < | Năm 2026 | < | <
^ | ^ | Tổng | NSTW | NST | Tổng | NSTW | NST | Tổng | NSTW | NST
1 | Hội nghị | 20 | 15 | 5 | 10 | 6 | 4 | 30 | 11 | 19
2 | Tập huấn | 10 | 3 | 7 | 30 | 8 | 22 | 40 | 33 | 7
3 | In ấn | 50 | 2 | 48 | 10 | 9 | 1 | 60 | 50 | 10
""")
    )
    assert [line for line in found if " I" in line] == [
        "row-total I3 = J3+K3",
        "row-total I4 = J4+K4",
        "row-total I5 = J5+K5",
    ]


def test_two_columns_of_one_source_are_not_each_a_part_of_the_other() -> None:
    found = equations(
        examined("""
STT | Nội dung | 2021-2025 | < | < | 2026-2030 | < | < | Tổng
^ | ^ | Cộng | NSTW | NST | Cộng | NSTW | NST | ^
1 | Hội nghị | 300 | 200 | 100 | 200 | 100 | 100 | 500
2 | Tập huấn | 150 | 100 | 50 | 250 | 200 | 50 | 400
""")
    )
    assert found == [
        "row-total C3 = D3+E3", "row-total C4 = D4+E4", "row-total F3 = G3+H3", "row-total F4 = G4+H4",
        "row-total I3 = C3+F3", "row-total I4 = C4+F4",
    ]  # fmt: skip


def test_a_column_and_its_parts_are_not_added_up_together() -> None:
    found = equations(
        examined("""
STT | Nội dung | Cộng | Năm 2025 | < | < | Năm 2026
^ | ^ | ^ | Tổng | NSTW | NST | ^
1 | Hội nghị | 70 | 40 | 10 | 30 | 30
2 | Tập huấn | 130 | 80 | 30 | 50 | 50
3 | In ấn | 75 | 50 | 25 | 25 | 25
""")
    )
    assert found == [
        "row-total C3 = D3+G3", "row-total C4 = D4+G4", "row-total C5 = D5+G5",
        "row-total D3 = E3+F3", "row-total D4 = E4+F4", "row-total D5 = E5+F5",
    ]  # fmt: skip


def test_what_the_line_of_column_numbers_states() -> None:
    assert equations(
        examined("""
TT | Nội dung | Dư đầu năm | Vay | Trả | Dư cuối năm
A | B | 1 | 2 | 3 | 4=1+2-3
1 | Vay trong nước | 131400 | 30000 | 46600 | 114800
2 | Vay lại | 287570 | 77155 | 12056 | 352669
""")
    ) == ["row-total F3 = C3+D3-E3", "row-total F4 = C4+D4-E4"]


def test_remaining_is_planned_less_done_and_running_totals() -> None:
    assert equations(
        examined("""
TT | Lĩnh vực | Quý I | Quý II | 6 tháng | Quý III | Lũy kế 9 tháng
1 | Đất đai | 1240 | 1865 | 3105 | 2130 | 5235
2 | Xây dựng | 865 | 912 | 1777 | 1045 | 2822
3 | Giao thông | 2310 | 2458 | 4768 | 2596 | 7364
""")
    ) == [
        "row-total E2 = C2+D2", "row-total E3 = C3+D3", "row-total E4 = C4+D4",
        "row-total G2 = E2+F2", "row-total G3 = E3+F3", "row-total G4 = E4+F4",
    ]  # fmt: skip


def test_totals_on_top_and_sources_below_them() -> None:
    assert equations(
        examined("""
STT | Hạng mục | Tổng số | Năm 2023 | Năm 2024
 | TỔNG CỘNG | 284 | 118 | 166
 | Nguồn kinh phí: | | |
 | - Ngân sách tỉnh | 200 | 88 | 112
 | - Doanh nghiệp đóng góp | 84 | 30 | 54
I | Vùng nguyên liệu | 160 | 45 | 115
II | Chế biến | 124 | 73 | 51
""")
    )[5:] == [
        "breakdown-total C2 = C4+C5",
        "breakdown-total D2 = D4+D5",
        "breakdown-total E2 = E4+E5",
        "grand-total C2 = C6+C7",
        "grand-total D2 = D6+D7",
        "grand-total E2 = E6+E7",
    ]


def test_of_which_lines_that_need_not_be_all() -> None:
    assert equations(
        examined("""
STT | Nội dung | Tổng | Tỉnh | Huyện
1 | Chi đầu tư | 1000 | 600 | 400
 | Trong đó: chi giáo dục | 300 | 200 | 100
2 | Chi khác | 500 | 200 | 300
 | Cộng | 1500 | 800 | 700
""")
    ) == [
        "row-total C2 = D2+E2", "row-total C3 = D3+E3", "row-total C4 = D4+E4", "row-total C5 = D5+E5",
        "grand-total C5 = C2+C4", "grand-total D5 = D2+D4", "grand-total E5 = E2+E4",
    ]  # fmt: skip


def test_a_line_alone_that_is_half_of_its_row_is_in_doubt_and_not_counted_twice() -> None:
    found = equations(
        examined("""
STT | Nội dung | Tổng | 2024 | 2025
1 | Trường học | 100 | 60 | 40
 | - Xây lắp | 50 | 30 | 20
2 | Trạm y tế | 80 | 40 | 40
 | Tổng cộng | 180 | 100 | 80
""")
    )
    assert [line for line in found if line.startswith("group-total")] == [
        "group-total C2 = C3 ?", "group-total D2 = D3 ?", "group-total E2 = E3 ?",
    ]  # fmt: skip


def test_totals_of_totals_and_sums_over_merged_columns() -> None:
    assert equations(
        examined("""
TT | Hạng mục | Năm 2021 | < | Năm 2022 | <
^ | ^ | Trung ương | Địa phương | Trung ương | Địa phương
I | Sở Công Thương | | | |
1 | Tập huấn | 42 | 18 | 42 | 18
2 | Sàn | | 20 | | 20
II | Tổng số tiền theo nguồn | 42 | 38 | 42 | 38
III | Tổng số tiền từng năm | 80 | < | 80 | <
IV | Tổng số tiền 2 năm | 160 | < | < | <
""")
    ) == [
        "grand-total C6 = C4", "grand-total D6 = D4+D5", "grand-total E6 = E4", "grand-total F6 = F4+F5",
        "grand-total C7 = C6+D6", "grand-total E7 = E6+F6", "grand-total C8 = C7+E7",
    ]  # fmt: skip


def test_a_total_that_says_what_it_adds_up_and_a_tax() -> None:
    assert equations(
        examined("""
STT | Nội dung | Thành tiền
I | Thiết bị | 2823
II | Phần mềm | 1230
A | Cộng trước thuế (I+II) | 4053
B | Thuế giá trị gia tăng | 405
 | TỔNG CỘNG (A+B) | 4458
""")
    ) == ["grand-total C4 = C2+C3", "grand-total C6 = C4+C5"]


def test_products_in_their_units_with_words_and_merged_quantities() -> None:
    assert equations(
        examined("""
TT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (triệu đồng)
1 | Giảng viên | 02 người x 2 buổi | 1.000.000đ/ buổi | 4
2 | Phần mềm | 10 doanh nghiệp | 25000000 | 250
3 | Chatbot | ^ | 15000000 | 150
 | Cộng | | | 404
""")
    ) == [
        "grand-total E5 = SUM(E2:E4)",
        "unit-cost E2 = D2*C2*0.000001",
        "unit-cost E3 = D3*C3*0.000001",
        "unit-cost E4 = D4*C3*0.000001",
    ]


def test_a_blank_quantity_is_no_factor_where_the_amounts_say_so() -> None:
    assert equations(
        examined("""
TT | Nội dung | Số người | Số ngày | Đơn giá | Thành tiền
1 | Ăn | 20 | 2 | 150 | 6000
2 | Tài liệu | 20 | | 30 | 600
3 | Hoa | 2 | | 400 | 800
 | Cộng | | | | 7400
""")
    ) == [
        "grand-total F5 = SUM(F2:F4)", "unit-cost F2 = E2*C2*D2", "unit-cost F3 = E3*C3", "unit-cost F4 = E4*C4",
    ]  # fmt: skip


def test_a_formula_states_the_scale_of_its_product() -> None:
    assert equations(
        examined("""
TT | Nội dung | Số lượng | Đơn giá | Thành tiền
1 | Giảng viên | 3 | 500000 | =C2*D2 => 1500000
2 | Lớp học | 4 | 60 | =C3*D3*1000000 => 240000000
3 | Tài liệu | 20 | 30000 | 600000
 | Cộng | | | 242100000
""")
    ) == ["grand-total E5 = SUM(E2:E4)", "unit-cost E2 = D2*C2", "unit-cost E3 = D3*C3*1000000", "unit-cost E4 = D4*C4"]


def test_a_source_that_pays_all_of_some_rows_is_not_their_product() -> None:
    found = equations(
        examined("""
TT | Nội dung | Số lượng | Đơn giá | Thành tiền | Ngân sách tỉnh | Ngân sách xã
1 | Đường | 2 | 1500 | 3000 | 2000 | 1000
2 | Cầu | 1 | 800 | 800 | 800 |
 | Cộng | | | 3800 | 2800 | 1000
""")
    )
    assert [each for each in found if each.startswith("unit-cost")] == ["unit-cost E2 = D2*C2", "unit-cost E3 = D3*C3"]


def test_texts_that_state_amounts() -> None:
    assert equations(
        examined("""
(Tổng dự toán: 1.530 triệu đồng) | | |
Đơn vị tính: triệu đồng | | |
STT | Nội dung | Kinh phí | <
^ | ^ | Tổng | NS tỉnh
1 | Tập huấn (6 lớp x 60tr/lớp) | 360 | 360
2 | Hội nghị | 1170 | 1170
 | Tổng cộng | 1530 | 1530
Bằng chữ: Một tỷ năm trăm ba mươi triệu đồng. | | |
- NS tỉnh: Một tỷ năm trăm ba mươi triệu đồng. | | |
""")
    )[-4:] == [
        "amount-in-words A8 = C7",
        "amount-in-words A9 = D7",
        "tables-disagree A1 = C7*1000000",
        "cost-expression B5 = C5",
    ]


def test_a_summary_and_its_details_in_other_units() -> None:
    checked = examined(
        {
            "Tổng hợp": """
Đơn vị tính: triệu đồng | |
STT | Nội dung | Tổng cộng
1 | Đào tạo nguồn nhân lực số | 650
2 | Nâng cấp hạ tầng mạng | 1200
 | Tổng cộng | 1850
""",
            "Đào tạo": """
Chi tiết: Đào tạo nguồn nhân lực số | |
Đơn vị tính: đồng | |
STT | Nội dung | Thành tiền
1 | Giảng viên | 600000000
2 | Tài liệu | 50000000
 | Cộng | 650000000
""",
            "Hạ tầng": """
Chi tiết: Nâng cấp hạ tầng mạng | |
Đơn vị tính: đồng | |
STT | Nội dung | Thành tiền
1 | Thiết bị | 1150000000
2 | Lắp đặt | 50000000
 | Cộng | 1200000000
""",
        }
    )
    assert equations(checked)[-2:] == [
        "tables-disagree C3 = 'Đào tạo'!C6*0.000001",
        "tables-disagree C4 = 'Hạ tầng'!C6*0.000001",
    ]


def test_figures_that_bear_no_sum_out_are_in_doubt_or_in_none() -> None:
    assert (
        equations(
            examined("""
STT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025
1 | Sản lượng | tấn | 1200 | 1300
1.1 | Lúa | ha | 800 | 900
1.2 | Tỷ lệ che phủ | % | 42 | 43
""")
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Tập huấn (6 lớp x 60tr/lớp)", "360000000"),
        ("30.000.000 VNĐ/năm x 5 năm", "150000000"),
        ("Hội nghị (2 buổi x 3.000.000đ + 1 buổi x 500.000đ)", "6500000"),
        ("Nước uống (150 người)", None),
        ("Hỗ trợ 10 đơn vị", None),
    ],
)
def test_cost_expressions(text: str, amount: str | None) -> None:
    assert cost_expression(text) == (None if amount is None else Decimal(amount))


def test_equations_and_amounts_within_one_text() -> None:
    (statement,) = statements("- Kinh phí: 30.000.000 VNĐ/năm x 5 năm = 105.000.000 VNĐ.")
    assert (statement.computed, statement.stated) == (150000000, 105000000)
    found = amounts_in_digits("Tổng 15,8 tỷ đồng; ngân sách 5.810 triệu đồng; 12 người")
    assert [stated.amount for stated in found] == [15800000000, 5810000000]
    stated = amount_in_words("- Nguồn khác: Chín tỷ chín trăm chín mươi triệu đồng.")
    assert stated is not None
    assert (stated.amount, stated.label) == (9990000000, "Nguồn khác")
    assert amount_in_words("Sở Công Thương: chủ trì") is None
