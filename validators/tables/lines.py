"""The rows of a table one by one: number, label, looks, and what each is by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from validators.grid import Grid, GridCell
from validators.tables.locating import Block
from validators.tables.model import Column, Figure, Role, RowKind
from validators.tables.numbering import Number, Scheme, leading_mark, parse_number_mark
from validators.tables.numerals import looks_like_figure
from validators.tables.wording import bare, is_memo, is_source_line, is_total, is_total_row
from workbook.addresses import Cell

_WORDS = re.compile(r"\(?\s*(?:(?:tổng )?số tiền )?(?:viết |ghi )?bằng chữ", re.IGNORECASE)
_REMARK = re.compile(  # rows whose figures are no amounts, or repeat the total in another form
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tỉ suất|tốc độ|so với|so sánh|% |%$|cơ cấu \(?%|mã số|mã kbnn|"
    r"(?:cộng |số )?(?:(?:chuyển|mang) (?:sang )?trang sau|mang sang(?=$| trang)|trang trước (?:chuyển|mang) sang|"
    r"(?:chuyển|mang) (?:sang )?từ trang trước)|"
    r"làm tròn|bình quân|trung bình|cao nhất|thấp nhất|tối đa|tối thiểu|max|min|average)\b|.*\(\s*%",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"(?:cong |tong )?(?:don|luy ke|cong don)\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 1_000  # characters of a label that are read
_MOST_KEPT = 16_384  # labels of which is kept what was told of them: a folder's files use the same ones
_SHORT = 20
_MARKS = {Scheme.BULLET, Scheme.PLUS}  # that do not count


@dataclass(frozen=True)
class Line:
    """A row before its place in the tree is known. `nameless`: it holds figures and no word at all."""

    index: int
    number: Number | None
    label: str
    kind: RowKind
    bold: bool
    has_figures: bool
    indent: int
    nameless: bool = False


def lines_of(grid: Grid, block: Block, columns: Sequence[Column], figures: Mapping[Cell, Figure]) -> list[Line]:
    """The rows of a table's body that hold a text or a figure, from the top."""
    amounts = [column.index for column in columns if column.role.is_amount]
    return _headings_told(_running_told(_groups_told(list(_read(grid, block, columns, figures)))), figures, amounts)


def _read(grid: Grid, block: Block, columns: Sequence[Column], figures: Mapping[Cell, Figure]) -> Iterator[Line]:
    number_at = next((column.index for column in columns if column.role is Role.NUMBER), None)
    content_at = next((column.index for column in columns if column.role is Role.CONTENT), None)
    amounts = [column.index for column in columns if column.role.is_amount]
    others = [column.index for column in columns if column.role in (Role.QUANTITY, Role.UNIT_PRICE, Role.OTHER)]
    for index in range(block.body[0], block.body[1] + 1):
        cells = {
            column: cell
            for column, cell in grid.by_row.get(index, {}).items()
            if block.columns[0] <= column <= block.columns[1]
        }
        if not cells or index in block.skipped:
            continue
        number, label, cell = _identity(cells, number_at, content_at)
        has_figures = any((index, column) in figures for column in (amounts or others))
        if cell is None and not has_figures:
            continue
        bold = cell is not None and (cell.bold or is_capitals(label))
        kind = _kind(number, label, has_figures=has_figures, bold=bold)
        nameless = cell is None and _is_nameless(grid, index, cells, figures, content_at)
        yield Line(index, number, label, kind, bold, has_figures, _indent(cell), nameless)


def _is_nameless(
    grid: Grid, row: int, cells: Mapping[int, GridCell], figures: Mapping[Cell, Figure], content_at: int | None
) -> bool:
    """Whether a row holds figures alone; one that a label above reaches down to, or that names a source, does not."""
    if any(cell.value is not None and (row, column) not in figures for column, cell in cells.items()):
        return False
    return content_at is None or grid.merge_at(row, content_at) is None


def _groups_told(lines: list[Line]) -> list[Line]:
    """A numbered total that is followed by a list of another kind is a group: "II. Tổng số thu", then 1, 2, 3."""
    told: list[Line] = []  # from the bottom: a group may begin with a group
    for line in reversed(lines):
        later = told[-1] if told else None
        opens = line.kind is RowKind.TOTAL and later is not None and later.kind is RowKind.ITEM
        is_group = opens and later and later.number and line.number and _begins_below(line.number, later.number)
        told.append(replace(line, kind=RowKind.ITEM) if is_group else line)
    return told[::-1]


def _running_told(lines: Sequence[Line]) -> list[Line]:
    """What has come together by each year, below a total of the years, adds up no rows."""
    return [
        replace(line, kind=RowKind.TEXT)
        if before is not None and before.kind is RowKind.TOTAL and _RUNNING.match(bare(line.label))
        else line
        for before, line in zip((None, *lines), lines, strict=False)
    ]


def _headings_told(lines: list[Line], figures: Mapping[Cell, Figure], amounts: Sequence[int]) -> list[Line]:
    """A row without a number that the list from 1 below it adds up to is a heading, though it is not bold."""

    def value(line: Line, column: int) -> Decimal:
        figure = figures.get((line.index, column))
        return figure.value if figure and figure.value is not None else Decimal(0)

    for place in range(len(lines) - 1):
        line, first = lines[place], lines[place + 1].number
        if line.bold or line.number or line.kind is not RowKind.ITEM or not line.label or first is None:
            continue
        if first.scheme is Scheme.ARABIC and first.ordinal == 1:
            run = list(takewhile(lambda each: each.number and each.kind is RowKind.ITEM, _from(lines, place + 1)))
            listed = [each for each in run if each.number and each.number.scheme is Scheme.ARABIC]
            stated = [column for column in amounts if value(line, column)]
            if stated and all(value(line, column) == sum(value(each, column) for each in listed) for column in stated):
                lines[place] = replace(line, bold=True)
    return lines


def _from(lines: Sequence[Line], place: int) -> Iterator[Line]:
    """The lines from a place on."""
    return (lines[at] for at in range(place, len(lines)))


def sources_of_totals(lines: Sequence[Line]) -> set[str]:
    """What the lines right below a total are called, of those that stand below items too; one of them is a source."""
    often = Counter(without_share(line.label) for line in lines if _is_plain(line))
    runs: list[list[str]] = []
    below = False
    for line in lines:
        if line.kind is RowKind.TOTAL:
            runs.append([])
            below = True
        elif below and _is_plain(line):
            runs[-1].append(line.label)
        elif line.kind is RowKind.ITEM:
            below = False
    of_sources = [run for run in runs if any(map(is_source_line, run))]
    return {name for run in of_sources for name in map(without_share, run) if often[name] > 1}


def _is_plain(line: Line) -> bool:
    """Whether a row is an item that has no number but a dash at most."""
    return line.kind is RowKind.ITEM and (line.number is None or line.number.scheme in _MARKS)


def _begins_below(number: Number, later: Number) -> bool:
    """Whether a number begins a list of another kind than that of the number before it."""
    if (later.roman or later.ordinal or 1) != 1:
        return False
    return later.scheme is not number.scheme or (later.roman == 1 and number.roman is None)


def _identity(
    cells: Mapping[int, GridCell], number_at: int | None, content_at: int | None
) -> tuple[Number | None, str, GridCell | None]:
    """The item number, the label without it, and the cell that the label stands in."""
    number = None
    marked = cells.get(number_at) if number_at is not None else None
    if marked is not None and marked.value is not None:
        number = parse_number_mark(marked.value)
    cell = cells.get(content_at) if content_at is not None else None
    if cell is None or not str(cell.value or "").strip():
        texts = (
            each
            for column, each in cells.items()
            if isinstance(each.value, str) and not looks_like_figure(each.value) and len(each.value.strip()) > 1
            and (number is None or column != number_at)
            and (content_at is None or column <= content_at)
        )  # fmt: skip
        cell = next(texts, None)
    if cell is None:
        return number, "", marked if number else None
    label = " ".join(str(cell.value)[:_LONGEST].split())
    led = leading_mark(label)
    if led and (number is None or led[0].prefix == number.printed):  # "1 | Mục tiêu | 1.1. Tập huấn"
        number, label = led
    return number, label, cell


def _indent(cell: GridCell | None) -> int:
    """How far in a text stands, by its look or by blanks."""
    if cell is None or not isinstance(cell.value, str):
        return 0
    blanks = len(cell.value) - len(cell.value.lstrip(" \u00a0\t"))
    return cell.indent + (blanks + 1) // 2


@lru_cache(maxsize=_MOST_KEPT)
def without_share(label: str) -> str:
    """The words of a label without what stands in brackets."""
    return bare(_BRACKETS.sub(" ", label))


@lru_cache(maxsize=_MOST_KEPT)
def is_capitals(label: str) -> bool:
    """Whether a label is written in capitals."""
    return len(label) > 3 and label.isupper() and sum(map(str.isalpha, label[:_SHORT])) > 3


@lru_cache(maxsize=_MOST_KEPT)
def is_words(text: str) -> bool:
    """Whether a text is an amount in words and nothing before it: "Bằng chữ: ...", "(Số tiền viết bằng chữ: ...)"."""
    return bool(_WORDS.match(text))


@lru_cache(maxsize=_MOST_KEPT)
def _kind(number: Number | None, label: str, *, has_figures: bool, bold: bool) -> RowKind:
    if is_words(label) or _REMARK.match(label.strip("-+ ")):
        return RowKind.TEXT
    if is_total_row(label) and (number is None or is_total(label)):
        return RowKind.TOTAL if has_figures else RowKind.ITEM
    if is_memo(label) and not has_figures and number is None:
        return RowKind.MEMO
    if not has_figures and number is None and not bold:
        return RowKind.TEXT
    return RowKind.ITEM
