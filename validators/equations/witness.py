"""Equations as people write them in a cell: `C36 = SUM(D36:H36)`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from validators.grid import Place
from workbook.text import quote_sheet

SignedPlace = tuple[int, Place]
_LONG = 3  # cells in a line that are worth a range


def sum_formula(parts: Sequence[SignedPlace], sheet: str) -> str:
    """The sum of cells as a formula on a sheet, without `=`: lines of cells as ranges, other sheets named."""
    terms = []
    for line in _lines(parts):
        sign = "-" if line[0][0] < 0 else "+"
        places = [place for _, place in line]
        if len(places) >= _LONG:
            terms.append(f"{sign}SUM({_reference(places[0], sheet)}:{places[-1].address})")
        else:
            terms += [sign + _reference(place, sheet) for place in places]
    return "".join(terms).removeprefix("+")


def product_formula(factors: Sequence[Place], sheet: str, scale: Decimal) -> str:
    """The product of cells as a formula on a sheet, without `=`."""
    return "*".join([_reference(place, sheet) for place in factors] + ([f"{scale:f}"] if scale != 1 else []))


def _reference(place: Place, sheet: str) -> str:
    return place.address if place.sheet == sheet else f"{quote_sheet(place.sheet)}!{place.address}"


def _lines(parts: Sequence[SignedPlace]) -> list[list[SignedPlace]]:
    """The parts in runs of neighbours of one sign, down a column or along a row."""
    along = len({place.row for _, place in parts}) == 1
    ordered = sorted(
        parts, key=lambda part: (part[0] < 0, part[1].sheet, part[1][1:] if along else (part[1].column, part[1].row))
    )
    lines = [[ordered[0]]] if ordered else []
    for before, part in pairwise(ordered):
        if before[0] == part[0] and _step(before[1], part[1]) in _steps(lines[-1]):
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _step(first: Place, second: Place) -> tuple[int, int] | None:
    if first.sheet != second.sheet:
        return None
    return second.row - first.row, second.column - first.column


def _steps(line: Sequence[SignedPlace]) -> set[tuple[int, int] | None]:
    """The steps by which a line may go on."""
    return {_step(line[0][1], line[1][1])} if len(line) > 1 else {(1, 0), (0, 1)}
