"""Books that are rolled up by the buttons in LibreOffice, and what stands on the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlwings as xw

from addin.ribbon import perform

from .generated import generated

SOURCE, YEAR, AGENCY = "Tổng hợp nguồn vốn", "Tổng hợp theo năm", "Tổng hợp theo đơn vị"

HAND_TYPED = {
    "Phụ lục": """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2024 | < | Năm 2025 | < | Tổng cộng | Đơn vị thực hiện
^ | ^ | NSTW | NSĐP | NSTW | NSĐP | ^ | ^
I | *Tuyên truyền* | 30 | 12.5 | 30 | 10 | 82.5 |
1 | Hội nghị | 10 | "5" | 10 | 5 | 30 | Sở Công Thương
2 | Bản tin | 20 | 7.5 | 20 | 5 | 52.5 | Sở Thông tin và Truyền thông
II | *Đào tạo* | 100 | 50 | 100 | 50 | 300 | Sở Công Thương
 | *Tổng cộng* | 130 | 62.5 | 130 | 60 | 382.5 |
""",
    "Thiết bị": """
Đơn vị tính: đồng
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000000
2 | Mua máy in | 5500000
 | Cộng | 20500000
""",
}


def opened(app: xw.App, tmp_path: Path, plan: str) -> xw.Book:
    """A generated reference plan."""
    path = tmp_path / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    return app.books.open(str(path))


def pressed(app: xw.App, button: str) -> str:
    """What a button says that does its work."""
    outcome = perform(button, app, {})
    assert outcome.done, outcome.message.vi
    return outcome.message.vi


def rows(sheet: xw.Sheet, first: str) -> list[list[object]]:
    """The filled rows from the one that begins with `first` to the next blank one, without blanks at the right."""
    found: list[list[object]] = []
    for row in sheet.used_range.value:
        if found and row[0] is None:
            break
        if found or row[0] == first:
            last = max(column for column, value in enumerate(row) if value is not None)
            found.append(row[: last + 1])
    return found


def row_of(sheet: xw.Sheet, label: str) -> int:
    """The first row that begins with a label."""
    return 1 + [row[0] for row in sheet.used_range.value].index(label)


def figures(sheet: xw.Sheet, first: str) -> list[list[object]]:
    """The rows of a table without its shares, which stand in the last column and the last row."""
    table = [row for row in rows(sheet, first) if row[0] != "Tỷ lệ"]
    return [row[: len(table[0]) - 1] for row in table]


def checks(sheet: xw.Sheet) -> list[Sequence[object]]:
    """The check of each table: label, sum, compared with, difference, cells without a number, verdict."""
    return [row[:6] for row in rows(sheet, "Bảng")[1:]]


def remarks(sheet: xw.Sheet) -> list[object]:
    """The sentences below the tables."""
    cells = [row[0] for row in sheet.used_range.value]
    return [cell for cell in cells if isinstance(cell, str) and cell.endswith(".")]
