"""Amounts whose cells name a unit of their own ("12 triệu", "1,2 tỷ đồng"), and those that say only about how much."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from budget.money import Unit, convert
from validators.grid import GridCell, Value
from validators.tables.model import Figure, Form
from validators.tables.numerals import Grouping, figure_of_text, looks_like_figure
from validators.tables.wording import bare, years_in
from workbook.package import CellError

_LONG = 60  # characters: more is no figure
_NUMBER = r"-?\d[\d.,]*(?:[ \u00a0]\d{3})*"
_NAMED = r"(?:tỷ|tỉ|triệu|trđ|tr|nghìn|ngàn)\.?\s*(?:đồng|đ|vnđ|vnd)?\.?"
_PARTS = re.compile(rf"(?:{_NUMBER}\s*{_NAMED}(?:\s*,?\s+|$))+", re.IGNORECASE)
_PART = re.compile(rf"({_NUMBER})\s*({_NAMED})", re.IGNORECASE)
_UNITS = {"ty": Unit.BILLION, "ti": Unit.BILLION, "ng": Unit.THOUSAND}  # by how a name begins; millions else
_IN_DONG = re.compile(r"\d\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)
_ABOUT = r"(?:khoảng|chừng|ước|ước tính|dự kiến|tạm tính|trên|dưới|hơn|gần|tối đa|không quá|~|≈|<|>|≤|≥|±)"
_AFTER = r"(?:\([^()]*\)|tạm tính|dự kiến|ước|trở lên|\?)"
_VAGUE = re.compile(
    rf"(?:{_ABOUT}\s*:?\s*(?P<about>{_NUMBER})|(?P<low>{_NUMBER})\s*(?:{_NAMED})?\s*(?:-|–|—|÷|~|đến)\s*(?P<high>{_NUMBER})|"
    rf"(?P<noted>{_NUMBER})(?=\s*(?:{_NAMED})?\s*{_AFTER}))\s*(?:{_NAMED}|đồng|đ)?\s*{_AFTER}?",
    re.IGNORECASE,
)


def looks_like_amount(value: Value) -> bool:
    """Whether a cell holds a number, or a text that is meant to be an amount: "1.200", "12 triệu", "khoảng 20"."""
    return looks_like_figure(value) or (isinstance(value, str) and len(value) <= _LONG and _reads_like_amount(value))


@lru_cache(maxsize=16_384)
def _reads_like_amount(text: str) -> bool:
    return any(map(str.isdigit, text)) and bool(_PARTS.fullmatch(text.strip()) or _is_vague(text.strip()))


def _is_vague(text: str) -> bool:
    return bool(_VAGUE.fullmatch(text)) and not years_in(text)


def own_amount(cell: GridCell, unit: Unit, grouping: Grouping) -> Figure | None:
    """The figure, in `unit`, of a cell that says what its number is in, or about how much it is; None for any other.

    "12 triệu" is read; "12.000.000 đ" in a table of millions too. What is vague is malformed: nobody can add it up.
    """
    text = cell.value
    if not isinstance(text, str) or isinstance(text, CellError) or len(text) > _LONG or "%" in text:
        return None
    return _own_amount(text.strip(), unit, grouping)


@lru_cache(maxsize=16_384)
def _own_amount(text: str, unit: Unit, grouping: Grouping) -> Figure | None:
    if _PARTS.fullmatch(text):
        parts = [(figure_of_text(number, grouping), _unit_named(name)) for number, name in _PART.findall(text)]
        amounts = [convert(part.value, named, unit) for part, named in parts if part and part.value is not None]
        if len(amounts) < len(parts):
            return Figure(Form.MALFORMED, None, text)
        return _figure(sum(amounts, Decimal(0)), text)
    if _IN_DONG.search(text) and (read := figure_of_text(text, grouping)) and read.value is not None:
        amount = convert(read.value, Unit.DONG, unit)
        return _figure(amount, text) if abs(amount) >= 1 else None
    if figure_of_text(text, grouping) is None and (vague := _VAGUE.fullmatch(text)) and _is_vague(text):
        read_as = (figure_of_text(number, grouping) for number in vague.groups() if number)
        readings = tuple(each.value for each in read_as if each and each.value is not None)
        return Figure(Form.MALFORMED, None, text, readings=readings)
    return None


def _unit_named(name: str) -> Unit:
    words = bare(name)
    return _UNITS.get(words[:2], Unit.MILLION)


def _figure(value: Decimal, text: str) -> Figure:
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figure(Form.TEXT, value, text, decimals)
