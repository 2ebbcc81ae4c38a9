"""What a total row adds up: the groups above it or below it, the totals before it, what its label says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from validators.equations.evidence import Maker, Scales, Sum, Way, leaves_out_alike, one_row_off
from validators.equations.model import Relation
from validators.equations.tree import Tree
from validators.tables.model import Row, RowKind
from validators.tables.wording import folded, stated_terms

_OF_GROUP = re.compile(r"(?:cộng|tổng)(?: mục| nhóm| phần| tiểu mục)? ([ivxlc]+|[a-hđ]|\d+)$")
_STATED = "stated"
_ENOUGH = 2  # columns that bear out another reading than the one that the label states
_MOST_TOTALS = 200  # of a table; more of them are no totals
_MANY = 3  # columns that fail by chance in no table
_SPANNING = "spanning"
_ONE = Decimal(1)
SignedRow = tuple[int, Row]


class Totals:
    """Reads the total rows of one table. `parts`: the columns that each column adds up."""

    def __init__(
        self, tree: Tree, scales: Scales, columns: Sequence[int], parts: Mapping[int, Collection[int]]
    ) -> None:
        self._tree, self._scales, self._columns, self._parts = tree, scales, columns, parts

    def ways(self) -> Iterator[tuple[Way, bool]]:
        """Each total row, read as its figures bear out, and whether the reading is solid."""
        totals = self._tree.totals()
        for item, stated in self._stated_items():
            way = self._weighed(Relation.GROUP, self._over(item, stated))
            if way.tally.holds >= max(1, way.tally.fails):
                yield way, True
        for total in totals if len(totals) <= _MOST_TOTALS else ():
            tried = [way for way in self._options(total) if way.tally.sums]
            if not tried:
                continue
            way = max(tried, key=lambda each: (each.tally.holds > 0, each.tally.ratio, each.tally.holds))
            if tried[0].lists == _STATED and way.tally.telling < _ENOUGH:
                way = tried[0]
            elif way.tally.holds == 0:
                sparse = [each for each in tried if each.lists == _SPANNING and self._is_sparse(total)]
                several = [each for each in tried if any(len(one.parts) > 1 for one in each.tally.sums)]
                way = sparse[0] if sparse else min(several or tried, key=self._distance)
            tally = way.tally
            borne_out = way.lists == _STATED or tally.holds >= tally.fails or bool(tally.telling)
            solid = borne_out or tally.holds + tally.fails == 1 or self._lacks_a_peer(way)
            if tally.fails >= _MANY and tally.fails >= tally.holds and not self._lacks_a_peer(way):
                solid = way.lists == _STATED
            yield way, solid and not leaves_out_alike(self._scales, tally)

    def _distance(self, way: Way) -> Decimal:
        """How far a reading that does not hold is from what stands there, for the closest of its sums."""
        found = [(abs(self._scales.off(each)), abs(self._scales.value(each.total) or _ONE)) for each in way.tally.sums]
        return min(off / stands for off, stands in found if stands) if any(stands for _, stands in found) else _ONE

    def _lacks_a_peer(self, way: Way) -> bool:
        """Whether one numbered row, of the same list as the others, was left out or counted twice in all columns."""
        at = one_row_off(self._scales, way.tally)
        row = self._tree.table.row_at.get(at) if at is not None else None
        if row is None or not (row.number or row.kind is RowKind.TOTAL):
            return False
        parts = {cell[0] for each in way.tally.sums for _, cell in each.parts}
        peers = [self._tree.table.row_at[part].list == row.list for part in parts]
        return sum(peers) * 2 > len(peers)

    def _weighed(self, relation: Relation, make: Maker, lists: str = "") -> Way:
        sums = [each for column in self._columns if (each := make(column))]
        return Way(relation, make, self._scales.weigh(sums), lists)

    def _is_sparse(self, total: Row) -> bool:
        """Whether a total has figures in fewer columns than the one before it."""
        earlier = [row for row in self._tree.totals() if row.index < total.index][-1:]
        filled = [
            sum((row.index, column) in self._tree.table.figures for column in self._columns)
            for row in (total, *earlier)
        ]
        return filled[0] < filled[-1]

    def _options(self, total: Row) -> Iterator[Way]:
        """The ways to read a total, the likeliest first."""
        beside = self._tree.below(total.parent)
        before = [row for row in beside if row.index < total.index]
        after = [row for row in beside if row.index > total.index]
        earlier = [row for row in before if row.kind is RowKind.TOTAL]
        since = [row for row in before if not earlier or row.index > earlier[-1].index]
        relation = Relation.GRAND if total.parent is None else Relation.GROUP
        if stated := self._stated(total, beside):
            yield self._weighed(relation, self._over(total, stated), _STATED)
        spans = dict(self._spans(total))
        if any(columns != [column] for column, columns in spans.items()):
            for rows in (earlier[-1:], _items(since), _items(before), _items(_until_total(after)), _items(after)):
                yield self._weighed(Relation.GRAND, self._spanning(total, rows, spans), _SPANNING)
        for rows in (
            _items(since),
            _items(before),
            _items(_until_total(after)),
            _items(after),
            [*earlier[-1:], *_items(since)],
            earlier if len(earlier) > 1 else [],
        ):
            if rows:
                carried = len(rows) == 1 and rows[0].kind is RowKind.TOTAL
                make = self._over(total, [(1, row) for row in rows])
                yield self._weighed(Relation.CARRIED if carried else relation, make)
        if group := _OF_GROUP.match(folded(total.label)):
            named = [row for row in before if folded(row.number).strip("()") == group[1]]
            if named:
                yield self._weighed(Relation.CARRIED, self._over(total, [(1, row) for row in named[-1:]]))
        if total.parent is not None:
            outermost = [row for row in self._tree.items(None) if row.index < total.index]
            yield self._weighed(Relation.GRAND, self._over(total, [(1, row) for row in outermost]))

    def _stated_items(self) -> Iterator[tuple[Row, list[SignedRow]]]:
        """The items whose label says what they add up: "IV. Số dư cuối năm (I+II-III)"."""
        for row in self._tree.table.rows:
            if row.kind is RowKind.ITEM and (stated := self._stated(row, self._tree.below(row.parent))):
                yield row, stated

    def _stated(self, total: Row, beside: Sequence[Row]) -> list[SignedRow]:
        """The rows that the label names: "Tổng cộng (I+II+III)"."""
        stated = stated_terms(total.label)
        if not stated:
            return []
        by_name = {folded(row.number).strip("()"): row for row in beside if row.number and row is not total}
        terms = [(sign, by_name.get(name)) for sign, name in stated]
        return [(sign, row) for sign, row in terms if row] if all(row for _, row in terms) else []

    def _over(self, total: Row, rows: Sequence[SignedRow]) -> Maker:
        def make(column: int) -> Sum | None:
            if (total.index, column) not in self._tree.table.figures:
                return None
            cells = tuple([(sign, cell) for sign, row in rows for cell in self._tree.cells(row, column)])
            own = any(cell[0] == total.index for _, cell in cells)
            return Sum((total.index, column), cells) if cells and not own else None

        return make

    def _spanning(self, total: Row, rows: Sequence[Row], spans: Mapping[int, Sequence[int]]) -> Maker:
        """A total of several columns: each figure adds up rows in all the columns that it spans."""

        def make(column: int) -> Sum | None:
            columns = spans.get(column, ())
            cells = tuple([(1, cell) for row in rows for each in columns for cell in self._tree.cells(row, each)])
            return Sum((total.index, column), cells) if cells else None

        return make

    def _spans(self, total: Row) -> Iterator[tuple[int, list[int]]]:
        """The columns of a total's figures, each with those that it stands for: what its merged cell spans, else all to
        the next figure; a figure alone stands for the whole row. Columns that are parts of others are left out.
        """
        filled = [column for column in self._columns if (total.index, column) in self._tree.table.figures]
        for column, following in pairwise([*filled, max(self._columns, default=0) + 1]):
            merged = self._tree.table.grid.merge_at(total.index, column)
            first = self._columns[0] if len(filled) == 1 and not merged else column
            last = merged.right if merged else following - 1
            within = [each for each in self._columns if first <= each <= last]
            inner = {part for each in within for part in self._parts.get(each, ())}
            yield column, [each for each in within if each not in inner]


def _items(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind is RowKind.ITEM and not row.memo]


def _until_total(rows: Sequence[Row]) -> list[Row]:
    kept = []
    for row in rows:
        if row.kind is RowKind.TOTAL:
            break
        kept.append(row)
    return kept
