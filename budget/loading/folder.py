"""The folder container: `plan.toml`, `items.csv` and `estimates.csv` to raw tables."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget.loading.cells import is_blank
from budget.loading.raw import FIRST_ROW, Place, RawTable, allow_missing, nearest, raw_table
from budget.schema import ESTIMATES, ITEMS, PLAN, TABLES, Table
from faults import InputFault, Text, row_place

TOML = "plan.toml"
CSV_TABLES = (ITEMS, ESTIMATES)
TOML_TABLES = tuple(table for table in TABLES if table is not PLAN and table not in CSV_TABLES)
DECISION = "decision"
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_folder(folder: Path) -> dict[str, RawTable]:
    """The raw tables of a folder, by key. InputFault for a missing or unreadable file, and unknown tables in TOML."""
    names = [file.name for file in folder.iterdir()]
    if TOML not in names:
        allow_missing(PLAN, TOML, names, folder)
    tables = _toml_tables(folder / TOML)
    for table in CSV_TABLES:
        name = f"{table.key}.csv"
        if name in names:
            tables[table.key] = _csv_table(table, folder / name)
        else:
            allow_missing(table, name, names, folder)
    return tables


def _toml_tables(file: Path) -> dict[str, RawTable]:
    data = _parse_toml(file)
    decision = data.pop(DECISION, {})
    entries = {table.key: data.pop(table.key, []) for table in TOML_TABLES}
    strangers = [key for key, value in data.items() if isinstance(value, dict) or _is_array(value)]
    for table in TOML_TABLES:
        if not entries[table.key]:
            allow_missing(table, table.key, strangers, file)
    known = [DECISION, *entries]
    for key in strangers:
        raise InputFault(
            Text("không có bảng này", "there is no such table"),
            file=file,
            found=key,
            expected=nearest(key, known) or Text(f"một trong: {', '.join(known)}", f"one of: {', '.join(known)}"),
        )
    for key, value in [(DECISION, [decision]), *entries.items()]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            wanted = f"[{key}]" if key == DECISION else f"[[{key}]]"
            raise InputFault(
                Text("phải là một bảng TOML", "this must be a TOML table"),
                file=file, found=key, expected=Text(wanted, wanted),
            )  # fmt: skip
    plan = data | {f"{DECISION}.{key}": value for key, value in decision.items()}
    tables = {table.key: _toml_table(table, file, entries[table.key]) for table in TOML_TABLES}
    return tables | {PLAN.key: _toml_table(PLAN, file, [plan])}


def _is_array(value: object) -> bool:
    """Whether a TOML value is an array of tables."""
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _toml_table(table: Table, file: Path, entries: list[Mapping[str, Any]]) -> RawTable:
    """One row for each `[[table]]`, in the order of the file; the plan's one row is the top level and `[decision]`."""

    def place(row: int, key: str | None) -> Text:
        where = [] if table is PLAN else [f"[[{table.key}]] {row}"]
        return Text(
            ", ".join([*where, *([f"khóa “{key}”"] if key else [])]),
            ", ".join([*where, *([f"key “{key}”"] if key else [])]),
        )

    keys = list(dict.fromkeys(key for entry in entries for key in entry))
    rows = ((number, [_toml_cell(entry.get(key)) for key in keys]) for number, entry in enumerate(entries, 1))
    return raw_table(table, str(file), place, keys, rows, headed=False)


def _toml_cell(value: object) -> object:
    """A whole number becomes a Decimal, as every number of a raw table is."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _parse_toml(file: Path) -> dict[str, Any]:
    text = _text(file)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        line = _LINE.search(str(fault))
        raise InputFault(
            Text("tệp viết sai cú pháp TOML", "the file is not valid TOML"),
            file=file,
            place=row_place(TOML, int(line[1])) if line else None,
            found=fault,
        ) from None


def _text(file: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise InputFault(Text("không đọc được tệp", "the file cannot be read"), file=file, found=fault) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputFault(
            Text("tệp không ở bảng mã UTF-8", "the file is not in UTF-8"),
            file=file,
            place=row_place(file.stem, data.count(b"\n", 0, fault.start) + 1),
            found=data[fault.start : fault.start + 1].hex(),
            expected=Text("lưu lại ở dạng CSV UTF-8", "a file saved as CSV UTF-8"),
        ) from None


def _csv_table(table: Table, file: Path) -> RawTable:
    """Rows are counted as records, as a spreadsheet shows them; a blank line is a row."""

    def place(row: int, heading: str | None) -> Text:
        return row_place(table.key, row, heading)

    rows = list(_csv_rows(file, place))
    headings = rows[0] if rows else []
    while headings and is_blank(headings[-1]):
        headings.pop()
    width = len(headings)
    body = []
    for number, row in enumerate(rows[1:], FIRST_ROW):
        if any(not is_blank(cell) for cell in row[width:]):
            raise InputFault(
                Text("dòng có nhiều ô hơn dòng tiêu đề", "the row has more cells than the heading"),
                file=file,
                place=place(number, None),
                found=next(cell for cell in row[width:] if not is_blank(cell)),
                expected=Text(
                    f"{width} ô; ô có dấu phẩy phải đặt trong ngoặc kép",
                    f"{width} cells; a cell with a comma must stand in double quotes",
                ),
            )
        if len(row) < width and not all(map(is_blank, row)):
            raise InputFault(
                Text("dòng có ít ô hơn dòng tiêu đề", "the row has fewer cells than the heading"),
                file=file,
                place=place(number, None),
                found=len(row),
                expected=Text(f"{width} ô", f"{width} cells"),
            )
        body.append((number, (row + [""] * width)[:width]))
    return raw_table(table, str(file), place, headings, body)


def _csv_rows(file: Path, place: Place) -> Iterator[list[str]]:
    text = _text(file)
    first = text.split("\n", 1)[0]
    # Excel separates by semicolons where the comma is the decimal sign, as in Vietnam.
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):  # noqa: B007 - told in the fault
            yield row
    except csv.Error as fault:
        raise InputFault(
            Text("dòng không đọc được như CSV", "the row cannot be read as CSV"),
            file=file, place=place(number + 1, None), found=fault,
            expected=Text("dấu ngoặc kép đi thành cặp", "double quotes in pairs"),
        ) from None  # fmt: skip
