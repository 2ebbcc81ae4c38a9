"""Cells that their own looks hide: number formats that print nothing, white letters on white paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from workbook.parts import Parts, child, children

_SILENT = re.compile(r'\[[^\]]*\]|""|_.|\s')  # pieces of a format that print nothing
_NOTHING, _NO_NUMBERS = ";;;", ";;"
_WHITE = frozenset({"1", "9"})  # of the indexed colours


class Looks:
    """The cell styles of a workbook, by their numbers, that hide what a cell holds."""

    def __init__(self, parts: Parts) -> None:
        part = parts.related(parts.workbook, "styles")
        root = etree.Element("styleSheet") if part is None else parts.parsed(part)
        codes = {each.get("numFmtId"): _SILENT.sub("", each.get("formatCode", "")) for each in _group(root, "numFmts")}
        white = [_is_white(child(font, "color")) for font in _group(root, "fonts")]
        paper = [_is_paper(fill) for fill in _group(root, "fills")]
        styles = list(_group(root, "cellXfs"))
        self._codes = {str(number): codes.get(style.get("numFmtId")) for number, style in enumerate(styles)}
        self._white = {
            str(number)
            for number, style in enumerate(styles)
            if _at(white, style.get("fontId")) and _at(paper, style.get("fillId"))
        }

    def prints_nothing(self, cell: etree._Element) -> bool:
        """Whether the number format of a cell leaves nothing to be seen of its value; errors are always shown."""
        code, kind = self._codes.get(cell.get("s", "0")), cell.get("t", "n")
        return (code == _NOTHING and kind != "e") or (code == _NO_NUMBERS and kind == "n")

    def is_white(self, cell: etree._Element) -> bool:
        """Whether a cell has white letters on white paper."""
        return cell.get("s", "0") in self._white


def _group(root: etree._Element, name: str) -> Iterator[etree._Element]:
    group = child(root, name)
    return (each for each in (() if group is None else group) if isinstance(each.tag, str))


def _at(flags: list[bool], number: str | None) -> bool:
    place = int(number or "0")
    return place < len(flags) and flags[place]


def _is_white(color: etree._Element | None) -> bool:
    if color is None or float(color.get("tint", "0")):
        return False
    return (
        color.get("rgb", "").upper().endswith("FFFFFF") or color.get("theme") == "0" or color.get("indexed") in _WHITE
    )


def _is_paper(fill: etree._Element) -> bool:
    pattern = next(children(fill, "patternFill"), None)
    if pattern is None:
        return False
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(child(pattern, "fgColor")))
