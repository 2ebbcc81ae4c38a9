"""A roll-up in the open book. An earlier one is written anew where it stands: what refers to it still does."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple, cast

import xlwings as xw
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin import host
from addin.commands.base import Desk
from addin.sheets import place_sheet, write_formulas
from rollup.charts import chart_name
from rollup.kinds import Kind, is_headed_by, is_named_after
from rollup.rolled import Rolled
from rollup.sheet import rollup_workbook
from validators.own_sheet import is_our_chart
from validators.reports.sealing import SEAL, fingerprint
from validators.reports.workbook import free_name


class Placed(NamedTuple):
    """The sheet of a roll-up, and the names of earlier ones that somebody wrote on, which stay as they are."""

    sheet: xw.Sheet
    kept: list[str]


def place(desk: Desk, found: Rolled, kind: Kind) -> Placed:
    """Put a roll-up into the open book and show it, in the place of an earlier one that holds nothing but ours."""
    book = desk.book
    earlier = [
        sheet
        for sheet in book.sheets
        if is_named_after(kind, sheet.name) and is_headed_by(kind, *sheet.range("A1:A2").value)
    ]
    ours = [sheet for sheet in earlier if _is_untouched(sheet)]
    made, blocks = rollup_workbook(found, kind, desk.lang, free_name(kind.name[desk.lang], book.sheet_names))
    sheet = place_sheet(desk, made)
    if ours:
        sheet = _moved_to(ours[0], sheet, made)
        if not sheet.name.startswith(kind.name[desk.lang]):
            sheet.name = free_name(kind.name[desk.lang], book.sheet_names)
    for row, column, formulas in blocks:
        write_formulas(sheet, row, column, formulas)
    for number, chart in enumerate(sheet.charts, 1):  # hosts give copies names of their own
        chart.name = chart_name(number)
    seal = _seal_of(sheet)
    assert seal is not None
    seal.value = _fingerprint(sheet)
    sheet.activate()
    sheet.range("A1").select()
    return Placed(sheet, [each.name for each in earlier if each not in ours])


def _moved_to(sheet: xw.Sheet, page: xw.Sheet, made: Workbook) -> xw.Sheet:
    """The sheet with what stands on `page`, which is removed. `made`: that page as openpyxl made it.

    The charts come last, onto cells that have their sizes already.
    """
    old, new = sheet.used_range, page.range("A1", page.used_range.last_cell)
    old.columns.hidden = new.columns.hidden = False  # hidden columns have no width
    old.unmerge()
    sheet.clear()
    for chart in sheet.charts:
        chart.delete()
    (source,) = made.worksheets
    _size(sheet, page, source)
    new.copy(sheet.range("A1"))
    for chart in sheet.charts:
        host.point_at(chart, page.name, sheet.name)
    for letter, column in source.column_dimensions.items():
        sheet.range(f"{letter}:{letter}").columns.hidden = column.hidden
    sheet.page_setup.print_area = page.page_setup.print_area
    starts = [each.id + 1 for each in source.row_breaks.brk]
    host.cut_pages(sheet, starts, source.print_title_rows or "", source.print_title_cols or "")
    with sheet.book.app.properties(display_alerts=False):
        page.delete()
    sheet.visible = True
    return sheet


def _size(sheet: xw.Sheet, page: xw.Sheet, source: Worksheet) -> None:
    """Give the columns and rows of a sheet the sizes that those of `page` have."""
    for letter in source.column_dimensions:
        sheet.range(f"{letter}:{letter}").column_width = cast("float", page.range(f"{letter}1").column_width)
    for _, rows in groupby(range(1, source.max_row + 1), lambda row: source.row_dimensions[row].height):
        alike = list(rows)
        sheet.range(f"{alike[0]}:{alike[-1]}").row_height = cast("float", page.range(f"A{alike[0]}").row_height)


def _is_untouched(sheet: xw.Sheet) -> bool:
    """Whether a roll-up holds what we wrote and nothing else, and may be written on."""
    seal = _seal_of(sheet)
    sealed = seal is not None and seal.value == _fingerprint(sheet)
    added = list(sheet.notes) or any(not is_our_chart(chart.name) for chart in sheet.charts)
    return sealed and not added and not host.is_protected(sheet)


def _seal_of(sheet: xw.Sheet) -> xw.Range | None:
    """The cell of the fingerprint, beside the printed columns."""
    first = sheet.range((1, 1), (1, max(2, sheet.used_range.last_cell.column)))
    sealed = (column for column, value in enumerate(first.value, 1) if str(value).startswith(SEAL))
    column = next(sealed, None)
    return None if column is None else sheet.range((1, column))


def _fingerprint(sheet: xw.Sheet) -> str:
    rows = sheet.used_range.options(ndim=2).formula
    return fingerprint(
        (row, column, str(text)) for row, cells in enumerate(rows, 1) for column, text in enumerate(cells, 1)
    )
