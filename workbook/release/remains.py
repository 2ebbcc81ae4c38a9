"""What remains of a workbook when its hidden parts are left out: which sheets stay, and which of their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from workbook.release.references import Area, Line, Reference, references


class Hidden:
    """What nobody sees of a sheet: its hidden rows and columns, and the cells, in them or hidden by their own format,
    that held something.
    """

    def __init__(self, rows: Collection[int], columns: Collection[int], filled: Iterable[tuple[int, int]]) -> None:
        self.rows, self.columns = frozenset(rows), frozenset(columns)
        self._filled = frozenset(filled)
        self._unseen = [cell for cell in self._filled if not self.covers(*cell)]
        self._by_row: dict[int, list[int]] = defaultdict(list)
        self._by_column: dict[int, list[int]] = defaultdict(list)
        for row, column in sorted(self._filled):
            self._by_row[row].append(column)
            self._by_column[column].append(row)
        self._sorted_rows, self._sorted_columns = sorted(self.rows), sorted(self.columns)
        self._filled_rows, self._filled_columns = list(self._by_row), sorted(self._by_column)

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is hidden."""
        return row in self.rows or column in self.columns

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell is hidden and held something."""
        return (row, column) in self._filled

    def meets(self, area: Area) -> bool:
        """Whether there is a hidden cell that held something in an area."""
        rows = _within(self._filled_rows, area.top, area.bottom)
        columns = _within(self._filled_columns, area.left, area.right)
        if len(rows) < len(columns):
            return any(_within(self._by_row[row], area.left, area.right) for row in rows)
        return any(_within(self._by_column[column], area.top, area.bottom) for column in columns)

    def blanks(self, area: Area) -> bool:
        """Whether a cell of an area is not in a hidden row or column, and was emptied all the same."""
        return any(area.top <= row <= area.bottom and area.left <= column <= area.right for row, column in self._unseen)

    def visible(self, area: Area) -> Iterator[Area]:
        """The parts of an area that are not hidden."""
        for left, right in _gaps(area.left, area.right, self._sorted_columns):
            for top, bottom in _gaps(area.top, area.bottom, self._sorted_rows):
                yield Area(top, left, bottom, right)


def _within(numbers: list[int], first: int, last: int) -> list[int]:
    """Those of a sorted list that lie between two."""
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def _gaps(first: int, last: int, taken: list[int]) -> Iterator[tuple[int, int]]:
    """The runs between two numbers that are not taken; `taken` is sorted."""
    for number in _within(taken, first, last):
        if first < number:
            yield first, number - 1
        first = number + 1
    if first <= last:
        yield first, last


class Remains:
    """The sheets that stay, by their names."""

    def __init__(self) -> None:
        self._sheets: dict[str, Hidden] = {}

    def add(self, sheet: str, hidden: Hidden) -> None:
        """A sheet that stays, and what is hidden of it."""
        self._sheets[sheet.casefold()] = hidden

    def sheet(self, name: str) -> Hidden | None:
        """What is hidden of a sheet; None where the sheet does not stay."""
        return self._sheets.get(name.casefold())

    def has_sheets_of(self, formula: str, sheet: str) -> bool:
        """Whether a formula of that sheet names nothing but cells of sheets that stay."""
        named = references(formula)
        return named is not None and all(self.sheet(each.sheet or sheet) is not None for each in named)

    def has_all_of(self, formula: str, sheet: str, cells: Sequence[Area]) -> bool:
        """Whether everything that a formula names stays, wherever somebody sees what it does.

        It is written for the first of `cells`, on `sheet`, and does its work in all of them.
        """
        named = references(formula)
        if named is None:
            return False
        own = self.sheet(sheet)
        assert own is not None
        first = min(area.top for area in cells), min(area.left for area in cells)
        seen = [part for area in cells for part in own.visible(area)]
        return all(self._has(each, sheet, first, seen) for each in named)

    def _has(self, reference: Reference, sheet: str, first: tuple[int, int], seen: Sequence[Area]) -> bool:
        hidden = self.sheet(reference.sheet or sheet)
        return hidden is not None and not any(hidden.meets(_reached(reference, first, area)) for area in seen)


def _reached(reference: Reference, first: tuple[int, int], cells: Area) -> Area:
    """All that a formula written for the cell `first` refers to where it stands in each of `cells`."""

    def run(start: Line, end: Line, by: int, until: int) -> tuple[int, int]:
        ends = [line.moved(step) for line in (start, end) for step in (by, until)]
        return min(ends), max(ends)

    top, bottom = run(reference.top, reference.bottom, cells.top - first[0], cells.bottom - first[0])
    left, right = run(reference.left, reference.right, cells.left - first[1], cells.right - first[1])
    return Area(top, left, bottom, right)
