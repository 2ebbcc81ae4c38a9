"""Words that follow their figure: plain formulas over the hidden sheet of readings, in an open book."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl import Workbook

from addin import host
from addin.commands.base import Desk
from addin.sheets import place_sheet, write_formulas
from addin.words.placing import Spoken
from budget.word_lines import Wording
from budget.words import WordStyle
from generators.spoken import (
    AMOUNT_COLUMN,
    FIRST,
    HEADS,
    SHEET,
    WORDS_COLUMN,
    line_formulas,
    references,
    write_readings,
)
from validators.grid import Book, Grid
from workbook.addresses import address
from workbook.text import literal, quote_sheet

_LARGEST = 10**15  # đồng: a spreadsheet holds no more digits
_SHOWN = re.compile(rf"'?{SHEET}'?!\$?[KL]\$?(\d+)")


def live_formulas(
    desk: Desk, book: Book, sheet: str, figures: Sequence[Spoken], wordings: Sequence[Wording]
) -> list[str] | None:
    """A formula (with `=`) for the line of each figure of `sheet`; the readings are put into the open book for them.

    None where the book takes no such sheet, or a figure is too large for it, or a text: the words must be typed then.
    """
    grid = book.sheet(sheet)
    if any(abs(figure.amount) >= _LARGEST or isinstance(grid.value(*figure.cell), str) for figure in figures):
        return None
    readings = _readings(desk, book)
    if readings is None:
        return None
    rows = _rows(desk, readings, sheet, figures, wordings)
    return [_formula(row, wording) for row, wording in zip(rows, wordings, strict=True)]


def style_read(book: Book) -> WordStyle | None:
    """The style of the first amount that the book reads aloud; None where it reads none."""
    grid = _grid(book)
    words = grid.cell(FIRST, WORDS_COLUMN) if grid is not None else None
    return _style_in(words.formula) if words is not None and words.formula else None


def read_by(book: Book, formula: str) -> str | None:
    """What is read aloud by a formula that shows words: the formula of the amount, as `amount_read` writes it."""
    grid, shown = _grid(book), _SHOWN.search(formula)
    held = grid.cell(int(shown[1]), AMOUNT_COLUMN) if grid is not None and shown is not None else None
    return _unquoted(held.formula) if held is not None and held.formula else None


def amount_read(sheet: str, figure: Spoken) -> str:
    """The formula of the amount of a figure on `sheet`, on the sheet of readings; names of sheets unquoted."""
    return _unquoted(line_formulas(FIRST, _term(sheet, figure), figure.unit, WordStyle())[0])


def _grid(book: Book) -> Grid | None:
    return next((grid for grid in book.sheets if grid.name.casefold() == SHEET.casefold()), None)


def _readings(desk: Desk, book: Book) -> Grid | None:
    """The sheet of readings as it is, or as it was put in; None where the book cannot have one."""
    grid = _grid(book)
    if grid is not None:
        is_ours = tuple(grid.value(1, column) or "" for column in range(1, len(HEADS) + 1)) == HEADS
        return grid if is_ours and not host.is_protected(desk.book.sheets[grid.name]) else None
    if host.is_structure_protected(desk.book):
        return None
    made = Workbook()
    page = made.worksheets[0]
    page.title = SHEET
    write_readings(page)
    active = desk.book.sheets.active
    place_sheet(desk, made).visible = False
    active.activate()
    return Grid(SHEET, "hidden", {})


def _rows(desk: Desk, readings: Grid, sheet: str, figures: Sequence[Spoken], wordings: Sequence[Wording]) -> list[int]:
    """The rows of readings of some figures; those that there are already are used again."""
    there = {
        (_unquoted(held.formula), _style_in(words.formula)): row
        for (row, column), held in readings.cells.items()
        if column == AMOUNT_COLUMN
        and held.formula
        and (words := readings.cell(row, WORDS_COLUMN)) is not None
        and words.formula
    }
    following = max((row for row, column in readings.cells if column == AMOUNT_COLUMN), default=1) + 1
    rows: list[int] = []
    written: list[list[str]] = []
    for figure, wording in zip(figures, wordings, strict=True):
        row = there.get((amount_read(sheet, figure), wording.style))
        if row is None:
            row = following + len(written)
            formulas = line_formulas(row, _term(sheet, figure), figure.unit, wording.style)
            written.append([f"={formula}" for formula in formulas])
        rows.append(row)
    write_formulas(desk.book.sheets[readings.name], following, AMOUNT_COLUMN, written)
    return rows


def _term(sheet: str, figure: Spoken) -> str:
    return f"{quote_sheet(sheet)}!{address(*figure.cell)}"


def _unquoted(formula: str) -> str:
    """A formula whose sheets are named without apostrophes: programs leave out those that are not needed."""
    return formula.replace("'", "").replace("$", "").replace(" ", "")


def _style_in(formula: str) -> WordStyle:
    """The style that a row of readings is worded in."""
    return WordStyle(
        ty="tỉ" if '" tỉ"' in formula else "tỷ",
        nghin="ngàn" if '" ngàn"' in formula else "nghìn",
        comma='", "' in formula,
        even='" chẵn"' in formula,
    )


def _formula(row: int, wording: Wording) -> str:
    small, capital = references(row)
    pieces = (
        literal(wording.lead) if wording.lead else "",
        capital if wording.capital else small,
        literal(wording.tail) if wording.tail else "",
    )
    return "=" + "&".join(piece for piece in pieces if piece)
