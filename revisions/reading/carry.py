"""The facts that a generated workbook carries beside what its cells show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budget.tables import Row
from generators.carried import FIRST, HEADS, SHEET, unpacked
from validators.grid import Book, Grid


@dataclass
class Carried:
    """Carried rows by table and code, in the order of the sheet; codes that are taken, so that new ones differ."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def of(self, table: str) -> Mapping[str, Row]:
        """The carried rows of a table, by code."""
        return self.rows.get(table, {})

    def row(self, table: str, code: str) -> Row:
        """What is carried of one row."""
        return self.of(table).get(code, {})

    def take(self, code: str) -> str:
        """The code, or where it is taken the first free one like it; it is taken from now on."""
        free, number = code, 1
        while free.casefold() in self.taken:
            number += 1
            free = f"{code}-{number}"
        self.taken.add(free.casefold())
        return free


def carried_by(book: Book) -> Carried | None:
    """What a workbook carries; None: phuluc did not write it, or somebody has changed the sheet of facts."""
    grid = next((grid for grid in book.sheets if grid.name == SHEET), None)
    if grid is None or any(grid.value(FIRST - 1, column) != head for column, head in enumerate(HEADS, 1)):
        return None
    try:
        return _read(grid)
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None


def _read(grid: Grid) -> Carried:
    found = Carried()
    for row in range(FIRST, grid.rows + 1):
        table, code, column, text = (str(grid.value(row, place) or "") for place in range(1, 5))
        if table:
            found.rows.setdefault(table, {}).setdefault(code, {})[column] = unpacked(table, column, text)
    found.taken |= {code.casefold() for table in ("items", "costings", "estimates") for code in found.of(table)}
    return found
