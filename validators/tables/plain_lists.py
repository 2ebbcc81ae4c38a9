"""Groups that nothing but their figures tells: no numbers, no bold type, no indents, each the sum of the rows below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from validators.tables.lines import Line
from validators.tables.model import Figure, RowKind
from validators.tables.wording import is_memo, is_source_line
from workbook.addresses import Cell

_ENOUGH = 2  # groups, and rows of a group: fewer may add up by chance


def grouped(lines: Sequence[Line], figures: Mapping[Cell, Figure], amounts: Sequence[int]) -> Sequence[Line]:
    """The rows, those that make up the row above them set further in; as they are where not all of them fall so."""
    items = [line for line in lines if line.kind is RowKind.ITEM]
    if any(
        line.number or line.bold or line.indent or is_memo(line.label) or is_source_line(line.label) for line in items
    ):
        return lines
    heads: set[int] = set()
    at = 0
    while at < len(items):
        parts = _parts(items, at, figures, amounts)
        if parts < _ENOUGH:
            return lines
        heads.add(items[at].index)
        at += 1 + parts
    if len(heads) < _ENOUGH:
        return lines
    within = {line.index for line in items} - heads
    return [replace(line, indent=1) if line.index in within else line for line in lines]


def _parts(items: Sequence[Line], at: int, figures: Mapping[Cell, Figure], amounts: Sequence[int]) -> int:
    """How many rows after that one make it up in all columns, two at least; 0 where none do."""
    left = [_value(figures, items[at], column) for column in amounts]
    if not any(left):
        return 0
    for parts, line in enumerate(items[at + 1 :], 1):
        left = [rest - _value(figures, line, column) for rest, column in zip(left, amounts, strict=True)]
        if parts >= _ENOUGH and not any(left):
            return parts
        if any(rest < 0 for rest in left):
            return 0
    return 0


def _value(figures: Mapping[Cell, Figure], line: Line, column: int) -> Decimal:
    figure = figures.get((line.index, column))
    return figure.value if figure and figure.value is not None else Decimal(0)
