"""The funding of many files as one: every amount with the cell that it came from, coded by file and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budget.money import Unit, convert
from budget.rollup import By, Key, Pivot, added, fold, pivot
from rollup.consolidation.reading import FileFunding, TableRecord
from rollup.rolled import MOST_DECIMALS, decimals_of
from validators.findings import FileReport
from validators.funding import Leaf


@dataclass(frozen=True, slots=True)
class Line:
    """One amount: its file and source by number, from 1 and 0 (source not stated), its table, and itself."""

    file: int
    source: int
    table: TableRecord
    leaf: Leaf


@dataclass(frozen=True)
class Merged:
    """What was read of files. `files`: in the order chosen, those that were read. `failed`: the others."""

    files: Sequence[FileFunding]
    failed: Sequence[FileReport]

    @cached_property
    def pivot(self) -> Pivot:
        """The sums by source and year, in đồng."""
        return pivot(self._leaves(), By.SOURCE, By.YEAR)

    @cached_property
    def source_numbers(self) -> dict[Key, int]:
        """The number of each source, by its name in the pivot."""
        return {key: 0 if key is None else number for number, key in enumerate(self.pivot.rows, 1)}

    @cached_property
    def _numbers_by_fold(self) -> dict[str, int]:
        return {fold(key): number for key, number in self.source_numbers.items() if isinstance(key, str)}

    def lines(self) -> Iterator[Line]:
        """Every amount, file by file."""
        for number, file in enumerate(self.files, 1):
            for table in file.funded:
                for leaf in table.leaves:
                    source = 0 if leaf.source is None else self._numbers_by_fold[fold(leaf.source)]
                    yield Line(number, source, table, leaf)

    @cached_property
    def unit(self) -> Unit:
        """The unit that all amounts are stated in; đồng where they differ."""
        units = {leaf.unit for leaf in self._leaves()}
        return units.pop() if len(units) == 1 else Unit.DONG

    @cached_property
    def decimals(self) -> int:
        """How many the amounts have in that unit."""
        return min(MOST_DECIMALS, max(decimals_of(self.in_unit(leaf.amount)) for leaf in self._leaves()))

    @property
    def total(self) -> Decimal:
        """The sum of what was read, file by file, in đồng."""
        return added(file.total for file in self.files)

    def in_unit(self, amount: Decimal) -> Decimal:
        """An amount in đồng in the unit of the workbook."""
        return convert(amount, Unit.DONG, self.unit)

    def _leaves(self) -> Iterator[Leaf]:
        return (leaf for file in self.files for table in file.funded for leaf in table.leaves)
