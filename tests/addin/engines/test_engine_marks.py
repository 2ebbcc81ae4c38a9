"""Notes, conditional formats and links: what the marks of a check are made of."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from addin.engines.office import OfficeError

RULE = '="phuluc"="phuluc"'
SHEET = "Phụ lục I"


@pytest.fixture
def sheet(app: xw.App) -> xw.Sheet:
    sheet = app.books.add().sheets[0]
    sheet.name = SHEET
    sheet["A1"].value = [[1, 2], [3, 4], [5, 6]]
    return sheet


@pytest.fixture
def ruled(app: xw.App, tmp_path: Path) -> xw.Sheet:
    """A sheet with conditional formats that its user made."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in range(1, 10):
        sheet.append([row, row * 2])
    green, bold = PatternFill(bgColor="FF00FF00"), Font(bold=True, italic=True, color="FFFF0000")
    sheet.conditional_formatting.add("A1:A5", FormulaRule(["$A1>3"], fill=green))
    sheet.conditional_formatting.add("A1:A5", CellIsRule(operator="between", formula=["1", "$B$1"], font=bold))
    sheet.conditional_formatting.add(
        "B1:B9", ColorScaleRule("min", None, "FFFF0000", end_type="max", end_color="FF00FF00")
    )
    workbook.save(tmp_path / "luật.xlsx")
    return app.books.open(str(tmp_path / "luật.xlsx")).sheets[0]


def described(cells: xw.Range) -> list[tuple[object, ...]]:
    return [(rule.type, rule.formula or rule.formula1, rule.fill_color) for rule in cells.conditional_formats]


def saved(sheet: xw.Sheet, folder: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    sheet.book.api.SaveCopyAs(str(folder / "sau.xlsx"))
    return openpyxl.load_workbook(folder / "sau.xlsx")[sheet.name]


def test_notes(sheet: xw.Sheet, tmp_path: Path) -> None:
    assert sheet["B2"].note is None
    note = sheet["B2"].add_note("Sai số\nhai dòng")
    sheet["A3"].add_note("khác")
    assert (note.text, note.location.address) == ("Sai số\nhai dòng", "$B$2")
    assert [(each.location.address, each.text, each.author) for each in sheet.notes] == [
        ("$A$3", "khác", ""),
        ("$B$2", "Sai số\nhai dòng", ""),
    ]
    note.text = "đã sửa"
    assert sheet["B2"].note.text == sheet.notes["B2"].text == "đã sửa"
    assert saved(sheet, tmp_path)["B2"].comment.text == "đã sửa"
    with pytest.raises(ValueError, match="already has a note"):
        sheet["B2"].add_note("nữa")
    note.delete()
    assert [each.text for each in sheet.book.notes] == ["khác"]
    sheet["A3"].clear()
    assert sheet.notes.count == 0


def test_notes_move_with_their_cells(sheet: xw.Sheet) -> None:
    sheet["A3"].add_note("x")
    sheet["2:2"].insert("down")
    assert [note.location.address for note in sheet.notes] == ["$A$4"]


def test_notes_stay_when_their_cells_are_written(sheet: xw.Sheet) -> None:
    for cell in ("A1", "B2", "A300"):
        sheet[cell].add_note(f"ở {cell}")
    sheet["A1"].value = 5
    sheet["A1:C3"].value = [["x", None, 1], ["'=y", 2, "=A1"], [3, "=B2*2", "01/02/2024"]]
    assert sheet["A1:C3"].formula == (("x", "", "1"), ("=y", "2", "=A1"), ("3", "=B2*2", "45293"))
    sheet["A1"].formula = [[f"=ROW()+{row}", "=A1"] for row in range(300)]
    assert sheet["A300:B300"].value == [599.0, 1.0]
    sheet["A1:B2"].clear_contents()
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$A$1", "ở A1"),
        ("$A$300", "ở A300"),
        ("$B$2", "ở B2"),
    ]


def test_the_height_of_a_row_does_not_change_with_its_note(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "chữ dài " * 20
    workbook.active["A1"].alignment = openpyxl.styles.Alignment(wrap_text=True)
    workbook.save(tmp_path / "cao.xlsx")
    cell = app.books.open(str(tmp_path / "cao.xlsx")).sheets[0]["A1"]
    before = cell.row_height
    cell.add_note("x").delete()
    assert cell.row_height == before


def test_a_mark_leaves_the_fill_and_goes_without_a_trace(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].color = "#eeeeee"
    before = parts(sheet, tmp_path / "trước.xlsx")
    rule = sheet["A1:B1"].conditional_formats.add_custom(RULE, fill_color="#ffc7ce")
    assert (rule.type, rule.formula, rule.fill_color, rule.font_color, rule.font_bold) == (
        "custom",
        RULE,
        (255, 199, 206),
        None,
        None,
    )
    assert sheet["A1"].color == (238, 238, 238)
    (marked,) = saved(sheet, tmp_path).conditional_formatting
    assert (str(marked.sqref), marked.rules[0].formula, marked.rules[0].dxf.fill.bgColor.rgb) == (
        "A1:B1",
        ['"phuluc"="phuluc"'],
        "FFFFC7CE",
    )
    rule.delete()
    assert parts(sheet, tmp_path / "sau.xlsx") == before


def parts(sheet: xw.Sheet, path: Path) -> dict[str, bytes]:
    sheet.book.api.SaveCopyAs(str(path))
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.startswith("docProps/")}


def test_marks_are_known_again_in_a_book_that_was_saved(app: xw.App, sheet: xw.Sheet, tmp_path: Path) -> None:
    for cell in ("A1", "B2", "A3"):
        sheet[cell].conditional_formats.add_custom(RULE, fill_color="#ffc7ce", font_color="#9c0006", font_bold=True)
    sheet["1:1"].insert("down")
    sheet.book.save(str(tmp_path / "đánh dấu.xlsx"))
    sheet.book.close()
    again = app.books.open(str(tmp_path / "đánh dấu.xlsx")).sheets[SHEET]
    rules = list(again.cells.conditional_formats)
    assert [(rule.formula, rule.fill_color, rule.font_color, rule.font_bold, rule.font_italic) for rule in rules] == [
        (RULE, (255, 199, 206), (156, 0, 6), True, None)
    ] * 3
    assert [len(again[cell].conditional_formats) for cell in ("A1", "A2", "B3", "A4")] == [0, 1, 1, 1]
    for rule in rules:
        rule.delete()
    assert len(again.cells.conditional_formats) == 0


def test_rules_of_the_user_are_read(ruled: xw.Sheet) -> None:
    first, second, third = ruled.cells.conditional_formats
    assert (first.type, first.formula, first.fill_color, first.operator) == ("custom", "=$A1>3", (0, 255, 0), None)
    assert (second.type, second.operator, second.formula1, second.formula2) == ("cell_value", "between", "=1", "=$B$1")
    assert (second.font_bold, second.font_italic, second.font_color, second.fill_color) == (
        True,
        True,
        (255, 0, 0),
        None,
    )
    assert (third.type, third.formula, third.stop_if_true) == ("color_scale", None, None)
    assert [len(ruled[cell].conditional_formats) for cell in ("A5", "A6", "B9")] == [2, 0, 1]


def test_a_new_rule_is_judged_first_and_the_others_are_the_same_again(ruled: xw.Sheet) -> None:
    before = described(ruled.cells)
    rule = ruled["A2"].conditional_formats.add_custom(RULE, fill_color="#ffc7ce")
    assert described(ruled["A2"]) == [("custom", RULE, (255, 199, 206)), *before[:2]]
    ruled["B2"].conditional_formats.add_custom(RULE, fill_color="#ffc7ce")  # a colour scale is there
    for each in reversed(list(ruled.cells.conditional_formats)):
        if each.formula == RULE:
            each.delete()
    assert sorted(described(ruled.cells), key=str) == sorted(before, key=str)
    assert rule.formula == RULE


def test_one_of_several_rules_of_a_range_is_deleted(ruled: xw.Sheet) -> None:
    first, second, _ = ruled.cells.conditional_formats
    first.delete()
    assert [rule[1] for rule in described(ruled["A1"])] == ["=1"]
    second.set(formula2=9)  # it stands elsewhere by now
    assert [rule.formula2 for rule in ruled["A1"].conditional_formats] == ["=9"]
    second.delete()
    assert described(ruled["A1"]) == []
    assert described(ruled["B1"]) == [("color_scale", None, None)]
    with pytest.raises(OfficeError, match="the rule is gone"):
        first.delete()


def test_a_rule_is_changed(sheet: xw.Sheet) -> None:
    rule = sheet["A1:A3"].conditional_formats.add_cell_value("greater_than", 2, fill_color="#ffff00")
    assert (rule.operator, rule.formula1, rule.formula2) == ("greater_than", "=2", None)
    rule.set(operator="between", formula1=3, formula2="=$B$3", font_italic=True)
    (again,) = sheet["A2"].conditional_formats
    for each in (rule, again):
        assert (each.operator, each.formula1, each.formula2) == ("between", "=3", "=$B$3")
        assert (each.fill_color, each.font_italic) == ((255, 255, 0), True)
    custom = sheet["B1"].conditional_formats.add_custom("='Phụ lục I'!$A$1>B1", font_color="#ff0000")
    assert custom.formula == "='Phụ lục I'!$A$1>B1"
    custom.set(formula="=SUM($A$1:$A$3,B1)>9")
    assert [each.formula for each in sheet["B1"].conditional_formats] == ["=SUM($A$1:$A$3,B1)>9"]
    with pytest.raises(NotImplementedError):
        sheet["A1"].conditional_formats.add_color_scale(["#ff0000", "#00ff00"])


def test_rules_are_cleared_from_a_part_of_where_they_apply(ruled: xw.Sheet, tmp_path: Path) -> None:
    ruled["A2:B3"].conditional_formats.clear()
    assert [len(ruled[cell].conditional_formats) for cell in ("A1", "A2", "A3", "A4", "B2", "B4")] == [2, 0, 0, 2, 0, 1]
    assert sorted(str(each.sqref) for each in saved(ruled, tmp_path).conditional_formatting) == ["A1 A4:A5", "B1 B4:B9"]
    ruled.cells.conditional_formats.clear()
    assert len(ruled.cells.conditional_formats) == 0


def test_a_mark_in_a_book_with_a_protected_sheet(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = SHEET
    workbook.create_sheet("Khóa").protection.sheet = True
    workbook.save(tmp_path / "khóa.xlsx")
    sheet = app.books.open(str(tmp_path / "khóa.xlsx")).sheets[SHEET]
    sheet["A1"].value = 1
    rule = sheet["A1"].conditional_formats.add_custom(RULE, fill_color="#ffc7ce", font_italic=True)
    assert (rule.fill_color, rule.font_italic, rule.font_bold) == ((255, 199, 206), True, None)
    (marked,) = saved(sheet, tmp_path).conditional_formatting
    assert (marked.rules[0].dxf.fill.bgColor.rgb, marked.rules[0].dxf.font.i) == ("FFFFC7CE", True)
    rule.delete()
    assert len(sheet.cells.conditional_formats) == 0


def test_links(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A5"].add_hyperlink("https://phuluc.vn/a?b=1", "trang nhà", "mở trang")
    sheet["A6"].add_hyperlink("#'Phụ lục I'!B2", "ô sai")
    assert [(sheet[cell].value, sheet[cell].hyperlink) for cell in ("A5", "A6")] == [
        ("trang nhà", "https://phuluc.vn/a?b=1"),
        ("ô sai", "#'Phụ lục I'!B2"),
    ]
    read = saved(sheet, tmp_path)
    assert (read["A5"].hyperlink.target, read["A6"].hyperlink.location) == ("https://phuluc.vn/a?b=1", "'Phụ lục I'!B2")
    sheet["A7"].formula = '=HYPERLINK("#A1","lên")'
    assert sheet["A7"].hyperlink == "#A1"
    with pytest.raises(LookupError):
        _ = sheet["A1"].hyperlink


def test_links_that_a_file_brings_along(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    for row, value in enumerate(["chữ", 12], start=1):
        sheet.cell(row, 1, value).hyperlink = "https://phuluc.vn/"
    sheet["A3"] = "trong tệp"
    sheet["A3"].hyperlink = Hyperlink(ref="A3", location="'Phụ lục I'!A1")
    workbook.save(tmp_path / "liên kết.xlsx")
    opened = app.books.open(str(tmp_path / "liên kết.xlsx")).sheets[0]
    assert [opened.range((row, 1)).hyperlink for row in (1, 2, 3)] == [
        "https://phuluc.vn/",
        "https://phuluc.vn/",
        "#'Phụ lục I'!A1",
    ]
    assert opened["A1:A3"].value == ["chữ", 12.0, "trong tệp"]
