"""Reads .ods (OpenDocument 1.2 and later), row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, iterparse

from faults import InputFault, cell_place
from validators.grid import MISSING, Book, DefinedName, GridCell, Missing, Value
from validators.readers.assembly import Assembly, Draft
from validators.readers.formulas import from_open, linked_file
from validators.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from validators.readers.ods_styles import OpenStyles
from validators.readers.preflight import Package
from validators.readers.refusals import DAMAGED, OUTSIDE, fault_at, refuse
from validators.readers.values import calculated, clean, exact, exact_text, from_iso
from workbook.addresses import Area, address
from workbook.package import CellError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_SHEET, _ROW, _COLUMN, _CELL = (_TABLE + each for each in ("table", "table-row", "table-column", "table-cell"))
_COVERED = _TABLE + "covered-table-cell"
_STYLE, _DEFAULT_STYLE = _TABLE + "style-name", _TABLE + "default-cell-style-name"
_ROWS_REPEATED, _COLUMNS_REPEATED = _TABLE + "number-rows-repeated", _TABLE + "number-columns-repeated"
_MATRIX_COLUMNS = _TABLE + "number-matrix-columns-spanned"
_HIDDEN = {"collapse", "filter"}
_DURATION = re.compile(r"(-?)P(?:([0-9]+)D)?T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.,]+)S)?")


def read_ods(package: Package, path: Path) -> Book:
    """The book, its formulas not calculated. Raises InputFault, and whatever damage brings about."""
    document = _Document()
    if "styles.xml" in package.names:
        document.styles.add(fromstring(package.take("styles.xml")))
    for event, element in iterparse(io.BytesIO(package.take("content.xml")), ("start", "end")):
        if event == "start":
            if element.tag == _SHEET:
                document.open_sheet(element)
        elif element.tag in document.take:
            document.take[element.tag](element)
    document.assembly.demand_sheets(len(document.assembly.grids))
    return Book(
        path,
        "ods",
        tuple(document.assembly.grids),
        names=tuple(document.names),
        external_links=tuple(dict.fromkeys(document.links)),
    )


class _Document:
    """What has been read of a document."""

    def __init__(self) -> None:
        self.styles, self.assembly = OpenStyles(), Assembly()
        self.names: list[DefinedName] = []
        self.links: list[str] = []
        self.take: dict[str, Callable[[Element], None]] = {
            _OFFICE + "automatic-styles": self.styles.add,
            _SHEET: self._close_sheet,
            _ROW: self._row,
            _COLUMN: self._column,
            _TABLE + "named-range": self._name,
            _TABLE + "named-expression": self._name,
        }
        self._depth = 0  # a table may stand within another one's cell: it is no sheet
        self._sheet: _Sheet | None = None

    def open_sheet(self, element: Element) -> None:
        """A table begins."""
        self._depth += 1
        if self._depth == 1:
            self.assembly.demand_sheets(len(self.assembly.grids) + 1)
            hidden = element.get(_STYLE) in self.styles.hidden_tables
            draft = Draft(element.get(_TABLE + "name", ""), "hidden" if hidden else "visible")
            self._sheet = _Sheet(draft, self)

    def _close_sheet(self, element: Element) -> None:
        self._depth -= 1
        if self._depth == 0 and self._sheet is not None:
            self.assembly.finish(self._sheet.draft)
            self._sheet = None
            element.clear()

    def _row(self, element: Element) -> None:
        if self._depth == 1 and self._sheet is not None:
            self._sheet.take_row(element)
            element.clear()

    def _column(self, element: Element) -> None:
        if self._depth == 1 and self._sheet is not None:
            self._sheet.take_column(element)

    def _name(self, element: Element) -> None:
        place, formula = element.get(_TABLE + "cell-range-address"), element.get(_TABLE + "expression", "")
        refers_to = from_open(formula if place is None else f"[{place}]")
        sheet = None if self._sheet is None else self._sheet.draft.name
        self.names.append(DefinedName(element.get(_TABLE + "name", ""), refers_to, sheet, hidden=False))


class _Sheet:
    """Takes the elements of a table into the draft of a sheet."""

    def __init__(self, draft: Draft, document: _Document) -> None:
        self.draft, self._document = draft, document
        self._column_styles: list[str] = []  # of the cells that have none of their own
        self._hidden: set[int] = set()  # columns
        self._next_row = 1

    def take_column(self, element: Element) -> None:
        """A column, or several alike."""
        first = len(self._column_styles) + 1
        count = min(_count(element, _COLUMNS_REPEATED), MAX_COLUMNS + 1 - first)
        self._column_styles += [element.get(_DEFAULT_STYLE, "")] * count
        if element.get(_TABLE + "visibility") in _HIDDEN:
            self.draft.hidden_columns.append(range(first, first + count))
            self._hidden.update(range(first, first + count))

    def take_row(self, element: Element) -> None:
        """A row, or several alike: empty ones reach to the end of the sheet."""
        first, count = self._next_row, _count(element, _ROWS_REPEATED)
        self._next_row += count
        hidden = element.get(_TABLE + "visibility") in _HIDDEN
        if hidden:
            self.draft.hidden_rows.append(range(first, first + count))
        column = 1
        for cell in element:
            if cell.tag in {_CELL, _COVERED}:
                repeated = _count(cell, _COLUMNS_REPEATED)
                if len(cell) or len(cell.attrib) > 1:
                    self._take_cell(
                        cell, Area(first, column, first + count - 1, column + repeated - 1), element, hidden
                    )
                column += repeated

    def _take_cell(self, cell: Element, area: Area, row: Element, hidden: bool) -> None:
        """A cell, and its copies to the right and below."""
        place = cell_place(self.draft.name, address(area.top, min(area.left, MAX_COLUMNS)))
        try:
            found = self._cell(cell, area, row)
        except InputFault as fault:
            raise fault_at(fault, place) from fault
        except (ValueError, KeyError) as fault:
            raise refuse(DAMAGED, place=place) from fault
        if found is None:
            return
        if area.bottom > MAX_ROWS or area.right > MAX_COLUMNS:
            raise refuse(OUTSIDE, place=self.draft.place)
        self._document.assembly.demand_room(self.draft, area.size)
        self._document.assembly.count_formula(found.formula or "", area.size)
        for number in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                unseen = hidden or column in self._hidden
                self.draft.cells[number, column] = found._replace(hidden=unseen) if unseen else found

    def _cell(self, cell: Element, area: Area, row: Element) -> GridCell | None:
        """The cell, where it holds something."""
        self._merge(cell, area)
        default = row.get(_DEFAULT_STYLE) or "".join(self._column_styles[area.left - 1 : area.left])
        style = self._document.styles.style(cell.get(_STYLE) or default)
        value, stored = _value(cell), cell.get(_TABLE + "formula")
        if stored is None:
            if value is MISSING or (isinstance(value, str) and not value):
                return None
            return GridCell(value, None, value, style)
        formula = from_open(stored)
        if (link := linked_file(stored)) is not None:
            self._document.links.append(link)
        spans = _count(cell, _TABLE + "number-matrix-rows-spanned"), _count(cell, _MATRIX_COLUMNS)
        if is_array := _MATRIX_COLUMNS in cell.attrib:
            bottom, right = area.top + spans[0] - 1, area.left + spans[1] - 1
            self.draft.arrays.append((Area(area.top, area.left, bottom, right), formula))
        return GridCell(None if value is MISSING else calculated(value), formula, value, style, is_array)

    def _merge(self, cell: Element, area: Area) -> None:
        rows, columns = _count(cell, _TABLE + "number-rows-spanned"), _count(cell, _TABLE + "number-columns-spanned")
        if rows > 1 or columns > 1:
            self.draft.merges.append(Area(area.top, area.left, area.top + rows - 1, area.left + columns - 1))


def _count(element: Element, attribute: str) -> int:
    """A count of rows or columns; at least one."""
    return max(1, int(element.get(attribute, "1")))


def _value(cell: Element) -> Value | Missing:
    """The value of a cell by its type (OpenDocument 1.2 part 1, 19.385)."""
    kind = cell.get(_OFFICE + "value-type")
    if kind in {"float", "percentage", "currency"}:
        return exact_text(cell.attrib[_OFFICE + "value"])
    if kind == "date":
        return from_iso(cell.attrib[_OFFICE + "date-value"])
    if kind == "time":
        return _days(cell.attrib[_OFFICE + "time-value"])
    if kind == "boolean":
        return cell.attrib[_OFFICE + "boolean-value"] == "true"
    if kind == "string":
        shown = "\n".join(_paragraph(part) for part in cell if part.tag == _TEXT + "p")
        if cell.get(_CALC + "value-type") == "error":
            return CellError(shown)
        return clean(cell.get(_OFFICE + "string-value") or shown)
    return MISSING


def _paragraph(element: Element) -> str:
    """The text of a paragraph: repeated spaces, tabs and line breaks are elements."""
    text = element.text or ""
    for part in element:
        if part.tag == _TEXT + "s":
            text += " " * min(int(part.get(_TEXT + "c", "1")), MAX_TEXT)
        elif part.tag == _TEXT + "tab":
            text += "\t"
        elif part.tag == _TEXT + "line-break":
            text += "\n"
        else:
            text += _paragraph(part)
        text = clean(text + (part.tail or ""))  # which knows how long is too long
    return text


def _days(duration: str) -> Decimal:
    """`PT12H30M00S` in days, which is how Excel stores a time of day and a duration."""
    found = _DURATION.fullmatch(duration)
    if not found:
        raise ValueError(duration)
    sign, days, hours, minutes, seconds = (part or "0" for part in found.groups())
    total = float(days) + float(hours) / 24 + float(minutes) / 1440 + float(seconds.replace(",", ".")) / 86_400
    return exact(-total if sign == "-" else total)
