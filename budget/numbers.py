"""Numbers as Vietnamese documents print them: dots between groups of three digits, a comma before the decimals.

The reader never guesses. English grouping (`1,512,300`), a decimal point (`1500.5`) and broken groups
(`2000.000.000`) are malformed: the same digits could mean two amounts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from faults import Text

# The default context rounds to 28 digits; sums of money must not.
EXACT = Context(prec=MAX_PREC, rounding=ROUND_HALF_UP)
_ZERO, _ONE = Decimal(0), Decimal(1)


class Form(StrEnum):
    """What stands where a number is expected. A dash is not zero, and neither is a blank."""

    NUMBER = "number"
    DASH = "dash"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number. `value` is None for a dash and a blank; it keeps the printed decimals (`46,30` is 46.30)."""

    form: Form
    value: Decimal | None


class Malformed(ValueError):
    """Text that cannot be read: `text` as it was given, `reason` as a clause without a full stop."""

    def __init__(self, text: str, reason: Text) -> None:
        self.text, self.reason = text, reason
        super().__init__(text, reason)

    def __str__(self) -> str:
        return f"“{self.text}”: {self.reason.en}"


class MalformedNumber(Malformed):
    """Text that is no Vietnamese number."""


_NOT_A_NUMBER = Text("không phải là một con số", "this is not a number")
_ENGLISH = Text(
    "viết theo kiểu Anh (dấu phẩy ngăn nhóm); cần dấu chấm ngăn nhóm, dấu phẩy trước phần thập phân",
    "English grouping; dots must separate the groups and a comma the decimals",
)
_COMMA = Text(
    "chỉ được có một dấu phẩy, theo sau chỉ có các chữ số thập phân",
    "there may be one comma only, with nothing but decimals after it",
)
_POINT = Text(
    "dấu chấm chỉ dùng để ngăn nhóm ba chữ số; phần thập phân viết sau dấu phẩy",
    "a dot only separates groups of three digits; decimals follow a comma",
)
_GROUPS = Text(
    "dấu chấm phải ngăn số thành các nhóm đủ ba chữ số",
    "the dots must part the number into groups of exactly three digits",
)

_BINDING_SPACE = "\u00a0"  # stands for every space that typography allows inside a number
_FOLDED = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),  # hyphens, dashes, the minus sign
    **dict.fromkeys(map(ord, "\u2007\u2009\u202f"), _BINDING_SPACE),
    **dict.fromkeys(map(ord, "\u200b\u2060\ufeff"), None),  # invisible
}
_FRAME = re.compile(
    r"(?P<open>\(\s*)?(?P<minus>-)?(?P<digits>[0-9](?:[0-9.,\u00a0]*[0-9.,])?)(?:\s*(?:đồng|đ|vnđ|vnd|₫))?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}([.\u00a0])[0-9]{3}(?:\1[0-9]{3})*")
_ENGLISH_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_ONE_POINT = re.compile(r"0+\.[0-9]+|[0-9]+\.(?![0-9]{3}$)[0-9]+")


def parse_number(text: str) -> Printed:
    """Reads one printed number, in the unit it is printed in.

    Brackets or a minus sign make it negative; "đ", "đồng", "VNĐ", "VND" may follow it. A no-break or thin space may
    stand for the dots. Superscripts are not digits. Raises MalformedNumber.
    """
    clean = unicodedata.normalize("NFC", text).translate(_FOLDED).strip()
    if not clean:
        return Printed(Form.BLANK, None)
    if clean == "-":
        return Printed(Form.DASH, None)
    frame = _FRAME.fullmatch(clean)
    if frame is None or bool(frame["open"]) != bool(frame["close"]) or (frame["open"] and frame["minus"]):
        raise MalformedNumber(text, _NOT_A_NUMBER)
    digits = frame["digits"]
    whole, comma, decimals = digits.partition(",")
    if not _WHOLE.fullmatch(whole) or (comma and not decimals.isdigit()):
        raise MalformedNumber(text, _reason(digits))
    value = Decimal(re.sub(r"[^0-9]", "", whole) + (f".{decimals}" if comma else ""))
    negative = value != 0 and (frame["minus"] or frame["open"])
    return Printed(Form.NUMBER, value.copy_negate() if negative else value)


def _reason(digits: str) -> Text:
    """Why `digits` (digits, dots, commas) are no Vietnamese number."""
    whole, comma, decimals = digits.partition(",")
    if _ENGLISH_GROUPS.fullmatch(digits):
        return _ENGLISH
    if comma and not decimals.isdigit():
        return _COMMA
    return _POINT if _ONE_POINT.fullmatch(whole) else _GROUPS


def format_number(value: Decimal, decimals: int | None = None) -> str:
    """Prints `value` with dots between groups and a comma before the decimals; `parse_number` reads it back.

    `decimals` None: as many as the value has, without trailing zeros. Otherwise exactly so many, halves rounded away
    from zero as a spreadsheet does. Raises ValueError if `value` is not finite.
    """
    shown = plain(value)
    if decimals is not None:
        shown = shown.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
        shown = shown if shown else shown.copy_abs()
    return f"{shown:,f}".translate({ord(","): ".", ord("."): ","})


def number_text(value: Decimal | int, *, signed: bool = False) -> Text:
    """A number as each language groups it: `1.234,5` and `1,234.5`; `signed`: with a plus above zero.

    Raises ValueError if it is not finite.
    """
    printed = ("+" if signed and value > 0 else "") + format_number(Decimal(value))
    return Text(printed, printed.translate({ord("."): ",", ord(","): "."}))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros, positive exponent or negative zero. ValueError if it is not finite."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    if not value:
        return _ZERO
    if value == value.to_integral_value():
        return value.quantize(_ONE, context=EXACT)
    return value.normalize(EXACT)


def decimals_of(value: Decimal) -> int:
    """How many decimals a number has, trailing zeros aside. ValueError if it is not finite."""
    return max(0, -int(plain(value).as_tuple().exponent))
