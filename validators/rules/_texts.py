"""The texts of a workbook, for rules about what a text says by itself."""

from __future__ import annotations

from collections.abc import Iterator

from validators.grid import Place
from validators.keeping import kept
from validators.rules.base import Checked
from workbook.package import CellError

_LONGEST = 1_000  # characters: a statement of amounts stands near the beginning


@kept
def texts(checked: Checked) -> tuple[tuple[Place, str], ...]:
    """The text of each cell that holds one, sheet by sheet."""
    return tuple(_texts(checked))


def _texts(checked: Checked) -> Iterator[tuple[Place, str]]:
    for grid in checked.book.sheets:
        if grid.visibility == "veryHidden":
            continue
        for (row, column), cell in grid.cells.items():
            if isinstance(cell.value, str) and not isinstance(cell.value, CellError):
                yield Place(grid.name, row, column), cell.value[:_LONGEST]
