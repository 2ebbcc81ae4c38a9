"""What is looked at: the active sheet, the selection, frozen panes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .world import World, area_of

_FROZEN = 2


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
    with _looked_at(world.books[book], world.sheet(book, sheet)) as controller:
        _freeze(controller, columns, rows)


def copy_view(world: World, source: Any, original: Any, book: Any, copied: Any) -> None:
    """Show a sheet as another one is shown: its grid, what is frozen of it."""
    there, here = _view(source, original.Name), _view(book, copied.Name)
    with _looked_at(book, copied) as controller:
        if there.get("ShowGrid", True) != here.get("ShowGrid", True):
            dispatcher = world.create("frame.DispatchHelper")
            dispatcher.executeDispatch(controller.Frame, ".uno:ToggleSheetGrid", "", 0, ())
        columns, rows = (
            there.get(f"{axis}SplitPositionTwips", 0) if there.get(f"{axis}SplitMode") == _FROZEN else 0
            for axis in ("Horizontal", "Vertical")
        )
        if columns or rows:
            _freeze(controller, columns, rows)


def _freeze(controller: Any, columns: int, rows: int) -> None:
    """Freeze, and have what is not frozen begin right behind it, where LibreOffice leaves out a row."""
    controller.freezeAtPosition(0, 0)  # from where it was scrolled to, LibreOffice counts
    _scroll(controller, 0, 0)
    controller.freezeAtPosition(columns, rows)
    _scroll(controller, columns, rows)


def _scroll(controller: Any, column: int, row: int) -> None:
    pane = controller.getByIndex(controller.Count - 1)
    pane.setFirstVisibleColumn(column)
    pane.setFirstVisibleRow(row)


def _view(book: Any, sheet: str) -> dict[str, Any]:
    """How a sheet is viewed, as it is stored; what is frozen is counted in columns and rows there, not in twips."""
    views = book.getViewData()
    tables = next((each.Value for each in views.getByIndex(0) if each.Name == "Tables"), None) if views.Count else None
    if tables is None or not tables.hasByName(sheet):
        return {}
    return {each.Name: each.Value for each in tables.getByName(sheet)}


@contextmanager
def _looked_at(book: Any, sheet: Any) -> Iterator[Any]:
    """The controller of a book while it shows a sheet."""
    controller = book.CurrentController
    before = controller.getActiveSheet()
    controller.setActiveSheet(sheet)
    try:
        yield controller
    finally:
        controller.setActiveSheet(before)


OPERATIONS = (active_sheet, activate_sheet, selection, select, freeze)
