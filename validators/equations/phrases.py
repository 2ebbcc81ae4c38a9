"""Amounts in the texts of a sheet: in words, in digits, as cost expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from budget.expression import parse_expression
from budget.numbers import EXACT, MalformedNumber, parse_number
from budget.words import MalformedWords, from_words

_MULTIPLES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tr": 6, "tr.": 6, "tỷ": 9, "tỉ": 9}
_AMOUNT = re.compile(
    r"(?<![\d.,/])(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*"
    r"(?:(?P<multiple>nghìn|ngàn|triệu|tr\.?|tỷ|tỉ)\s*)?(?P<currency>đồng|vnđ|vnd|đ)?(?![\w%])",
    re.IGNORECASE,
)
_LONGEST = 1_000  # characters that are read
_BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_MONEY = re.compile(
    r"\d\s*(?:k|tr|triệu|nghìn|ngàn|tỷ|tỉ|đ|đồng|vnđ|vnd)(?![^\W\d_])|(?:đ|đồng|vnđ|vnd)\s*/", re.IGNORECASE
)
_TIMES = re.compile(r"\d[^=]{0,80}?(?:[×*]|(?<=[\s\d])[xX](?=[\s\d]))\s*\d")
_STATEMENT = re.compile(r"(?P<left>\d[^=;:]{0,120}?)\s*=\s*(?P<right>\d[^=;]{0,40})")


@dataclass(frozen=True)
class Stated:
    """An amount in đồng that a text states, and the words before it ("Ngân sách tỉnh")."""

    amount: Decimal
    label: str


@dataclass(frozen=True)
class Statement:
    """An equation within one text: "30.000.000 VNĐ/năm x 5 năm = 150.000.000 VNĐ". Both sides in đồng."""

    expression: str
    computed: Decimal
    stated: Decimal


def amount_in_words(text: str) -> Stated | None:
    """The amount that a text states in words, if it does nothing else: "Bằng chữ: ...", "Nguồn khác: chín tỷ ..."."""
    label, colon, words = text.strip()[:_LONGEST].partition(":")
    if not colon:
        label, words = "", text
    for candidate, before in ((words, label), (text, "")):
        amount = _in_words(candidate.strip(" ./()[]"))
        if amount is not None:
            return Stated(Decimal(amount), before.strip(" -+*•"))
    return None


@lru_cache(maxsize=4_096)  # the texts in brackets of a folder's files are much the same
def _in_words(text: str) -> int | None:
    try:
        return from_words(text)
    except MalformedWords:
        return None


def words_in_brackets(text: str) -> Iterator[tuple[Stated, int]]:
    """Digits that words in brackets repeat: the amount of the digits, with the amount of the words."""
    for bracket in _BRACKETED.finditer(text):
        amount = _in_words(bracket[1])
        if amount is None:
            continue
        before = list(_AMOUNT.finditer(text[: bracket.start()].rstrip()))
        if before and before[-1].end() >= len(text[: bracket.start()].rstrip(" .;:,")) and _is_money(before[-1]):
            yield Stated(_amount(before[-1]), ""), amount


def amounts_in_digits(text: str) -> list[Stated]:
    """The amounts of money that a text states in digits with their unit, in order, each with the text before it."""
    text = text[:_LONGEST]
    return [Stated(_amount(found), text[: found.start()]) for found in _AMOUNT.finditer(text) if _is_money(found)]


def cost_expression(text: str) -> Decimal | None:
    """The amount in đồng of the one cost expression that stands in brackets in a text, or is all of it."""
    found = []
    text = text[:_LONGEST]
    for part in [*(bracket[1] for bracket in _BRACKETED.finditer(text)), text]:
        if _TIMES.search(part) and _MONEY.search(part) and "=" not in part:
            value = _evaluated(part)
            if value is not None:
                found.append(value)
    return found[0] if len(set(found)) == 1 else None


def statements(text: str) -> Iterator[Statement]:
    """The equations that a text spells out."""
    for found in _STATEMENT.finditer(text):
        if not _TIMES.search(found["left"]) or not _MONEY.search(found["left"]):
            continue
        computed = _evaluated(found["left"])
        right = _AMOUNT.match(found["right"])
        if computed is not None and right is not None and (right["multiple"] or right["currency"]):
            yield Statement(found["left"].strip(), computed, _amount(right))


def _evaluated(text: str) -> Decimal | None:
    """A product, or a sum of products."""
    total = Decimal(0)
    for term in re.split(r"\s\+\s", text.strip()):
        try:
            total = EXACT.add(total, parse_expression(term).value)
        except MalformedNumber:
            return None
    return total


def _is_money(found: re.Match[str]) -> bool:
    return bool(found["multiple"] or found["currency"])


def _amount(found: re.Match[str]) -> Decimal:
    value = parse_number(found["number"]).value
    assert value is not None
    return value.scaleb(_MULTIPLES.get((found["multiple"] or "").lower(), 0), context=EXACT)
