"""Tables of money on sheets that nobody sees: they are no part of what a workbook states, and a reader is told so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validators.grid import Book, Grid
from validators.own_sheet import is_ours
from validators.tables.model import AppendixTable
from validators.tables.understanding import tables_of


def hidden_sheets(book: Book, tables: Sequence[AppendixTable]) -> tuple[str, ...]:
    """The hidden and very hidden sheets of a workbook that hold amounts; `tables`: those that were understood."""
    hidden = {table.grid.name for table in tables if table.grid.visibility == "hidden" and table.amounts}
    hidden |= {grid.name for grid in very_hidden(book)}
    return tuple(grid.name for grid in book.sheets if grid.name in hidden)


def very_hidden(book: Book) -> Iterator[Grid]:
    """The very hidden sheets that hold amounts; nothing else is understood of them."""
    for grid in book.sheets:
        if grid.visibility == "veryHidden" and not is_ours(grid) and any(table.amounts for table in tables_of(grid)):
            yield grid
