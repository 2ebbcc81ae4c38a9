"""Findings in a workbook: a copy of the user's own file with the cells marked, or a sheet of findings alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lxml import etree

from faults import InputFault, Lang, Text
from validators.findings import FileReport, Finding
from validators.grid import Kind, Place
from validators.readers.preflight import Package, recognise
from validators.readers.refusals import fault_in
from validators.reports.copying import Mark, marked_copy, sheet_names
from validators.reports.findings_sheet import FILLS, SHEET_NAME, findings_workbook, how_to_mend
from validators.reports.wording import GRAVEST_FIRST, SEVERITIES, by_name, in_order, one_line, rule_title, shown
from validators.rules.base import Rule
from workbook.placing import put_in_place, refuse_target
from workbook.saving import save
from workbook.text import cell_text

MAX_NOTES = 5_000  # in a file; cells beyond are coloured only
NOTE_LIMIT = 4_000  # characters: more than anybody reads in a note
_ENDING = "-kiem-tra"
_DAMAGE = (KeyError, ValueError, IndexError, etree.XMLSyntaxError)


def report_targets(reports: Sequence[FileReport], out: Path) -> list[tuple[FileReport, Path]]:
    """Where the report workbook of each readable file goes.

    `out` that ends in .xlsx or .xlsm is the report of the only file. Any other `out` is a folder, made where missing:
    the report of `du-toan.xlsx` is `du-toan-kiem-tra.xlsx` in it. Raises InputFault for one target of several files,
    for a target that is one of the files, and for a folder that cannot be made.
    """
    readable = [report for report in reports if report.reason is None]
    if out.suffix.lower() in {".xlsx", ".xlsm"} and not os.path.isdir(out):
        if len(reports) > 1:
            what = Text("nhiều tệp không thể ghi vào một báo cáo", "several files cannot have one report workbook")
            raise InputFault(what, file=out, expected=Text("tên một thư mục", "the name of a folder"))
        return [(report, out) for report in readable]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        what = Text("không tạo được thư mục", "the folder cannot be made")
        raise InputFault(what, file=out, found=fault.strerror) from fault
    targets: dict[Path, FileReport] = {}
    for report in readable:
        stem, suffix, number = f"{report.path.stem}{_ENDING}", _suffix(_kind(report.path)), 1
        target = out / f"{stem}{suffix}"
        while target in targets:
            number += 1
            target = out / f"{stem} ({number}){suffix}"
        targets[target] = report
    _refuse_inputs(targets, reports)
    return [(report, target) for target, report in targets.items()]


def _refuse_inputs(targets: Iterable[Path], reports: Sequence[FileReport]) -> None:
    inputs = {os.path.realpath(report.path) for report in reports}
    for target in targets:
        if os.path.realpath(target) in inputs:
            what = Text(
                "báo cáo trùng tên với một tệp được kiểm tra", "a report would replace one of the files checked"
            )
            raise InputFault(what, file=target, expected=Text("một thư mục khác", "another folder"))


def _suffix(kind: Kind) -> str:
    return ".xlsm" if kind == "xlsm" else ".xlsx"


def _kind(path: Path) -> Kind:
    """What kind of workbook a file is. Raises InputFault where it cannot be read any more."""
    try:
        file = recognise(path)
        if not isinstance(file.content, Package):
            return file.kind
        types = "[Content_Types].xml"
        has_macros = types in file.content.names and b"macroEnabled" in file.content.read(types)
    except InputFault as fault:
        raise fault_in(fault, path) from fault
    return "xlsm" if has_macros else file.kind


def write_report_workbook(
    report: FileReport, out: Path, lang: Lang, *, rules: Iterable[Rule] = (), force: bool = False
) -> None:
    """Write the findings of a file that could be read to the workbook `out`.

    Of an .xlsx or .xlsm it is a copy, every part of it as it was, in which the guilty cells are coloured and have
    notes (a note that was there is kept), with the findings on a sheet of their own at the end, shown on opening. Of
    other files it holds that sheet alone. `rules` give titles and remedies.

    Raises InputFault, and writes nothing, where `out` is the file itself or has the wrong suffix, exists and `force` is
    not given, or cannot be written, and where the file has become unreadable or cannot be copied.
    """
    kind, named = _kind(report.path), by_name(rules)
    suffix = _suffix(kind)
    refuse_target(out, suffix, force=force, source=report.path)
    if kind not in {"xlsx", "xlsm"}:
        save(findings_workbook(report, named, lang, SHEET_NAME[lang], linked=False), out, force=force)
        return
    try:
        data = report.path.read_bytes()
        name = free_name(SHEET_NAME[lang], sheet_names(data))
        findings = findings_workbook(report, named, lang, name, linked=True)
        copy = marked_copy(data, marks_of(report, named, lang), findings, suffix)
    except _DAMAGE as fault:
        what = Text("không tạo được bản sao có đánh dấu của tệp này", "no marked copy can be made of this file")
        raise InputFault(what, file=report.path) from fault
    put_in_place(copy, out)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The name of a sheet: `wanted`, or with a number behind it. Excel does not tell capitals apart."""
    names = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in names:
        number += 1
        name = f"{wanted} ({number})"
    return name


def marks_of(report: FileReport, rules: Mapping[str, Rule], lang: Lang) -> dict[str, dict[tuple[int, int], Mark]]:
    """What is done to each guilty cell; one that several findings are about has the colour of the gravest."""
    cells: dict[Place, list[Finding]] = {}
    for finding in in_order(report.findings):
        if finding.place is not None:
            cells.setdefault(finding.place, []).append(finding)
    marks: dict[str, dict[tuple[int, int], Mark]] = {}
    for number, ((sheet, row, column), findings) in enumerate(cells.items()):
        color = FILLS[min((finding.severity for finding in findings), key=GRAVEST_FIRST.index)]
        text = "\n\n".join(_note(finding, rules, lang) for finding in findings) if number < MAX_NOTES else ""
        marks.setdefault(sheet, {})[row, column] = Mark(color, cell_text(text, NOTE_LIMIT))
    return marks


def _note(finding: Finding, rules: Mapping[str, Rule], lang: Lang) -> str:
    severity, title = SEVERITIES[finding.severity][lang].upper(), rule_title(finding.rule, rules, lang)
    lines = [f"{severity}: {title}", one_line(finding.message[lang])]
    if finding.expected is not None:
        lines.append(f"{Text('Đúng ra', 'Expected')[lang]}: {shown(finding.expected, lang)}")
    lines += filter(None, [how_to_mend(finding, rules, lang)])
    return "\n".join(lines)
