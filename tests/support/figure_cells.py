"""Where the figures and the leaves of a plan stand in its generated workbook, found from what the sheets show.

Figures of items stand where `generators.layout` says. Those of costings are found by the id of their line (or item)
in the columns beside the print area, and by the heading above a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.expression import Expression
from budget.figures import FigureKey, Figures, axes_of, price_of
from budget.plan import Amount, Appendix, Axis, Estimate, EstimateLine, Item, Plan
from generators.forms import load_form
from generators.layout import Layout, lay_out

HEADINGS = {"quantity": ("Số lượng",), "price": ("Đơn giá",), "amount": ("Thành tiền", "Cộng")}

Place = tuple[str, str]  # sheet, A1 address


@dataclass(frozen=True, slots=True)
class Leaf:
    """An input cell; `changed` is the plan with another value in it. `value` None: nothing is stated yet."""

    place: Place
    value: Decimal | None
    changed: Callable[[Decimal], Plan]


class FigureCells:
    """The figure cells and the leaf cells of a plan; `workbook` holds its formulas."""

    def __init__(self, plan: Plan, workbook: Workbook) -> None:
        self.plan = plan
        self.leaves: list[Leaf] = []
        self._derive: dict[Place, Callable[[Plan, Figures], Decimal | None]] = {}
        for appendix in plan.appendices:
            sheet, form = workbook[appendix.sheet], load_form(appendix.form)
            if form.is_costing:
                for estimate in plan.estimates:
                    if estimate.appendix == appendix.key:
                        self._costing(sheet, estimate, [line.id for line in estimate.lines])
            else:
                self._items(sheet, appendix, lay_out(plan, appendix, form, Figures(plan)))

    def values(self, plan: Plan) -> dict[Place, Decimal | None]:
        """What each figure cell must show for `plan`, which differs from this one in leaf values only."""
        figures = Figures(plan)
        return {place: derive(plan, figures) for place, derive in self._derive.items()}

    def _items(self, sheet: Worksheet, appendix: Appendix, layout: Layout) -> None:
        for key, place in layout.cells.items():
            self._derive[_place(sheet.cell(*place))] = partial(_figure, key)
        items = self.plan.items_of(appendix.key)
        for item in items:
            for axis in axes_of(appendix):
                self._amount(sheet, layout.cells.get(FigureKey(appendix.key, item.id, *axis)), item, axis)
            if item.quantity is not None:
                (cell,) = _inputs(sheet, layout.row_of[item.id, None].index, "quantity")
                self.leaves.append(Leaf(_place(cell), item.quantity, partial(_with_quantity, self.plan, item)))
        for estimate in self.plan.estimates:
            if estimate.appendix is None and any(item.id == estimate.item for item in items):
                self._costing(sheet, estimate, [estimate.item])

    def _amount(self, sheet: Worksheet, place: tuple[int, int] | None, item: Item, axis: Axis) -> None:
        """An amount of an item, unless its cell is derived or a row above states it, so that this one may not."""
        if place is None or sheet.cell(*place).data_type == "f" or self._is_stated_above(item, axis):
            return
        amount = item.amounts.get(axis)
        changed = partial(_with_amount, self.plan, item, axis)
        self.leaves.append(Leaf(_place(sheet.cell(*place)), amount.value if amount else None, changed))

    def _is_stated_above(self, item: Item, axis: Axis) -> bool:
        items = {one.id: one for one in self.plan.items}
        while item.parent:
            item = items[item.parent]
            if axis in item.amounts:
                return True
        return False

    def _costing(self, sheet: Worksheet, estimate: Estimate, marks: list[str]) -> None:
        rows = [_row_of(sheet, mark) for mark in marks]
        for row, line in zip(rows, estimate.lines, strict=True):
            self._line(sheet, row, estimate, line)
        if estimate.appendix:  # a costing in a title has no total of its own
            for cell in _under(sheet, rows[-1] + 1, "amount"):
                self._derive[_place(cell)] = partial(_total, estimate.id)
            for cell in _under(sheet, rows[-1] + 1, "price"):
                self._derive[_place(cell)] = partial(_price_total, estimate.id)

    def _line(self, sheet: Worksheet, row: int, estimate: Estimate, line: EstimateLine) -> None:
        (cell,) = _under(sheet, row, "amount")
        amount = _place(cell)
        self._derive[amount] = partial(_line_amount, estimate.id, line.id)
        if line.amount and line.amount.value is not None:
            self.leaves.append(Leaf(amount, line.amount.value, partial(_with_lump_sum, self.plan, estimate, line)))
        for role, expression in (("quantity", line.quantity), ("price", line.unit_price)):
            terms = expression.terms if expression else ()
            for index, (cell, term) in enumerate(zip(_inputs(sheet, row, role), terms, strict=True)):
                changed = partial(_with_factor, self.plan, estimate, line, role, index)
                self.leaves.append(Leaf(_place(cell), term.value, changed))


def _place(cell: Any) -> Place:
    return cell.parent.title, cell.coordinate


def _row_of(sheet: Worksheet, mark: str) -> int:
    """The row that bears an id beside the print area."""
    (row,) = (cell.row for row in sheet.iter_rows() for cell in row if cell.value == mark)
    return row


def _under(sheet: Worksheet, row: int, role: str) -> list[Any]:
    """The cells of a row that hold a formula or a number and stand under a heading of some role."""
    filled = (cell for cell in sheet[row] if cell.value is not None and cell.data_type in {"f", "n"})
    return [cell for cell in filled if _heading(sheet, row, cell.column).startswith(HEADINGS[role])]


def _inputs(sheet: Worksheet, row: int, role: str) -> list[Any]:
    return [cell for cell in _under(sheet, row, role) if cell.data_type == "n"]


def _heading(sheet: Worksheet, row: int, column: int) -> str:
    """The nearest text above a cell; a dash stands for a figure."""
    above = (sheet.cell(index, column) for index in range(row - 1, 0, -1))
    return next((str(cell.value) for cell in above if cell.data_type == "s" and cell.value != "-"), "")


def _figure(key: FigureKey, _: Plan, figures: Figures) -> Decimal:
    return figures[key]


def _line_amount(estimate: str, line: str, plan: Plan, figures: Figures) -> Decimal | None:
    costing = _estimate(plan, estimate)
    return figures.line_amount(costing, next(one for one in costing.lines if one.id == line))


def _total(estimate: str, plan: Plan, figures: Figures) -> Decimal:
    return figures.estimate_total(_estimate(plan, estimate))


def _price_total(estimate: str, plan: Plan, _: Figures) -> Decimal:
    costing = _estimate(plan, estimate)
    prices = (price_of(line.unit_price, costing.unit) for line in costing.lines if line.unit_price)
    return sum(prices, Decimal(0))


def _estimate(plan: Plan, key: str) -> Estimate:
    return next(estimate for estimate in plan.estimates if estimate.id == key)


def _with_amount(plan: Plan, item: Item, axis: Axis, value: Decimal) -> Plan:
    return _with_item(plan, replace(item, amounts={**item.amounts, axis: Amount(value)}))


def _with_quantity(plan: Plan, item: Item, value: Decimal) -> Plan:
    return _with_item(plan, replace(item, quantity=value))


def _with_item(plan: Plan, item: Item) -> Plan:
    return replace(plan, items=tuple(item if one.id == item.id else one for one in plan.items))


def _with_lump_sum(plan: Plan, estimate: Estimate, line: EstimateLine, value: Decimal) -> Plan:
    return _with_line(plan, estimate, replace(line, amount=Amount(value)))


def _with_factor(plan: Plan, estimate: Estimate, line: EstimateLine, role: str, index: int, value: Decimal) -> Plan:
    """With another value of one factor of a line's quantity, or of its price."""
    if role == "quantity":
        return _with_line(plan, estimate, replace(line, quantity=_with_term(line.quantity, index, value)))
    return _with_line(plan, estimate, replace(line, unit_price=_with_term(line.unit_price, index, value)))


def _with_term(expression: Expression | None, index: int, value: Decimal) -> Expression:
    assert expression is not None
    terms = list(expression.terms)
    terms[index] = replace(terms[index], value=value)
    return replace(expression, terms=tuple(terms))


def _with_line(plan: Plan, estimate: Estimate, line: EstimateLine) -> Plan:
    changed = replace(estimate, lines=tuple(line if one.id == line.id else one for one in estimate.lines))
    return replace(plan, estimates=tuple(changed if one.id == estimate.id else one for one in plan.estimates))
