"""Thêm dòng: one more item in a table, below the one that is selected, counted in wherever that one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import xlwings as xw

from addin.blocks import fill
from addin.commands.base import Desk
from addin.formula_tree import name_key, reference
from addin.marks import RULE
from addin.rows import conditional
from addin.rows.conditional import Condition
from addin.rows.growth import Grower, Growth
from addin.rows.plan import RowPlan, by_sheet, planned, standing
from addin.rows.report import told
from addin.selecting import active_grid, selected
from addin.sheets import refuse_protected_sheet
from faults import InputFault, Text
from validators.checking import examine
from validators.grid import Book, Grid, Place
from validators.rules._formulas import moved
from validators.tables.model import AppendixTable, Role
from workbook.addresses import Area, Cell, areas

_PRINTED = "_xlnm.Print_Area"


def add_row(desk: Desk) -> Text:
    """Add an item below the selected one. Raises InputFault."""
    sheet = desk.book.sheets.active
    refuse_protected_sheet(sheet)
    desk.progress(Text("đang đọc bảng…", "reading the table…"))
    book = desk.read()
    checked, grid = examine(book), active_grid(desk, book)
    area = _selected(desk, grid)
    table, item = standing(checked, grid.name, area.top, area.left)
    if standing(checked, grid.name, area.bottom, area.left)[1] != item:
        several = Text("đang chọn nhiều dòng của bảng", "several rows of the table are selected")
        raise InputFault(several, found=area, expected=Text("một ô", "one cell"))
    plan = planned(book, checked, table, item, area.bottom)
    _refuse_hidden(grid, plan.growth)
    for name in by_sheet(plan.formulas):
        refuse_protected_sheet(desk.book.sheets[name])
    conditions = tuple(conditional.conditions(desk.kept))
    desk.progress(Text("đang thêm dòng…", "adding the row…"))
    _put_in(desk, plan, sheet)
    plan.conditions += _change_conditions(desk, plan.grower, conditions)
    _change_names(desk, plan.grower, book)
    _select(sheet, plan, table)
    desk.progress(Text("đang kiểm tra lại…", "checking again…"))
    desk.app.calculate()
    after = desk.read()
    return told(plan, checked, after, examine(after))


def _selected(desk: Desk, grid: Grid) -> Area:
    """What is selected, all of it; of merged cells the last row, below which the new one comes. Raises InputFault."""
    chosen = selected(desk, grid)
    if len(chosen) == 1 and chosen[0] == grid.merge_at(chosen[0].top, chosen[0].left):
        return chosen[0]._replace(top=chosen[0].bottom)
    return Area(
        min(area.top for area in chosen),
        min(area.left for area in chosen),
        max(area.bottom for area in chosen),
        max(area.right for area in chosen),
    )


def _refuse_hidden(grid: Grid, growth: Growth) -> None:
    """Raises InputFault for rows to copy some of which are hidden: Excel copies none that a filter hides."""
    hidden = sorted(grid.hidden_rows.intersection(growth.model))
    if hidden and len(growth.model) > 1:
        what = Text("hạng mục này có dòng đang bị lọc hoặc ẩn", "some rows of this item are filtered out or hidden")
        rows = ", ".join(map(str, hidden))
        place = Text(f"trang “{grid.name}”, dòng {rows}", f"sheet “{grid.name}”, row {rows}")
        first = Text("bỏ lọc và hiện các dòng ấy trước", "the filter off and these rows shown first")
        raise InputFault(what, place=place, expected=first)


def _put_in(desk: Desk, plan: RowPlan, sheet: xw.Sheet) -> None:
    """Insert the rows, make them look like those that they are copies of, and write what they and others hold."""
    growth = plan.growth
    desk.app.cut_copy_mode = False  # or the host would insert what the user has copied
    try:
        sheet.range(f"{growth.rows[0]}:{growth.rows[-1]}").insert("down")
    except Exception as fault:  # each host has its own kind of exception
        what = Text("không chèn được dòng vào trang", "no row can be inserted into the sheet")
        raise InputFault(what, file=sheet.name, found=fault) from fault
    with desk.app.properties(display_alerts=False):  # Excel asks before it merges
        for stands, _ in plan.shared:  # a part of merged cells cannot be copied
            _range(sheet, stands).unmerge()
        for first, _, last, _ in areas([(row, 1) for row in growth.model]):
            sheet.range(f"{first}:{last}").copy(sheet.range((growth.copies[first], 1)))
        new = sheet.range(f"{growth.rows[0]}:{growth.rows[-1]}")
        new.unmerge()
        for note in [note for note in sheet.notes if note.location.row in growth.rows]:
            note.delete()
        fill(sheet, plan.cells | plan.numbers | plan.labels)
        for area in (*plan.merges, *(wanted for _, wanted in plan.shared)):
            _range(sheet, area).merge()
    for name, cells in by_sheet(plan.formulas).items():
        fill(desk.book.sheets[name], cells)
    new.rows.autofit()


def _range(sheet: xw.Sheet, area: tuple[int, int, int, int]) -> xw.Range:
    top, left, bottom, right = area
    return sheet.range((top, left), (bottom, right))


def _change_conditions(desk: Desk, grower: Grower, conditions: Sequence[Condition]) -> list[Place]:
    """Conditional formats that judge sums count the new rows in, too; where they could not be made to. One that came
    along with a copied row is taken off where it would go on judging the old one, or is the mark of a mistake there.
    """
    growth = grower.growth
    changes: dict[Place, dict[str, str]] = {}
    going: dict[Cell, list[Condition]] = {}
    for each in conditions:
        own = name_key(each.place.sheet) == name_key(growth.sheet)
        try:
            grown = grower.grown(each.formula, each.place)
            leaving = _leaving(grower, each) if own and each.place.row in growth.copies else []
        except ValueError:
            continue
        if grown.text != grown.host:
            row = growth.moved(each.place.row) if own else each.place.row
            changes.setdefault(each.place._replace(row=row), {})[grown.host] = grown.text
        for cell in leaving:
            going.setdefault(cell, []).append(each)
    sheet = desk.book.sheets[growth.sheet]
    stay = [cell for cell, rules in going.items() if not conditional.take_off(sheet, cell, rules)]
    missed = [place for place, formulas in changes.items() if not conditional.change(desk.book, place, formulas)]
    return [*missed, *(Place(growth.sheet, *cell) for cell in stay)]


def _leaving(grower: Grower, condition: Condition) -> list[Cell]:
    """The cells of new rows that a rule must not judge. Raises ValueError for one that cannot be taken apart."""
    copies, area, found = grower.growth.copies, condition.area, []
    for row in (row for row in copies if area.top <= row <= area.bottom):
        place = condition.place._replace(row=row)
        formula = moved(condition.formula, condition.place[1:], place[1:])
        copied = grower.copied(formula, place, {})
        stays = copied is not None and copied[0] == moved(formula, place[1:], (copies[row], place.column))
        if not stays or f"={formula}" == RULE:
            found += [(copies[row], column) for column in range(area.left, area.right + 1)]
    return found


def _change_names(desk: Desk, grower: Grower, book: Book) -> None:
    """Names of ranges that end in the selected row reach down to the new ones."""
    for name in book.names:
        try:
            grown = grower.grown(name.refers_to.removeprefix("="), Place("", 0, 0))
        except ValueError:
            continue
        if grown.text == grown.host:
            continue
        if name.name == _PRINTED:
            area = reference(grown.text)
            if area is not None and name.sheet is not None:
                desk.book.sheets[name.sheet].page_setup.print_area = str(replace(area, prefix=""))
            continue
        for live in desk.book.names:
            if _name_key(live.name) == (name_key(name.sheet or ""), name_key(name.name)):
                live.refers_to = f"={grown.text}"


def _name_key(live: str) -> tuple[str, str]:
    """The sheet, empty: all, that a name is known on, and the name itself, as hosts compare them.

    Hosts give the name of one that a single sheet knows as `'Phụ lục'!Tong`.
    """
    scope, _, own = live.rpartition("!")
    return name_key(scope.strip("'").replace("''", "'")), name_key(own)


def _select(sheet: xw.Sheet, plan: RowPlan, table: AppendixTable) -> None:
    """Have the user stand where the new item is to be described."""
    columns = table.of_role(Role.CONTENT) or table.columns
    sheet.activate()
    sheet.range((plan.growth.rows[0], columns[0].index)).select()
