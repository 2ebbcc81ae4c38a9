"""Kiểm tra: what is wrong, cell by cell, marked in the open book and listed on a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import xlwings as xw

from addin import findings_page, host, marks
from addin.commands.base import Command, Desk
from addin.sheets import refuse_protected_structure
from faults import InputFault, Text
from validators.findings import FileReport
from validators.own_sheet import NAME
from validators.reports.wording import by_name, verdict
from validators.reports.workbook import marks_of
from validators.rules import all_rules
from validators.running import check_files

_SECONDS = 60.0  # that a check may take: whoever clicked is waiting


def _check_book(desk: Desk) -> Text:
    return _check(desk, None)


def _check_sheet(desk: Desk) -> Text:
    sheet = desk.book.sheets.active
    if findings_page.is_ours(sheet):
        own = Text("trang đang mở là trang kết quả kiểm tra", "the active sheet is the sheet of findings itself")
        raise InputFault(own, expected=Text("một trang phụ lục", "the sheet of an appendix"))
    return _check(desk, sheet.name)


def _check(desk: Desk, only: str | None) -> Text:
    refuse_protected_structure(desk.book)
    desk.progress(Text("đang xóa đánh dấu cũ…", "removing old marks…"))
    _cleared(desk.book)
    desk.progress(Text("đang kiểm tra…", "checking…"))
    report = _report(desk, only)
    if not report.tables and not report.findings:
        where = Text("tệp này", "this book") if only is None else Text(f"trang “{only}”", f"sheet “{only}”")
        what = Text("không có bảng nào để kiểm tra", "there is no table to check")
        raise InputFault(what, place=where, expected=Text("một bảng có tiêu đề cột", "a table with column headings"))
    if not report.findings:
        return Text(*(_sentence(verdict(report, lang)) for lang in ("vi", "en")))
    desk.progress(Text("đang đánh dấu…", "marking…"))
    unmarked = _mark(desk, report)
    findings_page.place(desk, report)
    return _told(report, unmarked)


def _report(desk: Desk, only: str | None) -> FileReport:
    """What the checker says of the live book; of one sheet alone where `only` names it. Raises InputFault."""
    (report,) = check_files([desk.copy()], seconds=_SECONDS)
    if report.reason is not None:
        reasons = (report.reason[lang].removeprefix(f"{report.path}: ").rstrip(".") for lang in ("vi", "en"))
        raise InputFault(Text(*reasons), file=desk.book.name)
    report = replace(report, path=Path(desk.book.fullname))
    if only is None:
        return report
    return replace(
        report,
        tables=tuple(table for table in report.tables if table.sheet == only),
        findings=tuple(each for each in report.findings if each.place is not None and each.place.sheet == only),
    )


def _mark(desk: Desk, report: FileReport) -> list[str]:
    """Mark the guilty cells; the names of the protected sheets, which take no marks."""
    unmarked, room = [], marks.MOST
    for name, cells in marks_of(report, by_name(all_rules()), desk.lang).items():
        sheet = desk.book.sheets[name]
        if host.is_protected(sheet):
            unmarked.append(name)
            continue
        marks.mark(sheet, dict(list(cells.items())[:room]))
        room = max(0, room - len(cells))
    return unmarked


def _told(report: FileReport, unmarked: Sequence[str]) -> Text:
    page = NAME
    vi = _sentence(verdict(report, "vi")) + f" Danh sách ở trang “{page.vi}”; ô sai được tô màu và có ghi chú."
    en = _sentence(verdict(report, "en")) + f" They are listed on sheet “{page.en}”; guilty cells are marked and noted."
    if unmarked:
        names = ", ".join(f"“{name}”" for name in unmarked)
        vi += f" Trang {names} đang được bảo vệ nên không đánh dấu được."
        en += f" Protected and so not marked: {names}."
    if len({finding.place for finding in report.findings}) > marks.MOST:
        vi += f" Chỉ {marks.MOST} ô đầu được đánh dấu."
        en += f" Only the first {marks.MOST} cells are marked."
    return Text(vi, en)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _clear_marks(desk: Desk) -> Text:
    refuse_protected_structure(desk.book)
    left = _cleared(desk.book)
    if left:
        names = ", ".join(f"“{name}”" for name in left)
        raise InputFault(
            Text(f"trang {names} đang được bảo vệ nên còn đánh dấu", f"protected and so still marked: {names}"),
            expected=Text("bỏ bảo vệ ở thẻ Review rồi xóa lại", "protection taken off (Review tab), then once more"),
        )
    return Text("Đã xóa mọi đánh dấu, ghi chú và trang kết quả kiểm tra.", "All marks, notes and findings are removed.")


def _cleared(book: xw.Book) -> list[str]:
    """Bring the book back as it was; the names of protected sheets that are still marked."""
    findings_page.remove(book)
    return marks.clear(list(book.sheets))


COMMANDS = (
    Command(
        "check-sheet",
        Text("Kiểm tra trang này", "Check this sheet"),
        Text(
            "Tìm chỗ cộng sai, số viết sai, chữ không khớp số trong các bảng của trang đang mở và đánh dấu từng ô.",
            "Finds what does not add up in the tables of the active sheet and marks each cell.",
        ),
        _check_sheet,
    ),
    Command(
        "check-book",
        Text("Kiểm tra cả tệp", "Check the book"),
        Text(
            "Kiểm tra mọi trang, cả số liệu giữa các trang với nhau, và lập trang Kết quả kiểm tra.",
            "Checks every sheet, and the sheets against each other, and lists the findings on a sheet.",
        ),
        _check_book,
    ),
    Command(
        "next-finding",
        Text("Đi tới lỗi kế tiếp", "Next finding"),
        Text(
            "Chọn ô sai kế tiếp chưa được sửa và cho biết sai ở đâu.",
            "Selects the next guilty cell that is not mended yet and says what is wrong.",
        ),
        findings_page.go_to_next,
        quiet=True,
    ),
    Command(
        "clear-marks",
        Text("Xóa đánh dấu", "Clear marks"),
        Text(
            "Bỏ màu, ghi chú và trang kết quả mà lần kiểm tra đã thêm; tệp trở lại đúng như trước.",
            "Removes the colours, notes and the sheet that a check added; the book is as it was.",
        ),
        _clear_marks,
    ),
)
