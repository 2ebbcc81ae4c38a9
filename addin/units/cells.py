"""Which cells of a book hold figures that are brought into another unit: the degree of a cell, of an area, of a name.

The degree of what is converted is 1, of everything else 0: a product of two figures has the sum of their degrees, a
share of one in another has the difference, and what is added up must be of one degree.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Container, Iterable
from decimal import Decimal
from enum import Enum

from validators.grid import Book, Grid
from validators.rules._formulas import references
from workbook.addresses import Area, Cell


class Mixed(Enum):
    """The degree of what is of several ones."""

    MIXED = "mixed"


MIXED = Mixed.MIXED
Degree = int | Mixed | None  # None: of any degree, as zero, a text and a blank cell are


class Cells:
    """The cells of a book by their degree; `converted` are those of one sheet that have degree 1, blank ones too.

    `headed` are the rows of the sheet whose numbers are headings: the year above a column is in the range of many a sum
    that takes it off again.
    """

    def __init__(self, book: Book, grid: Grid, converted: Iterable[Cell], headed: Container[int] = ()) -> None:
        self.sheet = grid.name
        self._names = {name.name.casefold(): name.refers_to for name in book.names}
        self._ones: dict[int, list[int]] = {}
        self._zeros: dict[int, list[int]] = {}
        ones = set(converted)
        for row, column in sorted(ones):
            self._ones.setdefault(column, []).append(row)
        for (row, column), cell in grid.cells.items():
            if row in headed and cell.formula is None:
                continue
            if (row, column) not in ones and (isinstance(cell.value, Decimal) or cell.value is None):
                self._zeros.setdefault(column, []).append(row)

    def has(self, cell: Cell) -> bool:
        """Whether a cell of the sheet has degree 1."""
        return _within(self._ones.get(cell[1], ()), cell[0], cell[0])

    def move(self, cell: Cell, *, to_one: bool) -> None:
        """Give a cell of the sheet that holds a formula another degree."""
        source, target = (self._zeros, self._ones) if to_one else (self._ones, self._zeros)
        row, column = cell
        if row in source.get(column, ()):  # a formula that gives a text was in neither
            source[column].remove(row)
        insort(target.setdefault(column, []), row)

    def touches(self, formula: str, sheet: str) -> bool:
        """Whether a formula refers to a cell of degree 1, or to a name."""
        areas = references(formula, sheet)
        return any(self._degree(*area) in (1, MIXED) for area in areas) or any(
            name in formula.casefold() for name in self._names
        )

    def referred(self, reference: str, sheet: str) -> Degree:
        """The degree of a reference (`C5:C9`, `'Trang 1'!C5`) as a formula on `sheet` writes it."""
        if reference.lstrip("'").startswith("["):
            return 0
        return self._degree(*next(references(reference, sheet), ("", Area(0, 0, 0, 0))))

    def column_referred(self, reference: str, sheet: str, column: int) -> Degree:
        """The degree of one column, counted from 1, of an area."""
        for name, area in references(reference, sheet):
            at = area.left + column - 1
            return self._degree(name, area._replace(left=at, right=at)) if at <= area.right else None
        return MIXED

    def named(self, name: str, sheet: str) -> Degree:
        """The degree of a name: a name for more than an area is mixed where it touches something of degree 1."""
        refers_to = self._names.get(name.rpartition("!")[2].casefold(), "").removeprefix("=")
        found = list(references(refers_to, sheet))
        degrees = [self._degree(*each) for each in found]
        if len(found) == 1 and "(" not in refers_to:
            return degrees[0]
        return MIXED if any(degree in (1, MIXED) for degree in degrees) else 0

    def _degree(self, sheet: str, area: Area) -> Degree:
        if sheet.casefold() != self.sheet.casefold():
            return 0
        last = max((*self._ones, *self._zeros), default=0)
        columns = range(area.left, min(area.right, last) + 1)
        one = any(_within(self._ones.get(column, ()), area.top, area.bottom) for column in columns)
        zero = any(_within(self._zeros.get(column, ()), area.top, area.bottom) for column in columns)
        if one and zero:
            return MIXED
        return 1 if one else 0 if zero else None


def _within(rows: list[int] | tuple[()], first: int, last: int) -> bool:
    at = bisect_left(rows, first)
    return at < len(rows) and rows[at] <= last
