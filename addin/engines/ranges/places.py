"""Where ranges are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from xlwings import base_classes

from addin.engines.addresses import Area
from addin.engines.formulas import sheet_prefix

if TYPE_CHECKING:
    from addin.engines.books import Book
    from addin.engines.names import Name, Table
    from addin.engines.sheets import Sheet

_DIRECTIONS = {"d": "down", "l": "left", "r": "right", "u": "up"}


class Placed(base_classes.Range):
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
    def api(self) -> Self:
        """LibreOffice has no object model but this one."""
        return self

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

    def at(self, place: Area) -> Self:
        """Other cells of the same sheet."""
        return type(self)(self._sheet, place)

    def __call__(self, arg1: int, arg2: int | None = None) -> Self:
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
    def current_region(self) -> Self:
        """The cells around, bounded by empty rows and columns."""
        return self.at(Area(*self.call("region")))

    def end(self, direction: str) -> Self:
        """Where Ctrl and an arrow lead."""
        row, column = self.call_sheet("end", self.row, self.column, _DIRECTIONS.get(direction, direction))
        return self.at(Area(row, column, 1, 1))

    @property
    def rows(self) -> Self:
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
