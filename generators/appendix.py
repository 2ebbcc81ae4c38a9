"""Writes an appendix of items: rows along the plan, columns along years and sources."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from budget.expression import around
from budget.figures import FigureKey
from budget.money import Unit
from budget.numbers import format_number
from budget.plan import Estimate, Item, Kind, Status
from generators.counting import Counting, mark_failures, show_decimals
from generators.factors import FactorArea, amount_formula, put_price, put_quantity, widest
from generators.formulas import HELPERS, SUMS, Figuring, Formula, Leaf, address
from generators.labels import is_integral, is_whole, leaf_note
from generators.layout import Column, Layout, Row
from generators.merges import merged_spans
from generators.registry import Registry, in_unit
from generators.sheet import FormSheet
from generators.spoken import Spoken
from generators.tokens import Token
from generators.wording import as_formula, compose, document_texts, next_number, printed

if TYPE_CHECKING:
    from generators.forms import ProtoCell

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
#: Texts and references that name their sheet stay as they are; group 1 is an address, or a range, of this sheet.
_ADDRESS = re.compile(rf'"[^"]*"|\'(?:[^\']|\'\')*\'!{_CELL}(?::{_CELL})?|\b[A-Z]+\(|({_CELL}(?::{_CELL})?)')
PLAIN = ("number", "start", "end", "schedule", "measure_unit", "agency", "partners", "objective", "note")
LEVEL = {Kind.GROUP: 0, Kind.ITEM: 1, Kind.SUBITEM: 2}
HELPER_HEADS = ("Mã dòng", "Thuộc", "Nguồn", "Loại")


class AppendixWriter:
    """Writes one laid-out appendix."""

    def __init__(self, layout: Layout, sheet: FormSheet, registry: Registry, spoken: Spoken) -> None:
        self.layout, self.sheet, self.registry, self.spoken = layout, sheet, registry, spoken
        self.figuring = Figuring(layout, registry)
        self.texts = document_texts(layout.plan, layout.appendix)
        self.items = layout.plan.items_of(layout.appendix.key)
        self.inline = {e.item: e for e in layout.plan.estimates if e.appendix is None}
        self._sources = {s.key: s.name for s in layout.plan.sources}
        self._own_leaves: list[tuple[int, int]] = []
        self._summing: set[int] = set()
        self.counting = Counting(layout, self._own_leaves, self._summing)
        self._text_cells: dict[tuple[int, int], str] = {}
        self._first_level = min((LEVEL[item.kind] for item in self.items), default=0)

    @cached_property
    def area(self) -> FactorArea | None:
        """Where the factors of costings inside titles stand; None if the appendix has none."""
        mine = [self.inline[item.id] for item in self.items if item.id in self.inline]
        if not mine:
            return None
        return FactorArea(len(self.layout.columns) + 2 + len(HELPERS), widest(line for e in mine for line in e.lines))

    def register(self) -> None:
        """Tells the registry where this appendix's figures and costings will stand."""
        name = self.layout.appendix.sheet
        if not self.layout.appendix.summarises:
            self.registry.owners[self.layout.appendix.key] = lambda key: self.outside(self.figuring.reference(key))
        if self.area:
            for item in self.items:
                if item.id in self.inline:
                    row = self.layout.row_of[item.id, None].index
                    self.registry.estimates[self.inline[item.id].id] = (name, address((row, self.area.amount)))

    def write(self) -> None:
        """Writes every cell, then merges, helper columns, page set-up."""
        self.sheet.set_up([column.proto.column for column in self.layout.columns])
        self._widen()
        self.sheet.whole = all(is_integral(self.layout.figures[key]) for key in self.layout.cells)
        for row in self.layout.rows:
            if row.proto.height:
                self.sheet.sheet.row_dimensions[row.index].height = row.proto.height
            for column in self.layout.columns:
                self._cell(row, column, row.proto.cells[column.proto.column - 2])
            self._outline(row)
        for span in merged_spans(self.layout):
            self.sheet.merge(*span)
        self.sheet.fit_rows(self._text_cells)
        self._helpers()
        mark_failures(self.sheet, self.counting)
        show_decimals(self.sheet, self.layout.cells.values())
        headers = self.layout.of_role("header")
        frozen = 2 if len(self.layout.columns) > 3 else 0
        self.sheet.finish(self.layout.rows[-1].index, (headers[0].index, headers[-1].index), frozen)

    def _widen(self) -> None:
        """Makes each column of figures wide enough for its grand total, the largest figure that it holds."""
        for column in self.layout.columns:
            key = self.counting.total_key(column)
            place = self.layout.cells.get(key)
            if place and place[1] == column.index:
                self.sheet.widen(column.index, format_number(self.layout.figures[key]))

    def _cell(self, row: Row, column: Column, cell: ProtoCell) -> None:
        proto = (cell.row, cell.column)
        key = self.layout.keys.get((row.index, column.index))
        if key is not None and self.layout.cells[key] == (row.index, column.index):
            self._figure(row, column, proto, key)
            return
        if key is not None:
            self._again(row, column, proto, self.layout.cells[key])
            return
        pieces = self._pieces(row, column, cell)
        formula, shown = as_formula(pieces), printed(pieces)
        if formula:
            self.sheet.put_formula(row.index, column.index, proto, formula)
        else:
            self.sheet.put(row.index, column.index, proto, self._plain(row, cell, shown), is_input=True)
        if shown:
            self._text_cells[row.index, column.index] = shown

    def _again(self, row: Row, column: Column, proto: tuple[int, int], first: tuple[int, int]) -> None:
        """A further cell of a figure: part of the span that shows it, or a second place that shows it too."""
        if first[0] == row.index and self.layout.columns[first[1] - 1].proto is column.proto:
            self.sheet.put(row.index, column.index, proto, None)
        else:
            self.sheet.put_formula(row.index, column.index, proto, address(first))

    def _figure(self, row: Row, column: Column, proto: tuple[int, int], key: FigureKey) -> None:
        content = self.figuring.content(key)
        place = (row.index, column.index)
        if isinstance(content, Formula):
            self.sheet.put_formula(*place, proto, content.text)
            if content.sums_rows:
                self._summing.add(row.index)
            return
        self._leaf(row, column, proto, content)

    def _leaf(self, row: Row, column: Column, proto: tuple[int, int], leaf: Leaf) -> None:
        amount = leaf.amount
        value = amount.value if amount else None
        dash = amount is not None and value is None and amount.status is Status.STATED
        cell = self.sheet.put(row.index, column.index, proto, "-" if dash else value, is_input=True)
        if row.item and self.layout.children.get(row.item.id) and amount:
            self._own_leaves.append((row.index, column.index))
        if amount and (amount.status is not Status.STATED or amount.printed):
            self.sheet.note(cell, leaf_note(amount))

    def _plain(self, row: Row, cell: ProtoCell, text: str) -> object:
        """Whole numbers among the labels ("1", "2021") are numbers, so that Excel does not mark them as text."""
        if cell.parts and isinstance(cell.parts[0], Token) and len(cell.parts) == 1:
            name = cell.parts[0].name
            if name == "quantity" and row.item and row.item.quantity is not None:
                return row.item.quantity
            if name in {"number", "start", "end", "year", "index", "next_number"} and is_whole(text):
                return int(text)
        return text or None

    def _pieces(self, row: Row, column: Column, cell: ProtoCell) -> list[str]:
        if not cell.parts:
            return []
        holds_title = any(isinstance(part, Token) and part.name == "content" for part in cell.parts)
        if holds_title and row.item and row.item.id in self.inline and self.area:
            return self._title_with_costing(row, row.item, self.inline[row.item.id], self.area)
        return compose(cell.parts, self.texts | self._row_texts(row, column), lambda token: self._live(token, row))

    def _row_texts(self, row: Row, column: Column) -> dict[str, str]:
        texts: dict[str, str] = {"year": str(column.year or ""), "index": str(row.ordinal)}
        source = row.source or column.source
        if source:
            texts["source_name"] = self._sources[source]
            texts["source"] = self.layout.appendix.labels.get(source) or self._sources[source]
        item = row.item
        if item and row.source is None:
            for name in PLAIN:
                texts[name] = "" if name in item.spans else getattr(item, name)
            texts["content"] = item.title
        if row.proto.role == "total":
            top = self.layout.children[None]
            texts["next_number"] = next_number([item.number for item in top], row.ordinal)
        return texts

    def _live(self, token: Token, row: Row) -> str | None:
        item = row.item.id if row.item else None
        key = FigureKey(self.layout.figured, item, row.source)
        match token.name:
            case "share":
                whole = self.figuring.reference(key._replace(source=None))
                return f'IF({whole}=0,"…",ROUND({self.figuring.reference(key)}/{whole}*100,0))&"%"'
            case "words" | "Words":
                term = self.outside(self.figuring.reference(key))
                small, capital = self.spoken.line(term, self.layout.appendix.unit, self.layout.appendix.words)
                return small if token.name == "words" else capital
            case "dong":
                term = in_unit(f"({self.figuring.reference(key)})", self.layout.appendix.unit, Unit.DONG)
                return f'SUBSTITUTE(FIXED({term},0),",",".")'
            case _:
                return None

    def outside(self, formula: str) -> str:
        """A formula of this sheet as another sheet must write it: every address names the sheet."""
        return _ADDRESS.sub(lambda found: f"{self.sheet.quoted}!{found[1]}" if found[1] else found[0], formula)

    def _title_with_costing(self, row: Row, item: Item, estimate: Estimate, area: FactorArea) -> list[str]:
        """The title with its cost expression built from factor cells, which stand beside the print area."""
        (line,) = estimate.lines
        assert line.quantity is not None  # the loader demands both
        assert line.unit_price is not None
        quantities, quantity_pieces = put_quantity(self.sheet, area, row.index, line.quantity)
        price, price_pieces = put_price(self.sheet, area, row.index, line.unit_price)
        amount = amount_formula(quantities, price, line, line.quantity, estimate.unit)
        self.sheet.put_helper_formula(row.index, area.amount, amount)
        before, after = around(item.title, f"{line.quantity} x {line.unit_price}") or (item.title, "")
        return [piece for piece in (before, *quantity_pieces, " x ", *price_pieces, after) if piece]

    def _outline(self, row: Row) -> None:
        if row.item:
            level = LEVEL[row.item.kind] + (1 if row.source else 0)
            if level > self._first_level:
                self.sheet.sheet.row_dimensions[row.index].outlineLevel = level - self._first_level

    def _helpers(self) -> None:
        first = len(self.layout.columns) + 2
        head = self.layout.of_role("header")[-1].index
        heads = (*HELPER_HEADS, *(self.area.heads if self.area else ()))
        for column, text in enumerate(heads, first):
            self.sheet.put_helper(head, column, text)
        for row in self.layout.rows:
            if row.item:
                for column, name in enumerate(HELPERS[:-1], first):
                    self.sheet.put_helper(row.index, column, self.figuring.helper(row.index, name))
                if row.index in self._summing:
                    self.sheet.put_helper(row.index, first + len(HELPERS) - 1, SUMS)
        self.sheet.helper_columns(first, [14] * len(HELPERS), folded=True)
        if self.area:
            self.sheet.helper_columns(self.area.first, [11] * len(self.area.heads), folded=False)
