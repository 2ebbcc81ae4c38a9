"""Amounts that are so large in the unit of their table that they must be in đồng."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from budget.money import Unit, convert
from validators.equations.bindings import unit_of
from validators.grid import Place
from validators.tables.model import AppendixTable, RowKind

_ABSURD = {Unit.MILLION: 10**8, Unit.BILLION: 10**6}  # a table of so much is a whole country's
_FAR = 10**5  # times what is usual in the column
_ROUND = 1_000  # amounts in đồng are typed to the thousand
_ENOUGH = 3  # other amounts, that tell what is usual
_FEW = 2  # amounts that tell of a whole column


def in_dong(table: AppendixTable) -> Iterator[tuple[Place, Decimal]]:
    """The amounts that somebody typed in đồng in a table of millions or more, each with what it is in the table's unit.

    Where all amounts of a column are such, the first.
    """
    leaves = [row.index for row in table.rows if row.kind is RowKind.ITEM and not table.children.get(row.index)]
    for column in table.amounts:
        unit = unit_of(table, column.index)
        if unit not in _ABSURD:
            continue
        amounts = {row: value for row in leaves if (value := table.value(row, column.index))}
        whole = list(amounts) if _are_absurd(list(amounts.values()), unit) else []
        for row in whole[:1] or _odd(amounts, unit):
            yield table.place((row, column.index)), convert(amounts[row], Unit.DONG, unit)


def _are_absurd(amounts: Sequence[Decimal], unit: Unit) -> bool:
    rounded = len(amounts) >= _FEW and not any(amount % _ROUND for amount in amounts)
    return rounded and sum(map(abs, amounts)) >= _ABSURD[unit]


def _odd(amounts: dict[int, Decimal], unit: Unit) -> list[int]:
    """The rows whose amount is out of all proportion, and in proportion if it is in đồng."""
    if len(amounts) <= _ENOUGH:
        return []
    usual = median(map(abs, amounts.values()))
    return [
        row
        for row, amount in amounts.items()
        if abs(amount) >= _FAR * usual and not amount % _ROUND and abs(amount) / unit.factor <= usual * _ROUND
    ]
