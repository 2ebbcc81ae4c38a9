"""Small decisions about what a cell shows."""

from __future__ import annotations

from decimal import Decimal

from budget.plan import Amount, Status

_STATUS_NOTES = {
    Status.STATED: "",
    Status.UNREADABLE: "Bản gốc không đọc được số này.",
    Status.PROVEN: "Bản gốc in hỏng; số này suy ra được.",
}


def is_whole(text: str) -> bool:
    """Whether a label ("1", "2021") is a whole number that a numeric cell shows unchanged; as text Excel marks it."""
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) <= 15


def is_integral(value: Decimal) -> bool:
    """Whether a figure has no decimals."""
    return value == value.to_integral_value()


def leaf_note(amount: Amount) -> str:
    """The note at an amount that is not simply stated."""
    printed = f"In là: “{amount.printed}”." if amount.printed else ""
    return " ".join(part for part in (_STATUS_NOTES[amount.status], printed, amount.reason or "") if part)
