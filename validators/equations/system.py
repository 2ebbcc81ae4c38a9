"""All equations of a workbook, and the figures that stand in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.numbers import EXACT
from validators.equations.across import readings
from validators.equations.between import Link, links, slack
from validators.equations.bindings import Bound, expressed, in_digits, unit_of, worded
from validators.equations.carried import carried, gathered
from validators.equations.down import breakdowns, not_broken_down
from validators.equations.evidence import Scales, Sum
from validators.equations.model import Equation, Operation, Part, Relation
from validators.equations.products import Product, products
from validators.equations.tree import Tree
from validators.grid import Place
from validators.own_sheet import verifies
from validators.tables.model import AppendixTable
from workbook.addresses import Cell


@dataclass(frozen=True)
class System:
    """The equations of a workbook and its figures: `values` by place, in their own units; texts that state amounts
    stand in it too, in đồng. `broken`: what figures that nobody can read could be. `slack`: how far each equation may
    be off by rounding. `decimals`: how many a figure may have; not for texts. `computed`: what formulas give.
    """

    equations: tuple[Equation, ...]
    values: dict[Place, Decimal]
    broken: dict[Place, tuple[Decimal, ...]]
    slack: dict[Equation, Decimal]
    decimals: dict[Place, int]
    computed: set[Place]


def system_of(tables: Sequence[AppendixTable]) -> System:
    """What must hold in the tables of a workbook."""
    system = System((), {}, {}, {}, {}, set())
    equations: list[Equation] = []
    scales_of = {id(table): Scales(table) for table in tables}
    for table in tables:
        scales = scales_of[id(table)]
        places, cells = table.places, table.grid.cells
        for cell, figure in table.figures.items():
            place = places[cell]
            if cells[cell].formula is not None:
                system.computed.add(place)
            if figure.value is not None:
                system.values[place] = figure.value
            else:
                system.broken[place] = figure.readings
            system.decimals[place] = scales.precision.decimals_at(cell)
        for equation, off in _of_table(table, scales, system.values):
            system.slack[equation] = off
            equations.append(equation)
    for link in links(tables, scales_of):
        equation = _link(link)
        system.slack[equation] = slack(link, scales_of)
        equations.append(equation)
    return replace(system, equations=tuple(equations))


def _link(link: Link) -> Equation:
    parts = (Part(link.second.place(link.there)),)
    return Equation(Relation.TABLES, link.first.place(link.here), parts, scale=link.scale)


def _of_table(table: AppendixTable, scales: Scales, values: dict[Place, Decimal]) -> Iterator[tuple[Equation, Decimal]]:
    seen: set[tuple[Cell, frozenset[Cell]]] = set()
    across = readings(table, scales)
    parts: dict[int, set[int]] = defaultdict(set)
    for reading in across:
        parts[reading.total].update(column for sign, column in reading.parts if sign > 0)
    partial = not_broken_down(Tree(table), scales, parts)
    for reading in across:
        for each in reading.tally.sums:
            seen.add((each.total, frozenset([cell for _, cell in each.parts])))
            yield _sum(table, scales, each, Relation.ROW, solid=reading.solid)
    for breakdown in breakdowns(table, scales, parts):
        for each in breakdown.tally.sums:
            key = (each.total, frozenset([cell for _, cell in each.parts]))
            if key not in seen:
                seen.add(key)
                solid = breakdown.solid and each.total not in partial
                yield _sum(table, scales, each, breakdown.relation, solid=solid)
    for each in carried(table, scales):
        yield _sum(table, scales, each, Relation.CARRIED, solid=True)
    for each in gathered(table, scales):
        yield _sum(table, scales, each, Relation.BREAKDOWN, solid=True)
    for product in products(table, scales):
        yield _product(table, scales, product)
    for relation, bounds in (
        (Relation.WORDS, worded(table, scales)),
        (Relation.TABLES, in_digits(table, scales)),
        (Relation.EXPRESSION, () if verifies(table.grid) else expressed(table, scales)),  # which names others' rows
    ):
        for bound in bounds:
            yield _bound(table, scales, bound, relation, values)


def _sum(
    table: AppendixTable, scales: Scales, each: Sum, relation: Relation, *, solid: bool
) -> tuple[Equation, Decimal]:
    figures, places = table.figures, table.places
    filled = [(sign, cell) for sign, cell in each.parts if cell in figures]
    parts = tuple([Part(places[cell], sign) for sign, cell in filled])
    equation = Equation(relation, places[each.total], parts, solid=solid)
    return equation, scales.precision.slack(each.total, [cell for _, cell in filled])


def _product(table: AppendixTable, scales: Scales, product: Product) -> tuple[Equation, Decimal]:
    equation = Equation(
        Relation.UNIT_COST,
        table.place(product.total),
        tuple(Part(table.place(cell)) for cell in product.factors),
        Operation.PRODUCT,
        constant=Decimal(1),
        scale=product.scale,
    )
    return equation, scales.precision.unit_in_last_place(product.total) / 2


def _bound(
    table: AppendixTable, scales: Scales, bound: Bound, relation: Relation, values: dict[Place, Decimal]
) -> tuple[Equation, Decimal]:
    """The text's amount = the figures, in the unit of the figures; the text is the total of the equation."""
    unit = unit_of(table, bound.figures[0][1])
    text = table.place(bound.text)
    values[text] = bound.amount
    equation = Equation(
        relation,
        text,
        tuple(Part(table.place(cell)) for cell in bound.figures),
        scale=unit.factor,
        solid=bound.solid,
    )
    last = max(scales.precision.unit_in_last_place(cell) for cell in bound.figures)
    return equation, EXACT.multiply(last, unit.factor) / 2
