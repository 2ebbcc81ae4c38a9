"""How the cells of an .ods look: styles that inherit from each other, and number formats spelt out in XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from validators.grid import CellStyle
from workbook.package import local_name

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

_FAMILY, _NAME, _PARENT, _DATA = (_STYLE + each for each in ("family", "name", "parent-style-name", "data-style-name"))
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0}
_INDENT = 10  # points of one level, as LibreOffice converts those of Excel
_HORIZONTAL = {"start": "left", "end": "right", "left": "left", "right": "right", "center": "center"}
_HORIZONTAL["justify"] = "justify"
_DATE_PARTS = {
    "day": ("d", "dd"), "month": ("m", "mm"), "year": ("yy", "yyyy"), "hours": ("h", "hh"), "minutes": ("m", "mm"),
    "seconds": ("s", "ss"), "day-of-week": ("ddd", "dddd"), "am-pm": ("AM/PM", "AM/PM"), "era": ("", ""),
}  # fmt: skip


class OpenStyles:
    """The styles of a document, by name; `roots` are the elements that hold them."""

    def __init__(self) -> None:
        self._cells: dict[str, Element] = {}
        self._formats: dict[str, Element] = {}
        self._resolved: dict[str, CellStyle] = {}
        self.hidden_tables: set[str] = set()

    def add(self, root: Element) -> None:
        """Take the styles anywhere in `root`; names that are there already are replaced."""
        for each in root.iter():
            name = each.get(_NAME)
            if name is None:
                continue
            if each.tag.startswith(_NUMBER):
                self._formats[name] = each
            elif each.get(_FAMILY) == "table-cell":
                self._cells[name] = each
            elif each.get(_FAMILY) == "table" and any(part.get(_TABLE + "display") == "false" for part in each):
                self.hidden_tables.add(name)

    def style(self, name: str) -> CellStyle:
        """The look of that name; plain where it is not there."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> CellStyle:
        line = list(self._ancestry(name))
        properties = {key: value for each in reversed(line) for part in each for key, value in part.attrib.items()}
        data = next((each.attrib[_DATA] for each in line if _DATA in each.attrib), None)
        aligned = properties.get(_FORMAT + "text-align")
        weight = properties.get(_FORMAT + "font-weight", "")
        return CellStyle(
            number_format="General" if data is None else self._number_format(data),
            bold=weight == "bold" or (weight.isdecimal() and int(weight) >= 600),
            italic=properties.get(_FORMAT + "font-style") in {"italic", "oblique"},
            indent=_indent(properties.get(_FORMAT + "margin-left", "")),
            horizontal=_HORIZONTAL.get(aligned or "", "general"),
        )

    def _ancestry(self, name: str) -> Iterator[Element]:
        """The style, its parent, and so on."""
        seen: set[str] = set()
        while name in self._cells and name not in seen:
            seen.add(name)
            yield self._cells[name]
            name = self._cells[name].get(_PARENT, "")

    def _number_format(self, name: str) -> str:
        """The format code, in Excel's syntax, of what the format shows for positive numbers.

        A format of several sections is that of the last one, with conditions that lead to the others.
        """
        style = self._formats.get(name)
        if style is None:
            return "General"
        other = next((part.get(_STYLE + "apply-style-name") for part in style if part.tag == _STYLE + "map"), None)
        positive = self._formats.get(other or "", style)
        return "".join(_format_part(part) for part in positive if part.tag.startswith(_NUMBER)) or "General"


def _indent(length: str) -> int:
    found = _LENGTH.fullmatch(length)
    if not found or not float(found[1]):
        return 0
    return max(1, round(float(found[1]) * _POINTS[found[2]] / _INDENT))


def _format_part(part: Element) -> str:
    name = local_name(part.tag)
    if name == "number":
        return _number(part)
    if name in {"text", "currency-symbol"}:
        text = part.text or ""
        return "%" if text.strip() == "%" else f'"{text}"' if text else ""
    if name == "scientific-number":
        return "0.00E+00"
    if name == "fraction":
        return "# ?/?"
    if name == "text-content":
        return "@"
    if name == "month" and part.get(_NUMBER + "textual") == "true":
        return "mmmm" if part.get(_NUMBER + "style") == "long" else "mmm"
    short, long = _DATE_PARTS.get(name, ("", ""))
    return long if part.get(_NUMBER + "style") == "long" else short


def _number(part: Element) -> str:
    places = part.get(_NUMBER + "decimal-places")
    if places is None:
        return "General"
    decimals = min(int(places), 30)
    digits = min(max(int(part.get(_NUMBER + "min-integer-digits", "1")), 0), 30)
    whole = "#,##0" if part.get(_NUMBER + "grouping") == "true" else "0" * digits or "#"
    thousands = {"1000": ",", "1000000": ",,"}.get(part.get(_NUMBER + "display-factor", ""), "")
    return whole + ("." + "0" * decimals if decimals else "") + thousands
