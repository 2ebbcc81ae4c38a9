"""A copy of a workbook that may leave the office: what is seen and printed of it, and nothing else."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile

from lxml import etree

from faults import InputFault, Text
from workbook.package import local_name
from workbook.parts import Parts, children, namespace
from workbook.release.book import Book
from workbook.release.closing import Closing
from workbook.release.looks import Looks
from workbook.release.remains import Remains
from workbook.release.sheets import Sheet

# What zipfile, lxml and the reading of a part raise for a damaged file
_DAMAGE = (
    BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError, RuntimeError, NotImplementedError,
    etree.XMLSyntaxError,
)  # fmt: skip
_PROGRAM = frozenset({"Application", "AppVersion"})  # what wrote the file, which decides how some programs read it
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")
# What programs note for themselves
_TECHNICAL = frozenset({
    "TotalTime", "Pages", "Words", "Characters", "DocSecurity", "ScaleCrop", "HeadingPairs", "TitlesOfParts",
    "LinksUpToDate", "CharactersWithSpaces", "SharedDoc", "HyperlinksChanged",
})  # fmt: skip

_TAKEN = (
    *("formulas", "cells", "notes", "links", "names", "external", "pivot_tables", "series", "rules", "objects"),
    "pictures",
)
_KEPT = ("white", "prompts", "descriptions")


@dataclass(frozen=True, slots=True)
class Release:
    """The released workbook (`data`: the bytes of an .xlsx file), and how much was taken out of the original.

    `formulas` became values. `sheets` are the names of those left out. `cells` held something in hidden rows and
    columns, or under a number format that prints nothing. `notes` are cells with notes or comments, `links` what one
    could click. `names` are defined names. `external` counts links to other files and connections to data.
    `pivot_tables` became plain cells. `series` are references of charts that became constants. `rules` are conditional
    formats, validations and sparklines that looked at what was taken out, and an add-in's marks. `objects` are
    controls, embedded documents, slicers, ink, and shapes that nobody sees. `pictures` lost what they carried beside
    the picture. `properties` are the names of the document properties that said something. `macros`: there were.

    What stays and may be overlooked: `white` cells with white letters on white paper, `prompts` for those who type, and
    `descriptions` of pictures and shapes.
    """

    data: bytes
    sheets: tuple[str, ...]
    properties: tuple[str, ...]
    macros: bool
    formulas: int
    cells: int
    notes: int
    links: int
    names: int
    external: int
    pivot_tables: int
    series: int
    rules: int
    objects: int
    pictures: int
    white: int
    prompts: int
    descriptions: int


def release(data: bytes, *, without: Collection[str] = ()) -> Release:
    """The workbook `data` (the bytes of an .xlsx or .xlsm file, with cached values) as it may leave the office.

    What a reader sees and what is printed stays as it is; formulas become the values that are stored for them, and
    what travels unseen is left out: hidden sheets, those called `without`, the content of hidden rows and columns,
    notes, links, names, document properties, macros, embedded documents, data behind pivot tables. Print areas, print
    titles, filters, protection, charts and pictures stay; what a picture shows is not looked into.

    Raises InputFault where the file is no .xlsx workbook or is damaged, where no sheet would be left, where a formula
    has no stored value, where what is printed is calculated, and where a chart would lose its values.
    """
    try:
        return _release(data, without)
    except _DAMAGE as fault:
        what = Text(
            "tệp hỏng, có mật khẩu hoặc không phải sổ Excel",
            "the file is damaged, has a password or is not an Excel workbook",
        )
        raise InputFault(what, expected=Text("một tệp .xlsx hoặc .xlsm", "an .xlsx or .xlsm file")) from fault


def _release(data: bytes, without: Collection[str]) -> Release:
    parts, taken = Parts(data), Counter[str]()
    book, remains = Book(parts, without), Remains()
    _count(parts, taken)
    has_macros = parts.related(parts.workbook, "vbaProject") is not None
    keep_rich_values = _are_pictures(parts)
    looks = Looks(parts)
    sheets = [Sheet(parts, each.name, each.part, looks, taken) for each in book.staying]
    for sheet in sheets:
        remains.add(sheet.name, sheet.hidden)
    shown = book.shown()
    for sheet in sheets:
        sheet.strip(remains, shown, keep_rich_values=keep_rich_values)
    book.strip(remains, [sheet.name for sheet in sheets if sheet.is_filtered], taken)
    properties = tuple(_strip_properties(parts))
    _forget_texts(parts, sheets)
    by_part = {sheet.part: sheet for sheet in sheets}
    closing = Closing(parts, remains, by_part, book.names(), taken)
    closing.close(keep_rich_values=keep_rich_values)
    kept = sum((sheet.kept for sheet in sheets), closing.kept)
    counts = {name: taken[name] for name in _TAKEN} | {name: kept[name] for name in _KEPT}
    return Release(parts.packed(), tuple(book.left_out), properties, has_macros, **counts)


def _count(parts: Parts, taken: Counter[str]) -> None:
    """Count what of other files goes by being no longer referred to."""
    for relation in parts.relations(parts.workbook).values():
        if relation.kind == "externalLink":
            taken["external"] += 1
        elif relation.kind == "connections":
            taken["external"] += len(list(children(parts.parsed(relation.target), "connection")))


def _are_pictures(parts: Parts) -> bool:
    """Whether all rich values are pictures of this file; those of other kinds hold data that nobody sees."""
    structures = parts.related(parts.workbook, "rdRichValueStructure")
    pictures = parts.related(parts.workbook, "richValueRel")
    if structures is None or pictures is None:
        return False
    kinds = {each.get("t") for each in children(parts.parsed(structures), "s")}
    return kinds == {"_localImage"} and not any(each.external for each in parts.relations(pictures).values())


def _strip_properties(parts: Parts) -> Iterator[str]:
    """Take out the document properties; the names of those that said something."""
    for kind in _PROPERTIES:
        part = parts.related("", kind)
        if part is None:
            continue
        with parts.edited(part) as root:
            for each in list(root):
                name = each.get("name") or local_name(str(each.tag))
                if name in _PROGRAM:
                    continue
                root.remove(each)
                if name not in _TECHNICAL and "".join(map(str, each.itertext())).strip():
                    yield name


def _forget_texts(parts: Parts, sheets: Sequence[Sheet]) -> None:
    """Empty the shared strings that no cell shows any more; the others keep their numbers."""
    part = parts.related(parts.workbook, "sharedStrings")
    if part is None:
        return
    shown = [number for sheet in sheets for number in sheet.shared_texts()]
    used = set(shown)
    with parts.edited(part) as root:
        for number, text in enumerate(list(children(root, "si"))):
            if number not in used:
                for each in list(text):
                    text.remove(each)
                etree.SubElement(text, f"{namespace(text)}t")
        if root.get("count") is not None:
            root.set("count", str(len(shown)))
