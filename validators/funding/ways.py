"""How each figure of a workbook is broken down: into rows, into columns, into lines, into a table of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from validators.equations.evidence import is_rate
from validators.equations.model import Equation, Operation, Relation
from validators.equations.precision import precision_of
from validators.equations.tree import Tree
from validators.funding.model import Figures
from validators.grid import Place
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.wording import bare, is_source_line, years_in

NO_FUNDS = re.compile(
    r"(?:.*\b)?nguon (?:nhan luc|luc|nuoc|loi|goc|dien|mo|tin|giong|hang|cung|nguyen)\b|(?:chi|phan theo|chia theo)\b|"
    r"(?:tong|tong so|ke hoach|nhu cau|so) von\b|von (?:phan bo|giao|bo tri|ke hoach|da|con|\d+)\b"
)
_SPENT = re.compile(
    r"\b(?:uoc|da thuc hien|quyet toan|luy ke|giai ngan|da (?:bo tri|cap|giao)|con (?:lai|thieu)|tang|giam|"
    r"chenh lech|so sanh|(?<!sau )(?<!sau khi )dieu chinh|tong muc dau tu|tmdt)\b|^(?:so |ket qua )?thuc hien\b"
)
_REVISED = re.compile(r"\bsau (?:khi )?(?:dieu chinh|bo sung|dc)\b")
_CHANGE = re.compile(r"\b(?:tang|giam|chenh lech|dieu chinh|bo sung)\b")
_ACCUMULATED = re.compile(r"\b(?:luy ke|den het|con lai|(?:truoc|sau) (?:nam )?(?:19|20)\d\d)\b")
_ENOUGH = 2  # rows that tell
_SELDOM = 10  # of so many rows one may contradict a reading


class Kind(IntEnum):
    """What a figure is broken down into; of two ways that say as much the first is taken."""

    ROWS = 0
    COLUMNS = 1
    LINES = 2  # "of which": they need not name all
    WHOLE = 3  # not at all
    TABLE = 4  # the table that details the row


class Way(NamedTuple):
    """A way to break a figure down: the sum of the signed `parts` times `scale`.

    `partial`: what the parts lack is no mistake; parts that exceed the figure are none, then.
    """

    kind: Kind
    parts: tuple[tuple[int, Place], ...]
    partial: bool = False
    scale: Decimal = Decimal(1)


Ways = Mapping[Place, Sequence[Way]]
_KINDS = {
    Relation.GRAND: Kind.ROWS,
    Relation.GROUP: Kind.ROWS,
    Relation.CARRIED: Kind.ROWS,
    Relation.ROW: Kind.COLUMNS,
    Relation.BREAKDOWN: Kind.LINES,
}


def figures_of(checked: Checked) -> dict[Place, Decimal]:
    """The figures of a workbook; one that nobody can read as its equations prove it."""
    found = {
        table.places[cell]: figure.value
        for table in checked.tables
        for cell, figure in table.figures.items()
        if figure.value is not None
    }
    proven = {each.place: each.expected for each in checked.diagnoses if each.found is None}
    return {**proven, **found}


def ways_of(checked: Checked, figures: Figures) -> dict[Place, list[Way]]:
    """The ways within the tables of a workbook: those that the equations tell, and lists that are not exhaustive."""
    found: dict[Place, list[Way]] = defaultdict(list)
    changed = _columns_of_changes(checked)
    for equation in checked.equations:
        way = _told(equation, figures)
        if way is not None and not (way.kind is Kind.COLUMNS and equation.total[::2] in changed):
            found[equation.total].append(way)
    for table in checked.tables:
        for place, way in [*_rows(table, figures), *_lines(table, figures), *_partial_columns(table, figures, found)]:
            if not any(way.kind is other.kind and set(way.parts) & set(other.parts) for other in found[place]):
                found[place].append(way)
    return found


def _columns_of_changes(checked: Checked) -> set[tuple[str, int]]:
    """The columns of a plan after a change that is what was planned before and its changes, by sheet and column."""
    revised, changes = (_figures_under(checked.tables, kind) for kind in (is_revised, _is_change))
    return {
        equation.total[::2]
        for equation in (checked.equations if revised and changes else ())
        if equation.total in revised and any(part.place in changes for part in equation.parts)
    }


def _figures_under(tables: Sequence[AppendixTable], wanted: Callable[[Column], bool]) -> set[Place]:
    """The figures in columns of a kind."""
    return {
        table.place((row.index, column.index))
        for table in tables
        for column in filter(wanted, table.amounts)
        for row in table.rows
    }


def _told(equation: Equation, figures: Figures) -> Way | None:
    kind = _KINDS.get(equation.relation)
    if kind is None or equation.operation is not Operation.SUM or equation.total not in figures:
        return None
    if kind is Kind.COLUMNS and any(sign < 0 for _, sign in equation.parts):
        return None  # what is left of something
    partial = kind is Kind.LINES or not equation.solid
    return Way(kind, tuple([(sign, place) for place, sign in equation.parts if place in figures]), partial)


def _rows(table: AppendixTable, figures: Figures) -> Iterator[tuple[Place, Way]]:
    """The items below each row, where no equation adds them up."""
    tree = Tree(table)
    for row in tree.parents():
        below = [each for each in tree.items(row.index) if not each.memo]
        for column in table.amounts if below and row.kind is RowKind.ITEM else ():
            total = table.place((row.index, column.index))
            cells = [table.places[cell] for each in below for cell in tree.cells(each, column.index)]
            parts = tuple([(1, place) for place in cells if place in figures])
            if total in figures and parts:
                yield total, Way(Kind.ROWS, parts, partial=True)


def _lines(table: AppendixTable, figures: Figures) -> Iterator[tuple[Place, Way]]:
    """The "of which" lines of each row: those that no equation adds up name a part of it."""
    for row, lines in _of_which(Tree(table)):
        for column in table.amounts:
            total = table.place((row.index, column.index))
            parts = tuple((1, place) for place in _filled(table, lines, column, figures))
            if total in figures and parts:
                yield total, Way(Kind.LINES, parts, partial=True)


def _of_which(tree: Tree) -> Iterator[tuple[Row, Sequence[Row]]]:
    """The rows that name parts of one above; of a table those that stand beside its only total, or only group."""
    for row in tree.parents():
        yield row, [each for each in tree.items(row.index) if each.memo]
        for heading in tree.headings(row.index):
            yield row, tree.items(heading.index)
    outermost = tree.items(None)
    totals = [row for row in tree.totals() if row.parent is None] or [row for row in outermost if not row.memo]
    if len(totals) == 1:
        yield totals[0], [row for row in outermost if row.memo]


def _filled(table: AppendixTable, rows: Sequence[Row], column: Column, figures: Figures) -> Iterator[Place]:
    for row in rows:
        place = table.place((row.index, column.index))
        if place in figures:
            yield place


def _partial_columns(table: AppendixTable, figures: Figures, known: Ways) -> Iterator[tuple[Place, Way]]:
    """The sources and years beside a total that they never exceed, and do not make up: "Tổng số | Trong đó NSTW".

    What a project costs in all is no total of a plan where the table tells what was spent on it in earlier years.
    """
    tops = [column for column in standing_alone(table, known) if filled(table, column, figures)]
    if any(map(is_accumulated, tops)):
        tops = [column for column in tops if not is_spent(column) and not is_accumulated(column)]
    totals = [column for column in tops if column.role in PLAIN]
    inner = [column for column in totals if source_above(column)]
    parts_of_years = list(_sources_of_years(table, tops, figures))
    yield from parts_of_years
    taken = {place.column for _, way in parts_of_years for _, place in way.parts}
    groups: dict[tuple[int, bool], list[Column]] = defaultdict(list)
    for part in tops:
        if (part.role in PLAIN and part not in inner) or part.index in taken:
            continue
        wider = [each for each in totals if each not in inner and _shared(each, part)] if part in inner else totals
        if total := _nearest(wider, part):
            groups[total.index, part.year is None].append(part)
    for (index, _), parts in groups.items():
        total = table.column_at[index]
        ways = [way for row in table.rows if (way := _beside(table, row, total, parts, figures))]
        exceeding = sum(_made(way, figures) > figures[place] for place, way in ways)
        if ways and exceeding * _SELDOM <= len(ways):
            yield from ways


def _sources_of_years(table: AppendixTable, tops: Sequence[Column], figures: Figures) -> Iterator[tuple[Place, Way]]:
    """The sources behind a year that make it up in every row: "Kế hoạch 2026 | NSTW | NSĐP"."""
    for number, total in enumerate(tops):
        if total.role is Role.YEAR:
            parts = list(takewhile(lambda column: column.role is Role.SOURCE, tops[number + 1 :]))
            ways = [way for row in table.rows if (way := _beside(table, row, total, parts, figures))]
            if ways and all(_made(way, figures) == figures[place] for place, way in ways):
                yield from ways


def source_above(column: Column) -> str:
    """The label of a source that a total stands under: "Trong đó: NSTW" over "Tổng số"; "" where it is of all."""
    labels = [label for label in column.path[:-1] if is_source_line(label) and not years_in(label)]
    return next((label for label in labels if not NO_FUNDS.match(bare(label))), "") if column.role is Role.TOTAL else ""


def _nearest(totals: Sequence[Column], part: Column) -> Column | None:
    """The total that a column belongs to: of its year or of none, under the same labels, the nearest at its left."""

    def nearness(total: Column) -> tuple[int, bool, int]:
        return _shared(total, part), total.index < part.index, -abs(total.index - part.index)

    return max((total for total in totals if total.year in (None, part.year)), key=nearness, default=None)


def _shared(first: Column, second: Column) -> int:
    """How many labels two columns stand under together."""
    pairs = zip(first.path, second.path, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _beside(
    table: AppendixTable, row: Row, total: Column, parts: Sequence[Column], figures: Figures
) -> tuple[Place, Way] | None:
    place = table.place((row.index, total.index))
    beside = [each for part in parts if (each := table.place((row.index, part.index))) in figures]
    if row.kind is RowKind.TEXT or place not in figures or not beside:
        return None
    return place, Way(Kind.COLUMNS, tuple((1, each) for each in beside), partial=True)


def _made(way: Way, figures: Figures) -> Decimal:
    made = Decimal(0)
    for sign, place in way.parts:
        made = made + figures[place] if sign > 0 else made - figures[place]
    return made


PLAIN = (Role.TOTAL, Role.AMOUNT)


def standing_alone(table: AppendixTable, ways: Ways) -> list[Column]:
    """The columns of money that are no part of another one, from the left; a rate is none."""
    parts = {
        place.column
        for cell in table.figures
        for way in ways.get(table.places[cell], ())
        if way.kind is Kind.COLUMNS
        for _, place in way.parts
    }
    alone = [column for column in table.amounts if column.index not in parts and not _is_rate(table, column)]
    return [column for column in alone if not any(_is_made_of(table, other, column) for other in alone)]


def _is_made_of(table: AppendixTable, whole: Column, column: Column) -> bool:
    """Whether a column of money is in all rows how often another one is meant: "hằng năm" times "Số năm"."""
    for quantity in table.of_role(Role.QUANTITY) if whole is not column else ():
        rows = [[table.value(row.index, each.index) for each in (whole, column, quantity)] for row in table.rows]
        filled = [(made, amount, times) for made, amount, times in rows if made and amount and times]
        often = any(times != 1 for _, _, times in filled)
        if often and len(filled) >= _ENOUGH and all(made == amount * times for made, amount, times in filled):
            return True
    return False


def _is_rate(table: AppendixTable, column: Column) -> bool:
    """Whether one and the same figure stands in all rows, and in a total over them: "vốn một điểm"."""
    totals = any(row.kind is RowKind.TOTAL and table.value(row.index, column.index) for row in table.rows)
    return totals and is_rate(table, column.index)


def is_revised(column: Column) -> bool:
    """Whether a column tells what is planned after a change of it: "Kinh phí sau điều chỉnh"."""
    return bool(_REVISED.search(bare(column.heading)))


def _is_change(column: Column) -> bool:
    """Whether a column tells by how much a plan was changed: "Điều chỉnh tăng"."""
    return bool(_CHANGE.search(bare(column.heading))) and not is_revised(column)


def is_spent(column: Column) -> bool:
    """Whether a column tells what was spent, how it changed, what a project costs in all, and not what is planned."""
    return _is_spent(column.heading)


def is_accumulated(column: Column) -> bool:
    """Whether a column is of all years up to one, or of those that follow: the year that it names is not its own."""
    return _is_accumulated(column.heading)


@lru_cache(maxsize=4_096)  # headings
def _is_spent(heading: str) -> bool:
    return bool(_SPENT.search(bare(heading)))


@lru_cache(maxsize=4_096)
def _is_accumulated(heading: str) -> bool:
    return bool(_ACCUMULATED.search(bare(heading)))


def filled(table: AppendixTable, column: Column, figures: Figures) -> bool:
    """Whether a column holds a figure that is not zero."""
    return any(figures.get(table.place((row.index, column.index))) for row in table.rows)


class Gaps:
    """What the parts of a way lack, but for rounding."""

    def __init__(self, tables: Sequence[AppendixTable], figures: Figures) -> None:
        self._figures = figures
        self._of: dict[Place, AppendixTable] = {table.places[cell]: table for table in tables for cell in table.figures}
        self._precision = {id(table): precision_of(table) for table in tables}

    def of(self, total: Place, way: Way) -> Decimal:
        """The figure less what the parts make, in its own unit; 0 where rounding explains it, as it cannot of one line
        that names a part.
        """
        gap = self._figures[total] - _made(way, self._figures) * way.scale
        if not gap or (way.kind is Kind.LINES and len(way.parts) == 1):
            return gap
        return Decimal(0) if abs(gap) <= self.slack(total, way) else gap

    def slack(self, total: Place, way: Way) -> Decimal:
        """How far rounding may set the figure off from its parts."""
        table = self._of[total]
        if way.kind is Kind.TABLE:
            ((_, part),) = way.parts
            here, there = self._last(total), self._last(part) * way.scale
            return max(here, there) / 2 if here != there else Decimal(0)
        return self._precision[id(table)].slack(total[1:], [place[1:] for _, place in way.parts])

    def _last(self, place: Place) -> Decimal:
        return self._precision[id(self._of[place])].unit_in_last_place(place[1:])
