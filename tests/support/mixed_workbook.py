"""A workbook that has one of everything that a reader must tell."""

from __future__ import annotations

from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

NAME = "Phụ lục I"


def mixed_workbook() -> Workbook:
    """Three sheets, the second one hidden; its formulas have no values yet."""
    book = Workbook()
    sheet = book.active
    sheet.title = NAME
    for row in (
        ["PHỤ LỤC"],
        ["STT", "Nội dung", "Năm 2021", "Năm 2022"],
        [1, "Xây dựng", 46.3, 1377],
        [2, "  thụt dòng\nhai", 0.25, date(2021, 5, 6)],
        [None, "Cộng", "=SUM(C3:C4)", "=D3*2+Hai!B1"],
        ["=1/0", True, '=IF(A3=1,"a""b","c")', "=SUM($C$3:D$3)"],
        ["1.377", "=B3&C2", "=Ten+1", "=-2%+C3"],
    ):
        sheet.append(row)
    sheet["E3"] = ArrayFormula("E3:E4", "=C3:C4*2")
    sheet["F3"] = datetime(2021, 5, 6, 7, 30)
    sheet["G3"] = -12.5
    for row in range(10, 14):
        sheet.cell(row, 1, row)
        sheet.cell(row, 2, f"=A{row}*C$3+$A$10")
    sheet.merge_cells("A1:D1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True), Alignment(horizontal="center")
    sheet["B4"].alignment = Alignment(horizontal="left", indent=2)
    sheet["B5"].font = Font(bold=True, italic=True)
    formats = {"C3": "#,##0.0", "D3": "#,##0", "C4": "0.0%", "D4": "dd/mm/yyyy", "F3": "dd/mm/yyyy hh:mm"}
    for cell, number_format in (formats | {"G3": "#,##0.00;[Red]-#,##0.00"}).items():
        sheet[cell].number_format = number_format
    sheet.row_dimensions[11].hidden = sheet.column_dimensions["F"].hidden = True
    hidden = book.create_sheet("Hai")
    hidden["B1"], hidden.sheet_state = 5, "hidden"
    book.create_sheet("Trang 3")["A1"] = f"='{NAME}'!C5+SUM('{NAME}'!C3:D3)"
    book.defined_names["Ten"] = DefinedName("Ten", attr_text=f"'{NAME}'!$C$3")
    return book
