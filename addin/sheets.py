"""Sheets made by openpyxl, with all their looks, placed in a book that is open in a host."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw
from openpyxl import Workbook

from addin import host
from addin.commands.base import Desk
from faults import InputFault, Text


def place_sheet(desk: Desk, made: Workbook) -> xw.Sheet:
    """Copy the only sheet of `made` behind the last sheet of the open book.

    Its formulas must be written afterwards: Excel makes those that name other sheets point into the book they came
    from. Raises InputFault where the book takes no further sheets.
    """
    refuse_protected_structure(desk.book)
    path = desk.scratch / "phuluc-page.xlsx"
    made.save(path)
    book = desk.book
    other = desk.app.books.open(str(path))
    try:
        return other.sheets[0].copy(after=book.sheets[-1])
    finally:
        other.close()
        book.activate()


def write_formulas(sheet: xw.Sheet, row: int, column: int, formulas: Sequence[Sequence[str]]) -> None:
    """Write a block of formulas (with `=`; constants too), its first cell at `row`, `column`; one call to the host."""
    if formulas:
        block = sheet.range((row, column)).resize(len(formulas), len(formulas[0]))
        block.formula = [list(each) for each in formulas]


def refuse_protected_structure(book: xw.Book) -> None:
    """Raise InputFault where sheets may neither be added nor removed."""
    if host.is_structure_protected(book):
        raise InputFault(
            Text("cấu trúc tệp đang được bảo vệ, không thêm bớt trang được", "the structure of the book is protected"),
            file=book.name,
            expected=Text("bỏ bảo vệ ở thẻ Review trước", "protection taken off (Review tab) first"),
        )


def refuse_protected_sheet(sheet: xw.Sheet) -> None:
    """Raise InputFault where the cells of a sheet are protected."""
    if host.is_protected(sheet):
        raise InputFault(
            Text("trang đang được bảo vệ, không sửa được", "the sheet is protected and cannot be changed"),
            place=Text(f"trang “{sheet.name}”", f"sheet “{sheet.name}”"),
            expected=Text("bỏ bảo vệ ở thẻ Review trước", "protection taken off (Review tab) first"),
        )
