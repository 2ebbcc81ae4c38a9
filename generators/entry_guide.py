"""The sheet "Hướng dẫn" of the entry workbook: what each sheet is for, how to fill it, which forms there are."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from budget.schema import TABLES
from faults import Lang, Text
from generators.example import CODE, MARK
from generators.forms import form_names, load_form
from generators.plain import PlainSheet
from workbook.text import quote_sheet

SHEET = Text("Hướng dẫn", "Guide")

_TITLE = Text("SỔ NHẬP KẾ HOẠCH", "PLAN ENTRY WORKBOOK")
_STEPS = (
    Text(
        f"Các dòng tô vàng là ví dụ: mã bắt đầu bằng “{CODE}”, tên bắt đầu bằng “{MARK}”. Xem xong thì chọn các dòng "
        "ấy, bấm chuột phải, Xóa (Delete). Trang “Kế hoạch” thì gõ đè lên cột thứ hai.",
        f"The yellow rows are an example: their codes begin with “{CODE}”, their names with “{MARK}”. When you have "
        "seen them, select these rows, right-click, Delete. On the sheet “Plan” type over the second column.",
    ),
    Text(
        "Nhập theo thứ tự các trang: kế hoạch, nguồn kinh phí, phụ lục, hạng mục, rồi mới đến dự toán (nếu có). "
        "Trang không dùng thì để trống dưới dòng tiêu đề.",
        "Fill the sheets in their order: plan, sources, appendices, items, then the costings (if any). "
        "A sheet that is not needed stays empty below its headings.",
    ),
    Text(
        "Chỉ nhập số gốc. Tổng, tỷ lệ, số bằng chữ, đơn giá nhân số lượng không nhập: phuluc tự tính.",
        "Enter leaves only. Totals, shares, words, price times quantity are never entered: phuluc computes them.",
    ),
    Text(
        "Trang “Hạng mục”: mỗi nguồn và mỗi năm một cột “Số tiền · tên nguồn · năm”. Đổi nguồn hoặc giai đoạn thì sửa "
        "tiêu đề các cột này, hoặc chép thêm cột. Phụ lục không chia năm: “Số tiền · tên nguồn”; không chia nguồn: "
        "“Số tiền · năm”; không chia gì: “Số tiền”.",
        "On “Items” each source and year has a column “Amount · source · year”. Where sources or years change, change "
        "these headings, or copy a column. Without years: “Amount · source”; without sources: “Amount · year”; with "
        "neither: “Amount”.",
    ),
    Text(
        "Số tiền: gõ chữ số liền nhau (1377), dấu thập phân theo máy của bạn. Ô trống: không có; 0: số không; "
        "dấu - : in dấu gạch, khác số không.",
        "Amounts: type the digits without separators (1377), the decimal sign as your computer has it. Empty: nothing; "
        "0: zero; - : a dash is printed, which is not zero.",
    ),
    Text(
        "Cột mã và số thứ tự để ở dạng Text, để Excel không đổi 2.10 thành 2.1 hay 1/2 thành ngày. Đừng đổi định "
        "dạng; chép từ nơi khác thì dán dạng giá trị (Paste Values).",
        "Codes and numbers are formatted as Text, so that Excel does not turn 2.10 into 2.1 or 1/2 into a date. Keep "
        "the format; when you copy from elsewhere, paste values only.",
    ),
    Text(
        "Chỉ vào tiêu đề cột (góc đỏ) để xem lời giải thích. Xuống dòng trong ô: Alt+Enter.",
        "Point at a heading (red corner) to read its help. A line break inside a cell: Alt+Enter.",
    ),
)
_SHEETS = (Text("Trang", "Sheet"), Text("Để làm gì", "What it is for"))
_FORMS = (Text("Biểu mẫu", "Form"), Text("Dùng khi", "What it prints"))


def write_guide(workbook: Workbook, lang: Lang) -> str:
    """Adds the sheet; the range of its form names, as a formula names it."""
    page = PlainSheet(workbook, SHEET[lang], len(workbook.sheetnames), (26, 100))
    page.title(1, _TITLE[lang], 2)
    row = 3
    for number, step in enumerate(_STEPS, 1):
        row = _list(page, row, [(f"{number}.", step[lang])])
    row = _list(page, row + 1, [tuple(head[lang] for head in _SHEETS)], "head")
    row = _list(page, row, [(table.label[lang], table.help[lang]) for table in TABLES])
    row = _list(page, row + 1, [tuple(head[lang] for head in _FORMS)], "head")
    last = _list(page, row, [(name, load_form(name).title[lang]) for name in form_names()]) - 1
    return f"{quote_sheet(page.sheet.title)}!$A${row}:$A${last}"


def _list(page: PlainSheet, row: int, rows: Sequence[tuple[str, ...]], style: str = "text") -> int:
    """Writes rows of texts; the row after them."""
    for number, texts in enumerate(rows, row):
        for column, text in enumerate(texts, 1):
            page.put(number, column, text, style)
    return row + len(rows)
