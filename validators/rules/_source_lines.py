"""Lines of funding sources that state their share: "Ngân sách tỉnh (30%)"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from validators.equations.precision import Precision, precision_of
from validators.rules._shares import Rounded, Share, agrees, stated_share
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.wording import is_source
from workbook.addresses import Cell

_ZERO = Decimal(0)


@dataclass(frozen=True)
class SourceLine:
    """A line that states a share, in what words, and the row that it is a share of; with the amounts of both, and the
    cells that those stand in.
    """

    row: Row
    whole: Row
    share: Share
    words: str
    part_amount: Rounded
    whole_amount: Rounded
    cells: tuple[Cell, ...]

    @property
    def holds(self) -> bool:
        """Whether the amounts bear the share out."""
        return agrees(self.share, self.part_amount, self.whole_amount)


def source_lines(table: AppendixTable) -> Iterator[SourceLine]:
    """The lines of a table that state a share and have an amount, from the top."""
    runs = list(_runs(table))
    if not runs:
        return
    precision = precision_of(table)
    for above, run in runs:
        tops = [row for row in (above, _parent(table, run[0])) if row is not None]
        added = [top for top in tops if _adds_up(table, precision, top, run)]
        for row in run:
            whole = added[0] if added else _parent(table, row)
            stated = stated_share(row.label)
            if whole is None or stated is None:
                continue
            columns = _columns(table, row, whole)
            part, total = (_amount(table, precision, each, columns) for each in (row, whole))
            if part.value and total.value:
                cells = tuple((each.index, column) for each in (row, whole) for column in columns)
                yield SourceLine(row, whole, *stated, part, total, cells)


def _runs(table: AppendixTable) -> Iterator[tuple[Row | None, list[Row]]]:
    """Lines that state shares and follow each other, with the row above the first of them."""
    above: Row | None = None
    run: list[Row] = []
    amounts = {column.index for column in table.amounts}
    filled = {row for row, column in table.figures if column in amounts}
    for row in table.rows:
        if row.index not in filled:
            continue
        if row.kind is RowKind.ITEM and stated_share(row.label) and (row.memo or is_source(row.label)):
            run.append(row)
            continue
        if run:
            yield above, run
        above, run = row, []
    if run:
        yield above, run


def _adds_up(table: AppendixTable, precision: Precision, whole: Row, run: Sequence[Row]) -> bool:
    """Whether lines make up a row: the layout may have read them as its neighbours."""
    columns = _columns(table, run[0], whole)
    parts = [_amount(table, precision, row, columns) for row in run]
    total = _amount(table, precision, whole, columns)
    slack = sum((part.slack for part in parts), total.slack)
    return abs(total.value - sum((part.value for part in parts), _ZERO)) <= slack


def _parent(table: AppendixTable, row: Row) -> Row | None:
    """The nearest row above one in the tree that has amounts."""
    parent = None if row.parent is None else table.row_at[row.parent]
    while parent is not None and not any((parent.index, column.index) in table.figures for column in table.amounts):
        parent = None if parent.parent is None else table.row_at[parent.parent]
    return parent


def _columns(table: AppendixTable, row: Row, whole: Row) -> list[int]:
    """The columns whose amounts a share is about: the total, of several the greatest; else all that are filled."""
    filled = [
        column
        for column in table.amounts
        if table.value(whole.index, column.index) is not None and table.value(row.index, column.index) is not None
    ]
    totals = [column.index for column in filled if column.role is Role.TOTAL]
    if totals:
        return [max(totals, key=lambda column: abs(table.value(whole.index, column) or _ZERO))]
    if any(column.role is not Role.AMOUNT for column in filled):
        return [column.index for column in table.amounts if column.role is not Role.AMOUNT]
    return [column.index for column in filled[:1]]


def _amount(table: AppendixTable, precision: Precision, row: Row, columns: Sequence[int]) -> Rounded:
    """What a row has in these columns. A total of years or sources that were each rounded has the rounding of all."""
    cells = [(row.index, column) for column in columns]
    value = _sum(table, cells)
    others = [column.index for column in table.amounts if column.role is not Role.TOTAL]
    parts = [(row.index, column) for column in others if (row.index, column) in table.figures]
    rounded = parts if parts and _sum(table, parts) == value else cells
    return Rounded(value, sum((precision.unit_in_last_place(cell) / 2 for cell in rounded), _ZERO))


def _sum(table: AppendixTable, cells: Iterable[Cell]) -> Decimal:
    return sum((table.value(*cell) or _ZERO for cell in cells), _ZERO)
