"""The lines of a header that are no labels: those of column numbers and of the unit."""

from __future__ import annotations

import pytest
from support.understood import tables

from budget.money import Unit

ITEMS = {
    "Nội dung | Kinh phí": "1. Hội nghị | 20\n2. Tập huấn | 30\nTổng cộng | 50",
    "STT | Kinh phí | Nội dung": "1 | 20 | Hội nghị\n2 | 30 | Tập huấn",
    "Nội dung | Kinh phí | Ghi chú": "1. Hội nghị | 20\n2. Tập huấn | 30\nTổng cộng | 50",
    "STT | Nội dung | Kinh phí": "1 | Hội nghị | 20\n2 | Tập huấn | 30\n | Tổng cộng | 50",
    "STT | Nội dung | Tổng số | NSTW | NSĐP": "1 | Hội nghị | 20 | 15 | 5\n2 | Tập huấn | 30 | 10 | 20",
    "STT | Nội dung | < | Kinh phí": "1 | Hội nghị | < | 20\n2 | Tập huấn | < | 30",
}


@pytest.mark.parametrize(
    ("header", "numbers"),
    [
        ("Nội dung | Kinh phí", "(A) | (1)"),
        ("Nội dung | Kinh phí", "A | 1"),
        ("Nội dung | Kinh phí", "1 | 2"),
        ("Nội dung | Kinh phí", '"1" | "2"'),
        ("Nội dung | Kinh phí", "-1 | -2"),  # "(1)" and "(2)" as spreadsheet programs take them
        ("Nội dung | Kinh phí", "[1] | [2]"),
        ("Nội dung | Kinh phí", "1. | 2."),
        ("Nội dung | Kinh phí", '"1.0" | "2.0"'),
        ("Nội dung | Kinh phí", "A | B"),
        ("Nội dung | Kinh phí", "I | II"),
        ("Nội dung | Kinh phí", " | (1)"),
        ("Nội dung | Kinh phí", " | \n1 | 2"),  # a blank row between
        ("Nội dung | Kinh phí | Ghi chú", "1 | 2 | "),
        ("Nội dung | Kinh phí | Ghi chú", "A | 1 | B"),
        ("STT | Nội dung | Kinh phí", "(1) | (2) | (3)"),
        ("STT | Nội dung | Kinh phí", "A | B | 1"),
        ("STT | Nội dung | Kinh phí", "A | B | -1"),
        ("STT | Nội dung | Kinh phí", " | A | 1"),
        ("STT | Nội dung | Kinh phí", "I | II | III"),
        ("STT | Nội dung | < | Kinh phí", "1 | 2 | < | 3"),
        ("STT | Nội dung | < | Kinh phí", "A | < | < | 1"),
        ("STT | Nội dung | Tổng số | NSTW | NSĐP", "1 | 2 | 3=4+5 | 4 | 5"),
        ("STT | Nội dung | Tổng số | NSTW | NSĐP", "(1) | (2) | (3)=(4)+(5) | (4) | (5)"),
        ("STT | Nội dung | Tổng số | NSTW | NSĐP", "[1] | [2] | [3]=[4]+[5] | [4] | [5]"),
        ("STT | Nội dung | Tổng số | NSTW | NSĐP", "A | B | (1=2+3) | (2) | (3)"),
        ("STT | Nội dung | Tổng số | NSTW | NSĐP", "A | B | 1 = 2 + 3 | 2 | 3"),
    ],
)
def test_column_numbers_below_a_header_are_no_item(header: str, numbers: str) -> None:
    (table,) = tables(f"{header}\n{numbers}\n{ITEMS[header]}")
    first = 2 + len(numbers.splitlines())
    assert table.rows[0].index == first
    assert {row for row, _ in table.figures} == set(range(first, first + len(ITEMS[header].splitlines())))


@pytest.mark.parametrize(
    "body",
    [
        "1 | 2\n2 | 5\n3 | 7",  # a list of quarters
        "A | 1\nB | 2",
        "1. Hội nghị | 2\n2. Tập huấn | 3",
    ],
)
def test_a_list_that_counts_by_itself_begins_with_its_first_row(body: str) -> None:
    (table,) = tables(f"Quý | Kinh phí\n{body}")
    assert {row for row, _ in table.figures} == set(range(2, 2 + len(body.splitlines())))


@pytest.mark.parametrize(
    "body",
    [
        "1 | Hội nghị | 2\n2 | Tập huấn | 3",
        "A | Hội nghị | 1\nB | Tập huấn | 2",
        " | Hội nghị | 1\n | Tập huấn | 2",
        "I |  | 2\n1 | Tập huấn | 2",
        "1 | | 2\n2 | Tập huấn | 3",
        "1 | 2 | 3\n2 | 4 | 6",
    ],
)
def test_an_item_with_small_figures_is_no_line_of_column_numbers(body: str) -> None:
    (table,) = tables(f"STT | Nội dung | Kinh phí\n{body}")
    assert {row for row, _ in table.figures} == {2, 3}


def test_what_a_line_of_column_numbers_states_in_square_brackets() -> None:
    (table,) = tables(
        "STT | Nội dung | Tổng số | NSTW | NSĐP\n[1] | [2] | [3]=[4]+[5] | [4] | [5]\n1 | Hội nghị | 20 | 15 | 5"
    )
    assert table.column_at[3].formula == ((1, 4), (1, 5))


def test_column_numbers_of_tables_side_by_side() -> None:
    thu, chi = tables("""
Nội dung thu | Dự toán |  | Nội dung chi | Dự toán
A | 1 |  | A | 1
Ngân sách cấp | 300 |  | Chi thường xuyên | 250
Thu khác | 50 |  | Chi đầu tư | 100
Tổng thu | 350 |  | Tổng chi | 350
""")
    assert [row.index for row in thu.rows] == [row.index for row in chi.rows] == [3, 4, 5]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("Đơn vị tính: triệu đồng\nSTT | Nội dung | Kinh phí", Unit.MILLION),
        ("DỰ TOÁN KINH PHÍ NĂM 2025 (triệu đồng)\nSTT | Nội dung | Kinh phí", Unit.MILLION),
        ("DỰ TOÁN KINH PHÍ NĂM 2025 (ĐVT: 1.000 đồng)\nSTT | Nội dung | Kinh phí", Unit.THOUSAND),
        ("DỰ TOÁN KINH PHÍ NĂM 2025 - Đơn vị tính: tỷ đồng\nSTT | Nội dung | Kinh phí", Unit.BILLION),
        ("DỰ TOÁN KINH PHÍ NĂM 2025, đơn vị: triệu đồng.\nSTT | Nội dung | Kinh phí", Unit.MILLION),
        ("DỰ TOÁN KINH PHÍ (tính bằng triệu đồng)\nSTT | Nội dung | Kinh phí", Unit.MILLION),
        ("STT | Nội dung | Kinh phí (triệu đồng)", Unit.MILLION),
        ("STT | Nội dung | Kinh phí triệu đồng", Unit.MILLION),
        ("STT | Nội dung | Kinh phí, triệu đồng", Unit.MILLION),
        ("STT | Nội dung | Kinh phí (ĐVT: nghìn đồng)", Unit.THOUSAND),
        ("STT | Nội dung | Kinh phí - ĐVT: nghìn đồng", Unit.THOUSAND),
        ("STT | Nội dung | Kinh phí\n | | (triệu đồng)", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\n | | Triệu đồng", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\n | | ĐVT: triệu đồng", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\nĐVT: triệu đồng | < | <", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\nĐơn vị tính: đồng | < | <", Unit.DONG),
        ("STT | Nội dung | Kinh phí\n(Đơn vị tính: tỷ đồng) | | ", Unit.BILLION),
        ("STT | Nội dung | Kinh phí\n | ĐVT: tỷ đồng | ", Unit.BILLION),
        ("STT | Nội dung | Kinh phí\n | |\nĐVT: triệu đồng | < | <", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\nĐVT: triệu đồng | < | <\nA | B | 1", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\nA | B | 1\nĐVT: triệu đồng | < | <", Unit.MILLION),
        ("Phụ lục I\nĐVT: đồng\nSTT | Nội dung | Kinh phí\nĐVT: triệu đồng | < | <", Unit.MILLION),
        ("STT | Nội dung | Kinh phí\nĐơn vị: Sở Công Thương | < | <", None),
    ],
)
def test_the_unit_is_read_wherever_it_stands_about_the_header(typed: str, unit: Unit | None) -> None:
    (table,) = tables(f"{typed}\n1 | Hội nghị | 20\n2 | Tập huấn | 30\n | Tổng cộng | 50")
    first = 1 + len(typed.splitlines())
    assert table.unit is unit
    assert [column.role for column in table.columns] == ["number", "content", "amount"]
    assert {row for row, _ in table.figures} == {first, first + 1, first + 2}
