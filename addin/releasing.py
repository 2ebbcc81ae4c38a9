"""Bản phát hành: a copy of the open book that may leave the office, and a PDF of it, beside the book."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from addin import findings_page
from addin.commands.base import Desk
from addin.journal import journal
from faults import InputFault, Lang, Text
from validators.findings import Severity
from validators.running import check_files
from workbook.release import Release, release

_SUFFIXES = (".xlsx", ".xlsm")
_SECONDS = 30.0  # that the check may take whose errors are told of
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
    ours = [sheet.name for sheet in desk.book.sheets if findings_page.is_ours(sheet)]
    desk.progress(Text("đang lập bản phát hành…", "making the release…"))
    made = _released(desk, copy, ours)
    errors = _errors(desk, copy)
    target = _write(folder, Path(desk.book.name).stem, made.data)
    desk.progress(Text("đang in ra PDF…", "printing to PDF…"))
    has_pdf = _print(desk, target)
    return Text(*(_told(made, target, errors, lang, has_pdf=has_pdf) for lang in ("vi", "en")))


def _released(desk: Desk, copy: Path, without: list[str]) -> Release:
    try:
        return release(copy.read_bytes(), without=without)
    except InputFault as fault:
        fault.file = fault.file or desk.book.name
        raise


def _write(folder: Path, stem: str, data: bytes) -> Path:
    """The file that was written, under a name that neither it nor its PDF takes from another one."""
    for number in count(1):
        target = folder / f"{stem}-phat-hanh{f'-{number}' if number > 1 else ''}.xlsx"
        if target.exists() or target.with_suffix(".pdf").exists():
            continue
        try:
            with target.open("xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        except OSError as fault:
            target.unlink(missing_ok=True)
            what = Text("không ghi được tệp", "the file cannot be written")
            raise InputFault(what, file=target, found=fault.strerror) from fault
        return target
    raise AssertionError("the numbers do not end")


def _print(desk: Desk, released: Path) -> bool:
    """Have the host print the release; whether it did. The user's book is the active one again."""
    pdf = released.with_suffix(".pdf")
    book = desk.book
    other = None
    try:
        other = desk.app.books.open(str(released), update_links=False, read_only=True, add_to_mru=False)
        other.to_pdf(str(pdf), exclude_start_string=_NO_PREFIX)
    except Exception:  # noqa: BLE001 - a PC without any printer; the release itself is made
        journal().exception("no PDF of %s", released)
        pdf.unlink(missing_ok=True)
    finally:
        if other is not None:
            other.close()
        book.activate()
    return pdf.exists()


def _errors(desk: Desk, copy: Path) -> int:
    """How many errors the checker finds in the book; none where it cannot tell."""
    desk.progress(Text("đang kiểm tra…", "checking…"))
    (report,) = check_files([copy], seconds=_SECONDS)
    return report.count(Severity.ERROR)


def _told(made: Release, target: Path, errors: int, lang: Lang, *, has_pdf: bool) -> str:
    lines = [Text(f"Bản phát hành: {target}", f"Release: {target}")[lang]]
    if has_pdf:
        lines.append(f"PDF: {target.with_suffix('.pdf')}")
    else:
        lines.append(Text("Không in được ra PDF (máy chưa có máy in nào?).", "No PDF could be printed.")[lang])
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
