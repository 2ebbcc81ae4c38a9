"""Tổng hợp: the funding of the open book by source, year and agency, and the funding of many files in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from addin import host
from addin.commands.base import Command, Desk
from addin.free_names import free_path
from addin.rollup_page import Placed, place
from addin.sheets import refuse_protected_structure
from budget.numbers import plain
from faults import InputFault, Lang, Text
from rollup.consolidation.merged import Merged
from rollup.consolidation.merged_book import merged_workbook
from rollup.consolidation.reading import FileFunding, read_files
from rollup.kinds import BY_AGENCY, BY_SOURCE, BY_YEAR, Kind
from rollup.rolled import Rolled, rolled
from rollup.wording import perhaps_twice
from validators.checking import examine
from validators.findings import FileReport
from validators.reports.wording import reason, shown
from validators.running import workbook_files
from workbook.saving import save

_RESULT = "hop-nhat"  # the name of the merged workbook
_MOST_NAMED = 5  # files that a message names


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
    given = [name for name in desk.answers.get("file", ()) if name.strip()]
    if not given:
        none = Text("chưa chọn tệp nào", "no file was chosen")
        raise InputFault(none, expected=Text("ít nhất một phụ lục", "at least one appendix"))
    paths, empty = _named_by(given)
    reports = [*_read(desk, paths), *empty]
    files = [report for report in reports if isinstance(report, FileFunding)]
    failed = [report for report in reports if not isinstance(report, FileFunding)]
    if not files:
        nothing = Text("không tệp nào có số tiền để cộng", "no file holds amounts to add up")
        raise InputFault(nothing, found=_named(failed, desk.lang))
    desk.progress(Text("đang lập tệp hợp nhất…", "writing the workbook…"))
    merged = Merged(files, failed)
    target = _target(desk, paths[0])
    save(merged_workbook(merged, target, desk.lang), target, force=False)
    unsaved = _unsaved(desk, paths)
    desk.app.books.open(str(target))
    return _told_of_many(merged, target, unsaved)


def _named_by(given: Sequence[str]) -> tuple[list[Path], list[FileReport]]:
    """The files that were chosen, each once, and the folders that hold none, each with the reason."""
    found: dict[Path, None] = {}
    empty: list[FileReport] = []
    for name in given:
        try:
            found |= dict.fromkeys(workbook_files([name]))
        except InputFault as fault:
            fault.file = None  # it is listed beside the reason
            empty.append(FileReport(Path(name), reason=Text(fault.sentence("vi"), fault.sentence("en"))))
    return list(found), empty


def _read(desk: Desk, paths: Sequence[Path]) -> Iterator[FileReport]:
    reports = read_files(paths)
    for number, path in enumerate(paths, 1):
        place = f"{number}/{len(paths)}: {path.name}…"
        desk.progress(Text(f"đang đọc tệp {place}", f"reading file {place}"))
        yield next(reports)


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


def _told_of_many(merged: Merged, target: Path, unsaved: Sequence[str]) -> Text:
    total, unit = plain(merged.in_unit(merged.total)), merged.unit.label
    files, rows = len(merged.files), Decimal(sum(1 for _ in merged.lines()))
    vi = f"Đã hợp nhất {files} tệp, {shown(rows, 'vi')} dòng: {shown(total, 'vi')} {unit}. Kết quả: {target}"
    en = f"Files: {files}, rows: {shown(rows, 'en')}, total: {shown(total, 'en')} {unit}. Result: {target}"
    differing = sum(not file.is_proven for file in merged.files)
    if differing:
        vi += f"\n\n{differing} tệp có số không khớp tổng ghi trong tệp: xem trang “Theo tệp”."
        en += f"\n\nFiles whose amounts do not make their stated totals: {differing}; see “By file”."
    doubted = sum(file.doubted for file in merged.files)
    if doubted:
        vi += f"\n\n{doubted} tệp có thể có bảng bị cộng trùng: xem trang “Chưa cộng”."
        en += f"\n\nFiles of which tables may be added twice: {doubted}; see “Not added”."
    if merged.failed:
        vi += f"\n\n{len(merged.failed)} tệp không cộng được: {_named(merged.failed, 'vi')}"
        en += f"\n\nNot added: {len(merged.failed)}: {_named(merged.failed, 'en')}"
    if unsaved:
        names = ", ".join(unsaved)
        vi += f"\n\nĐang mở và có thay đổi chưa lưu, nên số lấy từ bản đã lưu: {names}"
        en += f"\n\nOpen with unsaved changes, so what is saved was read: {names}"
    return Text(vi, en)


def _named(failed: Sequence[FileReport], lang: Lang) -> str:
    """Files with the reason of each, as many as a message has room for."""
    said = "; ".join(f"{each.path.name} ({(reason(each, lang) or '').rstrip('.')})" for each in failed[:_MOST_NAMED])
    return f"{said}; …" if len(failed) > _MOST_NAMED else said


COMMANDS = (
    Command(
        "by-source",
        Text("Theo nguồn vốn", "By source"),
        Text(
            "Lập trang tổng hợp kinh phí theo nguồn vốn và năm bằng công thức, có đối chiếu với tổng của phụ lục.",
            "Adds a sheet of the funding by source and year, in formulas, checked against the appendix's total.",
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
