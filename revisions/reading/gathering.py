"""The rows of a plan's tables as they are found in a workbook, and the plan that the loader makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from budget.figures import FigureKey, Figures
from budget.loading.build import build_plan
from budget.loading.raw import FIRST_ROW, RawTable, raw_table
from budget.money import Unit, convert
from budget.numbers import number_text
from budget.plan import Control, Plan
from budget.schema import PLAN, TABLES, Table
from budget.tables import Cell, Row
from faults import Text


@dataclass(frozen=True, slots=True)
class Claim:
    """A total that is stated and not computed. `always`: it is a control even where the plan meets it."""

    control: Control
    place: Text
    always: bool = False


@dataclass
class Gathered:
    """Rows by table, each with where in the workbook it stands, and what a person should know of the reading.

    `assumed` are decisions that the reading made; `left_out` what the workbook holds and a plan cannot;
    `told` the cells (sheet, row, column) that these are about.
    """

    file: Path
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table.key: [] for table in TABLES})
    places: dict[str, list[Text]] = field(default_factory=lambda: {table.key: [] for table in TABLES})
    assumed: list[Text] = field(default_factory=list)
    left_out: list[Text] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: set[tuple[str, int, int]] = field(default_factory=set)

    def add(self, table: str, row: Mapping[str, Cell | None], place: Text) -> None:
        """A row of a table; what is not stated in it is left out."""
        self.rows[table].append(
            {key: cell for key, cell in row.items() if cell is not None and cell not in ("", [], {})}
        )
        self.places[table].append(place)

    def plan(self, key: str) -> Plan:
        """The plan that the rows make, and the stated totals that it does not meet as its controls.

        Raises InputFault, naming the place in the workbook, where the rows make no plan.
        """
        plan = build_plan(key, {table.key: self._raw(table) for table in TABLES if self.rows[table.key]})
        figures, controls = Figures(plan), list(plan.controls)
        for claim in self.claims:
            each = claim.control
            computed = figures[FigureKey(each.appendix, each.item, *each.axis)]
            unit = plan.appendix(each.appendix).unit
            said = convert(each.amount, each.unit, unit)
            met = abs(convert(computed - said, unit, Unit.DONG)) < 1
            if not met:
                self.assumed.append(_unmet(claim.place, said, computed))
            if (claim.always or not met) and each not in controls:
                controls.append(each)
        return replace(plan, controls=tuple(controls))

    def _raw(self, table: Table) -> RawTable:
        rows, places = self.rows[table.key], self.places[table.key]
        least = [column.key for column in table.columns if column.required]
        headings = list(dict.fromkeys([*least, *(key for row in rows for key in row)]))

        def place(row: int, heading: str | None) -> Text:
            where = places[min(max(row - FIRST_ROW, 0), len(places) - 1)]
            return Text(f"{where.vi}, {heading}", f"{where.en}, {heading}") if heading else where

        numbered = [(number, [row.get(key) for key in headings]) for number, row in enumerate(rows, FIRST_ROW)]
        return raw_table(table, str(self.file), place, headings, numbered, headed=table is not PLAN)


def _unmet(place: Text, said: Decimal, computed: Decimal) -> Text:
    stated, found = number_text(said), number_text(computed)
    return Text(
        f"{place.vi}: số tổng ghi {stated.vi}, các dòng cộng lại {found.vi}; giữ làm số kiểm soát",
        f"{place.en}: the total says {stated.en}, its rows add up to {found.en}; it is kept as a control",
    )
