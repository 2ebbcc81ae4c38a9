"""What the sheets of a consolidation share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice

from budget.money import Unit, convert
from faults import Lang, Text
from rollup.consolidation.spool import Spool
from workbook.addresses import address
from workbook.looks import figure_format
from workbook.row_xml import GAPS, Formula
from workbook.streaming import Book, Cell, Prepared, StreamedSheet
from workbook.text import cell_text, literal, quote_sheet

HEADER = 4  # the row of the headings of a sheet
FIGURE_WIDTH = 18.0
SHOWN_DECIMALS = 3  # of sums; the cells hold all of them, and rows show all of theirs
NOTHING = Text("Không có.", "None.")
AMOUNT, FILE, SHEET, CELL = Text("Số tiền", "Amount"), Text("Tệp", "File"), Text("Trang", "Sheet"), Text("Ô", "Cell")
DIFFERENCE, VERDICT = Text("Chênh lệch", "Difference"), Text("Kết luận", "Verdict")
NOTE = Text("Ghi chú", "Note")
LINK_LIMIT = 255  # characters that Excel follows


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, its width, and the look of its cells."""

    head: Text
    width: float
    look: str = "line"


@dataclass(frozen=True)
class Whole:
    """What is being written, and how.

    `decimals`: that the amounts have in `unit`; `digits`: to which sums are compared; `rows`: how many a sheet holds.
    """

    book: Book
    spool: Spool
    lang: Lang
    unit: Unit
    decimals: int
    digits: int
    rows: int

    def in_unit(self, amount: Decimal) -> Decimal:
        """An amount in đồng in the unit of the workbook."""
        return convert(amount, Unit.DONG, self.unit)

    @property
    def unit_line(self) -> str:
        """The line over amounts that says their unit, and how much of them is shown."""
        shown = Text("", "")
        if self.decimals > SHOWN_DECIMALS:
            shown = Text(f" (hiện {SHOWN_DECIMALS} số lẻ)", f" ({SHOWN_DECIMALS} decimals shown)")
        return Text(f"Đơn vị tính: {self.unit.label}{shown.vi}", f"Unit: {self.unit.label}{shown.en}")[self.lang]

    @property
    def exact(self) -> str:
        """The number format that shows an amount to its last decimal."""
        return figure_format(self.decimals)

    def head(self, sheet: StreamedSheet, title: Text, second: str, third: str, heads: Iterable[str]) -> None:
        """Title, two lines below it, and the headings."""
        sheet.across(title[self.lang], "title")
        sheet.across(second, "subtitle")
        sheet.across(third, "unit")
        sheet.write(*(Cell(head, "head") for head in heads))

    def text(self, text: str, look: str = "line") -> Cell:
        """A text of a user's file."""
        return Cell(_text(text) or None, look)


@dataclass(frozen=True)
class Listing:
    """A list that goes on on further sheets where one does not hold it.

    `note` stands below the title; `helpers`: how many hidden columns follow.
    """

    name: Text
    title: Text
    columns: Sequence[Column]
    note: Text
    helpers: int = 0

    def sheet(self, whole: Whole, number: int) -> StreamedSheet:
        """The sheet of that number, from 1, with its headings."""
        name = self.name[whole.lang] + (f" ({number})" if number > 1 else "")
        made = whole.book.sheet(name, [column.width for column in self.columns], self.helpers)
        heads = [column.head[whole.lang] for column in self.columns]
        unit = whole.unit_line if any(column.head is AMOUNT for column in self.columns) else ""
        whole.head(made, self.title, self.note[whole.lang], unit, heads)
        return made

    def write(self, whole: Whole, rows: Iterable[Sequence[Cell] | Prepared], first: StreamedSheet) -> int:
        """The rows, each with a cell for each column, from the sheet `first` on. How many there are."""
        waiting, count, number, sheet = iter(rows), 0, 1, first
        room = whole.rows - HEADER
        while block := list(islice(waiting, 1)):
            if number > 1 or count:
                sheet = self.sheet(whole, number := number + 1)
            for row in chain(block, islice(waiting, room - 1)):
                if isinstance(row, Prepared):
                    sheet.write_prepared(row)
                else:
                    sheet.write(*row)
                count += 1
            sheet.finish_list(HEADER)
        if not count:
            sheet.across(NOTHING[whole.lang], "note")
            sheet.finish(HEADER)
        return count


_text = lru_cache(maxsize=16_384)(cell_text)  # texts of a list repeat


def link(file: str, sheet: str, cell: str, named: str = "") -> Cell:
    """A link to a cell of a file; one that Excel would not follow is a text. `named`: a cell with the file's name."""
    if not _is_followed(file, sheet, cell):
        return Cell(cell or None, "line-center")
    place = named or literal(cell_text(file))
    return Cell(Formula(f'HYPERLINK({place}&{_within(sheet)}{cell}","{cell}")', cell), "line-link")


class Links:
    """A column of `link`s as prepared cells: those to cells of one sheet are one, with the cell in its first gap."""

    def __init__(self, book: Book, column: int, named: str = "") -> None:
        self._book, self._column, self._named = book, column, named
        self._within = lru_cache(maxsize=1_024)(self._to_any)

    def to(self, file: str, sheet: str, cell: str) -> bytes:
        """The link to a cell, which is to be filled in."""
        if _is_followed(file, sheet, cell):
            return self._within(file, sheet)
        return self._book.prepared(self._column, link(file, sheet, cell))

    def _to_any(self, file: str, sheet: str) -> bytes:
        return self._book.prepared(self._column, link(file, sheet, GAPS[0], self._named))


def _is_followed(file: str, sheet: str, cell: str) -> bool:
    return bool(cell) and len(file) + len(sheet) + len(cell) + len("#''!") <= LINK_LIMIT


@lru_cache(maxsize=1_024)
def _within(sheet: str) -> str:
    """What names a sheet in a link, up to the cell."""
    return literal(f"#{quote_sheet(sheet)}!").removesuffix('"')


def area(sheet: StreamedSheet | str, first: int, last: int, column: int) -> str:
    """Cells of a column of a sheet as a formula elsewhere names them."""
    name = sheet if isinstance(sheet, str) else sheet.name
    return f"{quote_sheet(name)}!{address(first, column)}:{address(last, column)}"


def share(part: str, whole: str) -> str:
    """What a part is of a whole, and 0 where that is nothing."""
    return f"IF({whole}=0,0,{part}/{whole})"


def ratio(part: Decimal, whole: Decimal) -> float:
    """The value of `share`."""
    return float(part / whole) if whole else 0.0
