"""Which reading of a table its figures bear out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from validators.equations.model import Relation
from validators.equations.precision import precision_of, rounding_bound
from validators.equations.tree import Tree
from validators.tables.model import AppendixTable, Form, Role, Row, RowKind
from workbook.addresses import Cell

_ENOUGH = 2  # columns
_MOST_PAIRED = 60  # rows of which two are tried together
_FEW = 2  # figures that may be alike
_YEARLY = (Role.YEAR, Role.SOURCE_YEAR)
SignedCell = tuple[int, Cell]


class Sum(NamedTuple):
    """A sum that may hold: its total, its signed parts."""

    total: Cell
    parts: tuple[SignedCell, ...]


@dataclass
class Tally:
    """How many sums of one reading hold and fail. `telling`: those that hold with two parts or more that are not 0."""

    holds: int = 0
    fails: int = 0
    telling: int = 0
    sums: list[Sum] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.holds += other.holds
        self.fails += other.fails
        self.telling += other.telling
        self.sums += other.sums

    @property
    def ratio(self) -> Decimal:
        """The share of the sums that hold; 0 where there are none."""
        judged = self.holds + self.fails
        return Decimal(self.holds) / judged if judged else Decimal(0)


class Scales:
    """Weighs sums of one table."""

    def __init__(self, table: AppendixTable) -> None:
        self.table = table
        self.precision = precision_of(table)
        self._values: dict[Cell, Decimal] = {}
        self._broken: set[Cell] = set()
        for cell, figure in table.figures.items():
            if figure.form is Form.MALFORMED:
                self._broken.add(cell)
            elif figure.form is not Form.DASH and figure.value is not None:
                self._values[cell] = figure.value

    def value(self, cell: Cell) -> Decimal | None:
        """The figure; None where nothing stands or nobody can read it."""
        return self._values.get(cell)

    def is_broken(self, cell: Cell) -> bool:
        """Whether a figure stands there that nobody can read."""
        return cell in self._broken

    def off(self, each: Sum) -> Decimal:
        """The total less what its parts make; 0 where rounding explains it."""
        made = sum((sign * (self.value(cell) or Decimal(0)) for sign, cell in each.parts), Decimal(0))
        difference = (self.value(each.total) or Decimal(0)) - made
        return (
            difference if abs(difference) > self.precision.slack(each.total, [c for _, c in each.parts]) else Decimal(0)
        )

    def weigh(self, sums: Sequence[Sum]) -> Tally:
        """How the figures bear the sums out. A sum is judged where its total stands, and a part of it."""
        tally, values = Tally(), self._values
        for each in sums:
            total = values.get(each.total)
            filled = [(sign, cell, values[cell]) for sign, cell in each.parts if cell in values]
            if self._broken and self._is_doubtful(each):
                tally.sums += [each] if total is not None or filled else []
                continue
            if total is None or not filled:
                continue
            tally.sums.append(each)
            off = total
            for sign, _, value in filled:
                off = off - value if sign > 0 else off + value
            if not off or self._is_rounding(off, each.total, filled):
                tally.holds += bool(total or off)
                tally.telling += sum(bool(value) for _, _, value in filled) > 1
            else:
                tally.fails += 1
        return tally

    def _is_rounding(self, off: Decimal, total: Cell, filled: Sequence[tuple[int, Cell, Decimal]]) -> bool:
        """Whether rounding explains a difference; whole units are as coarse as figures get.

        A difference as large as one of the parts is that part left out, or counted twice.
        """
        if abs(off) > rounding_bound(len(filled)) or any(value and abs(off) >= abs(value) for _, _, value in filled):
            return False
        return abs(off) <= self.precision.slack(total, [cell for _, cell, _ in filled])

    def _is_doubtful(self, each: Sum) -> bool:
        return each.total in self._broken or any(cell in self._broken for _, cell in each.parts)


def one_row_off(scales: Scales, tally: Tally) -> int | None:
    """The one row that every sum of a tally lacks, or counts twice, where it is off; None where there is none.

    Figures that agree in this in two columns or more did not come about by chance.
    """
    off = [(each, scales.off(each)) for each in tally.sums]
    if sum(bool(difference) for _, difference in off) < _ENOUGH:
        return None
    for row in dict.fromkeys(cell[0] for each, _ in off for _, cell in each.parts):
        values = [(each, scales.value((row, each.total[1])) or Decimal(0), difference) for each, difference in off]
        if any(all(difference == sign * value for _, value, difference in values) for sign in (1, -1)):
            return row
    return None


def leaves_out_alike(scales: Scales, tally: Tally) -> bool:
    """Whether the same two rows are missing in every sum that fails, two at least: they belong to others, then."""
    off = [(each, difference) for each in tally.sums if (difference := scales.off(each))]
    if len(off) < _ENOUGH:
        return False
    rows = list(dict.fromkeys(cell[0] for each, _ in off for _, cell in each.parts))
    if len(rows) > _MOST_PAIRED:
        return False
    amounts = [({row: scales.value((row, each.total[1])) or Decimal(0) for row in rows}, gap) for each, gap in off]
    return any(
        all(values[one] + values[other] == -gap for values, gap in amounts)
        and any(values[one] and values[other] for values, _ in amounts)
        for one, other in combinations(rows, 2)
    )


def is_rate(table: AppendixTable, column: int) -> bool:
    """Whether a column holds one and the same figure in all its rows, one that stands over several others too: a rate
    is not added up.

    A single item, its groups and the totals over it have one figure too, and are amounts, as all of a year are.
    """
    if table.column_at[column].role in _YEARLY:
        return False
    filled = {row.index: value for row in table.rows if (value := table.value(row.index, column))}
    if len(filled) <= _FEW or len(set(filled.values())) > 1:
        return False
    tree = Tree(table)
    return any(row.index in filled and _several_below(tree, row, column, filled) for row in table.rows)


def _several_below(tree: Tree, row: Row, column: int, filled: Collection[int]) -> bool:
    """Whether a row stands over several figures of a column: a total over those beside it, another one over its own."""
    over = tree.items(row.parent if row.kind is RowKind.TOTAL else row.index)
    cells = [cell for each in over if not each.memo for cell in tree.cells(each, column)]
    return sum(cell[0] in filled for cell in cells) > 1


Maker = Callable[[int], Sum | None]


@dataclass(frozen=True)
class Way:
    """A way to read one row as the sum of others: how its sum is made in any column, and what the figures say of it.

    `lists`: the kinds of lists that it adds up; readings of the same kind are judged together.
    """

    relation: Relation
    make: Maker
    tally: Tally
    lists: str = ""
