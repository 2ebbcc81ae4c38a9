"""Marks on the guilty cells of an open book, and their removal without a trace.

A mark is a conditional format that always holds and a note. The cell's own fill is never touched, so that whatever it
was (a theme colour, a pattern, a gradient), it is there again when the mark goes; and marks move, and are copied, with
the cell. Both bear a signature, by which they are known again in a book that was saved, closed and mailed meanwhile.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import xlwings as xw

from addin import host
from addin.journal import journal
from validators.reports.copying import Mark, Marks
from workbook.addresses import address

RULE = '="phuluc"="phuluc"'  # always true in every language that formulas are written in
MOST = 500  # cells that are marked: each takes the host about ten calls
_SIGNED = "\n— phuluc "


def mark(sheet: xw.Sheet, cells: Mapping[tuple[int, int], Mark]) -> None:
    """Mark cells of an unprotected sheet: (row, column), from 1 -> its mark. A note that is there is left alone."""
    noted = {note.location.address.replace("$", "") for note in sheet.notes}
    for (row, column), each in cells.items():
        cell = sheet.range((row, column))
        cell.merge_area.conditional_formats.add_custom(RULE, fill_color=f"#{each.color}")
        if each.note and address(row, column) not in noted:
            _add_note(cell, each.note)


class Unmarked(NamedTuple):
    """How many cells of a sheet bear no mark: it is protected, or as many as are marked were marked before."""

    sheet: str
    cells: int
    is_protected: bool


def mark_all(book: xw.Book, wanted: Marks) -> list[Unmarked]:
    """Mark the cells of the sheets that take marks, as many as the host does in a reasonable time; which were not."""
    left, room = [], MOST
    for name, cells in wanted.items():
        sheet = book.sheets[name]
        if host.is_protected(sheet):
            left.append(Unmarked(name, len(cells), is_protected=True))
            continue
        mark(sheet, dict(list(cells.items())[:room]))
        if len(cells) > room:
            left.append(Unmarked(name, len(cells) - room, is_protected=False))
        room = max(0, room - len(cells))
    return left


def clear(sheets: Sequence[xw.Sheet]) -> tuple[int, list[str]]:
    """Remove every mark of ours: how many were removed, and the names of protected sheets that still have some."""
    removed, left = 0, []
    for sheet in sheets:
        rules = [rule for rule in sheet.cells.conditional_formats if rule.type == "custom" and rule.formula == RULE]
        notes = [note for note in sheet.notes if _is_ours(note.text)]
        if (rules or notes) and host.is_protected(sheet):
            left.append(sheet.name)
            continue
        for rule in reversed(rules):  # from the last one: those before keep their places
            rule.delete()
        for note in notes:
            note.delete()
        removed += len(rules) + len(notes)
    return removed, left


def _add_note(cell: xw.Range, text: str) -> None:
    try:
        cell.add_note(f"{text}{_SIGNED}{_checksum(text)}")
    except Exception:  # noqa: BLE001 - a threaded comment is in the way; the sheet of findings says it all the same
        journal().exception("no note at %s", cell.address)


def _is_ours(text: str) -> bool:
    """Whether we wrote a note and nobody has changed it since."""
    said, signed, checksum = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().rpartition(_SIGNED)
    return bool(signed) and checksum == _checksum(said)


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.strip().encode()):08x}"
