"""What the checker makes of typed sheets, flattened into lines that tests compare with literal ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from validators.checking import examine
from validators.readers import read_book
from validators.rules.base import Checked
from validators.tables.model import AppendixTable
from workbook.addresses import column_letters

from .typed import typed_file


def examined(sheets: Mapping[str, str] | str) -> Checked:
    """Typed sheets, read from a file and examined."""
    with TemporaryDirectory() as folder:
        return examine(read_book(typed_file(Path(folder) / "typed.xlsx", sheets)))


def tables(sheets: Mapping[str, str] | str) -> tuple[AppendixTable, ...]:
    """The tables of typed sheets."""
    return examined(sheets).tables


def roles(table: AppendixTable) -> str:
    """The role of each column: "A number, B content, C total"."""
    return ", ".join(f"{column_letters(column.index)} {column.role}" for column in table.columns)


def outline(table: AppendixTable) -> list[str]:
    """Each row with its parent: "8 in 7 item", "9 in 7 item of which", "12 total"."""
    lines = []
    for row in table.rows:
        within = f" in {row.parent}" if row.parent is not None else ""
        lines.append(f"{row.index}{within} {row.kind}" + (" of which" if row.memo and row.kind == "item" else ""))
    return lines


def equations(checked: Checked) -> list[str]:
    """The equations, each with what it is about: "group-total C7 = C8+C9"; doubtful ones end with "?"."""
    return [f"{each.relation.value} {each.witness}" + ("" if each.solid else " ?") for each in checked.equations]


def diagnoses(checked: Checked) -> list[str]:
    """The wrong figures: "C36 3235 -> 3325 digits-swapped"."""
    found = []
    for each in checked.diagnoses:
        cause = f" {each.cause}" if each.cause else ""
        wrong = "broken" if each.found is None else f"{each.found.normalize():f}"
        others = f" or {' '.join(place.address for place in each.others)}" if each.others else ""
        found.append(f"{each.place.address} {wrong} -> {each.expected.normalize():f}{cause}{others}")
    return found
