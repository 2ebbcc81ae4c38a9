"""What the add-in asks of a spreadsheet program beyond xlwings' own object model, in one place.

Every member used here through `.api` is one of Excel's object model; the LibreOffice engine answers to the same names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlwings as xw

from faults import InputFault, Text
from workbook.text import quote_sheet

_VISIBLE = -1  # XlSheetVisibility.xlSheetVisible


def suffix(book: xw.Book) -> str:
    """The suffix that a copy of the book has; a book that was never saved is an .xlsx."""
    return Path(book.name).suffix.lower() or ".xlsx"


def location(book: xw.Book) -> Path | None:
    """Where a book is saved on this PC; None for one that never was, or that only a cloud has."""
    try:
        path = Path(book.fullname)
    except Exception:  # noqa: BLE001 - xlwings finds no local file for an address of OneDrive or SharePoint
        return None
    return path if path.is_absolute() else None


def selection(app: xw.App) -> xw.Range | None:
    """The selected cells; None where a picture or nothing is selected."""
    try:
        selected = app.selection
        return selected if selected is not None and selected.address else None
    except Exception:  # noqa: BLE001 - the hosts differ in what they raise for what is no range
        return None


def save_copy(book: xw.Book, path: Path) -> None:
    """Have the host write the book as it is now to `path`; the book itself stays unsaved. Raises InputFault."""
    try:
        book.api.SaveCopyAs(str(path))
    except Exception as fault:  # each host has its own kind of exception
        raise InputFault(
            Text("không lưu được bản sao của tệp đang mở", "no copy of the open book could be saved"),
            file=book.name,
            found=fault,
            expected=Text("tệp không ở chế độ sửa ô và ổ đĩa còn chỗ", "no cell being edited, and room on the disk"),
        ) from fault


def is_visible(sheet: xw.Sheet) -> bool:
    """Whether a sheet can be seen; xlwings gives Excel's own numbers, of which that of very hidden ones is true."""
    return bool(sheet.api.Visible == _VISIBLE)


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether the cells of a sheet are protected."""
    return bool(sheet.api.ProtectContents)


def is_structure_protected(book: xw.Book) -> bool:
    """Whether sheets may neither be added nor removed."""
    return bool(book.api.ProtectStructure)


def is_changed(book: xw.Book) -> bool:
    """Whether the book has changes that are not saved."""
    return not book.api.Saved


def point_at(chart: xw.Chart, page: str, sheet: str) -> None:
    """Have a chart that came from the sheet `page` show the same cells of `sheet`: Excel leaves that to the caller."""
    _, drawn = chart.api
    for series in drawn.SeriesCollection():
        series.Formula = series.Formula.replace(f"{quote_sheet(page)}!", f"{quote_sheet(sheet)}!")


def cut_pages(sheet: xw.Sheet, starts: Iterable[int], rows: str, columns: str) -> None:
    """Have pages begin at these rows and no others, each with some rows and columns (`$5:$5`, `$A:$A`; empty: none)."""
    sheet.api.ResetAllPageBreaks()
    for row in starts:
        sheet.api.HPageBreaks.Add(sheet.range((row, 1)).api)
    sheet.page_setup.api.PrintTitleRows = rows
    sheet.page_setup.api.PrintTitleColumns = columns
