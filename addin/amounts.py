"""Amounts that a worksheet function is given, in figures and in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from addin.reading import Several, value_of
from budget.money import Unit, convert
from budget.numbers import MalformedNumber, format_number, parse_number
from budget.words import LIMIT, MalformedWords, WordStyle, from_words, parse_style, to_words
from faults import InputFault, Text
from validators.readers.values import fifteen_digits
from validators.tables.units import stated_unit
from workbook.package import CellError

_STYLE = "chẵn"
_LARGEST = 10**15  # beyond it a spreadsheet does not keep the last digits of a number
_WITH_UNIT = re.compile(r"(?P<number>\(?[-–]?[\d.,\s]*\d\)?)\s*(?P<unit>[^\W\d_].*)", re.DOTALL)
_UNITS = Text("đồng, nghìn đồng, triệu đồng hoặc tỷ đồng", "đồng, nghìn đồng, triệu đồng or tỷ đồng")
GROUP_OR_DECIMALS = re.compile(r"[-–(\s]*[1-9]\d{0,2},\d{3}\D*")  # 1,512
TWO_WAYS = Text("có thể hiểu hai cách", "can be read in two ways")
_NO_NUMBER = Text("cần một con số", "a number is needed")
_TOO_LONG = Text("số có hơn 15 chữ số, Excel không giữ được", "a number of more than the 15 digits that Excel keeps")


def in_words(given: object, unit: object = None, style: object = None) -> str:
    """The amount in words; "" where there is none. Raises InputFault."""
    given_in = _amount(given)
    wording = _style(style)
    scale = _unit(unit)
    if given_in is None:
        return ""
    amount, own = given_in
    dong = convert(amount, own or scale, Unit.DONG)
    if dong != dong.to_integral_value():
        raise InputFault(
            Text("số tiền lẻ dưới một đồng", "a fraction of a đồng"),
            found=f"{format_number(dong)} đồng",
            expected=Text("số đã làm tròn bằng hàm ROUND", "a number that ROUND has rounded"),
        )
    if abs(dong) > LIMIT:
        raise InputFault(Text("số tiền quá lớn", "the amount is too large"), found=f"{format_number(dong)} đồng")
    return to_words(dong, wording)


def number_in(given: object) -> float | str:
    """The number that a text states, in figures or in words; "" where there is none. Raises InputFault."""
    value = _single(given)
    number = _read(value) if isinstance(value, str) else value
    if number is None:
        return ""
    if len(number.normalize().as_tuple().digits) > len(str(_LARGEST)) - 1:
        raise InputFault(_TOO_LONG, found=format_number(number))
    return float(number)


def _amount(given: object) -> tuple[Decimal, Unit | None] | None:
    """The amount that is given, and the unit where a text states one; None for a blank cell or a dash.

    Texts are exact, numbers have fifteen digits.
    """
    value = _single(given)
    if value is None:
        return None
    if isinstance(value, Decimal):
        if abs(value) >= _LARGEST:
            raise InputFault(_TOO_LONG, expected=Text("số gõ dạng chữ", "a number typed as text"))
        return fifteen_digits(value), None
    try:
        number, unit = _printed(value), None
    except MalformedNumber as fault:
        number, unit = _with_unit(value)
        if unit is None:
            raise InputFault(fault.reason, found=value) from fault
    return None if number is None else (number, unit)


def _printed(text: str) -> Decimal | None:
    """The number that a text prints; None for a dash or blanks. Raises MalformedNumber; InputFault for two readings."""
    value = parse_number(text).value
    if value is not None and GROUP_OR_DECIMALS.fullmatch(text):
        either = f"{format_number(value)} hoặc {format_number(value * 1000)}"
        either_en = f"{format_number(value)} or {format_number(value * 1000)}"
        raise InputFault(TWO_WAYS, found=text, expected=Text(f"viết rõ là {either}", f"it written as {either_en}"))
    return value


def _with_unit(text: str) -> tuple[Decimal | None, Unit | None]:
    """The number and the unit of "46,3 triệu đồng"; None, None for any other text. Raises InputFault."""
    found = _WITH_UNIT.fullmatch(text.strip())
    unit = _named_unit(found["unit"]) if found else None
    if found is None or unit is None:
        return None, None
    try:
        return _printed(found["number"]), unit
    except MalformedNumber as fault:
        raise InputFault(fault.reason, found=text) from fault


def _single(given: object) -> Decimal | str | None:
    """The number or the text that is given; None for a blank cell."""
    match value_of(given):
        case Several(where):
            one = Text("một ô hoặc một số", "one cell or one number")
            raise InputFault(Text("chỉ dùng được một giá trị", "only one value can be used"), found=where, expected=one)
        case CellError() as error:
            raise InputFault(Text("ô đang báo lỗi", "the cell shows an error"), found=str(error))
        case bool() as truth:
            raise InputFault(_NO_NUMBER, found=str(truth).upper())
        case date() as day:
            raise InputFault(_NO_NUMBER, found=f"{day:%d/%m/%Y}")
        case value:
            return value


def text_of(given: object) -> str:
    """The text that is given, a whole number as its digits; "" for a blank cell. Raises InputFault."""
    value = _single(given)
    return format(value, "f") if isinstance(value, Decimal) else (value or "").strip()


def _unit(given: object) -> Unit:
    text = text_of(given)
    if not text:
        return Unit.DONG
    unit = _named_unit(text)
    if unit is None:
        raise InputFault(Text("không rõ đơn vị tiền", "this is no unit of money"), found=text, expected=_UNITS)
    return unit


def _named_unit(text: str) -> Unit | None:
    """The unit that a text names: "triệu đồng", "triệu", "Đơn vị tính: triệu đồng"."""
    stated = stated_unit(text) or stated_unit(f"{text} đồng")
    return stated[0] if stated else None


def _style(given: object) -> WordStyle:
    text = text_of(given) or _STYLE
    try:
        return parse_style(text)
    except ValueError as fault:
        raise InputFault(
            Text("không có cách đọc này", "there is no such wording"),
            found=text,
            expected=Text("tỷ hoặc tỉ, nghìn hoặc ngàn, dấu phẩy, chẵn", "tỷ or tỉ, nghìn or ngàn, dấu phẩy, chẵn"),
        ) from fault


def _read(text: str) -> Decimal | None:
    """The number that a text states: printed, with a unit, or in words; None for a dash or blanks."""
    try:
        return _printed(text)
    except MalformedNumber as printed:
        number, unit = _with_unit(text)
        if unit is not None:
            return convert(number or Decimal(0), unit, Unit.DONG)
        try:
            return Decimal(from_words(text))
        except MalformedWords as spoken:
            if any(map(str.isdigit, text)):
                raise InputFault(printed.reason, found=text) from printed
            raise InputFault(spoken.reason) from spoken
