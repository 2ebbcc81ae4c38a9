"""The formula of a figure: a constant where it is a leaf, else the sum of the cells it follows from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from budget.figures import FigureKey, times
from budget.plan import Amount, Axis, Item
from faults import InputFault, Text
from generators.layout import Layout
from generators.registry import Registry

#: Helper columns right of the table, in order: they let sums find their rows and the plan be read back.
HELPERS = ("id", "parent", "source", "sums")
TOTAL = "(tong)"  # what the top rows bear as their parent
SUMS = "cong"  # marks a row whose figures sum other rows of the table
MOST_ARGUMENTS = 200  # Excel takes 255
LONGEST = 8000  # Excel takes 8 192 characters

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    """An input cell; None: nothing is stated yet."""

    amount: Amount | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its equals sign; `sums_rows`: it sums other rows of its table."""

    text: str
    sums_rows: bool = False


def helper_column(layout: Layout, name: str) -> str:
    """The letter of a helper column: right of the table, with one empty column between."""
    return get_column_letter(len(layout.columns) + 2 + HELPERS.index(name))


class Figuring:
    """Finds the content of every figure cell of one appendix."""

    def __init__(self, layout: Layout, registry: Registry) -> None:
        self.layout, self.registry = layout, registry
        self._rows = {row.index: row for row in layout.rows}
        self._figure_cells = set(layout.cells.values())

    def content(self, key: FigureKey) -> Leaf | Formula:
        """What the cell of a figure holds."""
        row = self.layout.cells[key][0]
        item = self._rows[row].item
        if item and self._is_full(key):
            leaf = self._leaf(item, key)
            if leaf:
                return leaf
        across = self._partition(key)
        if across:
            return Formula(self._sum(across), sums_rows={r for r, _ in across} != {row})
        down = list(self._frontier(key)) if self._is_own else []
        if down:
            return Formula(self._sum_down(key, down), sums_rows=True)
        if self._is_own:
            return Leaf(None)
        return Formula(self.registry.figure(key))

    def reference(self, key: FigureKey) -> str:
        """The figure as a formula term: its cell's address, or a formula where no cell shows it."""
        if key in self.layout.cells:
            cell = address(self.layout.cells[key])
            return f"SUM({cell})" if self._may_hold_text(key) else cell
        across = self._partition(key)
        if across:
            return self._sum(across)
        down = list(self._frontier(key))
        return self._sum_down(key, down) if down else self._finer(key)

    def _finer(self, key: FigureKey) -> str:
        """A figure that no one line of cells adds up to: by year, then by source, each reached in its own way."""
        appendix = self.layout.appendix
        if key.year is None and appendix.years:
            return "+".join(self.reference(key._replace(year=year)) for year in appendix.years)
        if key.source is None and appendix.sources:
            return "+".join(self.reference(key._replace(source=source)) for source in appendix.sources)
        return "0"

    def _may_hold_text(self, key: FigureKey) -> bool:
        """Whether the figure's cell is an input, which may hold a dash; SUM passes over it."""
        return key.item is not None and self._is_full(key)

    def sum_of_top_rows(self, key: FigureKey) -> str | None:
        """The grand total reached down its own column, by the top rows; None where they do not show it."""
        down = list(self._frontier(key)) if self._is_own else []
        return self._sum_down(key, down) if down else None

    @property
    def _is_own(self) -> bool:
        return not self.layout.appendix.summarises

    def _is_full(self, key: FigureKey) -> bool:
        appendix = self.layout.appendix
        return (key.source is not None) == bool(appendix.sources) and (key.year is not None) == bool(appendix.years)

    def _leaf(self, item: Item, key: FigureKey) -> Leaf | Formula | None:
        axis = Axis(key.source, key.year)
        if axis in item.amounts:
            return Leaf(item.amounts[axis])
        if self.layout.children.get(item.id):
            return None
        givers = self.layout.figures.givers(item)
        if givers:
            appendix = self.layout.appendix
            return Formula("+".join(self.registry.estimate_in(e, appendix.unit, times(e, appendix)) for e in givers))
        return Leaf(None)

    def _partition(self, key: FigureKey) -> list[Place]:
        """The cells that split the figure along one of its summed axes, if the sheet shows them all."""
        appendix, cells, figures = self.layout.appendix, self.layout.cells, self.layout.figures
        name, item, source, year = key
        by_year = [FigureKey(name, item, source, y) for y in appendix.years] if year is None else []
        by_source = [FigureKey(name, item, s, year) for s in appendix.sources] if source is None else []
        by_both = [k._replace(source=s) for k in by_year for s in appendix.sources] if by_source else []
        for finer in (by_year, by_source, by_both):
            shown = [cells[k] for k in finer if k in cells]
            if shown and all(k in cells or not figures.bears(k) for k in finer):
                return shown
        return []

    def _frontier(self, key: FigureKey) -> Iterator[Place]:
        """The nearest cells below that show the same source and year: children, or their children, or lines."""
        for child in self.layout.children.get(key.item, ()):
            below = FigureKey(key.appendix, child.id, key.source, key.year)
            place = self.layout.cells.get(below)
            if place:
                yield place
            else:
                yield from self._frontier(below)

    def _sum(self, places: list[Place]) -> str:
        """SUM of cells in one row or column: a range where no other figure stands in between, else a list."""
        if self._is_block(places):
            first, last = address(min(places)), address(max(places))
            return f"SUM({first})" if first == last else f"SUM({first}:{last})"
        return self._listed(places)

    def _is_block(self, places: list[Place]) -> bool:
        """Whether a range from first to last holds these figure cells and no other (blanks do not count)."""
        (row, column), (last_row, last_column) = min(places), max(places)
        if row != last_row and column != last_column:
            return False
        if (last_row - row + 1) * (last_column - column + 1) == len(places):
            return True
        between = {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
        return between & self._figure_cells == set(places)

    def _sum_down(self, key: FigureKey, places: list[Place]) -> str:
        """The sum of cells of one column: by a range, by the helper column that picks them, or one by one."""
        if self._is_block(places):
            return self._sum(places)
        first, last = min(places)[0], max(places)[0]
        rows, letter = {row for row, _ in places}, get_column_letter(places[0][1])
        for name, wanted in (("parent", key.item or TOTAL), ("source", key.source)):
            if wanted and {r for r in range(first, last + 1) if self.helper(r, name) == wanted} == rows:
                column = helper_column(self.layout, name)
                return f'SUMIF(${column}${first}:${column}${last},"{wanted}",{letter}${first}:{letter}${last})'
        return self._listed(places)

    def _listed(self, places: list[Place]) -> str:
        formula = summed([address(place) for place in places])
        if len(formula) > LONGEST:
            raise InputFault(
                Text(
                    f"trang “{self.layout.appendix.sheet}”: một tổng có quá nhiều số hạng rời nhau",
                    f"sheet “{self.layout.appendix.sheet}”: a total has too many scattered terms",
                ),
                file=self.layout.plan.key,
                found=len(places),
            )
        return formula

    def helper(self, index: int, name: str) -> str | None:
        """What a row bears in a helper column ("sums" excepted: it follows from the row's formulas)."""
        row = self._rows[index]
        if row.item is None:
            return None
        if name == "source":
            return row.source
        if row.source:  # a funding-source line belongs to its item and has no id of its own
            return row.item.id if name == "parent" else None
        return row.item.id if name == "id" else row.item.parent or TOTAL


def summed(addresses: list[str]) -> str:
    """SUM of any number of cells, in as many calls as Excel's limit of arguments asks for."""
    parts = [addresses[n : n + MOST_ARGUMENTS] for n in range(0, len(addresses), MOST_ARGUMENTS)]
    return "+".join(f"SUM({','.join(part)})" for part in parts)


def address(place: Place) -> str:
    """A1 address of (row, column)."""
    return f"{get_column_letter(place[1])}{place[0]}"
