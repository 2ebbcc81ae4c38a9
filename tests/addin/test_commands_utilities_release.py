"""Bản phát hành, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.styles import Font
from support.generated import generated
from support.package_checks import parts_of
from support.reference import NAMES
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin.marks import RULE
from addin.ribbon import perform
from faults import InputFault, Text
from validators.readers import read_book

TABLE = """
Đơn vị tính: triệu đồng
STT | Nội dung | Kinh phí
1   | Hội nghị | 10
2   | Tập huấn | 20
    | *Cộng*   | =SUM(C3:C4)
"""


def told(app: xw.App) -> list[str]:
    """The lines that the user is told; the command must have been done."""
    outcome = perform("release", app, {})
    assert outcome.done, outcome.message.vi
    return outcome.message.vi.split("\n")


def opened(app: xw.App, path: Path) -> xw.Book:
    """The table with a note, a hidden sheet and a link, open, and changed since it was saved."""
    typed_file(path, {"Phụ lục": TABLE, "Nháp": "Tạm | 1"})
    typed = openpyxl.load_workbook(path)
    typed["Nháp"].sheet_state = "hidden"
    typed["Phụ lục"]["C3"].comment = Comment("Hỏi lại anh Ba", "Lan")
    typed.properties.creator = "Lan"
    typed.save(path)
    book = app.books.open(str(path))
    book.sheets["Phụ lục"]["C3"].value = 30
    return book


def test_what_leaves_the_office(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path / "Kế hoạch 2025.xlsx")
    before = (tmp_path / "Kế hoạch 2025.xlsx").read_bytes()
    lines = told(app)
    released = tmp_path / "Kế hoạch 2025-phat-hanh.xlsx"
    assert lines[:2] == [f"Bản phát hành: {released}", f"PDF: {released.with_suffix('.pdf')}"]
    assert lines[2].startswith("Đã bỏ: 1 công thức (giữ giá trị), trang “Nháp”, 1 ghi chú, ")
    out = read_book(released)
    assert [grid.name for grid in out.sheets] == ["Phụ lục"]
    cell = out.sheets[0].cells[5, 3]
    assert (cell.value, cell.formula) == (50, None)
    typed = openpyxl.load_workbook(released)
    assert typed.worksheets[0]["C3"].comment is None
    parts = parts_of(released.read_bytes())
    assert "docProps/core.xml" not in parts
    assert [name for name, part in parts.items() if b"Lan<" in part or b'"Lan"' in part] == []
    pdf = released.with_suffix(".pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert book.sheets["Phụ lục"]["C5"].formula == "=SUM(C3:C4)"
    assert [each.name for each in app.books] == ["Kế hoạch 2025.xlsx"]
    assert app.books.active.name == "Kế hoạch 2025.xlsx"
    assert (tmp_path / "Kế hoạch 2025.xlsx").read_bytes() == before


def test_what_hides_in_plain_sight_is_told(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", TABLE)
    typed = openpyxl.load_workbook(path)
    sheet = typed["Phụ lục"]
    sheet["E1"], sheet["E2"] = "Mật", "Chữ trắng"
    sheet["E1"].number_format = ";;;"
    sheet["E2"].font = Font(color="FFFFFFFF")
    typed.save(path)
    app.books.open(str(path))
    lines = told(app)
    assert "1 ô ẩn (dòng, cột ẩn, định dạng không hiện)" in lines[2]
    assert lines[3] == "Còn giữ, hãy tự xem lại: 1 ô chữ trắng trên nền trắng."
    out = read_book(tmp_path / "a-phat-hanh.xlsx").sheets[0]
    assert (out.value(1, 5), out.value(2, 5)) == (None, "Chữ trắng")


def test_no_file_is_written_over(app: xw.App, tmp_path: Path) -> None:
    opened(app, tmp_path / "a.xlsx")
    (tmp_path / "a-phat-hanh.pdf").write_text("của người khác")
    assert told(app)[0] == f"Bản phát hành: {tmp_path / 'a-phat-hanh (2).xlsx'}"
    assert told(app)[0] == f"Bản phát hành: {tmp_path / 'a-phat-hanh (3).xlsx'}"
    assert (tmp_path / "a-phat-hanh.pdf").read_text() == "của người khác"
    assert sorted(path.name for path in tmp_path.glob("a-*")) == [
        "a-phat-hanh (2).pdf", "a-phat-hanh (2).xlsx", "a-phat-hanh (3).pdf", "a-phat-hanh (3).xlsx", "a-phat-hanh.pdf",
    ]  # fmt: skip


def test_a_name_that_an_open_book_of_another_folder_bears_is_not_free(app: xw.App, tmp_path: Path) -> None:
    (tmp_path / "khác").mkdir()
    app.books.open(str(typed_file(tmp_path / "khác" / "A-phat-hanh.xlsx", TABLE)))
    opened(app, tmp_path / "a.xlsx")
    released = tmp_path / "a-phat-hanh (2).xlsx"
    assert told(app)[:2] == [f"Bản phát hành: {released}", f"PDF: {released.with_suffix('.pdf')}"]
    assert [book.name for book in app.books] == ["A-phat-hanh.xlsx", "a.xlsx"]
    assert not (tmp_path / "a-phat-hanh.xlsx").exists()


class HostFault(Exception):
    """What pywin32 raises for a fault of Excel: its text is the third of `excepinfo`."""

    excepinfo = (0, "Microsoft Excel", "Document not saved.\nIt may be open.", "xlmain11.chm", 0, -2146827284)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (HostFault(-2147352567, "Exception occurred."), "Document not saved. It may be open"),
        (PermissionError(13, "Permission denied"), "[Errno 13] Permission denied"),
        (InputFault(Text("đĩa đầy", "the disk is full")), "đĩa đầy"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_why_no_pdf_was_printed_is_told(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    opened(app, tmp_path / "a.xlsx")
    monkeypatch.setattr(xw.Book, "to_pdf", fail)
    assert told(app)[1] == f"Không in được ra PDF: {said}. Excel chỉ in được khi máy có cài máy in."
    assert (tmp_path / "a-phat-hanh.xlsx").exists()
    assert app.books.active.name == "a.xlsx"
    assert len(app.books) == 1


def test_marks_and_findings_stay_in_the_office(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    book = app.books.open(str(path))
    assert perform("check-book", app, {}).done
    assert len(book.sheets["Phụ lục"].notes) > 0
    lines = told(app)
    assert lines[2] == "Lưu ý: bộ kiểm tra còn thấy 1 lỗi trong tệp; bấm “Kiểm tra cả tệp” để xem."
    typed = openpyxl.load_workbook(path.with_name(f"{path.stem}-phat-hanh.xlsx"))
    assert "Kết quả kiểm tra" not in typed.sheetnames
    sheet = typed["Phụ lục"]
    rules = [rule.formula for cells in sheet.conditional_formatting for rule in cells.rules]
    assert [formula for formula in rules if RULE.removeprefix("=") in formula] == []
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == []
    assert "Kết quả kiểm tra" in book.sheet_names


def test_lists_for_the_office_are_known_by_what_they_say_and_roll_ups_are_released(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.TEXT, tmp_path)
    book = app.books.open(str(path))
    appendix = book.sheets["Phụ lục"]
    names = ["Tổng hợp", "Phụ lục"]
    for command in ("by-year", "to-formulas", "check-book"):
        appendix.activate()
        assert perform(command, app, {}).done
        names.append(book.sheet_names[-1])
    assert names[3:] == ["Số chưa thay", "Kết quả kiểm tra"]
    book.sheets["Số chưa thay"].name = "Việc của Lan"
    book.sheets["Kết quả kiểm tra"].name = "Lỗi vòng 1"
    appendix.activate()
    assert perform("check-book", app, {}).done
    book.sheets["Kết quả kiểm tra"].range("2:2").insert("down")
    appendix.activate()
    taken = next(line for line in told(app) if line.startswith("Đã bỏ: "))
    assert "trang “Việc của Lan”, “Lỗi vòng 1”, “Kết quả kiểm tra”" in taken
    released = read_book(path.with_name(f"{path.stem}-phat-hanh.xlsx"))
    assert [grid.name for grid in released.sheets] == names[:3]


def test_what_changed_since_an_earlier_version_is_for_the_office(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    old = path.with_name("cu.xlsx")
    old.write_bytes(path.read_bytes())
    book = app.books.open(str(path))
    book.sheets["Phụ lục"].range("D38").value = 77
    for number in range(2):
        assert perform("compare", app, {"file": [str(old)]}).done
        book.sheets["So sánh"].range("L9").value = "còn hỏi lại"  # so that it stays
        if not number:
            book.sheets["So sánh"].name = "Từ dự thảo"
    lines = told(app)
    assert "trang “Từ dự thảo”, “So sánh”" in next(line for line in lines if line.startswith("Đã bỏ: "))
    typed = openpyxl.load_workbook(path.with_name(f"{path.stem}-phat-hanh.xlsx"))
    assert typed.sheetnames == ["Tổng hợp", "Phụ lục"]


@pytest.mark.parametrize("plan", NAMES)
def test_reference_appendices(app: xw.App, tmp_path: Path, plan: str) -> None:
    """A reader of the release sees what the book shows, on the sheets that are not hidden."""
    path = tmp_path / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    book = app.books.open(str(path))
    lines = told(app)
    assert "Lưu ý" not in lines[2]
    book.api.SaveCopyAs(str(tmp_path / "now.xlsx"))
    before, after = read_book(tmp_path / "now.xlsx"), read_book(tmp_path / f"{plan}-phat-hanh.xlsx")
    shown = [grid for grid in before.sheets if grid.visibility == "visible"]
    assert [grid.name for grid in after.sheets] == [grid.name for grid in shown]
    for grid in shown:
        out = after.sheet(grid.name).cells
        wanted = {cell: held.value for cell, held in grid.cells.items() if not held.hidden and held.value != ""}
        assert {cell: held.value for cell, held in out.items() if held.value != ""} == wanted
        assert [cell for cell, held in out.items() if held.formula is not None] == []


def test_what_cannot_be_released_is_said(app: xw.App, tmp_path: Path) -> None:
    app.books.add()
    assert perform("release", app, {}).message.vi.endswith("tệp này chưa được lưu trên máy; cần lưu tệp trước.")
    book = opened(app, tmp_path / "a.xlsx")
    book.save(str(tmp_path / "a.xls"))
    assert perform("release", app, {}).message.vi == (
        "a.xls: chỉ phát hành được sổ .xlsx và .xlsm; cần lưu tệp thành .xlsx trước."
    )
    assert list(tmp_path.glob("*phat-hanh*")) == []
