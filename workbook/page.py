"""A sheet of figures made by openpyxl in the look of an appendix, its formulas kept apart until they may be written."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import Outline, PageSetupProperties

from workbook.addresses import Area, address, areas
from workbook.looks import FAILS, LOOKS, PASSES, ROW_HEIGHT, openpyxl_style
from workbook.metrics import POINTS_PER_WIDTH_UNIT, text_height
from workbook.text import write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Block = tuple[int, int, list[list[str]]]  # row and column of the first cell, rows of formulas with `=`


_GREEN, _RED = (PatternFill("solid", bgColor=color) for color in (PASSES, FAILS))
_HELPER_WIDTH = 12.0
_PRINTED_WIDTH, _PRINTED_HEIGHT = 700.0, 470.0  # points within the margins of A4 across, a reserve of 2 % left out
_SMALLEST = 0.55  # of its size a sheet can be read: letters of 7 points
_WIDEST = _PRINTED_WIDTH / _SMALLEST / POINTS_PER_WIDTH_UNIT  # what so small a page holds, in Excel's units


class Page:
    """A sheet being written. Rows and columns count from 1. `widths`: of the printed columns, in Excel's units.

    `figures`: the number format of amounts. `front`: how many of the columns the first pages hold: all of them, unless
    that could not be read and only the first `together` must stand beside each other; what stands in the others is
    printed on further pages, behind the first column.
    """

    def __init__(self, sheet: Worksheet, widths: Sequence[float], figures: str, together: int | None = None) -> None:
        self.sheet, self._widths = sheet, widths
        self.front = len(widths) if together is None else max(together, self._fitting(1))
        self._continued: list[Area] = []
        self._formulas: dict[tuple[int, int], str] = {}
        self._together: list[tuple[int, int]] = []
        self._styles = {name: openpyxl_style(sheet, look, figures) for name, look in LOOKS.items()}
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    @property
    def widths(self) -> Sequence[float]:
        """Those of the printed columns, in Excel's units."""
        return self._widths

    @property
    def columns(self) -> int:
        """How many columns are printed."""
        return len(self._widths)

    @property
    def room(self) -> float:
        """How many points of rows a printed page holds: the sheet is fitted onto the width of the paper."""
        return _PRINTED_HEIGHT * max(1.0, sum(self._widths[: self.front]) * POINTS_PER_WIDTH_UNIT / _PRINTED_WIDTH)

    def height_of(self, text: str, look: str) -> float:
        """How high a row is that has a text in its first column."""
        how = LOOKS[look]
        return max(ROW_HEIGHT, text_height(text, self._widths[0], how.size, bold=how.bold))

    def put(self, row: int, column: int, value: str | int | Decimal | None, look: str) -> Any:
        """A constant; a text never becomes a formula. Returns the cell."""
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._styles[look])
        if isinstance(value, str):
            write_text(cell, value)
            if column <= self.columns:
                self._make_room(row, self._widths[column - 1], value, look)
        elif value is not None:
            cell.value = value
        return cell

    def across(self, row: int, text: str, look: str, columns: int = 0) -> None:
        """A text over the first printed columns, so many of them as the first pages hold; 0: over all of those."""
        self._merged(row, 1, min(columns or self.front, self.front), text, look)

    def _merged(self, row: int, first: int, last: int, text: str, look: str) -> None:
        cell: Any = self.sheet.cell(row, first)
        cell._style = copy(self._styles[look])
        write_text(cell, text)
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        self._make_room(row, sum(self._widths[first - 1 : last]), text, look)

    def continued(self, first: int, last: int, columns: int, text: str) -> None:
        """Have the rows of a table of so many columns go on behind the first pages, where these do not hold all.

        `text` stands in the first of the rows on each of those pages.
        """
        start = self.front + 1
        while start <= columns:
            end = min(self._fitting(start), columns)
            self._merged(first, start, end, text, "caption")
            self._continued.append(Area(first, start, last, end))
            start = end + 1

    def formula(self, row: int, column: int, formula: str, look: str, longest: str = "") -> None:
        """A formula (without `=`). `longest`: the longest text that it may show; there will be room."""
        self.put(row, column, None, look)
        self._formulas[row, column] = f"={formula}"
        if longest:
            self._make_room(row, self._widths[column - 1], longest, look)

    def formula_across(self, row: int, formula: str, look: str, longest: str) -> None:
        """A formula that shows a text, over all printed columns."""
        self.across(row, longest, look)
        self.formula(row, 1, formula, look)

    def total(self, row: int, column: int, formulas: Sequence[str], look: str, helpers: int) -> int:
        """The sum of formulas: one in the cell itself, more in the cells from column `helpers` on; of none a blank.

        Returns the first column that is free there.
        """
        if not formulas:
            self.put(row, column, None, look)
            return helpers
        if len(formulas) == 1:
            self.formula(row, column, formulas[0], look)
            return helpers
        for place, formula in enumerate(formulas, helpers):
            self.formula(row, place, formula, "helper")
        last = helpers + len(formulas) - 1
        self.formula(row, column, f"SUM({address(row, helpers)}:{address(row, last)})", look)
        return last + 1

    def judged(self, row: int, column: int, passes: str, fails: str) -> None:
        """Have a cell that holds a verdict shown green where it begins with `passes`, red where with `fails`."""
        cell = address(row, column)
        for word, fill in ((passes, _GREEN), (fails, _RED)):
            rule = FormulaRule([f'LEFT({cell},{len(word)})="{word}"'], fill=fill)
            self.sheet.conditional_formatting.add(cell, rule)

    def keep_together(self, first: int, last: int) -> None:
        """Have no page end between two rows, if they go onto one at all. Given for all that is long, or for nothing:
        where a page ends by itself is not known.
        """
        self._together.append((first, last))

    def finish(self, header: int | None, last: int) -> None:
        """Paper, print area down to row `last`, the header row repeated; what stands beside it is folded away."""
        sheet = self.sheet
        sheet.print_area = ",".join(map(str, [Area(1, 1, last, self.front), *self._continued]))
        if self._continued:
            sheet.print_title_cols = "A:A"
        if header is not None:
            sheet.print_title_rows = f"{header}:{header}"
        self._break_pages()
        sheet.sheet_view.showGridLines = False
        setup, margins = sheet.page_setup, sheet.page_margins
        setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "landscape", 1, 0
        setup.firstPageNumber, setup.useFirstPageNumber = 1, True
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
        margins.top = margins.bottom = margins.right = 0.79  # 20 mm, as Decree 30 asks
        margins.left = 1.18  # 30 mm
        header_footer: Any = sheet.oddHeader
        numbered = header_footer.center
        numbered.text, numbered.font, numbered.size = "&P", "Times New Roman,Regular", 13
        sheet.HeaderFooter.differentFirst = True
        for column in range(self.columns + 1, sheet.max_column + 1):
            dimension = sheet.column_dimensions[get_column_letter(column)]
            dimension.width, dimension.outlineLevel, dimension.hidden = _HELPER_WIDTH, 1, True

    def finish_list(self, header: int, last: int) -> None:
        """Finish a sheet that is one list: its headings stay in view, and its rows can be filtered."""
        self.finish(header, last)
        self.sheet.freeze_panes = f"B{header + 1}"
        self.sheet.auto_filter.ref = f"A{header}:{get_column_letter(self.columns)}{last}"

    def _fitting(self, first: int) -> int:
        """The last column that a page holds which begins with a column, behind the first one; that one at least."""
        width, last = (self._widths[0] if first > 1 else 0.0) + self._widths[first - 1], first
        while last < self.columns and width + self._widths[last] <= _WIDEST:
            width, last = width + self._widths[last], last + 1
        return last

    def _break_pages(self) -> None:
        """Begin a page with each block that would be cut; one that is longer than a page runs on from where it is."""
        used, following = 0.0, 1
        for first, last in sorted(self._together):
            need = sum(map(self._height, range(first, last + 1)))
            used += sum(map(self._height, range(following, first)))
            if used + need > self.room >= need:
                self.sheet.row_breaks.append(Break(first - 1))
                used = 0.0
            used, following = used + need, last + 1

    def _height(self, row: int) -> float:
        return self.sheet.row_dimensions[row].height or ROW_HEIGHT

    def blocks(self) -> list[Block]:
        """The formulas as rectangles, to be written in few calls."""
        return [
            (area.top, area.left, [
                [self._formulas[row, column] for column in range(area.left, area.right + 1)]
                for row in range(area.top, area.bottom + 1)
            ])
            for area in sorted(areas(self._formulas))
        ]  # fmt: skip

    def write_formulas(self) -> None:
        """Put the formulas into the sheet itself: for a workbook in which all that they name is there."""
        for (row, column), formula in self._formulas.items():
            cell: Any = self.sheet.cell(row, column)
            cell.value = formula

    def _make_room(self, row: int, width: float, text: str, look: str) -> None:
        """LibreOffice sizes no rows on its own, and Excel none with merged cells."""
        how = LOOKS[look]
        if how.wraps:
            dimension = self.sheet.row_dimensions[row]
            need = text_height(text, width, how.size, bold=how.bold)
            dimension.height = max(dimension.height or 0.0, need)
