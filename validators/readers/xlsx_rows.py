"""The rows of a sheet as an .xlsx stores them, before anything is made of them.

Every spreadsheet program writes cells in one plain way, and almost all sheets are nothing but cells; those are taken
apart by regular expressions, in a fraction of the time of an XML parser. Either they match every byte of every row, or
the parser reads the sheet.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from validators.readers.values import clean, unescaped
from workbook.package import local_name, sheet_elements

TRUE = {"1", "true"}
_BESIDE_ROWS = frozenset({"col", "mergeCell"})


class StoredFormula(NamedTuple):
    """`<f>` (ECMA-376 part 1, 18.3.1.40): its kind, the number of a shared one, the area of an array, its text."""

    kind: str
    shared: str
    area: str
    text: str


#: `<c>` (18.3.1.4): place and style, empty where it does not say; kind, formula, and value, None where it has none. The
#: value of an `inlineStr` is its text, and last comes whether every letter of it is bold. A mere tuple: there are many.
StoredCell = tuple[str, str, str, StoredFormula | None, str | None, bool]


class StoredRow(NamedTuple):
    """`<row>` (18.3.1.73). `number` None: it is the one after the row before."""

    number: int | None
    hidden: bool
    cells: list[StoredCell]


def sheet_content(xml: bytes) -> Iterator[StoredRow | Element]:
    """The rows of a sheet, and its `col` and `mergeCell` elements; columns come before rows.

    Raises ParseError and ValueError for a damaged sheet.
    """
    plain = _plain(xml)
    if plain is None:
        for element in sheet_elements(io.BytesIO(xml), _BESIDE_ROWS | {"row"}):
            yield _parsed_row(element) if local_name(element.tag) == "row" else element
    else:
        rows, rest = plain
        # what is beside the rows is little, and little is parsed fastest at once
        yield from (each for each in fromstring(rest).iter() if local_name(each.tag) in _BESIDE_ROWS)
        yield from _plain_rows(rows)


def shared_texts(xml: bytes) -> Iterator[tuple[str, bool]]:
    """The shared strings of a workbook, each as `text_of` gives it. Raises ParseError for damaged ones."""
    plain = _PLAIN_TEXTS.fullmatch(xml)
    if plain is None:
        yield from map(text_of, sheet_elements(io.BytesIO(xml), frozenset({"si"})))
    else:
        for text in _PLAIN_TEXT.findall(plain[1].decode()):
            yield clean(unescaped(_without_references(text) if "&" in text else text)), False


def text_of(element: Element) -> tuple[str, bool]:
    """The text of a string item, its own or that of its runs (18.4.8), and whether every letter of it is bold.

    Phonetic runs are left out.
    """
    pieces, bold = [], []
    for child in element:
        name = local_name(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            parts = {local_name(part.tag): part for part in child}
            pieces.append(parts["t"].text or "" if "t" in parts else "")
            bold.append("rPr" in parts and is_on(parts["rPr"], "b"))
    return clean(unescaped("".join(pieces))), bool(bold) and all(bold)


def is_on(parent: Element, name: str) -> bool:
    """Whether an element has a child of that local name that switches something on, as `<b/>` does."""
    return any(local_name(child.tag) == name and child.get("val") not in {"0", "false"} for child in parent)


# The plain way. A `(` that takes something out is written `«`, so that one pattern serves to check and to take apart.

_CELL = (
    '<c(?: r="«[A-Z]{1,3}[0-9]{1,7})")?(?: s="«[0-9]+)")?(?: t="«[a-zA-Z]+)")?(?:/>|>'
    '(?:«<f(?: [a-z]+="[^"<>]*")*+/?>)(?:«[^<]*+)</f>)?)?'
    '«<v ?/>|<v>[^<]*+</v>)?'
    '(?:<is><t(?: xml:space="preserve")?>«[^<]*+)</t></is>)?</c>)'
)  # fmt: skip
_ROW = '<row(?: [a-zA-Z0-9:]+="[^"<>]*")*+'
_ONE_CELL = re.compile(_CELL.replace("«", "("))
_ALL_ROWS = re.compile(f"(?:{_ROW}(?:/>|>(?:{_CELL})*+</row>))*+".replace("«", "(?:"))
_EMPTY_ROW = re.compile(f"{_ROW}/>")
_ATTRIBUTE = re.compile('([a-zA-Z0-9:]+)="([^"]*)"')
_START, _END = b"<sheetData>", b"</sheetData>"
_NUMBERED = re.compile("&#([0-9]+);")
_ODD_NUMBER = re.compile(rb"&#(?!(?:9|10|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3});)")  # no letter, or written otherwise
_PLAIN_TEXT = re.compile('<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_PLAIN_TEXTS = re.compile(
    rb'<\?xml version="1.0" encoding="(?:UTF|utf)-8"(?: standalone="yes")?\?>\s*<sst [^<>]*>((?:'
    rb'<si><t(?: xml:space="preserve")?>(?:[^<&\x00-\x08\x0b-\x1f]|&(?:amp|lt|gt|quot|apos);)*+</t></si>'
    rb")*+)</sst>\s*"
)


def _plain(xml: bytes) -> tuple[str, bytes] | None:
    """The rows of a sheet that is written in the plain way, and its XML without them."""
    start, end = xml.find(_START) + len(_START), xml.rfind(_END)
    if start < len(_START) or end < start or b"<worksheet " not in xml[:start] or b"<!" in xml:
        return None
    body = xml[start:end]
    if b"\r" in body or _ODD_NUMBER.search(body):  # a parser makes a line feed of a return
        return None
    rows = body.decode()
    return (rows, xml[:start] + xml[end:]) if _ALL_ROWS.fullmatch(rows) else None


def _plain_rows(rows: str) -> Iterator[StoredRow]:
    for piece in rows.split("</row>"):
        empty, _, last = piece.rpartition("<row")
        attributes, _, cells = last.partition(">")
        for each in _EMPTY_ROW.findall(empty if cells else piece):
            yield _row(dict(_ATTRIBUTE.findall(each)), [])
        if cells:
            found = _ONE_CELL.findall(cells)
            yield _row(dict(_ATTRIBUTE.findall(attributes)), [_plain_cell(*cell) for cell in found])


def _plain_cell(
    place: str, style: str, kind: str, formula: str, formula_text: str, value: str, inline: str
) -> StoredCell:
    stored_value = value[3:-4] if value else None  # `<v/>` comes out empty as well
    if inline:
        stored_value = clean(unescaped(_without_references(inline)))
    elif "&" in value:
        stored_value = _without_references(value[3:-4])
    return place, style, kind or "n", _formula(formula, formula_text) if formula else None, stored_value, False


@lru_cache(maxsize=4_096)  # sheets repeat texts
def _without_references(text: str) -> str:
    pieces = _NUMBERED.split(text)  # openpyxl writes all letters that are not ASCII by their numbers
    pieces[1::2] = map(chr, map(int, pieces[1::2]))
    return unescape("".join(pieces))


def _formula(tag: str, text: str) -> StoredFormula:
    if "&" in text:
        text = _without_references(text)
    if tag == "<f>":
        return StoredFormula("", "", "", text)
    attributes = dict(_ATTRIBUTE.findall(tag))
    return StoredFormula(attributes.get("t", ""), attributes.get("si", ""), attributes.get("ref", ""), text)


def _row(attributes: dict[str, str], cells: list[StoredCell]) -> StoredRow:
    number = attributes.get("r")
    hidden = attributes.get("hidden") in TRUE or attributes.get("ht") == "0"
    return StoredRow(None if number is None else int(number), hidden, cells)


# Any other way


def _parsed_row(row: Element) -> StoredRow:
    namespace = row.tag[: -len("row")]
    return _row(dict(row.attrib), [_parsed_cell(cell, namespace) for cell in row if cell.tag == namespace + "c"])


def _parsed_cell(cell: Element, namespace: str) -> StoredCell:
    parts = {child.tag.removeprefix(namespace): child for child in cell}
    formula, value, bold = None, None, False
    if "f" in parts:
        get = parts["f"].get
        formula = StoredFormula(get("t", ""), get("si", ""), get("ref", ""), parts["f"].text or "")
    if "is" in parts:
        value, bold = text_of(parts["is"])
    elif "v" in parts:
        value = parts["v"].text or ""
    return cell.get("r", ""), cell.get("s", ""), cell.get("t", "n"), formula, value, bold
