"""From the rows of an understood table to the items of a plan: what is an item, whose it is, what it costs."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budget.loading.damage import looks_like_date, lost_zero
from budget.money import Unit, convert
from budget.plan import Kind
from budget.schema import DASH
from faults import Text, cell_place
from validators.funding import Leaf, TableFunding
from validators.funding.saying import Sayings
from validators.tables.model import AppendixTable, Form, Role, Row, RowKind
from workbook.addresses import address

Key = tuple[str | None, int | None]  # source as spelt, year


@dataclass(slots=True)
class TableItem:
    """An item of the plan. `row`: of the table; 0: what a row has left that its parts do not say."""

    row: int
    number: str
    title: str
    parent: int | None
    amounts: dict[Key, Decimal | str] = field(default_factory=dict)  # in đồng, or a dash
    unread: dict[Key, str] = field(default_factory=dict)  # what is printed where nobody can read it
    proven: dict[Key, str] = field(default_factory=dict)  # what is printed where other figures prove the amount
    kind: Kind = Kind.ITEM
    id: str = ""


class TableItems:
    """The items of one table that counts, in print order, by the row of the table (rests: by a negative one)."""

    def __init__(self, funding: TableFunding) -> None:
        self.funding, self.table = funding, funding.table
        self.sayings = Sayings(self.table)
        self.items: dict[int, TableItem] = {}
        self.assumed: list[Text] = []
        self.owns_all = True  # every amount is that of an item, or of a line of one
        self._merged: list[str] = []  # the cells of amounts that were added to another one of the same axes
        self._owners = {row.index: owner for row in self.table.rows if (owner := self._owner(row)) is not None}
        for row in self.table.rows:
            if self._owners.get(row.index) == row.index:
                self.items[row.index] = TableItem(row.index, row.number, row.label, self._parent(row))
        for leaf in funding.leaves:
            self._add(leaf)
        self._tell_of_merged()
        self._add_zeros()
        self._part_rests()
        self._settle_kinds()
        self._settle_numbers()

    @property
    def keys(self) -> set[Key]:
        """Where along sources and years amounts stand."""
        return {key for item in self.items.values() for key in (*item.amounts, *item.unread)}

    @property
    def total(self) -> Decimal:
        """The sum of the items, in đồng."""
        return sum(
            (v for item in self.items.values() for v in item.amounts.values() if isinstance(v, Decimal)), Decimal(0)
        )

    def is_leaf(self, row: int, column: int) -> bool:
        """Whether an amount of an item stands in a cell."""
        return (row, column) in self._leaf_cells

    def owner(self, row: int) -> int | None:
        """The row of the item that a row is, or is a line of."""
        return self._owners.get(row)

    def _owner(self, row: Row) -> int | None:
        """The item's row: the row itself, or of a line about its money the one that it breaks down."""
        if row.kind is not RowKind.ITEM:
            return None
        if row.index in self.sayings.continued:
            return self.sayings.continued[row.index]
        said = self.sayings.at((row.index, self.table.area.right))
        each: Row | None = row
        while each is not None:
            if not each.memo and (each.number, each.label) == (said.number, said.item):
                return each.index if each.kind is RowKind.ITEM else None
            each = self.table.row_at.get(each.parent) if each.parent is not None else None
        return row.index

    def _parent(self, row: Row) -> int | None:
        """The row that an item belongs to: totals and lines are none."""
        parent = row.parent
        while parent is not None:
            above = self.table.row_at[parent]
            if self._owners.get(parent) == parent and above.kind is RowKind.ITEM:
                return parent
            parent = above.parent
        return None

    @cached_property
    def _leaf_cells(self) -> set[tuple[int, int]]:
        return {leaf.place[1:] for leaf in self.funding.leaves if leaf.place.sheet == self.table.grid.name}

    def _add(self, leaf: Leaf) -> None:
        owner = self._owners.get(leaf.place.row) if leaf.place.sheet == self.table.grid.name else None
        if owner not in self.items:
            owner, self.owns_all = None, False
        if owner is None:  # a total that nothing breaks down, or a figure of another table
            owner = next(
                (n for n, each in self.items.items() if (each.number, each.title) == (leaf.number, leaf.item)), None
            )
        if owner is None:
            owner = (
                leaf.place.row
                if leaf.place.sheet == self.table.grid.name and leaf.place.row not in self.items
                else self._free()
            )
            self.items[owner] = TableItem(owner, leaf.number, leaf.item or self._label(leaf), None)
        amounts, key = self.items[owner].amounts, (leaf.source, leaf.year)
        figure = self.table.figures.get(leaf.place[1:]) if leaf.place.sheet == self.table.grid.name else None
        if figure is not None and figure.value is None:
            self.items[owner].proven[key] = figure.printed
        before = amounts.get(key)
        if isinstance(before, Decimal):
            self._merged.append(leaf.place.address)
        amounts[key] = leaf.amount + before if isinstance(before, Decimal) else leaf.amount

    def _tell_of_merged(self) -> None:
        if self._merged:
            count, first = len(self._merged), cell_place(self.table.grid.name, self._merged[0])
            self.assumed.append(
                Text(
                    f"{count} số được cộng vào số khác cùng hạng mục, nguồn và năm (số đầu ở {first.vi})",
                    f"{count} amounts were added to others of the same item, source and year (the first: {first.en})",
                )
            )

    def lines_left_out(self) -> Iterator[Row]:
        """The rows with amounts that are no item, no total, and hold no amount of the plan."""
        columns = [column.index for column in self.table.amounts]
        used = {row for row, _ in self._leaf_cells}
        for row in self.table.rows:
            filled = any(self.table.value(row.index, column) for column in columns)
            if filled and row.kind is not RowKind.TOTAL and row.index not in used and row.index not in self.items:
                yield row

    def _label(self, leaf: Leaf) -> str:
        row = self.table.row_at.get(leaf.place.row)
        return (row.label if row else "") or leaf.place.sheet

    def _free(self) -> int:
        return min(0, *self.items) - 1 if self.items else -1

    def _add_zeros(self) -> None:
        """Zeros, dashes and damaged figures where leaves could stand: a dash is not nothing."""
        columns = {column for _, column in self._leaf_cells}
        broken_down = {owner for row, _ in self._leaf_cells if (owner := self._owners.get(row)) not in (None, row)}
        stated = {owner for row, _ in self._leaf_cells if (owner := self._owners.get(row)) is not None}
        parents = {item.parent for item in self.items.values()}
        unread = {place[1:] for place in self.funding.unread}
        for (row, column), figure in self.table.figures.items():
            owner = self._owners.get(row)
            if owner not in self.items or column not in columns or (row, column) in self._leaf_cells:
                continue
            if (owner in parents and owner not in stated) or (row == owner and owner in broken_down):
                continue  # a sum that comes to nothing
            said = self.sayings.at((row, column))
            item, key = self.items[owner], (said.source, said.year)
            if (row, column) in unread:
                item.unread[key] = figure.printed or str(self.table.grid.value(row, column))
            elif key not in item.amounts and (figure.form is Form.DASH or figure.value == 0):
                item.amounts[key] = DASH if figure.form is Form.DASH else Decimal(0)

    def _part_rests(self) -> None:
        """What a row has left beside its parts becomes a part of its own where a part stands at the same axis."""
        below: dict[int | None, set[Key]] = defaultdict(set)
        for number in reversed(list(self.items)):
            item = self.items[number]
            for key in below[number] & set(item.amounts):
                if not item.amounts[key] or item.amounts[key] == DASH:
                    del item.amounts[key]
                    continue
                rest = next((n for n, each in self.items.items() if n < 0 and each.parent == number), None)
                if rest is None:
                    rest = self._free()
                    self.items[rest] = TableItem(rest, "", f"(Phần chưa chia của: {item.title})", number)
                    self.assumed.append(
                        Text(
                            f"“{item.title}”: phần chưa chia thành một dòng",
                            f"“{item.title}”: its rest is a row of its own",
                        )
                    )
                self.items[rest].amounts[key] = item.amounts.pop(key)
            stating = {key for key, value in item.amounts.items() if isinstance(value, Decimal)}
            below[item.parent] |= below[number] | stating
        self.items = {item.row: item for item in self._in_order(None)}

    def _in_order(self, parent: int | None) -> Iterator[TableItem]:
        """The items in print order, children behind their parents."""
        children: dict[int | None, list[TableItem]] = defaultdict(list)
        for item in self.items.values():
            children[item.parent if item.parent in self.items else None].append(item)
        pending = sorted(children[parent], key=_printed, reverse=True)
        while pending:
            item = pending.pop()
            yield item
            pending += sorted(children[item.row], key=_printed, reverse=True)

    def _settle_kinds(self) -> None:
        """A row with parts is a group, or where it has amounts of its own an item with sub-items."""
        parents = {item.parent for item in self.items.values()}
        for item in self.items.values():
            above = self.items[item.parent].kind if item.parent in self.items else None
            if item.row in parents and not item.amounts and not item.unread and above in {None, Kind.GROUP}:
                item.kind = Kind.GROUP
            else:
                item.kind = Kind.ITEM if above in {None, Kind.GROUP} else Kind.SUBITEM

    def _settle_numbers(self) -> None:
        """Each number once among siblings; a bullet is part of the wording."""
        seen: dict[int | None, dict[str, None]] = defaultdict(dict)
        for item in self.items.values():
            among = seen[item.parent]
            if item.number and (not re.search(r"\w", item.number) or looks_like_date(item.number)):
                item.title, item.number = f"{item.number} {item.title}", ""
            elif item.number:
                last = next(reversed(among), "")
                item.number = lost_zero(item.number, last, among) or item.number
                if item.number in among:
                    self.assumed.append(
                        Text(
                            f"số thứ tự “{item.number}” có hai lần; bỏ ở “{item.title}”",
                            f"the number “{item.number}” stands twice; left out at “{item.title}”",
                        )
                    )
                    item.number = ""
                else:
                    among[item.number] = None


def in_unit(amount: Decimal | str, unit: Unit) -> Decimal | str:
    """An amount in đồng as the appendix states it; a dash stays one."""
    return convert(amount, Unit.DONG, unit) if isinstance(amount, Decimal) else amount


def slug(text: str) -> str:
    """A text as the code of a plan: small letters without marks, digits and hyphens; it begins with a letter."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    joined = re.sub(r"[^a-z0-9]+", "-", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip(
        "-"
    )
    return joined if joined[:1].isalpha() else f"n-{joined}".strip("-")


def field_columns(table: AppendixTable) -> Mapping[str, int]:
    """The columns of a table that a plan has fields for, by the field."""
    found: dict[str, int] = {}
    for column in table.columns:
        name = _FIELDS.get(column.role)
        if name == "agency" and ("agency" in found or re.search("phối hợp", column.heading, re.IGNORECASE)):
            name = "partners"
        if name:
            found.setdefault(name, column.index)
    return found


def where(table: AppendixTable) -> Text:
    """A table, as people name it."""
    return cell_place(table.grid.name, address(table.area.top, table.area.left))


def of_table(table: AppendixTable) -> Text:
    """What is said of a table begins with it."""
    here = where(table)
    return Text(f"bảng ở {here.vi}", f"the table at {here.en}")


_FIELDS = {
    Role.START: "start",
    Role.END: "end",
    Role.SCHEDULE: "schedule",
    Role.MEASURE: "measure_unit",
    Role.QUANTITY: "quantity",
    Role.AGENCY: "agency",
    Role.OBJECTIVE: "objective",
    Role.NOTE: "note",
}


def _printed(item: TableItem) -> tuple[bool, int]:
    return item.row < 0, abs(item.row)


__all__ = ["Key", "TableItem", "TableItems", "field_columns", "in_unit", "of_table", "slug", "where"]
