"""So sánh hai bản: what the open book changed against an earlier file, marked in it and listed on a sheet."""

from __future__ import annotations

from pathlib import Path

from addin import host, marks
from addin.commands.base import Command, Desk
from addin.sheets import place_sheet, refuse_protected_structure
from faults import InputFault, Text
from revisions.differences import wording
from revisions.differences.changes import Differences, differences
from revisions.differences.reading import version_of
from revisions.differences.sheet import NAME, changes_workbook, marks_of
from validators.checking import examine
from validators.readers import read_book
from validators.reports.workbook import free_name


def _compare(desk: Desk) -> Text:
    refuse_protected_structure(desk.book)
    given = desk.answer("file")
    if not given:
        none = Text("chưa chọn tệp nào", "no file was chosen")
        raise InputFault(none, expected=Text("bản cũ để so sánh", "the old version"))
    desk.progress(Text("đang đọc hai bản…", "reading both versions…"))
    old = version_of(examine(read_book(Path(given))), Path(given).name)
    marks.clear(list(desk.book.sheets))
    found = differences(old, version_of(examine(desk.read()), desk.book.name))
    if not found:
        return Text(f"Không có gì khác “{old.name}”.", f"Nothing differs from “{old.name}”.")
    desk.progress(Text("đang đánh dấu…", "marking…"))
    _mark(desk, found)
    name = free_name(NAME[desk.lang], desk.book.sheet_names)
    sheet = place_sheet(desk, changes_workbook(found, desk.lang, name, linked=True))
    sheet.activate()
    sheet.range("A1").select()
    counts = {lang: wording.counts(found.changes, lang) for lang in ("vi", "en")}
    return Text(
        f"So với “{old.name}”: {counts['vi']}. Danh sách ở trang “{name}”; ô thay đổi được tô màu và có ghi chú.",
        f"Against “{old.name}”: {counts['en']}. They are listed on “{name}”; changed cells are marked and noted.",
    )


def _mark(desk: Desk, found: Differences) -> None:
    """Mark the changed cells of the sheets that take marks, as many as the host does in a reasonable time."""
    room = marks.MOST
    for name, cells in marks_of(found, desk.lang).items():
        sheet = desk.book.sheets[name]
        if not host.is_protected(sheet):
            marks.mark(sheet, dict(list(cells.items())[:room]))
            room = max(0, room - len(cells))


COMMANDS = (
    Command(
        "compare",
        Text("So sánh hai bản", "Compare versions"),
        Text(
            "So tệp đang mở với một bản cũ: mục thêm, bỏ, đổi tên, chuyển chỗ, số tiền thay đổi.",
            "Compares the open book with an old version: items added, removed, renamed, moved, amounts changed.",
        ),
        _compare,
        asks=("file",),
    ),
)
