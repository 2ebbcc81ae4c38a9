"""Number formats with as many decimals as figures need."""

from __future__ import annotations

import re

MOST = 6  # decimals: triệu to the đồng
PLAIN = "#,##0"
_PIECE = re.compile(
    r'"[^"]*"|[\\_*].|\[[^\]]*\]|(?P<digits>[#0?][#0?,]*)(?:\.(?P<decimals>[#0?]*))?|.', re.DOTALL
)  # what stands in quotes, after a backslash, in brackets is no place of a digit


def with_decimals(code: str, decimals: int) -> str:
    """The number format that shows so many decimals and is otherwise like `code`; no general nor text format."""
    if code.lower() == "general" or code == "@":
        code = PLAIN
    return "".join(_piece(found, decimals) for found in _PIECE.finditer(code))


def _piece(found: re.Match[str], decimals: int) -> str:
    digits = found["digits"]
    if not digits or ("0" not in digits and "#" not in digits):  # `??` keeps the room of digits beside a dash
        return found[0]
    return digits + ("." + "0" * decimals if decimals else "")
