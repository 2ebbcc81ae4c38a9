"""The rows of a table: what each one is, and which one it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from validators.grid import Grid
from validators.tables.lines import Line, is_capitals, lines_of, sources_of_totals, without_share
from validators.tables.locating import Block
from validators.tables.model import Column, Figure, Row, RowKind
from validators.tables.numbering import Number, Scheme, follows
from validators.tables.plain_lists import grouped
from validators.tables.wording import is_group_total, is_memo, is_second_view, is_source_line, stated_names
from workbook.addresses import Cell

_OUTER = {Scheme.ROMAN, Scheme.CAPITAL}
_LINES = {Scheme.BULLET, Scheme.PLUS, Scheme.NONE, Scheme.SOURCE}
_MOST_DOUBTS = 10  # rows of figures alone that add up nothing: the table is a list without words
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
    amounts = [column.index for column in columns if column.role.is_amount]
    lines = grouped(lines_of(grid, block, columns, figures), figures, amounts)
    return tuple(_Outline(lines, figures, amounts).rows())


class _Outline:
    """Puts rows into a tree, from the top: a way of counting that is open goes on, a new one is below the last row."""

    def __init__(self, lines: Sequence[Line], figures: Mapping[Cell, Figure], amounts: Sequence[int]) -> None:
        self._lines, self._figures, self._amounts = lines, figures, amounts
        self._places = {line.index: place for place, line in enumerate(lines)}
        self._open: list[_Node] = []
        self._below: dict[int | None, list[int]] = {}  # the items below each row, or outermost since the last total
        self._above: int | None = None  # that total
        self._judged = 0  # the place of the first line that nobody has asked of whether it ends the groups
        self._last = max((line.index for line in lines if line.kind is RowKind.ITEM), default=0)
        self._doubts = 0  # rows of figures alone that add up nothing
        self._sources = sources_of_totals(lines)  # what the "of which" lines of a total are called
        self._numbered = any(line.number and line.number.scheme not in _LINES for line in lines)
        self._outer = any(line.number and line.number.scheme in _OUTER for line in lines)
        headings = [line for line in lines if line.bold and line.number is None and line.kind is RowKind.ITEM]
        self._two_levels = len({is_capitals(line.label) for line in headings}) > 1

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

    def _add(self, line: Line, scheme: Scheme | None, *, memo: bool = False, number: Number | None = None) -> Row:
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
        if line.kind is RowKind.TOTAL and parent is None:
            self._below[None], self._above = [], line.index
        elif line.kind is RowKind.ITEM and not memo:
            self._below.setdefault(parent, []).append(line.index)
        self._open.append(_Node(row, scheme, number, name, indent=line.indent))
        return row

    def _total(self, line: Line) -> Row:
        """A total closes what is open; a plain "Cộng" belongs to the group that it ends."""
        plain = is_group_total(line.label) and line.number is None
        within = plain and len(self._open) > 1 and self._open[0].scheme is not None
        if within and self._open[0].row.number.strip("(). ").lower() in stated_names(line.label):
            within = False
        within = within and not self._adds_up_all(line.index)
        del self._open[1 if within else 0 :]
        return self._add(line, None)

    def _adds_up_all(self, total: int) -> bool:
        """Whether a row below all items adds up all groups since the last total, and not the last of them alone."""
        if total < self._last:
            return False
        groups, last = self._below.get(None, []), self._below.get(self._open[0].row.index, [])
        return len(groups) > 1 and self._is_made_of(total, groups) and not self._is_made_of(total, last)

    def _nameless_total(self, line: Line) -> Row | None:
        """A row of figures alone that adds up the rows of a group, or all since the last total; None for any other."""
        places = [at for at, node in enumerate(self._open) if node.scheme is not None]
        for at in reversed([-1, *places]) if self._doubts < _MOST_DOUBTS else ():
            group = self._open[at].row.index if at >= 0 else None
            rows = self._below.get(group, [])
            if len(rows) > 1 and self._is_made_of(line.index, rows):
                del self._open[at + 1 :]
                self._below[group] = [line.index]  # which stands for them from now on
                return self._add(replace(line, kind=RowKind.TOTAL), None)
        self._doubts += 1
        return None

    def _memo(self, line: Line) -> Row:
        """An "of which" heading belongs to the row above it that has figures."""
        while self._open and self._open[-1].scheme is None and self._open[-1].row.kind is RowKind.MEMO:
            self._open.pop()
        while self._open and self._open[-1].scheme in _LINES:
            self._open.pop()
        return replace(self._add(line, None), memo=True)

    def _item(self, line: Line) -> Row:
        if self._is_source(line):
            return self._source(line)
        if line.nameless and (total := self._nameless_total(line)):
            return total
        if self._ends_the_groups(line):
            self._open.clear()
        if line.number is None:
            return self._unnumbered(line)
        number = self._resolved(line.number)
        if number.scheme is Scheme.DOTTED and self._below_its_prefix(number):
            return self._add(line, Scheme.DOTTED, number=number)
        if number.scheme in (Scheme.BULLET, Scheme.PLUS):
            return self._line_item(line, number)
        if self._repeats(line):
            self._open.clear()
            return self._add(line, number.scheme, number=number, memo=True)
        place = self._place_of(number)
        if place is not None:
            del self._open[place:]
        else:
            self._close_inner(number.scheme)
        return self._add(line, number.scheme, number=number)

    def _repeats(self, line: Line) -> bool:
        """Whether a group is what the groups above it, or the total above it, come to, by source: "B. Nguồn vốn"."""
        above = [] if self._above is None else [self._above]
        return is_second_view(line.label) and self._is_made_of(line.index, self._below.get(None) or above)

    def _ends_the_groups(self, line: Line) -> bool:
        """Whether the rows from here to the total are counted in it beside the groups, and not in the last of these:
        "Dự phòng 5%" without a number, or "B. Thuế" where no A stands.
        """
        place = self._places[line.index]
        if not self._open or self._open[0].scheme is None or place < self._judged or is_memo(line.label):
            return False
        if line.number and (
            line.number.scheme not in _OUTER or self._place_of(self._resolved(line.number)) is not None
        ):
            return False
        run = [line]
        for later in islice(self._lines, place + 1, None):
            if later.kind is not RowKind.ITEM or (later.number is None) is not (line.number is None):
                break
            run.append(later)
        self._judged = place + len(run)
        after = self._lines[self._judged] if self._judged < len(self._lines) else None
        total = after.index if after and after.kind is RowKind.TOTAL else None if after else self._above
        group, ends = self._open[0].row.index, [each.index for each in run]
        return (
            total is not None
            and any(self._value(group, column) for column in self._amounts)  # else nothing tells of what it is made
            and self._adds_up(total, [*self._below.get(None, ()), *ends])
            and not self._adds_up(group, [*self._below.get(group, ()), *ends])
        )

    def _adds_up(self, total: int, rows: Sequence[int]) -> bool:
        """Whether rows add up to another one in most columns where it has a figure."""
        judged = fitting = 0
        for column in self._amounts:
            if figure := self._value(total, column):
                judged += 1
                fitting += figure == sum(self._value(row, column) for row in rows)
        return fitting * 2 > judged

    def _is_made_of(self, total: int, rows: Sequence[int]) -> bool:
        """Whether rows add up to another one wherever it has a figure; groups without any stand for what is in them."""
        columns = [column for column in self._amounts if self._value(total, column)]
        return bool(columns) and all(
            self._value(total, column) == sum(self._worth(row, column) for row in rows) for column in columns
        )

    def _worth(self, row: int, column: int) -> Decimal:
        """The figure of a row, or what the items below it come to where it has none, or a dash."""
        return self._value(row, column) or sum(
            (self._worth(below, column) for below in self._below.get(row, ())), Decimal(0)
        )

    def _is_source(self, line: Line) -> bool:
        """Whether a row is a line of a funding source, by its name or because a total is broken down by that name."""
        if line.number is not None and line.number.scheme not in _LINES:
            return False
        name = without_share(line.label)
        if len(self._open) > 1 and self._open[0].row.kind is RowKind.TOTAL and self._goes_on(line):
            self._sources.add(name)
        if name in self._sources:
            return True
        top = self._open[-1] if self._open else None
        if line.number is None and top and top.scheme is Scheme.NONE and not top.row.memo and not is_memo(line.label):
            return is_source_line(line.label) and self._makes_up(top.row, line)
        return is_source_line(line.label)

    def _goes_on(self, line: Line) -> bool:
        """Whether a row has the mark of the "of which" line above it, or stands below an "of which" heading."""
        last = self._open[-1]
        marks = [number.scheme if number else None for number in (last.number, line.number)]
        return last.row.memo and (last.row.kind is RowKind.MEMO or marks[0] is marks[1])

    def _source(self, line: Line) -> Row:
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

    def _line_item(self, line: Line, number: Number) -> Row:
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
            if node.scheme is number.scheme and (  # "2.1" is no part of "1.2", though no "2" stands above it
                number.scheme is not Scheme.DOTTED
                or (node.number and node.number.prefix.count(".") == number.prefix.count("."))
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

    def _unnumbered(self, line: Line) -> Row:
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

    def _close_for_unnumbered(self, line: Line) -> None:
        """Before a row without a number: its list goes on, or it lies below a heading, or beside the last item."""
        place = next(
            (at for at, node in enumerate(self._open) if node.scheme is Scheme.NONE and node.indent >= line.indent),
            None,
        )
        if place is not None:
            del self._open[place:]
            return
        if not self._open or self._open[-1].scheme is Scheme.NONE:  # further in
            return
        top = self._open[-1]
        if self._numbered:
            beside = not line.indent and not top.row.bold and not self._makes_up(top.row, line)
        else:
            beside = top.scheme in _LINES
        if beside or top.row.kind is RowKind.TOTAL:
            self._open.pop()

    def _makes_up(self, above: Row, line: Line) -> bool:
        """Whether a run of rows without numbers adds up to the row above it, in most columns."""
        run = [line]
        for later in islice(self._lines, self._places[line.index] + 1, None):
            if later.number or later.kind is not RowKind.ITEM:
                break
            if not is_memo(later.label):
                run.append(later)
        if not line.label and len(run) == 1:  # the item goes on: that it is as much is chance
            return False
        judged = fitting = 0
        for column in self._amounts:
            total = self._value(above.index, column)
            judged += bool(total)
            fitting += bool(total) and total == sum(self._value(each.index, column) for each in run)
        return fitting * 2 > judged

    def _value(self, row: int, column: int) -> Decimal:
        figure = self._figures.get((row, column))
        return figure.value if figure and figure.value is not None else Decimal(0)

    def _heading(self, line: Line) -> Row:
        """A bold row: below outer numbers; one that is not in capitals below one that is."""
        scheme = Scheme.CAPITALS if self._two_levels and is_capitals(line.label) else Scheme.BOLD
        outer = _OUTER if scheme is Scheme.CAPITALS else {*_OUTER, Scheme.CAPITALS}
        keep = 0
        while keep < len(self._open) and self._open[keep].scheme in outer:
            keep += 1
        del self._open[keep:]
        return self._add(line, scheme)
