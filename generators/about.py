"""The sheet **Thông tin**: what the workbook is, with the grand totals live in figures and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.figures import FigureKey
from budget.plan import Plan, State
from generators.appendix import AppendixWriter
from generators.plain import PlainSheet
from generators.spoken import Spoken

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEET = "Thông tin"


def write_about(
    workbook: Workbook, plan: Plan, appendices: list[AppendixWriter], spoken: Spoken, position: int
) -> None:
    """Writes the sheet of information."""
    page = PlainSheet(workbook, SHEET, position, (30, 90))
    page.title(1, "THÔNG TIN", 2)
    row = 3
    for label, value in _facts(plan):
        page.put(row, 1, label, "head")
        page.put(row, 2, value, "text")
        row += 1
    for writer in appendices:
        appendix = writer.layout.appendix
        if not appendix.summarises:
            total = writer.outside(writer.figuring.reference(FigureKey(appendix.key)))
            page.put(row, 1, f"Tổng kinh phí ({appendix.unit.label})", "head")
            page.formula(row, 2, total, "figure")
            page.put(row + 1, 1, "Bằng chữ", "head")
            page.formula(row + 1, 2, spoken.line(total, appendix.unit, appendix.words)[1], "text")
            row += 2
    for note in plan.notes:
        page.put(row, 1, "Ghi chú", "head")
        page.put(row, 2, note, "text")
        row += 1
    page.finish(2, row - 1)


def _facts(plan: Plan) -> list[tuple[str, str]]:
    decision = plan.decision
    date = decision.date.strftime("%d/%m/%Y") if decision.date else ""
    units = ", ".join(f"{a.sheet}: {a.unit.label}" for a in plan.appendices)
    years = plan.years
    return [
        ("Tên kế hoạch", plan.title),
        ("Cơ quan ban hành", decision.issuer),
        ("Loại văn bản", decision.kind),
        ("Số", decision.number or ""),
        ("Ngày", date),
        ("Tình trạng", "Dự thảo" if decision.state is State.DRAFT else "Đã ban hành"),
        ("Giai đoạn", f"{years[0]} - {years[-1]}" if len(years) > 1 else str(years[0])),
        ("Đơn vị tính", units),
        ("Nguồn kinh phí", "; ".join(source.name for source in plan.sources)),
        ("Mã kế hoạch", plan.key),
        ("Phiên bản", plan.version),
    ]
