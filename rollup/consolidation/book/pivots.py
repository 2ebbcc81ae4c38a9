"""Sums by source, by agency and by file, each by year, as live formulas over the rows.

A formula goes over the rows that it needs and no others: rows stand file by file, so that the sums of a file go over
its own rows, and those of a source or an agency from its first row to its last. So a workbook of thousands of files
opens in the time that its rows take, not in that of files times rows. Where even so all sums of a sheet would have to
look at more than `MOST_WORK` cells (hundreds of agencies that each stand in all of the files), they are written as
figures, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budget.axes import NAMES, TOTAL, UNSAID, labelled
from budget.rollup import ZERO, By, added
from faults import Text
from rollup.axes import SHARE
from rollup.consolidation.book.base import FIGURE_WIDTH, HEADER, Whole, ratio, share
from rollup.consolidation.book.details import AGENCY_CODE, SOURCE_CODE, Sums, agency_code, source_code
from rollup.consolidation.naming import Kind
from workbook.addresses import address
from workbook.row_xml import Formula
from workbook.streaming import Cell, StreamedSheet
from workbook.text import literal

MOST_WORK = 50_000_000  # cells that the sums of one sheet look at: seconds in any spreadsheet program
_LABEL_WIDTH = 48.0
_KINDS = {By.SOURCE: Kind.SOURCE, By.AGENCY: Kind.AGENCY}
_CODES = {By.SOURCE: (SOURCE_CODE, source_code), By.AGENCY: (AGENCY_CODE, agency_code)}
FIXED = Text(
    "Số ở bảng này là số cố định, không phải công thức: công thức cho ngần ấy đơn vị và dòng sẽ làm sổ mở rất lâu.",
    "The figures of this table are fixed and no formulas: those would take very long over so many names and rows.",
)


class Pivot(NamedTuple):
    """A table that was written: the rows of its names and of its total, its years and the column of its totals."""

    first: int
    last: int
    names: Sequence[tuple[str, Sums]]
    years: Sequence[int | None]

    @property
    def total(self) -> int:
        """The row of the totals."""
        return self.last + 1

    @property
    def column(self) -> int:
        """The column of the totals."""
        return len(self.years) + 2


def widths(years: Sequence[int | None]) -> list[float]:
    """Of a table by year; no less than the proof below it takes."""
    return [_LABEL_WIDTH, *[FIGURE_WIDTH] * max(len(years) + 2, 3)]


def write_pivot(
    whole: Whole, sheet: StreamedSheet, title: Text, second: str, by: By, found: Mapping[int, Sums]
) -> Pivot:
    """The table of an axis by year, the largest sums first, what names nothing last."""
    years, lang = whole.spool.years(), whole.lang
    known: dict[int, str] = {number: name for number, name, _ in whole.spool.names(_KINDS[by])}
    ordered = sorted(found, key=lambda number: (number == 0, -found[number].total, number))
    names = [(labelled(by, known.get(number), lang), found[number]) for number in ordered]
    labels = [labelled(By.YEAR, year, lang) for year in years]
    whole.head(sheet, title, second, whole.unit_line, [NAMES[by][lang], *labels, TOTAL[lang], SHARE[lang]])
    made = Pivot(HEADER + 1, HEADER + len(names), names, years)
    live = sum(_rows(sums) for _, sums in names) * len(years) <= MOST_WORK
    column, code = _CODES[by]
    for row, (number, (label, sums)) in enumerate(zip(ordered, names, strict=True), made.first):
        cells = by_year(whole, sums, years, (column, literal(code(number))), live=live)
        sheet.write(whole.text(label, "text"), *cells, *_closing(whole, row, made, sums.total))
    _write_total(whole, sheet, made)
    if not live:
        sheet.across(FIXED[lang], "note")
    return made


def by_year(
    whole: Whole, sums: Sums, years: Sequence[int | None], code: tuple[int, str] | None, *, live: bool = True
) -> list[Cell]:
    """A cell for each year: the sum of what has a code in a column; of all rows within the runs where that is None."""
    cells = []
    for year in years:
        value = whole.in_unit(sums.by_year.get(year, ZERO))
        wanted = literal(UNSAID[By.YEAR][whole.lang]) if year is None else str(year)
        if not live:
            cells.append(Cell(value, "sparse"))
            continue
        column, named = code or (0, "")
        formula = "+".join(run.sum_if(column, named, wanted) for run in sums.runs)
        cells.append(Cell(Formula(formula, value), "sparse"))
    return cells


def _rows(sums: Sums) -> int:
    return sum(run.last - run.first + 1 for run in sums.runs)


def _closing(whole: Whole, row: int, made: Pivot, total: Decimal) -> list[Cell]:
    """The total of a row, and its share of the whole."""
    last, amount = made.column, whole.in_unit(total)
    formula = f"SUM({address(row, 2)}:{address(row, last - 1)})"
    part = Formula(share(address(row, last), address(made.total, last)), ratio(total, whole.spool.total))
    return [Cell(Formula(formula, amount), "figure-sum"), Cell(part, "share")]


def _write_total(whole: Whole, sheet: StreamedSheet, made: Pivot) -> None:
    cells = [Cell(TOTAL[whole.lang], "sum")]
    sums = [added(sums.by_year.get(year, ZERO) for _, sums in made.names) for year in made.years]
    for column, amount in enumerate((*sums, whole.spool.total), 2):
        formula = f"SUM({address(made.first, column)}:{address(made.last, column)})"
        cells.append(Cell(Formula(formula, whole.in_unit(amount)), "figure-sum"))
    own = address(made.total, made.column)
    cells.append(Cell(Formula(share(own, own), ratio(whole.spool.total, whole.spool.total)), "share-sum"))
    sheet.write(*cells)
