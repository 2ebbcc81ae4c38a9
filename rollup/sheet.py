"""The sheet that rolls a workbook up: tables, charts, the sentence of the decision, checks, remarks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl import Workbook

from budget.rollup import By
from faults import Lang, Text
from rollup.charts import rows_taken, write_charts
from rollup.checks import COLUMNS, write_checks, write_unsummable
from rollup.kinds import Kind
from rollup.rolled import ACROSS, Rolled
from rollup.sentence import Sums, write_sentence
from rollup.tables import Axes, Table, axes_of, write_table
from rollup.wording import remarks
from validators.own_sheet import ROLLED_UP
from validators.reports.sealing import SEAL
from validators.reports.workbook import free_name
from workbook.looks import figure_format
from workbook.page import Block, Page
from workbook.text import cell_text

_LABEL_WIDTH, _LONG_LABEL_WIDTH, _FIGURE_WIDTH = 44.0, 60.0, 18.0
_LETTER = 1.35  # width units of a digit in Times New Roman 13, bold
_FIRST = 3  # the row of the first caption
_HEADS = 120.0  # points that the caption, the head and the totals of a table take


def rollup_workbook(found: Rolled, kind: Kind, lang: Lang, name: str) -> tuple[Workbook, list[Block]]:
    """A workbook of one sheet, called `name`, and the formulas that belong on it."""
    book, page = _written(found, kind, lang, name, kind.button)
    return book, page.blocks()


def complete(found: Rolled, kind: Kind, lang: Lang, taken: Collection[str]) -> Workbook:
    """The workbook with its formulas on its sheet, whose name is none of `taken`."""
    book, page = _written(found, kind, lang, free_name(kind.name[lang], taken), None)
    page.write_formulas()
    return book


def _written(found: Rolled, kind: Kind, lang: Lang, name: str, button: Text | None) -> tuple[Workbook, Page]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    told = [by for by in kind.axes if found.has(by)] or list(kind.axes[:1])
    tables = [axes_of(found, by, lang) for by in told]
    page = Page(sheet, _widths(found, tables), figure_format(found.decimals), COLUMNS)
    page.across(1, kind.title[lang], "title")
    page.put(1, page.columns + 2, SEAL, "helper")
    page.across(2, ROLLED_UP[lang], "subtitle")
    shown = dict.fromkeys([*kind.axes, *(ACROSS[by] for by in told)])
    _write(page, found, tables, list(remarks(found, shown, button)), lang)
    return book, page


def _widths(found: Rolled, tables: Sequence[Axes]) -> list[float]:
    """The widths of the printed columns: labels, as many figures as the widest table has, totals and shares."""
    widest = f"{found.in_unit(found.total):,.{found.decimals}f}"
    width = max(_FIGURE_WIDTH, _LETTER * len(widest) + 2)
    columns = max(COLUMNS, *(len(axes.keys) + 3 for axes in tables))
    label = _LONG_LABEL_WIDTH if any(axes.by in (By.GROUP, By.ITEM) for axes in tables) else _LABEL_WIDTH
    return [label, *[width] * (columns - 1)]


def _write(page: Page, found: Rolled, tables: Sequence[Axes], said: Sequence[Text], lang: Lang) -> None:
    """All below the titles. Tables that take more than a page come last, and the head of the last one is repeated."""
    first, *others = tables
    long = [axes for axes in others if _is_long(page, axes)]
    short = [first, *(axes for axes in others if axes not in long)]
    numbers = [f"{place}. " if others else "" for place in range(1, len(tables) + 1)]
    written, charts, row = _placed(short, rows_taken(tables))
    for table, number in zip(written, numbers, strict=False):
        write_table(page, found, table, number, lang)
        page.keep_together(table.caption, table.last)
    row = _write_below(page, found, written, row, said, lang)
    for axes, number in zip(long, numbers[len(short) :], strict=True):
        written.append(Table.below(row + 2, axes))
        write_table(page, found, written[-1], number, lang)
        row = written[-1].last
        page.keep_together(written[-1].caption, row)
    write_charts(page, found, written, charts, lang)
    repeated = [table for table in written if _is_long(page, table.axes)]
    page.finish(repeated[-1].head if repeated else None, row)


def _placed(tables: Sequence[Axes], charted: int) -> tuple[list[Table], int, int]:
    """Where tables go, below each other, where the `charted` rows of charts do, below the first, and the next row."""
    placed = [Table.below(_FIRST, tables[0])]
    charts = placed[0].last + 2
    row = charts + (charted and charted + 1)
    for axes in tables[1:]:
        placed.append(Table.below(row, axes))
        row = placed[-1].last + 2
    return placed, charts, row


def _is_long(page: Page, axes: Axes) -> bool:
    """Whether a table takes more than a page."""
    return sum(page.height_of(label, "text") for label in axes.labels) > page.room - _HEADS


def _write_below(page: Page, found: Rolled, tables: Sequence[Table], row: int, said: Sequence[Text], lang: Lang) -> int:
    """The sentence of the decision, the check, the cells that no sum takes, the remarks; the last row."""
    whole = tables[0].whole
    by_source = next((sums for table in tables if (sums := table.sums_by(By.SOURCE))), {})
    last = write_sentence(page, found, row, Sums(whole, by_source), lang)
    page.keep_together(row, last)
    caption = last + 2
    last = write_checks(page, found, caption, whole, lang)
    page.keep_together(caption, last)
    if found.unsummable:
        last = write_unsummable(page, found, last + 2, lang)
    below = last + 2
    for last, remark in enumerate(said, below):
        page.across(last, cell_text(remark[lang]), "note")
    return last
