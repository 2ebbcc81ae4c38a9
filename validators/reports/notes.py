"""Notes at cells of a workbook file: the comments of a sheet, and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from lxml import etree

from workbook.addresses import column_number
from workbook.parts import Parts, child, children, insert_before, namespace

AUTHOR = "phuluc"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
})  # fmt: skip
_ADDRESS = re.compile("([A-Z]+)([0-9]+)")
_SHAPE_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_FIRST_SHAPE = 1025  # where Excel begins to count
_WIDTH, _LETTERS, _LINE_HEIGHT = 260, 48, 12  # of a note: points, letters on a line, points
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_DRAWING = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()


def add_notes(parts: Parts, sheet: str, notes: Mapping[str, str]) -> None:
    """Put notes (address -> text) at cells of the sheet in the part `sheet`.

    Where a cell has a note, the text is added below what it says. Raises KeyError and ValueError where the sheet's
    comments or drawings are damaged.
    """
    name = parts.related(sheet, "comments")
    if name is None:
        empty = etree.tostring(etree.Element(f"{namespace(parts.root(sheet))}comments"))
        name = parts.add("xl/phuluc-comments.xml", empty, _COMMENTS_TYPE)
        parts.relate(sheet, "comments", name)
    added = _add_comments(parts.root(name), notes)
    if added:
        _draw(parts, sheet, added)


def _add_comments(root: etree._Element, notes: Mapping[str, str]) -> dict[str, str]:
    """Write the texts; those that are comments of their own, for which a shape must be drawn."""
    space = namespace(root)
    authors, comments = (_first(root, name) for name in ("authors", "commentList"))
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{space}author").text = AUTHOR
        names.append(AUTHOR)
    present = {comment.get("ref", ""): comment for comment in children(comments, "comment")}
    added = {}
    for address, text in notes.items():
        if address in present:
            old = _first(present[address], "text")
            _keep_as_run(old, space)
            _append_run(old, f"\n\n{AUTHOR}:\n{text}", space)
        else:
            number = str(names.index(AUTHOR))
            new = etree.SubElement(comments, f"{space}comment", ref=address, authorId=number)
            _append_run(etree.SubElement(new, f"{space}text"), text, space)
            added[address] = text
    return added


def _first(parent: etree._Element, name: str) -> etree._Element:
    found = child(parent, name)
    return etree.SubElement(parent, f"{namespace(parent)}{name}") if found is None else found


def _keep_as_run(text: etree._Element, space: str) -> None:
    """A comment of plain text becomes one of runs, which more can be added to."""
    plain = child(text, "t")
    if plain is not None:
        run = etree.Element(f"{space}r")
        text.replace(plain, run)
        run.append(plain)


def _append_run(text: etree._Element, words: str, space: str) -> None:
    run = etree.Element(f"{space}r")
    properties = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(properties, f"{space}sz", val="9")
    etree.SubElement(properties, f"{space}rFont", val="Tahoma")
    content = etree.SubElement(run, f"{space}t")
    content.text = words
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    insert_before(text, run, frozenset({"rPh", "phoneticPr"}))


def _draw(parts: Parts, sheet: str, notes: Mapping[str, str]) -> None:
    """Add a hidden shape for each note to the sheet's drawing of such shapes.

    The drawing is changed as text: Excel itself writes some that are no XML. The words in the shapes are not read.
    """
    drawing = _drawing(parts, sheet)
    old = parts.read(drawing)
    end = old.rfind(b"</xml>")
    if end < 0:
        raise ValueError(drawing)
    number = max([_FIRST_SHAPE - 1, *map(int, _SHAPE_NUMBER.findall(old))])
    shapes = "" if b'"_x0000_t202"' in old else _SHAPE_TYPE
    for each, (address, text) in enumerate(notes.items(), 1):
        shapes += _shape(number + each, address, text)
    parts.replace(drawing, old[:end] + shapes.encode() + old[end:])


def _drawing(parts: Parts, sheet: str) -> str:
    """The part with the shapes of the sheet's notes and form controls; made where there is none."""
    root, relation = parts.root(sheet), f"{{{parts.relation_namespace}}}id"
    element = child(root, "legacyDrawing")
    if element is not None:
        return parts.target(sheet, str(element.get(relation)))
    name = parts.add("xl/drawings/phuluc-notes.vml", _EMPTY_DRAWING, _DRAWING_TYPE)
    element = etree.Element(f"{namespace(root)}legacyDrawing", {relation: parts.relate(sheet, "vmlDrawing", name)})
    insert_before(root, element, _AFTER_DRAWING)
    return name


def _shape(number: int, address: str, text: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(address)
    row, column = int(found[2]) - 1, column_number(found[1]) - 1
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    look = (
        "position:absolute;margin-left:60pt;margin-top:2pt;"
        f"width:{_WIDTH}pt;height:{_LINE_HEIGHT * (lines + 1)}pt;z-index:{number};visibility:hidden"
    )
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="{escape(look)}" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
