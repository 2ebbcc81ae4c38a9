"""One file in, one `Book` out, or one sentence that says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from faults import InputFault, Text
from validators.grid import Book
from validators.readers.preflight import Package, Recognised, recognise
from validators.readers.recalculation import recalculated
from validators.readers.refusals import DAMAGED, fault_in, refuse

_SUFFIXES = {
    "xlsx": {".xlsx", ".xltx"},
    "xlsm": {".xlsm", ".xltm", ".xlam"},
    "xls": {".xls", ".xlt"},
    "ods": {".ods", ".ots"},
}


def read_book(path: Path, *, appendices_only: bool = False) -> Book:
    """The workbook in a file; its kind is told by its content.

    `appendices_only`: of an .xlsx that phuluc generated without what stands beside the appendices, which is most of it;
    formulas that refer there keep their stored values.

    Formulas without a stored value are calculated, and stored values are held against calculated ones, as far as
    formualizer can. Raises InputFault, and nothing else, for a file that cannot be read: no workbook, encrypted, cut
    off, damaged, absurdly large, hostile. It is never written to.
    """
    try:
        book = _read(path, recognise(path, whole=not appendices_only), appendices_only=appendices_only)
    except InputFault as fault:
        raise fault_in(fault, path) from fault
    except Exception as fault:  # a damaged file breaks parsers in ways that nobody can list
        raise fault_in(refuse(DAMAGED), path) from fault
    if path.suffix.lower() in _SUFFIXES[book.kind]:
        return book
    wrong = Text(
        f"tệp có đuôi “{path.suffix}” nhưng nội dung là .{book.kind}",
        f"the file is named “{path.suffix}” but its content is .{book.kind}",
    )
    return replace(book, remarks=(wrong, *book.remarks))


def _read(path: Path, file: Recognised, *, appendices_only: bool) -> Book:
    """The reader of each kind is imported when it is needed: a check of one file should not wait for the others."""
    if file.kind == "xls":
        from validators.readers.xls import read_xls

        return recalculated(read_xls(cast(bytes, file.content), path))
    package = cast(Package, file.content)
    if file.kind == "ods":
        from validators.readers.ods import read_ods

        return recalculated(read_ods(package, path))
    from validators.readers.xlsx import read_xlsx

    return recalculated(read_xlsx(package, path, appendices_only=appendices_only))
