"""Quantity x unit price = amount, in whatever units the columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from validators.equations.evidence import Scales
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from workbook.addresses import Cell

_SCALES = (Decimal(1), Decimal("0.001"), Decimal("0.000001"), Decimal(1000), Decimal(1_000_000))
_MOST_FACTORS = 3
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Product:
    """`total` = `scale` times the product of `factors`."""

    total: Cell
    factors: tuple[Cell, ...]
    scale: Decimal


@dataclass(frozen=True)
class _Reading:
    amount: Column
    holds: int
    fails: int
    products: tuple[Product, ...]


def products(table: AppendixTable, scales: Scales) -> Iterator[Product]:
    """The products that the figures of at least half of the rows bear out, for each column of amounts."""
    prices = table.of_role(Role.UNIT_PRICE)
    quantities = table.of_role(Role.QUANTITY)
    rows = [row for row in table.rows if row.kind is RowKind.ITEM]
    for amount in table.amounts:
        tried = [
            reading
            for price in prices
            for chosen in _subsets([each for each in quantities if each.year in (None, amount.year)])
            for scale in _SCALES
            for fill in (False, True)
            if (reading := _weighed(scales, rows, amount, price, chosen, scale, fill=fill))
        ]
        good = [reading for reading in tried if reading.holds and reading.holds >= reading.fails]
        if good:
            chosen_one = max(good, key=lambda each: (each.holds - each.fails, len(each.products)))
            yield from chosen_one.products


def _subsets(quantities: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    for count in range(1, min(len(quantities), _MOST_FACTORS) + 1):
        yield from combinations(quantities, count)


def _weighed(
    scales: Scales,
    rows: Sequence[Row],
    amount: Column,
    price: Column,
    quantities: Sequence[Column],
    scale: Decimal,
    *,
    fill: bool,
) -> _Reading | None:
    """`fill`: a blank quantity is the one above it, as where it stands once for several rows."""
    holds = fails = 0
    found = []
    above: dict[int, Cell] = {}
    for row in rows:
        factors = [(row.index, price.index)]
        for quantity in quantities:
            cell = _origin(scales.table, (row.index, quantity.index))
            if cell in scales.table.figures:
                above[quantity.index] = cell
            elif fill and quantity.index in above:
                cell = above[quantity.index]
            factors.append(cell)
        total = (row.index, amount.index)
        values = [scales.value(cell) for cell in factors]
        if any(value is None for value in values) or not (scales.value(total) or scales.is_broken(total)):
            continue
        made = scale
        for value in values:
            made *= value or 0
        found.append(Product(total, tuple(factors), scale))
        if scales.is_broken(total):
            continue
        stands = scales.value(total) or Decimal(0)
        slack = scales.precision.unit_in_last_place(total) * _HALF
        holds += abs(stands - made) <= slack
        fails += abs(stands - made) > slack
    return _Reading(amount, holds, fails, tuple(found)) if found else None


def _origin(table: AppendixTable, cell: Cell) -> Cell:
    """The cell that holds the figure of a merged area."""
    area = table.grid.merge_at(*cell)
    return (area.top, area.left) if area else cell
