"""A workbook that anybody made becomes a plan: each table that counts is an appendix."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from budget.numbers import number_text, plain
from budget.plan import Decision, State
from budget.rollup import By
from budget.tables import Cell, years_text
from faults import InputFault, Text
from generators.generate import OWN_SHEETS
from revisions.reading.detail_sheets import DetailSheets
from revisions.reading.documents import around
from revisions.reading.gathering import Gathered
from revisions.reading.shared import Shared
from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_items import TableItems, of_table, where
from revisions.reading.table_summary import TableSummary
from validators.checking import examine
from validators.funding import TableFunding, funding
from validators.grid import Book
from validators.own_sheet import is_ours
from validators.rules.base import Checked

_ISSUER = "(cơ quan ban hành)"
_NEARLY = 50  # of so much the items and the breakdown of their total may be off by one


class HandmadeBook:
    """Reads any workbook into the tables of a plan. Raises InputFault where no table of it holds money."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.checked: Checked = examine(book)
        self.shared = Shared(self.checked)
        self.gathered = self.shared.gathered
        self.fundings = funding(self.checked)
        self.appendices: list[AppendixRead] = []

    def read(self) -> Gathered:
        """Every table."""
        counted = [each for each in self.fundings if each.within is None and each.leaves and _is_for_people(each)]
        if not counted:
            raise InputFault(
                Text("không thấy bảng kinh phí nào", "there is no table of money"),
                file=self.book.path,
                expected=Text("một bảng có tiêu đề cột và số tiền", "a table with headings and amounts"),
            )
        self.appendices = [AppendixRead(self._alone(each), self.shared) for each in counted]
        for number, appendix in enumerate(self.appendices, 1):
            appendix.write(number, alone=len(self.appendices) == 1)
        held = [each for each in self.fundings if each.within is not None and _is_for_people(each)]
        self._held([each for each in held if not self._summarise(each)])
        self._tell_of_others()
        self._head()
        return self.gathered

    def _alone(self, each: TableFunding) -> TableFunding:
        """The money of a table as it states it itself, by its items: what other tables say of it is theirs, and what
        stands below its total breaks down no item. Rounding may part the two.
        """
        one = replace(self.checked, tables=(each.table,))
        ways = [funding(one, axes)[0] for axes in ((By.SOURCE, By.YEAR), (By.YEAR,), ())]
        near = [way for way in ways if abs(way.total - each.total) * _NEARLY <= abs(each.total)]
        owning = [way for way in near if TableItems(way).owns_all]
        found = min(owning, key=lambda way: abs(way.total - each.total), default=ways[0])
        if found.total != each.total:
            said, other = (number_text(plain(way.total)) for way in (found, each))
            self.shared.leave(
                of_table(each.table),
                f"các hạng mục cộng lại {said.vi} đồng, cách chia dòng tổng {other.vi} đồng; giữ các hạng mục",
                f"the items add up to {said.en} đồng, the parts of the total to {other.en} đồng; the items are kept",
            )
        return found

    @property
    def counted(self) -> Decimal:
        """The money of all tables that count, in đồng."""
        return sum((each.total for each in self.fundings if each.within is None and _is_for_people(each)), Decimal(0))

    @property
    def years(self) -> tuple[int, ...]:
        """The period: the years of the amounts, else those of a title, else that of the document, else this one."""
        columns = {year for each in self.appendices for year in each.axes.period}
        if columns:
            return tuple(range(min(columns), max(columns) + 1))
        named = next((each.around.years for each in self.appendices if each.around.years), ())
        decision = self._decision()
        return named or (decision.date.year if decision.date else datetime.now(UTC).year,)

    def _decision(self) -> Decision:
        """What the texts above the tables name, first those that count."""
        tables = (*(each.table for each in self.appendices), *self.checked.tables)
        named = (decision for table in tables if (decision := around(table).decision))
        return next(named, None) or Decision("Quyết định", _ISSUER, State.DRAFT)

    def _head(self) -> None:
        decision, first = self._decision(), self.appendices[0]
        if decision.state is State.DRAFT:
            self._assume("không đọc được số và ngày văn bản: dự thảo", "no number and date of a document: a draft")
        row: dict[str, Cell | None] = {
            "version": "1",
            "title": next((each.around.title for each in self.appendices if each.around.title), first.title),
            "period": years_text(self.years),
            "decision.kind": decision.kind,
            "decision.issuer": decision.issuer or _ISSUER,
            "decision.state": decision.state.value,
            "decision.number": decision.number,
            "decision.date": decision.date,
        }
        self.gathered.add("plan", row, Text("văn bản", "the document"))

    def _assume(self, vi: str, en: str) -> None:
        self.gathered.assumed.append(Text(vi, en))

    def _holder(self, each: TableFunding) -> AppendixRead | None:
        return next((appendix for appendix in self.appendices if appendix.table is each.within), None)

    def _summarise(self, each: TableFunding) -> bool:
        """Whether a table whose money another one holds is the summary of that one's appendix, which it becomes."""
        whole = self._holder(each)
        summary = TableSummary(each.table, whole, self.shared) if whole else None
        if summary is None or not summary.of:
            return False
        summary.write("tong-hop")
        return True

    def _held(self, tables: list[TableFunding]) -> None:
        """Tables whose money another one holds: costings of its items, or left out."""
        with_holders = [(each, whole) for each in tables if (whole := self._holder(each)) is not None]
        details = DetailSheets(self.shared).write(with_holders)
        for each in tables:
            made = details.get(id(each.table))
            if each.within is not None and (made is None or made.why is not None):
                there, why = where(each.within), made.why if made and made.is_costing else None
                vi = f"tiền đã nằm trong bảng ở {there.vi}" + (f"; {why.vi}" if why else "")
                en = f"its money is in the table at {there.en}" + (f"; {why.en}" if why else "")
                self.shared.leave(of_table(each.table), vi, en)

    def _tell_of_others(self) -> None:
        """Sheets that are hidden or without any table, and tables without money."""
        told = {id(each.table) for each in self.fundings}
        for grid in self.book.sheets:
            tables = [table for table in self.checked.tables if table.grid is grid]
            place = Text(f"trang “{grid.name}”", f"sheet “{grid.name}”")
            if grid.name in OWN_SHEETS or is_ours(grid) or not grid.cells:
                continue
            if grid.visibility != "visible":
                self.shared.leave(place, "trang ẩn, không đọc", "hidden, not read")
            elif not tables:
                self.shared.leave(place, "không có bảng kinh phí", "no table of money")
            else:
                for table in tables:
                    if id(table) not in told:
                        self.shared.leave(of_table(table), "không có số tiền", "no money")


def _is_for_people(each: TableFunding) -> bool:
    """Whether a table stands on a sheet of an appendix, and not on one that a generated workbook has beside them."""
    return each.table.grid.name not in OWN_SHEETS
