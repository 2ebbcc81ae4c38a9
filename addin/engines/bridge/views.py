"""What is looked at: the active sheet, the selection, frozen panes."""

from __future__ import annotations

from typing import Any

from .world import World, area_of


def active_sheet(world: World, book: int) -> str:
    """The sheet that is shown."""
    return str(world.books[book].CurrentController.getActiveSheet().Name)


def activate_sheet(world: World, book: int, sheet: str) -> None:
    """Show a sheet."""
    world.books[book].CurrentController.setActiveSheet(world.sheet(book, sheet))


def selection(world: World, book: int) -> list[Any] | None:
    """Sheet and area of the selected cells, the first of several ranges; None: something else is selected."""
    selected = world.books[book].CurrentController.getSelection()
    if hasattr(selected, "RangeAddresses"):
        selected = selected.getByIndex(0) if selected.Count else None
    if selected is None or not hasattr(selected, "RangeAddress"):
        return None
    return [selected.Spreadsheet.Name, area_of(selected.RangeAddress)]


def select(world: World, book: int, sheet: str, area: list[int]) -> None:
    """Select cells; their sheet is shown."""
    activate_sheet(world, book, sheet)
    world.books[book].CurrentController.select(world.block(book, sheet, area))


def freeze(world: World, book: int, sheet: str, rows: int, columns: int) -> None:
    """Keep the first rows and columns in sight; 0 and 0: none. The active sheet stays active."""
    controller = world.books[book].CurrentController
    before = controller.getActiveSheet()
    controller.setActiveSheet(world.sheet(book, sheet))
    controller.freezeAtPosition(columns, rows)
    controller.setActiveSheet(before)


OPERATIONS = (active_sheet, activate_sheet, selection, select, freeze)
