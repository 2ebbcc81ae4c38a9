"""Contents written to the cells of an open sheet, many with each call to the host."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from addin.blocks import areas
from validators.tables.model import Cell


def text(content: str) -> str:
    """A text as it must be written so that no host takes it for a number, a date or a formula."""
    return content if content[:1].isalpha() or not content else f"'{content}"


def write(sheet: xw.Sheet, contents: Mapping[Cell, str]) -> None:
    """Write formulas (with `=`) and constants, as a person would type them in English; an empty one clears its cell."""
    for top, left, bottom, right in areas(contents):
        rows = [[contents[row, column] for column in range(left, right + 1)] for row in range(top, bottom + 1)]
        sheet.range((top, left), (bottom, right)).formula = rows
