"""What must happen to a book so that a table gets one more item: all of it worked out before the host is touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from addin.formula_tree import name_key
from addin.rows.contents import NewRows
from addin.rows.growth import Grower, Growth
from addin.rows.kin import Kin, continuing, is_line, opener
from addin.rows.numbering import Series, numbered, relabelled
from faults import InputFault, Text, cell_place
from validators.grid import Book, Grid, Place
from validators.own_sheet import rolls_up
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Role, Row, RowKind
from workbook.addresses import Area, Cell

_DIGITS = re.compile(r"\d+")


@dataclass
class RowPlan:
    """The new rows, what their cells hold, and what changes elsewhere; places are those afterwards.

    `formulas`: what must be written, with `=`. `expected`: how every formula that refers to the block must read,
    without `=`. `numbers`: cells that are numbered anew; `labels`: those of totals that are called after such a number.
    `merges`: the merged cells of the new rows. `shared`: merged cells that stand over rows which are copied and over
    others, too, as the host has them and as they must be: they reach down to a new row that comes right below them.
    `counting`: formulas that count the new rows in. `typed`: totals over the row that are typed numbers; `partial`:
    formulas that take some of the rows like it only; `arrays`: array formulas, and `conditions`: conditional formats
    that should count it in and do not. `rollups`: the roll-ups of ours that the rows belong to.
    """

    grower: Grower
    item: Row
    number: str
    cells: dict[Cell, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    expected: dict[Place, str] = field(default_factory=dict)
    numbers: dict[Cell, str] = field(default_factory=dict)
    labels: dict[Cell, str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    shared: list[tuple[Area, Area]] = field(default_factory=list)
    counting: list[Place] = field(default_factory=list)
    typed: list[Place] = field(default_factory=list)
    partial: list[Place] = field(default_factory=list)
    arrays: list[Place] = field(default_factory=list)
    rollups: list[str] = field(default_factory=list)
    conditions: list[Place] = field(default_factory=list)

    @property
    def growth(self) -> Growth:
        """Where the new rows come."""
        return self.grower.growth


def standing(checked: Checked, sheet: str, row: int, column: int) -> tuple[AppendixTable, Row]:
    """The table that a cell of a sheet lies in, and the item that its row is about. Raises InputFault.

    A line of a funding source is about the item that it breaks down, an empty row about the one above it, and so is one
    that has figures and no words of its own.
    """
    place = cell_place(sheet, Place(sheet, row, column).address)
    table = _table_at(checked, sheet, row, column)
    if table is None:
        outside = Text("ô đang chọn không nằm trong bảng nào", "the selected cell lies in no table")
        raise InputFault(outside, place=place, expected=_AN_ITEM)
    above = [each for each in table.rows if each.index <= row]
    if row < table.body[0] or not above:
        heading = Text("ô đang chọn nằm ở tiêu đề của bảng", "the selected cell lies in the heading of the table")
        raise InputFault(heading, place=place, expected=_AN_ITEM)
    item = opener(table, above[-1])
    while is_line(item) and item.parent is not None:
        item = opener(table, table.row_at[item.parent])
    if item.kind is not RowKind.ITEM:
        total = item.kind is RowKind.TOTAL
        what = Text("dòng đang chọn là dòng tổng", "the selected row is a total")
        other = Text("dòng đang chọn không phải một hạng mục", "the selected row is no item")
        raise InputFault(what if total else other, place=place, found=item.label[:80], expected=_AN_ITEM)
    return table, item


_AN_ITEM = Text(
    "chọn một ô ở dòng hạng mục, dòng mới sẽ nằm ngay dưới", "a cell of an item; the new row comes right below it"
)


def planned(book: Book, checked: Checked, table: AppendixTable, item: Row, selected: int) -> RowPlan:
    """What a further item below that one takes; `selected` is the row that the user stands on.

    `book`: all of it; `checked` lacks the sheets of ours.
    """
    bottom = max(_bottom(table, item), selected)
    growth = Growth(table.grid.name, item.index, bottom, tuple(sorted(_model(table, item))))
    kin = Kin(checked, table, growth.top, growth.bottom)
    new = NewRows(checked, table, item, Grower(growth, kin))
    plan = RowPlan(new.grower, item, new.number)
    _plan_formulas(plan, book)
    _plan_numbers(plan, table, new.series)
    plan.cells.update(new.contents())
    for where, printed in new.numbers():
        for (row, column), label in relabelled(table, table.row_at[where.row], printed):
            plan.cells[growth.copies[row], column] = label
    _plan_chains(plan, table)
    _plan_merges(plan, table.grid)
    plan.typed += dict.fromkeys(_moved(growth, equation.total) for equation in kin.typed_totals())
    return plan


def _table_at(checked: Checked, sheet: str, row: int, column: int) -> AppendixTable | None:
    """The table that covers a cell; else the only one that reaches over its row."""
    beside = [
        table for table in checked.tables if table.grid.name == sheet and table.area.top <= row <= table.area.bottom
    ]
    covering = [table for table in beside if table.area.covers(row, column)]
    return covering[0] if covering else beside[0] if len(beside) == 1 else None


def _below(table: AppendixTable, row: Row) -> Iterator[Row]:
    """All rows that belong to one or go on with it, and those that belong to them."""
    for each in (*continuing(table, row), *table.children.get(row.index, ())):
        yield each
        yield from _below(table, each)


def _bottom(table: AppendixTable, item: Row) -> int:
    """The last row of an item: its lines, its parts, the cells that are merged with its own.

    Remarks below the last row of a table are the table's.
    """
    last = max((row.index for row in table.rows if row.kind is not RowKind.TEXT), default=item.index)
    rows = [item.index, *(row.index for row in _below(table, item) if row.index <= last)]
    columns = [column.index for column in table.of_role(Role.NUMBER, Role.CONTENT)]
    merged = [area.bottom for row in rows for column in columns if (area := table.grid.merge_at(row, column))]
    return max(*rows, *merged) if merged else max(rows)


def _model(table: AppendixTable, item: Row) -> Iterator[int]:
    """The rows that a new item is a copy of: its own, its source lines, its totals, and of its parts the first one."""
    yield from (each.index for each in (item, *continuing(table, item)))
    first = True
    for row in table.children.get(item.index, ()):
        if is_line(row) or row.kind is RowKind.TOTAL:
            yield from (each.index for each in (row, *_below(table, row)) if each.kind is not RowKind.TEXT)
        elif row.kind is RowKind.ITEM and first:
            first = False
            yield from _model(table, row)


def _moved(growth: Growth, place: Place) -> Place:
    """Where a cell is once the new rows are there."""
    own = name_key(place.sheet) == name_key(growth.sheet)
    return place._replace(row=growth.moved(place.row)) if own else place


def _plan_formulas(plan: RowPlan, book: Book) -> None:
    growth = plan.growth
    for grid in book.sheets:
        ours = rolls_up(grid)
        for (row, column), cell in grid.cells.items():
            if not cell.formula or not _may_refer(cell.formula, grid.name, growth):
                continue
            try:
                grown = plan.grower.grown(cell.formula, Place(grid.name, row, column))
            except ValueError:
                continue
            place = _moved(growth, Place(grid.name, row, column))
            if ours and (grown.partial or grown.counts) and grid.name not in plan.rollups:
                plan.rollups.append(grid.name)
            if grown.partial and not ours:
                plan.partial.append(place)
            if cell.array:
                plan.arrays += [place] if grown.text != grown.host else []
                continue
            plan.expected[place] = grown.text
            if grown.text != grown.host:
                plan.formulas[place] = f"={grown.text}"
            if grown.counts and not ours:
                plan.counting.append(place)


def _may_refer(formula: str, sheet: str, growth: Growth) -> bool:
    """Whether a formula of a sheet may refer to rows of the block: quick, and never wrongly no."""
    if sheet != growth.sheet and growth.sheet.replace("'", "''").casefold() not in formula.casefold():
        return False
    numbers = [int(digits) for digits in _DIGITS.findall(formula)]
    return bool(numbers) and min(numbers) <= growth.bottom and max(numbers) >= growth.top


def _plan_numbers(plan: RowPlan, table: AppendixTable, series: Iterable[Series]) -> None:
    for row, number in (pushed for each in series for pushed in each.pushed(plan.growth.bottom)):
        where = numbered(table, row)
        if where is not None:
            plan.numbers[plan.growth.moved(row.index), where.column] = where.content(number)
        for (at, column), label in relabelled(table, row, number):
            plan.labels[plan.growth.moved(at), column] = label


def _plan_chains(plan: RowPlan, table: AppendixTable) -> None:
    """Where the next item goes on from the cell above (`=A8+1`), it goes on from the new one, and that from its own."""
    growth = plan.growth
    later = next((row for row in table.children[plan.item.parent] if row.index > growth.bottom), None)
    if later is None:
        return
    for column, cell in table.grid.by_row.get(later.index, {}).items():
        place = Place(growth.sheet, later.index, column)
        moved = _moved(growth, place)
        if not cell.formula or cell.array or plan.formulas.get(moved):
            continue
        try:
            chained = plan.grower.chained(cell.formula, place, plan.item.index)
        except ValueError:
            continue
        if chained:
            plan.cells[growth.copies[plan.item.index], column] = f"={chained[0]}"
            plan.formulas[moved], plan.expected[moved] = f"={chained[1]}", chained[1]


def _plan_merges(plan: RowPlan, grid: Grid) -> None:
    growth, model = plan.growth, set(plan.growth.model)
    for area in grid.merges:
        covered = [row for row in growth.model if area.top <= row <= area.bottom]
        if not covered:
            continue
        new = [growth.copies[row] for row in covered]
        if growth.holds(area.top) and growth.holds(area.bottom) and (len(new) > 1 or area.left < area.right):
            plan.merges.append(area._replace(top=new[0], bottom=new[-1]))
        if not model.issuperset(range(area.top, area.bottom + 1)):
            stands = area._replace(bottom=growth.moved(area.bottom))
            reaches = area.top < growth.top and area.bottom == growth.bottom
            plan.shared.append((stands, area._replace(bottom=growth.rows[-1]) if reaches else stands))


def by_sheet(places: Mapping[Place, str]) -> dict[str, dict[Cell, str]]:
    """What is written, sheet by sheet."""
    found: dict[str, dict[Cell, str]] = {}
    for place, content in places.items():
        found.setdefault(place.sheet, {})[place.row, place.column] = content
    return found
