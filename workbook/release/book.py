"""The workbook itself: which sheets stay, which names, and which sheet is shown first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree

from faults import InputFault, Text
from workbook.package import local_name
from workbook.parts import Parts, child, children
from workbook.release.references import references
from workbook.release.remains import Remains

# The elements of a workbook that stay. Those that do not: who edits it and on whose disk it lies, links to other files,
# the caches of pivot tables and slicers, custom views, what was published on the web.
_STAYING = frozenset({
    "fileVersion", "workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames", "calcPr", "oleSize",
})  # fmt: skip
_SHEETS = frozenset({"worksheet", "chartsheet"})  # macro and dialog sheets are programs
_PRINTED = frozenset({"_xlnm.Print_Area", "_xlnm.Print_Titles"})
_FILTER = "_xlnm._FilterDatabase"
_CHART = "_xlchart."  # names by which charts of the newer kinds refer to cells


class Listed(NamedTuple):
    """A sheet as the workbook lists it; `place` from 0."""

    place: int
    name: str
    part: str


class Book:
    """The part of a workbook that lists its sheets and names, changed in place.

    Raises InputFault where all sheets are hidden or to be left out (`without`, by their names).
    """

    def __init__(self, parts: Parts, without: Collection[str]) -> None:
        self._root = parts.root(parts.workbook)
        unwanted = {name.casefold() for name in without}
        related = parts.relations(parts.workbook)
        self.staying: list[Listed] = []
        self.left_out: list[str] = []
        for place, sheet in enumerate(self._grandchildren("sheets", "sheet")):
            name = sheet.get("name", "")
            relation = related[sheet.get(f"{{{parts.relation_namespace}}}id", "")]
            is_shown = sheet.get("state", "visible") == "visible" and relation.kind in _SHEETS
            if is_shown and name.casefold() not in unwanted:
                self.staying.append(Listed(place, name, relation.target))
            else:
                self.left_out.append(name)
        if not self.staying:
            raise InputFault(
                Text("không còn trang nào để phát hành", "there is no sheet left to release"),
                found=", ".join(self.left_out),
                expected=Text("ít nhất một trang không ẩn", "a sheet that is not hidden"),
            )

    def names(self) -> frozenset[str]:
        """The defined names that are there, without regard to capitals."""
        return frozenset(each.get("name", "").casefold() for each in self._grandchildren("definedNames", "definedName"))

    def shown(self) -> list[str]:
        """The sheet that each window shows, of those that stay; one window where the workbook describes none."""
        windows = list(self._grandchildren("bookViews", "workbookView"))
        return [self._nearest(int(each.get("activeTab", "0"))).name for each in windows] or [self.staying[0].name]

    def strip(self, remains: Remains, filtered: Collection[str], taken: Counter[str]) -> None:
        """Take out everything but the sheets that stay and what prints and filters them (`filtered`: by name)."""
        for window in self._grandchildren("bookViews", "workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                if window.get(attribute) is not None:
                    nearest = self._nearest(int(window.get(attribute, "0")))
                    window.set(attribute, str(self.staying.index(nearest)))
        self._strip_names(remains, filtered, taken)
        places = {each.place for each in self.staying}
        for place, sheet in enumerate(list(self._grandchildren("sheets", "sheet"))):
            if place not in places:
                _parent(sheet).remove(sheet)
        for each in list(self._root):
            if not isinstance(each.tag, str) or local_name(each.tag) not in _STAYING:
                self._root.remove(each)
        for each in self._root:
            each.attrib.pop("codeName", "")  # what macros call it

    def _strip_names(self, remains: Remains, filtered: Collection[str], taken: Counter[str]) -> None:
        places = {str(each.place): number for number, each in enumerate(self.staying)}
        for each in list(self._grandchildren("definedNames", "definedName")):
            local = each.get("localSheetId")
            if local is not None and local in places:
                each.set("localSheetId", str(places[local]))
                stays = self._is_for_sheet(each, self.staying[places[local]].name, remains, filtered)
            else:
                is_chart = each.get("name", "").startswith(_CHART)
                stays = local is None and is_chart and remains.has_sheets_of(each.text or "", "")
            if not stays:
                _parent(each).remove(each)
                taken["names"] += 1
        names = child(self._root, "definedNames")
        if names is not None and not len(names):
            self._root.remove(names)

    def _is_for_sheet(self, name: etree._Element, sheet: str, remains: Remains, filtered: Collection[str]) -> bool:
        """Whether a name of a sheet that stays is of use: what is printed of it, what its filter covers."""
        formula = name.text or ""
        if name.get("name") == _FILTER:
            return sheet in filtered and remains.has_sheets_of(formula, sheet)
        if name.get("name") not in _PRINTED or "#REF!" in formula:
            return False
        if references(formula) is None:
            raise InputFault(
                Text(
                    "vùng in hoặc dòng lặp lại khi in được đặt bằng công thức hoặc tên vùng",
                    "the print area or the print titles are given by a formula or a name",
                ),
                place=Text(f"trang “{sheet}”", f"sheet “{sheet}”"),
                found=formula,
                expected=Text("vùng in đặt lại ở thẻ Page Layout", "a print area set anew (Page Layout tab)"),
            )
        return remains.has_sheets_of(formula, sheet)

    def _nearest(self, place: int) -> Listed:
        """The sheet at that place, or else the next one that stays, or the last."""
        return next((each for each in self.staying if each.place >= place), self.staying[-1])

    def _grandchildren(self, group: str, name: str) -> Iterator[etree._Element]:
        return (each for parent in children(self._root, group) for each in children(parent, name))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
