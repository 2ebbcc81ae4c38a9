"""Where everything of an appendix stands on its sheet: columns, rows and figure cells, before any cell is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from budget.figures import FigureKey, Figures
from budget.plan import Appendix, Item, Plan
from faults import InputFault, Text
from generators.forms import BODY, Form, ProtoCell, ProtoColumn, ProtoRow
from generators.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its prototype, and where it stands along the axes."""

    proto: ProtoColumn
    index: int
    source: str | None = None
    year: int | None = None

    @property
    def letter(self) -> str:
        """The column's letter."""
        return get_column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its prototype, and the item and source that it is about (None: the whole table)."""

    proto: ProtoRow
    index: int
    item: Item | None = None
    source: str | None = None
    ordinal: int = 1  # among the rows of this role: the running number of a source, of a total

    @property
    def holds_figures(self) -> bool:
        """Whether the row's amounts are figures of the table, and not part of a text."""
        return self.proto.role in BODY or self.proto.role.startswith("total")


@dataclass(frozen=True)
class Layout:
    """An appendix laid out on a form."""

    plan: Plan
    appendix: Appendix
    form: Form
    figures: Figures
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: dict[FigureKey, tuple[int, int]] = field(default_factory=dict)  # figure -> row, column
    keys: dict[tuple[int, int], FigureKey] = field(default_factory=dict)  # the reverse, further columns it spans too

    @property
    def figured(self) -> str:
        """The appendix whose figures stand here: its own, or the one that it summarises."""
        return self.appendix.summarises or self.appendix.key

    @cached_property
    def children(self) -> dict[str | None, list[Item]]:
        """Items by parent; None: the top rows."""
        children: dict[str | None, list[Item]] = defaultdict(list)
        for item in self.plan.items_of(self.figured):
            children[item.parent].append(item)
        return children

    @cached_property
    def row_of(self) -> dict[tuple[str | None, str | None], Row]:
        """The row of an item (and source line)."""
        return {(row.item.id, row.source): row for row in self.rows if row.item}

    def of_role(self, *roles: str) -> tuple[Row, ...]:
        """The rows of some roles, in print order."""
        return tuple(row for row in self.rows if row.proto.role in roles)

    @property
    def body(self) -> tuple[int, int]:
        """First and last row of the body; without items, the rows of the source totals."""
        rows = [r.index for r in self.rows if r.proto.role in BODY] or [
            r.index for r in self.of_role("total source", "total source more")
        ]
        return rows[0], rows[-1]

    @property
    def table(self) -> tuple[int, int]:
        """First and last row of the printed table: header to last total."""
        rows = [r.index for r in self.rows if r.proto.role == "header" or r.holds_figures]
        return rows[0], rows[-1]

    @property
    def amount_columns(self) -> tuple[Column, ...]:
        """The columns along the axes; in a form without axes, the columns that hold figures."""
        repeated = tuple(c for c in self.columns if c.proto.axes)
        figured = {column for _, column in self.cells.values()}
        return repeated or tuple(c for c in self.columns if c.index in figured)

    def key(self, row: Row, column: Column, cell: ProtoCell) -> FigureKey | None:
        """The figure that a cell shows alone, if it does."""
        token = cell.parts[0] if len(cell.parts) == 1 else None
        if not isinstance(token, Token) or token.name != "amount" or not row.holds_figures:
            return None
        source = row.source or (None if token.argument else column.source)
        year = None if token.argument == "all" else column.year
        return FigureKey(self.figured, row.item.id if row.item else None, source, year)


def lay_out(plan: Plan, appendix: Appendix, form: Form, figures: Figures) -> Layout:
    """Lays an appendix out on a form that fits it; InputFault where an amount has no place on the form."""
    columns = tuple(columns_of(appendix, form))
    rows = tuple(Row(p, n, i, s, o) for n, (p, i, s, o) in enumerate(planned_rows(plan, appendix, form), 1))
    layout = Layout(plan, appendix, form, figures, columns, rows)
    for row in rows:
        for column in columns if row.holds_figures else ():
            key = layout.key(row, column, row.proto.cells[column.proto.column - 2])
            if key:
                layout.keys[row.index, column.index] = key
                layout.cells.setdefault(key, (row.index, column.index))
    _demand_places(layout)
    return layout


def _demand_places(layout: Layout) -> None:
    """An amount that no cell shows would be lost without a word."""
    for item in layout.plan.items_of(layout.appendix.key):
        for axis in item.amounts:
            if FigureKey(layout.figured, item.id, *axis) not in layout.cells:
                raise InputFault(
                    Text(
                        f"hạng mục “{item.id}”: biểu mẫu “{layout.form.name}” không có ô số tiền ở loại dòng này",
                        f"item “{item.id}”: form “{layout.form.name}” has no cell for amounts in this kind of row",
                    ),
                    file=layout.plan.key,
                    found=item.kind.value,
                )


def columns_of(appendix: Appendix, form: Form) -> Iterator[Column]:
    """The columns of the sheet, from the left."""
    index = 0
    for proto in form.columns:
        years = appendix.years if "year" in proto.axes else (None,)
        sources = appendix.sources if "source" in proto.axes else (None,)
        for year in years:
            for source in sources:
                index += 1
                yield Column(proto, index, source, year)


Planned = tuple[ProtoRow, Item | None, str | None, int]


def planned_rows(plan: Plan, appendix: Appendix, form: Form) -> Iterator[Planned]:
    """The rows in print order, each with its item, its source and its number among the rows of its role.

    They are as the form has them, the body in the place of its first prototype.
    """
    body_done = False
    for proto in form.rows:
        match proto.role:
            case role if role in BODY:
                if not body_done:
                    body_done = True
                    yield from _body(plan, appendix, form)
            case "total source":
                yield from _per_source(appendix, form, proto)
            case "footer source":
                yield from ((proto, None, s, n) for n, s in enumerate(appendix.sources, 1))
            case "total source more":
                pass
            case _:
                if not _is_empty_footer(proto, appendix):
                    ordinal = 1 + sum(p.role == proto.role and p.row < proto.row for p in form.rows)
                    yield proto, None, None, ordinal


def _is_empty_footer(proto: ProtoRow, appendix: Appendix) -> bool:
    """A footer row that only holds wording which the plan does not give is not printed."""
    held = [t for cell in proto.cells for t in tokens(cell.parts)]
    return proto.role == "footer" and bool(held) and all(
        t.name == "text" and not t.default and not appendix.texts.get(t.argument) for t in held
    )  # fmt: skip


def _per_source(appendix: Appendix, form: Form, first: ProtoRow) -> Iterator[Planned]:
    more = (form.having("total source more") or (first,))[0]
    for n, source in enumerate(appendix.sources, 1):
        yield (first if n == 1 else more), None, source, n


def _body(plan: Plan, appendix: Appendix, form: Form) -> Iterator[Planned]:
    lines = form.having("source")
    more = form.having("source more") or lines
    parents = {item.parent for item in plan.items_of(appendix.key)}
    for item in plan.items_of(appendix.key):
        yield form.one(item.kind), item, None, 1
        if lines:
            for n, source in enumerate(_line_sources(appendix, item, item.id in parents), 1):
                yield (lines if n == 1 else more)[0], item, source, n


def _line_sources(appendix: Appendix, item: Item, is_parent: bool) -> tuple[str, ...]:
    """The sources that get a line: those the item states; all of them where a leaf states none yet."""
    stated = {axis.source for axis in item.amounts}
    if is_parent:
        return appendix.sources if stated else ()
    return tuple(s for s in appendix.sources if not stated or s in stated)
