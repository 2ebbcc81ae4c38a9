"""Number formats: Excel's codes in English, and what typing a text makes of it in English."""

from __future__ import annotations

import re
from typing import Any

from .world import World, struct

DATE, TIME, CURRENCY, PERCENT, TEXT, LOGICAL = 2, 4, 8, 128, 256, 1024  # com.sun.star.util.NumberFormat
_GENERAL = "General"
_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|AM/PM|A/P|General|[DMYHS]+')


def _locale(language: str = "", country: str = "") -> Any:
    return struct("lang.Locale", Language=language, Country=country)


def format_key(book: Any, code: str) -> int:
    """The number of a format, given its code in English.

    It is kept as one of the system's locale, as those are that LibreOffice reads from an .xlsx: with any other it
    would write `[$-42A]` before the code.
    """
    formats = book.NumberFormats
    converted = formats.getByKey(formats.addNewConverted(code, _locale("en", "US"), book.CharLocale))
    local, system = str(converted.FormatString), _locale()
    key = formats.queryKey(local, system, False)
    return int(formats.addNew(local, system) if key < 0 else key)


def format_code(book: Any, key: int) -> str:
    """The code of a format in English, in Excel's spelling."""
    formats = book.NumberFormats
    found = formats.getByKey(key)
    locale = found.Locale if found.Locale.Language else book.CharLocale
    if int(found.Type) & LOGICAL:
        return _GENERAL  # Excel has no format of truths
    english = formats.addNewConverted(found.FormatString, locale, _locale("en", "US"))
    return _DATE_LETTERS.sub(_spelled, str(formats.getByKey(english).FormatString))


def _spelled(match: re.Match[str]) -> str:
    """Excel writes the letters of dates small, and colours with one capital."""
    part = match[0]
    if part[0] == "[":
        return part.lower() if re.fullmatch(r"\[[HMS]+\]", part) else part.title() if part[1:-1].isalnum() else part
    return part.lower() if re.fullmatch(r"[DMYHS]+", part) else part


def format_kind(book: Any, key: int) -> int:
    """What a format is for: bits, such as DATE."""
    return int(book.NumberFormats.getByKey(key).Type)


class Typist:
    """Reads texts as if they were typed into a cell in English."""

    def __init__(self, world: World, book: Any) -> None:
        self._book = book
        self._formatter = world.create("util.NumberFormatter")
        self._formatter.attachNumberFormatsSupplier(book)
        self._standard = book.NumberFormats.getStandardIndex(_locale("en", "US"))

    def read(self, text: str) -> tuple[float, int | None] | None:
        """The number that it is taken for, and the format that it brings along; None: it stays a text."""
        try:
            key = self._formatter.detectNumberFormat(self._standard, text)
            number = float(self._formatter.convertStringToNumber(self._standard, text))
        except Exception:  # noqa: BLE001 - NotNumericException, which Python cannot import by that name alone
            return None
        kind = format_kind(self._book, key)
        if kind == DATE:
            return number, format_key(self._book, "m/d/yyyy")  # Excel's, where LibreOffice has two digits a year
        if kind & (DATE | TIME | CURRENCY | PERCENT):
            return number, format_key(self._book, str(self._book.NumberFormats.getByKey(key).FormatString))
        return number, None
