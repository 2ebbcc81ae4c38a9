"""Addresses of cells: `$A$1:B2`, `A:C`, `1:3` as areas and back."""

from __future__ import annotations

import re
from typing import NamedTuple

from openpyxl.utils import get_column_letter

ROWS, COLUMNS = 1_048_576, 16_384
_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_WHOLE_ROWS = re.compile(r"\$?([0-9]+):\$?([0-9]+)")


class Area(NamedTuple):
    """A rectangle of cells, its first cell counted from 1."""

    row: int
    column: int
    rows: int
    columns: int

    def address(self, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """As Excel writes it: `$A$1:$B$2`; `$A:$C` and `$1:$3` for whole columns and rows."""
        row_mark, column_mark = "$" * row_absolute, "$" * column_absolute
        bottom, right = self.row + self.rows - 1, self.column + self.columns - 1
        left_name, right_name = (f"{column_mark}{get_column_letter(each)}" for each in (self.column, right))
        if self.columns == COLUMNS:
            return f"{row_mark}{self.row}:{row_mark}{bottom}"
        if self.rows == ROWS:
            return f"{left_name}:{right_name}"
        first, last = f"{left_name}{row_mark}{self.row}", f"{right_name}{row_mark}{bottom}"
        return first if first == last else f"{first}:{last}"

    def covers(self, other: Area) -> bool:
        """Whether another area lies within."""
        return self.joined(other) == self

    def joined(self, other: Area) -> Area:
        """The smallest area that both lie within."""
        row, column = min(self.row, other.row), min(self.column, other.column)
        bottom = max(self.row + self.rows, other.row + other.rows)
        right = max(self.column + self.columns, other.column + other.columns)
        return Area(row, column, bottom - row, right - column)

    def shared(self, other: Area) -> Area | None:
        """The area that lies within both; None: there is none."""
        row, column = max(self.row, other.row), max(self.column, other.column)
        rows = min(self.row + self.rows, other.row + other.rows) - row
        columns = min(self.column + self.columns, other.column + other.columns) - column
        return Area(row, column, rows, columns) if rows > 0 and columns > 0 else None


def parse(address: str) -> Area | None:
    """The area of an address without a sheet; None: it is none."""
    if match := _CELLS.fullmatch(address):
        left, top, right, bottom = match.groups()
        return _between(int(top), _column(left), int(bottom or top), _column(right or left))
    if match := _WHOLE_COLUMNS.fullmatch(address):
        return _between(1, _column(match[1]), ROWS, _column(match[2]))
    if match := _WHOLE_ROWS.fullmatch(address):
        return _between(int(match[1]), 1, int(match[2]), COLUMNS)
    return None


def _between(row: int, column: int, other_row: int, other_column: int) -> Area | None:
    if not (row and other_row) or max(row, other_row) > ROWS or max(column, other_column) > COLUMNS:
        return None
    return Area(row, column, 1, 1).joined(Area(other_row, other_column, 1, 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
