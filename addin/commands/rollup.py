"""Tổng hợp: the funding of the open book by source, year and agency, and the funding of many files in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from addin import host
from addin.commands.base import Command, Desk
from addin.free_names import free_path
from addin.rollup_page import Placed, place
from addin.sheets import refuse_protected_structure
from budget.numbers import plain
from faults import InputFault, Text
from rollup.consolidation.consolidating import Outcome, consolidate, named_by
from rollup.consolidation.saying import done, left_out, notes
from rollup.kinds import BY_AGENCY, BY_SOURCE, BY_YEAR, Kind
from rollup.rolled import Rolled, rolled
from validators.checking import examine
from validators.reports.counting import perhaps_twice
from validators.reports.wording import shown

_RESULT = "hop-nhat"  # the name of the merged workbook


def _by(kind: Kind) -> Callable[[Desk], Text]:
    """The command that adds a sheet of that kind to the open book, or writes an earlier one anew."""

    def run(desk: Desk) -> Text:
        refuse_protected_structure(desk.book)
        desk.progress(Text("đang đọc các bảng…", "reading the tables…"))
        found = rolled(examine(desk.read()), kind.axes[0])
        desk.progress(Text("đang lập trang tổng hợp…", "writing the sheet…"))
        placed = place(desk, found, kind)
        return _told(found, placed)

    return run


def _told(found: Rolled, placed: Placed) -> Text:
    sheet = placed.sheet.name
    cells = Decimal(len({leaf.place for leaf in found.leaves} - found.unsummable.keys()))
    tables, texts = len(found.counted), len(found.unsummable)
    total, unit = plain(found.summed), found.unit.label
    vi = f"Đã cộng {shown(cells, 'vi')} ô của {tables} bảng: {shown(total, 'vi')} {unit}. Kết quả ở trang “{sheet}”."
    en = f"Cells added: {shown(cells, 'en')}, tables: {tables}, total: {shown(total, 'en')} {unit}. See “{sheet}”."
    if texts:
        vi += f" {texts} ô là chữ nên không cộng được: bấm “Chuyển chữ thành số” để sửa."
        en += f" Texts, and so not added: {texts}; “Text to numbers” mends them."
    elif any(each.stated is not None and not each.proven for each in found.counted):
        vi += " Các số không khớp tổng ghi trong phụ lục: xem phần đối chiếu ở trang đó."
        en += " They do not make the total that the appendix states: see the check on that sheet."
    for doubt in perhaps_twice(found):
        vi, en = f"{vi}\n\n{doubt.vi}", f"{en}\n\n{doubt.en}"
    if placed.kept:
        names = ", ".join(f"“{name}”" for name in placed.kept)
        vi += f"\n\nGiữ nguyên trang lập lần trước vì có chỗ đã sửa hoặc ghi thêm: {names}."
        en += f"\n\nEarlier sheets stay as they are, as they were changed or written on: {names}."
    return Text(vi, en)


def _consolidate(desk: Desk) -> Text:
    chosen = [name for name in desk.answers.get("file", ()) if name.strip()]
    if not chosen:
        none = Text("chưa chọn tệp nào", "no file was chosen")
        raise InputFault(none, expected=Text("ít nhất một phụ lục", "at least one appendix"))
    given = named_by(chosen)
    target = _target(desk, given.paths[0] if given.paths else Path(chosen[0]))

    def told(read: int, of: int, name: str) -> None:
        desk.progress(Text(f"đã đọc tệp {read}/{of}: {name}…", f"file {read}/{of} is read: {name}…"))

    made = consolidate(given, target, desk.lang, told=told)
    unsaved = _unsaved(desk, given.paths)
    desk.app.books.open(str(target))
    return _told_of_many(made, target, unsaved)


def _target(desk: Desk, first: Path) -> Path:
    """Where the result goes: beside the open book or else the first file; no file and no open book has its name."""
    try:
        folder = desk.folder()
    except InputFault:  # no book is open, or it was never saved
        folder = first.resolve().parent
    return free_path(desk, folder, _RESULT, ".xlsx")


def _unsaved(desk: Desk, paths: Sequence[Path]) -> list[str]:
    """The chosen files that are open with changes that are not saved: what was read is on the disk."""
    return [book.name for book in desk.app.books if _is_among(paths, host.location(book)) and host.is_changed(book)]


def _is_among(paths: Sequence[Path], place: Path | None) -> bool:
    """Whether a file is one of these, by whichever of its names (a mapped drive has two)."""
    return place is not None and place.exists() and any(path.exists() and place.samefile(path) for path in paths)


def _told_of_many(made: Outcome, target: Path, unsaved: Sequence[str]) -> Text:
    said = [done(made.summary, made.unit, target), *notes(made.summary, sheets=True)]
    if made.summary.failed:
        said.append(left_out(made.summary, made.failed))
    if unsaved:
        names = ", ".join(unsaved)
        said.append(
            Text(
                f"Đang mở và có thay đổi chưa lưu, nên số lấy từ bản đã lưu: {names}",
                f"Open with unsaved changes, so what is saved was read: {names}",
            )
        )
    return Text("\n\n".join(text.vi for text in said), "\n\n".join(text.en for text in said))


COMMANDS = (
    Command(
        "by-source",
        Text("Theo nguồn vốn", "By source"),
        Text(
            "Lập trang tổng hợp theo nguồn, năm, đơn vị, nhóm bằng công thức, có biểu đồ, câu nêu kinh phí, đối chiếu.",
            "Adds a sheet of the funding by source, year, agency and group: formulas, charts, the sentence, a check.",
        ),
        _by(BY_SOURCE),
    ),
    Command(
        "by-year",
        Text("Theo năm", "By year"),
        Text(
            "Lập trang tổng hợp kinh phí theo năm và nguồn vốn bằng công thức, có đối chiếu với tổng của phụ lục.",
            "Adds a sheet of the funding by year and source, in formulas, checked against the appendix's total.",
        ),
        _by(BY_YEAR),
    ),
    Command(
        "by-agency",
        Text("Theo đơn vị", "By agency"),
        Text(
            "Lập trang tổng hợp kinh phí theo đơn vị thực hiện và nguồn vốn bằng công thức, có đối chiếu.",
            "Adds a sheet of the funding by agency and source, in formulas, checked against the appendix's total.",
        ),
        _by(BY_AGENCY),
    ),
    Command(
        "consolidate",
        Text("Hợp nhất nhiều tệp", "Consolidate files"),
        Text(
            "Đọc nhiều phụ lục vào một tệp mới, mỗi số tiền một dòng kèm ô của nó, và cộng theo nguồn, năm và tệp.",
            "Reads many appendices, a row for each amount with its cell, and adds them up by source, year and file.",
        ),
        _consolidate,
        asks=("file",),
    ),
)
