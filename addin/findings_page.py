"""The sheet "Kết quả kiểm tra" in an open book: placed, read again to go from finding to finding, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from addin import host, own_pages
from addin.commands.base import Desk
from addin.own_pages import Removed
from addin.seals import is_untouched, put_seal
from addin.sheets import place_sheet, write_formulas
from faults import InputFault, Lang, Text
from validators.findings import FileReport
from validators.own_sheet import NAME, TITLE
from validators.reports.findings_sheet import EXPECTED_COLUMN, FIRST_ROW, NOW_COLUMN, findings_workbook, live_formulas
from validators.reports.wording import by_name
from validators.reports.workbook import free_name
from validators.rules import all_rules

_WHAT_COLUMN, _FOUND_COLUMN = 4, 6
_SEAL = 5  # the empty row above the headings
_REFERENCE = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]+)")


@dataclass(frozen=True)
class _Line:
    """A guilty cell, where it stands by now, what is wrong with it, and whether somebody has mended it."""

    sheet: str
    cell: str
    what: str
    mended: bool


def place(desk: Desk, report: FileReport) -> str:
    """Put the findings on a sheet at the end of the open book, and show it; its name. Raises InputFault."""
    names = [sheet.name for sheet in desk.book.sheets]
    made = findings_workbook(
        report, by_name(all_rules()), desk.lang, free_name(NAME[desk.lang], names), linked=True, live=True
    )
    sheet = place_sheet(desk, made)
    write_formulas(sheet, FIRST_ROW, NOW_COLUMN, [[formula] for formula in live_formulas(report)])
    put_seal(sheet, _SEAL, without=NOW_COLUMN)
    sheet.activate()
    sheet.range("A1").select()
    return str(sheet.name)


def is_ours(sheet: xw.Sheet) -> bool:
    """Whether a sheet lists findings: by its name and its title."""
    return any(sheet.name.startswith(NAME[lang]) and sheet.range("A1").value == TITLE[lang] for lang in _LANGS)


def remove(book: xw.Book) -> Removed:
    """Delete the sheets of findings; one that somebody wrote on stays."""
    pages = [sheet for sheet in book.sheets if is_ours(sheet)]
    return own_pages.remove(book, pages, lambda sheet: is_untouched(sheet, _SEAL, without=NOW_COLUMN))


def go_to_next(desk: Desk) -> Text:
    """Select the guilty cell that follows the selected one on the list and is not mended; what is wrong with it.

    Raises InputFault where there is no list, or nothing on it is left to mend.
    """
    page = next((sheet for sheet in reversed(list(desk.book.sheets)) if is_ours(sheet)), None)
    if page is None:
        none = Text("chưa có kết quả kiểm tra nào", "nothing was checked yet")
        raise InputFault(none, file=desk.book.name, expected=Text("bấm “Kiểm tra cả tệp” trước", "a check first"))
    lines = list(_lines(page))
    after = _place_of(host.selection(desk.app), lines) + 1
    order = [each for each in (*lines[after:], *lines[:after]) if not each.mended]
    line = next((each for each in order if host.is_visible(desk.book.sheets[each.sheet])), None)
    if line is None and order:
        hidden = Text(
            f"ô {order[0].cell} chưa sửa nằm ở trang ẩn “{order[0].sheet}”",
            f"{order[0].cell}, not mended yet, is on the hidden sheet “{order[0].sheet}”",
        )
        raise InputFault(hidden, expected=Text("bỏ ẩn trang (Unhide) trước", "the sheet unhidden first"))
    if line is None:
        done = Text("mọi ô trong danh sách đã được sửa", "every listed cell has been mended")
        raise InputFault(done, expected=Text("kiểm tra lại để chắc chắn", "another check to be sure"))
    target = desk.book.sheets[line.sheet]
    target.activate()
    target.range(line.cell).select()
    vi, en = f"(còn {len(order)} ô)", f"({len(order)} left)"
    return Text(f"{line.sheet}, ô {line.cell}: {line.what} {vi}", f"{line.sheet}, {line.cell}: {line.what} {en}")


_LANGS: tuple[Lang, ...] = ("vi", "en")


def _place_of(selection: xw.Range | None, lines: list[_Line]) -> int:
    """Which line the selected cell is; -1: none."""
    if selection is None:
        return -1
    selected = selection.sheet.name, selection.address.replace("$", "").partition(":")[0]
    return next((number for number, line in enumerate(lines) if (line.sheet, line.cell) == selected), -1)


def _lines(page: xw.Sheet) -> Iterator[_Line]:
    """The guilty cells in the order of the list, each once: two calls to the host."""
    last = page.used_range.last_cell.row
    if last < FIRST_ROW:
        return
    rows = page.range((FIRST_ROW, 1), (last, NOW_COLUMN)).options(ndim=2).value
    formulas = page.range((FIRST_ROW, NOW_COLUMN), (last, NOW_COLUMN)).options(ndim=2).formula
    cells: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for row, (formula,) in zip(rows, _two_deep(formulas), strict=True):
        reference = _REFERENCE.fullmatch(str(formula))
        if reference is not None:  # else a finding about the whole file, or a cell that was deleted meanwhile
            sheet = (reference[1] or reference[2]).replace("''", "'")
            what = " ".join(str(row[_WHAT_COLUMN - 1]).split("\n")[:2])
            cells.setdefault((sheet, f"{reference[3]}{reference[4]}"), []).append((what, _is_mended(row)))
    for (sheet, cell), found in cells.items():
        yield _Line(sheet, cell, "; ".join(what for what, _ in found), all(mended for _, mended in found))


def _two_deep(formulas: Any) -> list[list[str]]:
    """The formulas of one column as rows, whatever the host makes of a single cell."""
    if isinstance(formulas, str):
        return [[formulas]]
    return [list(row) if isinstance(row, list | tuple) else [row] for row in formulas]


def _is_mended(row: list[object]) -> bool:
    """Whether the cell holds by now what it should; where nobody knew that, whether it was changed."""
    found, expected, now = row[_FOUND_COLUMN - 1], row[EXPECTED_COLUMN - 1], row[NOW_COLUMN - 1]
    if expected is None:
        return found is not None and now != found
    return expected != found and now == expected
