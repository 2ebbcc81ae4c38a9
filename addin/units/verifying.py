"""What the host has made of a change of unit, held against what it had to make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from addin.units.planning import Plan
from budget.numbers import number_text, plain
from faults import InputFault, Text, cell_place
from validators.grid import Book, GridCell, Place, Value

_NOISE = Decimal("1e-14")  # of the largest figure: sums of binary numbers differ by no more
_EXACT = Decimal("1e-12")  # of a figure
_VOLATILE = re.compile(r"\b(?:NOW|TODAY|RAND|RANDBETWEEN)\(", re.IGNORECASE)


def refuse_wrong(before: Book, after: Book, plan: Plan) -> None:
    """Raise InputFault where a cell of the book is not what it had to become.

    A converted figure is the old one times the factor, to 15 digits; every other cell holds what it held.
    """
    place, wanted, found = next(_wrong(before, after, plan), (None, None, None))
    if place is None:
        return
    held = before.sheet(place.sheet).cells[place.row, place.column]
    raise InputFault(
        Text(
            "đổi đơn vị làm sai ô này, nên mọi ô đã được trả lại như cũ",
            "the change of unit makes this cell wrong; every cell is as it was again",
        ),
        place=cell_place(place.sheet, place.address),
        found=f"={held.formula} → {_shown(found)}" if held.formula else _shown(found),
        expected=Text(_shown(wanted), _shown(wanted)),
    )


def _wrong(before: Book, after: Book, plan: Plan) -> Iterator[tuple[Place, Value, Value]]:
    noise = _noise(plan)
    for grid in before.sheets:
        made = after.sheet(grid.name)
        is_here = grid.name == plan.grid.name
        for cell, held in grid.cells.items():
            is_one = is_here and plan.cells.has(cell)
            if (is_here and cell in plan.texts) or (held.formula and _VOLATILE.search(held.formula)):
                continue
            wanted, found = _wanted(held, plan, is_one=is_one), made.value(*cell)
            if not _is_same(wanted, found, noise[is_one]):
                yield Place(grid.name, *cell), wanted, found


def _noise(plan: Plan) -> tuple[Decimal, Decimal]:
    """By how much a sum may be off: of figures that stay, and of those that are converted."""
    largest = max(
        (abs(held.value) for cell, held in plan.grid.cells.items() if isinstance(held.value, Decimal)),
        default=Decimal(0),
    )
    return largest * _NOISE, plan.converted(largest) * _NOISE


def _wanted(held: GridCell, plan: Plan, *, is_one: bool) -> Value:
    return plan.converted(held.value) if is_one and isinstance(held.value, Decimal) else held.value


def _is_same(wanted: Value, found: Value, noise: Decimal) -> bool:
    if isinstance(wanted, Decimal) and isinstance(found, Decimal):
        return abs(wanted - found) <= max(noise, abs(wanted) * _EXACT)
    return wanted == found or (wanted in (None, "") and found in (None, ""))


def _shown(value: Value) -> str:
    return number_text(plain(value)).vi if isinstance(value, Decimal) else str(value or "")
