"""Whole sheets, with their charts, put into a copy of a workbook file: its other parts stay as they are, byte for byte.

openpyxl would lose what it does not know of the file: shapes, header pictures, buttons, macros, stored values.
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date
from html import escape
from itertools import groupby
from operator import itemgetter

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils.datetime import to_excel

from workbook.addresses import Cell, address
from workbook.chart_caches import fill_chart_caches
from workbook.package import CellError, sheet_parts
from workbook.parts import Parts, child, children, insert_before, namespace, relations_name
from workbook.saving import with_cached_values
from workbook.stylesheet import style_sheet
from workbook.text import quote_sheet, writable

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
_AFTER_NAMES = frozenset({
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
})  # fmt: skip
_SELECTED = re.compile(rb"""\stabSelected=(["'])(?:1|true)\1""")
_TRANSITIONAL = re.compile(
    rb'(?<=")http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml|officeDocument)/2006/(\w+)'
)
_STRICT = "http://purl.oclc.org/ooxml/"


def append_sheets(
    data: bytes,
    made: Workbook,
    cells: Mapping[str, Mapping[Cell, object]],
    *,
    suffix: str,
    show: str,
    replacing: Collection[str] = (),
) -> bytes:
    """The workbook file `data` with the sheets of `made` at its end, the sheet `show` of all shown on opening.

    The names of the sheets must be free in the file; those of `replacing` take the places of the sheets of their names.
    Formulas may name sheets of the file, in NFC however it writes them; their values are stored with them. `cells`:
    sheet of the file -> (row, column) -> value (number, text, bool, date, CellError or None), at least of the cells
    that formulas refer to; nothing else of the file is calculated. Defined names of `made` are those of its sheets
    (print areas and titles). `suffix` (.xlsx or .xlsm) says what the copy calls itself.

    Raises KeyError, ValueError, IndexError or etree.XMLSyntaxError for a damaged package, and InputFault where a
    formula cannot be calculated.
    """
    parts = Parts(data)
    add_sheets(parts, _calculated(saved(made), cells), show=show, replacing=replacing)
    return packed(parts, suffix)


def saved(made: Workbook) -> bytes:
    """A workbook as openpyxl writes it."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def packed(parts: Parts, suffix: str) -> bytes:
    """The file, which calls itself what `suffix` (.xlsx or .xlsm) says: a template becomes a workbook."""
    parts.set_content_type(parts.workbook, _BOOK_TYPES[suffix])
    return parts.packed()


def add_sheets(parts: Parts, package: bytes, *, show: str, replacing: Collection[str] = ()) -> None:
    """Put the sheets of `package`, a workbook file that openpyxl wrote, into the workbook as `append_sheets` does.

    Raises what that raises for a damaged package.
    """
    before = parts.reachable() if replacing else set()
    written = sheet_parts(parts)
    present = {unicodedata.normalize("NFC", name): part for name, part in written.items()}
    for name, part in present.items():
        if name != show:
            _unselect(parts, part)
    source = Parts(package)
    moved, theirs = _Moved(parts, source, written), sheet_parts(source)
    taken = {name.casefold() for name in present.keys() - set(replacing)}
    listed = child(source.root(source.workbook), "sheets")
    for sheet in () if listed is None else listed:
        name = sheet.get("name", "")
        if name.casefold() in taken:
            raise ValueError(name)
        part = moved.sheet(theirs[name], shown=name == show, into=present.get(name))
        if name not in present:
            _list_sheet(parts, name, part, sheet.get("state", "visible"))
    names = [unicodedata.normalize("NFC", name) for name in sheet_parts(parts)]
    _list_names(parts, source, [names.index(name) for name in theirs])
    _show(parts, names.index(show))
    if replacing:
        parts.unrelate(parts.workbook, "calcChain")  # it lists formulas that are gone
        parts.remove_all(before - parts.reachable())


def _unselect(parts: Parts, sheet: str) -> None:
    """A sheet that stays selected would be edited together with the one that is shown."""
    head, start, rest = parts.read(sheet).partition(b"sheetData")
    if _SELECTED.search(head):
        parts.replace(sheet, _SELECTED.sub(b"", head) + start + rest)


class _Moved:
    """Parts of a package moved into another one: under names that are free there, in its styles and its dialect.

    `sheets`: the names of those that are there.
    """

    def __init__(self, parts: Parts, source: Parts, sheets: Iterable[str]) -> None:
        self._parts, self._source = parts, source
        self._decomposed = [
            tuple(f"{escape(quote_sheet(each), quote=False)}!".encode() for each in (composed, name))
            for name in sheets
            if (composed := unicodedata.normalize("NFC", name)) != name
        ]
        styles = style_sheet(parts)
        theirs = source.root(source.related(source.workbook, "styles") or "")
        self._styles = styles.adopt(theirs)
        self._conditional = styles.adopt_conditional(theirs)
        self._strict = namespace(parts.root(parts.workbook)).startswith("{" + _STRICT)

    def sheet(self, name: str, *, shown: bool, into: str | None) -> str:
        """A sheet with all that it refers to; the name of its part. `into`: the part of the sheet that it replaces."""
        root = self._source.root(name)
        for each in root.iter(etree.Element):
            kind = etree.QName(each).localname
            if kind in {"c", "row"} and "s" in each.attrib:
                each.set("s", str(self._styles[int(each.attrib["s"])]))
            elif kind == "col" and "style" in each.attrib:
                each.set("style", str(self._styles[int(each.attrib["style"])]))
            elif kind == "cfRule" and "dxfId" in each.attrib:
                each.set("dxfId", str(self._conditional + int(each.attrib["dxfId"])))
            elif kind == "sheetView":
                each.set("tabSelected", str(int(shown)))
            elif kind == "sheetPr" and into is not None and (code := self._code_name(into)):
                each.set("codeName", code)
        return self._move(name, into)

    def _code_name(self, part: str) -> str | None:
        """What macros call a sheet."""
        properties = child(self._parts.parsed(part), "sheetPr")
        return None if properties is None else properties.get("codeName")

    def _move(self, name: str, into: str | None = None) -> str:
        relations, xml = self._relations(name), self._adapted(self._source.read(name))
        if into is None:
            folder, file = posixpath.split(name)
            into = self._parts.add(posixpath.join(folder, f"phuluc-{file}"), xml, self._source.content_type(name))
        else:
            self._parts.replace(into, xml)
            self._parts.remove_all({relations_name(into)})
        if relations is not None:
            self._parts.replace(relations_name(into), relations)
        return into

    def _relations(self, name: str) -> bytes | None:
        """The relationships of a part once all that it refers to is moved; the ids stay."""
        related = self._source.relations(name)
        if not related:
            return None
        root = self._source.root(relations_name(name))
        for each in children(root, "Relationship"):
            relation = related[each.get("Id", "")]
            if not relation.external:
                each.set("Target", f"/{self._move(relation.target)}")
        return self._adapted(self._source.read(relations_name(name)))

    def _adapted(self, xml: bytes) -> bytes:
        """With the names of sheets as the file writes them, and in the namespaces of the strict standard if it is."""
        for composed, written in self._decomposed:
            xml = xml.replace(composed, written)
        return _TRANSITIONAL.sub(_STRICT.encode() + rb"\1/\2", xml) if self._strict else xml


def _list_sheet(parts: Parts, title: str, part: str, state: str) -> None:
    """Enter a sheet in the workbook."""
    workbook = parts.root(parts.workbook)
    sheets = child(workbook, "sheets")
    if sheets is None:
        raise ValueError("sheets")
    number = max((int(each.get("sheetId", "0")) for each in children(sheets, "sheet")), default=0) + 1
    new = etree.SubElement(sheets, f"{namespace(workbook)}sheet", name=title, sheetId=str(number))
    if state != "visible":
        new.set("state", state)
    new.set(f"{{{parts.relation_namespace}}}id", parts.relate(parts.workbook, "worksheet", part))


def _list_names(parts: Parts, source: Parts, places: Sequence[int]) -> None:
    """Enter the defined names of the sheets of `source`, which are now at those places, instead of what was there."""
    workbook = parts.root(parts.workbook)
    _forget_names(workbook, set(map(str, places)))
    names = child(source.root(source.workbook), "definedNames")
    local = [each for each in (() if names is None else names) if "localSheetId" in each.attrib]
    if not local:
        return
    defined = child(workbook, "definedNames")
    if defined is None:
        defined = etree.Element(f"{namespace(workbook)}definedNames")
        insert_before(workbook, defined, _AFTER_NAMES)
    for each in local:
        new = etree.SubElement(defined, f"{namespace(workbook)}definedName")
        for attribute, value in each.items():
            new.set(attribute, value)
        new.set("localSheetId", str(places[int(each.get("localSheetId", "0"))]))
        new.text = each.text


def _forget_names(workbook: etree._Element, places: Set[str]) -> None:
    names = child(workbook, "definedNames")
    if names is None:
        return
    for each in [each for each in names if each.get("localSheetId") in places]:
        names.remove(each)
    if not len(names):
        workbook.remove(names)


def _show(parts: Parts, index: int) -> None:
    """Let the sheet of that index be the one that is shown on opening."""
    workbook = parts.root(parts.workbook)
    views = child(workbook, "bookViews")
    if views is None:
        views = etree.Element(f"{namespace(workbook)}bookViews")
        insert_before(workbook, views, frozenset({"sheets"}))
    if not len(views):
        etree.SubElement(views, f"{namespace(workbook)}workbookView")
    for view in views:
        view.set("activeTab", str(index))
    sheets = child(workbook, "sheets")
    if sheets is not None:
        sheets[index].attrib.pop("state", "")  # a hidden sheet cannot be shown


def _calculated(package: bytes, cells: Mapping[str, Mapping[Cell, object]]) -> bytes:
    """The workbook of sheets to be moved, with the values of their formulas, in their charts too.

    They are calculated beside sheets that hold those cells of the file alone: its macros, links to other files and
    circles do not matter. These sheets stay behind: they come after the others, and are of parts of their own.
    """
    parts = Parts(package)
    space, count = namespace(parts.root(parts.workbook)), len(sheet_parts(parts))
    for name, values in cells.items():
        _list_sheet(parts, name, parts.add("xl/worksheets/named.xml", _stand_in(space, values), _SHEET_TYPE), "visible")
    calculated = Parts(with_cached_values(parts.packed()))
    fill_chart_caches(calculated)
    sheets = child(calculated.root(calculated.workbook), "sheets")
    if sheets is not None:
        del sheets[count:]
    return calculated.packed()


def _stand_in(space: str, values: Mapping[Cell, object]) -> bytes:
    """The XML of a sheet that holds these values."""
    root = etree.Element(f"{space}worksheet")
    data = etree.SubElement(root, f"{space}sheetData")
    for row, places in groupby(sorted(values), key=itemgetter(0)):
        line = etree.SubElement(data, f"{space}row", r=str(row))
        for place in places:
            _write(line, address(*place), values[place])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(row: etree._Element, place: str, value: object) -> None:
    """A cell with its value (ECMA-376 part 1, 18.18.11); none for None."""
    if value is None:
        return
    space = namespace(row)
    cell = etree.SubElement(row, f"{space}c", r=place)
    if isinstance(value, bool):
        cell.set("t", "b")
    elif isinstance(value, CellError):
        cell.set("t", "e")
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t").text = writable(value)
        return
    shown = int(value) if isinstance(value, bool) else to_excel(value) if isinstance(value, date) else value
    etree.SubElement(cell, f"{space}v").text = str(shown)
