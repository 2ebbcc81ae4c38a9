"""A workbook file as parts that can be changed and added to; all others stay as they are, byte for byte.

openpyxl would lose what it does not know: shapes, text boxes, header pictures, form buttons, stored values.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl.utils import column_index_from_string

from workbook.package import Relation, local_name, relations, workbook_part

_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_COLUMN_LETTERS = re.compile("[A-Z]+")


def parsed(xml: bytes) -> etree._Element:
    """The root element. Raises etree.XMLSyntaxError."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name."""
    return next(children(parent, name), None)


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that local name."""
    return (each for each in parent if isinstance(each.tag, str) and local_name(each.tag) == name)


def namespace(element: etree._Element) -> str:
    """The namespace of an element, in braces."""
    tag = str(element.tag)
    return tag[: tag.rfind("}") + 1]


def numbered(parent: etree._Element, name: str) -> Iterator[tuple[int, etree._Element]]:
    """Rows by number, or the cells of a row by column; one that does not say its place follows the one before."""
    number = 0
    for each in children(parent, name):
        place = each.get("r")
        letters = None if place is None else _COLUMN_LETTERS.match(place)
        number = number + 1 if place is None else column_index_from_string(letters[0]) if letters else int(place)
        yield number, each


def insert_before(parent: etree._Element, new: etree._Element, following: Set[str]) -> None:
    """Put a child in its place in a sequence: before the first one whose local name is among `following`."""
    for position, each in enumerate(parent):
        if isinstance(each.tag, str) and local_name(each.tag) in following:
            parent.insert(position, new)
            return
    parent.append(new)


def relations_name(part: str) -> str:
    """The name of the part that holds the relationships of `part` (empty: of the package)."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


class Parts:
    """The parts of an .xlsx or .xlsm file (`data`), parsed where XML is asked for."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(io.BytesIO(data)) as archive:
            self._infos = {info.filename: info for info in archive.infolist()}
            self._parts = {name: archive.read(name) for name in self._infos}
        self._roots: dict[str, etree._Element] = {}
        self.workbook = workbook_part(self)
        types = [str(each.get("Type")) for each in parsed(self._parts["_rels/.rels"])]
        self.relation_namespace = next(kind for kind in types if kind.endswith("/officeDocument")).rpartition("/")[0]

    @property
    def names(self) -> Set[str]:
        """The parts that there are, as their names are written."""
        return self._parts.keys()

    def read(self, name: str) -> bytes:
        """The bytes of a part, as it is now. Raises KeyError."""
        if name in self._roots:
            return etree.tostring(self._roots[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        return self._parts[name]

    def root(self, name: str) -> etree._Element:
        """The root element of an XML part; what is done to it is done to the part. Raises KeyError."""
        if name not in self._roots:
            self._roots[name] = parsed(self._parts[name])
        return self._roots[name]

    def parsed(self, name: str) -> etree._Element:
        """The root element of an XML part, to look at: what is done to it need not be done to the part."""
        return self._roots[name] if name in self._roots else parsed(self._parts[name])

    @contextmanager
    def edited(self, name: str) -> Iterator[etree._Element]:
        """The root element of an XML part, to change; a part that is not changed stays as it is, byte for byte."""
        root = self.parsed(name)
        before = etree.tostring(root)
        yield root
        if etree.tostring(root) != before:
            self._roots[name] = root

    def replace(self, name: str, data: bytes) -> None:
        """Put other bytes in the place of a part."""
        self._roots.pop(name, None)
        self._parts[name] = data

    def remove(self, name: str) -> None:
        """Take a part out. What refers to it, and what says of which type it is, is for the caller to mend."""
        self._roots.pop(name, None)
        del self._parts[name]

    def add(self, wanted: str, data: bytes, content_type: str) -> str:
        """A new part, under the name `wanted` or one like it that is free."""
        stem, suffix = posixpath.splitext(wanted)
        taken = {name.lower() for name in self._parts}
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}{number}{suffix}"
        self._parts[name] = data
        self.set_content_type(name, content_type)
        return name

    def content_type(self, name: str) -> str:
        """What a part is said to be. Raises KeyError where nothing is said."""
        part = f"/{name}".lower()
        said = {
            each.get("PartName", each.get("Extension", "")).lower(): each.get("ContentType", "")
            for each in self.parsed(_TYPES)
        }
        return said[part] if part in said else said[part.rpartition(".")[2]]

    def set_content_type(self, name: str, content_type: str) -> None:
        """Say what a part is."""
        types = self.root(_TYPES)
        part = f"/{name}"
        for override in children(types, "Override"):
            if override.get("PartName", "").lower() == part.lower():
                override.set("ContentType", content_type)
                return
        etree.SubElement(types, f"{{{_TYPES_NAMESPACE}}}Override", PartName=part, ContentType=content_type)

    def related(self, part: str, kind: str) -> str | None:
        """The first part of that kind that `part` refers to."""
        return next((each.target for each in self.relations(part).values() if each.kind == kind), None)

    def target(self, part: str, relation: str) -> str:
        """The part behind a relationship id. Raises KeyError."""
        return self.relations(part)[relation].target

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let `part` refer to `target`; the id of the relationship."""
        name = relations_name(part)
        if name not in self._parts:
            self._parts[name] = f'<Relationships xmlns="{_RELATIONS_NAMESPACE}"/>'.encode()
        root = self.root(name)
        taken = {each.get("Id") for each in children(root, "Relationship")}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        etree.SubElement(
            root,
            f"{{{_RELATIONS_NAMESPACE}}}Relationship",
            Id=f"rId{number}",
            Type=f"{self.relation_namespace}/{kind}",
            Target=f"/{target}",
        )
        return f"rId{number}"

    def unrelate(self, part: str, kind: str) -> None:
        """Let `part` refer to nothing of that kind any more."""
        name = relations_name(part)
        going = {key for key, each in self.relations(part).items() if each.kind == kind}
        if going:
            root = self.root(name)
            for each in [each for each in root if each.get("Id") in going]:
                root.remove(each)

    def reachable(self) -> set[str]:
        """The parts that something refers to, from the package on, with those that hold the relationships."""
        seen, waiting = {""}, [""]
        while waiting:
            for each in self.relations(waiting.pop()).values():
                if not each.external and each.target in self._parts and each.target not in seen:
                    seen.add(each.target)
                    waiting.append(each.target)
        return (seen | set(map(relations_name, seen))) & self._parts.keys()

    def remove_all(self, names: Set[str]) -> None:
        """Take parts out, and what says of which types they are."""
        for name in names & self._parts.keys():
            self.remove(name)
        gone = {f"/{name}".lower() for name in names}
        types = self.parsed(_TYPES)
        going = [each for each in types if each.get("PartName", "").lower() in gone]
        for each in going:
            types.remove(each)
        if going:
            self._roots[_TYPES] = types

    def packed(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name in self._parts:
                old = self._infos.get(name)
                info = ZipInfo(name) if old is None else ZipInfo(name, old.date_time)
                info.compress_type = ZIP_DEFLATED if old is None else old.compress_type
                archive.writestr(info, self.read(name))
        return buffer.getvalue()

    def relations(self, part: str) -> Mapping[str, Relation]:
        """What `part` refers to (empty: what the package does), by relationship id."""
        return relations(self, part) if relations_name(part) in self._parts else {}
