"""Text on its way into a workbook: into cells, sheet names and formulas."""

from __future__ import annotations

import re
import unicodedata
from copy import copy
from typing import TYPE_CHECKING

from faults import InputFault, Text

if TYPE_CHECKING:  # openpyxl brings numpy along: a process that checks files writes no cell and need not wait
    from openpyxl.cell import Cell

CELL_LIMIT = 32_767  # characters a cell holds (Excel specifications and limits)
SHEET_NAME_LIMIT = 31
LITERAL_LIMIT = 255  # characters of one string constant inside a formula

_LINE_END = re.compile(r"\r\n?")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
#: Controls, surrogates and the two further letters that XML 1.0 cannot hold; a line feed is welcome.
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _utf16_length(text: str) -> int:
    """How Excel counts characters: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def safe_text(value: str) -> str:
    """`value` as a cell may hold it: NFC, every line end a LF, every TAB one space.

    A TAB is spaced and not refused: it is what a paste from Word leaves behind, and Excel shows it as a blank.
    Raises InputFault for any other control character, for what XML cannot hold, and for more than 32 767 characters.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", value)).replace("\t", " ")
    bad = _FORBIDDEN.search(text)
    if bad:
        raise InputFault(
            Text("chữ có ký tự điều khiển", "the text holds a control character"),
            found=f"U+{ord(bad[0]):04X}",
            expected=Text("chữ, số, dấu và xuống dòng", "letters, digits, signs and line breaks"),
        )
    if _utf16_length(text) > CELL_LIMIT:
        raise InputFault(
            Text("chữ dài hơn một ô chứa được", "the text is longer than a cell can hold"),
            found=f"{text[:40]}… ({_utf16_length(text)})",
            expected=Text(f"nhiều nhất {CELL_LIMIT} ký tự", f"at most {CELL_LIMIT} characters"),
        )
    return text


def writable(text: str) -> str:
    """`text` with a blank for each letter that a cell cannot hold."""
    return _FORBIDDEN.sub(" ", text)


def cell_text(text: str, limit: int = CELL_LIMIT) -> str:
    """`text` as a cell or a note can hold it: no control characters, no more than `limit` UTF-16 units."""
    clean = writable(text)
    if len(clean.encode("utf-16-le")) <= 2 * limit:
        return clean
    return clean.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore") + "…"


def sheet_name(text: str) -> str:
    """`text` (NFC) if Excel takes it as the name of a sheet; raises InputFault if not.

    Excel's rules: 1 to 31 characters, none of `[ ] : * ? / \\` and no line break, no apostrophe at either end, not
    "History". That no other sheet has the same name (in any case) is for the caller to see to.
    """
    name = safe_text(text)
    problem = _sheet_name_problem(name)
    if problem is not None:
        unusable = Text("tên trang không dùng được", "the sheet name cannot be used")
        raise InputFault(unusable, found=text, expected=problem)
    return name


def _sheet_name_problem(name: str) -> Text | None:
    if not name.strip():
        return Text("một tên không trống", "a name that is not blank")
    if _utf16_length(name) > SHEET_NAME_LIMIT:
        return Text(f"nhiều nhất {SHEET_NAME_LIMIT} ký tự", f"at most {SHEET_NAME_LIMIT} characters")
    if "\n" in name or _FORBIDDEN_IN_SHEET_NAME.search(name):
        return Text("tên không có [ ] : * ? / \\ và xuống dòng", "a name without [ ] : * ? / \\ and line breaks")
    if name.startswith("'") or name.endswith("'"):
        return Text("tên không bắt đầu hay kết thúc bằng dấu '", "a name that neither begins nor ends with '")
    if name.casefold() == "history":
        return Text("tên khác “History”, tên Excel giữ riêng", "a name other than “History”, which Excel reserves")
    return None


def quote_sheet(name: str) -> str:
    """The sheet name as a formula writes it before the `!`: always in apostrophes, an apostrophe inside doubled."""
    return "'" + name.replace("'", "''") + "'"


def literal(text: str) -> str:
    """A formula expression (without `=`) whose value is `text`.

    Quotes are doubled, a line break is CHAR(10), and the text is cut into constants of at most 255 characters joined
    by `&`, which binds tighter than every comparison: the expression needs brackets only beside `^ * / + -`.
    """
    pieces: list[str] = []
    for number, line in enumerate(safe_text(text).split("\n")):
        if number:
            pieces.append("CHAR(10)")
        pieces += _constants(line)
    return "&".join(pieces) or '""'


def _constants(line: str) -> list[str]:
    """`line` as string constants; a cut never falls between the two halves of a doubled quote."""
    whole = line.replace('"', '""')
    if _utf16_length(whole) <= LITERAL_LIMIT:
        return [f'"{whole}"'] if whole else []
    constants: list[str] = []
    room = 0
    for letter in line:
        written = letter.replace('"', '""')
        width = _utf16_length(written)
        if width > room:
            constants.append("")
            room = LITERAL_LIMIT
        constants[-1] += written
        room -= width
    return [f'"{constant}"' for constant in constants]


def write_text(cell: Cell, value: str) -> None:
    """Put `value` (through `safe_text`) into `cell` as text that can never become a formula, an error or a number.

    Text that Excel would read as something else when a person re-enters the cell (F2, Enter), such as `=1+1`, `-`,
    `+5`, `@x`, `2.10` or `(30%)`, gets the quote prefix; text that begins with a letter needs none, TRUE and FALSE
    aside. Style the cell before, not after: the prefix is part of its style.
    """
    text = safe_text(value)
    cell.value = text
    cell.data_type = "s"  # openpyxl took a leading "=" for a formula and "#N/A" for an error
    if text and (not text[0].isalpha() or text.upper() in {"TRUE", "FALSE"}):
        # The array of styles may be shared with the prototype cell; openpyxl would change it in place.
        cell._style = copy(cell._style)  # type: ignore[attr-defined]
        cell.quotePrefix = True
