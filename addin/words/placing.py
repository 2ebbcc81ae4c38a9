"""Where the words of a figure go: into the line that a table has for them, else a new one below it, else beside it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.money import Unit, convert
from budget.word_lines import Line, Wording, read_line
from budget.words import WordStyle
from faults import InputFault, Text, cell_place
from validators.equations.bindings import grand_total, unit_of
from validators.grid import Grid
from validators.rules._formulas import references
from validators.tables.model import AppendixTable, Role, RowKind
from validators.tables.wording import bare
from workbook.addresses import Area, Cell, address

_NEW = ("(Bằng chữ: ", ")")  # a line of ours
_CALL = re.compile(r"\b(?:vnd|doc_?so\w*|bang_?chu|so_?thanh_?chu|pl_bangchu)\([^()]*\)", re.IGNORECASE)
_LITERAL = re.compile(r'&?"(?P<text>(?:[^"]|"")*)"&?')
_SIGNED = re.compile(
    r"(?:nguoi lap|lap bieu|lap bang|thu truong|ke toan|giam doc|pho giam doc|chu tich|truong phong|hieu truong|"
    r"chanh van phong|thu quy|tm\b|kt\b|tl\b|tuq\b|ky\b|da ky|noi nhan)|.*\bngay\b.*\bthang\b.*\bnam\b"
)
_FURTHEST = 20  # rows below a table in which a free one is sought


@dataclass(frozen=True, slots=True)
class Home:
    """A place for words. `area`: what is merged there, or has to be (`is_new`). `replaces`: the text that goes."""

    area: Area
    wording: Wording
    is_new: bool = False
    replaces: str = ""

    @property
    def cell(self) -> Cell:
        """The cell that holds the text."""
        return self.area.top, self.area.left


@dataclass(frozen=True, slots=True)
class Spoken:
    """A figure to be read: its cell, the unit it is in, and its amount in đồng."""

    cell: Cell
    unit: Unit
    amount: Decimal


def table_at(tables: Sequence[AppendixTable], cell: Cell) -> AppendixTable | None:
    """The table that a cell stands in."""
    return next((table for table in tables if table.area.covers(*cell)), None)


def home_of(
    grid: Grid, tables: Sequence[AppendixTable], figure: Spoken, style: WordStyle, taken: Container[Cell]
) -> Home:
    """Where the words of a figure go; nothing that stands there but such a line is ever written over.

    `style`: of words that have no model. `taken`: cells with words that follow other figures. Raises InputFault where
    there is no room.
    """
    table = table_at(tables, figure.cell)
    if table is not None:
        lines = list(_lines_below(grid, table, figure, style))
        others = _other_amounts(tables, figure)
        home = _line_of(grid, table, figure, [each for each in lines if each[0] not in taken], others)
        if home is None and not lines and _is_whole(table, figure.cell):
            home = _row_below(grid, table, style)
        if home is not None:
            return home
    beside = beside_of(grid, figure.cell)
    if beside is None:
        place = cell_place(grid.name, address(*figure.cell))
        what = Text("không có chỗ trống để ghi chữ", "there is no room for the words")
        raise InputFault(what, place=place, expected=_room(table, figure.cell))
    return Home(beside, Wording(style=style))


def _room(table: AppendixTable | None, cell: Cell) -> Text:
    """What the words of a figure need, or the figure that was meant."""
    blank = Text("ô trống bên phải con số", "a blank cell at the right of the figure")
    if table is None:
        return blank
    if _is_whole(table, cell):
        return Text(f"một dòng trống dưới bảng, hoặc {blank.vi}", f"a blank row below the table, or {blank.en}")
    total, whole = grand_total(table), table.of_role(Role.TOTAL, Role.AMOUNT)
    if total is not None and total.index == cell[0] and whole:
        at = address(total.index, whole[0].index)
        return Text(
            f"{blank.vi}, hoặc chọn ô tổng cộng {at} để ghi chữ dưới bảng",
            f"{blank.en}, or the grand total {at} selected, whose words go below the table",
        )
    return blank


def beside_of(grid: Grid, cell: Cell) -> Area | None:
    """The blank cell at the right of a cell; None where something stands there."""
    own = grid.merge_at(*cell) or Area(*cell, *cell)
    row, column = own.top, own.right + 1
    area = grid.merge_at(row, column) or Area(row, column, row, column)
    return area if (area.top, area.left) == (row, column) and _is_blank(grid, area) else None


def _lines_below(
    grid: Grid, table: AppendixTable, figure: Spoken, style: WordStyle
) -> Iterator[tuple[Cell, str, Line]]:
    """The lines for words below a figure, from the top."""
    for cell, text in sorted(_texts(grid, table).items()):
        line = read_line(text, style) or _called_line(grid, cell, figure, style)
        if line is not None and cell[0] > figure.cell[0]:
            yield cell, text, line


def _line_of(
    grid: Grid,
    table: AppendixTable,
    figure: Spoken,
    lines: Sequence[tuple[Cell, str, Line]],
    others: Container[Decimal | int | None],
) -> Home | None:
    """The nearest line that is for the words of a figure: it states this amount, or none of the others, and stands
    below the total of the table or right below the figure.
    """
    is_whole = _is_whole(table, figure.cell)
    for cell, text, line in lines:
        is_near = is_whole or cell[0] == figure.cell[0] + 1
        if line.amount != figure.amount and (line.amount in others or not is_near):
            continue
        area = grid.merge_at(*cell) or Area(*cell, *cell)
        if line.words or grid.cells[cell].formula:
            return Home(area, line.wording, replaces=text)
        return _words_apart(grid, area, line) or Home(area, line.wording, replaces=text)
    return None


def _called_line(grid: Grid, cell: Cell, figure: Spoken, style: WordStyle) -> Line | None:
    """The line of a formula that reads the figure by a function of some add-in, which shows #NAME? without it."""
    formula = grid.cells[cell].formula or ""
    call = _CALL.search(formula)
    if call is None or not any(area.covers(*figure.cell) for _, area in references(call[0], grid.name)):
        return None
    lead, tail = _LITERAL.fullmatch(formula[: call.start()]), _LITERAL.fullmatch(formula[call.end() :])
    before, after = (found["text"].replace('""', '"') if found else "" for found in (lead, tail))
    return Line(Wording(before, after, style), "", None)


def _is_whole(table: AppendixTable, cell: Cell) -> bool:
    """Whether a figure is the total of its table, so that a line below is taken for its words.

    The total of one source or one year is not, where there is a column for all of them.
    """
    total = grand_total(table)
    whole = table.of_role(Role.TOTAL, Role.AMOUNT)
    in_row = total is None or total.index == cell[0]
    return in_row and (not whole or any(column.index == cell[1] for column in whole))


def _words_apart(grid: Grid, lead: Area, line: Line) -> Home | None:
    """The cell at the right of a bare "Bằng chữ:" that holds the words, or is kept for them."""
    row, column = lead.top, lead.right + 1
    area = grid.merge_at(row, column) or Area(row, column, row, column)
    text = grid.value(row, column)
    if isinstance(text, str) and text.strip():
        bare = read_line(f"Bằng chữ: {text}", line.wording.style)
        if bare is None or bare.amount is None:
            return None
        opening = text[: len(text) - len(text.lstrip(' ([“"'))]
        wording = Wording(opening, bare.wording.tail, bare.wording.style, bare.wording.capital)
        return Home(area, wording, replaces=text)
    is_kept = area.right > area.left and text is None
    return Home(area, Wording(style=line.wording.style)) if is_kept else None


def _other_amounts(tables: Sequence[AppendixTable], figure: Spoken) -> set[Decimal]:
    """The amounts in đồng that words on the sheet may state rightly: of totals, rounded ones, and figures beside."""
    found = set()
    for table in tables:
        rows = {row.index for row in table.rows if row.kind in (RowKind.TOTAL, RowKind.TEXT)} | {figure.cell[0]}
        columns = {column.index for column in table.amounts}
        for cell, each in table.figures.items():
            if cell[0] in rows and cell[1] in columns and cell != figure.cell and each.value:
                found.add(convert(each.value, unit_of(table, cell[1]), Unit.DONG))
    return found


def _texts(grid: Grid, table: AppendixTable) -> Mapping[Cell, str]:
    """The texts of the table's rows of words, and those below it."""
    rows = [row.index for row in table.rows if row.kind is RowKind.TEXT]
    within = {
        (row, column): cell.value
        for row in rows
        for column, cell in grid.by_row.get(row, {}).items()
        if isinstance(cell.value, str)
    }
    return {**within, **table.below}


def _row_below(grid: Grid, table: AppendixTable, style: WordStyle) -> Home | None:
    """The first blank row below a table, as wide as the table is. Raises InputFault where people sign above it."""
    left, right = _width(table)
    for row in _rows_below(grid, table):
        area = Area(row, left, row, right)
        merged = {found for column in range(left, right + 1) if (found := grid.merge_at(row, column))}
        if _is_blank(grid, area) and not merged - {area}:
            _refuse_signed(table, row)
            return Home(area, Wording(*_NEW, style), is_new=area not in merged)
    return None


def _refuse_signed(table: AppendixTable, row: int) -> None:
    signed = min(
        (cell for cell, text in table.below.items() if cell[0] < row and _SIGNED.match(bare(text))), default=None
    )
    if signed is not None:
        what = Text("phần ký nằm ngay dưới bảng, không còn dòng cho chữ", "the signatures follow the table at once")
        line = Text("chèn một dòng trống dưới bảng trước", "a blank row inserted below the table first")
        place = cell_place(table.grid.name, address(*signed))
        raise InputFault(what, place=place, found=table.below[signed], expected=line)


def _rows_below(grid: Grid, table: AppendixTable) -> Iterator[int]:
    """The visible rows below a table, as far as nothing but texts of its own stands there."""
    last = table.body[1]
    own = {row for row, _ in table.below}
    for row in range(last + 1, last + 1 + _FURTHEST):
        if row in grid.by_row and row not in own:
            return
        if row not in grid.hidden_rows:
            yield row


def _width(table: AppendixTable) -> tuple[int, int]:
    """The first and the last column of a table; helper columns lie beyond a blank one."""
    indexes = [column.index for column in table.columns]
    right = indexes[0]
    while right + 1 in indexes:
        right += 1
    return indexes[0], right


def _is_blank(grid: Grid, area: Area) -> bool:
    return all(
        (row, column) not in grid.cells
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    )
