"""The other way to a total: everything that stands in the rows, less what sums others.

A sum counts the rows that it was written for. These formulas span from the row above to the row below, so a row that
somebody inserts at the top, in the middle or at the end is met here even where no sum counts it; check and total then
differ, and the total turns red.
"""

from __future__ import annotations

from functools import cached_property

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter

from budget.figures import FigureKey
from budget.plan import Item
from generators.formulas import SUMS, address, helper_column
from generators.layout import Column, Layout
from generators.sheet import FormSheet

RED = PatternFill("solid", bgColor="FFC7CE")
WHOLE = "#,##0"


class Counting:
    """Counting formulas of one appendix; `own_leaves` are leaf cells in rows that otherwise sum others."""

    def __init__(self, layout: Layout, own_leaves: list[tuple[int, int]]) -> None:
        self.layout, self.own_leaves = layout, own_leaves

    def column_total(self, column: Column) -> str:
        """What the grand total of a column must be."""
        first, last = self.layout.of_role("header")[-1].index, self.layout.body[1] + 1
        total = self.layout.cells[self.total_key(column)]
        within = f"-{address(total)}" if first <= total[0] <= last else ""
        head = f"-SUM({column.letter}{first})"  # a heading such as 2021 is a number too
        return self._leaves(first, last, column.index) + head + within

    def below(self, item: Item) -> str:
        """What the total over all columns of a row with children must be."""
        row, column = self.layout.cells[FigureKey(self.layout.figured, item.id)]
        last = self._last_below[item.id]
        own = "".join(f"+{address(place)}" for place in self.own_leaves if row <= place[0] <= last)
        return self._leaves(row, last, column) + own

    def total_key(self, column: Column) -> FigureKey:
        """The grand total that a column of amounts ends in."""
        return FigureKey(self.layout.figured, None, column.source, column.year)

    def parents(self) -> list[Item]:
        """The items with children whose total over all columns is shown."""
        return [
            item
            for item in self.layout.plan.items_of(self.layout.appendix.key)
            if self.layout.children.get(item.id) and FigureKey(self.layout.figured, item.id) in self.layout.cells
        ]

    def _leaves(self, first: int, last: int, column: int) -> str:
        letter, sums = get_column_letter(column), helper_column(self.layout, "sums")
        span = f"{letter}{first}:{letter}{last}"
        own = "".join(f"+{address(p)}" for p in self.own_leaves if p[1] == column and first <= p[0] <= last)
        return f'SUM({span})-SUMIF(${sums}${first}:${sums}${last},"{SUMS}",{span}){own}'

    @cached_property
    def _last_below(self) -> dict[str, int]:
        """The last row below each row with children: its children's, and theirs."""
        last: dict[str, int] = {}
        parents = {item.id: item.parent for item in self.layout.plan.items}
        for row in self.layout.rows:
            above = row.item and row.item.parent
            while above:
                last[above] = row.index
                above = parents[above]
        return last


def mark_failures(sheet: FormSheet, counting: Counting) -> None:
    """Reddens each total that differs from what is counted."""
    layout, digits = counting.layout, counting.layout.appendix.unit.exponent
    for column in layout.amount_columns:
        place = layout.cells.get(counting.total_key(column))
        if place:
            _redden(sheet, address(place), counting.column_total(column), digits)
    for item in counting.parents():
        place = layout.cells[FigureKey(layout.figured, item.id)]
        _redden(sheet, address(place), counting.below(item), digits)


def _redden(sheet: FormSheet, cell: str, counted: str, digits: int) -> None:
    sheet.sheet.conditional_formatting.add(cell, FormulaRule([f"ROUND({cell}-({counted}),{digits})<>0"], fill=RED))


def show_whole_numbers(sheet: FormSheet, layout: Layout) -> None:
    """Where a column shows decimals, a whole number is shown without them ("46,3" but "42"): no number format can."""
    by_column: dict[int, list[int]] = {}
    for row, column in layout.cells.values():
        if ".0" in sheet.sheet.cell(row, column).number_format:
            by_column.setdefault(column, []).append(row)
    if not by_column:
        return
    first, last = min(by_column), max(by_column)
    top, bottom = min(map(min, by_column.values())), max(map(max, by_column.values()))
    corner = f"{get_column_letter(first)}{top}"
    rule = FormulaRule([f"ROUND({corner},0)={corner}"])
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=3, formatCode=WHOLE))
    sheet.sheet.conditional_formatting.add(f"{corner}:{get_column_letter(last)}{bottom}", rule)
