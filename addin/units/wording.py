"""The words by which a table states its unit, exchanged for another unit's."""

from __future__ import annotations

import re

from budget.money import Unit
from validators.tables.units import read_unit, stated_unit

_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{1,24}?)\s*[)\]]")


def reworded(text: str, target: Unit) -> str | None:
    """A unit line or a heading that states `target` in the form of `text`; None for one that states no unit.

    Brackets, spaces, the words before the unit and its capitals stay: "ĐVT: Triệu đồng" becomes "ĐVT: Đồng".
    """
    stated = stated_unit(text)
    if stated is None:
        return None
    words = r"\s+".join(map(re.escape, stated[1].split()))
    for found in reversed(list(re.finditer(rf"(?<!\w){words}(?!\w)", text))):
        new = text[: found.start()] + _in_capitals_of(found[0], target.label) + text[found.end() :]
        if (says := stated_unit(new)) is not None and says[0] is target:
            return new
    return None


def label_reworded(text: str, source: Unit, target: Unit) -> str:
    """The label of a row; only a unit in brackets of its own is one: "Tổng cộng (triệu đồng)"."""
    for found in _BRACKETED.finditer(text):
        if read_unit(found[1]) is source:
            return text[: found.start(1)] + _in_capitals_of(found[1], target.label) + text[found.end(1) :]
    return text


def _in_capitals_of(model: str, label: str) -> str:
    """`label` written as `model` is; abbreviations (VNĐ) are no model."""
    if model.isupper() and (" " in model or len(model) > 3):
        return label.upper()
    is_capital = model[:1].isupper() and not model.isupper()
    return label[0].upper() + label[1:] if is_capital else label
