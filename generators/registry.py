"""Where figures stand across the sheets of a workbook, so that one sheet can point at another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter

from budget.figures import FigureKey
from budget.money import Unit, convert
from budget.plan import Estimate
from workbook.text import quote_sheet


@dataclass
class Registry:
    """Addresses of figures, filled while the sheets are laid out and read while they are written."""

    figures: dict[str, Mapping[FigureKey, tuple[int, int]]] = field(default_factory=dict)  # by sheet: row, column
    estimates: dict[str, tuple[str, str]] = field(default_factory=dict)  # costing id -> sheet, cell or range

    def figure(self, key: FigureKey, *, outside: str) -> str | None:
        """A reference to a figure's first cell on any sheet but `outside`."""
        for sheet, cells in self.figures.items():
            if sheet != outside and key in cells:
                row, column = cells[key]
                return f"{quote_sheet(sheet)}!{get_column_letter(column)}{row}"
        return None

    def estimate(self, estimate: Estimate) -> str:
        """A reference to a costing's total, in the costing's unit."""
        sheet, address = self.estimates[estimate.id]
        cells = f"{quote_sheet(sheet)}!{address}"
        return f"SUM({cells})" if ":" in address else cells

    def estimate_in(self, estimate: Estimate, unit: Unit) -> str:
        """A costing's total in another unit, as a formula term."""
        return in_unit(self.estimate(estimate), estimate.unit, unit)


def in_unit(term: str, source: Unit, target: Unit) -> str:
    """A formula term brought from one unit to another."""
    factor = convert(Decimal(1), source, target)
    if factor == 1:
        return term
    return f"{term}*{factor:f}" if factor > 1 else f"{term}/{1 / factor:f}"
