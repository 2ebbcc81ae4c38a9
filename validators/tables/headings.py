"""What stands above each column: its labels from the top, and what a line of column numbers states of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from validators.grid import Grid
from validators.tables.locating import Block
from validators.tables.model import Span
from validators.tables.wording import folded

_LONGEST = 300  # characters of a heading
_KEY = re.compile(r"[(\[]?\s*([A-Za-zĐđ]|\d{1,2}[a-z]?)\s*[)\]]?\s*(?:=\s*(.+))?")
_TERM = re.compile(r"([+\-–]?)\s*[(\[]*\s*(\d{1,2}[a-z]?)\s*[)\]]*")


def spans(grid: Grid, block: Block) -> tuple[tuple[Span, ...], ...]:
    """The labels of each header row, from the left; a label that is not merged reaches over the blanks at its right
    as far as columns there have labels of their own further down.
    """
    no_labels = (block.index_row, block.unit_row)
    rows = [row for row in range(block.header[0], block.header[1] + 1) if row not in no_labels]
    return tuple(tuple(_row_spans(grid, row, rows, block)) for row in rows)


def _row_spans(grid: Grid, row: int, rows: list[int], block: Block) -> list[Span]:
    found = []
    for column, cell in grid.by_row.get(row, {}).items():
        if cell.value is None or not block.columns[0] <= column <= block.columns[1]:
            continue
        area = grid.merge_at(row, column)
        right = area.right if area else column
        if area is None or area.right == area.left:
            lower = [each for each in rows if each > (area.bottom if area else row)]
            while right < block.columns[1] and _continues(grid, row, right + 1, rows, lower):
                right += 1
            if right > column and not any(column in grid.by_row.get(each, {}) for each in lower):
                right = column  # nothing stands below the label itself: it is a column of its own
        found.append(Span(row, column, min(right, block.columns[1]), _label(cell.value)))
    return found


def _continues(grid: Grid, row: int, column: int, rows: list[int], lower: list[int]) -> bool:
    """Whether a label at the left reaches over a column: blank here and above, with a label below."""
    blank = all(
        column not in grid.by_row.get(each, {}) and not grid.merge_at(each, column) for each in rows if each <= row
    )
    above_blank = blank or (
        column not in grid.by_row.get(row, {})
        and not grid.merge_at(row, column)
        and any(grid.merge_at(each, column) or column in grid.by_row.get(each, {}) for each in rows if each < row)
    )
    return above_blank and any(column in grid.by_row.get(each, {}) for each in lower)


def _label(value: object) -> str:
    return " ".join(str(value)[:_LONGEST].split())


def paths(all_spans: tuple[tuple[Span, ...], ...], block: Block) -> Mapping[int, tuple[str, ...]]:
    """The labels above each column, from the top; a label that only repeats the one above it counts once."""
    found: dict[int, tuple[str, ...]] = {}
    for column in range(block.columns[0], block.columns[1] + 1):
        labels = [span.text for row in all_spans for span in row if span.left <= column <= span.right]
        kept = [text for place, text in enumerate(labels) if not place or folded(text) != folded(labels[place - 1])]
        found[column] = tuple(kept)
    return found


def stated_sums(grid: Grid, block: Block) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """What the line of column numbers states: column -> (sign, column) of each part. Products are not sums."""
    if block.index_row is None:
        return {}
    keys, texts = {}, {}
    for column, cell in grid.by_row[block.index_row].items():
        if found := _KEY.fullmatch(str(cell.value)[:_LONGEST].strip()):
            keys[found[1].lower()] = column
            texts[column] = found[2]
    stated = {}
    for column, text in texts.items():
        if not text or re.search(r"[x×*/:%]", text, re.IGNORECASE) or "..." in text or "…" in text:
            continue
        terms = [(-1 if sign in ("-", "–") else 1, keys.get(key.lower())) for sign, key in _TERM.findall(text)]
        if terms and all(part for _, part in terms):
            stated[column] = tuple((sign, part) for sign, part in terms if part)
    return stated
