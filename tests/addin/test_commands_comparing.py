"""The button So sánh hai bản, in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from support.generated import generated

from addin.ribbon import perform

pytestmark = pytest.mark.office


OLD, PAGE = "ban-cu.xlsx", "So sánh"


@pytest.fixture
def book(app: xw.App, tmp_path: Path) -> xw.Book:
    """Nghệ An's workbook, open, beside an old version that is the same."""
    (tmp_path / OLD).write_bytes(generated("nghe-an-2021-2025"))
    (tmp_path / "ban-moi.xlsx").write_bytes((tmp_path / OLD).read_bytes())
    return app.books.open(str(tmp_path / "ban-moi.xlsx"))


def compare(book: xw.Book, tmp_path: Path) -> str:
    """What the button tells."""
    outcome = perform("compare", book.app, {"file": [str(tmp_path / OLD)]})
    assert outcome.done, outcome.message.en
    return outcome.message.vi


def listed(page: xw.Sheet) -> list[tuple[object, ...]]:
    """Source, amounts before and after, difference and cell of the amounts that a comparison lists."""
    return [tuple(row[3:8]) for row in page.used_range.value if row[0] == "Đổi số tiền"]


def test_what_changed_against_an_old_version_is_marked_and_listed(book: xw.Book, tmp_path: Path) -> None:
    sheet = book.sheets["Phụ lục"]
    assert compare(book, tmp_path).startswith("Không có gì khác")
    sheet.range("E8").value = 130  # not saved: the book is compared as it is
    assert compare(book, tmp_path) == (
        "So với “ban-cu.xlsx”: Đổi số tiền: 1. Danh sách ở trang “So sánh”; ô thay đổi được tô màu và có ghi chú."
    )
    assert listed(book.sheets[PAGE]) == [("NS Tỉnh", 120, 130, 10, "E8")]
    assert [note.location.address for note in sheet.notes] == ["$E$8"]


def test_comparing_again_makes_the_page_anew_and_clearing_takes_it_out(book: xw.Book, tmp_path: Path) -> None:
    sheet, before = book.sheets["Phụ lục"], book.sheet_names
    sheet.range("E8").value = 130
    compare(book, tmp_path)
    sheet.range("E8").value = 140
    compare(book, tmp_path)
    assert book.sheet_names == [*before, PAGE]
    assert listed(book.sheets[PAGE]) == [("NS Tỉnh", 120, 140, 20, "E8")]
    assert perform("clear-marks", book.app, {}).message.vi == "Đã xóa mọi đánh dấu, ghi chú và trang kết quả."
    assert (book.sheet_names, list(sheet.notes)) == (before, [])
    compare(book, tmp_path)
    sheet.range("E8").value = 120
    compare(book, tmp_path)  # nothing is left to list
    assert (book.sheet_names, list(sheet.notes)) == (before, [])


def test_a_page_that_was_saved_is_known_again(book: xw.Book, tmp_path: Path) -> None:
    app, before = book.app, book.sheet_names
    book.sheets["Phụ lục"].range("E8").value = 130.5
    compare(book, tmp_path)
    book.save(str(tmp_path / "da-luu.xlsx"))
    book.close()
    again = app.books.open(str(tmp_path / "da-luu.xlsx"))
    compare(again, tmp_path)
    assert again.sheet_names == [*before, PAGE]


def test_what_is_the_users_stays(book: xw.Book, tmp_path: Path) -> None:
    """A page that somebody wrote on or renamed, and a sheet of the user's own that has the name of ours."""
    before = book.sheet_names
    book.sheets.add(PAGE, after=book.sheets[-1]).range("A1").value = "SO SÁNH HAI BẢN"
    book.sheets["Phụ lục"].range("E8").value = 130
    compare(book, tmp_path)
    book.sheets["So sánh (2)"].range("J12").value = "đã hỏi chị Hoa"
    assert compare(book, tmp_path).endswith(
        "Trang kết quả “So sánh”, “So sánh (2)” có điều bạn ghi thêm hoặc sửa nên được giữ lại."
    )
    book.sheets["So sánh (3)"].name = "So sánh lần 1"
    compare(book, tmp_path)
    assert book.sheet_names == [*before, PAGE, "So sánh (2)", "So sánh lần 1", "So sánh (3)"]
    perform("clear-marks", book.app, {})
    assert book.sheet_names == [*before, PAGE, "So sánh (2)", "So sánh lần 1"]


def test_cells_that_bear_no_mark_are_told(book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.marks.MOST", 2)
    for cell in ("E8", "E9", "E10"):
        book.sheets["Phụ lục"].range(cell).value = 999
    said = "Không đánh dấu được 1 ô thay đổi: 1 ô ở trang “Phụ lục” (chỉ đánh dấu được 500 ô)."
    assert compare(book, tmp_path).endswith(said)
    assert said in [row[0] for row in book.sheets[PAGE].used_range.value]
    assert len(list(book.sheets["Phụ lục"].notes)) == 2


def test_a_protected_sheet_bears_no_marks_and_that_is_told(app: xw.App, tmp_path: Path) -> None:
    (tmp_path / OLD).write_bytes(generated("nghe-an-2021-2025"))
    typed = openpyxl.load_workbook(tmp_path / OLD)
    typed["Phụ lục"]["E8"], typed["Phụ lục"]["E9"] = 130, 140
    typed["Phụ lục"].protection.sheet = True
    typed.save(tmp_path / "ban-moi.xlsx")
    book = app.books.open(str(tmp_path / "ban-moi.xlsx"))
    assert compare(book, tmp_path).endswith(
        "Không đánh dấu được 2 ô thay đổi: 2 ô ở trang “Phụ lục” (trang đang được bảo vệ)."
    )
    assert list(book.sheets["Phụ lục"].notes) == []


def test_without_a_file_or_with_one_that_is_no_appendix(app: xw.App, tmp_path: Path) -> None:
    new = tmp_path / "ban-moi.xlsx"
    new.write_bytes(generated("nghe-an-2021-2025"))
    app.books.open(str(new))
    assert "chưa chọn tệp nào" in perform("compare", app, {}).message.vi
    empty = tmp_path / "trống.xlsx"
    openpyxl.Workbook().save(empty)
    assert "không có bảng nào có số tiền" in perform("compare", app, {"file": [str(empty)]}).message.vi
