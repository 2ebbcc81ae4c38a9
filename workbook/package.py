"""An .xlsx file read as what it is, a zip of XML: its parts, its sheets and, streamed, its rows and formula cells.

openpyxl is not used here: it needs one load for formulas and one for values, and it cannot tell a cached empty text
from a cached value that is missing, which is the very thing that has to be found.
"""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import IO, NamedTuple, Protocol
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from faults import InputFault, Text
from workbook.number_formats import BUILTIN_FORMATS

# What zipfile and ElementTree raise for a damaged file, and what a missing part, reference or number comes to
_DAMAGE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, ElementTree.ParseError, RuntimeError)


class CellError(str):
    """An error value, such as `#DIV/0!`; not equal to the same letters as text."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellError) and str(self) == str(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


Value = float | bool | str | CellError


class Parts(Protocol):
    """The parts of a package by name: a ZipFile, or what has been checked of one."""

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError where there is none."""


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that holds a formula. `cached` None: the file holds no value for it (an empty text is `""`).

    `formula` is without `=`; it is empty for a cell that shares the formula of another one.
    """

    sheet: str
    cell: str
    formula: str
    number_format: str
    cached: Value | None


def sheets(source: Path | bytes) -> Iterator[tuple[str, bytes]]:
    """Name and XML of each sheet, in order, once every part of the file has passed the zip's own check.

    `source` is a file or the bytes of one. Raises InputFault where it is not an .xlsx workbook or is damaged.
    """
    with _opened(source) as archive:
        if archive.testzip() is not None:
            raise BadZipFile
        for name, part in sheet_parts(archive).items():
            yield name, archive.read(part)


def formula_cells(source: Path | bytes) -> Iterator[FormulaCell]:
    """Every formula cell of every sheet, row by row. `source` and faults as for `sheets`."""
    with _opened(source) as archive:
        formats = _number_formats(archive)
        for sheet, part in sheet_parts(archive).items():
            with archive.open(part) as xml:
                yield from _cells(xml, sheet, formats)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[ZipFile]:
    """The archive; whatever shows damage while it is read becomes an InputFault."""
    file = source if isinstance(source, Path) else None
    try:
        with ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            yield archive
    except FileNotFoundError as fault:
        raise InputFault(Text("không có tệp này", "there is no such file"), file=file) from fault
    except OSError as fault:
        unread = Text("không đọc được tệp", "the file cannot be read")
        raise InputFault(unread, file=file, found=fault.strerror) from fault
    except _DAMAGE as fault:
        what = Text(
            "tệp hỏng, có mật khẩu hoặc không phải sổ Excel",
            "the file is damaged, has a password or is not an Excel workbook",
        )
        raise InputFault(what, file=file, expected=Text("một tệp .xlsx", "an .xlsx file")) from fault


def local_name(tag: str) -> str:
    """A tag or attribute name without its namespace: strict and transitional files differ in nothing else here."""
    return tag.rpartition("}")[2]


def elements(parts: Parts, part: str, name: str) -> Iterator[ElementTree.Element]:
    """The elements of that local name anywhere in a part. Raises KeyError and ElementTree.ParseError."""
    return (element for element in ElementTree.fromstring(parts.read(part)).iter() if local_name(element.tag) == name)


class Relation(NamedTuple):
    """What a part refers to: `kind` is the last word of its type, `target` a part or, when external, an address."""

    kind: str
    target: str
    external: bool


def relations(parts: Parts, part: str) -> Mapping[str, Relation]:
    """Relationship id -> relation, of `part` (empty: of the package). Raises KeyError where it has none."""
    folder, file = posixpath.split(part)
    found = {}
    for each in elements(parts, posixpath.join(folder, "_rels", f"{file}.rels"), "Relationship"):
        target, external = each.attrib["Target"], each.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[each.attrib["Id"]] = Relation(each.attrib["Type"].rpartition("/")[2], target, external)
    return found


def workbook_part(parts: Parts) -> str:
    """The part that holds the workbook. Raises KeyError."""
    found = (each.target for each in relations(parts, "").values() if each.kind == "officeDocument")
    part = next(found, None)
    if part is None:
        raise KeyError("officeDocument")
    return part


def relation_id(element: ElementTree.Element) -> str:
    """The `r:id` of an element, whichever namespace. Raises KeyError."""
    for key, value in element.attrib.items():
        if key.endswith("}id"):
            return value
    raise KeyError("r:id")


def sheet_parts(parts: Parts) -> dict[str, str]:
    """Sheet name -> part, in the order of the workbook. Raises KeyError."""
    workbook = workbook_part(parts)
    related = relations(parts, workbook)
    return {sheet.attrib["name"]: related[relation_id(sheet)].target for sheet in elements(parts, workbook, "sheet")}


def sheet_elements(xml: IO[bytes], names: frozenset[str]) -> Iterator[ElementTree.Element]:
    """The elements of those local names, with what is in them, in the order of the file; each is emptied afterwards."""
    wanted: dict[str, bool] = {}
    for _, element in ElementTree.iterparse(xml):
        tag = element.tag
        if tag not in wanted:
            wanted[tag] = local_name(tag) in names
        if wanted[tag]:
            yield element
            element.clear()


def _number_formats(archive: ZipFile) -> list[str]:
    """The number format of each cell style, by its index (ECMA-376 part 1, 18.8.10 and 18.8.30)."""
    related = relations(archive, workbook_part(archive)).values()
    part = next((each.target for each in related if each.kind == "styles"), None)
    if part is None:
        return []
    own = {int(fmt.attrib["numFmtId"]): fmt.attrib["formatCode"] for fmt in elements(archive, part, "numFmt")}
    known = {**BUILTIN_FORMATS, **own}
    styles = next(elements(archive, part, "cellXfs"), ())
    return [known.get(int(style.get("numFmtId", "0")), "General") for style in styles]


def _cells(xml: IO[bytes], sheet: str, formats: list[str]) -> Iterator[FormulaCell]:
    for row in sheet_elements(xml, frozenset({"row"})):
        for cell in row:
            parts = {local_name(child.tag): child for child in cell}
            if "f" in parts:
                style = int(cell.get("s", "0"))
                yield FormulaCell(
                    sheet,
                    cell=cell.attrib["r"],
                    formula=parts["f"].text or "",
                    number_format=formats[style] if style < len(formats) else "General",
                    cached=_value(cell.get("t", "n"), parts.get("v")),
                )


def _value(kind: str, stored: ElementTree.Element | None) -> Value | None:
    """What `<v>` says, by the type of the cell (ECMA-376 part 1, 18.18.11)."""
    if stored is None:
        return None
    text = stored.text or ""
    if kind in {"str", "d"}:
        return text
    if not text:
        return None
    if kind == "b":
        return text in {"1", "true"}
    if kind == "e":
        return CellError(text)
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number
