"""Where the tables of a sheet stand: header rows, bodies, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validators.grid import Grid, GridCell
from validators.tables.column_numbers import is_column_numbers
from validators.tables.numerals import looks_like_figure
from validators.tables.own_units import looks_like_amount
from validators.tables.units import is_unit_line, read_unit
from validators.tables.wording import bare, is_total, years_in

_MAX_HEADER = 6  # rows
_LONG = 120  # characters: more is no heading
_NUMBERING = re.compile(r"(?:stt|tt|t t|so tt|so thu tu|s t t)$")
_HEADING = re.compile(
    r"(?:stt|tt|t t|so tt|so thu tu|noi dung|hang muc|nhiem vu|danh muc|ten|dien giai|chi tieu|kinh phi|tong|du toan|"
    r"thanh tien|so luong|sl|khoi luong|kl|don gia|don vi|dvt|ghi chu|thoi gian|tien do|muc tieu|co quan|chu tri|"
    r"phoi hop|nguon|ngan sach|ns|nstw|nsdp|nam|trong do|giai doan|ke hoach|von|gia tri|so tien|ty le|cong|ma|"
    r"dia diem|quyet dinh|luy ke|chi phi|muc chi|muc|san pham|phan ky|khoan|loai|chuong trinh|du an|dia phuong|"
    r"item|description|quantity|qty|unit|amount|cost|budget|total|notes?|remarks?|thu|chi|ton|no|co|dien giai|"
    r"bat dau|ket thuc|quy mo|nhu cau|uoc|thuc hien|so sanh|co cau|quy|thang|chu dau tu|xa hoi hoa|dinh muc|so)\b"
)
_PAGE = re.compile(r"(?:trang|page|tr)\s*(?:so\s*)?\d{1,3}(?:\s*(?:/|tren|of)?\s*\d{1,3})?")
_PAGE_NUMBER = re.compile(r"[-–\s]*\d{1,3}[-–\s]*")
_LONGEST_PAGE_NUMBER = 60  # characters


@dataclass(frozen=True)
class Block:
    """Where a table stands. `header`: its first and last row, the last one before the first where it has none.
    `index_row` and `unit_row`: the line of column numbers and that of the unit, parts of the header that are no labels.
    `skipped`: body rows that only repeat the header.
    """

    header: tuple[int, int]
    body: tuple[int, int]
    columns: tuple[int, int]
    index_row: int | None
    skipped: frozenset[int]
    unit_row: int | None = None


@dataclass(frozen=True)
class _Header:
    """The rows of a header, and the lines of column numbers and of the unit among them."""

    top: int
    bottom: int
    index_row: int | None = None
    unit_row: int | None = None


def locate(grid: Grid) -> tuple[Block, ...]:
    """The tables of a sheet, from the top."""
    headers = list(_headers(grid))
    if not headers:
        return tuple(_headless(grid))
    blocks: list[Block] = []
    rows = list(grid.by_row)
    place = 0
    while place < len(headers):
        header = headers[place]
        repeats: set[int] = set()
        place += 1
        while place < len(headers) and _same_labels(grid, header.top, headers[place].top):
            repeats.update(range(headers[place].top, headers[place].bottom + 1))
            repeats.update(_page_number_above(grid, headers[place].top))
            place += 1
        end = headers[place].top if place < len(headers) else rows[-1] + 1
        for left, right in _side_by_side(grid, header.top):
            if block := _block(grid, header, end, frozenset(repeats), left, right):
                blocks.append(block)
    return tuple(blocks)


def _page_number_above(grid: Grid, header: int) -> list[int]:
    """The row above a repeated header, where it holds the number of a page and nothing else."""
    before = header - 1
    cells = [cell.value for cell in grid.by_row.get(before, {}).values() if cell.value is not None]
    return [before] if len(cells) == 1 and _PAGE_NUMBER.fullmatch(str(cells[0])[:_LONGEST_PAGE_NUMBER]) else []


def _side_by_side(grid: Grid, top: int) -> Iterator[tuple[int, int]]:
    """First and last column of each table of a header: "Nội dung thu | Dự toán | Nội dung chi | Dự toán"."""
    labels = [(column, bare(text)) for column, cell in grid.by_row[top].items() if (text := _text(cell.value))]
    opening = labels[0][1].split()[:2] if labels else []
    starts = [column for column, words in labels if words.split()[:2] == opening and len(opening) > 0]
    numbered = len(starts) > 1 and bool(_NUMBERING.match(labels[0][1]))  # each table counts its own rows
    rest = [words.split()[:1] for _, words in labels]
    half = len(labels) // 2
    alike = len(starts) == 2 and len(labels) % 2 == 0 and half >= 2 and rest[1:half] == rest[half + 1 :]
    if not numbered and not alike:
        starts = starts[:1] or [min(grid.by_row[top])]
    ends = [start - 1 for start in starts[1:]] + [grid.columns]
    yield from zip([1, *starts[1:]], ends, strict=True)


def _block(grid: Grid, header: _Header, end: int, repeats: frozenset[int], first: int, last: int) -> Block | None:
    """The table below a header, within these columns; it ends with the last row that holds a figure."""
    labels = [
        column
        for row in range(header.top, header.bottom + 1)
        for column in grid.by_row.get(row, ())
        if first <= column <= last
    ]
    left = min(labels)
    first_figure = left + 1
    with_figures = [
        row
        for row in grid.by_row
        if header.bottom < row < end and row not in repeats and _has_figure(grid.by_row[row], first_figure, last)
    ]
    if not with_figures:
        return None
    body = (header.bottom + 1, max(with_figures))
    used = [
        column
        for row in with_figures
        for column, cell in grid.by_row[row].items()
        if cell.value is not None and first <= column <= last
    ]
    spans = [area.right for area in grid.merges if header.top <= area.top <= header.bottom and area.left >= first]
    right = max([*labels, *used, *(min(span, last) for span in spans)])
    columns = (min(left, *used), right)
    return Block((header.top, header.bottom), body, columns, header.index_row, repeats, header.unit_row)


def _has_figure(cells: Mapping[int, GridCell], first: int, last: int) -> bool:
    return any(first <= column <= last and looks_like_amount(cell.value) for column, cell in cells.items())


def _headers(grid: Grid) -> Iterator[_Header]:
    """The headers of a sheet, from the top."""
    below = 0
    for row, cells in grid.by_row.items():
        if row <= below or not _is_header(grid, row, cells, below):
            continue
        header = _header(grid, _spanners_above(grid, row, below), row)
        yield header
        below = header.bottom


def _is_header(grid: Grid, row: int, cells: Mapping[int, GridCell], below: int) -> bool:
    """Whether a row is the main one of a header: short words that headings use, and no figures but years."""
    texts = [text for cell in cells.values() if (text := _text(cell.value))]
    if len(texts) < 2 or any(_is_amount(cell) for cell in cells.values()):
        return False
    if any(len(text) > _LONG for text in texts):
        return False
    words = [bare(text) for text in texts]
    hits = sum(bool(_HEADING.match(word)) or bool(years_in(word)) for word in words)
    if any(_NUMBERING.match(word) for word in words):
        return hits >= 2
    if is_total(texts[0]) or (len(set(words)) < len(words) and hits < len(words)):
        return False
    follows_body = below and row - 1 in grid.by_row and len(grid.by_row[row - 1]) > 1
    return hits >= (3 if follows_body or len(texts) > 2 else 2) and hits / len(words) > 0.6


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _is_amount(cell: GridCell) -> bool:
    """Whether a cell holds a figure that is no year."""
    if isinstance(cell.value, Decimal):
        return not (cell.value == int(cell.value) and 1990 <= cell.value <= 2100)
    if isinstance(cell.value, date):
        return True
    return looks_like_amount(cell.value) and not years_in(str(cell.value)) and not read_unit(str(cell.value))


def _first_columns(grid: Grid, row: int) -> int:
    """The last of the columns at the left that say what a row is: number and content."""
    labels = [(column, bare(text)) for column, cell in grid.by_row[row].items() if (text := _text(cell.value))]
    first = labels[0][0]
    return labels[1][0] if _NUMBERING.match(labels[0][1]) and len(labels) > 1 else first


def _spanners_above(grid: Grid, row: int, below: int) -> int:
    """The first row of a header whose main row is `row`: labels that span columns may stand above it."""
    top, first = row, _first_columns(grid, row)
    while top - 1 > below and row - top < 2 and (cells := grid.by_row.get(top - 1)):
        texts = {column: text for column, cell in cells.items() if (text := _text(cell.value))}
        if not texts or min(texts) <= first or any(_is_amount(cell) for cell in cells.values()):
            break
        if len(texts) == 1 and is_unit_line(next(iter(texts.values()))):
            break
        if not any(_HEADING.match(bare(text)) for text in texts.values()):
            break
        top -= 1
    return top


def _header(grid: Grid, top: int, main: int) -> _Header:
    """The header that begins at `top` and whose main row is `main`."""
    merged = [area.bottom for area in grid.merges if area.top == main and area.bottom - main < _MAX_HEADER]
    bottom, first = max([main, *merged]), _first_columns(grid, main)
    index_row = unit_row = None
    while bottom < main + _MAX_HEADER:
        row = bottom + 1 if bottom + 1 in grid.by_row else bottom + 2  # a blank row sets off no label, but other lines
        filled = {
            column: cell
            for column, cell in grid.by_row.get(row, {}).items()
            if _text(cell.value) or isinstance(cell.value, Decimal)
        }
        numbers = index_row is None and is_column_numbers(
            filled, _next_row(grid, row), _labelled(grid, (top, bottom), row), first
        )
        if numbers:
            bottom = index_row = row
        elif _is_unit_row(filled, first):
            bottom = unit_row = row
        elif row == bottom + 1 and index_row is None and _are_labels(grid, main, bottom, filled, first):
            bottom = row
        else:
            break
    return _Header(top, bottom, index_row, unit_row)


def _labelled(grid: Grid, header: tuple[int, int], row: int) -> set[int]:
    """The columns with a label in a header; of those that one cell of `row` covers the first."""
    columns = {column for each in range(header[0], header[1] + 1) for column in grid.by_row.get(each, ())}
    return {column for column in columns if not (area := grid.merge_at(row, column)) or area.left == column}


def _next_row(grid: Grid, row: int) -> Mapping[int, GridCell]:
    """The cells of the next row that holds anything, one blank row in between at most."""
    return grid.by_row.get(row + 1) or grid.by_row.get(row + 2) or {}


def _is_unit_row(cells: Mapping[int, GridCell], first: int) -> bool:
    """Whether a row states the unit of the table; one at the right that is no more than a unit is of its column."""
    if len(cells) != 1:
        return False
    column, cell = next(iter(cells.items()))
    text = _text(cell.value)
    return is_unit_line(text) and (column <= first or not read_unit(text))


def _are_labels(grid: Grid, top: int, bottom: int, cells: Mapping[int, GridCell], first: int) -> bool:
    """Whether a row goes on with the labels of the header above it."""
    if not cells or min(cells) <= first or any(_is_amount(cell) for cell in cells.values()):
        return False
    return any(_is_below_label(grid, top, bottom, column) for column in cells)


def _is_below_label(grid: Grid, top: int, bottom: int, column: int) -> bool:
    """Whether a label of the header spans a column with others, or has left it blank; or the row below states units."""
    text = _text(grid.value(bottom + 1, column))
    if read_unit(text.strip("()")) or years_in(text):
        return True
    areas = [grid.merge_at(row, column) for row in range(top, bottom + 1)]
    blank = all(column not in grid.by_row.get(row, {}) for row in range(top, bottom + 1))
    return blank or any(area is not None and area.right > area.left for area in areas)


def _same_labels(grid: Grid, first: int, second: int) -> bool:
    """Whether two header rows carry the same words: a page break repeats the header."""

    def words(row: int) -> list[str]:
        return [bare(str(cell.value)) for cell in grid.by_row[row].values() if cell.value is not None]

    between = [row for row in grid.by_row if first < row < second]
    captions = [row for row in between if _is_caption(grid, row)]
    return words(first) == words(second) and not (captions and max(captions) >= second - 2)


def _is_caption(grid: Grid, row: int) -> bool:
    """Whether a row is a line of text alone."""
    cells = [cell for cell in grid.by_row[row].values() if cell.value is not None]
    return (
        len(cells) == 1
        and bool(text := _text(cells[0].value))
        and not looks_like_figure(text)
        and not _PAGE.fullmatch(bare(text))
    )


def _headless(grid: Grid) -> Iterator[Block]:
    """A sheet without any heading word: the rows with a text and a figure after it; the row above may be its header."""
    rows = [row for row, cells in grid.by_row.items() if _is_line(cells)]
    if len(rows) < 2:
        return
    first, last = rows[0], rows[-1]
    above = grid.by_row.get(first - 1, {})
    texts = [cell for cell in above.values() if _text(cell.value)]
    has_header = len(texts) >= 2 and not any(_is_amount(cell) for cell in above.values())
    header = (first - 1, first - 1) if has_header else (first, first - 1)
    used = [column for row in grid.by_row if first <= row <= last for column in grid.by_row[row]]
    yield Block(header, (first, last), (min(used), max([*used, *above])), None, frozenset())


def _is_line(cells: Mapping[int, GridCell]) -> bool:
    texts = [column for column, cell in cells.items() if _text(cell.value) and not looks_like_figure(cell.value)]
    return bool(texts) and any(column > texts[0] and looks_like_amount(cell.value) for column, cell in cells.items())
