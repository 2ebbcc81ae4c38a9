"""The check buttons, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.protection import WorkbookProtection
from support.generated import generated
from support.reference import NAMES
from support.typed_seeds import Typing, typed_seed

from addin.marks import RULE
from addin.ribbon import perform
from validators.checking import check_file
from validators.findings import Severity

PAGE = "Kết quả kiểm tra"
ERROR, WARNING = "#ffc7ce", "#ffeb9c"


def marked(sheet: xw.Sheet, cell: str) -> list[str]:
    """The colours that our conditional formats give a cell."""
    rules = sheet.range(cell).conditional_formats
    return [f"#{bytes(rule.fill_color or ()).hex()}" for rule in rules if rule.formula == RULE]


def parts(book: xw.Book, path: Path) -> dict[str, bytes]:
    """What the sheets of a book are made of, as the host writes it."""
    book.api.SaveCopyAs(str(path))
    with ZipFile(path) as package:
        return {
            name: package.read(name)
            for name in package.namelist()
            if name.startswith(("xl/worksheets/", "xl/comments", "xl/drawings", "xl/workbook.xml", "xl/styles"))
        }


@pytest.fixture
def binh_dinh(app: xw.App, tmp_path: Path) -> xw.Book:
    """Bình Định as printed: C36 says 3.235 where its parts make 3.325."""
    return app.books.open(str(typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)))


def listed(book: xw.Book) -> list[tuple[str, str, str]]:
    """Severity, sheet and cell of the findings that the sheet lists."""
    page = book.sheets[PAGE]
    rows = page.range((7, 1), (page.used_range.last_cell.row, 3)).value
    return [tuple(row) for row in rows]


def test_a_wrong_total_is_marked_noted_and_listed(app: xw.App, binh_dinh: xw.Book) -> None:
    outcome = perform("check-book", app, {})
    assert outcome.done
    assert outcome.message.vi.startswith("1 lỗi, 12 cảnh báo. Danh sách ở trang “Kết quả kiểm tra”")
    sheet = binh_dinh.sheets["Phụ lục"]
    assert marked(sheet, "C36") == [ERROR]
    assert marked(sheet, "C37") == []
    note = sheet.range("C36").note
    assert note is not None
    assert note.text.startswith("LỖI: Tổng của nhóm không khớp\n")
    assert "Đúng ra: 3.325" in note.text
    assert listed(binh_dinh)[0] == ("Lỗi", sheet.name, "C36")
    assert len(listed(binh_dinh)) == 13
    assert binh_dinh.sheets.active.name == PAGE


def test_the_sheet_of_findings_shows_what_the_cell_holds_by_now(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    page = binh_dinh.sheets[PAGE]
    assert page.range("F7:H7").value == [3235, 3325, 3235]
    binh_dinh.sheets["Phụ lục"].range("C36").value = 3325
    assert page.range("H7").value == 3325


def test_the_add_in_finds_what_the_command_line_finds(app: xw.App, tmp_path: Path) -> None:
    for name in NAMES:
        path = typed_seed(name, Typing.TEXT, tmp_path)
        book = app.books.open(str(path))
        assert perform("check-book", app, {}).done
        expected = {(each.place.sheet, each.place.address) for each in check_file(path).findings if each.place}
        assert {(sheet, cell) for _, sheet, cell in listed(book)} == expected, name
        book.close()


@pytest.mark.parametrize("plan", NAMES)
def test_clearing_brings_the_book_back(app: xw.App, tmp_path: Path, plan: str) -> None:
    book = app.books.open(str(typed_seed(plan, Typing.NUMBERS, tmp_path)))
    before = parts(book, tmp_path / "before.xlsx")
    assert perform("check-book", app, {}).done
    assert PAGE in book.sheet_names
    assert parts(book, tmp_path / "marked.xlsx") != before
    assert perform("clear-marks", app, {}).done
    after = parts(book, tmp_path / "after.xlsx")
    assert [name for name in before | after if before.get(name) != after.get(name)] == []


def test_the_users_own_fills_and_notes_stay(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    typed = openpyxl.load_workbook(path)
    cell = typed["Phụ lục"]["C36"]
    cell.fill, cell.comment = PatternFill("solid", fgColor="00B0F0"), Comment("Hỏi lại anh Ba", "Lan")
    typed.save(path)
    book = app.books.open(str(path))
    sheet = book.sheets["Phụ lục"]
    perform("check-book", app, {})
    assert marked(sheet, "C36") == [ERROR]
    assert sheet.range("C36").color == (0, 176, 240)
    assert sheet.range("C36").note.text == "Hỏi lại anh Ba"
    perform("clear-marks", app, {})
    assert marked(sheet, "C36") == []
    assert sheet.range("C36").color == (0, 176, 240)
    assert sheet.range("C36").note.text == "Hỏi lại anh Ba"


def test_marks_are_known_again_in_a_book_that_was_saved_and_closed(
    app: xw.App, binh_dinh: xw.Book, tmp_path: Path
) -> None:
    perform("check-book", app, {})
    binh_dinh.save(str(tmp_path / "danh-dau.xlsx"))
    binh_dinh.close()
    book = app.books.open(str(tmp_path / "danh-dau.xlsx"))
    assert marked(book.sheets["Phụ lục"], "C36") == [ERROR]
    assert perform("clear-marks", app, {}).done
    assert PAGE not in book.sheet_names
    assert marked(book.sheets["Phụ lục"], "C36") == []
    assert list(book.sheets["Phụ lục"].notes) == []


def test_a_note_that_somebody_wrote_into_is_kept(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    note = binh_dinh.sheets["Phụ lục"].range("C36").note
    note.text = f"{note.text}\nĐã hỏi Sở Công Thương"
    perform("clear-marks", app, {})
    assert binh_dinh.sheets["Phụ lục"].range("C36").note.text.endswith("Đã hỏi Sở Công Thương")


def test_marks_move_with_their_cells(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    sheet = binh_dinh.sheets["Phụ lục"]
    sheet.range("10:11").insert("down")
    sheet.activate()
    sheet.range("A1").select()
    outcome = perform("next-finding", app, {})
    assert outcome.quiet
    assert app.selection.address == "$C$38"
    assert outcome.message.vi.startswith(f"{sheet.name}, ô C38: Tổng của nhóm không khớp")
    perform("clear-marks", app, {})
    assert marked(sheet, "C38") == []


def test_the_next_finding_leaves_out_what_is_mended(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    cells = [cell for _, _, cell in listed(binh_dinh)]
    visited = []
    for _ in range(3):
        assert perform("next-finding", app, {}).done
        visited.append(app.selection.address.replace("$", ""))
    assert visited == cells[:3]
    binh_dinh.sheets["Phụ lục"].range("C36").value = 3325
    for _ in range(len(cells) - 3):
        perform("next-finding", app, {})
    assert app.selection.address.replace("$", "") == cells[-1]
    perform("next-finding", app, {})  # round again, past C36
    assert app.selection.address.replace("$", "") == cells[1]


def test_next_finding_without_a_check_says_what_to_do(app: xw.App, binh_dinh: xw.Book) -> None:
    outcome = perform("next-finding", app, {})
    assert not outcome.done
    assert outcome.message.vi == f"{binh_dinh.name}: chưa có kết quả kiểm tra nào; cần bấm “Kiểm tra cả tệp” trước."


def test_checking_one_sheet_tells_of_no_other(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("can-tho-2021-2025", Typing.NUMBERS, tmp_path)
    findings = [each for each in check_file(path).findings if each.place]
    sheets = sorted({each.place.sheet for each in findings if each.place})
    book = app.books.open(str(path))
    book.sheets[sheets[0]].activate()
    assert perform("check-sheet", app, {}).done
    assert {sheet for _, sheet, _ in listed(book)} == {sheets[0]}
    again = perform("check-sheet", app, {})  # the sheet of findings is the active one now
    assert not again.done
    assert again.message.vi == ("trang đang mở là trang kết quả kiểm tra; cần một trang phụ lục.")


def test_checking_twice_says_the_same(app: xw.App, binh_dinh: xw.Book) -> None:
    first = perform("check-book", app, {}).message.vi
    assert perform("check-book", app, {}).message.vi == first
    assert marked(binh_dinh.sheets["Phụ lục"], "C36") == [ERROR]
    assert [name for name in binh_dinh.sheet_names if name.startswith(PAGE)] == [PAGE]


def test_unsaved_changes_are_checked(app: xw.App, binh_dinh: xw.Book) -> None:
    binh_dinh.sheets["Phụ lục"].range("C36").value = 3325
    assert perform("check-book", app, {}).message.vi.startswith("12 cảnh báo.")


@pytest.mark.parametrize("plan", ["can-tho-2021-2025", "dong-thap-2011-2015", "binh-dinh-2021-2025"])
def test_what_we_generate_is_clean(app: xw.App, tmp_path: Path, plan: str) -> None:
    path = tmp_path / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    book = app.books.open(str(path))
    outcome = perform("check-book", app, {})
    assert outcome.done
    assert outcome.message.vi.startswith("Không thấy gì sai (số bảng: ")
    assert PAGE not in book.sheet_names


def test_an_empty_book_has_no_table(app: xw.App) -> None:
    book = app.books.add()
    outcome = perform("check-book", app, {})
    assert not outcome.done
    assert "không có bảng nào để kiểm tra; cần một bảng có tiêu đề cột" in outcome.message.vi
    assert len(book.sheets) == 1


def test_no_book_at_all(app: xw.App) -> None:
    outcome = perform("check-book", app, {})
    assert not outcome.done
    assert outcome.message.vi == (
        "chưa mở tệp nào để làm việc; cần một tệp đang mở; "
        "tệp đang ở chế độ xem được bảo vệ thì bấm Enable Editing trước."
    )


def test_a_protected_sheet_is_listed_and_left_alone(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    typed = openpyxl.load_workbook(path)
    typed["Phụ lục"].protection.sheet = True
    typed.save(path)
    book = app.books.open(str(path))
    outcome = perform("check-book", app, {})
    assert outcome.done
    assert f"Trang “{book.sheets['Phụ lục'].name}” đang được bảo vệ nên không đánh dấu được." in outcome.message.vi
    assert len(listed(book)) == 13
    assert list(book.sheets["Phụ lục"].notes) == []


def test_a_protected_structure_is_refused(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    typed = openpyxl.load_workbook(path)
    typed.security = WorkbookProtection(lockStructure=True)
    typed.save(path)
    book = app.books.open(str(path))
    outcome = perform("check-book", app, {})
    assert not outcome.done
    assert "cấu trúc tệp đang được bảo vệ" in outcome.message.vi
    assert len(book.sheets) == len(typed.sheetnames)


def test_marks_on_merged_cells_and_hidden_rows(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    typed = openpyxl.load_workbook(path)
    typed["Phụ lục"].row_dimensions[37].hidden = True
    typed.save(path)
    expected = {
        each.place.address for each in check_file(path).findings if each.place and each.severity is Severity.ERROR
    }
    book = app.books.open(str(path))
    perform("check-book", app, {})
    assert {cell for cell in expected if ERROR in marked(book.sheets["Phụ lục"], cell)} == expected
    assert book.sheets["Phụ lục"].range("A37").rows.hidden


def test_a_book_of_the_old_format_gets_a_plain_list(app: xw.App, binh_dinh: xw.Book, tmp_path: Path) -> None:
    binh_dinh.save(str(tmp_path / "cu.xls"))
    binh_dinh.close()
    book = app.books.open(str(tmp_path / "cu.xls"))
    outcome = perform("check-book", app, {})
    assert outcome.message.vi.startswith("1 lỗi, 12 cảnh báo.")
    assert listed(book)[0] == ("Lỗi", "Phụ lục", "C36")
    assert book.sheets[PAGE].range("F7:H7").value == [3235, 3325, 3235]
    assert marked(book.sheets["Phụ lục"], "C36") == [ERROR]
    assert perform("next-finding", app, {}).done
    assert app.selection.address == "$C$36"
    assert perform("clear-marks", app, {}).done
    assert book.sheet_names == ["Tổng hợp", "Phụ lục"]


def test_what_somebody_wrote_on_the_list_is_kept(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    binh_dinh.sheets[PAGE].range("L7").value = "đã hỏi chị Hoa"
    outcome = perform("check-book", app, {})
    assert "Danh sách ở trang “Kết quả kiểm tra (2)”" in outcome.message.vi
    assert outcome.message.vi.endswith(
        "Trang kết quả “Kết quả kiểm tra” có điều bạn ghi thêm hoặc sửa nên được giữ lại."
    )
    assert binh_dinh.sheets[PAGE].range("L7").value == "đã hỏi chị Hoa"
    perform("clear-marks", app, {})
    assert binh_dinh.sheet_names == ["Tổng hợp", "Phụ lục", PAGE]
    assert perform("check-book", app, {}).message.vi.startswith("1 lỗi, 12 cảnh báo.")  # the list itself is no appendix


def test_findings_on_hidden_sheets_are_left_out_until_nothing_else_is_left(app: xw.App, binh_dinh: xw.Book) -> None:
    perform("check-book", app, {})
    binh_dinh.sheets["Phụ lục"].visible = False
    outcome = perform("next-finding", app, {})
    assert not outcome.done
    assert outcome.message.vi == "ô C36 chưa sửa nằm ở trang ẩn “Phụ lục”; cần bỏ ẩn trang (Unhide) trước."


def test_clearing_a_book_without_marks_says_so(app: xw.App, binh_dinh: xw.Book) -> None:
    assert perform("clear-marks", app, {}).message.vi == "Tệp không có đánh dấu nào của lần kiểm tra."


def test_clearing_from_the_list_leads_to_a_sheet_that_can_be_seen(app: xw.App, binh_dinh: xw.Book) -> None:
    binh_dinh.sheets["Tổng hợp"].api.Visible = 2  # very hidden
    perform("check-book", app, {})
    assert binh_dinh.sheets.active.name == PAGE
    assert perform("clear-marks", app, {}).done
    assert binh_dinh.sheets.active.name == "Phụ lục"
