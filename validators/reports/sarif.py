"""Findings as SARIF 2.1.0, for code review tools and archives of static analysis.

A place in a workbook has no line and no column of text, so that results point at the file (a URI) and at a logical
location, `Sheet!C36`. For the same reason there are no SARIF fixes, which replace regions of text or of bytes: what to
write is in the properties of a result, as `validators.reports.json_report` gives it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from faults import Lang, Text
from validators.findings import FileReport, Finding, Severity
from validators.grid import Place
from validators.reports.json_report import decimal_text, fix_record
from validators.reports.wording import reason
from validators.rules.base import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_report(reports: Iterable[FileReport], rules: Sequence[Rule], lang: Lang, version: str) -> str:
    """The log, indented, with a line feed at its end. `version` is that of the program."""
    files = list(reports)
    index = {rule.name: position for position, rule in enumerate(rules)}
    unread = [_notification(report, lang) for report in files if report.reason is not None]
    run = {
        "tool": {"driver": {"name": "phuluc", "version": version, "rules": [_rule(rule, lang) for rule in rules]}},
        "language": lang,
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": unread}],
        "results": [_result(report.path, finding, index, lang) for report in files for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def file_uri(path: Path) -> str:
    """A path as a URI: relative where the path is, `file:` where it is absolute."""
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    example, remedy = Text("Ví dụ", "Example")[lang], Text("Cách sửa", "How to mend it")[lang]
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title[lang]},
        "fullDescription": {"text": rule.explanation[lang]},
        "help": {"text": f"{example}: {rule.example[lang]}\n{remedy}: {rule.remedy[lang]}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(path: Path, finding: Finding, index: Mapping[str, int], lang: Lang) -> dict[str, Any]:
    properties = {
        "label": finding.label or None,
        "expected": decimal_text(finding.expected),
        "found": decimal_text(finding.found),
        "difference": decimal_text(finding.difference),
        "cause": None if finding.cause is None else finding.cause.value,
        "witnesses": list(finding.witnesses) or None,
        "fix": fix_record(finding.fix),
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index.get(finding.rule, -1),  # -1 is SARIF's own word for "not in the list"
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message[lang]},
        "locations": [_location(path, finding.place)],
        "properties": {name: value for name, value in properties.items() if value is not None},
    }
    if finding.others:
        message = Text("cũng có thể sai ở đây", "this may be the wrong one, too")[lang]
        result["relatedLocations"] = [
            {"id": number, "message": {"text": message}, **_location(path, other)}
            for number, other in enumerate(finding.others, 1)
        ]
    return result


def _location(path: Path, place: Place | None = None) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": file_uri(path)}}}
    if place is not None:
        name = f"{place.sheet}!{place.address}"
        location["logicalLocations"] = [{"name": place.address, "fullyQualifiedName": name}]
    return location


def _notification(report: FileReport, lang: Lang) -> dict[str, Any]:
    return {"level": "error", "message": {"text": reason(report, lang) or ""}, "locations": [_location(report.path)]}
