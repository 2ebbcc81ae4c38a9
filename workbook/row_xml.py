"""Rows as the XML of a sheet has them (ECMA-376 part 1, 18.3.1), for sheets of so many that objects cost too much.

Of cells that stand in many rows most is the same in all of them. So their XML is made once, with a letter that no XML
holds where something differs: `ROW` for the number of the row, `GAPS` for what is filled in. A row is then put together
of such parts in two calls, however many cells it has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import NamedTuple

from workbook.addresses import column_letters

ROW = "\0"
GAPS = ("\1", "\2", "\3")
_ROW, _GAPS = ROW.encode(), tuple(gap.encode() for gap in GAPS)
_ESCAPED = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_PIXEL = 0.75  # points


class Formula(NamedTuple):
    """A formula (without `=`), the value that it has, and the longest text that it may show: there will be room."""

    text: str
    value: str | int | float | Decimal
    longest: str = ""


class Number(NamedTuple):
    """A number as `digits` writes it, or one of `GAPS` for such."""

    text: str


Value = str | int | Decimal | Number | Formula | None


def digits(number: int | Decimal) -> str:
    """A number with all 16 digits that a sheet can hold."""
    return f"{number:.16G}"


def cell_xml(column: int, style: int, value: Value) -> str:
    """A cell in a column, from 1. `style`: its number in the styles of the workbook; a text is a `safe_text`."""
    start = f'<c r="{column_letters(column)}{ROW}" s="{style}"'
    if value is None:
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is>{_inline(value)}</is></c>'
    if isinstance(value, Formula):
        text = ' t="str"' if isinstance(value.value, str) else ""
        return (
            f"{start}{text}><f>{escape(value.text, quote=False)}</f><v>{escape(str(value.value), quote=False)}</v></c>"
        )
    number = value.text if isinstance(value, Number) else digits(value)
    return f"{start}><v>{number}</v></c>"


def row_xml(number: int, height: float, cells: Sequence[bytes], gaps: Sequence[str] = ()) -> bytes:
    """A row, from 1, of its cells from the left, as high as it is to be in points, to the nearest pixel.

    `gaps`: what is filled into the gaps of the cells: there must be nothing in it that XML escapes.
    """
    xml = b"".join((_row_start(height), *cells, b"</row>"))
    for gap, text in zip(_GAPS, gaps, strict=False):
        xml = xml.replace(gap, text.encode())
    return xml.replace(_ROW, b"%d" % number)


@lru_cache(maxsize=256)
def _row_start(height: float) -> bytes:
    points = int(height / _PIXEL + 0.5) * _PIXEL
    return f'<row r="{ROW}" ht="{points:g}" customHeight="1">'.encode()


@lru_cache(maxsize=16_384)  # texts of a list repeat
def _inline(text: str) -> str:
    """A text in XML; what looks like an escaped letter of Excel's (`_x000D_`) is escaped itself."""
    inner = escape(_ESCAPED.sub(r"_x005F\1", text), quote=False)
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<t{kept}>{inner}</t>"
