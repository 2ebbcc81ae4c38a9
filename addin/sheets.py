"""Sheets made by openpyxl, with all their looks, placed in a book that is open in a host."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import xlwings as xw
from openpyxl import Workbook

from addin import host
from addin.blocks import text
from addin.commands.base import Desk
from faults import InputFault, Text


def place_sheet(desk: Desk, made: Workbook) -> xw.Sheet:
    """Copy the only sheet of `made` behind the last sheet of the open book.

    Its formulas must be written afterwards: Excel makes those that name other sheets point into the book they came
    from. Raises InputFault where the book takes no further sheets.
    """
    refuse_protected_structure(desk.book)
    book = desk.book
    if host.suffix(book) == ".xls":  # Excel copies no sheet of today's size into a book of 65 536 rows
        return _typed_sheet(book, made)
    path = desk.scratch / "phuluc-page.xlsx"
    made.save(path)
    other = desk.app.books.open(str(path))
    try:
        return other.sheets[0].copy(after=book.sheets[-1])
    finally:
        other.close()
        book.activate()


def _typed_sheet(book: xw.Book, made: Workbook) -> xw.Sheet:
    """What stands on the only sheet of `made`, and how wide its columns are, on a new sheet of the book."""
    (page,) = made.worksheets
    sheet = book.sheets.add(page.title, after=book.sheets[-1])
    for letter, column in page.column_dimensions.items():
        sheet.range(f"{letter}:{letter}").column_width = column.width
    rows = [[_typed(cell.value) for cell in row] for row in page.iter_rows()]
    sheet.range("A1").resize(len(rows), len(rows[0])).value = rows
    wrapped = [at for at, row in enumerate(page.iter_rows(), 1) if any(cell.alignment.wrap_text for cell in row)]
    if wrapped:
        sheet.range((wrapped[0], 1), (wrapped[-1], len(rows[0]))).wrap_text = True
    return sheet


def _typed(value: object) -> object:
    """A value as the host takes it: a number in its own binary form; a text that could be a formula stays a text."""
    if isinstance(value, Decimal):
        return float(value)
    return text(value) if isinstance(value, str) else value


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
