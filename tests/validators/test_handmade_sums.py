"""What appendices as people type them come to: rows and cells that are easily counted twice, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.funded import funded
from support.understood import outline, tables

from validators.tables.wording import is_total_row

HEAD = "Đơn vị tính: triệu đồng\nTT | Nội dung | Kinh phí\n"


def millions(typed: str) -> Decimal:
    """What the tables of a sheet come to, each amount once."""
    return sum((each.total for each in funded(typed) if each.within is None), Decimal(0)) / 10**6


GROUP = "I | Đào tạo |\n1 | A | 60\n2 | B | 40\n | | 100\nII | Máy |\n1 | C | 30\n2 | D | 20\n | | 50"
PAGES = "1 | A | 60\n2 | B | 40\n | Cộng chuyển trang sau | 100\n | Trang trước chuyển sang | 100\n3 | C | 20"


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ("1 | Tập huấn | 60\n2 | Hội nghị | 40\n | | 100", 100),
        (f" | Tổng | 150\n{GROUP}", 150),
        (f"{GROUP}\n | | 150", 150),
        ("I | Đào tạo | 100\n1 | A | 60\n2 | B | 40\nII | Máy | 50\n1 | C | 30\n2 | D | 20\n | | 150", 150),
        ("1 | Tập huấn | 60\n2 | Hội nghị | 40\n | Toàn bộ kinh phí | 100", 100),
        ("I | Tập huấn | 60\nII | Hội nghị | 40\n | I + II | 100", 100),
        (f"{PAGES}\n | Tổng | 120", 120),
        ("1 | A | 60\n2 | B | 40\n | Mang sang | 100\n3 | C | 20\n | Tổng | 120", 120),
    ],
)
def test_totals_that_carry_no_word_for_one_are_no_items(body: str, total: int) -> None:
    assert millions(HEAD + body) == total


def test_a_row_of_figures_alone_that_adds_up_nothing_stays_an_amount() -> None:
    assert millions(HEAD + "1 | Tập huấn | 60\n2 | Hội nghị | 40\n | | 30") == 130


def test_rows_below_a_label_that_spans_them_are_amounts_whatever_they_add_up() -> None:
    (table,) = tables("""
TT | Nội dung | Năm | Kinh phí
1 | Tập huấn | 2021 | 60
^ | ^ | 2022 | 40
2 | Hội nghị | 2023 | 10
^ | ^ | 2024 | 110
""")
    assert [row.kind for row in table.rows] == ["item"] * 4


def test_a_row_of_figures_alone_belongs_to_the_group_that_it_adds_up() -> None:
    (table,) = tables(HEAD + "I | Đào tạo |\n1 | A | 60\n2 | B | 40\n | | 100\nII | Máy | 50\n | | 150")
    assert outline(table) == ["3 item", "4 in 3 item", "5 in 3 item", "6 in 3 total", "7 item", "8 total"]


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Toàn bộ kinh phí", True),
        ("Toàn bộ kinh phí (I+II):", True),
        ("Toàn bộ kinh phí mua sắm thiết bị", False),
        ("I + II", True),
        ("(1)+(2)+(3)", True),
        ("A+B", True),
        ("1 + 1 đào tạo", False),
    ],
)
def test_labels_of_totals_without_the_word(label: str, total: bool) -> None:
    assert is_total_row(label) is total
