"""Books that the buttons cannot roll up."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.protection import WorkbookProtection
from support.rolled_in_office import HAND_TYPED
from support.typed import typed_file

from addin.ribbon import perform


@pytest.mark.parametrize("button", ["by-source", "by-year", "by-agency"])
def test_a_protected_structure_is_refused(app: xw.App, tmp_path: Path, button: str) -> None:
    path = typed_file(tmp_path / "khoa.xlsx", HAND_TYPED)
    typed = openpyxl.load_workbook(path)
    typed.security = WorkbookProtection(lockStructure=True)
    typed.save(path)
    book = app.books.open(str(path))
    outcome = perform(button, app, {})
    assert not outcome.done
    assert outcome.message.vi == (
        "khoa.xlsx: cấu trúc tệp đang được bảo vệ, không thêm bớt trang được; cần bỏ bảo vệ ở thẻ Review trước."
    )
    assert book.sheet_names == ["Phụ lục", "Thiết bị"]


def test_an_empty_book_has_no_table(app: xw.App) -> None:
    book = app.books.add()
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == "không thấy bảng kinh phí nào; cần một bảng có tiêu đề cột."
    assert len(book.sheets) == 1


def test_a_table_without_amounts_has_nothing_to_add_up(app: xw.App, tmp_path: Path) -> None:
    table = """
STT | Nội dung | Kinh phí (triệu đồng)
1 | Hội nghị | 0
2 | Bản tin | 0
 | *Tổng cộng* | 0
"""
    app.books.open(str(typed_file(tmp_path / "trong.xlsx", table)))
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == "các bảng không có số tiền nào để cộng; cần ít nhất một số tiền."


def test_no_book_at_all(app: xw.App) -> None:
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == (
        "chưa mở tệp nào để làm việc; "
        "cần một tệp đang mở; tệp đang ở chế độ xem được bảo vệ thì bấm Enable Editing trước."
    )
