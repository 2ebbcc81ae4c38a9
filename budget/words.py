"""Amounts read aloud in Vietnamese, and the reading back of such words.

Rules (as documents print them): groups of three digits named tỷ, triệu, nghìn; 1 is "mốt" and 4 "tư" after a tens digit
of two or more, 5 is "lăm" after any tens digit; a zero tens digit is "linh"; an empty hundreds digit inside the number
is "không trăm"; above 10^9 the count of tỷ is itself read ("nghìn tỷ", "triệu tỷ").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from budget.numbers import Malformed
from faults import Text

LIMIT = 10**18  # the largest amount that is read, in đồng
_BILLION = 10**9

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class WordStyle:
    """How amounts are worded. `comma`: between classes; `even`: "chẵn" after whole millions of đồng."""

    ty: Literal["tỷ", "tỉ"] = "tỷ"
    nghin: Literal["nghìn", "ngàn"] = "nghìn"
    comma: bool = False
    even: bool = False


class Match(StrEnum):
    """What a printed phrase is to the amount it should state."""

    EQUAL = "equal"  # what one of the accepted styles prints, up to case and punctuation
    VARIANT = "variant"  # another spelling of the same number
    WRONG = "wrong"  # another number
    UNREADABLE = "unreadable"  # no number at all


class MalformedWords(Malformed):
    """Words that state no amount."""


def parse_style(text: str) -> WordStyle:
    """The style that a plan names: a comma-separated list of tỷ or tỉ, nghìn or ngàn, "dấu phẩy", "chẵn".

    Empty text is the default style. Raises ValueError for another word, or for two that exclude each other.
    """
    words = [" ".join(word.split()) for word in unicodedata.normalize("NFC", text).lower().split(",")]
    named = {word for word in words if word}
    if unknown := sorted(named - {"tỷ", "tỉ", "nghìn", "ngàn", "dấu phẩy", "chẵn"}):
        raise ValueError(f"“{unknown[0]}” is not a way to word amounts")
    if named >= {"tỷ", "tỉ"} or named >= {"nghìn", "ngàn"}:
        raise ValueError(f"“{text}” names two spellings of one word")
    return WordStyle(
        ty="tỉ" if "tỉ" in named else "tỷ",
        nghin="ngàn" if "ngàn" in named else "nghìn",
        comma="dấu phẩy" in named,
        even="chẵn" in named,
    )


def to_words(amount: int | Decimal, style: WordStyle = WordStyle(), *, currency: bool = True) -> str:
    """Reads `amount`, whole đồng, with a capital first letter and " đồng" (unless `currency` is false).

    Raises ValueError for a fraction of a đồng and beyond 10^18.
    """
    if isinstance(amount, Decimal) and (not amount.is_finite() or amount != amount.to_integral_value()):
        raise ValueError(f"{amount} is not a whole number of đồng")
    if not -LIMIT <= amount <= LIMIT:
        raise ValueError(f"{amount} is beyond 10^18 đồng")
    whole = int(amount)
    words = _number_words(abs(whole), style) if whole else _DIGITS[0]
    if whole < 0:
        words = f"âm {words}"
    if currency:
        words += " đồng chẵn" if style.even and _is_round(whole) else " đồng"
    return words[0].upper() + words[1:]


def _is_round(amount: int) -> bool:
    """Whether "chẵn" belongs to the amount: whole millions, and something at all."""
    return amount != 0 and amount % 10**6 == 0


def _number_words(number: int, style: WordStyle) -> str:
    """A positive number; the count of tỷ is one class, without commas of its own."""
    billions, rest = divmod(number, _BILLION)
    classes = []
    if billions:
        count = _number_words(billions, WordStyle(ty=style.ty, nghin=style.nghin))
        classes.append(f"{count} {style.ty}")
    for factor, name in ((10**6, " triệu"), (10**3, f" {style.nghin}"), (1, "")):
        if group := rest // factor % 1000:
            classes.append(_group_words(group, inside=bool(classes)) + name)
    return (", " if style.comma else " ").join(classes)


def _group_words(group: int, *, inside: bool) -> str:
    """A group of three digits, 1 to 999; `inside`: a higher class stands before it."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if tens == 0 and units and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if units:
        words.append(_unit_word(tens, units))
    return " ".join(words)


def _unit_word(tens: int, units: int) -> str:
    """The units digit as the tens digit before it has it read."""
    if tens > 1 and units in (1, 4):
        return {1: "mốt", 4: "tư"}[units]
    return "lăm" if tens and units == 5 else _DIGITS[units]


_SYNONYMS = {"tỉ": "tỷ", "ngàn": "nghìn", "lẻ": "linh", "bẩy": "bảy"}
_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_AFTER_LINH = {**_VALUES, "tư": 4}
_AFTER_TENS = {**_AFTER_LINH, "mốt": 1, "lăm": 5, "nhăm": 5}
_KNOWN = {*_AFTER_TENS, "mười", "mươi", "trăm", "linh", "nghìn", "triệu", "tỷ"}
_CLASSES = {"nghìn", "triệu", "tỷ"}
_HEADING = re.compile(r"^(?:(?:tổng )?số tiền )?(?:viết |ghi )?bằng chữ(?: là)?\b")

_UNKNOWN = Text("không phải là chữ số", "is no word of a number")
_NO_COUNT = Text("không có số đứng trước", "has no number before it")
_ORDER = Text("sai thứ tự lớp tỷ, triệu, nghìn", "has the classes tỷ, triệu, nghìn out of order")
_NO_GROUP = Text("không phải là một số từ 0 đến 999", "is no number from 0 to 999")
_TWO_WAYS = Text("có thể hiểu hai cách", "can be understood in two ways")


def from_words(text: str) -> int:
    """The amount in đồng that `text` states, in any customary spelling.

    Case, punctuation, brackets, "Bằng chữ", "đồng", "đồng Việt Nam" and "chẵn" do not matter. Raises MalformedWords
    (a ValueError) for an unknown word, classes out of order, digit after digit, and for what can be understood in two
    ways ("hai trăm năm", "một triệu hai").
    """
    words, negative = _bare(_tokens(text)), False
    if words[:1] == ["âm"]:
        words, negative = words[1:], True
    if not words:
        raise MalformedWords(text, Text("không có số nào", "no number is stated"))
    try:
        if unknown := [word for word in words if word not in _KNOWN]:
            raise _unreadable(unknown[:1], _UNKNOWN)
        value = _number(words)
    except MalformedWords as fault:
        raise MalformedWords(text, fault.reason) from None
    if value > LIMIT:
        raise MalformedWords(text, Text("số quá lớn (trên 10^18)", "the number is too large (beyond 10^18)"))
    return -value if negative else value


def judge(text: str, amount: int | Decimal) -> Match:
    """What the printed phrase `text` is to `amount` đồng. "chẵn" is accepted after whole millions only."""
    try:
        value = from_words(text)
    except MalformedWords:
        return Match.UNREADABLE
    if value != amount:
        return Match.WRONG
    tokens = _tokens(text)
    if tokens[-1] == "chẵn" and _is_round(value):
        tokens.pop()
    for place in range(1, len(tokens)):
        if tokens[place - 1 : place + 1] == ["mươi", "bốn"]:  # as good as "tư"
            tokens[place] = "tư"
    return Match.EQUAL if tokens == _tokens(to_words(value)) else Match.VARIANT


def _tokens(text: str) -> list[str]:
    """The words of `text` without "Bằng chữ", lower case, each synonym by its first spelling."""
    clean = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text).lower()).strip()
    return [_SYNONYMS.get(word, word) for word in _HEADING.sub("", clean).split()]


def _bare(words: list[str]) -> list[str]:
    """`words` without the currency and "chẵn" at the end."""
    for tail in (["chẵn"], ["đồng", "việt", "nam"], ["đồng"]):
        if words[-len(tail) :] == tail:
            words = words[: -len(tail)]
    return words


def _number(words: list[str]) -> int:
    """Any number; what stands before the last "tỷ" counts the tỷ, or the tỷ tỷ."""
    if "tỷ" not in words:
        return _below_billion(words, inside=False)
    last = len(words) - 1 - words[::-1].index("tỷ")
    count, rest, factor = words[:last], words[last + 1 :], _BILLION
    if count[-1:] == ["tỷ"]:
        count, factor = count[:-1], _BILLION**2
    if not count:
        raise _unreadable(["tỷ"], _NO_COUNT)
    return _below_billion(count, inside=False) * factor + _below_billion(rest, inside=True)


def _below_billion(words: list[str], *, inside: bool) -> int:
    """Millions, thousands and units; `inside`: a higher class stands before them."""
    value = 0
    for name, factor in (("triệu", 10**6), ("nghìn", 10**3)):
        if name in words:
            place = words.index(name)
            group, words = words[:place], words[place + 1 :]
            if not group:
                raise _unreadable([name], _NO_COUNT)
            value, inside = value + _group(group, inside=inside) * factor, True
    if inside and len(words) == 1 and words[0] in _VALUES:
        raise _unreadable(words, _TWO_WAYS)  # in speech "một triệu hai" is 1.200.000
    return value + _group(words, inside=inside)


def _group(words: list[str], *, inside: bool) -> int:
    """A group of three digits, 0 to 999; no words are 0."""
    if _CLASSES & set(words):
        raise _unreadable(words, _ORDER)
    match words:
        case [digit] if digit in _VALUES:
            return _VALUES[digit]
        case [digit, "trăm", unit] if digit in _VALUES and unit in _VALUES:
            raise _unreadable(words, _TWO_WAYS)  # in speech "hai trăm năm" is 250
        case [digit, "trăm", *rest] if digit in _VALUES:
            return _VALUES[digit] * 100 + _tens(rest, linh=True)
        case _:
            return _tens(words, linh=inside)


def _tens(words: list[str], *, linh: bool) -> int:
    """Two digits, 0 to 99; no words are 0. `linh`: a zero tens digit may be read here."""
    match words:
        case []:
            return 0
        case ["linh", unit] if linh and _AFTER_LINH.get(unit):
            return _AFTER_LINH[unit]
        case ["mười"]:
            return 10
        case ["mười", unit] if _AFTER_TENS.get(unit):
            return 10 + _AFTER_TENS[unit]
        case [ten, "mươi"] if _VALUES.get(ten, 0) > 1:
            return _VALUES[ten] * 10
        case [ten, "mươi", unit] if _VALUES.get(ten, 0) > 1 and _AFTER_TENS.get(unit):
            return _VALUES[ten] * 10 + _AFTER_TENS[unit]
    raise _unreadable(words, _NO_GROUP)


def _unreadable(words: list[str], reason: Text) -> MalformedWords:
    """The fault that `words` have, as a sentence about them."""
    phrase = " ".join(words)
    return MalformedWords(phrase, Text(f"“{phrase}” {reason.vi}", f"“{phrase}” {reason.en}"))
