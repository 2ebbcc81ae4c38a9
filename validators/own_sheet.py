"""The sheet that lists findings, known again in a workbook that is checked once more: it is no part of the appendix."""

from __future__ import annotations

from dataclasses import replace

from faults import Lang, Text
from validators.grid import Book, Grid

NAME = Text("Kết quả kiểm tra", "Findings")
TITLE = Text("KẾT QUẢ KIỂM TRA PHỤ LỤC", "FINDINGS OF THE CHECK")  # in A1
HEADER = 6  # the row of the column headings
HEADS = (Text("Mức độ", "Severity"), Text("Trang", "Sheet"), Text("Ô", "Cell"))  # the first ones, from column A


def lists_findings(grid: Grid) -> bool:
    """Whether a sheet is one of ours, whatever it is called: our title stands on it, and our headings."""
    return _is_in(grid, "vi") or _is_in(grid, "en")


def _is_in(grid: Grid, lang: Lang) -> bool:
    heads = all(grid.value(HEADER, column) == head[lang] for column, head in enumerate(HEADS, 1))
    return heads and grid.value(1, 1) == TITLE[lang]


def without_findings(book: Book) -> Book:
    """The workbook as it was before its findings were listed in it."""
    ours = {grid.name for grid in book.sheets if lists_findings(grid)}
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
