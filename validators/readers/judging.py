"""Which formulas may be given to a calculator: those that it calculates as Excel does, in any locale, at a known cost.

Left out are functions that are volatile, that depend on the locale (TEXT, VALUE) or that make arrays; references to
other files, to Excel tables and over several sheets; arithmetic on texts that look like numbers, which a Vietnamese
Excel reads otherwise than an English one. What is left out keeps its stored value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from validators.grid import Book, Grid, GridCell
from workbook.addresses import Area, column_number
from workbook.package import CellError

_AGGREGATES = {"SUM", "PRODUCT", "MIN", "MAX", "COUNT", "COUNTA", "AVERAGE", "SUBTOTAL"}  # they pass over texts
_LOOKUPS = {"INDEX", "MATCH", "VLOOKUP", "HLOOKUP", "LOOKUP", "ROWS", "COLUMNS", "COUNTBLANK"}
_CONDITIONAL = {"SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS"}
_QUICK = _AGGREGATES | _LOOKUPS | _CONDITIONAL
_ARITHMETIC = {"SUMPRODUCT", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC", "MOD", "ABS", "SIGN", "QUOTIENT", "POWER"}
_ARITHMETIC |= {"SQRT", "CEILING", "FLOOR", "MROUND", "EVEN", "ODD", "LARGE", "SMALL", "MEDIAN", "RANK"}
_LOGIC = {"IF", "IFERROR", "IFNA", "AND", "OR", "NOT", "XOR", "TRUE", "FALSE", "CHOOSE", "N", "NA", "ROW", "COLUMN"}
_LOGIC |= {"ISNUMBER", "ISTEXT", "ISNONTEXT", "ISBLANK", "ISERROR", "ISERR", "ISNA", "ISLOGICAL"}
_DAYS = {"DATE", "YEAR", "MONTH", "DAY"}
_TEXT = {"LEFT", "RIGHT", "MID", "LEN", "TRIM", "UPPER", "LOWER", "PROPER", "EXACT", "FIND", "SEARCH", "CONCATENATE"}
_KNOWN = _QUICK | _ARITHMETIC | _LOGIC | _DAYS | _TEXT
_LOOP = 40  # what a cell costs that is visited by an operator or SUMPRODUCT, in those that SUM adds
_LONGEST = 8_192  # characters of a formula (Excel specifications and limits)
_LONGEST_TEXT = 3_000  # ... and of one that builds text, which is given twice
_MAX_ARRAY = 50_000  # cells of the ranges in a formula that builds text

_STRING = re.compile(r'"[^"]*"')
_SEVERAL_SHEETS = re.compile(r":'[^']*'!|:[^\W\d][\w.]*!|'[^']*:[^']*'!")
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"""(?:(?P<sheet>'(?:[^']|'')*'|(?<![\w.\\$])[^\W\d][\w.]*)!)?
        (?<![\w.\\$])(?P<reference>{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})
        (?![\w(.!\[\\])
      | (?P<function>(?<![\w.\\])[A-Z_][\w.]*)\(
      | (?P<bracket>[()])""",
    re.VERBOSE,
)
_SWAPPED = re.compile(rf'SUBSTITUTE\(({_CELL}),"[^"]","[^"]"\)')  # one letter for one: no text grows
_NO_END = 2**31
_LIKE_A_NUMBER = re.compile(r"[\s\d.,%+\-/:()eE₫đ]*\d[\s\d.,%+\-/:()eE₫đ]*")


class _Use(NamedTuple):
    """A reference in a formula; `sheet` is empty where it names none, `function` is the one whose direct argument it is
    (empty: of none).
    """

    sheet: str
    area: Area
    function: str
    is_range: bool


class Judge:
    """Tells which formulas of a book may be calculated; `work` is what those cost that were admitted."""

    def __init__(self, book: Book) -> None:
        self._grids = {grid.name.casefold(): grid for grid in book.sheets}
        self._texts = {name: _number_like(grid) for name, grid in self._grids.items()}
        self.work = 0

    def admits(self, cell: GridCell, sheet: str) -> bool:
        """Whether the formula of a cell on that sheet may be calculated."""
        formula = (cell.formula or "").replace("_xlfn.", "")
        if cell.array or not formula or len(formula) > _LONGEST:
            return False
        found = _uses(formula)
        if found is None:
            return False
        own = sheet.casefold()
        uses = [use if use.sheet else use._replace(sheet=own) for use in found]
        if any(use.sheet not in self._grids or self._is_doubtful(use) for use in uses):
            return False
        sizes = [self._size(use) for use in uses]
        if builds_text(formula) and (len(formula) > _LONGEST_TEXT or sum(sizes) > _MAX_ARRAY):
            return False
        self.work += sum(size * (1 if use.function in _QUICK else _LOOP) for use, size in zip(uses, sizes, strict=True))
        return True

    def _size(self, use: _Use) -> int:
        grid, area = self._grids[use.sheet], use.area
        rows = min(area.bottom, grid.rows) - area.top + 1
        columns = min(area.right, grid.columns) - area.left + 1
        return max(rows, 1) * max(columns, 1)

    def _is_doubtful(self, use: _Use) -> bool:
        """Whether a text that looks like a number may be calculated with."""
        if use.is_range and use.function in _AGGREGATES:
            return False
        texts, area = self._texts[use.sheet], use.area
        for column, rows in texts.items():
            if area.left <= column <= area.right:
                first = bisect_left(rows, area.top)
                if first < len(rows) and rows[first] <= area.bottom:
                    return True
        return False


def builds_text(formula: str) -> bool:
    """Whether a formula may make a text longer than those it is made of."""
    return "&" in formula or "CONCATENATE(" in formula


def _number_like(grid: Grid) -> Mapping[int, list[int]]:
    """The texts that look like numbers or days: column -> rows, from the top."""
    found: dict[int, list[int]] = {}
    for (row, column), cell in grid.cells.items():
        value = cell.value
        if isinstance(value, str) and not isinstance(value, CellError) and _LIKE_A_NUMBER.fullmatch(value):
            found.setdefault(column, []).append(row)
    for rows in found.values():
        rows.sort()
    return found


@lru_cache(maxsize=4_096)  # sheets of one form have the same formulas
def _uses(formula: str) -> Sequence[_Use] | None:
    """The references of a formula; None for one of the kinds that are left out whatever they refer to."""
    if "SUBSTITUTE(" in formula:
        formula = _SWAPPED.sub(r"TRIM(\1)", formula)
    bare = _STRING.sub('""', formula) if '"' in formula else formula
    if "[" in bare or "{" in bare or ("!" in bare and _SEVERAL_SHEETS.search(bare)):
        return None
    uses = []
    for found in _scan(bare):
        if isinstance(found, _Use):
            uses.append(found)
        elif found not in _KNOWN:
            return None
    return uses


def _scan(bare: str) -> Iterator[_Use | str]:
    """The references and the functions' names of a formula without its texts."""
    within = [""]
    for token in _TOKEN.finditer(bare):
        if token["function"]:
            within.append(token["function"].upper())
            yield within[-1]
        elif token["bracket"] == "(":
            within.append("")
        elif token["bracket"] == ")":
            del within[max(1, len(within) - 1) :]
        else:
            before, after = bare[token.start() - 1 : token.start()], bare[token.end() : token.end() + 1]
            alone = before in {"(", ","} and after in {")", ","}
            sheet = (token["sheet"] or "").strip("'").replace("''", "'").casefold()
            yield _Use(sheet, _area(token["reference"]), within[-1] if alone else "", ":" in token["reference"])


def _area(reference: str) -> Area:
    """The area of `A1`, `$A$1:B2`, `A:C` or `1:3`; whole rows and columns have no end."""
    first, _, last = reference.replace("$", "").partition(":")
    left, top = _ends(first)
    right, bottom = _ends(last or first)
    return Area(min(top, bottom) or 1, min(left, right) or 1, max(top, bottom) or _NO_END, max(left, right) or _NO_END)


def _ends(half: str) -> tuple[int, int]:
    letters = half.rstrip("0123456789")
    return column_number(letters), int(half[len(letters) :] or 0)
