"""Fixtures of rules: tables that must fail and tables that must pass, as TOML, one file a rule.

    [[fail]]
    why = "The note says that the group costs 12, its items make 13."
    table = '''
    STT | Nội dung | Kinh phí
    ...
    '''
    finds = ["error C5: found 12, expected 13, cause digits-swapped"]

`table` is a typed sheet (`support.typed`); several sheets are `sheets = { "Phụ lục" = '...', "Chi tiết" = '...' }`.
`hidden = ["column E", "rows 7:9", "sheet Chi tiết"]` hides parts of the first sheet, or a sheet; "very-hidden Chi tiết"
hides a sheet so that only a macro can show it. `links` are files that
the workbook refers to. `[[pass]]` has no `finds`. A finding in another sheet than the first is named with its sheet
(`warning Chi tiết!C5`), one without a cell `warning *`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl

from validators.checking import check_book
from validators.findings import Finding
from validators.readers import read_book
from validators.rules import Rule

from .typed import typed_file


@dataclass(frozen=True)
class Fixture:
    """One case of a rule. `finds` is empty for one that must pass."""

    rule: str
    why: str
    sheets: Mapping[str, str]
    finds: Sequence[str]
    hidden: Sequence[str] = ()
    links: Sequence[str] = ()


def fixtures(file: Path) -> list[Fixture]:
    """The cases of one rule; those that must fail come first."""
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    assert found.keys() <= {"fail", "pass"}
    return [_fixture(file.stem, kind, case) for kind in ("fail", "pass") for case in found.get(kind, [])]


def _fixture(rule: str, kind: str, case: dict[str, Any]) -> Fixture:
    assert ("finds" in case) is (kind == "fail"), case["why"]
    sheets = case.get("sheets") or {"Phụ lục": case["table"]}
    return Fixture(rule, case["why"], sheets, case.get("finds", []), case.get("hidden", []), case.get("links", []))


def found_in(fixture: Fixture, rule: Rule, folder: Path) -> list[str]:
    """What the rule alone finds in the workbook of a fixture, flattened, in the order of the report."""
    path = typed_file(folder / "fixture.xlsx", fixture.sheets)
    if fixture.hidden:
        _hide(path, fixture.hidden)
    book = read_book(path)
    if fixture.links:
        book = replace(book, external_links=tuple(fixture.links))
    first = next(iter(fixture.sheets))
    return [flattened(finding, first) for finding in check_book(book, [rule]).findings]


def flattened(finding: Finding, first_sheet: str) -> str:
    """A finding on one line: severity, cell, what was found, what was expected, the cause; as far as it says so."""
    place = finding.place
    cell = "*" if place is None else place.address
    if place is not None and place.sheet != first_sheet:
        cell = f"{place.sheet}!{cell}"
    details = {"found": finding.found, "expected": finding.expected, "cause": finding.cause}
    told = [f"{name} {value}" for name, value in details.items() if value is not None]
    return f"{finding.severity} {cell}" + (": " + ", ".join(told) if told else "")


def _hide(path: Path, hidden: Sequence[str]) -> None:
    """Hide rows, columns and sheets; stored values of formulas are lost, and calculated when the book is read."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    for what in hidden:
        kind, _, name = what.partition(" ")
        if kind == "sheet":
            workbook[name].sheet_state = "hidden"
        elif kind == "very-hidden":
            workbook[name].sheet_state = "veryHidden"
        elif kind == "column":
            sheet.column_dimensions[name].hidden = True
        else:
            first, _, last = name.partition(":")
            for row in range(int(first), int(last or first) + 1):
                sheet.row_dimensions[row].hidden = True
    workbook.save(path)
