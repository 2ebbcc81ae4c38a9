"""Cells and rectangles by number and by name. Rows and columns count from 1, as people and formulas count them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

Cell = tuple[int, int]  # row, column


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells lie within."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


@cache
def column_letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`; capitals only."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """`C36` for row 36, column 3."""
    return f"{column_letters(column)}{row}"


def areas(cells: Iterable[Cell], bridges: Callable[[Cell], bool] = lambda _: False) -> Iterator[Area]:
    """Few areas that cover cells and no others, but for gaps within a column all of whose cells are `bridges`."""
    columns: dict[tuple[int, int], list[int]] = {}  # first and last row -> columns
    for column, each in groupby(sorted({(column, row) for row, column in cells}), lambda place: place[0]):
        for run in _runs([row for _, row in each], column, bridges):
            columns.setdefault(run, []).append(column)
    for (top, bottom), beside in columns.items():
        left = beside[0]
        for column, following in pairwise([*beside, 0]):
            if following != column + 1:
                yield Area(top, left, bottom, column)
                left = following


def _runs(rows: Sequence[int], column: int, bridges: Callable[[Cell], bool]) -> Iterator[tuple[int, int]]:
    first = rows[0]
    for row, following in pairwise([*rows, 0]):
        if not following or not all(bridges((between, column)) for between in range(row + 1, following)):
            yield first, row
            first = following
