"""A copy of a workbook file with a sheet of ours in it: the file part by part, or of an .xls or .ods its figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from openpyxl import Workbook

from faults import InputFault, Text
from validators.grid import Book, Grid, Place
from validators.own_sheet import is_our_chart
from validators.readers import read_book
from validators.reports.copying import sheet_names
from validators.reports.plain_copy import plain_copy, with_names_for_excel
from validators.reports.sealing import is_untouched, seal
from workbook.appending import append_sheets, saved
from workbook.package import Relation, local_name, sheet_parts
from workbook.parts import Parts

_EXTENSIBLE = frozenset({"xlsx", "xlsm"})  # kinds of files that sheets can be put into
_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


@dataclass(frozen=True)
class Extended:
    """The copy (`data`), with our sheet `sheet`.

    `replaced`: that sheet took the place of an earlier one of its kind. `kept`: the earlier ones that stay as they are.
    """

    data: bytes
    sheet: str
    replaced: bool
    kept: tuple[str, ...]


def read_for_copy(path: Path) -> Book:
    """A workbook file, its sheets under the names that they have in a copy. Raises InputFault as `read_book` does."""
    book = read_book(path)
    return book if is_copied_whole(book) else with_names_for_excel(book)


def is_copied_whole(book: Book) -> bool:
    """Whether a copy has all that the file has; of other kinds of files it has the sheets with the figures."""
    return book.kind in _EXTENSIBLE


def suffix_of_copy(book: Book) -> str:
    """The suffix that a copy has."""
    return f".{book.kind}" if is_copied_whole(book) else ".xlsx"


def extended(
    book: Book,
    make: Callable[[Collection[str]], Workbook],
    places: Iterable[Place],
    is_alike: Callable[[Grid], bool],
    *,
    show: str | None = None,
) -> Extended:
    """A copy of a workbook that `read_for_copy` read, with one sheet more, in the place of an earlier one if it can be.

    `make` gives the sheet, alone in a workbook and sealed (`sealing.SEAL`), under a name that is none of those that it
    is given. `places`: the cells that its formulas refer to. `is_alike`: whether a sheet of the file is one of its
    kind: what nobody wrote on since is replaced. The sheet is shown on opening unless another one is named by `show`.
    Raises InputFault where the file cannot be copied.
    """
    values = _values(book, places)
    with _of_whole_files(book.path):
        if is_copied_whole(book):
            data, earlier = book.path.read_bytes(), [grid for grid in book.sheets if is_alike(grid)]
        else:
            data, earlier = saved(plain_copy(grid for grid in book.sheets if grid.name in values)), []
        free = {grid.name for grid in earlier if is_untouched(grid)} - _furnished(data)
        taken = {_composed(name) for name in sheet_names(data)} - free
    made = make(taken)
    seal(made)
    (name,) = made.sheetnames
    replacing = free & {name}
    with _of_whole_files(book.path):
        copy = append_sheets(data, made, values, suffix=suffix_of_copy(book), show=show or name, replacing=replacing)
    kept = tuple(grid.name for grid in earlier if grid.name not in replacing)
    return Extended(copy, name, bool(replacing), kept)


def what_became(book: Book, made: Extended, kind: Text) -> Iterator[Text]:
    """What became of the file and of earlier sheets of that `kind` (a noun), a sentence each."""
    if not is_copied_whole(book):
        yield Text(
            f"Tệp .{book.kind} không thêm trang được: tệp mới là .xlsx, gồm trang {kind.vi} và bản chép (chỉ giá trị) "
            "những trang có số được cộng.",
            f"No sheet can be added to an .{book.kind}: the new file is an .xlsx with the {kind.en} and copies (values "
            "only) of the sheets that its figures come from.",
        )
    if made.replaced:
        yield Text(f"Trang {kind.vi} lập lần trước được lập lại.", f"The earlier {kind.en} was made anew.")
    if made.kept:
        names = ", ".join(f"“{name}”" for name in made.kept)
        yield Text(f"Giữ nguyên trang {kind.vi} đã có: {names}.", f"Earlier {kind.en}s stay as they are: {names}.")


@contextmanager
def _of_whole_files(path: Path) -> Iterator[None]:
    """Refuses a damaged file in the words of a user."""
    try:
        yield
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao của tệp này", "no copy can be made of this file")
        raise InputFault(what, file=path) from fault


def _furnished(data: bytes) -> set[str]:
    """The sheets that hold what we never put there: notes, links, pictures, shapes, charts that are not ours."""
    parts = Parts(data)
    return {
        _composed(name)
        for name, part in sheet_parts(parts).items()
        if any(not _is_ours(parts, each) for each in parts.relations(part).values())
    }


def _is_ours(parts: Parts, relation: Relation) -> bool:
    """Whether what a sheet refers to is of our making, or comes with every sheet that Excel saves."""
    if relation.kind != "drawing":
        return relation.kind == "printerSettings"
    named = (each for each in parts.parsed(relation.target).iter(etree.Element) if local_name(each.tag) == "cNvPr")
    return all(is_our_chart(each.get("name", "")) for each in named)


def _composed(name: str) -> str:
    """The name of a sheet as grids have it."""
    return unicodedata.normalize("NFC", name)


def _values(book: Book, places: Iterable[Place]) -> Mapping[str, Mapping[tuple[int, int], object]]:
    """What stands in some cells."""
    values: dict[str, dict[tuple[int, int], object]] = {}
    for place in places:
        grid = book.sheet(place.sheet)
        values.setdefault(place.sheet, {})[place.row, place.column] = grid.value(place.row, place.column)
    return values
