"""The other way to a total: everything that stands in the rows, less what sums others.

A sum counts the rows that it was written for. These formulas span from the row above to the row below, so a row that
somebody inserts at the top, in the middle or at the end is met here even where no sum counts it; check and total then
differ, and the total turns red.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter

from budget.figures import FigureKey
from budget.money import Unit
from budget.plan import Item
from generators.formulas import SUMS, address, helper_column, summed
from generators.layout import Column, Layout
from generators.sheet import DECIMALS, FormSheet

RED = PatternFill("solid", bgColor="FFC7CE")
FIRST_OWN_FORMAT = 164  # lower numbers are Excel's built-in formats


class Counting:
    """Counting formulas of one appendix.

    `summing` are the rows whose figures sum others, `own_leaves` the leaf cells of rows with children; both are filled
    while the sheet is written.
    """

    def __init__(self, layout: Layout, own_leaves: list[tuple[int, int]], summing: set[int]) -> None:
        self.layout, self.own_leaves, self.summing = layout, own_leaves, summing

    def column_total(self, column: Column) -> str:
        """What the grand total of a column must be."""
        first, last = self.layout.of_role("header")[-1].index, self.layout.body[1] + 1
        top, bottom = self.layout.body
        totals = [
            place
            for place in self._total_cells
            if place[1] == column.index and first <= place[0] <= last and not top <= place[0] <= bottom
        ]
        elsewhere = [] if column.proto.axes else [p for p in self.own_leaves if p[1] != column.index]
        within = f"-({summed([address(place) for place in totals])})" if totals else ""
        head = f"-SUM({column.letter}{first})"  # a heading such as 2021 is a number too
        return self._leaves(first, last, column.index) + self._own(elsewhere) + head + within

    def below(self, item: Item) -> str:
        """What the total over all columns of a row with children must be."""
        row, column = self.layout.cells[FigureKey(self.layout.figured, item.id)]
        last = self._last_below[item.id]
        return self._leaves(row, last, column) + self._own([p for p in self.own_leaves if row <= p[0] <= last])

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
        own = self._own([p for p in self.own_leaves if p[1] == column and first <= p[0] <= last])
        return f'SUM({span})-SUMIF(${sums}${first}:${sums}${last},"{SUMS}",{span}){own}'

    @cached_property
    def _total_cells(self) -> list[tuple[int, int]]:
        return [place for key, place in self.layout.cells.items() if key.item is None]

    def _own(self, leaves: list[tuple[int, int]]) -> str:
        """What the rows marked as sums hold of their own, which leaving out these rows leaves out too."""
        cells = [address(place) for place in leaves if place[0] in self.summing]
        return f"+{summed(cells)}" if cells else ""

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
    layout, places = counting.layout, digits(counting.layout.appendix.unit)
    for column in layout.amount_columns:
        place = layout.cells.get(counting.total_key(column))
        if place:
            _redden(sheet, address(place), counting.column_total(column), places)
    for item in counting.parents():
        place = layout.cells[FigureKey(layout.figured, item.id)]
        _redden(sheet, address(place), counting.below(item), places)


def _redden(sheet: FormSheet, cell: str, counted: str, places: int) -> None:
    sheet.sheet.conditional_formatting.add(cell, FormulaRule([f"ROUND({cell}-({counted}),{places})<>0"], fill=RED))


def digits(unit: Unit) -> int:
    """The decimals to which a check rounds: one đồng, and in tỷ đồng a nghìn đồng, for Excel holds 15 digits."""
    return min(unit.exponent, Unit.MILLION.exponent)


def show_decimals(sheet: FormSheet, places: Iterable[tuple[int, int]]) -> None:
    """Shows "46,3" with decimals and "42" without, which no number format can: the cells bear the format that fits the
    plan's own figures, a conditional format shows the others."""
    by_format: dict[str, list[str]] = {}
    for place in places:
        drawn = sheet.drawn_format(*place)
        if DECIMALS.search(drawn):
            by_format.setdefault(drawn, []).append(address(place))
    workbook: Any = sheet.sheet.parent
    for drawn, cells in by_format.items():
        other = drawn if sheet.whole else DECIMALS.sub("", drawn)
        rule = FormulaRule([f"ROUND({cells[0]},0){'<>' if sheet.whole else '='}{cells[0]}"])
        number = FIRST_OWN_FORMAT + workbook._number_formats.add(other)  # the same number as if a cell bore the format
        rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=number, formatCode=other))
        sheet.sheet.conditional_formatting.add(" ".join(blocks(cells)), rule)


def blocks(cells: list[str]) -> list[str]:
    """Cells as few ranges: runs down each column."""
    columns: dict[str, list[int]] = {}
    for cell in cells:
        columns.setdefault(cell.rstrip("0123456789"), []).append(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
    found = []
    for letter, rows in columns.items():
        start = end = rows[0]
        for row in [*sorted(rows)[1:], 0]:
            if row == end + 1:
                end = row
                continue
            found.append(f"{letter}{start}:{letter}{end}" if end > start else f"{letter}{start}")
            start = end = row
    return found
