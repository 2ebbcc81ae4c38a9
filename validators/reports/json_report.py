"""Findings as JSON, for programs.

One document for all files:

    {"files": [{
        "file": "du-toan.xlsx",           the path as it was given
        "status": "findings",             "ok", "findings" or "unreadable"
        "reason": null,                   why it could not be read; null for any other status
        "tables": [{"sheet": "Phụ lục", "range": "A5:L22", "unit": "triệu đồng", "rows": 14, "equations": 62}],
        "findings": [{
            "rule": "group-total",
            "severity": "error",          "error", "warning" or "info"
            "sheet": "Phụ lục",           null, as is "cell", for what concerns the whole workbook
            "cell": "C36",
            "expected": "3325",           amounts are texts: exact decimals in the table's own unit, without exponent,
            "found": "3235",              grouping and trailing zeros; words and other texts stand as they are;
            "difference": "-90",          found less expected; null for what there is not
            "cause": "digits-swapped",    a value of `validators.findings.Cause`, or null
            "message": "...",             in the language that was asked for
            "witnesses": ["C36 = SUM(D36:H36)"],
            "fix": {"value": "3325", "formula": "=SUM(D36:H36)"},    either may be null; null where there is none
            "others": [{"sheet": "Phụ lục", "cell": "D36"}]          further cells that could be the wrong one
        }]
    }]}

A unit is null where the sheet states none. Findings stand in the order in which they were found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from budget.numbers import plain
from faults import Lang
from validators.findings import FileReport, Finding, Fix, TableSummary
from validators.reports.wording import reason


def json_report(reports: Iterable[FileReport], lang: Lang) -> str:
    """The document, indented, with a line feed at its end."""
    document = {"files": [_file(report, lang) for report in reports]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def decimal_text(value: Decimal | str | None) -> str | None:
    """An amount as a plain decimal, exact; a text as it is."""
    return f"{plain(value):f}" if isinstance(value, Decimal) else value


def fix_record(fix: Fix | None) -> dict[str, str | None] | None:
    """What to write in a cell, as this document gives it."""
    return None if fix is None else {"value": decimal_text(fix.value), "formula": fix.formula}


def _file(report: FileReport, lang: Lang) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "status": report.status,
        "reason": reason(report, lang),
        "tables": [_table(table) for table in report.tables],
        "findings": [_finding(finding, lang) for finding in report.findings],
    }


def _table(table: TableSummary) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "range": str(table.area),
        "unit": table.unit,
        "rows": table.rows,
        "equations": table.equations,
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "sheet": None if place is None else place.sheet,
        "cell": None if place is None else place.address,
        "expected": decimal_text(finding.expected),
        "found": decimal_text(finding.found),
        "difference": decimal_text(finding.difference),
        "cause": None if finding.cause is None else finding.cause.value,
        "message": finding.message[lang],
        "witnesses": list(finding.witnesses),
        "fix": fix_record(finding.fix),
        "others": [{"sheet": other.sheet, "cell": other.address} for other in finding.others],
    }
