"""Reads .xls (Excel 97 to 2003; values of Excel 95 too): values and looks by xlrd, formulas by `xls_formulas`."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book as XlrdBook
from xlrd.book import Name
from xlrd.compdoc import CompDoc
from xlrd.formula import get_externsheet_local_range
from xlrd.sheet import Colinfo, Rowinfo
from xlrd.sheet import Sheet as XlrdSheet

from faults import InputFault, cell_place
from validators.grid import Book, CellStyle, DefinedName, GridCell, Value, Visibility
from validators.readers.assembly import Assembly, Draft
from validators.readers.limits import MAX_CELLS, MAX_RECORDS, MAX_TOKENS
from validators.readers.refusals import CROWDED, ENCRYPTED, LONG_FORMULAS, fault_at, refuse, too_much
from validators.readers.values import calculated, clean, dated, exact
from validators.readers.xls_formulas import Names, SheetFormulas, decoded
from workbook.addresses import Area, address
from workbook.package import CellError

_VISIBILITIES: tuple[Visibility, ...] = ("visible", "hidden", "veryHidden")
_HORIZONTAL = ("general", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_BOLD = 600  # of 1000; 400 is normal

# Records ([MS-XLS] 2.3.2)
_FORMULA, _FILE_PASS, _BOUND_SHEET, _LINKED_BOOK = 0x0006, 0x002F, 0x0085, 0x01AE
_ARRAY, _SHARED, _BOF = 0x0221, 0x04BC, 0x0809
_ONE_CELL = {_FORMULA, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E}
_MANY_CELLS = {0x00BD: 6, 0x00BE: 2}  # bytes of each
_PLAIN_NAME = re.compile(r"(?![A-Za-z]{1,3}[0-9]+$)[^\W\d]\w*")  # needs no quotes: not like A1
_EXCEL_97 = 0x0600
_WORKSHEET = 0


def read_xls(data: bytes, path: Path) -> Book:
    """The book, its formulas not calculated. Raises InputFault, and whatever damage brings about."""
    stream = _Stream(data)
    workbook = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    names = [name.name for name in workbook.name_obj_list]
    reading = _Reading(
        workbook,
        [_style(workbook, index) for index in range(len(workbook.xf_list))],
        Names(names, workbook.addin_func_names, lambda index: _sheet_prefix(workbook, stream.links, index)),
    )
    for sheet, formulas in zip(workbook.sheets(), stream.sheets, strict=True):
        reading.take(sheet, formulas)
    return Book(
        path,
        "xls",
        tuple(reading.assembly.grids),
        names=tuple(_defined_name(name, workbook) for name in workbook.name_obj_list),
        external_links=tuple(link for link in stream.links if link),
    )


_LATER = "_xlfn."  # stands before functions that .xls does not know, in the file alone


class _Stream:
    """What xlrd does not tell: the formulas of each worksheet, and the files that the book refers to.

    Walking over the records also shows, before xlrd builds anything, whether the book is encrypted or too large.
    """

    def __init__(self, data: bytes) -> None:
        self.sheets: list[SheetFormulas] = []
        self.links: list[str] = []  # one for each book that is referred to, this one (empty) among them
        self._cells = 0
        self._by_start: dict[int, SheetFormulas] = {}
        container = CompDoc(data, logfile=io.StringIO())
        stream = container.get_named_stream("Workbook") or container.get_named_stream("Book") or b""
        current, last = SheetFormulas(), (0, 0)
        for number, (start, kind, body) in enumerate(_records(stream)):
            if number > MAX_RECORDS:
                raise too_much(CROWDED, number, MAX_RECORDS)
            if kind == _BOF:
                current = self._by_start.get(start, SheetFormulas())
                current.is_decodable = struct.unpack_from("<H", body)[0] == _EXCEL_97
            elif kind == _FORMULA:
                last = struct.unpack_from("<HH", body)
                current.cells[last] = _tokens(body, 20)
            elif kind == _ARRAY:
                _keep(current.arrays, last, body, 12)
            elif kind == _SHARED:
                _keep(current.shared, last, body, 8)
            else:
                self._globals(kind, body)
            self._count(kind, body)

    def _globals(self, kind: int, body: bytes) -> None:
        if kind == _FILE_PASS:
            raise refuse(ENCRYPTED)
        if kind == _BOUND_SHEET and body[5] == _WORKSHEET:
            self.sheets.append(SheetFormulas())
            self._by_start[struct.unpack_from("<I", body)[0]] = self.sheets[-1]
        elif kind == _LINKED_BOOK:
            self.links.append(_linked_file(body))

    def _count(self, kind: int, body: bytes) -> None:
        if kind in _ONE_CELL:
            self._cells += 1
        elif kind in _MANY_CELLS:
            self._cells += (len(body) - 6) // _MANY_CELLS[kind]
        if self._cells > MAX_CELLS:
            raise too_much(CROWDED, self._cells, MAX_CELLS)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start, kind and body of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _tokens(body: bytes, start: int) -> bytes:
    """The tokens of a formula: their length in bytes, then they."""
    (size,) = struct.unpack_from("<H", body, start)
    return body[start + 2 : start + 2 + size]


def _keep(formulas: dict[tuple[int, int], bytes], last: tuple[int, int], body: bytes, start: int) -> None:
    """Cells refer to a formula of several by the first one of them; some writers mean the top left of the area."""
    formulas[last] = _tokens(body, start)
    row, _, column = struct.unpack_from("<HHB", body)
    formulas.setdefault((row, column), formulas[last])


def _linked_file(body: bytes) -> str:
    """The path in a SUPBOOK record ([MS-XLS] 2.4.271, 2.5.277), without its control characters; empty: no file."""
    (length,) = struct.unpack_from("<H", body, 2)
    if not 0 < length <= 0xFF:
        return ""
    wide = body[4] & 1
    raw = body[5 : 5 + length * (1 + wide)]
    path = raw.decode("utf-16-le" if wide else "latin-1")
    return "".join(letter for letter in path.replace("\x03", "/") if letter.isprintable())


def _sheet_prefix(workbook: XlrdBook, links: list[str], index: int) -> str:
    """What stands before a reference to another sheet: `'Trang 1'!`. Raises LookupError."""
    first, last = get_externsheet_local_range(workbook, index)
    if first < 0:
        book = workbook._externsheet_info[index][0]
        return f"'[{links[book]}]'!"
    names = [workbook.sheet_names()[each] for each in sorted({first, last})]
    text = ":".join(names)
    return f"{text}!" if _PLAIN_NAME.fullmatch(text) else "'" + text.replace("'", "''") + "'!"


def _style(workbook: XlrdBook, index: int) -> CellStyle:
    xf = workbook.xf_list[index]
    font = workbook.font_list[xf.font_index]
    number_format = workbook.format_map.get(xf.format_key)
    horizontal = xf.alignment.hor_align
    return CellStyle(
        number_format="General" if number_format is None else number_format.format_str,
        bold=font.weight >= _BOLD,
        italic=bool(font.italic),
        indent=xf.alignment.indent_level,
        horizontal=_HORIZONTAL[horizontal] if horizontal < len(_HORIZONTAL) else "general",
    )


def _defined_name(name: Name, workbook: XlrdBook) -> DefinedName:
    sheet = workbook.sheet_names()[name.scope] if 0 <= name.scope < workbook.nsheets else None
    refers_to = name.result.text if name.result is not None else ""
    return DefinedName(name.name, refers_to, sheet, bool(name.hidden))


class _Reading:
    """Takes the sheets of a book, one by one."""

    def __init__(self, workbook: XlrdBook, styles: list[CellStyle], names: Names) -> None:
        self._workbook, self._styles, self._names = workbook, styles, names
        self._tokens = 0  # bytes
        self.assembly = Assembly()
        self.assembly.demand_sheets(workbook.nsheets)

    def take(self, sheet: XlrdSheet, formulas: SheetFormulas) -> None:
        """Add a sheet."""
        draft = Draft(
            sheet.name,
            _VISIBILITIES[sheet.visibility],
            merges=[Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
            hidden_rows=[range(row + 1, row + 2) for row, info in sheet.rowinfo_map.items() if info.hidden],
            hidden_columns=[range(col + 1, col + 2) for col, info in sheet.colinfo_map.items() if info.hidden],
        )
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                place = cell_place(sheet.name, address(row + 1, column + 1))
                try:
                    cell = self._cell(sheet, row, column, formulas)
                except InputFault as fault:
                    raise fault_at(fault, place) from fault
                if cell is not None:
                    draft.cells[row + 1, column + 1] = cell
            self.assembly.demand_room(draft)
        self.assembly.finish(draft)

    def _cell(self, sheet: XlrdSheet, row: int, column: int, formulas: SheetFormulas) -> GridCell | None:
        """The cell, where it holds something."""
        is_formula = (row, column) in formulas.cells
        kind = sheet.cell_type(row, column)
        if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} and not is_formula:
            return None
        style = self._styles[sheet.cell_xf_index(row, column)]
        value = self._value(kind, sheet.cell_value(row, column), style)
        hidden = _is_hidden(sheet.rowinfo_map.get(row)) or _is_hidden(sheet.colinfo_map.get(column))
        if is_formula:
            tokens, array = formulas.tokens(row, column)
            self._tokens += len(tokens)
            if self._tokens > MAX_TOKENS:
                raise too_much(LONG_FORMULAS, self._tokens, MAX_TOKENS)
            text = decoded(tokens, row, column, self._names).replace(_LATER, "")
            self.assembly.count_formula(text)
            return GridCell(calculated(value), text, value, style, array, hidden)
        return None if isinstance(value, str) and not value else GridCell(value, None, value, style, False, hidden)

    def _value(self, kind: int, stored: Any, style: CellStyle) -> Value:
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(stored)
        if kind == xlrd.XL_CELL_ERROR:
            return CellError(error_text_from_code[stored])
        if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            return dated(exact(stored), style.number_format, epoch_1904=bool(self._workbook.datemode))
        return clean(stored)


def _is_hidden(info: Rowinfo | Colinfo | None) -> bool:
    return info is not None and bool(info.hidden)
