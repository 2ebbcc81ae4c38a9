"""Notes and links of cells."""

from __future__ import annotations

from typing import Any

from .world import World

_NOTES = 8  # com.sun.star.sheet.CellFlags.ANNOTATION


def notes(world: World, book: int, sheet: str) -> list[list[Any]]:
    """Each note of a sheet: row, column, author, text."""
    found = world.sheet(book, sheet).Annotations
    return [
        [each.Position.Row + 1, each.Position.Column + 1, each.Author, each.String]
        for each in map(found.getByIndex, range(found.Count))
    ]


def note(world: World, book: int, sheet: str, row: int, column: int) -> list[str] | None:
    """Author and text of the note at a cell; None: it has none."""
    found = world.sheet(book, sheet).getCellByPosition(column - 1, row - 1).Annotation
    return [found.Author, found.String] if found.String else None


def add_note(world: World, book: int, sheet: str, row: int, column: int, text: str) -> None:
    """Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    target.Annotations.insertNew(target.getCellByPosition(column - 1, row - 1).CellAddress, text)


def set_note(world: World, book: int, sheet: str, row: int, column: int, text: str) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_sheet(book, sheet).getCellByPosition(column - 1, row - 1).Annotation.String = text


def delete_note(world: World, book: int, sheet: str, row: int, column: int) -> None:
    """Raises Refusal on a protected sheet."""
    cell, opened = world.open_sheet(book, sheet).getCellByPosition(column - 1, row - 1), world.books[book]
    opened.IsAdjustHeightEnabled = False  # else the row, which was never looked at, gets another height
    cell.clearContents(_NOTES)
    opened.IsAdjustHeightEnabled = True


def link(world: World, book: int, sheet: str, area: list[int]) -> str | None:
    """Where the link in a cell leads; None: it has none."""
    cell = world.block(book, sheet, area).getCellByPosition(0, 0)
    for field in cell.TextFields or ():
        return str(field.URL)
    return str(cell.Hyperlink) or None


def add_link(world: World, book: int, sheet: str, area: list[int], target: str, text: str) -> None:
    """Make the content of a cell a link that shows `text`. Raises Refusal on a protected sheet."""
    cell = world.open_block(book, sheet, area).getCellByPosition(0, 0)
    field = world.books[book].createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = target, text
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)


OPERATIONS = (notes, note, add_note, set_note, delete_note, link, add_link)
