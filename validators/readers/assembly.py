"""The sheets of a book put together from what a reader found, as long as its size makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType

from faults import Text
from validators.grid import Grid, GridCell, Visibility
from validators.readers.limits import MAX_AREA, MAX_CELLS, MAX_FORMULA_TEXT, MAX_ROWS_LISTED, MAX_SHEETS
from validators.readers.refusals import CROWDED, LONG_FORMULAS, refuse, too_much
from workbook.addresses import Area


@dataclass
class Draft:
    """A sheet that is being read. Hidden rows and columns are ranges, as files give them: they may reach far."""

    name: str
    visibility: Visibility = "visible"
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    arrays: list[tuple[Area, str]] = field(default_factory=list)  # where array formulas stand, and their texts

    @property
    def place(self) -> Text:
        """Where a sheet as a whole is at fault."""
        return Text(f"trang “{self.name}”", f"sheet “{self.name}”")


class Assembly:
    """The finished sheets of a book in `grids`. Every method raises InputFault where the book is absurdly large."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._cells = self._area = self._rows_listed = self._formula_text = 0

    def demand_sheets(self, sheets: int) -> None:
        """There must be a sheet, and no more than MAX_SHEETS."""
        if not sheets:
            raise refuse(Text("sổ không có trang tính nào", "the workbook has no sheet"))
        if sheets > MAX_SHEETS:
            raise too_much(Text("sổ có quá nhiều trang", "the workbook has too many sheets"), sheets, MAX_SHEETS)

    def demand_room(self, draft: Draft, more: int = 0) -> None:
        """The cells of the draft, and some more, must have room beside those of the finished sheets."""
        cells = self._cells + len(draft.cells) + more
        if cells > MAX_CELLS:
            raise too_much(CROWDED, cells, MAX_CELLS, place=draft.place)

    def count_formula(self, formula: str, copies: int = 1) -> None:
        """The texts of all formulas together must have a sane length."""
        self._formula_text += len(formula) * copies
        if self._formula_text > MAX_FORMULA_TEXT:
            raise too_much(LONG_FORMULAS, self._formula_text, MAX_FORMULA_TEXT)

    def finish(self, draft: Draft) -> None:
        """Add the sheet: its arrays filled, its hidden rows and columns cut to where it holds something."""
        places = list(draft.cells)
        if places != sorted(places):  # files have them in order, as a rule
            draft.cells = dict(sorted(draft.cells.items()))
        self.demand_room(draft, sum(area.size for area, _ in draft.arrays))
        _fill_arrays(draft)
        self._cells += len(draft.cells)
        rows = next(reversed(draft.cells), (0, 0))[0]
        columns = max(map(itemgetter(1), draft.cells), default=0)
        self._area += rows * columns
        if self._area > MAX_AREA:
            far = Text("các ô của trang nằm quá xa nhau", "the cells of the sheet lie too far apart")
            raise refuse(far, found=f"{rows} × {columns}", place=draft.place)
        hidden_rows, hidden_columns = _cut(draft.hidden_rows, rows), _cut(draft.hidden_columns, columns)
        self._rows_listed += sum(max(0, min(area.bottom, rows) - area.top + 1) for area in draft.merges)
        self._rows_listed += sum(map(len, hidden_rows))
        if self._rows_listed > MAX_ROWS_LISTED:
            many = Text("tệp có quá nhiều dòng gộp hoặc ẩn", "the file has too many merged or hidden rows")
            raise too_much(many, self._rows_listed, MAX_ROWS_LISTED, place=draft.place)
        self.grids.append(
            Grid(
                draft.name,
                draft.visibility,
                MappingProxyType(draft.cells),
                tuple(draft.merges),
                frozenset(row for part in hidden_rows for row in part),
                frozenset(column for part in hidden_columns for column in part),
            )
        )


def _cut(ranges: Iterable[range], last: int) -> Sequence[range]:
    return [range(each.start, min(each.stop, last + 1)) for each in ranges if each.start <= last]


def _fill_arrays(draft: Draft) -> None:
    """Give each cell of an array its formula: files have it in the first one alone."""
    for area, formula in draft.arrays:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                cell = draft.cells.get((row, column))
                if cell is not None and cell.formula is None:
                    draft.cells[row, column] = cell._replace(formula=formula, array=True)
