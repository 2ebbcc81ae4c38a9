"""A row for each amount, file after file, and what the rows add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from budget.numbers import EXACT, decimals_of
from budget.rollup import STEP, ZERO, By
from faults import Text
from rollup.axes import UNSAID, labelled
from rollup.consolidation.book.base import (
    AMOUNT,
    CELL,
    FIGURE_WIDTH,
    FILE,
    HEADER,
    NOTE,
    SHEET,
    Column,
    Listing,
    Whole,
    area,
    link,
)
from rollup.consolidation.spool import Line
from workbook.addresses import address
from workbook.looks import figure_format
from workbook.streaming import Cell

_AS_WRITTEN = Text(" (như ghi, nếu khác)", " (as written, if other)")
_YEAR, _AMOUNT = 10, 11  # columns
SOURCE_CODE, AGENCY_CODE = 18, 19
_ITEM = Text("Nội dung", "Item")
_AGENCY_HEAD, _SOURCE_HEAD = Text("Đơn vị thực hiện", "Agency"), Text("Nguồn vốn", "Funding source")


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
        Column(Text("Năm", "Year"), 10),
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


class Sums:
    """What rows add up to by year, in đồng, and the rows among which they stand: from the first to the last of them."""

    def __init__(self) -> None:
        self.by_year: dict[int | None, Decimal] = {}
        self._runs: dict[str, tuple[int, int]] = {}
        self.rows = 0

    def add(self, sheet: str, row: int, year: int | None, amount: Decimal) -> None:
        """One more row."""
        self.rows += 1
        self.by_year[year] = EXACT.add(self.by_year.get(year, ZERO), amount)
        first, _ = self._runs.get(sheet, (row, row))
        self._runs[sheet] = first, row

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

    def write(self) -> Iterator[Sums]:
        """Write the rows; the sums of each file, as soon as its rows are written."""
        for _, lines in groupby(self._whole.spool.lines(), lambda line: line.file):
            sums = Sums()
            for line in lines:
                self._write(line, sums)
            yield sums
        for sheet in self._sheets:
            sheet.finish_list(HEADER)
        if self.all.total != self._whole.spool.total:
            raise RuntimeError(f"rows of {self.all.total} were written, of {self._whole.spool.total} that were read")

    def _write(self, line: Line, of_file: Sums) -> None:
        sheet = self._sheets[self.all.rows // self._room]
        number = sheet.write(*self._cells(line, sheet.row + 1))
        row = line.row
        for sums in (
            self.all,
            of_file,
            self.sources.setdefault(line.source, Sums()),
            self.agencies.setdefault(line.agency, Sums()),
        ):
            sums.add(sheet.name, number, row.year, row.amount)

    def _cells(self, line: Line, number: int) -> Sequence[Cell]:
        whole, row, lang = self._whole, line.row, self._whole.lang
        names = (row.item_written, row.item), (row.agency_written, row.agency), (row.source_written, row.source)
        year = UNSAID[By.YEAR][lang] if row.year is None else row.year
        return (
            whole.text(row.file),
            whole.text(row.table),
            whole.text(row.sheet),
            link(row.file, row.sheet, row.cell, address(number, 1)),
            whole.text(row.number),
            whole.text(row.item),
            whole.text(STEP.join(row.groups)),
            whole.text(row.agency or ""),
            whole.text(labelled(By.SOURCE, row.source, lang)),
            Cell(year, "line-center"),
            Cell(whole.in_unit(row.amount), "line-figure", figures=whole.exact),
            Cell(row.printed, "line-figure", figures=figure_format(decimals_of(row.printed))),
            Cell(row.unit, "line"),
            *(whole.text(written if written and written != name else "") for written, name in names),
            whole.text(row.note),
            Cell(source_code(line.source), "helper"),
            Cell(agency_code(line.agency), "helper"),
        )


def source_code(number: int) -> str:
    """Codes begin with a letter: Excel takes texts of digits for numbers."""
    return f"N{number}"


def agency_code(number: int) -> str:
    """The code of an agency."""
    return f"D{number}"


def over_amounts(function: str, runs: Iterable[Run]) -> str:
    """A function of the amounts of all rows of some runs."""
    return f"{function}({','.join(run.amounts() for run in runs)})"
