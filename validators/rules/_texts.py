"""The texts of a workbook, for rules about what a text says by itself."""

from __future__ import annotations

from collections.abc import Iterator

from validators.grid import Place
from validators.rules.base import Checked
from workbook.package import CellError

_LONGEST = 1_000  # characters: a statement of amounts stands near the beginning


def texts(checked: Checked, *signs: str) -> Iterator[tuple[Place, str]]:
    """The text of each cell that holds one with one of these signs in it, sheet by sheet."""
    for grid in checked.book.sheets:
        if grid.visibility == "veryHidden":
            continue
        for (row, column), cell in grid.cells.items():
            text = cell.value
            if isinstance(text, str) and any(sign in text for sign in signs) and not isinstance(text, CellError):
                yield Place(grid.name, row, column), text[:_LONGEST]
