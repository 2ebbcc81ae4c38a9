"""Charts on the sheets of a book."""

from __future__ import annotations

from typing import Any

from .world import World


def charts(world: World, book: int, sheet: str) -> list[list[str]]:
    """The charts on a sheet: the name that the frame of each bears, or else its key; and the key."""
    found = world.sheet(book, sheet)
    frames = _frames(found)
    return [[frames[key].Name if key in frames and frames[key].Name else key, key] for key in found.Charts.ElementNames]


def name_chart(world: World, book: int, sheet: str, key: str, name: str) -> None:
    """Raises Refusal on a protected sheet."""
    _frames(world.open_sheet(book, sheet))[key].Name = name


def delete_chart(world: World, book: int, sheet: str, key: str) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_sheet(book, sheet).Charts.removeByName(key)


def _frames(sheet: Any) -> dict[str, Any]:
    """The frames of embedded objects by their keys."""
    page = sheet.DrawPage
    shapes = (page.getByIndex(number) for number in range(page.Count))
    return {shape.PersistName: shape for shape in shapes if shape.supportsService("com.sun.star.drawing.OLE2Shape")}


OPERATIONS = (charts, name_chart, delete_chart)
