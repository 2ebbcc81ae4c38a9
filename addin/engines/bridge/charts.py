"""Charts on the sheets of a book."""

from __future__ import annotations

from .world import World


def charts(world: World, book: int, sheet: str) -> list[str]:
    """The names of the charts on a sheet."""
    return list(world.sheet(book, sheet).Charts.ElementNames)


def delete_chart(world: World, book: int, sheet: str, name: str) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_sheet(book, sheet).Charts.removeByName(name)


OPERATIONS = (charts, delete_chart)
