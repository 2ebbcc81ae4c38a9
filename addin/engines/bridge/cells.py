"""What cells hold: values and formulas, read and written as whole blocks.

Values travel as numbers (always with a point), texts, true and false, null for an empty cell, {"error": "#N/A"} and
{"serial": 45352.5}, the day of a cell that is shown as a date, counted from 30 December 1899.
"""

from __future__ import annotations

from typing import Any

from .numbers import DATE, LOGICAL, TIME, format_kind
from .world import MOST_COLUMNS, MOST_ROWS, World, area_of, block_of, like_cells, places, used_area
from .writing import CONTENTS, Writer, day_shift

_ERRORS = {
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
_KINDS = {"values": CONTENTS, "notes": 8, "looks": 32 | 64 | 256}  # com.sun.star.sheet.CellFlags


def values(world: World, book: int, sheet: str, area: list[int]) -> list[list[Any]]:
    """The values of a block, rows of cells."""
    block = world.block(book, sheet, area)
    rows = [list(row) for row in block.getDataArray()]
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                rows[row_number][column] = {"error": _error(block.getCellByPosition(column, row_number))}
            elif value == "":
                rows[row_number][column] = None
    _read_as_shown(world, book, block, rows)
    return rows


def formulas(world: World, book: int, sheet: str, area: list[int]) -> list[list[Any]]:
    """What was typed: `=...` in LibreOffice's own grammar, numbers, texts behind an apostrophe, null."""
    block = world.block(book, sheet, area)
    rows = []
    for typed, data in zip(block.getFormulaArray(), block.getDataArray()):  # noqa: B905 - Python 3.8
        rows.append([_typed(text, value) for text, value in zip(typed, data)])  # noqa: B905
    return rows


def strings(world: World, book: int, sheet: str, area: list[int]) -> list[list[str]]:
    """What a reader of a block sees, in the Vietnamese locale."""
    block = world.block(book, sheet, area)
    return [[block.getCellByPosition(column, row).String for column in range(area[3])] for row in range(area[2])]


def write(world: World, book: int, sheet: str, area: list[int], rows: list[list[Any]]) -> None:
    """Type a block: numbers, true and false, null, dates as in `values`; `=...` is a formula, `'...` a text, any other
    text is what typing it makes of it in English (`50%` a number). Raises Refusal for a protected cell.
    """
    Writer(world, world.books[book], world.typed_block(book, sheet, area)).write(rows)


def array_formula(world: World, book: int, sheet: str, area: list[int]) -> str:
    """The array formula of a block, in LibreOffice's grammar; empty where it has none."""
    return str(world.block(book, sheet, area).getArrayFormula()).strip("{}")


def set_array_formula(world: World, book: int, sheet: str, area: list[int], formula: str) -> None:
    """Raises Refusal for a protected cell."""
    world.typed_block(book, sheet, area).setArrayFormula(formula)


def clear(world: World, book: int, sheet: str, area: list[int], kinds: list[str]) -> None:
    """Empty cells of `values`, `notes`, `looks`. Raises Refusal for a protected cell."""
    block = world.typed_block(book, sheet, area) if kinds == ["values"] else world.open_block(book, sheet, area)
    block.clearContents(sum(_KINDS[kind] for kind in kinds))


def region(world: World, book: int, sheet: str, area: list[int]) -> list[int]:
    """The area around a cell, bounded by empty rows and columns."""
    target = world.sheet(book, sheet)
    cursor = target.createCursorByRange(block_of(target, [*area[:2], 1, 1]))
    cursor.collapseToCurrentRegion()
    return area_of(cursor.RangeAddress)


def end(world: World, book: int, sheet: str, row: int, column: int, direction: str) -> list[int]:
    """Where Ctrl and an arrow lead: `up`, `down`, `left` or `right`."""
    target = world.sheet(book, sheet)
    top, left, rows, columns = used_area(target)
    upright = direction in ("up", "down")
    place, last = (row, MOST_ROWS) if upright else (column, MOST_COLUMNS)
    reach = max(place, top + rows - 1 if upright else left + columns - 1)
    line = block_of(target, [1, column, reach, 1] if upright else [row, 1, 1, reach]).getDataArray()
    filled = [value != "" for cells in line for value in cells]
    if direction in ("up", "left"):
        found = _leap(list(reversed(filled[:place])))
        place = 1 if found is None else place - found
    else:
        found = _leap(filled[place - 1 :])
        place = last if found is None else place + found
    return [place, column] if upright else [row, place]


def _leap(filled: list[bool]) -> int | None:
    """How many cells a leap goes, from the first of `filled`; None: to the edge of the sheet."""
    if filled[:2] == [True, True]:
        return next((at for at, there in enumerate(filled) if not there), len(filled)) - 1
    return next((at for at, there in enumerate(filled) if there and at), None)


def _error(cell: Any) -> str:
    code = cell.getError()
    return _ERRORS.get(code, f"Err:{code}")


def _read_as_shown(world: World, book: int, block: Any, rows: list[list[Any]]) -> None:
    """Turn numbers that are shown as dates or truths into these."""
    opened = world.books[book]
    shift = day_shift(opened)
    for group in like_cells(block):
        kind = format_kind(opened, group.NumberFormat)
        if not kind & (DATE | TIME | LOGICAL):
            continue
        for row, column in places(group, block):
            value = rows[row][column]
            if isinstance(value, float):
                rows[row][column] = bool(value) if kind & LOGICAL else {"serial": value + shift}


def _typed(text: str, value: Any) -> Any:
    if text == "":
        return None
    if isinstance(value, str) and not (text[0] in "={" and text != value):
        return "'" + value
    if text[0] == "=":
        return text
    if text.startswith("{="):
        return text[1:-1]
    return value


OPERATIONS = (values, formulas, strings, write, array_formula, set_array_formula, clear, region, end)
