"""Findings and rules as text, for people: plain where it is piped, in colours on a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TextIO

from faults import Lang, Text
from validators.findings import FileReport, Finding, Severity
from validators.reports.wording import (
    CAUSES,
    SEVERITIES,
    by_name,
    by_sheet,
    cell_names,
    one_line,
    remedy,
    rule_title,
    shortened,
    shown,
    verdict,
)
from validators.rules.base import Rule

FULL = 10  # findings of one rule in a file that are written out; of the others the cells are named
CELLS = 20  # cells that are named in a row
WITNESSES = 5  # equations that are written out for a finding
LABEL, WITNESS = 90, 160  # characters of a row's wording, of an equation
WIDTH = 100  # of the explanations of rules
NARROWEST = 20  # columns of a terminal in which text is still wrapped

_FILE, _SHEET, _CELL, _HEAD, _GREEN = "bold", "bold underline", "bold", "dim", "green"
_COLOURS: Mapping[Severity, str] = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_HEADS = {
    "label": Text("Nội dung", "Row"),
    "message": Text("Chi tiết", "Detail"),
    "found": Text("Thấy", "Found"),
    "expected": Text("Cần", "Expected"),
    "difference": Text("Lệch", "Difference"),
    "cause": Text("Nguyên nhân", "Cause"),
    "witnesses": Text("Căn cứ", "Witnesses"),
    "remedy": Text("Cách sửa", "Remedy"),
    "others": Text("Cũng có thể", "Could be"),
}


class Span(NamedTuple):
    """A piece of a line, and how a terminal shows it (a style of rich; empty: as it is)."""

    text: str
    style: str = ""


Line = Sequence[Span]


def text_report(
    reports: Sequence[FileReport], rules: Iterable[Rule], lang: Lang, *, width: int | None = None
) -> Iterator[Line]:
    """The lines of the report. `width`: what is longer is wrapped beneath itself; None: lines are as long as they are.

    A file without findings is one line, and so is one that could not be read. Below several files one more line counts
    them.
    """
    named = by_name(rules)
    for number, report in enumerate(reports):
        if number and (report.findings or reports[number - 1].findings):
            yield ()
        yield _heading(report, lang)
        yield from _FileLines(report, named, lang, width).lines()
    if len(reports) > 1:
        yield ()
        yield (Span(_summary(reports, lang), _FILE),)


def rule_list(rules: Sequence[Rule], lang: Lang) -> Iterator[Line]:
    """A line for each rule: name, severity, title."""
    names = max((len(rule.name) for rule in rules), default=0)
    severities = max(len(label[lang]) for label in SEVERITIES.values())
    for rule in rules:
        severity = Span(f"{SEVERITIES[rule.severity][lang]:<{severities}}", _COLOURS[rule.severity])
        yield Span(f"{rule.name:<{names}}  ", _CELL), severity, Span(f"  {rule.title[lang]}")


def rule_text(rule: Rule, lang: Lang) -> Iterator[Line]:
    """All that there is to know of one rule."""
    severity = SEVERITIES[rule.severity][lang]
    yield Span(rule.name, _CELL), Span(f" ({severity})", _COLOURS[rule.severity]), Span(f": {rule.title[lang]}")
    heads = (Text("", ""), Text("Ví dụ: ", "Example: "), Text("Cách sửa: ", "Remedy: "))
    for head, text in zip(heads, (rule.explanation, rule.example, rule.remedy), strict=True):
        yield ()
        for line in textwrap.wrap(head[lang] + one_line(text[lang]), WIDTH, break_on_hyphens=False):
            yield (Span(line),)


def terminal_width(stream: TextIO) -> int | None:
    """The columns of the terminal that a stream is; None where it is none.

    One less than there are: older consoles of Windows go to the next line when the last one is filled.
    """
    return shutil.get_terminal_size().columns - 1 if stream.isatty() else None


def print_lines(lines: Iterable[Line], stream: TextIO) -> None:
    """Write lines to a stream: in colours where it is a terminal, as rich sees it (`NO_COLOR` is heeded)."""
    if not stream.isatty():
        stream.writelines("".join(span.text for span in line).rstrip() + "\n" for line in lines)
        return
    from rich.console import Console
    from rich.text import Text as Rich

    console = Console(file=stream, highlight=False)
    for line in lines:
        console.print(Rich.assemble(*line), soft_wrap=True)


def _heading(report: FileReport, lang: Lang) -> Line:
    style = next((colour for severity, colour in _COLOURS.items() if report.count(severity)), _GREEN)
    style = style if report.reason is None else _COLOURS[Severity.ERROR]
    return Span(one_line(str(report.path)), _FILE), Span(": "), Span(verdict(report, lang), style)


def _summary(reports: Sequence[FileReport], lang: Lang) -> str:
    unread = sum(report.reason is not None for report in reports)
    wrong = sum(report.count(Severity.ERROR) > 0 for report in reports)
    rest = len(reports) - unread - wrong
    return Text(
        f"{len(reports)} tệp: {wrong} có lỗi, {rest} không có lỗi, {unread} không đọc được",
        f"{len(reports)} files: {wrong} with errors, {rest} without, {unread} that cannot be read",
    )[lang]


class _FileLines:
    """The findings of one file."""

    def __init__(self, report: FileReport, rules: Mapping[str, Rule], lang: Lang, width: int | None) -> None:
        self._sheets, self._rules, self._lang, self._width = by_sheet(report), rules, lang, width
        self._heads = {name: head[lang] for name, head in _HEADS.items()}
        self._head_width = max(map(len, self._heads.values()))
        self._written: Counter[str] = Counter()

    def lines(self) -> Iterator[Line]:
        """Sheet by sheet."""
        for sheet, findings in self._sheets:
            whole = Text("Cả tệp", "The whole workbook")[self._lang]
            title = f"{Text('Trang', 'Sheet')[self._lang]} “{one_line(sheet)}”" if sheet is not None else whole
            yield Span("  "), Span(title, _SHEET)
            yield from self._sheet(findings)

    def _sheet(self, findings: Sequence[Finding]) -> Iterator[Line]:
        full: list[Finding] = []
        folded: dict[str, list[Finding]] = {}
        for finding in findings:
            self._written[finding.rule] += 1
            if self._written[finding.rule] <= FULL:
                full.append(finding)
            else:
                folded.setdefault(finding.rule, []).append(finding)
        cells = max((len(_address(finding)) for finding in full), default=0)
        severities = max((len(SEVERITIES[finding.severity][self._lang]) for finding in full), default=0)
        for finding in full:
            yield from self._finding(finding, cells, severities)
        for rule, rest in folded.items():
            title = rule_title(rule, self._rules, self._lang)
            places = [finding.place for finding in rest if finding.place is not None]
            cells_named = f": {cell_names(places, places[0].sheet, CELLS)}" if places else ""
            more = Text(f"và {len(rest)} chỗ khác", f"and {len(rest)} more")[self._lang]
            yield from self._wrapped([Span("    "), Span(f"{title}: ", _COLOURS[rest[0].severity])], more + cells_named)

    def _finding(self, finding: Finding, cells: int, severities: int) -> Iterator[Line]:
        severity = f"{SEVERITIES[finding.severity][self._lang]:<{severities}}"
        address = f"    {_address(finding):<{cells}}  " if cells else "    "
        title = f"  {rule_title(finding.rule, self._rules, self._lang)} ({finding.rule})"
        yield Span(address, _CELL), Span(severity, _COLOURS[finding.severity]), Span(title)
        for head, texts in self._details(finding).items():
            for number, text in enumerate(texts):
                label = f"{'' if number else self._heads[head]:<{self._head_width}}  "
                yield from self._wrapped([Span(" " * len(address)), Span(label, _HEAD)], text)

    def _details(self, finding: Finding) -> dict[str, Sequence[str]]:
        """What is said of a finding, in order, under each head as one or several lines."""
        sheet = None if finding.place is None else finding.place.sheet
        cause = CAUSES[finding.cause][self._lang] if finding.cause else ""
        single = {
            "label": shortened(finding.label, LABEL),
            "message": one_line(finding.message[self._lang]),
            **self._figures(finding),
            "cause": cause,
        }
        details: dict[str, Sequence[str]] = {head: [text] for head, text in single.items() if text}
        details["witnesses"] = [shortened(witness, WITNESS) for witness in finding.witnesses[:WITNESSES]]
        if len(finding.witnesses) > WITNESSES:
            rest = len(finding.witnesses) - WITNESSES
            details["witnesses"] = [*details["witnesses"], Text(f"và {rest} nữa", f"and {rest} more")[self._lang]]
        for head, text in (
            ("remedy", remedy(finding, self._rules, self._lang)),
            ("others", cell_names(finding.others, sheet, CELLS)),
        ):
            details[head] = [text] if text else []
        return details

    def _figures(self, finding: Finding) -> dict[str, str]:
        """Found, expected, difference; numbers stand with their digits beneath each other."""
        values = {"found": finding.found, "expected": finding.expected, "difference": finding.difference}
        texts = {head: shown(value, self._lang, signed=head == "difference") for head, value in values.items()}
        point = "," if self._lang == "vi" else "."
        wholes = {head: texts[head].partition(point)[0] for head, value in values.items() if isinstance(value, Decimal)}
        width = max(map(len, wholes.values()), default=0)
        return {head: " " * (width - len(wholes.get(head, " " * width))) + text for head, text in texts.items()}

    def _wrapped(self, start: list[Span], text: str) -> Iterator[Line]:
        indent = sum(len(span.text) for span in start)
        room = None if self._width is None else self._width - indent
        wrap = room is not None and room >= NARROWEST
        lines = textwrap.wrap(text, room or 0, break_on_hyphens=False) if wrap else [text]
        for number, line in enumerate(lines):
            yield [*(start if number == 0 else [Span(" " * indent)]), Span(line)]


def _address(finding: Finding) -> str:
    return "" if finding.place is None else finding.place.address
