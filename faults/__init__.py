"""What every room says when it refuses: one sentence, in two languages, that a person can act on.

This module stands below all rooms (floor 0) so that `budget` and `workbook`, which may not import each other,
refuse in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of user interface text in Vietnamese and English."""

    vi: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en


class InputFault(Exception):
    """Something the user gave cannot be used.

    `what` is the whole statement; `file` and `place` (sheet, cell, or row and column) say where; `found` and
    `expected` are given when there is something to compare. Nothing was written when this is raised.
    """

    def __init__(
        self,
        what: Text,
        *,
        file: object = None,
        place: Text | None = None,
        found: object = None,
        expected: Text | None = None,
    ) -> None:
        self.what, self.place, self.found, self.expected = what, place, found, expected
        self.file = None if file is None else str(file)
        super().__init__(self.sentence("en"))

    def sentence(self, lang: Lang) -> str:
        """The fault as one sentence: where, what, found, expected."""
        where = [part for part in (self.file, self.place and self.place[lang]) if part]
        text = ": ".join([*where, self.what[lang]])
        if self.found is not None:
            found = self.found[lang] if isinstance(self.found, Text) else self.found
            text += f"; {Text('thấy', 'found')[lang]} “{found}”"
        if self.expected is not None:
            text += f"; {Text('cần', 'expected')[lang]} {self.expected[lang]}"
        return text.rstrip(".") + "."


def cell_place(sheet: str, cell: str) -> Text:
    """Where a cell is: sheet and address."""
    return Text(f"trang “{sheet}”, ô {cell}", f"sheet “{sheet}”, cell {cell}")


def row_place(table: str, row: int, column: str | None = None) -> Text:
    """Where a table row is: table, row as the user's editor counts it (the heading is row 1), and column."""
    vi, en = f"{table}, dòng {row}", f"{table}, row {row}"
    return Text(vi, en) if column is None else Text(f"{vi}, cột “{column}”", f"{en}, column “{column}”")
