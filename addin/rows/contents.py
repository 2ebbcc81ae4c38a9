"""What the cells of new rows hold: formulas like those of the rows that they are copies of, and nothing that was typed.

Numbers go on, lines keep their labels, and the columns that formulas pick rows by are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from openpyxl.formula.tokenizer import Token

from addin.blocks import text
from addin.formula_tree import FormulaTree, name_key
from addin.rows.growth import Grower
from addin.rows.kin import continuing, is_line
from addin.rows.numbering import Numbered, Series, numbered, running_on
from generators.appendix import HELPER_HEADS
from generators.costing import TRACE_HEADS
from generators.formulas import SUMS
from validators.grid import GridCell, Place
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.wording import is_source, years_in
from workbook.addresses import Cell

_ID_HEAD = HELPER_HEADS[0]
_HEADS = {*HELPER_HEADS, TRACE_HEADS[-1]}
_LAST_DIGITS = re.compile(r"(.*?)(\d+)")
_WORDS = re.compile(r"\w{2,}\W+\w{2,}")
_PICKED = re.compile(r"(?P<one>SUMIF|COUNTIF|AVERAGEIF)|(?P<many>SUMIFS|AVERAGEIFS|MAXIFS|MINIFS)|(?P<count>COUNTIFS)")


class NewRows:
    """Works out the cells of the new rows."""

    def __init__(self, checked: Checked, table: AppendixTable, item: Row, grower: Grower) -> None:
        self._checked, self._table, self._item, self.grower = checked, table, item, grower
        self._growth, self._grid = grower.growth, table.grid
        self._last_part = running_on(table, item, self._growth.bottom)
        self._heads = self._helper_heads()
        self._keys = {*self._heads, *self._picking()}
        self._names = self._new_names()

    @property
    def number(self) -> str:
        """The number of the new item."""
        return Series(self._table, self._item).next()

    @property
    def series(self) -> Iterator[Series]:
        """The numberings that go on with the new rows."""
        yield Series(self._table, self._item)
        if self._last_part:
            yield Series(self._table, self._last_part)

    def contents(self) -> dict[Cell, str]:
        """What each cell holds, as it is written; an empty text clears what the copying brought along."""
        found: dict[Cell, str] = {}
        for row in self._growth.model:
            new = self._growth.copies[row]
            summing = False
            for column, cell in self._grid.by_row.get(row, {}).items():
                content, own = self._content(Place(self._growth.sheet, row, column), cell)
                summing = summing or (own and self._sums_rows(content, new))
                if content is not None:
                    found[new, column] = content
            for column, head in self._heads.items():
                if head == HELPER_HEADS[-1] and found.get((new, column)) == SUMS and not summing:
                    found[new, column] = ""
        for where, printed in self.numbers():
            found[self._growth.copies[where.row], where.column] = where.alone(printed)
        return found

    def _content(self, place: Place, cell: GridCell) -> tuple[str | None, bool]:
        """What the copy of a cell holds (None: the very same), and whether it refers to rows that are copied."""
        row = self._table.row_at.get(place.row)
        column = self._table.column_at.get(place.column)
        role = column.role if column else None
        labelled = row is not None and (is_line(row) or row.kind is RowKind.TOTAL)
        keeps = labelled and role in (Role.NUMBER, Role.CONTENT)
        if cell.formula is not None:
            return self._formula(place, cell, keeps=keeps, role=role)
        if keeps:
            return None, False
        if isinstance(cell.value, str) and place.column in self._sources.get(place.row, ()):
            return None, False
        if place.column in self._keys and isinstance(cell.value, Decimal):
            return f"{cell.value:f}", False
        if place.column in self._keys and isinstance(cell.value, str):
            return text(self._names.get(cell.value, cell.value)), False
        return "", False

    def _formula(self, place: Place, cell: GridCell, *, keeps: bool, role: Role | None) -> tuple[str, bool]:
        """A formula about its own row goes along. One that brings in a figure from elsewhere is an input, like a typed
        one, and text that is written as a formula is text.
        """
        formula = cell.formula or ""
        if cell.array or (role is Role.CONTENT and not keeps and _WORDS.search(_literals(formula))):
            return "", False
        try:
            copied = self.grower.copied(formula, place, self._names)
        except ValueError:
            return "", False
        if copied is None or not (copied[1] or keeps or role is Role.NUMBER):
            return "", False
        return f"={copied[0]}", copied[1]

    @cached_property
    def _sources(self) -> dict[int, list[int]]:
        """The columns that name the sources, or years, of an item that stands in several rows, by these rows."""
        found: dict[int, list[int]] = {}
        for index in self._growth.model:
            row = self._table.row_at.get(index)
            rows = [] if row is None else [each.index for each in (row, *continuing(self._table, row))]
            if len(rows) > 1:
                columns = [column.index for column in self._table.columns]
                held = {column: [self._grid.value(each, column) for each in rows] for column in columns}
                named = [column for column, values in held.items() if all(map(_is_axis, values))]
                found |= dict.fromkeys(rows, named)
        return found

    def _sums_rows(self, content: str | None, row: int) -> bool:
        """Whether a formula of a new row refers to other new rows."""
        if not content or not content.startswith("="):
            return False
        areas = [each.area for each in FormulaTree(content[1:]).references.values() if not each.prefix]
        return any(other != row and area.top <= other <= area.bottom for area in areas for other in self._growth.rows)

    def numbers(self) -> Iterator[tuple[Numbered, str]]:
        """The numbers of the new rows, by where those stand that they are copies of."""
        table, item = self._table, self._item
        if where := numbered(table, item):
            yield where, self.number
        prefixes = {item.index: (item.number, self.number)}
        for row in map(table.row_at.get, self._growth.model[1:]):
            if row is None or is_line(row) or row.kind is RowKind.TOTAL or row.parent is None:
                continue
            old, new = prefixes.get(row.parent, ("", ""))
            begins = old.rstrip(".") + "."
            continued = row.number
            if old and row.number.startswith(begins):
                continued = new.rstrip(".") + "." + row.number.removeprefix(begins)
            elif self._last_part and row.parent == item.index:
                continued = Series(table, self._last_part).next()
            prefixes[row.index] = row.number, continued
            if where := numbered(table, row):
                yield where, continued

    def _helper_heads(self) -> dict[int, str]:
        """The helper columns of a generated sheet, with what they are called; their heads stand above all tables."""
        heads: dict[int, str] = {}
        for row in range(1, self._table.body[0]):
            cells = self._grid.by_row.get(row, {})
            if any(cell.value == _ID_HEAD for cell in cells.values()):
                heads |= {column: str(cell.value) for column, cell in cells.items() if cell.value in _HEADS}
        return heads

    def _new_names(self) -> dict[str, str]:
        """The ids of the rows that are copied, and those of their copies."""
        found: dict[str, str] = {}
        for column, head in self._heads.items():
            if head != _ID_HEAD:
                continue
            taken = {str(cell.value) for (_, at), cell in self._grid.cells.items() if at == column}
            for row in self._growth.model:
                name = self._grid.value(row, column)
                if isinstance(name, str):
                    of_parent = next((old for old in found if name.startswith(f"{old}-")), None)
                    inner = f"{found[of_parent]}{name.removeprefix(of_parent)}" if of_parent else name
                    found[name] = inner if inner not in taken else _free_name(name, taken)
                    taken.add(found[name])
        return found

    def _picking(self) -> Iterator[int]:
        """The columns outside those that people fill in by which sums pick the rows of the table."""
        known = {column.index for column in self._table.columns if column.role is not Role.OTHER}
        for grid in self._checked.book.sheets:
            for cell in grid.cells.values():
                if cell.formula and "IF" in cell.formula:
                    yield from (column for column in self._picked(cell.formula, grid.name) if column not in known)

    def _picked(self, formula: str, sheet: str) -> Iterator[int]:
        """The columns of this table that a formula picks rows by."""
        try:
            tree = FormulaTree(formula)
        except ValueError:
            return
        for at in _criteria(tree):
            each = tree.references.get(at)
            if each and name_key(each.sheet or sheet) == name_key(self._growth.sheet):
                first, last = each.area.top, each.area.bottom
                if first <= self._growth.bottom and last >= self._growth.top and each.area.left == each.area.right:
                    yield each.area.left


def _is_axis(value: object) -> bool:
    """Whether a cell names a funding source or a year."""
    return isinstance(value, str) and (is_source(value) or bool(years_in(value)))


def _criteria(tree: FormulaTree) -> Iterator[int]:
    """Which tokens are ranges that SUMIF and its like compare with something."""
    open_ones: list[tuple[str, int]] = []
    for at, token in enumerate(tree.tokens):
        if token.subtype == Token.OPEN:
            open_ones.append((token.value[:-1].upper().removeprefix("_XLFN."), 0))
        elif token.subtype == Token.CLOSE:
            open_ones.pop()
        elif token.type == Token.SEP and open_ones:
            open_ones[-1] = (open_ones[-1][0], open_ones[-1][1] + 1)
        elif open_ones and (found := _PICKED.fullmatch(open_ones[-1][0])):
            argument = open_ones[-1][1]
            if (
                (found["one"] and argument == 0)
                or (found["many"] and argument % 2)
                or (found["count"] and argument % 2 == 0)
            ):
                yield at


def _literals(formula: str) -> str:
    """The longest text in a formula."""
    try:
        texts = (token.value for token in FormulaTree(formula).tokens if token.subtype == Token.TEXT)
        return max(texts, key=len, default="")
    except ValueError:
        return ""


def _free_name(name: str, taken: set[str]) -> str:
    """A name like another one that nobody bears: counted on."""
    found = _LAST_DIGITS.fullmatch(name)
    stem, number = (found[1], int(found[2])) if found else (f"{name}-", 1)
    while f"{stem}{number}" in taken or f"{stem}{number}" == name:
        number += 1
    return f"{stem}{number}"
