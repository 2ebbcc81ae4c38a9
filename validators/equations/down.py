"""Sums down the rows of a table: groups over their items, "of which" lines, totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from validators.equations.evidence import Maker, Scales, Sum, Tally, Way, is_rate, one_row_off
from validators.equations.model import Relation
from validators.equations.totals import Totals
from validators.equations.tree import Tree
from validators.tables.model import AppendixTable, Role, Row
from validators.tables.units import read_unit
from validators.tables.wording import bare, stated_terms
from workbook.addresses import Cell

_ZERO = Decimal(0)
_ENOUGH = 2  # lists of the kind that are exhaustive
_NEAR = 100  # what a list lacks that is no mistake is more than a hundredth of its total
_FEW_MEASURES = 2
_COUNTED = (Role.QUANTITY, Role.UNIT_PRICE, Role.OTHER)  # added up only where the figures say so


@dataclass(frozen=True)
class Breakdown:
    """Rows as sums of others, one for each column. `solid`: see `Equation`."""

    relation: Relation
    tally: Tally
    solid: bool


def breakdowns(table: AppendixTable, scales: Scales, parts: Mapping[int, Collection[int]]) -> tuple[Breakdown, ...]:
    """The sums down the rows, those that the figures bear out and those that the layout asks for.

    `parts`: the columns that each column adds up.
    """
    if _has_many_measures(table):
        return ()
    tree = Tree(table)
    columns = [column.index for column in table.summable if not is_rate(table, column.index)]
    chosen = [*_groups(tree, scales, columns), *Totals(tree, scales, columns, parts).ways()]
    found = [Breakdown(way.relation, way.tally, solid) for way, solid in chosen]
    for column in table.of_role(*_COUNTED):
        found += _counted(scales, column.index, [way for way, _ in chosen])
    return tuple(found)


def not_broken_down(tree: Tree, scales: Scales, columns: Mapping[int, Collection[int]]) -> frozenset[Cell]:
    """The totals of groups with a source that the rows below do not have: those rows make less, and rightly so.

    `columns`: the parts of each column that adds up others.
    """
    found = set()
    for parent in tree.parents():
        below = tree.items(parent.index)
        for total, parts in columns.items():
            alone = [
                column
                for column in parts
                if scales.value((parent.index, column))
                and not any(scales.value(cell) for row in below for cell in tree.cells(row, column))
            ]
            if alone and len(alone) < len(parts):
                found.add((parent.index, total))
    return frozenset(found)


def _has_many_measures(table: AppendixTable) -> bool:
    """Whether each row counts in a unit of its own: indicators (tons, %, people) are not added up."""
    measures = table.of_role(Role.MEASURE)
    if not measures or table.of_role(Role.UNIT_PRICE, Role.QUANTITY):
        return False
    names = {bare(str(value)) for row in table.rows if (value := table.grid.value(row.index, measures[0].index))}
    return len(names) > _FEW_MEASURES or (len(names) > 1 and any(not read_unit(name) for name in names))


def _groups(tree: Tree, scales: Scales, columns: Sequence[int]) -> Iterator[tuple[Way, bool]]:
    """Items over those below them. Lists of the same kind are judged together: one contradiction among many is a
    mistake, many are another meaning of the list.
    """
    pooled: dict[str, Tally] = defaultdict(Tally)
    tried: dict[int, list[Way]] = {}
    for parent in tree.parents():
        if any(sign < 0 for sign, _ in stated_terms(parent.label)):
            continue  # a difference: what stands below it explains it
        for lists, relation, rows in _options(tree, parent):
            make = _maker(tree, parent, rows)
            tally = scales.weigh([each for column in columns if (each := make(column))])
            if tally.sums:
                way = Way(relation, make, tally, f"{parent.list} > {lists}")
                tried.setdefault(parent.index, []).append(way)
                pooled[way.lists].add(tally)
    for ways in tried.values():
        for way in _chosen(ways, pooled):
            if way.relation is Relation.BREAKDOWN and not way.tally.holds and pooled[way.lists].holds < _ENOUGH:
                if contradictions := _contradictions(way, scales):
                    yield replace(way, tally=Tally(fails=len(contradictions), sums=contradictions)), True
            else:
                yield way, _is_solid(way, pooled) or _lacks_one_row(way, scales)


def _chosen(ways: Sequence[Way], pooled: Mapping[str, Tally]) -> Sequence[Way]:
    """Of the ways to break one row down those that hold for it; where none does, the one that holds elsewhere.

    All its lists together come first: each of them alone counts only where they hold better.
    """
    good = [way for way in ways if way.tally.holds >= max(1, way.tally.fails)]
    if not good:
        return sorted(ways, key=lambda way: (-pooled[way.lists].ratio, way.tally.fails))[:1]
    best = max(way.tally.ratio for way in good)
    together = [way for way in good if way.lists.endswith("> all")]
    alone = [way for way in good if way not in together]
    if together and together[0].tally.ratio >= best:
        return [*together, *(way for way in alone if way.relation is Relation.BREAKDOWN)]
    return alone or together


def _contradictions(way: Way, scales: Scales) -> list[Sum]:
    """Of "of which" lines, which need not name all parts, the sums that exceed their total, or nearly make it up."""
    found = []
    for each in way.tally.sums:
        off, total = scales.off(each), scales.value(each.total) or _ZERO
        if off * total < 0 or (off and abs(off) * _NEAR < abs(total)):
            found.append(each)
    return found


def _is_solid(way: Way, pooled: Mapping[str, Tally]) -> bool:
    """Whether a contradiction is a mistake: the reading holds in other columns of the row, or in other rows."""
    if way.tally.holds >= max(1, way.tally.fails):
        return True
    if not way.tally.holds and all(len(each.parts) == 1 for each in way.tally.sums):
        return False  # a row alone below another one need not be all of it
    around = pooled[way.lists]
    elsewhere = around.holds - way.tally.holds
    return around.holds >= around.fails and (elsewhere > 1 or (elsewhere == 1 and way.tally.fails == 1))


def _lacks_one_row(way: Way, scales: Scales) -> bool:
    """Whether one row was left out or counted twice in all columns; of a single part that is half of its row both are
    as likely as a second part that was not understood.
    """
    return any(len(each.parts) > 1 for each in way.tally.sums) and one_row_off(scales, way.tally) is not None


def _options(tree: Tree, parent: Row) -> Iterator[tuple[str, Relation, list[Row]]]:
    """The lists that may add up to a row."""
    items = tree.items(parent.index)
    plain = [row for row in items if not row.memo]
    lists = list(dict.fromkeys(row.list for row in plain))
    if plain:
        yield "all", Relation.GROUP, plain
    if len(lists) > 1:
        for name in lists:
            yield name, Relation.GROUP, [row for row in plain if row.list == name]
    if memo := [row for row in items if row.memo]:
        yield "of which", Relation.BREAKDOWN, memo
    for heading in tree.headings(parent.index):
        if rows := tree.items(heading.index):
            yield f"of which {rows[0].list}", Relation.BREAKDOWN, rows


def _maker(tree: Tree, parent: Row, rows: Sequence[Row]) -> Maker:
    def make(column: int) -> Sum | None:
        total = (parent.index, column)
        if total not in tree.table.figures:
            return None
        parts = tuple([(1, cell) for row in rows for cell in tree.cells(row, column)])
        return Sum(total, parts) if parts else None

    return make


def _counted(scales: Scales, column: int, ways: Sequence[Way]) -> Iterator[Breakdown]:
    """A column of quantities or prices, which is added up only where its figures show that it is."""
    tallies = [(way.relation, scales.weigh([each])) for way in ways if (each := way.make(column)) is not None]
    pooled = Tally()
    for _, tally in tallies:
        pooled.add(tally)
    if pooled.telling >= 2 and pooled.holds >= 3 * pooled.fails:
        yield from (Breakdown(relation, tally, solid=True) for relation, tally in tallies if tally.sums)
