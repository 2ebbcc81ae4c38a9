"""Chuyển chữ thành số: figures that are stored as text become numbers; what could mean two numbers is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from addin import blocks
from addin.amounts import GROUP_OR_DECIMALS, TWO_WAYS
from addin.commands.base import Desk
from addin.selecting import active_grid, selected
from addin.sheets import refuse_protected_sheet
from addin.units.columns import is_note
from addin.units.formats import with_decimals
from budget.money import Unit
from budget.numbers import MalformedNumber, number_text, parse_number
from faults import InputFault, Lang, Text
from validators.equations.bindings import unit_of
from validators.grid import Grid, GridCell
from validators.rules._money import names_money
from validators.tables.model import AppendixTable, Column, Figure, Form, Role, RowKind
from validators.tables.numerals import figure_of, looks_like_figure
from validators.tables.understanding import tables_of
from workbook.addresses import Area, Cell, address
from workbook.package import CellError
from workbook.rounding import shown_decimals

_COUNTED = {Role.QUANTITY, Role.UNIT_PRICE, Role.RATIO}
_IDENTIFIER = re.compile(r"0\d+")  # a code, a telephone number, "02"
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODES = re.compile(r"mã\b", re.IGNORECASE)  # rows of codes
_IN_DONG = re.compile(r"\d\s*(?:đồng|đ|vnđ|vnd|₫)\W*$", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_ONE_READING = re.compile(
    r"[-(\s]*(?:\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+)\D*"
)
_ENGLISH = re.compile(r"[-(\s]*\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)\D*")
_POINT_DECIMALS = re.compile(r"[-(\s]*\d+\.(?:\d{1,2}|\d{4,})\D*")  # 1500.25
_GROUP_OR_FRACTION = re.compile(r"[-(\s]*[1-9]\d{0,2}\.\d{3}\D*")  # 3.125
_SIGNED = re.compile(r"\+\s*[\d.,\s]+|[\d.,\s]+[-–−]")  # +7.000, 7.000-
_DIGITS = 15  # that a spreadsheet keeps
_NO_AMOUNT = 10**18  # nobody plans so much
_TOLD, _NAMED = 6, 40  # untouched cells that a message explains, and that it names


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed as text. `value` None: it is left as it is, because of `reason`; `readings`: what it could be."""

    cell: Cell
    text: str
    value: Decimal | None
    reason: Text | None = None
    readings: tuple[Decimal, ...] = ()


_MAYBE_YEAR = Text("có thể là một năm", "this may be a year")
_TOO_LONG = Text("nhiều hơn 15 chữ số, Excel không giữ được", "more than the 15 digits that Excel keeps")
_REFUSED = Text("bảng tính không nhận số ở ô này", "the spreadsheet program does not take the number here")
_SIGN = Text("dấu cộng hoặc trừ không đứng trước số như thường lệ", "a plus sign, or a minus sign behind the digits")
_LIKE_CODE = Text("bắt đầu bằng số 0 như một mã số", "begins with zero as codes do")
_TOO_LARGE = Text("lớn quá một số tiền", "larger than any amount")
_BESIDE = Text("có chữ hoặc dấu chú thích đi kèm", "words or a footnote mark stand beside it")


def to_numbers(desk: Desk) -> Text:
    """Turn typed figures into numbers, in the selection if it is more than one cell, else in the sheet's tables.

    What to tell the user: how many, and which cells were left alone and why. Raises InputFault where there is none.
    """
    sheet = desk.book.sheets.active
    refuse_protected_sheet(sheet)
    grid = active_grid(desk, desk.read())
    areas = selected(desk, grid)
    chosen = None if len(areas) == 1 and _is_one_cell(grid, areas[0]) else areas
    judged = list(typed_figures(grid, chosen))
    values = {each.cell: each.value for each in judged if each.value is not None}
    left = [each for each in judged if each.value is None]
    if not judged:
        where = Text("vùng chọn", "the selection") if chosen else Text(f"trang “{grid.name}”", f"sheet “{grid.name}”")
        raise InputFault(Text("không có số nào ở dạng chữ", "no number is stored as text"), place=where)
    blocks.set_formats(sheet, _formats(grid, values))
    blocks.write(sheet, grid, {cell: float(value) for cell, value in values.items()})
    now = active_grid(desk, desk.read())
    refused = [each for each in judged if each.value is not None and now.value(*each.cell) != each.value]
    left += [replace(each, value=None, reason=_REFUSED) for each in refused]
    return _told(len(values) - len(refused), left)


def typed_figures(grid: Grid, areas: Sequence[Area] | None) -> Iterator[Typed]:
    """The figures that are typed as text, judged; in these areas, or (None) in the tables of the sheet.

    In a table only columns of figures count, never item numbers or codes; among amounts every text with digits is
    told of. Outside of tables, and only in areas, whatever a printed number is.
    """
    tables = tables_of(grid)
    for table in tables:
        yield from _typed_in(table, areas)
    if areas is not None:
        outside = dict(_outside(grid, tables, areas))
        habit = _Habit.of(outside.values())
        for cell, figure in outside.items():
            is_year = _YEAR.fullmatch(figure.printed) is not None
            judged = _judged(cell, figure, habit, unit=None)
            yield replace(judged, value=None, reason=_MAYBE_YEAR) if is_year else judged


def _typed_in(table: AppendixTable, areas: Sequence[Area] | None) -> Iterator[Typed]:
    """The figures of a table that are typed as text; notes hold some only where they are chosen."""
    columns = {column.index for column in table.columns if _holds_figures(column) and (areas or not is_note(column))}
    figures = {
        cell: each for cell, each in table.figures.items() if cell[1] in columns and _is_typed(table, cell, each)
    }
    money = {column.index for column in table.columns if column.index in columns and _is_money(column)}
    has_fractions = any(
        each.form is Form.NUMBER and each.decimals and cell[1] in money and table.grid.cells[cell].formula is None
        for cell, each in table.figures.items()
    )
    habit = _Habit.of(figures.values(), has_fractions=has_fractions)
    for row in table.rows:
        for column, held in table.grid.by_row.get(row.index, {}).items():
            cell = (row.index, column)
            if areas is not None and not any(area.covers(*cell) for area in areas):
                continue
            if cell in figures:
                yield _judged(cell, figures[cell], habit, unit=_unit(table, cell))
            elif column in money and (row.kind is not RowKind.TEXT or row.number) and _is_text(held):
                yield from _other_text(cell, str(held.value).strip())


def _holds_figures(column: Column) -> bool:
    return column.role.is_amount or column.role in _COUNTED or _is_money(column)


def _is_money(column: Column) -> bool:
    """Whether a column holds amounts, or would if they were numbers."""
    return column.role.is_amount or (column.role is Role.OTHER and names_money(replace(column, role=Role.AMOUNT)))


def _other_text(cell: Cell, text: str) -> Iterator[Typed]:
    """A text among amounts that is no plain figure, if it has digits: a number all the same, or why it is none."""
    if not any(map(str.isdecimal, text)):
        return
    try:
        value = parse_number(text).value
    except MalformedNumber:
        yield Typed(cell, text, None, _SIGN if _SIGNED.fullmatch(text) else _BESIDE)
        return
    reason = _LIKE_CODE if _IDENTIFIER.fullmatch(text) else _TOO_LARGE if value and abs(value) >= _NO_AMOUNT else None
    yield Typed(cell, text, None if reason else value, reason)


@dataclass(frozen=True, slots=True)
class _Habit:
    """How the texts around a figure write theirs. `is_clear`: some show, and none denies, that a comma parts decimals.
    `has_points`: some have a point before their decimals, or there are numbers with decimals and nothing is clear.
    """

    is_clear: bool
    has_points: bool

    @classmethod
    def of(cls, figures: Iterable[Figure], *, has_fractions: bool = False) -> _Habit:
        texts = [figure.printed for figure in figures]
        is_clear = any(map(_ONE_READING.fullmatch, texts)) and not any(map(_ENGLISH.fullmatch, texts))
        has_points = any(map(_POINT_DECIMALS.fullmatch, texts))
        return cls(is_clear, has_points or (has_fractions and not is_clear))


def _is_one_cell(grid: Grid, area: Area) -> bool:
    return area.size == 1 or grid.merge_at(area.top, area.left) == area


def _is_typed(table: AppendixTable, cell: Cell, figure: Figure) -> bool:
    row = table.row_at.get(cell[0])
    if table.grid.cells[cell].formula is not None:
        return False
    if row is None or (row.kind is RowKind.TEXT and _CODES.match(row.label)):
        return False
    return _is_number_text(figure)


def _is_number_text(figure: Figure) -> bool:
    """Whether a text is a figure and nothing else, readable or not: no "02 người x 2 buổi", no telephone number."""
    is_text = figure.form in (Form.TEXT, Form.MALFORMED)
    return is_text and looks_like_figure(figure.printed) and not _IDENTIFIER.fullmatch(figure.printed)


def _outside(grid: Grid, tables: Sequence[AppendixTable], areas: Sequence[Area]) -> Iterator[tuple[Cell, Figure]]:
    for cell, held in grid.cells.items():
        if not any(area.covers(*cell) for area in areas) or any(table.area.covers(*cell) for table in tables):
            continue
        figure = figure_of(held) if _is_text(held) else None
        if figure is not None and _is_number_text(figure):
            yield cell, figure


def _is_text(held: GridCell) -> bool:
    return isinstance(held.value, str) and not isinstance(held.value, CellError) and held.formula is None


def _unit(table: AppendixTable, cell: Cell) -> Unit | None:
    """The unit of an amount or a price; None for a count."""
    column = table.column_at[cell[1]]
    return unit_of(table, cell[1]) if _is_money(column) or column.role is Role.UNIT_PRICE else None


def _judged(cell: Cell, figure: Figure, habit: _Habit, *, unit: Unit | None) -> Typed:
    """The number that a text is, or why it stays a text."""
    text = figure.printed
    try:
        value = parse_number(_SPACES.sub("\u00a0", text)).value
    except MalformedNumber as fault:
        read = figure.value is not None and figure.form is Form.TEXT
        readings = (figure.value,) if read and figure.value is not None else figure.readings
        has_digits_only = not re.search(r"[^\W\d_]|[*()¹²³⁴⁵⁶⁷⁸⁹⁰]", text)
        return Typed(cell, text, None, fault.reason if has_digits_only or not read else _BESIDE, readings)
    assert value is not None  # a dash and a blank are no figures in a text
    if unit not in (None, Unit.DONG) and _IN_DONG.search(text):
        assert unit is not None
        in_dong = Text(f"ghi đồng trong bảng tính bằng {unit.label}", f"in đồng, in a table in {unit.label}")
        return Typed(cell, text, None, in_dong)
    if figure.value is not None and figure.value != value:
        return Typed(cell, text, None, TWO_WAYS, (value, figure.value))
    if GROUP_OR_DECIMALS.fullmatch(text) and not habit.is_clear:
        return Typed(cell, text, None, TWO_WAYS, (value, value * 1000))
    if _GROUP_OR_FRACTION.fullmatch(text) and habit.has_points:
        return Typed(cell, text, None, TWO_WAYS, (value, value / 1000))
    if len(value.normalize().as_tuple().digits) > _DIGITS:
        return Typed(cell, text, None, _TOO_LONG)
    return Typed(cell, text, value)


def _formats(grid: Grid, values: Mapping[Cell, Decimal]) -> dict[Cell, str]:
    """Formats that show as many decimals as were typed, for cells whose own does not."""
    formats = {}
    for cell, value in values.items():
        code = grid.cells[cell].number_format
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        shown = shown_decimals(code)
        if shown is None or shown < decimals:
            formats[cell] = with_decimals(code if shown is not None else "@", decimals)
    return formats


def _told(count: int, left: Sequence[Typed]) -> Text:
    done = Text(f"Đã chuyển {count} số ở dạng chữ thành số.", f"{count} texts are numbers now.")
    if not count:
        done = Text("Không có số nào chuyển được.", "No text could be converted.")
    if not left:
        return done
    return Text(
        f"{done.vi} {len(left)} ô để nguyên:\n" + "\n".join(_explained(left, "vi")),
        f"{done.en} {len(left)} cells were left alone:\n" + "\n".join(_explained(left, "en")),
    )


def _explained(left: Sequence[Typed], lang: Lang) -> Iterator[str]:
    """A line for each of the first cells, then the names of others."""
    either = Text(" hoặc ", " or ")[lang]
    for each in left[:_TOLD]:
        could = either.join(number_text(reading)[lang] for reading in each.readings)
        says = each.reason[lang] if each.reason else ""
        says += f"; {Text('có thể là', 'could be')[lang]} {could}" if could else ""
        yield f"• {address(*each.cell)} “{each.text}”: {says}"
    rest = [address(*each.cell) for each in left[_TOLD:]]
    if rest:
        yield f"• {', '.join(rest[:_NAMED])}{', …' if len(rest) > _NAMED else ''}"
