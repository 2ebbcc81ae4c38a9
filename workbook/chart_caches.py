"""What charts show, stored in them: programs that do not calculate, and previews of mails, draw charts from that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from lxml import etree

from workbook.addresses import Cell
from workbook.package import local_name, sheet_parts
from workbook.parts import Parts, child, children, namespace, numbered
from workbook.release.references import references

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_Value = tuple[bool, str]  # whether it is a number, and what it is
_CACHES = {"numRef": "numCache", "strRef": "strCache"}


def fill_chart_caches(parts: Parts) -> None:
    """Store in each chart of a workbook what the cells that it refers to hold, the values of formulas included.

    What the charts stored before is replaced; references other than to cells are left as they are.
    """
    sheets = sheet_parts(parts)
    texts = _shared_texts(parts)
    values = cache(lambda sheet: dict(_values(parts.parsed(sheets[sheet]), texts)))
    for name in sorted(parts.names):
        if name.endswith(".xml") and "/charts/" in name and parts.content_type(name) == _CHART:
            for reference in [each for kind in _CACHES for each in parts.root(name).iter(f"{{*}}{kind}")]:
                _fill(reference, values)


def _fill(reference: etree._Element, values: Callable[[str], Mapping[Cell, _Value]]) -> None:
    kind, space = _CACHES[local_name(str(reference.tag))], namespace(reference)
    (formula,) = children(reference, "f")
    named = [(each.sheet, each.area) for each in references(formula.text or "") or () if each.sheet is not None]
    if not named:
        return
    for each in list(children(reference, kind)):
        reference.remove(each)
    stored = etree.Element(f"{space}{kind}")
    if kind == "numCache":
        etree.SubElement(stored, f"{space}formatCode").text = "General"
    cells = [
        values(sheet).get((row, column))
        for sheet, area in named
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    etree.SubElement(stored, f"{space}ptCount", val=str(len(cells)))
    for number, cell in enumerate(cells):
        if cell is not None and (cell[0] or kind == "strCache"):
            etree.SubElement(etree.SubElement(stored, f"{space}pt", idx=str(number)), f"{space}v").text = cell[1]
    formula.addnext(stored)


def _values(sheet: etree._Element, texts: list[str]) -> Iterator[tuple[Cell, _Value]]:
    """The cells of a sheet that hold a number or a text."""
    data = child(sheet, "sheetData")
    for row, line in numbered(sheet if data is None else data, "row"):
        for column, cell in numbered(line, "c"):
            kind, value = cell.get("t", "n"), child(cell, "v")
            if kind == "inlineStr":
                yield (row, column), (False, _text(cell))
            elif value is not None and value.text and kind != "e":
                yield (row, column), (kind == "n", texts[int(value.text)] if kind == "s" else value.text)


def _shared_texts(parts: Parts) -> list[str]:
    part = parts.related(parts.workbook, "sharedStrings")
    return [] if part is None else [_text(each) for each in children(parts.parsed(part), "si")]


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t"))
