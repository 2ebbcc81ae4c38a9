"""The workbook container: the sheets of an entry workbook to raw tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

from budget.loading.cells import is_blank
from budget.loading.raw import FIRST_ROW, HEADING, RawTable, allow_missing, fold, names_of, raw_table
from budget.schema import PLAN, TABLES, Table
from faults import InputFault, Text, cell_place, row_place

if TYPE_CHECKING:
    from openpyxl import Workbook

_EMPTY_TEXT = "str"  # openpyxl's letters for a formula whose value is ""
_DIGITS = 15  # what Excel keeps and shows of a number; a float's further digits are nobody's figure


class _Cell(NamedTuple):
    value: object
    type: str  # openpyxl's letter: "f" for a formula, "e" for an error value


_Sheet = list[list[_Cell]]
_BLANK = _Cell(None, "n")


def read_book(file: Path) -> dict[str, RawTable]:
    """The raw tables of an entry workbook, by key; sheets that the schema does not know are left alone.

    Raises InputFault for a file that is no workbook, a missing sheet, an error value, a formula without a value.
    """
    names, sheets = _read(file, data_only=False)
    if any(cell.type == "f" for sheet in sheets.values() for row in sheet for cell in row):
        formulas = sheets
        _, sheets = _read(file, data_only=True)
        _demand_values(file, formulas, sheets)
    tables = {}
    strangers = [name for name in names if name not in sheets]
    for table in TABLES:
        mine = [name for name in sheets if _table_of(name) is table]
        if not mine:
            allow_missing(table, table.label.vi, strangers, file)
            continue
        if len(mine) > 1:
            raise InputFault(
                Text("một bảng có hai trang", "there are two sheets of one table"), file=file, found=", ".join(mine)
            )
        read = _plan_table if table is PLAN else _table
        tables[table.key] = read(table, file, mine[0], sheets[mine[0]])
    return tables


def _table_of(sheet: str) -> Table | None:
    """The table that a sheet holds, by its name."""
    return next((table for table in TABLES if fold(sheet) in map(fold, names_of(table))), None)


def _read(file: Path, *, data_only: bool) -> tuple[list[str], dict[str, _Sheet]]:
    """The names of all sheets, and the cells of those that hold a table."""
    import openpyxl  # here: start-up must not pay for it

    try:
        # only the slower way of reading tells a formula whose value is "" from one without a value
        workbook = openpyxl.load_workbook(file, read_only=not data_only, data_only=data_only)
        try:
            names = workbook.sheetnames
            return names, {name: _cells(file, workbook, name) for name in names if _table_of(name)}
        finally:
            workbook.close()
    except (OSError, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as fault:
        raise InputFault(
            Text("không đọc được tệp như một sổ Excel", "the file cannot be read as an Excel workbook"),
            file=file,
            found=fault,
            expected=Text("tệp .xlsx không đặt mật khẩu", "an .xlsx file without a password"),
        ) from fault


def _cells(file: Path, workbook: Workbook, sheet: str) -> _Sheet:
    rows = [[_Cell(cell.value, cell.data_type) for cell in row] for row in workbook[sheet].iter_rows(min_row=HEADING)]
    for place, cell in _placed(sheet, rows):
        if cell.type == "e":
            raise InputFault(
                Text("ô có giá trị lỗi", "the cell holds an error value"), file=file, place=place, found=cell.value
            )
    return rows


def _placed(sheet: str, rows: _Sheet) -> Iterator[tuple[Text, _Cell]]:
    """Each cell that holds something, with where it is."""
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, HEADING):
        for column, cell in enumerate(row, 1):
            if cell.value is not None:
                yield cell_place(sheet, f"{get_column_letter(column)}{number}"), cell


def _demand_values(file: Path, formulas: dict[str, _Sheet], values: dict[str, _Sheet]) -> None:
    """Every formula must have been calculated by the program that saved the file."""
    for sheet, rows in formulas.items():
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                value = values[sheet][number][column]
                if cell.type == "f" and value.value is None and value.type != _EMPTY_TEXT:
                    place = next(where for where, other in _placed(sheet, rows) if other is cell)
                    raise InputFault(
                        Text("công thức chưa có giá trị", "the formula has no value"),
                        file=file,
                        place=place,
                        found=cell.value,
                        expected=Text("mở tệp trong Excel rồi lưu lại", "a file opened and saved in Excel"),
                    )


def _value(cell: _Cell) -> object:
    """A number as the exact Decimal that a person sees; everything else as it is."""
    match cell.value:
        case bool():
            return cell.value
        case int():
            return Decimal(cell.value)
        case float():
            return Decimal(f"{cell.value:.{_DIGITS}g}")
    return cell.value


def _table(table: Table, file: Path, sheet: str, rows: _Sheet) -> RawTable:
    def place(row: int, heading: str | None) -> Text:
        return row_place(sheet, row, heading)

    headings = [str(cell.value) if cell.value is not None else "" for cell in (rows[0] if rows else [])]
    named = [column for column, heading in enumerate(headings) if heading.strip()]
    body = []
    for number, row in enumerate(rows[1:], FIRST_ROW):
        for column, cell in enumerate(row):
            if column not in named and not is_blank(cell.value):
                raise InputFault(
                    Text("ô nằm dưới một cột không có tiêu đề", "the cell stands in a column without a heading"),
                    file=file, place=place(number, None), found=cell.value,
                )  # fmt: skip
        body.append((number, [_value(row[column]) if column < len(row) else None for column in named]))
    return raw_table(table, str(file), place, [headings[column] for column in named], body)


def _plan_table(table: Table, file: Path, sheet: str, rows: _Sheet) -> RawTable:
    """The plan's sheet: a name and a value on each row, notes on several; what stands further right is for people."""
    found: list[tuple[str, object]] = []
    notes: list[object] = []
    row_of: dict[str, int] = {}
    notes_names = [fold(name) for name in names_of(table.column("notes"))]
    for number, row in enumerate(rows[1:], FIRST_ROW):
        name, value = (_value(cell) for cell in [*row, _BLANK, _BLANK][:2])
        heading = "" if is_blank(name) else str(name)
        row_of[heading] = number
        if fold(heading) in notes_names:
            notes += [] if is_blank(value) else [value]
        elif heading or not is_blank(value):
            found.append((heading, value))
    found.append((table.column("notes").key, notes))

    def place(row: int, heading: str | None) -> Text:
        return row_place(sheet, row_of.get(heading or "", row), heading)

    headings, cells = zip(*found, strict=True)
    return raw_table(table, str(file), place, headings, [(HEADING, cells)], headed=False)
