"""Quantity x unit price = amount, in whatever units the columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from validators.equations.evidence import Scales
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from workbook.addresses import Cell

_SCALES = (Decimal(1), Decimal("0.001"), Decimal("0.000001"), Decimal(1000), Decimal(1_000_000))
_MOST_FACTORS = 3
_CONVERSION = re.compile(r"([*/])(10{3,})(?!\d)")
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Product:
    """`total` = `scale` times the product of `factors`."""

    total: Cell
    factors: tuple[Cell, ...]
    scale: Decimal


class _Filled(NamedTuple):
    """A row that has an amount and all factors: their cells, and the figures of the factors. `own`: the scale that the
    formula of the amount states; None: that of the other rows.
    """

    total: Cell
    factors: tuple[Cell, ...]
    values: list[Decimal]
    own: Decimal | None


class _Blank(Enum):
    """What a blank quantity says."""

    NOTHING = 0  # the row has no product
    AS_ABOVE = 1  # the one above it goes on, as where it stands once for several rows
    NO_FACTOR = 2  # it does not apply to the row: "Số ngày" of what is bought


class _Reading(NamedTuple):
    scale: Decimal
    filled: list[_Filled]
    holds: int
    fails: int


def products(table: AppendixTable, scales: Scales) -> Iterator[Product]:
    """The products that the figures of at least half of the rows bear out, for each column of amounts."""
    found = {amount: best for amount in table.amounts if (best := _best(table, scales, amount)) is not None}
    for amount, best in found.items():
        if not _is_part(amount, best, found):
            yield from (Product(each.total, each.factors, each.own or best.scale) for each in best.filled)


def _best(table: AppendixTable, scales: Scales, amount: Column) -> _Reading | None:
    """The reading of a column that its figures bear out best."""
    quantities = [each for each in table.of_role(Role.QUANTITY) if each.year in (None, amount.year)]
    rows = [row for row in table.rows if row.kind is RowKind.ITEM]
    tried = [
        _weighed(scales, filled, scale)
        for price in table.of_role(Role.UNIT_PRICE)
        for chosen in _subsets(quantities)
        for ways in [list(_filled(scales, rows, amount, price, chosen))]
        for scale in _SCALES
        for filled in ways
    ]
    good = [reading for reading in tried if reading.holds and reading.holds >= reading.fails]
    return max(good, key=lambda each: (each.holds - each.fails, len(each.filled)), default=None)


def _is_part(amount: Column, reading: _Reading, others: Mapping[Column, _Reading]) -> bool:
    """Whether a source pays all of some products and a part of others: their total, and no source, is the product."""
    if amount.role not in (Role.SOURCE, Role.SOURCE_YEAR) or not reading.fails:
        return False
    return any(
        each.role in (Role.TOTAL, Role.AMOUNT)
        and each.year in (None, amount.year)
        and other.holds - other.fails > reading.holds - reading.fails
        for each, other in others.items()
    )


def _subsets(quantities: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    for count in range(1, min(len(quantities), _MOST_FACTORS) + 1):
        yield from combinations(quantities, count)


def _filled(
    scales: Scales, rows: Sequence[Row], amount: Column, price: Column, quantities: Sequence[Column]
) -> Iterator[list[_Filled]]:
    """The rows as they stand, and, where that makes others, with each blank quantity read otherwise."""
    known: list[list[_Filled]] = []
    for blank in _Blank:
        found = list(_filled_rows(scales, rows, amount, price, quantities, blank))
        if found and found not in known:
            yield found
        known.append(found)


def _filled_rows(
    scales: Scales, rows: Sequence[Row], amount: Column, price: Column, quantities: Sequence[Column], blank: _Blank
) -> Iterator[_Filled]:
    above: dict[int, Cell] = {}
    for row in rows:
        factors = [(row.index, price.index)]
        for quantity in quantities:
            cell = _origin(scales.table, (row.index, quantity.index))
            if cell in scales.table.figures:
                above[quantity.index] = cell
            elif blank is _Blank.AS_ABOVE and quantity.index in above:
                cell = above[quantity.index]
            elif blank is _Blank.NO_FACTOR:
                continue
            factors.append(cell)
        total = (row.index, amount.index)
        values = [value for cell in factors if (value := scales.value(cell)) is not None]
        if 1 < len(values) == len(factors) and (scales.value(total) or scales.is_broken(total)):
            yield _Filled(total, tuple(factors), values, _stated_scale(scales.table.grid.cells[total].formula))


def _weighed(scales: Scales, filled: list[_Filled], scale: Decimal) -> _Reading:
    holds = fails = 0
    for total, _, values, own in filled:
        if scales.is_broken(total):
            continue
        made = own or scale
        for value in values:
            made *= value
        stands = scales.value(total) or Decimal(0)
        fits = abs(stands - made) <= scales.precision.unit_in_last_place(total) * _HALF
        holds, fails = holds + fits, fails + (not fits)
    return _Reading(scale, filled, holds, fails)


def _stated_scale(formula: str | None) -> Decimal | None:
    """By what a formula brings a product into another unit: "F9*G9*1000000" of "60tr/lớp"."""
    scale = None
    for sign, power in _CONVERSION.findall(formula or ""):
        scale = (scale or Decimal(1)) * (Decimal(power) if sign == "*" else 1 / Decimal(power))
    return scale


def _origin(table: AppendixTable, cell: Cell) -> Cell:
    """The cell that holds the figure of a merged area."""
    area = table.grid.merge_at(*cell)
    return (area.top, area.left) if area else cell
