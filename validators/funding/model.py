"""The funding of a table: the amounts that nobody breaks down further, and the proof that they are all and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budget.money import Unit
from budget.rollup import By, Entry, added
from validators.grid import Place
from validators.tables.model import AppendixTable, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Entry):
    """An entry that stands in a cell. `figure`: the amount as the table counts, in `unit`.

    Where a figure is broken down in part only, what is left of it is an entry at its own place, about which the parts
    say nothing: `rest`; `less` are the parts, each with its sign, that are taken off the figure in the cell.
    """

    place: Place
    figure: Decimal
    unit: Unit
    rest: bool = False
    less: tuple[tuple[int, Place], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class TableFunding:
    """The funding of one table. `leaves`: its entries, from the top.

    `stated`: the grand total that the table states, in đồng, and `totals` the cells that state it; None, and no cell,
    where it states none. `proven`: the entries make it, and all sums between hold, but for rounding. `within`: the
    table that holds this money already, as its summary, as what it details, or as the same once more; None: the table
    counts. `left_out`: columns of money that are no part of it (another estimate of the same, what was spent). `apart`:
    axes that the table is divided by beside the way that its entries are, so that nothing tells them of these.
    `unread`: cells with a figure that nobody can read. `doubted`: other tables that count, and whose money this one may
    well hold too; its figures do not prove it.
    """

    table: AppendixTable
    leaves: tuple[Leaf, ...]
    stated: Decimal | None
    proven: bool
    within: AppendixTable | None = None
    left_out: tuple[Column, ...] = ()
    unread: tuple[Place, ...] = ()
    apart: frozenset[By] = frozenset()
    totals: tuple[Place, ...] = field(default=(), compare=False)
    doubted: tuple[AppendixTable, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of the entries, in đồng."""
        return added(leaf.amount for leaf in self.leaves)

    @property
    def difference(self) -> Decimal | None:
        """The sum of the entries less the stated total, in đồng; None where none is stated."""
        return None if self.stated is None else self.total - self.stated


Figures = Mapping[Place, Decimal]
