"""The sheets that are not appendices (checks, information): one plain look, of named styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from workbook.metrics import text_height
from workbook.text import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.workbook import Workbook

FIGURE = "#,##0.######"
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _styles() -> dict[str, NamedStyle]:
    def style(
        name: str, *, bold: bool = False, align: str = "left", box: bool = True, color: str = "000000"
    ) -> NamedStyle:
        return NamedStyle(
            name=f"phuluc {name}",
            font=Font(
                name="Times New Roman", size=12, bold=bold, color=color, underline="single" if name == "link" else None
            ),
            alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
            border=_BOX if box else Border(),
            protection=Protection(locked=True),
        )

    styles = {
        "text": style("text"),
        "center": style("center", align="center"),
        "link": style("link", align="center", color="0563C1"),
        "figure": style("figure", align="right"),
        "head": style("head", bold=True, align="center"),
        "bold": style("bold", bold=True, box=False),
        "title": style("title", bold=True, align="center", box=False),
        "note": style("note", box=False),
    }
    styles["figure"].number_format = FIGURE
    styles["head"].fill = PatternFill("solid", fgColor="D9E1F2")
    return styles


class PlainSheet:
    """A sheet in the plain look."""

    def __init__(
        self, workbook: Workbook, name: str, position: int, widths: Sequence[float], *, landscape: bool = False
    ) -> None:
        self.sheet = workbook.create_sheet(name, position)
        self.columns = len(widths)
        self._styles = _styles()
        for style in self._styles.values():
            if style.name not in workbook.named_styles:
                workbook.add_named_style(style)
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        setup = self.sheet.page_setup
        setup.paperSize, setup.orientation = 9, "landscape" if landscape else "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.sheet_view.showGridLines = False
        header = self.sheet.oddHeader.center
        header.text, header.font, header.size = "&P", "Times New Roman,Regular", 13
        self.sheet.HeaderFooter.differentFirst = True
        setup.firstPageNumber, setup.useFirstPageNumber = 1, True

    def put(self, row: int, column: int, value: object, style: str) -> Cell:
        """A constant in one of the named styles; strings are text, never formulas."""
        cell: Any = self.sheet.cell(row, column)
        cell.style = self._styles[style].name
        if isinstance(value, str):
            write_text(cell, value)
            self._fit(row, column, value, style)
        elif value is not None:
            cell.value = value
        return cast("Cell", cell)

    def _fit(self, row: int, column: int, text: str, style: str) -> None:
        font = self._styles[style].font
        width = self.sheet.column_dimensions[get_column_letter(column)].width
        need = text_height(text, width, float(font.sz or 12), bold=bool(font.b))
        if style not in {"title", "note"}:  # these run across the sheet
            self.sheet.row_dimensions[row].height = max(self.sheet.row_dimensions[row].height or 0.0, need)

    def formula(self, row: int, column: int, formula: str, style: str) -> Cell:
        """A formula (without its equals sign) in one of the named styles."""
        cell = self.put(row, column, None, style)
        cell.value = f"={formula}"
        return cell

    def title(self, row: int, text: str, columns: int) -> None:
        """A title across the sheet."""
        self.put(row, 1, text, "title")
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)

    def finish(self, header: int, last: int) -> None:
        """Print area, repeated header row, frozen panes."""
        self.sheet.print_area = f"A1:{get_column_letter(self.columns)}{last}"
        self.sheet.print_title_rows = f"{header}:{header}"
        self.sheet.freeze_panes = f"A{header + 1}"
