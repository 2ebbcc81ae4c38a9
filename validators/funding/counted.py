"""The funding of a workbook as one sheet shows it: in one unit, each amount with the cell that it is read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budget.money import Unit, convert
from budget.numbers import decimals_of
from budget.rollup import ZERO, By, added
from validators.funding.counting import leaves
from validators.funding.erring import erring, worded
from validators.funding.model import Leaf, TableFunding
from validators.funding.ways import figures_of
from validators.grid import Place
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, Figure
from validators.tables.unseen import hidden_sheets

MOST_DECIMALS = 9  # that are shown: one đồng in tỷ


@dataclass(frozen=True)
class Counted:
    """`fundings`: of all tables of the workbook, those that do not count too."""

    checked: Checked
    fundings: Sequence[TableFunding]

    @cached_property
    def counted(self) -> Sequence[TableFunding]:
        """The tables that are added up."""
        return [each for each in self.fundings if each.within is None and each.leaves]

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """The amounts that are added up."""
        return leaves(self.counted)

    @cached_property
    def apart(self) -> frozenset[By]:
        """The axes that some table is divided by beside the way that its amounts are."""
        return frozenset().union(*[each.apart for each in self.counted])

    @cached_property
    def unit(self) -> Unit:
        """The unit that most amounts are stated in; of two the larger one."""
        often = Counter(leaf.unit for leaf in self.leaves)
        return max(often, key=lambda unit: (often[unit], unit.exponent))

    @cached_property
    def decimals(self) -> int:
        """How many the amounts have in that unit."""
        return min(MOST_DECIMALS, max(decimals_of(self.in_unit(leaf.amount)) for leaf in self.leaves))

    @cached_property
    def erring(self) -> Mapping[Place, str]:
        """The cells where an amount would stand, but for an error or a formula without a result, and what they show."""
        return erring(self.checked, self.fundings)

    @cached_property
    def worded(self) -> Mapping[Place, str]:
        """The cells where an amount would stand, but for words with digits or a date, and what they show."""
        return worded(self.checked, self.fundings)

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """The hidden sheets that hold amounts, which are not added up."""
        return hidden_sheets(self.checked.book, self.checked.tables)

    def in_unit(self, amount: Decimal) -> Decimal:
        """An amount in đồng in the unit of the sheet."""
        return convert(amount, Unit.DONG, self.unit)

    def sign(self, leaf: Leaf) -> int:
        """-1 where the table takes the amount in the cell off."""
        made = self.value(leaf.place) - added(sign * self.value(place) for sign, place in leaf.less)
        return -1 if made and made == -leaf.figure else 1

    def figure(self, place: Place) -> Figure:
        """The figure in a cell. Raises KeyError for a cell in which a table has none."""
        return self._figures[place]

    def table(self, place: Place) -> AppendixTable:
        """The table that has a figure in a cell. Raises KeyError where none has."""
        return self._tables[place]

    def value(self, place: Place) -> Decimal:
        """The figure in a cell, in its own unit; of one that nobody can read what the equations prove it to be."""
        return self._values.get(place, ZERO)

    @cached_property
    def _values(self) -> Mapping[Place, Decimal]:
        return figures_of(self.checked)

    @cached_property
    def _figures(self) -> Mapping[Place, Figure]:
        return {table.place(cell): figure for table in self.checked.tables for cell, figure in table.figures.items()}

    @cached_property
    def _tables(self) -> Mapping[Place, AppendixTable]:
        return {table.place(cell): table for table in self.checked.tables for cell in table.figures}

    def named(self, table: AppendixTable) -> str:
        """A table by its sheet, and its area where the sheet has several."""
        alone = sum(each.grid is table.grid for each in self.checked.tables) == 1
        return table.grid.name if alone else f"{table.grid.name}, {table.area}"
