"""Thêm dòng, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.protection import SheetProtection
from support.generated import generated
from support.rows import add, formulas, said
from support.typed import typed_file

from addin.blocks import fill
from addin.ribbon import perform
from addin.rows.kin import is_line
from validators.checking import examine
from validators.readers import read_book
from validators.tables.model import RowKind

CHECKS = "Kiểm tra"
STATED = ("Số nêu trong văn bản", "Số bằng chữ nêu trong văn bản", "Dự toán của hạng mục")


def reference_book(app: xw.App, plan: str, folder: Path) -> xw.Book:
    """The generated appendix of a reference plan, open."""
    path = folder / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    return app.books.open(str(path))


def wrong_checks(book: xw.Book) -> list[str]:
    """The checks of a generated workbook that fail, but those against figures that the document states."""
    page = book.sheets[CHECKS]
    rows = page.range((6, 1), (page.used_range.last_cell.row, 7)).value
    return [row[1] for row in rows if row[6] == "Sai" and not row[1].startswith(STATED)]


def test_a_generated_item_gets_its_lines_keys_and_number(app: xw.App, tmp_path: Path) -> None:
    book = reference_book(app, "binh-dinh-2021-2025", tmp_path)
    sheet = book.sheets["Phụ lục"]
    outcome = add(app, sheet, "D20")  # a source line of item 2.5: the item is meant
    assert said(outcome) == (
        "Đã thêm các dòng 21–22, số 2.6, dưới “2.5 Tổ chức điều tra, thu thập số liệu thống kê về…”; "
        "27 công thức tính cả dòng mới."
    )
    assert formulas(sheet, "A21:H21") == ["2.6", "", "=SUM(D21:H21)", *(f"=SUM({c}22)" for c in "DEFGH")]
    assert sheet.range("B22").value == "Nguồn kinh phí: - Ngân sách địa phương (…%)"
    assert formulas(sheet, "C22:H22") == ["=SUM(D22:H22)", "", "", "", "", ""]
    assert sheet.range("J21:M22").value == [["bd-2-6", "bd-2", None, "cong"], [None, "bd-2-6", "local", None]]
    assert formulas(sheet, "D10:E10") == [f'=SUMIF($K$11:$K$21,"bd-2",{c}$11:{c}$21)' for c in "DE"]
    assert app.selection.address == "$B$21"
    sheet.range("D22").value = 100
    assert sheet.range("C10").value == 915
    assert sheet.range("C68:D70").value == [[6960, 1220], [3175, 685], [3785, 535]]
    assert wrong_checks(book) == []


@pytest.mark.parametrize(
    ("plan", "cell", "typed", "total", "before"),
    [
        ("binh-dinh-2021-2025", "Phụ lục!B8", "D11", "C68", 6860),  # the only item of its group
        ("binh-dinh-2021-2025", "Phụ lục!B65", "H68", "C69", 6860),  # the last line of the table
        ("binh-dinh-2021-2025", "Phụ lục!B56", "H69", "C70", 6860),  # a group
        ("can-tho-2021-2025", "Phụ lục 1!B19", "D20", "C23", 5241.5),
        ("dong-nai-2021-2025", "Phụ lục!B21", "G22", "J23", 5385),
        ("dong-thap-2011-2015", "Tổng hợp!B17", "C18", "C19", 3050000000),
        ("nghe-an-2021-2025", "Phụ lục!B10", "E11", "D45", 15800),
        ("nghe-an-2021-2025", "Phụ lục!B43", "F44", "D45", 15800),
        ("nghe-an-2021-2025", "Phụ lục!B41", "F45", "D46", 15800),
    ],
)
def test_what_is_typed_into_the_new_row_is_counted_everywhere(
    app: xw.App, tmp_path: Path, plan: str, cell: str, typed: str, total: str, before: float
) -> None:
    book = reference_book(app, plan, tmp_path)
    name, _, at = cell.partition("!")
    page = book.sheets[name]
    outcome = add(app, page, at)
    assert outcome.done
    assert "Kiểm tra lại" not in said(outcome)
    assert page.range(total).value == before
    page.range(typed).value = 700
    assert page.range(total).value == before + 700
    assert wrong_checks(book) == []


TYPED = """
Đơn vị tính: triệu đồng
STT | Nội dung | Mục tiêu | Kinh phí | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | Cán bộ nắm vững quy định | =SUM(E3:F3) => 10 | 4 | 6
2 | In ấn tài liệu | ^ | =SUM(E4:F4) => 20 | 8 | 12
3 | Mua sắm thiết bị | ^ | =SUM(E5:F5) => 25 | 10 | 15
 | *Tổng cộng* | | =SUM(D3:D5) => 55 | =E3+E4+E5 => 22 | 33
"""


def typed_book(app: xw.App, folder: Path, change: Callable[[Workbook], None] = lambda _: None) -> xw.Book:
    """A table as people type it, changed, and open."""
    path = typed_file(folder / "go tay.xlsx", TYPED)
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)
    return app.books.open(str(path))


def test_a_typed_table_with_merged_cells(app: xw.App, tmp_path: Path) -> None:
    book = typed_book(app, tmp_path)
    sheet = book.sheets[0]
    assert said(add(app, sheet, "B5")) == (
        "Đã thêm dòng 6, số 4, dưới “3 Mua sắm thiết bị”; 2 công thức tính cả dòng mới. Tổng gõ tay, sẽ không tự tính "
        "dòng mới: F7 (nút “Thay số cứng bằng công thức” thay được)."
    )
    assert formulas(sheet, "A6:F6") == ["4", "", "", "=SUM(E6:F6)", "", ""]
    assert formulas(sheet, "D7:F7") == ["=SUM(D3:D6)", "=E3+E4+E5+E6", "33"]
    assert sheet.range("C6").merge_area.address == "$C$3:$C$6"
    assert sheet.range("C3").value == "Cán bộ nắm vững quy định"


def test_rows_that_follow_are_numbered_anew_and_merged_cells_stretch(app: xw.App, tmp_path: Path) -> None:
    sheet = typed_book(app, tmp_path).sheets[0]
    add(app, sheet, "A3")
    assert sheet.range("C3:C6").value == ["Cán bộ nắm vững quy định", None, None, None]
    assert sheet.range("A3:A6").value == [1, 2, 3, 4]
    assert formulas(sheet, "D7:F7") == ["=SUM(D3:D6)", "=E3+E4+E5+E6", "33"]
    assert sheet.range("C4").merge_area.address == "$C$3:$C$6"


def test_a_merged_cell_that_stands_over_several_rows(app: xw.App, tmp_path: Path) -> None:
    sheet = typed_book(app, tmp_path).sheets[0]
    add(app, sheet, "C3:C5")
    assert formulas(sheet, "A6:F6") == ["4", "", "", "=SUM(E6:F6)", "", ""]


def test_a_label_that_names_what_it_adds_up_is_told(app: xw.App, tmp_path: Path) -> None:
    text = TYPED.replace("*Tổng cộng*", "*Tổng cộng (1+2+3)*")
    sheet = app.books.open(str(typed_file(tmp_path / "nhan.xlsx", text))).sheets[0]
    message = said(add(app, sheet, "B5"))
    assert message.endswith("Nhãn dòng 7 “Tổng cộng (1+2+3)” ghi rõ các mục được cộng: xin sửa lại.")


def test_cells_merged_over_an_item_and_its_parts(app: xw.App, tmp_path: Path) -> None:
    text = """
STT | Nội dung | Đơn vị thực hiện | Kinh phí
1 | *Hội nghị tập huấn* | Sở Công Thương | =SUM(D3:D4) => 10
1.1 | Thuê hội trường | ^ | 4
1.2 | Thuê giảng viên | ^ | 6
2 | *In ấn tài liệu* | Sở Tài chính | =SUM(D6:D7) => 30
2.1 | Thiết kế mẫu | ^ | 10
2.2 | In màu | ^ | 20
 | *Tổng cộng* | | =D2+D5 => 40
"""
    sheet = app.books.open(str(typed_file(tmp_path / "gop.xlsx", text))).sheets[0]
    add(app, sheet, "B5")
    assert [formulas(sheet, f"A{row}:D{row}") for row in (8, 9, 10)] == [
        ["3", "", "", "=SUM(D9:D9)"],
        ["3.1", "", "", ""],
        ["", "Tổng cộng", "", "=D2+D5+D8"],
    ]
    assert sheet.range("C5").merge_area.address == "$C$5:$C$7"
    assert sheet.range("C5").value == "Sở Tài chính"
    assert sheet.range("C8").merge_area.address == "$C$8:$C$9"
    add(app, sheet, "B6")
    assert sheet.range("C5").merge_area.address == "$C$5:$C$8"
    assert sheet.range("A6:A8").value == [2.1, 2.2, 2.3]


def test_the_button_may_be_pressed_again_and_again(app: xw.App, tmp_path: Path) -> None:
    sheet = typed_book(app, tmp_path).sheets[0]
    add(app, sheet, "B5")
    for _ in range(2):
        assert perform("add-row", app, {}).done
    assert sheet.range("A3:A8").value == [1, 2, 3, 4, 5, 6]
    assert formulas(sheet, "D9:F9") == ["=SUM(D3:D8)", "=E3+E4+E5+E6+E7+E8", "33"]


def test_below_an_empty_row_of_a_table_without_numbers(app: xw.App, tmp_path: Path) -> None:
    text = "Nội dung | Kinh phí\nHội nghị tập huấn | 10\nIn ấn tài liệu | 20\nTổng cộng | =SUM(B2:B3) => 30"
    sheet = app.books.open(str(typed_file(tmp_path / "khong so.xlsx", text))).sheets[0]
    add(app, sheet, "A3")
    assert perform("add-row", app, {}).done
    assert formulas(sheet, "A6:B6") == ["Tổng cộng", "=SUM(B2:B5)"]
    assert app.selection.address == "$A$5"


def test_hidden_rows_notes_and_formats(app: xw.App, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.row_dimensions[4].hidden = True
        sheet["B5"].comment = Comment("theo báo giá", "người lập")
        sheet["E5"].number_format = "#,##0.0"
        sheet["B5"].fill = PatternFill("solid", fgColor="FFF2CC")

    sheet = typed_book(app, tmp_path, change).sheets[0]
    add(app, sheet, "B5")
    assert formulas(sheet, "D7:E7") == ["=SUM(D3:D6)", "=E3+E4+E5+E6"]
    assert sheet.range("E6").number_format == "#,##0.0"
    assert sheet.range("B6").color == (0xFF, 0xF2, 0xCC)
    assert sheet.range("B6").note is None
    assert sheet.range("B5").note.text == "theo báo giá"
    assert sheet.range("4:4").rows.hidden is True
    assert sheet.range("6:6").rows.hidden is False


def test_names_conditional_formats_and_print_areas_reach_down(app: xw.App, tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        workbook.defined_names["Khoan_chi"] = DefinedName("Khoan_chi", attr_text="'Phụ lục'!$D$3:$D$5")
        rule = FormulaRule(["SUM(D3:D5)<>D6"], fill=PatternFill("solid", bgColor="FFC7CE"))
        sheet.conditional_formatting.add("D6", rule)
        sheet["A6"], sheet["B6"], sheet["D6"] = None, None, "=SUM(Khoan_chi)"
        sheet["E6"], sheet["F6"] = None, None
        sheet.print_area = "A1:F5"

    book = typed_book(app, tmp_path, change)
    sheet = book.sheets[0]
    add(app, sheet, "B5")
    assert book.names["Khoan_chi"].refers_to == "='Phụ lục'!$D$3:$D$6"
    assert [rule.formula for rule in sheet.range("D7").conditional_formats] == ["=SUM(D3:D6)<>D7"]
    assert sheet.page_setup.print_area == "$A$1:$F$6"
    sheet.range("E6").value = 5
    assert sheet.range("D7").value == 60


def test_the_marks_of_a_check_are_not_copied(app: xw.App, tmp_path: Path) -> None:
    text = TYPED.replace("| 10 | 15", "| 10 | 16").replace("=SUM(E5:F5) => 25", "25").replace("| 33", "| 34")
    sheet = app.books.open(str(typed_file(tmp_path / "sai.xlsx", text))).sheets[0]
    assert perform("check-sheet", app, {}).done
    marked = [cell for cell in ("D5", "F5") if len(sheet.range(cell).conditional_formats)]
    assert marked
    add(app, sheet, "B5")
    assert [len(sheet.range(cell.replace("5", "6")).conditional_formats) for cell in marked] == [0] * len(marked)
    assert [len(sheet.range(cell).conditional_formats) for cell in marked] == [1] * len(marked)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("B2", "trang “Phụ lục”, ô B2: ô đang chọn nằm ở tiêu đề của bảng; cần chọn một ô ở dòng hạng mục, dòng mới sẽ "
               "nằm ngay dưới."),
        ("D6", "trang “Phụ lục”, ô D6: dòng đang chọn là dòng tổng; thấy “Tổng cộng”; cần chọn một ô ở dòng hạng mục, "
               "dòng mới sẽ nằm ngay dưới."),
        ("B3:B4", "đang chọn nhiều dòng của bảng; thấy “B3:B4”; cần một ô."),
        ("B12", "trang “Phụ lục”, ô B12: ô đang chọn không nằm trong bảng nào; cần chọn một ô ở dòng hạng mục, dòng "
                "mới sẽ nằm ngay dưới."),
    ],
)  # fmt: skip
def test_where_no_row_can_be_added(app: xw.App, tmp_path: Path, cell: str, expected: str) -> None:
    sheet = typed_book(app, tmp_path).sheets[0]
    before = sheet.used_range.formula
    outcome = add(app, sheet, cell)
    assert (outcome.done, outcome.message.vi) == (False, expected)
    assert sheet.used_range.formula == before


def test_a_protected_sheet_and_a_protected_sheet_that_counts_it_in(app: xw.App, tmp_path: Path) -> None:
    def protect(workbook: Workbook) -> None:
        workbook.worksheets[0].protection = SheetProtection(sheet=True)

    sheet = typed_book(app, tmp_path, protect).sheets[0]
    outcome = add(app, sheet, "B5")
    assert outcome.message.vi == (
        "trang “Phụ lục”: trang đang được bảo vệ, không sửa được; cần bỏ bảo vệ ở thẻ Review trước."
    )
    sheet.book.close()

    def protect_other(workbook: Workbook) -> None:
        other = workbook.create_sheet("Đối chiếu")
        other["A1"] = "=SUM('Phụ lục'!D3:D5)"
        other.protection = SheetProtection(sheet=True)

    sheet = typed_book(app, tmp_path, protect_other).sheets[0]
    outcome = add(app, sheet, "B5")
    assert outcome.message.vi.startswith("trang “Đối chiếu”: trang đang được bảo vệ")
    assert sheet.range("A6:B6").value == [None, "Tổng cộng"]


def test_an_empty_book_and_none_at_all(app: xw.App) -> None:
    assert perform("add-row", app, {}).message.vi.startswith("chưa mở tệp nào")
    app.books.add()
    assert perform("add-row", app, {}).message.vi == (
        "trang “Sheet1”, ô A1: ô đang chọn không nằm trong bảng nào; cần chọn một ô ở dòng hạng mục, dòng mới sẽ nằm "
        "ngay dưới."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plan", "name", "inputs", "total", "more"),
    [
        ("binh-dinh-2021-2025", "Phụ lục", "D7:H7", "C", 242),
        ("can-tho-2021-2025", "Phụ lục 1", "C9:L9", "C", 23),
        ("dong-nai-2021-2025", "Phụ lục", "G7:H7", "J", 30),
        ("dong-thap-2011-2015", "Tổng hợp", "C6:C6", "C", 12),
        ("nghe-an-2021-2025", "Phụ lục", "E7:F7", "D", 74),
    ],
)
def test_a_row_below_every_item_of_an_appendix(
    app: xw.App, tmp_path: Path, plan: str, name: str, inputs: str, total: str, more: int
) -> None:
    sheet = reference_book(app, plan, tmp_path).sheets[name]
    checked = examine(read_book(tmp_path / f"{plan}.xlsx"))
    table = next(table for table in checked.tables if table.grid.name == name)
    last = next(row.index for row in table.rows if row.kind is RowKind.TOTAL)
    items = [row.index for row in table.rows if row.index < last and not is_line(row)]
    for row in reversed(items):
        outcome = add(app, sheet, f"B{row}")
        assert outcome.done
        assert "Kiểm tra lại" not in said(outcome)
        last += said(outcome).startswith("Đã thêm dòng ") or len(range(*map(int, _ROWS.findall(said(outcome))[0]))) + 1
    before = sheet.range(f"{total}{last}").value
    first = sheet.range(inputs)
    body = first.resize(last - first.row).options(ndim=2).formula
    blank = [(r, c) for r, row in enumerate(body, first.row) for c, held in enumerate(row, first.column) if held == ""]
    fill(sheet, dict.fromkeys(blank, "1"))
    assert sheet.range(f"{total}{last}").value == before + more
    assert wrong_checks(sheet.book) == []


_ROWS = re.compile(r"các dòng (\d+)–(\d+)")


@pytest.mark.slow
def test_a_table_of_five_thousand_rows(app: xw.App, tmp_path: Path) -> None:
    rows = ["STT | Nội dung | Tổng | Năm 2026 | Năm 2027"]
    for group in range(50):
        top = len(rows) + 1
        sums = f"=SUM(D{top + 1}:D{top + 99}) | =SUM(E{top + 1}:E{top + 99})"
        rows.append(f"{group + 1} | *Nhóm việc thứ {group + 1}* | =SUM(D{top}:E{top}) | {sums}")
        rows += [
            f"{group + 1}.{item} | Việc thứ {item} của nhóm | =SUM(D{top + item}:E{top + item}) | {item} | {group + 1}"
            for item in range(1, 100)
        ]
    groups = "+".join(f"D{100 * group + 2}" for group in range(50))
    rows.append(f" | *Tổng cộng* | =SUM(D5002:E5002) | ={groups} | ={groups.replace('D', 'E')}")
    path = typed_file(tmp_path / "lớn.xlsx", "\n".join(rows))
    sheet = app.books.open(str(path)).sheets[0]
    assert said(add(app, sheet, "B5001")) == (
        "Đã thêm dòng 5002, số 50.100, dưới “50.99 Việc thứ 99 của nhóm”; 2 công thức tính cả dòng mới."
    )
    assert formulas(sheet, "A5002:E5002") == ["50.100", "", "=SUM(D5002:E5002)", "", ""]
    assert formulas(sheet, "C4902:E4902") == ["=SUM(D4902:E4902)", "=SUM(D4903:D5002)", "=SUM(E4903:E5002)"]
    assert said(add(app, sheet, "B4902")).startswith("Đã thêm các dòng 5003–5004, số 51")
    assert sheet.range("D5005").formula == f"={groups}+D5003"
    sheet.range("D5004").value = 7
    assert sheet.range("C5005:E5005").value == [50 * 4950 + 99 * 1275 + 7, 50 * 4950 + 7, 99 * 1275]
