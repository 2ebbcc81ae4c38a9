"""What is left when all that nothing refers to any more is taken out of the package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from workbook.package import Relation, local_name
from workbook.parts import Parts, children, relations_name
from workbook.release.charts import freeze_chart, stays_whole
from workbook.release.drawings import clean_drawing, detach, strip_links
from workbook.release.pictures import stripped
from workbook.release.remains import Remains
from workbook.release.sheets import Sheet

_TYPES = "[Content_Types].xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# The kinds of parts that stay where an element names the relationship that leads to them
_NAMED = frozenset({
    "worksheet", "chartsheet", "table", "drawing", "vmlDrawing", "image", "hdphoto", "model3d", "chart", "chartEx",
    "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors",
})  # fmt: skip
# Those that stay although none does
_IMPLICIT = frozenset({
    "officeDocument", "extended-properties", "styles", "theme", "sharedStrings", "themeOverride", "chartStyle",
    "chartColorStyle", "diagramDrawing", "FeaturePropertyBag",
})  # fmt: skip
# And those where pictures have been placed in cells
_RICH_VALUES = frozenset({
    "sheetMetadata", "rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "richValueRel",
})  # fmt: skip
_DRAWINGS = frozenset({"drawing", "chartUserShapes"})
_LINKING = frozenset({"chart", "chartEx", "diagramData", "diagramDrawing", *_DRAWINGS})


class Closing:
    """Goes from part to part, cleans each, and keeps what it comes by; `kept` counts what may be overlooked there.

    `sheets`: those that stay, by their parts. `names`: the defined names that stay.
    """

    def __init__(
        self, parts: Parts, remains: Remains, sheets: Mapping[str, Sheet], names: Set[str], taken: Counter[str]
    ) -> None:
        self._parts, self._remains, self._sheets, self._names, self._taken = parts, remains, sheets, names, taken
        self._implicit = _IMPLICIT
        self.kept = Counter[str]()

    def close(self, *, keep_rich_values: bool) -> None:
        """Leave no part that nothing refers to, and no reference to a part that is not there."""
        self._implicit = _IMPLICIT | _RICH_VALUES if keep_rich_values else _IMPLICIT
        seen, waiting = {""}, [""]
        while waiting:
            part = waiting.pop()
            for relation in self._kept(part).values():
                if relation.target not in seen:
                    seen.add(relation.target)
                    self._clean(relation, part)
                    waiting.append(relation.target)
        for name in self._parts.names - {_TYPES, *seen, *map(relations_name, seen)}:
            self._parts.remove(name)
        self._declare()

    def _clean(self, relation: Relation, source: str) -> None:
        """Clean a part that shows something; a part is cleaned before what it refers to is looked at."""
        if relation.kind == "image":
            self._clean_picture(relation.target)
        if relation.kind not in _LINKING:
            return
        with self._parts.edited(relation.target) as root:
            if relation.kind in _DRAWINGS:
                sheet = self._sheets.get(source)
                hidden, controls = (sheet.hidden, sheet.controls) if sheet else (None, ())
                clean_drawing(root, hidden, controls, self._taken)
            elif relation.kind == "chart":
                freeze_chart(root, self._remains, self._taken)
            self._taken["links"] += strip_links(root)
            self.kept["descriptions"] += sum(bool(each.get("descr")) for each in root.iter("{*}cNvPr"))

    def _clean_picture(self, part: str) -> None:
        data = self._parts.read(part)
        bare = stripped(data)
        if bare != data:
            self._parts.replace(part, bare)
            self._taken["pictures"] += 1

    def _kept(self, part: str) -> Mapping[str, Relation]:
        """The relationships of a part that stay; the others are taken out, with what needs them."""
        related = self._parts.relations(part)
        named = self._named(part, related)
        kept = {key: each for key, each in related.items() if self._stays(each, named=key in named)}
        going = related.keys() - kept.keys()
        if not going:
            return kept
        self._count(related[key] for key in going & named)
        with self._parts.edited(relations_name(part)) as relations:
            for each in list(children(relations, "Relationship")):
                if each.get("Id") in going:
                    relations.remove(each)
        if not kept:
            self._parts.remove(relations_name(part))
        if going & named:
            with self._parts.edited(part) as root:
                detach(root, going & named, self._parts.relation_namespace)
        return kept

    def _count(self, going: Iterable[Relation]) -> None:
        for relation in going:
            if relation.kind == "chartEx":
                self._taken["objects"] += 1
            elif relation.external and relation.kind != "hyperlink":
                self._taken["external"] += 1

    def _stays(self, relation: Relation, *, named: bool) -> bool:
        if relation.external or relation.target not in self._parts.names:
            return False
        if named and relation.kind == "chartEx":
            return stays_whole(self._parts.parsed(relation.target), self._names, self._remains)
        return relation.kind in self._implicit or (named and relation.kind in _NAMED)

    def _named(self, part: str, related: Mapping[str, Relation]) -> Set[str]:
        """The relationships that a part names in its elements."""
        if not related or not part:
            return frozenset()
        if part.lower().endswith(".vml"):  # which need not be XML
            return frozenset(related)
        start = f"{{{self._parts.relation_namespace}}}"
        root = self._parts.parsed(part)
        elements = [root, *(each for top in root if local_name(str(top.tag)) != "sheetData" for each in top.iter("*"))]
        return frozenset(str(value) for each in elements for key, value in each.items() if str(key).startswith(start))

    def _declare(self) -> None:
        """Say of each part what it is, and of no other; the workbook has no macros."""
        self._parts.set_content_type(self._parts.workbook, _BOOK_TYPE)
        names = {f"/{name}".lower() for name in self._parts.names}
        with self._parts.edited(_TYPES) as types:
            for each in list(types):
                name, ending = each.get("PartName"), each.get("Extension", "").lower()
                stays = name.lower() in names if name else any(part.endswith(f".{ending}") for part in names)
                if not stays:
                    types.remove(each)
