"""What a worksheet function is given: a value, or a range that is read from the host in a few calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlwings as xw
from xlwings.conversion import Accessor, ConversionContext, Pipeline

from budget.numbers import plain
from faults import InputFault, Text
from validators.grid import CellStyle, Grid, GridCell, Value
from validators.readers.values import clean, exact, fifteen_digits
from workbook.addresses import Area
from workbook.package import CellError

_MOST_CELLS = 400_000
_NO_ERROR = -2146828288  # COM's numbers of errors are Excel's own, counted from here
_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
_ERROR = re.compile("|".join(map(re.escape, _ERRORS.values())) + r"|Err:\d{3}")
_PLAIN = CellStyle()


class AsGiven(Accessor):
    """How xlwings hands an argument over: a range as a range, unread, and anything else as Excel gives it."""

    @classmethod
    def reader(cls, options: dict[str, Any]) -> Pipeline:
        """Nothing is read of a range: it may be a whole column."""
        del options
        stages = Pipeline()
        stages.append(_hand_over)
        return stages


def _hand_over(context: ConversionContext) -> None:
    if context.range is not None:
        context.value = context.range


@dataclass(frozen=True, slots=True)
class Several:
    """More cells or values than one, where one is wanted."""

    where: str


def value_of(given: object) -> Value | Several:
    """The one value that an argument stands for; None for a blank cell. Nothing is read of a range of several cells."""
    if isinstance(given, xw.Range):
        if given.size > 1:
            return Several(given.get_address(row_absolute=False, column_absolute=False))
        given = given.options(err_to_str=True).value
    elif isinstance(given, list | tuple):
        return Several("{…}")
    return _value(given)


def grid_of(given: object) -> Grid:
    """The range as the checks see it, where it stands on its sheet: values and formulas; looks and merges are not read.

    Of whole columns and rows only what is used. Raises InputFault for what is no range, and for one that is too large.
    """
    if not isinstance(given, xw.Range):
        raise InputFault(
            Text("cần một vùng ô trên trang tính", "a range of cells is needed"),
            expected=Text("vùng có cả dòng tiêu đề, ví dụ A5:H40", "a range with its headings, such as A5:H40"),
        )
    sheet, area = given.sheet, _used(given)
    if area is None:
        return Grid(sheet.name, "visible", {})
    if area.size > _MOST_CELLS:
        raise InputFault(Text("vùng quá lớn", "the range is too large"), found=str(area))
    used = sheet.range((area.top, area.left), (area.bottom, area.right))
    values = used.options(ndim=2, err_to_str=True).value
    formulas: Any = used.formula if area.size > 1 else ((used.formula,),)  # hosts give rows only of several cells
    cells = {
        (area.top + row, area.left + column): cell
        for row, line in enumerate(values)
        for column, raw in enumerate(line)
        if (cell := _cell(raw, formulas[row][column])) is not None
    }
    return Grid(sheet.name, "visible", cells)


def _used(given: xw.Range) -> Area | None:
    """The part of a range that lies within what its sheet uses; None where there is none."""
    own, sheet = _area(given), _area(given.sheet.used_range)
    area = Area(
        max(own.top, sheet.top),
        max(own.left, sheet.left),
        min(own.bottom, sheet.bottom),
        min(own.right, sheet.right),
    )
    return area if area.top <= area.bottom and area.left <= area.right else None


def _area(given: xw.Range) -> Area:
    rows, columns = given.shape
    return Area(given.row, given.column, given.row + rows - 1, given.column + columns - 1)


def _cell(raw: object, formula: object) -> GridCell | None:
    computed = isinstance(formula, str) and formula.startswith("=") and formula != raw
    value = _value(raw)
    if not computed:
        return None if value is None else GridCell(value, None, value, _PLAIN)
    if isinstance(value, Decimal):
        value = fifteen_digits(value)
    elif value is None:
        value = ""  # what a formula gives that gives nothing
    return GridCell(value, str(formula)[1:], value, _PLAIN)


def _value(raw: object) -> Value:
    match raw:
        case None | "":
            return None
        case bool():
            return raw
        case int() if raw - _NO_ERROR in _ERRORS:
            return CellError(_ERRORS[raw - _NO_ERROR])
        case int() | float():
            return exact(float(raw))
        case Decimal():  # a currency
            return plain(raw)
        case datetime():
            moment = raw.replace(tzinfo=None)
            return moment if moment.time() != time() else moment.date()
        case date():
            return raw
        case str():
            return CellError(raw) if _ERROR.fullmatch(raw) else clean(raw)
    raise InputFault(Text("giá trị không dùng được", "a value that cannot be used"), found=raw)
