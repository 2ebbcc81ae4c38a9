"""A table that works out what one item of another table costs becomes a costing of that item."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budget.money import Unit, convert
from budget.schema import DASH, SPAN
from budget.tables import Cell as Stated
from budget.tables import Row as PlanRow
from faults import Text, row_place
from generators.forms import load_form
from generators.tokens import sole_token
from revisions.reading.matching import matched
from revisions.reading.shared import Shared
from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_factors import TableFactors
from revisions.reading.table_items import field_columns, of_table
from revisions.reading.templates import text_of
from validators.funding import TableFunding
from validators.tables.model import Form, Role, Row, RowKind

NUMBERED, PLAIN = "cost-tables", "cost-breakdowns"
_LUMP, _PRICES, _NOTES, _PLAIN = "lump-sum", "quantity-price", "quantity-price-note", "price-quantity"


class TableDetails:
    """A table whose money another one holds, as a costing of one of its items; `caption`: the line above it.

    `lines` as rows of the table of estimates, but for their codes; `why` says what keeps the table from being one.
    """

    def __init__(self, funding: TableFunding, whole: AppendixRead, shared: Shared, caption: str) -> None:
        self.table, self._total, self._shared, self.caption = funding.table, funding.total, shared, caption
        amounts = [c for c in self.table.amounts if any(at == c.index for _, at in self.table.figures)]
        self.unit = (amounts[0].unit if amounts else None) or self.table.unit or Unit.DONG
        self._factors = TableFactors(self.table, shared.checked.equations, self.unit)
        multiplied = {columns.amount for columns in self._factors.columns}
        self._amount = next((c.index for c in amounts if c.index in multiplied or not multiplied), 0)
        self._fields = field_columns(self.table)
        self.why: Text | None = None
        self.lines: list[tuple[PlanRow, Row]] = []
        self.proven: list[tuple[int, str]] = []  # lines whose amount is printed wrongly, and how
        self.match = matched(whole, funding.total, caption, named=not self.is_costing)
        if self.match is None:
            self.why = Text(
                "không khớp một hạng mục nào chưa có dự toán", "it is that of no one item without a costing"
            )
        elif not self._read():
            self.why = Text("có dòng không phải số lượng x đơn giá", "some rows are no quantity x unit price")
        else:
            self.match.take(whole)

    @property
    def is_costing(self) -> bool:
        """Whether the table has unit prices."""
        return bool(self.table.of_role(Role.UNIT_PRICE))

    @property
    def is_numbered(self) -> bool:
        """Whether the table has numbers or notes, which one form of costings alone prints."""
        return "note" in self._fields or any(line["number"] for line, _ in self.lines)

    def _layout(self, form: str) -> str:
        """The layout that has its columns; prices are added up where its own total does so."""
        if form == PLAIN:
            return _PLAIN
        if len(self.lines) == 1 and "amount" in self.lines[0][0]:
            return _LUMP
        prices = [column.index for column in self.table.of_role(Role.UNIT_PRICE)]
        totals = [row.index for row in self.table.rows if row.kind is RowKind.TOTAL]
        added = any(self.table.value(row, column) for row in totals for column in prices)
        return _PRICES if added and "note" not in self._fields else _NOTES

    def _heads(self, form: str, layout: str) -> dict[str, str]:
        """The headings that are not those of the layout."""
        columns = {"amount": self._amount, "note": self._fields.get("note", 0)}
        roles = {"content": Role.CONTENT, "quantity": Role.QUANTITY, "unit_price": Role.UNIT_PRICE}
        columns |= {name: found[0].index for name, role in roles.items() if (found := self.table.of_role(role))}
        heads = {}
        for cell in (cell for proto in load_form(form).having("header", layout) for cell in proto.cells):
            token = sole_token(cell)
            column = self.table.column_at.get(columns.get(token.argument, 0)) if token else None
            if token and token.name == "head" and column and column.path:
                printed = column.path[-1].strip()
                if printed != token.default.replace("{unit}", self.unit.label):
                    heads[token.argument] = printed
        return heads

    def write(self, appendix: str, form: str, lead: str, trail: str) -> None:
        """The costing and its lines, on an appendix of a form."""
        assert self.match is not None
        item, years = self.match.item, self.match.years
        costing, place = self._shared.codes.take(f"{item.id}-du-toan"), of_table(self.table)
        row: dict[str, Stated | None] = {
            "id": costing,
            "item": item.id,
            "appendix": appendix,
            "layout": (layout := self._layout(form)),
            "lead": lead,
            "caption": self.caption,
            "trail": trail,
            "covers_years": ",".join(map(str, years)),
            "heads": dict[str, str](self._heads(form, layout)),
        }
        self._shared.gathered.add("costings", row, place)
        codes: list[str] = []
        for line, of in self.lines:
            codes.append(self._shared.codes.take(f"{costing}-{len(codes) + 1}"))
            where = row_place(self.table.grid.name, of.index)
            self._shared.gathered.add("estimates", {"id": codes[-1], "costing": costing, **line}, where)
        for number, printed in self.proven:
            self._reading(codes[number], printed, row_place(self.table.grid.name, self.lines[number][1].index))

    def _reading(self, line: str, printed: str, place: Text) -> None:
        reason = "Số viết trong tệp không đọc được; số lượng x đơn giá cho ra số này"
        row: PlanRow = {"item": line, "status": "proven", "printed": printed, "reason": reason}
        self._shared.gathered.add("readings", row, place)
        vi, en = f"số “{printed}” viết sai, lấy số lượng x đơn giá", f"“{printed}” is no number; the product is taken"
        self._shared.assume(place, vi, en)

    def _read(self) -> bool:
        """Whether every row is a line, and all of them come to the total."""
        made = Decimal(0)
        for row in self.table.rows:
            if row.kind is RowKind.ITEM:
                line = self._line(row)
                if line is None or row.parent is not None or row.memo:
                    return False
                found, amount = line
                self.lines.append((found, row))
                made += amount
        return bool(self.lines) and made == self._total

    def _line(self, row: Row) -> tuple[PlanRow, Decimal] | None:
        """A row as a line, and what it comes to, in đồng."""
        figure = self.table.figures.get((row.index, self._amount))
        value = figure.value if figure else None
        amount = None if value is None else convert(value, self.unit, Unit.DONG)
        texts: PlanRow = {"number": row.number, "content": row.label}
        if "note" in self._fields:
            texts["note"] = text_of(self.table.grid.value(row.index, self._fields["note"]))
        for line in self._factors.lines(row.index):
            made = self._factors.made(line)
            if amount == made or (amount is None and figure is not None and figure.form is Form.MALFORMED):
                if amount is None and figure is not None:
                    self.proven.append((len(self.lines), figure.printed))
                quantity = SPAN if self._goes_on(row, line.columns.quantities) else line.quantity
                return {**texts, "quantity": quantity, "unit_price": line.unit_price}, made
        if self._factors.are_in(row.index) or figure is None:
            return None
        if figure.form is Form.DASH:
            return {**texts, "quantity": DASH, "unit_price": DASH, "amount": DASH}, Decimal(0)
        return None if amount is None or value is None else ({**texts, "amount": value}, amount)

    def _goes_on(self, row: Row, columns: Sequence[int]) -> bool:
        """Whether the quantity of a row is the merged cell of the row above."""
        areas = [self.table.grid.merge_at(row.index, column) for column in columns]
        return bool(self.lines) and all(area is not None and area.top < row.index for area in areas)
