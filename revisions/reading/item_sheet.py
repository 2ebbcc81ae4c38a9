"""One generated sheet of items: which of its rows is what, and what its cells say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budget.numbers import Form as Printed
from budget.numbers import Malformed, parse_number
from budget.plan import Appendix, Plan
from budget.schema import DASH
from generators.appendix import HELPER_HEADS
from generators.forms import BODY, Form, ProtoCell, ProtoRow
from generators.formulas import HELPERS, SUMS
from generators.layout import Column, columns_of, planned_rows
from generators.tokens import sole_token
from revisions.reading.templates import captured, text_of
from validators.grid import Grid, GridCell

Key = tuple[str | None, int | None]  # source, year


@dataclass(slots=True)
class Line:
    """A row of the body: of an item (`source` None), or of one of its funding sources."""

    row: int
    source: str | None = None


@dataclass(slots=True)
class Entry:
    """An item as it stands on the sheet, with its lines; `id` and `parent` as its helper cells name them ("": none)."""

    row: int
    id: str
    parent: str
    lines: list[Line] = field(default_factory=list)


class ItemSheet:
    """A generated sheet. `appendix` has the axes and the form that the workbook carries, `plan` the period."""

    def __init__(self, grid: Grid, plan: Plan, appendix: Appendix, form: Form) -> None:
        self.grid, self.plan, self.appendix, self.form = grid, plan, appendix, form
        self.columns = tuple(columns_of(appendix, form))
        self.helper = len(self.columns) + 2
        body = min((row.row for row in form.rows if row.role in BODY), default=None)
        planned = list(planned_rows(plan, appendix, form))
        first = body or max(row.row for row in form.having("header")) + 1
        self._before = [each for each in planned if each[0].row < first]
        self._after = [each for each in planned if each[0].row >= first]

    @cached_property
    def head(self) -> int | None:
        """The last row of the header, where the helper columns are headed; None: they stand elsewhere by now."""
        rows = (row for row, column in self.grid.cells if column == self.helper)
        return next((row for row in rows if self.grid.value(row, self.helper) == HELPER_HEADS[0]), None)

    @cached_property
    def _marked(self) -> list[int]:
        """The rows of the body that have helper cells."""
        kept = range(self.helper, self.helper + len(HELPERS) - 1)
        rows = {row for row, column in self.grid.cells if column in kept and row > (self.head or 0)}
        return sorted(row for row in rows if any(text_of(self.grid.value(row, column)) for column in kept))

    @cached_property
    def end(self) -> int:
        """The row below the body: the first of the rows that the form has there."""
        last = self._marked[-1] if self._marked else self.head or 0
        if self._after and self.form.having("item"):
            for row in range(last + 1, self.grid.rows + 1):
                if self._is_of(row, self._after[0][0]):
                    return row
        return last + 1

    def outer(self) -> Iterator[tuple[ProtoRow, int, str | None]]:
        """The rows above and below the body: prototype, row of the sheet, source."""
        head = max(place for place, each in enumerate(self._before) if each[0].role == "header")
        for place, (proto, _, source, _) in enumerate(self._before):
            yield proto, (self.head or 0) - head + place, source
        for place, (proto, _, source, _) in enumerate(self._after):
            yield proto, self.end + place, source

    def entries(self) -> Iterator[Entry]:
        """The items from the top; rows that somebody typed have no helper cells, and blank ones are no items."""
        entry: Entry | None = None
        for row in range((self.head or 0) + 1, self.end):
            identity, parent, source = (
                text_of(self.grid.value(row, self.helper + HELPERS.index(name))) for name in ("id", "parent", "source")
            )
            if not (identity or source) and (typed := self._typed_source(row)):
                source = typed
            if source and entry:
                entry.lines.append(Line(row, source))
            elif not self.is_blank(row):
                if entry:
                    yield entry
                entry = Entry(row, identity, parent, [Line(row)])
        if entry:
            yield entry

    def is_blank(self, row: int) -> bool:
        """Whether nothing is printed in a row but what follows from others."""
        cells = (self.grid.cell(row, column.index) for column in self.columns)
        return all(
            cell is None or cell.value is None or (cell.formula is not None and not cell.value) for cell in cells
        )

    def proto(self, entry_kind: str, source: str | None) -> ProtoRow:
        """The prototype of a row of the body."""
        return self.form.having("source")[0] if source else self.form.one(entry_kind)

    def cell_of(self, proto: ProtoRow, name: str) -> Column | None:
        """The column where a prototype row shows a token alone."""
        for column in self.columns:
            token = sole_token(self.prototype(proto, column))
            if token and token.name == name:
                return column
        return None

    def prototype(self, proto: ProtoRow, column: Column) -> ProtoCell:
        """The prototype of a cell."""
        return proto.cells[column.proto.column - 2]

    def figure_cells(self, proto: ProtoRow, source: str | None) -> Iterator[tuple[Key, int]]:
        """The columns where a row shows figures, with their axes; None: summed over it."""
        for column in self.columns:
            token = sole_token(self.prototype(proto, column))
            if token and token.name == "amount":
                along = source or (None if token.argument else column.source)
                yield (along, None if token.argument == "all" else column.year), column.index

    def is_full(self, key: Key) -> bool:
        """Whether the plan may state a figure with these axes."""
        source, year = key
        return (source is not None) == bool(self.appendix.sources) and (year is not None) == bool(self.appendix.years)

    def sums(self, row: int) -> bool:
        """Whether the row is marked as summing others."""
        return text_of(self.grid.value(row, self.helper + HELPERS.index("sums"))) == SUMS

    def goes_on(self, row: int, column: int) -> bool:
        """Whether a cell is part of the one above."""
        area = self.grid.merge_at(row, column)
        return area is not None and area.top < row

    def _typed_source(self, row: int) -> str | None:
        """The source that a row without helper cells names, as the form names those of an item."""
        names = {label: key for key, label in self.appendix.labels.items()}
        for proto in (*self.form.having("source"), *self.form.having("source more")):
            for column in self.columns:
                found = captured(self.prototype(proto, column).parts, text_of(self.grid.value(row, column.index)))
                if found and (source := names.get(found.get("source", ""))):
                    return source
        return None

    def _is_of(self, row: int, proto: ProtoRow) -> bool:
        """Whether a row says the words that the form has in it."""
        said = [(self.prototype(proto, column).parts, self.grid.value(row, column.index)) for column in self.columns]
        words = [(parts, text_of(value)) for parts, value in said if any(isinstance(part, str) for part in parts)]
        return bool(words) and any(captured(parts, text) is not None for parts, text in words)


def stated(cell: GridCell | None) -> Decimal | str | None:
    """What a cell of amounts states: a number, a dash or nothing. Raises Malformed for any other text."""
    if cell is None or cell.value is None or isinstance(cell.value, Decimal):
        return cell.value if cell else None  # type: ignore[return-value]
    printed = parse_number(text_of(cell.value))
    return DASH if printed.form is Printed.DASH else printed.value


__all__ = ["Entry", "ItemSheet", "Key", "Line", "Malformed", "stated"]
