"""New appendices: an empty one on a form, or that of the entry workbook that is open. No file is ever overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import platformdirs

from addin import host
from addin.commands.base import Desk
from addin.entry_doubts import entry_doubts
from addin.free_names import free_path
from budget.loading import load_plan
from budget.loading.raw import fold, names_of
from budget.numbers import format_number
from budget.plan import Plan
from budget.schema import TABLES
from budget.years import parse_years, period
from faults import InputFault, Text
from generators.blank import blank_plan, parse_sources
from generators.forms import Form, form_names, load_form
from generators.generate import Generated, generate

_SOURCES = ("Ngân sách trung ương", "Ngân sách địa phương", "Nguồn khác")
_PLAN = 5  # years that a plan is for
_TELLING = 2  # sheets of an entry workbook: one alone, "Phụ lục", may be any appendix
_SUFFIXES = (".xlsx", ".xlsm")
_NEW, _ENDING = "phu-luc-moi", "-phu-luc"


def new(desk: Desk) -> Text:
    """Make an empty appendix on the form that was asked for, and open it. Raises InputFault."""
    form = _form(desk.answer("form"))
    years, assumed_years = _years(desk.answer("years"))
    sources, assumed_sources = _sources(desk.answer("sources"), form)
    made = _generated(desk, blank_plan(form.name, years, sources), _NEW)
    vi = f"Đã tạo phụ lục trống {made.path}, giai đoạn {period(years, '–')}"
    en = f"Made the empty appendix {made.path}, {period(years, '–')}"
    if assumed_years:
        vi, en = f"{vi} (không nhập giai đoạn nên lấy kế hoạch năm năm)", f"{en} (none was given: the five-year plan)"
    if sources:
        named = ("; " if any("," in each for each in sources) else ", ").join(sources)
        vi, en = f"{vi}, nguồn: {named}", f"{en}, sources: {named}"
    if assumed_sources:
        vi, en = f"{vi} (không nhập nguồn nên lấy các nguồn thường gặp)", f"{en} (none was given: the usual ones)"
    return Text(f"{vi}.", f"{en}.")


def from_entry(desk: Desk) -> Text:
    """Make the appendix of the entry workbook that is open, unsaved changes too, and open it. Raises InputFault."""
    name = desk.book.name
    plan = _entered(desk)
    try:
        made = _generated(desk, plan, f"{Path(name).stem}{_ENDING}")
    except InputFault as fault:
        if fault.file == plan.key:  # the generator knows the plan by its key, the user by the name of the book
            fault.file = name
        raise
    total = format_number(made.total)
    told = [
        Text(
            f"Đã lập {made.path}: {made.items} hạng mục, tổng {total} đồng ({made.words}).",
            f"Made {made.path}: {made.items} items, total {total} đồng ({made.words}).",
        ),
        *entry_doubts(plan),
    ]
    return Text(" ".join(each.vi for each in told), " ".join(each.en for each in told))


def _form(name: str) -> Form:
    if name:
        return load_form(name)
    listed = "; ".join(f"{each} ({load_form(each).title.vi})" for each in form_names())
    english = "; ".join(f"{each} ({load_form(each).title.en})" for each in form_names())
    raise InputFault(
        Text("chưa chọn biểu mẫu của phụ lục mới", "no form was chosen for the new appendix"),
        expected=Text(f"một trong: {listed}", f"one of: {english}"),
    )


def _years(text: str) -> tuple[tuple[int, ...], bool]:
    """The years that were asked for, or the five-year plan that next year belongs to; whether they were assumed."""
    if not text:
        first = date.today().year // _PLAN * _PLAN + 1  # next year is in 2021-2025, 2026-2030, and so on
        return tuple(range(first, first + _PLAN)), True
    try:
        return parse_years(text), False
    except ValueError:
        no_period = Text("giai đoạn không đọc được", "this is no period")
        raise InputFault(no_period, found=text, expected=Text("như 2026-2030", "such as 2026-2030")) from None


def _sources(text: str, form: Form) -> tuple[tuple[str, ...], bool]:
    """The sources that were asked for, or the usual ones where the form has a place for them; whether assumed."""
    named = parse_sources(text)
    if named or "source" not in form.axes:
        return named, False
    return _SOURCES, True


def _entered(desk: Desk) -> Plan:
    """The plan in the open book. Raises InputFault that names the book, and not the copy that was read."""
    book = desk.book
    sheets = {fold(sheet.name) for sheet in book.sheets}
    if sum(not sheets.isdisjoint(map(fold, names_of(table))) for table in TABLES) < _TELLING:
        needed = [table.label for table in TABLES if not table.optional]
        vi, en = (", ".join(f"“{label[lang]}”" for label in needed) for lang in ("vi", "en"))
        raise InputFault(
            Text("tệp đang mở không phải tệp nhập liệu", "the open book is no entry workbook"),
            file=book.name,
            expected=Text(f"tệp có các trang {vi}", f"a book with the sheets {en}"),
        )
    if host.suffix(book) not in _SUFFIXES:
        saved = Text("lưu tệp thành .xlsx trước", "the book saved as .xlsx first")
        what = Text("chỉ lập được phụ lục từ sổ .xlsx và .xlsm", "only .xlsx and .xlsm books can become an appendix")
        raise InputFault(what, file=book.name, expected=saved)
    # Excel's copy is of the book's own kind. The plan is called after the file; macros beside its sheets are not read
    copy = desk.copy().rename(desk.scratch / f"{Path(book.name).stem}.xlsx")
    try:
        return load_plan(copy)
    except InputFault as fault:
        fault.file = book.name
        raise


def _generated(desk: Desk, plan: Plan, stem: str) -> Generated:
    """Write the workbook of a plan beside the open book, or where the user keeps documents, and open it."""
    made = generate(plan, free_path(desk, _folder(desk), stem, ".xlsx"))
    desk.app.books.open(str(made.path))
    return made


def _folder(desk: Desk) -> Path:
    """The folder of the open book; the user's documents where none is open, or it was never saved on this PC."""
    if desk.open_book is not None:
        try:
            return desk.folder()
        except InputFault:
            pass
    documents = platformdirs.user_documents_path()
    try:
        documents.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        what = Text("không tạo được thư mục", "the folder cannot be made")
        raise InputFault(what, file=documents, found=fault.strerror) from fault
    return documents
