"""The copy of a workbook that gets the sheet of its adjustment."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from openpyxl import Workbook

from faults import Lang
from revisions.adjusting.adjustment import Adjustment
from revisions.adjusting.cells import places_of
from revisions.adjusting.sheet import NAME, adjusted_workbook
from validators.grid import Book
from validators.own_sheet import adjusts
from validators.reports.extending import Extended, extended, suffix_of_copy
from validators.reports.workbook import free_name
from workbook.placing import put_in_place, refuse_target


def write_adjusted(made: Adjustment, book: Book, target: Path, lang: Lang, *, force: bool = False) -> Extended:
    """Write a copy of `book`, the workbook that was adjusted as `read_for_copy` read it, with the sheet of it.

    Raises InputFault, and writes nothing, where `target` is the workbook itself, has the wrong suffix, exists and
    `force` is not given, or cannot be written, and where the workbook cannot be copied.
    """
    refuse_target(target, suffix_of_copy(book), force=force, source=book.path)

    def make(taken: Collection[str]) -> Workbook:
        return adjusted_workbook(made, lang, free_name(NAME[lang], taken))

    places = {place for leaf in made.leaves for place in places_of(leaf)}
    places |= {place for each in made.found.counted for place in each.totals}
    copy = extended(book, make, places, adjusts)
    put_in_place(copy.data, target)
    return copy
