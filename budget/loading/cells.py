"""From the cells of a raw table to values: one converter for each type of the schema.

A converter takes a cell (text, Decimal, bool, date, list, dict; never blank) and its column, and raises an InputFault
that says what is wrong with the cell; the row it belongs to adds where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from budget.expression import Expression, parse_expression
from budget.loading.damage import date_fault, looks_like_date
from budget.money import Unit, parse_unit
from budget.numbers import Form, Malformed, Printed, format_number, parse_number, plain
from budget.schema import DASH, SPAN, UNITS, Column, Type
from budget.words import WordStyle, parse_style
from budget.years import parse_years
from faults import InputFault, Text

_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")  # an English thousand, or a Vietnamese thousandth
_KEY = re.compile(r"[^\W\d_][\w-]*")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # and what XML cannot hold

_EMPTY: Final[dict[Type, object]] = {
    **dict.fromkeys((Type.KEY, Type.NUMBERING, Type.TEXT, Type.PROSE), ""),
    **dict.fromkeys((Type.KEYS, Type.LINES, Type.YEARS), ()),
    Type.FLAG: False,
    Type.STYLE: WordStyle(),
    Type.AMOUNT: Printed(Form.BLANK, None),
}


def is_blank(cell: object) -> bool:
    """Whether a cell states nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def convert(cell: object, column: Column) -> Any:  # the type follows from the column
    """The value of a cell; a blank one gives the empty value of its type (None where the type has none)."""
    if cell is None:
        return {} if column.type is Type.PAIRS else _EMPTY.get(column.type)
    return _CONVERTERS[column.type](cell, column)


def clean(text: str) -> str:
    """Text in NFC, line ends LF, a TAB a blank, without blanks around it. InputFault for control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if bad := _CONTROL.search(text):
        raise InputFault(
            Text("có ký tự điều khiển", "there is a control character"),
            found=f"U+{ord(bad[0]):04X}",
            expected=Text("chữ, số, dấu và xuống dòng", "letters, digits, signs and line breaks"),
        )
    return text.strip()


def _text(cell: object, _: Column) -> str:
    """A number stands for its digits, as Vietnamese documents print them."""
    match cell:
        case str():
            return clean(cell)
        case Decimal() if cell.is_finite():
            return str(plain(cell)) if cell == cell.to_integral_value() else format_number(cell)
        case date():
            raise date_fault(cell)
    raise _unfit(cell, Text("một đoạn chữ", "text"))


def _numbering(cell: object, column: Column) -> str:
    text = str(cell) if isinstance(cell, Decimal) and cell.is_finite() else _text(cell, column)
    if looks_like_date(text):
        raise date_fault(text)
    return text


def _key(cell: object, column: Column) -> str:
    text = _text(cell, column)
    if not _KEY.fullmatch(text):
        if looks_like_date(text):
            raise date_fault(text)
        raise InputFault(
            Text("mã không dùng được", "the code cannot be used"),
            found=text,
            expected=Text(
                "chữ cái đứng đầu, sau đó là chữ, số, dấu - và _",
                "a letter first, then letters, digits, - and _",
            ),
        )
    return text


def _choice(cell: object, column: Column) -> str:
    text = str(cell).lower() if isinstance(cell, bool) else _text(cell, column)
    for value, label in column.choices.items():
        if text.casefold() in {value.casefold(), label.vi.casefold(), label.en.casefold()}:
            return value
    raise _unfit(
        text,
        Text(
            f"một trong: {', '.join(label.vi for label in column.choices.values())}",
            f"one of: {', '.join(column.choices)}",
        ),
    )


def _flag(cell: object, column: Column) -> bool:
    return _choice(cell, column) == "true"


def _unit(cell: object, column: Column) -> Unit:
    text = _text(cell, column)
    try:
        return parse_unit(text)
    except ValueError:
        units = ", ".join(UNITS)
        raise InputFault(
            Text("không phải là đơn vị tiền", "this is no unit of money"),
            found=text,
            expected=Text(f"một trong: {units}", f"one of: {units}"),
        ) from None


def _style(cell: object, column: Column) -> WordStyle:
    text = _text(cell, column)
    try:
        return parse_style(text)
    except ValueError:
        raise _unfit(text, column.help) from None


def _amount(cell: object, column: Column) -> Printed:
    if isinstance(cell, Decimal) and cell.is_finite():
        return Printed(Form.NUMBER, cell)
    text = _text(cell, column)
    if _AMBIGUOUS.fullmatch(text):
        raise InputFault(
            Text("không rõ dấu phẩy ngăn hàng nghìn hay phần lẻ", "the comma may group thousands or begin decimals"),
            found=text,
            expected=Text(f"{text.replace(',', '.')} hoặc {text}0", f"{text.replace(',', '.')} or {text}0"),
        )
    try:
        return parse_number(text)
    except Malformed as fault:
        raise InputFault(fault.reason, found=text, expected=_NUMBER) from None


def _number(cell: object, column: Column) -> Decimal:
    value = _amount(cell, column).value
    if value is None:
        raise _unfit(cell, _NUMBER)
    return value


def _expression(cell: object, column: Column) -> Expression | str:
    """An expression, or SPAN, or DASH."""
    text = format_number(cell) if isinstance(cell, Decimal) and cell.is_finite() else _text(cell, column)
    if text.casefold() == SPAN:
        return SPAN
    if parse_dash(text):
        return DASH
    try:
        return parse_expression(text)
    except Malformed as fault:
        raise InputFault(fault.reason, found=text, expected=column.help) from None


def parse_dash(text: str) -> bool:
    """Whether `text` is a printed dash."""
    try:
        return parse_number(text).form is Form.DASH
    except Malformed:
        return False


def _date(cell: object, column: Column) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell, column)
    try:
        day, month, year = map(int, _DAY.fullmatch(text).groups())  # type: ignore[union-attr]
        return date(year, month, day)
    except (AttributeError, ValueError):
        raise _unfit(text, Text("một ngày như 15/06/2021", "a date such as 15/06/2021")) from None


def _year(cell: object, column: Column) -> int:
    text = _text(cell, column)
    if not _YEAR.fullmatch(text):
        raise _unfit(text, Text("một năm gồm bốn chữ số", "a year of four digits"))
    return int(text)


def _years(cell: object, column: Column) -> tuple[int, ...]:
    """The years, ascending."""
    text = _text(cell, column)
    try:
        return parse_years(text)
    except ValueError:
        expected = Text("2021-2025, 2024,2025 hoặc 2026", "2021-2025, 2024,2025 or 2026")
        raise _unfit(text, expected) from None


def _keys(cell: object, column: Column) -> tuple[str, ...]:
    parts = cell if isinstance(cell, list) else _text(cell, column).split(",")
    return tuple(_key(part, column) for part in parts if not is_blank(part))


def _lines(cell: object, column: Column) -> tuple[str, ...]:
    """A list, or one text a line; a line that begins with a blank goes on with the one above."""
    if isinstance(cell, list):
        return tuple(_text(part, column) for part in cell)
    text = re.sub(r"\n ", "\0", _text(cell, column))
    return tuple(line.replace("\0", "\n").strip() for line in text.split("\n"))


def _pairs(cell: object, column: Column) -> dict[str, str]:
    """A dict, or "key=value" lines."""
    if isinstance(cell, dict):
        pairs = [(str(key), _text(value, column)) for key, value in cell.items() if not is_blank(value)]
    else:
        pairs = [
            (key.strip(), value.strip()) for key, _, value in (line.partition("=") for line in _lines(cell, column))
        ]
    keys = [key for key, _ in pairs]
    for key in keys:
        if not _KEY.fullmatch(key) or keys.count(key) > 1:
            raise _unfit(key, Text("các dòng dạng tên=lời, mỗi tên một lần", "key=value lines, each key once"))
    return dict(pairs)


_NUMBER = Text("một số như 1.377 hoặc 46,3", "a number such as 1.377 or 46,3")


def _unfit(found: object, expected: Text) -> InputFault:
    return InputFault(Text("giá trị không dùng được", "the value cannot be used"), found=found, expected=expected)


_CONVERTERS: Final[dict[Type, Callable[[object, Column], object]]] = {
    Type.KEY: _key,
    Type.REFERENCE: _key,
    Type.KEYS: _keys,
    Type.NUMBERING: _numbering,
    Type.TEXT: _text,
    Type.PROSE: _text,
    Type.LINES: _lines,
    Type.PAIRS: _pairs,
    Type.CHOICE: _choice,
    Type.FLAG: _flag,
    Type.UNIT: _unit,
    Type.STYLE: _style,
    Type.AMOUNT: _amount,
    Type.NUMBER: _number,
    Type.EXPRESSION: _expression,
    Type.DATE: _date,
    Type.YEAR: _year,
    Type.YEARS: _years,
}
