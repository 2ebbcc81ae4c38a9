"""The sheet "Số chưa thay" in an open book: the typed totals that became no formulas, each with a link and the reason.

It holds sentences and no figures, so that a check of the book takes it for no table.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import xlwings as xw
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from addin import own_pages
from addin.commands.base import Desk
from addin.seals import is_untouched, put_seal
from addin.sheets import place_sheet
from addin.totals.live import LiveTotals, Reason, Untouched
from budget.numbers import format_number
from faults import Lang, Text
from validators.grid import Grid
from validators.reports.workbook import free_name
from workbook.text import quote_sheet, write_text

NAME = Text("Số chưa thay", "Totals left")
_TITLE = Text("SỐ TỔNG CHƯA THAY BẰNG CÔNG THỨC", "TOTALS THAT ARE STILL TYPED")
_HEADS = (Text("Chỗ", "Where"), Text("Dòng", "Row"), Text("Vì sao để nguyên", "Why it was left"))
_WIDTHS = (12, 60, 70)
_SEAL, _HEADER, _FIRST = 2, 3, 4  # rows
_FONT = "Times New Roman"


class Placed(NamedTuple):
    """The name of the sheet, and the names of earlier ones that somebody wrote on, which stay as they are."""

    name: str
    kept: list[str]


def place(desk: Desk, found: LiveTotals) -> Placed:
    """List the untouched totals on a sheet at the end of the open book, in the place of an earlier one.

    Raises InputFault where the book takes no sheet.
    """
    looked_at = desk.book.sheets.active
    earlier = [sheet for sheet in desk.book.sheets if _is_ours(sheet)]
    kept = own_pages.remove(desk.book, earlier, lambda sheet: is_untouched(sheet, _SEAL)).kept
    name = free_name(NAME[desk.lang], [sheet.name for sheet in desk.book.sheets])
    put_seal(place_sheet(desk, _workbook(name, found, desk.lang)), _SEAL)
    looked_at.activate()
    return Placed(name, kept)


def _is_ours(sheet: xw.Sheet) -> bool:
    """Whether a sheet lists such totals, by its name and what stands in its first cell."""
    return any(sheet.name.startswith(NAME[lang]) and sheet.range("A1").value == _TITLE[lang] for lang in _LANGS)


def lists_totals(grid: Grid) -> bool:
    """Whether a sheet lists such totals, whatever it is called."""
    return grid.value(1, 1) in (_TITLE.vi, _TITLE.en)


_LANGS: tuple[Lang, ...] = ("vi", "en")


def why(each: Untouched, lang: Lang) -> str:
    """What a total shows and why it stays, as one sentence without an end."""
    found = format_number(each.found) if isinstance(each.found, Decimal) else each.found
    shows = Text(f"ghi “{found}”", f"shows “{found}”")[lang]
    if each.made is None or not isinstance(each.found, Decimal):
        return f"{shows}, {each.reason.value[lang]}"
    parts = Text("các phần cộng lại được", "its parts make")[lang]
    off = format_number(abs(each.found - each.made))
    differs = Text(f"lệch {off}, ", f"{off} off, ")[lang] if each.reason is Reason.ROUNDING else ""
    return f"{shows}, {parts} {format_number(each.made)}: {differs}{each.reason.value[lang]}"


def _workbook(name: str, found: LiveTotals, lang: Lang) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    _put(sheet, 1, 1, _TITLE[lang], bold=True, size=14, wrap=False)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        _put(sheet, _HEADER, column, head[lang], bold=True)
        sheet.column_dimensions["ABC"[column - 1]].width = width
    for row, each in enumerate(found.untouched, _FIRST):
        cell = _put(sheet, row, 1, each.place.address, link=True)
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"{quote_sheet(each.place.sheet)}!{each.place.address}")
        _put(sheet, row, 2, found.label(each.place))
        _put(sheet, row, 3, f"{each.place.sheet}: {why(each, lang)}.")
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.sheet_view.showGridLines = False
    return book


def _put(  # noqa: PLR0913 - how a cell looks, by name
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    size: int = 11,
    link: bool = False,
    wrap: bool = True,
) -> Any:
    cell: Any = sheet.cell(row, column)
    cell.font = Font(_FONT, size, bold=bold, underline="single" if link else None, color="0563C1" if link else None)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    write_text(cell, text)
    return cell
