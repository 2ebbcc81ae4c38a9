"""Which typed totals of a sheet can be live formulas, which formula each of them gets, and why others get none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

from addin.formula_tree import FormulaTree
from addin.totals.circles import without_circles
from addin.totals.formulas import Option, sum_of
from addin.totals.lists import uncertain_lists
from faults import Text
from validators.equations.model import Equation, Operation, Relation
from validators.equations.system import System, system_of
from validators.grid import Book, GridCell, Place
from validators.tables.model import AppendixTable, Form, Role
from validators.tables.understanding import understand
from validators.tables.wording import bare
from workbook.addresses import Cell

_SUMS = (Relation.ROW, Relation.GROUP, Relation.GRAND, Relation.BREAKDOWN, Relation.CARRIED)
_RANK = {Relation.BREAKDOWN: 1, Relation.CARRIED: 2}  # of formulas that could stand in a cell; the others come first
_LEFT_OVER = re.compile(r"\b(?:con lai|con thieu|chenh lech|thua|thieu)\b")
_CHANGE = re.compile(r"\b(?:tang|giam)\b")


class Reason(Enum):
    """Why a total stays as it is."""

    DIFFERS = Text("không khớp", "they differ")
    ROUNDING = Text("có thể do làm tròn", "rounding may be why")
    TEXT = Text("là chữ, không phải số", "a text and no number")
    PARTS_TEXT = Text("có phần đang là chữ", "some of its parts are texts")
    UNSURE = Text("không chắc cộng những dòng nào", "nobody can say for sure what it adds up")
    OF_WHICH = Text("các dòng “Trong đó” chưa chắc kể hết các phần", "“of which” need not name all of its parts")
    CIRCLE = Text("công thức sẽ thành vòng", "the formula would refer to itself")
    LONG = Text("có quá nhiều số hạng rời nhau", "has too many scattered terms")
    HOST = Text("tính lại cho số khác", "comes out differently when calculated")


@dataclass(frozen=True)
class Untouched:
    """A typed total that stays: `made` is what its parts add up to, where there is one reading."""

    place: Place
    found: Decimal | str
    made: Decimal | None
    reason: Reason


@dataclass
class LiveTotals:
    """`tables` of the sheet; `count`: how many totals they have; `formulas`: those that become formulas; `untouched`:
    typed ones that do not.
    """

    tables: tuple[AppendixTable, ...]
    count: int = 0
    formulas: dict[Place, Option] = field(default_factory=dict)
    untouched: list[Untouched] = field(default_factory=list)

    def label(self, place: Place) -> str:
        """The number and the words of the row of a total."""
        rows = (table.row_at.get(place.row) for table in self.tables if table.area.covers(place.row, place.column))
        row = next(rows, None)
        return f"{row.number} {row.label}".strip() if row else ""


def live_totals(book: Book, sheet: str) -> LiveTotals:
    """The typed totals of a sheet. A total that is a formula already is in neither list."""
    tables = understand(book)
    found = LiveTotals(tuple(table for table in tables if table.grid.name == sheet))
    chooser = _Chooser(book, found.tables, system_of(tables))
    found.count = len(chooser.totals)
    options: dict[Place, list[Option]] = {}
    for place in chooser.totals:
        held = chooser.options(place)
        if isinstance(held, Untouched):
            found.untouched.append(held)
        elif held:
            options[place] = held
    found.formulas = without_circles(book, options)
    left_out = [place for place in options if place not in found.formulas]
    found.untouched += [chooser.untouched(place, Reason.CIRCLE) for place in left_out]
    found.untouched.sort(key=lambda each: each.place)
    return found


@dataclass(eq=False)
class _Line:
    """Totals that add up the same columns (`across`: those of one column do), or the same rows (those of one row).

    `steps`: the columns, or rows, that any of them adds up. `holds`: how many of them do, or are such formulas already.
    """

    across: bool
    steps: set[int]
    holds: int = 0


class _Chooser:
    """Weighs the equations that have one total."""

    def __init__(self, book: Book, tables: Iterable[AppendixTable], system: System) -> None:
        self._system = system
        self._grids = {grid.name: grid for grid in book.sheets}
        self._tables = {place: table for table in tables for place in map(table.place, table.figures)}
        self._uncertain: dict[Place, list[frozenset[Place]]] = defaultdict(list)  # lists that need not name all parts
        for table in tables:
            for row, cells in uncertain_lists(table):
                for column in table.columns:
                    self._uncertain[table.place((row, column.index))].append(cells)
        self.totals: dict[Place, list[Equation]] = defaultdict(list)
        for equation in system.equations:
            is_sum = equation.operation is Operation.SUM and equation.relation in _SUMS
            if is_sum and equation.total in self._tables and not self._is_difference(equation):
                self.totals[equation.total].append(equation)

    def options(self, place: Place) -> list[Option] | Untouched:
        """The formulas that a total can have, the best one first; why it can have none; nothing for a formula."""
        cell, equations = self._cell(place), self.totals[place]
        if cell.formula is not None or self._figure(place) is Form.DASH:
            return []
        if not isinstance(cell.value, Decimal) or cell.number_format == "@":
            return self.untouched(place, Reason.TEXT)
        solid = [each for each in equations if each.solid and not self._is_uncertain(each)]
        if not solid and any(map(self._is_uncertain, equations)):
            return self.untouched(place, Reason.OF_WHICH)
        exact = [each for each in solid if each.computed(self._system.values) == cell.value]
        if not exact:
            return self._why(place, solid)
        plain = [each for each in exact if not any(self._is_text(part.place) for part in each.parts)]
        if not plain:
            return self.untouched(place, Reason.PARTS_TEXT)
        plain.sort(key=lambda each: (_RANK.get(each.relation, 0), -self._line_of[each].holds))
        written = [option for each in plain if (option := self._option(each))]
        return written or self.untouched(place, Reason.LONG)

    def untouched(self, place: Place, reason: Reason, made: Decimal | None = None) -> Untouched:
        """Why a total stays."""
        value = self._cell(place).value
        return Untouched(place, value if isinstance(value, Decimal) else str(value), made, reason)

    def _why(self, place: Place, solid: list[Equation]) -> Untouched:
        if not solid:
            return self.untouched(place, Reason.UNSURE)
        made = {each: each.computed(self._system.values) or Decimal(0) for each in solid}
        stands = self._system.values[place]
        nearest = min(solid, key=lambda each: abs(stands - made[each]))
        off = abs(stands - made[nearest])
        reason = Reason.ROUNDING if off <= self._system.slack[nearest] else Reason.DIFFERS
        return self.untouched(place, reason, made[nearest])

    def _option(self, equation: Equation) -> Option | None:
        parts = tuple(part.place for part in equation.parts)
        if equation.relation is Relation.CARRIED and len(parts) == 1:
            return Option(parts[0].address, parts)
        plus = [(part.place.row, part.place.column) for part in equation.parts if part.sign > 0]
        minus = [(part.place.row, part.place.column) for part in equation.parts if part.sign < 0]
        table = self._tables[equation.total]
        formula = sum_of(table, [*plus, *self._blanks(equation)], minus) if plus else None
        return Option(formula, parts) if formula else None

    def _blanks(self, equation: Equation) -> Iterator[Cell]:
        """The cells that an equation leaves out since they are blank here, while those beside them are added up: what
        is typed there some day must count.
        """
        total, line = equation.total, self._line_of[equation]
        table, own = self._tables[total], {part.place for part in equation.parts}
        if any((place.row != total.row) if line.across else (place.column != total.column) for place in own):
            return
        rows = {place.row for place in own}
        above = {row for each in rows for row in _ancestors(table, each)}
        for step in line.steps:
            place = total._replace(column=step) if line.across else total._replace(row=step)
            apart = line.across or (step not in above and rows.isdisjoint(_ancestors(table, step)))
            if place not in own and place != total and apart and self._is_blank(place):
                yield place.row, place.column

    @cached_property
    def _line_of(self) -> Mapping[Equation, _Line]:
        """Sums across the rows of one column belong together where they share columns, sums down those of one row."""
        lines: dict[tuple[bool, Relation, int], list[_Line]] = defaultdict(list)
        found: dict[Equation, _Line] = {}
        for place, equations in self.totals.items():
            runs = self._direction(place)
            for each in equations:
                across = each.relation is Relation.ROW
                steps = {part.place.column if across else part.place.row for part in each.parts}
                beside = lines[across, each.relation, place.column if across else place.row]
                line = next((line for line in beside if not line.steps.isdisjoint(steps)), None)
                if line is None:
                    beside.append(line := _Line(across, set()))
                line.steps |= steps
                stands = self._system.values.get(place)
                line.holds += runs is across if runs is not None else each.computed(self._system.values) == stands
                found[each] = line
        return found

    def _direction(self, place: Place) -> bool | None:
        """Whether the formula in a cell adds up its row and not its column; None where there is no such formula."""
        formula = self._cell(place).formula
        try:
            areas = [each.area for each in FormulaTree(formula).references.values()] if formula else []
        except ValueError:
            return None
        if areas and all(area.top == area.bottom == place.row for area in areas):
            return True
        return False if areas and all(area.left == area.right == place.column for area in areas) else None

    def _is_difference(self, equation: Equation) -> bool:
        """Whether a sum across columns only says what is left of one of them: that one is no total."""
        if equation.relation is not Relation.ROW:
            return False
        columns = self._tables[equation.total].column_at
        total = columns[equation.total.column]
        if total.formula:  # the heading says how it is made
            return False
        headings = " ".join(bare(columns[part.place.column].heading) for part in equation.parts)
        return (
            any(part.sign < 0 for part in equation.parts)
            or bool(_LEFT_OVER.search(headings))
            or (total.role is not Role.TOTAL and bool(_CHANGE.search(headings)))
        )

    def _is_uncertain(self, equation: Equation) -> bool:
        """Whether a sum is one over "of which" lines that need not name all parts."""
        parts = {part.place for part in equation.parts}
        return any(parts <= cells for cells in self._uncertain[equation.total])

    def _cell(self, place: Place) -> GridCell:
        return self._grids[place.sheet].cells[place.row, place.column]

    def _figure(self, place: Place) -> Form:
        return self._tables[place].figures[place.row, place.column].form

    def _is_text(self, place: Place) -> bool:
        """Whether a figure is a text, which no formula adds up; a dash counts as nothing for both."""
        value = self._cell(place).value
        return not isinstance(value, Decimal) and self._figure(place) is not Form.DASH

    def _is_blank(self, place: Place) -> bool:
        cell = self._grids[place.sheet].cell(place.row, place.column)
        if cell is None or cell.value is None:
            return cell is None or cell.formula is None
        return place in self._tables and self._figure(place) is Form.DASH


def _ancestors(table: AppendixTable, index: int) -> Iterator[int]:
    """The rows that a row belongs to."""
    row = table.row_at.get(index)
    while row is not None and row.parent is not None:
        yield row.parent
        row = table.row_at.get(row.parent)
