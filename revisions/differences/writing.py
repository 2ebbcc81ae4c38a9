"""The new version as a marked copy, with a sheet of the changes."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from faults import InputFault, Lang, Text
from revisions.differences.changes import Differences
from revisions.differences.sheet import NAME, changes_workbook, marks_of
from validators.grid import Book
from validators.reports.copying import marked_copy, sheet_names
from validators.reports.workbook import free_name
from workbook.placing import put_in_place, refuse_target
from workbook.saving import save

_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


def write_marked(found: Differences, book: Book, out: Path, lang: Lang, *, force: bool = False) -> None:
    """Write the workbook `book` of the new version to `out`, its changed cells coloured and noted, with the changes on
    a sheet at its end; of a file that is no .xlsx or .xlsm that sheet alone.

    Raises InputFault, and writes nothing, where `out` is the file itself, has the wrong suffix, exists and `force` is
    not given, or cannot be written, and where the workbook cannot be copied.
    """
    suffix = ".xlsm" if book.kind == "xlsm" else ".xlsx"
    refuse_target(out, suffix, force=force, source=book.path)
    if book.kind not in {"xlsx", "xlsm"}:
        save(changes_workbook(found, lang, NAME[lang], linked=False), out, force=force)
        return
    try:
        data = book.path.read_bytes()
        name = free_name(NAME[lang], sheet_names(data))
        copy = marked_copy(data, marks_of(found, lang), changes_workbook(found, lang, name, linked=True), suffix)
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao có đánh dấu của tệp này", "no marked copy can be made of this file")
        raise InputFault(what, file=book.path) from fault
    put_in_place(copy, out)
