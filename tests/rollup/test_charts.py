"""The charts of a roll-up: what they show, and where they stand on the printed pages. (How they look is looked at.)"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries
from support.generated import generated
from support.reference import NAMES
from support.rolled_up import RolledUp, rolled_file, rolled_up
from support.typed import typed_file

from budget.rollup import By
from rollup.extending import extended, source_of
from rollup.kinds import BY_AGENCY, BY_SOURCE, BY_YEAR
from workbook.looks import ROW_HEIGHT

CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
         "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}  # fmt: skip


def sources_by_year(sources: list[str], *years: int) -> str:
    """A table of an item with columns for each source of each year."""
    heads = " | ".join(f"Năm {year}" + " | <" * (len(sources) - 1) for year in years)
    amounts = " | ".join("5" for _ in years for _ in sources)
    return f"""
Đơn vị tính: triệu đồng
STT | Nội dung | {heads}
^ | ^ | {" | ".join(source for _ in years for source in sources)}
1 | Đường | {amounts}
2 | Cầu | {amounts}
"""


def charts(rolled: RolledUp) -> list[Any]:
    """The parts of the charts, as they were written."""
    with ZipFile(io.BytesIO(rolled.data)) as file:
        parts = sorted(name for name in file.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
        return [etree.fromstring(file.read(part)) for part in parts]


def references(chart: Any) -> list[str]:
    """The cells that it shows, without the sheet, which is that of the roll-up."""
    found = [each.text for each in chart.iterfind(".//c:f", CHART)]
    sheets = {each.rpartition("!")[0] for each in found}
    assert sheets in ({f"'{kind.name.vi}'"} for kind in (BY_SOURCE, BY_YEAR, BY_AGENCY))
    return [each.rpartition("!")[2].replace("$", "") for each in found]


def stored(chart: Any) -> list[list[str]]:
    """What is stored of each of those cells."""
    caches = [each.getnext() for each in chart.iterfind(".//c:f", CHART)]
    found = [[value.text for value in cache.iterfind("c:pt/c:v", CHART)] for cache in caches]
    assert [int(cache.find("c:ptCount", CHART).get("val")) for cache in caches] == list(map(len, found))
    return found


def texts(chart: Any) -> list[str]:
    return [each.text for each in chart.iterfind(".//a:t", CHART)]


def test_years_stand_beside_each_other_and_sources_on_top_of_each_other() -> None:
    stacked, shares = charts(rolled_up("binh-dinh-2021-2025"))
    assert references(stacked) == ["A6", "B5:F5", "B6:F6", "A7", "B5:F5", "B7:F7"]
    assert stacked.find(".//c:grouping", CHART).get("val") == "stacked"
    assert stacked.find(".//c:barDir", CHART).get("val") == "col"
    assert texts(stacked) == ["Kinh phí theo nguồn vốn và năm", "Năm", "triệu đồng"]
    assert references(shares) == ["I6:I7", "G6:G7"]
    assert shares.find(".//c:pieChart", CHART) is not None
    assert texts(shares) == ["Cơ cấu kinh phí theo nguồn vốn"]


def test_what_they_show_is_stored_with_them(tmp_path: Path) -> None:
    """For previews, which do not calculate."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated("binh-dinh-2021-2025"))
    copy = extended(source_of(path, BY_SOURCE, None), BY_SOURCE, "vi").data
    with ZipFile(io.BytesIO(copy)) as file:
        stacked, shares = (etree.fromstring(file.read(f"xl/charts/phuluc-chart{number}.xml")) for number in (1, 2))
    years = [f"Năm {year}" for year in range(2021, 2026)]
    local, central = "Ngân sách địa phương", "Chương trình phát triển TMĐT quốc gia"
    assert stored(stacked) == [
        *([local], years, ["585", "625", "585", "605", "675"]),
        *([central], years, ["535", "905", "695", "815", "835"]),
    ]
    assert stored(shares) == [[local, "Chương trình phát triển TMĐT…"], ["3075", "3785"]]


def test_where_there_are_no_years_agencies_lie_below_each_other() -> None:
    stacked, _ = charts(rolled_up("nghe-an-2021-2025"))
    assert stacked.find(".//c:barDir", CHART).get("val") == "bar"
    assert texts(stacked) == ["Kinh phí theo đơn vị thực hiện và nguồn vốn", "Đơn vị thực hiện", "triệu đồng"]


def test_more_sources_than_can_be_told_apart_are_one_sum(tmp_path: Path) -> None:
    names = [f"Nguồn vốn vay {number}" for number in range(1, 10)]
    path = typed_file(tmp_path / "a.xlsx", sources_by_year(names, 2026, 2027))
    stacked, _ = charts(rolled_file(path))
    assert references(stacked) == ["B5:C5", "B15:C15"]
    assert texts(stacked) == ["Kinh phí theo năm", "Năm", "triệu đồng"]
    assert stacked.find(".//c:legend", CHART) is None


def test_where_there_is_nothing_else_sources_stand_alone_and_large_amounts_are_shown_in_a_larger_unit() -> None:
    stacked, _ = charts(rolled_up("dong-thap-2011-2015"))
    assert references(stacked) == ["G6:G9", "B6:B9"]
    assert texts(stacked) == ["Kinh phí theo nguồn vốn", "Nguồn vốn", "triệu đồng"]
    assert stacked.find(".//c:valAx/c:numFmt", CHART).get("formatCode") == "#,##0,,"


def test_by_year_the_shares_are_those_of_the_sources() -> None:
    stacked, shares = charts(rolled_up("can-tho-2021-2025", (By.YEAR, By.ITEM)))
    assert references(stacked) == ["B5", "A6:A10", "B6:B10", "C5", "A6:A10", "C6:C10"]
    assert references(shares) == ["B5:C5", "B11:C11"]


def test_more_than_six_shares_are_bars(tmp_path: Path) -> None:
    names = "ABCDEFG"
    table = f"""
Đơn vị tính: triệu đồng
STT | Nội dung | {" | ".join(f"Ngân sách tỉnh {name}" for name in names)}
1 | Hội nghị | {" | ".join("10" for _ in names)}
2 | Bản tin | {" | ".join("30" for _ in names)}
"""
    _, shares = charts(rolled_file(typed_file(tmp_path / "a.xlsx", table)))
    assert shares.find(".//c:pieChart", CHART) is None
    assert references(shares) == ["A6:A12", "C6:C12"]
    assert shares.find(".//c:dLbls/c:numFmt", CHART).attrib == {"formatCode": "0.0%", "sourceLinked": "0"}


def test_shares_too_small_for_a_slice_are_bars() -> None:
    """Of Nghệ An's four agencies three have 0,4 to 5,1 %."""
    _, shares = charts(rolled_up("nghe-an-2021-2025", (By.AGENCY,)))
    assert (shares.find(".//c:pieChart", CHART), references(shares)) == (None, ["G6:G9", "E6:E9"])


@pytest.mark.parametrize("plan", NAMES)
def test_charts_have_their_axes_and_letters(plan: str) -> None:
    """openpyxl hides axes; what it does not name is Calibri. Fills are told apart without colours."""
    for chart in charts(rolled_up(plan)):
        assert {each.get("val") for each in chart.iterfind(".//c:delete", CHART)} <= {"0"}
        assert {each.get("typeface") for each in chart.iterfind(".//a:latin", CHART)} == {"Times New Roman"}
        assert {each.get("val") for each in chart.iterfind(".//c:overlay", CHART)} == {"0"}
        assert chart.find(".//c:plotVisOnly", CHART).get("val") == "0"


@pytest.mark.parametrize("axes", [(By.SOURCE, By.AGENCY, By.GROUP), (By.YEAR, By.ITEM), (By.AGENCY,)])
@pytest.mark.parametrize("plan", NAMES)
def test_charts_are_printed_and_never_cut(plan: str, axes: tuple[By, ...]) -> None:
    sheet = rolled_up(plan, axes).opened(values=False)
    *_, columns, last = range_boundaries(sheet.print_area.rpartition("!")[2])
    width = sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMNOP"[:columns])
    page = 482 * max(1, width * 5.25 / 700)  # points: A4 across within its margins, fitted onto its width
    starts = [1, *(each.id + 1 for each in sheet.row_breaks.brk)]
    heights = [sheet.row_dimensions[row].height or ROW_HEIGHT for row in range(1, last + 1)]
    for chart in sheet._charts:
        top, bottom = chart.anchor._from.row + 1, chart.anchor.to.row + 1
        assert (chart.anchor.to.col <= columns, bottom <= last) == (True, True)
        start = max(each for each in starts if each <= top)
        assert not [each for each in starts if top < each <= bottom]
        assert sum(heights[start - 1 : bottom]) <= page
        assert all(sheet.cell(row, 1).value is None for row in range(top, bottom + 1))


def test_what_a_page_cannot_hold_readably_is_printed_on_further_ones(tmp_path: Path) -> None:
    """Forty years: no page is wider than what can be read, and the labels stand on each."""
    path = typed_file(tmp_path / "a.xlsx", sources_by_year(["NSTW", "NSĐP"], *range(2021, 2061)))
    sheet = rolled_file(path).opened()
    areas = [each.replace(f"'{BY_SOURCE.name.vi}'!", "").replace("$", "") for each in sheet.print_area.split(",")]
    assert areas == [f"A1:L{sheet.max_row}", "M4:W9", "X4:AH9", "AI4:AQ9"]
    assert sheet.print_title_cols == "$A:$A"
    widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, 44)]
    for area in areas:
        left, _, right, _ = range_boundaries(area)
        assert (left > 1) * widths[0] + sum(widths[left - 1 : right]) <= 243
    text = "Kinh phí theo nguồn vốn và năm (tiếp theo). Đơn vị tính: triệu đồng"
    assert [sheet[cell].value for cell in ("M4", "X4", "AI4")] == [text] * 3
    for chart in sheet._charts:
        assert chart.anchor.to.col <= 12
