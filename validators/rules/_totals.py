"""The cells that add up others, and those that lie beside them and do the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from validators.equations.model import Equation, Operation, Relation
from validators.grid import GridCell, Place
from validators.keeping import kept
from validators.rules.base import Checked

_DOWN = (Relation.GROUP, Relation.GRAND)

Line = tuple[bool, str, str, int]  # down the column or across the row, sheet, "row" or "column", which one


@dataclass(frozen=True)
class Total:
    """A cell that adds up others across its row or down its column, and the equation that says so."""

    place: Place
    cell: GridCell
    equation: Equation
    down: bool


@dataclass(frozen=True)
class Totals:
    """The totals of a workbook: those that lie in one row or column and add up in one direction belong together."""

    lines: Mapping[Line, list[Total]] = field(default_factory=dict)
    equations: Mapping[Place, list[Equation]] = field(default_factory=dict)

    def keys(self, total: Total) -> tuple[Line, Line]:
        """Which of the `lines` it belongs to: its column and its row."""
        sheet, row, column = total.place
        return (total.down, sheet, "column", column), (total.down, sheet, "row", row)

    def __iter__(self) -> Iterator[Total]:
        for (_, _, axis, _), totals in self.lines.items():
            if axis == "row":
                yield from totals


@kept
def totals_of(checked: Checked) -> Totals:
    """The totals that equations name, each once in a direction."""
    grids = {grid.name: grid for grid in checked.book.sheets}
    lines: dict[Line, list[Total]] = defaultdict(list)
    equations: dict[Place, list[Equation]] = defaultdict(list)
    seen: set[tuple[Place, bool]] = set()
    for equation in checked.equations:
        place = equation.total
        if equation.operation is not Operation.SUM or equation.relation not in (Relation.ROW, *_DOWN):
            continue
        equations[place].append(equation)
        down = equation.relation in _DOWN
        cell = grids[place.sheet].cell(place.row, place.column)
        if cell is not None and (place, down) not in seen:
            seen.add((place, down))
            total = Total(place, cell, equation, down)
            lines[down, place.sheet, "row", place.row].append(total)
            lines[down, place.sheet, "column", place.column].append(total)
    for totals in lines.values():
        totals.sort(key=lambda total: total.place)
    return Totals(lines, equations)
