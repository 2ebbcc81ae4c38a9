"""The rows of a table: what each one is, and which one it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from validators.grid import Grid, GridCell
from validators.tables.locating import Block
from validators.tables.model import Cell, Column, Figure, Role, Row, RowKind
from validators.tables.numbering import Number, Scheme, follows, leading_mark, parse_number_mark
from validators.tables.numerals import looks_like_figure
from validators.tables.wording import (
    bare,
    is_group_total,
    is_memo,
    is_source_line,
    is_total,
    is_total_row,
    stated_names,
)

_WORDS = re.compile(r"\(?\s*(?:(?:tổng )?số tiền )?(?:viết |ghi )?bằng chữ", re.IGNORECASE)
_REMARK = re.compile(  # rows whose figures are no amounts, or repeat the total in another form
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ|so với|so sánh|% |%$|cơ cấu \(?%|mã số|mã kbnn|làm tròn|bình quân|"
    r"trung bình|cao nhất|thấp nhất|tối đa|tối thiểu|max|min|average)\b|.*\(\s*%",
    re.IGNORECASE,
)
_SHORT = 20
_BRACKETS = re.compile(r"\([^)]*\)")
_OUTER = {Scheme.ROMAN, Scheme.CAPITAL}
_LINES = {Scheme.BULLET, Scheme.PLUS, Scheme.NONE, Scheme.SOURCE}
_RANK = {
    Scheme.CAPITAL: 1,
    Scheme.ROMAN: 1,
    Scheme.CAPITALS: 2,
    Scheme.BOLD: 2,
    Scheme.ARABIC: 3,
    Scheme.DOTTED: 4,
    Scheme.LETTER: 4,
    Scheme.BRACKETED: 4,
    Scheme.SMALL_ROMAN: 5,
    Scheme.BULLET: 6,
    Scheme.NONE: 6,
    Scheme.PLUS: 7,
    Scheme.SOURCE: 8,
}


@dataclass(frozen=True)
class _Line:
    """A row before its place in the tree is known."""

    index: int
    number: Number | None
    label: str
    kind: RowKind
    bold: bool
    has_figures: bool
    indent: int


@dataclass
class _Node:
    """A row that later ones may belong to."""

    row: Row
    scheme: Scheme | None  # None: a total or an "of which" heading
    number: Number | None
    name: str = ""  # what dotted numbers call it
    list: Scheme | None = None  # of the rows right below it
    indent: int = 0


def rows_of(grid: Grid, block: Block, columns: Sequence[Column], figures: Mapping[Cell, Figure]) -> tuple[Row, ...]:
    """The rows below the header, from the top; those without any text or figure are left out."""
    lines = _groups_told(list(_lines(grid, block, columns, figures)))
    amounts = [column.index for column in columns if column.role.is_amount]
    return tuple(_Outline(lines, figures, amounts).rows())


def _lines(grid: Grid, block: Block, columns: Sequence[Column], figures: Mapping[Cell, Figure]) -> Iterator[_Line]:
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
        bold = cell is not None and (cell.bold or _is_capitals(label))
        kind = _kind(number, label, has_figures=has_figures, bold=bold)
        yield _Line(index, number, label, kind, bold, has_figures, _indent(cell))


def _groups_told(lines: list[_Line]) -> list[_Line]:
    """A numbered total that is followed by a list of another kind is a group: "II. Tổng số thu", then 1, 2, 3."""
    told: list[_Line] = []  # from the bottom: a group may begin with a group
    for line in reversed(lines):
        later = told[-1] if told else None
        opens = line.kind is RowKind.TOTAL and later is not None and later.kind is RowKind.ITEM
        is_group = opens and later and later.number and line.number and _begins_below(line.number, later.number)
        told.append(replace(line, kind=RowKind.ITEM) if is_group else line)
    return told[::-1]


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
    label = " ".join(str(cell.value).split())
    if number is None and (led := leading_mark(label)):
        number, label = led
    return number, label, cell


def _indent(cell: GridCell | None) -> int:
    """How far in a text stands, by its look or by blanks."""
    if cell is None or not isinstance(cell.value, str):
        return 0
    blanks = len(cell.value) - len(cell.value.lstrip(" \u00a0\t"))
    return cell.indent + (blanks + 1) // 2


def _without_share(label: str) -> str:
    """The words of a label without what stands in brackets."""
    return bare(_BRACKETS.sub(" ", label))


def _is_capitals(label: str) -> bool:
    return len(label) > 3 and label.isupper() and sum(map(str.isalpha, label[:_SHORT])) > 3


def _kind(number: Number | None, label: str, *, has_figures: bool, bold: bool) -> RowKind:
    if _WORDS.match(label) or _REMARK.match(label.strip("-+ ")):
        return RowKind.TEXT
    if is_total_row(label) and (number is None or is_total(label)):
        return RowKind.TOTAL if has_figures else RowKind.ITEM
    if is_memo(label) and not has_figures and number is None:
        return RowKind.MEMO
    if not has_figures and number is None and not bold:
        return RowKind.TEXT
    return RowKind.ITEM


class _Outline:
    """Puts rows into a tree, from the top: a way of counting that is open goes on, a new one is below the last row."""

    def __init__(self, lines: Sequence[_Line], figures: Mapping[Cell, Figure], amounts: Sequence[int]) -> None:
        self._lines, self._figures, self._amounts = lines, figures, amounts
        self._open: list[_Node] = []
        self._sources: set[str] = set()  # what the "of which" lines of a total are called
        self._numbered = any(line.number and line.number.scheme not in _LINES for line in lines)
        self._outer = any(line.number and line.number.scheme in _OUTER for line in lines)
        headings = [line for line in lines if line.bold and line.number is None and line.kind is RowKind.ITEM]
        self._two_levels = len({_is_capitals(line.label) for line in headings}) > 1

    def rows(self) -> Iterator[Row]:
        """The rows with their parents and depths."""
        for line in self._lines:
            if line.kind is RowKind.TEXT:
                number = line.number.printed if line.number else ""
                yield Row(line.index, number, line.label, line.kind, len(self._open), self._parent(), bold=line.bold)
            elif line.kind is RowKind.TOTAL:
                yield self._total(line)
            elif line.kind is RowKind.MEMO:
                yield self._memo(line)
            else:
                yield self._item(line)

    def _parent(self) -> int | None:
        return self._open[-1].row.index if self._open else None

    def _add(self, line: _Line, scheme: Scheme | None, *, memo: bool = False, number: Number | None = None) -> Row:
        printed = line.number.printed if line.number else ""
        parent, kept = self._parent(), scheme.value if scheme else ""
        row = Row(line.index, printed, line.label, line.kind, len(self._open), parent, memo, line.bold, kept)
        name = ""
        if number and number.scheme is Scheme.DOTTED:
            name = f"{number.prefix}.{number.ordinal}"
        elif number and scheme is Scheme.ARABIC:
            name = str(number.ordinal)
        elif number:
            name = number.printed.strip("(). ").upper()
        if self._open and self._open[-1].list is None:
            self._open[-1].list = scheme
        self._open.append(_Node(row, scheme, number, name, indent=line.indent))
        return row

    def _total(self, line: _Line) -> Row:
        """A total closes what is open; a plain "Cộng" belongs to the group that it ends."""
        plain = is_group_total(line.label) and line.number is None
        within = plain and len(self._open) > 1 and self._open[0].scheme is not None
        if within and self._open[0].row.number.strip("(). ").lower() in stated_names(line.label):
            within = False
        del self._open[1 if within else 0 :]
        return self._add(line, None)

    def _memo(self, line: _Line) -> Row:
        """An "of which" heading belongs to the row above it that has figures."""
        while self._open and self._open[-1].scheme is None and self._open[-1].row.kind is RowKind.MEMO:
            self._open.pop()
        while self._open and self._open[-1].scheme in _LINES:
            self._open.pop()
        return replace(self._add(line, None), memo=True)

    def _item(self, line: _Line) -> Row:
        if self._is_source(line):
            return self._source(line)
        if line.number is None:
            return self._unnumbered(line)
        number = self._resolved(line.number)
        if number.scheme is Scheme.DOTTED and self._below_its_prefix(number):
            return self._add(line, Scheme.DOTTED, number=number)
        if number.scheme in (Scheme.BULLET, Scheme.PLUS):
            return self._line_item(line, number)
        place = self._place_of(number)
        if place is not None:
            del self._open[place:]
        else:
            self._close_inner(number.scheme)
        return self._add(line, number.scheme, number=number)

    def _is_source(self, line: _Line) -> bool:
        """Whether a row is a line of a funding source, by its name or because a total is broken down by that name."""
        if line.number is not None and line.number.scheme not in _LINES:
            return False
        name = _without_share(line.label)
        if len(self._open) > 1 and self._open[-1].row.memo and self._open[0].row.kind is RowKind.TOTAL:
            self._sources.add(name)
        return is_source_line(line.label) or name in self._sources

    def _source(self, line: _Line) -> Row:
        """A line of a funding source goes on with the lines above it, or breaks down the row above."""
        memo = is_memo(line.label)
        finer = line.number is not None and line.number.scheme is Scheme.PLUS
        while (
            self._open
            and not (finer and self._is_coarser(self._open[-1]))
            and (self._open[-1].scheme is Scheme.SOURCE or (self._open[-1].scheme in _LINES and self._is_of_which(-2)))
        ):
            memo = memo or self._open[-1].row.memo
            self._open.pop()
        memo = memo or bool(self._open and self._open[-1].row.kind in (RowKind.TOTAL, RowKind.MEMO))
        return self._add(line, Scheme.SOURCE, number=line.number, memo=memo)

    def _is_coarser(self, node: _Node) -> bool:
        """Whether lines with a plus may lie below a row: one with a dash, or without a mark."""
        return node.number is None or node.number.scheme is not Scheme.PLUS

    def _is_of_which(self, at: int) -> bool:
        """Whether the open row there is a total or an "of which" heading."""
        return len(self._open) >= -at and self._open[at].row.kind in (RowKind.TOTAL, RowKind.MEMO)

    def _line_item(self, line: _Line, number: Number) -> Row:
        """A line with a dash or a plus goes on with its list, or begins one below the row above."""
        memo = is_memo(line.label) or bool(self._open and self._open[-1].row.kind is RowKind.TOTAL)
        of_which = False
        while self._open and self._open[-1].scheme is Scheme.SOURCE:
            of_which = self._open.pop().row.memo
        place = next((at for at, node in enumerate(self._open) if node.scheme is number.scheme), None)
        if place is not None:
            memo = memo or self._open[place].row.memo
            del self._open[place:]
        elif of_which:
            memo = True
        elif self._open and self._open[-1].scheme is Scheme.NONE and self._open[-1].row.memo:
            memo = True
            self._open.pop()
        return self._add(line, number.scheme, number=number, memo=memo)

    def _place_of(self, number: Number) -> int | None:
        """Where the list that a number goes on with stands among the open rows."""
        for at in range(len(self._open) - 1, -1, -1):
            node = self._open[at]
            if node.scheme is number.scheme and (
                number.scheme is not Scheme.DOTTED or (node.number and node.number.prefix == number.prefix)
            ):
                return at
        return None

    def _close_inner(self, scheme: Scheme) -> None:
        """Before a new list: totals are no parents of numbered items, nor small numbers of great ones."""
        while self._open:
            top = self._open[-1]
            if top.scheme is None:
                if top.row.kind is RowKind.MEMO and top.list is None:
                    return
                self._open.pop()
            elif (scheme in _OUTER and _RANK[top.scheme] > _RANK[Scheme.BOLD]) or (top.scheme in _LINES):
                self._open.pop()
            else:
                return

    def _below_its_prefix(self, number: Number) -> bool:
        """Close what is open down to the parent that a dotted number names; False where it is not open."""
        for at in range(len(self._open) - 1, -1, -1):
            node = self._open[at]
            if node.name == number.prefix or (
                node.scheme in _OUTER and node.number and number.prefix == str(node.number.roman or node.number.ordinal)
            ):
                del self._open[at + 1 :]
                return True
        return False

    def _resolved(self, number: Number) -> Number:
        """The scheme of a letter that is a Roman number too, by the list that it goes on with."""
        if number.roman is None or number.scheme not in (Scheme.CAPITAL, Scheme.LETTER):
            return number
        roman = Scheme.ROMAN if number.scheme is Scheme.CAPITAL else Scheme.SMALL_ROMAN
        as_roman = replace(number, scheme=roman, ordinal=number.roman)
        for node in reversed(self._open):
            if node.scheme is roman and node.number and follows(node.number, as_roman):
                return as_roman
            if node.scheme is number.scheme and node.number and follows(node.number, number):
                return number
        if number.roman == 1 or (number.roman in (5, 10) and any(node.scheme is roman for node in self._open)):
            return as_roman
        return number

    def _unnumbered(self, line: _Line) -> Row:
        """A row without a number: a heading where it is bold, else a line below the last item or beside it."""
        memo = is_memo(line.label)
        while self._open and self._open[-1].scheme is Scheme.SOURCE:
            self._open.pop()
        if line.bold and not memo:
            return self._heading(line)
        if memo:
            while self._open and self._open[-1].row.memo:
                self._open.pop()
            return self._add(line, Scheme.NONE, memo=True)
        self._close_for_unnumbered(line)
        return self._add(line, Scheme.NONE)

    def _close_for_unnumbered(self, line: _Line) -> None:
        """Before a row without a number: its list goes on, or it lies below a heading, or beside the last item."""
        place = next(
            (at for at, node in enumerate(self._open) if node.scheme is Scheme.NONE and node.indent >= line.indent),
            None,
        )
        if place is not None:
            del self._open[place:]
            return
        if self._open and self._open[-1].scheme is Scheme.NONE:  # further in
            return
        if not self._open:
            return
        top = self._open[-1]
        if top.row.kind is RowKind.TOTAL:
            self._open.pop()
        elif self._numbered and not line.indent:
            if not top.row.bold and not self._makes_up(top.row, line):
                self._open.pop()
        elif not self._numbered and top.scheme in _LINES:
            self._open.pop()

    def _makes_up(self, above: Row, line: _Line) -> bool:
        """Whether a run of rows without numbers adds up to the row above it, in most columns."""
        run = [line]
        for later in self._lines[self._lines.index(line) + 1 :]:
            if later.number or later.kind is not RowKind.ITEM:
                break
            if not is_memo(later.label):
                run.append(later)
        judged = fitting = 0
        for column in self._amounts:
            total = self._value(above.index, column)
            judged += bool(total)
            fitting += bool(total) and total == sum(self._value(each.index, column) for each in run)
        return fitting * 2 > judged

    def _value(self, row: int, column: int) -> Decimal:
        figure = self._figures.get((row, column))
        return figure.value if figure and figure.value is not None else Decimal(0)

    def _heading(self, line: _Line) -> Row:
        """A bold row: below outer numbers; one that is not in capitals below one that is."""
        scheme = Scheme.CAPITALS if self._two_levels and _is_capitals(line.label) else Scheme.BOLD
        outer = _OUTER if scheme is Scheme.CAPITALS else {*_OUTER, Scheme.CAPITALS}
        keep = 0
        while keep < len(self._open) and self._open[keep].scheme in outer:
            keep += 1
        del self._open[keep:]
        return self._add(line, scheme)
