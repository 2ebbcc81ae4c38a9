"""What must hold between the figures of a workbook: a total, and parts that are added up or multiplied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from budget.numbers import EXACT
from validators.equations.witness import product_formula, sum_formula
from validators.grid import Place

Values = Mapping[Place, Decimal]


class Relation(StrEnum):
    """What an equation is about; the value is the name of the rule that reports it."""

    ROW = "row-total"  # a row across its sources or years
    GROUP = "group-total"  # a row over the rows below it
    GRAND = "grand-total"  # a total row over the groups
    BREAKDOWN = "breakdown-total"  # "of which" lines
    CARRIED = "carried-total"  # one figure that stands in two places of a table
    UNIT_COST = "unit-cost"  # quantity x unit price
    EXPRESSION = "cost-expression"  # the expression in the text of a row
    WORDS = "amount-in-words"
    TABLES = "tables-disagree"  # one figure that stands in two tables, or in a table and in prose


class Operation(StrEnum):
    """How the parts of an equation make its total."""

    SUM = "sum"
    PRODUCT = "product"


class Part(NamedTuple):
    """A cell of an equation; `sign` counts in sums only: +1 or -1."""

    place: Place
    sign: int = 1


@dataclass(frozen=True, eq=False)  # each equation is itself: they are looked up a great deal
class Equation:
    """`total` = the sum of the signed parts + `constant`, or `constant` times the product of the parts; `scale` times
    that where total and parts stand in different units (đồng against triệu đồng: scale 0.000001).

    `solid`: other instances or the wording bear the reading out, so that a contradiction is an error and not a doubt.
    """

    relation: Relation
    total: Place
    parts: tuple[Part, ...]
    operation: Operation = Operation.SUM
    constant: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    solid: bool = True

    @cached_property
    def formula(self) -> str:
        """What would compute the total in its cell, without `=`."""
        if self.operation is Operation.PRODUCT:
            return product_formula([part.place for part in self.parts], self.total.sheet, self.scale)
        sums = sum_formula([(part.sign, part.place) for part in self.parts], self.total.sheet)
        return f"{sums}*{self.scale:f}" if self.relation is Relation.TABLES and self.scale != 1 else sums

    @property
    def witness(self) -> str:
        """How reports write it: `C36 = SUM(D36:H36)`."""
        return f"{self.total.address} = {self.formula}"

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The total, then the parts."""
        return (self.total, *(part.place for part in self.parts))

    def computed(self, values: Values) -> Decimal | None:
        """What the parts make; a place without a value counts as zero in a sum, and None comes of it in a product."""
        if self.operation is Operation.SUM:
            total = self.constant
            for place, sign in self.parts:
                value = values.get(place, _ZERO)
                total = total + value if sign > 0 else total - value
            return total if self.scale == 1 else EXACT.multiply(total, self.scale)
        product = EXACT.multiply(self.constant, self.scale)
        for part in self.parts:
            if part.place not in values:
                return None
            product = EXACT.multiply(product, values[part.place])
        return product


_ZERO = Decimal(0)
