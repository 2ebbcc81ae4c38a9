"""The check of a roll-up in the open book: totals that differ, texts, errors, and what is no mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from support.rolled_in_office import HAND_TYPED, SOURCE, checks, opened, pressed, remarks, rows
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed


def test_a_typed_total_that_is_wrong_turns_the_check_red(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    book.sheets["Phụ lục"].range("C66").value = 7000
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở C66", 6860, 7000, -140, 0, "Lệch",
    ]  # fmt: skip


def test_a_total_stated_wrong_in_print_is_told(app: xw.App, tmp_path: Path) -> None:
    """Đồng Nai prints 500 for private contributions whose rows make 385."""
    book = app.books.open(str(typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path)))
    pressed(app, "by-source")
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở G22, H22, I22", 5385, 5500, -115, 0, "Lệch",
    ]  # fmt: skip


def test_a_text_among_the_figures_is_listed_and_the_check_is_red_until_it_is_a_number(
    app: xw.App, tmp_path: Path
) -> None:
    book = app.books.open(str(typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)))
    said = pressed(app, "by-source")
    assert said == (
        "Đã cộng 13 ô của 2 bảng: 398 triệu đồng. Kết quả ở trang “Tổng hợp nguồn vốn”. "
        "1 ô là chữ nên không cộng được: bấm “Chuyển chữ thành số” để sửa."
    )
    sheet = book.sheets[SOURCE]
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở G8", 377.5, 382.5, -5, 1, "Lệch: thiếu số"]
    assert rows(sheet, "Trang")[1:] == [["Phụ lục", "D5", "5", "Không cộng được"]]
    book.sheets["Phụ lục"].range("D5").value = 5
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở G8", 382.5, 382.5, 0, 0, "Khớp"]
    assert rows(sheet, "Trang")[1:] == [["Phụ lục", "D5", "5", "Đã là số"]]


def test_a_table_pasted_as_text_is_told_cell_by_cell(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rollup.checks.MOST_LISTED", 3)
    book = app.books.open(str(typed_seed("nghe-an-2021-2025", Typing.TEXT, tmp_path)))
    assert pressed(app, "by-source") == (
        "Đã cộng 0 ô của 1 bảng: 0 triệu đồng. Kết quả ở trang “Tổng hợp nguồn vốn”. "
        "55 ô là chữ nên không cộng được: bấm “Chuyển chữ thành số” để sửa."
    )
    sheet = book.sheets[SOURCE]
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở D44", 0, 0, 0, 55, "Lệch: thiếu số"]
    assert [row[1:] for row in rows(sheet, "Trang")[1:4]] == [
        ["E8", "120", "Không cộng được"],
        ["E9", "50", "Không cộng được"],
        ["E10", "60", "Không cộng được"],
    ]
    assert "Còn 52 ô nữa như vậy." in remarks(sheet)


def test_a_difference_that_rounding_explains_is_no_mistake(app: xw.App, tmp_path: Path) -> None:
    table = """
Đơn vị tính: tỷ đồng
STT | Nội dung | Ngân sách trung ương | Ngân sách tỉnh | Tổng cộng
1 | Cầu | 3.3 | 3.3 | 6.6
2 | Đường | 3.3 | 3.3 | 6.6
3 | Trường học | 3.3 | 3.3 | 6.6
 | *Tổng cộng* | 9.9 | 9.9 | 19.9
"""
    book = app.books.open(str(typed_file(tmp_path / "lam-tron.xlsx", table)))
    pressed(app, "by-source")
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở E6", pytest.approx(19.8), 19.9, pytest.approx(-0.1), 0, "Khớp (làm tròn)",
    ]  # fmt: skip
    book.sheets["Phụ lục"].range("E6").value = 20.1
    assert checks(book.sheets[SOURCE])[0][5] == "Lệch"


def test_a_table_that_states_no_total_is_no_contradiction(app: xw.App, tmp_path: Path) -> None:
    table = """
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000000
2 | Mua máy in | 5500000
"""
    book = app.books.open(str(typed_file(tmp_path / "khong-tong.xlsx", table)))
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert checks(sheet) == [
        ["Phụ lục", 20_500_000, "không ghi", None, 0, "Không ghi tổng"],
        ["Bảng tổng hợp ở trên", 20_500_000, 20_500_000, 0, None, "Khớp"],
    ]
    assert "Không nêu đơn vị tính, nên số được hiểu là đồng: Phụ lục." in remarks(sheet)
    book.sheets["Phụ lục"].range("C3").value = "mười lăm triệu"
    assert checks(sheet)[0] == ["Phụ lục", 15_000_000, "không ghi", None, 1, "Lệch: thiếu số"]


def test_an_error_value_turns_the_check_red(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    pressed(app, "by-source")
    book.sheets["Phụ lục 1"].range("C9").formula = "=1/0"
    assert checks(book.sheets[SOURCE])[0][5] == "Lệch: thiếu số"
