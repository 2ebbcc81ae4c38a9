"""The copy of a workbook that gets the sheet of its adjustment."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from faults import InputFault, Lang, Text
from revisions.adjusting.adjustment import Adjustment
from revisions.adjusting.cells import places_of
from revisions.adjusting.sheet import NAME, READINGS, adjusted_workbook
from validators.grid import Book
from validators.reports.copying import sheet_names
from validators.reports.workbook import free_name
from workbook.appending import append_sheets
from workbook.placing import put_in_place, refuse_target

_ENDING = "-dieu-chinh"
_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


def target_of(book: Book, output: Path | None) -> Path:
    """The file to write: `output`, or of `du-toan.xlsx` `du-toan-dieu-chinh.xlsx` in the current folder.

    Raises InputFault for a workbook that no sheet can be added to.
    """
    if book.kind not in {"xlsx", "xlsm"}:
        what = Text("không thêm được trang vào loại tệp này", "no sheet can be added to a file of this kind")
        raise InputFault(what, file=book.path, expected=Text("lưu lại thành .xlsx trước", "it saved as .xlsx first"))
    return output or Path(f"{book.path.stem}{_ENDING}.{book.kind}")


def write_adjusted(made: Adjustment, target: Path, lang: Lang, *, force: bool = False) -> str:
    """Write a copy of the workbook, every part of it as it was, with the sheet of the adjustment last and shown first.

    Returns the name of that sheet. Raises InputFault, and writes nothing, where `target` is the workbook itself, has
    the wrong suffix, exists and `force` is not given, or cannot be written, and where the workbook cannot be copied.
    """
    book = made.found.checked.book
    suffix = f".{book.kind}"
    refuse_target(target, suffix, force=force, source=book.path)
    try:
        data = book.path.read_bytes()
        taken = sheet_names(data)
        name = free_name(NAME[lang], taken)
        sheets = adjusted_workbook(made, lang, name, free_name(READINGS[lang], taken))
        copy = append_sheets(data, sheets, _values(made), suffix=suffix, show=name)
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao của tệp này", "no copy can be made of this file")
        raise InputFault(what, file=book.path) from fault
    put_in_place(copy, target)
    return name


def _values(made: Adjustment) -> dict[str, dict[tuple[int, int], object]]:
    """What stands in the cells of the workbook that the sheet refers to."""
    places = [place for leaf in made.leaves for place in places_of(leaf)]
    places += [place for each in made.found.counted for place in each.totals]
    found: dict[str, dict[tuple[int, int], object]] = {}
    for place in places:
        grid = made.found.checked.book.sheet(place.sheet)
        found.setdefault(place.sheet, {})[place[1:]] = grid.value(*place[1:])
    return found
