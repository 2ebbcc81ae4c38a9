"""A table that anybody made becomes an appendix on the form that has its axes, and most of its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from budget.money import Unit, convert
from budget.plan import Axis, Control, Status
from budget.schema import SPAN, SPANNING, amount_key
from budget.tables import Cell, Row
from faults import Text, cell_place, row_place
from generators.carried import fields_of_items
from generators.forms import load_form
from generators.generate import OWN_SHEETS
from revisions.reading.documents import Around, around
from revisions.reading.gathering import Claim
from revisions.reading.table_items import TableItem, TableItems, field_columns, in_unit, slug, where
from revisions.reading.templates import text_of
from validators.funding import TableFunding
from validators.tables.model import Column, Role
from validators.tables.model import Row as TableRow
from workbook.addresses import address, column_letters

if TYPE_CHECKING:
    from revisions.reading.handmade import HandmadeBook

_UNSAID = "Chưa nêu nguồn"
_TITLE = "(Tên phụ lục)"
_REASONS = {
    Status.UNREADABLE: "Số viết trong tệp không đọc được",
    Status.PROVEN: "Số viết trong tệp không đọc được; các số khác của bảng cho ra số này",
}


class AppendixRead:
    """One table on its way into an appendix."""

    def __init__(self, funding: TableFunding, book: HandmadeBook) -> None:
        self.funding, self.table, self.book = funding, funding.table, book
        self.gathered = book.gathered
        self.around: Around = around(self.table)
        self.items = TableItems(funding)
        self.unit = self.table.unit or Unit.DONG
        self.fields = field_columns(self.table)
        keys = self.items.keys
        self.with_years = bool(keys) and all(year is not None for _, year in keys)
        self.years = tuple(sorted({year for _, year in keys if year is not None})) if self.with_years else ()
        self.with_sources = any(source is not None for source, _ in keys) or self.with_years
        self.sources: tuple[str, ...] = ()
        self.key = ""

    @property
    def title(self) -> str:
        """The title above the table, or the name of its sheet."""
        return self.around.title or self.table.grid.name or _TITLE

    @property
    def form(self) -> str:
        """The form that has the axes of the table, and most of its columns."""
        if self.with_years:
            lines = any(self.items.owner(leaf.place.row) != leaf.place.row for leaf in self.funding.leaves)
            return "groups-sources-years" if lines else "items-years-sources"
        if self.with_sources:
            counted = {"quantity", "measure_unit", "start", "end"} & set(self.fields)
            return "items-quantities" if counted else "groups-agencies"
        return "items-total"

    def write(self, number: int, *, alone: bool) -> None:
        """The rows of the appendix and its items, and what is said of the reading."""
        self.key = "phu-luc" if alone else f"phu-luc-{number}"
        self._name_sources()
        texts = {"note": self.around.note} if self.around.note and self.form == "groups-agencies" else {}
        others = self.around.others + ([self.around.note] if self.around.note and not texts else [])
        row: dict[str, Cell | None] = {
            "key": self.key,
            "form": self.form,
            "sheet": self._sheet_name(),
            "heading": self.around.heading,
            "title": self.title,
            "unit": self.unit.label,
            "sources": list(self.sources),
            "years": self.with_years,
            "texts": dict(texts),
        }
        self.gathered.add("appendices", row, where(self.table))
        for item in self.items.items.values():
            self._item(item)
        self._controls()
        self._tell(others)

    def _sheet_name(self) -> str:
        """The name of the table's sheet, which no other appendix and no sheet of phuluc has."""
        name, number = self.table.grid.name, 1
        taken = {str(row["sheet"]).casefold() for row in self.gathered.rows["appendices"]}
        taken |= {each.casefold() for each in OWN_SHEETS}
        while name.casefold() in taken:
            number += 1
            name = f"{self.table.grid.name[:26]} ({number})"
        return name

    def _name_sources(self) -> None:
        """The sources in the order of the columns or rows; what names none is one too where others do."""
        if not self.with_sources:
            return
        named = dict.fromkeys(
            source for item in self.items.items.values() for source, _ in (*item.amounts, *item.unread)
        )
        columns = [name for name in self.items.sayings.column_sources.values() if name in named]
        order = dict.fromkeys([*columns, *(name for name in named if name is not None)])
        if None in named:
            order[_UNSAID] = None
            self._assume(f"số tiền không nêu nguồn ghi là “{_UNSAID}”", f"amounts that name no source are “{_UNSAID}”")
        self.sources = tuple(dict.fromkeys(self.book.source(str(name)) for name in order))

    def _axis(self, source: str | None, year: int | None) -> Axis:
        key = self.book.source(source or _UNSAID) if self.with_sources else None
        return Axis(key, year if self.with_years else None)

    def _item(self, item: TableItem) -> None:
        above = self.items.items.get(item.parent) if item.parent is not None else None
        path = f"{above.id if above else self.key}-{slug(item.number) if item.number else item.row}"
        item.id = self.book.codes.take(path.replace("-n-", "-").replace("--", "-"))
        kind = item.kind.value
        if self.form == "groups-sources-years":
            kind = "group" if item.kind.value == "group" else "item"
        row: dict[str, Cell | None] = {
            "id": item.id,
            "appendix": self.key,
            "parent": above.id if above else None,
            "kind": kind,
            "number": item.number,
            "title": item.title or "(không có nội dung)",
        }
        row |= self._texts(item)
        summed: dict[Axis, Decimal | str] = {}
        for (source, year), amount in item.amounts.items():
            axis, value = self._axis(source, year), in_unit(amount, self.unit)
            before = summed.get(axis)
            both = isinstance(before, Decimal) and isinstance(value, Decimal)
            summed[axis] = before + value if both else value if not isinstance(before, Decimal) else before  # type: ignore[operator]
        row |= {amount_key(axis): value for axis, value in summed.items()}
        place = row_place(self.table.grid.name, max(item.row, 1))
        self.gathered.add("items", row, place)
        for (source, year), printed in item.unread.items():
            self._unread(item, self._axis(source, year), printed, place, summed)
        for (source, year), printed in item.proven.items():
            self._reading(item, self._axis(source, year), Status.PROVEN, printed, place)
            vi, en = f"số “{printed}” viết sai, lấy theo các số khác", f"“{printed}” is no number; the others prove it"
            self.gathered.assumed.append(Text(f"{place.vi}: {vi}", f"{place.en}: {en}"))

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
            "item": item.id,
            "source": axis.source,
            "year": None if axis.year is None else Decimal(axis.year),
            "status": status.value,
            "printed": printed,
            "reason": _REASONS[status],
        }
        self.gathered.add("readings", row, place)

    def _texts(self, item: TableItem) -> Row:
        """The columns beside the amounts."""
        found: Row = {}
        first = next(iter(self.items.items.values()))
        for name, column in self.fields.items() if item.row > 0 else ():
            area = self.table.grid.merge_at(item.row, column)
            going_on = area is not None and area.top < item.row
            value = self.table.grid.value(area.top, area.left) if area else self.table.grid.value(item.row, column)
            if area is not None and area.left != column:  # a heading across the table
                continue
            if name == "quantity":
                figure = self.table.figures.get((item.row, column))
                if figure is not None and figure.value is not None:
                    found[name] = figure.value
                elif text_of(value):
                    self._leave(item.row, column, text_of(value))
            elif going_on and name in SPANNING and item is not first:
                found[name] = SPAN
            elif text_of(value).casefold() != SPAN:
                found[name] = text_of(value)
        return found

    def _leave(self, row: int, column: int, text: str) -> None:
        place = cell_place(self.table.grid.name, address(row, column))
        self.gathered.left_out.append(Text(f"{place.vi}: “{text}”", f"{place.en}: “{text}”"))

    def _assume(self, vi: str, en: str) -> None:
        here = where(self.table)
        self.gathered.assumed.append(Text(f"bảng ở {here.vi}: {vi}", f"the table at {here.en}: {en}"))

    def _controls(self) -> None:
        """The stated totals: the grand total always, others where the items do not meet them."""
        stated = self.funding.stated
        if stated is not None:
            place = cell_place(self.table.grid.name, self.funding.totals[0].address)
            self._claim(convert(stated, Unit.DONG, self.unit), self.unit, Axis(), None, place, always=True)
        for (row, column), axis, item in self._totals():
            figure = self.table.value(row, column)
            if figure is not None:
                place = cell_place(self.table.grid.name, address(row, column))
                self._claim(figure, self.table.column_at[column].unit or self.unit, axis, item, place)
        for amount, words in self.around.said:
            self._words(amount, words)

    def _claim(
        self, figure: Decimal, unit: Unit, axis: Axis, item: str | None, place: Text, *, always: bool = False
    ) -> None:
        control = Control(self.key, figure, unit, axis, item, stated_in=place.vi)
        self.gathered.claims.append(Claim(control, place, always))

    def _words(self, amount: Decimal, words: str) -> None:
        """An amount in words: of the grand total, or of the one source that has this amount."""
        by_source: dict[str | None, Decimal] = defaultdict(Decimal)
        for item in self.items.items.values():
            for (source, _), value in item.amounts.items():
                by_source[source] += value if isinstance(value, Decimal) else 0
        axes = [self._axis(source, None) for source, total in by_source.items() if total == amount and source]
        if amount in (self.funding.stated, self.items.total):
            axes = [Axis()]
        if len(axes) == 1:
            control = Control(self.key, amount, Unit.DONG, Axis(axes[0].source), words=words, stated_in="Bằng chữ")
            self.gathered.claims.append(Claim(control, where(self.table), always=True))
        else:
            self.gathered.left_out.append(Text(f"số bằng chữ “{words}”", f"the words “{words}”"))

    def _totals(self) -> Iterator[tuple[tuple[int, int], Axis, str | None]]:
        """The cells of totals: of columns, where the grand total stands in several, and of rows with parts."""
        left_out = {column.index for column in self.funding.left_out}
        grand = {place[1:] for place in self.funding.totals} if len(self.funding.totals) > 1 else set()
        doubted = self.book.doubted
        for column in self.table.amounts:
            if column.index in left_out or (axis := self._axis_of(column)) is None:
                continue
            for row in self.table.rows:
                item = self.items.items.get(row.index)
                if (row.index, column.index) in grand and axis != Axis():
                    yield (row.index, column.index), axis, None
                elif item and self.table.place((row.index, column.index)) in doubted:
                    yield (row.index, column.index), axis, item.id

    def _is_shown_again(self, row: TableRow) -> bool:
        """Whether a row says nothing but what the amounts of its source add up to, which the forms print too."""
        sums: dict[tuple[str | None, int | None], Decimal] = defaultdict(Decimal)
        for item in self.items.items.values():
            for (source, year), value in item.amounts.items():
                for along in {year, None}:
                    sums[source, along] += value if isinstance(value, Decimal) else 0
        for column in self.table.amounts:
            stated = self.table.value(row.index, column.index)
            said = self.items.sayings.at((row.index, column.index))
            unit = column.unit or self.unit
            if stated and convert(stated, unit, Unit.DONG) != sums.get((said.source, column.year)):
                return False
        return True

    def _axis_of(self, column: Column) -> Axis | None:
        """Where along the axes of the appendix a column of totals stands; None: nowhere."""
        source = self.items.sayings.column_sources.get(column.index)
        if column.role in {Role.SOURCE, Role.SOURCE_YEAR} and source is None:
            return None
        key = self.book.source(source) if source and self.with_sources else None
        if (source and key not in self.sources) or (column.year is not None and column.year not in self.years):
            return None
        return Axis(key, column.year)

    def _tell(self, others: list[str]) -> None:
        """What a plan does not carry of the table, and what was decided."""
        if self.table.unit is None:
            self._assume("không nêu đơn vị tính, coi là đồng", "no unit is stated: đồng")
        if not self.with_years and any(year is not None for _, year in self.items.keys):
            self._assume(
                "có số tiền không nêu năm, nên cộng các năm lại", "some amounts name no year: years are summed"
            )
        if not self.around.title:
            self._assume("không thấy tiêu đề, lấy tên trang", "no title was found: the name of the sheet")
        self.gathered.assumed += self.items.assumed
        here = where(self.table)
        kept = {*self.fields.values(), *(column.index for column in self.table.amounts)}
        left = list(self.funding.left_out)
        left += [c for c in self.table.columns if c.index not in kept and c.role not in {Role.NUMBER, Role.CONTENT}]
        for column in left:
            letters = column_letters(column.index)
            self.gathered.left_out.append(
                Text(
                    f"bảng ở {here.vi}: cột {letters} “{column.heading}”",
                    f"the table at {here.en}: column {letters} “{column.heading}”",
                )
            )
        shown = fields_of_items(load_form(self.form), "item")
        for name in sorted(set(self.fields) - shown):
            heading = self.table.column_at[self.fields[name]].heading
            self._assume(
                f"cột “{heading}” giữ trong kế hoạch, biểu mẫu {self.form} không in",
                f"the column “{heading}” is kept in the plan; the form {self.form} does not print it",
            )
        for row in self.items.lines_left_out():
            if self._is_shown_again(row):
                continue
            place = row_place(self.table.grid.name, row.index)
            vi, en = "cách chia thêm, không giữ", "a further breakdown, not kept"
            self.gathered.left_out.append(Text(f"{place.vi}: “{row.label}” {vi}", f"{place.en}: “{row.label}” {en}"))
        for text in others:
            self.gathered.left_out.append(Text(f"chữ ngoài bảng: “{text}”", f"text beside the table: “{text}”"))
        difference = self.items.total - self.funding.total
        if difference:
            self.gathered.left_out.append(Text(f"lệch {difference} đồng so với bảng", f"{difference} đồng are missing"))
