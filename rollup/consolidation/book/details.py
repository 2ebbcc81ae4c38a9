"""A row for each amount, file after file, and what the rows add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from budget.axes import NAMES, UNSAID, labelled
from budget.numbers import EXACT, decimals_of
from budget.rollup import STEP, ZERO, By
from faults import Text
from rollup.consolidation.book.base import (
    AMOUNT,
    CELL,
    FIGURE_WIDTH,
    FILE,
    HEADER,
    NOTE,
    SHEET,
    Column,
    Links,
    Listing,
    Whole,
    area,
)
from rollup.consolidation.spool import Line
from workbook.looks import figure_format
from workbook.row_xml import GAPS, ROW, Number, digits
from workbook.streaming import Cell, Prepared

_AS_WRITTEN = Text(" (như ghi, nếu khác)", " (as written, if other)")
_YEAR, _AMOUNT = 10, 11  # columns
SOURCE_CODE, AGENCY_CODE = 18, 19
_ITEM, _AGENCY_HEAD, _SOURCE_HEAD = NAMES[By.ITEM], NAMES[By.AGENCY], NAMES[By.SOURCE]


def _written(head: Text) -> Text:
    return Text(head.vi + _AS_WRITTEN.vi, head.en + _AS_WRITTEN.en)


LISTING = Listing(
    Text("Chi tiết", "Rows"),
    Text("TỪNG SỐ TIỀN VÀ Ô CỦA NÓ", "EACH AMOUNT AND ITS CELL"),
    (
        Column(FILE, 24),
        Column(Text("Bảng", "Table"), 18),
        Column(SHEET, 16),
        Column(CELL, 8),
        Column(Text("Số thứ tự", "Number"), 9),
        Column(_ITEM, 48),
        Column(Text("Nhóm", "Group"), 32),
        Column(_AGENCY_HEAD, 24),
        Column(_SOURCE_HEAD, 24),
        Column(NAMES[By.YEAR], 10),
        Column(AMOUNT, FIGURE_WIDTH),
        Column(Text("Số ghi trong tệp", "Figure in the file"), FIGURE_WIDTH),
        Column(Text("Đơn vị tính", "Unit"), 13),
        Column(_written(_ITEM), 32),
        Column(_written(_AGENCY_HEAD), 24),
        Column(_written(_SOURCE_HEAD), 24),
        Column(NOTE, 40),
    ),
    Text(
        "Các dòng xếp theo tệp; số có lỗi vẫn cộng như đã ghi và được nêu ở cột Ghi chú",
        "Rows stand file by file; figures that fail the check are added as they stand and marked under Note",
    ),
    helpers=2,
)


class Run(NamedTuple):
    """Rows of one sheet, first and last, that a sum goes over."""

    sheet: str
    first: int
    last: int

    def amounts(self) -> str:
        """The amounts, as formulas elsewhere name them."""
        return area(self.sheet, self.first, self.last, _AMOUNT)

    def sum_if(self, column: int, code: str, year: str) -> str:
        """The sum of the amounts of a year among the rows with a code; "" for all rows."""
        codes = f"{area(self.sheet, self.first, self.last, column)},{code}," if code else ""
        return f"SUMIFS({self.amounts()},{codes}{area(self.sheet, self.first, self.last, _YEAR)},{year})"


@dataclass(slots=True)
class Part:
    """Rows of a sheet that are added up together: the first and the last, their year, how many, the sum in đồng."""

    sheet: str
    first: int
    last: int
    year: int | None
    rows: int = 0
    amount: Decimal = ZERO


class Sums:
    """What rows add up to by year, in đồng, and the rows among which they stand: from the first to the last of them."""

    def __init__(self) -> None:
        self.by_year: dict[int | None, Decimal] = {}
        self._runs: dict[str, tuple[int, int]] = {}
        self.rows = 0

    def add(self, part: Part) -> None:
        """Some more rows."""
        self.rows += part.rows
        self.by_year[part.year] = EXACT.add(self.by_year.get(part.year, ZERO), part.amount)
        first, last = self._runs.get(part.sheet, (part.first, part.last))
        self._runs[part.sheet] = min(first, part.first), max(last, part.last)

    @property
    def total(self) -> Decimal:
        """The sum of all years."""
        total = ZERO
        for amount in self.by_year.values():
            total = EXACT.add(total, amount)
        return total

    @property
    def runs(self) -> list[Run]:
        """Sheet by sheet."""
        return [Run(sheet, first, last) for sheet, (first, last) in self._runs.items()]


class Details:
    """The rows being written, and their sums by source and by agency (0: not stated); `all`: of every row."""

    def __init__(self, whole: Whole) -> None:
        room = whole.rows - HEADER
        count = max(1, -(-whole.spool.rows // room))
        self._whole, self._room = whole, room
        self._sheets = [LISTING.sheet(whole, number) for number in range(1, count + 1)]
        self.sources: dict[int, Sums] = {}
        self.agencies: dict[int, Sums] = {}
        self.all = Sums()
        self._written = 0
        self._rows = _Rows(whole)

    def write(self) -> Iterator[Sums]:
        """Write the rows; the sums of each file, as soon as its rows are written."""
        for _, lines in groupby(self._whole.spool.lines(), lambda line: line.file):
            sums = Sums()
            for source, agency, part in self._write(lines):
                for those in (
                    self.all,
                    sums,
                    self.sources.setdefault(source, Sums()),
                    self.agencies.setdefault(agency, Sums()),
                ):
                    those.add(part)
            yield sums
        for sheet in self._sheets:
            sheet.finish_list(HEADER)
        if self.all.total != self._whole.spool.total:
            raise RuntimeError(f"rows of {self.all.total} were written, of {self._whole.spool.total} that were read")

    def _write(self, lines: Iterable[Line]) -> Iterator[tuple[int, int, Part]]:
        """Write rows; what those of one source, agency and year add up to, with the numbers of these."""
        parts: dict[tuple[str, int, int, int | None], Part] = {}
        for line in lines:
            sheet = self._sheets[self._written // self._room]
            number, year = sheet.write_prepared(self._rows.of(line)), line.row.year
            self._written += 1
            alike = sheet.name, line.source, line.agency, year
            if (part := parts.get(alike)) is None:
                part = parts[alike] = Part(sheet.name, number, number, year)
            part.last = number
            part.rows += 1
            part.amount = EXACT.add(part.amount, line.row.amount)
        for (_, source, agency, _), part in parts.items():
            yield source, agency, part


class _Rows:
    """The rows, of cells that stand side by side and are alike in many of them: these are worked out once."""

    def __init__(self, whole: Whole) -> None:
        self._whole, self._links = whole, Links(whole.book, 4, f"A{ROW}")
        kept = lru_cache(maxsize=4_096)
        self._place, self._item, self._source = kept(self._place_of), kept(self._item_of), kept(self._source_of)
        self._figures, self._others, self._codes = kept(self._figures_of), kept(self._others_of), kept(self._codes_of)

    def of(self, line: Line) -> Prepared:
        """A row."""
        row = line.row
        cells = (
            self._place(row.file, row.table, row.sheet),
            self._links.to(row.file, row.sheet, row.cell),
            self._item(row.number, row.item, row.groups, row.agency),
            self._source(row.source, row.year),
            self._figures(decimals_of(row.printed), row.unit),
            self._others(
                "" if row.item_written == row.item else row.item_written,
                "" if row.agency_written == row.agency else row.agency_written,
                "" if row.source_written == row.source else row.source_written,
                row.note,
            ),
            self._codes(line.source, line.agency),
        )
        return Prepared(cells, (row.cell, digits(self._whole.in_unit(row.amount)), digits(row.printed)))

    def _place_of(self, *texts: str) -> bytes:
        return self._whole.book.prepared(1, *map(self._whole.text, texts))

    def _item_of(self, number: str, item: str, groups: tuple[str, ...], agency: str | None) -> bytes:
        return self._whole.book.prepared(5, *map(self._whole.text, (number, item, STEP.join(groups), agency or "")))

    def _source_of(self, source: str | None, year: int | None) -> bytes:
        whole, lang = self._whole, self._whole.lang
        stated = UNSAID[By.YEAR][lang] if year is None else year
        return whole.book.prepared(9, whole.text(labelled(By.SOURCE, source, lang)), Cell(stated, "line-center"))

    def _figures_of(self, decimals: int, unit: str) -> bytes:
        """The amount in the second gap, the printed figure, which has so many decimals, in the third, and its unit."""
        amount = Cell(Number(GAPS[1]), "line-figure", figures=self._whole.exact)
        printed = Cell(Number(GAPS[2]), "line-figure", figures=figure_format(decimals))
        return self._whole.book.prepared(_AMOUNT, amount, printed, Cell(unit, "line"))

    def _others_of(self, *texts: str | None) -> bytes:
        """The wordings that are not what they are taken for, and the note."""
        return self._whole.book.prepared(14, *(self._whole.text(each or "") for each in texts))

    def _codes_of(self, source: int, agency: int) -> bytes:
        codes = Cell(source_code(source), "helper"), Cell(agency_code(agency), "helper")
        return self._whole.book.prepared(SOURCE_CODE, *codes)


def source_code(number: int) -> str:
    """Codes begin with a letter: Excel takes texts of digits for numbers."""
    return f"N{number}"


def agency_code(number: int) -> str:
    """The code of an agency."""
    return f"D{number}"


def over_amounts(function: str, runs: Iterable[Run]) -> str:
    """A function of the amounts of all rows of some runs."""
    return f"{function}({','.join(run.amounts() for run in runs)})"
