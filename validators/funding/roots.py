"""Where the money of a table is counted from: grand totals or outermost rows, in columns that may be added up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from validators.equations.tree import Tree
from validators.funding.model import Figures
from validators.funding.ways import PLAIN, Kind, Ways, filled, is_accumulated, is_revised, is_spent, standing_alone
from validators.grid import Place
from validators.tables.model import AppendixTable, Column, Row
from validators.tables.wording import bare, years_in

_NO_NAME = re.compile(r"\d+|\b(?:nam|quy|thang|giai doan)\b")


class Roots(NamedTuple):
    """The figures that make up the money of a table, in columns that may be added up. `stated`: all are totals.
    `columns`: those that the figures are broken down in. `spent`: the money is not what is planned. `revised`: it is
    what is planned after a change.
    """

    places: tuple[Place, ...]
    stated: bool
    columns: frozenset[int]
    spent: bool
    revised: bool


def roots_of(table: AppendixTable, figures: Figures, ways: Ways) -> list[Roots]:
    """The ways to count a table, from the left: each by columns of its own.

    An amount without source or year is counted by itself, what has a source or a year together with others, unless
    two of them have the same, or one was planned and the other spent.
    """
    columns = standing_alone(table, ways)
    stated = {cell[1] for cell in table.figures if table.place(cell) in figures}
    alone = [column for column in columns if filled(table, column, figures)]
    alone = alone or [column for column in columns if column.index in stated]  # an appendix to fill in
    together = _by_period([column for column in alone if column.role in PLAIN and column.year is None])
    for plain in (True, False):
        some = [column for column in alone if (column.role in PLAIN) is plain and (not plain or column.year)]
        for spent in (False, True):  # what was spent in one year and what is planned for another are no sum
            together += _apart([each for each in some if not is_accumulated(each) and is_spent(each) is spent])
        together += _apart([column for column in some if is_accumulated(column)])
    together.sort(key=lambda columns: columns[0].index)
    return [_roots(table, columns, figures, ways) for columns in together]


def _by_period(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns that are counted by themselves, but for those of periods that follow one another: "Giai đoạn 2021-2025"
    and "2026-2030" are added up.
    """
    periods = [column for column in columns if len(_period(column)) > 1 and not is_accumulated(column)]
    years = [year for column in periods for year in _period(column)]
    if len(periods) < 2 or len(set(years)) < len(years) or len(set(map(is_spent, periods))) > 1:
        return [[column] for column in columns]
    return [periods, *([column] for column in columns if column not in periods)]


def _period(column: Column) -> tuple[int, ...]:
    return years_in(" ".join(column.path))


def _apart(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns that may be added up; where two of them mean the same those together that are headed alike."""
    meanings = [(column.source, column.year) for column in columns]
    if len(set(meanings)) == len(meanings):
        return [list(columns)] if columns else []
    found: dict[str, list[Column]] = {}
    for column in columns:
        found.setdefault(_NO_NAME.sub(" ", bare(column.path[0])).strip(), []).append(column)
    return list(found.values())


def total_rows(table: AppendixTable) -> list[Row]:
    """The outermost totals, the last one first: it may add up the others."""
    return [row for row in reversed(Tree(table).totals()) if row.parent is None]


def _roots(table: AppendixTable, columns: Sequence[Column], figures: Figures, ways: Ways) -> Roots:
    places: list[Place] = []
    reached: set[Place] = set()
    rows = total_rows(table)
    for row in rows:
        for place in _stating(table, row, columns, figures, ways):
            below = _reached(place, ways)
            others = {table.place((each.index, place.column)) for each in rows if each is not row}
            if not below & reached and not _sums_up(place, others, figures, ways):
                places.append(place)
                reached |= below
    stated = bool(places)
    tree = Tree(table)
    for column in columns:
        if any(place.column == column.index for place in reached):
            continue
        cells = [cell for row in tree.items(None) if not row.memo for cell in tree.cells(row, column.index)]
        for place in map(table.place, cells):
            if not (figures.get(place) or ways.get(place)) or place in reached or _is_balance(place, ways):
                continue
            places.append(place)
            reached |= _reached(place, ways)
            stated = False
    held = frozenset(place.column for place in reached)
    return Roots(tuple(places), stated, held, all(map(is_spent, columns)), all(map(is_revised, columns)))


def _stating(
    table: AppendixTable, row: Row, columns: Sequence[Column], figures: Figures, ways: Ways
) -> Sequence[Place]:
    """The figures of a total in some columns, else those beside them that add these up: of a cell merged across all."""
    own = [place for column in columns if figures.get(place := table.place((row.index, column.index)))]
    if own:
        return own
    beside = [place for column in table.amounts if figures.get(place := table.place((row.index, column.index)))]
    indexes = {column.index for column in columns}
    return [place for place in beside if any(part.column in indexes for part in _reached(place, ways))]


def _sums_up(place: Place, others: set[Place], figures: Figures, ways: Ways) -> bool:
    """Whether a total adds up rows of its own that are the other totals one by one: the summary of lists above it."""
    amounts = sorted(figures[each] for each in others if figures.get(each))
    return len(amounts) > 1 and any(
        amounts == sorted(figures[part] for _, part in way.parts if figures.get(part))
        and others.isdisjoint(part for _, part in way.parts)
        for way in ways.get(place, ())
        if way.kind is Kind.ROWS
    )


def _is_balance(place: Place, ways: Ways) -> bool:
    """Whether a figure is what is left of others that stand beside it."""
    return any(sign < 0 for way in ways.get(place, ()) for sign, _ in way.parts)


def _reached(place: Place, ways: Ways) -> set[Place]:
    """A figure and all that it is broken down into within its table."""
    found, left = {place}, [place]
    while left:
        for way in ways.get(left.pop(), ()):
            fresh = {part for _, part in way.parts if way.kind is not Kind.TABLE} - found
            found |= fresh
            left += fresh
    return found
