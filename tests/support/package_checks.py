"""Whether an Office package is whole, and all that is written in it."""

from __future__ import annotations

import html
import io
import posixpath
from collections.abc import Iterator, Mapping
from zipfile import ZipFile

from lxml import etree

TYPES = "[Content_Types].xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts by name."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything_in(data: bytes) -> str:
    """The text of all parts together, entities resolved."""
    return "\n".join(html.unescape(part.decode("utf-8", errors="replace")) for part in parts_of(data).values())


def damage_of(data: bytes) -> list[str]:
    """What is wrong with the package: each broken or useless reference, part and content type, in a line."""
    parts = parts_of(data)
    related = {name: dict(_relations(parts, name)) for name in ["", *parts]}
    return [
        *_wrong_relations(parts, related),
        *_unreachable(parts, related),
        *_wrong_types(parts),
        *_unresolved(parts, related),
    ]


def _rels(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _relations(parts: Mapping[str, bytes], name: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    for each in etree.fromstring(parts[_rels(name)]) if _rels(name) in parts else ():
        target, external = each.get("Target"), each.get("TargetMode") == "External"
        folder = posixpath.dirname(name)
        within = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield each.get("Id"), (target if external else within, external)


def _wrong_relations(parts: Mapping[str, bytes], related: Mapping[str, Mapping[str, tuple[str, bool]]]) -> list[str]:
    missing = [
        f"{name or 'package'}: {key} leads to {target}, which is missing"
        for name, relations in related.items()
        for key, (target, external) in relations.items()
        if not external and target not in parts
    ]
    owners = {_rels(name) for name in related}
    return missing + [f"{name}: of no part" for name in parts if name.endswith(".rels") and name not in owners]


def _unreachable(parts: Mapping[str, bytes], related: Mapping[str, Mapping[str, tuple[str, bool]]]) -> list[str]:
    seen, waiting = {""}, [""]
    while waiting:
        for target, external in related[waiting.pop()].values():
            if not external and target not in seen and target in parts:
                seen.add(target)
                waiting.append(target)
    return [f"{name}: nothing leads to it" for name in parts if name not in {*seen, TYPES, *map(_rels, seen)}]


def _wrong_types(parts: Mapping[str, bytes]) -> list[str]:
    types = etree.fromstring(parts[TYPES])
    overridden = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    endings = {each.get("Extension").lower() for each in types if each.get("Extension")}
    found = {_ending(name) for name in parts if name != TYPES}
    return [
        *(f"{name}: declared, but missing" for name in overridden - parts.keys()),
        *(f".{ending}: declared, but there is none" for ending in endings - found),
        *(f"{name}: of no type" for name in parts.keys() - overridden - {TYPES} if _ending(name) not in endings),
    ]


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _unresolved(parts: Mapping[str, bytes], related: Mapping[str, Mapping[str, tuple[str, bool]]]) -> list[str]:
    wrong = []
    for name, data in parts.items():
        if not name.endswith(".xml"):
            continue
        root = etree.fromstring(data)
        for each in root.iter(etree.Element):
            for key, value in each.items():
                if key.endswith("/relationships}id") and value not in related[name]:
                    wrong.append(f"{name}: {value} leads nowhere")
        ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
        wrong += [f"{name}: {prefix} is not declared" for prefix in ignorable.split() if prefix not in root.nsmap]
    return wrong
