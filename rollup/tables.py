"""The tables of a roll-up: the funding by one axis, divided by another one, each figure a formula over its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from budget.axes import NAMES, TOTAL, labelled
from budget.rollup import STEP, By, Key
from faults import Lang, Text
from rollup.axes import SHARE
from rollup.formulas import sums
from rollup.rolled import ACROSS, Rolled
from validators.funding import Leaf
from workbook.addresses import address
from workbook.page import Page
from workbook.text import cell_text

_AFTER = Text(" và ", " and ")
_UP_TO_HEAD = 2  # rows from the caption of a table to its head: that of the unit stands between


@dataclass(frozen=True)
class Axes:
    """The axes of a table, with their keys in order. `across` None: the appendix says nothing of what would be there.

    `lines`: the rows, of which those with no key are headings of the groups that follow.
    """

    by: By
    across: By | None
    lines: tuple[tuple[str, Key] | str, ...]
    keys: tuple[Key, ...]

    @property
    def labels(self) -> list[str]:
        """What the rows begin with, from the top."""
        return [line if isinstance(line, str) else line[0] for line in self.lines]

    def title(self, lang: Lang) -> str:
        """What the table shows."""
        names = [NAMES[by][lang].lower() for by in (self.by, self.across) if by is not None]
        return Text("Kinh phí theo ", "Funding by ")[lang] + _AFTER[lang].join(names)


@dataclass(frozen=True)
class Table:
    """Where a table stands: its axes, and the row of its head."""

    axes: Axes
    head: int

    @classmethod
    def below(cls, caption: int, axes: Axes) -> Table:
        """The table whose first row, its caption, is that one."""
        return cls(axes, caption + _UP_TO_HEAD)

    @property
    def caption(self) -> int:
        """Its first row."""
        return self.head - _UP_TO_HEAD

    @property
    def rows(self) -> Mapping[int, Key]:
        """The keys of its rows, by the number of the row."""
        lines = enumerate(self.axes.lines, self.head + 1)
        return {row: line[1] for row, line in lines if isinstance(line, tuple)}

    @property
    def total(self) -> int:
        """The row of the totals."""
        return self.head + len(self.axes.lines) + 1

    @property
    def last(self) -> int:
        """Its last row: that of the shares where there are any, else that of the totals."""
        return self.total + bool(self.axes.keys)

    @property
    def total_column(self) -> int:
        """The column of the totals; that of the shares follows."""
        return len(self.axes.keys) + 2

    @property
    def whole(self) -> str:
        """The cell of the grand total."""
        return address(self.total, self.total_column)

    def sums_by(self, by: By) -> dict[Key, str]:
        """The cells of the sums by an axis; none where the table does not have it."""
        if by is self.axes.by:
            return {key: address(row, self.total_column) for row, key in self.rows.items()}
        if by is self.axes.across:
            return {key: address(self.total, column) for column, key in enumerate(self.axes.keys, 2)}
        return {}


def axes_of(found: Rolled, by: By, lang: Lang) -> Axes:
    """The axes of the table that has `by` in its rows."""
    across = ACROSS[by] if found.has(ACROSS[by]) else None
    keys = found.keys(by)
    lines = tuple(_with_headings(keys)) if by is By.ITEM else tuple((labelled(by, key, lang), key) for key in keys)
    return Axes(by, across, lines, found.keys(across) if across else ())


def _with_headings(keys: Sequence[Key]) -> Iterator[tuple[str, Key] | str]:
    """Items below the groups that they belong to, each of which is named once."""
    named: set[str] = set()
    for key in keys:
        steps = str(key).split(STEP) if key is not None else []
        for depth in range(1, len(steps)):
            group = STEP.join(steps[:depth])
            if group not in named:
                named.add(group)
                yield steps[depth - 1]
        named.add(str(key))
        yield labelled(By.ITEM, key, "vi"), key


def write_table(page: Page, found: Rolled, table: Table, number: str, lang: Lang) -> None:
    """Write a table; `number` stands before its caption."""
    axes, caption, head = table.axes, table.caption, table.head
    page.across(caption, f"{number}{axes.title(lang)}", "caption")
    unit = Text(f"Đơn vị tính: {found.unit.label}", f"Unit: {found.unit.label}")
    page.across(caption + 1, unit[lang], "unit", table.total_column + 1)
    going_on = Text(" (tiếp theo). ", " (continued). ")
    again = f"{number}{axes.title(lang)}{going_on[lang]}{unit[lang]}"
    page.continued(caption + 1, table.last, table.total_column + 1, again)
    heads = (*(labelled(axes.across, key, lang) for key in axes.keys if axes.across), TOTAL[lang], SHARE[lang])
    for column, text in enumerate((NAMES[axes.by][lang], *heads), 1):
        page.put(head, column, cell_text(text), "head")
    cells = found.cells(axes.by, axes.across)
    for row, line in enumerate(axes.lines, head + 1):
        if isinstance(line, tuple):
            _write_line(page, found, table, row, line, cells)
        else:
            _write_heading(page, table, row, line)
    _write_totals(page, table, lang)


def _write_heading(page: Page, table: Table, row: int, group: str) -> None:
    page.put(row, 1, cell_text(group), "sum")
    for column in range(2, table.total_column + 2):
        page.put(row, column, None, "figure")


def _write_line(
    page: Page,
    found: Rolled,
    table: Table,
    row: int,
    line: tuple[str, Key],
    cells: Mapping[tuple[Key, Key], Sequence[Leaf]],
) -> None:
    """The sums of a key, their total, and what that is of the whole."""
    label, key = line
    last, helpers = table.total_column, page.columns + 2
    page.put(row, 1, cell_text(label), "text")
    for column, other in enumerate(table.axes.keys, 2):
        helpers = page.total(row, column, sums(found.addends(cells.get((key, other), ()))), "figure", helpers)
    if table.axes.keys:
        page.formula(row, last, f"SUM({address(row, 2)}:{address(row, last - 1)})", "figure-sum")
    else:
        page.total(row, last, sums(found.addends(cells[key, None])), "figure-sum", helpers)
    _write_share(page, row, last + 1, address(row, last), table.whole, "share")


def _write_totals(page: Page, table: Table, lang: Lang) -> None:
    """The totals of the columns, and what each is of the whole."""
    total, last = table.total, table.total_column
    page.put(total, 1, TOTAL[lang], "sum")
    for column in range(2, last + 1):
        lines = f"SUM({address(table.head + 1, column)}:{address(total - 1, column)})"
        page.formula(total, column, lines, "figure-sum")
    _write_share(page, total, last + 1, table.whole, table.whole, "share-sum")
    if table.axes.keys:
        page.put(total + 1, 1, SHARE[lang], "text")
        for column in range(2, last + 1):
            _write_share(page, total + 1, column, address(total, column), table.whole, "share")
        page.put(total + 1, last + 1, None, "share")


def _write_share(page: Page, row: int, column: int, part: str, whole: str, look: str) -> None:
    page.formula(row, column, f"IF({whole}=0,0,{part}/{whole})", look)
