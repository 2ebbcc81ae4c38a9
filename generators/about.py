"""The sheet **Thông tin**: what the workbook is, with the grand totals live in figures and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.figures import FigureKey
from budget.plan import Plan, State
from budget.years import period
from generators.appendix import AppendixWriter
from generators.plain import PlainSheet
from generators.spoken import Spoken

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEET = "Thông tin"
SOURCE = "Nguồn kinh phí · "  # then the code of the source, whose name stands beside it
NOTE = "Ghi chú"
ONE_YEAR, VERSION = "năm ", "bản "  # a bare number would look like a figure
TOTAL = "Tổng kinh phí"
FIRST = 3  # the row of the first fact
SOURCES = "Nguồn kinh phí"


def write_about(
    workbook: Workbook, plan: Plan, appendices: list[AppendixWriter], spoken: Spoken, position: int
) -> None:
    """Writes the sheet of information."""
    page = PlainSheet(workbook, SHEET, position, (30, 90))
    page.title(1, "THÔNG TIN", 2)
    facts = _facts(plan)
    for row, (label, value) in enumerate(facts, FIRST):
        page.put(row, 1, label, "head")
        page.put(row, 2, value, "text")
    row = FIRST + len(facts)
    for writer in appendices:
        appendix = writer.layout.appendix
        if not appendix.summarises:
            total = writer.outside(writer.figuring.reference(FigureKey(appendix.key)))
            page.put(row, 1, f"{TOTAL} ({appendix.unit.label})", "head")
            page.formula(row, 2, total, "figure")
            page.put(row + 1, 1, "Bằng chữ", "head")
            page.formula(row + 1, 2, spoken.line(total, appendix.unit, appendix.words)[1], "text")
            row += 2
    named = []
    for source in plan.sources:
        page.put(row, 1, f"{SOURCE}{source.key}", "head")
        page.put(row, 2, source.name, "text")
        named.append(f"B{row}")
        row += 1
    if named:  # in one line too, which follows the names
        place = FIRST + [label for label, _ in facts].index(SOURCES)
        page.formula(place, 2, '&"; "&'.join(named), "text")
    for note in plan.notes:
        page.put(row, 1, NOTE, "head")
        page.put(row, 2, note, "text")
        row += 1
    page.finish(2, row - 1)


def _facts(plan: Plan) -> list[tuple[str, str]]:
    decision = plan.decision
    date = decision.date.strftime("%d/%m/%Y") if decision.date else ""
    units = ", ".join(f"{a.sheet}: {a.unit.label}" for a in plan.appendices)
    return [
        ("Tên kế hoạch", plan.title),
        ("Cơ quan ban hành", decision.issuer),
        ("Loại văn bản", decision.kind),
        ("Số", decision.number or ""),
        ("Ngày", date),
        ("Tình trạng", "Dự thảo" if decision.state is State.DRAFT else "Đã ban hành"),
        ("Giai đoạn", period(plan.years, " - ") if len(plan.years) > 1 else f"{ONE_YEAR}{plan.years[0]}"),
        ("Đơn vị tính", units),
        (SOURCES, "; ".join(source.name for source in plan.sources)),
        ("Mã kế hoạch", plan.key),
        ("Phiên bản", f"{VERSION}{plan.version}"),
    ]
