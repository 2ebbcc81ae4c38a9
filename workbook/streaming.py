"""Sheets written row by row by XlsxWriter in the look of an appendix: however many rows, memory stays as it is.

What is written is on the disk at once and cannot be changed: a row is given whole, from the top, each formula with the
value that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import BadZipFile, ZipFile

from workbook.addresses import column_letters
from workbook.looks import FAILS, LOOKS, PASSES, xlsxwriter_format
from workbook.metrics import text_height
from workbook.page import ROW_HEIGHT
from workbook.placing import in_place
from workbook.text import safe_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HELPER_WIDTH = 12.0
_ESCAPED = re.compile(r"(_x[0-9A-Fa-f]{4}_)")


class Formula(NamedTuple):
    """A formula (without `=`), the value that it has, and the longest text that it may show: there will be room."""

    text: str
    value: str | int | float | Decimal
    longest: str = ""


class Cell(NamedTuple):
    """What a cell holds, and how it looks. `across`: how many columns it takes. `figures`: its own number format."""

    value: str | int | Decimal | Formula | None
    look: str
    across: int = 1
    figures: str = ""


class Book:
    """A workbook being written. `figures`: the number format of amounts."""

    def __init__(self, book: Workbook, figures: str) -> None:
        self.book, self.figures = book, figures
        self.sheets: list[StreamedSheet] = []
        self._formats: dict[tuple[str, str, bool], Any] = {}

    def sheet(self, name: str, widths: Sequence[float], helpers: int = 0) -> StreamedSheet:
        """One more sheet, with printed columns of these widths in Excel's units and further ones that are hidden."""
        self.sheets.append(StreamedSheet(self, name, widths, helpers))
        return self.sheets[-1]

    def format(self, look: str, figures: str = "", *, quoted: bool = False) -> Any:
        """A look as cells refer to it; `quoted`: what they hold is text whatever it looks like."""
        wanted = look, figures, quoted
        if wanted not in self._formats:
            properties = xlsxwriter_format(LOOKS[look], self.figures)
            own = {"num_format": figures} if figures else {}
            self._formats[wanted] = self.book.add_format({**properties, **own, "quote_prefix": quoted})
        return self._formats[wanted]


class StreamedSheet:
    """A sheet being written. `row`: the last that was, from 1."""

    def __init__(self, book: Book, name: str, widths: Sequence[float], helpers: int) -> None:
        self._book, self._widths = book, widths
        self.name, self.row = name, 0
        self.sheet: Worksheet = book.book.add_worksheet(name, _as_given())
        self.sheet.set_default_row(ROW_HEIGHT)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        if helpers:
            last = len(widths) + helpers - 1
            self.sheet.set_column(len(widths), last, _HELPER_WIDTH, None, {"level": 1, "hidden": True})

    @property
    def columns(self) -> int:
        """How many columns are printed."""
        return len(self._widths)

    @property
    def width(self) -> float:
        """Of the printed columns together."""
        return sum(self._widths)

    def write(self, *cells: Cell) -> int:
        """The next row, from column A; its number."""
        column = 0
        height = max([ROW_HEIGHT, *self._heights(cells)])
        if height > ROW_HEIGHT:
            self.sheet.set_row(self.row, height)
        for cell in cells:
            self._put(self.row, column, cell)
            column += cell.across
        self.row += 1
        return self.row

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

    def _heights(self, cells: Iterable[Cell]) -> Iterator[float]:
        column = 0
        for cell in cells:
            look = LOOKS[cell.look]
            text = cell.value.longest if isinstance(cell.value, Formula) else cell.value
            if look.wraps and isinstance(text, str) and text:
                width = sum(self._widths[column : column + cell.across])
                yield text_height(text, width, look.size, bold=look.bold)
            column += cell.across

    def _put(self, row: int, column: int, cell: Cell) -> None:
        value, sheet = cell.value, self.sheet
        if isinstance(value, str) and value:
            text, quoted = _safe(value)
            shown = self._book.format(cell.look, cell.figures, quoted=quoted)
            if cell.across > 1:
                sheet.merge_range(row, column, row, column + cell.across - 1, "", shown)
            sheet.write_string(row, column, text, shown)
            return
        shown = self._book.format(cell.look, cell.figures)
        if isinstance(value, Formula):
            sheet.write_formula(row, column, f"={value.text}", shown, value.value)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, shown)  # of a Decimal all digits that a sheet holds
        else:
            sheet.write_blank(row, column, None, shown)


@cache
def _as_given() -> type[Worksheet]:
    """A sheet that leaves formulas as they are, and writes texts and numbers in half the time.

    XlsxWriter looks for the names of newer functions in all of a formula: a file called `SORT(1).xlsx` in a text made
    it an array formula with `_xlfn.` in the file's name.
    """
    from xlsxwriter.worksheet import CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

    class AsGiven(Worksheet):  # type: ignore[misc]
        def _write_formula(
            self, row: int, col: int, formula: str, cell_format: object = None, value: object = 0
        ) -> int:
            if self._check_dimensions(row, col):
                return -1
            if row > self.previous_row:
                self._write_single_row(row)
            self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
            return 0

        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            place = f'r="{column_letters(col + 1)}{row + 1}" s="{cell.format._get_xf_index()}"'
            if isinstance(cell, CellStringTuple):
                self.fh.write(f'<c {place} t="inlineStr"><is>{_inline(cell.string)}</is></c>')
            elif isinstance(cell, CellNumberTuple):
                self.fh.write(f"<c {place}><v>{cell.number:.16G}</v></c>")
            else:
                super()._write_cell(row, col, cell)

    return AsGiven


@lru_cache(maxsize=16_384)
def _inline(text: str) -> str:
    """A text in XML; what looks like an escaped letter of Excel's (`_x000D_`) is escaped itself."""
    inner = escape(_ESCAPED.sub(r"_x005F\1", text))
    return f'<t xml:space="preserve">{inner}</t>'


@lru_cache(maxsize=16_384)  # texts of a list repeat
def _safe(value: str) -> tuple[str, bool]:
    """A text as a cell may hold it, and whether Excel would take it for something else, as in `text.write_text`."""
    text = safe_text(value)
    return text, not text[0].isalpha() or text.upper() in ("TRUE", "FALSE")


@contextmanager
def streamed(target: Path, figures: str, properties: Mapping[str, str]) -> Iterator[Book]:
    """A workbook to be written sheet by sheet; when the block ends it is verified and put in place, or nothing is.

    `properties`: title, author and the like. Raises InputFault where the file cannot be written.
    """
    from xlsxwriter import Workbook

    with in_place(target) as temporary, TemporaryDirectory(prefix="phuluc-") as scratch:
        options = {"constant_memory": True, "tmpdir": scratch, "use_zip64": True}
        book = Book(Workbook(str(temporary), options), figures)
        book.book.set_properties({**properties, "created": datetime.now(UTC).replace(tzinfo=None)})
        try:
            yield book
        except BaseException:
            _abandon(book.book)
            raise
        _close(book.book)
        _verify(temporary, len(book.sheets))


def _abandon(book: Any) -> None:
    """Let go of the temporary files, which Windows would not remove while they are open."""
    for sheet in book.worksheets():
        sheet._opt_close()


def _close(book: Any) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as fault:  # it wraps what the system said
        cause = fault.args[0] if fault.args and isinstance(fault.args[0], OSError) else OSError(str(fault))
        raise cause from fault


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
