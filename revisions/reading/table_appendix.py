"""A table that anybody made becomes an appendix on the form that has its axes, and most of its columns."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from budget.money import Unit
from budget.numbers import number_text
from budget.plan import Axis, Kind, Status
from budget.schema import SPAN, SPANNING, amount_key
from budget.tables import Cell, Row
from faults import Text, cell_place, row_place
from generators.carried import fields_of_items
from generators.forms import load_form
from generators.tokens import sole_token
from revisions.reading.documents import Around, around, period_in
from revisions.reading.shared import Shared
from revisions.reading.table_axes import TableAxes
from revisions.reading.table_costings import TableCostings
from revisions.reading.table_items import TableItem, TableItems, field_columns, in_unit, of_table, slug, where
from revisions.reading.table_totals import TableTotals
from revisions.reading.templates import text_of
from validators.funding import TableFunding
from validators.tables.model import Form, Role
from validators.tables.wording import is_ditto
from validators.tables.words import words_in
from workbook.addresses import address, column_letters

_TITLE = "(Tên phụ lục)"
_COUNTED, _TOLD = "items-quantities", "groups-agencies"  # forms of sources: which columns they have besides
_MULTIPLIED = {"quantity", "measure_unit"}
_REASONS = {
    Status.UNREADABLE: "Số viết trong tệp không đọc được",
    Status.PROVEN: "Số viết trong tệp không đọc được; các số khác của bảng cho ra số này",
}


class AppendixRead:
    """One table on its way into an appendix."""

    def __init__(self, funding: TableFunding, shared: Shared) -> None:
        self.funding, self.table, self.shared = funding, funding.table, shared
        self.gathered = shared.gathered
        self.around: Around = around(self.table, shared.checked.tables)
        self.items = TableItems(funding)
        stated = {column.unit for column in self.table.amounts}
        self.unit = (stated.pop() if len(stated) == 1 else None) or self.table.unit or Unit.DONG
        self.fields = field_columns(self.table)
        self.axes = TableAxes(self.items, shared, period_in([self.around.title]))
        self.costings = TableCostings(self.items, self.axes, shared, self.unit)
        self.key = ""
        self.costed: set[tuple[int, int | None]] = set()  # items, by row, that other tables cost, and the year of each
        self._unprinted: set[str] = set()  # the fields that the plan holds and its form does not print

    @cached_property
    def totals(self) -> TableTotals:
        """The totals that the table states, once the appendix has its key."""
        return TableTotals(self.key, self.unit, self.items, self.axes, self.shared)

    @property
    def title(self) -> str:
        """The title above the table, or the name of its sheet."""
        return self.around.title or self.table.grid.name or _TITLE

    @cached_property
    def form(self) -> str:
        """The form that has the axes of the table, and most of its columns."""
        if self.axes.with_years:
            lines = any(self.items.owner(leaf.place.row) != leaf.place.row for leaf in self.funding.leaves)
            return "groups-sources-years" if lines else "items-years-sources"
        if self.axes.with_sources:
            fields = set(self.fields) - (_MULTIPLIED if self.costings.lines else set())
            counted, told = (len(fields & fields_of_items(load_form(form), "item")) for form in (_COUNTED, _TOLD))
            return _COUNTED if counted >= max(told, 1) else _TOLD
        return "items-total"

    def write(self, number: int, *, alone: bool) -> None:
        """The rows of the appendix and its items, and what is said of the reading."""
        self.key = "phu-luc" if alone else f"phu-luc-{number}"
        texts = {"note": self.around.note} if self.around.note and self.form == "groups-agencies" else {}
        others = self.around.others + ([self.around.note] if self.around.note and not texts else [])
        row: dict[str, Cell | None] = {
            "key": self.key,
            "form": self.form,
            "sheet": self.shared.sheet(self.table.grid.name),
            "heading": self.around.heading,
            "title": self.title,
            "unit": self.unit.label,
            "sources": list(self.axes.sources),
            "years": self.axes.with_years,
            "texts": dict(texts),
        }
        self.gathered.add("appendices", row, where(self.table))
        for item in self.items.items.values():
            self._item(item)
        self.totals.claim()
        self.totals.say(self.around)
        self.costings.write(self.key)
        self._tell(others)

    def _item(self, item: TableItem) -> None:
        above = self.items.items.get(item.parent) if item.parent is not None else None
        path = f"{above.id if above else self.key}-{slug(item.number) if item.number else item.row}"
        item.id = self.shared.codes.take(path.replace("-n-", "-").replace("--", "-"))
        row: dict[str, Cell | None] = {
            "id": item.id,
            "appendix": self.key,
            "parent": above.id if above else None,
            "kind": self._kind(item).value,
            "number": item.number,
            "title": item.title or "(không có nội dung)",
        }
        row |= self._texts(item)
        summed: dict[Axis, Decimal | str] = {}
        for (source, year), amount in item.amounts.items():
            axis, value = self.axes.axis(source, year), in_unit(amount, self.unit)
            before = summed.get(axis)
            both = isinstance(before, Decimal) and isinstance(value, Decimal)
            summed[axis] = before + value if both else value if not isinstance(before, Decimal) else before  # type: ignore[operator]
        if not self.costings.gives(item):
            row |= {amount_key(axis): value for axis, value in summed.items()}
        place = row_place(self.table.grid.name, max(item.row, 1))
        self.gathered.add("items", row, place)
        for (source, year), printed in item.unread.items():
            self._unread(item, self.axes.axis(source, year), printed, place, summed)
        for (source, year), printed in item.proven.items():
            self._reading(item, self.axes.axis(source, year), Status.PROVEN, printed, place)
            vi, en = f"số “{printed}” viết sai, lấy theo các số khác", f"“{printed}” is no number; the others prove it"
            self.gathered.assumed.append(Text(f"{place.vi}: {vi}", f"{place.en}: {en}"))

    def _kind(self, item: TableItem) -> Kind:
        """The kind of row: where nothing is numbered, what stands among groups in their looks is one of them, or it
        would be taken for a part of the one above it.
        """
        if self.form == "groups-sources-years":
            return Kind.GROUP if item.kind is Kind.GROUP else Kind.ITEM
        row = self.table.row_at.get(item.row)
        alike = row is not None and row.bold and not item.number and item.kind is Kind.ITEM
        among = alike and item.parent in self._with_groups and self._groups_have_amounts
        return Kind.GROUP if among else item.kind

    @cached_property
    def _with_groups(self) -> set[int | None]:
        """The rows that groups lie below."""
        return {item.parent for item in self.items.items.values() if item.kind is Kind.GROUP}

    @cached_property
    def _groups_have_amounts(self) -> bool:
        cells = [cell for row in load_form(self.form).having("group") for cell in row.cells]
        return any(token.name == "amount" for cell in cells if (token := sole_token(cell)) is not None)

    def _unread(
        self, item: TableItem, axis: Axis, printed: str, place: Text, summed: dict[Axis, Decimal | str]
    ) -> None:
        self.gathered.left_out.append(
            Text(f"{place.vi}: số “{printed}” không đọc được", f"{place.en}: “{printed}” cannot be read")
        )
        if axis not in summed:
            self._reading(item, axis, Status.UNREADABLE, printed, place)

    def _reading(self, item: TableItem, axis: Axis, status: Status, printed: str, place: Text) -> None:
        row: dict[str, Cell | None] = {
            "item": self.costings.line_id(item) if self.costings.gives(item) else item.id,
            "source": axis.source,
            "year": None if axis.year is None else Decimal(axis.year),
            "status": status.value,
            "printed": printed,
            "reason": _REASONS[status],
        }
        self.gathered.add("readings", row, place)

    def _texts(self, item: TableItem) -> Row:
        """The columns beside the amounts, but for what the costing of the item says and the form has no place for."""
        found: Row = {}
        shown = fields_of_items(load_form(self.form), "item")
        for name, column in self.fields.items() if item.row > 0 else ():
            value = self._text(item, name, column)
            if name not in shown and self.costings.holds(item, column, str(value)):
                continue
            found[name] = value
            if name not in shown and value:
                self._unprinted.add(name)
        return found

    def _text(self, item: TableItem, name: str, column: int) -> str | Decimal:
        """What stands in a column beside the amounts."""
        area = self.table.grid.merge_at(item.row, column)
        value = self.table.grid.value(area.top, area.left) if area else self.table.grid.value(item.row, column)
        if area is not None and area.left != column:  # a heading across the table
            return ""
        if name == "quantity":
            figure = self.table.figures.get((area.top, column) if area else (item.row, column))
            if figure is not None and figure.value is not None:
                return "" if figure.form is Form.DASH else figure.value
            if text_of(value):
                self._leave(item.row, column, text_of(value))
            return ""
        if area is not None and area.top < item.row and name in SPANNING and item is not self._first:
            return SPAN
        text = text_of(value)
        return words_in(self.table, column).get(item.row, "") if is_ditto(text) else text

    @property
    def _first(self) -> TableItem:
        return next(iter(self.items.items.values()))

    def _leave(self, row: int, column: int, text: str) -> None:
        place = cell_place(self.table.grid.name, address(row, column))
        self.gathered.left_out.append(Text(f"{place.vi}: “{text}”", f"{place.en}: “{text}”"))

    def _assume(self, vi: str, en: str) -> None:
        self.shared.assume(of_table(self.table), vi, en)

    def _tell(self, others: list[str]) -> None:
        """What a plan does not carry of the table, and what was decided."""
        if self.table.unit is None:
            self._assume("không nêu đơn vị tính, coi là đồng", "no unit is stated: đồng")
        if not self.axes.period and any(year is not None for _, year in self.items.keys):
            self._assume(
                "có số tiền không nêu năm, nên cộng các năm lại", "some amounts name no year: years are summed"
            )
        if not self.around.title:
            self._assume("không thấy tiêu đề, lấy tên trang", "no title was found: the name of the sheet")
        if not self.items.owns_all:
            self._assume(
                "có số tiền không thuộc hạng mục nào, thành hạng mục riêng",
                "some amounts belong to no item and are items of their own",
            )
        self.gathered.assumed += self.items.assumed
        self._tell_of_columns()
        self._tell_of_rows()
        for text in others:
            self.shared.leave_text(text)
        difference = self.items.total - self.funding.total
        if difference:
            self.gathered.left_out.append(Text(f"lệch {difference} đồng so với bảng", f"{difference} đồng are missing"))

    def _tell_of_rows(self) -> None:
        """The rows that divide amounts once more, which no plan has room for, with their figures."""
        for row in self.items.lines_left_out():
            if self.totals.is_shown_again(row):
                continue
            figures = [self.table.value(row.index, column.index) for column in self.table.amounts]
            shown = [number_text(figure) for figure in figures if figure]
            vi, en = "; ".join(text.vi for text in shown), "; ".join(text.en for text in shown)
            self.shared.leave(
                row_place(self.table.grid.name, row.index),
                f"“{row.label}” ({vi}) là cách chia thêm, không giữ",
                f"“{row.label}” ({en}) is a further breakdown, not kept",
            )

    def _tell_of_columns(self) -> None:
        """The columns that no plan has room for, and those that it holds and its form does not print."""
        kept = {*self.fields.values(), *self.costings.kept, *(column.index for column in self.table.amounts)}
        kept |= {column.index for column in [self.items.sayings.source_column] if column}
        left = list(self.funding.left_out)
        left += [c for c in self.table.columns if c.index not in kept and c.role not in {Role.NUMBER, Role.CONTENT}]
        for column in left:
            name = f"{column_letters(column.index)} “{column.heading}”"
            self.shared.leave(of_table(self.table), f"cột {name}", f"column {name}")
        for name in sorted(self._unprinted):
            heading = self.table.column_at[self.fields[name]].heading
            self._assume(
                f"cột “{heading}” giữ trong kế hoạch, biểu mẫu {self.form} không in",
                f"the column “{heading}” is kept in the plan; the form {self.form} does not print it",
            )
