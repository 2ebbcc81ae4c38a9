"""Hostile workbooks through the whole check: whatever a sheet holds there is a report, and every reporter writes it."""

from __future__ import annotations

import gc
import io
import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from time import process_time

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from validators.checking import check_book, check_file, examine
from validators.findings import FileReport
from validators.grid import MISSING, Book, CellStyle, Grid, GridCell, Place, StaleCell, Value
from validators.reports.json_report import json_report
from validators.reports.sarif import sarif_report
from validators.reports.showing import shown
from validators.reports.text import print_lines, text_report
from validators.reports.workbook import write_report_workbook
from validators.rules import all_rules
from validators.running import check_files, workbook_files
from workbook.addresses import Area
from workbook.package import CellError

RULES = all_rules()
SECONDS = 10.0  # that any file may take
LONGEST = 32_767  # characters of a cell
PLAIN, BOLD, PERCENT = CellStyle(), CellStyle(bold=True), CellStyle(number_format="0.0%")
LOOKS = (PLAIN, PLAIN, PLAIN, BOLD, PERCENT, CellStyle(italic=True, indent=3))
FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

HEADS = [
    "STT",
    "TT",
    "Nội dung",
    "Hạng mục",
    "Tổng cộng",
    "Tổng số",
    "Kinh phí",
    "Thành tiền",
    "Số lượng",
    "Đơn giá",
    "ĐVT",
    "Đơn vị tính",
    "Tỷ lệ (%)",
    "Ghi chú",
    "Thời gian thực hiện",
    "Bắt đầu",
    "Kết thúc",
    "Năm 2021",
    "Năm 2022",
    "Năm 2023",
    "2021-2025",
    "Trong đó",
    "NSTW",
    "NSĐP",
    "Ngân sách tỉnh",
    "Nguồn khác",
    "Kinh phí (triệu đồng)",
    "Chênh lệch",
    "Tăng, giảm",
    "Cơ quan chủ trì",
    "Mục tiêu",
    "Dự toán",
    "Lũy kế",
]
LABELS = [
    "Tổng cộng",
    "Cộng",
    "Cộng mục I",
    "Tổng cộng (I+II)",
    "TỔNG SỐ",
    "Trong đó:",
    "Nguồn kinh phí:",
    "- Ngân sách tỉnh (30%)",
    "Ngân sách huyện",
    "Nguồn xã hội hóa (70 %)",
    "Hội nghị (2 người x 3 ngày x 50.000đ)",
    "Bằng chữ: năm mươi triệu đồng",
    "Số tiền viết bằng chữ: (không đồng)",
    "Chi 5.000 đồng (năm nghìn đồng)",
    "2 lớp x 60tr/lớp = 130tr",
    "NHÓM MỘT",
    "Xây dựng phần mềm quản lý lưu trú",
    "Giai đoạn 2021-2025",
    "Đơn vị tính: triệu đồng",
    "(đồng)",
    "Tỷ lệ %",
    "1. Việc",
    "a) Việc",
]
MARKS: Sequence[Value] = [
    *[
        "I",
        "II",
        "IV",
        "A",
        "B",
        "1",
        "2",
        "3",
        "1.1",
        "1.2",
        "1.1.1.1.1.1",
        "999",
        "IIII",
        "VX",
        "1..2",
        ".1",
        "1.",
        "a)",
        "(1)",
        "-",
        "+",
        "•",
        "đ",
        "i",
        "C",
        "L",
        "XC",
        "()",
        "٣",
        "²",
        "1,5",
        "0",
    ],
    *map(Decimal, range(1, 5)),
]  # fmt: skip
ODD: Sequence[Value] = [
    "", " ", "\u00a0", "-", "–", "(5)", "(", "2000.000.000", "1.234.567,8", "1,234,567.8", "1.5", "1,5", "12.34", "0,",
    ",5", "..", "1 000", "9" * 300, "0," + "3" * 300, "1" + ".000" * 100, "5 đ", "5%", "1e5", "NaN", "Infinity",
    "-0", "٣٤٥", "１２３", "²", "5²", "5*", "=1+1", "=SUM(A1:A9)", "+1", "@SUM", "-1-1", "\u202e123", "\u200f٥",
    "😀", "x" * 3000, "( " * 400, "1 x " * 400, "a\nb", "\x00\x07", "\ufffe", "\u200b", "'", "[1]", "{}", "%s", "{0}",
    "<b>&", "]]>", "e\u0301", "31/12/2021", "2021", "Quý I/2021", "2021-2019", "9999-1000", "TRUE", "I+II", "=I+II",
    "(1)=(2)+(3)", True, False, None, date(1900, 1, 1), date(9999, 12, 31), datetime(1899, 12, 31, 5),
    CellError("#REF!"), CellError("#N/A"),
]  # fmt: skip
FORMULAS = [
    "C3", "SUM(C3:C9)", "SUM(C1:C60)", "C3+C4", "D3*E3", "ROUND(SUM(C3:C5),0)", "Khac!A1", "'Trang 2'!C3+1",
    "[1]Sheet1!A1", "SUM(A:A)", "SUM(1:1)", "#REF!+1", "", "SUM(C3:C4)+SUM(C5:C6)-C7", 'IF(A1=1,"x",C3)', "C$3+$D4",
    "SUM(XFD1048576:A1)", "(" * 64 + "1" + ")" * 64, "+".join(f"C{row}" for row in range(1, 300)), 'INDIRECT("C3")',
    "SUM(C3", '"""', "1/0", "A0", "SUBTOTAL(9,C3:C9)", "C99999999", "=C3",
]  # fmt: skip
EXTREME = [Decimal(repr(n)) for n in (0.1 + 0.2, 1e300, -1e300, 1.7e308, 5e-324, 1e-300, 1e16, 46.3, 1 / 3)]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where it takes longer: a check that hangs must not hold up the tests."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cpu_seconds(book: Book) -> float:
    """What its check costs by itself: no other process, nor collecting what earlier tests left behind, is measured."""
    gc.collect()
    gc.disable()
    try:
        began = process_time()
        with within(SECONDS):
            check_book(book, RULES)
        return process_time() - began
    finally:
        gc.enable()


class Forger:
    """Makes books that look like budgets and hold anything."""

    def __init__(self, seed: int, rows: int, columns: int) -> None:
        self._random, self._rows, self._columns = Random(seed), rows, columns

    def book(self) -> Book:
        names = self._random.sample(["Phụ lục", "Khac", "Trang 2", "=1+1", "'", "😀"], self._random.choice([1, 1, 2]))
        sheets = tuple(map(self._grid, names))
        places = [Place(sheet.name, *cell) for sheet in sheets for cell, held in sheet.cells.items() if held.formula]
        stale = tuple(StaleCell(place, Decimal(1), "x") for place in places[:3])
        return Book(
            Path("a.xlsx"), "xlsx", sheets, (), ("b.xlsx",), frozenset(places[3:5]), stale, frozenset(places[5:9])
        )

    def _grid(self, name: str) -> Grid:
        draw, width = self._random, self._random.randint(2, self._columns)
        top, height = draw.randint(1, 3), draw.randint(0, self._rows - 4)
        oddity, kinds = draw.choice([0, 0.02, 0.1, 0.4]), draw.choice([(0,), (1,), (0, 1, 2), (0, 1, 2, 3), (3,)])
        found = {(row, draw.randint(1, width)): self._cell(draw.choice([*LABELS, *ODD])) for row in range(1, top)}
        for column in range(1, width + 1):
            found[top, column] = self._cell(draw.choice([*HEADS, draw.choice(ODD)]), 0)
            if draw.random() < 0.2:
                found[top + 1, column] = self._cell(draw.choice(HEADS), 0)
        found[top, 1], found[top, 2] = self._cell("STT", 0), self._cell("Nội dung", 0)
        for row in range(top + 1 + draw.randint(0, 1), top + 1 + height):
            found[row, 1] = self._cell(draw.choice(MARKS))
            found[row, 2] = self._cell(draw.choice([*LABELS, f"Việc {row}", draw.choice(ODD)]))
            for column in range(3, width + 1):
                odd = draw.random() < oddity
                found[row, column] = self._cell(draw.choice(ODD) if odd else self._number(draw.choice(kinds)))
        kept = {place: held for place, held in sorted(found.items()) if held.value is not None or held.formula}
        state = draw.choice(["visible", "visible", "visible", "hidden", "veryHidden"])
        return Grid(name, state, kept, tuple(self._merges()), frozenset(draw.sample(range(1, 60), 3)))

    def _number(self, kind: int) -> Decimal:
        draw = self._random
        if kind == 3:
            return draw.choice(EXTREME)
        return (
            Decimal(draw.randint(-3, 40)),
            Decimal(draw.randint(0, 10**12)),
            Decimal(draw.randint(-(10**6), 10**6)) / 1000,
        )[kind]

    def _cell(self, value: Value, formulas: float = 0.05) -> GridCell:
        formula = self._random.choice(FORMULAS) if self._random.random() < formulas else None
        cached = MISSING if formula and self._random.random() < 0.5 else value
        return GridCell(value, formula, cached, self._random.choice(LOOKS))

    def _merges(self) -> Iterator[Area]:
        draw = self._random
        for _ in range(draw.choice([0, 0, 3, 8])):
            top, bottom = sorted((draw.randint(1, 62), draw.randint(1, 62)))
            left, right = sorted((draw.randint(1, 16), draw.randint(1, 16)))
            yield Area(top, left, bottom, right)
        if draw.random() < 0.1:
            yield Area(1, 3, 1_048_576, 3)


def reported(book: Book) -> FileReport:
    """The report of a book, having gone through every reporter of texts; what programs read is well-formed."""
    with within(SECONDS):
        return _reported(book)


def _reported(book: Book) -> FileReport:
    report = check_book(book, RULES)
    for width in (None, 20):
        print_lines(text_report([report], RULES, "vi", width=width), io.StringIO())
    json.loads(json_report([report], "en"))
    json.loads(sarif_report([report], RULES, "en", "0"))
    list(shown(examine(book), "vi"))
    return report


@given(st.integers(0, 10**9), st.integers(5, 20), st.integers(2, 7))
@FEW
def test_any_book_gives_a_report(seed: int, rows: int, columns: int) -> None:
    assert reported(Forger(seed, rows, columns).book()).status in {"ok", "findings"}


@pytest.mark.parametrize("seed", range(6))
def test_any_large_book_gives_a_report(seed: int) -> None:
    assert reported(Forger(seed, 60, 15).book()).status in {"ok", "findings"}


def table(*rows: Sequence[object]) -> Book:
    """A book of one sheet: STT, Nội dung, then columns of money."""
    width = max(map(len, rows))
    lines = [["STT", "Nội dung", "Tổng số", "NSTW", "NSĐP", "Nguồn khác"][:width], *map(list, rows)]
    cells = {
        (r, c): GridCell(value, None, value, PLAIN)
        for r, line in enumerate(lines, 1)
        for c, each in enumerate(line, 1)
        if (value := Decimal(repr(each)) if isinstance(each, float | int) else str(each)) != ""
    }
    return Book(Path("a.xlsx"), "xlsx", (Grid("Phụ lục", "visible", cells),))


@pytest.mark.parametrize(
    "figure", [1e300, -1e300, 1.7e308, 5e-324, "9" * 300, "9" * 5000, "0," + "3" * 300, "1" * 40 + ".5"]
)
def test_absurd_figures_are_survived(figure: object) -> None:
    reported(table(["", "Tổng cộng", 9, 4, 5], ["1", "Hội nghị", 4, figure, 1], ["2", "Tập huấn", 5, 2, figure]))
    reported(table(["", "Tổng cộng", figure, 4, 5], ["1", "Hội nghị", 5, figure, 2], ["2", "Tập huấn", 5, 2, 3]))
    reported(table(["", "Bằng chữ: năm đồng", ""], ["", "Tổng cộng", figure, figure], ["1", "A", figure, 3]))


HOSTILE = {
    "digits": "1" * LONGEST,
    "zeros in groups": "1" + ".000" * 8000,
    "spaces within a figure": "1" + " " * (LONGEST - 2) + "1",
    "spaces within a bracket": "(" + " " * (LONGEST - 2) + "!",
    "opening brackets": "(" * LONGEST,
    "brackets and digits": "(1" * (LONGEST // 2),
    "dots": "." * (LONGEST - 1) + "!",
    "factors": "5đ/người x 3 " * (LONGEST // 13),
    "factors in brackets": "(5 đ x 3)" * (LONGEST // 9),
    "amounts": "5 đ " * (LONGEST // 4),
    "statements": "5 đ x 3 = 15 đ; " * (LONGEST // 16),
    "numbers of rows": "tổng (" + "i+" * (LONGEST // 2 - 6),
    "words": "một trăm " * (LONGEST // 9),
    "years": "2021-2022 " * (LONGEST // 10),
    "quotes": "'" * LONGEST,
    "letters": "i" * LONGEST,
    "shares": "1% " * (LONGEST // 3),
    "column number": "1" + " " * (LONGEST - 2) + "a",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("place", ["title", "label", "figure", "heading", "formula"])
def test_no_text_holds_a_check_up(text: str, place: str) -> None:
    book = table(["", "Tổng cộng", 9, 4, 5], ["1", "Hội nghị", 4, 3, 1], ["2", "Tập huấn", 5, 1, 4])
    (grid,) = book.sheets
    cells = {(row + 2, column): cell for (row, column), cell in grid.cells.items()}
    at = {"title": (1, 1), "label": (5, 2), "figure": (5, 4), "heading": (3, 6), "formula": (5, 4)}[place]
    cells[at] = (
        GridCell(Decimal(3), text, Decimal(3), PLAIN) if place == "formula" else GridCell(text, None, text, PLAIN)
    )
    with within(2):  # several such cells still leave time for the rest
        check_book(Book(book.path, "xlsx", (Grid("Phụ lục", "visible", dict(sorted(cells.items()))),)), RULES)


@pytest.mark.parametrize("rows", [300])
@pytest.mark.parametrize("label", ["Tổng cộng", "Cộng", "Trong đó:", "Ngân sách tỉnh", "Việc", "NHÓM"])
def test_monotonous_labels_take_linear_time(rows: int, label: str) -> None:
    took = []
    for count in (rows, 4 * rows):
        book = table(*(["", label, row, row, 0] for row in range(count)))
        took.append(cpu_seconds(book))
    assert took[1] < 8 * took[0] + 0.5  # 4 times as much; 16 times were quadratic


def test_headers_by_the_thousand_take_linear_time() -> None:
    took = []
    for count in (500, 2000):
        head = ["STT", "Nội dung", "Tổng số"]
        book = table(
            *(line for row in range(count) for line in ([*head, f"Năm {2000 + row % 80}"], ["1", "Việc", 5, 5]))
        )
        took.append(cpu_seconds(book))
    assert took[1] < 8 * took[0] + 0.5


def test_a_written_book_of_oddities_is_marked(tmp_path: Path) -> None:
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Phụ lục")
        texts = [
            text
            for text in ODD
            if isinstance(text, str) and not isinstance(text, CellError) and "\x00" not in text and "\ufffe" not in text
        ]
        for column, head in enumerate(["STT", "Nội dung", "Tổng cộng", "NSTW", "NSĐP"]):
            sheet.write_string(0, column, head)
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, 0, str(row))
            sheet.write_string(row, 1, text or "x")
            sheet.write_number(row, 2, row)
            sheet.write_string(row, 3, text)
            sheet.write_number(row, 4, 1e300 if row % 9 == 0 else -row)
    before = path.read_bytes()
    report = check_file(path)
    assert report.tables
    write_report_workbook(report, out, "vi", rules=RULES)
    assert path.read_bytes() == before
    assert load_workbook(out).sheetnames == ["Phụ lục", "Kết quả kiểm tra"]


def test_no_name_is_no_folder() -> None:
    assert workbook_files([""]) == [Path()]
    (report,) = check_files([Path()])
    assert report.reason is not None
    assert "this is a folder" in report.reason.en


def test_a_device_is_no_folder() -> None:
    report = check_file(Path("/dev/null"))
    assert report.reason is not None
    assert "this is a device" in report.reason.en
