"""A sheet of figures made by openpyxl in the look of an appendix, its formulas kept apart until they may be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline, PageSetupProperties

from workbook.addresses import address, areas
from workbook.metrics import text_height
from workbook.text import write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Block = tuple[int, int, list[list[str]]]  # row and column of the first cell, rows of formulas with `=`


class _Look(NamedTuple):
    """How cells look. `figures`: a number format, in which `{}` stands for that of the sheet's amounts."""

    align: str
    bold: bool = False
    italic: bool = False
    boxed: bool = True
    wraps: bool = True
    figures: str | None = None
    size: float = 13.0
    color: str = "000000"


_SHARE, _COUNT = "0.0%", "#,##0"
_LINK = "0563C1"
_LOOKS: Mapping[str, _Look] = {
    "title": _Look("center", bold=True, boxed=False, size=14.0),
    "subtitle": _Look("center", italic=True, boxed=False),
    "note": _Look("left", italic=True, boxed=False),
    "caption": _Look("left", bold=True, boxed=False),
    "unit": _Look("right", italic=True, boxed=False),
    "head": _Look("center", bold=True),
    "text": _Look("left"),
    "center": _Look("center"),
    "link": _Look("center", color=_LINK),
    "figure": _Look("right", figures="{}", wraps=False),
    "sparse": _Look("right", figures='{};-{};"-"', wraps=False),  # an amount where most are none
    "count": _Look("right", figures=_COUNT, wraps=False),
    "share": _Look("right", figures=_SHARE, wraps=False),
    "sum": _Look("left", bold=True),
    "figure-sum": _Look("right", bold=True, figures="{}", wraps=False),
    "count-sum": _Look("right", bold=True, figures=_COUNT, wraps=False),
    "share-sum": _Look("right", bold=True, figures=_SHARE, wraps=False),
    # of long lists: one line a row, so that thousands of rows need not be measured
    "line": _Look("left", wraps=False, size=11.0),
    "line-center": _Look("center", wraps=False, size=11.0),
    "line-link": _Look("center", wraps=False, size=11.0, color=_LINK),
    "line-figure": _Look("right", wraps=False, size=11.0, figures="{}"),
    "file-link": _Look("left", color=_LINK),
    "helper": _Look("right", boxed=False, wraps=False, figures="{}", size=9.0, color="7F7F7F"),
}
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREEN, _RED = (PatternFill("solid", bgColor=color) for color in ("C6EFCE", "FFC7CE"))
_HELPER_WIDTH = 12.0
_ROW_HEIGHT = 18.0  # points, of rows that hold figures alone


def figure_format(decimals: int) -> str:
    """The number format of figures with so many decimals."""
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


class Page:
    """A sheet being written. Rows and columns count from 1. `widths`: of the printed columns, in Excel's units.

    `figures`: the number format of amounts.
    """

    def __init__(self, sheet: Worksheet, widths: Sequence[float], figures: str) -> None:
        self.sheet, self._widths = sheet, widths
        self._formulas: dict[tuple[int, int], str] = {}
        self._styles = {name: self._style(look, figures) for name, look in _LOOKS.items()}
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    @property
    def columns(self) -> int:
        """How many columns are printed."""
        return len(self._widths)

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
        """A text over the first printed columns; 0: over all."""
        last = columns or self.columns
        cell: Any = self.sheet.cell(row, 1)
        cell._style = copy(self._styles[look])
        write_text(cell, text)
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        self._make_room(row, sum(self._widths[:last]), text, look)

    def formula(self, row: int, column: int, formula: str, look: str, longest: str = "") -> None:
        """A formula (without `=`). `longest`: the longest text that it may show; there will be room."""
        self.put(row, column, None, look)
        self._formulas[row, column] = f"={formula}"
        if longest:
            self._make_room(row, self._widths[column - 1], longest, look)

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

    def finish(self, header: int, last: int) -> None:
        """Paper, print area down to row `last`, the header row repeated; what stands beside it is folded away."""
        sheet = self.sheet
        sheet.print_area = f"A1:{get_column_letter(self.columns)}{last}"
        sheet.print_title_rows = f"{header}:{header}"
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
        how = _LOOKS[look]
        if how.wraps:
            dimension = self.sheet.row_dimensions[row]
            need = text_height(text, width, how.size, bold=how.bold)
            dimension.height = max(dimension.height or 0.0, need)

    def _style(self, look: _Look, figures: str) -> Any:
        """A look as cells hold it; to copy it is much quicker than to give each cell the parts."""
        scratch: Any = self.sheet.cell(1, 1)
        before = copy(scratch._style)
        underline: Any = "single" if look.color == _LINK else None
        scratch.font = Font(
            name="Times New Roman",
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            color=look.color,
            underline=underline,
        )
        scratch.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=look.wraps)
        scratch.border = _BOX if look.boxed else Border()
        scratch.number_format = "General" if look.figures is None else look.figures.replace("{}", figures)
        style, scratch._style = copy(scratch._style), before
        return style
