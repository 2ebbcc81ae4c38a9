"""Drawings: what they show stays; what they would run, fetch or hide goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from lxml import etree

from workbook.package import local_name
from workbook.parts import child, children, namespace
from workbook.release.remains import Hidden

_LINKS = ("{*}hlinkClick", "{*}hlinkHover")
_FILTERS = ("/slicer", "/timeslicer")  # how what they are drawn as is called
_DRIVEN = frozenset({"macro", "textlink"})  # attributes: what a click runs, the cell that a text is taken from
_FILE = re.compile(r"[\\/]|\.[A-Za-z]{3,4}$")  # in a description that a program made of the name of a file


def clean_drawing(root: etree._Element, hidden: Hidden | None, controls: Collection[str], taken: Counter[str]) -> None:
    """Take out of a drawing what nobody sees and what does something.

    `hidden` and `controls`, the numbers of their shapes, are those of the sheet that it lies on.
    """
    for anchor in list(root.iterchildren("*")):
        if _is_control(anchor, controls):
            root.remove(anchor)  # it is counted where the sheet names its controls
        elif _is_interactive(anchor) or _is_unseen(anchor, hidden):
            root.remove(anchor)
            taken["objects"] += 1
    for each in list(root.iter("*")):
        name = local_name(str(each.tag))
        if name == "cNvPr":
            _clean_properties(each, taken)
        elif name == "cameraTool":  # the cells that a picture was taken of, which it would show anew
            _remove(_parent(each))
        elif name == "fld" and each.get("type") == "TxLink":
            _make_plain(each)
        for attribute in _DRIVEN:
            each.attrib.pop(attribute, "")


def strip_links(root: etree._Element) -> int:
    """Take out what a click on a shape or a text opens; how many they were."""
    links = list(root.iter(*_LINKS))
    for each in links:
        _remove(each)
    return len(links)


def detach(root: etree._Element, relations: Collection[str], space: str) -> None:
    """Take out what needs one of these relationships; `space` is the namespace in which it is referred to."""
    is_drawing = local_name(str(root.tag)) in {"wsDr", "userShapes"}
    for each in list(root.iter("*")):
        needed = [name for name, value in each.items() if str(name).startswith(f"{{{space}}}") and value in relations]
        if not needed:
            continue
        if local_name(str(each.tag)) == "blip" and each.get(f"{{{space}}}embed") not in {None, *relations}:
            for name in needed:  # a picture that is in the file too
                del each.attrib[name]
        else:
            _remove(_anchor(each) if is_drawing else each)


def _is_control(anchor: etree._Element, controls: Collection[str]) -> bool:
    """Whether it is the shadow of a form control or an embedded object, which are drawn elsewhere."""
    is_shadow = next(anchor.iter("{*}compatExt"), None) is not None
    return is_shadow or any(each.get("id") in controls for each in anchor.iter("{*}cNvPr"))


def _is_interactive(anchor: etree._Element) -> bool:
    """Whether it is a slicer, a timeline or ink."""
    kinds = [str(each.get("uri", "")) for each in anchor.iter("{*}graphicData")]
    return any(kind.endswith(_FILTERS) for kind in kinds) or next(anchor.iter("{*}contentPart"), None) is not None


def _is_unseen(anchor: etree._Element, hidden: Hidden | None) -> bool:
    """Whether it lies within hidden rows or columns."""
    start, end = child(anchor, "from"), child(anchor, "to")
    if hidden is None or start is None or end is None:
        return False
    return _lies_in(start, end, "row", hidden.rows) or _lies_in(start, end, "col", hidden.columns)


def _lies_in(start: etree._Element, end: etree._Element, name: str, hidden: Collection[int]) -> bool:
    """Whether all rows (columns) from one corner to the other are hidden; corners count from 0."""
    first, last = (child(corner, name) for corner in (start, end))
    if first is None or last is None:
        return False
    return all(number + 1 in hidden for number in range(int(first.text or ""), int(last.text or "") + 1))


def _clean_properties(properties: etree._Element, taken: Counter[str]) -> None:
    """Remove a shape that is hidden; of any other a description that is the name of a file."""
    for attribute in ("descr", "title"):
        if _FILE.search(properties.get(attribute, "").strip()):
            del properties.attrib[attribute]
    shape = _parent(_parent(properties))
    if properties.get("hidden") in {"1", "true"} and shape.getparent() is not None:
        group = local_name(str(_parent(shape).tag)) == "grpSp"
        _remove(shape if group else _anchor(shape))
        taken["objects"] += 1


def _make_plain(field: etree._Element) -> None:
    """Make a text that was taken from a cell one that was typed."""
    field.tag = f"{namespace(field)}r"
    field.attrib.clear()
    for each in list(children(field, "pPr")):
        field.remove(each)


def _anchor(element: etree._Element) -> etree._Element:
    """The child of the drawing that an element stands in."""
    while _parent(element).getparent() is not None:
        element = _parent(element)
    return element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:  # or it has gone with what it stood in
        parent.remove(element)
