"""From the rows of a generated sheet to the items of a plan: the tree, the texts, the leaves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget.plan import Axis, Control, Kind
from budget.schema import DASH, SPAN, SPANNING, amount_key
from budget.tables import Cell, Row
from faults import InputFault, Text, cell_place, row_place
from generators.appendix import LEVEL
from generators.carried import fields_of_items
from generators.formulas import TOTAL
from revisions.reading.carry import Carried
from revisions.reading.gathering import Claim, Gathered
from revisions.reading.item_sheet import Entry, ItemSheet, Key, Line, Malformed, stated
from revisions.reading.templates import text_of
from validators.grid import GridCell
from workbook.addresses import address

_NAMELESS = "(chưa có tên)"
_BELONGS = ("xếp vào dòng mà nó đứng dưới", "belongs to the row that it stands below")
_TYPED = "them"  # how the codes of rows begin that bear none


@dataclass(slots=True)
class Found:
    """An item on its way into the plan. `origin`: the code that its helper cell names, "" where it has none."""

    entry: Entry
    id: str
    kind: Kind
    parent: str | None
    origin: str
    amounts: dict[Key, Decimal | str] = field(default_factory=dict)
    first: bool = True  # of the rows that bear the code


class ItemRows:
    """Reads the items of one sheet. `costed`: the codes of items that have a costing."""

    def __init__(self, sheet: ItemSheet, carried: Carried, gathered: Gathered, costed: set[str]) -> None:
        self.sheet, self.carried, self.gathered, self.costed = sheet, carried, gathered, costed
        self.found: list[Found] = []
        self._path: list[Found] = []  # the rows that a next one may belong to, outermost first
        self._origins: set[str] = set()

    def read(self) -> list[Found]:
        """The items from the top, and their rows into the tables."""
        for entry in self.sheet.entries():
            self.found.append(self._placed(entry))
        self._take_amounts()
        for proto, place, source in self.sheet.outer():
            for key, column in self.sheet.figure_cells(proto, source) if proto.role.startswith("total") else ():
                self._claim(None, key, place, column)
        numbers: dict[str | None, set[str]] = defaultdict(set)
        for each in self.found:
            row = self._row(each)
            number = text_of(row.get("number"))  # type: ignore[arg-type]
            if number and number in numbers[each.parent]:
                self._assume(each, f"số thứ tự “{number}” có hai lần, dòng sau để trống",
                             f"the number “{number}” stands twice, the later row is without")  # fmt: skip
                shown = self.sheet.cell_of(self.sheet.form.one(each.kind), "number")
                self.gathered.told.add((self.sheet.grid.name, each.entry.row, shown.index if shown else 0))
                del row["number"]
            numbers[each.parent].add(number)
            self.gathered.add("items", row, row_place(self.sheet.grid.name, each.entry.row))
        return self.found

    def _assume(self, each: Found, vi: str, en: str) -> None:
        place = row_place(self.sheet.grid.name, each.entry.row)
        self.gathered.assumed.append(Text(f"{place.vi}: {vi}", f"{place.en}: {en}"))

    def _placed(self, entry: Entry) -> Found:
        """The item with its code, its kind and the row that it belongs to."""
        known, first = entry.id in self.carried.of("items"), entry.id not in self._origins
        self._origins.add(entry.id)
        code = entry.id if known and first else self.carried.take(entry.id or _TYPED)
        parent = self._parent_named(entry)
        kind = Kind(str(self.carried.row("items", entry.id)["kind"])) if known else self._kind_like(entry, parent)
        each = Found(entry, code, kind, None, entry.id, first=first)
        if parent is None and entry.parent != TOTAL:
            parent = next((other for other in reversed(self._path) if LEVEL[other.kind] < LEVEL[kind]), None)
            self._assume(each, *_BELONGS)
        each.parent = parent.id if parent else None
        while self._path and self._path[-1] is not parent:
            self._path.pop()
        self._path.append(each)
        return each

    def _parent_named(self, entry: Entry) -> Found | None:
        """The open row that the helper cell names; None where that row stands elsewhere by now."""
        return next((each for each in reversed(self._path) if entry.parent and each.origin == entry.parent), None)

    def _kind_like(self, entry: Entry, parent: Found | None) -> Kind:
        """The kind of a row that nothing is carried of: that of its siblings, or of a row below a group."""
        like = next((each.kind for each in self.found if entry.parent and each.entry.parent == entry.parent), None)
        if like:
            return like
        owner = parent or (self._path[-1] if self._path else None)
        if owner is None:
            return Kind.ITEM
        if parent is None and owner.kind is not Kind.GROUP:
            return owner.kind
        return Kind.ITEM if owner.kind is Kind.GROUP else Kind.SUBITEM

    def _row(self, each: Found) -> Row:
        """The row of the items table: what is carried of it, then what its cells show."""
        sheet, proto = self.sheet, self.sheet.form.one(each.kind)
        carried = self.carried.row("items", each.origin) if each.first else {}
        row: dict[str, Cell | None] = {**carried, "id": each.id, "appendix": sheet.appendix.key, "parent": each.parent}
        row["kind"] = each.kind.value
        for name in fields_of_items(sheet.form, each.kind) - {"amount"}:
            column = sheet.cell_of(proto, "content" if name == "title" else name)
            if column is None:
                continue
            if name in SPANNING and sheet.goes_on(each.entry.row, column.index) and each is not self.found[0]:
                row[name] = SPAN
            else:
                row[name] = self._shown(each, name, sheet.grid.cell(each.entry.row, column.index))
        if not row.get("title"):
            row["title"] = _NAMELESS
            self._assume(each, "chưa có nội dung", "it has no wording yet")
        row |= {amount_key(Axis(*key)): value for key, value in each.amounts.items()}
        return {key: cell for key, cell in row.items() if cell is not None}

    def _shown(self, each: Found, name: str, cell: GridCell | None) -> Cell | None:
        """A cell as its column of the table takes it."""
        if cell is not None and cell.value is None and cell.formula:
            raise InputFault(
                Text("công thức chưa có giá trị", "the formula has no value"),
                file=self.gathered.file,
                place=row_place(self.sheet.grid.name, each.entry.row),
                found=cell.formula,
                expected=Text("mở tệp trong Excel rồi lưu lại", "a file opened and saved in Excel"),
            )
        if cell is None or cell.value is None:
            return None
        if name == "quantity":
            if isinstance(cell.value, Decimal):
                return cell.value
            self.gathered.left_out.append(self._said(each.entry.row, cell, "không phải một số", "is no number"))
            return None
        if isinstance(cell.value, date) and name == "number":
            self.gathered.left_out.append(
                self._said(each.entry.row, cell, "là ngày, không phải số thứ tự", "is a date")
            )
            return None
        return text_of(cell.value)

    def _said(self, row: int, cell: GridCell, vi: str, en: str) -> Text:
        place, text = row_place(self.sheet.grid.name, row), text_of(cell.value)
        return Text(f"{place.vi}: “{text}” {vi}", f"{place.en}: “{text}” {en}")

    def _take_amounts(self) -> None:
        """The leaves of all items, from the bottom: a row states none where a row below it does."""
        below: dict[str | None, set[Key]] = defaultdict(set)
        parents = {each.parent for each in self.found}
        for each in reversed(self.found):
            under = below[each.id]
            for line in each.entry.lines:
                proto = self.sheet.proto(each.kind, line.source)
                for key, column in self.sheet.figure_cells(proto, line.source):
                    if self.sheet.is_full(key) and key not in under:
                        self._take(each, line, key, column, is_parent=each.id in parents)
                    else:
                        self._claim(each.id, key, line.row, column)
            stating = {key for key, value in each.amounts.items() if value != DASH}
            if not each.amounts and self._is_given(each):
                stating = {(None, None)}
            below[each.parent] |= under | stating

    def _is_given(self, each: Found) -> bool:
        appendix = self.sheet.appendix
        return each.origin in self.costed and not appendix.sources and not appendix.years

    def _take(self, each: Found, line: Line, key: Key, column: int, *, is_parent: bool) -> None:
        """A leaf, where the cell states one and does not follow from others."""
        cell, value = self._stated(line.row, column)
        if value is None or cell is None:
            return
        follows = self.sheet.sums(line.row) or self._is_given(each) or (is_parent and not value)
        if cell.formula is None or not follows:
            each.amounts[key] = value

    def _claim(self, item: str | None, key: Key, row: int, column: int) -> None:
        """A total that somebody has typed over."""
        cell, value = self._stated(row, column)
        if cell is not None and cell.formula is None and isinstance(value, Decimal):
            appendix = self.sheet.appendix
            control = Control(appendix.key, value, appendix.unit, Axis(*key), item)
            place = cell_place(self.sheet.grid.name, address(row, column))
            self.gathered.claims.append(Claim(control, place))
            self.gathered.told.add((self.sheet.grid.name, row, column))

    def _stated(self, row: int, column: int) -> tuple[GridCell | None, Decimal | str | None]:
        cell = self.sheet.grid.cell(row, column)
        try:
            return cell, stated(cell)
        except Malformed as fault:
            place = cell_place(self.sheet.grid.name, address(row, column))
            self.gathered.left_out.append(
                Text(f"{place.vi}: “{fault.text}” {fault.reason.vi}", f"{place.en}: “{fault.text}” {fault.reason.en}")
            )
            self.gathered.told.add((self.sheet.grid.name, row, column))
            return cell, None
