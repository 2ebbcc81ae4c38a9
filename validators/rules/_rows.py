"""Where the parts of a row stand, and which rows are counted together."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from validators.grid import Place
from validators.keeping import kept
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.numbering import parse_number_mark


def label_place(table: AppendixTable, row: Row) -> Place:
    """The cell that says what a row is about: in the column of contents, else the first text of the row."""
    cells = table.grid.by_row.get(row.index, {})
    for column in table.of_role(Role.CONTENT):
        if column.index in cells and cells[column.index].value is not None:
            return table.place((row.index, column.index))
    texts = (column for column, cell in cells.items() if isinstance(cell.value, str) and len(cell.value.strip()) > 1)
    return table.place((row.index, next(texts, table.area.left)))


def number_place(table: AppendixTable, row: Row) -> Place:
    """The cell that holds the number of a row: in the column of numbers, else where the label stands."""
    for column in table.of_role(Role.NUMBER):
        if parse_number_mark(table.grid.value(row.index, column.index)):
            return table.place((row.index, column.index))
    return label_place(table, row)


@kept
def lists(table: AppendixTable) -> Sequence[Sequence[Row]]:
    """Items that are counted together: those below one row, in one way of counting. A heading, a total or a line of
    words that stands between two of them begins a new list.
    """
    return tuple(map(tuple, _lists(table)))


def _lists(table: AppendixTable) -> Iterator[list[Row]]:
    captions = [row.index for row in table.rows if row.kind is RowKind.TEXT and _is_caption(table, row)]
    for below in table.children.values():
        found: dict[str, list[Row]] = {}
        last = ""
        for row in below:
            if row.memo or row.kind in (RowKind.TEXT, RowKind.MEMO):
                continue
            if row.kind is RowKind.ITEM:
                current = found.setdefault(row.list, [])
                parted = row.list != last or (
                    current and bisect(captions, current[-1].index) != bisect(captions, row.index)
                )
                if current and parted:
                    yield current
                    found[row.list] = current = []
                current.append(row)
            last = row.list
        yield from found.values()


def _is_caption(table: AppendixTable, row: Row) -> bool:
    """Whether a row of words holds nothing else: it may head a new list."""
    return sum(cell.value is not None for cell in table.grid.by_row[row.index].values()) == 1
