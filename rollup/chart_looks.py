"""How the charts of a roll-up look: Times New Roman, black on white."""

from __future__ import annotations

from typing import Any

from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from rollup.chart_basics import FILLS
from workbook.looks import FONT

SHARES = "0.0%"
_BLACK, _PAPER = "000000", "FFFFFF"
_HAIRLINE = 6_350  # EMU, half a point
_HEADING, _LETTERS = 1_300, 1_100  # hundredths of a point


def fill(place: int) -> Any:
    """The fill of a series or slice, by its place, with a black outline."""
    color, pattern = FILLS[place % len(FILLS)]
    outline = LineProperties(solidFill=_BLACK, w=_HAIRLINE)
    if pattern is None:
        return GraphicalProperties(solidFill=color, ln=outline)
    kind: Any = pattern
    drawn = PatternFillProperties(prst=kind, fgClr=_color(color), bgClr=_color(_PAPER))
    return GraphicalProperties(pattFill=drawn, ln=outline)


def _color(rgb: str) -> ColorChoice:
    choice: Any = rgb
    return ColorChoice(srgbClr=choice)


def set_axes(chart: Any, categories: str, values: str, figures: str) -> None:
    """Give a chart of bars its axes, with their titles (empty: none); of bars that lie the first stands at the top.

    `figures`: the number format of the values.
    """
    x, y = chart.x_axis, chart.y_axis
    for axis, text in ((x, categories), (y, values)):
        axis.delete = False  # openpyxl hides them
        axis.title, axis.txPr = _title(text, _LETTERS, bold=False) if text else None, _letters(_LETTERS)
    y.numFmt = NumFmt(formatCode=figures, sourceLinked=False)
    y.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9", w=_HAIRLINE))
    if chart.type == "bar":
        x.scaling.orientation, y.crosses = "maxMin", "max"


class _Labels(DataLabelList):
    """Labels in a number format of their own; those of openpyxl leave it open whether that or the cells' counts."""

    __elements__, __nested__ = DataLabelList.__elements__, DataLabelList.__nested__

    def to_tree(self, *arguments: Any, **named: Any) -> Any:
        """As openpyxl makes it, and the attribute."""
        tree: Any = super().to_tree(*arguments, **named)
        tree.find("numFmt").set("sourceLinked", "0")
        return tree


def percentages(*, of_pie: bool) -> Any:
    """Labels that show shares: a pie knows them, the values of bars are shares."""
    labels: Any = _Labels(numFmt=SHARES, showPercent=of_pie, showVal=not of_pie, dLblPos="outEnd")
    labels.showCatName = labels.showSerName = labels.showBubbleSize = False
    labels.showLegendKey = labels.showLeaderLines = False
    labels.txPr = _letters(_LETTERS)
    return labels


def legend_below() -> Any:
    """The legend, below what is drawn."""
    legend: Any = Legend()
    legend.position, legend.overlay, legend.txPr = "b", False, _letters(_LETTERS)
    return legend


def heading(text: str) -> Title:
    """The title of a chart."""
    return _title(text, _HEADING, bold=True)


def _title(text: str, size: int, *, bold: bool) -> Title:
    run = RegularTextRun(rPr=_font(size, bold=bold), t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_font(size, bold=bold)), r=[run])])
    return Title(tx=Text(rich=rich), overlay=False)


def _letters(size: int) -> RichText:
    properties = ParagraphProperties(defRPr=_font(size, bold=False))
    paragraph = Paragraph(pPr=properties, r=[], endParaRPr=_font(size, bold=False))
    return RichText(RichTextProperties(rot=0), p=[paragraph])


def _font(size: int, *, bold: bool) -> CharacterProperties:
    """`size` in hundredths of a point."""
    return CharacterProperties(latin=Font(typeface=FONT), sz=size, b=bold, solidFill=_BLACK)
