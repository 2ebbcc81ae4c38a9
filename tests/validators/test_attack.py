"""Hostile workbooks through the whole check: whatever a sheet holds there is a report, and every reporter writes it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from validators.checking import check_book, check_file, examine
from validators.findings import FileReport
from validators.grid import MISSING, Area, Book, CellStyle, Grid, GridCell, Place, StaleCell, Value
from validators.reports.json_report import json_report
from validators.reports.sarif import sarif_report
from validators.reports.showing import shown
from validators.reports.text import print_lines, text_report
from validators.reports.workbook import write_report_workbook
from validators.rules import all_rules
from workbook.package import CellError

RULES = all_rules()
SECONDS = 10.0  # that any file may take
PLAIN, BOLD, PERCENT = CellStyle(), CellStyle(bold=True), CellStyle(number_format="0.0%")
ATTACK = {
    "derandomize": True,  # the same sheets at every run: a failure can be run again
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}

HEADS = (
    "STT|TT|Nội dung|Hạng mục|Tổng cộng|Tổng số|Kinh phí|Thành tiền|Số lượng|Đơn giá|ĐVT|Đơn vị tính|Tỷ lệ (%)|"
    "Ghi chú|Thời gian thực hiện|Bắt đầu|Kết thúc|Năm 2021|Năm 2022|Năm 2023|2021-2025|Trong đó|NSTW|NSĐP|"
    "Ngân sách tỉnh|Nguồn khác|Kinh phí (triệu đồng)|Chênh lệch|Tăng, giảm|Cơ quan chủ trì|Mục tiêu|Dự toán|Lũy kế"
).split("|")
LABELS = (
    "Tổng cộng|Cộng|Cộng mục I|Tổng cộng (I+II)|TỔNG SỐ|Trong đó:|Nguồn kinh phí:|- Ngân sách tỉnh (30%)|"
    "Ngân sách huyện|Nguồn xã hội hóa (70 %)|Hội nghị (2 người x 3 ngày x 50.000đ)|Bằng chữ: năm mươi triệu đồng|"
    "Số tiền viết bằng chữ: (không đồng)|Chi 5.000 đồng (năm nghìn đồng)|2 lớp x 60tr/lớp = 130tr|NHÓM MỘT|"
    "Xây dựng phần mềm quản lý lưu trú|Giai đoạn 2021-2025|Đơn vị tính: triệu đồng|(đồng)|Tỷ lệ %|1. Việc|a) Việc"
).split("|")
MARKS = "I|II|IV|A|B|1|2|3|1.1|1.2|1.1.1.1.1.1|999|IIII|VX|1..2|.1|1.|a)|(1)|-|+|•|đ|i|C|L|XC|()|٣|²|1,5|0".split("|")
ODD = [
    "", " ", "\u00a0", "-", "–", "(5)", "(", "2000.000.000", "1.234.567,8", "1,234,567.8", "1.5", "1,5", "12.34", "0,",
    ",5", "..", "1 000", "9" * 300, "0," + "3" * 300, "1" + ".000" * 100, "5 đ", "5%", "1e5", "NaN", "Infinity",
    "-0", "٣٤٥", "１２３", "²", "5²", "5*", "=1+1", "=SUM(A1:A9)", "+1", "@SUM", "-1-1", "\u202e123", "\u200f٥",
    "😀", "x" * 3000, "( " * 400, "1 x " * 400, "3" * 5000, "0" * 5000 + "1", "a\nb", "\x00\x07", "\ufffe", "\u200b",
    "'", "''", "[1]", "{}", "%s", "{0}", "<b>&", "]]>", "e\u0301", "Đ" * 200, "10 người x 5 ngày x 100.000đ",
    "31/12/2021", "2021", "Quý I/2021", "2021-2019", "9999-1000", "TRUE", "#REF!", "I+II", "=I+II", "(1)=(2)+(3)",
]  # fmt: skip
FORMULAS = [
    "C3", "SUM(C3:C9)", "SUM(C1:C60)", "C3+C4", "D3*E3", "ROUND(SUM(C3:C5),0)", "Khac!A1", "'Trang 2'!C3+1",
    "[1]Sheet1!A1", "SUM(A:A)", "SUM(1:1)", "#REF!+1", "", "SUM(C3:C4)+SUM(C5:C6)-C7", "IF(A1=1,\"x\",C3)", "C$3+$D4",
    "SUM(XFD1048576:A1)", "(" * 64 + "1" + ")" * 64, "+".join(f"C{row}" for row in range(1, 300)), "INDIRECT(\"C3\")",
    "SUM(C3", "\"" * 3, "1/0", "A0", "SUBTOTAL(9,C3:C9)", "C99999999", "=C3",
]  # fmt: skip

numbers = st.one_of(
    st.integers(-3, 40).map(Decimal),
    st.integers(0, 10**12).map(Decimal),
    st.decimals(-1000, 1000, places=3),
    st.sampled_from([0.1 + 0.2, 1e300, -1e300, 1.7e308, 5e-324, 1e-300, 1e16, 46.3, 1 / 3]).map(lambda n: Decimal(repr(n))),
)
others: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=30),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
    st.just(datetime(1899, 12, 31, 5, 0)),
    st.sampled_from(["#REF!", "#DIV/0!", "#N/A"]).map(CellError),
    st.none(),
)
figures = st.one_of(numbers, numbers, numbers, numbers, others)
looks = st.sampled_from([PLAIN, PLAIN, PLAIN, BOLD, PERCENT, CellStyle(italic=True, indent=3)])


@st.composite
def cells(draw: st.DrawFn, value: st.SearchStrategy[Value]) -> GridCell:
    held, formula = draw(value), draw(st.sampled_from([None] * 8 + FORMULAS[:12] + FORMULAS))
    return GridCell(held, formula, held if draw(st.booleans()) else MISSING if formula else held, draw(looks))


@st.composite
def grids(draw: st.DrawFn, name: str) -> Grid:
    """A sheet with what may be a header near its top, and rows that may be items below."""
    width, height, top = draw(st.integers(2, 15)), draw(st.integers(0, 57)), draw(st.integers(1, 3))
    heads = st.one_of(st.sampled_from(HEADS), st.sampled_from(HEADS), st.none(), others)
    found: dict[tuple[int, int], GridCell] = {}
    for row in range(1, top):
        found[row, draw(st.integers(1, width))] = draw(cells(st.sampled_from(LABELS + ODD)))
    for column in range(1, width + 1):
        found[top, column] = draw(cells(st.sampled_from(("STT", "Nội dung")[column - 1 : column]) if column < 3 else heads))
    for row in range(top + 1, top + 1 + height):
        found[row, 1] = draw(cells(st.sampled_from([*MARKS, *map(Decimal, range(1, 5))])))
        found[row, 2] = draw(cells(st.one_of(st.sampled_from(LABELS), st.text(max_size=9), others)))
        # one draw for a row: a sheet of fifty rows must not take hundreds of them
        for column, cell in zip(range(3, width + 1), draw(st.lists(cells(figures), min_size=1, max_size=4)) * 4, strict=False):
            found[row, column] = cell
    kept = {place: cell for place, cell in sorted(found.items()) if cell.value is not None or cell.formula is not None}
    corner = st.tuples(st.integers(1, 62), st.integers(1, 16))
    pairs = draw(st.lists(st.tuples(corner, corner), max_size=6))
    merges = [Area(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairs]
    if draw(st.integers(0, 9)) == 0:
        merges.append(Area(1, 3, 1_048_576, 3))
    hidden = frozenset(draw(st.sets(st.integers(1, 60), max_size=5)))
    return Grid(name, draw(st.sampled_from(["visible", "visible", "hidden", "veryHidden"])), kept, tuple(merges), hidden)


@st.composite
def books(draw: st.DrawFn) -> Book:
    names = draw(st.lists(st.sampled_from(["Phụ lục", "Khac", "Trang 2", "=1+1", "'", "😀"]), min_size=1, max_size=3, unique=True))
    sheets = tuple(draw(grids(name)) for name in names)
    places = [Place(sheet.name, *cell) for sheet in sheets for cell, held in sheet.cells.items() if held.formula]
    stale = tuple(StaleCell(place, Decimal(1), "x") for place in places[:3])
    return Book(Path("a.xlsx"), "xlsx", sheets, (), ("b.xlsx",), frozenset(places[3:5]), stale, frozenset(places[5:9]))


def written(report: FileReport) -> None:
    """Every reporter of texts, in both languages; what programs read is well-formed."""
    for lang in ("vi", "en"):
        for width in (None, 20):
            print_lines(text_report([report], RULES, lang, width=width), io.StringIO())
        json.loads(json_report([report], lang))
        json.loads(sarif_report([report], RULES, lang, "0"))


@given(books())
@settings(max_examples=120, **ATTACK)
def test_any_book_gives_a_report(book: Book) -> None:
    began = perf_counter()
    report = check_book(book, RULES)
    written(report)
    shown(examine(book), "vi")
    assert report.status in {"ok", "findings"}
    assert perf_counter() - began < SECONDS
