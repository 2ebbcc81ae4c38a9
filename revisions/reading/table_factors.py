"""What a row multiplies: quantities and a unit price, in the words of a plan."""

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
from revisions.reading.templates import text_of
from validators.equations.model import Equation, Relation
from validators.tables.model import AppendixTable, Figure, Form, Role
from workbook.addresses import Cell

_COUNTED = re.compile(r"số (?!lượng\b|lượt\b|tiền\b)(?P<what>[^\d()]{1,20})(?:\(.*)?", re.IGNORECASE)


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


class TableFactors:
    """The products of one table as its equations have them; `unit`: of the costings that they become.

    `columns`: of each kind of product, those over all years first.
    """

    def __init__(self, table: AppendixTable, equations: Iterable[Equation], unit: Unit) -> None:
        self._table, self._unit = table, unit
        self._products = {
            each.total[1:]: each
            for each in equations
            if each.relation is Relation.UNIT_COST
            and each.total.sheet == table.grid.name
            and each.total[1:] in table.figures
        }
        self.columns = sorted(_columns(self._products.values()), key=lambda each: self.year(each) is not None)
        self._measures = next((column.index for column in table.of_role(Role.MEASURE)), 0)

    def year(self, columns: Columns) -> int | None:
        """The year of what is multiplied."""
        return self._table.column_at[columns.amount].year

    def lines(self, row: int) -> list[CostLine]:
        """The products of a row."""
        return [line for columns in self.columns if (line := self.line(row, columns)) is not None]

    def are_in(self, row: int, but: int = 0) -> bool:
        """Whether a row has a quantity or a unit price, in other columns `but` one."""
        columns = self._table.of_role(Role.QUANTITY, Role.UNIT_PRICE)
        return any(self._is_stated((row, column.index)) for column in columns if column.index != but)

    def _is_stated(self, cell: Cell) -> bool:
        """Whether a figure stands in a cell, and no dash."""
        figure = self._table.figures.get(cell)
        return figure is not None and figure.value is not None and figure.form is not Form.DASH

    def _cells(self, row: int, columns: Columns) -> Sequence[Cell]:
        """The cells of the factors, the price first: those of the equation, or those that stand in the row."""
        equation = self._products.get((row, columns.amount))
        if equation is not None and equation.parts[0].place.column == columns.price:
            return [part.place[1:] for part in equation.parts]
        return [(row, column) for column in columns.factors]

    def line(self, row: int, columns: Columns) -> CostLine | None:
        """The factors in words; None where the price or every quantity is missing, or they cannot be written."""
        cells = [cell for cell in self._cells(row, columns) if self._is_stated(cell)]
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

    def made(self, line: CostLine) -> Decimal:
        """What a line comes to, in đồng, as a plan computes it: to the whole đồng."""
        price = price_of(parse_expression(line.unit_price), self._unit)
        made = convert(parse_expression(line.quantity).value * price, self._unit, Unit.DONG)
        return made.quantize(Decimal(1), ROUND_HALF_UP)


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
