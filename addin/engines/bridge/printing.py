"""How the pages of a sheet are cut, and what is repeated on each."""

from __future__ import annotations

from .world import World, struct


def clear_page_breaks(world: World, book: int, sheet: str) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_sheet(book, sheet).removeAllManualPageBreaks()


def break_page(world: World, book: int, sheet: str, row: int) -> None:
    """Begin a page at a row. Raises Refusal on a protected sheet."""
    world.open_sheet(book, sheet).Rows.getByIndex(row - 1).IsStartOfNewPage = True


def forget_print_name(world: World, book: int, sheet: str, name: str) -> None:
    """Remove a name that a sheet read from an .xlsx has for what is printed: LibreOffice would write it as it was.

    Raises Refusal on a protected sheet.
    """
    names = world.open_sheet(book, sheet).NamedRanges
    if names.hasByName(f"_xlnm.{name}"):
        names.removeByName(f"_xlnm.{name}")


def set_title_rows(world: World, book: int, sheet: str, first: int, last: int) -> None:
    """Repeat rows on each page; none where both are 0. Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    if first:
        index = target.RangeAddress.Sheet
        rows = struct("table.CellRangeAddress", Sheet=index, StartRow=first - 1, EndRow=last - 1)
        target.setTitleRows(rows)
    target.setPrintTitleRows(bool(first))


def set_title_columns(world: World, book: int, sheet: str, first: int, last: int) -> None:
    """Repeat columns on each page; none where both are 0. Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    if first:
        index = target.RangeAddress.Sheet
        target.setTitleColumns(struct("table.CellRangeAddress", Sheet=index, StartColumn=first - 1, EndColumn=last - 1))
    target.setPrintTitleColumns(bool(first))


OPERATIONS = (clear_page_breaks, break_page, forget_print_name, set_title_rows, set_title_columns)
