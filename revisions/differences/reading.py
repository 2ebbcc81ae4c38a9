"""A version read from a workbook: what its tables say, row by row, each amount with the cell that it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from budget.money import Unit, convert
from budget.numbers import format_number, plain
from budget.plan import Axis
from budget.rollup import fold
from faults import InputFault, Text
from revisions.differences.version import Item, Version
from validators.equations.bindings import unit_of
from validators.funding import Leaf, TableFunding, funding
from validators.funding.counted import Counted
from validators.funding.saying import Sayings
from validators.grid import Place
from validators.reports.counting import COMPARED, left_out, without_figure
from validators.reports.units import units_unstated
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Column, Form, Role, Row, RowKind
from validators.tables.wording import is_memo

TEXTS = (
    Role.QUANTITY,
    Role.MEASURE,
    Role.UNIT_PRICE,
    Role.START,
    Role.END,
    Role.SCHEDULE,
    Role.AGENCY,
    Role.OBJECTIVE,
    Role.NOTE,
)
_CAPTION = 3  # rows above a table where its caption may stand
_LONGEST_CAPTION = 400  # letters


def version_of(checked: Checked, name: str) -> Version:
    """What a workbook says; of one that nobody has filled in yet its rows. Raises InputFault where no table of it is
    one of money.
    """
    found = Counted(checked, funding(checked))
    counted = found.counted or [each for each in found.fundings if each.within is None]
    if not counted:
        nothing = Text("không có bảng nào có số tiền", "no table holds amounts")
        raise InputFault(nothing, file=name, expected=Text("một phụ lục kinh phí", "a budget appendix"))
    reader = _Reader(found, is_alone=len(counted) == 1)
    for each in counted:
        reader.read(each, counts=True)
    for each in found.fundings:
        if each.within is not None and (each.leaves or not found.leaves):
            reader.read(each, counts=False)
    unit = found.unit if found.leaves else counted[0].table.unit or Unit.DONG
    remarks = (*units_unstated(found), *left_out(found, COMPARED), *without_figure(found))
    return Version(name, unit, tuple(reader.items()), reader.sources, reader.stated, remarks)


class _Row:
    """A row while its amounts are gathered."""

    def __init__(self, index: int, parent: int | None, number: str, title: str, place: Place) -> None:
        self.index, self.parent, self.number, self.title, self.place = index, parent, number, title, place
        self.amounts: dict[Axis, Decimal] = {}
        self.cells: dict[Axis, Place] = {}
        self.stated: dict[Axis, tuple[Decimal, Place]] = {}
        self.printed: dict[Axis, str] = {}
        self.texts: dict[str, tuple[str, Place]] = {}
        self.agency = ""
        self.counts = True
        self.is_table = False

    def add(self, axis: Axis, leaf: Leaf) -> None:
        self.amounts[axis] = self.amounts.get(axis, Decimal(0)) + leaf.amount
        self.cells.setdefault(axis, leaf.place)


class _Reader:
    """Reads one table after the other. `is_alone`: one alone counts, whose grand totals are those of the workbook."""

    def __init__(self, found: Counted, *, is_alone: bool) -> None:
        self._found, self._is_alone = found, is_alone
        self._rows: list[_Row] = []
        self.sources: dict[str, str] = {}
        self.stated: dict[Axis, tuple[Decimal, Place]] = {}

    def items(self) -> Iterator[Item]:
        for row in self._rows:
            yield Item(**vars(row))

    def read(self, each: TableFunding, *, counts: bool) -> None:
        table, first = each.table, len(self._rows)
        sayings = Sayings(table)
        root = self._add(None, "", _caption(table), table.place((table.area.top, table.area.left)))
        self._rows[root].is_table = True
        rows = self._read_rows(table, sayings, root)
        words: dict[tuple[tuple[str, ...], str, str], int] = {}
        for index, at in rows.items():
            said = sayings.at((index, table.columns[0].index))
            words.setdefault((said.groups, said.number, said.item), at)
        for leaf in each.leaves:
            key = leaf.groups, leaf.number, leaf.item
            own = _holder(table, leaf.place.row, rows) if leaf.place.sheet == table.grid.name else None
            if own is None and key not in words:  # an item of another table, which this one does not name
                words[key] = self._add(root, leaf.number, leaf.item, leaf.place)
            at = words[key] if own is None else rows[own]
            axis = self._axis(leaf.source, leaf.year)
            self._rows[at].add(axis, leaf)
            if (printed := self._misprint(leaf)) is not None:
                self._rows[at].printed[axis] = printed
        whole = self.stated if counts and self._is_alone else self._rows[root].stated
        self._read_sums(each, sayings, rows, whole)
        for row in self._rows[first:]:
            row.counts = counts

    def _add(self, parent: int | None, number: str, title: str, place: Place) -> int:
        self._rows.append(_Row(len(self._rows), parent, number, title, place))
        return len(self._rows) - 1

    def _read_rows(self, table: AppendixTable, sayings: Sayings, root: int) -> dict[int, int]:
        """The rows that are groups and items, by their row of the sheet: lines of payers are no items."""
        found: dict[int, int] = {}
        content = next(iter(table.of_role(Role.CONTENT)), table.columns[0]).index
        texts = list(_text_columns(table))
        for row in table.rows:
            said = sayings.at((row.index, content))
            is_line = (said.number, said.item) != (row.number, row.label)
            if row.kind is not RowKind.ITEM or row.memo or is_line or not row.label or is_memo(row.label):
                continue
            above = _holder(table, row.parent, found)
            at = self._add(root if above is None else found[above], row.number, row.label, _at(table, row, content))
            found[row.index] = at
            self._rows[at].agency = said.agency or ""
            self._rows[at].texts = dict(_texts(table, row, texts))
        return found

    def _read_sums(
        self, each: TableFunding, sayings: Sayings, rows: Mapping[int, int], whole: dict[Axis, tuple[Decimal, Place]]
    ) -> None:
        """What rows print that is the sum of others; into `whole` what the table prints of all of them."""
        table, leaves = each.table, {leaf.place for leaf in each.leaves}
        columns = [(column, self._sum_axis(column, sayings)) for column in table.amounts if column not in each.left_out]
        known = [(column, axis) for column, axis in columns if axis is not None]
        totals = {place.row for place in each.totals if place.sheet == table.grid.name}
        for index in chain(rows, sorted(totals - rows.keys())):
            for column, axis in known:
                place, value = table.place((index, column.index)), table.value(index, column.index)
                if value is None or place in leaves:
                    continue
                amount = convert(value, unit_of(table, column.index), Unit.DONG)
                if index in rows:
                    self._rows[rows[index]].stated.setdefault(axis, (amount, place))
                else:
                    whole.setdefault(axis, (amount, place))

    def _sum_axis(self, column: Column, sayings: Sayings) -> Axis | None:
        source = sayings.column_sources.get(column.index)
        if column.role is Role.AMOUNT or (column.role in (Role.SOURCE, Role.SOURCE_YEAR) and source is None):
            return None
        return self._axis(source, column.year)

    def _axis(self, source: str | None, year: int | None) -> Axis:
        if source is None:
            return Axis(None, year)
        self.sources.setdefault(fold(source), source)
        return Axis(fold(source), year)

    def _misprint(self, leaf: Leaf) -> str | None:
        try:
            figure = self._found.figure(leaf.place)
        except KeyError:
            return None
        return figure.printed if figure.form is Form.MALFORMED else None


def _holder(table: AppendixTable, row: int | None, known: Mapping[int, int]) -> int | None:
    """The row itself, or the nearest that it belongs to, which is a group or an item."""
    while row is not None and row not in known:
        found = table.row_at.get(row)
        row = None if found is None else found.parent
    return row


def _at(table: AppendixTable, row: Row, content: int) -> Place:
    return table.place((row.index, content))


def _text_columns(table: AppendixTable) -> Iterator[tuple[str, Column]]:
    """The columns of texts by what they hold; of several alike the further ones are numbered."""
    times: Counter[Role] = Counter()
    for column in table.of_role(*TEXTS):
        times[column.role] += 1
        yield f"{column.role}{f'-{times[column.role]}' if times[column.role] > 1 else ''}", column


def _texts(
    table: AppendixTable, row: Row, columns: Sequence[tuple[str, Column]]
) -> Iterator[tuple[str, tuple[str, Place]]]:
    """What the other columns of a row say, on one line each; a merged area says it in the first of its cells."""
    for name, column in columns:
        figure = table.value(row.index, column.index)
        value = table.grid.value(row.index, column.index) if figure is None else figure
        if isinstance(value, Decimal):
            priced = column.role in (Role.QUANTITY, Role.UNIT_PRICE)
            value = format_number(value) if priced else f"{plain(value):f}"  # a year has no thousands
        place = table.place((row.index, column.index))
        yield name, ("" if value is None else " ".join(str(value).split()), place)


def _caption(table: AppendixTable) -> str:
    """What a table is called: the last sentence above it, or else its sheet."""
    near: dict[int, list[str]] = defaultdict(list)
    for (row, _), text in table.above.items():
        line = fold(text)
        if table.area.top - row <= _CAPTION and not line.startswith(("đơn vị", "(", "đvt")):
            near[row].append(text)
    text = " ".join(near[max(near)]) if near else ""
    return text if text and len(text) <= _LONGEST_CAPTION else table.grid.name
