"""Cells that show an error, or a formula without a result, where an amount of a table would stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from validators.funding.model import TableFunding
from validators.grid import GridCell, Place
from validators.own_sheet import verifies
from validators.rules._formulas import roots
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, RowKind
from workbook.package import CellError


def erring(checked: Checked, fundings: Iterable[TableFunding]) -> Mapping[Place, str]:
    """What those cells show: the error, or the formula. Of cells that have it from each other the first ones alone.

    Sums over other rows hold no money of their own, and tables within others none that the others lack.
    """
    known = {id(each.table): each for each in fundings}
    found: dict[Place, str] = {}
    for table in checked.tables:
        funding = known.get(id(table))
        if table.grid.visibility != "visible" or verifies(table.grid) or (funding and funding.within):
            continue
        left_out = {column.index for column in funding.left_out} if funding else set()
        found.update(_of(table, left_out))
    return {place: found[place] for place in roots(checked.book, found)} if found else {}


def _of(table: AppendixTable, left_out: Collection[int]) -> Iterator[tuple[Place, str]]:
    columns = [column.index for column in table.amounts if column.index not in left_out]
    for row in table.rows:
        if row.kind is not RowKind.ITEM or any(not below.memo for below in table.children.get(row.index, ())):
            continue
        for column in columns:
            shown = _shown(table.grid.cell(row.index, column))
            if shown:
                yield table.place((row.index, column)), shown


def _shown(cell: GridCell | None) -> str:
    """What a cell without a figure shows; empty for one that is blank or holds anything else."""
    if cell is None:
        return ""
    if isinstance(cell.value, CellError):
        return str(cell.value)
    return f"={cell.formula}" if cell.formula and cell.value is None else ""
