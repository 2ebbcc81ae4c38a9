"""Đọc số thành chữ, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Font
from openpyxl.workbook.protection import WorkbookProtection
from support.generated import generated
from support.typed import typed_file

from addin.ribbon import Outcome, perform
from validators.checking import check_file
from validators.findings import Severity

TABLE = """
Đơn vị tính: triệu đồng
STT | Nội dung | Kinh phí    | Ghi chú
1   | Hội nghị | 13646.269   |
2   | Tập huấn | 200.5       | x
    | *Cộng*   | =SUM(C3:C4) |
"""
WORDS = "Mười ba tỷ tám trăm bốn mươi sáu triệu bảy trăm sáu mươi chín nghìn đồng"  # the total
LIVE = "Chữ tự đổi theo số."
FIXED = "Chữ không tự đổi theo số; nếu số thay đổi, nút Kiểm tra sẽ báo."


def opened(app: xw.App, folder: Path, *lines: str) -> xw.Book:
    """The table with these lines below it."""
    return app.books.open(str(typed_file(folder / "a.xlsx", TABLE + "\n".join(lines))))


def spell(app: xw.App, sheet: xw.Sheet, cells: str) -> Outcome:
    sheet.activate()
    sheet.range(cells).select()
    return perform("words", app, {})


def told(outcome: Outcome) -> str:
    """What the user is told, without where the backup is."""
    return outcome.message.vi.partition("\n\n")[0]


def test_a_new_line_below_the_table(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "|", "| NGƯỜI LẬP BIỂU")
    sheet = book.sheets["Phụ lục"]
    outcome = spell(app, sheet, "C5")
    words = f"(Bằng chữ: {WORDS})"
    assert told(outcome) == f"Ô A6: {words}\n{LIVE}"
    line = sheet["A6"]
    assert line.formula == '="(Bằng chữ: "&\'Đọc số\'!$L$2&")"'
    assert line.value == words
    assert line.merge_area.address == "$A$6:$D$6"
    assert (line.font.italic, line.font.bold, line.wrap_text, line.horizontal_alignment) == (True, False, True, "left")
    assert line.row_height > 30
    assert sheet["B7"].value == "NGƯỜI LẬP BIỂU"
    assert [(each.name, bool(each.visible)) for each in book.sheets] == [("Phụ lục", True), ("Đọc số", False)]
    assert book.sheets.active.name == "Phụ lục"
    sheet["C3"].value = 1_000
    assert sheet["A6"].value == "(Bằng chữ: Một tỷ hai trăm triệu năm trăm nghìn đồng)"
    assert told(spell(app, sheet, "C5")) == f"Ô A6 đã có chữ tự đổi theo số: {sheet['A6'].value}"
    book.api.SaveCopyAs(str(tmp_path / "b.xlsx"))
    assert check_file(tmp_path / "b.xlsx").count(Severity.ERROR) == 0


@pytest.mark.parametrize(
    ("line", "cell", "expected"),
    [
        ("| Bằng chữ: Một tỷ đồng", "B6", f"Bằng chữ: {WORDS}"),
        (
            "(Viết bằng chữ: một tỉ, hai trăm ngàn đồng chẵn ./.)",
            "A6",
            "(Viết bằng chữ: mười ba tỉ, tám trăm bốn mươi sáu triệu, bảy trăm sáu mươi chín ngàn đồng ./.)",
        ),
        ("Bằng chữ: ……………………đồng | < | < | <", "A6", f"Bằng chữ: {WORDS}"),
        ("Bằng chữ: | Một tỷ đồng. | < | <", "B6", f"{WORDS}."),
        (
            "Bằng chữ: Ba triệu đồng (đã gồm VAT 10%); nguồn: NSNN",
            "A6",
            f"Bằng chữ: {WORDS} (đã gồm VAT 10%); nguồn: NSNN",
        ),
    ],
)  # fmt: skip
def test_the_line_of_the_table_keeps_its_form(app: xw.App, tmp_path: Path, line: str, cell: str, expected: str) -> None:
    book = opened(app, tmp_path, line)
    sheet = book.sheets["Phụ lục"]
    merged = sheet[cell].merge_area.address
    before = sheet[cell].value
    assert told(spell(app, sheet, "C5")) == f"Ô {cell}: {expected} (trước đó: {before})\n{LIVE}"
    assert sheet[cell].value == expected
    assert sheet[cell].merge_area.address == merged
    assert len(book.sheets) == 2


def test_the_space_for_signatures_stays_free(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "Người lập biểu | | Thủ trưởng đơn vị", "(Ký, họ tên) | | (Ký, đóng dấu)")
    sheet = book.sheets["Phụ lục"]
    outcome = spell(app, sheet, "C5")
    assert (outcome.done, outcome.message.vi) == (
        False,
        "trang “Phụ lục”, ô A6: phần ký nằm ngay dưới bảng, không còn dòng cho chữ; thấy “Người lập biểu”; "
        "cần chèn một dòng trống dưới bảng trước.",
    )
    assert sheet["A8"].value is None
    sheet["6:6"].insert("down")
    assert told(spell(app, sheet, "C5")) == f"Ô A6: (Bằng chữ: {WORDS})\n{LIVE}"


def test_the_grand_total_is_pointed_to(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Năm 2026 | Năm 2027 | Tổng số
    1   | Hội nghị | 1        | 2        | =C3+D3
    2   | Tập huấn | 3        | 4        | =C4+D4
        | *Tổng cộng* | =SUM(C3:C4) | =SUM(D3:D4) | =SUM(E3:E4)
    """
    book = app.books.open(str(typed_file(tmp_path / "a.xlsx", typed)))
    assert spell(app, book.sheets[0], "C5").message.vi == (
        "trang “Phụ lục”, ô C5: không có chỗ trống để ghi chữ; "
        "cần ô trống bên phải con số, hoặc chọn ô tổng cộng E5 để ghi chữ dưới bảng."
    )


def test_a_function_of_another_add_in_gives_way(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, '="Bằng chữ: "&VND(C5)&"." => #NAME? | < | < | <')
    sheet = book.sheets["Phụ lục"]
    assert told(spell(app, sheet, "C5")).startswith(f"Ô A6: Bằng chữ: {WORDS}. (trước đó: ")
    assert sheet["A6"].formula == '="Bằng chữ: "&\'Đọc số\'!$L$2&"."'
    assert sheet["A6"].value == f"Bằng chữ: {WORDS}."


def test_even_sums_where_the_book_says_so(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "Bằng chữ: Một tỷ đồng chẵn")
    sheet = book.sheets["Phụ lục"]
    sheet["C3:C4"].value = [[3_000], [50]]
    spell(app, sheet, "C5")
    assert sheet["A6"].value == "Bằng chữ: Ba tỷ không trăm năm mươi triệu đồng chẵn"
    sheet["C4"].value = 50.5
    assert sheet["A6"].value == "Bằng chữ: Ba tỷ không trăm năm mươi triệu năm trăm nghìn đồng"
    sheet["C3"].value = -3_000
    assert sheet["A6"].value == "Bằng chữ: Âm hai tỷ chín trăm bốn mươi chín triệu năm trăm nghìn đồng"


def test_a_figure_that_is_not_the_total_is_read_beside_it(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "Bằng chữ: Một tỷ đồng")
    sheet = book.sheets["Phụ lục"]
    assert (
        told(spell(app, sheet, "C3"))
        == f"Ô D3: Mười ba tỷ sáu trăm bốn mươi sáu triệu hai trăm sáu mươi chín nghìn đồng\n{LIVE}"
    )
    assert sheet["A6"].value == "Bằng chữ: Một tỷ đồng"
    sheet["C3"].value = 46.300000000000004  # what a sum of binary numbers leaves
    assert sheet["D3"].value == "Bốn mươi sáu triệu ba trăm nghìn đồng"
    sheet["D3"].value = None
    assert told(spell(app, sheet, "C3")) == f"Ô D3: Bốn mươi sáu triệu ba trăm nghìn đồng\n{LIVE}"
    outcome = spell(app, sheet, "C4")
    assert (outcome.done, outcome.message.vi) == (
        False,
        "trang “Phụ lục”, ô C4: không có chỗ trống để ghi chữ; cần ô trống bên phải con số.",
    )
    assert sheet["D4"].value == "x"


def test_words_of_a_rounded_total_stay(app: xw.App, tmp_path: Path) -> None:
    words = "(Bằng chữ: Mười ba tỷ tám trăm bốn mươi bảy triệu đồng)"
    book = opened(app, tmp_path, "| Làm tròn | 13847 |", words)
    sheet = book.sheets["Phụ lục"]
    assert told(spell(app, sheet, "C5")) == f"Ô D5: {WORDS}\n{LIVE}"
    assert sheet["A7"].value == words


def test_a_table_without_a_unit_is_taken_to_be_in_dong(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Nội dung | Kinh phí
    Hội nghị | 1500000
    Tập huấn | 3000000
    *Cộng*   | =SUM(B2:B3)
    """
    book = app.books.open(str(typed_file(tmp_path / "a.xlsx", typed)))
    assert told(spell(app, book.sheets[0], "B4")) == (
        f"Ô A5: (Bằng chữ: Bốn triệu năm trăm nghìn đồng)\n{LIVE} Bảng không ghi đơn vị tính nên hiểu là đồng."
    )


def test_tables_side_by_side_have_one_unit(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: triệu đồng
    Nội dung thu | Dự toán     | Nội dung chi | Dự toán
    Thuế         | 10          | Lương        | 20
    Phí          | 5.5         | Đầu tư       | 30
    *Tổng cộng*  | =SUM(B3:B4) | *Tổng cộng*  | =SUM(D3:D4)
    """
    book = app.books.open(str(typed_file(tmp_path / "a.xlsx", typed)))
    sheet = book.sheets[0]
    assert told(spell(app, sheet, "B5")) == f"Ô A6: (Bằng chữ: Mười lăm triệu năm trăm nghìn đồng)\n{LIVE}"
    assert told(spell(app, sheet, "D5")) == f"Ô E5: Năm mươi triệu đồng\n{LIVE}"


def test_a_column_of_figures(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path)
    sheet = book.sheets["Phụ lục"]
    sheet["D4"].value = None
    assert told(spell(app, sheet, "C2:C5")) == f"Đã đọc 3 số thành chữ. {LIVE}"
    assert sheet["D3:D5"].value == [
        "Mười ba tỷ sáu trăm bốn mươi sáu triệu hai trăm sáu mươi chín nghìn đồng",
        "Hai trăm triệu năm trăm nghìn đồng",
        WORDS,
    ]
    assert sheet["D5"].formula == "='Đọc số'!$L$4"
    assert spell(app, sheet, "C3:D4").message.vi == "đang chọn nhiều cột; cần một ô, hoặc các ô trong một cột."
    assert spell(app, sheet, "C3:C4").message.vi == (
        "trang “Phụ lục”, ô D3: ô bên phải không trống; cần cột bên phải để trống."
    )


def test_outside_of_tables_and_texts_that_are_figures(app: xw.App, tmp_path: Path) -> None:
    book = app.books.open(str(typed_file(tmp_path / "a.xlsx", {"Phụ lục": TABLE, "Nháp": "Tạm tính"})))
    sheet = book.sheets["Nháp"]
    sheet["G20"].value = 523_056
    sheet["G22"].number_format = "@"
    sheet["G22"].value = "1.234.567"
    sheet["G24"].value = 46.3
    assert told(spell(app, sheet, "G20")) == f"Ô H20: Năm trăm hai mươi ba nghìn không trăm năm mươi sáu đồng\n{LIVE}"
    words = "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"
    assert told(spell(app, sheet, "G22")) == f"Ô H22: {words}\n{FIXED}"
    assert sheet["H22"].formula == words
    assert spell(app, sheet, "G24").message.vi == (
        "trang “Nháp”, ô G24: số lẻ dưới một đồng; thấy “46,3”; cần số đồng nguyên (đang hiểu đơn vị là đồng)."
    )
    book.sheets["Phụ lục"]["C3"].value = 1e13
    assert spell(app, book.sheets["Phụ lục"], "C3").message.vi == (
        "trang “Phụ lục”, ô C3: số tiền quá lớn để đọc; thấy “10.000.000.000.000.000.000 đồng”; "
        "cần không quá một tỷ tỷ đồng."
    )


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("B3", "trang “Phụ lục”, ô B3: ô không có con số nào đọc được; thấy “Hội nghị”; cần một ô có số tiền."),
        ("A3", "trang “Phụ lục”, ô A3: ô không có con số nào đọc được; thấy “1”; cần một ô có số tiền."),
        ("F9", "trang “Phụ lục”, ô F9: ô không có con số nào đọc được; cần một ô có số tiền."),
        ("B3:B4", "vùng chọn không có con số nào; cần các ô có số tiền."),
    ],
)
def test_what_cannot_be_read(app: xw.App, tmp_path: Path, cell: str, sentence: str) -> None:
    book = opened(app, tmp_path)
    outcome = spell(app, book.sheets["Phụ lục"], cell)
    assert (outcome.done, outcome.message.vi) == (False, sentence)
    assert len(book.sheets) == 1


def test_protected_books_get_typed_words_and_protected_sheets_none(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", TABLE)
    typed = openpyxl.load_workbook(path)
    typed.security = WorkbookProtection(lockStructure=True)
    typed.save(path)
    book = app.books.open(str(path))
    sheet = book.sheets["Phụ lục"]
    words = f"(Bằng chữ: {WORDS})"
    assert told(spell(app, sheet, "C5")) == f"Ô A6: {words}\n{FIXED}"
    assert sheet["A6"].formula == words
    book.close()
    typed["Phụ lục"].protection.sheet = True
    typed.save(path)
    book = app.books.open(str(path))
    assert spell(app, book.sheets["Phụ lục"], "C5").message.vi == (
        "trang “Phụ lục”: trang đang được bảo vệ, không sửa được; cần bỏ bảo vệ ở thẻ Review trước."
    )


def test_reference_appendices(app: xw.App, tmp_path: Path) -> None:
    """Books of ours have the sheet of readings: words that are there are found, others join them."""
    totals = {
        "binh-dinh-2021-2025": ("Phụ lục", "C66", "A69: (Bằng chữ: Sáu tỷ, tám trăm sáu mươi triệu đồng chẵn)"),
        "can-tho-2021-2025": (
            "Phụ lục 1", "C22", "A23: (Bằng chữ: Năm tỷ hai trăm bốn mươi mốt triệu năm trăm nghìn đồng)"
        ),
        "dong-nai-2021-2025": (
            "Phụ lục",
            "J22",
            "A23 đã có chữ tự đổi theo số: Tổng dự toán kinh phí: 5.385.000.000 đồng "
            "(năm tỷ ba trăm tám mươi lăm triệu đồng).",
        ),
        "dong-thap-2011-2015": (
            "Tổng hợp", "C18", "A19 đã có chữ tự đổi theo số: Bằng chữ: Ba tỉ không trăm năm mươi triệu đồng chẵn"
        ),
        "nghe-an-2021-2025": (
            "Phụ lục", "E44", "A47 đã có chữ tự đổi theo số: - Ngân sách tỉnh: Năm tỷ, tám trăm mười triệu đồng."
        ),
    }  # fmt: skip
    for plan, (sheet, cell, expected) in totals.items():
        path = tmp_path / f"{plan}.xlsx"
        path.write_bytes(generated(plan))
        book = app.books.open(str(path))
        sheets = [each.name for each in book.sheets]
        assert told(spell(app, book.sheets[sheet], cell)).partition("\n")[0] == f"Ô {expected}", plan
        assert [each.name for each in book.sheets] == sheets
        book.close()


def test_a_merged_total_in_another_font_above_a_hidden_row(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", TABLE)
    typed = openpyxl.load_workbook(path)
    sheet = typed["Phụ lục"]
    sheet.merge_cells("C5:D5")
    sheet["C5"].font = Font(name="Times New Roman", size=13, bold=True)
    sheet.print_area = "A1:D5"
    sheet.row_dimensions[6].hidden = True
    typed.save(path)
    book = app.books.open(str(path))
    page = book.sheets["Phụ lục"]
    assert told(spell(app, page, "C5:D5")).startswith("Ô A6: (Bằng chữ: Mười ba tỷ")
    assert (page["A6"].font.name, page["A6"].font.size) == ("Times New Roman", 13)
    assert page.page_setup.print_area == "$A$1:$D$6"
    assert page["A6"].rows.hidden is False
