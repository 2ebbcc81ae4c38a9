"""Figures of a total row that stand once more in the lines below it: "Trong đó: - Ngân sách tỉnh: 8.224"."""

from __future__ import annotations

from collections.abc import Iterator

from validators.equations.bindings import alike
from validators.equations.evidence import Scales, Sum
from validators.equations.tree import Tree
from validators.tables.model import AppendixTable, Column, Row, RowKind
from validators.tables.wording import years_in


def carried(table: AppendixTable, scales: Scales) -> Iterator[Sum]:
    """The lines below a total that repeat its figures by source or by year, where most of them agree."""
    tree = Tree(table)
    for total in tree.totals():
        below = [row for row in tree.below(total.index) if row.memo and row.kind is RowKind.ITEM]
        below += [row for heading in tree.headings(total.index) for row in tree.items(heading.index)]
        found = [each for row in below for column in table.amounts if (each := _line(table, total, row, column))]
        tally = scales.weigh(found)
        if tally.holds >= max(1, tally.fails):
            yield from tally.sums


def _line(table: AppendixTable, total: Row, row: Row, column: Column) -> Sum | None:
    """A line that has one figure, as the figure of the total in the column that it names."""
    filled = [each.index for each in table.amounts if (row.index, each.index) in table.figures]
    if len(filled) != 1 or filled[0] == column.index or not _names(row.label, column):
        return None
    return Sum((row.index, filled[0]), ((1, (total.index, column.index)),))


def _names(label: str, column: Column) -> bool:
    """Whether a label names a column by its source, or by its year."""
    years = years_in(label)
    if years:
        return years == (column.year,) and not column.source
    return bool(column.source) and column.year is None and alike(label, column.source)
