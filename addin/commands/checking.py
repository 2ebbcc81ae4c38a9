"""Kiểm tra: what is wrong, cell by cell, marked in the open book and listed on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from addin import comparison_page, findings_page, host, marks
from addin.commands.base import Command, Desk
from addin.marks import Unmarked
from addin.own_pages import quoted, said_of_kept
from addin.sheets import refuse_protected_structure
from faults import InputFault, Lang, Text
from validators.findings import FileReport
from validators.reports.wording import by_name, verdict
from validators.reports.workbook import marks_of
from validators.rules import all_rules
from validators.running import check_files

_LANGS: tuple[Lang, Lang] = ("vi", "en")
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
    cleared = _cleared(desk.book)
    desk.progress(Text("đang kiểm tra…", "checking…"))
    report = _report(desk, only)
    if not report.tables and not report.findings:
        where = Text("tệp này", "this book") if only is None else Text(f"trang “{only}”", f"sheet “{only}”")
        what = Text("không có bảng nào để kiểm tra", "there is no table to check")
        raise InputFault(what, place=where, expected=Text("một bảng có tiêu đề cột", "a table with column headings"))
    told = [Text(*(_sentence(verdict(report, lang)) for lang in _LANGS))]
    if report.findings:
        desk.progress(Text("đang đánh dấu…", "marking…"))
        unmarked = marks.mark_all(desk.book, marks_of(report, by_name(all_rules()), desk.lang))
        page = findings_page.place(desk, report)
        told += [
            Text(
                f"Danh sách ở trang “{page}”; ô sai được tô màu và có ghi chú.",
                f"They are listed on sheet “{page}”; guilty cells are marked and noted.",
            ),
            *_left_unmarked(unmarked),
        ]
    return _together([*told, *said_of_kept(cleared.kept)])


def _report(desk: Desk, only: str | None) -> FileReport:
    """What the checker says of the live book; of one sheet alone where `only` names it. Raises InputFault."""
    (report,) = check_files([desk.copy()], seconds=_SECONDS)
    if report.reason is not None:
        reasons = (report.reason[lang].removeprefix(f"{report.path}: ").rstrip(".") for lang in ("vi", "en"))
        raise InputFault(Text(*reasons), file=desk.book.name)
    report = replace(report, path=host.location(desk.book) or Path(desk.book.name))
    if only is None:
        return report
    return replace(
        report,
        tables=tuple(table for table in report.tables if table.sheet == only),
        findings=tuple(each for each in report.findings if each.place is not None and each.place.sheet == only),
    )


def _left_unmarked(left: Sequence[Unmarked]) -> Iterator[Text]:
    protected = [each.sheet for each in left if each.is_protected]
    if protected:
        names = quoted(protected)
        yield Text(f"Trang {names} đang được bảo vệ nên không đánh dấu được.", f"Protected and so not marked: {names}.")
    if any(not each.is_protected for each in left):
        yield Text(f"Chỉ {marks.MOST} ô đầu được đánh dấu.", f"Only the first {marks.MOST} cells are marked.")


def _together(told: Sequence[Text]) -> Text:
    return Text(*(" ".join(each[lang] for each in told) for lang in _LANGS))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _clear_marks(desk: Desk) -> Text:
    refuse_protected_structure(desk.book)
    compared = comparison_page.remove(desk.book)
    cleared = _cleared(desk.book)
    if cleared.protected:
        names = quoted(cleared.protected)
        raise InputFault(
            Text(f"trang {names} đang được bảo vệ nên còn đánh dấu", f"protected and so still marked: {names}"),
            expected=Text("bỏ bảo vệ ở thẻ Review rồi xóa lại", "protection taken off (Review tab), then once more"),
        )
    done = Text("Đã xóa mọi đánh dấu, ghi chú và trang kết quả.", "All marks, notes and lists are removed.")
    nothing = Text("Tệp không có đánh dấu nào của lần kiểm tra.", "The book has no marks of a check.")
    is_done = cleared.removed or compared.deleted
    return _together([done if is_done else nothing, *said_of_kept([*compared.kept, *cleared.kept])])


class _Cleared(NamedTuple):
    """How many marks and pages were removed, the protected sheets that are still marked, the pages that stay."""

    removed: int
    protected: list[str]
    kept: list[str]


def _cleared(book: xw.Book) -> _Cleared:
    """Bring the book back as it was before it was checked."""
    pages, kept = findings_page.remove(book)
    removed, protected = marks.clear(list(book.sheets))
    return _Cleared(pages + removed, protected, kept)


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
            "Bỏ màu, ghi chú, trang kết quả mà lần kiểm tra hoặc so sánh đã thêm; tệp trở lại đúng như trước.",
            "Removes the colours, notes and the sheet that a check or a comparison added; the book is as it was.",
        ),
        _clear_marks,
    ),
)
