"""Cells inserted, deleted, moved, copied, pasted, merged."""

from __future__ import annotations

from typing import Any

from .world import MOST_COLUMNS, MOST_ROWS, Refusal, World, area_of, block_of, enum, properties

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
    after them with `like_next`. Raises Refusal on a protected sheet, and where merged cells are in the way.
    """
    target = world.open_sheet(book, sheet)
    row, column, rows, columns = area
    mode = shift.upper()
    if columns == MOST_COLUMNS:
        mode = "ROWS"
    elif rows == MOST_ROWS:
        mode = "COLUMNS"
    witness = target.getCellByPosition(column - 1, row - 1)
    target.insertCells(block_of(target, area).RangeAddress, enum("sheet.CellInsertMode", mode))
    place = witness.CellAddress
    if (place.Row, place.Column) == (row - 1, column - 1):
        raise Refusal("merged", sheet=sheet)
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
    mode = shift.upper()
    if columns == MOST_COLUMNS:
        mode = "ROWS"
    elif rows == MOST_ROWS:
        mode = "COLUMNS"
    upwards = mode in ("ROWS", "UP")
    after = (row - 1 + rows, column - 1) if upwards else (row - 1, column - 1 + columns)
    last = after[0] >= MOST_ROWS or after[1] >= MOST_COLUMNS
    witness = None if last else target.getCellByPosition(after[1], after[0])
    target.removeRange(block_of(target, area).RangeAddress, enum("sheet.CellDeleteMode", mode))
    if witness is not None and (witness.CellAddress.Row, witness.CellAddress.Column) == after:
        raise Refusal("merged", sheet=sheet)


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
        block.getCellByPosition(other_column, other_row).clearContents(1 | 2 | 4 | 16)


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
