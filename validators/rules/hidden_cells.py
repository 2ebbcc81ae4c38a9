"""Figures that a reader of the sheet does not see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Grid
from validators.rules._figures import label_of
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Form, Role
from validators.tables.unseen import very_hidden
from workbook.addresses import Cell, column_letters


def _check(checked: Checked) -> Iterator[Finding]:
    sheets: set[str] = set()
    for table in checked.tables:
        grid = table.grid
        figures = [cell for cell in table.figures if _is_figure(table, cell)]
        if not figures:
            continue
        if grid.visibility != "visible":
            if grid.name not in sheets:
                sheets.add(grid.name)
                yield _sheet(checked, table)
            continue
        for run in _runs({row for row, _ in figures}, grid.hidden_rows):
            names = Text(*(_named(run, "dòng", "dòng"), _named(run, "row", "rows")))
            yield _finding(checked, table, min(cell for cell in figures if cell[0] in run), names)
        for run in _runs({column for _, column in figures}, grid.hidden_columns):
            letters = [column_letters(column) for column in run]
            names = Text(_named(letters, "cột", "cột"), _named(letters, "column", "columns"))
            yield _finding(checked, table, min(cell for cell in figures if cell[1] in run), names)
    yield from map(_very_hidden, very_hidden(checked.book))


def _is_figure(table: AppendixTable, cell: Cell) -> bool:
    """Whether an amount, a quantity, a price or a ratio stands there; columns without heading are helpers."""
    column = table.column_at[cell[1]]
    counted = column.role.is_amount or column.role in (Role.QUANTITY, Role.UNIT_PRICE, Role.RATIO)
    return counted and table.figures[cell].form in (Form.NUMBER, Form.TEXT) and bool(table.figures[cell].value)


def _runs(filled: Collection[int], hidden: Collection[int]) -> Iterator[range]:
    """The runs of hidden rows or columns that hold figures."""
    lines = sorted(hidden)
    starts = [lines[0], *(after for before, after in pairwise(lines) if after != before + 1)] if lines else []
    for start in starts:
        end = start
        while end + 1 in hidden:
            end += 1
        run = range(start, end + 1)
        if any(line in run for line in filled):
            yield run


def _named(lines: Sequence[object], one: str, several: str) -> str:
    return f"{one} {lines[0]}" if len(lines) == 1 else f"{several} {lines[0]}-{lines[-1]}"


def _finding(checked: Checked, table: AppendixTable, cell: Cell, names: Text) -> Finding:
    place = table.place(cell)
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(f"Bảng có số liệu bị ẩn ở {names.vi}", f"The table has figures in hidden {names.en}"),
        place=place,
        label=label_of(checked, place),
    )


def _sheet(checked: Checked, table: AppendixTable) -> Finding:
    place = table.place((table.area.top, table.area.left))
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Trang “{table.grid.name}” bị ẩn nhưng có bảng số liệu",
            f"The sheet “{table.grid.name}” is hidden and has a table of figures",
        ),
        place=place,
        label=label_of(checked, place),
    )


def _very_hidden(grid: Grid) -> Finding:
    """Nowhere: nobody can go to a cell of the sheet."""
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Trang “{grid.name}” bị ẩn sâu (chỉ macro mới bỏ ẩn được), có bảng số liệu và không được kiểm tra",
            f"The sheet “{grid.name}” is very hidden (only a macro can show it); its table of figures is not checked",
        ),
    )


RULE = Rule(
    name="hidden-cells",
    severity=Severity.INFO,
    title=Text("Số liệu bị ẩn", "Hidden figures"),
    explanation=Text(
        "Trong bảng có dòng hoặc cột bị ẩn mà vẫn chứa số liệu, hoặc cả một trang có bảng bị ẩn. Tổng vẫn cộng các số "
        "này nên người đọc bản in không thể tự cộng lại cho khớp.",
        "A table has hidden rows or columns that hold figures, or a whole sheet with a table is hidden. Totals still "
        "add those figures up, so that a reader of the print cannot check the sums.",
    ),
    example=Text(
        "Dòng 12-14 bị ẩn nhưng vẫn nằm trong =SUM(C5:C20).",
        "The rows 12-14 are hidden and still within =SUM(C5:C20).",
    ),
    remedy=Text(
        "Bỏ ẩn (Unhide) để kiểm tra; nếu không cần thì xóa hẳn trước khi gửi.",
        "Unhide them and look; if they are not needed, delete them before sending.",
    ),
    check=_check,
)
