"""Figures as the cells of appendices hold them: numbers, numbers written as text in either grouping, broken ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from budget.money import Unit
from budget.numbers import MalformedNumber, parse_number
from validators.grid import GridCell, Value
from validators.tables.model import Figure, Form
from workbook.package import CellError

MAX_DECIMALS = 6  # more are the noise of binary numbers, or of a division
_FOOTNOTE = re.compile(r"^\(\*+\)|^\(\d\)\s+(?=\d)|\s*\(\*+\)$|\s*\*+$|[¹²³⁴⁵⁶⁷⁸⁹⁰]+$")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)
_NUMBERLIKE = re.compile(r"[-–(]?\s*\d[\d.,\s\u00a0]*\)?")
_SPACED = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")
_ENGLISH = re.compile(r"-?\(?\d{1,3}(?:,\d{3})*(?:\.\d+)?\)?|-?\(?\d+(?:\.\d+)?\)?")
_SURE_ENGLISH = re.compile(r"-?\(?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:,\d{3})+\.\d+)\)?")
_SURE_VIETNAMESE = re.compile(r"-?\(?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+)\)?")
_ONE_COMMA_GROUP = re.compile(r"-?\(?[1-9]\d{0,2},\d{3}\)?")
_COMMA_DECIMALS = re.compile(r"-?\(?\d+,(?:\d{1,2}|\d{4,})\)?|-?\(?0,\d+\)?")
_DOT_GROUP = re.compile(r"-?\(?[1-9]\d{0,2}(?:\.\d{3})+\)?")
_ENOUGH = 3  # texts
_NO_AMOUNT = Decimal(10**18)  # nobody plans so much
_LONG = 60  # characters: more is no figure
_IDENTIFIER = re.compile(r"0\d{5,}")  # a telephone, an account: no amount begins with a zero
_DASHES = {"-", "–", "—", "−"}


class Grouping(Enum):
    """How the numbers that are text part their digits."""

    VIETNAMESE = "1.234.567,8"
    ENGLISH = "1,234,567.8"


def grouping_of(texts: Iterable[str], unit: Unit | None = None) -> Grouping:
    """The grouping of a table, from the texts that can mean one thing only; Vietnamese where none does.

    Where every comma is followed by three digits, and several are, they part thousands; one is enough for amounts in
    đồng, which are whole. Those in tỷ are written to the triệu, after a comma, and come to thousands of them nowhere
    but in the budget of a whole province.
    """
    told = [_told(text) for text in texts if len(text) <= _LONG]
    votes, groups, decimals, dotted = map(sum, zip(*told, strict=True)) if told else (0, 0, 0, 0)
    enough = 1 if unit is Unit.DONG else _ENOUGH
    if votes == 0 and groups >= enough and not decimals and not dotted and unit is not Unit.BILLION:
        return Grouping.ENGLISH
    return Grouping.ENGLISH if votes > 0 else Grouping.VIETNAMESE


@lru_cache(maxsize=16_384)
def _told(text: str) -> tuple[int, bool, bool, bool]:
    """For or against English grouping for sure; whether it has one group after a comma, decimals, groups of dots."""
    trimmed = _trimmed(text)
    return (
        bool(_SURE_ENGLISH.fullmatch(trimmed)) - bool(_SURE_VIETNAMESE.fullmatch(trimmed)),
        bool(_ONE_COMMA_GROUP.fullmatch(trimmed)),
        bool(_COMMA_DECIMALS.fullmatch(trimmed)),
        bool(_DOT_GROUP.fullmatch(trimmed)),
    )


def looks_like_figure(value: Value) -> bool:
    """Whether a cell holds a number, or a text that is meant to be one."""
    if isinstance(value, Decimal):
        return True
    if not isinstance(value, str) or isinstance(value, CellError):
        return False
    return len(value) <= _LONG and _reads_like_figure(value)


@lru_cache(maxsize=16_384)
def _reads_like_figure(text: str) -> bool:
    trimmed = _trimmed(text)
    return bool(_NUMBERLIKE.fullmatch(trimmed)) and not _IDENTIFIER.fullmatch(trimmed)


def figure_of(cell: GridCell | None, grouping: Grouping = Grouping.VIETNAMESE) -> Figure | None:
    """The figure of a cell; None where it holds none. A percentage is none."""
    if cell is None or "%" in cell.style.number_format:
        return None
    value = cell.value
    if isinstance(value, Decimal):
        return _number(value) if abs(value) < _NO_AMOUNT else None
    if not isinstance(value, str) or isinstance(value, CellError):
        return None
    text = value.strip()
    return figure_of_text(text, grouping) if len(text) <= _LONG else None


@lru_cache(maxsize=16_384)  # columns are told by their figures before those are read
def figure_of_text(text: str, grouping: Grouping = Grouping.VIETNAMESE) -> Figure | None:
    """The figure that a short text without blanks around it is; None where it is none."""
    if text in _DASHES:
        return Figure(Form.DASH, Decimal(0), text)
    trimmed = _SPACED.sub("", _trimmed(text))
    if not _NUMBERLIKE.fullmatch(trimmed) or _IDENTIFIER.fullmatch(trimmed):
        return None
    read = _english(trimmed) if grouping is Grouping.ENGLISH else _vietnamese(trimmed)
    if read is None and _SURE_ENGLISH.fullmatch(trimmed):
        read = _english(trimmed)
    if read is None:
        return Figure(Form.MALFORMED, None, text, readings=tuple(_readings(trimmed)))
    return Figure(Form.TEXT, read, text, _decimals(read)) if abs(read) < _NO_AMOUNT else None


def _number(value: Decimal) -> Figure:
    decimals = _decimals(value)
    if decimals > MAX_DECIMALS:
        value = round(value, MAX_DECIMALS).normalize()
        decimals = _decimals(value)
    return Figure(Form.NUMBER, value, "", decimals)


def _decimals(value: Decimal) -> int:
    if value == value.to_integral_value():
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _trimmed(text: str) -> str:
    """Without footnote marks and the currency."""
    return _CURRENCY.sub("", _FOOTNOTE.sub("", text.strip())).strip()


def _vietnamese(text: str) -> Decimal | None:
    try:
        return parse_number(text).value
    except MalformedNumber:
        return None


def _english(text: str) -> Decimal | None:
    if not _ENGLISH.fullmatch(text):
        return _vietnamese(text) if _SURE_VIETNAMESE.fullmatch(text) else None
    number = Decimal(re.sub(r"[^\d.]", "", text))
    return -number if text[0] in "-(" else number


def _readings(text: str) -> Iterator[Decimal]:
    """What a broken number could be: a group that is too long without one digit; decimals; all digits together."""
    groups = [digits for group in re.split(r"[.,]", text) if (digits := re.sub(r"\D", "", group))]
    seen = []
    if len(groups) == 2 and len(groups[1]) != 3:
        seen.append(f"{groups[0]}.{groups[1]}")
    elif groups and len(groups[-1]) == 3:
        for place, group in enumerate(groups):
            if len(group) > 3:
                seen.append("".join([*groups[:place], group[:-1], *groups[place + 1 :]]))
    seen.append("".join(groups))
    yield from dict.fromkeys(Decimal(digits) for digits in seen)
