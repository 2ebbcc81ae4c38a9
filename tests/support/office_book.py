"""A workbook as it lies about in an office: much of what is in it is not meant for those who get the appendix.

Whatever must not leave the office holds the word `MẬT`; nothing else does.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .furnished import picture

SHEET, CALCULATION, SOURCES, DETAIL = "Phụ lục", "Tính MẬT", "Nguồn MẬT", "Chi tiết"


def office_file(path: Path, *, macros: Path | None = None) -> Path:
    """Sheets: a hidden one, "Phụ lục", a very hidden one, "Chi tiết" (shown first)."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "MẬT", "author": "Hà MẬT", "manager": "MẬT", "company": "MẬT", "comments": "MẬT"})
        book.set_custom_property("Người soát", "Lan MẬT")
        hidden, sheet = book.add_worksheet(CALCULATION), book.add_worksheet(SHEET)
        sources, detail = book.add_worksheet(SOURCES), book.add_worksheet(DETAIL)
        _fill_hidden(hidden, sources)
        _fill(sheet, book)
        _furnish(sheet, book)
        _fill_detail(detail, book)
        hidden.hide()
        sources.very_hidden()
        detail.activate()
        detail.set_first_sheet()
        book.define_name("MẬT_tổng", f"='{SHEET}'!$D$9")
        book.define_name("Thuế", f"='{CALCULATION}'!$A$1")
        if macros is not None:
            book.add_vba_project(str(macros))
    return path


def _fill_hidden(hidden: Worksheet, sources: Worksheet) -> None:
    hidden.write_column("A1", [0.1, 0.2, 0.3])
    hidden.write_column("B1", ["Quý I", "Quý II", "Quý III"])
    hidden.write_column("C1", ["MẬT"])
    sources.write_column("A1", ["Trung ương", "Địa phương", "MẬT"])
    sources.write_comment("A1", "MẬT")


def _fill(sheet: Worksheet, book: Workbook) -> None:
    """A1:E14; column C and rows 4, 6 and 7 are hidden."""
    money = book.add_format({"num_format": "#,##0", "border": 1})
    sheet.write_row("A1", ["STT", "Nội dung", "Mã MẬT", "Số tiền", "Thuế"])
    for row in range(1, 8):
        secret = "MẬT " if row in (3, 5, 6) else ""
        sheet.write_row(row, 0, [row, f"{secret}Hạng mục {row}", f"MẬT-{row}", 100 * row], money)
        sheet.write_formula(row, 4, f"=D{row + 1}*'{CALCULATION}'!$A$1", money, 10 * row)
    sheet.write_formula("D9", "=SUM(D2:D8)", money, 2800)
    sheet.write_array_formula("E9:E9", "{=SUM(E2:E8*1)}", money, 280)
    sheet.write_formula("B9", '="Tổng "&"cộng"', None, "Tổng cộng")
    sheet.write_formula("A10", "=D9>0", None, True)
    sheet.write_formula("B10", "=NA()", None, "#N/A")
    sheet.write_formula("C9", "=MẬT_tổng", money, 2800)
    sheet.set_column("C:C", 12, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    for row in (5, 6):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_row(7, None, None, {"collapsed": True})
    sheet.merge_range("C11:E11", "Thấy được từ cột ẩn")
    sheet.merge_range("A12:B12", "Thấy được")
    sheet.merge_range("C13:C14", "MẬT gộp")


def _furnish(sheet: Worksheet, book: Workbook) -> None:
    red = book.add_format({"bg_color": "#FFC7CE"})

    def formula(criteria: str) -> dict[str, object]:
        return {"type": "formula", "criteria": criteria, "format": red}

    sheet.conditional_format("D2:D9", formula("=D2<>ROUND(D2,0)"))  # stays: it looks at its own cells
    sheet.conditional_format("B2:B9", formula("=$D2>500"))
    sheet.conditional_format("E2:E9", formula('=$C2="MẬT-1"'))  # what it looks at goes
    sheet.conditional_format("D9", formula("=SUM(D2:D8)<>D9"))
    sheet.conditional_format("A9", formula(f"='{CALCULATION}'!$A$1>0"))
    sheet.conditional_format("A10", formula("=MẬT_tổng>0"))
    sheet.conditional_format("D2", formula('="phuluc"="phuluc"'))
    sheet.conditional_format("D2:D8", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("E9:E10", {"type": "3_color_scale"})
    sheet.data_validation("B2:B8", {"validate": "list", "source": f"='{SOURCES}'!$A$1:$A$3"})
    sheet.data_validation("A2:A8", {"validate": "integer", "criteria": ">", "value": 0})
    sheet.data_validation("E2:E8", {"validate": "list", "source": "=$C$2:$C$8"})
    sheet.add_sparkline("F9", {"range": f"'{SHEET}'!D2:D8"})
    sheet.add_sparkline("F10", {"range": f"'{CALCULATION}'!A1:A3"})
    sheet.write_comment("D2", "Hỏi chị Lan MẬT", {"author": "Hà MẬT"})
    sheet.write_url("B14", "https://mat.example/MẬT", string="Xem")
    sheet.write_url("B15", f"internal:'{CALCULATION}'!A1", string="Tính")
    sheet.insert_button("H2", {"caption": "MẬT", "macro": "Chay_MẬT"})
    sheet.insert_textbox("H5", "Hộp chữ", {"textlink": f"='{CALCULATION}'!$B$1"})
    sheet.insert_image("H9", "anh.png", {"image_data": BytesIO(picture()), "url": "https://mat.example/MẬT"})
    sheet.set_header("&L&G&C&P", {"image_left": "dau.png", "image_data_left": BytesIO(picture())})
    sheet.print_area("A1:E14")
    sheet.repeat_rows(0)
    sheet.protect()


def _fill_detail(detail: Worksheet, book: Workbook) -> None:
    """A table whose second column is hidden, a filter that hides a row, two charts."""
    detail.add_table(
        "A1:D5",
        {
            "name": "Bảng",
            "total_row": True,
            "data": [["Một", "MẬT", 3], ["Hai", "MẬT", 5], ["Ba", "MẬT", 7]],
            "columns": [
                {"header": "Tên", "total_string": "Cộng"},
                {"header": "Mã MẬT", "total_string": "MẬT"},
                {"header": "Số"},
                {"header": "Đôi", "formula": "=Bảng[[#This Row],[Số]]*2"},
            ],
        },
    )
    for row, value in enumerate((6, 10, 14), start=2):
        detail.write_formula(f"D{row}", "=Bảng[[#This Row],[Số]]*2", None, value)
    detail.set_column("B:B", 12, None, {"hidden": True})
    detail.write_column("F1", ["Tên", "giữ", "MẬT lọc", "giữ"])
    detail.autofilter("F1:F4")
    detail.filter_column("F", "x == giữ")
    detail.set_row(2, None, None, {"hidden": True})
    for place, (categories, values) in {
        "H1": (f"='{SHEET}'!$B$2:$B$8", f"='{SHEET}'!$D$2:$D$8"),
        "H20": (f"='{CALCULATION}'!$B$1:$B$3", f"='{CALCULATION}'!$A$1:$A$3"),
    }.items():
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": values.replace("$D$2:$D$8", "$D$1").replace("$A$1:$A$3", "$B$1"),
                          "categories": categories, "values": values})  # fmt: skip
        detail.insert_chart(place, chart)
