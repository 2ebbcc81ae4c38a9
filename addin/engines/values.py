"""Values between Python and the bridge: as COM has them on this side, as JSON on the other."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from addin.engines.formulas import to_office

_EPOCH = dt.datetime(1899, 12, 30)
_NO_ERROR = -2146828288  # COM's numbers of errors are Excel's own, counted from here
_ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
_ERROR_NAMES = {number: name for name, number in _ERRORS.items()}
_TYPED = re.compile(r"[\s'(+\-.$€₫]*[0-9].*|true|false|[a-z]{3,9}\.?[ \-/][0-9].*", re.IGNORECASE | re.DOTALL)

Clean = Callable[[Any], Any]


def com_value(value: Any) -> Any:
    """A value of the bridge as COM gives it: float, str, bool, None, datetime, and errors as negative integers."""
    if isinstance(value, dict):
        return _error_number(value["error"]) if "error" in value else moment(value["serial"])
    return value


def moment(serial: float) -> dt.datetime:
    """The point in time that is `serial` days after 30 December 1899, to the millisecond."""
    return _EPOCH + dt.timedelta(milliseconds=round(serial * 86_400_000))


def _error_number(shown: str) -> int:
    """What Excel has no number for (`Err:522`, a circular reference) keeps LibreOffice's own."""
    return _NO_ERROR + (_ERRORS.get(shown) or int(shown.removeprefix("Err:")))


def error_name(number: int) -> str:
    """The error that COM's number stands for, as it is shown."""
    return _ERROR_NAMES.get(number - _NO_ERROR, f"Err:{number - _NO_ERROR}")


def typed_value(value: Any) -> Any:
    """What typing a value into a cell of Excel's does, for the bridge: `=...` a formula, `'...` a text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _typed_text(value)
    if isinstance(value, dt.datetime):
        return {"serial": (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)}
    if isinstance(value, dt.date):
        return {"serial": float((value - _EPOCH.date()).days)}
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return number if math.isfinite(number) else None
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _typed_text(text: str) -> str:
    if text.startswith("'") or not text:
        return text
    if text in _ERRORS:
        return f"={text}"
    if text.startswith("="):
        return to_office(text) if len(text) > 1 else f"'{text}"
    return text if _TYPED.fullmatch(text) else f"'{text}"
