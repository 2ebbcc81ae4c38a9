"""Many files read into one store: each once, in order, and whatever becomes of it, said."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from budget.money import Unit
from faults import InputFault, Lang, Text
from rollup.consolidation.book import write_workbook
from rollup.consolidation.exports import refuse_export, write_export
from rollup.consolidation.exports.spooled import export_of
from rollup.consolidation.officer import NOTHING_CHOSEN, Choices
from rollup.consolidation.overlaps import overlaps
from rollup.consolidation.reading import A_RESULT, FileFunding, is_result, read_files
from rollup.consolidation.rows import Summary
from rollup.consolidation.spool import Spool, spool
from validators.findings import FileReport
from validators.reports.wording import one_line, reason
from validators.running import workbook_files
from workbook.placing import refuse_target
from workbook.text import writable

Told = Callable[[int, int, str], None]  # how many files were read, of how many, and the name of the last
Form = Literal["xlsx", "csv", "json", "parquet", "datapackage"]


class Given(NamedTuple):
    """The files that a user named, each once, and the folders that hold none, each with the reason."""

    paths: Sequence[Path]
    empty: Sequence[FileReport]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user wants. `unit`: of the workbook, None: that of most amounts. `choices`: what names are taken for."""

    form: Form = "xlsx"
    unit: Unit | None = None
    choices: Choices = NOTHING_CHOSEN
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `unit`: of the result; `failed`: the files that were not added up, with the reasons."""

    summary: Summary
    unit: Unit
    failed: str


_USUAL = Asked()


def consolidate(given: Given, target: Path, lang: Lang, asked: Asked = _USUAL, told: Told = lambda *_: None) -> Outcome:
    """Read files and write what they hold at `target`, or nothing at all.

    Raises InputFault where the target cannot be written, is one of the files, or where no file holds an amount. Files
    that cannot be read are part of the result.
    """
    if asked.form == "xlsx":
        refuse_target(target, ".xlsx", force=asked.force)
    else:
        refuse_export(target, asked.form, force=asked.force)
    _refuse_given(target, given.paths)
    with spool(asked.choices) as store:
        summary = gather(store, given, target.parent, lang, told)
        if asked.form == "xlsx":
            summary = write_workbook(store, summary, target, lang, unit=asked.unit, force=asked.force)
        else:
            counted = Counter(each.difference is not None for each in overlaps(store))
            summary = replace(summary, conflicts=counted[True], repeated=counted[False])
            write_export(export_of(store), target, asked.form, lang, force=asked.force)
        return Outcome(summary, asked.unit or store.unit, named(store))


def _refuse_given(target: Path, paths: Iterable[Path]) -> None:
    """Raise InputFault where the target is one of the files that are read; an earlier result may be replaced."""
    if not target.exists() or is_result(target):
        return
    if any(path.exists() and path.samefile(target) for path in paths):
        what = Text("tệp đích là một trong các tệp sẽ đọc", "the target is one of the files that are read")
        raise InputFault(what, file=target, expected=Text("một tên khác", "another name"))


def named_by(given: Sequence[str]) -> Given:
    """The files and folders that a user named."""
    found: dict[Path, None] = {}
    empty: list[FileReport] = []
    for name in given:
        try:
            found |= dict.fromkeys(workbook_files([name]))
        except InputFault as fault:
            fault.file = None  # it is listed beside the reason
            empty.append(FileReport(Path(name), reason=Text(fault.sentence("vi"), fault.sentence("en"))))
    return Given(list(found), empty)


def gather(store: Spool, given: Given, folder: Path, lang: Lang, told: Told = lambda *_: None) -> Summary:
    """Read files into a store; what they come to. `folder`: of the result, from where links to the files lead.

    A copy of a file that was added already is not added again. Raises InputFault where no file holds an amount.
    """
    originals: dict[bytes, str] = {}
    for number, report in enumerate(chain(read_files(given.paths, lang), given.empty), 1):
        _take(store, report, originals, folder, lang)
        told(number, len(given.paths) + len(given.empty), report.path.name)
    if not store.files:
        nothing = Text("không tệp nào có số tiền để cộng", "no file holds amounts to add up")
        raise InputFault(nothing, found=named(store))
    return Summary(
        store.files,
        store.rows,
        store.total,
        failed=store.failed,
        skipped=store.skipped,
        unproven=store.unproven,
        doubted=store.doubted,
        unread=store.unread,
        hidden=store.hidden,
    )


def _take(store: Spool, report: FileReport, originals: dict[bytes, str], folder: Path, lang: Lang) -> None:
    name = writable(relative(report.path, folder))  # a name may hold what neither UTF-8 nor a cell can
    if not isinstance(report, FileFunding):
        store.fail(name, writable(one_line(reason(report, lang) or "")), skipped=report.reason == A_RESULT)
    elif report.digest in originals:
        store.fail(name, _a_copy(originals[report.digest])[lang], skipped=True)
    else:
        originals[report.digest] = name
        store.add(name, report)


def relative(path: Path, folder: Path) -> str:
    """A file as a link from a folder names it: within the folder without it, so that both may be moved."""
    absolute = os.path.abspath(path)
    within = os.path.join(os.path.abspath(folder), "")
    return absolute.removeprefix(within)


def named(store: Spool, most: int = 5) -> str:
    """The files that were not added up, each with its reason, as many as a message has room for."""
    said: list[str] = []
    for file in store.file_lines():
        if file.reason and len(said) == most:
            said.append("…")
            break
        if file.reason:
            said.append(f"{os.path.basename(file.name)} ({file.reason.rstrip('.')})")
    return "; ".join(said)


def _a_copy(original: str) -> Text:
    return Text(f"nội dung giống hệt {original}, không cộng lần nữa", f"the same as {original}, not added again")
