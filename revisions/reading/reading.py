"""A workbook becomes a plan: generated ones exactly, others as far as their tables are understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from budget.figures import FigureKey, Figures
from budget.money import Unit, convert
from budget.plan import Plan
from faults import Text
from revisions.reading.about_sheet import total_told
from revisions.reading.carry import carried_by
from revisions.reading.comparing import not_made_again
from revisions.reading.generated import GeneratedBook, Unlike
from revisions.reading.handmade import HandmadeBook
from validators.grid import Book
from validators.readers import read_book


@dataclass(frozen=True)
class Reading:
    """The plan that was read. `assumed`: what the reading decided; `left_out`: what the workbook holds and the plan
    cannot; `exact`: phuluc generated the workbook, which carries what its cells do not show. `counted`: the money that
    the workbook's own tables count, in đồng; None where they show no total.
    """

    plan: Plan
    exact: bool
    assumed: tuple[Text, ...]
    left_out: tuple[Text, ...]
    counted: Decimal | None

    @property
    def total(self) -> Decimal:
        """The sum of the plan's leaves, in đồng."""
        return sum(totals(self.plan).values(), Decimal(0))


def read_plan(path: Path) -> Reading:
    """The plan of a workbook (.xlsx, .xlsm, .xls, .ods), under the key that it bears, or the name of the file.

    Raises InputFault for a file that cannot be read, holds no table of money, or makes no plan.
    """
    book = read_book(path)
    carried = carried_by(book)
    if carried is None:
        return _handmade(book)
    try:
        return _generated(GeneratedBook(book, carried))
    except Unlike as unlike:
        return _handmade(book, unlike.why)


def totals(plan: Plan) -> dict[str, Decimal]:
    """The grand total of each appendix of items, in đồng, by its key."""
    figures = Figures(plan)
    with_items = [each for each in plan.appendices if plan.items_of(each.key)]
    return {each.key: convert(figures[FigureKey(each.key)], each.unit, Unit.DONG) for each in with_items}


def _generated(reader: GeneratedBook) -> Reading:
    gathered = reader.read()
    plan = gathered.plan(reader.told.key)
    left_out = (*gathered.left_out, *not_made_again(plan, reader.sheets, gathered.told))
    return Reading(plan, True, tuple(gathered.assumed), left_out, total_told(reader.book))


def _handmade(book: Book, *why: Text) -> Reading:
    """All that was assumed or left out becomes a note of the plan as well."""
    reader = HandmadeBook(book)
    gathered = reader.read()
    plan = gathered.plan(book.path.stem)
    assumed, left_out = (*why, *gathered.assumed), tuple(gathered.left_out)
    notes = [f"Đọc từ tệp {book.path.name}."]
    notes += [f"Giả định: {text.vi}" for text in assumed]
    notes += [f"Không giữ được: {text.vi}" for text in left_out]
    return Reading(replace(plan, notes=tuple(notes)), False, assumed, left_out, reader.counted)
