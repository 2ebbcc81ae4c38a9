"""Contents written to the cells of an open sheet, many with each call to the host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import xlwings as xw

Cell = tuple[int, int]  # row, column
Rectangle = tuple[int, int, int, int]  # top, left, bottom, right


def text(content: str) -> str:
    """A text as it must be written so that no host takes it for a number, a date or a formula."""
    return content if content[:1].isalpha() or not content else f"'{content}"


def write(sheet: xw.Sheet, contents: Mapping[Cell, str]) -> None:
    """Write formulas (with `=`) and constants, as a person would type them in English; an empty one clears its cell."""
    for top, left, bottom, right in rectangles(contents):
        rows = [[contents[row, column] for column in range(left, right + 1)] for row in range(top, bottom + 1)]
        sheet.range((top, left), (bottom, right)).formula = rows


def rectangles(cells: Mapping[Cell, object]) -> Iterator[Rectangle]:
    """The cells as few rectangles: runs down each column, those side by side of one height together."""
    runs: list[Rectangle] = []
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if runs and runs[-1][1] == column and runs[-1][2] == row - 1:
            runs[-1] = (runs[-1][0], column, row, column)
        else:
            runs.append((row, column, row, column))
    joined: list[Rectangle] = []
    for run in sorted(runs, key=lambda each: (each[0], each[2], each[1])):
        before = joined[-1] if joined else None
        if before and (before[0], before[2]) == (run[0], run[2]) and before[3] == run[1] - 1:
            joined[-1] = (before[0], before[1], before[2], run[3])
        else:
            joined.append(run)
    return iter(joined)
