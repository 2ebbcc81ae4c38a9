"""Which rows of a table are alike, so that what adds up all of them must add up a further one, too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property

from addin.formula_tree import Reference
from validators.equations.model import Equation, Operation, Relation
from validators.grid import Place
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.numbering import Scheme
from validators.tables.wording import bare

_DOWN = frozenset({Relation.GROUP, Relation.GRAND, Relation.BREAKDOWN})
_UNNAMED = re.compile(r"\([^()]*\)|^[^:]*:")  # of the label of a source line: its share, and what opens the list


def is_line(row: Row) -> bool:
    """Whether a row only breaks down the one that it belongs to: a funding source, "of which"."""
    return row.parent is not None and (row.memo or row.kind is RowKind.MEMO or row.list == Scheme.SOURCE)


def opener(table: AppendixTable, row: Row) -> Row:
    """The row with the number and the words of the item that a row belongs to which has none; else the row itself.

    The item is merged down to it, or the row names something beside its figures: its source, where there is a column.
    """
    if row.kind is not RowKind.ITEM or row.number or row.label:
        return row
    above = next((each for each in reversed(table.rows) if each.index < row.index and (each.number or each.label)), row)
    columns = table.of_role(Role.NUMBER, Role.CONTENT)
    merged = (table.grid.merge_at(row.index, column.index) for column in columns)
    goes_on = any(area is not None and area.top == above.index for area in merged) or (
        bool(above.number) and any(isinstance(each.value, str) for each in table.grid.by_row[row.index].values())
    )
    return above if goes_on and above.kind is RowKind.ITEM else row


def continuing(table: AppendixTable, row: Row) -> Iterator[Row]:
    """The further rows of an item that stands in several (see `opener`)."""
    index = row.index + 1
    while (each := table.row_at.get(index)) is not None and opener(table, each) is row:
        yield each
        index += 1


def source_name(row: Row) -> str:
    """What the funding source of a line is called."""
    return bare(_UNNAMED.sub(" ", row.label))


class Kin:
    """Asks which rows of a table are like those from `top` to `bottom`, and which cells add up all of them."""

    def __init__(self, checked: Checked, table: AppendixTable, top: int, bottom: int) -> None:
        self._checked, self._table, self._top, self._bottom = checked, table, top, bottom
        self._alike = cache(self._found)

    def adds_up(self, place: Place, term: Reference, covered: set[int], *, own: bool) -> bool:
        """Whether a sum in a cell is one over all rows like that of `term`; `covered` are the rows that it adds up.

        `own`: the cell belongs to those rows itself.
        """
        if not own and self._is_equation(place, term):
            return True
        near, far = self._with_figures(term)
        if any(rows and rows <= covered for rows in (near, far)):
            return True
        return not own and not near and self._is_over(place, term, alone=not far)

    def is_quoted(self, place: Place, term: Reference) -> bool:
        """Whether a cell of another sheet takes the figure of the item, and that is the only one of its kind: it may
        mean all there is.
        """
        own = term.area.top == self._top and self.is_alone(self._top)
        return own and place.sheet != self._table.grid.name

    def is_alone(self, row: int) -> bool:
        """Whether no other row beside that one is like it."""
        return not self._alike(row)[0]

    def adds_some(self, term: Reference, covered: set[int]) -> bool:
        """Whether a sum adds up other rows like that of `term`."""
        return any(rows & covered for rows in self._with_figures(term))

    def typed_totals(self) -> Iterator[Equation]:
        """The equations of totals over one of the rows that are typed numbers."""
        for total, equations in self._over.items():
            cell = self._checked.book.sheet(total.sheet).cell(total.row, total.column)
            if cell is not None and cell.formula is None and not self._is_inside(total):
                yield from (each for each in equations if any(self._is_inside(part.place) for part in each.parts))

    def _is_inside(self, place: Place) -> bool:
        return place.sheet == self._table.grid.name and self._top <= place.row <= self._bottom

    @cached_property
    def _over(self) -> dict[Place, list[Equation]]:
        """The equations that add up rows, by their totals."""
        found: dict[Place, list[Equation]] = defaultdict(list)
        for equation in self._checked.equations:
            if equation.operation is Operation.SUM and equation.relation in _DOWN:
                found[equation.total].append(equation)
        return found

    def _is_equation(self, place: Place, term: Reference) -> bool:
        part = Place(self._table.grid.name, term.area.top, term.area.left)
        return any(part in (each.place for each in equation.parts) for equation in self._over.get(place, ()))

    def _is_over(self, place: Place, term: Reference, *, alone: bool) -> bool:
        """Whether a cell belongs to a row above the term in the tree, or to a total where the term's row is `alone` in
        the table; in the same column.
        """
        row = self._table.row_at.get(place.row)
        if place.sheet != self._table.grid.name or row is None or term.area.left != place.column:
            return False
        above = self._table.row_at[row.parent] if row.parent is not None else row
        totals = alone and RowKind.TOTAL in (row.kind, above.kind)
        return totals or row in self._ancestors(self._table.row_at[term.area.top])

    def _ancestors(self, row: Row) -> Iterator[Row]:
        while row.parent is not None:
            row = self._table.row_at[row.parent]
            yield row

    def _with_figures(self, term: Reference) -> tuple[set[int], set[int]]:
        """The rows like that of a term that hold a figure in its columns: those beside it, those of the whole table."""
        columns = range(term.area.left, term.area.right + 1)
        near, far = (
            {row for row in rows if any((row, column) in self._table.figures for column in columns)}
            for rows in self._alike(term.area.top)
        )
        return near, far

    def _found(self, index: int) -> tuple[frozenset[int], frozenset[int]]:
        """The rows outside the block that are like one of it: below the same parent, and in the whole table."""
        row = self._table.row_at.get(index)
        if row is None:
            return frozenset(), frozenset()
        alike = [
            each
            for each in self._table.rows
            if not self._top <= each.index <= self._bottom
            and (each.kind, each.list, each.depth, is_line(each)) == (row.kind, row.list, row.depth, is_line(row))
            and (not is_line(row) or source_name(each) == source_name(row))
            and not any(above.kind is RowKind.TOTAL for above in self._ancestors(each))
        ]
        home = self._home(row)
        near = frozenset(each.index for each in alike if self._home(each) == home)
        return near, frozenset(each.index for each in alike)

    def _home(self, row: Row) -> int | None:
        """The parent of a row; of a line, that of the item that it breaks down."""
        while is_line(row) and row.parent is not None:
            row = self._table.row_at[row.parent]
        return row.parent
