"""A workbook that phuluc generated, read back: what its cells say, and of what they do not show what it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from budget.expression import around
from budget.money import Unit, parse_unit
from budget.plan import Appendix, Decision, Plan, State
from budget.tables import Row
from budget.words import parse_style
from faults import Text, row_place
from generators import about
from generators.carried import ISSUED, SHEET
from generators.factors import FactorArea
from generators.forms import Form, ProtoCell, ProtoRow, load_form
from generators.formulas import HELPERS
from generators.generate import OWN_SHEETS
from generators.tokens import Token, parse
from generators.wording import compose, document_texts
from revisions.reading.about_sheet import Unlike, control_row, head_row, told_about
from revisions.reading.carry import Carried
from revisions.reading.cost_sheet import CostingRead, CostSheet, with_values
from revisions.reading.gathering import Gathered
from revisions.reading.item_rows import Found, ItemRows
from revisions.reading.item_sheet import Entry, ItemSheet
from revisions.reading.templates import captured, text_of
from validators.grid import Book, Grid
from validators.own_sheet import is_ours

_ISSUED = re.compile(
    r"(?P<kind>.+?) số (?P<number>.*?) ngày (?P<day>\S+) tháng (?P<month>\S+) năm (?P<year>\S+) của (?P<issuer>.+)",
    re.DOTALL,
)
_HIDDEN_TEXT = "…"  # stands for a wording that the sheet shows


@dataclass(frozen=True)
class SheetRead:
    """A sheet that was read, and its rows in the order of the form; empty: they cannot be told."""

    appendix: str
    grid: Grid
    rows: tuple[int, ...]


class GeneratedBook:
    """Reads a generated workbook into the tables of its plan. Raises Unlike where it is no longer laid out as one."""

    def __init__(self, book: Book, carried: Carried) -> None:
        self.book, self.carried = book, carried
        self.gathered = Gathered(book.path)
        self.told = told_about(book)
        self.sheets: list[SheetRead] = []
        self._names = {source.key: source.name for source in self.told.sources}
        self._issued: str | None = None
        self._found: list[Found] = []
        self._units: dict[str, Unit] = {}
        self._costings: dict[str, CostingRead] = {}

    def read(self) -> Gathered:
        """Every table."""
        for source in self.told.sources:
            self.gathered.add("sources", {"key": source.key, "name": source.name}, self._place(about.SHEET))
        for grid, key in self._appendix_sheets():
            self._appendix(grid, key)
        self._add_costings()
        self._add_controls()
        self._add_readings()
        self.gathered.add("plan", head_row(self.told, self._decision()), self._place(about.SHEET))
        return self.gathered

    def _place(self, sheet: str) -> Text:
        return Text(f"trang “{sheet}”", f"sheet “{sheet}”")

    def _appendix_sheets(self) -> Iterator[tuple[Grid, str]]:
        """The sheets of the appendices, in their order now; those that were renamed are told by what is left over."""
        wanted = {str(row["sheet"]): key for key, row in self.carried.of("appendices").items()}
        own = {name.casefold() for name in OWN_SHEETS}
        others = [g for g in self.book.sheets if g.name.casefold() not in own and not is_ours(g)]
        left = [key for name, key in wanted.items() if name not in {grid.name for grid in others}]
        for grid in others:
            if key := wanted.get(grid.name):
                yield grid, key
            elif left and self._is_generated(grid, left[0]):
                yield grid, left.pop(0)
            else:
                self.gathered.left_out.append(
                    Text(f"trang “{grid.name}”: không phải phụ lục của kế hoạch", f"sheet “{grid.name}”: no appendix")
                )

    def _is_generated(self, grid: Grid, key: str) -> bool:
        """Whether a sheet has the helper columns of an appendix that has lost its sheet."""
        stub, form = self._stub(key), load_form(str(self.carried.row("appendices", key)["form"]))
        if form.is_costing:
            return bool(self._cost_sheet(grid, key, form).trace)
        return ItemSheet(grid, self.told, stub, form).head is not None

    def _stub(self, key: str) -> Appendix:
        """An appendix as far as it is carried: axes, form, what a wording is called that is the plan's own."""
        row = self.carried.row("appendices", key)
        sources: list[str] = [str(each) for each in row.get("sources", [])]  # type: ignore[union-attr]
        labels = [str(each) for each in row.get("labels", [])] or [self._names.get(each, each) for each in sources]  # type: ignore[union-attr]
        texts: Mapping[str, str] = row.get("texts", {})  # type: ignore[assignment]
        return Appendix(
            key=key,
            form=str(row["form"]),
            sheet=str(row["sheet"]),
            heading=str(row.get("heading", "")),
            title=str(row.get("title", "")),
            unit=parse_unit(str(row["unit"])),
            sources=tuple(sources),
            years=self.told.years if row.get("years") == "true" else (),
            summarises=text_of(row.get("summarises")) or None,  # type: ignore[arg-type]
            labels=dict(zip(sources, labels, strict=True)),
            texts={name: text or _HIDDEN_TEXT for name, text in texts.items()},
            words=parse_style(str(row.get("words", ""))),
        )

    def _cost_sheet(self, grid: Grid, key: str, form: Form) -> CostSheet:
        return CostSheet(grid, form, self.carried, self.gathered, {v: k for k, v in self._names.items()}, key)

    def _appendix(self, grid: Grid, key: str) -> None:
        stub = self._stub(key)
        form = load_form(stub.form)
        if form.is_costing:
            sheet = self._cost_sheet(grid, key, form)
            self._costings |= dict(sheet.read() if sheet.trace else ())
            headings: list[tuple[ProtoRow, int, str | None]] = [
                (proto, number, None) for number, proto in enumerate(form.having("heading"), 1)
            ]
            rows: tuple[int, ...] = ()
        else:
            items = ItemSheet(grid, self.told, stub, form)
            if items.head is None:
                raise Unlike(
                    f"trang “{grid.name}”: các cột không còn như lúc lập",
                    f"sheet “{grid.name}”: its columns were moved",
                )
            rows = self._items(items)
            headings = list(items.outer())
        said = Said(self.told, stub, form, grid)
        for proto, number, source in headings:
            said.hear(proto, number, source)
        if said.issued and said.issued != self.carried.row("plan", "").get(ISSUED):
            self._issued = said.issued
        row = said.row(self.carried.row("appendices", key))
        self._units[key] = parse_unit(str(row["unit"]))
        self.gathered.add("appendices", row, self._place(grid.name))
        self.sheets.append(SheetRead(key, grid, rows))

    def _items(self, sheet: ItemSheet) -> tuple[int, ...]:
        """Reads the items of a sheet; its rows in the order of the form."""
        printed = {str(row["item"]) for row in self.carried.of("costings").values() if "appendix" in row}
        inline = {entry.row: cost for entry in sheet.entries() if (cost := self._inline(sheet, entry))}
        costed = printed | {str(self.carried.row("costings", code)["item"]) for code, _, _ in inline.values()}
        found = ItemRows(sheet, self.carried, self.gathered, costed).read()
        self._found += found
        for each in found:
            if each.entry.row in inline:
                self._add_inline(each, *inline[each.entry.row], row_place(sheet.grid.name, each.entry.row))
        outer = [row for _, row, _ in sheet.outer()]
        body = [line.row for each in found for line in each.entry.lines]
        return tuple(sorted([*outer, *body])) if len(set(outer) & set(body)) == 0 else ()

    def _inline(self, sheet: ItemSheet, entry: Entry) -> tuple[str, str, str] | None:
        """The costing in an item's title: its code, quantity and price, with the figures of the factor cells."""
        costings = self.carried.of("costings").items()
        code = next((code for code, row in costings if row["item"] == entry.id and "appendix" not in row), None)
        if code is None:
            return None
        (line,) = (row for row in self.carried.of("estimates").values() if row.get("costing") == code)
        first = sheet.helper + len(HELPERS)
        head = FactorArea(first, 1).heads[-2]
        price = next(
            (c for c in range(first, sheet.grid.columns + 1) if sheet.grid.value(sheet.head or 0, c) == head), 0
        )
        values = [v for c in range(first, price) if isinstance(v := sheet.grid.value(entry.row, c), Decimal)]
        cost = sheet.grid.value(entry.row, price)
        spelt = with_values(str(line["quantity"]), values)
        priced = with_values(str(line["unit_price"]), [cost]) if isinstance(cost, Decimal) else None
        column = sheet.cell_of(sheet.form.one(str(self.carried.row("items", entry.id)["kind"])), "content")
        title = text_of(sheet.grid.value(entry.row, column.index)) if column else ""
        if spelt and priced and around(title, f"{spelt} x {priced}") is not None:
            return code, spelt, priced
        place = row_place(sheet.grid.name, entry.row)
        self.gathered.left_out.append(
            Text(
                f"{place.vi}: nội dung không còn chứa phép tính {spelt} x {priced}, giữ số tiền",
                f"{place.en}: the wording no longer holds {spelt} x {priced}; the amount is kept",
            )
        )
        return None

    def _add_inline(self, each: Found, code: str, quantity: str, price: str, place: Text) -> None:
        key = code if each.first else self.carried.take(code)
        old, line = next((c, r) for c, r in self.carried.of("estimates").items() if r.get("costing") == code)
        changed = {"costing": key, "quantity": quantity, "unit_price": price}
        line_id = old if each.first else self.carried.take(old)
        row: Row = {**self.carried.row("costings", code), "id": key, "item": each.id}
        self._costings[key] = CostingRead(row, [({**line, **changed, "id": line_id}, place)])

    def _add_costings(self) -> None:
        """The costings in the order that is carried, new ones behind; not those whose item has gone."""
        items = {each.id for each in self._found}
        order = {code: place for place, code in enumerate(self.carried.of("costings"))}
        for code in sorted(self._costings, key=lambda code: order.get(code, len(order))):
            costing = self._costings[code]
            if costing.row["item"] not in items:
                self._leave_out(costing)
                continue
            self.gathered.add("costings", costing.row, costing.lines[0][1])
            for line, place in costing.lines:
                self.gathered.add("estimates", line, place)

    def _leave_out(self, costing: CostingRead) -> None:
        """Tells of a costing whose item has gone."""
        name = costing.row.get("caption") or costing.row["id"]
        vi, en = f"bảng dự toán “{name}”: hạng mục của nó đã bị xóa", f"costing “{name}”: its item has gone"
        self.gathered.left_out.append(Text(vi, en))
        columns = range(1, max((g.columns for g in self.book.sheets if g.name == costing.sheet), default=0) + 1)
        self.gathered.told |= {(costing.sheet, row, column) for row in costing.rows for column in columns}

    def _add_controls(self) -> None:
        items = {each.id for each in self._found}
        seen: set[int] = set()
        for carried in self.carried.of("controls").values():
            row = control_row(self.book, carried, self._units.get(str(carried["appendix"]), Unit.DONG), seen)
            if row is not None and row["appendix"] in self._units and row.get("item", "") in {"", *items}:
                self.gathered.add("controls", row, self._place(SHEET))
            else:
                vi, en = "số kiểm soát không còn dòng của nó", "the row of the control has gone"
                self.gathered.left_out.append(Text(f"{vi}: {carried['amount']}", f"{en}: {carried['amount']}"))

    def _add_readings(self) -> None:
        """How leaves were read, of those that still stand there as they were."""
        amounts = {(row["id"], key): cell for row in self.gathered.rows["items"] for key, cell in row.items()}
        lines = {row["id"]: row for row in self.gathered.rows["estimates"]}
        items = {each.id for each in self._found}
        for row in self.carried.of("readings").values():
            axis = [str(row[part]) for part in ("source", "year") if part in row]
            lost = row["status"] == "unreadable"
            if row["item"] in lines:
                line = lines[row["item"]]
                kept = "unit_price" in line or lost == ("amount" not in line)
            else:
                kept = row["item"] in items and lost == ((row["item"], ".".join(["amount", *axis])) not in amounts)
            if kept:
                self.gathered.add("readings", row, self._place(SHEET))

    def _decision(self) -> Decision:
        """The document, as the line under a title names it where that was changed, else as “Thông tin” does."""
        told = self.told.decision
        match = _ISSUED.fullmatch(self._issued or "")
        if match is None:
            return told
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return replace(told, kind=match["kind"], issuer=match["issuer"])
        vi, en = (
            "số, ngày và cơ quan lấy theo dòng “Kèm theo”",
            "number, date and issuer are those of the line below the title",
        )
        self.gathered.assumed.append(Text(vi, en))
        return Decision(match["kind"], match["issuer"], State.ISSUED, match["number"], day)


class Said:
    """What the rows above and below the items say of an appendix."""

    def __init__(self, told: Plan, stub: Appendix, form: Form, grid: Grid) -> None:
        self.told, self.stub, self.form, self.grid = told, stub, form, grid
        self.items = None if form.is_costing else ItemSheet(grid, told, stub, form)
        self.labels: dict[str, str] = {}
        self.found: dict[str, str] = {}
        self.texts: dict[str, tuple[Token, str]] = {}
        self.issued = ""

    def hear(self, proto: ProtoRow, row: int, source: str | None) -> None:
        """One row."""
        for cell, column, along in self._cells(proto):
            text = text_of(self.grid.value(row, column)) if row > 0 else ""
            named = captured(cell.parts, text)
            if named is None:
                continue
            for part in cell.parts:
                if isinstance(part, Token):
                    self._token(part, named, source or along, alone=len(cell.parts) == 1)

    def _cells(self, proto: ProtoRow) -> Iterator[tuple[ProtoCell, int, str | None]]:
        if self.items is None:
            yield from ((cell, cell.column - 1, None) for cell in proto.cells)
        else:
            for column in self.items.columns:
                yield self.items.prototype(proto, column), column.index, column.source

    def _token(self, token: Token, named: Mapping[str, str], source: str | None, *, alone: bool) -> None:
        match token.name:
            case "source" if source and named["source"]:
                self.labels.setdefault(source, named["source"])
            case "heading" | "title" if alone:
                self.found[token.name] = named[token.name]
            case "unit":
                self.found.setdefault("unit", named["unit"])
            case "issued":
                self.issued = named["issued"]
            case "text" if alone:
                self.texts[token.argument] = token, named[f"text_{token.argument}".replace(" ", "_")]

    def row(self, carried: Row) -> Row:
        """The row of the table of appendices."""
        row: Row = {**carried, **self.found, "key": self.stub.key, "sheet": self.grid.name}
        row["unit"] = self._unit()
        if self.stub.sources:
            row["labels"] = [self.labels.get(key) or self.stub.labels[key] for key in self.stub.sources]
        own: dict[str, str] = dict(carried.get("texts", {}))  # type: ignore[arg-type]
        unit = replace(self.stub, unit=parse_unit(str(row["unit"])), texts={})
        for name, (token, text) in self.texts.items():
            default = "".join(compose(parse(token.default), document_texts(self.told, unit), lambda _: None))
            if text and (name in own or text != default):
                own[name] = text
        row["texts"] = {name: text for name, text in own.items() if text}
        return row

    def _unit(self) -> str:
        try:
            return parse_unit(self.found["unit"]).label
        except (KeyError, ValueError):
            return self.stub.unit.label


__all__ = ["GeneratedBook", "SheetRead", "Unlike"]
