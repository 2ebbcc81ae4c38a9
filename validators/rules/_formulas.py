"""What formulas refer to, and whether two of them do the same in their places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from validators.grid import Book, Place
from validators.readers.formulas import SharedFormula
from workbook.addresses import Area, column_number

# A name is read from its beginning only: text without an end would be read over and over
_SHEET = r"(?:(?<!')'(?P<quoted>(?:[^']|'')*)'|(?<![\w.])(?P<plain>[^\W\d][\w.]*))!"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf""""[^"]*"|(?:{_SHEET})?(?<![\w.\\$])(?P<area>{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}})(?![\w(.!\[\\])"""
)
_SUM = re.compile(
    rf"(?P<sign>[+-]?)(?:SUM\((?P<list>{_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)*)\)|(?P<cell>{_CELL}))"
)
_ROUND = re.compile(r"\s*ROUND\((?P<inner>.+),\s*-?\d+\s*\)", re.IGNORECASE)
_LAST_ROW = 1_048_576
_FAR = (500_000, 8_000)  # a cell in the middle of a sheet: no reference leaves the sheet there
_MOST_CELLS = 5_000  # that are listed one by one


def references(formula: str, sheet: str) -> Iterator[tuple[str, Area]]:
    """The sheets and areas that a formula of a sheet refers to; other files and names are left out."""
    for found in _REFERENCE.finditer(formula):
        if found["area"]:
            quoted = found["quoted"]
            named = found["plain"] if quoted is None else quoted.replace("''", "'")
            yield named or sheet, _area(found["area"])


@lru_cache(maxsize=16_384)
def _area(reference: str) -> Area:
    first, _, last = reference.replace("$", "").partition(":")
    top, left = _corner(first)
    bottom, right = _corner(last or first)
    return Area(min(top, bottom) or 1, min(left, right), max(top, bottom) or _LAST_ROW, max(left, right))


def _corner(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), column_number(letters)


class Precedents:
    """Which of some cells a formula refers to itself."""

    def __init__(self, book: Book, places: Iterable[Place]) -> None:
        self._book = book
        self._rows: dict[str, dict[int, list[int]]] = {}  # sheet, folded -> column -> rows, from the top
        self._names = {grid.name.casefold(): grid.name for grid in book.sheets}
        for place in sorted(places):
            self._rows.setdefault(place.sheet.casefold(), {}).setdefault(place.column, []).append(place.row)

    def of(self, place: Place) -> Iterator[Place]:
        """The cells, one after another: a caller that wants to know of any need not wait for all."""
        cell = self._book.sheet(place.sheet).cell(place.row, place.column)
        formula = cell.formula if cell is not None and cell.formula else ""
        for sheet, area in references(formula, place.sheet):
            columns = self._rows.get(sheet.casefold(), {})
            for column, rows in columns.items():
                if area.left <= column <= area.right:
                    for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
                        yield Place(self._names[sheet.casefold()], row, column)


def roots(book: Book, places: Collection[Place]) -> list[Place]:
    """Of cells that something is wrong with those that do not have it from another one of them; all where they turn in
    a circle.
    """
    precedents = Precedents(book, places)
    first = [place for place in places if all(other == place for other in precedents.of(place))]
    return first or list(places)


def footprint(formula: str, row: int, column: int) -> object:
    """What a formula does, seen from its cell: equal for formulas that do the same one row down or one column on.

    Sums are told by the cells that they add up, in whatever way they are written. That a formula rounds its result
    makes no difference.
    """
    inner = _unrounded(formula)
    summed = summands(inner)
    if summed is not None:
        return frozenset(((cell[0] - row, cell[1] - column), times) for cell, times in summed.items())
    return SharedFormula(inner.replace(" ", ""), row, column).at(*_FAR).upper()


def _unrounded(formula: str) -> str:
    """What `ROUND(...,2)` rounds; any other formula as it is."""
    found = _ROUND.fullmatch(formula)
    if found is None:
        return formula
    depth = 0
    for sign in found["inner"]:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:  # ROUND(A1,2)+ROUND(B1,2)
            return formula
    return found["inner"]


def summands(formula: str) -> Counter[tuple[int, int]] | None:
    """The cells of the own sheet that a formula adds up and how often, negative where it takes them off; None for a
    formula that is no mere sum.
    """
    bare = _unrounded(formula).replace(" ", "").replace("$", "").upper()
    cells: Counter[tuple[int, int]] = Counter()
    end = 0
    for term in _SUM.finditer(bare):
        if term.start() != end or (end and not term["sign"]):
            return None
        end = term.end()
        for reference in (term["list"] or term["cell"]).split(","):
            area = _area(reference)
            if area.size > _MOST_CELLS:
                return None
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    cells[row, column] += -1 if term["sign"] == "-" else 1
    return cells if cells and end == len(bare) else None


def moved(formula: str, origin: tuple[int, int], target: tuple[int, int]) -> str:
    """A formula as it reads after copying from one cell to another."""
    return SharedFormula(formula, *origin).at(*target)
