"""A copy of a workbook file with a roll-up on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from budget.money import Unit
from faults import InputFault, Lang
from rollup.kinds import Kind
from rollup.rolled import Rolled, rolled
from rollup.sheet import complete
from validators.checking import examine
from validators.grid import Book
from validators.own_sheet import rolls_up
from validators.readers.refusals import fault_in
from validators.reports import extending
from validators.reports.extending import Extended


@dataclass(frozen=True)
class Source:
    """A workbook that was read to be rolled up. `book` holds our own sheets too."""

    book: Book
    found: Rolled

    @property
    def suffix(self) -> str:
        """That of the copy."""
        return extending.suffix_of_copy(self.book)


def source_of(path: Path, kind: Kind, unit: Unit | None) -> Source:
    """The funding of a workbook file by the axes of `kind`, in `unit` or else in its own.

    Raises InputFault where it cannot be read, or holds no amounts.
    """
    book = extending.read_for_copy(path)
    try:
        return Source(book, rolled(examine(book), kind.axes[0], unit))
    except InputFault as fault:
        raise fault_in(fault, path) from fault


def extended(source: Source, kind: Kind, lang: Lang, *, show: str | None = None, protect: bool = False) -> Extended:
    """A copy of the workbook with its roll-up, which is shown on opening unless another sheet is named by `show`.

    `protect`: the sheet is protected, without a password. Raises InputFault where the file cannot be copied.
    """
    found = source.found

    def make(taken: Collection[str]) -> Workbook:
        made = complete(found, kind, lang, taken)
        made.worksheets[0].protection.sheet = protect
        return made

    places = {addend.place for addend in found.addends(found.leaves)}
    places |= {place for each in found.counted for place in (*each.totals, *each.unread)}
    return extending.extended(source.book, make, places, rolls_up, show=show)
