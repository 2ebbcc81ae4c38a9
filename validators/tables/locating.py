"""Where the tables of a sheet stand: header rows, bodies, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validators.grid import Grid, GridCell
from validators.tables.numerals import looks_like_figure
from validators.tables.units import read_unit, stated_unit
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
_UNIT_LINE = re.compile(r"(?:don vi|dvt|dv tinh|dv)\b")
_LONGEST_INDEX = 60  # characters
_INDEX = re.compile(r"\(?\s*([A-Za-zĐđ]|\d{1,2}[a-z]?)\s*\)?\s*(?:=\s*[\d()\[\]a-zA-Z+\-–x×*/:.,%\s…]+)?")


@dataclass(frozen=True)
class Block:
    """Where a table stands. `header`: its first and last row, the last one before the first where it has none.
    `index_row`: the line of column numbers, part of the header. `skipped`: body rows that only repeat the header.
    """

    header: tuple[int, int]
    body: tuple[int, int]
    columns: tuple[int, int]
    index_row: int | None
    skipped: frozenset[int]


def locate(grid: Grid) -> tuple[Block, ...]:
    """The tables of a sheet, from the top."""
    headers = list(_headers(grid))
    if not headers:
        return tuple(_headless(grid))
    blocks: list[Block] = []
    rows = list(grid.by_row)
    place = 0
    while place < len(headers):
        top, bottom, index_row = headers[place]
        repeats: set[int] = set()
        place += 1
        while place < len(headers) and _same_labels(grid, top, headers[place][0]):
            repeats.update(range(headers[place][0], headers[place][1] + 1))
            repeats.update(_page_number_above(grid, headers[place][0]))
            place += 1
        end = headers[place][0] if place < len(headers) else rows[-1] + 1
        for left, right in _side_by_side(grid, top):
            if block := _block(grid, (top, bottom), end, index_row, frozenset(repeats), left, right):
                blocks.append(block)
    return tuple(blocks)


def _page_number_above(grid: Grid, header: int) -> list[int]:
    """The row above a repeated header, where it holds the number of a page and nothing else."""
    before = header - 1
    cells = [cell.value for cell in grid.by_row.get(before, {}).values() if cell.value is not None]
    return [before] if len(cells) == 1 and _PAGE_NUMBER.fullmatch(str(cells[0])[:_LONGEST_INDEX]) else []


def _side_by_side(grid: Grid, top: int) -> Iterator[tuple[int, int]]:
    """First and last column of each table of a header: "Nội dung thu | Dự toán | Nội dung chi | Dự toán"."""
    labels = [(column, bare(text)) for column, cell in grid.by_row[top].items() if (text := _text(cell.value))]
    opening = labels[0][1].split()[:2] if labels else []
    starts = [column for column, words in labels if words.split()[:2] == opening and len(opening) > 0]
    rest = [words.split()[:1] for _, words in labels]
    half = len(labels) // 2
    if len(starts) != 2 or len(labels) % 2 or half < 2 or rest[1:half] != rest[half + 1 :]:
        starts = starts[:1] or [min(grid.by_row[top])]
    ends = [start - 1 for start in starts[1:]] + [grid.columns]
    yield from zip([1, *starts[1:]], ends, strict=True)


def _block(
    grid: Grid,
    header: tuple[int, int],
    end: int,
    index_row: int | None,
    repeats: frozenset[int],
    first: int,
    last: int,
) -> Block | None:
    """The table below a header, within these columns; it ends with the last row that holds a figure."""
    labels = [
        column
        for row in range(header[0], header[1] + 1)
        for column in grid.by_row.get(row, ())
        if first <= column <= last
    ]
    left = min(labels)
    first_figure = left + 1
    with_figures = [
        row
        for row in grid.by_row
        if header[1] < row < end and row not in repeats and _has_figure(grid.by_row[row], first_figure, last)
    ]
    if not with_figures:
        return None
    body = (header[1] + 1, max(with_figures))
    used = [
        column
        for row in with_figures
        for column, cell in grid.by_row[row].items()
        if cell.value is not None and first <= column <= last
    ]
    spans = [area.right for area in grid.merges if header[0] <= area.top <= header[1] and area.left >= first]
    right = max([*labels, *used, *(min(span, last) for span in spans)])
    return Block(header, body, (min(left, *used), right), index_row, repeats)


def _has_figure(cells: Mapping[int, GridCell], first: int, last: int) -> bool:
    return any(first <= column <= last and looks_like_figure(cell.value) for column, cell in cells.items())


def _headers(grid: Grid) -> Iterator[tuple[int, int, int | None]]:
    """First row, last row and line of column numbers of each header."""
    below = 0
    for row, cells in grid.by_row.items():
        if row <= below or not _is_header(grid, row, cells, below):
            continue
        top = _spanners_above(grid, row, below)
        bottom, index_row = _bottom(grid, row)
        yield top, bottom, index_row
        below = bottom


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
    return isinstance(cell.value, date) or (looks_like_figure(cell.value) and not years_in(str(cell.value)))


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
        only = next(iter(texts.values()))
        if len(texts) == 1 and stated_unit(only) and (_UNIT_LINE.match(bare(only)) or read_unit(only)):
            break
        if not any(_HEADING.match(bare(text)) for text in texts.values()):
            break
        top -= 1
    return top


def _bottom(grid: Grid, top: int) -> tuple[int, int | None]:
    """The last row of the header that begins at `top`, and its line of column numbers."""
    merged = [area.bottom for area in grid.merges if area.top == top and area.bottom - top < _MAX_HEADER]
    bottom, first = max([top, *merged]), _first_columns(grid, top)
    while bottom + 1 <= top + _MAX_HEADER and (cells := grid.by_row.get(bottom + 1)):
        filled = {
            column: cell for column, cell in cells.items() if _text(cell.value) or isinstance(cell.value, Decimal)
        }
        if _is_index_line(filled):
            return bottom + 1, bottom + 1
        if not filled or min(filled) <= first or any(_is_amount(cell) for cell in filled.values()):
            break
        if not any(_is_below_label(grid, top, bottom, column) for column in filled):
            break
        bottom += 1
    return bottom, None


def _is_below_label(grid: Grid, top: int, bottom: int, column: int) -> bool:
    """Whether a label of the header spans a column with others, or has left it blank; or the row below states units."""
    text = _text(grid.value(bottom + 1, column))
    if read_unit(text.strip("()")) or years_in(text):
        return True
    areas = [grid.merge_at(row, column) for row in range(top, bottom + 1)]
    blank = all(column not in grid.by_row.get(row, {}) for row in range(top, bottom + 1))
    return blank or any(area is not None and area.right > area.left for area in areas)


def _is_index_line(cells: Mapping[int, GridCell]) -> bool:
    """Whether a row numbers the columns: "A", "B", "(1)", "2=3+4"."""
    texts = [str(cell.value).strip() for cell in cells.values()]
    if texts == [f"({number})" for number in range(1, len(texts) + 1)] and len(texts) > 1:
        return True
    if len(cells) < 3:
        return False
    numbers, letters = [], []
    for cell in cells.values():
        text = str(cell.value).strip() if isinstance(cell.value, str | Decimal) else ""
        if len(text) > _LONGEST_INDEX:
            return False
        found = _INDEX.fullmatch(text)
        if not found:
            return False
        if found[1].isdigit():
            numbers.append(int(found[1]))
        else:
            letters.append(found[1].upper())
    if letters[:2] == ["A", "B"] and numbers[:1] == [1]:
        return True
    return len(numbers) >= 2 and numbers == sorted(set(numbers)) and numbers[-1] - numbers[0] <= 2 * len(numbers)


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
    return bool(texts) and any(column > texts[0] and looks_like_figure(cell.value) for column, cell in cells.items())
