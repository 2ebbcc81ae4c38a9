"""The texts of a workbook, for rules about what a text says by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validators.grid import Book, Place
from validators.keeping import kept
from validators.rules.base import Checked
from workbook.package import CellError

_LONGEST = 1_000  # characters: a statement of amounts stands near the beginning


def texts(checked: Checked, *signs: str) -> Iterator[tuple[Place, str]]:
    """The text of each cell that holds one with one of these signs in it, sheet by sheet."""
    for place, text in _all_texts(checked.book):
        if any(sign in text for sign in signs):
            yield place, text[:_LONGEST]


@kept
def _all_texts(book: Book) -> Sequence[tuple[Place, str]]:
    return [
        (Place(grid.name, *cell), found.value)
        for grid in book.sheets
        if grid.visibility != "veryHidden"
        for cell, found in grid.cells.items()
        if isinstance(found.value, str) and not isinstance(found.value, CellError)
    ]
