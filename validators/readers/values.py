"""From what a file stores to the value of a cell. Every reader makes its values here, so that all kinds agree."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from faults import Text
from validators.grid import Value
from validators.readers.limits import MAX_TEXT
from validators.readers.refusals import too_much
from workbook.number_formats import shows_date

_DIGITS = 15
_WHOLE_FLOATS = 2.0**53  # above it a float's last digits are nobody's figure
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_DAY = 60  # Excel's 29 February 1900, which never was
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def exact(number: float) -> Decimal:
    """The shortest decimal that stands for a stored binary number: 46.3 and not 46.29999999999999716.

    What differs by more than that stays: 46.300000000000004 is another number. Whole numbers have no decimals.
    Raises ValueError for infinities and for what is no number.
    """
    if number.is_integer() and abs(number) <= _WHOLE_FLOATS:
        return Decimal(int(number))
    if not isfinite(number):
        raise ValueError(number)
    return Decimal(repr(number))


def calculated(value: Value) -> Value:
    """The value of a formula, a number with no more digits than `fifteen_digits`."""
    return fifteen_digits(value) if isinstance(value, Decimal) else value


def fifteen_digits(number: Decimal) -> Decimal:
    """A calculated number with the digits that Excel holds and shows. Those beyond, which files store too, are the
    order in which binary numbers were added up, and nobody's figure.
    """
    if len(str(number)) <= _DIGITS or len(number.as_tuple().digits) <= _DIGITS:
        return number
    return exact(float(f"{number:.{_DIGITS}g}"))


@lru_cache(maxsize=16_384)  # a budget repeats its figures
def exact_text(text: str) -> Decimal:
    """`exact` of a number as XML writes it. Excel writes up to 17 digits: 46.299999999999997 is 46.3."""
    if not text.isascii() or "_" in text:  # which Python reads
        raise ValueError(text)
    return exact(float(text))


def dated(number: Decimal, number_format: str, *, epoch_1904: bool) -> Decimal | date:
    """A serial number as the day that its format shows, with the time where it is not midnight.

    Numbers that are no day in Excel stay numbers, and so do times of day and durations.
    """
    if not shows_date(number_format) or not 0 < number < _LAST_DAY + 1:
        return number
    days = float(number)
    if not epoch_1904 and days < _LEAP_DAY:
        days += 1
    seconds = round((days % 1) * 86_400)
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH
    try:
        moment = epoch + timedelta(days=days // 1, seconds=seconds)
    except OverflowError:
        return number
    return moment if seconds else moment.date()


def from_iso(text: str) -> date:
    """A day or a moment as ISO 8601 writes it. Raises ValueError."""
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment if "T" in text else moment.date()


def clean(text: str) -> str:
    """The text of a cell, composed (NFC). Raises InputFault for one longer than any program allows."""
    if len(text) > MAX_TEXT:
        raise too_much(Text("ô có chữ dài quá mức", "the text of a cell is too long"), len(text), MAX_TEXT)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, written `_x000D_` (ECMA-376 part 1, 22.9.2.19).

    A carriage return is no more than the end of a line; other characters that nobody sees are left out.
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character.isprintable() or character in "\n\t" else ""
