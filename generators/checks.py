"""The sheet **Kiểm tra**: live checks in plain formulas, a verdict each and one over all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from budget.figures import FigureKey
from budget.money import Unit, convert
from budget.plan import Appendix, Control, Estimate, Item, Plan, Status
from budget.words import from_words
from generators.appendix import AppendixWriter
from generators.costing import CostingWriter
from generators.counting import RED, digits
from generators.formulas import address, summed
from generators.plain import PlainSheet
from generators.registry import Registry, in_unit
from generators.spoken import Spoken
from workbook.text import quote_sheet

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEET = "Kiểm tra"
PASS, FAIL, MISSING, NO_ESTIMATE = "Đạt", "Sai", "Thiếu", "Không có dự toán"
GREEN, YELLOW = (PatternFill("solid", bgColor=color) for color in ("C6EFCE", "FFEB9C"))
HEADS = ("STT", "Nội dung kiểm tra", "Ô", "Giá trị", "Đối chiếu", "Chênh lệch", "Kết quả")
HINT = (
    "Thêm dòng: chép cả một dòng có sẵn của nhóm, chèn vào giữa các dòng của nhóm rồi sửa số. "
    "Dòng chưa được cộng làm trang này báo Sai và số tổng chuyển màu đỏ."
)
LONGEST_TITLE = 60
FIRST = 6


@dataclass(frozen=True, slots=True)
class Check:
    """Two formula terms that must be equal, after rounding to `digits` decimals.

    `expected` may be a constant that the document states. `verdict` is the word for a failure; a check without
    `expected` only remarks.
    """

    content: str
    sheet: str
    cell: str
    found: str
    expected: str | Decimal | None
    digits: int
    verdict: str = FAIL


class Checks:
    """Collects the checks of a workbook from its written sheets."""

    def __init__(
        self,
        plan: Plan,
        appendices: list[AppendixWriter],
        costings: list[CostingWriter],
        registry: Registry,
        spoken: Spoken,
    ) -> None:
        self.plan, self.appendices, self.costings = plan, appendices, costings
        self.registry, self.spoken = registry, spoken
        self._items = {item.id: item for item in plan.items}
        self._writer_of = {writer.layout.appendix.key: writer for writer in appendices}

    def all(self) -> Iterator[Check]:
        """Every check, in the order of the sheets."""
        for writer in self.appendices:
            yield from self._rows_counted(writer)
            yield from self._across_and_down(writer)
            yield from self._across(writer)
            yield from self._groups(writer)
            yield from self._sources(writer)
            yield self._figures_only(writer.layout.appendix, [self._body(writer)])
            yield from self._unreadable(writer.layout.appendix, self._lost(writer))
        for costing in self.costings:
            yield from self._costing(costing)
        for item in self.plan.items:
            yield from self._estimates(item)
        for control in self.plan.controls:
            yield from self._control(control)
        yield from self._words()

    def names_of_controls(self) -> Iterator[str]:
        """What the sheet calls each control of the plan."""
        return map(self._control_name, self.plan.controls)

    def _control_name(self, control: Control) -> str:
        where = f" ({control.stated_in})" if control.stated_in else ""
        return f"Số nêu trong văn bản{self._along(*control.axis)}{where}"

    def _rows_counted(self, writer: AppendixWriter) -> Iterator[Check]:
        """The grand total of each column of figures against everything that stands in the column."""
        layout = writer.layout
        for column in layout.columns:
            key = writer.counting.total_key(column)
            if layout.cells.get(key, (0, 0))[1] == column.index:
                what = f"Mọi dòng đều được cộng{self._along(column.source, column.year)}"
                yield self._of(writer, what, key, writer.outside(writer.counting.column_total(column)))

    def _body(self, writer: AppendixWriter) -> str:
        first, last = writer.layout.body
        columns = [column.letter for column in writer.layout.amount_columns]
        return f"{columns[0]}{first}:{columns[-1]}{last}"

    def _figures_only(self, appendix: Appendix, ranges: list[str]) -> Check:
        """A sum passes over a text, "1.000" or "abc", without a word; a dash is meant."""
        spans = [f"{quote_sheet(appendix.sheet)}!{span}" for span in ranges]
        # not COUNTIF(...,"-"): LibreOffice takes a zero that is shown as "-" for one
        filled = "+".join(f'COUNTA({span})-SUMPRODUCT(({span}="-")*1)' for span in spans)
        figures = "+".join(f"COUNT({span})" for span in spans)
        what = "Mọi ô số tiền đã điền đều là số (số ô)"
        return Check(what, appendix.sheet, ranges[0].split(":")[0], filled, figures, 0)

    def _across_and_down(self, writer: AppendixWriter) -> Iterator[Check]:
        key = FigureKey(writer.layout.figured)
        down = writer.figuring.sum_of_top_rows(key)
        if key in writer.layout.cells and down and writer.layout.amount_columns[0].proto.axes:
            yield self._of(writer, "Cộng ngang bằng cộng dọc", key, writer.outside(down))

    def _across(self, writer: AppendixWriter) -> Iterator[Check]:
        """All rows of a total column against all rows of the columns that it sums: a total typed over shows here."""
        layout = writer.layout
        first, last = layout.body
        repeated = [column for column in layout.columns if column.proto.axes]
        for column in layout.columns:
            key = writer.counting.total_key(column)
            shown = layout.cells.get(key, (0, 0))[1] == column.index
            if repeated and not column.proto.axes and shown:
                name = writer.sheet.quoted
                total = f"SUM({name}!{column.letter}{first}:{column.letter}{last})"
                parts = f"SUM({name}!{repeated[0].letter}{first}:{repeated[-1].letter}{last})"
                cell = address(layout.cells[key])
                what = "Cột tổng bằng các cột của nó, cộng mọi dòng"
                yield Check(what, layout.appendix.sheet, cell, total, parts, digits(layout.appendix.unit))

    def _groups(self, writer: AppendixWriter) -> Iterator[Check]:
        """Each parent row against the leaf rows below it."""
        layout = writer.layout
        for item in writer.counting.parents():
            what = f"{named(item)}: bằng tổng các dòng của nó"
            yield self._of(
                writer, what, FigureKey(layout.figured, item.id), writer.outside(writer.counting.below(item))
            )

    def _sources(self, writer: AppendixWriter) -> Iterator[Check]:
        """The grand total of each year, and of all, against the sources'."""
        layout = writer.layout
        for year in (*layout.appendix.years, None):
            key = FigureKey(layout.figured, None, None, year)
            parts = [key._replace(source=source) for source in layout.appendix.sources]
            if key in layout.cells and parts and all(part in layout.cells for part in parts):
                listed = ",".join(address(layout.cells[part]) for part in parts)
                what = f"Các nguồn cộng lại bằng tổng số{self._along(None, year)}"
                yield self._of(writer, what, key, writer.outside(f"SUM({listed})"))

    def _lost(self, writer: AppendixWriter) -> list[str]:
        layout = writer.layout
        return [
            address(layout.cells[FigureKey(layout.figured, item.id, *axis)])
            for item in layout.plan.items_of(layout.appendix.key)
            for axis, amount in item.amounts.items()
            if amount.status is Status.UNREADABLE
        ]

    def _unreadable(self, appendix: Appendix, lost: list[str]) -> Iterator[Check]:
        if lost:
            what = f"Số tiền không đọc được trong bản gốc, chưa bổ sung: {', '.join(lost)}"
            cells = [f"{quote_sheet(appendix.sheet)}!{cell}" for cell in lost]
            filled = summed(cells).replace("SUM(", "COUNT(")
            yield Check(what, appendix.sheet, lost[0], filled, Decimal(len(lost)), 0, MISSING)

    def _costing(self, writer: CostingWriter) -> Iterator[Check]:
        for estimate in writer.estimates:
            total, cell, counted = writer.counted(estimate)
            what = f"Mọi dòng của bảng dự toán đều được cộng: {estimate.caption}"
            yield Check(what, writer.appendix.sheet, cell, total, counted, estimate.unit.exponent)
        if writer.estimates:
            yield self._figures_only(writer.appendix, writer.amount_ranges())
        yield from self._unreadable(writer.appendix, writer.lost())

    def _estimates(self, item: Item) -> Iterator[Check]:
        """An item's costings against the years they cover; a year with money and without a costing says so."""
        costings = [e for e in self.plan.estimates if e.item == item.id]
        writer = self._writer_of.get(item.appendix)
        if not costings or writer is None or writer.layout.figures.givers(item):
            return
        appendix, label = writer.layout.appendix, f"Dự toán của hạng mục {named(item)}"
        if not appendix.years or not all(e.covers_years for e in costings):
            counts = [(e, len(e.covers_years) or 1) for e in costings]
            yield self._against(writer, label, FigureKey(appendix.key, item.id), counts)
            return
        for year in appendix.years:
            key = FigureKey(appendix.key, item.id, None, year)
            covering = [(e, 1) for e in costings if year in e.covers_years]
            if covering:
                yield self._against(writer, f"{label}, năm {year}", key, covering)
            elif writer.layout.figures[key]:
                found = writer.outside(writer.figuring.reference(key))
                yield Check(f"{label}, năm {year}", appendix.sheet, self._row_cell(writer, item), found, None, 0)

    def _against(
        self, writer: AppendixWriter, what: str, key: FigureKey, costings: list[tuple[Estimate, int]]
    ) -> Check:
        appendix, item = writer.layout.appendix, self._items[key.item or ""]
        found = writer.outside(writer.figuring.reference(key))
        shown = writer.layout.cells.get(key)
        cell = address(shown) if shown else self._row_cell(writer, item)
        expected = "+".join(self.registry.estimate_in(e, appendix.unit, count) for e, count in costings)
        return Check(what, appendix.sheet, cell, found, expected, digits(appendix.unit))

    def _row_cell(self, writer: AppendixWriter, item: Item) -> str:
        return f"A{writer.layout.row_of[item.id, None].index}"

    def _control(self, control: Control) -> Iterator[Check]:
        writer = self._writer_of[control.appendix]
        layout, unit = writer.layout, writer.layout.appendix.unit
        key = FigureKey(layout.figured, control.item, *control.axis)
        found = writer.outside(writer.figuring.reference(key))
        cell = address(layout.cells[key]) if key in layout.cells else "A1"
        amount = convert(control.amount, control.unit, unit)
        what = self._control_name(control)
        yield Check(what, layout.appendix.sheet, cell, found, amount, digits(unit))
        if control.words:
            said = Decimal(from_words(control.words))
            yield Check(
                f"Số bằng chữ nêu trong văn bản{self._along(*control.axis)}: “{control.words}”",
                layout.appendix.sheet, cell, in_unit(f"({found})", unit, Unit.DONG), said, 0,
            )  # fmt: skip

    def _words(self) -> Iterator[Check]:
        """Each amount read in words against the classes that its words were made of."""
        for amount, classes in self.spoken.checks():
            yield Check("Số tiền bằng chữ khớp số tiền bằng số", self.spoken.sheet.title, amount, amount, classes, 0)

    def _of(self, writer: AppendixWriter, what: str, key: FigureKey, expected: str) -> Check:
        cell = address(writer.layout.cells[key])
        appendix = writer.layout.appendix
        return Check(what, appendix.sheet, cell, f"{writer.sheet.quoted}!{cell}", expected, digits(appendix.unit))

    def _along(self, source: str | None, year: int | None) -> str:
        names = {s.key: s.name for s in self.plan.sources}
        parts = ([names[source]] if source else []) + ([f"năm {year}"] if year else [])
        return f", {', '.join(parts)}" if parts else ""


def named(item: Item) -> str:
    """An item as a check names it: number and the beginning of its title."""
    title = item.title if len(item.title) <= LONGEST_TITLE else f"{item.title[:LONGEST_TITLE].rstrip()}…"
    return f"{item.number} {title}".strip()


def write_checks(workbook: Workbook, checks: list[Check], position: int) -> None:
    """Writes the sheet of checks."""
    page = PlainSheet(workbook, SHEET, position, (6, 62, 22, 20, 20, 18, 20), landscape=True)
    last = FIRST + max(len(checks), 1) - 1
    verdicts = f"$G${FIRST}:$G${last}"
    # all that is not told to be right: a check that a deleted cell has broken counts as wrong
    wrong = f'({len(checks)}-COUNTIF({verdicts},"{PASS}")-COUNTIF({verdicts},"{NO_ESTIMATE}"))'
    page.title(1, "KIỂM TRA PHỤ LỤC KINH PHÍ", len(HEADS))
    page.put(2, 2, "Kết luận chung", "bold")
    page.formula(2, 4, f'IF({wrong}=0,"ĐẠT","CHƯA ĐẠT: "&{wrong}&" mục")', "bold")
    page.put(3, 1, HINT, "note")
    page.sheet.merge_cells(start_row=3, end_row=3, start_column=1, end_column=len(HEADS))
    for column, head in enumerate(HEADS, 1):
        page.put(FIRST - 1, column, head, "head")
    for row, check in enumerate(checks, FIRST):
        _write_check(page, row, check)
    sheet = page.sheet
    for word, fill in ((PASS, GREEN), (FAIL, RED), (MISSING, RED), (NO_ESTIMATE, YELLOW)):
        sheet.conditional_formatting.add(verdicts.replace("$", ""), CellIsRule("equal", [f'"{word}"'], fill=fill))
    sheet.conditional_formatting.add("D2", CellIsRule("equal", ['"ĐẠT"'], fill=GREEN))
    sheet.conditional_formatting.add("D2", CellIsRule("notEqual", ['"ĐẠT"'], fill=RED))
    page.finish(FIRST - 1, last)


def _write_check(page: PlainSheet, row: int, check: Check) -> None:
    page.put(row, 1, row - FIRST + 1, "center")
    page.put(row, 2, check.content, "text")
    cell = check.cell.split("!")[-1].replace("$", "")
    hidden = page.sheet.parent[check.sheet].sheet_state != "visible"  # a link to a hidden sheet leads nowhere
    place = page.put(row, 3, f"{check.sheet}, {cell}", "center" if hidden else "link")
    if not hidden:
        place.hyperlink = Hyperlink(ref=place.coordinate, location=f"{quote_sheet(check.sheet)}!{cell}")
    page.formula(row, 4, check.found, "figure")
    if check.expected is None:
        page.put(row, 5, None, "figure")
        page.put(row, 6, None, "figure")
        page.put(row, 7, NO_ESTIMATE, "center")
        return
    if isinstance(check.expected, Decimal):
        page.put(row, 5, check.expected, "figure")
    else:
        page.formula(row, 5, check.expected, "figure")
    page.formula(row, 6, f"ROUND(D{row}-E{row},{check.digits})", "figure")
    page.formula(row, 7, f'IF(ISNUMBER(F{row}),IF(F{row}=0,"{PASS}","{check.verdict}"),"{FAIL}")', "center")
