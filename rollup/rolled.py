"""What is rolled up of a workbook, and along which axes; it knows no sheet that is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budget.money import Unit, convert
from budget.numbers import EXACT
from budget.rollup import ZERO, By, Key, Pivot, added, fold, pivot
from faults import InputFault, Text
from rollup.formulas import Addend
from validators.equations.bindings import unit_of
from validators.funding import Leaf, TableFunding, funding, leaves
from validators.grid import Place
from validators.rules import Checked
from validators.tables.model import AppendixTable, Figure, Form

MOST_DECIMALS = 9  # that are shown: one đồng in tỷ


@dataclass(frozen=True)
class Rolled:
    """The funding of a workbook by two axes. `fundings`: of all its tables, those that do not count too."""

    checked: Checked
    fundings: Sequence[TableFunding]
    rows: By
    columns: By

    @cached_property
    def counted(self) -> Sequence[TableFunding]:
        """The tables that are added up."""
        return [each for each in self.fundings if each.within is None and each.leaves]

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """The amounts that are added up."""
        return leaves(self.counted)

    @cached_property
    def pivot(self) -> Pivot:
        """Their sums, in đồng."""
        return pivot(self.leaves, self.rows, self.columns)

    def has(self, by: By) -> bool:
        """Whether the workbook says anything of an axis."""
        return any(leaf.key(by) is not None for leaf in self.leaves)

    @cached_property
    def cells(self) -> Mapping[tuple[Key, Key], Sequence[Leaf]]:
        """The amounts behind each sum of the pivot."""
        spelt = {fold(key): key for key in (*self.pivot.rows, *self.pivot.columns) if isinstance(key, str)}

        def spelling(key: Key) -> Key:
            return spelt[fold(key)] if isinstance(key, str) else key

        found: dict[tuple[Key, Key], list[Leaf]] = {}
        for leaf in self.leaves:
            place = spelling(leaf.key(self.rows)), spelling(leaf.key(self.columns))
            found.setdefault(place, []).append(leaf)
        return found

    @cached_property
    def unit(self) -> Unit:
        """The unit that most amounts are stated in; of two the larger one."""
        often = Counter(leaf.unit for leaf in self.leaves)
        return max(often, key=lambda unit: (often[unit], unit.exponent))

    @cached_property
    def decimals(self) -> int:
        """How many the amounts have in that unit."""
        return min(MOST_DECIMALS, max(decimals_of(self.in_unit(leaf.amount)) for leaf in self.leaves))

    def in_unit(self, amount: Decimal) -> Decimal:
        """An amount in đồng in the unit of the sheet."""
        return convert(amount, Unit.DONG, self.unit)

    def addends(self, found: Iterable[Leaf]) -> Iterator[Addend]:
        """The cells that make these amounts."""
        for leaf in found:
            sign = self._sign(leaf)
            yield self._addend(leaf.place, leaf.unit, sign)
            for less, place in leaf.less:
                yield self._addend(place, leaf.unit, -sign * less)

    def _sign(self, leaf: Leaf) -> int:
        """-1 where the table takes the amount off."""
        made = self._value(leaf.place) - added(sign * self._value(place) for sign, place in leaf.less)
        return -1 if made and made == -leaf.figure else 1

    def _value(self, place: Place) -> Decimal:
        return self._figures[place].value or ZERO

    def stated(self, each: TableFunding) -> list[Addend]:
        """The cells that state the grand total of a table; none where it states none."""
        return [self._addend(place, unit_of(each.table, place.column)) for place in each.totals]

    def _addend(self, place: Place, unit: Unit, sign: int = 1) -> Addend:
        return Addend(place, unit.exponent - self.unit.exponent, sign)

    @cached_property
    def unsummable(self) -> Mapping[Place, str]:
        """The cells that a sum passes over, with what they hold: texts, whether anybody can read them or not."""
        places = [addend.place for addend in self.addends(self.leaves)]
        places += [place for each in self.counted for place in (*each.totals, *each.unread)]
        return {
            place: self._figures[place].printed
            for place in places
            if self._figures[place].form not in (Form.NUMBER, Form.DASH)
        }

    @property
    def summed(self) -> Decimal:
        """What the sums give as the cells are now, in the unit of the sheet."""
        return self.in_unit(added(leaf.amount for leaf in self.leaves if leaf.place not in self.unsummable))

    @cached_property
    def _figures(self) -> Mapping[Place, Figure]:
        return {table.place(cell): figure for table in self.checked.tables for cell, figure in table.figures.items()}

    def named(self, table: AppendixTable) -> str:
        """A table by its sheet, and its area where the sheet has several."""
        alone = sum(each.grid is table.grid for each in self.checked.tables) == 1
        return table.grid.name if alone else f"{table.grid.name}, {table.area}"


def decimals_of(amount: Decimal) -> int:
    """How many decimals an amount has, trailing zeros aside."""
    exponent = amount.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rolled(checked: Checked, rows: By, columns: By) -> Rolled:
    """The funding of a workbook by two axes. Raises InputFault where there is none."""
    if not checked.tables:
        none = Text("không thấy bảng kinh phí nào", "there is no budget table")
        raise InputFault(none, expected=Text("một bảng có tiêu đề cột", "a table with column headings"))
    found = Rolled(checked, funding(checked, (rows, columns)), rows, columns)
    if not found.leaves:
        nothing = Text("các bảng không có số tiền nào để cộng", "the tables hold no amounts to add up")
        raise InputFault(nothing, expected=Text("ít nhất một số tiền", "at least one amount"))
    return found
