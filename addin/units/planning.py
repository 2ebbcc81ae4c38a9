"""What a table is changed to when it is brought into another unit of money: numbers, formulas, words, formats."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from addin.units.cells import Cells
from addin.units.columns import (
    RATIO,
    is_percentage,
    kept_columns,
    left_columns,
    mixed_cell,
    money_columns,
    own_columns,
    unclear_cells,
)
from addin.units.formats import MOST, PLAIN, with_decimals
from addin.units.rescaling import Hindrance, Reason, Rescaler, UnreadableFormula
from addin.units.wording import label_reworded, reworded
from budget.money import Unit, convert
from budget.numbers import decimals_of, format_number
from faults import InputFault, Text, cell_place
from validators.grid import Book, Grid, Place
from validators.readers.values import fifteen_digits
from validators.rules._formulas import references
from validators.tables.model import AppendixTable, Form, Role, Row, RowKind
from validators.tables.numerals import looks_like_figure
from validators.tables.units import stated_unit
from validators.tables.wording import bare
from workbook.addresses import Area, Cell

_ROUNDS = 12  # of settling what formulas around the tables give
_UNIT_LINE = re.compile(r"(?:don vi|dvt|dv tinh)\b")
_UNCLEAR = re.compile(r"so với|so sánh", re.IGNORECASE)
_SAYS = {
    Reason.CONSTANT: Text(
        "công thức chứa số cố định nên không đổi đơn vị được", "the formula holds a fixed amount, which stays as it is"
    ),
    Reason.MIXTURE: Text(
        "công thức gộp số được đổi đơn vị với số không đổi", "the formula takes converted figures together with others"
    ),
    Reason.UNKNOWN: Text(
        "không biết công thức này cho kết quả gì sau khi đổi đơn vị", "nobody can tell what becomes of this formula"
    ),
}
_WANTED = {
    Reason.CONSTANT: Text("số cố định nằm ở một ô riêng", "the amount in a cell of its own"),
    Reason.UNKNOWN: Text(
        "công thức đơn giản hơn, hoặc giá trị thay cho công thức", "a simpler formula, or its value in its place"
    ),
}


@dataclass
class Plan:
    """The change of the tables (`tables`: their areas) of one sheet from `source` to `target`.

    `numbers` and `texts`: new constants of the sheet. `formulas`: new formulas of any sheet, without `=`. `formats`:
    new number formats. `widest`: of each column the longest figure, as it will be printed. `left`: the columns of the
    tables whose numbers are no amounts in that unit, typed or computed, and stay. `own`: columns that are
    converted and state their unit although a line of the table does.
    """

    grid: Grid
    source: Unit
    target: Unit
    cells: Cells
    tables: Sequence[Area]
    numbers: dict[Cell, float] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    texts: dict[Cell, str] = field(default_factory=dict)
    formats: dict[Cell, str] = field(default_factory=dict)
    widest: dict[Cell, str] = field(default_factory=dict)
    left: dict[int, str] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)

    @property
    def exponent(self) -> int:
        """A converted figure is 10 to this power as large as before."""
        return self.source.exponent - self.target.exponent

    def converted(self, value: Decimal) -> Decimal:
        """A figure in the new unit, to the 15 digits that a spreadsheet keeps."""
        return fifteen_digits(convert(value, self.source, self.target))


def plan_of(book: Book, tables: Sequence[AppendixTable], source: Unit, target: Unit) -> Plan:
    """What has to be changed so that those of `tables` that are in `source` are in `target`.

    `tables` are all tables of a sheet. Raises InputFault where a figure is no number, or a formula cannot be kept
    right: nothing may be written then.
    """
    grid = tables[0].grid
    changing = [table for table in tables if table.unit is source]
    for table in changing:
        _refuse_texts(table)
    money = {cell for table in changing for cell in _money(table)}
    headed = {row for table in changing for row in range(table.area.top, table.body[0])}
    plan = Plan(grid, source, target, Cells(book, grid, money, headed), [table.area for table in changing])
    _settle(plan, {cell for table in tables for cell in _kept(table, source)})
    plan.formulas.update(_rewritten(plan, book, {cell for table in changing for cell in unclear_cells(table)}))
    for table in changing:
        _refuse_mixed(table, plan.cells)
        plan.texts.update(_reworded(table, target))
        plan.left.update(left_columns(table, plan.cells))
        plan.own.update(own_columns(table))
    for cell, held in grid.cells.items():
        if cell in money and held.formula is None and isinstance(held.value, Decimal):
            plan.numbers[cell] = float(plan.converted(held.value))
    _shape(plan)
    return plan


def _kept(table: AppendixTable, source: Unit) -> Iterator[Cell]:
    """The figures of a table that stay as they are: amounts in another unit, counts, shares."""
    kept = kept_columns(table) if table.unit is source else {column.index for column in table.amounts}
    for cell in table.figures:
        if cell[1] in kept:
            yield cell
    for (row, column), held in table.grid.cells.items():
        if table.area.covers(row, column) and is_percentage(held):
            yield row, column


def _money(table: AppendixTable) -> Iterator[Cell]:
    """The cells of a table that hold amounts in its unit, or will: blank cells of its columns of amounts too."""
    for column in money_columns(table):
        for index in range(table.body[0], table.body[1] + 1):
            cell, row = (index, column.index), table.row_at.get(index)
            if row is not None and row.kind is RowKind.TEXT:
                if _is_amount_of_remark(table, row, cell):
                    yield cell
            elif _may_hold_amount(table, cell):
                yield cell


def _may_hold_amount(table: AppendixTable, cell: Cell) -> bool:
    """Whether an amount stands in a cell, or nothing yet: no text, no percentage."""
    figure = table.figures.get(cell)
    if figure is not None:
        return figure.form in (Form.NUMBER, Form.DASH)
    return table.grid.value(*cell) in (None, "")


def _is_amount_of_remark(table: AppendixTable, row: Row, cell: Cell) -> bool:
    """Whether a constant in a row of remarks is an amount: "Làm tròn" is one, "Tỷ lệ" none. Raises InputFault."""
    held = table.grid.cells.get(cell)
    if cell not in table.figures or held is None or held.formula is not None or RATIO.search(row.label):
        return False
    if _UNCLEAR.search(row.label) and table.value(*cell):
        what = Text("không rõ số này là tiền hay tỷ lệ", "this figure may be an amount or a ratio")
        sign = Text("định dạng % nếu là tỷ lệ, hoặc một công thức", "a percent format for a ratio, or a formula")
        raise InputFault(what, place=_at(table.grid, cell), found=row.label, expected=sign)
    return True


def _refuse_texts(table: AppendixTable) -> None:
    """Raise InputFault for a figure that is text: half a table in another unit would be worse than none."""
    columns = {column.index for column in money_columns(table)}
    for cell, figure in table.figures.items():
        if cell[1] not in columns or figure.form in (Form.NUMBER, Form.DASH) or not looks_like_figure(figure.printed):
            continue
        is_broken = figure.form is Form.MALFORMED
        what = Text("số viết sai quy cách", "a malformed number") if is_broken else _AS_TEXT
        expected = Text("viết lại số này", "the number written anew") if is_broken else _CONVERT
        raise InputFault(what, place=_at(table.grid, cell), found=figure.printed, expected=expected)


_AS_TEXT = Text("số được lưu dưới dạng chữ", "a number is stored as text")
_CONVERT = Text("bấm “Chuyển chữ thành số” trước", "“Chuyển chữ thành số” (text to numbers) first")


def _settle(plan: Plan, kept: set[Cell]) -> None:
    """Tell which formulas of the sheet, beside those in columns of money, give amounts in the table's unit.

    They are not forced to any unit: a helper column, a row "bình quân", a sum below the table go along.
    """
    free = {
        cell: held.formula
        for cell, held in plan.grid.cells.items()
        if held.formula and cell not in kept and not plan.cells.has(cell)
    }
    for _ in range(_ROUNDS):
        moved = False
        for cell, formula in free.items():
            is_one = _is_amount(plan, formula)
            if is_one != plan.cells.has(cell):
                plan.cells.move(cell, to_one=is_one)
                moved = True
        if not moved:
            return


def _is_amount(plan: Plan, formula: str) -> bool:
    try:
        return Rescaler(formula, plan.grid.name, plan.cells, plan.exponent).degree == 1
    except UnreadableFormula:
        return False


def _rewritten(plan: Plan, book: Book, unclear: Container[Cell]) -> Iterator[tuple[Place, str]]:
    """The formulas of the book that must be written otherwise; those of `unclear` cells must not.

    Raises InputFault for one that cannot be kept right.
    """
    for grid in book.sheets:
        is_here = grid.name == plan.grid.name
        for cell, held in grid.cells.items():
            is_one = is_here and plan.cells.has(cell)
            if not held.formula or not (is_one or plan.cells.touches(held.formula, grid.name)):
                continue
            is_unclear = is_here and not is_one and cell in unclear
            try:
                rescaler = Rescaler(held.formula, grid.name, plan.cells, plan.exponent)
                new = rescaler.brought(int(is_one))
                if new != held.formula and held.array:
                    raise Hindrance(Reason.UNKNOWN)
                if new != held.formula and is_unclear:
                    rescaler.brought(1)  # what hinders it even if it is an amount is said first
                    raise _unclear(grid, cell)
            except UnreadableFormula:
                if is_unclear:
                    raise _fault(plan, grid, cell, Reason.UNKNOWN) from None
                continue  # what it gives will tell
            except Hindrance as hindrance:
                raise _fault(plan, grid, cell, hindrance.reason) from hindrance
            if new != held.formula:
                yield Place(grid.name, *cell), new


def _refuse_mixed(table: AppendixTable, cells: Cells) -> None:
    """Raise InputFault where a column would be half in one unit and half in the other."""
    cell = mixed_cell(table, cells)
    if cell is not None:
        raise _unclear(table.grid, cell)


def _unclear(grid: Grid, cell: Cell) -> InputFault:
    held = grid.cells[cell]
    what = Text("không rõ số ở cột này là tiền hay không", "nobody can tell whether the column holds money")
    stated = Text(
        "tiêu đề cột ghi đơn vị tính, như “(triệu đồng)” hoặc “(%)”",
        "a heading that states the unit, such as “(triệu đồng)” or “(%)”",
    )
    found = f"={held.formula}" if held.formula else held.value
    return InputFault(what, place=_at(grid, cell), found=found, expected=stated)


def _fault(plan: Plan, grid: Grid, cell: Cell, reason: Reason) -> InputFault:
    formula = grid.cells[cell].formula or ""
    what, expected = _SAYS[reason], _WANTED.get(reason)
    leaf = next(_staying(plan, formula, grid.name), None) if reason is Reason.MIXTURE else None
    if leaf is not None:
        at = Place(plan.grid.name, *leaf).address
        what = Text(f"{what.vi} (ô {at})", f"{what.en} (cell {at})")
        expected = Text(
            f"số ở ô {at} cùng đơn vị với các số kia, hoặc để ô đó ngoài công thức",
            f"cell {at} in the unit of the others, or left out of the formula",
        )
    return InputFault(what, place=_at(grid, cell), found=f"={formula}", expected=expected)


def _staying(plan: Plan, formula: str, sheet: str) -> Iterator[Cell]:
    """The figures that stay, of those that a formula takes together with figures that are converted."""
    areas = [area for name, area in references(formula, sheet) if name.casefold() == plan.grid.name.casefold()]
    for cell, held in plan.grid.cells.items():
        stays = isinstance(held.value, Decimal) and held.value and not plan.cells.has(cell)
        if stays and any(area.covers(*cell) for area in areas):
            yield cell


def _reworded(table: AppendixTable, target: Unit) -> Iterator[tuple[Cell, str]]:
    """The unit line, the headings and the labels that state the unit, in the words of the new one."""
    assert table.unit is not None
    for cell in dict.fromkeys(_stating(table, table.unit)):
        held = table.grid.cells[cell]
        new = reworded(str(held.value), target)
        if held.formula is not None or new is None:
            what = Text("không viết lại được đơn vị tính ở đây", "the unit stated here cannot be reworded")
            words = Text("chữ gõ thẳng, như “Đơn vị tính: đồng”", "typed words such as “Đơn vị tính: đồng”")
            raise InputFault(what, place=_at(table.grid, cell), found=held.value, expected=words)
        yield cell, new
    yield from _labels_reworded(table, table.unit, target)


def _stating(table: AppendixTable, source: Unit) -> Iterator[Cell]:
    """The cells that state the unit: its line, headings of money, and both again where a page repeats them."""
    columns = {column.index for column in money_columns(table)}
    headings = {
        label.text: (label.row, label.left)
        for label in table.labels
        if columns & set(range(label.left, label.right + 1)) and _is_of(label.text, source)
    }
    yield from ([table.unit_cell] if table.unit_cell else [])
    yield from headings.values()
    for row, cells in table.grid.by_row.items():
        if not min((cell[0] for cell in table.above), default=table.area.top) <= row <= table.body[1]:
            continue
        for column, held in cells.items():
            text = " ".join(held.value.split()) if isinstance(held.value, str) else ""
            if text in headings or (_UNIT_LINE.match(bare(text)) and _is_of(text, source)):
                yield row, column


def _is_of(text: str, unit: Unit) -> bool:
    stated = stated_unit(text)
    return stated is not None and stated[0] is unit


def _labels_reworded(table: AppendixTable, source: Unit, target: Unit) -> Iterator[tuple[Cell, str]]:
    content = next((column.index for column in table.of_role(Role.CONTENT)), None)
    if content is None:
        return
    for row in table.rows:
        held = table.grid.cell(row.index, content)
        if held is not None and held.formula is None and isinstance(held.value, str):
            new = label_reworded(held.value, source, target)
            if new != held.value:
                yield (row.index, content), new


def _shape(plan: Plan) -> None:
    """Number formats with the decimals that each column needs, and how wide its figures are."""
    columns: dict[int, list[tuple[Cell, Decimal]]] = {}
    for cell, held in plan.grid.cells.items():
        if isinstance(held.value, Decimal) and plan.cells.has(cell) and "%" not in held.number_format:
            columns.setdefault(cell[1], []).append((cell, plan.converted(held.value)))
    for figures in columns.values():
        in_dong = plan.target is Unit.DONG
        decimals = 0 if in_dong else max(decimals_of(round(value, MOST)) for _, value in figures)
        printed = {cell: format_number(value, decimals) for cell, value in figures}
        longest = max(printed, key=lambda cell: (len(printed[cell]), cell))  # the lowest one: totals are large
        plan.widest[longest] = printed[longest]
        plan.formats |= _new_formats(plan.grid, [cell for cell, _ in figures], decimals)
    for place in plan.formulas:
        cell = (place.row, place.column)
        if place.sheet == plan.grid.name and plan.grid.cells[cell].number_format == "@":
            plan.formats.setdefault(cell, PLAIN)  # else the formula would be taken for a text


def _new_formats(grid: Grid, cells: Iterable[Cell], decimals: int) -> Mapping[Cell, str]:
    codes = {cell: grid.cells[cell].number_format for cell in cells}
    made = {code: with_decimals(code, decimals) for code in set(codes.values())}
    return {cell: made[code] for cell, code in codes.items() if made[code] != code}


def _at(grid: Grid, cell: Cell) -> Text:
    return cell_place(grid.name, Place(grid.name, *cell).address)
