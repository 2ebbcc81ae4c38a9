"""What a column of words says of each row: by a merged cell of all its rows, by "như trên" what the cell above does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from validators.tables.model import AppendixTable
from validators.tables.wording import is_ditto
from workbook.addresses import Cell

_LETTERS = re.compile(r"\w")  # a dash says nothing


def words_in(table: AppendixTable, column: int) -> Mapping[int, str]:
    """The words that a column says of rows, by row, on one line each; rows of which it says nothing are left out."""
    found: dict[int, str] = {}
    above = ""
    for row in table.rows:
        text = _text(table, (row.index, column))
        if is_ditto(text):
            text = above
        if _LETTERS.search(text):
            above = found[row.index] = text
    return found


def _text(table: AppendixTable, cell: Cell) -> str:
    """The words of a cell, or of the merged one that covers it."""
    area = table.grid.merge_at(*cell)
    if area is not None and area.left != cell[1]:  # a heading across the table
        return ""
    value = table.grid.value(area.top, area.left) if area else table.grid.value(*cell)
    if isinstance(value, Decimal):  # a year
        return f"{value:f}"
    return " ".join(value.split()) if isinstance(value, str) else ""
