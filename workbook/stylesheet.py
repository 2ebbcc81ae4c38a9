"""The styles of a workbook file, with further ones added."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from workbook.parts import Parts, child, children, insert_before, namespace

# The children of a style sheet in their order (ECMA-376 part 1, 18.8.39), and what each begins with where it is
# missing: cells without a style refer to these entries.
_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "numFmts": (),
    "fonts": ("<font><sz val='11'/><name val='Calibri'/></font>",),
    "fills": (
        "<fill><patternFill patternType='none'/></fill>",
        "<fill><patternFill patternType='gray125'/></fill>",
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ("<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>",),
    "cellXfs": ("<xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>",),
}
_ORDER = (*_DEFAULTS, "cellStyles", "dxfs", "tableStyles", "colors", "extLst")
_OWN_FORMATS = 164  # numbers below are those of built-in number formats
_EMPTY = b'<styleSheet xmlns="%s"/>'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class StyleSheet:
    """A style sheet; `root` is changed in place."""

    def __init__(self, root: etree._Element) -> None:
        self._root, self._namespace = root, namespace(root)
        for name, entries in _DEFAULTS.items():
            if entries and not len(self._section(name)):
                for entry in entries:
                    self._add(name, self._moved(etree.fromstring(entry)))
        self._fills: dict[str, int] = {}
        self._filled: dict[tuple[int, str], int] = {}

    def filled(self, style: int, color: str) -> int:
        """The cell style that is `style` on a ground of that colour (RRGGBB)."""
        if (style, color) not in self._filled:
            styles = self._section("cellXfs")
            new = deepcopy(styles[style if 0 <= style < len(styles) else 0])
            new.set("fillId", str(self._fill(color)))
            new.set("applyFill", "1")
            self._filled[style, color] = self._add("cellXfs", new)
        return self._filled[style, color]

    def adopt(self, other: etree._Element) -> list[int]:
        """Add the cell styles of another style sheet; the number that each of them has here."""
        formats = {each.attrib["numFmtId"]: each for each in children(_section(other, "numFmts"), "numFmt")}
        first = {
            attribute: self._adopt_all(other, name)
            for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
        }
        renumbered = {number: self._number_format(each) for number, each in formats.items()}
        adopted = []
        for style in _section(other, "cellXfs"):
            new = self._moved(style)
            for attribute, start in first.items():
                new.set(attribute, str(start + int(new.get(attribute, "0"))))
            number = new.get("numFmtId", "0")
            new.set("numFmtId", renumbered.get(number, number))
            new.set("xfId", "0")
            for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment"):
                new.set(f"apply{what}", "1")  # of a style sheet's named styles the cells keep nothing else
            adopted.append(self._add("cellXfs", new))
        return adopted

    def adopt_conditional(self, other: etree._Element) -> int:
        """Add the looks that conditional formats of another style sheet give; the number of the first here."""
        return self._adopt_all(other, "dxfs")

    def _adopt_all(self, other: etree._Element, name: str) -> int:
        """Add all entries of a section; the number of the first."""
        start = len(self._section(name))
        for entry in _section(other, name):
            self._add(name, self._moved(entry))
        return start

    def _number_format(self, entry: etree._Element) -> str:
        taken = [int(each.get("numFmtId", "0")) for each in children(self._section("numFmts"), "numFmt")]
        new = self._moved(entry)
        new.set("numFmtId", str(max([_OWN_FORMATS - 1, *taken]) + 1))
        self._add("numFmts", new)
        return str(new.get("numFmtId"))

    def _fill(self, color: str) -> int:
        if color not in self._fills:
            pattern = f"<fill><patternFill patternType='solid'><fgColor rgb='FF{color}'/></patternFill></fill>"
            self._fills[color] = self._add("fills", self._moved(etree.fromstring(pattern)))
        return self._fills[color]

    def _section(self, name: str) -> etree._Element:
        found = child(self._root, name)
        if found is None:
            found = etree.Element(f"{self._namespace}{name}")
            insert_before(self._root, found, frozenset(_ORDER[_ORDER.index(name) + 1 :]))
        return found

    def _add(self, name: str, entry: etree._Element) -> int:
        """Append an entry to a section; its number."""
        section = self._section(name)
        section.append(entry)
        section.set("count", str(len(section)))
        return len(section) - 1

    def _moved(self, element: etree._Element) -> etree._Element:
        """A copy in the namespace of this style sheet."""
        new = etree.Element(f"{self._namespace}{etree.QName(element).localname}")
        for name, value in element.items():
            new.set(name, value)
        new.extend(self._moved(each) for each in element)
        return new


def _section(root: etree._Element, name: str) -> etree._Element:
    found = child(root, name)
    return etree.Element(name) if found is None else found


def style_sheet(parts: Parts) -> StyleSheet:
    """The style sheet of a workbook file, made where it has none."""
    name = parts.related(parts.workbook, "styles")
    if name is None:
        empty = _EMPTY % namespace(parts.root(parts.workbook)).strip("{}").encode()
        name = parts.add("xl/styles.xml", empty, _TYPE)  # openpyxl reads no other
        parts.relate(parts.workbook, "styles", name)
    return StyleSheet(parts.root(name))
