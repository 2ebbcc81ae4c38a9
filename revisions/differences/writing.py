"""The new version as a marked copy, with a sheet of the changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from faults import InputFault, Lang, Text
from revisions.differences import wording
from revisions.differences.changes import Differences
from revisions.differences.sheet import MOST_NOTES, NAME, changes_workbook, marks_of
from validators.grid import Book
from validators.reports.copying import Marks, marked_copy, sheet_names
from validators.reports.workbook import free_name
from workbook.placing import put_in_place, refuse_target
from workbook.saving import save

_TOO_MANY = Text(f"chỉ {MOST_NOTES} ô đầu có ghi chú", f"only the first {MOST_NOTES} cells have notes")
_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


def write_marked(
    found: Differences, book: Book, out: Path, lang: Lang, *, inputs: Sequence[Path], force: bool = False
) -> list[Text]:
    """Write the workbook `book` of the new version to `out`, its changed cells coloured and noted, with the changes on
    a sheet at its end; of a file that is no .xlsx or .xlsm that sheet alone. Which cells bear no mark or no note.

    Raises InputFault, and writes nothing, where `out` is one of the `inputs`, has the wrong suffix, exists and `force`
    is not given, or cannot be written, and where the workbook cannot be copied.
    """
    suffix = ".xlsm" if book.kind == "xlsm" else ".xlsx"
    for source in inputs:
        refuse_target(out, suffix, force=force, source=source)
    marks = marks_of(found, lang)
    if book.kind not in {"xlsx", "xlsm"}:
        no_copy = Text(f"tệp .{book.kind} không nhận đánh dấu", f"an .{book.kind} takes no marks")
        notes = wording.left_out(wording.UNMARKED, [wording.Left(*each, no_copy) for each in _cells(marks)])
        save(changes_workbook(found, lang, NAME[lang], linked=False, notes=notes), out, force=force)
        return notes
    notes = wording.left_out(wording.UNNOTED, [wording.Left(*each, _TOO_MANY) for each in _cells(marks, noted=False)])
    try:
        data = book.path.read_bytes()
        name = free_name(NAME[lang], sheet_names(data))
        copy = marked_copy(data, marks, changes_workbook(found, lang, name, linked=True, notes=notes), suffix)
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao có đánh dấu của tệp này", "no marked copy can be made of this file")
        raise InputFault(what, file=book.path) from fault
    put_in_place(copy, out)
    return notes


def _cells(marks: Marks, *, noted: bool = True) -> Iterator[tuple[str, int]]:
    """How many cells of each sheet are marked; of those without a note alone where not `noted`."""
    for sheet, cells in marks.items():
        count = len(cells) if noted else sum(not mark.note for mark in cells.values())
        if count:
            yield sheet, count
