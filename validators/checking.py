"""One file in, one report out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from faults import InputFault, Text
from validators.diagnosis.diagnosing import diagnose
from validators.equations.system import system_of
from validators.findings import FileReport, Finding, Severity, TableSummary
from validators.grid import Book
from validators.own_sheet import without_ours
from validators.readers import read_book
from validators.rules import Checked, Rule, all_rules
from validators.tables.model import AppendixTable
from validators.tables.understanding import understand

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check_file(path: Path, rules: Sequence[Rule] | None = None) -> FileReport:
    """What the rules (None: all) find in a file. One that cannot be read has its reason in the report."""
    try:
        book = read_book(path)
    except InputFault as fault:
        return FileReport(path, reason=Text(fault.sentence("vi"), fault.sentence("en")))
    return check_book(book, all_rules() if rules is None else rules)


def check_book(book: Book, rules: Sequence[Rule]) -> FileReport:
    """What the rules find in a workbook that was read."""
    checked = examine(book)
    found = [finding for rule in rules for finding in rule.check(checked)]
    sheets = {grid.name: place for place, grid in enumerate(book.sheets)}

    def order(finding: Finding) -> tuple[int, int, int, int, str]:
        place = finding.place
        at = (sheets[place.sheet], place.row, place.column) if place else (-1, 0, 0)
        return (*at, _ORDER[finding.severity], finding.rule)

    return FileReport(book.path, tuple(_summaries(checked)), tuple(sorted(found, key=order)))


def examine(book: Book) -> Checked:
    """The tables of a workbook, their equations, and what is wrong in them; sheets of ours are no part of it."""
    book = without_ours(book)
    tables = understand(book)
    system = system_of(tables)
    return Checked(book, tables, system.equations, diagnose(system))


def _summaries(checked: Checked) -> list[TableSummary]:
    return [
        TableSummary(
            table.grid.name,
            table.area,
            table.unit.label if table.unit else None,
            len(table.rows),
            sum(_is_within(table, equation.total.sheet, equation.total.row) for equation in checked.equations),
        )
        for table in checked.tables
    ]


def _is_within(table: AppendixTable, sheet: str, row: int) -> bool:
    return sheet == table.grid.name and table.area.top <= row <= table.area.bottom
