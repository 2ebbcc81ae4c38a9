"""Sheets typed as text: one line a row, cells parted by `|`.

    STT | Nội dung | Kinh phí | <       | <
    ^   | ^        | Tổng     | NSTW    | NSĐP
    1   | Hội nghị | 10       | 4       | 6
        | *Cộng*   | =SUM(C3:C3) => 10 | "4" | 6

`<` belongs to the merged cell at its left, `^` to the one above. `*bold*`. `"..."` is text whatever it looks like. A
formula may be followed by the value that is stored with it. What reads as a plain number is one; all else is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def typed_file(path: Path, sheets: Mapping[str, str] | str) -> Path:
    """Write an .xlsx of these sheets (name -> text; one text: a sheet "Phụ lục") and return its path."""
    named = {"Phụ lục": sheets} if isinstance(sheets, str) else sheets
    with xlsxwriter.Workbook(path) as book:
        looks = {bold: book.add_format({"bold": bold}) for bold in (False, True)}
        for name, text in named.items():
            rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
            sheet = book.add_worksheet(name)
            for area in _merges(rows):
                sheet.merge_range(*area, "")
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell and cell not in "<^":
                        _write(sheet, r, c, cell, looks)
    return path


def _merges(rows: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """The merged areas: first row and column, last row and column, counted from 0."""

    def at(r: int, c: int) -> str:
        return rows[r][c] if r < len(rows) and c < len(rows[r]) else ""

    found = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right, bottom = c, r
            while at(r, right + 1) == "<":
                right += 1
            while at(bottom + 1, c) == "^":
                bottom += 1
            if (right, bottom) != (c, r):
                found.append((r, c, bottom, right))
    return found


def _write(sheet: Worksheet, r: int, c: int, cell: str, looks: Mapping[bool, Format]) -> None:
    bold = len(cell) > 2 and cell.startswith("*") and cell.endswith("*")
    text, look = (cell[1:-1] if bold else cell), looks[bold]
    if text.startswith("="):
        formula, _, value = text.partition(" => ")
        sheet.write_formula(r, c, formula, look, float(value) if _NUMBER.fullmatch(value) else value)
    elif text.startswith('"') and text.endswith('"'):
        sheet.write_string(r, c, text[1:-1], look)
    elif _NUMBER.fullmatch(text):
        sheet.write_number(r, c, float(text), look)
    else:
        sheet.write_string(r, c, text, look)
