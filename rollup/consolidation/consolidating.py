"""Many files read into one store: each once, in order, and whatever becomes of it, said."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from faults import InputFault, Lang, Text
from rollup.consolidation.reading import FileFunding, read_files
from rollup.consolidation.rows import Summary
from rollup.consolidation.spool import Spool
from validators.findings import FileReport
from validators.reports.wording import one_line, reason
from validators.running import workbook_files

Told = Callable[[int, Path], None]  # which file was read, from 1


def named_by(given: Sequence[str]) -> tuple[list[Path], list[FileReport]]:
    """The files that a user named, each once, and the folders that hold none, each with the reason."""
    found: dict[Path, None] = {}
    empty: list[FileReport] = []
    for name in given:
        try:
            found |= dict.fromkeys(workbook_files([name]))
        except InputFault as fault:
            fault.file = None  # it is listed beside the reason
            empty.append(FileReport(Path(name), reason=Text(fault.sentence("vi"), fault.sentence("en"))))
    return list(found), empty


def gather(
    spool: Spool,
    paths: Sequence[Path],
    empty: Sequence[FileReport],
    folder: Path,
    lang: Lang,
    *,
    told: Told = lambda *_: None,
) -> Summary:
    """Read files into a store; what they come to. `folder`: of the result, from where links to the files lead.

    A copy of a file that was added already is not added again. Raises InputFault where no file holds an amount.
    """
    originals: dict[bytes, str] = {}
    for number, report in enumerate(chain(read_files(paths, lang), empty), 1):
        _take(spool, report, originals, folder, lang)
        told(number, report.path)
    if not spool.files:
        nothing = Text("không tệp nào có số tiền để cộng", "no file holds amounts to add up")
        raise InputFault(nothing, found=named(spool))
    return Summary(spool.files, spool.rows, spool.total, spool.failed, spool.unproven, spool.doubted)


def _take(spool: Spool, report: FileReport, originals: dict[bytes, str], folder: Path, lang: Lang) -> None:
    name = relative(report.path, folder)
    if not isinstance(report, FileFunding):
        spool.fail(name, one_line(reason(report, lang) or ""))
    elif report.digest in originals:
        spool.fail(name, _a_copy(originals[report.digest])[lang])
    else:
        originals[report.digest] = report.path.name
        spool.add(name, report)


def relative(path: Path, folder: Path) -> str:
    """A file as a link from a folder names it: within the folder without it, so that both may be moved."""
    absolute = os.path.abspath(path)
    within = os.path.join(os.path.abspath(folder), "")
    return absolute.removeprefix(within)


def named(spool: Spool, most: int = 5) -> str:
    """The files that were not added up, each with its reason, as many as a message has room for."""
    said: list[str] = []
    for file in spool.file_lines():
        if file.reason and len(said) == most:
            said.append("…")
            break
        if file.reason:
            said.append(f"{os.path.basename(file.name)} ({file.reason.rstrip('.')})")
    return "; ".join(said)


def _a_copy(original: str) -> Text:
    return Text(f"nội dung giống hệt {original}, không cộng lần nữa", f"the same as {original}, not added again")
