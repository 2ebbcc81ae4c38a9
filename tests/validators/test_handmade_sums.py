"""What appendices as people type them come to: rows and cells that are easily counted twice, or not at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.funded import funded
from support.typed import typed_file
from support.understood import outline, tables

from budget.money import Unit
from validators.checking import examine
from validators.funding import funding, leaves
from validators.readers import read_book
from validators.rules import all_rules
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


def test_a_plain_total_below_all_groups_is_the_grand_total_where_it_adds_them_all_up() -> None:
    (table,) = tables(HEAD + "I | Nhóm 1 |\n1 | A | 60\n2 | B | 40\nII | Nhóm 2 |\n1 | C | 10\n | Cộng | 110")
    assert outline(table)[-1] == "8 total"
    (table,) = tables(HEAD + "I | Nhóm 1 |\n1 | A | 60\n2 | B | 40\nII | Nhóm 2 |\n1 | C | 10\n | Cộng | 10")
    assert outline(table)[-1] == "8 in 6 total"


def test_groups_that_only_their_figures_tell() -> None:
    head = "Đơn vị: triệu đồng\nNội dung | Kinh phí\n"
    rows = "Đào tạo | 100\nTập huấn | 60\nHội nghị | 40\nThiết bị | 50\nMáy tính | 30\nMáy in | 20"
    assert millions(head + rows) == 150
    assert millions(f"{head}{rows}\nTổng cộng | 150") == 150
    (table,) = tables(head + rows)
    assert outline(table) == ["3 item", "4 in 3 item", "5 in 3 item", "6 item", "7 in 6 item", "8 in 6 item"]
    assert millions(f"{head}Trà | 50\nBánh | 20\nHoa | 30") == 100


def test_a_telephone_in_the_column_of_amounts_is_none() -> None:
    assert millions(HEAD + '1 | A | 60\n2 | B | 40\n\n | Người lập | "0905123456"') == 100


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


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("TT | Nội dung | Kinh phí\n1 | A | 12 triệu\n2 | B | 30 triệu đồng\n3 | C | 500 nghìn đồng", "42.5"),
        ("TT | Nội dung | Kinh phí\n1 | A | 1,2 tỷ\n2 | B | 1 tỷ 200 triệu đồng\n3 | C | 1.500 trđ", "3900"),
        (HEAD + "1 | A | 12 triệu\n2 | B | 30", "42"),
        (HEAD + "1 | A | 12.000.000 đồng\n2 | B | 30", "42"),
        (HEAD + "1 | A | 1.200đ\n2 | B | 30", "1230"),  # the unit of the table with a sign of money
        ("Đơn vị: đồng\nTT | Nội dung | Kinh phí\n1 | A | 12 triệu\n2 | B | 500000", "12.5"),
        ("Đơn vị: đồng\nTT | Nội dung | Kinh phí\n1 | A | 60,000\n2 | B | 40,500", "0.1005"),
        ("Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n1 | A | 60,000\n2 | B | 40,500", "100.5"),
        ("TT | Nội dung | Kinh phí\n | | 1.000 đồng\n1 | A | 60\n2 | B | 40", "0.1"),
    ],
)
def test_amounts_that_name_their_unit_in_their_cell(typed: str, total: str) -> None:
    assert millions(typed) == Decimal(total)


@pytest.mark.parametrize(
    "text", ["khoảng 20", "~20", "10-15", "10 đến 15 triệu", "20 (tạm tính)", "trên 20 triệu đồng"]
)
def test_amounts_that_are_vague_are_not_added_and_listed(text: str) -> None:
    (found,) = funded(HEAD + f"1 | A | 60\n2 | B | {text}")
    assert found.total == 60 * 10**6
    assert [place.address for place in found.unread] == ["C4"]


@pytest.mark.parametrize("text", ["Lồng ghép", "02 lớp", "Theo Quyết định số 12", "2021-2025"])
def test_words_where_an_amount_could_stand_are_none(text: str) -> None:
    (found,) = funded(HEAD + f"1 | A | 60\n2 | B | {text}")
    assert found.unread == ()


FIRST = "TT | Nội dung | Kinh phí\n1 | A | 60\n2 | B | 40\n | Cộng | 100"


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        (f"Đơn vị: triệu đồng\n{FIRST}\n\nII. KINH PHÍ HUYỆN\nTT | Nội dung | Kinh phí\n1 | C | 30\n2 | D | 20", 150),
        (f"{FIRST}\nĐơn vị tính: triệu đồng", 100),
        (
            f"Đơn vị: triệu đồng\n{FIRST}\n\nII. HUYỆN\nTT | Nội dung | Kinh phí\n1 | C | 30000000\n2 | D | 20000000",
            150,
        ),
        (
            f"Đơn vị: triệu đồng\n{FIRST}\n\nĐVT: nghìn đồng\nTT | Nội dung | Kinh phí\n1 | C | 30000\n2 | D | 20000",
            150,
        ),
    ],
)
def test_the_unit_of_a_sheet_stands_for_its_tables_unless_their_figures_belie_it(typed: str, total: int) -> None:
    assert millions(typed) == total


def test_numbers_that_are_shown_in_millions_are_stored_in_dong(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", HEAD + "1 | A | 60000000\n2 | B | 40000000\n | Tổng cộng | 100000000")
    book = load_workbook(path)
    for cell in ("C3", "C4", "C5"):
        book.active[cell].number_format = "#,##0,,"
    book.save(path)
    checked = examine(read_book(path))
    assert sum(leaf.amount for leaf in leaves(funding(checked))) == 100 * 10**6
    assert checked.tables[0].column_at[3].unit is Unit.DONG
    assert not [each for rule in all_rules() for each in rule.check(checked)]


def test_tables_side_by_side_that_count_their_rows_need_no_like_headings() -> None:
    first, second = tables("""
Đơn vị: triệu đồng
TT | Nội dung | Kinh phí | | TT | Hạng mục | Thành tiền | Ghi chú
1 | A | 60 | | 1 | X | 5
2 | B | 40 | | 2 | Y | 7
 | Tổng | 100 | | | Tổng | 12
""")
    assert (str(first.area), str(second.area)) == ("A2:C5", "E2:H5")
