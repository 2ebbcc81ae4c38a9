"""One sheet being written: the looks come from a form, the cells from whoever writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline

from generators.forms import Form
from workbook.metrics import POINTS_PER_WIDTH_UNIT, text_height, text_width
from workbook.text import quote_sheet, write_text

if TYPE_CHECKING:
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = object  # str, int, Decimal or None
HELPER_FONT = Font(name="Times New Roman", size=9, color="7F7F7F")
DEFAULT_WIDTH = 8.43
DECIMALS = re.compile(r"\.0#*")  # the part of a form's number formats that shows them
FIGURE_SIZE = 12  # points, of the largest figures


class FormSheet:
    """Writes a sheet in the looks of a form."""

    def __init__(self, workbook: Workbook, name: str, form: Form) -> None:
        self.sheet: Worksheet = workbook.create_sheet(name)
        self.form = form
        self.whole = False  # every figure of the sheet is whole, and shown so
        self._styles: dict[tuple[int, int, bool], StyleArray] = {}
        self._formats: dict[tuple[int, int], str] = {}
        self._helper: dict[bool, StyleArray] = {}
        self._widths: dict[int, float] = {}

    def set_up(self, prototypes: Sequence[int]) -> None:
        """Page, view and column widths; `prototypes` are the form's columns in the order of this sheet's columns."""
        source, target = self.form.sheet, self.sheet
        target.page_setup = copy(source.page_setup)
        target.page_margins = copy(source.page_margins)
        target.print_options = copy(source.print_options)
        target.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
        target.HeaderFooter = copy(source.HeaderFooter)
        target.sheet_properties.outlinePr = Outline(summaryBelow=False)
        target.sheet_view.showGridLines = False
        target.page_setup.firstPageNumber, target.page_setup.useFirstPageNumber = 1, True
        widths = {c.column: c.width for c in self.form.columns}
        for index, column in enumerate(prototypes, 1):
            width = widths[column]
            target.column_dimensions[get_column_letter(index)].width = width
            self._widths[index] = width

    def widen(self, column: int, figure: str) -> None:
        """Makes a column wide enough for a figure in bold."""
        need = text_width(figure, FIGURE_SIZE, bold=True) / POINTS_PER_WIDTH_UNIT + 1
        if need > self._widths[column]:
            self._widths[column] = self.sheet.column_dimensions[get_column_letter(column)].width = round(need, 1)

    def put(self, row: int, column: int, proto: tuple[int, int], value: Value, *, is_input: bool = False) -> Cell:
        """A cell in the style of a prototype (form row, form column); strings are text, never formulas."""
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._style(proto, is_input))
        self._formats[row, column] = self.form.formats[proto]
        self._fill(cell, value)
        return cast("Cell", cell)

    def drawn_format(self, row: int, column: int) -> str:
        """The number format that the form gives a written cell; this sheet may show it without decimals."""
        return self._formats.get((row, column), "General")

    def put_formula(self, row: int, column: int, proto: tuple[int, int], formula: str) -> Cell:
        """A formula (without its equals sign) in the style of a prototype."""
        return self.put(row, column, proto, _AsFormula(formula))

    def put_helper(self, row: int, column: int, value: Value, *, is_input: bool = False) -> Cell:
        """A small grey cell beside the print area."""
        cell: Any = self.sheet.cell(row, column)
        if is_input not in self._helper:
            cell.font, cell.protection = HELPER_FONT, Protection(locked=not is_input)
            cell.alignment = Alignment(vertical="center")
            self._helper[is_input] = copy(cell._style)
        cell._style = copy(self._helper[is_input])
        self._fill(cell, value)
        return cast("Cell", cell)

    def put_helper_formula(self, row: int, column: int, formula: str) -> Cell:
        """A formula (without its equals sign) beside the print area."""
        return self.put_helper(row, column, _AsFormula(formula))

    def note(self, cell: Cell, text: str) -> None:
        """A note at a cell."""
        comment = Comment(text, "phuluc")
        comment.width, comment.height = 320, 90
        cell.comment = comment

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merges cells."""
        if (row, column) != (last_row, last_column):
            self.sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)

    def fit_rows(self, shown: Mapping[tuple[int, int], str]) -> None:
        """Gives each row the height that its texts need; `shown` is what the cells print, formulas included.

        A text that spans several rows makes them all taller if they are not tall enough together.
        """
        merged = {(m.min_row, m.min_col): m for m in self.sheet.merged_cells.ranges}
        needs: dict[int, float] = {}
        tall: list[tuple[int, int, float]] = []
        for (row, column), text in shown.items():
            if isinstance(self.sheet.cell(row, column), MergedCell):
                continue
            span = merged.get((row, column))
            last_row, last_column = (span.max_row, span.max_col) if span else (row, column)
            width = sum(self._widths.get(c, DEFAULT_WIDTH) for c in range(column, last_column + 1))
            font = self.sheet.cell(row, column).font
            need = text_height(text, width, float(font.sz), bold=bool(font.b))
            if last_row == row:
                needs[row] = max(needs.get(row, 0.0), need)
            else:
                tall.append((row, last_row, need))
        for row, last_row, need in tall:
            rows = range(row, last_row + 1)
            lack = need - sum(needs.get(r, 0.0) for r in rows)
            for r in rows:
                needs[r] = needs.get(r, 0.0) + max(lack, 0.0) / len(rows)
        for row, need in needs.items():
            self.sheet.row_dimensions[row].height = round(max(need, self.sheet.row_dimensions[row].height or 0.0), 2)

    def finish(self, last_row: int, header: tuple[int, int] | None = None, frozen_columns: int = 0) -> None:
        """Print area; where the sheet is one table, header rows repeated on each page and frozen panes."""
        sheet, last = self.sheet, get_column_letter(len(self._widths))
        sheet.print_area = f"A1:{last}{last_row}"
        if header:
            sheet.print_title_rows = f"{header[0]}:{header[1]}"
            sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{header[1] + 1}"

    def helper_columns(self, first: int, widths: Iterable[float], *, folded: bool) -> None:
        """Sizes the columns beside the print area; folded ones can be opened with the outline button."""
        for index, width in enumerate(widths, first):
            dimension = self.sheet.column_dimensions[get_column_letter(index)]
            dimension.width = width
            if folded:
                dimension.outlineLevel, dimension.hidden = 1, True

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas write it."""
        return quote_sheet(self.sheet.title)

    def _style(self, proto: tuple[int, int], is_input: bool) -> StyleArray:
        key = (*proto, is_input)
        if key not in self._styles:
            source = self.form.sheet.cell(*proto)
            scratch: Any = self.sheet.cell(1, 1)
            before = copy(scratch._style)
            scratch.font, scratch.border, scratch.fill = copy(source.font), copy(source.border), copy(source.fill)
            scratch.alignment = copy(source.alignment)
            scratch.number_format = DECIMALS.sub("", source.number_format) if self.whole else source.number_format
            scratch.protection = Protection(locked=not is_input)
            self._styles[key] = copy(scratch._style)
            scratch._style = before
        return self._styles[key]

    def _fill(self, cell: Cell, value: Value) -> None:
        if isinstance(value, _AsFormula):
            cell.value = f"={value.text}"
        elif isinstance(value, str):
            write_text(cell, value)
        elif value is not None:
            cell.value = value  # type: ignore[assignment]


class _AsFormula:
    """A formula on its way into a cell, told apart from text that begins with an equals sign."""

    def __init__(self, text: str) -> None:
        self.text = text
