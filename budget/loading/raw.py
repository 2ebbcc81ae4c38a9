"""Raw tables: what both containers are read into, and their rows checked against the schema."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budget.loading.cells import convert, is_blank
from budget.plan import Axis
from budget.schema import AMOUNT, ITEMS, Column, Table, amount_key, amount_label
from faults import InputFault, Text

if TYPE_CHECKING:
    import pandas as pd

HEADING, FIRST_ROW = 1, 2  # rows as a person counts
_YEAR = re.compile(r"[0-9]{4}")
_UNKNOWN = {True: Text("không có cột này", "there is no such column"),
            False: Text("không có mục này", "there is no such entry")}  # fmt: skip
_TWICE = {True: Text("cột có hai lần", "the column is there twice"),
          False: Text("mục có hai lần", "the entry is there twice")}  # fmt: skip

Place = Callable[[int, str | None], Text]


@dataclass(frozen=True)
class RawTable:
    """A table as a container holds it.

    `frame` is indexed by row numbers as a person counts them (the first row below the headings is 2; in TOML the first
    entry is 1); its columns are the headings as written, its cells None, text, Decimal, bool, date, list or dict.
    `place` tells where a row and a heading are; `headed` whether the headings stand once, above the rows.
    """

    table: Table
    file: str
    place: Place
    frame: pd.DataFrame
    headed: bool = True

    def fault(
        self, row: int, heading: str | None, what: Text, found: object = None, expected: Text | None = None
    ) -> InputFault:
        """A refusal that says where in the table."""
        return InputFault(what, file=self.file, place=self.place(row, heading), found=found, expected=expected)


def raw_table(
    table: Table,
    file: str,
    place: Place,
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[object]]],
    *,
    headed: bool = True,
) -> RawTable:
    """A raw table from numbered rows as wide as `headings`; blank cells are None, blank rows below them left out."""
    import pandas as pd  # here: start-up must not pay for it

    numbered = list(rows)
    cells = [[None if is_blank(cell) else cell for cell in row] for _, row in numbered]
    numbers = [number for number, _ in numbered]
    frame = pd.DataFrame(cells, index=pd.Index(numbers, dtype=int), columns=list(headings), dtype=object)
    return RawTable(table, file, place, frame.dropna(how="all") if headed else frame, headed)


@dataclass(frozen=True)
class Record:
    """A row whose cells have been converted; a blank cell has the empty value of its type."""

    raw: RawTable
    row: int
    values: Mapping[str, Any]  # by column key
    amounts: Mapping[Axis, Any]  # printed numbers of the amount columns; blank ones are left out
    headings: Mapping[str, str]  # how the user's table names a column, by key

    def __getitem__(self, key: str) -> Any:  # the type follows from the column
        return self.values[key]

    def fault(self, key: str | None, what: Text, found: object = None, expected: Text | None = None) -> InputFault:
        """A refusal of this row's cell in the column `key`."""
        return self.raw.fault(self.row, key and self.headings.get(key, key), what, found, expected)


def records(raw: RawTable, sources: Mapping[str, str]) -> list[Record]:
    """The rows of a raw table; `sources` are the sources' names by key, which name the amount columns.

    Raises InputFault for an unknown, missing or duplicate column, a missing value and a cell of the wrong kind.
    """
    columns = _columns(raw, sources)
    written = [str(heading) for heading in raw.frame.columns]
    headings = {column.key: heading for (column, _), heading in zip(columns, written, strict=True)}
    found = []
    for row, cells in zip(raw.frame.index, raw.frame.to_numpy().tolist(), strict=True):
        by_key = {column.key: cell for (column, _), cell in zip(columns, cells, strict=True)}
        record = Record(raw, int(row), {}, {}, headings)
        values = {column.key: _value(record, column, by_key.get(column.key)) for column in raw.table.columns}
        amounts = {
            axis: _value(record, column, cell)
            for (column, axis), cell in zip(columns, cells, strict=True)
            if axis is not None and cell is not None
        }
        found.append(Record(raw, int(row), values, amounts, headings))
    return found


def _value(record: Record, column: Column, cell: object) -> Any:
    if cell is None and column.required:
        raise record.fault(column.key, Text("thiếu giá trị", "a value is missing"), expected=column.help)
    try:
        return convert(cell, column)
    except InputFault as fault:
        raise record.fault(column.key, fault.what, fault.found, fault.expected) from None


def _columns(raw: RawTable, sources: Mapping[str, str]) -> list[tuple[Column, Axis | None]]:
    """The column of the schema that each heading names, with the axis of an amount column."""
    known = {fold(name): column for column in raw.table.columns for name in names_of(column)}
    found: list[tuple[Column, Axis | None]] = []
    seen: set[str] = set()
    for number, heading in enumerate(raw.frame.columns):
        first = HEADING if raw.headed else _first_row(raw, number)
        column, axis = known.get(fold(heading)), None
        if column is None and raw.table is ITEMS and (axis := _amount_axis(heading, sources)):
            column = replace(AMOUNT, key=amount_key(axis))
        if column is None:
            raise raw.fault(first, heading, _UNKNOWN[raw.headed], heading, _known_columns(raw.table, heading, sources))
        if column.key in seen:
            raise raw.fault(first, heading, _TWICE[raw.headed], heading)
        seen.add(column.key)
        found.append((column, axis))
    missing = [column for column in raw.table.columns if column.required and column.key not in seen]
    if missing and raw.headed:
        name = Text(f"cột “{missing[0].label.vi}” ({missing[0].key})", f"a column “{missing[0].key}”")
        raise raw.fault(HEADING, None, Text("thiếu cột", "a column is missing"), expected=name)
    return found


def _first_row(raw: RawTable, number: int) -> int:
    """The first row that has something in the column."""
    cells = raw.frame.iloc[:, number]
    return int(next(iter(cells.index[cells.notna()]), HEADING))


def _amount_axis(heading: str, sources: Mapping[str, str]) -> Axis | None:
    """The axis that a heading such as "amount.local.2021" or "Số tiền · Ngân sách tỉnh · 2021" names, if it does."""
    by_name = {fold(name): key for key, name in sources.items()}
    by_key = {fold(key): key for key in sources}
    text = fold(heading)
    for prefix, sign, known in (
        (AMOUNT.key, ".", by_key),
        (fold(AMOUNT.label.vi), "·", by_name),
        (fold(AMOUNT.label.en), "·", by_name),
    ):
        head, _, rest = text.partition(sign)
        if head.strip() != prefix:
            continue
        if rest.strip() in known:
            return Axis(known[rest.strip()])
        name, _, last = rest.rpartition(sign)
        if _YEAR.fullmatch(last.strip()) and (not name.strip() or name.strip() in known):
            return Axis(known.get(name.strip()), int(last))
        if not rest.strip():
            return Axis()
    return None


def _known_columns(table: Table, heading: str, sources: Mapping[str, str]) -> Text:
    """What the heading may have meant."""
    if table is ITEMS and fold(heading).startswith((AMOUNT.key, fold(AMOUNT.label.vi))):
        columns = [amount_heading(Axis(key), sources, heading) for key in sources] or [Text(AMOUNT.key, AMOUNT.key)]
        vi, en = (", ".join(column[lang] for column in columns) for lang in ("vi", "en"))
        year = Text(".năm", ".year") if _is_key(heading) else Text("“ · 2026”", "“ · 2026”")
        return Text(
            f"cột số tiền của một nguồn đã khai: {vi} (thêm {year.vi} nếu chia năm)",
            f"the amount column of a source that is stated: {en} (with {year.en} where there are years)",
        )
    names = [name for column in table.columns for name in names_of(column)]
    return nearest(heading, names) or Text(
        f"một trong: {', '.join(column.label.vi for column in table.columns)}",
        f"one of: {', '.join(column.key for column in table.columns)}",
    )


def amount_heading(axis: Axis, names: Mapping[str, str], like: str) -> Text:
    """What the column of the amounts of `axis` is headed in a table that heads another one `like` that: by its key, or
    by its label. `names` are the sources' names by key.
    """
    if _is_key(like):
        return Text(amount_key(axis), amount_key(axis))
    return Text(amount_label(axis, names, "vi"), amount_label(axis, names, "en"))


def _is_key(heading: str) -> bool:
    """Whether a column of amounts is headed by its key ("amount.local.2021"), and not as people are asked to."""
    return fold(heading).split(".")[0] == AMOUNT.key


def names_of(named: Column | Table) -> tuple[str, str, str]:
    """By which names a person may call a column or a table: its key, its Vietnamese and its English label."""
    return named.key, named.label.vi, named.label.en


def fold(name: str) -> str:
    """A name as names are compared: NFC, without regard to case and blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def nearest(name: str, known: Iterable[str]) -> Text | None:
    """The known name that `name` is probably a slip of, in quotes."""
    match = closest(name, known)
    return Text(f"“{match}”", f"“{match}”") if match else None


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, if any is like it."""
    folded = {fold(each): each for each in reversed(list(known))}  # of names that are alike, the first
    match = difflib.get_close_matches(fold(name), folded, n=1, cutoff=0.75)
    return folded[match[0]] if match else None


def allow_missing(table: Table, name: str, strangers: Iterable[str], file: Path) -> None:
    """Raises InputFault where a table called `name` is missing that must be there, or stands there misspelt."""
    slip = closest(name, strangers)
    if slip is not None or not table.optional:
        raise InputFault(
            Text("thiếu một bảng", "a table is missing"), file=file, found=slip, expected=Text(f"“{name}”", f"“{name}”")
        )
