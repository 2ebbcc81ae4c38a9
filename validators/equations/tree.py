"""The rows of a table as a tree whose figures can be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validators.tables.model import AppendixTable, Form, Row, RowKind
from workbook.addresses import Cell


class Tree:
    """Asks which rows lie below which, and which cells stand for a row in a column."""

    def __init__(self, table: AppendixTable) -> None:
        self.table = table

    def below(self, parent: int | None) -> tuple[Row, ...]:
        """All rows right below one, from the top; None: the outermost ones."""
        return self.table.children.get(parent, ())

    def items(self, parent: int | None) -> list[Row]:
        """The items right below a row."""
        return [row for row in self.below(parent) if row.kind is RowKind.ITEM]

    def headings(self, parent: int) -> list[Row]:
        """The "of which" headings below a row."""
        return [row for row in self.below(parent) if row.kind is RowKind.MEMO]

    def parents(self) -> Iterator[Row]:
        """The items and totals that have rows below them."""
        for row in self.table.rows:
            if row.kind in (RowKind.ITEM, RowKind.TOTAL) and self.below(row.index):
                yield row

    def totals(self) -> list[Row]:
        """The total rows, from the top."""
        return [row for row in self.table.rows if row.kind is RowKind.TOTAL]

    def cells(self, row: Row, column: int) -> Sequence[Cell]:
        """The cells whose sum a row stands for: its own figure; without one a total below it, or the items below it.

        A dash above rows with figures is none, nor is a zero above a total that is not zero.
        """
        cell = (row.index, column)
        own, below = self.table.figures.get(cell), self.below(row.index)
        if own is not None and (own.value or not below):
            return (cell,)
        totals = [each for each in below if each.kind is RowKind.TOTAL and (each.index, column) in self.table.figures]
        if totals:
            inner: Sequence[Cell] = ((totals[-1].index, column),)
        elif own is not None and own.form is not Form.DASH:
            return (cell,)
        else:
            items = [each for each in below if each.kind is RowKind.ITEM and not each.memo]
            inner = [lower for each in items for lower in self.cells(each, column)]
        return inner if own is None or any(self.table.value(*lower) for lower in inner) else (cell,)
