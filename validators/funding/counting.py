"""The funding of all tables of a workbook, each amount counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from budget.money import Unit, convert
from budget.rollup import By, added
from validators.equations.bindings import unit_of
from validators.funding.breaking import Breaking, Parts
from validators.funding.model import Figures, Leaf, TableFunding
from validators.funding.relations import Relations
from validators.funding.roots import Roots, roots_of
from validators.funding.saying import Sayings
from validators.funding.summaries import sums_up
from validators.funding.ways import figures_of, filled, ways_of
from validators.own_sheet import verifies
from validators.rules.base import Checked
from validators.tables.model import AppendixTable

_AXES = (By.SOURCE, By.YEAR)
_Counted = tuple[Roots, Parts]


def funding(checked: Checked, axes: Sequence[By] = _AXES) -> tuple[TableFunding, ...]:
    """The funding of each table that holds money, sheet by sheet from the top.

    Where a table can be broken down in several ways (by its items, by the lines below its total) the one is taken that
    says most of `axes`.
    """
    figures = figures_of(checked)
    ways = ways_of(checked, figures)
    tables = [table for table in checked.tables if table.grid.visibility == "visible" and not verifies(table.grid)]
    roots = {id(table): roots_of(table, figures, ways) for table in tables}
    relations = Relations(replace(checked, tables=tuple(tables)), figures, ways, roots)
    for place, more in relations.ways.items():
        ways.setdefault(place, []).extend(more)
    breaking = Breaking(tables, figures, ways, axes)
    counted = {id(table): _counted(roots[id(table)], breaking) for table in tables if roots[id(table)]}
    held = _held([table for table in tables if id(table) in counted], relations, counted)
    found = [
        _funding(table, figures, *counted[id(table)], held.get(id(table))) for table in tables if id(table) in counted
    ]
    return tuple(_doubting(found, relations))


def _doubting(fundings: Sequence[TableFunding], relations: Relations) -> Iterator[TableFunding]:
    """The fundings, with the tables that may be counted twice."""
    counted = [each.table for each in fundings if each.within is None and each.leaves]
    amounts = {id(each.table): each.total for each in fundings}
    for each in fundings:
        others = [table for table in counted if table is not each.table]
        alone = len(others) == len(counted)
        yield each if alone else replace(each, doubted=relations.perhaps_within(each.table, others, amounts))


def leaves(fundings: Iterable[TableFunding]) -> tuple[Leaf, ...]:
    """The entries of the tables that count: each amount once."""
    return tuple(leaf for each in fundings if each.within is None for leaf in each.leaves)


def _counted(roots: Sequence[Roots], breaking: Breaking) -> _Counted:
    """Of the columns that a table may be counted by the planned ones, as they are after a change; of those the ones
    with a total, and then the most broken down, that say most.
    """
    tried = [(each, breaking.together(each.places)) for each in roots]

    def merit(each: _Counted) -> tuple[object, ...]:
        total = added(abs(leaf.amount) for leaf in each[1].leaves)
        unsaid = [amount / total if total else total for amount in each[1].silence]
        roots = each[0]
        return not total, roots.spent, not roots.revised, not roots.stated, -len(roots.columns), unsaid

    best = min(tried, key=merit)
    alike = [each for each in tried if merit(each) == merit(best) and _sum(each) == _sum(best)]
    return max(alike, key=lambda each: len(each[1].leaves))  # of the same money: "Kinh phí | Nguồn | Số tiền"


def _sum(counted: _Counted) -> Decimal:
    return added(leaf.amount for leaf in counted[1].leaves)


def _held(
    tables: Sequence[AppendixTable], relations: Relations, counted: Mapping[int, _Counted]
) -> Mapping[int, AppendixTable]:
    """The tables whose money another one holds already, by their id, with that other."""
    held = {**relations.derived, **relations.details}
    free = [table for table in tables if id(table) not in held]
    order = {id(table): place for place, table in enumerate(free)}

    def rank(table: AppendixTable) -> tuple[object, int, int]:
        parts = counted[id(table)][1]
        return parts.silence, -len(parts.leaves), order[id(table)]

    for first, second in combinations(sorted(free, key=rank), 2):
        if id(first) in held or id(second) in held:
            continue
        one, two = (counted[id(each)][1].leaves for each in (first, second))
        if sums_up(one, two):
            held[id(first)] = second
        elif sums_up(two, one) or (relations.are_twins(first, second) and not _are_of_other_years(one, two)):
            held[id(second)] = first
    return held


def _are_of_other_years(first: Iterable[Leaf], second: Iterable[Leaf]) -> bool:
    """Whether all amounts of two tables have a year, and none the same: the same figures are not the same money."""
    one, two = ({leaf.year for leaf in leaves} for leaves in (first, second))
    return None not in one | two and one.isdisjoint(two)


def _funding(
    table: AppendixTable, figures: Figures, roots: Roots, parts: Parts, within: AppendixTable | None
) -> TableFunding:
    stated = None
    if roots.stated:
        units = [(figures[place], unit_of(table, place.column)) for place in roots.places]
        stated = added(convert(figure, unit, Unit.DONG) for figure, unit in units)
    return TableFunding(
        table,
        _ordered(table, parts.leaves),
        stated,
        proven=stated is not None and parts.holds,
        within=within,
        left_out=tuple(
            column for column in table.amounts if column.index not in roots.columns and filled(table, column, figures)
        ),
        unread=tuple(
            place for cell in table.figures if cell[1] in roots.columns and (place := table.places[cell]) not in figures
        ),
        apart=parts.apart,
        totals=roots.places if roots.stated else (),
    )


def _ordered(table: AppendixTable, found: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The entries from the top, or column by column where those are the sources; not where other tables detail some."""
    if any(leaf.place.sheet != table.grid.name or leaf.place[1:] not in table.figures for leaf in found):
        return tuple(found)
    if Sayings(table).column_sources:
        return tuple(sorted(found, key=lambda leaf: (leaf.place.column, leaf.place.row)))
    return tuple(sorted(found, key=lambda leaf: leaf.place))
