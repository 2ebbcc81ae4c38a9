"""The workbook of a consolidation, sheet by sheet, from what was spooled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from budget.money import Unit
from budget.rollup import By
from faults import Lang, Text
from rollup.consolidation.book import lists
from rollup.consolidation.book.base import HEADER, SHOWN_DECIMALS, Listing, Whole
from rollup.consolidation.book.details import Details
from rollup.consolidation.book.files import Files
from rollup.consolidation.book.pivots import Pivot, widths, write_pivot
from rollup.consolidation.book.summary import NAME, write_summary
from rollup.consolidation.reading import RESULT_TITLE
from rollup.consolidation.rows import Summary
from rollup.consolidation.spool import Spool
from workbook.looks import figure_format
from workbook.placing import refuse_target
from workbook.streaming import StreamedSheet, streamed

ROWS = 1_048_576  # of a sheet
_EXACT_DIGITS = 13  # of a sum of floating point numbers, however many
_AGENCIES, _AGENCY_TITLE = Text("Theo đơn vị", "By agency"), Text("TỔNG HỢP THEO ĐƠN VỊ", "BY AGENCY")
_AGENCY_NOTE = Text("Theo đơn vị thực hiện và năm", "By agency and year")


@dataclass(frozen=True)
class _Sheets:
    """The sheets in their order; they are filled as their figures come."""

    summary: StreamedSheet
    agencies: StreamedSheet
    files: Files
    details: Details
    others: dict[Listing, StreamedSheet]


def write_workbook(
    spool: Spool, summary: Summary, target: Path, lang: Lang, *, unit: Unit | None = None, force: bool = False,
    rows: int = ROWS,
) -> Summary:  # fmt: skip
    """Write the workbook at `target`, from where its links lead; the summary with the conflicts that were found.

    `unit`: of all amounts; None: that of most. `rows`: how many a sheet holds. Raises InputFault where the target
    cannot be written; then, and where anything else fails, nothing has changed.
    """
    refuse_target(target, ".xlsx", force=force)
    shown = unit or spool.unit
    decimals = spool.decimals(shown)
    digits = min(max(decimals, shown.exponent), max(0, _EXACT_DIGITS - len(str(abs(int(spool.total / shown.factor))))))
    properties = {"title": RESULT_TITLE[lang], "author": "phuluc"}
    with streamed(target, figure_format(min(decimals, SHOWN_DECIMALS)), properties) as book:
        summary = _write(Whole(book, spool, lang, shown, decimals, digits, rows), summary)
        refuse_target(target, ".xlsx", force=force)  # it may have come, or been opened, while we wrote
    return summary


def _write(whole: Whole, summary: Summary) -> Summary:
    sheets = _sheets(whole)
    added = (line for line in whole.spool.file_lines() if not line.reason)
    for line, sums in zip(added, sheets.details.write(), strict=True):
        sheets.files.write(line, sums)
    sheets.files.finish(sheets.details.all)
    counted: Counter[bool] = Counter()
    for listing, written in (
        (lists.CONFLICTS, lists.conflicts(whole, counted)),
        (lists.SYNONYMS, lists.synonyms(whole)),
        (lists.NOT_ADDED, lists.not_added(whole)),
        (lists.FINDINGS, lists.findings(whole)),
    ):
        listing.write(whole, written, sheets.others[listing])
    summary = replace(summary, conflicts=counted[True], repeated=counted[False])
    pivot = _write_agencies(whole, sheets)
    write_summary(whole, sheets.summary, sheets.details, sheets.files, (sheets.agencies, pivot), summary)
    return summary


def _sheets(whole: Whole) -> _Sheets:
    """All sheets, in the order in which they stand."""
    columns, lang = widths(whole.spool.years()), whole.lang
    summary = whole.book.sheet(NAME[lang], columns)
    agencies = whole.book.sheet(_AGENCIES[lang], columns)
    files, details = Files(whole), Details(whole)
    others = (lists.CONFLICTS, lists.SYNONYMS, lists.NOT_ADDED, lists.FINDINGS)
    return _Sheets(summary, agencies, files, details, {each: each.sheet(whole, 1) for each in others})


def _write_agencies(whole: Whole, sheets: _Sheets) -> Pivot:
    sheet = sheets.agencies
    note = _AGENCY_NOTE[whole.lang]
    pivot = write_pivot(whole, sheet, _AGENCY_TITLE, note, By.AGENCY, sheets.details.agencies)
    sheet.finish(HEADER)
    return pivot
