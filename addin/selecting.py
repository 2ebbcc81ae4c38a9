"""What the user looks at and has selected, as cells of the book that was read."""

from __future__ import annotations

import re

from addin.commands.base import Desk
from faults import InputFault, Text
from validators.grid import Book, Grid
from workbook.addresses import Area, column_number

_AREA = re.compile(r"(?:\$?([A-Z]{1,3}))?\$?(\d+)?(?::(?:\$?([A-Z]{1,3}))?\$?(\d+)?)?")
_LIMIT = 255  # characters of an address in Excel, which cuts off what is more, be it in the middle of an area
_WHOLE = _LIMIT - len(",$XFD$1048576:$XFD$1048576")  # so long an address may be short of a further area
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def active_grid(desk: Desk, book: Book) -> Grid:
    """The sheet that the user looks at. Raises InputFault for one that has no cells, such as a chart."""
    name = desk.book.sheets.active.name
    for grid in book.sheets:
        if grid.name == name:
            return grid
    cells = Text("một trang có các ô", "a sheet with cells")
    raise InputFault(
        Text("trang đang mở không phải bảng tính", "the active sheet has no cells"), found=name, expected=cells
    )


def selected(desk: Desk, grid: Grid) -> tuple[Area, ...]:
    """The selected areas, as far down and right as the sheet holds something.

    Raises InputFault where no cells are selected, but a picture or a chart, and where so many areas are that the host
    may not tell all of them.
    """
    try:
        selection = desk.app.selection
        address = "" if selection is None else selection.address
    except Exception as fault:  # each host has its own kind of exception
        raise _nothing() from fault
    found = areas_of(address)
    if not found:
        raise _nothing()
    return tuple(_filled(area, grid) for area in found)


def areas_of(text: str) -> list[Area]:
    """The areas that hosts call `$C$5:$D$9,$F$5`; those that are no areas of cells are left out.

    Raises InputFault for a text as long as one that Excel may have cut off.
    """
    if len(text) > _WHOLE:
        fewer = Text("chọn ít vùng hơn", "fewer areas selected")
        raise InputFault(Text("đang chọn quá nhiều vùng rời nhau", "too many areas are selected"), expected=fewer)
    return [area for part in text.split(",") if (area := area_of(part)) is not None]


def area_of(text: str) -> Area | None:
    """The area that hosts call `$C$5:$D$9`, `$C:$C` or `$3:$5`; None for any other text."""
    found = _AREA.fullmatch(text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    left, top, right, bottom = found.groups()
    if ":" not in text:
        right, bottom = left, top
    return Area(
        int(top or 1),
        column_number(left) if left else 1,
        int(bottom or _LAST_ROW),
        column_number(right) if right else _LAST_COLUMN,
    )


def _filled(area: Area, grid: Grid) -> Area:
    """An area without the rows and columns beyond what the sheet holds; its first cell stays in any case."""
    if area.size == 1:
        return area
    bottom = min(area.bottom, max(grid.rows, area.top))
    return Area(area.top, area.left, bottom, min(area.right, max(grid.columns, area.left)))


def _nothing() -> InputFault:
    select = Text("chọn ô trước", "cells selected first")
    return InputFault(Text("chưa chọn ô nào", "no cell is selected"), expected=select)
