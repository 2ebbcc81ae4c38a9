"""Tables of one workbook that hold the same money: a summary and its details, one list printed twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile

from budget.money import Unit, convert
from budget.rollup import added
from validators.equations.bindings import unit_of
from validators.equations.model import Relation
from validators.funding.model import Figures
from validators.funding.roots import Roots
from validators.funding.ways import Kind, Way, Ways, standing_alone
from validators.grid import Grid, Place
from validators.own_sheet import holds_costings
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.wording import bare
from workbook.addresses import column_number

_LONG = 10  # letters of a label that names one thing only
_CAPTION = 3  # texts above a table that may name it
_MOST_TABLES = 60  # of a workbook, that are compared by name
_ENOUGH = 2  # amounts that agree
_NEARLY = 50  # of so much a summary may be off by one
_REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^'\[]|'')+)'|(?P<plain>[^\W\d][\w.]*))!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})"
    r"(?:(?P<sign>[*/])(?P<factor>10*))?"
)
_SHEET = re.compile(r"(?:'((?:[^'\[]|'')+)'|(?<![\w.\]'])([^\W\d][\w.]*))!")


@dataclass(frozen=True, slots=True)
class Same:
    """One amount in two tables: `scale` times the second figure is the first."""

    first: Place
    second: Place
    scale: Decimal


class Relations:
    """Which tables hold money that others hold too."""

    def __init__(self, checked: Checked, figures: Figures, ways: Ways, roots: Mapping[int, Sequence[Roots]]) -> None:
        self._checked, self._figures, self._ways, self._roots = checked, figures, ways, roots
        self._tables = [table for table in checked.tables if roots[id(table)]]
        self._of = {table.places[cell]: table for table in self._tables for cell in table.figures}
        self._tops = {place for each in roots.values() for one in each for place in one.places}

    @cached_property
    def _alone(self) -> Mapping[int, Sequence[Column]]:
        """The columns of money that are no part of another one, by the id of their table."""
        return {id(table): standing_alone(table, self._ways) for table in self._tables}

    @cached_property
    def details(self) -> Mapping[int, AppendixTable]:
        """The tables that detail rows of another one, by their id, with that other."""
        found: dict[int, AppendixTable] = {}
        for table in self._tables:
            holder = self._linked_from(table) or self._named_by(table)
            if holder is not None and id(holder) not in self.derived and not _is_above(table, holder, found):
                found[id(table)] = holder
        return {**self._generated(), **self._on_sheets_of_details(found), **found}

    def _generated(self) -> Mapping[int, AppendixTable]:
        """The costings of a generated workbook, which detail its items whatever these are called, by their heads."""
        costings = [table for table in self._tables if holds_costings(table.grid)]
        known = set(map(id, costings))
        appendix = next((table for table in self._tables if id(table) not in known), None)
        return {} if appendix is None else dict.fromkeys(known, appendix)

    @cached_property
    def derived(self) -> Mapping[int, AppendixTable]:
        """The tables whose amounts are computed from other sheets, by their id, each with a table of such a sheet."""
        found: dict[int, AppendixTable] = {}
        for table in self._tables:
            sheets = self._sources_of(table)
            first = next((each for each in self._tables if each.grid.name.casefold() in sheets), None)
            if first is not None:
                found[id(table)] = first
        return {key: table for key, table in found.items() if id(table) not in found}

    @cached_property
    def ways(self) -> Mapping[Place, Sequence[Way]]:
        """The rows that another table details, each broken down into the total of that table."""
        found: dict[Place, list[Way]] = defaultdict(list)
        for same in self._links:
            if same.second in self._tops and same.first not in self._tops:
                found[same.first].append(Way(Kind.TABLE, ((1, same.second),), scale=same.scale))
        return found

    def are_twins(self, first: AppendixTable, second: AppendixTable) -> bool:
        """Whether two tables hold the same money: their totals are the same, or half of the rows of one of them."""
        if _is_costing(first) and _is_costing(second):  # alike, but of two things
            return False
        pairs = self._pairs.get((id(first), id(second)), ())
        if any(one in self._tops and two in self._tops for one, two in pairs):
            return True
        return any(
            2 * len({place.row for place in linked} & outermost) >= max(_ENOUGH, len(outermost))
            for linked, outermost in (
                ([one for one, _ in pairs], _outermost(first)),
                ([two for _, two in pairs], _outermost(second)),
            )
        )

    @cached_property
    def _pairs(self) -> Mapping[tuple[int, int], Sequence[tuple[Place, Place]]]:
        """The figures that two tables share, by the ids of the tables, each way round."""
        found: dict[tuple[int, int], list[tuple[Place, Place]]] = defaultdict(list)
        for same in self._links:
            for one, two in ((same.first, same.second), (same.second, same.first)):
                found[id(self._of[one]), id(self._of[two])].append((one, two))
        return found

    @cached_property
    def _links(self) -> Sequence[Same]:
        """The figures that stand in two tables: by equations, by formulas, by amounts. Both ways where either is."""
        told = [
            Same(each.total, each.parts[0].place, each.scale)
            for each in self._checked.equations
            if each.relation is Relation.TABLES and each.total in self._of and each.parts[0].place in self._of
        ]
        told += [Same(each.second, each.first, 1 / each.scale) for each in told]
        return [*told, *self._referred(), *self._matching()]

    def _referred(self) -> Iterator[Same]:
        """The figures whose formula is another sheet's figure: `='Dự toán'!D22/1000000`."""
        names = {grid.name.casefold(): grid.name for grid in self._checked.book.sheets}
        for place, table in self._of.items():
            formula = table.grid.cells[place[1:]].formula
            found = _REFERENCE.fullmatch(formula) if formula else None
            if found is None:
                continue
            sheet = (found["plain"] or found["quoted"].replace("''", "'")).casefold()
            there = Place(names.get(sheet, ""), int(found["row"]), column_number(found["column"]))
            if there in self._of and self._of[there] is not table:
                factor = Decimal(found["factor"] or 1)
                yield Same(place, there, 1 / factor if found["sign"] == "/" else factor)

    def _matching(self) -> Iterator[Same]:
        """The rows of a summary that are the totals of other tables one by one, where most of them are."""
        for table in self._tables:
            for rows, found in self._one_by_one(table):
                if len({there for _, there in found}) >= max(_ENOUGH, (len(rows) + 1) // 2):
                    yield from (Same(here, there, self._scale(here, there)) for here, there in found)

    def _one_by_one(self, table: AppendixTable) -> Iterator[tuple[Sequence[Place], Sequence[tuple[Place, Place]]]]:
        """Column by column the outermost rows, and those of them that are the totals of other tables, each with it.

        Where several rows are as many totals, they go by the order of both.
        """
        for column in self._alone[id(table)]:
            rows: dict[Decimal, list[Place]] = defaultdict(list)
            for row in sorted(_outermost(table)):
                if self._figures.get(place := table.place((row, column.index))):
                    rows[self._in_dong(place)].append(place)
            found: list[tuple[Place, Place]] = []
            for amount, places in rows.items():
                by_table = {id(self._of[each]): each for each in self._totals[amount] if self._of[each] is not table}
                others = list(by_table.values())
                if len(others) == 1:
                    found += [(place, others[0]) for place in places]
                elif len(others) == len(places):
                    found += zip(places, others, strict=True)
            yield [place for places in rows.values() for place in places], found

    @cached_property
    def _totals(self) -> Mapping[Decimal, Sequence[Place]]:
        """The cells that state the grand total of a table, by the amount."""
        found: dict[Decimal, list[Place]] = defaultdict(list)
        for table in self._tables:
            for roots in self._roots[id(table)]:
                if roots.stated and len(roots.places) == 1:
                    found[self._in_dong(roots.places[0])].append(roots.places[0])
        return found

    def perhaps_within(
        self, table: AppendixTable, others: Sequence[AppendixTable], amounts: Mapping[int, Decimal]
    ) -> tuple[AppendixTable, ...]:
        """Of the other tables that count those whose money this one may hold too, though its figures do not prove it.

        It comes to nearly as much as all of them, or all of its rows but one are totals of tables, or its rows have the
        very amounts of those of an earlier one. `amounts`: what each table comes to, by its id.
        """
        whole = amounts[id(table)]
        same = [each for each in others if whole and amounts[id(each)] == whole]
        if earlier := [each for each in same if self._repeats(table, each)]:
            return (earlier[0],)
        if len(others) >= _ENOUGH and abs(whole - added(amounts[id(each)] for each in others)) <= abs(whole) / _NEARLY:
            return tuple(others)
        for rows, found in self._one_by_one(table):
            matched = {id(self._of[there]) for _, there in found}
            left = [each for each in others if id(each) not in matched]
            if matched and left and len(rows) == len(found) + 1:
                (odd,) = set(rows) - {here for here, _ in found}
                amount = self._in_dong(odd)
                nearest = min(left, key=lambda each: abs(amounts[id(each)] - amount))
                return tuple(each for each in others if id(each) in matched or each is nearest)
        return ()

    def _repeats(self, table: AppendixTable, other: AppendixTable) -> bool:
        """Whether the outermost rows of a table have the very amounts of those of an earlier one."""
        if not any(each is other for each in takewhile(lambda each: each is not table, self._tables)):
            return False
        first, second = (
            sorted((self._row_sum(each, each.row_at[row]), bare(each.row_at[row].label)) for row in _outermost(each))
            for each in (table, other)
        )
        alike = [amount for amount, _ in first] == [amount for amount, _ in second]
        return alike and (len(first) >= _ENOUGH or first == second)  # one amount alone may be the same by chance

    def _in_dong(self, place: Place) -> Decimal:
        return convert(self._figures[place], unit_of(self._of[place], place.column), Unit.DONG)

    def _scale(self, here: Place, there: Place) -> Decimal:
        units = [unit_of(self._of[place], place.column).factor for place in (there, here)]
        return units[0] / units[1]

    def _linked_from(self, table: AppendixTable) -> AppendixTable | None:
        """The table of whose rows this one's totals are the details."""
        for roots in self._roots[id(table)]:
            holders = [self._holders.get(place, set()) for place in roots.places]
            common = set.intersection(*holders) if holders else set()
            for other in self._tables:
                if id(other) in common and other is not table:
                    return other
        return None

    @cached_property
    def _holders(self) -> Mapping[Place, set[int]]:
        """The tables of which a figure details a row, by their ids."""
        found: dict[Place, set[int]] = defaultdict(set)
        for same in self._links:
            if same.first not in self._tops:
                found[same.second].add(id(self._of[same.first]))
        return found

    def _named_by(self, table: AppendixTable) -> AppendixTable | None:
        """The table with a row that the caption of this one names, where the row's amount leaves room for this one."""
        texts = [text for _, text in sorted(table.above.items(), reverse=True)[:_CAPTION]]
        caption = " ".join(map(bare, [*texts, table.grid.name]))
        named = [
            (len(words), other, row)
            for other in self._tables[:_MOST_TABLES]
            if other is not table and not _is_costing(other)
            for words, row in self._labels[id(other)].items()
            if words in caption
        ]
        longest = max((length for length, _, _ in named), default=0)
        best = [(other, row) for length, other, row in named if length == longest]
        if len(best) != 1:
            return None
        other, row = best[0]
        return other if self._sum(table) <= self._row_sum(other, row) else None

    @cached_property
    def _labels(self) -> Mapping[int, Mapping[str, Row]]:
        """The items whose label stands once in their table."""
        found = {}
        for table in self._tables:
            items = [(bare(row.label), row) for row in table.rows if row.kind is RowKind.ITEM and not row.memo]
            often = Counter(words for words, _ in items)
            found[id(table)] = {words: row for words, row in items if len(words) >= _LONG and often[words] == 1}
        return found

    def _sum(self, table: AppendixTable) -> Decimal:
        return min(sum((self._in_dong(place) for place in each.places), Decimal(0)) for each in self._roots[id(table)])

    def _row_sum(self, table: AppendixTable, row: Row) -> Decimal:
        places = [table.place((row.index, column.index)) for column in self._alone[id(table)]]
        return sum((self._in_dong(place) for place in places if place in self._figures), Decimal(0))

    def _on_sheets_of_details(self, details: Mapping[int, AppendixTable]) -> Mapping[int, AppendixTable]:
        """The costings on a sheet of which half the tables detail one and the same table."""
        found: dict[int, AppendixTable] = {}
        for grid in self._checked.book.sheets:
            tables = [table for table in self._tables if table.grid is grid]
            holders = Counter(id(details[id(table)]) for table in tables if id(table) in details)
            for key, count in holders.most_common(1):
                holder = next(each for each in self._tables if id(each) == key)
                if count >= max(_ENOUGH, len(tables) / 2):
                    found |= {id(table): holder for table in tables if _is_costing(table) and table is not holder}
        return found

    def _sources_of(self, table: AppendixTable) -> set[str]:
        """The other sheets that the amounts of a table come from; none where one is typed, or all are rows' totals."""
        cells = [place for cell in table.figures if (place := table.places[cell]) in self._figures]
        money = _money(table)
        leaves = [place for place in cells if place.column in money and not self._ways.get(place)]
        formulas = [table.grid.cells[place[1:]].formula for place in leaves]
        if not leaves or any(formula is None for formula in formulas) or all(place in self.ways for place in leaves):
            return set()
        sheets = [_other_sheets(formula or "", table.grid) for formula in formulas]
        return set().union(*sheets) if 2 * sum(map(bool, sheets)) >= len(sheets) else set()


def _is_above(table: AppendixTable, other: AppendixTable, holders: Mapping[int, AppendixTable]) -> bool:
    """Whether a table holds another one, or one that holds it."""
    above: AppendixTable | None = other
    while above is not None and above is not table:
        above = holders.get(id(above))
    return above is table


def _money(table: AppendixTable) -> set[int]:
    return {column.index for column in table.amounts}


def _other_sheets(formula: str, grid: Grid) -> set[str]:
    named = {(plain or quoted.replace("''", "'")).casefold() for quoted, plain in _SHEET.findall(formula)}
    return named - {grid.name.casefold()}


def _outermost(table: AppendixTable) -> set[int]:
    """The outermost items."""
    return {row.index for row in table.children.get(None, ()) if row.kind is RowKind.ITEM and not row.memo}


def _is_costing(table: AppendixTable) -> bool:
    return bool(table.of_role(Role.UNIT_PRICE))
