"""Item numbers: I, A, 1, 1.1, a, (1), -, + and what follows what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from validators.grid import Value

ALPHABET = "abcdđefghijklmnopqrstuvwxyz"  # as lists count: a b c d đ e
FOREIGN = frozenset(ALPHABET.index(letter) + 1 for letter in "fjwz")  # places of letters that Vietnamese has not
OPTIONAL = FOREIGN | {ALPHABET.index("đ") + 1}  # and of all that lists may leave out
_ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_DOTTED = re.compile(r"([IVXLCivxlc]+|[A-Za-zĐđ]|\d{1,3})((?:\.\d{1,3})*)")
_FRAME = re.compile(r"(?P<open>\()?\s*(?P<mark>[^()\s]+?)\s*(?P<end>\.?\)|[.:/])?")
_BULLETS = {"-", "–", "—", "+", "*", "•", "●", "○", "▪", "·", "√", "ü", "§", "Ø", ">", "=>"}
_LEADING = re.compile(
    r"(?P<mark>[-–—+*•●○▪·]|\(?(?:[IVX]{1,5}|[A-Ha-hđĐ]|\d{1,2}(?:\.\d{1,2})*)(?:\.?\)|\.(?!\d)))\s*(?P<rest>\S.*)",
    re.DOTALL,
)


class Scheme(StrEnum):
    """A way of counting; `DOTTED` numbers name their parents themselves."""

    ROMAN = "I"
    CAPITAL = "A"
    ARABIC = "1"
    DOTTED = "1.1"
    LETTER = "a"
    SMALL_ROMAN = "i"
    BRACKETED = "(1)"
    BULLET = "-"
    PLUS = "+"
    CAPITALS = "CAPITALS"
    BOLD = "bold"
    SOURCE = "source"  # lines of funding sources, whatever mark they have
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Number:
    """An item number. `ordinal`: the place in its list, None for bullets. `prefix`: the parents that a dotted number
    names ("1.2" of "1.2.3"). `roman`: what it counts as a Roman number, where it could be one and a letter ("C").
    """

    scheme: Scheme
    printed: str
    ordinal: int | None = None
    prefix: str = ""
    roman: int | None = None


@lru_cache(maxsize=16_384)  # rules ask again and again
def parse_number_mark(value: Value) -> Number | None:
    """The item number in a cell of the numbering column; None where it is none."""
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return _dotted(text, text) if value > 0 and re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text) else None
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if text in _BULLETS:
        return Number(Scheme.PLUS if text == "+" else Scheme.BULLET, text)
    frame = _FRAME.fullmatch(text)
    if frame is None:
        return None
    mark = frame["mark"].strip(".")
    bracketed = bool(frame["open"]) or (frame["end"] or "").endswith(")")
    return _dotted(mark, text, bracketed=bracketed)


@lru_cache(maxsize=16_384)
def leading_mark(label: str) -> tuple[Number, str] | None:
    """The item number that a label begins with ("- Ngân sách tỉnh", "1. Hội nghị", "a) ..."), and the rest."""
    found = _LEADING.match(label.strip())
    if found is None:
        return None
    number = parse_number_mark(found["mark"])
    return (number, found["rest"]) if number else None


def _dotted(mark: str, printed: str, *, bracketed: bool = False) -> Number | None:
    found = _DOTTED.fullmatch(mark)
    if found is None:
        return None
    head, tail = found[1], found[2]
    if tail:
        parts = tail[1:].split(".")
        prefix = ".".join([head.upper(), *(str(int(part)) for part in parts[:-1])])
        return Number(Scheme.DOTTED, printed, int(parts[-1]), prefix)
    if head.isdigit():
        return Number(Scheme.BRACKETED if bracketed else Scheme.ARABIC, printed, int(head))
    roman = _roman(head.lower())
    upper = head.isupper()
    if len(head) > 1:
        if roman is None:
            return None
        return Number(Scheme.ROMAN if upper else Scheme.SMALL_ROMAN, printed, roman, roman=roman)
    scheme = Scheme.CAPITAL if upper else Scheme.LETTER
    return Number(scheme, printed, ALPHABET.index(head.lower()) + 1, roman=roman)


def _roman(text: str) -> int | None:
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def follows(earlier: Number, later: Number) -> bool:
    """Whether a number is the next one of its list; letters may count with đ or without, and skip foreign ones."""
    if earlier.ordinal is None or later.ordinal is None:
        return True
    if earlier.scheme in (Scheme.LETTER, Scheme.CAPITAL):
        return later.ordinal > earlier.ordinal and OPTIONAL.issuperset(range(earlier.ordinal + 1, later.ordinal))
    return later.ordinal == earlier.ordinal + 1
