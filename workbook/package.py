"""An .xlsx file read as what it is, a zip of XML: its sheets and, streamed, its formula cells with their cached values.

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
from typing import IO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS

from faults import InputFault, Text

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
        for name, part in _sheet_parts(archive).items():
            yield name, archive.read(part)


def formula_cells(source: Path | bytes) -> Iterator[FormulaCell]:
    """Every formula cell of every sheet, row by row. `source` and faults as for `sheets`."""
    with _opened(source) as archive:
        formats = _number_formats(archive)
        for sheet, part in _sheet_parts(archive).items():
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


def _local(tag: str) -> str:
    """A tag or attribute name without its namespace: strict and transitional files differ in nothing else here."""
    return tag.rpartition("}")[2]


def _elements(archive: ZipFile, part: str, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in ElementTree.fromstring(archive.read(part)).iter() if _local(element.tag) == name)


def _related(archive: ZipFile, part: str) -> Mapping[str, str]:
    """Relationship id -> part, for the relationships of `part` (empty: of the package)."""
    folder, file = posixpath.split(part)
    relations = _elements(archive, posixpath.join(folder, "_rels", f"{file}.rels"), "Relationship")
    return {
        relation.attrib["Id"]: posixpath.normpath(posixpath.join("/", folder, relation.attrib["Target"])).lstrip("/")
        for relation in relations
        if relation.get("TargetMode") != "External"
    }


def _workbook_part(archive: ZipFile) -> str:
    relations = _elements(archive, "_rels/.rels", "Relationship")
    main = next((r for r in relations if r.attrib["Type"].endswith("/officeDocument")), None)
    if main is None:
        raise KeyError("officeDocument")
    return main.attrib["Target"].lstrip("/")


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Sheet name -> part, in the order of the workbook."""
    workbook = _workbook_part(archive)
    related = _related(archive, workbook)
    return {
        sheet.attrib["name"]: related[next(value for key, value in sheet.attrib.items() if _local(key) == "id")]
        for sheet in _elements(archive, workbook, "sheet")
    }


def _number_formats(archive: ZipFile) -> list[str]:
    """The number format of each cell style, by its index (ECMA-376 part 1, 18.8.10 and 18.8.30)."""
    parts = _related(archive, _workbook_part(archive)).values()
    part = next((name for name in parts if name.endswith("styles.xml")), None)
    if part is None:
        return []
    own = {int(fmt.attrib["numFmtId"]): fmt.attrib["formatCode"] for fmt in _elements(archive, part, "numFmt")}
    known = BUILTIN_FORMATS | own
    styles = next(_elements(archive, part, "cellXfs"), ())
    return [known.get(int(style.get("numFmtId", "0")), "General") for style in styles]


def _cells(xml: IO[bytes], sheet: str, formats: list[str]) -> Iterator[FormulaCell]:
    for _, element in ElementTree.iterparse(xml):
        if not element.tag.endswith("}row"):
            continue
        for cell in element:
            parts = {_local(child.tag): child for child in cell}
            if "f" in parts:
                style = int(cell.get("s", "0"))
                yield FormulaCell(
                    sheet,
                    cell=cell.attrib["r"],
                    formula=parts["f"].text or "",
                    number_format=formats[style] if style < len(formats) else "General",
                    cached=_value(cell.get("t", "n"), parts.get("v")),
                )
        element.clear()


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
