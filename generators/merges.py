"""Which cells of an appendix are merged: as the form draws, along the axes, and where a text goes on over rows."""

from __future__ import annotations

from generators.forms import ProtoCell, ProtoRow
from generators.layout import Column, Layout, Row
from generators.tokens import sole_token

SPANNING = frozenset({"agency", "partners", "objective"})
Span = tuple[int, int, int, int]  # row, column, last row, last column


def merged_spans(layout: Layout) -> list[Span]:
    """All merged cells of a laid-out appendix; none overlaps another."""
    by_proto: dict[int, list[Row]] = {}
    for row in layout.rows:
        by_proto.setdefault(row.proto.row, []).append(row)
    spans, taken = _drawn(layout, by_proto)
    along = {number: _along_axes(layout.columns, rows[0].proto) for number, rows in by_proto.items()}
    for row in layout.rows:
        runs = along[row.proto.row]
        spans += [(row.index, first, row.index, last) for first, last in runs if (row.index, first) not in taken]
    return spans + _continued(layout)


def _drawn(layout: Layout, by_proto: dict[int, list[Row]]) -> tuple[list[Span], set[tuple[int, int]]]:
    """The merges drawn in the form, stretched with their columns, and the cells that they take."""
    spans: list[Span] = []
    taken: set[tuple[int, int]] = set()
    for first, left, last, right in layout.form.merges:
        columns = [c.index for c in layout.columns if left <= c.proto.column <= right]
        for row in by_proto.get(first, ()):
            end = row.index + last - first
            spans.append((row.index, columns[0], end, columns[-1]))
            taken |= {(r, c) for r in range(row.index, end + 1) for c in columns}
    return spans, taken


def _along_axes(columns: tuple[Column, ...], proto: ProtoRow) -> list[tuple[int, int]]:
    """Runs of repeated columns that one prototype cell spans because its tokens follow an outer axis only."""
    runs, start = [], 0
    while start < len(columns):
        cell, end = proto.cells[columns[start].proto.column - 2], start
        if columns[start].proto.axes and cell.parts:
            mark = _mark(columns[start], cell)
            while end + 1 < len(columns) and columns[end + 1].proto is columns[start].proto:
                if _mark(columns[end + 1], cell) != mark:
                    break
                end += 1
        if end > start:
            runs.append((columns[start].index, columns[end].index))
        start = end + 1
    return runs


def _mark(column: Column, cell: ProtoCell) -> tuple[int | None, str | None]:
    axes = cell.axes
    return (column.year if "year" in axes else None, column.source if "source" in axes else None)


def _continued(layout: Layout) -> list[Span]:
    """Cells of agency, partners or objective that go on over several rows ("nt")."""
    spans: list[Span] = []
    rows = [row for row in layout.rows if row.item and row.source is None]
    for column in layout.columns:
        start = 0
        for place, row in enumerate(rows):
            if not _goes_on(row, column):
                start = place
            elif place + 1 == len(rows) or not _goes_on(rows[place + 1], column):
                spans.append((rows[start].index, column.index, row.index, column.index))
    return spans


def _goes_on(row: Row, column: Column) -> bool:
    token = sole_token(row.proto.cells[column.proto.column - 2])
    return bool(token and row.item and token.name in SPANNING and token.name in row.item.spans)
