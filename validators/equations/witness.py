"""Equations as people write them in a cell: `C36 = SUM(D36:H36)`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from validators.equations.evidence import SignedCell
from validators.grid import address
from validators.tables.model import Cell

_LONG = 3  # cells in a line that are worth a range


def sum_formula(parts: Sequence[SignedCell]) -> str:
    """The sum of cells of one sheet as a formula without `=`: lines of cells as ranges."""
    terms = []
    for line in _lines(parts):
        sign = "-" if line[0][0] < 0 else "+"
        cells = [cell for _, cell in line]
        if len(cells) >= _LONG:
            terms.append((sign, f"SUM({address(*cells[0])}:{address(*cells[-1])})"))
        else:
            terms += [(sign, address(*cell)) for cell in cells]
    text = "".join(sign + term for sign, term in terms)
    return text.removeprefix("+")


def product_formula(factors: Sequence[Cell], scale: str = "") -> str:
    """The product of cells of one sheet, as a formula without `=`."""
    return "*".join([address(*cell) for cell in factors] + ([scale] if scale else []))


def _lines(parts: Sequence[SignedCell]) -> list[list[SignedCell]]:
    """The parts in runs of neighbours of one sign, down a column or along a row."""
    ordered = sorted(parts, key=lambda part: (part[0] < 0, *_reading_order(parts, part[1])))
    lines = [[ordered[0]]] if ordered else []
    for before, part in pairwise(ordered):
        if before[0] == part[0] and _step(before[1], part[1]) in _steps(lines[-1]):
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _reading_order(parts: Sequence[SignedCell], cell: Cell) -> Cell:
    rows = {row for _, (row, _) in parts}
    return cell if len(rows) == 1 else (cell[1], cell[0])


def _step(first: Cell, second: Cell) -> tuple[int, int]:
    return second[0] - first[0], second[1] - first[1]


def _steps(line: Sequence[SignedCell]) -> set[tuple[int, int]]:
    """The steps by which a line may go on."""
    return {_step(line[0][1], line[1][1])} if len(line) > 1 else {(1, 0), (0, 1)}
