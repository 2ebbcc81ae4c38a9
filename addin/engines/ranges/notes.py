"""Notes of cells, as xlwings asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

if TYPE_CHECKING:
    from addin.engines.ranges.places import Placed


class Note(base_classes.Note):
    """The note at a cell, as it was when it was read; `text` can be set."""

    def __init__(self, cell: Placed, author: str, text: str) -> None:
        self._cell, self._author, self._text = cell, author, text

    @property
    def api(self) -> Note:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @text.setter
    def text(self, value: str) -> None:
        self._cell.call_sheet("set_note", self._cell.row, self._cell.column, value)
        self._text = value

    @property
    def author(self) -> str:
        """Who wrote it; empty where nobody knows."""
        return self._author

    @property
    def location(self) -> Placed:
        """The cell that it is at."""
        return self._cell

    def delete(self) -> None:
        """Remove it."""
        self._cell.call_sheet("delete_note", self._cell.row, self._cell.column)
