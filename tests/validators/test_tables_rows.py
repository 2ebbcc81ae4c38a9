"""Which row belongs to which: numbering, wording, looks, and what the figures bear out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.understood import outline, tables

from budget.money import Unit
from validators.grid import CellStyle, GridCell
from validators.tables.model import Form
from validators.tables.numbering import Scheme, follows, leading_mark, parse_number_mark
from validators.tables.numerals import Grouping, figure_of, grouping_of
from validators.tables.wording import is_group_total, is_memo, is_source, is_source_line, is_total, years_in


def test_three_levels_that_begin_anew_in_each_group() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
I | Hạ tầng | 30
1 | Máy chủ | 10
a | Mua sắm | 6
b | Lắp đặt | 4
2 | Đường truyền | 20
II | Đào tạo | 5
1 | Tập huấn | 5
 | Tổng cộng | 35
""")
    assert outline(table) == [
        "2 item", "3 in 2 item", "4 in 3 item", "5 in 3 item", "6 in 2 item", "7 item", "8 in 7 item", "9 total"
    ]  # fmt: skip


def test_letters_above_roman_numbers_and_c_after_b() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
A | Thu | 30
I | Thu nội địa | 30
B | Chi | 20
I | Đầu tư | 15
II | Thường xuyên | 5
C | Bội chi | 4
D | Vay | 3
""")
    assert outline(table) == ["2 item", "3 in 2 item", "4 item", "5 in 4 item", "6 in 4 item", "7 item", "8 item"]


def test_rows_between_the_last_group_and_the_total_are_beside_it_where_the_total_counts_them_so() -> None:
    text = """
STT | Nội dung | Kinh phí
 | Tổng cộng | {total}
I | Giảng viên | 15
1 | Thù lao | 12
2 | Phụ cấp | 3
II | Học viên | {group}
1 | Tiền ăn | 6
2 | Nước uống | 2
{rows}
"""
    rows, parts = " | Dự phòng | 1\n | Làm thêm | 2", ["3 item", "4 in 3 item", "5 in 3 item", "6 item"]
    counted, *_ = tables(text.format(total=26, group=8, rows=rows))
    assert outline(counted)[1:] == [*parts, "7 in 6 item", "8 in 6 item", "9 item", "10 item"]
    counted_below, *_ = tables(text.format(total=26, group=8, rows=f"{rows}\n | Tổng cộng | 26"))
    assert outline(counted_below)[1:] == [*parts, "7 in 6 item", "8 in 6 item", "9 item", "10 item", "11 total"]
    inside, *_ = tables(text.format(total=26, group=11, rows=rows))
    assert outline(inside)[1:] == [*parts, "7 in 6 item", "8 in 6 item", "9 in 6 item", "10 in 6 item"]
    lettered, *_ = tables(text.format(total=27, group=8, rows="B | Thuế | 3\nC | Dự phòng | 1"))
    assert outline(lettered)[1:] == [*parts, "7 in 6 item", "8 in 6 item", "9 item", "10 item"]


def test_dotted_numbers_name_their_parents() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
1 | Hạ tầng | 30
1.1 | Máy chủ | 10
1.1.1 | Mua | 10
1.2 | Mạng | 20
2 | Đào tạo | 5
2.1 | Tập huấn | 5
""")
    assert outline(table) == ["2 item", "3 in 2 item", "4 in 3 item", "5 in 2 item", "6 item", "7 in 6 item"]


def test_source_lines_below_items_and_below_the_total() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
1 | Website | 600
 | Nguồn kinh phí: - Ngân sách địa phương (30%) | 180
 | - Chương trình quốc gia (70%) | 420
2 | Hội chợ | 100
 | - Ngân sách địa phương (100%) | 100
 | Tổng cộng | 700
 | Trong đó: |
 | - Ngân sách địa phương | 280
 | - Chương trình quốc gia | 420
""")
    assert outline(table) == [
        "2 item", "3 in 2 item of which", "4 in 2 item of which", "5 item", "6 in 5 item", "7 total",
        "8 in 7 memo", "9 in 8 item of which", "10 in 8 item of which",
    ]  # fmt: skip


def test_what_a_total_below_is_broken_down_by_is_a_source_in_the_lines_above_it() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
1 | Website | 600
 | - Ngân sách tỉnh | 180
 | - Người dân | 420
2 | Hội chợ | 100
 | - Người dân | 100
 | - Thuê gian hàng | 60
 | Tổng cộng | 700
 | Trong đó: |
 | - Ngân sách tỉnh | 180
 | - Người dân | 520
""")
    assert outline(table) == [
        "2 item", "3 in 2 item", "4 in 2 item", "5 item", "6 in 5 item", "7 in 5 item", "8 total",
        "9 in 8 memo", "10 in 9 item of which", "11 in 9 item of which",
    ]  # fmt: skip
    assert [row.index for row in table.rows if row.list == Scheme.SOURCE] == [3, 4, 6, 10, 11]


def test_bold_capitals_and_indents_where_nothing_is_numbered() -> None:
    (table,) = tables("""
NỘI DUNG | Năm 2024
*CHI THƯỜNG XUYÊN* | 100
*Tiền lương* | 60
"    Lương ngạch bậc" | 40
"    Phụ cấp" | 20
*Hàng hóa* | 40
*CHI KHÁC* | 50
*TỔNG CỘNG* | 150
""")
    assert outline(table) == ["2 item", "3 in 2 item", "4 in 3 item", "5 in 3 item", "6 in 2 item", "7 item", "8 total"]


def test_a_row_without_number_is_a_part_where_the_figures_say_so() -> None:
    part, beside = (
        tables(f"""
STT | Nội dung | Kinh phí
1 | Tuyên truyền | 200
 | Phát thanh, truyền hình | {amount}
2 | Tập huấn | 300
""")[0]
        for amount in (200, 150)
    )
    assert outline(part) == ["2 item", "3 in 2 item", "4 item"]
    assert outline(beside) == ["2 item", "3 item", "4 item"]


@pytest.mark.parametrize("blank", ["", "-"])
def test_a_plain_total_over_all_groups_is_not_that_of_the_last_one(blank: str) -> None:
    (table,) = tables(f"""
STT | Nội dung | NSTW | NST
I | Tuyên truyền | {blank} | {blank}
1 | Hội nghị | 20 | 10
2 | In ấn | 30 |
 | Cộng | 50 | 10
II | Đào tạo | {blank} | {blank}
1 | Tập huấn | 40 | 5
 | Cộng | 40 | 5
 | Cộng | 90 | 15
""")
    assert outline(table) == [
        "2 item", "3 in 2 item", "4 in 2 item", "5 in 2 total", "6 item", "7 in 6 item", "8 in 6 total", "9 total",
    ]  # fmt: skip


def test_groups_without_figures_keep_what_a_total_below_them_adds_up() -> None:
    (table,) = tables("""
Nội dung | Kinh phí
A. Đào tạo |
I. Tập huấn | 20
II. Hội nghị | 30
Cộng mục A | 50
B. Giảm nghèo |
I. Hỗ trợ nhà ở | 40
Cộng mục B | 40
Tổng cộng (A+B) | 90
""")
    assert outline(table)[:3] == ["2 item", "3 in 2 item", "4 in 2 item"]
    assert outline(table)[4:6] == ["6 item", "7 in 6 item"]


def test_totals_of_groups_and_numbered_totals() -> None:
    (table,) = tables("""
STT | Nội dung | Kinh phí
I | Giao thông |
1 | Cầu | 10
2 | Đường | 20
 | Cộng I | 30
II | Tổng số chi khác | 5
1 | Quản lý | 5
III | Tổng số tiền | 35
""")
    assert outline(table) == [
        "2 item", "3 in 2 item", "4 in 2 item", "5 in 2 total", "6 item", "7 in 6 item", "8 total"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("TỔNG CỘNG", True), ("Tổng số:", True), ("Cộng (I+II)", True), ("Tổng A + B", True), ("Cộng mục II", True),
        ("Tổng kinh phí thực hiện", True), ("Tổng giá các gói thầu", True), ("Grand total", True),
        ("Tổng từng năm", True), ("Tổng cả giai đoạn 2025-2026", True), ("Tổng các nguồn", True),
        ("Tổng kết đánh giá", False), ("Tổng hợp số liệu", False), ("Tổng công ty Điện lực", False),
        ("Cộng tác viên", False), ("Cộng đồng", False), ("Công tác phí", False), ("Tổng đài", False),
    ],
)  # fmt: skip
def test_which_labels_are_totals(label: str, total: bool) -> None:
    assert is_total(label) is total


def test_other_words_that_tell_rows_apart() -> None:
    assert [is_memo(label) for label in ("Trong đó:", "Chia theo nguồn vốn", "Gồm có:", "Gồng gánh")] == [
        True, True, True, False
    ]  # fmt: skip
    assert [is_group_total(label) for label in ("Cộng", "Tổng mục I", "Tổng cộng")] == [True, True, False]
    assert [is_source_line(label) for label in ("Ngân sách tỉnh", "Vốn ODA", "Quỹ A (30%)", "Sở Y tế", "Vốn hóa")] == [
        True, True, True, False, True
    ]  # fmt: skip
    funds = ["Quỹ phát triển khoa học", "Trong đó: Quỹ đầu tư phát triển", "- Từ Quỹ A", "Xổ số kiến thiết", "Từ NSTW"]
    assert all(is_source_line(label) and is_source(label) for label in funds)
    others = ["Quy hoạch chung", "Quý I", "Quỹ đất ở", "Quỹ tiền lương", "Tư vấn giám sát", "Chi phí quản lý quỹ"]
    assert not any(is_source_line(label) or is_source(label) for label in others)
    assert years_in("giai đoạn 2021-2023 và 2025") == (2021, 2022, 2023, 2025)
    assert years_in("Nghị quyết 120211 năm") == ()


@pytest.mark.parametrize(
    ("mark", "scheme", "ordinal"),
    [
        ("IV", Scheme.ROMAN, 4), ("XIX", Scheme.ROMAN, 19), ("A", Scheme.CAPITAL, 1), ("Đ", Scheme.CAPITAL, 5),
        ("a)", Scheme.LETTER, 1), ("đ", Scheme.LETTER, 5), ("e.", Scheme.LETTER, 6), ("12.", Scheme.ARABIC, 12),
        ("(3)", Scheme.BRACKETED, 3), ("1.2.10", Scheme.DOTTED, 10), ("ii", Scheme.SMALL_ROMAN, 2),
        ("-", Scheme.BULLET, None), ("+", Scheme.PLUS, None),
    ],
)  # fmt: skip
def test_item_numbers(mark: str, scheme: Scheme, ordinal: int | None) -> None:
    number = parse_number_mark(mark)
    assert number is not None
    assert (number.scheme, number.ordinal) == (scheme, ordinal)


def test_what_is_no_item_number() -> None:
    assert [parse_number_mark(text) for text in ("IIII", "abc", "", "2021-2025", "1..2")] == [None] * 5
    assert parse_number_mark(Decimal("1.1")) == parse_number_mark("1.1")
    led = leading_mark("a) Thuê hội trường")
    assert led is not None
    assert (led[0].ordinal, led[1]) == (1, "Thuê hội trường")


@pytest.mark.parametrize(
    ("first", "second", "next_one"),
    [
        ("d", "đ", True),
        ("d", "e", True),
        ("đ", "e", True),
        ("e", "g", True),
        ("e", "f", True),
        ("a", "c", False),
        ("b", "a", False),
        ("5", "9", False),
    ],
)
def test_letters_count_with_d_bar_or_without_and_skip_foreign_ones(first: str, second: str, next_one: bool) -> None:
    one, other = parse_number_mark(first), parse_number_mark(second)
    assert one is not None
    assert other is not None
    assert follows(one, other) is next_one


def cell(text: str, number_format: str = "General") -> GridCell:
    return GridCell(text, None, text, CellStyle(number_format))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", "1234567"), ("46,3", "46.3"), ("1,512,300", "1512300"), ("(300)", "-300"), ("15.000đ", "15000"),
        ("1 500 000", "1500000"), ("1.200 (*)", "1200"), ("(1) 1.056.485", "1056485"), ("-", "0"),
    ],
)  # fmt: skip
def test_figures_written_as_text(text: str, value: str) -> None:
    figure = figure_of(cell(text))
    assert figure is not None
    assert figure.value == Decimal(value)


def test_broken_figures_and_what_they_could_be() -> None:
    figure = figure_of(cell("2000.000.000"))
    assert figure is not None
    assert (figure.form, figure.value) == (Form.MALFORMED, None)
    assert figure.readings == (Decimal("200000000"), Decimal("2000000000"))
    assert figure_of(cell("12 lớp")) is None
    assert figure_of(cell("0.35", "0%")) is None


def test_commas_that_part_thousands_are_told_by_the_whole_table() -> None:
    assert grouping_of(["24,150", "86,400", "1,240", "860"]) is Grouping.ENGLISH
    assert grouping_of(["24,150", "86,4", "1,240"]) is Grouping.VIETNAMESE
    assert grouping_of(["24,150", "86,400", "1,240"], Unit.BILLION) is Grouping.VIETNAMESE
    assert grouping_of(["24,150.5", "86,400"], Unit.BILLION) is Grouping.ENGLISH
    assert [grouping_of(["24,150"], unit) for unit in (Unit.DONG, Unit.MILLION)] == [
        Grouping.ENGLISH,
        Grouping.VIETNAMESE,
    ]
    assert grouping_of(["1.234.567", "12,5"]) is Grouping.VIETNAMESE
    figure = figure_of(cell("860"), Grouping.ENGLISH)
    assert figure is not None
    assert figure.value == 860
