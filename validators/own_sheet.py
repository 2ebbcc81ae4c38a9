"""The sheets that we put into a workbook, known again when it is read once more: they are no part of the appendix."""

from __future__ import annotations

from dataclasses import replace

from faults import Lang, Text
from validators.grid import Book, Grid

NAME = Text("Kết quả kiểm tra", "Findings")
TITLE = Text("KẾT QUẢ KIỂM TRA PHỤ LỤC", "FINDINGS OF THE CHECK")  # in A1
HEADER = 6  # the row of the column headings
HEADS = (Text("Mức độ", "Severity"), Text("Trang", "Sheet"), Text("Ô", "Cell"))  # the first ones, from column A
ROLLED_UP = Text(  # in A2, below the title of a roll-up
    "(Mọi số là công thức cộng từ các ô của phụ lục, tự đổi theo phụ lục)",
    "(Every figure is a formula over the cells of the appendix and follows them)",
)

ADJUSTED = Text(  # in A2, below the title of an adjustment
    "(Cột đã phê duyệt lấy từ các ô của phụ lục; mọi số tự đổi theo phụ lục và các ô tô màu)",
    "(What was approved is taken from the cells of the appendix; every figure follows them and the coloured cells)",
)

COMPARED = Text(  # in A2, below the title of a comparison
    "(Các thay đổi từ bản cũ sang bản mới; ô thay đổi được tô màu và có ghi chú)",
    "(What changed from the old version to the new one; changed cells are coloured and noted)",
)

BESIDE = frozenset({"Kiểm tra", "Thông tin", "Đọc số", "Dữ liệu kế hoạch"})  # the appendices, in a generated workbook
GENERATED = "phuluc;"  # what the keywords of such a workbook begin with
CHECKS = "KIỂM TRA PHỤ LỤC KINH PHÍ"  # in A1 of the checks that a generated workbook brings along

COSTING_CODE = "Mã bảng"  # the heading of the codes of costings beside those that a generated workbook holds
CHART = "phuluc"  # what the names of our charts begin with


def lists_findings(grid: Grid) -> bool:
    """Whether a sheet is one of ours, whatever it is called: our title stands on it, and our headings."""
    return _is_in(grid, "vi") or _is_in(grid, "en")


def _is_in(grid: Grid, lang: Lang) -> bool:
    heads = all(grid.value(HEADER, column) == head[lang] for column, head in enumerate(HEADS, 1))
    return heads and grid.value(1, 1) == TITLE[lang]


def rolls_up(grid: Grid) -> bool:
    """Whether a sheet is one of our roll-ups, whatever it is called: its amounts are those of the other sheets."""
    return grid.value(2, 1) in (ROLLED_UP.vi, ROLLED_UP.en)


def adjusts(grid: Grid) -> bool:
    """Whether a sheet is one of our adjustments, whatever it is called: its amounts are those of the other sheets."""
    return grid.value(2, 1) in (ADJUSTED.vi, ADJUSTED.en)


def compares(grid: Grid) -> bool:
    """Whether a sheet is one of our comparisons, whatever it is called: it tells of the other sheets."""
    return grid.value(2, 1) in (COMPARED.vi, COMPARED.en)


def verifies(grid: Grid) -> bool:
    """Whether a sheet holds the checks of a generated workbook, live formulas that are checked as any are: what it
    shows are amounts of the other sheets, compared.
    """
    return grid.value(1, 1) == CHECKS


def is_ours(grid: Grid) -> bool:
    """Whether we put a sheet into the workbook."""
    return lists_findings(grid) or rolls_up(grid) or adjusts(grid) or compares(grid)


def is_our_chart(name: str) -> bool:
    """Whether we drew a chart of that name."""
    return name.startswith(CHART)


def without_ours(book: Book) -> Book:
    """The workbook as it was before we put sheets into it."""
    ours = {grid.name for grid in book.sheets if is_ours(grid)}
    if not ours:
        return book
    return replace(
        book,
        sheets=tuple(grid for grid in book.sheets if grid.name not in ours),
        names=tuple(name for name in book.names if name.sheet not in ours),
        calculated=frozenset(place for place in book.calculated if place.sheet not in ours),
        stale=tuple(cell for cell in book.stale if cell.place.sheet not in ours),
        circular=frozenset(place for place in book.circular if place.sheet not in ours),
    )


def holds_costings(grid: Grid) -> bool:
    """Whether a sheet is one of costings that `phuluc generate` made: beside them stands which of them a line is of."""
    return any(cell.value == COSTING_CODE for cell in grid.cells.values())
