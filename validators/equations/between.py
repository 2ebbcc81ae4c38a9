"""Figures that stand in two tables: a summary and its details, one list printed twice, in whatever units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from validators.equations.bindings import grand_total, unit_of
from validators.equations.evidence import Scales
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.wording import bare, is_source_line
from workbook.addresses import Cell

_LONG = 10  # letters of a label that names one thing only
_SHORT = 4  # letters of one that a sheet is named after
_ENOUGH = 2  # links that hold
_CAPTION = 3  # lines above a table that may name it
_MOST_TABLES = 60


@dataclass(frozen=True)
class Link:
    """One figure in two tables: `scale` times the second is the first."""

    first: AppendixTable
    here: Cell
    second: AppendixTable
    there: Cell
    scale: Decimal


def links(tables: Sequence[AppendixTable], scales: Mapping[int, Scales]) -> Iterator[Link]:
    """The figures that two tables share, where two of them at least agree and no more of them disagree.

    `scales`: those of each table, by its id.
    """
    pooled: dict[tuple[object, ...], list[Link]] = defaultdict(list)
    labels = {id(table): _labels(table) for table in tables}
    for first, second in permutations(tables[:_MOST_TABLES], 2):
        columns = list(_shared(first, second))
        if not columns:
            continue
        for row in _named_in(first, second):
            total = grand_total(second)
            if total is not None:
                pooled["detail", id(first)] += _pairs(first, row, second, total, columns, scales)
        if first.grid.name > second.grid.name or (first.grid is second.grid and first.area.top > second.area.top):
            continue
        for label, row in labels[id(first)].items():
            other = labels[id(second)].get(label)
            if other is not None:
                pooled["rows", id(first), id(second)] += _pairs(first, row, second, other, columns, scales)
        totals = grand_total(first), grand_total(second)
        if totals[0] and totals[1]:
            pooled["totals", id(first), id(second)] += _pairs(first, totals[0], second, totals[1], columns, scales)
    for found in pooled.values():
        holds = sum(_agrees(link, scales) for link in found)
        if holds >= _ENOUGH and holds > len(found) - holds:
            yield from found


def _labels(table: AppendixTable) -> Mapping[str, Row]:
    """The items whose label stands once in the table, by their label."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        words = bare(row.label)
        if row.kind is RowKind.ITEM and len(words) >= _LONG and not is_source_line(row.label):
            found[words].append(row)
    return {words: rows[0] for words, rows in found.items() if len(rows) == 1}


def _named_in(summary: AppendixTable, detail: AppendixTable) -> Iterator[Row]:
    """The row of a summary that the caption of a detailed table names; nothing where there are several."""
    caption = " ".join(bare(text) for _, text in sorted(detail.above.items(), reverse=True)[:_CAPTION])
    caption += " " + bare(detail.grid.name)
    named = [(words, row) for words, row in _labels(summary).items() if words in caption]
    own_name = bare(detail.grid.name)
    named += [(words, row) for row in summary.rows if (words := bare(row.label)) == own_name and len(words) >= _SHORT]
    longest = max((len(words) for words, _ in named), default=0)
    best = list(dict.fromkeys(row for words, row in named if len(words) == longest))
    if len(best) == 1:
        yield best[0]


def _shared(first: AppendixTable, second: AppendixTable) -> Iterator[tuple[Column, Column]]:
    """The columns of money that mean the same in both tables; the one that says all is matched with such a one."""
    mains = _main(first), _main(second)
    if mains[0] and mains[1]:
        yield mains[0], mains[1]
    for column in first.amounts:
        alike = [other for other in second.amounts if _meaning(other) == _meaning(column) and other is not mains[1]]
        if column is not mains[0] and _meaning(column) and len(alike) == 1:
            yield column, alike[0]


def _main(table: AppendixTable) -> Column | None:
    """The column that says all: the total, else the only one."""
    totals = [column for column in table.of_role(Role.TOTAL) if column.year is None]
    if len(totals) == 1:
        return totals[0]
    return table.amounts[0] if len(table.amounts) == 1 else None


def _meaning(column: Column) -> tuple[int | None, str] | None:
    if column.role is Role.AMOUNT or (column.year is None and not column.source):
        return None
    return column.year, bare(column.source)


def _pairs(
    first: AppendixTable,
    row: Row,
    second: AppendixTable,
    other: Row,
    columns: Sequence[tuple[Column, Column]],
    scales: Mapping[int, Scales],
) -> Iterator[Link]:
    for here, there in columns:
        one, two = (row.index, here.index), (other.index, there.index)
        if scales[id(first)].value(one) is None or scales[id(second)].value(two) is None:
            continue
        scale = unit_of(second, there.index).factor / unit_of(first, here.index).factor
        yield Link(first, one, second, two, scale)


def _agrees(link: Link, scales: Mapping[int, Scales]) -> bool:
    one, two = scales[id(link.first)].value(link.here), scales[id(link.second)].value(link.there)
    if one is None or two is None or not one:
        return False
    return abs(one - two * link.scale) <= slack(link, scales)


def slack(link: Link, scales: Mapping[int, Scales]) -> Decimal:
    """How far apart the figures may be by rounding, in the unit of the first."""
    here = scales[id(link.first)].precision.unit_in_last_place(link.here)
    there = scales[id(link.second)].precision.unit_in_last_place(link.there) * link.scale
    return max(here, there) / 2 if here != there else Decimal(0)
