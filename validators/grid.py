"""A workbook as the checks see it: sheets of cells, each with its value, formula, looks and address. All of it frozen.

Rows and columns count from 1, as people and formulas count them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from faults import Text
from workbook.addresses import Area, address
from workbook.package import CellError

Kind = Literal["xlsx", "xlsm", "xls", "ods"]
Visibility = Literal["visible", "hidden", "veryHidden"]
Value = str | Decimal | bool | date | CellError | None


class Missing(Enum):
    """What `GridCell.cached` is where the file holds a formula and no value for it."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks, as far as it says what the cell means. `horizontal` as Excel names it: `left`, `center` ..."""

    number_format: str = "General"
    bold: bool = False
    italic: bool = False
    indent: int = 0
    horizontal: str = "general"


class GridCell(NamedTuple):
    """A cell that holds something.

    `value` is what a reader of the sheet sees: the constant, or the formula's stored value, or where there is none the
    calculated one. Numbers are Decimals, made once from what the file stores: a constant's shortest decimal
    (46.300000000000004 is not 46.3), of a formula's value 15 digits, as `readers.values` says. A `CellError` is a `str`
    too, so ask for it first. `None` is the value of a formula that has none and that could not be calculated.

    `formula` is without `=`, in English, as Excel writes it; None: a constant; empty: its text could not be read (in an
    .xls). `array`: it belongs to an array, and stands in each of its cells. `cached` is what the file stores; for a
    constant the same as `value`. `hidden`: the row or the column is hidden.
    """

    value: Value
    formula: str | None
    cached: Value | Missing
    style: CellStyle
    array: bool = False
    hidden: bool = False

    @property
    def number_format(self) -> str:
        """The number format code, in Excel's syntax."""
        return self.style.number_format

    @property
    def bold(self) -> bool:
        """Whether the whole text is bold."""
        return self.style.bold

    @property
    def italic(self) -> bool:
        """Whether the cell is italic."""
        return self.style.italic

    @property
    def indent(self) -> int:
        """The indentation level; 0 is none."""
        return self.style.indent

    @property
    def horizontal(self) -> str:
        """The horizontal alignment."""
        return self.style.horizontal


@dataclass(frozen=True)
class Grid:
    """One sheet. `cells` are those that hold something, by (row, column), row by row from the left.

    `rows` and `columns` are the last ones that hold something (0: the sheet is empty); `hidden_rows` and
    `hidden_columns` go no further than they do. `merges` are in the order of the file.
    """

    name: str
    visibility: Visibility
    cells: Mapping[tuple[int, int], GridCell]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> int:
        """The last row that holds something."""
        return max(map(itemgetter(0), self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The last column that holds something."""
        return max(map(itemgetter(1), self.cells), default=0)

    def cell(self, row: int, column: int) -> GridCell | None:
        """The cell, where it holds something."""
        return self.cells.get((row, column))

    def value(self, row: int, column: int) -> Value:
        """The value at a place; None where nothing is."""
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, GridCell]]:
        """The rows that hold something, from the top: row -> column -> cell, from the left."""
        rows: dict[int, dict[int, GridCell]] = {}
        for (row, column), cell in self.cells.items():
            rows.setdefault(row, {})[column] = cell
        return MappingProxyType({row: MappingProxyType(cells) for row, cells in rows.items()})

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merged area that covers a place."""
        return next((area for area in self._merges_by_row.get(row, ()) if area.covers(row, column)), None)

    @cached_property
    def _merges_by_row(self) -> Mapping[int, list[Area]]:
        """Only as far down as the sheet holds something: a whole column may be merged."""
        rows: dict[int, list[Area]] = {}
        for area in self.merges:
            for row in range(area.top, min(area.bottom, self.rows) + 1):
                rows.setdefault(row, []).append(area)
        return rows


class Place(NamedTuple):
    """A cell of a book: the name of its sheet, row, column."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell's address within its sheet."""
        return address(self.row, self.column)


class StaleCell(NamedTuple):
    """A formula cell whose stored value is not what its formula gives, to the decimals that the cell shows."""

    place: Place
    stored: Value
    calculated: Value


class DefinedName(NamedTuple):
    """A name for a range or a formula; `sheet` None: it is known in the whole book."""

    name: str
    refers_to: str
    sheet: str | None
    hidden: bool


@dataclass(frozen=True)
class Book:
    """A workbook file that was read.

    `external_links` are the files that it refers to, as it writes them. `calculated` are the formula cells without a
    stored value that were calculated, `circular` those that depend on themselves. `remarks` are what a person should
    know of the reading: a wrong suffix, formulas that were not judged.
    """

    path: Path
    kind: Kind
    sheets: tuple[Grid, ...]
    names: tuple[DefinedName, ...] = ()
    external_links: tuple[str, ...] = ()
    calculated: frozenset[Place] = frozenset()
    stale: tuple[StaleCell, ...] = ()
    circular: frozenset[Place] = frozenset()
    remarks: tuple[Text, ...] = ()

    def sheet(self, name: str) -> Grid:
        """The sheet of that name. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)
