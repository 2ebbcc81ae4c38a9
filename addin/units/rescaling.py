"""Formulas rewritten so that they stay right while what they refer to is brought into another unit.

A formula that adds up converted figures is left alone. Where a formula takes a figure over into a cell that keeps its
unit, or the reverse, the part that does so is multiplied by a power of ten, or loses one: `='PL'!C9*1000000` becomes
`='PL'!C9`. What ROUND rounds a converted figure to moves along: ROUND(A1*B1,0) in triệu is ROUND(A1*B1,-6) in đồng.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum

from addin.units.cells import MIXED, Cells, Degree
from addin.units.parsing import Kind, Node, UnreadableFormula, parse

_ALL, _FIRST, _AFTER_FIRST = slice(None), slice(0, 1), slice(1, None)
# Functions whose result has the degree of these of their arguments
_LIKE: Mapping[str, slice] = {
    **dict.fromkeys(("SUM", "MAX", "MIN", "ABS", "AVERAGE", "MEDIAN", "N", "MOD", "IFERROR", "IFNA"), _ALL),
    **dict.fromkeys(("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "INDEX", "LARGE", "SMALL"), _FIRST),
    **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"), _FIRST),
    **dict.fromkeys(("IF", "CHOOSE", "SUBTOTAL"), _AFTER_FIRST),
    "AGGREGATE": slice(2, None),
    "SUMIF": slice(2, None),
    "AVERAGEIF": slice(2, None),
}
_BRANCHING = {"IF", "CHOOSE", "IFERROR", "IFNA"}
_ROUNDING = {"ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC"}
_COUNTING = {
    *("COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "ISNUMBER", "ISBLANK", "ISTEXT", "ISERROR", "ISERR"),
    *("ISNA", "ROW", "ROWS", "COLUMN", "COLUMNS", "SIGN"),
}
_CRITERIA = {"SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS", "MAXIFS", "MINIFS", "COUNTIF", "COUNTIFS"}
_ADDING, _COMPARING = {"+", "-"}, {"=", "<", ">", "<>", "<=", ">="}
_NONZERO = re.compile(r"[1-9]")


class Reason(Enum):
    """Why a formula cannot be kept right."""

    CONSTANT = "constant"  # a number in it is an amount
    MIXTURE = "mixture"  # it takes figures that are converted together with some that are not
    UNKNOWN = "unknown"  # nobody here knows what it does


class Hindrance(ValueError):
    """A formula that cannot be kept right, and why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class Rescaler:
    """A formula (English, without `=`) on a sheet; a converted figure is 10 to the power of `exponent` times as large.

    Raises UnreadableFormula.
    """

    def __init__(self, formula: str, sheet: str, cells: Cells, exponent: int) -> None:
        self._text, self._sheet, self._cells, self._exponent = formula, sheet, cells, exponent
        self._root = parse(formula)
        self._known: dict[int, Degree] = {}

    @property
    def degree(self) -> Degree:
        """The degree of what the formula gives, with its cells as they are now."""
        return self._degree(self._root)

    def brought(self, want: int) -> str:
        """The formula that gives a result of degree `want`. Raises Hindrance."""
        return self._at(self._root, want)

    def _degree(self, node: Node) -> Degree:
        key = id(node)
        if key not in self._known:
            self._known[key] = self._found(node)
        return self._known[key]

    def _found(self, node: Node) -> Degree:
        match node.kind:
            case Kind.NUMBER:
                return 0 if Decimal(node.head) else None
            case Kind.REFERENCE:
                return self._cells.referred(node.head, self._sheet)
            case Kind.NAME:
                return self._cells.named(node.head, self._sheet)
            case Kind.GROUP | Kind.SIGN:
                return self._degree(node.children[0])
            case Kind.INFIX:
                return self._of_infix(node)
            case Kind.CALL:
                return self._of_call(node)
        return None

    def _of_infix(self, node: Node) -> Degree:
        left, right = (self._degree(child) for child in node.children)
        if node.head in _ADDING:
            return _common((left, right))
        if node.head in _COMPARING:
            return MIXED if _common((left, right)) is MIXED else 0
        if left is MIXED or right is MIXED:
            return MIXED
        if node.head == "*":
            return (left or 0) + (right or 0)
        if node.head == "/":
            return (left or 0) - (right or 0)
        return MIXED if left or right else 0

    def _of_call(self, node: Node) -> Degree:
        degrees = [self._degree(child) for child in node.children]
        if node.head in _COUNTING:
            return 0
        if node.head in _LIKE:
            return _common([self._degree(child) for child in _carrying(node)])
        if node.head == "SUMPRODUCT":
            return MIXED if MIXED in degrees else sum(degree or 0 for degree in degrees if degree is not MIXED)
        if node.head == "VLOOKUP" and len(node.children) > 2:
            table, column = node.children[1:3]
            if table.kind is Kind.REFERENCE and column.kind is Kind.NUMBER and column.head.isdigit():
                return self._cells.column_referred(table.head, self._sheet, int(column.head))
        return MIXED if any(degrees) else 0

    def _at(self, node: Node, want: int) -> str:
        """The text of a part, so that its result has degree `want`."""
        degree = self._degree(node)
        if degree is MIXED:
            return self._parted(node, want)
        if degree is None or degree == want:
            return self._kept(node)
        return self._times(node, (want - degree) * self._exponent)

    def _kept(self, node: Node) -> str:
        """A part whose own result is right as it is; what it compares or rounds may have to be brought along."""
        self._refuse_criteria(node)
        texts = [self._own(child) for child in node.children]
        degree = self._degree(node)
        if _rounds(node) and isinstance(degree, int):
            return self._rounding(node, texts[0], self._exponent * degree)
        return self._joined(node, texts)

    def _own(self, node: Node) -> str:
        """A part that stands where its degree does no harm."""
        if node.kind in (Kind.REFERENCE, Kind.NAME):
            return self._source(node)
        return self._parted(node, 0) if self._degree(node) is MIXED else self._kept(node)

    def _parted(self, node: Node, want: int) -> str:
        """A part whose own parts are of several degrees: each is brought to what the result asks for."""
        self._refuse_criteria(node)
        children = node.children
        if _rounds(node):
            return self._rounding(node, self._part(children[0], want), self._exponent * want)
        if node.kind in (Kind.GROUP, Kind.SIGN):
            return self._joined(node, [self._part(children[0], want)])
        if node.kind is Kind.INFIX and node.head in _ADDING:
            return self._joined(node, [self._part(child, want) for child in children])
        if node.kind is Kind.INFIX and node.head in "*/":
            return self._joined(node, self._factors(node, want))
        if node.kind is Kind.CALL and node.head in _LIKE:
            return self._joined(node, self._carried(node, lambda child: self._part(child, want)))
        if node.kind in (Kind.REFERENCE, Kind.NAME):
            raise Hindrance(Reason.MIXTURE)
        if want != 0 or (node.kind is Kind.CALL and node.head in ("SUMPRODUCT", "VLOOKUP")):
            raise Hindrance(Reason.UNKNOWN)
        return self._joined(node, [self._part(child, 0) for child in children])

    def _factors(self, node: Node, want: int) -> list[str]:
        """Both sides of a product or a quotient of which one is mixed."""
        left, right = node.children
        sign = 1 if node.head == "*" else -1
        if self._degree(right) is not MIXED:
            other = self._degree(right) or 0
            assert isinstance(other, int)
            return [self._part(left, want - sign * other), self._own(right)]
        own = self._degree(left)
        known = own if isinstance(own, int) else want
        return [self._part(left, known), self._part(right, sign * (want - known))]

    def _part(self, node: Node, want: int) -> str:
        """A part among others of another degree: a number there is an amount, and not ours to change."""
        degree = self._degree(node)
        if degree == 0 and want != 0 and _is_constant(node):
            raise Hindrance(Reason.CONSTANT)
        return self._at(node, want)

    def _times(self, node: Node, exponent: int) -> str:
        """A part times a power of ten; one that stands at its end already takes it up."""
        degree, power = self._degree(node), _power(node)
        if not exponent or degree is None:
            return self._kept(node)
        if _rounds(node) and isinstance(degree, int):
            return self._rounding(node, self._times(node.children[0], exponent), self._exponent * degree + exponent)
        if node.kind is Kind.CALL and node.head in _BRANCHING:
            return self._joined(node, self._carried(node, lambda child: self._times(child, exponent)))
        if node.kind is Kind.GROUP and _power(node.children[0]) is not None:
            return self._joined(node, [self._times(node.children[0], exponent)])
        if node.kind is Kind.REFERENCE and ":" in node.head:
            raise Hindrance(Reason.UNKNOWN)
        if power is not None:
            scaled = node.children[0]
            if power + exponent == 0 and node is self._root and scaled.kind is Kind.GROUP:
                scaled = scaled.children[0]  # the brackets were for the factor
            return _scaled(self._own(scaled), power + exponent)
        text = self._kept(node)
        is_loose = node.kind is Kind.INFIX and node.head not in "*/"
        return _scaled(f"({text})" if is_loose else text, exponent)

    def _carried(self, node: Node, changed: Callable[[Node], str]) -> list[str]:
        """The arguments of a function; those that give its result the degree are `changed`."""
        carrying = {id(child) for child in _carrying(node)}
        return [changed(child) if id(child) in carrying else self._own(child) for child in node.children]

    def _rounding(self, node: Node, rounded: str, shift: int) -> str:
        """ROUND and its like, to so many decimals less."""
        if not shift:
            return self._joined(node, [rounded, *map(self._own, node.children[1:])])
        digits = _whole(self._source(node.children[1])) if len(node.children) > 1 else 0
        if digits is None:
            raise Hindrance(Reason.UNKNOWN)
        return f"{self._text[node.start : node.children[0].start]}{rounded},{digits - shift})"

    def _refuse_criteria(self, node: Node) -> None:
        """Raise Hindrance where converted figures are held against an amount in a text: SUMIF(C5:C9,">1000")."""
        if node.kind is not Kind.CALL or node.head not in _CRITERIA:
            return
        pairs = node.children if node.head in ("SUMIF", "AVERAGEIF", "COUNTIF", "COUNTIFS") else node.children[1:]
        for area, criterion in zip(pairs[::2], pairs[1::2], strict=False):
            if self._degree(area) not in (0, None) and _NONZERO.search(self._source(criterion)):
                raise Hindrance(Reason.CONSTANT)

    def _joined(self, node: Node, texts: Sequence[str]) -> str:
        """The text of a part with other texts for its own parts."""
        pieces, place = [], node.start
        for child, text in zip(node.children, texts, strict=True):
            is_bare = text == self._source(child) or (child.kind in (Kind.GROUP, Kind.CALL) and text.endswith(")"))
            binds = node.kind is Kind.INFIX and (node.head == "^" or (node.head == "/" and child is node.children[1]))
            wrapped = text if is_bare or not (binds or node.head == "%") else f"({text})"
            pieces += [self._text[place : child.start], wrapped]
            place = child.end
        return "".join([*pieces, self._text[place : node.end]])

    def _source(self, node: Node) -> str:
        return self._text[node.start : node.end]


def _common(degrees: Sequence[Degree]) -> Degree:
    """The degree of a sum."""
    found = {degree for degree in degrees if degree is not None}
    if MIXED in found or len(found) > 1:
        return MIXED
    return found.pop() if found else None


def _carrying(node: Node) -> Sequence[Node]:
    """The arguments that give a function's result its degree."""
    found = node.children[_LIKE[node.head]]
    return found or node.children[:1]


def _rounds(node: Node) -> bool:
    return node.kind is Kind.CALL and node.head in _ROUNDING and bool(node.children)


def _is_constant(node: Node) -> bool:
    """Whether a part refers to nothing."""
    return node.kind not in (Kind.REFERENCE, Kind.NAME) and all(map(_is_constant, node.children))


def _power(node: Node) -> int | None:
    """The exponent of the power of ten that a part ends with: 6 for `C5*1000000`, -6 for `C5/1000000`; no share."""
    if node.kind is not Kind.INFIX or node.head not in "*/" or node.children[1].kind is not Kind.NUMBER:
        return None
    factor = Decimal(node.children[1].head).normalize()
    if factor.as_tuple().digits != (1,) or factor < 1:
        return None
    exponent = factor.adjusted()
    return exponent if node.head == "*" else -exponent


def _scaled(text: str, exponent: int) -> str:
    """`text` times a power of ten, as people write it."""
    if not exponent:
        return text
    return f"{text}{'*' if exponent > 0 else '/'}{10 ** abs(exponent)}"


def _whole(text: str) -> int | None:
    """A whole number as a formula has it, nothing being zero."""
    found = re.fullmatch(r"\s*(-?\s*\d+)?\s*", text)
    return int((found[1] or "0").replace(" ", "")) if found else None


__all__ = ["Hindrance", "Reason", "Rescaler", "UnreadableFormula"]
