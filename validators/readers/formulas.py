"""Formula texts: those that are stored once for many cells, and those in OpenDocument's wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from validators.readers.limits import MAX_COLUMNS, MAX_ROWS
from workbook.addresses import column_letters, column_number

# What is no reference: text, a quoted sheet name, an index of an external file or a column of an Excel table. Names,
# functions and sheet names that look like a reference have a letter, a digit, `(`, `.`, `!` or `[` next to it.
_LITERAL = r""""[^"]*"|'[^']*'|\[[^\[\]]*\]"""
_REFERENCE = re.compile(
    _LITERAL
    + r"""|(?<![\w.\\$])(?:
        (?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})
      | (?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})
      | (?P<rows>\$?[0-9]{1,7}:\$?[0-9]{1,7})
    )(?![\w(.!\[\\])""",
    re.VERBOSE,
)
_HALF = re.compile(r"(?P<fixed>\$?)(?:(?P<letters>[A-Z]+)|(?P<digits>[0-9]+))")
_NOWHERE = "#REF!"


class SharedFormula:
    """A formula that cells share: its relative references move with the cell (ECMA-376 part 1, 18.3.1.40)."""

    def __init__(self, formula: str, row: int, column: int) -> None:
        self._row, self._column = row, column
        self._pieces = list(_pieces(formula))
        self.length = len(formula)

    def at(self, row: int, column: int) -> str:
        """The formula in another cell; a reference that leaves the sheet is `#REF!`."""
        down, right = row - self._row, column - self._column
        return "".join(piece if isinstance(piece, str) else _moved(*piece, down, right) for piece in self._pieces)


def _pieces(formula: str) -> Iterator[str | tuple[str]]:
    """The formula in pieces; a reference is a tuple of one."""
    end = 0
    for match in _REFERENCE.finditer(formula):
        if match.lastgroup:
            yield formula[end : match.start()]
            yield (match[0],)
            end = match.end()
    yield formula[end:]


@lru_cache(maxsize=65_536)
def _moved(reference: str, down: int, right: int) -> str:
    moved = []
    for half in _HALF.finditer(reference):
        if half["letters"]:
            column = column_number(half["letters"]) + (0 if half["fixed"] else right)
            if not 1 <= column <= MAX_COLUMNS:
                return _NOWHERE
            moved.append(half["fixed"] + column_letters(column))
        else:
            row = int(half["digits"]) + (0 if half["fixed"] else down)
            if not 1 <= row <= MAX_ROWS:
                return _NOWHERE
            moved.append(f"{half['fixed']}{row}")
    return (":" if ":" in reference else "").join(moved)


# OpenFormula (OpenDocument 1.2 part 2): `of:=SUM([.A1:.B2];[$'Trang 1'.C3])`
_PREFIX = re.compile(r"(?:of|oooc|msoxl):=|=")
_OPEN = re.compile(
    r"""(?P<text>"[^"]*")|\[(?P<reference>(?:'[^']*'|[^\[\]'])*)\]|(?P<sign>[;~|{}])|COM\.MICROSOFT\.(?=[A-Z])"""
)
_OPEN_CELL = re.compile(
    r"""(?:(?P<file>'(?:[^']|'')*')\#)?(?:\$?(?P<sheet>'(?:[^']|'')*'|[^.':\#]+))?\.(?P<cell>\$?[A-Z0-9$]+)""",
    re.VERBOSE,
)


def from_open(formula: str) -> str:
    """A formula of an .ods as Excel writes it, without `=`: `SUM(A1:B2,'Trang 1'!C3)`."""
    if formula.startswith("msoxl:="):
        return formula.removeprefix("msoxl:=")
    in_array = False

    def excel(token: re.Match[str]) -> str:
        nonlocal in_array
        if token["text"]:
            return token["text"]
        if token["reference"] is not None:
            return _excel_reference(token["reference"])
        sign = token["sign"]
        if sign in {"{", "}"}:
            in_array = sign == "{"
        return {";": ",", "~": ",", "|": ";" if in_array else "|", None: ""}.get(sign, sign)

    return _OPEN.sub(excel, _PREFIX.sub("", formula, count=1))


def _excel_reference(reference: str) -> str:
    """`Trang!A1:B2`; the second half repeats no sheet."""
    halves = [*_OPEN_CELL.finditer(reference)]
    if not halves:
        return _NOWHERE
    first = halves[0]
    sheet = f"{first['sheet']}!" if first["sheet"] else ""
    if first["file"]:
        sheet = f"'[{first['file'][1:-1]}]{first['sheet'].strip(chr(39))}'!" if first["sheet"] else ""
    return sheet + ":".join(half["cell"] for half in halves)


def linked_file(formula: str) -> str | None:
    """The other file that a formula of an .ods refers to."""
    for token in _OPEN.finditer(formula):
        found = _OPEN_CELL.match(token["reference"] or "")
        if found and found["file"]:
            return found["file"][1:-1]
    return None
