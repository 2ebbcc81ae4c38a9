"""Thêm dòng, pressed in LibreOffice: what goes along with the new row, and what is made to fit around it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from support.rows import add, formulas, said
from support.typed import typed_file

from addin.marks import RULE
from addin.ribbon import perform


@pytest.mark.parametrize("row", [3, 5])
def test_a_roll_up_counts_the_new_row_in_and_is_to_be_made_anew(app: xw.App, tmp_path: Path, row: int) -> None:
    text = """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2026 | Năm 2027 | Tổng
1 | Hội nghị tập huấn | 1 | 2 | =C3+D3
2 | In ấn tài liệu | 3 | 4 | =C4+D4
3 | Mua sắm thiết bị | 5 | 6 | =C5+D5
 | Tổng cộng | =SUM(C3:C5) | =SUM(D3:D5) | =SUM(E3:E5)
"""
    book = app.books.open(str(typed_file(tmp_path / "phụ lục.xlsx", text)))
    book.sheets["Phụ lục"].activate()
    assert perform("by-source", app, {}).done
    page = book.sheets["Tổng hợp nguồn vốn"]
    assert page.range("B6").formula == "=SUM('Phụ lục'!C3:C5)"
    outcome = add(app, book.sheets["Phụ lục"], f"B{row}")
    assert "3 công thức tính cả dòng mới." in said(outcome)
    assert said(outcome).endswith("Trang “Tổng hợp nguồn vốn” cần lập lại sau khi điền dòng mới.")
    assert "xem lại" not in said(outcome)
    assert formulas(page, "B6:C6") == ["=SUM('Phụ lục'!C3:C6)", "=SUM('Phụ lục'!D3:D6)"]
    book.sheets["Phụ lục"].range(f"C{row + 1}").value = 1000
    assert page.range("B6").value == 1009


PLAIN = """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2026 | Năm 2027 | Tổng
1 | Hội nghị tập huấn | 1 | 2 | =C3+D3
2 | In ấn tài liệu | 3 | 4 | =C4+D4
3 | Mua sắm thiết bị | 5 | 6 | =C5+D5
 | Tổng cộng | =SUM(C3:C5) | =SUM(D3:D5) | =SUM(E3:E5)
"""

SPANNING = """
Đơn vị tính: triệu đồng
STT | Nội dung | Nguồn | Năm 2026 | Năm 2027 | Đơn vị thực hiện
1 | Hội nghị tập huấn | NSTW | 1 | 2 | Sở Công Thương
^ | ^ | NSĐP | 3 | 4 | ^
2 | In ấn tài liệu | NSTW | 5 | 6 | Sở Tài chính
^ | ^ | NSĐP | 7 | 8 | ^
 | Tổng cộng | | =SUM(D3:D6) | =SUM(E3:E6) |
"""


@pytest.mark.parametrize("text", [SPANNING, SPANNING.replace("^", " ")], ids=["merged", "plain"])
@pytest.mark.parametrize("cell", ["B3", "C4", "A5", "C6"])
def test_an_item_that_stands_in_two_rows_is_copied_whole(app: xw.App, tmp_path: Path, cell: str, text: str) -> None:
    sheet = app.books.open(str(typed_file(tmp_path / "hai dòng.xlsx", text))).sheets[0]
    top, number, said_below = (5, 2, "1 Hội nghị tập huấn") if cell in ("B3", "C4") else (7, 3, "2 In ấn tài liệu")
    assert said(add(app, sheet, cell)).startswith(
        f"Đã thêm các dòng {top}–{top + 1}, số {number}, dưới “{said_below}”; 2 công thức tính cả dòng mới."
    )
    assert sheet.range((top, 1), (top + 1, 6)).value == [
        [number, None, "NSTW", None, None, None],
        [None, None, "NSĐP", None, None, None],
    ]
    assert [sheet.range((row, 1)).value for row in (3, 5, 7)] == [1, 2, 3]
    if text is SPANNING:
        for column in "ABF":
            areas = [sheet.range(f"{column}{row}").merge_area.address for row in (3, 5, 7)]
            assert areas == [f"${column}${row}:${column}${row + 1}" for row in (3, 5, 7)]
    assert formulas(sheet, "D9:E9") == ["=SUM(D3:D8)", "=SUM(E3:E8)"]
    sheet.range((top + 1, 4)).value = 100
    assert sheet.range("D9").value == 116


SUBTOTALS = """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2026
I | *NHÓM MỘT* |
1 | Hội nghị tập huấn | 1
2 | In ấn tài liệu | 3
 | Cộng I | =SUM(C4:C5)
II | *NHÓM HAI* |
1 | Mua máy in | 5
2 | Mua máy tính | 7
 | Cộng II: | =SUM(C8:C9)
 | *TỔNG CỘNG* | =C6+C10
"""


@pytest.mark.parametrize(
    ("cell", "labels", "told"),
    [
        ("B3", ["Cộng I", "Cộng II", "Cộng III:"], "Đã sửa nhãn dòng cộng theo số mới: “Cộng III:”."),
        ("B7", ["Cộng I", "Cộng II:", "Cộng III:"], "công thức tính cả dòng mới."),
    ],
)
def test_totals_called_after_a_group_follow_its_number(
    app: xw.App, tmp_path: Path, cell: str, labels: list[str], told: str
) -> None:
    sheet = app.books.open(str(typed_file(tmp_path / "cộng.xlsx", SUBTOTALS))).sheets[0]
    message = said(add(app, sheet, cell))
    assert message.endswith(told)
    held = sheet.range("A3:B14").value
    assert [row[1] for row in held if str(row[1]).startswith("Cộng ")] == labels
    assert [row[0] for row in held if str(row[0]).startswith("I")] == ["I", "II", "III"]
    assert sheet.range("C14").formula == ("=C6+C9+C13" if cell == "B3" else "=C6+C10+C13")


def test_names_that_several_sheets_have_for_themselves(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "tên trùng.xlsx", PLAIN)
    workbook = load_workbook(path)
    one, other = workbook.worksheets[0], workbook.create_sheet("Tình hình năm '25")
    other["D3"] = 8
    workbook.defined_names["Tong"] = DefinedName("Tong", attr_text="'Phụ lục'!$C$3:$D$5")
    one.defined_names["Tong"] = DefinedName("Tong", attr_text="'Phụ lục'!$C$3:$C$5")
    other.defined_names["Tong"] = DefinedName("Tong", attr_text="'Tình hình năm ''25'!$D$3:$D$5")
    workbook.save(path)
    book = app.books.open(str(path))
    add(app, book.sheets["Phụ lục"], "B5")
    assert {name.name: name.refers_to for name in book.names} == {
        "Tong": "='Phụ lục'!$C$3:$D$6",
        "'Phụ lục'!Tong": "='Phụ lục'!$C$3:$C$6",
        "'Tình hình năm ''25'!Tong": "='Tình hình năm ''25'!$D$3:$D$5",
    }


def rules(sheet: xw.Sheet, cells: str) -> list[list[str | None]]:
    """The formulas of the rules of each cell."""
    return [[rule.formula for rule in cell.conditional_formats] for cell in sheet.range(cells)]


def test_a_rule_about_the_old_row_leaves_every_cell_of_the_new_one(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "định dạng.xlsx", PLAIN)
    workbook = load_workbook(path)
    formats = workbook.worksheets[0].conditional_formatting
    formats.add("A4:D4", FormulaRule(["$E$4>5"], fill=PatternFill("solid", bgColor="FFC7CE")))
    formats.add("D3:E5", FormulaRule(["D3>100"], fill=PatternFill("solid", bgColor="FFF2CC")))
    workbook.save(path)
    sheet = app.books.open(str(path)).sheets["Phụ lục"]
    outcome = add(app, sheet, "B4")
    assert rules(sheet, "A4:E4") == [["=$E$4>5"]] * 3 + [["=$E$4>5", "=D3>100"], ["=D3>100"]]
    # the cell that both rules are for keeps both, and is told
    assert rules(sheet, "A5:E5") == [[]] * 3 + [["=$E$4>5", "=D3>100"], ["=D3>100"]]
    assert "Định dạng có điều kiện chưa tính dòng mới, xin xem lại: D5." in said(outcome)


def test_a_mark_goes_from_the_new_row_and_the_rule_of_the_user_stays(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "sai.xlsx", PLAIN.replace("=C5+D5", "12"))
    workbook = load_workbook(path)
    looks = PatternFill("solid", bgColor="FFF2CC")
    workbook.worksheets[0].conditional_formatting.add("E3:E5", FormulaRule(["E3>100"], fill=looks))
    workbook.save(path)
    sheet = app.books.open(str(path)).sheets["Phụ lục"]
    assert perform("check-sheet", app, {}).done
    assert rules(sheet, "E5") == [[RULE, "=E3>100"]]
    color = sheet.range("E5").conditional_formats[0].fill_color
    add(app, sheet, "B5")
    assert [sorted(each) for each in rules(sheet, "E4:E6")] == [["=E3>100"], [RULE, "=E3>100"], ["=E3>100"]]
    assert [rule.fill_color for rule in sheet.range("E5").conditional_formats if rule.formula == RULE] == [color]


def test_an_item_of_several_rows_some_of_which_are_filtered_out(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "lọc.xlsx", SPANNING)
    workbook = load_workbook(path)
    workbook.worksheets[0].row_dimensions[6].hidden = True
    workbook.save(path)
    sheet = app.books.open(str(path)).sheets["Phụ lục"]
    before = sheet.used_range.formula
    outcome = add(app, sheet, "B5")
    assert (outcome.done, outcome.message.vi) == (
        False,
        "trang “Phụ lục”, dòng 6: hạng mục này có dòng đang bị lọc hoặc ẩn; cần bỏ lọc và hiện các dòng ấy trước.",
    )
    assert sheet.used_range.formula == before
    assert add(app, sheet, "B3").done  # the hidden row belongs to another item
