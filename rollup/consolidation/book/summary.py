"""The first sheet: sources by year, their charts, the proof that nothing is lost, and what to look at."""

from __future__ import annotations

from decimal import Decimal

from budget.numbers import number_text
from budget.rollup import By
from faults import Text
from rollup.consolidation.book.base import AMOUNT, DIFFERENCE, HEADER, VERDICT, Whole
from rollup.consolidation.book.charts import write_charts
from rollup.consolidation.book.details import Details, over_amounts
from rollup.consolidation.book.files import Files
from rollup.consolidation.book.pivots import Pivot, write_pivot
from rollup.consolidation.reading import RESULT_TITLE
from rollup.consolidation.rows import Summary
from rollup.consolidation.saying import CHECKED, FILES, SYNONYMS, notes
from validators.reports.wording import AGREES, DIFFERS
from workbook.addresses import address
from workbook.row_xml import Formula
from workbook.streaming import Cell, StreamedSheet
from workbook.text import literal, quote_sheet

NAME = Text("Tổng hợp", "Summary")
_PROVEN = Text("Không số nào bị sót", "Nothing is lost")
_HEADS = (Text("Cách cộng", "Sum"), AMOUNT, DIFFERENCE, VERDICT)
_READ = Text("Số đọc được từ các tệp", "Read from the files")
_SUMS = (
    Text("Cộng các dòng chi tiết", "Sum of all rows"),
    Text("Cộng các nguồn ở bảng trên", "Sum of the sources above"),
    Text("Cộng các đơn vị", "Sum of the agencies"),
    Text("Cộng các tệp", "Sum of the files"),
)
_LOOK = Text("Cần xem", "To look at")
_NAMES = Text(
    f"Tên ghi khác nhau được hiểu thế nào: xem, sửa ở trang “{SYNONYMS.vi}”, rồi chạy lại với --synonyms và tệp này.",
    f"What names are taken for: see and edit “{SYNONYMS.en}”, then run again with --synonyms and this file.",
)
_FOUND = Text(
    f"Kết quả kiểm tra từng tệp: xem trang “{CHECKED.vi}”.", f"What the check finds in each file: see “{CHECKED.en}”."
)


def write_summary(
    whole: Whole, sheet: StreamedSheet, details: Details, files: Files, agencies: tuple[StreamedSheet, Pivot],
    summary: Summary,
) -> None:  # fmt: skip
    """All of it, once everything else is written."""
    many, failed = number_text(summary.files), number_text(summary.failed)
    said = Text(
        f"({many.vi} tệp đã cộng, {failed.vi} tệp không cộng được)",
        f"({many.en} files added up, {failed.en} not)",
    )
    pivot = write_pivot(whole, sheet, RESULT_TITLE, said[whole.lang], By.SOURCE, details.sources)
    write_charts(whole, sheet, pivot)
    agency_sheet, agency_pivot = agencies
    sums = (
        over_amounts("SUM", details.all.runs),
        address(pivot.total, pivot.column),
        f"{quote_sheet(agency_sheet.name)}!{address(agency_pivot.total, agency_pivot.column)}",
        f"{quote_sheet(FILES[whole.lang])}!{files.amount}",
    )
    _write_proof(whole, sheet, sums)
    sheet.skip()
    sheet.across(_LOOK[whole.lang], "caption")
    for text in (*notes(summary, sheets=True), _NAMES, _FOUND):
        sheet.across(text[whole.lang], "note")
    sheet.finish(HEADER)


def _write_proof(whole: Whole, sheet: StreamedSheet, sums: tuple[str, ...]) -> None:
    """What was read is a constant; each way of adding it up is a formula, and compared to it."""
    lang, total = whole.lang, whole.in_unit(whole.spool.total)
    sheet.skip()
    sheet.across(_PROVEN[lang], "caption")
    sheet.write(*(Cell(head[lang], "head") for head in _HEADS))
    read = sheet.write(Cell(_READ[lang], "text"), Cell(total, "figure"), Cell(None, "text"), Cell(None, "text"))
    for row, (label, formula) in enumerate(zip(_SUMS, sums, strict=True), read + 1):
        difference = Formula(f"ROUND({address(row, 2)}-{address(read, 2)},{whole.digits})", Decimal(0))
        same = f"IF({address(row, 3)}=0,{literal(AGREES[lang])},{literal(DIFFERS[lang])})"
        verdict = f"IF(ISNUMBER({address(row, 3)}),{same},{literal(DIFFERS[lang])})"
        sheet.write(
            Cell(label[lang], "text"),
            Cell(Formula(formula, total), "figure"),
            Cell(difference, "figure", figures=whole.exact),
            Cell(Formula(verdict, AGREES[lang], DIFFERS[lang]), "center"),
        )
    sheet.judged(read + 1, sheet.row, 4, AGREES[lang], DIFFERS[lang])
