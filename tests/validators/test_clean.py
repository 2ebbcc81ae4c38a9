"""Clean budget tables in the many forms that provinces and ministries print: each is understood, none is blamed.

`clean/*.txt` are typed sheets (`support.typed`), one file a workbook, several sheets parted by `=== name`; `⏎` is a
line break within a cell. The first lines say what to expect, and what the notation cannot:

    # tables: 1 equations >= 12          (or "0-1": whether it is a table is a matter of opinion)
    # warnings: rounding C9, number-as-text *     (may be warned of: at a cell, or anywhere; `Sheet!C9` in other sheets)
    # format 0.0%: F8:F30                (number format)
    # indent 2: B10:B15
    # italic: A40
    # hidden: column H, row 12
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from support.typed import typed_file

from validators.checking import check_file
from validators.findings import FileReport, Severity

FILES = sorted(Path(__file__).with_name("clean").glob("*.txt"))


@dataclass
class CleanBook:
    sheets: dict[str, str]
    tables: range
    equations: int
    warnings: set[tuple[str, str]]  # rule, cell with or without its sheet, or "*"
    looks: list[tuple[str, str]] = field(default_factory=list)  # what, where


def clean_book(text: str) -> CleanBook:
    lines = text.split("\n")
    head = [line for line in lines if line.startswith("# ")]
    marks = dict(line[2:].split(": ", 1) for line in head)
    wanted = re.fullmatch(r"(\d+)(?:-(\d+))? equations >= (\d+)", marks.pop("tables"))
    assert wanted
    fewest, most, equations = wanted.groups()
    listed = (entry.partition(" ") for entry in marks.pop("warnings", "").split(", ") if entry)
    warnings = {(rule, cell) for rule, _, cell in listed}
    sheets: dict[str, str] = {}
    name = "Phụ lục"
    for line in lines[len(head) :]:
        if line.startswith("=== "):
            name = line[4:]
        else:
            sheets[name] = sheets.get(name, "") + line + "\n"
    tables = range(int(fewest), int(most or fewest) + 1)
    return CleanBook(sheets, tables, int(equations), warnings, list(marks.items()))


def built(book: CleanBook, path: Path) -> Path:
    """The workbook; saved again by openpyxl, which drops the stored values of formulas, only where looks ask for it."""
    typed_file(path, book.sheets)
    broken = any("⏎" in text for text in book.sheets.values())
    if not book.looks and not broken:
        return path
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        for cell in cells_of(tuple(sheet.iter_rows())):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("⏎", "\n")
    for look, where in book.looks:
        for place in where.split(", "):
            dress(workbook, look, place)
    workbook.save(path)
    return path


def dress(workbook: openpyxl.Workbook, look: str, place: str) -> None:
    name, _, area = place.rpartition("!")
    sheet = workbook[name] if name else workbook.worksheets[0]
    what, _, detail = look.partition(" ")
    if what == "hidden":
        kind, which = area.split(" ")
        dimension = sheet.column_dimensions[which] if kind == "column" else sheet.row_dimensions[int(which)]
        dimension.hidden = True
        return
    for cell in cells_of(sheet[area]):
        if what == "format":
            cell.number_format = detail
        elif what == "indent":
            cell.alignment = Alignment(indent=int(detail))
        else:
            assert what == "italic", look
            cell.font = Font(bold=cell.font.b, italic=True)


def cells_of(found: object) -> Iterator[Cell]:
    if isinstance(found, tuple):
        for part in found:
            yield from cells_of(part)
    elif isinstance(found, Cell):
        yield found


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[CleanBook, FileReport]:
    book = clean_book(request.param.read_text(encoding="utf-8"))
    path = built(book, tmp_path_factory.mktemp("clean") / f"{request.param.stem}.xlsx")
    return book, check_file(path)


def test_nothing_is_blamed(checked: tuple[CleanBook, FileReport]) -> None:
    book, report = checked
    assert report.reason is None
    first = next(iter(book.sheets))
    blamed = []
    for finding in report.findings:
        if finding.severity is Severity.INFO:
            continue
        cell = finding.place.address if finding.place else "*"
        sheet = finding.place.sheet if finding.place else first
        named = {"*", f"{sheet}!{cell}"} | ({cell} if sheet == first else set())
        if finding.severity is Severity.ERROR or not any((finding.rule, each) in book.warnings for each in named):
            blamed.append((finding.severity.value, finding.rule, sheet, cell, finding.message.en))
    assert blamed == []


def test_it_is_understood(checked: tuple[CleanBook, FileReport]) -> None:
    book, report = checked
    assert len(report.tables) in book.tables, [(table.sheet, str(table.area)) for table in report.tables]
    assert sum(table.equations for table in report.tables) >= book.equations
