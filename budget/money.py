"""The four units that appendices state amounts in, and exact conversion between them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import Enum

from budget.numbers import EXACT, plain


class Unit(Enum):
    """A unit of money (đơn vị tính); the enum value is the power of ten of đồng. `exponent`: 6 for triệu đồng."""

    def __init__(self, exponent: int) -> None:
        self.exponent = exponent

    DONG = 0
    THOUSAND = 3
    MILLION = 6
    BILLION = 9

    @property
    def factor(self) -> Decimal:
        """How many đồng one unit is."""
        return Decimal(10**self.value)

    @property
    def label(self) -> str:
        """The name as appendices print it."""
        return _LABELS[self]


_LABELS = {
    Unit.DONG: "đồng",
    Unit.THOUSAND: "nghìn đồng",
    Unit.MILLION: "triệu đồng",
    Unit.BILLION: "tỷ đồng",
}
_CURRENCIES = ("đồng", "đ", "vnđ", "vnd", "₫", "đồng việt nam")
_MULTIPLES = {
    "nghìn ": Unit.THOUSAND,
    "ngàn ": Unit.THOUSAND,
    "1.000 ": Unit.THOUSAND,
    "1000 ": Unit.THOUSAND,
    "triệu ": Unit.MILLION,
    "tỷ ": Unit.BILLION,
    "tỉ ": Unit.BILLION,
}
_SPELLINGS = {
    **dict.fromkeys(_CURRENCIES, Unit.DONG),
    **{multiple + currency: unit for multiple, unit in _MULTIPLES.items() for currency in _CURRENCIES},
    **dict.fromkeys(("1.000đ", "1000đ", "1.000đồng", "1000đồng"), Unit.THOUSAND),
    **dict.fromkeys(("tr.đ", "tr.đồng", "trđ"), Unit.MILLION),
}


def parse_unit(text: str) -> Unit:
    """The unit that `text` names in a customary spelling, whatever the capitals and spaces.

    Raises ValueError for anything else, misspellings included.
    """
    unit = _SPELLINGS.get(" ".join(unicodedata.normalize("NFC", text).lower().split()))
    if unit is None:
        raise ValueError(f"“{text}” is not a unit of money; expected one of {', '.join(_LABELS.values())}")
    return unit


def convert(amount: Decimal, source: Unit, target: Unit) -> Decimal:
    """`amount` of `source` in `target`, exact at any size; never in exponent notation. ValueError if not finite."""
    return plain(amount if source is target else amount.scaleb(source.exponent - target.exponent, context=EXACT))
