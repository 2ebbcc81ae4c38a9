"""What a decision says of its funding: the total and what each source gives, in figures and words, live.

Three of the five reference decisions state it as a line for the total and one for each source, all of them the amounts
in đồng and, in brackets, in words: Bình Định 4157/QĐ-UBND, II.5; Đồng Nai 4025/QĐ-UBND, V.4; Nghệ An 400/QĐ-UBND, IV.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from budget.axes import labelled
from budget.rollup import By, Key, pivot
from budget.word_lines import habit
from budget.words import LIMIT, WordStyle, to_words
from faults import Lang, Text
from generators.spelling import COLUMNS, spelled
from rollup.rolled import Rolled
from validators.grid import Book
from workbook.addresses import address
from workbook.page import Page
from workbook.text import cell_text, literal

_CAPTION = Text("Câu nêu kinh phí để chép vào quyết định", "The sentence for the decision, in Vietnamese")
_ENDINGS = ("đồng", "chẵn", "đồng.", "chẵn.", "đồng)", "chẵn)", "đồng).", "chẵn).")


class Sums(NamedTuple):
    """The cells of the grand total, and of what each source gives; of none where the appendix names none."""

    whole: str
    by_source: Mapping[Key, str]


def write_sentence(page: Page, found: Rolled, caption: int, sums: Sums, lang: Lang) -> int:
    """Write the lines that state some sums below a caption; the last row."""
    page.across(caption, _CAPTION[lang], "caption")
    row, style = caption, _style_of(found.checked.book)
    for row, line in enumerate(_lines(found, sums), caption + 1):
        _write_line(page, row, found, line, style)
    return row


def _style_of(book: Book) -> WordStyle:
    """The style of the first amount that the workbook states in words: behind “bằng chữ”, or alone in a cell."""
    texts = (
        cell.value for grid in book.sheets for _, cell in sorted(grid.cells.items()) if isinstance(cell.value, str)
    )
    return habit(text if "chữ" in text else f"Bằng chữ: {text}" for text in texts if text.endswith(_ENDINGS))


class _Line(NamedTuple):
    """An amount in the sentence: what stands before it and after its words, its cell, and what it is now, in đồng."""

    before: str
    after: str
    cell: str
    amount: Decimal


def _lines(found: Rolled, sums: Sums) -> Iterator[_Line]:
    whole, by_source = sums
    total = f"Tổng kinh phí thực hiện{_period(found)}: "
    if len(by_source) < 2:
        yield _Line(total, ".", whole, found.total)
        return
    yield _Line(total, ", trong đó:", whole, found.total)
    amounts, last = pivot(found.leaves, By.SOURCE), len(by_source)
    for place, (source, cell) in enumerate(by_source.items(), 1):
        name = labelled(By.SOURCE, source, "vi")
        yield _Line(f"- {name}: ", "." if place == last else ";", cell, amounts.row_total(source))


def _period(found: Rolled) -> str:
    """The years that all amounts are told apart by."""
    years = found.keys(By.YEAR)
    if None in years:
        return ""
    return f" năm {years[0]}" if len(years) == 1 else f" giai đoạn {years[0]} - {years[-1]}"


def _write_line(page: Page, row: int, found: Rolled, line: _Line, style: WordStyle) -> None:
    first = page.columns + 2
    for column, formula in enumerate(spelled(row, first, line.cell, found.unit, style), first):
        page.formula(row, column, formula, "helper")
    amount, words = address(row, first), address(row, first + COLUMNS - 1)
    before = cell_text(line.before)
    figures = f'SUBSTITUTE(FIXED({amount},0),",",".")'
    formula = f'{literal(before)}&{figures}&" đồng (bằng chữ: "&{words}&{literal(")" + line.after)}'
    now = round(line.amount)
    said = to_words(now, style) if abs(now) < LIMIT else ""
    longer = said[: len(said) // 4]  # there is room for somewhat longer words
    page.formula_across(row, formula, "plain", f"{before}{now:,} đồng (bằng chữ: {said}){line.after}{longer}")
