"""Writes an appendix of costings: one table, or one sentence, for each item that is costed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from budget.figures import Figures
from budget.plan import Appendix, Estimate, EstimateLine, Plan, Status
from faults import InputFault, Text
from generators.appendix import is_whole, leaf_note
from generators.factors import FactorArea, amount_formula, put_price, put_quantity, widest
from generators.forms import Form, ProtoCell, ProtoRow
from generators.registry import Registry
from generators.sheet import FormSheet
from generators.tokens import Token, tokens
from generators.wording import Piece, as_formula, compose, document_texts, figure_text
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
        self._demand_layouts()
        self.rows = tuple(CostRow(p, n, e, line) for n, (p, e, line) in enumerate(self._plan_rows(), 1))
        self.area = FactorArea(len(form.columns) + 2, widest(line for e in self.estimates for line in e.lines))
        self._row_of = {row.line.id: row.index for row in self.rows if row.line}
        self._texts = document_texts(plan, appendix)
        self._names = {s.key: s.name for s in plan.sources}
        self._addresses: dict[tuple[str, str], str] = {}  # (line id, "amount" or "unit_price") -> address
        self.quantity_cells: dict[str, list[str]] = {}  # line id -> addresses of its quantity's factors
        self._spans: list[tuple[int, int, int, int, str]] = []

    def register(self) -> None:
        """Tells the registry where each costing's total will stand."""
        for estimate in self.estimates:
            total = next((r for r in self._rows_of(estimate) if r.proto.role == "total"), None)
            if total:
                column = self._column_of(total.proto, "sum", "amount")
                address = f"{get_column_letter(column)}{total.index}"
            else:
                address = self._lines_total(estimate)
            self.registry.estimates[estimate.id] = (self.appendix.sheet, address)

    def write(self, sheet: FormSheet) -> None:
        """Writes every cell, then merges, helper columns, page set-up."""
        sheet.set_up([column.column for column in self.form.columns])
        for row in self.rows:
            if row.proto.height:
                sheet.sheet.row_dimensions[row.index].height = row.proto.height
            if row.line and row.estimate:
                _LineWriter(self, sheet, row, row.estimate, row.line).write()
            else:
                for cell in row.proto.cells:
                    self._cell(sheet, row, cell)
        self._merge(sheet)
        self._helpers(sheet)
        first = next((r.index for r in self.rows if r.proto.role not in {"heading"}), 1)
        sheet.finish((1, first - 1), self.rows[-1].index, 0)

    def line_span(self, estimate: Estimate) -> tuple[str, str] | None:
        """The range from the header of a costing's table to its total, and the total's address; None without one."""
        rows = self._rows_of(estimate)
        total = next((r for r in rows if r.proto.role == "total"), None)
        if total is None:
            return None
        letter = get_column_letter(self._column_of(total.proto, "sum", "amount"))
        header = max((r.index for r in rows if r.proto.role == "header"), default=total.index)
        name = quote_sheet(self.appendix.sheet)
        return f"{name}!{letter}{header}:{letter}{total.index}", f"{name}!{letter}{total.index}"

    def _demand_layouts(self) -> None:
        for estimate in self.estimates:
            if estimate.layout not in self.form.layouts:
                known = ", ".join(self.form.layouts)
                raise InputFault(
                    Text(
                        f"bảng dự toán “{estimate.id}”: biểu mẫu “{self.form.name}” không có kiểu bảng này",
                        f"costing “{estimate.id}”: form “{self.form.name}” has no such table layout",
                    ),
                    file=self.plan.key,
                    found=estimate.layout,
                    expected=Text(f"một trong: {known}", f"one of: {known}"),
                )

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
            if len(cell.parts) == 1 and isinstance(cell.parts[0], Token):
                token = cell.parts[0]
                if token.name == name and token.argument == argument:
                    return cell.column - 1
        return 0

    def _lines_total(self, estimate: Estimate) -> str:
        rows = [row for row in self._rows_of(estimate) if row.line]
        letter = get_column_letter(self._column_of(rows[0].proto, "amount") or self.area.amount)
        if len(rows) == 1:
            return f"{letter}{rows[0].index}"
        return f"{letter}{rows[0].index}:{letter}{rows[-1].index}"

    def _cell(self, sheet: FormSheet, row: CostRow, cell: ProtoCell) -> None:
        place, proto = (row.index, cell.column - 1), (cell.row, cell.column)
        estimate = row.estimate
        texts = dict(self._texts)
        if estimate:
            texts |= {"text:lead": estimate.lead, "text:trail": estimate.trail, "content": estimate.caption}
            texts |= {f"head:{name}": text for name, text in estimate.heads.items()}
        found = tokens(cell.parts)
        if estimate and found and found[0].name == "sum":
            sheet.put_formula(*place, proto, self._column_sum(estimate, found[0].argument))
            return
        text = "".join(compose(cell.parts, texts, lambda _: None))
        sheet.put(*place, proto, text or None)
        if text:
            self._spans.append((*place, *place, text))

    def _column_sum(self, estimate: Estimate, name: str) -> str:
        cells = [self._addresses[line.id, name] for line in estimate.lines if (line.id, name) in self._addresses]
        return f"SUM({cells[0]}:{cells[-1]})" if cells else "0"

    def _merge(self, sheet: FormSheet) -> None:
        shown = {(row, column): text for row, column, _, _, text in self._spans}
        for row in self.rows:
            for first, left, _, right in self.form.merges:
                if first == row.proto.row:
                    sheet.merge(row.index, left - 1, row.index, right - 1, shown.get((row.index, left - 1), ""))
        for estimate in self.estimates:
            column = self._column_of(self.form.one("line", estimate.layout), "quantity")
            for start, end in _runs(estimate.lines):
                first, last = (self._row_of[line.id] for line in (start, end))
                if column and first != last:
                    sheet.merge(first, column, last, column)

    def _helpers(self, sheet: FormSheet) -> None:
        head = next((r.index for r in self.rows if r.estimate), 1)
        for column, text in enumerate((*self.area.heads, *TRACE_HEADS), self.area.first):
            sheet.put_helper(head, column, text)
        sheet.helper_columns(self.area.first, [12] * len(self.area.heads), folded=False)
        sheet.helper_columns(self.area.end, [24, 14, 14], folded=True)

    def names_of(self, payer: str | None) -> str | None:
        """The name of the source that pays a line."""
        return self._names[payer] if payer else None


def _runs(lines: tuple[EstimateLine, ...]) -> Iterator[tuple[EstimateLine, EstimateLine]]:
    """First and last line of each run that shares one quantity cell."""
    start = end = lines[0]
    for line in lines[1:]:
        if not line.quantity_above:
            yield start, end
            start = line
        end = line
    yield start, end


class _LineWriter:
    """Writes one line of a costing: printed cells, factor cells, amount."""

    def __init__(
        self, writer: CostingWriter, sheet: FormSheet, row: CostRow, estimate: Estimate, line: EstimateLine
    ) -> None:
        self.writer, self.sheet, self.row, self.estimate, self.line = writer, sheet, row, estimate, line
        self.is_dash = line.quantity is None and not line.quantity_above and line.unit_price is None and (
            line.amount is None or line.amount.value is None and line.amount.status is Status.STATED
        )  # fmt: skip
        self.quantities: list[str] = []
        self.price = ""
        self.texts: dict[str, list[str]] = {}

    def write(self) -> None:
        self._quantity()
        self._price()
        self._amount()
        self._labels()
        trace = (self.writer.names_of(self.line.payer), self.line.id, self.estimate.id)
        for column, value in enumerate(trace, self.writer.area.end):
            self.sheet.put_helper(self.row.index, column, value)

    def _printed(self, name: str) -> ProtoCell | None:
        """The prototype cell that shows a token alone, if the layout has one."""
        column = self.writer._column_of(self.row.proto, name)
        return self.row.proto.cells[column - 1] if column else None

    def _put_pieces(self, cell: ProtoCell, pieces: list[str]) -> None:
        formula = as_formula(pieces)
        if formula:
            self.sheet.put_formula(self.row.index, cell.column - 1, (cell.row, cell.column), formula)

    def _put(self, cell: ProtoCell, value: object, *, is_input: bool = False) -> str:
        proto = (cell.row, cell.column)
        return self.sheet.put(self.row.index, cell.column - 1, proto, value, is_input=is_input).coordinate

    def _quantity(self) -> None:
        cell, expression = self._printed("quantity"), self.line.quantity
        if self.line.quantity_above:
            above = self.writer.figures.quantity(self.estimate, self.line)
            owner = next(one for one in self.estimate.lines if one.quantity is above)
            self.quantities = self.writer.quantity_cells[owner.id]
            if cell:
                self._put(cell, None)
            return
        if expression is None:
            if cell:
                self.quantities = [self._put(cell, "-" if self.is_dash else None, is_input=True)]
            return
        if cell and not expression.has_text and len(expression.terms) == 1:
            self.quantities = [self._put(cell, expression.terms[0].value, is_input=True)]
        else:
            self.quantities, pieces = put_quantity(self.sheet, self.writer.area, self.row.index, expression)
            self.texts["quantity"] = pieces
            if cell:
                self._put_pieces(cell, pieces)
        self.writer.quantity_cells[self.line.id] = self.quantities

    def _price(self) -> None:
        cell, expression = self._printed("unit_price"), self.line.unit_price
        if expression is None:
            if cell:
                self.price = self._put(cell, "-" if self.is_dash else None, is_input=True)
            return
        if cell and not expression.has_text:
            self.price = self._put(cell, expression.terms[0].value, is_input=True)
        else:
            self.price, pieces = put_price(self.sheet, self.writer.area, self.row.index, expression)
            self.texts["unit_price"] = pieces
            if cell:
                self._put_pieces(cell, pieces)
        self.writer._addresses[self.line.id, "unit_price"] = self.price

    def _amount(self) -> None:
        cell, line = self._printed("amount"), self.line
        quantity = self.writer.figures.quantity(self.estimate, line)
        if quantity is not None and line.unit_price is not None:
            formula = amount_formula(self.quantities, self.price, line, quantity, self.estimate.unit)
        elif self.is_dash and cell and self.quantities and self.price:
            factors = ",".join([*self.quantities, self.price])
            formula = f'IF(COUNT({factors})<{len(self.quantities) + 1},"-",PRODUCT({factors}))'
        else:
            self._lump_sum(cell)
            return
        if cell:
            place, proto = (self.row.index, cell.column - 1), (cell.row, cell.column)
            address = self.sheet.put_formula(*place, proto, formula).coordinate
        else:
            address = self.sheet.put_helper_formula(self.row.index, self.writer.area.amount, formula).coordinate
        self.writer._addresses[line.id, "amount"] = address

    def _lump_sum(self, cell: ProtoCell | None) -> None:
        amount = self.line.amount
        value = "-" if self.is_dash else amount.value if amount else None
        if cell:
            target = self.sheet.sheet[self._put(cell, value, is_input=True)]
        else:
            target = self.sheet.put_helper(self.row.index, self.writer.area.amount, value, is_input=True)
        if amount and (amount.status is not Status.STATED or amount.printed):
            self.sheet.note(target, leaf_note(amount.status, amount.printed, amount.reason))
        self.writer._addresses[self.line.id, "amount"] = target.coordinate

    def _labels(self) -> None:
        figures = {"quantity", "unit_price", "amount"}
        texts = {"number": self.line.number, "content": self.line.content, "note": self.line.note}
        for cell in self.row.proto.cells:
            names = [t.name for t in tokens(cell.parts)]
            if len(cell.parts) == 1 and names and names[0] in figures:
                continue
            pieces: list[str] = []
            for part in cell.parts:
                if isinstance(part, Token) and part.name in {"quantity", "unit_price"}:
                    pieces += self.texts.get(part.name, [])
                elif isinstance(part, Token) and part.name == "amount":
                    pieces.append(Piece(figure_text(self.writer._addresses[self.line.id, "amount"])))
                else:
                    pieces += compose((part,), self.writer._texts | texts, lambda _: None)
            if as_formula(pieces):
                self._put_pieces(cell, pieces)
            else:
                text = "".join(pieces)
                whole = names == ["number"] and is_whole(text)
                self._put(cell, int(text) if whole else text or None)
            shown = "".join(pieces) if not as_formula(pieces) else self.line.content
            if shown and len(cell.parts) > 1:
                self.writer._spans.append((self.row.index, cell.column - 1, 0, 0, "x" * 3 * len(shown)))
