"""Records as CSV (RFC 4180): UTF-8, commas, a heading, points as decimal signs, whatever the PC's own settings are.

The groups of an item stand in one field, from the outermost, with ` › ` between; a backslash makes a `›` or a backslash
of a group itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TextIO

from rollup.consolidation.exports.records import Field
from validators.reports.json_report import decimal_text

GROUPS = " › "
_OWN = re.compile(r"[›\\]")
#: What a spreadsheet program takes for a formula, also behind blanks (OWASP, CSV Injection), or for text because of us.
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|['\s]*[\t\r\n]")


def write_table(stream: TextIO, heads: Iterable[str], lines: Iterable[Sequence[Field]], *, guarded: bool) -> None:
    """The heads and the lines. `stream`: opened with newline "". `guarded`: no text can become a formula."""
    writer = csv.writer(stream)
    writer.writerow(heads)
    writer.writerows([_text(field, guarded) for field in line] for line in lines)


def _text(field: Field, guarded: bool) -> str:
    if field is None:
        return ""
    if isinstance(field, Decimal):
        return decimal_text(field) or ""
    if isinstance(field, int):
        return str(field)
    text = field if isinstance(field, str) else GROUPS.join(_OWN.sub(r"\\\g<0>", group) for group in field)
    return _guarded(text) if guarded else text


def _guarded(text: str) -> str:
    """An apostrophe before a text that Excel or LibreOffice would calculate when it opens the file.

    Such a text that begins with apostrophes gets one more. So whoever takes one apostrophe off each text of that form
    has every text back exactly.
    """
    return f"'{text}" if _FORMULA.match(text) else text
