"""Thay số cứng bằng công thức: the typed totals of a sheet that equal the sum of their parts become live formulas."""

from __future__ import annotations

from decimal import Decimal

import xlwings as xw

from addin import host
from addin.blocks import set_formats, write
from addin.commands.base import Desk
from addin.selecting import active_grid
from addin.sheets import refuse_protected_sheet
from addin.totals import page
from addin.totals.live import LiveTotals, Reason, Untouched, live_totals
from faults import InputFault, Text
from validators.grid import Grid, Place
from workbook.addresses import Cell

_SHORT = 4  # totals that the message itself names


def to_formulas(desk: Desk) -> Text:
    """Put formulas in the place of the typed totals of the active sheet; the others are listed. Raises InputFault."""
    sheet = desk.book.sheets.active
    refuse_protected_sheet(sheet)
    desk.progress(Text("đang đọc bảng…", "reading the tables…"))
    book = desk.read()
    grid = active_grid(desk, book)
    found = live_totals(book, grid.name)
    if not found.tables:
        none = Text("trang đang mở không có bảng nào", "there is no table on the active sheet")
        table = Text("một bảng có tiêu đề cột và số tiền", "a table with column headings and amounts")
        raise InputFault(none, found=grid.name, expected=table)
    if found.formulas:
        desk.progress(Text("đang thay bằng công thức…", "putting in formulas…"))
        write(sheet, grid, {_cell(place): f"={option.formula}" for place, option in found.formulas.items()})
        desk.progress(Text("đang tính lại…", "calculating…"))
        _put_back(desk, sheet, grid, found)
    return _told(desk, found)


def _cell(place: Place) -> Cell:
    return place.row, place.column


def _put_back(desk: Desk, sheet: xw.Sheet, grid: Grid, found: LiveTotals) -> None:
    """Have the host calculate; a cell that shows another number than before gets that back, and its looks."""
    desk.app.calculate()
    after = active_grid(desk, desk.read())
    typed = {place: grid.value(*_cell(place)) for place in found.formulas}
    numbers = {place: value for place, value in typed.items() if isinstance(value, Decimal)}
    wrong = {place: value for place, value in numbers.items() if after.value(*_cell(place)) != value}
    write(sheet, after, {_cell(place): float(value) for place, value in wrong.items()})
    for place, value in wrong.items():
        del found.formulas[place]
        found.untouched.append(Untouched(place, value, None, Reason.HOST))
    formats = {
        (row, column): before
        for (row, column) in map(_cell, found.formulas)
        if (before := _format(grid, row, column)) != _format(after, row, column)
    }
    set_formats(sheet, formats)


def _format(grid: Grid, row: int, column: int) -> str:
    cell = grid.cell(row, column)
    return cell.number_format if cell else "General"


def _told(desk: Desk, found: LiveTotals) -> Text:
    done, left = len(found.formulas), len(found.untouched)
    if not found.count:
        return Text("Không thấy số tổng nào trong các bảng của trang này.", "The tables of this sheet have no totals.")
    if not done and not left:
        return Text("Mọi số tổng trên trang này đã là công thức.", "Every total on this sheet is a formula already.")
    vi = f"Đã thay {done} số tổng bằng công thức" if done else "Không có số tổng nào được thay bằng công thức"
    en = f"{done} totals became formulas" if done else "No total became a formula"
    if not left:
        return Text(f"{vi}.", f"{en}.")
    where = _listed(found) if left <= _SHORT or host.is_structure_protected(desk.book) else _on_a_sheet(desk, found)
    hint = _hint(found)
    return Text(f"{vi}; {left} số không thay{where.vi}.{hint.vi}", f"{en}; {left} did not{where.en}.{hint.en}")


def _on_a_sheet(desk: Desk, found: LiveTotals) -> Text:
    name, kept = page.place(desk, found)
    if not kept:
        return Text(f" (xem trang “{name}”)", f" (see sheet “{name}”)")
    names = ", ".join(f"“{each}”" for each in kept)
    return Text(
        f" (xem trang “{name}”; trang {names} có điều bạn ghi thêm hoặc sửa nên được giữ lại)",
        f" (see sheet “{name}”; you wrote on {names}, which is kept)",
    )


def _listed(found: LiveTotals) -> Text:
    named, more = found.untouched[:_SHORT], "; …" if len(found.untouched) > _SHORT else ""
    vi, en = ("; ".join(f"{each.place.address} {page.why(each, lang)}" for each in named) for lang in ("vi", "en"))
    return Text(f": {vi}{more}", f": {en}{more}")


def _hint(found: LiveTotals) -> Text:
    """What helps where texts stand for numbers."""
    if not any(each.reason in (Reason.TEXT, Reason.PARTS_TEXT) for each in found.untouched):
        return Text("", "")
    return Text(
        " Có số đang ghi dạng chữ: bấm “Chuyển chữ thành số” rồi làm lại.",
        " Some figures are texts: turn them into numbers first.",
    )
