"""Native charts over the table of sources: amounts by year stacked by source, and the share of each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budget.axes import NAMES, labelled
from budget.rollup import ZERO, By
from faults import Text
from rollup.axes import SHARE
from rollup.chart_basics import FILLS, scale
from rollup.consolidation.book.base import HEADER, SHOWN_DECIMALS, Whole, ratio
from rollup.consolidation.book.pivots import Pivot
from workbook.looks import FONT
from workbook.streaming import StreamedSheet

ROWS = 18  # that charts take
_MOST = 8  # sources that a chart shows
_MOST_SLICES = 6  # of a pie; more are bars
_HEIGHT, _GAP, _PIXELS = 420, 12, 7  # pixels, and those of a unit of a column's width
_FIRST_SHARE = 0.56  # of the width, for the first chart
_PATTERNS: Mapping[str, str] = {  # of DrawingML, by XlsxWriter's names
    "wdUpDiag": "wide_upward_diagonal",
    "pct50": "percent_50",
    "dkHorz": "dark_horizontal",
    "wdDnDiag": "wide_downward_diagonal",
}
_FONT = {"name": FONT, "size": 11}
_GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
_TITLE = {"name": FONT, "size": 13, "bold": True}


def write_charts(whole: Whole, sheet: StreamedSheet, pivot: Pivot) -> None:
    """Put the charts below the table, and leave the rows blank that they stand on."""
    first = sheet.row + 1
    shown = min(len(pivot.names), _MOST)
    width = int(sheet.width * _PIXELS) - 2 * _GAP
    left = int(width * _FIRST_SHARE)
    for chart, offset, wide in (
        (_stacked(whole, sheet, pivot, shown), _GAP, left),
        (_shares(whole, sheet, pivot, shown), left + 2 * _GAP, width - left - _GAP),
    ):
        chart.set_size({"width": wide, "height": _HEIGHT})
        sheet.sheet.insert_chart(first, 0, chart, {"x_offset": offset, "object_position": 2})
    sheet.skip(ROWS)


def _stacked(whole: Whole, sheet: StreamedSheet, pivot: Pivot, shown: int) -> Any:
    """The amounts of each year, stacked by source."""
    lang, last = whole.lang, len(pivot.years)
    chart = whole.book.book.add_chart({"type": "column", "subtype": "stacked"})
    years = [labelled(By.YEAR, year, lang) for year in pivot.years]
    for number in range(shown):
        row, (label, sums) = pivot.first - 1 + number, pivot.names[number]
        amounts = [float(whole.in_unit(sums.by_year.get(year, ZERO))) for year in pivot.years]
        chart.add_series({
            "name": [sheet.name, row, 0],
            "categories": [sheet.name, HEADER - 1, 1, HEADER - 1, last],
            "values": [sheet.name, row, 1, row, last],
            "categories_data": years,
            "values_data": amounts,
            "name_data": [label],
            **_fill(number),
        })  # fmt: skip
    unit, code = scale(whole.in_unit(whole.spool.total), whole.unit, min(whole.decimals, SHOWN_DECIMALS))
    title = Text("Kinh phí theo năm và nguồn vốn", "Funding by year and source")[lang]
    _titled(chart, title + _limited(whole, pivot, shown))
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_x_axis(_named(NAMES[By.YEAR][lang]))
    chart.set_y_axis({**_named(unit), "num_format": code, "major_gridlines": _GRID})
    return chart


def _shares(whole: Whole, sheet: StreamedSheet, pivot: Pivot, shown: int) -> Any:
    """What each source is of the whole: slices where they are few and all there, or else bars."""
    lang, few = whole.lang, len(pivot.names) <= _MOST_SLICES and all(sums.total >= 0 for _, sums in pivot.names)
    first, last = pivot.first - 1, pivot.first - 2 + shown
    chart = whole.book.book.add_chart({"type": "pie" if few else "bar"})
    series: dict[str, object] = {
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, pivot.column, last, pivot.column],
        "categories_data": [label for label, _ in pivot.names[:shown]],
        "values_data": [ratio(sums.total, whole.spool.total) for _, sums in pivot.names[:shown]],
        "data_labels": {"value": True, "num_format": "0.0%", "font": _FONT, "position": "outside_end"},
    }
    title = Text("Tỷ lệ các nguồn vốn", "Share of each source")[lang]
    if few:
        series["points"] = [_fill(number) for number in range(shown)]
    else:
        series |= {**_fill(0), "gap": 60}
        chart.set_y_axis({**_named(NAMES[By.SOURCE][lang]), "reverse": True, "crossing": "max"})  # the first on top
        chart.set_x_axis({**_named(SHARE[lang]), "num_format": "0%", "major_gridlines": _GRID})
    chart.add_series(series)
    _titled(chart, title + _limited(whole, pivot, shown))
    chart.set_legend({"position": "bottom", "font": _FONT} if few else {"none": True})
    return chart


def _named(title: str) -> dict[str, object]:
    """An axis with a title."""
    return {"name": title, "name_font": _FONT, "num_font": _FONT}


def _titled(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})


def _limited(whole: Whole, pivot: Pivot, shown: int) -> str:
    """What a title adds where not all sources are shown."""
    if shown == len(pivot.names):
        return ""
    return Text(f" ({shown} nguồn lớn nhất)", f" (the {shown} largest sources)")[whole.lang]


def _fill(number: int) -> dict[str, object]:
    color, pattern = FILLS[number % len(FILLS)]
    border = {"color": "#000000", "width": 0.5}
    if pattern is None:
        return {"fill": {"color": f"#{color}"}, "border": border}
    drawn = {"pattern": _PATTERNS[pattern], "fg_color": f"#{color}", "bg_color": "#FFFFFF"}
    return {"pattern": drawn, "border": border}
