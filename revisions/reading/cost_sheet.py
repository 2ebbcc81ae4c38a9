"""One generated sheet of costings, and the factors that stand beside titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.expression import Expression, Term, parse_expression
from budget.numbers import Malformed, format_number
from budget.schema import DASH, SPAN
from budget.tables import Cell, Row
from faults import Text, cell_place, row_place
from generators.carried import OPTIONAL_ROWS, PRINTED, fields_of_lines, texts_shown
from generators.costing import TRACE_HEADS
from generators.forms import Form, ProtoRow
from generators.tokens import sole_token
from revisions.reading.carry import Carried
from revisions.reading.gathering import Gathered
from revisions.reading.item_sheet import stated
from revisions.reading.templates import captured, text_of
from validators.grid import Grid
from workbook.addresses import address


@dataclass(slots=True)
class Costing:
    """A costing as it stands on its sheet: its code and the rows of its lines."""

    id: str
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CostingRead:
    """A costing as rows of the tables: its own, and those of its lines, each with its place; `rows` of the sheet."""

    row: Row
    lines: list[tuple[Row, Text]]
    sheet: str = ""
    rows: range = range(0)


class CostSheet:
    """Reads a generated sheet of costings. `names`: the keys of the sources by their names."""

    def __init__(
        self, grid: Grid, form: Form, carried: Carried, gathered: Gathered, names: Mapping[str, str], key: str
    ) -> None:
        self.grid, self.form, self.carried, self.gathered = grid, form, carried, gathered
        self.names, self.key = names, key
        self.first = len(form.columns) + 2
        rows = ((row, column) for (row, column), cell in grid.cells.items() if cell.value == TRACE_HEADS[-1])
        self.trace = next((column - 2 for _, column in rows if column > self.first), 0)

    def read(self) -> Iterator[tuple[str, CostingRead]]:
        """Each costing with its code."""
        costings: list[Costing] = []
        for row in range(1, self.grid.rows + 1):
            code = text_of(self.grid.value(row, self.trace + 2))
            if code in self.carried.of("costings"):
                if not costings or costings[-1].id != code:
                    costings.append(Costing(code))
                costings[-1].rows.append(row)
        for number, costing in enumerate(costings):
            end = costings[number + 1].rows[0] if number + 1 < len(costings) else self.grid.rows + 1
            own, rows = self._costing(costing, end)
            yield costing.id, CostingRead(own, list(self._lines(costing)), self.grid.name, rows)

    def _costing(self, costing: Costing, end: int) -> tuple[Row, range]:
        """The row of a costing (what is carried of it, what stands above and below its lines), and its rows."""
        row = dict(self.carried.row("costings", costing.id))
        layout, printed = str(row["layout"]), [str(name) for name in row.pop(PRINTED, [])]  # type: ignore[union-attr]
        headers = self.form.having("header", layout)
        top = costing.rows[0] - len(headers)
        heads = dict(row.pop("heads", {}))  # type: ignore[arg-type]
        for number, proto in enumerate(headers):
            heads |= self._heads(proto, top + number, layout, heads)
        for name in reversed([name for name in OPTIONAL_ROWS[:2] if name in printed]):
            top -= 1
            row[name] = self._text(self.form.having(name)[0], top)
        below = self._end_of_lines(costing, layout, end) + len(self.form.having("total", layout))
        if OPTIONAL_ROWS[2] in printed:
            row[OPTIONAL_ROWS[2]] = self._text(self.form.having("trail")[0], below)
            below += 1
        found: Row = {**row, "id": costing.id, "appendix": self.key, **({"heads": heads} if heads else {})}
        return found, range(top, below)

    def _end_of_lines(self, costing: Costing, layout: str, end: int) -> int:
        """The row below the lines; rows that somebody typed below the last one are lines too."""
        totals = self.form.having("total", layout)
        last = costing.rows[-1] + 1
        for row in range(last, end) if totals else ():
            if any(
                captured(cell.parts, text_of(self.grid.value(row, cell.column - 1))) is not None
                for cell in totals[0].cells
                if cell.parts and isinstance(cell.parts[0], str)
            ):
                costing.rows += [n for n in range(last, row) if self._is_filled(n)]
                return row
        return last

    def _is_filled(self, row: int) -> bool:
        return any(text_of(self.grid.value(row, column)) for column in range(1, len(self.form.columns) + 1))

    def _heads(self, proto: ProtoRow, row: int, layout: str, carried: Mapping[str, str]) -> dict[str, str]:
        """The headings that are the plan's own: those that are carried as such, and those that were changed since."""
        found = {}
        for cell in proto.cells:
            token = sole_token(cell)
            if token and token.name == "head" and token.argument in texts_shown(self.form, "head", layout):
                text = text_of(self.grid.value(row, cell.column - 1))
                if token.argument in carried or ("{" not in token.default and text != token.default):
                    found[token.argument] = text
        return found

    def _text(self, proto: ProtoRow, row: int) -> str:
        column = next(cell.column - 1 for cell in proto.cells if cell.parts)
        return text_of(self.grid.value(row, column))

    def _lines(self, costing: Costing) -> Iterator[tuple[Row, Text]]:
        layout = str(self.carried.row("costings", costing.id)["layout"])
        proto = self.form.one("line", layout)
        seen: set[str] = set()
        for row in sorted(costing.rows):
            origin = text_of(self.grid.value(row, self.trace + 1))
            code = origin if origin and origin not in seen else self.carried.take(origin or f"{costing.id}-them")
            seen.add(origin)
            carried = dict(self.carried.row("estimates", origin))
            payer = self.names.get(text_of(self.grid.value(row, self.trace)))
            found: dict[str, Cell | None] = {**carried, "id": code, "costing": costing.id, "payer": payer}
            found |= self._figures(proto, row, carried)
            found |= self._labels(proto, row, layout, found)
            yield {k: v for k, v in found.items() if v is not None}, row_place(self.grid.name, row)

    def _labels(self, proto: ProtoRow, row: int, layout: str, found: Row | Mapping[str, Cell | None]) -> Row:
        """Number, content and note, alone in their cells, or within the sentence that the line is printed as."""
        labels: Row = {}
        shown = fields_of_lines(self.form, layout)
        for cell in proto.cells:
            text, token = text_of(self.grid.value(row, cell.column - 1)), sole_token(cell)
            if token and token.name in {"number", "content", "note"}:
                labels[token.name] = text
            elif not token and "content" in shown and (said := captured(cell.parts, text)):
                labels["content"] = _within(text, cell.parts[0], found) or said.get("content", "")
        return labels

    def _figures(self, proto: ProtoRow, row: int, carried: Row) -> dict[str, Cell | None]:
        """Quantity, unit price and amount of a line, each where its layout shows it, or beside the print area."""
        quantity = self._place(proto, "quantity")
        price, amount = self._place(proto, "unit_price"), self._place(proto, "amount")
        area = range(self.first, self.trace - 2)
        q = self._quantity(row, quantity, carried.get("quantity"), area)
        p = self._factor(row, price, carried.get("unit_price"), [self.trace - 2])
        a = self._amount(row, amount or self.trace - 1)
        if q and p and DASH not in (q, p):
            return {"quantity": q, "unit_price": p, "amount": None}
        if a == DASH:
            return dict.fromkeys(("quantity", "unit_price", "amount"), DASH)
        return {"quantity": None, "unit_price": None, "amount": a}

    def _place(self, proto: ProtoRow, name: str) -> int:
        """The column of the cell that shows a token alone; 0 if none does."""
        for cell in proto.cells:
            token = sole_token(cell)
            if token and token.name == name:
                return cell.column - 1
        return 0

    def _quantity(self, row: int, column: int, carried: Cell | None, area: Sequence[int]) -> str | None:
        merged = self.grid.merge_at(row, column) if column else None
        if (merged and merged.top < row) or (not column and carried == SPAN):
            return SPAN
        return self._factor(row, column, None if carried == SPAN else carried, area)

    def _factor(self, row: int, column: int, carried: Cell | None, area: Sequence[int]) -> str | None:
        """An expression: the figures are those of the cells, the wording is what is carried, or else printed."""
        shown = self.grid.value(row, column) if column else None
        beside = [value for each in area if isinstance(value := self.grid.value(row, each), Decimal)]
        if not beside and isinstance(shown, Decimal):
            beside = [shown]
        text = carried if isinstance(carried, str) and carried != DASH else None
        if text and beside and (spelt := with_values(text, beside)):
            return spelt
        if isinstance(shown, Decimal):
            return format_number(shown)
        said = text_of(shown)
        try:
            return said if not said or said == DASH else str(parse_expression(said))
        except Malformed as fault:
            place = cell_place(self.grid.name, address(row, column))
            vi, en = f"{place.vi}: “{said}” {fault.reason.vi}", f"{place.en}: “{said}” {fault.reason.en}"
            self.gathered.left_out.append(Text(vi, en))
            return None

    def _amount(self, row: int, column: int) -> Decimal | str | None:
        try:
            return stated(self.grid.cell(row, column))
        except Malformed as fault:
            place = cell_place(self.grid.name, address(row, column))
            vi, en = f"{place.vi}: “{fault.text}” {fault.reason.vi}", f"{place.en}: “{fault.text}” {fault.reason.en}"
            self.gathered.left_out.append(Text(vi, en))
            return None


def with_values(text: str, values: Sequence[Decimal]) -> str | None:
    """A cost expression with other figures, spelt as it spells its own; None: it has not as many factors."""
    expression = parse_expression(text)
    if len(expression.terms) != len(values):
        return None
    terms = tuple(_spelt(term, value) for term, value in zip(expression.terms, values, strict=True))
    return str(Expression(terms, expression.joints))


def _spelt(term: Term, value: Decimal) -> Term:
    """A factor with another figure, as the cell that follows it prints it: with leading zeros and dots as before."""
    if value == term.value:
        return term
    if term.width and value == value.to_integral_value():
        return replace(term, value=value, printed=f"{int(value):0{term.width}d}")
    grouped = "." in term.printed
    return replace(term, value=value, printed=format_number(value) if grouped else f"{value:f}".replace(".", ","))


def _within(text: str, begins: object, found: Row | Mapping[str, Cell | None]) -> str | None:
    """The content of a sentence such as "- content: price x quantity = amount VNĐ.", where it holds these figures."""
    price, quantity = found.get("unit_price"), found.get("quantity")
    before, sign, _ = text.rpartition(f": {price} x {quantity} = ")
    return before.removeprefix(str(begins)) if sign and price and quantity else None
