"""Forms take any number of years, sources and items: header, totals and checks of plans of other shapes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from support.synthetic import synthetic_plan

from budget.figures import Figures
from budget.plan import Plan
from generators.forms import load_form
from generators.generate import generate
from generators.layout import lay_out

ITEMS_YEARS_SOURCES, GROUPS_SOURCES_YEARS = "items-years-sources", "groups-sources-years"
LAST_TITLE = (
    "Xây dựng cổng thông tin thương mại điện tử của tỉnh và hệ thống quản lý cơ sở dữ liệu doanh nghiệp (hạng mục 5000)"
)
SHEET, CHECKS = "Phụ lục", "Kiểm tra"


class Shape:
    """A generated plan: the cached values of its appendix from A1 on, its merged cells and its verdict."""

    def __init__(self, plan: Plan) -> None:
        with TemporaryDirectory() as folder:
            data = generate(plan, Path(folder) / "a.xlsx").path.read_bytes()
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_name(SHEET)
        self.plan = plan
        self.values = sheet.to_python(skip_empty_area=False)
        self.merged = {(*first, *last) for first, last in sheet.merged_cell_ranges or ()}
        self.verdict = book.get_sheet_by_name(CHECKS).to_python(skip_empty_area=False)[1][3]

    def row(self, number: int, columns: int) -> list[Any]:
        return self.values[number - 1][:columns]

    def merges(self, rows: Iterable[int]) -> set[str]:
        """The merged cells that begin in some rows, as addresses."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return {
            f"{letters[left]}{top + 1}:{letters[right]}{bottom + 1}"
            for top, left, bottom, right in self.merged
            if top + 1 in rows
        }


@cache
def three_years_four_sources(form: str) -> Shape:
    """25 items, each with 1, 10, 100 and 1 000 from its four sources in the first year, twice and thrice that later."""
    return Shape(synthetic_plan(form, items=25, years=3, sources=4, leaf=lambda year, source: (year + 1) * 10**source))


@cache
def one_year_one_source(form: str) -> Shape:
    return Shape(synthetic_plan(form, items=25, years=1, sources=1))


SHAPES = [
    pytest.param(make, form, id=f"{form}, {make.__name__}")
    for make in (three_years_four_sources, one_year_one_source)
    for form in (ITEMS_YEARS_SOURCES, GROUPS_SOURCES_YEARS)
]


def assert_every_figure(shape: Shape) -> None:
    """Every figure cell shows what the model computes; there is one for each figure of each item."""
    (appendix,), figures = shape.plan.appendices, Figures(shape.plan)
    cells = lay_out(shape.plan, appendix, load_form(appendix.form), figures).cells
    assert len(cells) > len(shape.plan.items)
    for key, (row, column) in cells.items():
        shown = shape.values[row - 1][column - 1]
        assert isinstance(shown, float), (key, shown)
        assert Decimal(shown) == figures[key], key


@pytest.mark.parametrize(("make", "form"), SHAPES)
def test_every_figure_is_the_models(make: Callable[[str], Shape], form: str) -> None:
    assert_every_figure(make(form))


@pytest.mark.parametrize(("make", "form"), SHAPES)
def test_every_check_passes(make: Callable[[str], Shape], form: str) -> None:
    assert make(form).verdict == "ĐẠT"


def test_items_along_three_years_of_four_sources() -> None:
    """Group 1 stands in row 8, its items in rows 9 to 28; group 2 in row 29, its items in rows 30 to 34."""
    shape = three_years_four_sources(ITEMS_YEARS_SOURCES)
    years = ["Năm 2026", "", "", "", "Năm 2027", "", "", "", "Năm 2028", "", "", ""]
    sources = ["Ngân sách trung ương", "Ngân sách địa phương", "Doanh nghiệp đóng góp", "Nguồn khác"]
    item = [1, 10, 100, 1000, 2, 20, 200, 2000, 3, 30, 300, 3000]
    assert shape.row(5, 14) == ["TT", "Hạng mục công việc", "Kinh phí (triệu đồng)", *[""] * 11]
    assert shape.row(6, 14) == ["", "", *years]
    assert shape.row(7, 14) == ["", "", *sources * 3]
    assert shape.row(8, 14) == [1, "Nhiệm vụ 1", *[""] * 12]
    assert all(shape.row(row, 14)[2:] == item for row in (*range(9, 29), *range(30, 35)))
    assert shape.row(35, 14)[2:] == [25 * amount for amount in item]
    assert shape.row(36, 14)[2:] == [27_775, "", "", "", 55_550, "", "", "", 83_325, "", "", ""]
    assert shape.row(37, 14)[1:] == ["Tổng số tiền 3 năm", 166_650, *[""] * 11]
    header = {"A5:A7", "B5:B7", "C5:N5", "C6:F6", "G6:J6", "K6:N6"}
    assert shape.merges(range(5, 35)) == header
    assert shape.merges(range(35, 38)) == {"C36:F36", "G36:J36", "K36:N36", "C37:N37"}


def test_items_in_one_year_of_one_source() -> None:
    """One column of amounts: nothing along the axes is left to merge."""
    shape = one_year_one_source(ITEMS_YEARS_SOURCES)
    assert [shape.row(row, 3) for row in (5, 6, 7)] == [
        ["TT", "Hạng mục công việc", "Kinh phí (triệu đồng)"],
        ["", "", "Năm 2026"],
        ["", "", "Ngân sách trung ương"],
    ]
    assert [shape.row(row, 3)[2] for row in (8, 9, 28, 29, 30, 34, 35, 36, 37)] == ["", 1, 1, "", 1, 1, 25, 25, 25]
    assert shape.row(37, 3)[1] == "Tổng số tiền 1 năm"
    assert shape.merges(range(5, 38)) == {"A5:A7", "B5:B7"}


def test_groups_with_four_sources_along_three_years() -> None:
    """Group 1 stands in row 7; its first item in row 8, its source lines below; group 2 in row 108."""
    shape = three_years_four_sources(GROUPS_SOURCES_YEARS)
    assert shape.row(5, 6) == ["Stt", "Nguồn kinh phí", "Tổng cộng", "Năm thực hiện", "", ""]
    assert shape.row(6, 6) == ["", "", "", 2026, 2027, 2028]
    assert [shape.row(row, 6)[1:] for row in range(9, 13)] == [
        ["Nguồn kinh phí: - Ngân sách trung ương (0%)", 6, 1, 2, 3],
        ["- Ngân sách địa phương (1%)", 60, 10, 20, 30],
        ["- Doanh nghiệp đóng góp (9%)", 600, 100, 200, 300],
        ["- Nguồn khác (90%)", 6000, 1000, 2000, 3000],
    ]
    assert shape.row(8, 6)[2:] == [6666, 1111, 2222, 3333]
    assert shape.row(7, 6)[1:] == ["Nhiệm vụ 1", 133_320, 22_220, 44_440, 66_660]
    assert shape.row(108, 6)[1:] == ["Nhiệm vụ 2", 33_330, 5_555, 11_110, 16_665]
    assert [shape.row(row, 6)[1:] for row in range(134, 139)] == [
        ["Tổng cộng", 166_650, 27_775, 55_550, 83_325],
        ["Trong đó: - Ngân sách trung ương", 150, 25, 50, 75],
        ["- Ngân sách địa phương", 1_500, 250, 500, 750],
        ["- Doanh nghiệp đóng góp", 15_000, 2_500, 5_000, 7_500],
        ["- Nguồn khác", 150_000, 25_000, 50_000, 75_000],
    ]
    assert shape.merges(range(5, 139)) == {"A5:A6", "B5:B6", "C5:C6", "D5:F5"}


def test_groups_with_one_source_in_one_year() -> None:
    shape = one_year_one_source(GROUPS_SOURCES_YEARS)
    assert shape.row(6, 4) == ["", "", "", 2026]
    assert shape.row(9, 4)[1:] == ["Nguồn kinh phí: - Ngân sách trung ương (100%)", 1, 1]
    assert [shape.row(row, 4)[2:] for row in (7, 8, 48, 49)] == [[20, 20], [1, 1], [5, 5], [1, 1]]
    assert [shape.row(row, 4)[1:] for row in (59, 60)] == [
        ["Tổng cộng", 25, 25],
        ["Trong đó: - Ngân sách trung ương", 25, 25],
    ]
    assert shape.merges(range(5, 61)) == {"A5:A6", "B5:B6", "C5:C6"}


@pytest.mark.slow
def test_five_thousand_items_along_years_of_sources() -> None:
    """250 groups and 5 000 items in rows 8 to 5257; every leaf is 1, so that totals count leaves."""
    shape = Shape(synthetic_plan(ITEMS_YEARS_SOURCES, items=5000, years=3, sources=4))
    assert shape.row(5_257, 3)[1] == LAST_TITLE
    assert shape.row(5_258, 14)[2:] == [5000] * 12
    assert shape.row(5_259, 14)[2:] == [20_000, "", "", ""] * 3
    assert shape.row(5_260, 14)[2] == 60_000
    assert len(shape.values) == 5_260
    assert shape.verdict == "ĐẠT"
    assert_every_figure(shape)


@pytest.mark.slow
def test_five_thousand_items_with_source_lines() -> None:
    """250 groups, and 5 000 items of two source lines each, in rows 7 to 15256."""
    shape = Shape(synthetic_plan(GROUPS_SOURCES_YEARS, items=5000, years=5, sources=2))
    assert shape.row(15_254, 8)[1:] == [LAST_TITLE, 10, *[2] * 5]
    assert shape.row(15_257, 8)[1:] == ["Tổng cộng", 50_000, *[10_000] * 5]
    assert shape.row(15_258, 8)[1:] == ["Trong đó: - Ngân sách trung ương", 25_000, *[5_000] * 5]
    assert shape.row(15_259, 8)[1:] == ["- Ngân sách địa phương", 25_000, *[5_000] * 5]
    assert len(shape.values) == 15_259
    assert shape.verdict == "ĐẠT"
    assert_every_figure(shape)
