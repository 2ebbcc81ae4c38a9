"""The sheet "So sánh" in an open book: placed, known again, taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import xlwings as xw

from addin import own_pages
from addin.commands.base import Desk
from addin.own_pages import Removed
from addin.seals import is_untouched, put_seal
from addin.sheets import place_sheet
from faults import Lang, Text
from revisions.differences.changes import Differences
from revisions.differences.sheet import BLANK_ROW, NAME, TITLE, changes_workbook
from validators.reports.workbook import free_name

_LANGS: tuple[Lang, ...] = ("vi", "en")


def place(desk: Desk, found: Differences, notes: Sequence[Text]) -> str:
    """Put a comparison on a sheet at the end of the open book, and show it; its name. Raises InputFault."""
    name = free_name(NAME[desk.lang], desk.book.sheet_names)
    sheet = place_sheet(desk, changes_workbook(found, desk.lang, name, linked=True, notes=notes))
    put_seal(sheet, BLANK_ROW)
    sheet.activate()
    sheet.range("A1").select()
    return str(sheet.name)


def remove(book: xw.Book) -> Removed:
    """Delete the sheets of earlier comparisons; one that somebody wrote on, or gave a name of their own, stays."""
    pages = [sheet for sheet in book.sheets if is_ours(sheet)]
    return own_pages.remove(book, pages, lambda sheet: is_untouched(sheet, BLANK_ROW))


def is_ours(sheet: xw.Sheet) -> bool:
    """Whether a sheet lists what changed: by the name that we give and its title."""
    return any(
        re.fullmatch(rf"{NAME[lang]}(?: \(\d+\))?", sheet.name) and sheet.range("A1").value == TITLE[lang]
        for lang in _LANGS
    )
