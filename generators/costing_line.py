"""Writes one line of a costing: its printed cells, the factor cells behind them, its amount."""

from __future__ import annotations

from dataclasses import dataclass, field

from budget.expression import Expression
from budget.figures import Figures, price_scale
from budget.plan import Amount, Estimate, EstimateLine, Status
from generators.factors import FactorArea, amount_formula, put_price, put_quantity
from generators.forms import ProtoCell, ProtoRow
from generators.labels import is_whole, leaf_note
from generators.registry import scaled
from generators.sheet import FormSheet
from generators.tokens import Token, sole_token
from generators.wording import Piece, as_formula, compose, figure_text, printed

FIGURES = frozenset({"quantity", "unit_price", "amount"})


@dataclass
class CostCells:
    """Where the figures of a sheet's costing lines stand, by line id, and what its cells print.

    A price is a formula term in the unit of its costing: "I7*1000000" where the print says "60tr/lớp".
    """

    quantities: dict[str, list[str]] = field(default_factory=dict)
    prices: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class LineWriter:
    """Writes one line at sheet row `row` in the looks of `proto`."""

    sheet: FormSheet
    area: FactorArea
    figures: Figures
    cells: CostCells
    texts: dict[str, str]
    estimate: Estimate
    line: EstimateLine
    proto: ProtoRow
    row: int
    _pieces: dict[str, list[str]] = field(default_factory=dict)
    _price_cell: str = ""

    def write(self) -> None:
        """Writes quantity, unit price, amount and labels, in this order: each needs the addresses of those before."""
        self._quantity()
        self._price()
        self._amount()
        for cell in self.proto.cells:
            token = sole_token(cell)
            if token is None or token.name not in FIGURES:
                self._label(cell)

    @property
    def _is_dash(self) -> bool:
        """Whether the line prints dashes: its cost is borne elsewhere."""
        line = self.line
        nothing = line.quantity is None and not line.quantity_above and line.unit_price is None
        return nothing and (line.amount is None or (line.amount.value is None and line.amount.status is Status.STATED))

    def _cell_of(self, name: str) -> ProtoCell | None:
        return next((c for c in self.proto.cells if (t := sole_token(c)) and t.name == name), None)

    def _put(self, cell: ProtoCell, value: object, *, is_input: bool = False) -> str:
        proto = (cell.row, cell.column)
        return self.sheet.put(self.row, cell.column - 1, proto, value, is_input=is_input).coordinate

    def _put_text(self, cell: ProtoCell, pieces: list[str]) -> None:
        formula, text = as_formula(pieces), printed(pieces)
        if formula:
            self.sheet.put_formula(self.row, cell.column - 1, (cell.row, cell.column), formula)
        else:
            token = sole_token(cell)
            is_number = token is not None and token.name == "number" and is_whole(text)
            self._put(cell, int(text) if is_number else text or None, is_input=True)
        if text:
            self.cells.shown[self.row, cell.column - 1] = text

    def _quantity(self) -> None:
        cell, expression = self._cell_of("quantity"), self.line.quantity
        if self.line.quantity_above:
            place = self.estimate.lines.index(self.line)
            self.cells.quantities[self.line.id] = self.cells.quantities[self.estimate.lines[place - 1].id]
            if cell:
                self._put(cell, None)
        elif expression is None:
            value = "-" if self._is_dash else None
            self.cells.quantities[self.line.id] = [self._put(cell, value, is_input=True)] if cell else []
        elif cell and _is_bare(expression):
            self.cells.quantities[self.line.id] = [self._put(cell, expression.terms[0].value, is_input=True)]
        else:
            cells, pieces = put_quantity(self.sheet, self.area, self.row, expression)
            self.cells.quantities[self.line.id], self._pieces["quantity"] = cells, pieces
            if cell:
                self._put_text(cell, pieces)

    def _price(self) -> None:
        cell, expression = self._cell_of("unit_price"), self.line.unit_price
        if expression is None:
            if cell:
                self._price_cell = self._put(cell, "-" if self._is_dash else None, is_input=True)
                self.cells.prices[self.line.id] = self._price_cell
        elif cell and _is_bare(expression):
            self._price_cell = self._put(cell, expression.terms[0].value, is_input=True)
            self.cells.prices[self.line.id] = self._price_cell
        else:
            self._price_cell, pieces = put_price(self.sheet, self.area, self.row, expression)
            self._pieces["unit_price"] = pieces
            self.cells.prices[self.line.id] = scaled(
                self._price_cell, price_scale(expression.terms[0], self.estimate.unit)
            )
            if cell:
                self._put_text(cell, pieces)

    def _amount(self) -> None:
        line, cell = self.line, self._cell_of("amount")
        quantities, price = self.cells.quantities[line.id], self._price_cell
        quantity = self.figures.quantity(self.estimate, line)
        if quantity is not None and line.unit_price is not None:
            formula = amount_formula(quantities, price, line, quantity, self.estimate.unit)
        elif self._is_dash and quantities and price:  # becomes a product once somebody types the factors
            formula = f'IF(COUNT({quantities[0]},{price})<2,"-",{quantities[0]}*{price})'
        else:
            self._lump_sum(cell)
            return
        if cell:
            place, proto = (self.row, cell.column - 1), (cell.row, cell.column)
            self.cells.amounts[line.id] = self.sheet.put_formula(*place, proto, formula).coordinate
        else:
            self.cells.amounts[line.id] = self.sheet.put_helper_formula(self.row, self.area.amount, formula).coordinate
        self._note(self.cells.amounts[line.id], line.amount)

    def _lump_sum(self, cell: ProtoCell | None) -> None:
        amount = self.line.amount
        value = "-" if self._is_dash else amount.value if amount else None
        if cell:
            address = self._put(cell, value, is_input=True)
        else:
            address = self.sheet.put_helper(self.row, self.area.amount, value, is_input=True).coordinate
        self.cells.amounts[self.line.id] = address
        self._note(address, amount)

    def _note(self, address: str, amount: Amount | None) -> None:
        if amount and (amount.status is not Status.STATED or amount.printed):
            self.sheet.note(self.sheet.sheet[address], leaf_note(amount))

    def _label(self, cell: ProtoCell) -> None:
        texts = {"number": self.line.number, "content": self.line.content, "note": self.line.note}
        pieces: list[str] = []
        for part in cell.parts:
            if isinstance(part, Token) and part.name in self._pieces:
                pieces += self._pieces[part.name]
            elif isinstance(part, Token) and part.name in FIGURES and self._is_dash:
                pieces.append("-")
            elif isinstance(part, Token) and part.name == "amount":
                pieces.append(Piece(figure_text(self.cells.amounts[self.line.id]), "999.999.999"))
            else:
                pieces += compose((part,), self.texts | texts, lambda _: None)
        self._put_text(cell, pieces)


def _is_bare(expression: Expression) -> bool:
    """A plain number, which its printed cell can hold as an input."""
    return len(expression.terms) == 1 and not expression.has_text
