"""Amounts that the texts of a sheet state, tied to the figures that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.money import Unit
from validators.equations.evidence import Scales
from validators.equations.phrases import amount_in_words, amounts_in_digits, cost_expression
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.wording import bare, folded, is_memo
from workbook.addresses import Cell

_TOTALLED = re.compile(r"^[-+*•\d.)\s]*(?:tong|kinh phi thuc hien|tong cong)\b")
_WHOLE_YEARS = range(2, 11)  # an expression may cost one year of several


_Try = tuple["Bound | None", bool | None]


@dataclass(frozen=True)
class Bound:
    """A text that states an amount: the cell of the text, the amount in đồng, and the figures that it is about, which
    add up to it. `solid`: the text says clearly that it is about them.
    """

    text: Cell
    amount: Decimal
    figures: tuple[Cell, ...]
    solid: bool


def unit_of(table: AppendixTable, column: int) -> Unit:
    """The unit of a column: its own heading's, else the table's; đồng where nothing is stated."""
    own = table.column_at[column].unit if column in table.column_at else None
    return own or table.unit or Unit.DONG


def grand_total(table: AppendixTable) -> Row | None:
    """The row that adds up the whole table: the last outermost total, or one at its top."""
    totals = [row for row in table.rows if row.kind is RowKind.TOTAL and row.parent is None]
    return totals[-1] if totals else None


def worded(table: AppendixTable, scales: Scales) -> Iterator[Bound]:
    """The amounts in words in and around a table."""
    total = grand_total(table)
    if total is None:
        return
    for cell, text in _texts(table):
        stated = amount_in_words(text)
        if stated is None:
            continue
        named = "bằng chữ" in folded(text)
        candidates = _candidates(table, scales, total, "" if named else stated.label)
        if named:
            candidates += _rounded(table, scales, total)
        fits = [cells for cells in candidates if _amount(table, scales, cells) == stated.amount]
        if fits:
            yield Bound(cell, stated.amount, fits[0], solid=True)
        elif candidates and (named or stated.label):
            yield Bound(cell, stated.amount, candidates[0], solid=True)


def in_digits(table: AppendixTable, scales: Scales) -> Iterator[Bound]:
    """The total that prose around a table states in digits; prose that fits no figure is about something else."""
    total = grand_total(table)
    if total is None:
        return
    for cell, text in _texts(table):
        stated = amounts_in_digits(text)
        if not stated or amount_in_words(text) or not _TOTALLED.match(bare(text)):
            continue
        candidates = _candidates(table, scales, total, "")
        fits = [cells for cells in candidates if _amount(table, scales, cells) == stated[0].amount]
        if fits:
            yield Bound(cell, stated[0].amount, fits[0], solid=True)


def expressed(table: AppendixTable, scales: Scales) -> Iterator[Bound]:
    """The cost expressions in the texts of rows, each with the amount of its row."""
    found = []
    for row in table.rows:
        for column in table.of_role(Role.CONTENT, Role.NOTE, Role.OTHER, Role.OBJECTIVE):
            text = table.grid.value(row.index, column.index)
            if isinstance(text, str) and (amount := cost_expression(text)):
                found.append(((row.index, column.index), row, amount))
    columns = sorted(table.amounts, key=lambda column: column.role is not Role.TOTAL)
    tried = [[_expressed(table, scales, each, column) for each in found] for column in columns]
    tried = [bounds for bounds in tried if any(fit is not None for _, fit in bounds)]
    holds, _, bounds = max(map(_fitness, tried), key=lambda each: each[:2], default=(0, 0, []))
    fails = sum(fit is False for _, fit in bounds)
    for bound, fit in bounds:
        if bound is not None and fit is not None and (holds >= fails or fails == 1):
            yield Bound(bound.text, bound.amount, bound.figures, solid=holds > 0)


def _fitness(bounds: list[_Try]) -> tuple[int, int, list[_Try]]:
    """How many expressions fit a column; then how many rows have a figure in it, the total above all."""
    return sum(fit is True for _, fit in bounds), sum(fit is not None for _, fit in bounds), bounds


def _expressed(table: AppendixTable, scales: Scales, expression: tuple[Cell, Row, Decimal], column: Column) -> _Try:
    """The expression tied to its row's figure in a column, and whether it fits; None where it may cost one year."""
    text, row, amount = expression
    cell = (row.index, column.index)
    stands = _amount(table, scales, (cell,))
    if stands is None:
        return None, None
    bound = Bound(text, amount, (cell,), solid=True)
    if stands == amount:
        return bound, True
    others = [_amount(table, scales, ((row.index, each.index),)) for each in table.amounts]
    if amount in others or any(stands == amount * years for years in _WHOLE_YEARS):
        return None, None
    return bound, False


def _texts(table: AppendixTable) -> Iterator[tuple[Cell, str]]:
    """The texts around a table, and those of its rows that hold words."""
    yield from sorted(table.above.items(), reverse=True)
    for row in table.rows:
        if row.kind is RowKind.TEXT:
            for column, cell in table.grid.by_row[row.index].items():
                if isinstance(cell.value, str):
                    yield (row.index, column), cell.value
    yield from table.below.items()


def _candidates(table: AppendixTable, scales: Scales, total: Row, label: str) -> list[tuple[Cell, ...]]:
    """The figures that an amount could be about: those that its label names, else of the total row."""
    if label and not is_memo(label):
        named = [column for column in table.amounts if _is_about(label, column)]
        rows = [row for row in table.rows if row.memo and alike(row.label, label)]
        cells = [(total.index, column.index) for column in named]
        cells += [(row.index, column.index) for row in rows for column in table.amounts[:1]]
        return [(cell,) for cell in cells if scales.value(cell) is not None]
    filled = [column for column in table.amounts if scales.value((total.index, column.index)) is not None]
    totals = [column for column in filled if column.role is Role.TOTAL]
    ordered = [*totals, *(column for column in filled if column.role in (Role.AMOUNT,))]
    single: list[tuple[Cell, ...]] = [((total.index, column.index),) for column in ordered]
    parts = tuple((total.index, column.index) for column in filled if column.role is not Role.TOTAL)
    rest: list[tuple[Cell, ...]] = [((total.index, column.index),) for column in filled if column not in ordered]
    return [*single, *([parts] if len(parts) > 1 and not totals else []), *rest]


def _rounded(table: AppendixTable, scales: Scales, total: Row) -> list[tuple[Cell, ...]]:
    """The figures of a row below the total that repeats it in round numbers."""
    rows = [row for row in table.rows if row.index > total.index and row.kind is RowKind.TEXT]
    cells = [(row.index, column.index) for row in rows for column in table.amounts]
    return [(cell,) for cell in cells if scales.value(cell) is not None]


def _is_about(label: str, column: Column) -> bool:
    return bool(column.path) and alike(column.path[-1], label)


def alike(first: str, second: str) -> bool:
    """Whether two labels name the same funding source."""
    one, other = bare(first), bare(second)
    short = {"ngan sach": "ns"}
    for long, brief in short.items():
        one, other = one.replace(long, brief), other.replace(long, brief)
    return one == other or (min(len(one), len(other)) > 6 and (one in other or other in one))


def _amount(table: AppendixTable, scales: Scales, cells: tuple[Cell, ...]) -> Decimal | None:
    """The amount in đồng of figures together."""
    values: Mapping[Cell, Decimal] = {cell: value for cell in cells if (value := scales.value(cell)) is not None}
    if len(values) < len(cells):
        return None
    return sum((value * unit_of(table, column).factor for (_, column), value in values.items()), Decimal(0))
