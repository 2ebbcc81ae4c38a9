"""A copy of a workbook file with cells marked, notes at them, and a sheet of another workbook at its end."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from openpyxl import Workbook

from validators.reports.notes import add_notes
from workbook.addresses import address
from workbook.appending import add_sheets, packed, saved
from workbook.package import sheet_parts
from workbook.parts import Parts, child, children, namespace, numbered
from workbook.stylesheet import StyleSheet, style_sheet


@dataclass(frozen=True, slots=True)
class Mark:
    """What is done to a cell: the colour of its ground (RRGGBB) and the text of its note (empty: no note)."""

    color: str
    note: str


Marks = Mapping[str, Mapping[tuple[int, int], Mark]]  # sheet -> (row, column) -> mark


def sheet_names(data: bytes) -> list[str]:
    """The names of the sheets of a workbook file."""
    return list(sheet_parts(Parts(data)))


def marked_copy(data: bytes, marks: Marks, findings: Workbook, suffix: str) -> bytes:
    """The workbook file `data` with its cells marked, and with the only sheet of `findings` last and shown first.

    The name of that sheet must be free. `suffix` (.xlsx or .xlsm) says what the copy calls itself: a template becomes
    a workbook. Raises KeyError, ValueError or etree.XMLSyntaxError for a damaged package.
    """
    parts = Parts(data)
    sheets = {unicodedata.normalize("NFC", name): part for name, part in sheet_parts(parts).items()}
    looks = style_sheet(parts)
    for name, cells in marks.items():
        part = sheets[name]
        _paint(parts.root(part), cells, looks)
        notes = {address(*cell): mark.note for cell, mark in cells.items() if mark.note}
        if notes:
            add_notes(parts, part, notes)
    add_sheets(parts, saved(findings), show=findings.sheetnames[0])
    return packed(parts, suffix)


def _paint(sheet: etree._Element, cells: Mapping[tuple[int, int], Mark], looks: StyleSheet) -> None:
    data = child(sheet, "sheetData")
    if data is None:
        raise ValueError("sheetData")
    rows = dict(numbered(data, "row"))
    for (row, column), mark in sorted(cells.items()):
        if row not in rows:
            new = etree.Element(f"{namespace(sheet)}row", r=str(row))
            data.insert(sum(number < row for number in rows), new)
            rows[row] = new
        cell = _cell(rows[row], row, column, _column_style(sheet, column))
        cell.set("s", str(looks.filled(int(cell.get("s", "0")), mark.color)))


def _cell(row: etree._Element, number: int, column: int, style: str) -> etree._Element:
    """The cell of a row; made where there is none, in the style of the row or the column."""
    cells = dict(numbered(row, "c"))
    if column in cells:
        return cells[column]
    row.attrib.pop("spans", "")
    style = row.get("s", style) if row.get("customFormat") in {"1", "true"} else style
    new = etree.Element(f"{namespace(row)}c", r=address(number, column), s=style)
    row.insert(sum(each < column for each in cells), new)
    return new


def _column_style(sheet: etree._Element, column: int) -> str:
    for columns in children(sheet, "cols"):
        for each in children(columns, "col"):
            if int(each.get("min", "0")) <= column <= int(each.get("max", "0")):
                return each.get("style", "0")
    return "0"
