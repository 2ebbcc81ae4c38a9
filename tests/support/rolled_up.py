"""Roll-ups of the reference plans and of files: the sheet, and as plain values the cells that it refers to."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from budget.money import Unit
from budget.rollup import By
from faults import Lang
from rollup.kinds import BY_SOURCE, kind_of
from rollup.rolled import Rolled, rolled
from rollup.sheet import complete
from validators.checking import examine
from validators.grid import Place
from validators.readers import read_book
from workbook.saving import save

from .generated import generated


class RolledUp(NamedTuple):
    """A roll-up: its funding, and the bytes of a workbook of the sheet and, as plain values, what it refers to."""

    found: Rolled
    data: bytes

    def opened(self, *, values: bool = True) -> Worksheet:
        """The sheet, with values or with formulas."""
        return openpyxl.load_workbook(io.BytesIO(self.data), data_only=values).worksheets[0]


@cache
def rolled_up(plan: str, axes: tuple[By, ...] = BY_SOURCE.axes, unit: Unit | None = None) -> RolledUp:
    """The roll-up of the generated workbook of a reference plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{plan}.xlsx"
        path.write_bytes(generated(plan))
        return rolled_file(path, axes, unit)


def rolled_file(
    path: Path, axes: Sequence[By] = BY_SOURCE.axes, unit: Unit | None = None, lang: Lang = "vi"
) -> RolledUp:
    """The roll-up of a workbook file."""
    kind = kind_of(axes)
    found = rolled(examine(read_book(path)), kind.axes[0], unit)
    made = complete(found, kind, lang, ())
    for place in _places(found):
        sheet = made[place.sheet] if place.sheet in made.sheetnames else made.create_sheet(place.sheet)
        sheet.cell(place.row, place.column).value = found.checked.book.sheet(place.sheet).value(place.row, place.column)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "a.xlsx"
        save(made, target, force=False)
        return RolledUp(found, target.read_bytes())


def _places(found: Rolled) -> Iterator[Place]:
    yield from (addend.place for addend in found.addends(found.leaves))
    for each in found.counted:
        yield from (*each.totals, *each.unread)


def rows(sheet: Worksheet, first: str) -> list[list[object]]:
    """The filled rows from the one that begins with `first` to the next blank one, without blanks at the right."""
    found: list[list[object]] = []
    for row in sheet.iter_rows(max_col=_printed(sheet), values_only=True):
        if found and row[0] is None:
            break
        if found or row[0] == first:
            last = max(column for column, value in enumerate(row) if value is not None)
            found.append([round(value, 6) if isinstance(value, float) else value for value in row[: last + 1]])
    return found


def sentences(sheet: Worksheet) -> list[str]:
    """Those for the decision."""
    return [str(row[0]) for row in rows(sheet, "Câu nêu kinh phí để chép vào quyết định")[1:]]


def remarks(sheet: Worksheet) -> list[str]:
    """The sentences that tell how the figures came about."""
    cells = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True)]
    return [cell for cell in cells if isinstance(cell, str) and cell.endswith(".") and not cell.startswith("-")]


def _printed(sheet: Worksheet) -> int:
    """How many columns are printed."""
    return openpyxl.utils.cell.range_boundaries(sheet.print_area.rpartition("!")[2])[2]
