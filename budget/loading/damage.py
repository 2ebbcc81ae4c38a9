"""What a spreadsheet does to numberings and codes: 2.10 becomes 2.1, and 1/2 becomes a date."""

from __future__ import annotations

import re
from collections.abc import Collection

from faults import InputFault, Text

_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:thg|tháng)[ .]?\d{1,2})"
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_DATE = re.compile(
    rf"\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ,]\d{{2,4}})?"  # 02-Jan, 2-thg 1, 2-Jan-21
    rf"|{_MONTH}[-/ ,]\d{{2,4}}"  # Jan-21
    rf"|\d{{4}}-\d{{1,2}}-\d{{1,2}}{_TIME}"  # 2021-02-01 00:00:00
    rf"|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}{_TIME}",  # 01/02/2021
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(\d+[.,])(\d+)")  # a numbering that a spreadsheet takes for a number


def looks_like_date(text: str) -> bool:
    """Whether `text` is how spreadsheets write a date."""
    return _DATE.fullmatch(text.strip()) is not None


def date_fault(found: object) -> InputFault:
    """The refusal of a date where a numbering, a code or a text belongs."""
    return InputFault(
        Text(
            "bảng tính đã tự đổi ô này thành ngày (như 1/2 thành 02-Jan)",
            "a spreadsheet has turned this cell into a date (as 1/2 into 02-Jan)",
        ),
        found=found,
        expected=Text("đúng chữ như in, ô định dạng Text", "the text as printed, in a cell formatted as Text"),
    )


def lost_zero(number: str, last: str, before: Collection[str]) -> str | None:
    """What `number` was before a spreadsheet dropped its last zeros; `last` and `before` are its elder siblings.

    After 2.9, 2.1 was 2.10; where 2.1 has been there already, 2.1 after 2.8 was 2.10 too.
    """
    match, elder = _DECIMAL.fullmatch(number), _DECIMAL.fullmatch(last)
    if match is None or elder is None or match[1] != elder[1] or int(match[2]) > int(elder[2]):
        return None
    longer = (match[2] + "0" * zeros for zeros in range(1, 4))
    meant = next((tail for tail in longer if int(tail) > int(elder[2])), None)
    if meant is None or not (int(meant) == int(elder[2]) + 1 or number in before):
        return None
    return match[1] + meant
