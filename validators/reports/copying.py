"""A copy of a workbook file with cells marked, notes at them, and a sheet of another workbook at its end."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree
from openpyxl import Workbook

from validators.reports.looks import EMPTY, Looks
from validators.reports.notes import add_notes
from workbook.addresses import address
from workbook.package import relations, sheet_parts
from workbook.parts import Parts, child, children, insert_before, namespace, numbered, parsed

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_BOOK_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
_AFTER_NAMES = frozenset({
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
})  # fmt: skip
_SELECTED = re.compile(rb"""\stabSelected=(["'])(?:1|true)\1""")


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
    for part in sheets.values():
        _unselect(parts, part)
    looks = Looks(_styles(parts))
    for name, cells in marks.items():
        part = sheets[name]
        _paint(parts.root(part), cells, looks)
        notes = {address(*cell): mark.note for cell, mark in cells.items() if mark.note}
        if notes:
            add_notes(parts, part, notes)
    _append_sheet(parts, findings, looks)
    parts.set_content_type(parts.workbook, _BOOK_TYPES[suffix])
    return parts.packed()


def _unselect(parts: Parts, sheet: str) -> None:
    """A sheet that stays selected would be edited together with the one that is shown."""
    head, start, rest = parts.read(sheet).partition(b"sheetData")
    parts.replace(sheet, _SELECTED.sub(b"", head) + start + rest)


def _styles(parts: Parts) -> etree._Element:
    name = parts.related(parts.workbook, "styles")
    if name is None:
        empty = EMPTY % namespace(parts.root(parts.workbook)).strip("{}").encode()
        name = parts.add("xl/phuluc-styles.xml", empty, _STYLES_TYPE)
        parts.relate(parts.workbook, "styles", name)
    return parts.root(name)


def _paint(sheet: etree._Element, cells: Mapping[tuple[int, int], Mark], looks: Looks) -> None:
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


def _append_sheet(parts: Parts, findings: Workbook, looks: Looks) -> None:
    """Move the sheet over. Of its own workbook it needs the styles alone: openpyxl writes texts into their cells."""
    stream = io.BytesIO()
    findings.save(stream)
    with ZipFile(stream) as source:
        (part,) = sheet_parts(source).values()
        related = {each.kind: each.target for each in relations(source, "xl/workbook.xml").values()}
        sheet = parsed(source.read(part))
        styles = looks.adopt(parsed(source.read(related["styles"])))
        names = child(parsed(source.read("xl/workbook.xml")), "definedNames")
    for cell in sheet.iter(f"{namespace(sheet)}c"):
        cell.set("s", str(styles[int(cell.get("s", "0"))]))
    for view in sheet.iter(f"{namespace(sheet)}sheetView"):
        view.set("tabSelected", "1")
    workbook = parts.root(parts.workbook)
    ours, theirs = namespace(sheet).strip("{}"), namespace(workbook).strip("{}")
    xml = etree.tostring(sheet, encoding="UTF-8").replace(ours.encode(), theirs.encode())
    name = parts.add("xl/worksheets/phuluc-findings.xml", xml, _SHEET_TYPE)
    _list_sheet(parts, workbook, findings.sheetnames[0], name, names)


def _list_sheet(parts: Parts, workbook: etree._Element, title: str, part: str, names: etree._Element | None) -> None:
    """Enter the sheet in the workbook, with its own defined names, and let it be the one that is shown."""
    space = namespace(workbook)
    sheets = child(workbook, "sheets")
    if sheets is None:
        raise ValueError("sheets")
    index = len(list(children(sheets, "sheet")))
    number = max(int(each.get("sheetId", "0")) for each in children(sheets, "sheet")) + 1
    relation = {f"{{{parts.relation_namespace}}}id": parts.relate(parts.workbook, "worksheet", part)}
    etree.SubElement(sheets, f"{space}sheet", {"name": title, "sheetId": str(number), **relation})
    views = child(workbook, "bookViews")
    if views is None:
        views = etree.Element(f"{space}bookViews")
        sheets.addprevious(views)
    if not len(views):
        etree.SubElement(views, f"{space}workbookView")
    for view in views:
        view.set("activeTab", str(index))
    defined = child(workbook, "definedNames")
    if defined is None:
        defined = etree.Element(f"{space}definedNames")
        insert_before(workbook, defined, _AFTER_NAMES)
    for each in names if names is not None else ():
        new = etree.SubElement(defined, f"{space}definedName")
        for attribute, value in each.items():
            new.set(attribute, value)
        new.set("localSheetId", str(index))
        new.text = each.text
