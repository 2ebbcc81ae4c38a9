"""The first sheet: sources by year, their charts, the proof that nothing is lost, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budget.rollup import By
from faults import Text
from rollup.consolidation.book.base import AMOUNT, DIFFERENCE, HEADER, VERDICT, Whole
from rollup.consolidation.book.charts import write_charts
from rollup.consolidation.book.details import Details, over_amounts
from rollup.consolidation.book.files import NAME as FILES
from rollup.consolidation.book.files import Files
from rollup.consolidation.book.lists import CONFLICTS, FINDINGS, NOT_ADDED, SYNONYMS
from rollup.consolidation.book.pivots import Pivot, write_pivot
from rollup.consolidation.reading import RESULT_TITLE
from rollup.consolidation.rows import Summary
from rollup.wording import AGREES, DIFFERS
from workbook.addresses import address
from workbook.streaming import Cell, Formula, StreamedSheet
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


def write_summary(
    whole: Whole, sheet: StreamedSheet, details: Details, files: Files, agencies: tuple[StreamedSheet, Pivot],
    summary: Summary,
) -> None:  # fmt: skip
    """All of it, once everything else is written."""
    said = Text(
        f"({summary.files} tệp đã cộng, {summary.failed} tệp không cộng được)",
        f"({summary.files} files added up, {summary.failed} not)",
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
    for text in _notes(summary):
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
            Cell(difference, "figure"),
            Cell(Formula(verdict, AGREES[lang], DIFFERS[lang]), "center"),
        )
    sheet.judged(read + 1, sheet.row, 4, AGREES[lang], DIFFERS[lang])


def _notes(summary: Summary) -> Iterator[Text]:
    """What a reader should look at, a sentence each."""
    if summary.failed:
        yield Text(
            f"{summary.failed} tệp không cộng được: xem trang “{NOT_ADDED.name.vi}”.",
            f"Files that were not added up: {summary.failed}; see “{NOT_ADDED.name.en}”.",
        )
    if summary.unproven:
        yield Text(
            f"{summary.unproven} tệp có số không khớp tổng ghi trong tệp: xem trang “{FILES.vi}”.",
            f"Files whose amounts do not make their stated totals: {summary.unproven}; see “{FILES.en}”.",
        )
    if summary.doubted:
        yield Text(
            f"{summary.doubted} tệp có thể có bảng bị cộng trùng: xem trang “{NOT_ADDED.name.vi}”.",
            f"Files of which tables may be added twice: {summary.doubted}; see “{NOT_ADDED.name.en}”.",
        )
    if summary.conflicts:
        yield Text(
            f"{summary.conflicts} hạng mục được các tệp ghi khác nhau; mọi số đều đang được cộng: "
            f"xem trang “{CONFLICTS.name.vi}”.",
            f"Items that files state differently, all added: {summary.conflicts}; see “{CONFLICTS.name.en}”.",
        )
    if summary.repeated:
        yield Text(
            f"{summary.repeated} hạng mục được nhiều tệp ghi như nhau, có thể bị cộng trùng: "
            f"xem trang “{CONFLICTS.name.vi}”.",
            f"Items that files state alike, perhaps twice: {summary.repeated}; see “{CONFLICTS.name.en}”.",
        )
    yield Text(
        f"Các tên ghi khác nhau được hiểu thế nào: xem và sửa ở trang “{SYNONYMS.name.vi}”, rồi chạy lại với "
        "--synonyms và tệp này.",
        f"What names are taken for: see and edit “{SYNONYMS.name.en}”, then run again with --synonyms and this file.",
    )
    yield Text(
        f"Kết quả kiểm tra từng tệp: xem trang “{FINDINGS.name.vi}”.",
        f"What the check finds in each file: see “{FINDINGS.name.en}”.",
    )
