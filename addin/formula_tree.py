"""A formula as a tree of sums: which references it adds up together, and where a further one would be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from workbook.addresses import Area, address, column_number

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf"(?P<prefix>(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<plain>[^'!\[\]:]+))!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?"
)
_HALF = re.compile(r"(\$?)([A-Z]+)(\$?)([0-9]+)")
_ADDERS = frozenset({"SUM"})
_LISTS = _ADDERS | {"COUNT", "COUNTA", "AVERAGE", "MIN", "MAX"}  # of which each argument may be one of many alike
_CHAINED = {"=", "<>", "<", ">", "<=", ">=", "&"}  # what binds less than plus and minus


def name_key(sheet: str) -> str:
    """The name of a sheet as hosts compare it: whatever its capitals and Unicode form."""
    return unicodedata.normalize("NFC", sheet).casefold()


@dataclass(frozen=True)
class Reference:
    """Cells of one sheet as a formula names them. `sheet` None: the formula's own.

    `prefix` is the sheet as it is written, with `!`. `fixed`: whether top, left, bottom and right bear a `$`.
    `single`: written as one cell, and not as a range.
    """

    sheet: str | None
    prefix: str
    area: Area
    fixed: tuple[bool, bool, bool, bool]
    single: bool

    @property
    def is_row(self) -> bool:
        """Whether all cells lie in one row."""
        return self.area.top == self.area.bottom

    def at_rows(self, top: int, bottom: int) -> Reference:
        """The same columns in other rows."""
        return replace(self, area=self.area._replace(top=top, bottom=bottom), single=self.single and top == bottom)

    def __str__(self) -> str:
        top, left, bottom, right = self.area
        first = _written(top, left, self.fixed[0], self.fixed[1])
        if self.single:
            return self.prefix + first
        return f"{self.prefix}{first}:{_written(bottom, right, self.fixed[2], self.fixed[3])}"


def _written(row: int, column: int, row_fixed: bool, column_fixed: bool) -> str:
    letters = address(row, column).rstrip("0123456789")
    return f"{'$' * column_fixed}{letters}{'$' * row_fixed}{row}"


def reference(text: str) -> Reference | None:
    """A reference as it stands in a formula; None for names, other files, whole columns and rows, several sheets."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    first = _half(found["first"])
    last = _half(found["last"] or found["first"])
    if first[0] > last[0] or first[1] > last[1]:
        return None  # written backwards: hosts turn it round
    quoted = found["quoted"]
    return Reference(
        found["plain"] if quoted is None else quoted.replace("''", "'"),
        found["prefix"] or "",
        Area(*first[:2], *last[:2]),
        (*first[2:], *last[2:]),
        not found["last"],
    )


def _half(cell: str) -> tuple[int, int, bool, bool]:
    found = _HALF.fullmatch(cell)
    assert found is not None
    return int(found[4]), column_number(found[2]), bool(found[3]), bool(found[1])


@dataclass(frozen=True)
class Leaf:
    """A reference that is a term of a sum. `token`: which one of the formula. `sign`: +1 or -1, within the whole sum.

    `joint` is what joins a further term to it: `+`, `-` or, where it is an argument of its own, `,`.
    """

    token: int
    sign: int
    joint: str


@dataclass
class _Term:
    """What stands between two signs: `leaf` or `frame` where it is nothing but a reference, or a bracket."""

    sign: int
    leaf: int | None
    frame: _Frame | None
    inner: list[_Frame]


_Chain = list[_Term]


@dataclass
class _Frame:
    """A function, or a bracket (`name` empty), with its arguments; each is cut by comparisons into chains of terms."""

    name: str
    arguments: list[list[_Chain]] = field(default_factory=list)


class FormulaTree:
    """A formula, given without `=`. Raises ValueError for one that cannot be taken apart."""

    def __init__(self, formula: str) -> None:
        try:
            self.tokens: Sequence[Token] = Tokenizer(f"={formula}").items
        except (TokenizerError, IndexError) as fault:
            raise ValueError(formula) from fault
        self.references = {
            at: found
            for at, token in enumerate(self.tokens)
            if token.type == Token.OPERAND and token.subtype == Token.RANGE and (found := reference(token.value))
        }

    @cached_property
    def sums(self) -> tuple[tuple[Leaf, ...], ...]:
        """The references that are added up together, those of each sum; a reference that stands alone is one, too."""
        top = _Frame("")
        end = self._read(0, top)
        if end != len(self.tokens):
            raise ValueError("brackets")
        return tuple(tuple(found) for found in _sums(top) if found)

    def written(self, changes: Mapping[int, str]) -> str:
        """The formula with some of its tokens written otherwise."""
        return "".join(changes.get(at, token.value or "") for at, token in enumerate(self.tokens))

    def without(self, terms: Collection[int]) -> set[int]:
        """The tokens that go when some terms of sums do: the terms, and what joins them to the others."""
        gone = set(terms)
        for at in sorted(terms):
            before, after = self._beside(at, -1), self._beside(at, 1)
            joint = before if before is not None and before not in gone else after
            if joint is not None:
                gone.add(joint)
        return gone

    def _beside(self, at: int, step: int) -> int | None:
        """The sign or comma next to a token."""
        at += step
        while 0 <= at < len(self.tokens) and self.tokens[at].type == Token.WSPACE:
            at += step
        joins = 0 <= at < len(self.tokens) and self.tokens[at].type in (Token.SEP, Token.OP_IN)
        return at if joins else None

    def _read(self, at: int, frame: _Frame) -> int:
        """Read the arguments of a frame from a token on; where they end."""
        chains: list[_Chain] = [[]]
        reader = _TermReader()
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.subtype == Token.CLOSE:
                break
            if token.subtype == Token.OPEN:
                inner = _Frame(token.value[:-1].upper() if token.type == Token.FUNC else "")
                at = self._read(at + 1, inner)
                reader.frames.append(inner)
                reader.items += 1
            elif token.type == Token.SEP or (token.type == Token.OP_IN and token.value in _CHAINED):
                reader.close(chains[-1])
                if token.type == Token.SEP:
                    frame.arguments.append(chains)
                    chains = []
                chains.append([])
            else:
                reader.take(at, token, chains[-1], at in self.references)
            at += 1
        reader.close(chains[-1])
        frame.arguments.append(chains)
        return at


class _TermReader:
    """The term that is being read."""

    def __init__(self) -> None:
        self._start(1)

    def _start(self, sign: int) -> None:
        self.sign, self.items = sign, 0
        self.leaves: list[int] = []
        self.frames: list[_Frame] = []

    def take(self, at: int, token: Token, chain: _Chain, is_reference: bool) -> None:
        """Read a token that opens and closes nothing."""
        if token.type == Token.WSPACE:
            return
        if token.type == Token.OP_PRE and not self.items:
            self.sign *= -1 if token.value == "-" else 1
        elif token.type == Token.OP_IN and token.value in "+-":
            self.close(chain)
            self._start(-1 if token.value == "-" else 1)
        else:
            self.items += 1
            if is_reference:
                self.leaves.append(at)

    def close(self, chain: _Chain) -> None:
        """End the term."""
        if self.items:
            alone = self.items == 1
            leaf = self.leaves[0] if alone and self.leaves else None
            frame = self.frames[0] if alone and self.frames else None
            chain.append(_Term(self.sign, leaf, frame, self.frames))
        self._start(1)


def _sums(frame: _Frame) -> Iterator[list[Leaf]]:
    """The sums within a frame that is no term of another sum."""
    if frame.name in _LISTS:
        leaves: list[Leaf] = []
        for argument in frame.arguments:
            yield from _gathered(argument, 1, True, leaves)
        yield leaves
        return
    for argument in frame.arguments:
        for chain in argument:
            leaves = []
            yield from _gathered([chain], 1, False, leaves)
            yield leaves


def _gathered(argument: list[_Chain], sign: int, listed: bool, leaves: list[Leaf]) -> Iterator[list[Leaf]]:
    """Put the references that one argument adds up into `leaves`; the sums further in that are none of its terms."""
    if len(argument) > 1:  # a comparison: what is compared is not added up
        for chain in argument:
            own: list[Leaf] = []
            yield from _gathered([chain], 1, False, own)
            yield own
        return
    (chain,) = argument
    for term in chain:
        total = sign * term.sign
        if term.leaf is not None:
            alone = listed and len(chain) == 1 and term.sign > 0
            leaves.append(Leaf(term.leaf, total, "," if alone else "+-"[term.sign < 0]))
        elif term.frame is not None and (term.frame.name == "" or term.frame.name in _ADDERS):
            for inner in term.frame.arguments:
                yield from _gathered(inner, total, term.frame.name in _ADDERS, leaves)
        else:
            for each in term.inner:
                yield from _sums(each)
