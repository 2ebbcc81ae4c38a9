"""Sheets: added, copied within a book and into another, moved, named, printed, looked at."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture
def book(app: xw.App) -> xw.Book:
    return app.books.add()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A sheet with everything that a page of an appendix has."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Kết quả"
    sheet["A1"], sheet["B2"], sheet["B3"] = "KẾT QUẢ", 1.5, "=SUM(B2:B2)"
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    sheet["B2"].number_format = "#,##0.0"
    sheet["A2"].comment = Comment("ghi chú", "ai đó")
    sheet["A3"] = "lên đầu"
    sheet["A3"].hyperlink = Hyperlink(ref="A3", location="'Kết quả'!A1")
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["A"].width, sheet.row_dimensions[2].height = 40, 33
    sheet.column_dimensions["D"].hidden = True
    sheet.conditional_formatting.add("B2", FormulaRule(["B2>1"], fill=PatternFill(bgColor="FFC6EFCE")))
    sheet.print_area, sheet.print_title_rows = "A1:C9", "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = 1.18
    sheet.oddHeader.center.text = "&P"
    sheet.sheet_view.showGridLines, sheet.freeze_panes = False, "B3"
    workbook.save(tmp_path / "trang.xlsx")
    return tmp_path / "trang.xlsx"


def saved(book: xw.Book, path: Path, sheet: str) -> Worksheet:
    """A sheet as the host writes it, in openpyxl."""
    book.api.SaveCopyAs(str(path))
    return openpyxl.load_workbook(path)[sheet]


def test_sheets_are_added_where_excel_adds_them(book: xw.Book) -> None:
    first = book.sheets[0]
    added = book.sheets.add()
    assert book.sheets.active == added
    book.sheets.add("Cuối", after=first)
    book.sheets.add("Đầu", before=added)
    assert book.sheet_names == ["Đầu", "Sheet2", "Sheet1", "Cuối"]
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3, 4]
    assert (book.sheets["đầu"].name, book.sheets(2).name, "cuối" in book.sheets) == ("Đầu", "Sheet2", True)
    with pytest.raises(KeyError):
        book.sheets["không có"]


def test_a_renamed_sheet_is_the_same_one_and_formulas_follow(book: xw.Book) -> None:
    sheet = book.sheets[0]
    book.sheets.add("Khác")["A1"].formula = "=Sheet1!A1"
    sheet.name = "Phụ lục I"
    assert sheet.range("A1").sheet == book.sheets["Phụ lục I"] == sheet
    assert book.sheets["Khác"]["A1"].formula == "='Phụ lục I'!A1"


def test_a_sheet_is_moved(book: xw.Book) -> None:
    for name in ("hai", "ba"):
        book.sheets.add(name, after=book.sheets[-1])
    book.sheets["Sheet1"].move(after=book.sheets["ba"])
    assert book.sheet_names == ["hai", "ba", "Sheet1"]
    book.sheets["Sheet1"].move(before=book.sheets["ba"])
    assert book.sheet_names == ["hai", "Sheet1", "ba"]


def test_a_sheet_is_deleted(book: xw.Book) -> None:
    book.sheets.add("hai")
    book.sheets["Sheet1"].delete()
    assert book.sheet_names == ["hai"]


def test_copies_are_named_as_excel_names_them(app: xw.App, book: xw.Book) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = "gốc"
    assert [sheet.copy().name, sheet.copy(before=sheet).name, book.sheets["Sheet1 (2)"].copy().name] == [
        "Sheet1 (2)",
        "Sheet1 (3)",
        "Sheet1 (4)",
    ]
    assert book.sheet_names == ["Sheet1 (3)", "Sheet1", "Sheet1 (2)", "Sheet1 (4)"]
    assert sheet.copy(name="riêng")["A1"].value == "gốc"
    sheet.name = "Tên dài đúng ba mươi mốt ký tự ạ"[:31]
    assert len(sheet.copy().name) == 31
    other = app.books.add()
    assert [sheet.copy(after=other.sheets[0]).name, sheet.copy(after=other.sheets[0]).name[-4:]] == [sheet.name, " (2)"]


def test_a_sheet_is_copied_into_another_open_book(app: xw.App, book: xw.Book, page: Path, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "của người dùng"
    other = app.books.open(str(page))
    copied = other.sheets[0].copy(after=book.sheets[-1])
    other.close()
    assert copied == book.sheets.active == book.sheets["Kết quả"]
    assert copied["A1:B3"].formula == (("KẾT QUẢ", ""), ("", "1.5"), ("lên đầu", "=SUM(B2:B2)"))
    assert copied["B3"].value == 1.5
    made, came = openpyxl.load_workbook(page)["Kết quả"], saved(book, tmp_path / "sau.xlsx", "Kết quả")
    for each in (made, came):
        setup, view = each.page_setup, each.sheet_view
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
        assert (each.print_area, each.print_title_rows) == ("'Kết quả'!$A$1:$C$9", "$1:$2")
        assert (round(each.page_margins.left, 2), each.oddHeader.center.text[-2:]) == (1.18, "&P")
        assert (view.showGridLines, each.freeze_panes, view.pane.topLeftCell) == (False, "B3", "B3")
        assert [str(area) for area in each.merged_cells.ranges] == ["A1:C1"]
        assert (each.row_dimensions[2].height, each.column_dimensions["D"].hidden) == (33, True)
        assert (each["A1"].font.name, each["A1"].font.size, each["A1"].font.bold) == ("Times New Roman", 14, True)
        assert (each["B2"].number_format, each["A2"].comment.text) == ("#,##0.0", "ghi chú")
        assert each["A3"].hyperlink.location == "'Kết quả'!A1"
        assert [str(area.sqref) for area in each.conditional_formatting] == ["B2"]
        assert each.sheet_properties.pageSetUpPr.fitToPage
    assert openpyxl.load_workbook(tmp_path / "sau.xlsx")["Sheet1"]["A1"].value == "của người dùng"


def test_formulas_of_a_copied_sheet_point_into_the_book_they_came_from(app: xw.App, book: xw.Book, page: Path) -> None:
    other = app.books.open(str(page))
    other.sheets.add("Hai")["A1"].formula = "='Kết quả'!B2*2"
    copied = other.sheets["Hai"].copy(after=book.sheets[0])
    assert copied["A1"].formula == f"='{page.parent}/[trang.xlsx]Kết quả'!B2*2"


@pytest.mark.parametrize(("place", "pane"), [("A1:B3", "C4"), ("1:2", "A3"), ("A:A", "B1"), ("A1", "B2")])
def test_what_is_frozen(book: xw.Book, tmp_path: Path, place: str, pane: str) -> None:
    sheet = book.sheets[0]
    sheet["A1:E9"].value = 1
    sheet.freeze_panes.freeze_at(place)
    frozen = saved(book, tmp_path / "khung.xlsx", "Sheet1")
    assert (frozen.freeze_panes, frozen.sheet_view.pane.topLeftCell) == (pane, pane)
    sheet.freeze_panes.unfreeze()
    assert saved(book, tmp_path / "khung.xlsx", "Sheet1").freeze_panes is None


def test_what_is_printed(book: xw.Book, tmp_path: Path) -> None:
    setup = book.sheets[0].page_setup
    assert setup.print_area is None
    setup.print_area = "$A$1:$C$10"
    assert (setup.print_area, saved(book, tmp_path / "in.xlsx", "Sheet1").print_area) == (
        "$A$1:$C$10",
        "'Sheet1'!$A$1:$C$10",
    )
    setup.print_area = "A1:B2,D4"
    assert setup.print_area == "$A$1:$B$2,$D$4"
    setup.print_area = None
    assert setup.print_area is None


def test_what_is_selected(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    first, second = book.sheets[0], book.sheets.add("Hai")
    first.activate()
    assert (book.sheets.active, app.selection.address) == (first, "$A$1")
    second["B3:C4"].select()
    assert (book.sheets.active, app.selection, book.selection) == (second, second["B3:C4"], second["B3:C4"])
    assert app.range("A1").sheet == second
    book.api.SaveCopyAs(str(tmp_path / "chọn.xlsx"))
    with ZipFile(tmp_path / "chọn.xlsx") as package:
        assert b'activeTab="0"' in package.read("xl/workbook.xml")  # "Hai" stands before
        assert re.search(rb'sqref="B3:C4"', package.read("xl/worksheets/sheet1.xml"))


def test_a_whole_sheet_is_cleared_and_fitted(book: xw.Book) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = "một dòng chữ dài hơn hẳn bề rộng của một cột bình thường"
    sheet["A1"].color = "#ff0000"
    narrow = sheet["A1"].column_width
    sheet.autofit("c")
    assert sheet["A1"].column_width > 3 * narrow
    sheet.clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (255, 0, 0))
    sheet["A1"].value = 1
    sheet.clear_formats()
    assert (sheet["A1"].value, sheet["A1"].color) == (1.0, None)
    sheet.clear()
    assert sheet.used_range.address == "$A$1"


def test_conditional_formats_of_a_copied_sheet_keep_their_colours(app: xw.App, tmp_path: Path) -> None:
    """LibreOffice calls the style of the first rule in every file the same: the other book's must not be taken."""
    for name, color in (("đỏ", "FFC7CE"), ("xanh", "C6EFCE")):
        made = openpyxl.Workbook()
        made.worksheets[0].title = name
        rule = FormulaRule(["TRUE"], fill=PatternFill("solid", bgColor=color))
        made.worksheets[0].conditional_formatting.add("A1", rule)
        made.save(tmp_path / f"{name}.xlsx")
    book, other = (app.books.open(str(tmp_path / f"{name}.xlsx")) for name in ("đỏ", "xanh"))
    other.sheets[0].copy(after=book.sheets[0])
    other.close()
    book.save(str(tmp_path / "cả hai.xlsx"))
    book.close()
    opened = app.books.open(str(tmp_path / "cả hai.xlsx"))
    colors = {sheet.name: [rule.fill_color for rule in sheet["A1"].conditional_formats] for sheet in opened.sheets}
    assert colors == {"đỏ": [(255, 199, 206)], "xanh": [(198, 239, 206)]}
