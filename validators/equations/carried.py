"""Figures of a total that stand once more: by source or year in the lines below it, line by line in the items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from validators.equations.bindings import alike
from validators.equations.evidence import Scales, Sum, Tally
from validators.equations.tree import Tree
from validators.tables.model import AppendixTable, Column, Row, RowKind
from validators.tables.numbering import Scheme
from validators.tables.wording import bare, years_in


def carried(table: AppendixTable, scales: Scales) -> Iterator[Sum]:
    """The lines below a total that repeat its figures by source or by year, where most of them agree."""
    tree = Tree(table)
    for total in tree.totals():
        found = [
            each
            for row in _lines_below(tree, total)
            for column in table.amounts
            if (each := _line(table, total, row, column))
        ]
        tally = scales.weigh(found)
        if tally.holds >= max(1, tally.fails):
            yield from tally.sums


def gathered(table: AppendixTable, scales: Scales) -> Iterator[Sum]:
    """The lines below a total that add up all lines of their source in the items, where most columns bear it out."""
    tree = Tree(table)
    by_name: dict[str, list[Row]] = defaultdict(list)
    below_totals = [row for total in tree.totals() for row in _lines_below(tree, total)]
    for row in table.rows:
        if row.list == Scheme.SOURCE and row not in below_totals:
            by_name[_name(row.label)].append(row)
    tally = Tally()
    for row in below_totals:
        lines = by_name.get(_name(row.label), [])
        sums = [
            Sum((row.index, column.index), tuple((1, (line.index, column.index)) for line in lines))
            for column in table.amounts
        ]
        tally.add(scales.weigh(sums if lines else []))
    if tally.telling and tally.holds >= tally.fails:
        yield from tally.sums


def _lines_below(tree: Tree, total: Row) -> list[Row]:
    """The "of which" lines of a total row."""
    found = [row for row in tree.below(total.index) if row.memo and row.kind is RowKind.ITEM]
    return found + [row for heading in tree.headings(total.index) for row in tree.items(heading.index)]


def _name(label: str) -> str:
    """What a source is called, without its share and what opens the list."""
    return bare(re.sub(r"\([^()]*\)|^[^:]*:", " ", label))


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
