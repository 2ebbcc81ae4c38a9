"""Native charts over the tables of a roll-up: amounts stacked by source, and what each part is of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from budget.axes import NAMES
from budget.rollup import By, pivot
from faults import Lang, Text
from rollup.axes import SHARE
from rollup.chart_basics import FILLS, scale
from rollup.chart_looks import SHARES, fill, heading, legend_below, percentages, set_axes
from rollup.rolled import Rolled
from rollup.tables import Axes, Table
from validators.own_sheet import CHART
from validators.reports.wording import shortened
from workbook.page import Page

_ROWS, _BARS_WITHIN = 13, 5  # that charts take; more bars take more rows
_MOST_SLICES, _LEAST = 6, Decimal("0.03")  # slices of a pie, and the least share of one; all else is bars
_LONGEST = 30  # letters of a label at an axis
_UPRIGHT = 12  # letters of the longest label that stands below a column; longer ones stand beside bars
_MOST_BARS = 20
_PIE = {"x": 0.2, "y": 0.18, "w": 0.6, "h": 0.46}  # of the frame: room for the labels at its sides
_BARS = {"x": 0.5, "y": 0.16, "w": 0.38, "h": 0.6}  # and of the labels before and behind bars
_FIRST_SHARE = 0.58  # of the width, for the first of two charts
_OFF = 50_800  # EMU, 4 points: a frame on the edge of a page would be printed on both


class _Line(NamedTuple):
    """Cells that a chart shows: values, the labels of each, and the cell of the name of them all."""

    values: Reference
    labels: Reference
    name: Reference | None = None


class _Anchor(TwoCellAnchor):
    """An anchor whose chart bears a name of ours: what somebody else drew is told from it, and not thrown away."""

    __elements__, __attrs__ = TwoCellAnchor.__elements__, TwoCellAnchor.__attrs__

    def to_tree(self, *arguments: Any, **named: Any) -> Any:
        """As openpyxl makes it, with the name; it numbers the charts of a sheet."""
        frame: Any = self.graphicFrame
        known = frame.nvGraphicFramePr.cNvPr
        known.name = chart_name(known.id)
        return super().to_tree(*arguments, **named)


def chart_name(number: int) -> str:
    """The name of one of our charts on a sheet, from 1."""
    return f"{CHART} {number}"


def rows_taken(tables: Sequence[Axes]) -> int:
    """How many rows the charts of some tables take; 0 where there are none."""
    drawn = [axes for axes in tables if _is_drawn(axes)]
    return _ROWS + max(0, (len(_stacked_axes(drawn).lines) - _BARS_WITHIN) * 2 // 3) if drawn else 0


def _is_drawn(axes: Axes) -> bool:
    """Whether a chart of a table says anything: lists of items are too long for one."""
    return axes.by is not By.ITEM and len(axes.lines) <= _MOST_BARS and len(axes.lines) * max(1, len(axes.keys)) > 1


def write_charts(page: Page, found: Rolled, tables: Sequence[Table], row: int, lang: Lang) -> None:
    """Put the charts of some tables on the rows from `row` on."""
    drawn = [table for table in tables if _is_drawn(table.axes)]
    if not drawn:
        return
    charts = [_stacked(page, found, drawn, lang), *_shares(page, found, drawn[0], lang)]
    last = row + rows_taken([table.axes for table in drawn]) - 1
    for chart, (left, right) in zip(charts, _places(page, len(charts)), strict=True):
        top, bottom = AnchorMarker(left, row=row - 1, rowOff=_OFF), AnchorMarker(right, row=last - 1, rowOff=_OFF)
        chart.anchor = _Anchor("oneCell", top, bottom)
        chart.visible_cells_only = False  # labels that were cut short stand in columns that are folded away
        chart.roundedCorners = False  # Excel rounds where nothing is said
        page.sheet.add_chart(chart)
    page.keep_together(row, last)


def _places(page: Page, charts: int) -> list[tuple[int, int]]:
    """The first column of each chart and the one after its last, from 0: they share the width of the page."""
    if charts == 1:
        return [(0, page.front)]
    ends = list(accumulate(page.widths[: page.front]))
    middle = min(range(1, page.front), key=lambda column: abs(ends[column - 1] - _FIRST_SHARE * ends[-1]))
    return [(0, middle), (middle, page.front)]


def _stacked(page: Page, found: Rolled, tables: Sequence[Table], lang: Lang) -> Any:
    """The amounts of each year, agency or group, divided by source; those of each source where that is all."""
    axes = _stacked_axes([table.axes for table in tables])
    table = next(table for table in tables if table.axes is axes)
    over = axes.across if axes.by is By.SOURCE and axes.across else axes.by
    chart = BarChart()
    chart.type = "col" if over is By.YEAR or max(map(len, axes.labels)) <= _UPRIGHT else "bar"
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 60
    lines = _lines(page, table)
    for line in lines:
        chart.series.append(_series(line, len(chart.series)))
    chart.title = heading(axes.title(lang) if lines[0].name else replace(axes, by=over, across=None).title(lang))
    chart.legend = legend_below() if lines[0].name else None
    set_axes(chart, NAMES[over][lang], *scale(found.in_unit(found.total), found.unit, found.decimals))
    return chart


def _stacked_axes(tables: Sequence[Axes]) -> Axes:
    """Of the tables the first one that has years; else the first that is divided; else the first."""
    return min(tables, key=lambda axes: (By.YEAR not in (axes.by, axes.across), not axes.keys))


def _lines(page: Page, table: Table) -> list[_Line]:
    """The sources of a table, each over the other axis; its totals where it is not divided, or by too many to tell."""
    first, last, right = table.head + 1, table.total - 1, table.total_column
    if table.axes.by is By.SOURCE and table.axes.keys:
        years = _cells(page, 2, table.head, right - 1, table.head)
        if len(table.rows) > len(FILLS):
            return [_Line(_cells(page, 2, table.total, right - 1, table.total), years)]
        return [_Line(_cells(page, 2, row, right - 1, row), years, _cells(page, 1, row, 1, row)) for row in table.rows]
    labels = _labels(page, table)
    if not 0 < len(table.axes.keys) <= len(FILLS):
        return [_Line(_cells(page, right, first, right, last), labels)]
    return [
        _Line(_cells(page, column, first, column, last), labels, _cells(page, column, table.head, column, table.head))
        for column in range(2, right)
    ]


def _shares(page: Page, found: Rolled, table: Table, lang: Lang) -> list[Any]:
    """What each row of a table is of the whole; of years what each source is. None where there is one alone."""
    axes, right = table.axes, table.total_column
    by, keys = (By.SOURCE, len(axes.keys)) if axes.by is By.YEAR and axes.keys else (axes.by, len(axes.lines))
    if keys < 2:
        return []
    is_pie = _are_slices(found, by)
    if by is axes.by:
        column = right if is_pie else right + 1
        line = _Line(_cells(page, column, table.head + 1, column, table.total - 1), _labels(page, table))
    else:
        row = table.total if is_pie else table.total + 1
        line = _Line(_cells(page, 2, row, right - 1, row), _cells(page, 2, table.head, right - 1, table.head))
    chart = _pie(line, keys) if is_pie else _bars(line, SHARE[lang])
    name = Text(f"Cơ cấu kinh phí theo {NAMES[by].vi.lower()}", f"Shares by {NAMES[by].en.lower()}")
    chart.title = heading(name[lang])
    return [chart]


def _are_slices(found: Rolled, by: By) -> bool:
    """Whether the shares by an axis are few enough, and large enough, for a pie and its labels."""
    sums = pivot(found.leaves, by)
    return len(sums.rows) <= _MOST_SLICES and all(sums.row_total(row) >= _LEAST * sums.total for row in sums.rows)


def _pie(line: _Line, slices: int) -> Any:
    """The slices of a whole, each with its share."""
    chart, series = PieChart(), _series(line, 0)
    chart.layout = _layout(_PIE)
    series.dLbls = percentages(of_pie=True)
    series.dPt = [DataPoint(idx=place, spPr=fill(place)) for place in range(slices)]
    chart.series.append(series)
    chart.legend = legend_below()
    return chart


def _bars(line: _Line, values: str) -> Any:
    """Shares below each other, where a pie cannot show them."""
    chart, series = BarChart(), _series(line, 0)
    chart.type, chart.gapWidth, chart.legend, chart.layout = "bar", 40, None, _layout(_BARS)
    series.dLbls = percentages(of_pie=False)
    chart.series.append(series)
    set_axes(chart, "", values, SHARES)
    return chart


def _layout(place: Mapping[str, float]) -> Layout:
    """Where the bars or slices are drawn, in parts of the frame."""
    inner: Any = place
    return Layout(ManualLayout(xMode="edge", yMode="edge", layoutTarget="inner", **inner))


def _labels(page: Page, table: Table) -> Reference:
    """The labels of the rows of a table; long ones are cut short, beside the printed columns."""
    first, last, column = table.head + 1, table.total - 1, 1
    if max(map(len, table.axes.labels)) > _LONGEST:
        column = page.columns + 1
        for row, label in enumerate(table.axes.labels, first):
            page.put(row, column, shortened(label, _LONGEST), "helper-text")
    return _cells(page, column, first, column, last)


def _cells(page: Page, left: int, top: int, right: int, bottom: int) -> Reference:
    return Reference(page.sheet, min_col=left, min_row=top, max_col=right, max_row=bottom)


def _series(line: _Line, place: int) -> Any:
    name = SeriesLabel(strRef=StrRef(f=str(line.name))) if line.name is not None else None
    series: Any = Series(
        idx=place,
        order=place,
        tx=name,
        spPr=fill(place),
        cat=AxDataSource(strRef=StrRef(f=str(line.labels))),
        val=NumDataSource(numRef=NumRef(f=str(line.values))),
    )
    series.invertIfNegative = False  # Excel leaves such bars blank
    return series
