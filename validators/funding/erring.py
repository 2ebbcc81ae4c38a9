"""Cells that show an error, a formula without a result, or words with digits, where an amount would stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from validators.funding.model import TableFunding
from validators.grid import GridCell, Place
from validators.own_sheet import verifies
from validators.rules._formulas import roots
from validators.rules.base import Checked
from validators.tables.model import AppendixTable, RowKind
from workbook.package import CellError

_LONGEST = 40  # characters of words that are shown


def erring(checked: Checked, fundings: Iterable[TableFunding]) -> Mapping[Place, str]:
    """What those cells show: the error, or the formula. Of cells that have it from each other the first ones alone.

    Sums over other rows hold no money of their own, and tables within others none that the others lack.
    """
    found = dict(_shown_in(checked, fundings, _error))
    return {place: found[place] for place in roots(checked.book, found)} if found else {}


def worded(checked: Checked, fundings: Iterable[TableFunding]) -> Mapping[Place, str]:
    """The cells that hold words with digits, or a date, and what they show: "20 + 40", "60/năm", 1.6 that Excel took
    for the first of June. Nobody can tell whether they are amounts.
    """
    return dict(_shown_in(checked, fundings, _words))


def _shown_in(
    checked: Checked, fundings: Iterable[TableFunding], shown: Callable[[GridCell], str]
) -> Iterator[tuple[Place, str]]:
    known = {id(each.table): each for each in fundings}
    for table in checked.tables:
        funding = known.get(id(table))
        if table.grid.visibility != "visible" or verifies(table.grid) or (funding and funding.within):
            continue
        left_out = {column.index for column in funding.left_out} if funding else set()
        yield from _of(table, left_out, shown)


def _of(
    table: AppendixTable, left_out: Collection[int], shown: Callable[[GridCell], str]
) -> Iterator[tuple[Place, str]]:
    columns = [column.index for column in table.amounts if column.index not in left_out]
    for row in table.rows:
        if row.kind is not RowKind.ITEM or any(not below.memo for below in table.children.get(row.index, ())):
            continue
        for column in columns:
            cell = table.grid.cell(row.index, column)
            if cell is not None and (row.index, column) not in table.figures and (text := shown(cell)):
                yield table.place((row.index, column)), text


def _error(cell: GridCell) -> str:
    """What a cell without a figure shows; empty for one that holds anything but an error."""
    if isinstance(cell.value, CellError):
        return str(cell.value)
    return f"={cell.formula}" if cell.formula and cell.value is None else ""


def _words(cell: GridCell) -> str:
    """The words with digits in a cell, or the date."""
    if isinstance(cell.value, date):
        return f"{cell.value:%d/%m/%Y}"
    if not isinstance(cell.value, str) or isinstance(cell.value, CellError) or not any(map(str.isdigit, cell.value)):
        return ""
    text = " ".join(cell.value.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
