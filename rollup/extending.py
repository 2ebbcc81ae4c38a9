"""A copy of a workbook file with a roll-up on it: the file part by part, or of an .xls or .ods its figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from budget.money import Unit
from faults import InputFault, Lang, Text
from rollup.kinds import Kind
from rollup.plain_copy import plain_copy, with_names_for_excel
from rollup.rolled import Rolled, rolled
from rollup.sealing import is_untouched, seal
from rollup.sheet import complete
from validators.checking import examine
from validators.grid import Book
from validators.own_sheet import rolls_up
from validators.readers import read_book
from validators.readers.refusals import fault_in
from validators.reports.copying import sheet_names
from workbook.appending import append_sheets, saved
from workbook.package import sheet_parts
from workbook.parts import Parts

_EXTENSIBLE = frozenset({"xlsx", "xlsm"})  # kinds of files that sheets can be put into
_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


@dataclass(frozen=True)
class Source:
    """A workbook that was read to be rolled up. `book` holds our own sheets too; `suffix` is that of its copy."""

    book: Book
    found: Rolled

    @property
    def is_copied_whole(self) -> bool:
        """Whether the copy has all that the file has; of other kinds of files it has the sheets with the figures."""
        return self.book.kind in _EXTENSIBLE

    @property
    def suffix(self) -> str:
        """That of the copy."""
        return f".{self.book.kind}" if self.is_copied_whole else ".xlsx"


@dataclass(frozen=True)
class Extended:
    """The copy (`data`), with the roll-up on the sheet `sheet`.

    `replaced`: that sheet took the place of an earlier roll-up. `kept`: the earlier ones that stay as they are.
    """

    data: bytes
    sheet: str
    replaced: bool
    kept: tuple[str, ...]


def source_of(path: Path, kind: Kind, unit: Unit | None) -> Source:
    """The funding of a workbook file by the axes of `kind`, in `unit` or else in its own.

    Raises InputFault where it cannot be read, or holds no amounts.
    """
    book = read_book(path)
    if book.kind not in _EXTENSIBLE:
        book = with_names_for_excel(book)
    try:
        return Source(book, rolled(examine(book), kind.axes[0], unit))
    except InputFault as fault:
        raise fault_in(fault, path) from fault


def extended(source: Source, kind: Kind, lang: Lang, *, show: str | None = None, protect: bool = False) -> Extended:
    """A copy of the workbook with its roll-up, which is shown on opening unless another sheet is named by `show`.

    `protect`: the sheet is protected, without a password. Raises InputFault where the file cannot be copied.
    """
    book, found = source.book, source.found
    values = _values(found)
    try:
        if source.is_copied_whole:
            data, earlier = book.path.read_bytes(), [grid for grid in book.sheets if rolls_up(grid)]
        else:
            data, earlier = saved(plain_copy(grid for grid in book.sheets if grid.name in values)), []
        free = {grid.name for grid in earlier if is_untouched(grid)} - _with_notes(data)
        made = complete(found, kind, lang, {_composed(name) for name in sheet_names(data)} - free)
        seal(made)
        made.worksheets[0].protection.sheet = protect
        (name,) = made.sheetnames
        replacing = free & {name}
        copy = append_sheets(data, made, values, suffix=source.suffix, show=show or name, replacing=replacing)
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao của tệp này", "no copy can be made of this file")
        raise InputFault(what, file=book.path) from fault
    kept = tuple(grid.name for grid in earlier if grid.name not in replacing)
    return Extended(copy, name, bool(replacing), kept)


def _with_notes(data: bytes) -> set[str]:
    """The sheets that somebody put notes on."""
    parts = Parts(data)
    return {
        _composed(name)
        for name, part in sheet_parts(parts).items()
        if any(each.kind in {"comments", "threadedComment"} for each in parts.relations(part).values())
    }


def _composed(name: str) -> str:
    """The name of a sheet as grids have it."""
    return unicodedata.normalize("NFC", name)


def _values(found: Rolled) -> Mapping[str, Mapping[tuple[int, int], object]]:
    """What stands in the cells of the workbook that the roll-up refers to."""
    places = {addend.place for addend in found.addends(found.leaves)}
    places |= {place for each in found.counted for place in (*each.totals, *each.unread)}
    values: dict[str, dict[tuple[int, int], object]] = {}
    for place in places:
        grid = found.checked.book.sheet(place.sheet)
        values.setdefault(place.sheet, {})[place.row, place.column] = grid.value(place.row, place.column)
    return values
