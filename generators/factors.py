"""Factor cells: the figures behind a printed cost expression, in input cells beside the print area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from budget.expression import Expression
from budget.figures import price_scale
from budget.money import Unit
from budget.plan import EstimateLine
from generators.registry import scaled
from generators.sheet import FormSheet
from generators.wording import expression_pieces


@dataclass(frozen=True, slots=True)
class FactorArea:
    """The columns of the factors: quantities from `first`, then unit price, then amount."""

    first: int
    quantities: int

    @property
    def price(self) -> int:
        """The column of the unit price."""
        return self.first + self.quantities

    @property
    def amount(self) -> int:
        """The column of the amount."""
        return self.price + 1

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings of the area's columns."""
        return (*(f"Số lượng {n}" for n in range(1, self.quantities + 1)), "Đơn giá", "Thành tiền")

    @property
    def end(self) -> int:
        """The first column after the area."""
        return self.amount + 1


def widest(lines: Iterable[EstimateLine]) -> int:
    """How many quantity columns some lines need."""
    return max((len(line.quantity.terms) for line in lines if line.quantity), default=1)


def put_quantity(sheet: FormSheet, area: FactorArea, row: int, expression: Expression) -> tuple[list[str], list[str]]:
    """Writes the factors of a quantity; returns their addresses and the pieces of the printed text."""
    cells = []
    for column, term in enumerate(expression.terms, area.first):
        sheet.put_helper(row, column, term.value, is_input=True)
        cells.append(f"{get_column_letter(column)}{row}")
    return cells, expression_pieces(expression, cells)


def put_price(sheet: FormSheet, area: FactorArea, row: int, expression: Expression) -> tuple[str, list[str]]:
    """Writes a unit price; returns its address and the pieces of the printed text."""
    sheet.put_helper(row, area.price, expression.terms[0].value, is_input=True).number_format = "#,##0.##"
    cell = f"{get_column_letter(area.price)}{row}"
    return cell, expression_pieces(expression, [cell])


def amount_formula(quantities: list[str], price: str, line: EstimateLine, quantity: Expression, unit: Unit) -> str:
    """Quantities x unit price in the costing's unit, to the whole đồng."""
    assert line.unit_price is not None  # a line without a price has no product
    scale = price_scale(line.unit_price.terms[0], unit)
    for term in quantity.terms:
        scale *= term.scale
    return f"ROUND({scaled('*'.join([*quantities, price]), scale)},{unit.exponent})"
