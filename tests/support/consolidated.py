"""Consolidated workbooks as tests look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from faults import Lang
from rollup.consolidation.book import ROWS, write_workbook
from rollup.consolidation.consolidating import gather, named_by
from rollup.consolidation.officer import NOTHING_CHOSEN, Choices
from rollup.consolidation.spool import spool

HAND_TYPED = """
Đơn vị tính: triệu đồng
STT | Nội dung | nguồn  KHÁC | Ngân sách tỉnh | Tổng cộng
1 | "=1+1" | 10 | "5" | 15
2 | Bản tin @mới | 20 | 7.5 | 27.5
 | *Tổng cộng* | 30 | 12.5 | 42.5
"""


def consolidated(
    target: Path, files: Sequence[Path], rows: int = ROWS, choices: Choices = NOTHING_CHOSEN, lang: Lang = "vi"
) -> Path:
    """The workbook of some files, on sheets of so many rows."""
    with spool(choices) as store:
        summary = gather(store, named_by(list(map(str, files))), target.parent, lang)
        write_workbook(store, summary, target, lang, rows=rows)
    return target


def values(path: Path) -> Mapping[str, Worksheet]:
    """The sheets with their stored values."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: sheet for sheet in book.worksheets}


def table(sheet: Worksheet, first: str) -> list[list[object]]:
    """The filled rows from the one that begins with `first` to the next blank one, without blanks at the right."""
    found: list[list[object]] = []
    for row in sheet.iter_rows(values_only=True):
        if found and all(value is None for value in row):
            break
        if found or row[0] == first:
            last = max(column for column, value in enumerate(row) if value is not None)
            found.append(list(row[: last + 1]))
    return found
