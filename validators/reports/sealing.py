"""Whether anybody wrote on a sheet of ours since it was made: a fingerprint of its cells stands in one of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from decimal import Decimal

from openpyxl import Workbook

from budget.numbers import plain
from validators.grid import Grid, GridCell

SEAL = "phuluc"  # what the cell of the fingerprint begins with, alone until the sheet is sealed
# Where formulas find the cells of the appendix changes with every row that is put in there
_TO_OTHER_SHEETS = re.compile(
    r"(?:'(?:[^']|'')+'!|[\w.]+!|#REF!)(?:#REF!|\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)?|#REF!"
)
_WITH_EXPONENT = re.compile(r"\b\d+E\+\d+\b")  # which LibreOffice writes out


def fingerprint(cells: Iterable[tuple[int, int, str]]) -> str:
    """What tells whether anything was written on a sheet: row, column (from 1) and text or formula of each cell."""
    said = [
        f"{row} {column} {_WITH_EXPONENT.sub(_written_out, _TO_OTHER_SHEETS.sub('', text))}"
        for row, column, text in sorted(cells)
        if text and not text.startswith(SEAL)
    ]
    return f"{SEAL} {zlib.crc32(chr(10).join(said).encode()):08x}"


def _written_out(number: re.Match[str]) -> str:
    return f"{Decimal(number[0]):f}"


def seal(made: Workbook) -> None:
    """Write the fingerprint of its only sheet, its formulas included, into the cell that waits for it."""
    (sheet,) = made.worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    waiting = next(cell for cell in cells if cell.value == SEAL)
    waiting.value = fingerprint((cell.row, cell.column, _said(cell.value)) for cell in cells)


def is_untouched(grid: Grid) -> bool:
    """Whether a sheet holds what we wrote and nothing else."""
    said = [(row, column, _text(cell)) for (row, column), cell in grid.cells.items()]
    return any(row == 1 and text == fingerprint(said) for row, _, text in said if text.startswith(SEAL))


def _text(cell: GridCell) -> str:
    if cell.formula is not None:
        return f"={cell.formula}"
    return _said(cell.value)


def _said(value: object) -> str:
    return str(plain(value) if isinstance(value, Decimal) else value)
