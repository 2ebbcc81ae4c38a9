"""Every figure of a plan, computed exactly: the independent word on what a generated workbook must show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from budget.expression import Expression, Term
from budget.money import Unit, convert
from budget.plan import Appendix, Axis, Estimate, EstimateLine, Item, Plan

ZERO = Decimal(0)


class FigureKey(NamedTuple):
    """Names one figure: of an item (None: the grand total), from a source and in a year (None: summed over them)."""

    appendix: str
    item: str | None = None
    source: str | None = None
    year: int | None = None


def axes_of(appendix: Appendix) -> tuple[Axis, ...]:
    """The places along sources and years where the leaf amounts of an appendix stand, in print order."""
    return tuple(Axis(source, year) for year in appendix.years or (None,) for source in appendix.sources or (None,))


def price_scale(price: Term, unit: Unit) -> Decimal:
    """By how much a printed unit price is multiplied to be in `unit`.

    A price that names its currency ("1.000.000đ/ buổi", "60tr/lớp") is in đồng; a bare number is in the unit of its
    costing.
    """
    named = price.unit.strip().lower()
    in_dong = price.scale != 1 or named.startswith(("đ", "vnđ", "vnd"))
    return convert(price.scale, Unit.DONG, unit) if in_dong else price.scale


def price_of(price: Expression, unit: Unit) -> Decimal:
    """A unit price (one factor) in `unit`."""
    (term,) = price.terms
    return term.value * price_scale(term, unit)


def times(estimate: Estimate, appendix: Appendix) -> int:
    """How often a table without years holds a costing's total: once for each year that it covers, else once."""
    return len(estimate.covers_years) if estimate.covers_years and not appendix.years else 1


Sums = dict[tuple[str | None, int | None], Decimal]  # by source and year; None: over all of them


def _add_leaves(sums: Sums, leaves: Mapping[Axis, Decimal]) -> None:
    for (source, year), value in leaves.items():
        for place in {(source, year), (source, None), (None, year), (None, None)}:
            sums[place] += value


def _add(sums: Sums, more: Sums) -> None:
    for place, value in more.items():
        sums[place] += value


class Figures:
    """All figures of one plan; amounts in the unit of their appendix."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._appendices = {a.key: a for a in plan.appendices}
        self._children: Mapping[str | None, list[Item]] = _children(plan)
        self._estimates: dict[str, list[Estimate]] = defaultdict(list)
        for estimate in plan.estimates:
            self._estimates[estimate.item].append(estimate)
        self._sums: dict[tuple[str, str | None, str | None, int | None], Decimal] = {}
        below: dict[tuple[str, str | None], Sums] = defaultdict(lambda: defaultdict(Decimal))
        for item in reversed(plan.items):  # children stand after their parent
            sums = below[item.appendix, item.id]
            _add_leaves(sums, self._leaves(item))
            _add(below[item.appendix, item.parent], sums)
        for (appendix, holder), sums in below.items():
            for (source, year), value in sums.items():
                self._sums[appendix, holder, source, year] = value

    def _leaves(self, item: Item) -> Mapping[Axis, Decimal]:
        """An item's own amounts, stated or given by its costings."""
        leaves = {axis: amount.value for axis, amount in item.amounts.items() if amount.value is not None}
        for estimate in self.givers(item):
            appendix = self._appendices[item.appendix]
            given = self.estimate_in(estimate, appendix.unit) * times(estimate, appendix)
            leaves[Axis()] = leaves.get(Axis(), ZERO) + given
        return leaves

    def __getitem__(self, key: FigureKey) -> Decimal:
        """A figure; zero where no leaf bears on it."""
        return self._sums.get(key, ZERO)

    def bears(self, key: FigureKey) -> bool:
        """Whether any leaf bears on the figure."""
        return key in self._sums

    def givers(self, item: Item) -> tuple[Estimate, ...]:
        """The costings that give an item its amount: it states none, has no children, and its table no axes."""
        appendix = self._appendices[item.appendix]
        if item.amounts or self._children.get(item.id) or appendix.sources or appendix.years:
            return ()
        return tuple(self._estimates[item.id])

    def line_amount(self, estimate: Estimate, line: EstimateLine) -> Decimal | None:
        """A costing line's amount in the costing's unit, to the whole đồng; None where the line prints dashes."""
        if line.amount is not None and line.amount.value is not None:
            return line.amount.value
        quantity = self.quantity(estimate, line)
        if quantity is None or line.unit_price is None:
            return None
        product = quantity.value * price_of(line.unit_price, estimate.unit)
        return product.quantize(Decimal(1).scaleb(-estimate.unit.exponent), ROUND_HALF_UP)

    def quantity(self, estimate: Estimate, line: EstimateLine) -> Expression | None:
        """A line's quantity, looked up in the lines above where its cell is theirs continued."""
        lines = estimate.lines
        place = lines.index(line)
        while lines[place].quantity_above:
            place -= 1
        return lines[place].quantity

    def estimate_total(self, estimate: Estimate) -> Decimal:
        """A costing's total in its own unit."""
        return sum((self.line_amount(estimate, line) or ZERO for line in estimate.lines), ZERO)

    def estimate_in(self, estimate: Estimate, unit: Unit) -> Decimal:
        """A costing's total in another unit."""
        return convert(self.estimate_total(estimate), estimate.unit, unit)


def _children(plan: Plan) -> Mapping[str | None, list[Item]]:
    children: dict[str | None, list[Item]] = defaultdict(list)
    for item in plan.items:
        if item.parent:
            children[item.parent].append(item)
    return children
