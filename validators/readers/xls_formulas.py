"""The formulas of an .xls, which stores them as tokens in reverse Polish notation ([MS-XLS] 2.5.198). xlrd reads none.

Parentheses are tokens of their own, so that no operator needs to know its rank.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from xlrd.biffh import error_text_from_code
from xlrd.formula import func_defs

from workbook.addresses import column_letters

_BINARY = dict(enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"), start=0x03))
_UNARY = {0x12: "+{}", 0x13: "-{}", 0x14: "{}%", 0x15: "({})"}
_SKIPPED = {0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2}  # notes on the tokens that follow: bytes
_BROKEN = {0x2A: 4, 0x2B: 8, 0x3C: 6, 0x3D: 10}  # references to what is gone
_EXP, _STRING, _ATTRIBUTE, _ERROR, _BOOLEAN, _INTEGER, _NUMBER, _MISSING = (
    0x01,
    0x17,
    0x19,
    0x1C,
    0x1D,
    0x1E,
    0x1F,
    0x16,
)
_FUNCTION, _FUNCTION_OF_MANY, _NAME, _CELL, _AREA = 0x21, 0x22, 0x23, 0x24, 0x25
_CELL_NEAR, _AREA_NEAR, _NAME_ELSEWHERE, _CELL_3D, _AREA_3D = 0x2C, 0x2D, 0x39, 0x3A, 0x3B
_CHOICES, _SUM = 0x04, 0x10  # attributes that are more than a note
_LONGEST = 1_800  # bytes of a formula (Excel 2003 specifications and limits)
_ADD_IN = 255  # the function whose name is its first argument


@dataclass(frozen=True)
class Names:
    """What formulas refer to by number: names and functions of add-ins (from 1), sheets as `'Trang 1'!`."""

    defined: Sequence[str]
    add_ins: Sequence[str]
    sheets: Callable[[int], str]


@dataclass
class SheetFormulas:
    """The formula tokens of a sheet, by (row, column) from 0; shared ones and arrays by the cell they follow.

    Those of Excel 95 look otherwise and cannot be decoded.
    """

    cells: dict[tuple[int, int], bytes] = field(default_factory=dict)
    shared: dict[tuple[int, int], bytes] = field(default_factory=dict)
    arrays: dict[tuple[int, int], bytes] = field(default_factory=dict)
    is_decodable: bool = True

    def tokens(self, row: int, column: int) -> tuple[bytes, bool]:
        """The tokens of the formula of a cell, and whether it is an array's; none where they cannot be decoded."""
        tokens = self.cells[row, column]
        if not self.is_decodable:
            return b"", False
        if tokens[:1] != bytes([_EXP]) or len(tokens) < 5:
            return tokens[:_LONGEST], False
        first: tuple[int, int] = struct.unpack_from("<HH", tokens, 1)
        is_array = first in self.arrays
        return (self.arrays if is_array else self.shared).get(first, b"")[:_LONGEST], is_array


def decoded(tokens: bytes, row: int, column: int, names: Names) -> str:
    """The formula of a cell, by (row, column) from 0; empty where its tokens make no sense."""
    try:
        return _Decoder(tokens, row, column, names).text()
    except (struct.error, LookupError, ValueError):
        return ""


class _Decoder:
    """Turns the tokens of one formula into its text."""

    def __init__(self, tokens: bytes, row: int, column: int, names: Names) -> None:
        self._tokens, self._row, self._column, self._names = tokens, row, column, names
        self._at = 0
        self._stack: list[str] = []

    def text(self) -> str:
        """The formula. Raises struct.error, LookupError, ValueError where the tokens make no sense."""
        while self._at < len(self._tokens):
            token = self._take("B")[0]
            if token >= 0x20:  # three classes of each: reference, value, array
                token = token & 0x1F | 0x20
            self._push(token)
        (formula,) = self._stack
        return formula

    def _take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._tokens, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _push(self, token: int) -> None:
        stack = self._stack
        if token in _BINARY:
            right, left = stack.pop(), stack.pop()
            stack.append(f"{left}{_BINARY[token]}{right}")
        elif token in _UNARY:
            stack.append(_UNARY[token].format(stack.pop()))
        elif token in _SKIPPED:
            self._at += _SKIPPED[token]
        elif token in _BROKEN:
            self._at += _BROKEN[token]
            stack.append("#REF!")
        elif token == _ATTRIBUTE:
            self._attribute()
        else:
            stack.append(_OPERANDS[token](self))

    def _attribute(self) -> None:
        flags, data = self._take("BH")
        if flags & _CHOICES:
            self._at += 2 * (data + 1)
        elif flags & _SUM:
            self._stack.append(f"SUM({self._stack.pop()})")

    def _string(self) -> str:
        length, wide = self._take("BB")
        size = length * 2 if wide & 1 else length
        raw = self._tokens[self._at : self._at + size]
        self._at += size
        return '"' + raw.decode("utf-16-le" if wide & 1 else "latin-1").replace('"', '""') + '"'

    def _number(self) -> str:
        return f"{self._take('d')[0]:.15g}"

    def _function(self) -> str:
        (index,) = self._take("H")
        return self._call(func_defs[index][0], func_defs[index][1])

    def _function_of_many(self) -> str:
        count, index = self._take("BH")
        if index & 0x7FFF == _ADD_IN:
            arguments = self._arguments(count & 0x7F)
            return f"{arguments[0]}({','.join(arguments[1:])})"
        return self._call(func_defs[index & 0x7FFF][0], count & 0x7F)

    def _call(self, name: str, count: int) -> str:
        return f"{name}({','.join(self._arguments(count))})"

    def _arguments(self, count: int) -> list[str]:
        if count > len(self._stack):
            raise ValueError(count)
        start = len(self._stack) - count
        arguments = self._stack[start:]
        del self._stack[start:]
        return arguments

    def _name(self) -> str:
        index, _ = self._take("HH")
        return self._names.defined[index - 1]

    def _name_elsewhere(self) -> str:
        _, index, _ = self._take("HHH")
        return self._names.add_ins[index - 1]

    def _cell(self) -> str:
        return _reference(*self._take("HH"))

    def _area(self) -> str:
        top, bottom, left, right = self._take("HHHH")
        return f"{_reference(top, left)}:{_reference(bottom, right)}"

    def _cell_near(self) -> str:
        return self._near(*self._take("HH"))

    def _area_near(self) -> str:
        top, bottom, left, right = self._take("HHHH")
        return f"{self._near(top, left)}:{self._near(bottom, right)}"

    def _near(self, row: int, column: int) -> str:
        """A reference of a shared formula: where it is relative it counts from the cell, around the sheet's end."""
        if column & 0x8000:
            row = (row + self._row) & 0xFFFF
        if column & 0x4000:
            column = column & 0xC000 | (column + self._column) & 0xFF
        return _reference(row, column)

    def _cell_3d(self) -> str:
        (sheet,) = self._take("H")
        return self._names.sheets(sheet) + self._cell()

    def _area_3d(self) -> str:
        (sheet,) = self._take("H")
        return self._names.sheets(sheet) + self._area()


_OPERANDS: Mapping[int, Callable[[_Decoder], str]] = {
    _STRING: _Decoder._string,
    _ERROR: lambda decoder: error_text_from_code[decoder._take("B")[0]],
    _BOOLEAN: lambda decoder: "TRUE" if decoder._take("B")[0] else "FALSE",
    _INTEGER: lambda decoder: str(decoder._take("H")[0]),
    _NUMBER: _Decoder._number,
    _MISSING: lambda _: "",
    _FUNCTION: _Decoder._function,
    _FUNCTION_OF_MANY: _Decoder._function_of_many,
    _NAME: _Decoder._name,
    _NAME_ELSEWHERE: _Decoder._name_elsewhere,
    _CELL: _Decoder._cell,
    _AREA: _Decoder._area,
    _CELL_NEAR: _Decoder._cell_near,
    _AREA_NEAR: _Decoder._area_near,
    _CELL_3D: _Decoder._cell_3d,
    _AREA_3D: _Decoder._area_3d,
}


def _reference(row: int, column: int) -> str:
    """`$A$1`; the two highest bits of the column say what is relative."""
    letters = column_letters((column & 0xFF) + 1)
    return f"{'' if column & 0x4000 else '$'}{letters}{'' if column & 0x8000 else '$'}{row + 1}"
