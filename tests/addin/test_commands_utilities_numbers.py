"""Chuyển chữ thành số, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Alignment
from support.reference import NAMES
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin.ribbon import Outcome, perform
from validators.readers import read_book
from validators.tables.model import Form
from validators.tables.understanding import understand

TABLE = """
Đơn vị tính: đồng
STT | Nội dung | Mã số  | Số lượng            | Đơn giá            | Thành tiền         | Năm    | Điện thoại
"1" | Hội nghị | "7001" | "2"                 | "1.500"            | "１.２３４.567"      | "2021" | "0912345678"
"2" | Tập huấn | "7002" | "02 người x 2 buổi" | "1.000.000đ/ buổi" | "1.234.567đ"       | "2022" | "0912345679"
"3" | Hội chợ  | "7003" | "3"                 | "46,3"             | "1 234\u00a0567"   | "2023" | "0912345670"
    | *Cộng*   |        |                     |                    | =SUM(F3:F5)        |        |
"""


def opened(app: xw.App, folder: Path, text: str, **formats: str) -> xw.Book:
    """The typed table; `formats`: number formats of cells."""
    path = typed_file(folder / "a.xlsx", text)
    typed = openpyxl.load_workbook(path)
    for cell, code in formats.items():
        typed.worksheets[0][cell].number_format = code
        typed.worksheets[0][cell].alignment = Alignment(horizontal="center")
    typed.save(path)
    return app.books.open(str(path))


def convert(app: xw.App, sheet: xw.Sheet, cells: str = "A1") -> Outcome:
    sheet.activate()
    sheet.range(cells).select()
    return perform("text-to-numbers", app, {})


def told(outcome: Outcome) -> str:
    """What the user is told, without where the backup is."""
    return outcome.message.vi.partition("\n\n")[0]


def test_figures_of_a_table_become_numbers_and_nothing_else(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, tmp_path, TABLE, E3="@", E5="@", F3="@", F5="#,##0").sheets[0]
    assert told(convert(app, sheet)) == "Đã chuyển 7 số ở dạng chữ thành số."
    assert sheet["D3:D5"].value == [2, "02 người x 2 buổi", 3]
    assert sheet["E3:E5"].value == [1_500, "1.000.000đ/ buổi", 46.3]
    assert sheet["F3:F6"].value == [1_234_567, 1_234_567, 1_234_567, 3_703_701]
    assert sheet["F6"].formula == "=SUM(F3:F5)"
    codes = {cell: sheet[cell].number_format for cell in ("D3", "E3", "E5", "F3", "F4", "F5")}
    assert codes == {"D3": "#,##0", "E3": "#,##0", "E5": "#,##0.0", "F3": "#,##0", "F4": "#,##0", "F5": "#,##0"}
    assert sheet["E3"].horizontal_alignment == "center"
    for column in ("A", "C", "G", "H"):
        assert all(isinstance(value, str) for value in sheet[f"{column}3:{column}5"].value), column


def test_what_could_be_two_numbers_is_listed_and_left_alone(app: xw.App, tmp_path: Path) -> None:
    text = """
    Đơn vị tính: triệu đồng
    Nội dung | Kinh phí                  | Dự toán
    a        | "2000.000.000"            | "1,512"
    b        | "1,512,300"               | "(1) 1.056"
    c        | "1.234.567đ"              | "12.345"
    d        | "123.456.789.012.345.678" | -
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    before = sheet["A1:C6"].value
    assert told(convert(app, sheet)) == "\n".join([
        "Đã chuyển 1 số ở dạng chữ thành số. 6 ô để nguyên:",
        "• B3 “2000.000.000”: dấu chấm phải ngăn số thành các nhóm đủ ba chữ số; "
        "có thể là 200.000.000 hoặc 2.000.000.000",
        "• C3 “1,512”: có thể hiểu hai cách; có thể là 1,512 hoặc 1.512",
        "• B4 “1,512,300”: viết theo kiểu Anh (dấu phẩy ngăn nhóm); cần dấu chấm ngăn nhóm, dấu phẩy trước phần thập "
        "phân; có thể là 1.512.300",
        "• C4 “(1) 1.056”: có chữ hoặc dấu chú thích đi kèm; có thể là 1.056",
        "• B5 “1.234.567đ”: ghi đồng trong bảng tính bằng triệu đồng",
        "• B6 “123.456.789.012.345.678”: nhiều hơn 15 chữ số, Excel không giữ được",
    ])  # fmt: skip
    before[4][2] = 12_345
    assert sheet["A1:C6"].value == before


def test_a_column_of_decimal_points_is_listed(app: xw.App, tmp_path: Path) -> None:
    text = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số tiền
    1   | Hội nghị | "1500.25"
    2   | Tập huấn | "250.5"
    3   | Hội chợ  | "3.125"
        | *Cộng*   | "1753.875"
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    point = "dấu chấm chỉ dùng để ngăn nhóm ba chữ số; phần thập phân viết sau dấu phẩy"
    assert told(convert(app, sheet)) == "\n".join([
        "Không có số nào chuyển được. 4 ô để nguyên:",
        f"• C3 “1500.25”: {point}; có thể là 1.500,25 hoặc 150.025",
        f"• C4 “250.5”: {point}; có thể là 250,5 hoặc 2.505",
        "• C5 “3.125”: có thể hiểu hai cách; có thể là 3.125 hoặc 3,125",
        "• C6 “1753.875”: dấu chấm phải ngăn số thành các nhóm đủ ba chữ số; có thể là 175.875 hoặc 1.753.875",
    ])  # fmt: skip
    assert sheet["C3:C6"].value == ["1500.25", "250.5", "3.125", "1753.875"]


def test_a_dot_beside_numbers_with_decimals_can_be_read_in_two_ways(app: xw.App, tmp_path: Path) -> None:
    text = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số tiền
    1   | Hội nghị | "3.125"
    2   | Tập huấn | 250.5
        | *Cộng*   | 253.625
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    assert told(convert(app, sheet)) == (
        "Không có số nào chuyển được. 1 ô để nguyên:\n• C3 “3.125”: có thể hiểu hai cách; có thể là 3.125 hoặc 3,125"
    )
    assert sheet["C3"].value == "3.125"


def test_every_text_with_digits_among_amounts_is_converted_or_listed(app: xw.App, tmp_path: Path) -> None:
    text = """
    Đơn vị tính: đồng
    STT | Nội dung | Số tiền
    1   | a        | "1.500.000"
    2   | b        | "+7.000"
    3   | c        | "7.000-"
    4   | d        | "−8.000"
    5   | e        | "00123"
    6   | f        | "1.000.000.000.000.000.000"
    7   | g        | "12,5 triệu"
    8   | h        | chưa bố trí
        | *Cộng*   | "1.499.000"
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    sign = "dấu cộng hoặc trừ không đứng trước số như thường lệ"
    assert told(convert(app, sheet)) == "\n".join([
        "Đã chuyển 3 số ở dạng chữ thành số. 5 ô để nguyên:",
        f"• C4 “+7.000”: {sign}",
        f"• C5 “7.000-”: {sign}",
        "• C7 “00123”: bắt đầu bằng số 0 như một mã số",
        "• C8 “1.000.000.000.000.000.000”: lớn quá một số tiền",
        "• C9 “12,5 triệu”: có chữ hoặc dấu chú thích đi kèm",
    ])  # fmt: skip
    assert sheet["C3"].value == 1_500_000
    assert sheet["C6"].value == -8_000


def test_notes_are_no_figures_unless_they_are_chosen(app: xw.App, tmp_path: Path) -> None:
    text = """
    Đơn vị tính: đồng
    STT | Nội dung | Số tiền     | Ghi chú
    1   | Hội nghị | "1.500.000" | "2.500.000"
    2   | Tập huấn | "3.500.000" | "4.500.000"
    3   | Hội chợ  | "3.500.000" | "6.500.000"
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    assert told(convert(app, sheet)) == "Đã chuyển 3 số ở dạng chữ thành số."
    assert sheet["D3:D5"].value == ["2.500.000", "4.500.000", "6.500.000"]
    assert told(convert(app, sheet, "D3:D4")) == "Đã chuyển 2 số ở dạng chữ thành số."
    assert sheet["D3:D5"].value == [2_500_000, 4_500_000, "6.500.000"]


def test_a_comma_parts_decimals_where_the_table_shows_it(app: xw.App, tmp_path: Path) -> None:
    text = """
    Nội dung | Kinh phí
    a        | "1,512"
    b        | "46,3"
    c        | "1.234,5"
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    assert told(convert(app, sheet)) == "Đã chuyển 3 số ở dạng chữ thành số."
    assert sheet["B2:B4"].value == [1.512, 46.3, 1234.5]
    assert [sheet[f"B{row}"].number_format for row in (2, 3, 4)] == ["#,##0.000", "#,##0.0", "#,##0.0"]


def test_a_long_list_names_the_rest(app: xw.App, tmp_path: Path) -> None:
    typed = [f"20{row}0.000" for row in range(10)] + ["1.500"] * 11
    text = "Nội dung | Kinh phí\n" + "\n".join(f'a | "{each}"' for each in typed)
    outcome = convert(app, opened(app, tmp_path, text).sheets[0])
    assert told(outcome).startswith("Đã chuyển 11 số ở dạng chữ thành số. 10 ô để nguyên:\n• B2 “2000.000”")
    assert told(outcome).endswith("\n• B8, B9, B10, B11")


def test_the_selection_decides(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, tmp_path, TABLE).sheets[0]
    assert told(convert(app, sheet, "E3:F4")) == "Đã chuyển 3 số ở dạng chữ thành số."
    assert sheet["E3:F3"].value == [1_500, 1_234_567]
    assert sheet["F5"].value == "1 234\u00a0567"
    assert told(convert(app, sheet, "A3:C5")) == "vùng chọn: không có số nào ở dạng chữ."
    assert told(convert(app, sheet, "F:F")) == "Đã chuyển 1 số ở dạng chữ thành số."


def test_outside_of_tables_only_the_selection_counts(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, tmp_path, "Số liệu tạm").sheets[0]
    sheet["C2:C7"].number_format = "@"
    sheet["C2:C7"].value = [["1.234.567"], ["0912345678"], ["46,30"], ["Hội nghị"], ["(1.500)"], ["2021"]]
    assert told(convert(app, sheet)) == "trang “Phụ lục”: không có số nào ở dạng chữ."
    assert told(convert(app, sheet, "C2:C7")) == (
        "Đã chuyển 3 số ở dạng chữ thành số. 1 ô để nguyên:\n• C7 “2021”: có thể là một năm"
    )
    assert sheet["C2:C7"].value == [1_234_567, "0912345678", 46.3, "Hội nghị", -1_500, "2021"]
    assert [sheet[f"C{row}"].number_format for row in range(2, 7)] == ["#,##0", "@", "#,##0.00", "@", "#,##0"]


def test_formulas_that_give_texts_are_not_touched(app: xw.App, tmp_path: Path) -> None:
    text = """
    Nội dung | Kinh phí | Dự toán
    a        | "1.500"  | =TEXT(1500,"0") => 1500
    b        | "2.500"  | "3.500"
    """
    sheet = opened(app, tmp_path, text).sheets[0]
    assert told(convert(app, sheet)) == "Đã chuyển 3 số ở dạng chữ thành số."
    assert sheet["C2"].formula == '=TEXT(1500,"0")'


def test_protected_and_empty_sheets(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", {"Phụ lục": TABLE, "Trống": " "})
    typed = openpyxl.load_workbook(path)
    typed["Phụ lục"].protection.sheet = True
    typed.save(path)
    book = app.books.open(str(path))
    assert convert(app, book.sheets["Phụ lục"]).message.vi == (
        "trang “Phụ lục”: trang đang được bảo vệ, không sửa được; cần bỏ bảo vệ ở thẻ Review trước."
    )
    assert book.sheets["Phụ lục"]["F4"].value == "1.234.567đ"
    assert convert(app, book.sheets["Trống"]).message.vi == "trang “Trống”: không có số nào ở dạng chữ."


@pytest.mark.parametrize("plan", NAMES)
def test_reference_appendices_typed_as_text(app: xw.App, tmp_path: Path, plan: str) -> None:
    """Afterwards a table holds numbers where a text was one, and each is the figure that was typed."""
    path = typed_seed(plan, Typing.TEXT, tmp_path)
    book = app.books.open(str(path))
    typed = {
        (table.grid.name, cell): figure
        for table in understand(read_book(path))
        for cell, figure in table.figures.items()
    }
    for sheet in book.sheets:
        convert(app, sheet)
    book.api.SaveCopyAs(str(tmp_path / "now.xlsx"))
    left = []
    for table in understand(read_book(tmp_path / "now.xlsx")):
        for cell, figure in table.figures.items():
            before = typed[table.grid.name, cell]
            assert figure.value == before.value
            if before.form is Form.TEXT and figure.form is Form.TEXT and before.printed.replace(".", "").isdigit():
                left.append((table.column_at[cell[1]].role.value, before.printed))
    assert [each for each in left if each[0] not in ("other", "schedule")] == []


@pytest.mark.slow
def test_five_thousand_rows(app: xw.App, tmp_path: Path) -> None:
    lines = [f'{row} | Hạng mục | "{row}.{row % 1000:03}.000" | "{row},5"' for row in range(1, 1000)] * 5
    sheet = opened(app, tmp_path, "STT | Nội dung | Kinh phí | Dự toán\n" + "\n".join(lines)).sheets[0]
    assert told(convert(app, sheet)) == "Đã chuyển 9990 số ở dạng chữ thành số."
    assert sheet["C2:D2"].value == [1_001_000, 1.5]
    assert sheet["C4996:D4996"].value == [999_999_000, 999.5]
    assert (sheet["C4996"].number_format, sheet["D4996"].number_format) == ("#,##0", "#,##0.0")
