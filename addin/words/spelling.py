"""The words of the selected figures, written into the open book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import xlwings as xw

from addin.blocks import text as as_text
from addin.commands.base import Desk
from addin.selecting import active_grid, area_of, selected
from addin.sheets import refuse_protected_sheet, write_formulas
from addin.words.live import amount_read, live_formulas, read_by, style_read
from addin.words.placing import Home, Spoken, beside_of, home_of, table_at
from budget.money import Unit, convert
from budget.numbers import EXACT, format_number
from budget.word_lines import Wording, habit
from budget.words import LIMIT, WordStyle, to_words
from faults import InputFault, Text, cell_place
from validators.equations.bindings import unit_of
from validators.grid import Book, Grid, Value
from validators.readers.values import fifteen_digits
from validators.tables.model import AppendixTable, Form, Role
from validators.tables.numerals import figure_of
from validators.tables.understanding import tables_of
from workbook.addresses import Area, Cell, address
from workbook.metrics import text_height

_NO_MONEY = {Role.NUMBER, Role.QUANTITY, Role.RATIO, Role.START, Role.END, Role.SCHEDULE}
_FONT, _SIZE = "Times New Roman", 12.0  # where a cell is in several
_FIXED = Text(
    "Chữ không tự đổi theo số; nếu số thay đổi, nút Kiểm tra sẽ báo.",
    "The words do not follow the figure; should it change, a check will say so.",
)
_UNSTATED = Text("Bảng không ghi đơn vị tính nên hiểu là đồng.", "The table states no unit; đồng is assumed.")
_LIVE = Text("Chữ tự đổi theo số.", "The words follow the figure.")


def spell(desk: Desk) -> Text:
    """Write the words of the selected figure, or of each in a column of them; what to tell the user.

    Raises InputFault where nothing that can be read is selected, or there is no room for the words.
    """
    sheet = desk.book.sheets.active
    refuse_protected_sheet(sheet)
    book = desk.read()
    grid = active_grid(desk, book)
    area = _one_area(selected(desk, grid))
    tables = tables_of(grid)
    texts = (cell.value for each in book.sheets for cell in each.cells.values() if isinstance(cell.value, str))
    style = style_read(book) or habit(texts)
    if area.size == 1 or grid.merge_at(area.top, area.left) == area:
        return _spell_one(desk, book, grid, _figure(grid, tables, (area.top, area.left)), tables, style)
    return _spell_column(desk, book, grid, area, tables, style)


def _one_area(areas: Sequence[Area]) -> Area:
    if len(areas) == 1:
        return areas[0]
    several = Text("đang chọn nhiều vùng", "several areas are selected")
    raise InputFault(
        several, expected=Text("một ô, hoặc các ô liền nhau trong một cột", "one cell, or a column of cells")
    )


def _figure(grid: Grid, tables: Sequence[AppendixTable], cell: Cell) -> Spoken:
    """The figure that stands in a cell. Raises InputFault where it holds none, or none that can be read."""
    place, held = cell_place(grid.name, address(*cell)), grid.cell(*cell)
    table = table_at(tables, cell)
    figure = figure_of(held) if table is None else table.figures.get(cell)
    column = None if table is None else table.column_at.get(cell[1])
    money = Text("một ô có số tiền", "a cell with an amount of money")
    if held is None or figure is None or figure.value is None or figure.form is Form.DASH:
        found = None if held is None or held.value is None else _shown(held.value)
        raise InputFault(
            Text("ô không có con số nào đọc được", "no figure to be read"), place=place, found=found, expected=money
        )
    if column is not None and column.role in _NO_MONEY:
        raise InputFault(
            Text("số ở cột này không phải số tiền", "the column holds no money"), place=place, expected=money
        )
    unit = Unit.DONG if table is None else unit_of(table, cell[1])
    value = fifteen_digits(held.value) if isinstance(held.value, Decimal) else figure.value
    amount = convert(value, unit, Unit.DONG)
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP, EXACT)
    if abs(whole) > LIMIT:
        what = Text("số tiền quá lớn để đọc", "the amount is too large to be read")
        most = Text("không quá một tỷ tỷ đồng", "no more than 10^18 đồng")
        raise InputFault(what, place=place, found=f"{_shown(amount)} đồng", expected=most)
    if whole != amount and held.formula is None:
        what = Text("số lẻ dưới một đồng", "a fraction of a đồng")
        stated = Text(
            f"số đồng nguyên (đang hiểu đơn vị là {unit.label})", f"whole đồng (the unit is taken as {unit.label})"
        )
        raise InputFault(what, place=place, found=_shown(held.value), expected=stated)
    return Spoken(cell, unit, whole)


def _shown(value: Value) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value)


def _spell_one(
    desk: Desk, book: Book, grid: Grid, figure: Spoken, tables: Sequence[AppendixTable], style: WordStyle
) -> Text:
    own = amount_read(grid.name, figure)
    live = {
        cell: amount
        for cell, held in grid.cells.items()
        if held.formula and (amount := read_by(book, held.formula)) is not None
    }
    if (there := next((cell for cell in live if live[cell] == own), None)) is not None:
        at, text = address(*there), grid.value(*there)
        return Text(f"Ô {at} đã có chữ tự đổi theo số: {text}", f"Cell {at} has words that follow the figure: {text}")
    home = home_of(grid, tables, figure, style, live)
    text, at = home.wording.around(to_words(int(figure.amount), home.wording.style)), address(*home.cell)
    sheet = desk.book.sheets[grid.name]
    formulas = live_formulas(desk, book, grid.name, [figure], [home.wording])
    _prepare(sheet, home, figure)
    follows = _put(desk, sheet, home.cell, [text], formulas)
    _fit(sheet, home, text)
    said = _said(tables, figure, follows=follows)
    before = f" (trước đó: {home.replaces})" if home.replaces and home.replaces != text else ""
    before_en = f" (before: {home.replaces})" if before else ""
    return Text(f"Ô {at}: {text}{before}\n{said.vi}", f"Cell {at}: {text}{before_en}\n{said.en}")


def _said(tables: Sequence[AppendixTable], figure: Spoken, *, follows: bool) -> Text:
    """What there is to know of words: whether they follow their figure, and of what unit that was taken to be."""
    said, table = _LIVE if follows else _FIXED, table_at(tables, figure.cell)
    if table is None or table.unit is not None or table.column_at[figure.cell[1]].unit is not None:
        return said
    return Text(f"{said.vi} {_UNSTATED.vi}", f"{said.en} {_UNSTATED.en}")


def _spell_column(
    desk: Desk, book: Book, grid: Grid, area: Area, tables: Sequence[AppendixTable], style: WordStyle
) -> Text:
    """The words of each figure of a column, in the blank column at its right."""
    if area.left != area.right:
        column = Text("một ô, hoặc các ô trong một cột", "one cell, or cells of one column")
        raise InputFault(Text("đang chọn nhiều cột", "several columns are selected"), expected=column)
    figures = list(_figures(grid, tables, area))
    if not figures:
        money = Text("các ô có số tiền", "cells with amounts of money")
        raise InputFault(Text("vùng chọn không có con số nào", "no figure is selected"), expected=money)
    for figure in figures:
        if (beside := beside_of(grid, figure.cell)) is None or beside.left != area.left + 1:
            taken = cell_place(grid.name, address(figure.cell[0], area.left + 1))
            room = Text("cột bên phải để trống", "a blank column at the right")
            raise InputFault(
                Text("ô bên phải không trống", "the cell at the right is not blank"), place=taken, expected=room
            )
    wordings = [Wording(style=style)] * len(figures)
    texts = [to_words(int(figure.amount), style) for figure in figures]
    formulas = live_formulas(desk, book, grid.name, figures, wordings)
    sheet, follows = desk.book.sheets[grid.name], True
    for first, last in _runs([figure.cell[0] for figure in figures]):
        run = slice(first, last)
        cell = (figures[first].cell[0], area.left + 1)
        follows &= _put(desk, sheet, cell, texts[run], formulas[run] if formulas else None)
    said = _said(tables, figures[0], follows=follows)
    return Text(f"Đã đọc {len(figures)} số thành chữ. {said.vi}", f"{len(figures)} figures are in words. {said.en}")


def _figures(grid: Grid, tables: Sequence[AppendixTable], area: Area) -> Iterator[Spoken]:
    """The figures of a column; blank cells, dashes and texts between them are passed over."""
    for row in range(area.top, area.bottom + 1):
        held = grid.cell(row, area.left)
        figure = figure_of(held)
        if figure is not None and figure.value is not None and figure.form is not Form.DASH:
            yield _figure(grid, tables, (row, area.left))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a list of rows that follow each other: first and, excluded, last place in the list."""
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield first, place
            first = place


def _put(desk: Desk, sheet: xw.Sheet, cell: Cell, texts: Sequence[str], formulas: Sequence[str] | None) -> bool:
    """Write one below the other; whether the words are alive: they are typed where a formula does not give them."""
    block = sheet.range(cell).resize(len(texts), 1)
    if formulas is not None:
        write_formulas(sheet, *cell, [[formula] for formula in formulas])
        desk.app.calculate()
        if [row[0] for row in block.options(ndim=2).value] == list(texts):
            return True
    block.value = [[as_text(text)] for text in texts]
    return False


def _prepare(sheet: xw.Sheet, home: Home, figure: Spoken) -> None:
    """Give a new line below a table its looks."""
    if not home.is_new:
        return
    area, model = home.area, sheet.range(figure.cell).font
    line = sheet.range((area.top, area.left), (area.bottom, area.right))
    line.rows.hidden = False
    line.merge()
    line.wrap_text = True
    line.horizontal_alignment, line.vertical_alignment = "left", "center"
    line.font.name, line.font.size = model.name or _FONT, model.size or _SIZE
    line.font.bold, line.font.italic = False, True
    _print_too(sheet, figure.cell, area)


def _print_too(sheet: xw.Sheet, cell: Cell, area: Area) -> None:
    """Let the print area reach down to a new line where it ends below the figure and above the line."""
    printed = area_of(sheet.page_setup.print_area or "")
    if printed is not None and printed.covers(*cell) and printed.bottom < area.top:
        sheet.page_setup.print_area = str(printed._replace(bottom=area.bottom))


def _fit(sheet: xw.Sheet, home: Home, text: str) -> None:
    """Make the row of a merged line tall enough: no spreadsheet program does so by itself."""
    area = home.area
    if area.left == area.right or area.top != area.bottom:
        return
    columns = range(area.left, area.right + 1)
    width = sum(sheet.range((area.top, column)).column_width or 0.0 for column in columns)
    cell = sheet.range(home.cell)
    stands, need = cell.row_height or 0.0, text_height(text, width, cell.font.size or _SIZE, bold=False)
    if need > stands:
        cell.row_height = need
