"""Native charts over the table of sources: amounts by year stacked by source, and the share of each source.

Fills differ in lightness, and from the fourth on in pattern, so that they can be told apart in grey print.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budget.money import Unit
from budget.rollup import ZERO, By
from faults import Text
from rollup.axes import NAMES, SHARE, labelled
from rollup.consolidation.book.base import HEADER, Whole, ratio
from rollup.consolidation.book.pivots import Pivot
from workbook.looks import FONT
from workbook.streaming import StreamedSheet

ROWS = 18  # that charts take
_MOST = 8  # sources that a chart shows
_MOST_SLICES = 6  # of a pie; more are bars
_LONGEST = 40  # letters of a label
_WIDTHS, _HEIGHT, _SCALE_AT = (640, 480), 420, 10**8  # pixels; a sum from which the axis counts in thousands
_FILLS: Sequence[tuple[str, str | None]] = (  # colour, and its pattern upon white
    ("#1F3864", None),
    ("#9DC3E6", None),
    ("#DEEBF7", None),
    ("#1F3864", "wide_upward_diagonal"),
    ("#2E75B6", "percent_50"),
    ("#1F3864", "dark_horizontal"),
    ("#2E75B6", "wide_downward_diagonal"),
    ("#7F7F7F", None),
)
_FONT = {"name": FONT, "size": 11}
_TITLE = {"name": FONT, "size": 13, "bold": True}


def write_charts(whole: Whole, sheet: StreamedSheet, pivot: Pivot) -> None:
    """Put the charts below the table, and leave the rows blank that they stand on."""
    first = sheet.row + 1
    shown = min(len(pivot.names), _MOST)
    sheet.sheet.insert_chart(first, 0, _stacked(whole, sheet, pivot, shown), {"x_offset": 4, "object_position": 2})
    offset = {"x_offset": _WIDTHS[0] + 16, "object_position": 2}
    sheet.sheet.insert_chart(first, 0, _shares(whole, sheet, pivot, shown), offset)
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
    unit, code = _scale(whole)
    title = Text("Kinh phí theo năm và nguồn vốn", "Funding by year and source")[lang]
    _titled(chart, title + _limited(whole, pivot, shown), _WIDTHS[0])
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_x_axis({"name": NAMES[By.YEAR][lang], "name_font": _FONT, "num_font": _FONT})
    chart.set_y_axis({"name": unit, "name_font": _FONT, "num_font": _FONT, "num_format": code,
                      "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
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
        chart.set_y_axis({"reverse": True, "num_font": _FONT, "name": NAMES[By.SOURCE][lang], "name_font": _FONT})
        chart.set_x_axis({"name": SHARE[lang], "name_font": _FONT, "num_font": _FONT, "num_format": "0%"})
    chart.add_series(series)
    _titled(chart, title + _limited(whole, pivot, shown), _WIDTHS[1])
    chart.set_legend({"position": "bottom", "font": _FONT} if few else {"none": True})
    return chart


def _titled(chart: Any, title: str, width: int) -> None:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_size({"width": width, "height": _HEIGHT})


def _limited(whole: Whole, pivot: Pivot, shown: int) -> str:
    """What a title adds where not all sources are shown."""
    if shown == len(pivot.names):
        return ""
    return Text(f" ({shown} nguồn lớn nhất)", f" (the {shown} largest sources)")[whole.lang]


def _fill(number: int) -> dict[str, object]:
    color, pattern = _FILLS[number % len(_FILLS)]
    border = {"color": "#1F3864", "width": 0.75}
    if pattern is None:
        return {"fill": {"color": color}, "border": border}
    return {"pattern": {"pattern": pattern, "fg_color": color, "bg_color": "#FFFFFF"}, "border": border}


def _scale(whole: Whole) -> tuple[str, str]:
    """The unit of the axis of amounts, and the number format that shows them in it: each comma divides by 1 000."""
    largest, exponent, code = abs(whole.in_unit(whole.spool.total)), whole.unit.exponent, "#,##0"
    while largest >= _SCALE_AT and exponent < Unit.BILLION.exponent:
        largest, exponent, code = largest / 1000, exponent + 3, f"{code},"
    return Unit(exponent).label, code
