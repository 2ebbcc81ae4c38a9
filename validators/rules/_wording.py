"""What the messages of rules share: shares, and lists of cells."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from budget.numbers import format_number
from validators.grid import Place

_NAMED = 5  # cells that a message names


def percentage(share: Decimal, decimals: int) -> str:
    """A share in percent as appendices print it: `41%`, `33,3%`."""
    return f"{format_number(share, decimals)}%"


def cells(places: Iterable[Place]) -> str:
    """The addresses of cells of one sheet, the first few of many: `C5, C7, …`."""
    named = [place.address for place in places]
    return ", ".join([*named[:_NAMED], *("…" for _ in named[_NAMED : _NAMED + 1])])
