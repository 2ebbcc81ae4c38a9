"""Where figures and costings stand across the sheets of a workbook, so that one sheet can point at another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from budget.figures import FigureKey
from budget.money import Unit, convert
from budget.plan import Estimate
from workbook.text import quote_sheet


@dataclass
class Registry:
    """Filled while the sheets are laid out, read while they are written."""

    owners: dict[str, Callable[[FigureKey], str]] = field(default_factory=dict)  # appendix -> reference from outside
    estimates: dict[str, tuple[str, str]] = field(default_factory=dict)  # costing id -> sheet, cell or range

    def figure(self, key: FigureKey) -> str:
        """A reference to a figure, from outside the appendix that owns it."""
        return self.owners[key.appendix](key)

    def estimate(self, estimate: Estimate) -> str:
        """A reference to a costing's total, in the costing's unit."""
        sheet, address = self.estimates[estimate.id]
        cells = f"{quote_sheet(sheet)}!{address}"
        return f"SUM({cells})" if ":" in address else cells

    def estimate_in(self, estimate: Estimate, unit: Unit, count: int = 1) -> str:
        """A costing's total in another unit, `count` times, as a formula term."""
        term = in_unit(self.estimate(estimate), estimate.unit, unit)
        return term if count == 1 else f"{term}*{count}"


def in_unit(term: str, source: Unit, target: Unit) -> str:
    """A formula term brought from one unit to another."""
    return scaled(term, convert(Decimal(1), source, target))


def scaled(term: str, factor: Decimal) -> str:
    """A formula term times a power of ten."""
    if factor == 1:
        return term
    return f"{term}*{factor:f}" if factor > 1 else f"{term}/{1 / factor:f}"
