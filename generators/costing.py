"""Writes an appendix of costings: one table, or one sentence, for each item that is costed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from budget.figures import ZERO, Figures
from budget.plan import Appendix, Estimate, EstimateLine, Plan, Status
from generators.costing_line import CostCells, LineWriter
from generators.counting import show_decimals
from generators.factors import FactorArea, widest
from generators.forms import Form, ProtoCell, ProtoRow
from generators.formulas import summed
from generators.labels import is_integral
from generators.registry import Registry
from generators.sheet import FormSheet
from generators.tokens import sole_token
from generators.wording import compose, document_texts
from workbook.text import quote_sheet

TRACE_HEADS = ("Người chi", "Mã dòng", "Mã bảng")


@dataclass(frozen=True, slots=True)
class CostRow:
    """A row of the sheet: its prototype, and the costing and line that it is about."""

    proto: ProtoRow
    index: int
    estimate: Estimate | None = None
    line: EstimateLine | None = None


class CostingWriter:
    """Writes one appendix of costings."""

    def __init__(self, plan: Plan, appendix: Appendix, form: Form, figures: Figures, registry: Registry) -> None:
        self.plan, self.appendix, self.form, self.figures, self.registry = plan, appendix, form, figures, registry
        self.estimates = tuple(e for e in plan.estimates if e.appendix == appendix.key)
        self.rows = tuple(CostRow(p, n, e, line) for n, (p, e, line) in enumerate(self._plan_rows(), 1))
        self.area = FactorArea(len(form.columns) + 2, widest(line for e in self.estimates for line in e.lines))
        self.cells = CostCells()
        self._texts = document_texts(plan, appendix)
        self._names = {s.key: s.name for s in plan.sources}

    def register(self) -> None:
        """Tells the registry where each costing's total will stand."""
        for estimate in self.estimates:
            total = self._total_cell(estimate)
            self.registry.estimates[estimate.id] = (self.appendix.sheet, total or self._lines_total(estimate))

    def write(self, sheet: FormSheet) -> None:
        """Writes every cell, then merges, row heights, helper columns, page set-up."""
        sheet.set_up([column.column for column in self.form.columns])
        sheet.whole = self._is_whole()
        for row in self.rows:
            if row.proto.height:
                sheet.sheet.row_dimensions[row.index].height = row.proto.height
            if row.line and row.estimate:
                LineWriter(
                    sheet,
                    self.area,
                    self.figures,
                    self.cells,
                    self._texts,
                    row.estimate,
                    row.line,
                    row.proto,
                    row.index,
                ).write()
                self._trace(sheet, row, row.estimate, row.line)
            else:
                for cell in row.proto.cells:
                    self._cell(sheet, row, cell)
        self._merge(sheet)
        sheet.fit_rows(self.cells.shown)
        printed = range(1, len(self.form.columns) + 1)
        show_decimals(sheet, ((row.index, column) for row in self.rows for column in printed))
        self._helper_heads(sheet)
        sheet.finish(self.rows[-1].index)

    def counted(self, estimate: Estimate) -> tuple[str, str, str]:
        """A costing's total (sheet, address), and the same reached by counting all that stands between the rows around.

        The range runs from the row above the lines to the total, or to the row below, so that it meets inserted lines.
        """
        name, rows = quote_sheet(self.appendix.sheet), self._rows_of(estimate)
        lines = [row.index for row in rows if row.line]
        total = self._total_cell(estimate)
        _, cells = self.registry.estimates[estimate.id]
        letter = cells.split(":")[0].rstrip("0123456789")
        others = {row.index for row in self.rows if row.line} - set(lines)
        above = lines[0] - (lines[0] - 1 not in others)
        below = int(total.lstrip(letter)) if total else lines[-1] + (lines[-1] + 1 not in others)
        span = f"SUM({name}!{letter}{above}:{letter}{below})"
        return self.registry.estimate(estimate), cells.split(":")[0], f"{span}-{name}!{total}" if total else span

    def lost(self) -> list[str]:
        """The cells of lines whose amount nobody can read."""
        return [
            self.cells.amounts[line.id]
            for estimate in self.estimates
            for line in estimate.lines
            if line.amount and line.amount.status is Status.UNREADABLE
        ]

    def amount_ranges(self) -> list[str]:
        """The ranges of amounts, one for each costing."""
        firsts = [(e.lines[0].id, e.lines[-1].id) for e in self.estimates]
        return [f"{self.cells.amounts[a]}:{self.cells.amounts[z]}" for a, z in firsts]

    def _plan_rows(self) -> Iterator[tuple[ProtoRow, Estimate | None, EstimateLine | None]]:
        for proto in self.form.having("heading"):
            yield proto, None, None
        for place, estimate in enumerate(self.estimates):
            yield from ((p, estimate, None) for p in self.form.having("gap") if place)
            yield from ((p, estimate, None) for p in self.form.having("lead") if estimate.lead)
            yield from ((p, estimate, None) for p in self.form.having("caption") if estimate.caption)
            yield from ((p, estimate, None) for p in self.form.having("header", estimate.layout))
            line = self.form.one("line", estimate.layout)
            yield from ((line, estimate, one) for one in estimate.lines)
            yield from ((p, estimate, None) for p in self.form.having("total", estimate.layout))
            yield from ((p, estimate, None) for p in self.form.having("trail") if estimate.trail)

    def _rows_of(self, estimate: Estimate) -> list[CostRow]:
        return [row for row in self.rows if row.estimate is estimate]

    def _column_of(self, proto: ProtoRow, name: str, argument: str = "") -> int:
        """The sheet column of the cell that shows a token alone; 0 if none does."""
        for cell in proto.cells:
            token = sole_token(cell)
            if token and token.name == name and token.argument == argument:
                return cell.column - 1
        return 0

    def _total_cell(self, estimate: Estimate) -> str | None:
        for row in self._rows_of(estimate):
            column = self._column_of(row.proto, "sum", "amount") if row.proto.role == "total" else 0
            if column:
                return f"{get_column_letter(column)}{row.index}"
        return None

    def _lines_total(self, estimate: Estimate) -> str:
        """The cells of a costing that prints no total: one, or a range to be summed."""
        rows = [row for row in self._rows_of(estimate) if row.line]
        letter = get_column_letter(self._column_of(rows[0].proto, "amount") or self.area.amount)
        first, last = f"{letter}{rows[0].index}", f"{letter}{rows[-1].index}"
        return first if first == last else f"{first}:{last}"

    def _is_whole(self) -> bool:
        lines = [(estimate, line) for estimate in self.estimates for line in estimate.lines]
        amounts = [self.figures.line_amount(estimate, line) or ZERO for estimate, line in lines]
        prices = [line.unit_price.value for _, line in lines if line.unit_price]
        return all(map(is_integral, [*amounts, *prices]))

    def _cell(self, sheet: FormSheet, row: CostRow, cell: ProtoCell) -> None:
        place, proto = (row.index, cell.column - 1), (cell.row, cell.column)
        token, texts = sole_token(cell), dict(self._texts)
        if row.estimate:
            estimate = row.estimate
            if token and token.name == "sum":
                sheet.put_formula(*place, proto, self._column_sum(estimate, token.argument))
                return
            texts |= {"text:lead": estimate.lead, "text:trail": estimate.trail, "content": estimate.caption}
            texts |= {f"head:{name}": text for name, text in estimate.heads.items()}
        text = "".join(compose(cell.parts, texts, lambda _: None))
        sheet.put(*place, proto, text or None, is_input=True)
        if text:
            self.cells.shown[place] = text

    def _column_sum(self, estimate: Estimate, name: str) -> str:
        """The sum of a costing's amounts or unit prices, from its first line to its last."""
        found = self.cells.amounts if name == "amount" else self.cells.prices
        terms = [found[line.id] for line in estimate.lines if line.id in found]
        columns = {term.rstrip("0123456789") for term in terms}
        if len(columns) == 1 and all(term.isalnum() for term in terms):
            return f"SUM({terms[0]}:{terms[-1]})"
        return summed(terms) or "0"

    def _merge(self, sheet: FormSheet) -> None:
        row_of = {row.line.id: row.index for row in self.rows if row.line}
        for row in self.rows:
            for first, left, _, right in self.form.merges:
                if first == row.proto.row:
                    sheet.merge(row.index, left - 1, row.index, right - 1)
        for estimate in self.estimates:
            column = self._column_of(self.form.one("line", estimate.layout), "quantity")
            for start, end in _runs(estimate.lines):
                if column:
                    sheet.merge(row_of[start.id], column, row_of[end.id], column)

    def _trace(self, sheet: FormSheet, row: CostRow, estimate: Estimate, line: EstimateLine) -> None:
        payer = self._names[line.payer] if line.payer else None
        for column, value in enumerate((payer, line.id, estimate.id), self.area.end):
            sheet.put_helper(row.index, column, value)

    def _helper_heads(self, sheet: FormSheet) -> None:
        head = next((r.index for r in self.rows if r.estimate), 2) - 1  # beside the titles, which take no helper cell
        for column, text in enumerate((*self.area.heads, *TRACE_HEADS), self.area.first):
            sheet.put_helper(head, column, text)
        sheet.helper_columns(self.area.first, [12] * len(self.area.heads), folded=False)
        sheet.helper_columns(self.area.end, [24, 14, 14], folded=True)


def _runs(lines: tuple[EstimateLine, ...]) -> Iterator[tuple[EstimateLine, EstimateLine]]:
    """First and last line of each run that shares one quantity cell."""
    start = end = lines[0]
    for line in lines[1:]:
        if not line.quantity_above:
            yield start, end
            start = line
        end = line
    yield start, end
