"""A table as it was understood: columns with their roles, rows with their kinds and parents, figures. All frozen.

Rows and columns are those of the sheet, counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from budget.money import Unit
from validators.grid import Grid, Place
from workbook.addresses import Area, Cell


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"  # the numbering of items: STT
    CONTENT = "content"  # what the row is about
    TOTAL = "total"  # an amount that sums up others
    SOURCE = "source"  # amounts of one funding source
    YEAR = "year"  # amounts of one year
    SOURCE_YEAR = "source-year"  # amounts of one source in one year
    AMOUNT = "amount"  # amounts that no header tells apart
    QUANTITY = "quantity"
    MEASURE = "measure"  # the unit that a quantity is counted in
    UNIT_PRICE = "unit-price"
    RATIO = "ratio"
    START = "start"
    END = "end"
    SCHEDULE = "schedule"
    AGENCY = "agency"
    OBJECTIVE = "objective"
    NOTE = "note"
    OTHER = "other"

    @property
    def is_amount(self) -> bool:
        """Whether the column holds money that may be added up."""
        return self in _AMOUNTS


_AMOUNTS = frozenset({Role.TOTAL, Role.SOURCE, Role.YEAR, Role.SOURCE_YEAR, Role.AMOUNT})


class Form(StrEnum):
    """What stands where a figure is expected."""

    NUMBER = "number"  # a number, or a formula that gives one
    TEXT = "text"  # a number written as text
    MALFORMED = "malformed"  # digits that are no number, or could be two
    DASH = "dash"


class Figure(NamedTuple):
    """A figure of a table, in the table's own unit. `value` is None where it is malformed.

    `printed` is the text of a text cell, else "". `decimals`: how many it has. `readings` are the numbers that a
    malformed figure could be, the likeliest first.
    """

    form: Form
    value: Decimal | None
    printed: str = ""
    decimals: int = 0
    readings: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `path`: its header labels from the top, merged headers included. `year`: of its amounts; `source`:
    the label of the funding source, folded (small letters, single spaces). `unit`: of its amounts or prices as they are
    stored, where the header says so, or the cells show them divided. `formula`: what the header states of it in a line
    of column numbers ("(3)=(4)+(5)"): signed columns.
    """

    index: int
    path: tuple[str, ...]
    role: Role
    year: int | None = None
    source: str = ""
    unit: Unit | None = None
    formula: tuple[tuple[int, int], ...] = ()  # (sign, column)

    @property
    def heading(self) -> str:
        """The header path on one line."""
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Span:
    """A label of the header, in one row, and the columns that it stands above."""

    row: int
    left: int
    right: int
    text: str


class RowKind(StrEnum):
    """What a row is."""

    ITEM = "item"  # a group, an item or a part of one: the tree tells
    TOTAL = "total"  # a total over other rows: Tổng cộng, Cộng
    MEMO = "memo"  # "Trong đó:", "Nguồn kinh phí:" without figures: what follows breaks its parent down
    TEXT = "text"  # words: amounts in words, remarks


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header. `number` and `label` as printed. `depth`: 0 for the outermost items. `parent`: the sheet
    row that this one belongs to, None for outermost ones. `memo`: it breaks its parent down once more ("of which"),
    and does not add up with the parent's other children.
    """

    index: int
    number: str
    label: str
    kind: RowKind
    depth: int = 0
    parent: int | None = None
    memo: bool = False
    bold: bool = False
    list: str = ""


class _Places(dict[Cell, Place]):
    """The cells of a sheet that were asked for."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet

    def __missing__(self, cell: Cell) -> Place:
        place = self[cell] = Place(self._sheet, *cell)
        return place


@dataclass(frozen=True)
class AppendixTable:
    """A budget table on a sheet.

    `area`: header and body. `body`: the first and the last row below the header. `unit` None: nowhere stated.
    `unit_text`: the words that state it, and `unit_cell` where; misspelt ones are understood and kept as printed.
    `figures`: by (row, column), only in columns of figures. `labels`: those of the header, row by row. `above` and
    `below`: the texts around the table.
    """

    grid: Grid
    area: Area
    body: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: Mapping[Cell, Figure]
    labels: tuple[Span, ...] = ()
    unit: Unit | None = None
    unit_text: str = ""
    unit_cell: Cell | None = None
    above: Mapping[Cell, str] = field(default_factory=dict)
    below: Mapping[Cell, str] = field(default_factory=dict)

    @cached_property
    def column_at(self) -> Mapping[int, Column]:
        """Columns by their index."""
        return {column.index: column for column in self.columns}

    @cached_property
    def row_at(self) -> Mapping[int, Row]:
        """Rows by their index."""
        return {row.index: row for row in self.rows}

    @cached_property
    def children(self) -> Mapping[int | None, tuple[Row, ...]]:
        """The rows that belong to each row, in order; None: the outermost ones."""
        found: dict[int | None, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.parent, []).append(row)
        return {parent: tuple(rows) for parent, rows in found.items()}

    def of_role(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of these roles, from the left."""
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def amounts(self) -> tuple[Column, ...]:
        """The columns of money that may be added up."""
        return tuple(column for column in self.columns if column.role.is_amount)

    @property
    def states_unit(self) -> bool:
        """Whether it, or a column of money, says in which unit amounts are."""
        return self.unit is not None or any(column.unit for column in self.amounts)

    @cached_property
    def summable(self) -> tuple[Column, ...]:
        """The columns whose figures may be added up: amounts, or quantities in a table that holds no money."""
        return self.amounts or self.of_role(Role.QUANTITY)

    def value(self, row: int, column: int) -> Decimal | None:
        """The figure at a place; None where there is none, or one that nobody can read."""
        figure = self.figures.get((row, column))
        return None if figure is None else figure.value

    def place(self, cell: Cell) -> Place:
        """A cell of this table's sheet."""
        return self.places[cell]

    @cached_property
    def places(self) -> Mapping[Cell, Place]:
        """Any cell of this table's sheet, made once: equations and rules ask for them again and again."""
        return _Places(self.grid.name)
