"""Ranges of cells that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from openpyxl.formula.translate import Translator
from xlwings import base_classes

from addin.engines.addresses import COLUMNS, ROWS, Area
from addin.engines.conditional import ConditionalFormats
from addin.engines.formulas import sheet_prefix, to_excel, to_office
from addin.engines.looks import Borders, Color, Font, to_color, to_number
from addin.engines.notes import Note
from addin.engines.values import com_value, typed_value

if TYPE_CHECKING:
    from addin.engines.books import Book
    from addin.engines.names import Name, Table
    from addin.engines.sheets import Sheet

_DIRECTIONS = {"d": "down", "l": "left", "r": "right", "u": "up"}
_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
_HORIZONTAL_NAMES = {office: excel for excel, office in _HORIZONTAL.items()}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
_VERTICAL_NAMES = {0: "bottom", **{office: excel for excel, office in _VERTICAL.items()}}


class Range(base_classes.Range):
    """A rectangle of cells, `place`, on a sheet."""

    def __init__(self, sheet: Sheet, place: Area) -> None:
        self._sheet, self.place = sheet, place
        self.options: dict[str, Any] = {}  # xlwings leaves its own here

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to LibreOffice about these cells."""
        return self._sheet.call(operation, self.place, *arguments)

    def call_sheet(self, operation: str, *arguments: object) -> Any:
        """One call to LibreOffice about their sheet."""
        return self._sheet.call(operation, *arguments)

    @property
    def api(self) -> Range:
        """LibreOffice has no object model but this one."""
        return self

    # where it is

    @property
    def sheet(self) -> Sheet:
        """The sheet."""
        return self._sheet

    @property
    def book(self) -> Book:
        """The book."""
        return self._sheet.book

    @property
    def coords(self) -> tuple[Sheet, int, int, int, int]:
        """Sheet, row, column, rows, columns."""
        return self._sheet, *self.place

    @property
    def row(self) -> int:
        """The first row, from 1."""
        return self.place.row

    @property
    def column(self) -> int:
        """The first column, from 1."""
        return self.place.column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.place.rows, self.place.columns

    def __len__(self) -> int:
        return self.place.rows * self.place.columns

    def at(self, place: Area) -> Range:
        """Other cells of the same sheet."""
        return Range(self._sheet, place)

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """The cell of that row and column within, from 1; of that number, row by row, where there is only one."""
        if arg2 is None:
            arg1, arg2 = (arg1 - 1) // self.place.columns + 1, (arg1 - 1) % self.place.columns + 1
        return self.at(Area(self.place.row + arg1 - 1, self.place.column + arg2 - 1, 1, 1))

    @property
    def address(self) -> str:
        """As `$A$1:$B$2`."""
        return self.place.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """As `A1:$B$2`; as `'[Sổ.xlsx]Phụ lục'!$A$1` with `external`."""
        address = self.place.address(row_absolute=row_absolute, column_absolute=col_absolute)
        return sheet_prefix(f"[{self.book.name}]{self._sheet.name}") + address if external else address

    @property
    def current_region(self) -> Range:
        """The cells around, bounded by empty rows and columns."""
        return self.at(Area(*self.call("region")))

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow lead."""
        row, column = self.call_sheet("end", self.row, self.column, _DIRECTIONS.get(direction, direction))
        return self.at(Area(row, column, 1, 1))

    @property
    def rows(self) -> Range:
        """Itself: xlwings takes it apart."""
        return self

    columns = rows

    def select(self) -> None:
        """Select it; its sheet is shown."""
        self.call("select")

    @property
    def name(self) -> Name | None:
        """The first name that stands for just these cells."""
        for _, name in self.book.names.snapshot():
            if name.refers_to == "=" + sheet_prefix(self._sheet.name) + self.address:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.book.names.add(value, f"={sheet_prefix(self._sheet.name)}{self.address}")

    @property
    def table(self) -> Table | None:
        """The table that it lies in."""
        return next((each for each in self._sheet.tables if each.range.place.covers(self.place)), None)

    # what it holds

    @property
    def raw_value(self) -> Any:
        """As COM gives it: one value of one cell, rows of values of more."""
        return _outward([[com_value(value) for value in row] for row in self._read("values")])

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self._write(value)

    @property
    def formula(self) -> Any:
        """What was typed, always as text: one of one cell, rows of more. A text that begins with `=` reads the same."""
        sheets = [sheet.name for sheet in self.book.sheets]
        return _outward([[_typed(each, sheets) for each in row] for row in self._read("formulas")])

    @formula.setter
    def formula(self, value: Any) -> None:
        self._write(value)

    formula2 = formula

    def _read(self, operation: str) -> list[list[Any]]:
        """Rows of a block; of whole rows or columns what is used is read, the rest is empty."""
        place = self.place
        if place.rows < ROWS and place.columns < COLUMNS:
            return self.call(operation)  # type: ignore[no-any-return]
        shared = place.shared(self._sheet.used_range.place)
        empty = [None] * place.columns
        rows: list[list[Any]] = [empty] * place.rows
        if shared is not None:
            left, right = shared.column - place.column, place.column + place.columns - shared.column - shared.columns
            for number, row in enumerate(self.at(shared).call(operation), shared.row - place.row):
                rows[number] = [None] * left + row + [None] * right
        return rows

    def _write(self, value: Any) -> None:
        """Type a value into every cell, a formula as if filled, or a block, row by row."""
        if isinstance(value, list | tuple):
            if not isinstance(value[0], list | tuple):
                value = [value]
            rows = [[typed_value(each) for each in row] for row in value]
        elif isinstance(value, str) and value.startswith("=") and len(self) > 1:
            origin = self(1, 1).get_address(False, False, False)
            rows = [[to_office(_filled(value, origin, cell)) for cell in row] for row in self._cells()]
        else:
            rows = [[typed_value(value)] * self.place.columns] * self.place.rows
        self.at(self.place._replace(rows=len(rows), columns=len(rows[0]))).call("write", rows)

    def _cells(self) -> list[list[str]]:
        return [
            [self(row, column).get_address(False, False, False) for column in range(1, self.place.columns + 1)]
            for row in range(1, self.place.rows + 1)
        ]

    @property
    def formula_array(self) -> str | None:
        """The array formula of these cells; None: they have none."""
        formula = self.call("array_formula")
        return to_excel(formula, [sheet.name for sheet in self.book.sheets]) if formula else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.call("set_array_formula", to_office(value))

    @property
    def has_array(self) -> bool:
        """Whether an array formula fills these cells."""
        return bool(self.call("array_formula"))

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.call("clear", ["values"])

    def clear_formats(self) -> None:
        """Take their looks away, conditional ones too."""
        self.call("clear", ["looks"])

    def clear(self) -> None:
        """Empty the cells, take their looks and notes away."""
        self.call("clear", ["values", "notes", "looks"])

    # rows, columns and cells put in, taken out, moved

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert as many cells here; whole rows and columns are shifted as such. Raises InputFault."""
        self.call("insert", shift or self._shift("down", "right"), copy_origin == "format_from_right_or_below")

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; whole rows and columns as such. Raises InputFault."""
        self.call("delete", shift or self._shift("up", "left"))

    def _shift(self, along_columns: str, along_rows: str) -> str:
        """Where Excel shifts cells when it is not told: wide ranges along the columns."""
        return along_columns if self.place.columns >= self.place.rows else along_rows

    def copy(self, destination: Range | None = None) -> None:
        """Copy everything to where `destination` begins; without it, have it ready for `paste`."""
        if destination is None:
            self.book.app.clipboard = self
        elif destination.book is self.book and len(destination) == 1:
            self.call("copy", destination.sheet.name, destination.place)
        else:
            destination.take(self)

    def move(self, destination: Range) -> None:
        """Move everything to where `destination` begins."""
        self.call("move", destination.sheet.name, destination.place)

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste what was copied, or its `values`, `formulas`, `formats`, `comments` or `column_widths`."""
        source = self.book.app.clipboard
        if source is None:
            raise LookupError("nothing was copied")
        self.take(source, paste or "all", operation, skip_blanks, transpose)

    def take(
        self,
        source: Range,
        what: str = "all",
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste the cells of another range here."""
        if what not in ("all", "values", "formulas", "formats", "comments", "column_widths"):
            raise NotImplementedError(f"paste={what!r}")
        how = (what, operation or "none", skip_blanks, transpose)
        here = (self.book.number, self._sheet.name, self.place)
        self.book.app.call("paste", source.book.number, source.sheet.name, source.place, *here, *how)

    def merge(self, across: bool = False) -> None:
        """Merge the cells, or those of each row; the first thing that they hold is all that stays."""
        self.call("merge", across)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.call("unmerge")

    @property
    def merge_area(self) -> Range:
        """The merged cells that the first cell is one of; else that cell."""
        return self.at(Area(*self.call("merged")))

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; None: some of them."""
        area = self.merge_area.place
        if len(self) == 1 or area.covers(self.place):
            return area.rows * area.columns > 1
        return None if area.rows * area.columns > 1 or self.call("has_merged") else False

    # how it looks

    @property
    def number_format(self) -> str | None:
        """Excel's code, in English; None where cells differ."""
        return self.call("number_format")  # type: ignore[no-any-return]

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.call("set_number_format", value)

    @property
    def color(self) -> Color | None:
        """The fill; None: none, or not the same everywhere."""
        return to_color(self.call("looks", "CellBackColor"))

    @color.setter
    def color(self, value: Color | int | str | None) -> None:
        self.call("set_looks", {"CellBackColor": to_number(value)})

    def set_colors(self, colors: Sequence[Sequence[Color | EllipsisType | None]]) -> None:
        """Fill cell by cell; None takes the fill away, `...` leaves it."""
        self.call("set_fills", [[None if each is ... else to_number(each) for each in row] for row in colors])

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The borders."""
        return Borders(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The rules that apply to it."""
        return ConditionalFormats(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether texts are broken into lines; None where cells differ."""
        return self.call("looks", "IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.call("set_looks", {"IsTextWrapped": value})

    @property
    def horizontal_alignment(self) -> str | None:
        """As Excel calls it; None where cells differ."""
        return _HORIZONTAL_NAMES.get(self.call("looks", "HoriJustify"))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(f"horizontal_alignment={value!r}")
        self.call("set_looks", {"HoriJustify": _HORIZONTAL[value]})

    @property
    def vertical_alignment(self) -> str | None:
        """As Excel calls it; None where cells differ."""
        return _VERTICAL_NAMES.get(self.call("looks", "VertJustify"))

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in _VERTICAL:
            raise NotImplementedError(f"vertical_alignment={value!r}")
        self.call("set_looks", {"VertJustify": _VERTICAL[value]})

    @property
    def column_width(self) -> float | None:
        """In digits of the book's default font, as Excel counts; None where columns differ."""
        return self.call("sizes", "columns")  # type: ignore[no-any-return]

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.call("set_sizes", "columns", value)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        return self.call("sizes", "rows")  # type: ignore[no-any-return]

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.call("set_sizes", "rows", value)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None: some of them."""
        return self.call("hidden", "rows")  # type: ignore[no-any-return]

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.call("hide", "rows", value)

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None: some of them."""
        return self.call("hidden", "columns")  # type: ignore[no-any-return]

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.call("hide", "columns", value)

    def autofit(self, axis: str | None = None) -> None:
        """Fit `rows`, `columns` or both to what they hold."""
        for kind in ("columns", "rows"):
            if axis in (None, kind, kind[0]):
                self.call("autofit", kind)

    @property
    def left(self) -> float:
        """Points from the left edge of the sheet."""
        return float(self.call("place")[0])

    @property
    def top(self) -> float:
        """Points from the top of the sheet."""
        return float(self.call("place")[1])

    @property
    def width(self) -> float:
        """In points."""
        return float(self.call("place")[2])

    @property
    def height(self) -> float:
        """In points."""
        return float(self.call("place")[3])

    # what is attached to it

    @property
    def note(self) -> Note | None:
        """The note at the first cell."""
        found = self.call_sheet("note", self.row, self.column)
        return None if found is None else Note(self(1, 1), *found)

    def add_note(self, text: str) -> Note:
        """Add a note to a cell."""
        self.call_sheet("add_note", self.row, self.column, text)
        return Note(self, "", text)

    @property
    def hyperlink(self) -> str:
        """Where the link in the cell leads; a place in the book begins with `#`."""
        target = self.call("link")
        if target is None:
            raise LookupError("The cell doesn't seem to contain a hyperlink!")
        if not target.startswith("#"):
            return str(target)
        return "#" + to_excel(f"={target[1:]}", [sheet.name for sheet in self.book.sheets])[1:]

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make the cell a link that shows a text; LibreOffice has no screen tips. `#'Phụ lục'!A1` is in the book."""
        target = "#" + to_office(f"={address[1:]}")[1:].lstrip("$") if address.startswith("#") else address
        self.call("add_link", target, text_to_display or address)


def _outward(rows: list[list[Any]]) -> Any:
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    return tuple(map(tuple, rows))


def _typed(value: Any, sheets: Sequence[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}".upper()
    return to_excel(value, sheets) if value.startswith("=") else value[1:]


def _filled(formula: str, origin: str, cell: str) -> str:
    """A formula filled from one cell to another."""
    return str(Translator(formula, origin).translate_formula(cell))
