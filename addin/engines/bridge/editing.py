"""Cells inserted, deleted, moved, copied, pasted, merged."""

from __future__ import annotations

from typing import Any

from .world import (
    MOST_COLUMNS,
    MOST_ROWS,
    Refusal,
    World,
    area_of,
    block_of,
    enum,
    like_cells,
    places,
    properties,
)
from .writing import CONTENTS

_FLAGS = {
    "all": "A",
    "values": "SVD",
    "formulas": "SVDF",
    "formats": "T",
    "comments": "N",
}
_OPERATIONS = {"none": 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}


def insert(world: World, book: int, sheet: str, area: list[int], shift: str, like_next: bool) -> None:
    """Insert cells where `area` is; what was there goes `down` or `right`. They look like what is before them, or
    after them with `like_next`. Raises Refusal on a protected sheet, and where merged cells or an array are in the way.
    """
    target = world.open_sheet(book, sheet)
    mode = _mode(area, shift)
    if mode in ("DOWN", "RIGHT"):
        _refuse_cut(target, area, mode, [])
    witness = target.getCellByPosition(area[1] - 1, area[0] - 1)
    target.insertCells(block_of(target, area).RangeAddress, enum("sheet.CellInsertMode", mode))
    if _place(witness) == (area[0], area[1]):
        raise Refusal("stuck", sheet=sheet)
    if like_next:
        _take_looks(world, book, sheet, area, down=mode in ("ROWS", "DOWN"))


def _take_looks(world: World, book: int, sheet: str, area: list[int], *, down: bool) -> None:
    """Give new cells the looks of those after them."""
    row, column, rows, columns = area
    after = [row + rows, column, 1, columns] if down else [row, column + columns, rows, 1]
    how = {"what": "formats", "operation": "none", "skip_blanks": False, "transpose": False}
    paste(world, [book, sheet, after], [book, sheet, area], how)


def delete(world: World, book: int, sheet: str, area: list[int], shift: str) -> None:
    """Delete cells; what is after them goes `up` or `left`. Raises Refusal as `insert` does."""
    target = world.open_sheet(book, sheet)
    row, column, rows, columns = area
    mode = _mode(area, shift)
    if mode in ("UP", "LEFT"):
        _refuse_cut(target, area, mode, area)
    after = (row + rows, column) if mode in ("ROWS", "UP") else (row, column + columns)
    is_last = after[0] > MOST_ROWS or after[1] > MOST_COLUMNS
    witness = None if is_last else target.getCellByPosition(after[1] - 1, after[0] - 1)
    target.removeRange(block_of(target, area).RangeAddress, enum("sheet.CellDeleteMode", mode))
    if witness is not None and _place(witness) == after:
        raise Refusal("stuck", sheet=sheet)


def _mode(area: list[int], shift: str) -> str:
    """How LibreOffice calls it: whole rows and columns are shifted as such."""
    if area[3] == MOST_COLUMNS:
        return "ROWS"
    return "COLUMNS" if area[2] == MOST_ROWS else shift.upper()


def _place(witness: Any) -> tuple[int, int]:
    """Where a cell is by now, from 1. LibreOffice does not say when it did nothing: a cell that stayed does."""
    return witness.CellAddress.Row + 1, witness.CellAddress.Column + 1


def _refuse_cut(sheet: Any, area: list[int], mode: str, deleted: list[int]) -> None:
    """Refuse to shift, or to delete, a part of merged cells: LibreOffice does it at times, and leaves a mess."""
    row, column, rows, columns = area
    if mode in ("DOWN", "UP"):
        band = [row, column, MOST_ROWS - row + 1, columns]
    else:
        band = [row, column, rows, MOST_COLUMNS - column + 1]
    for merged_area in _merged_areas(sheet):
        for region in [band, deleted] if deleted else [band]:
            if _meets(merged_area, region) and not _within(merged_area, region):
                raise Refusal("stuck", sheet=sheet.Name)


def _merged_areas(sheet: Any) -> list[list[int]]:
    found = []
    for group in like_cells(sheet):
        if group.getByIndex(0).IsMerged:
            for row, column in places(group, sheet):
                cursor = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
                cursor.collapseToMergedArea()
                found.append(area_of(cursor.RangeAddress))
    return found


def _meets(one: list[int], other: list[int]) -> bool:
    return all(one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2] for axis in (0, 1))


def _within(inner: list[int], outer: list[int]) -> bool:
    return all(
        outer[axis] <= inner[axis] and inner[axis] + inner[axis + 2] <= outer[axis] + outer[axis + 2] for axis in (0, 1)
    )


def copy(world: World, book: int, source: str, area: list[int], sheet: str, place: list[int]) -> None:
    """Copy everything to where the area `place` begins, on any sheet of the book. Raises Refusal."""
    origin = world.block(book, source, area)
    target = world.typed_block(book, sheet, [*place[:2], *area[2:]])
    world.sheet(book, sheet).copyRange(target.getCellByPosition(0, 0).CellAddress, origin.RangeAddress)


def move(world: World, book: int, source: str, area: list[int], sheet: str, place: list[int]) -> None:
    """Move everything, formulas that refer to it too. Raises Refusal."""
    origin = world.typed_block(book, source, area)
    target = world.typed_block(book, sheet, [*place[:2], *area[2:]])
    world.sheet(book, sheet).moveRange(target.getCellByPosition(0, 0).CellAddress, origin.RangeAddress)


def paste(world: World, source: list[Any], target: list[Any], how: dict[str, Any]) -> None:
    """Copy and paste. `source` and `target` are book, sheet and area; `how` says `what` (`all`, `values`, `formulas`,
    `formats`, `comments`, `column_widths`), `operation`, `skip_blanks`, `transpose`. Raises Refusal.
    """
    origin, place = world.block(*source), world.typed_block(*target)
    if how["what"] == "column_widths":
        _copy_widths(origin, place)
        return
    dispatcher = world.create("frame.DispatchHelper")
    with _Selected(world.books[source[0]], origin) as frame:
        dispatcher.executeDispatch(frame, ".uno:Copy", "", 0, ())
    with _Selected(world.books[target[0]], place) as frame:
        options = properties(
            Flags=_FLAGS[how["what"]],
            FormulaCommand=_OPERATIONS[how["operation"]],
            SkipEmptyCells=how["skip_blanks"],
            Transpose=how["transpose"],
            AsLink=False,
            MoveMode=4,
        )
        dispatcher.executeDispatch(frame, ".uno:InsertContents", "", 0, options)


def _copy_widths(origin: Any, place: Any) -> None:
    columns, first = place.Spreadsheet.Columns, place.RangeAddress.StartColumn
    for number in range(origin.Columns.Count):
        columns.getByIndex(first + number).Width = origin.Columns.getByIndex(number).Width


class _Selected:
    """A range selected while something is done with it; then what was selected before is again."""

    def __init__(self, book: Any, block: Any) -> None:
        self._controller, self._block = book.CurrentController, block

    def __enter__(self) -> Any:
        self._sheet, self._before = self._controller.getActiveSheet(), self._controller.getSelection()
        self._controller.setActiveSheet(self._block.Spreadsheet)
        self._controller.select(self._block)
        return self._controller.Frame

    def __exit__(self, *_: object) -> None:
        self._controller.setActiveSheet(self._sheet)
        self._controller.select(self._before)


def merge(world: World, book: int, sheet: str, area: list[int], across: bool) -> None:
    """Merge a range, or each of its rows; the first thing in it is all that stays. Raises Refusal."""
    target = world.open_sheet(book, sheet)
    row, column, rows, columns = area
    for part in [[row + number, column, 1, columns] for number in range(rows)] if across else [area]:
        block = block_of(target, part)
        _keep_first(target, block)
        block.merge(True)


def _keep_first(sheet: Any, block: Any) -> None:
    """Leave nothing but the first value, at the top left: LibreOffice would keep the others, out of sight."""
    filled = [(r, c) for r, row in enumerate(block.getDataArray()) for c, value in enumerate(row) if value != ""]
    if not filled:
        return
    row, column = filled[0]
    if (row, column) != (0, 0):
        place = block.getCellByPosition(0, 0).CellAddress
        sheet.moveRange(place, block.getCellRangeByPosition(column, row, column, row).RangeAddress)
    for other_row, other_column in filled[1:]:
        block.getCellByPosition(other_column, other_row).clearContents(CONTENTS)


def unmerge(world: World, book: int, sheet: str, area: list[int]) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_block(book, sheet, area).merge(False)


def merged(world: World, book: int, sheet: str, area: list[int]) -> list[int]:
    """The merged area that the first cell of `area` is in; the cell itself where it is in none."""
    target = world.sheet(book, sheet)
    cursor = target.createCursorByRange(block_of(target, [*area[:2], 1, 1]))
    cursor.collapseToMergedArea()
    return area_of(cursor.RangeAddress)


def has_merged(world: World, book: int, sheet: str, area: list[int]) -> bool:
    """Whether a merged area begins within."""
    return bool(world.block(book, sheet, area).IsMerged)


OPERATIONS = (insert, delete, copy, move, paste, merge, unmerge, merged, has_merged)
