"""What was read of many files, kept on the disk until it is written: memory does not grow with the files."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from budget.money import Unit
from budget.numbers import EXACT
from budget.rollup import ZERO
from faults import InputFault, Text
from rollup.consolidation.naming import Kind, key, taken_for
from rollup.consolidation.officer import NOTHING_CHOSEN, Choices
from rollup.consolidation.reading import Amount, FileFunding, Found
from rollup.consolidation.rows import Row
from validators.findings import Severity
from validators.funding.counted import MOST_DECIMALS

_GROUPS = "\x1f"  # between the groups of a row
_SCHEMA = """
CREATE TABLE files(id INTEGER PRIMARY KEY, name TEXT, reason TEXT, counted INT, rows INT, total TEXT, stated TEXT,
                   partly INT, rounding TEXT, proven INT, doubted INT, errors INT);
CREATE TABLE names(id INTEGER PRIMARY KEY, kind TEXT, key TEXT, name TEXT, UNIQUE(kind, key));
CREATE TABLE spellings(id INTEGER PRIMARY KEY, kind TEXT, written TEXT, name INT, chosen INT, rows INT, amount TEXT,
                       UNIQUE(kind, written));
CREATE TABLE rows(id INTEGER PRIMARY KEY, file INT, tab TEXT, sheet TEXT, cell TEXT, number TEXT, groups TEXT,
                  item INT, agency INT, source INT, year INT, amount TEXT, printed TEXT, unit INT, note TEXT);
CREATE TABLE remarks(file INT, place TEXT, text TEXT);
CREATE TABLE findings(file INT, severity TEXT, rule TEXT, title TEXT, sheet TEXT, cell TEXT, label TEXT, message TEXT,
                      found TEXT, expected TEXT);
BEGIN;
"""
_LINES = """
SELECT file, tab, sheet, cell, number, groups, item, agency, source, year, amount, printed, unit, note
FROM rows ORDER BY id
"""
_SHARED = """
SELECT i.name, r.file, r.sheet, r.cell, r.item, r.agency, r.groups, r.source, r.year, r.amount
FROM rows r JOIN spellings i ON i.id = r.item
WHERE i.name IN (SELECT i2.name FROM rows r2 JOIN spellings i2 ON i2.id = r2.item
                 GROUP BY i2.name HAVING min(r2.file) < max(r2.file))
ORDER BY i.name, r.id
"""
_SPELLING = "SELECT s.written, n.id, n.name FROM spellings s JOIN names n ON n.id = s.name WHERE s.id = ?"
_UNITS = {unit.exponent: unit for unit in Unit}
_LABELS = {unit.exponent: unit.label for unit in Unit}
_KINDS = (Kind.ITEM, Kind.AGENCY, Kind.SOURCE)  # of the wordings of an amount


class FileLine(NamedTuple):
    """A file as the result lists it; `reason`: why it was not added up, "" where it was. Amounts in đồng.

    The others are those of `FileFunding`.
    """

    number: int
    name: str
    reason: str
    counted: int = 0
    rows: int = 0
    total: Decimal = ZERO
    stated: Decimal | None = None
    partly: bool = False
    rounding: Decimal = ZERO
    proven: bool = True
    doubted: bool = False
    errors: int = 0


class Line(NamedTuple):
    """A row, with the numbers of its file, agency and source; 0: the file does not say."""

    file: int
    agency: int
    source: int
    row: Row


class Spelling(NamedTuple):
    """A wording of the files, what it is taken for, whether an officer says so, and how much stands under it."""

    kind: Kind
    written: str
    name: str
    chosen: bool
    rows: int
    amount: Decimal


class Stated(NamedTuple):
    """An amount of an item that several files state; `item`, `agency` and `source` are numbers of names."""

    item: int
    item_name: str
    file: int
    file_name: str
    sheet: str
    cell: str
    agency: int | None
    agency_name: str | None
    groups: tuple[str, ...]
    source: int | None
    year: int | None
    amount: Decimal


class Spool:
    """The store. `files`, `rows`, `total`: of what was added up so far, in đồng; `failed`: how many files were not."""

    def __init__(self, database: sqlite3.Connection, choices: Choices) -> None:
        self._database, self._choices = database, choices
        self._units: Counter[int] = Counter()
        self._finest: int | None = None  # power of ten of the last digit that any amount in đồng has
        self.files = self.rows = self.failed = self.skipped = self.unproven = self.doubted = self.unread = (
            self.hidden
        ) = 0
        self.total = ZERO
        kept = lru_cache(maxsize=16_384)  # a thousand rows have a hundred wordings
        self._spelt_as, self._file_named = kept(self._looked_up_spelling), kept(self._looked_up_file)
        database.executescript(_SCHEMA)
        for kind, name in choices.names():  # spelt as the officer does, whatever the files write
            self._name(kind, name)

    @property
    def unit(self) -> Unit:
        """The unit that most amounts are stated in; of two the larger one."""
        return _UNITS[max(self._units, key=lambda exponent: (self._units[exponent], exponent))]

    def decimals(self, unit: Unit) -> int:
        """How many decimals the amounts have in a unit."""
        return min(MOST_DECIMALS, max(0, unit.exponent - (self._finest or 0)))

    def fail(self, name: str, reason: str, *, skipped: bool) -> None:
        """A file that is not added up; `skipped`: and that need not be."""
        self.failed += 1
        self.skipped += skipped
        self._database.execute("INSERT INTO files(name, reason) VALUES (?, ?)", (name, reason))

    def add(self, name: str, file: FileFunding) -> None:
        """A file and all that was read of it."""
        self.files += 1
        self.unproven += not file.proven
        self.doubted += file.doubted
        self.unread += file.unread
        self.hidden += bool(file.hidden)
        self.total = EXACT.add(self.total, file.total)
        stated = None if file.stated is None else str(file.stated)
        line = (name, "", file.counted, len(file.amounts), str(file.total), stated, file.partly, str(file.rounding),
                file.proven, file.doubted, file.errors)  # fmt: skip
        number = self._database.execute(
            "INSERT INTO files(name, reason, counted, rows, total, stated, partly, rounding, proven, doubted, errors) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            line,
        ).lastrowid
        spelt = self._spelt(file.amounts)
        self._database.executemany(
            "INSERT INTO rows(file, tab, sheet, cell, number, groups, item, agency, source, year, amount, printed, "
            "unit, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._stored(number or 0, each, spelt) for each in file.amounts),
        )
        self._database.executemany(
            "INSERT INTO remarks VALUES (?, ?, ?)", ((number, *remark) for remark in file.remarks)
        )
        self._database.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ((number, *found) for found in file.found)
        )

    def _stored(self, file: int, each: Amount, spelt: Sequence[Mapping[str | None, int]]) -> tuple[object, ...]:
        self.rows += 1
        self._units[each.unit] += 1
        if each.amount:
            last = int(each.amount.normalize(EXACT).as_tuple().exponent)
            self._finest = last if self._finest is None else min(self._finest, last)
        items, agencies, sources = spelt
        return (file, *each[:4], _GROUPS.join(each.groups), items.get(each.item), agencies.get(each.agency),
                sources.get(each.source), each.year, str(each.amount), str(each.printed), each.unit,
                each.note)  # fmt: skip

    def _spelt(self, amounts: Sequence[Amount]) -> Sequence[Mapping[str | None, int]]:
        """The numbers of the wordings of items, agencies and sources of a file; what stands under them is added up."""
        sums: dict[tuple[int, str], tuple[int, Decimal]] = {}
        for each in amounts:
            for kind, written in enumerate((each.item, each.agency, each.source)):
                if written:
                    rows, amount = sums.get((kind, written), (0, ZERO))
                    sums[kind, written] = rows + 1, EXACT.add(amount, each.amount)
        spelt: tuple[dict[str | None, int], ...] = {}, {}, {}
        for (kind, written), said in sums.items():
            spelt[kind][written] = self._spelling(_KINDS[kind], written, *said)
        return spelt

    def _spelling(self, kind: Kind, written: str, rows: int, amount: Decimal) -> int:
        found = self._database.execute(
            "SELECT id, rows, amount FROM spellings WHERE kind = ? AND written = ?", (kind, written)
        ).fetchone()
        if found:
            together = str(EXACT.add(Decimal(found[2]), amount))
            self._database.execute(
                "UPDATE spellings SET rows = ?, amount = ? WHERE id = ?", (found[1] + rows, together, found[0])
            )
            return int(found[0])
        name, chosen = self._decided(kind, written)
        made = self._database.execute(
            "INSERT INTO spellings(kind, written, name, chosen, rows, amount) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, written, self._name(kind, name), chosen, rows, str(amount)),
        )
        return int(made.lastrowid or 0)

    def _decided(self, kind: Kind, written: str) -> tuple[str, bool]:
        """What a wording is taken for, and whether that is the officer's word and not ours anyway."""
        ours = taken_for(kind, written)
        theirs = self._choices.name(kind, written)
        if theirs is None:
            return ours, False
        return theirs, key(kind, theirs) != key(kind, ours)

    def _name(self, kind: Kind, name: str) -> int:
        """The number of a name; its first spelling stays."""
        folded = key(kind, name)
        known = self._database.execute("SELECT id FROM names WHERE kind = ? AND key = ?", (kind, folded)).fetchone()
        if known:
            return int(known[0])
        made = self._database.execute("INSERT INTO names(kind, key, name) VALUES (?, ?, ?)", (kind, folded, name))
        return int(made.lastrowid or 0)

    def file_lines(self) -> Iterator[FileLine]:
        """The files in the order given, those that were not added up too."""
        for number, name, reason, counted, rows, total, stated, *rest in self._database.execute(
            "SELECT * FROM files ORDER BY id"
        ):
            if reason:
                yield FileLine(number, name, reason)
                continue
            partly, rounding, proven, doubted, errors = rest
            yield FileLine(
                number, name, "", counted, rows, Decimal(total), None if stated is None else Decimal(stated),
                bool(partly), Decimal(rounding), bool(proven), bool(doubted), errors,
            )  # fmt: skip

    def lines(self) -> Iterator[Line]:
        """Every row, file by file."""
        for (
            file, table, sheet, cell, number, groups, item, agency, source, year, amount, printed, unit, note,
        ) in self._database.execute(_LINES):  # fmt: skip
            item_written, _, item_name = self._spelt_as(item)
            agency_written, agency_number, agency_name = self._spelt_as(agency)
            source_written, source_number, source_name = self._spelt_as(source)
            yield Line(file, agency_number, source_number, Row(
                self._file_named(file), table, sheet, cell, number, item_name or "", item_written or "",
                _path(groups), agency_name, agency_written, source_name,
                source_written, year, Decimal(amount), Decimal(printed), _LABELS[unit], note,
            ))  # fmt: skip

    def names(self, kind: Kind) -> Iterator[tuple[int, str, int]]:
        """The names of a kind that occur: number, name, and how many rows."""
        yield from self._database.execute(
            "SELECT n.id, n.name, sum(s.rows) FROM names n JOIN spellings s ON s.name = n.id WHERE n.kind = ? "
            "GROUP BY n.id ORDER BY n.id",
            (kind,),
        )

    def spellings(self, kind: Kind) -> Iterator[Spelling]:
        """The wordings of a kind, those of one name together; in the order of the names."""
        for written, name, chosen, rows, amount in self._database.execute(
            "SELECT s.written, n.name, s.chosen, s.rows, s.amount FROM spellings s JOIN names n ON n.id = s.name "
            "WHERE s.kind = ? ORDER BY n.id, s.id",
            (kind,),
        ):
            yield Spelling(kind, written, name, bool(chosen), rows, Decimal(amount))

    def years(self) -> list[int | None]:
        """The years of the rows, in order; None last: rows that name none."""
        found = [year for (year,) in self._database.execute("SELECT DISTINCT year FROM rows")]
        return sorted(found, key=lambda year: (year is None, year))

    def remarks(self) -> Iterator[tuple[str, str, str]]:
        """File, place, what there is to say."""
        yield from self._database.execute(
            "SELECT f.name, r.place, r.text FROM remarks r JOIN files f ON f.id = r.file ORDER BY r.rowid"
        )

    def findings(self) -> Iterator[tuple[str, Found]]:
        """What the check says, with the file."""
        for name, severity, *said in self._database.execute(
            "SELECT f.name, severity, rule, title, sheet, cell, label, message, found, expected "
            "FROM findings JOIN files f ON f.id = findings.file ORDER BY findings.rowid"
        ):
            yield name, Found(Severity(severity), *said)

    def shared(self) -> Iterator[Stated]:
        """The rows whose item stands in several files, item by item, and then in order."""
        for name, file, sheet, cell, item, agency, groups, source, year, amount in self._database.execute(_SHARED):
            _, agency_number, agency_name = self._spelt_as(agency)
            yield Stated(
                name, self._spelt_as(item)[2] or "", file, self._file_named(file), sheet, cell, agency_number or None,
                agency_name, _path(groups), self._spelt_as(source)[1] or None, year, Decimal(amount),
            )  # fmt: skip

    def _looked_up_spelling(self, number: int | None) -> tuple[str | None, int, str | None]:
        """A wording, and the number and the name of what it is taken for; of none None, 0 and None."""
        if number is None:
            return None, 0, None
        found: tuple[str, int, str] = self._database.execute(_SPELLING, (number,)).fetchone()
        return found

    def _looked_up_file(self, number: int) -> str:
        return str(self._database.execute("SELECT name FROM files WHERE id = ?", (number,)).fetchone()[0])


@contextmanager
def spool(choices: Choices = NOTHING_CHOSEN) -> Iterator[Spool]:
    """An empty store, gone when the block ends, however it ends. Raises InputFault where there is no room for it."""
    try:
        with tempfile.TemporaryDirectory(prefix="phuluc-") as folder:
            database = sqlite3.connect(Path(folder, "rows.sqlite"), isolation_level=None)
            try:
                database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE")
                yield Spool(database, choices)
            finally:
                database.close()
    except sqlite3.OperationalError as fault:
        full = Text("không đủ chỗ cho tệp tạm", "there is no room for temporary files")
        raise InputFault(full, file=tempfile.gettempdir(), found=fault) from fault


def _path(groups: str) -> tuple[str, ...]:
    return tuple(groups.split(_GROUPS)) if groups else ()
