"""A line for each file: what its rows add up to, what was read of it, what it states, and whether these agree."""

from __future__ import annotations

from collections.abc import Sequence

from budget.axes import TOTAL, labelled
from budget.rollup import ZERO, By
from faults import Text
from rollup.axes import SHARE
from rollup.consolidation.book.base import (
    AMOUNT,
    DIFFERENCE,
    FIGURE_WIDTH,
    FILE,
    HEADER,
    LINK_LIMIT,
    VERDICT,
    Column,
    Whole,
    ratio,
    share,
)
from rollup.consolidation.book.details import Sums, over_amounts
from rollup.consolidation.book.pivots import by_year
from rollup.consolidation.saying import FILES
from rollup.consolidation.spool import FileLine
from rollup.wording import NOTHING_STATED, ROUNDED, compared_formula
from validators.reports.wording import AGREES, DIFFERS
from workbook.addresses import address
from workbook.row_xml import Formula
from workbook.streaming import Cell, StreamedSheet
from workbook.text import literal

_TITLE = Text("TỔNG HỢP THEO TỆP", "BY FILE")
_NOTE = Text(
    "Mỗi tệp: cộng các dòng của nó = số đã đọc = tổng ghi trong tệp",
    "Of each file: the sum of its rows = what was read = the total that it states",
)
_COLUMNS: Sequence[Column] = (
    Column(FILE, 44),
    Column(Text("Số bảng", "Tables"), 9),
    Column(Text("Số dòng", "Rows"), 9),
    Column(AMOUNT, FIGURE_WIDTH),
    Column(SHARE, 10),
    Column(Text("Số đọc được", "Amount read"), FIGURE_WIDTH),
    Column(Text("Tổng ghi trong tệp", "Total stated"), FIGURE_WIDTH),
    Column(DIFFERENCE, 14),
    Column(VERDICT, 34),
    Column(Text("Lỗi kiểm tra", "Errors found"), 10),
)
_AMOUNT, _READ, _STATED, _DIFFERENCE, _VERDICT = 4, 6, 7, 8, 9  # columns
_LOST = Text("Lệch: dòng chi tiết đã bị sửa", "Differs: rows were changed")
_DIFFERS_FROM_TOTAL = Text("Lệch so với tổng ghi trong tệp", "Differs from the total stated")
_PARTLY = Text("Khớp; có bảng không ghi tổng", "Agrees; a table states no total")


class Files:
    """The sheet being written. `total`: the row of the totals."""

    def __init__(self, whole: Whole) -> None:
        self._whole, self._years = whole, whole.spool.years()
        widths = [column.width for column in _COLUMNS] + [FIGURE_WIDTH] * len(self._years)
        self.sheet: StreamedSheet = whole.book.sheet(FILES[whole.lang], widths)
        self.total = HEADER + 1 + whole.spool.files
        heads = [column.head[whole.lang] for column in _COLUMNS]
        years = [labelled(By.YEAR, year, whole.lang) for year in self._years]
        whole.head(self.sheet, _TITLE, _NOTE[whole.lang], whole.unit_line, [*heads, *years])
        self._tables = self._errors = 0

    @property
    def amount(self) -> str:
        """The cell of the sum of all files, on its sheet."""
        return address(self.total, _AMOUNT)

    def write(self, file: FileLine, sums: Sums) -> None:
        """The line of a file."""
        whole, row = self._whole, self.sheet.row + 1
        self._tables += file.counted
        self._errors += file.errors
        part = Formula(share(address(row, _AMOUNT), address(self.total, _AMOUNT)), ratio(file.total, whole.spool.total))
        self.sheet.write(
            self._name(file),
            Cell(file.counted, "count"),
            Cell(Formula(over_amounts("COUNT", sums.runs), sums.rows), "count"),
            Cell(Formula(over_amounts("SUM", sums.runs), whole.in_unit(sums.total)), "figure"),
            Cell(part, "share"),
            Cell(whole.in_unit(file.total), "figure"),
            *self._compared(file, row),
            Cell(file.errors, "count"),
            *by_year(whole, sums, self._years, None),
        )

    def _name(self, file: FileLine) -> Cell:
        if len(file.name) > LINK_LIMIT:
            return self._whole.text(file.name, "text")
        name = literal(file.name)
        return Cell(Formula(f"HYPERLINK({name},{name})", file.name, file.name), "file-link")

    def _compared(self, file: FileLine, row: int) -> list[Cell]:
        """The total that a file states, the difference and the verdict."""
        whole, lang = self._whole, self._whole.lang
        if file.stated is None:
            formula, value = literal(NOTHING_STATED[lang]), NOTHING_STATED
            cells = [Cell(None, "figure"), Cell(None, "figure")]
        else:
            agrees = _PARTLY if file.partly else AGREES
            rounding, difference = whole.in_unit(file.rounding), file.total - file.stated
            differs = literal(_DIFFERS_FROM_TOTAL[lang])
            formula = compared_formula(address(row, _DIFFERENCE), rounding, differs, lang, agrees)
            value = agrees if not difference else ROUNDED if abs(difference) <= file.rounding else _DIFFERS_FROM_TOTAL
            less = f"ROUND({address(row, _AMOUNT)}-{address(row, _STATED)},{whole.digits})"
            shown = round(whole.in_unit(difference), whole.digits)
            cells = [
                Cell(whole.in_unit(file.stated), "figure"),
                Cell(Formula(less, shown), "figure", figures=whole.exact),
            ]
        return [*cells, Cell(Formula(self._lost(row, formula), value[lang], _DIFFERS_FROM_TOTAL[lang]), "center")]

    def _lost(self, row: int, verdict: str) -> str:
        """The verdict on a file, once its rows are all there; of rows that are gone altogether the sum is an error."""
        difference = f"ROUND({address(row, _AMOUNT)}-{address(row, _READ)},{self._whole.digits})"
        lost = literal(_LOST[self._whole.lang])
        return f"IF(ISNUMBER({address(row, _AMOUNT)}),IF({difference}<>0,{lost},{verdict}),{lost})"

    def finish(self, all_rows: Sums) -> None:
        """The totals of all files."""
        whole, spool = self._whole, self._whole.spool
        own = address(self.total, _AMOUNT)
        one = 1.0 if spool.total else 0.0
        cells: dict[int, Cell] = {
            2: self._sum(2, self._tables, "count-sum"),
            3: self._sum(3, spool.rows, "count-sum"),
            _AMOUNT: self._sum(_AMOUNT, whole.in_unit(spool.total), "figure-sum"),
            5: Cell(Formula(share(own, own), one), "share-sum"),
            _READ: self._sum(_READ, whole.in_unit(spool.total), "figure-sum"),
            10: self._sum(10, self._errors, "count-sum"),
        }
        for column, year in enumerate(self._years, len(_COLUMNS) + 1):
            cells[column] = self._sum(column, whole.in_unit(all_rows.by_year.get(year, ZERO)), "figure-sum")
        blank = Cell(None, "text")  # not all files state a total
        columns = range(2, self.sheet.columns + 1)
        self.sheet.write(Cell(TOTAL[whole.lang], "sum"), *(cells.get(column, blank) for column in columns))
        self.sheet.judged(HEADER + 1, self.total - 1, _VERDICT, AGREES[whole.lang], DIFFERS[whole.lang])
        self.sheet.finish_list(HEADER)

    def _sum(self, column: int, value: object, look: str) -> Cell:
        formula = f"SUM({address(HEADER + 1, column)}:{address(self.total - 1, column)})"
        return Cell(Formula(formula, value), look)  # type: ignore[arg-type]
