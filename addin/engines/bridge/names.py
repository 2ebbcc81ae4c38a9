"""Names that stand for ranges, and database ranges, which are what Excel's tables become."""

from __future__ import annotations

from typing import Any

from .world import World, area_of, struct

_HIDDEN = "_xlnm."  # print areas and titles, which Excel keeps among the names


def names(world: World, book: int) -> list[list[Any]]:
    """Each name: the sheet that it is known on (null: all), itself, what it stands for in LibreOffice's grammar, and
    where that is (sheet, area; null: not a range).
    """
    opened = world.books[book]
    found = [_described(opened, None, each) for each in opened.NamedRanges]
    for sheet in opened.Sheets:
        found.extend(_described(opened, sheet.Name, each) for each in sheet.NamedRanges)
    return [each for each in found if not each[1].startswith(_HIDDEN)]


def add_name(world: World, book: int, sheet: str | None, name: str, content: str) -> None:
    """A name takes the place of one that is there."""
    scope = _scope(world, book, sheet)
    if scope.hasByName(name):
        scope.getByName(name).Content = content
    else:
        scope.addNewByName(name, content, struct("table.CellAddress"), 0)


def rename_name(world: World, book: int, sheet: str | None, name: str, new: str) -> None:
    """Raises NoSuchElementException for a name there is not."""
    _scope(world, book, sheet).getByName(name).Name = new


def delete_name(world: World, book: int, sheet: str | None, name: str) -> None:
    """Raises NoSuchElementException for a name there is not."""
    _scope(world, book, sheet).removeByName(name)


def tables(world: World, book: int) -> list[list[Any]]:
    """Each table: its name, sheet, area, whether it has a header row and whether a row of totals."""
    opened = world.books[book]
    return [
        [
            each.Name,
            opened.Sheets.getByIndex(each.DataArea.Sheet).Name,
            area_of(each.DataArea),
            bool(each.ContainsHeader),
            bool(each.TotalsRow),
        ]
        for each in opened.DatabaseRanges
    ]


def _scope(world: World, book: int, sheet: str | None) -> Any:
    return (world.books[book] if sheet is None else world.sheet(book, sheet)).NamedRanges


def _described(book: Any, sheet: str | None, name: Any) -> list[Any]:
    cells = name.getReferredCells()
    place = None
    if cells is not None:
        address = cells.RangeAddress
        place = [book.Sheets.getByIndex(address.Sheet).Name, area_of(address)]
    return [sheet, name.Name, name.Content, place]


OPERATIONS = (names, add_name, rename_name, delete_name, tables)
