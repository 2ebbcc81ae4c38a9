"""How the cells of our sheets look: one table, and its two renderings, for openpyxl and for XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # openpyxl brings numpy along: who writes with XlsxWriter need not wait for them
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
ROW_HEIGHT = 18.0  # points, of rows that hold figures alone
PASSES, FAILS = "C6EFCE", "FFC7CE"  # the ground of a verdict


class Look(NamedTuple):
    """How cells look. `figures`: a number format, in which `{}` stands for that of the sheet's amounts."""

    align: str
    bold: bool = False
    italic: bool = False
    boxed: bool = True
    wraps: bool = True
    figures: str | None = None
    size: float = 13.0
    color: str = "000000"

    @property
    def is_link(self) -> bool:
        """Whether it looks like a link."""
        return self.color == _LINK

    def number_format(self, figures: str) -> str:
        """The number format in a sheet whose amounts have the format `figures`."""
        return "General" if self.figures is None else self.figures.replace("{}", figures)


_SHARE, _COUNT = "0.0%", "#,##0"
_LINK = "0563C1"
LOOKS: Mapping[str, Look] = {
    "title": Look("center", bold=True, boxed=False, size=14.0),
    "subtitle": Look("center", italic=True, boxed=False),
    "note": Look("left", italic=True, boxed=False),
    "caption": Look("left", bold=True, boxed=False),
    "plain": Look("left", boxed=False),
    "unit": Look("right", italic=True, boxed=False),
    "head": Look("center", bold=True),
    "text": Look("left"),
    "center": Look("center"),
    "link": Look("center", color=_LINK),
    "figure": Look("right", figures="{}", wraps=False),
    "sparse": Look("right", figures='{};-{};"-"', wraps=False),  # an amount where most are none
    "count": Look("right", figures=_COUNT, wraps=False),
    "share": Look("right", figures=_SHARE, wraps=False),
    "sum": Look("left", bold=True),
    "figure-sum": Look("right", bold=True, figures="{}", wraps=False),
    "count-sum": Look("right", bold=True, figures=_COUNT, wraps=False),
    "share-sum": Look("right", bold=True, figures=_SHARE, wraps=False),
    # of long lists: one line a row, so that thousands of rows need not be measured
    "line": Look("left", wraps=False, size=11.0),
    "line-center": Look("center", wraps=False, size=11.0),
    "line-link": Look("center", wraps=False, size=11.0, color=_LINK),
    "line-figure": Look("right", wraps=False, size=11.0, figures="{}"),
    "file-link": Look("left", color=_LINK),
    "helper-text": Look("left", boxed=False, wraps=False, size=9.0, color="7F7F7F"),
    "helper": Look("right", boxed=False, wraps=False, figures="{}", size=9.0, color="7F7F7F"),
}


def figure_format(decimals: int) -> str:
    """The number format of figures with so many decimals."""
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def openpyxl_style(sheet: Worksheet, look: Look, figures: str) -> Any:
    """A look as openpyxl's cells hold it; to copy it is much quicker than to give each cell the parts."""
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="000000")
    scratch: Any = sheet.cell(1, 1)
    before = copy(scratch._style)
    underline: Any = "single" if look.is_link else None
    scratch.font = Font(
        name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.color, underline=underline
    )
    scratch.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=look.wraps)
    scratch.border = Border(left=line, right=line, top=line, bottom=line) if look.boxed else Border()
    scratch.number_format = look.number_format(figures)
    style, scratch._style = copy(scratch._style), before
    return style


def xlsxwriter_format(look: Look, figures: str) -> dict[str, object]:
    """A look as XlsxWriter's `add_format` takes it."""
    return {
        "font_name": FONT,
        "font_size": look.size,
        "bold": look.bold,
        "italic": look.italic,
        "font_color": f"#{look.color}",
        "underline": int(look.is_link),
        "align": look.align,
        "valign": "vcenter",
        "text_wrap": look.wraps,
        "border": int(look.boxed),
        "num_format": look.number_format(figures),
    }
