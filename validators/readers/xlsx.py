"""Reads .xlsx and .xlsm, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from faults import InputFault, cell_place
from validators.grid import MISSING, Book, CellStyle, DefinedName, GridCell, Kind, Missing, Value, Visibility
from validators.own_sheet import BESIDE, GENERATED
from validators.readers.assembly import Assembly, Draft
from validators.readers.formulas import SharedFormula
from validators.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from validators.readers.preflight import Package
from validators.readers.refusals import CROWDED, DAMAGED, OUTSIDE, fault_at, refuse, too_much
from validators.readers.values import calculated, clean, dated, exact_text, from_iso, unescaped
from validators.readers.xlsx_rows import TRUE, StoredFormula, StoredRow, shared_texts, sheet_content
from validators.readers.xlsx_styles import Styles, emboldened, styles_of
from workbook.addresses import Area, address, column_number
from workbook.package import (
    CellError,
    Relation,
    local_name,
    relation_id,
    relations,
    workbook_part,
)

_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_LETTERS = re.compile("[A-Z]{1,3}")
_VISIBILITIES: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "veryHidden"}


def read_xlsx(package: Package, path: Path, *, appendices_only: bool = False) -> Book:
    """The book, its formulas not calculated; `appendices_only` as in `read_book`.

    Raises InputFault, and whatever damage brings about.
    """
    part = workbook_part(package)
    related = relations(package, part)
    by_kind = {relation.kind: relation.target for relation in related.values()}
    workbook = fromstring(package.read(part))
    found = _Workbook(
        styles_of(package.read(by_kind["styles"]) if "styles" in by_kind else None),
        package.read(by_kind["sharedStrings"]) if "sharedStrings" in by_kind else None,
        epoch_1904=any(each.get("date1904") in TRUE for each in _children(workbook, "workbookPr")),
    )
    sheets = [each for group in _children(workbook, "sheets") for each in group]
    worksheets = [each for each in sheets if related[relation_id(each)].kind == "worksheet"]
    found.assembly.demand_sheets(len(worksheets))
    left_out = BESIDE if appendices_only and _is_generated(package) else frozenset()
    for each in worksheets:
        if each.attrib["name"] in left_out:
            continue
        _read_sheet(package, found, each, related[relation_id(each)].target)
    titles = [sheet.attrib["name"] for sheet in sheets]
    names = [_defined_name(each, titles) for group in _children(workbook, "definedNames") for each in group]
    return Book(
        path,
        _kind(package),
        tuple(found.assembly.grids),
        names=tuple(name for name in names if name.sheet not in left_out),
        external_links=tuple(_external_links(package, related)),
    )


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if local_name(child.tag) == name)


def _is_generated(package: Package) -> bool:
    """Whether the properties of a workbook say that phuluc made it."""
    core = next((each.target for each in relations(package, "").values() if each.kind == "core-properties"), None)
    if core is None:
        return False
    return any(
        (each.text or "").startswith(GENERATED) for each in _children(fromstring(package.read(core)), "keywords")
    )


def _kind(package: Package) -> Kind:
    types = "[Content_Types].xml"
    return "xlsm" if types in package.names and b"macroEnabled" in package.read(types) else "xlsx"


def _defined_name(element: Element, sheets: list[str]) -> DefinedName:
    local = element.get("localSheetId")
    sheet = None if local is None else sheets[int(local)]
    return DefinedName(element.attrib["name"], element.text or "", sheet, element.get("hidden") in TRUE)


def _external_links(package: Package, related: Mapping[str, Relation]) -> Iterator[str]:
    """The files behind `[1]`, `[2]`, in this order."""
    for relation in related.values():
        if relation.kind == "externalLink":
            yield from (link.target for link in relations(package, relation.target).values() if link.external)


class _Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, styles: Styles, strings: bytes | None, *, epoch_1904: bool) -> None:
        self.styles, self.epoch_1904 = styles, epoch_1904
        self.assembly = Assembly()
        self._strings: list[str] = []
        self._bold: set[int] = set()
        for string, bold in shared_texts(strings) if strings is not None else ():
            if bold:
                self._bold.add(len(self._strings))
            self._strings.append(string)

    def shared_text(self, index: int, style: CellStyle) -> tuple[str, CellStyle]:
        """The shared string of that number, and the look of a cell that shows it. Raises IndexError."""
        if index < 0:
            raise IndexError(index)
        return self._strings[index], emboldened(style) if index in self._bold else style


def _read_sheet(package: Package, workbook: _Workbook, element: Element, part: str) -> None:
    draft = Draft(element.attrib["name"], _VISIBILITIES.get(element.get("state", ""), "visible"))
    xml = package.take(part)
    stored = len(_CELL.findall(xml))
    if stored > MAX_CELLS:
        raise too_much(CROWDED, stored, MAX_CELLS, place=draft.place)
    sheet = _Sheet(draft, workbook)
    for each in sheet_content(xml):
        if isinstance(each, StoredRow):
            sheet.take_row(each)
        elif local_name(each.tag) == "col":
            sheet.take_column(each)
        else:
            sheet.take_merge(each)
    workbook.assembly.finish(draft)


class _Sheet:
    """Takes the elements of a sheet into its draft."""

    def __init__(self, draft: Draft, workbook: _Workbook) -> None:
        self._draft, self._workbook = draft, workbook
        self._last_row, self._next_column = 0, 1
        self._shared: dict[str, SharedFormula] = {}
        self._hidden: set[int] = set()  # columns

    def take_column(self, column: Element) -> None:
        """A `col` element: columns that look alike."""
        first = max(int(column.attrib["min"]), self._next_column)  # they follow one another
        self._next_column = max(first, min(int(column.attrib["max"]), MAX_COLUMNS) + 1)
        if column.get("hidden") in TRUE or column.get("width") == "0":
            self._draft.hidden_columns.append(range(first, self._next_column))
            self._hidden.update(range(first, self._next_column))

    def take_merge(self, merge: Element) -> None:
        """A `mergeCell` element."""
        area = self._area(merge.attrib["ref"])
        if area.size > 1:
            self._draft.merges.append(area)

    def take_row(self, row: StoredRow) -> None:
        """A row with its cells."""
        number, column = self._last_row + 1 if row.number is None else row.number, 0
        self._last_row = number
        if row.hidden:
            self._draft.hidden_rows.append(range(number, number + 1))
        try:
            for place, style, kind, formula, stored, bold in row.cells:
                if place:
                    number, column = self._place(place)
                else:
                    column += 1  # it stands beside the one before
                if stored is not None or formula is not None:
                    content = self._content(kind, stored, style, bold=bold)
                    self._take_cell(content, formula, number, column, row.hidden or column in self._hidden)
        except InputFault as fault:
            raise fault_at(fault, cell_place(self._draft.name, address(number, column))) from fault
        except (ValueError, IndexError, KeyError) as fault:
            raise refuse(DAMAGED, place=cell_place(self._draft.name, address(number, column))) from fault
        if number > MAX_ROWS or column > MAX_COLUMNS:
            raise refuse(OUTSIDE, found=address(number, column), place=self._draft.place)
        self._workbook.assembly.demand_room(self._draft)

    def _take_cell(
        self,
        content: tuple[Value | Missing, CellStyle],
        formula: StoredFormula | None,
        row: int,
        column: int,
        hidden: bool,
    ) -> None:
        value, style = content
        if formula is not None:
            text, array = self._formula(formula, row, column)
            if text is not None:
                shown = None if value is MISSING else calculated(value)
                self._draft.cells[row, column] = GridCell(shown, text, value, style, array, hidden)
                return
        if value is not MISSING and (value or not isinstance(value, str)):
            self._draft.cells[row, column] = GridCell(value, None, value, style, False, hidden)

    def _content(self, kind: str, stored: str | None, look: str, *, bold: bool) -> tuple[Value | Missing, CellStyle]:
        """The stored value of a cell, by its type (18.18.11), and how it looks."""
        style, is_date = self._workbook.styles.look(look)
        if not stored:
            return "" if stored is not None and kind == "str" else MISSING, style
        if kind == "n":
            number = exact_text(stored)
            if is_date:
                return dated(number, style.number_format, epoch_1904=self._workbook.epoch_1904), style
            return number, style
        if kind == "s":
            return self._workbook.shared_text(int(stored), style)
        if kind == "inlineStr":
            return stored, emboldened(style) if bold else style
        return _value(kind, stored), style

    def _formula(self, formula: StoredFormula, row: int, column: int) -> tuple[str | None, bool]:
        """The text of a formula, and whether it is an array's; None for a what-if table, which is no formula."""
        text = formula.text
        if formula.kind == "dataTable":
            return None, False
        if formula.kind == "array":
            self._draft.arrays.append((self._area(formula.area), text))
        elif formula.kind == "shared" and text:
            self._shared[formula.shared] = SharedFormula(text, row, column)
        elif formula.kind == "shared":
            text = self._shared[formula.shared].at(row, column)
        self._workbook.assembly.count_formula(text)
        return text, formula.kind == "array"

    def _place(self, text: str) -> tuple[int, int]:
        """Row and column of an address. Raises InputFault where no sheet has such a cell."""
        row, column = place = _row_and_column(text)
        if not (0 < row <= MAX_ROWS and 0 < column <= MAX_COLUMNS):
            raise refuse(OUTSIDE, found=text, place=self._draft.place)
        return place

    def _area(self, reference: str) -> Area:
        first, _, last = reference.replace("$", "").partition(":")
        top, left = self._place(first)
        bottom, right = self._place(last or first)
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _value(kind: str, stored: str) -> Value:
    """What `<v>` says where it is neither a number nor the number of a string."""
    if kind == "b":
        return stored in TRUE
    if kind == "e":
        return CellError(stored)
    if kind == "d":
        return from_iso(stored)
    return clean(unescaped(stored))


@lru_cache(maxsize=16_384)  # all sheets have the same addresses
def _row_and_column(text: str) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    return int(text[len(letters) :] or 0), column_number(letters) if _LETTERS.fullmatch(letters) else 0
