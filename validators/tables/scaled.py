"""Columns that show their amounts divided: with the format `#,##0,,` đồng look like millions of đồng."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from budget.money import Unit
from validators.grid import Grid
from validators.tables.locating import Block
from validators.tables.model import Column

_DIVIDED = re.compile(r"[0#?](,+)(?![0#?,])")
_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # of a format, that are no placeholders


def as_stored(grid: Grid, block: Block, columns: Sequence[Column], unit: Unit | None) -> tuple[Column, ...]:
    """The columns, those whose numbers are all shown divided alike with the unit in which they are stored.

    `unit`: that of the table. What is stated is the unit of what a reader of the sheet sees (ECMA-376, 18.8.31: each
    comma after the last digit of a number format divides by 1,000).
    """
    return tuple(
        replace(column, unit=stored) if (stored := _stored(grid, block, column, unit)) else column for column in columns
    )


def _stored(grid: Grid, block: Block, column: Column, unit: Unit | None) -> Unit | None:
    shown = column.unit or unit
    if shown is None or not column.role.is_amount:
        return None
    divided = set(_thousands(grid, block, column.index))
    exponent = shown.exponent - 3 * divided.pop() if len(divided) == 1 else shown.exponent
    return next((each for each in Unit if each is not shown and each.exponent == exponent), None)


def _thousands(grid: Grid, block: Block, column: int) -> Iterator[int]:
    """How often each number of a column is divided by a thousand; zero looks the same anyway."""
    for row in range(block.body[0], block.body[1] + 1):
        cell = grid.by_row.get(row, {}).get(column)
        if cell is not None and isinstance(cell.value, Decimal) and cell.value:
            yield _commas(cell.style.number_format)


@lru_cache(maxsize=1_024)
def _commas(number_format: str) -> int:
    found = _DIVIDED.search(_PARTS.sub("", number_format.partition(";")[0])) if "," in number_format else None
    return len(found[1]) if found else 0
