"""Rows of a table whose amount is quantity x unit price become costings, where the arithmetic holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budget.expression import Expression, parse_expression
from budget.figures import price_of
from budget.money import Unit, convert
from budget.numbers import MalformedNumber, format_number
from budget.tables import Cell as Stated
from faults import Text, row_place
from revisions.reading.shared import Shared
from revisions.reading.table_axes import TableAxes
from revisions.reading.table_items import TableItem, TableItems, of_table
from revisions.reading.templates import text_of
from validators.equations.model import Equation, Relation
from validators.tables.model import Figure, Role
from workbook.addresses import Cell

FORM, LAYOUT = "cost-breakdowns", "sentence"
_CONTENT = "Thành tiền"
_SHEET, _TITLE = "Dự toán chi tiết", "DỰ TOÁN CHI TIẾT"
_COUNTED = re.compile(r"số (?!lượng\b|lượt\b|tiền\b)(?P<what>[^\d()]{1,20})(?:\(.*)?", re.IGNORECASE)
_SHOWN = 12  # rows that are named


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a product: `amount` = `scale` times price times quantities, as figures stand in them."""

    amount: int
    price: int
    quantities: tuple[int, ...]
    scale: Decimal

    @property
    def factors(self) -> tuple[int, ...]:
        """The columns that are multiplied."""
        return (self.price, *self.quantities)


@dataclass(frozen=True, slots=True)
class CostLine:
    """A row as a line of a costing: its factors as they are printed, in the row `row` of the table."""

    row: int
    columns: Columns
    quantity: str
    unit_price: str


class TableCostings:
    """The costings of one table; `unit` is that of its appendix, in which they are stated.

    `lines`: by the row of the item that they cost. Where the arithmetic does not hold exactly, the amount stays.
    """

    def __init__(self, items: TableItems, axes: TableAxes, shared: Shared, unit: Unit) -> None:
        self._items, self._table, self._axes, self._shared, self._unit = items, items.table, axes, shared, unit
        self._products = {
            each.total[1:]: each
            for each in shared.checked.equations
            if each.relation is Relation.UNIT_COST
            and each.total.sheet == self._table.grid.name
            and each.total[1:] in self._table.figures
        }
        self._columns = sorted(_columns(self._products.values()), key=lambda each: self._year(each) is not None)
        self._measures = next((column.index for column in self._table.of_role(Role.MEASURE)), 0)
        self._differing: list[int] = []  # rows whose product is another amount, or the same but for rounding
        self._wanting: list[int] = []  # rows with factors of which no product can be made
        self.lines: dict[int, tuple[CostLine, ...]] = {}
        parents = {item.parent for item in items.items.values()}
        for item in items.items.values() if self._columns else ():
            if item.row > 0:
                self._read(item, is_leaf=item.row not in parents)

    @property
    def kept(self) -> set[int]:
        """The columns whose figures the costings hold."""
        return {each for lines in self.lines.values() for line in lines for each in line.columns.factors}

    def gives(self, item: TableItem) -> bool:
        """Whether its costing gives an item its amount, which the plan does not state then."""
        return item.row in self.lines and not self._axes.with_sources

    def holds(self, item: TableItem, column: int, text: str) -> bool:
        """Whether the costing of an item says what stands in a column."""
        return any(column in line.columns.factors or text in line.quantity for line in self.lines.get(item.row, ()))

    def write(self, appendix: str) -> None:
        """The costings of an appendix, on a sheet of their own behind it; the items have their ids by now."""
        here = of_table(self._table)
        if self.lines:
            key = self._shared.codes.take(f"{appendix}-du-toan")
            row: dict[str, Stated | None] = {"key": key, "form": FORM, "sheet": self._shared.sheet(_SHEET)}
            row |= {"title": _TITLE, "unit": self._unit.label, "years": False}
            self._shared.gathered.add("appendices", row, here)
            parent: int | None = None
            for number in self.lines:
                item = self._items.items[number]
                lead = self._items.items[item.parent] if item.parent is not None and item.parent != parent else None
                self._costing(item, key, lead)
                parent = item.parent
        self._tell(here)

    def line_id(self, item: TableItem) -> str:
        """The code of the line that gives the amount of an item."""
        return f"{item.id}-dong"

    def _year(self, columns: Columns) -> int | None:
        return self._table.column_at[columns.amount].year

    def _read(self, item: TableItem, *, is_leaf: bool) -> None:
        """The lines of an item: one for all that it costs, or one for each year."""
        lines = [line for columns in self._columns if (line := self._line(item.row, columns)) is not None]
        known = [value for value in item.amounts.values() if isinstance(value, Decimal)]
        stated = sum(known, Decimal(0)) if known and not item.unread else None
        yearly = tuple(line for line in lines if self._year(line.columns) is not None)
        if is_leaf and self._is_yearly(item, yearly):
            self.lines[item.row] = yearly
        elif is_leaf and (one := next((line for line in lines if self._made(line) == stated), None)):
            self.lines[item.row] = (one,)
        elif lines and is_leaf:
            self._differing.append(item.row)
        elif any(self._table.value(item.row, column) for columns in self._columns for column in columns.factors):
            self._wanting.append(item.row)

    def _is_yearly(self, item: TableItem, lines: Sequence[CostLine]) -> bool:
        """Whether lines with quantities of their own come to the amounts of an item in each of its years."""
        stated: dict[int | None, Decimal] = defaultdict(Decimal)
        for (_, year), value in item.amounts.items():
            if isinstance(value, Decimal) and value:
                stated[year] += value
        made = {self._year(line.columns): self._made(line) for line in lines}
        own = {line.columns.factors for line in lines}
        return self._axes.with_years and len(made) == len(own) == len(lines) > 1 and made == stated

    def _cells(self, row: int, columns: Columns) -> Sequence[Cell]:
        """The cells of the factors, the price first: those of the equation, or those that stand in the row."""
        equation = self._products.get((row, columns.amount))
        if equation is not None and equation.parts[0].place.column == columns.price:
            return [part.place[1:] for part in equation.parts]
        return [(row, column) for column in columns.factors]

    def _line(self, row: int, columns: Columns) -> CostLine | None:
        """The factors in words; None where the price or every quantity is missing, or they cannot be written."""
        cells = [cell for cell in self._cells(row, columns) if self._table.value(*cell) is not None]
        prices = [cell for cell in cells if cell[1] == columns.price]
        factors = [self._factor(cell) for cell in cells if cell[1] != columns.price]
        unit = self._price_unit(columns)
        if not prices or not factors or unit is None:
            return None
        price = self._price(self._table.figures[prices[0]], unit)
        quantity = " x ".join(each for each in factors if each)
        return CostLine(row, columns, quantity, price) if price and all(factors) and _parsed(quantity) else None

    def _amount_unit(self, columns: Columns) -> Unit:
        return self._table.column_at[columns.amount].unit or self._unit

    def _price_unit(self, columns: Columns) -> Unit | None:
        """The unit that the prices are in, by what the products come to; None: they are in none."""
        factor = self._amount_unit(columns).factor * columns.scale
        return next((unit for unit in Unit if unit.factor == factor), None)

    def _price(self, figure: Figure, unit: Unit) -> str | None:
        """A unit price as it is printed, where that is an expression; else its number, with the currency where it is
        not that of the appendix.
        """
        value = figure.value or Decimal(0)
        wanted = convert(value, unit, self._unit)
        plainly = format_number(value) if unit is self._unit else f"{format_number(value)} {unit.label}"
        for text in (figure.printed.strip(), plainly):
            expression = _parsed(text)
            if expression and len(expression.terms) == 1 and price_of(expression, self._unit) == wanted:
                return text
        return None

    def _factor(self, cell: Cell) -> str | None:
        """A quantity as it is printed, where that is an expression; else its number with what it counts."""
        figure = self._table.figures[cell]
        value, printed = figure.value or Decimal(0), figure.printed.strip()
        number = format_number(value)
        worded = _parsed(printed)
        texts = [printed] if worded and worded.has_text else []
        for text in (*texts, f"{number} {self._counted(cell)}".strip(), number):
            expression = _parsed(text)
            if expression and expression.value == value:
                return text
        return None

    def _counted(self, cell: Cell) -> str:
        """What a quantity counts: the unit in its row, or what its heading says, "Số ngày"."""
        column = self._table.column_at[cell[1]]
        first = next((each.index for each in self._table.of_role(Role.QUANTITY)), None)
        if self._measures and column.index == first:
            area = self._table.grid.merge_at(cell[0], self._measures)
            return text_of(self._table.grid.value(*((area.top, area.left) if area else (cell[0], self._measures))))
        counted = _COUNTED.fullmatch(column.path[-1].strip()) if column.path else None
        return counted["what"].strip().lower() if counted else ""

    def _made(self, line: CostLine) -> Decimal:
        """What a line comes to, in đồng, as a plan computes it: to the whole đồng."""
        price = price_of(parse_expression(line.unit_price), self._unit)
        made = convert(parse_expression(line.quantity).value * price, self._unit, Unit.DONG)
        return made.quantize(Decimal(1), ROUND_HALF_UP)

    def _costing(self, item: TableItem, appendix: str, lead: TableItem | None) -> None:
        place, lines = row_place(self._table.grid.name, item.row), self.lines[item.row]
        for line in lines:
            year = self._year(line.columns) if len(lines) > 1 else None
            end = f"-{year}" if year else ""
            costing = self._shared.codes.take(f"{item.id}-du-toan{end}")
            row: dict[str, Stated | None] = {
                "id": costing,
                "item": item.id,
                "appendix": appendix,
                "layout": LAYOUT,
                "lead": _titled(lead) if lead else None,
                "caption": _titled(item) + (f" (năm {year})" if year else ""),
                "covers_years": str(year) if year else None,
            }
            self._shared.gathered.add("costings", row, place)
            of_line: dict[str, Stated | None] = {
                "id": self._shared.codes.take(self.line_id(item) + end),
                "costing": costing,
                "content": _CONTENT,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
            }
            self._shared.gathered.add("estimates", of_line, place)
            lead = None

    def _tell(self, here: Text) -> None:
        if self.lines:
            count = len(self.lines)
            self._shared.assume(
                here,
                f"số lượng và đơn giá của {count} dòng thành dự toán ở trang “{_SHEET}”",
                f"quantities and unit prices of {count} rows are costings on the sheet “{_SHEET}”",
            )
        differing = Text("nhân ra không đúng bằng số tiền", "do not come to the amount exactly")
        wanting = Text("không lập được phép tính", "make no product")
        for rows, what in ((self._differing, differing), (self._wanting, wanting)):
            if rows:
                named = ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")
                self._shared.leave(
                    here,
                    f"số lượng, đơn giá ở dòng {named} {what.vi}; giữ số tiền",
                    f"quantities and unit prices in rows {named} {what.en}; the amounts are kept",
                )


def _columns(products: Iterable[Equation]) -> Iterator[Columns]:
    """The columns of each kind of product; a row may lack some of the quantities."""
    found: dict[tuple[int, int, Decimal], set[int]] = defaultdict(set)
    for each in products:
        price, *quantities = (part.place.column for part in each.parts)
        found[each.total.column, price, each.scale] |= set(quantities)
    return (Columns(amount, price, tuple(sorted(most)), scale) for (amount, price, scale), most in found.items())


def _parsed(text: str) -> Expression | None:
    try:
        return parse_expression(text)
    except MalformedNumber:
        return None


def _titled(item: TableItem) -> str:
    """An item as the line above its costing names it."""
    number = item.number if not item.number or item.number.endswith((".", ")")) else f"{item.number}."
    return f"{number} {item.title}".strip()
