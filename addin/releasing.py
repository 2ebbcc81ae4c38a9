"""Bản phát hành: a copy of the open book that may leave the office, and a PDF of it, beside the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from addin import comparison_page, findings_page
from addin.commands.base import Desk
from addin.free_names import free_path
from addin.journal import journal
from addin.totals.page import lists_totals
from faults import InputFault, Lang, Text
from validators.findings import Severity
from validators.own_sheet import compares, lists_findings
from validators.readers import read_book
from validators.running import check_files
from workbook.placing import put_in_place
from workbook.release import Release, release

_SUFFIXES = (".xlsx", ".xlsm")
_SECONDS = 30.0  # that the check may take whose errors are told of
_LONGEST = 200  # characters of what the host says of a fault
_FOR_THE_OFFICE = (lists_findings, lists_totals, compares)
_NO_PREFIX = "/"  # sheets whose names begin so are not printed: no name can


def release_book(desk: Desk) -> Text:
    """Write the release and its PDF beside the open book and say where they are and what was taken out.

    No file is ever written over. Raises InputFault where the book was never saved or is of a kind that cannot be
    released, or the folder takes no file.
    """
    folder, copy = desk.folder(), desk.copy()
    if copy.suffix not in _SUFFIXES:
        saved = Text("lưu tệp thành .xlsx trước", "the book saved as .xlsx first")
        what = Text("chỉ phát hành được sổ .xlsx và .xlsm", "only .xlsx and .xlsm books can be released")
        raise InputFault(what, file=desk.book.name, expected=saved)
    desk.progress(Text("đang lập bản phát hành…", "making the release…"))
    made = _released(desk, copy)
    errors = _errors(desk, copy)
    target = free_path(desk, folder, f"{Path(desk.book.name).stem}-phat-hanh", ".xlsx", ".pdf")
    put_in_place(made.data, target)
    desk.progress(Text("đang in ra PDF…", "printing to PDF…"))
    unprinted = _print(desk, target)
    return Text(*(_told(made, target, errors, lang, unprinted) for lang in ("vi", "en")))


def _released(desk: Desk, copy: Path) -> Release:
    """The release, without our lists of findings, of typed totals and of what changed since an earlier version: they
    are for the office. Roll-ups stay.
    """
    pages = (findings_page, comparison_page)  # known by their names too: their headings may have moved
    named = {sheet.name for sheet in desk.book.sheets if any(page.is_ours(sheet) for page in pages)}
    try:
        listed = {sheet.name for sheet in read_book(copy).sheets if any(lists(sheet) for lists in _FOR_THE_OFFICE)}
        return release(copy.read_bytes(), without=named | listed)
    except InputFault as fault:
        fault.file = desk.book.name  # the user knows nothing of the copy
        raise


def _print(desk: Desk, released: Path) -> Text | None:
    """Have the host print the release; why it did not. The user's book is the active one again."""
    pdf = released.with_suffix(".pdf")
    book = desk.book
    other = None
    try:
        other = desk.app.books.open(str(released), update_links=False, read_only=True, add_to_mru=False)
        other.to_pdf(str(pdf), exclude_start_string=_NO_PREFIX)
    except Exception as fault:  # noqa: BLE001 - each host has its own kind; the release itself is made
        journal().exception("no PDF of %s", released)
        pdf.unlink(missing_ok=True)
        return _why(fault)
    finally:
        if other is not None:
            other.close()
        book.activate()
    return None


def _why(fault: Exception) -> Text:
    """What went wrong in the host, as one line without an end."""
    if isinstance(fault, InputFault):
        return Text(*(fault.sentence(lang).rstrip(".") for lang in ("vi", "en")))
    details = getattr(fault, "excepinfo", None)  # what Excel itself says: its third text
    said = " ".join(str(details[2] if details and details[2] else fault).split()).rstrip(".")
    return Text(*[said[:_LONGEST] or type(fault).__name__] * 2)


def _errors(desk: Desk, copy: Path) -> int:
    """How many errors the checker finds in the book; none where it cannot tell."""
    desk.progress(Text("đang kiểm tra…", "checking…"))
    (report,) = check_files([copy], seconds=_SECONDS)
    return report.count(Severity.ERROR)


def _told(made: Release, target: Path, errors: int, lang: Lang, unprinted: Text | None) -> str:
    lines = [Text(f"Bản phát hành: {target}", f"Release: {target}")[lang]]
    if unprinted is None:
        lines.append(f"PDF: {target.with_suffix('.pdf')}")
    else:
        why = unprinted[lang]
        lines.append(
            Text(
                f"Không in được ra PDF: {why}. Excel chỉ in được khi máy có cài máy in.",
                f"No PDF could be printed: {why}. Excel prints only where a printer is installed.",
            )[lang]
        )
    if errors:
        lines.append(
            Text(
                f"Lưu ý: bộ kiểm tra còn thấy {errors} lỗi trong tệp; bấm “Kiểm tra cả tệp” để xem.",
                f"Mind that the checker finds {errors} errors in the book; “Check the book” shows them.",
            )[lang]
        )
    taken = ", ".join(part[lang] for part in _taken_out(made))
    lines.append(Text(f"Đã bỏ: {taken}.", f"Taken out: {taken}.")[lang] if taken else _NOTHING[lang])
    if kept := ", ".join(part[lang] for part in _overlooked(made)):
        lines.append(Text(f"Còn giữ, hãy tự xem lại: {kept}.", f"Still there, for you to look at: {kept}.")[lang])
    return "\n".join(lines)


_NOTHING = Text("Tệp không có gì phải bỏ.", "There was nothing to take out.")


def _taken_out(made: Release) -> Iterator[Text]:
    """What the release is without, most telling first."""
    if made.formulas:
        yield Text(f"{made.formulas} công thức (giữ giá trị)", f"{made.formulas} formulas (values stay)")
    if made.sheets:
        names = ", ".join(f"“{name}”" for name in made.sheets)
        yield Text(f"trang {names}", f"sheets {names}")
    counted = (
        (made.cells, "ô ẩn (dòng, cột ẩn, định dạng không hiện)", "hidden cells"),
        (made.notes, "ghi chú", "notes"),
        (made.links, "liên kết", "links"),
        (made.external, "nguồn dữ liệu ở tệp khác", "links to other files"),
        (made.names, "tên vùng", "names"),
        (made.pivot_tables, "bảng tổng hợp (PivotTable)", "pivot tables"),
        (made.series, "tham chiếu của biểu đồ", "references of charts"),
        (made.rules, "quy tắc định dạng và nhập liệu", "rules of formats and entry"),
        (made.objects, "đối tượng nhúng hoặc ẩn", "embedded or hidden objects"),
        (made.pictures, "ảnh có thông tin kèm theo (giữ ảnh)", "notes in pictures (pictures stay)"),
        (len(made.properties), "thuộc tính tệp (tác giả, cơ quan…)", "properties of the file (author, company…)"),
    )
    for number, vi, en in counted:
        if number:
            yield Text(f"{number} {vi}", f"{number} {en}")
    if made.macros:
        yield Text("macro", "macros")


def _overlooked(made: Release) -> Iterator[Text]:
    """What the release keeps and a reader may overlook."""
    counted = (
        (made.white, "ô chữ trắng trên nền trắng", "cells in white on white"),
        (made.prompts, "lời nhắc khi nhập liệu", "prompts for those who type"),
        (made.descriptions, "mô tả của hình (văn bản thay thế)", "descriptions of pictures"),
    )
    for number, vi, en in counted:
        if number:
            yield Text(f"{number} {vi}", f"{number} {en}")
