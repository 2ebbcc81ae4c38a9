"""Ranges of cells that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from addin.engines.formulas import to_excel, to_office
from addin.engines.ranges.appearance import Appearance
from addin.engines.ranges.contents import Contents
from addin.engines.ranges.edits import Edits
from addin.engines.ranges.notes import Note


class Range(Contents, Edits, Appearance):
    """A rectangle of cells."""

    @property
    def note(self) -> Note | None:
        """The note at the first cell."""
        found = self.call_sheet("note", self.row, self.column)
        return None if found is None else Note(self(1, 1), *found)

    def add_note(self, text: str) -> Note:
        """Add a note to a cell."""
        self.call_sheet("add_note", self.row, self.column, text)
        return Note(self, "", text)

    @property
    def hyperlink(self) -> str:
        """Where the link in the cell leads; a place in the book begins with `#`."""
        target = self.call("link")
        if target is None:
            raise LookupError("The cell doesn't seem to contain a hyperlink!")
        if not target.startswith("#"):
            return str(target)
        return "#" + to_excel(f"={target[1:]}", [sheet.name for sheet in self.book.sheets])[1:]

    def add_hyperlink(self, address: str, text_to_display: str | None = None, _screen_tip: str | None = None) -> None:
        """Make the cell a link that shows a text; LibreOffice has no screen tips. `#'Phụ lục'!A1` is in the book."""
        target = "#" + to_office(f"={address[1:]}")[1:].lstrip("$") if address.startswith("#") else address
        self.call("add_link", target, text_to_display or address)
