"""What a cell says, read by the form's prototype of it: the texts that stand where the form has tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from budget.numbers import format_number
from generators.tokens import Part, Token
from validators.grid import Value
from workbook.package import CellError


def text_of(value: Value) -> str:
    """A value as the text of a plan: whole numbers are their digits, a day is 15/06/2021, an error value is nothing."""
    match value:
        case CellError() | None:
            return ""
        case bool():
            return str(value).upper()
        case Decimal() if value == value.to_integral_value():
            return f"{value:.0f}"
        case Decimal():
            return format_number(value)
        case date():
            return f"{value:%d/%m/%Y}"
    return str(value).strip()


def captured(parts: tuple[Part, ...], text: str) -> Mapping[str, str] | None:
    """What stands in a text where the parts have tokens, by their names; None: the text is not of these parts."""
    match = _pattern(parts).fullmatch(text)
    return match.groupdict() if match else None


@lru_cache(256)
def _pattern(parts: tuple[Part, ...]) -> re.Pattern[str]:
    seen: set[str] = set()
    pattern = ""
    for part in parts:
        if isinstance(part, str):
            pattern += re.escape(part)
        elif _name(part) in seen:
            pattern += f"(?P={_name(part)})"
        else:
            seen.add(_name(part))
            pattern += f"(?P<{_name(part)}>.*)"
    return re.compile(pattern, re.DOTALL)


def _name(token: Token) -> str:
    return f"{token.name}_{token.argument}".replace(" ", "_") if token.name in {"text", "head"} else token.name
