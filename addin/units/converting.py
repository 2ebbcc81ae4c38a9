"""The change of unit carried out in the open book, recalculated by the host, and taken back if anything is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

import xlwings as xw

from addin import blocks
from addin.blocks import text
from addin.commands.base import Desk
from addin.sheets import refuse_protected_sheet
from addin.units.columns import money_columns
from addin.units.planning import Plan, plan_of
from addin.units.verifying import refuse_wrong
from budget.money import Unit
from faults import InputFault, Text
from validators.grid import Book, Grid
from validators.rules._money import names_money
from validators.tables.model import AppendixTable
from validators.tables.understanding import tables_of
from workbook.addresses import Area, Cell, column_letters
from workbook.metrics import POINTS_PER_WIDTH_UNIT, text_width

_WIDEST = 60.0  # characters: no figure needs a wider column
_SIZE = 12.0  # points, where a cell is of several sizes


def convert_sheet(desk: Desk, target: Unit) -> Text:
    """Bring the tables of the active sheet into `target` and say what was done.

    Raises InputFault where a figure or a formula is in the way; every cell is as it was then.
    """
    sheet = desk.book.sheets.active
    refuse_protected_sheet(sheet)
    book = desk.read()
    tables = _tables(book.sheet(sheet.name))
    kept = [table.area for table in tables if table.unit is target]
    work = _Work(desk)
    try:
        for source in _sources(sheet.name, tables, target):
            if work.done:
                tables = _tables(book.sheet(sheet.name))  # as they are by now
            book = work.carry_out(plan_of(book, tables, source, target), book)
    except BaseException:
        work.take_back()
        raise
    return _told(sheet.name, work.done, target, kept)


def _tables(grid: Grid) -> list[AppendixTable]:
    """The tables that hold money, for all that is known; tables of counts are none where others are of money."""
    tables = [table for table in tables_of(grid) if money_columns(table)]
    return [table for table in tables if table.unit is not None or any(map(names_money, table.columns))] or tables


def _sources(name: str, tables: Sequence[AppendixTable], target: Unit) -> list[Unit]:
    """The units that have to be converted. Raises InputFault where there is none, or a table states no unit."""
    place = Text(f"trang “{name}”", f"sheet “{name}”")
    if not tables:
        what = Text("không có bảng số tiền nào", "there is no table of amounts")
        raise InputFault(what, place=place, expected=Text("một bảng có cột số tiền", "a table with a column of money"))
    for table in tables:
        if table.unit is None:
            where = Text(f"{place.vi}, bảng {table.area}", f"{place.en}, table {table.area}")
            line = Text(
                "một dòng như “Đơn vị tính: triệu đồng” phía trên bảng",
                "a line such as “Đơn vị tính: triệu đồng” above the table",
            )
            raise InputFault(Text("bảng chưa ghi đơn vị tính", "the table states no unit"), place=where, expected=line)
    sources = list(dict.fromkeys(table.unit for table in tables if table.unit is not None and table.unit is not target))
    if not sources:
        what = Text(f"các bảng đã tính bằng {target.label}", f"the tables are in {target.label} already")
        raise InputFault(what, place=place)
    return sources


class _Work:
    """Changes that were made in the open book, each with the way back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._back: list[Callable[[], None]] = []
        self.done: list[Plan] = []

    def carry_out(self, plan: Plan, before: Book) -> Book:
        """Make the change; the book as the host has recalculated it. Raises InputFault if a cell is wrong then."""
        sheets = {plan.grid.name, *(place.sheet for place in plan.formulas)}
        for name in sheets:
            refuse_protected_sheet(self._desk.book.sheets[name])
        self._desk.progress(Text("đang đổi đơn vị…", "changing the unit…"))
        self._format(plan)
        for name in sheets:
            self._write(before.sheet(name), plan)
        self._reword(plan)
        self._widen(plan)
        self._desk.progress(Text("đang đối chiếu…", "comparing…"))
        self._desk.app.calculate()
        after = self._desk.read()
        refuse_wrong(before, after, plan)
        self.done.append(plan)
        return after

    def take_back(self) -> None:
        """Everything is as it was."""
        for step in reversed(self._back):
            step()

    def _format(self, plan: Plan) -> None:
        sheet = self._desk.book.sheets[plan.grid.name]
        old = {cell: plan.grid.cells[cell].number_format for cell in plan.formats}
        self._back.append(lambda: blocks.set_formats(sheet, old))
        blocks.set_formats(sheet, plan.formats)

    def _write(self, grid: Grid, plan: Plan) -> None:
        sheet = self._desk.book.sheets[grid.name]
        new: dict[Cell, str | float] = {
            (place.row, place.column): f"={formula}"
            for place, formula in plan.formulas.items()
            if place.sheet == grid.name
        }
        if grid.name == plan.grid.name:
            new.update(plan.numbers)
        old = {cell: _content(grid, cell) for cell in new}
        self._back.append(lambda: blocks.write(sheet, grid, old))
        blocks.write(sheet, grid, new)

    def _reword(self, plan: Plan) -> None:
        sheet = self._desk.book.sheets[plan.grid.name]
        old = {cell: str(plan.grid.value(*cell)) for cell in plan.texts}
        self._back.append(lambda: _put(sheet, old))
        _put(sheet, plan.texts)

    def _widen(self, plan: Plan) -> None:
        sheet = self._desk.book.sheets[plan.grid.name]
        for place, figure in plan.widest.items():
            if place[1] in plan.grid.hidden_columns:  # a width would show it
                continue
            cell = sheet.range(place)
            width = cell.column_width
            need = text_width(figure, cell.font.size or _SIZE, bold=True) / POINTS_PER_WIDTH_UNIT + 1
            if width is not None and need > width:
                self._back.append(partial(setattr, cell, "column_width", width))
                cell.column_width = min(round(need, 1), _WIDEST)


def _content(grid: Grid, cell: Cell) -> str | float:
    held = grid.cells[cell]
    if held.formula:
        return f"={held.formula}"
    assert isinstance(held.value, Decimal)
    return float(held.value)


def _put(sheet: xw.Sheet, texts: Mapping[Cell, str]) -> None:
    for cell, content in texts.items():
        sheet.range(cell).value = text(content)


def _told(name: str, done: Sequence[Plan], target: Unit, kept: Sequence[Area]) -> Text:
    """What was done. `kept`: the tables that were in `target` already."""
    tables = [str(area) for plan in done for area in plan.tables]
    numbers, formulas = sum(len(plan.numbers) for plan in done), sum(len(plan.formulas) for plan in done)
    sources, areas = ", ".join(plan.source.label for plan in done), ", ".join(tables)
    vi = (
        f"Đã đổi {len(tables)} bảng của trang “{name}” từ {sources} sang {target.label}: {numbers} số, "
        f"{formulas} công thức được sửa hệ số. Các công thức khác giữ nguyên; mọi ô đã được tính lại và đối chiếu."
    )
    en = (
        f"{len(tables)} tables of sheet “{name}” are in {target.label} now and no longer in {sources}: "
        f"{numbers} numbers, {formulas} formulas with another factor. All other formulas are as they were; every cell "
        "was compared."
    )
    if len(tables) + len(kept) > 1:
        vi += f"\nBảng được đổi: {areas}."
        en += f"\nTables that are converted: {areas}."
    if own := _named({column: heading for plan in done for column, heading in plan.own.items()}):
        vi += f"\nCột ghi đơn vị riêng ở tiêu đề cũng được đổi: {own}."
        en += f"\nColumns whose headings state the unit are converted too: {own}."
    if left := _named({column: heading for plan in done for column, heading in plan.left.items()}):
        vi += f"\nCột có số được giữ nguyên: {left}."
        en += f"\nColumns whose numbers stay as they are: {left}."
    if kept:
        others = ", ".join(map(str, kept))
        vi += f"\nBảng vốn tính bằng {target.label}, giữ nguyên: {others}."
        en += f"\nTables that were in {target.label} before: {others}."
    return Text(vi, en)


def _named(columns: Mapping[int, str]) -> str:
    return ", ".join(f"{column_letters(column)} ({heading})" for column, heading in sorted(columns.items()))
