"""Formulas as trees: what each operator and function is applied to, and where in the text it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part of a formula is."""

    NUMBER = "number"
    CONSTANT = "constant"  # a text, a truth value, an error, nothing at all between two commas
    REFERENCE = "reference"  # a cell or an area
    NAME = "name"
    CALL = "call"  # a function: `head` is its name in capitals, the children are its arguments
    INFIX = "infix"  # `head` is the operator
    SIGN = "sign"  # before its operand, or a percent sign after it
    GROUP = "group"  # in brackets


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula; `start` and `end` are where it stands in the text, brackets included."""

    kind: Kind
    start: int
    end: int
    head: str
    children: tuple[Node, ...] = ()


class UnreadableFormula(ValueError):
    """A formula with something in it that is not read here: unions, intersections, columns of Excel tables."""


_SHEET = r"(?:'(?:[^']|'')*'|(?:\[\d+\])?[^\W\d][\w.]*)!"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<text>"(?:[^"]|"")*")
      | (?P<error>\#(?:N/A|[A-Z0-9]+[!?](?:/0!)?|DIV/0!))
      | (?P<reference>(?:{_SHEET})?(?:{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?\d+:\$?\d+)(?![\w(.!\[]))
      | (?P<call>[A-Z_][\w.]*\()
      | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?)
      | (?P<name>(?:{_SHEET})?[^\W\d][\w.]*(?![\w(.!\[]))
      | (?P<sign><>|<=|>=|[-+*/^&=<>%,()])
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_STRENGTH = {"=": 1, "<": 1, ">": 1, "<>": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_KINDS = {"text": Kind.CONSTANT, "error": Kind.CONSTANT, "reference": Kind.REFERENCE, "number": Kind.NUMBER}
_PREFIX = 6  # a minus sign binds tighter than a power: -2^2 is 4
_DEEPEST = 60  # brackets within brackets; Excel allows 64


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def parse(formula: str) -> Node:
    """The tree of a formula (English, without `=`). Raises UnreadableFormula."""
    return _Parser(list(_tokens(formula)), len(formula)).whole()


def _tokens(formula: str) -> Iterator[_Token]:
    place = 0
    while place < len(formula):
        found = _TOKEN.match(formula, place)
        if found is None or found.lastgroup is None:
            raise UnreadableFormula(formula)
        kind = found.lastgroup
        yield _Token(kind, found[kind], *found.span(kind))
        place = found.end()


class _Parser:
    def __init__(self, tokens: Sequence[_Token], length: int) -> None:
        self._tokens, self._length, self._place, self._depth = tokens, length, 0, 0

    def whole(self) -> Node:
        node = self._expression(0)
        if self._place < len(self._tokens):
            raise UnreadableFormula(self._tokens[self._place].text)
        return node

    def _peek(self) -> str:
        """The sign that comes next; empty where it is none."""
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        return token.text if token and token.kind == "sign" else ""

    def _take(self) -> _Token:
        if self._place == len(self._tokens):
            raise UnreadableFormula("")
        self._place += 1
        return self._tokens[self._place - 1]

    def _expression(self, weakest: int) -> Node:
        left = self._operand()
        while True:
            sign = self._peek()
            if sign == "%":
                left = Node(Kind.SIGN, left.start, self._take().end, sign, (left,))
            elif _STRENGTH.get(sign, 0) > weakest:
                self._take()
                right = self._expression(_STRENGTH[sign])
                left = Node(Kind.INFIX, left.start, right.end, sign, (left, right))
            else:
                return left

    def _operand(self) -> Node:
        token = self._take()
        if token.kind == "sign" and token.text in "+-":
            operand = self._expression(_PREFIX)
            return Node(Kind.SIGN, token.start, operand.end, token.text, (operand,))
        if token.kind == "sign" and token.text == "(":
            inner = self._nested()
            return Node(Kind.GROUP, token.start, self._closed(), "(", (inner,))
        if token.kind == "call":
            arguments = self._arguments()
            return Node(Kind.CALL, token.start, self._closed(), token.text[:-1].strip().upper(), arguments)
        if token.kind == "name":
            is_truth = token.text.upper() in ("TRUE", "FALSE")
            return Node(Kind.CONSTANT if is_truth else Kind.NAME, token.start, token.end, token.text)
        if token.kind in _KINDS:
            return Node(_KINDS[token.kind], token.start, token.end, token.text)
        raise UnreadableFormula(token.text)

    def _arguments(self) -> tuple[Node, ...]:
        if self._peek() == ")":
            return ()
        found = [self._argument()]
        while self._peek() == ",":
            self._take()
            found.append(self._argument())
        return tuple(found)

    def _argument(self) -> Node:
        if self._peek() in (",", ")"):
            start = self._tokens[self._place].start
            return Node(Kind.CONSTANT, start, start, "")
        return self._nested()

    def _nested(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFormula("(")
        node = self._expression(0)
        self._depth -= 1
        return node

    def _closed(self) -> int:
        token = self._take()
        if token.text != ")" or token.kind != "sign":
            raise UnreadableFormula(token.text)
        return token.end
