"""A block of cells written in as few steps as LibreOffice allows, whatever it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

from .numbers import TEXT, Typist, format_key, format_kind
from .world import Refusal, World, like_cells, places

# Formulas that name single cells take LibreOffice 7.4 a time that grows with the square of their number when they are
# written from the top down: 5 000 of them 0.45 s, in pieces from the bottom up 0.08 s.
_PIECE = 250
_NOT_WRITTEN = uno.getClass("com.sun.star.uno.RuntimeException")
_LETTER = re.compile(r"[^\W\d_]")
CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, days, texts, formulas
_NOTES = 8
_MACINTOSH = 1462  # days from 30 December 1899 to 1 January 1904


def day_shift(book: Any) -> int:
    """What turns a day as the book counts it into one counted from 30 December 1899."""
    return _MACINTOSH if book.NullDate.Year == 1904 else 0


class Writer:
    """Sorts the cells of a block by how they have to be written, and writes them."""

    def __init__(self, world: World, book: Any, block: Any) -> None:
        self._book, self._block = book, block
        self._typist = Typist(world, book)
        address = block.RangeAddress
        rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        self._data: list[list[Any]] = [[""] * columns for _ in range(rows)]
        self._formulas: dict[int, dict[int, str]] = {}  # by column and row
        self._formats: dict[tuple[int, int], int] = {}  # what cells have to be formatted as afterwards
        self._shift = day_shift(book)
        self._noted = {row for row, _ in places(block.queryContentCells(_NOTES), block)}
        self._textual = {
            place
            for group in like_cells(block)
            if format_kind(book, group.NumberFormat) & TEXT
            for place in places(group, block)
        }

    def write(self, rows: list[list[Any]]) -> None:
        """Write; see `cells.write`."""
        for number, line in enumerate(rows):
            for column, value in enumerate(line):
                self._take(number, column, value)
        self._write_data()
        for (row, column), key in self._formats.items():
            cell = self._block.getCellByPosition(column, row)
            if cell.NumberFormat != key:
                cell.NumberFormat = key
        for top, left, formulas in self._blocks():
            self._write_formulas(top, left, formulas)

    def _write_data(self) -> None:
        try:
            for first, below in self._without_notes(0, len(self._data)):
                self._part(first, below).setDataArray(tuple(map(tuple, self._data[first:below])))
        except _NOT_WRITTEN as fault:
            raise Refusal("array", sheet=self._block.Spreadsheet.Name) from fault
        for row in self._noted:
            for column, value in enumerate(self._data[row]):
                cell = self._block.getCellByPosition(column, row)
                if cell.getArrayFormula():
                    raise Refusal("array", sheet=self._block.Spreadsheet.Name)
                if value == "":
                    cell.clearContents(CONTENTS)
                elif isinstance(value, str):
                    cell.setString(value)
                else:
                    cell.setValue(value)

    def _without_notes(self, first: int, below: int) -> Iterator[tuple[int, int]]:
        """The rows between two that hold no notes, in pieces: with whole arrays LibreOffice takes notes away."""
        for row in sorted(row for row in self._noted if first <= row < below):
            if first < row:
                yield first, row
            first = row + 1
        if first < below:
            yield first, below

    def _part(self, first: int, below: int, left: int = 0, columns: int | None = None) -> Any:
        """Some rows of the block."""
        width = len(self._data[0]) if columns is None else columns
        return self._block.getCellRangeByPosition(left, first, left + width - 1, below - 1)

    def _take(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, bool):
            self._formulas.setdefault(column, {})[row] = "=TRUE()" if value else "=FALSE()"
        elif isinstance(value, (int, float)):
            self._data[row][column] = float(value)
        elif isinstance(value, dict):
            self._data[row][column] = value["serial"] - self._shift
            code = "m/d/yyyy h:mm" if value["serial"] % 1 else "m/d/yyyy"
            self._format(row, column, format_key(self._book, code))
        elif value:
            self._take_text(row, column, value)

    def _take_text(self, row: int, column: int, value: str) -> None:
        if value.startswith("'"):
            self._text(row, column, value[1:])
        elif (row, column) in self._textual:
            self._text(row, column, value)
        elif value.startswith("="):
            self._formulas.setdefault(column, {})[row] = value
        elif value.upper() in ("TRUE", "FALSE"):
            self._formulas.setdefault(column, {})[row] = f"={value}()"
        else:
            self._typed(row, column, value)

    def _typed(self, row: int, column: int, value: str) -> None:
        number = self._typist.read(value)
        if number is None:
            self._text(row, column, value)
        else:
            self._data[row][column] = number[0]
            if number[1] is not None:
                self._format(row, column, number[1])

    def _text(self, row: int, column: int, value: str) -> None:
        """A text. LibreOffice would give one that looks like a number the format of texts: the cell keeps its own."""
        self._data[row][column] = value
        if value and not _LETTER.match(value):
            self._formats[row, column] = self._block.getCellByPosition(column, row).NumberFormat

    def _format(self, row: int, column: int, key: int) -> None:
        """As Excel does, only where the cell has no format of its own."""
        cell = self._block.getCellByPosition(column, row)
        if cell.NumberFormat % 10000 == 0:  # each locale has ten thousand numbers, the first of them is General
            self._formats[row, column] = key

    def _blocks(self) -> list[tuple[int, int, list[list[str]]]]:
        """The formulas as rectangles: top row, left column, rows."""
        runs: dict[tuple[int, int], list[int]] = {}  # first row and row after the last -> columns
        for column in sorted(self._formulas):
            rows = sorted(self._formulas[column])
            start = rows[0]
            for this, following in zip(rows, [*rows[1:], -1]):  # noqa: B905 - Python 3.8
                if following != this + 1:
                    runs.setdefault((start, this + 1), []).append(column)
                    start = following
        blocks = []
        for (top, below), columns in runs.items():
            left = columns[0]
            for this, following in zip(columns, [*columns[1:], -1]):  # noqa: B905 - Python 3.8
                if following != this + 1:
                    rows_of = [
                        [self._formulas[column][row] for column in range(left, this + 1)] for row in range(top, below)
                    ]
                    blocks.append((top, left, rows_of))
                    left = following
        return blocks

    def _write_formulas(self, top: int, left: int, formulas: list[list[str]]) -> None:
        columns = len(formulas[0])
        for start in range((len(formulas) - 1) // _PIECE * _PIECE, -1, -_PIECE):
            end = min(start + _PIECE, len(formulas))
            for first, below in self._without_notes(top + start, top + end):
                piece = formulas[first - top : below - top]
                self._part(first, below, left, columns).setFormulaArray(tuple(map(tuple, piece)))
        for row in self._noted & set(range(top, top + len(formulas))):
            for column, formula in enumerate(formulas[row - top], left):
                self._block.getCellByPosition(column, row).setFormula(formula)
