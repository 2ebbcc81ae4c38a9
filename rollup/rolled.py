"""What is rolled up of a workbook, along whichever axes; it knows no sheet that is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budget.money import Unit
from budget.rollup import By, Key, added, fold, pivot
from faults import InputFault, Text
from rollup.formulas import Addend
from validators.equations.bindings import unit_of
from validators.funding import Leaf, TableFunding, funding
from validators.funding.counted import Counted
from validators.grid import Place
from validators.rules import Checked
from validators.tables.model import Form

ACROSS: Mapping[By, By] = {  # the axis of the columns of a table, by that of its rows
    By.SOURCE: By.YEAR,
    By.YEAR: By.SOURCE,
    By.AGENCY: By.SOURCE,
    By.GROUP: By.SOURCE,
    By.ITEM: By.SOURCE,
}


@dataclass(frozen=True)
class Rolled(Counted):
    """The funding of a workbook, told apart by axes.

    `wished`: the unit that amounts are to be shown in; None: the one that most of them are stated in.
    """

    wished: Unit | None = None

    def has(self, by: By) -> bool:
        """Whether the workbook says anything of an axis; it has groups where some amounts belong to one."""
        return any(leaf.groups if by is By.GROUP else leaf.key(by) is not None for leaf in self.leaves)

    def keys(self, by: By) -> tuple[Key, ...]:
        """The keys of an axis: years ascend, others stand as the appendix has them, None comes last."""
        return pivot(self.leaves if by is By.SOURCE else self._from_the_top, by).rows

    def cells(self, rows: By, columns: By | None) -> Mapping[tuple[Key, Key], Sequence[Leaf]]:
        """The amounts behind each sum of a table; of one without columns the second key is None."""
        row_of, column_of = self._spelling(rows), self._spelling(columns)
        found: dict[tuple[Key, Key], list[Leaf]] = {}
        for leaf in self.leaves:
            found.setdefault((row_of(leaf), column_of(leaf)), []).append(leaf)
        return found

    def _spelling(self, by: By | None) -> Callable[[Leaf], Key]:
        """What tells the key of an amount, spelt as `keys` has it."""
        if by is None:
            return lambda _: None
        spelt = {fold(key): key for key in self.keys(by) if isinstance(key, str)}

        def spelling(leaf: Leaf) -> Key:
            key = leaf.key(by)
            return spelt[fold(key)] if isinstance(key, str) else key

        return spelling

    @cached_property
    def _from_the_top(self) -> Sequence[Leaf]:
        """The amounts row by row, also where the columns of a table are its sources."""
        return [
            leaf
            for each in self.counted
            for leaf in (sorted(each.leaves, key=lambda leaf: leaf.place) if _stand_within(each) else each.leaves)
        ]

    @cached_property
    def unit(self) -> Unit:
        """The unit of the sheet: the one wished for, else that which most amounts are stated in, of two the larger."""
        return super().unit if self.wished is None else self.wished

    def addends(self, found: Iterable[Leaf]) -> Iterator[Addend]:
        """The cells that make these amounts."""
        for leaf in found:
            sign = self.sign(leaf)
            yield self._addend(leaf.place, leaf.unit, sign)
            for less, place in leaf.less:
                yield self._addend(place, leaf.unit, -sign * less)

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
            place: self.figure(place).printed
            for place in places
            if self.figure(place).form not in (Form.NUMBER, Form.DASH)
        }

    @property
    def total(self) -> Decimal:
        """The sum of all amounts, in đồng."""
        return added(leaf.amount for leaf in self.leaves)

    @property
    def summed(self) -> Decimal:
        """What the sums give as the cells are now, in the unit of the sheet."""
        return self.in_unit(added(leaf.amount for leaf in self.leaves if leaf.place not in self.unsummable))


def _stand_within(each: TableFunding) -> bool:
    """Whether all amounts of a table stand in its own cells, and not in tables that detail some of them."""
    table = each.table
    return all(leaf.place.sheet == table.grid.name and leaf.place[1:] in table.figures for leaf in each.leaves)


def rolled(checked: Checked, first: By, unit: Unit | None = None) -> Rolled:
    """The funding of a workbook, shown in `unit`. Raises InputFault where there is none.

    Where a table can be broken down in several ways, the one is taken that says most of the axis `first` and of what
    stands across it.
    """
    said = [by for by in (first, ACROSS[first]) if by not in (By.GROUP, By.ITEM)]
    found = Rolled(checked, funding(checked, said), unit)
    if not found.leaves and found.hidden:
        unseen = Text("số tiền chỉ có ở trang ẩn", "only hidden sheets hold amounts")
        shown = Text("trang không ẩn", "sheets that are shown")
        raise InputFault(unseen, found=", ".join(found.hidden), expected=shown)
    if not checked.tables:
        none = Text("không thấy bảng kinh phí nào", "there is no budget table")
        raise InputFault(none, expected=Text("một bảng có tiêu đề cột", "a table with column headings"))
    if not found.leaves:
        nothing = Text("các bảng không có số tiền nào để cộng", "the tables hold no amounts to add up")
        raise InputFault(nothing, expected=Text("ít nhất một số tiền", "at least one amount"))
    return found
