"""Sheets written row by row in the look of an appendix: however many rows, memory stays as it is.

XlsxWriter makes the frame: styles, column widths, charts, print setup. The rows are ours: each is on the disk at once,
in the XML that it will be, and when all are written they are poured into the frame. So a row is given whole, from the
top, each formula with the value that it has, and cannot be changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from workbook.addresses import Area
from workbook.looks import FAILS, LOOKS, PASSES, ROW_HEIGHT, xlsxwriter_format
from workbook.metrics import text_height
from workbook.placing import in_place
from workbook.row_xml import Formula, Value, cell_xml, row_xml
from workbook.text import safe_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HELPER_WIDTH = 12.0
_LEVEL = 2  # of compression: a third of the time of the usual 6, for a sixth more of a file
_BLOCK = 1 << 16  # bytes copied at once
_LARGE = 1 << 30  # bytes of a part, from where the package is told beforehand
_DIMENSION = re.compile(rb'(?<=<dimension ref=")[^"]*')
_NO_ROWS = re.compile(rb"<sheetData\s*(?:/>|></sheetData>)")


class Cell(NamedTuple):
    """What a cell holds, and how it looks. `across`: how many columns it takes. `figures`: its own number format."""

    value: Value
    look: str
    across: int = 1
    figures: str = ""


class Prepared(NamedTuple):
    """A row of cells that `Book.prepared` made, from column A on. `gaps`: the texts that stand in their `GAPS`.

    These are numbers as `digits` writes them, addresses and the like: there must be nothing in them that XML escapes.
    """

    cells: Sequence[bytes]
    gaps: Sequence[str] = ()


class Book:
    """A workbook being written. `figures`: the number format of amounts; `room` opens a file for rows of a sheet."""

    def __init__(self, book: Workbook, figures: str, room: Callable[[], IO[bytes]]) -> None:
        self.book, self.figures, self._room = book, figures, room
        self.sheets: list[StreamedSheet] = []
        self._styles: dict[tuple[str, str, bool], int] = {}
        self._repeated = lru_cache(maxsize=16_384)(self._cell)  # texts of a list repeat

    def sheet(self, name: str, widths: Sequence[float], helpers: int = 0) -> StreamedSheet:
        """One more sheet, with printed columns of these widths in Excel's units and further ones that are hidden."""
        self.sheets.append(StreamedSheet(self, name, widths, helpers, self._room()))
        return self.sheets[-1]

    def prepared(self, column: int, *cells: Cell) -> bytes:
        """Cells side by side from a column on, from 1, to be written in any number of rows."""
        parts = []
        for cell in cells:
            repeats = cell.value is None or isinstance(cell.value, str)
            parts.append((self._repeated if repeats else self._cell)(column, cell))
            column += cell.across
        return b"".join(parts)

    def _cell(self, column: int, cell: Cell) -> bytes:
        value, quoted = cell.value, False
        if isinstance(value, str):
            value, quoted = _safe(value)
        style = self._style(cell.look, cell.figures, quoted)
        covered = range(column + 1, column + cell.across) if value else ()
        return "".join((cell_xml(column, style, value), *(cell_xml(each, style, None) for each in covered))).encode()

    def _style(self, look: str, figures: str, quoted: bool) -> int:
        """The number of a look; `quoted`: what the cells hold is text whatever it looks like."""
        wanted = look, figures, quoted
        if wanted not in self._styles:
            properties = xlsxwriter_format(LOOKS[look], self.figures)
            own = {"num_format": figures} if figures else {}
            made = self.book.add_format({**properties, **own, "quote_prefix": quoted})
            self._styles[wanted] = made._get_xf_index()  # what XlsxWriter itself asks of a cell's format
        return self._styles[wanted]


class StreamedSheet:
    """A sheet being written. `row`: the last that was, from 1."""

    def __init__(self, book: Book, name: str, widths: Sequence[float], helpers: int, rows: IO[bytes]) -> None:
        self._book, self._widths, self._rows = book, widths, rows
        self._last = len(widths) + helpers
        self.name, self.row = name, 0
        self.sheet: Worksheet = book.book.add_worksheet(name)
        self.sheet.set_default_row(ROW_HEIGHT)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        if helpers:
            self.sheet.set_column(len(widths), self._last - 1, _HELPER_WIDTH, None, {"level": 1, "hidden": True})

    @property
    def columns(self) -> int:
        """How many columns are printed."""
        return len(self._widths)

    @property
    def size(self) -> int:
        """How many bytes the rows have."""
        return self._rows.tell()

    @property
    def width(self) -> float:
        """Of the printed columns together."""
        return sum(self._widths)

    def write(self, *cells: Cell) -> int:
        """The next row, from column A, as high as its texts need; its number."""
        height, column = ROW_HEIGHT, 0
        for cell in cells:
            if LOOKS[cell.look].wraps:
                height = max(height, self._height(cell, column))
            if cell.across > 1 and cell.value:
                self.sheet.merge_range(self.row, column, self.row, column + cell.across - 1, "")
            column += cell.across
        return self._put(height, [self._book.prepared(1, *cells)])

    def write_prepared(self, row: Prepared) -> int:
        """The next row, one line high; its number."""
        return self._put(ROW_HEIGHT, *row)

    def across(self, text: str, look: str) -> int:
        """A row that is one text over all printed columns; its number."""
        return self.write(Cell(text, look, self.columns))

    def skip(self, rows: int = 1) -> None:
        """Leave rows blank."""
        self.row += rows

    def judged(self, first: int, last: int, column: int, passes: str, fails: str) -> None:
        """Have cells that hold verdicts shown green where they begin with `passes`, red where with `fails`."""
        for word, color in ((passes, PASSES), (fails, FAILS)):
            ground = self._book.book.add_format({"bg_color": f"#{color}"})
            rule = {"type": "text", "criteria": "begins with", "value": word, "format": ground}
            self.sheet.conditional_format(first - 1, column - 1, last - 1, column - 1, rule)

    def finish(self, header: int) -> None:
        """Paper, print area, and the header row repeated."""
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)  # 30 and 20 mm, as Decree 30 asks
        sheet.set_header('&C&"Times New Roman,Regular"&13&P')
        sheet.print_area(0, 0, self.row - 1, self.columns - 1)
        sheet.repeat_rows(header - 1)

    def finish_list(self, header: int) -> None:
        """Finish a sheet that is one list: its headings stay in view, and its rows can be filtered."""
        self.finish(header)
        self.sheet.freeze_panes(header, 1)
        self.sheet.autofilter(header - 1, 0, self.row - 1, self.columns - 1)

    def pour(self, frame: bytes, part: IO[bytes]) -> None:
        """Write the sheet: the frame that XlsxWriter made of it, with the rows in it."""
        before, after = _NO_ROWS.split(frame)
        area = str(Area(1, 1, max(self.row, 1), self._last)).encode()
        part.write(_DIMENSION.sub(area, before) + b"<sheetData>")
        self._rows.seek(0)
        copyfileobj(self._rows, part, _BLOCK)
        part.write(b"</sheetData>" + after)

    def _height(self, cell: Cell, column: int) -> float:
        text = cell.value.longest if isinstance(cell.value, Formula) else cell.value
        if not text or not isinstance(text, str):
            return ROW_HEIGHT
        look, width = LOOKS[cell.look], sum(self._widths[column : column + cell.across])
        return text_height(text, width, look.size, bold=look.bold)

    def _put(self, height: float, cells: Sequence[bytes], gaps: Sequence[str] = ()) -> int:
        self.row += 1
        self._rows.write(row_xml(self.row, height, cells, gaps))
        return self.row


@lru_cache(maxsize=16_384)  # texts of a list repeat
def _safe(value: str) -> tuple[str | None, bool]:
    """A text as a cell may hold it, and whether Excel would take it for something else, as in `text.write_text`."""
    text = safe_text(value)
    return text or None, bool(text) and (not text[0].isalpha() or text.upper() in ("TRUE", "FALSE"))


@contextmanager
def streamed(target: Path, figures: str, properties: Mapping[str, str]) -> Iterator[Book]:
    """A workbook to be written sheet by sheet; when the block ends it is verified and put in place, or nothing is.

    `properties`: title, author and the like. Raises InputFault where the file cannot be written.
    """
    from xlsxwriter import Workbook

    with in_place(target) as temporary, ExitStack() as opened:
        frame = BytesIO()
        book = Book(
            Workbook(frame, {"in_memory": True}), figures, lambda: opened.enter_context(TemporaryFile(buffering=262144))
        )
        book.book.set_properties({**properties, "created": datetime.now(UTC).replace(tzinfo=None)})
        yield book
        book.book.close()
        _fill(frame, book.sheets, temporary)
        _verify(temporary, len(book.sheets))


def _fill(frame: IO[bytes], sheets: Sequence[StreamedSheet], file: Path) -> None:
    """Write the package: the parts of the frame, with the rows in its sheets."""
    filled = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    with ZipFile(frame) as parts, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name in parts.namelist():
            if name in filled:
                with package.open(name, "w", force_zip64=filled[name].size > _LARGE) as part:
                    filled[name].pour(parts.read(name), part)
            else:
                package.writestr(name, parts.read(name))


def _verify(file: Path, sheets: int) -> None:
    """Read the file back. RuntimeError: what stands there is not what was to be written."""
    try:
        with ZipFile(file) as package:
            broken = package.testzip()
            found = sum(name.startswith("xl/worksheets/sheet") for name in package.namelist())
    except BadZipFile as fault:
        raise RuntimeError(f"the workbook was not written whole: {fault}") from fault
    if broken is not None or found != sheets:
        raise RuntimeError(f"{broken or found} of {sheets} sheets was not written as it should be")
