"""Lists below a row that break it down once more, and whether they name all of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validators.equations.evidence import Scales, Sum, is_rate
from validators.equations.tree import Tree
from validators.grid import Place
from validators.tables.model import AppendixTable, Row
from validators.tables.numbering import Scheme
from validators.tables.wording import bare

_WHOLE = re.compile(r"(?:nguon kinh phi|nguon von|co cau nguon|phan theo|chia theo|theo nguon|chia ra)\b")
_FEWEST = 2  # parts that can be all there is


class _List(NamedTuple):
    """Rows that break `parent` down; `opening` is what the list is called."""

    parent: Row
    rows: list[Row]
    opening: str

    @property
    def is_whole(self) -> bool:
        """Whether the words say that all parts are named: "Nguồn kinh phí:", and not "Trong đó:"."""
        return bool(_WHOLE.match(bare(self.opening)))

    @property
    def of_sources(self) -> bool:
        """Whether its rows are funding sources."""
        return all(row.list == Scheme.SOURCE for row in self.rows)


def uncertain_lists(table: AppendixTable) -> Iterator[tuple[int, frozenset[Place]]]:
    """The lists that need not name all parts of their row, as that row and the cells of the list.

    "Trong đó:" names some parts or all. All it is where it names two or more, and every list of its kind (funding
    sources, or anything else) makes up its row in every column.
    """
    tree, scales = Tree(table), Scales(table)
    lists = [each for each in _lists(tree) if not each.is_whole]
    partial = {each.of_sources for each in lists if not _adds_up(each, tree, scales)}
    for each in lists:
        if len(each.rows) < _FEWEST or each.of_sources in partial:
            cells = (cell for row in each.rows for column in table.columns for cell in tree.cells(row, column.index))
            yield each.parent.index, frozenset(map(table.place, cells))


def _lists(tree: Tree) -> Iterator[_List]:
    for parent in tree.parents():
        if rows := [row for row in tree.items(parent.index) if row.memo]:
            yield _List(parent, rows, rows[0].label)
        for heading in tree.headings(parent.index):
            if rows := tree.items(heading.index):
                yield _List(parent, rows, heading.label)


def _adds_up(each: _List, tree: Tree, scales: Scales) -> bool:
    """Whether a list makes up its row in every column where both have figures."""
    sums = [
        Sum(
            (each.parent.index, column.index),
            tuple((1, cell) for row in each.rows for cell in tree.cells(row, column.index)),
        )
        for column in tree.table.summable
        if not is_rate(tree.table, column.index)
    ]
    return not scales.weigh(sums).fails
