"""What a formula refers to, as far as its text alone tells."""

from __future__ import annotations

import re
from typing import NamedTuple

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import column_index_from_string

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet (Excel specifications and limits)
_ELSEWHERE = frozenset({"INDIRECT(", "OFFSET("})  # what they refer to is calculated
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]:]+)!)?"
_CELLS = re.compile(
    _SHEET + r"(?P<left>\$?[A-Z]{1,3})(?P<top>\$?[0-9]+)(?::(?P<right>\$?[A-Z]{1,3})(?P<bottom>\$?[0-9]+))?"
)
_COLUMNS = re.compile(_SHEET + r"(?P<left>\$?[A-Z]{1,3}):(?P<right>\$?[A-Z]{1,3})")
_ROWS = re.compile(_SHEET + r"(?P<top>\$?[0-9]+):(?P<bottom>\$?[0-9]+)")


class Area(NamedTuple):
    """A rectangle of cells, both corners included; rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Line(NamedTuple):
    """The number of a row or a column in a reference; one that is not `fixed` moves with the cell of the formula."""

    number: int
    fixed: bool

    def moved(self, by: int) -> int:
        """The number in the formula of a cell that is so many rows or columns away."""
        return self.number if self.fixed else self.number + by


class Reference(NamedTuple):
    """Cells that a formula names. `sheet` None: those of its own sheet."""

    sheet: str | None
    top: Line
    left: Line
    bottom: Line
    right: Line

    @property
    def area(self) -> Area:
        """The cells as they are written."""
        return Area(self.top.number, self.left.number, self.bottom.number, self.right.number)


def references(formula: str) -> list[Reference] | None:
    """The cells that a formula names.

    None where it refers to something else besides: a defined name, a column of a table, another file, several sheets
    at once, a deleted cell, or cells that a function calculates.
    """
    try:
        tokens = Tokenizer(f"={formula.removeprefix('=')}").items
    except (TokenizerError, IndexError):
        return None
    found = []
    for token in tokens:
        if token.type == Token.FUNC and (token.value.upper() in _ELSEWHERE or ":" in token.value):
            return None
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            reference = _reference(token.value)
            if reference is None:
                return None
            found.append(reference)
    return found


def areas(cells: str) -> list[Area]:
    """Ranges as `sqref` lists them: `A1:B2 D4`. Raises ValueError."""
    found = [_reference(each) for each in cells.split()]
    if None in found:
        raise ValueError(cells)
    return [each.area for each in found if each is not None]


def _reference(text: str) -> Reference | None:
    matched = _CELLS.fullmatch(text) or _COLUMNS.fullmatch(text) or _ROWS.fullmatch(text)
    if matched is None:
        return None
    parts = matched.groupdict()
    sheet = parts["sheet"]
    if sheet is not None and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
        if "[" in sheet or ":" in sheet:
            return None
    top, left = parts.get("top") or "$1", parts.get("left") or "$A"
    bottom = parts.get("bottom") or (top if "top" in parts else f"${LAST_ROW}")
    right = parts.get("right") or (left if "left" in parts else "$XFD")
    rows, columns = sorted((_row(top), _row(bottom))), sorted((_column(left), _column(right)))
    return Reference(sheet, rows[0], columns[0], rows[1], columns[1])


def _row(text: str) -> Line:
    return Line(int(text.lstrip("$")), text.startswith("$"))


def _column(text: str) -> Line:
    return Line(column_index_from_string(text.lstrip("$")), text.startswith("$"))
