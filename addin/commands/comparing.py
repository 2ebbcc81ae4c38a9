"""So sánh hai bản: what the open book changed against an earlier file, marked in it and listed on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from addin import comparison_page, marks
from addin.commands.base import Command, Desk
from addin.marks import Unmarked
from addin.own_pages import said_of_kept
from addin.sheets import refuse_protected_structure
from faults import InputFault, Lang, Text
from revisions.differences import wording
from revisions.differences.changes import Differences, differences
from revisions.differences.reading import version_of
from revisions.differences.sheet import marks_of
from validators.checking import examine
from validators.readers import read_book


def _compare(desk: Desk) -> Text:
    refuse_protected_structure(desk.book)
    given = desk.answer("file")
    if not given:
        none = Text("chưa chọn tệp nào", "no file was chosen")
        raise InputFault(none, expected=Text("bản cũ để so sánh", "the old version"))
    desk.progress(Text("đang đọc hai bản…", "reading both versions…"))
    old = version_of(examine(read_book(Path(given))), Path(given).name)
    kept = comparison_page.remove(desk.book).kept
    marks.clear(list(desk.book.sheets))
    found = differences(old, version_of(examine(desk.read()), desk.book.name))
    if not found:
        said = {lang: " ".join(wording.remarks(found, lang)) for lang in _LANGS}
        told = [
            Text(f"Không có gì khác “{old.name}”.", f"Nothing differs from “{old.name}”."),
            *([Text(said["vi"], said["en"])] if said["vi"] else []),
        ]
    else:
        desk.progress(Text("đang đánh dấu…", "marking…"))
        left = _left_unmarked(marks.mark_all(desk.book, marks_of(found, desk.lang)))
        told = [*_told(found, comparison_page.place(desk, found, left)), *left]
    told += said_of_kept(kept)
    return Text(" ".join(each.vi for each in told), " ".join(each.en for each in told))


def _told(found: Differences, page: str) -> Iterator[Text]:
    said = {lang: [*wording.headings(found, lang), wording.counts(found.changes, lang)] for lang in _LANGS}
    vi, en = ("; ".join(filter(None, said[lang])) for lang in _LANGS)
    yield Text(f"So với “{found.old.name}”: {vi}.", f"Against “{found.old.name}”: {en}.")
    yield Text(
        f"Danh sách ở trang “{page}”; ô thay đổi được tô màu và có ghi chú.",
        f"They are listed on “{page}”; changed cells are marked and noted.",
    )


_LANGS: tuple[Lang, Lang] = ("vi", "en")
_PROTECTED = Text("trang đang được bảo vệ", "protected")
_TOO_MANY = Text(f"chỉ đánh dấu được {marks.MOST} ô", f"only {marks.MOST} cells are marked")


def _left_unmarked(left: Sequence[Unmarked]) -> list[Text]:
    whys = (_PROTECTED if each.is_protected else _TOO_MANY for each in left)
    cells = [wording.Left(each.sheet, each.cells, why) for each, why in zip(left, whys, strict=True)]
    return wording.left_out(wording.UNMARKED, cells)


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
