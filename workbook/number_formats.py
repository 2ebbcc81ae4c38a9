"""Number formats that a file need not spell out, and those that show a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_MONEY, _CENTS = "#,##0", "#,##0.00"
_ACCOUNT = "_({0}* {1}_);_({0}* \\({1}\\);_({0}* {2}_);_(@_)"

# ECMA-376 part 1, 18.8.30. openpyxl has them too, at the cost of importing all of it
BUILTIN_FORMATS: Mapping[int, str] = MappingProxyType({
    **dict(enumerate(("General", "0", "0.00", _MONEY, _CENTS))),
    **{
        5 + 2 * step + red: f'"$"{number}_);{"[Red]" * red}("$"{number})'
        for step, number in enumerate((_MONEY, _CENTS)) for red in (0, 1)
    },
    **dict(enumerate((
        "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??", "mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy",
        "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm",
    ), start=9)),
    **{
        37 + 2 * step + red: f'{number}_);{"[Red]" * red}({number})'
        for step, number in enumerate((_MONEY, _CENTS)) for red in (0, 1)
    },
    41: _ACCOUNT.format("", _MONEY, '"-"'),
    42: _ACCOUNT.format('"$"', _MONEY, '"-"'),
    43: _ACCOUNT.format("", _CENTS, '"-"??'),
    44: _ACCOUNT.format('"$"', _CENTS, '"-"??'),
    **dict(enumerate(("mm:ss", "[h]:mm:ss", "mmss.0", "##0.0E+0", "@"), start=45)),
})  # fmt: skip

_NO_PLACE = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]|am/pm|a/p|general', re.DOTALL | re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)


@lru_cache(maxsize=1024)
def shows_date(number_format: str) -> bool:
    """Whether a number format shows a day, a month or a year; a time of day or a duration alone is a number."""
    if _ELAPSED.search(number_format):
        return False
    places = _NO_PLACE.sub("", number_format).partition(";")[0].lower()
    return "y" in places or "d" in places or ("m" in places and "h" not in places and "s" not in places)
