"""A sheet that stays: values instead of formulas, nothing in what is hidden, none of what travels unseen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree
from openpyxl.utils import get_column_letter

from faults import InputFault, Text, cell_place
from workbook.package import local_name
from workbook.parts import Parts, child, children, namespace, numbered
from workbook.release.looks import Looks
from workbook.release.references import Area, areas
from workbook.release.remains import Hidden, Remains
from workbook.release.rules import EXTENSIONS, prune_rules

_TRUE = frozenset({"1", "true"})
# The elements of a sheet that stay. Those that do not: notes and their drawing, controls and embedded objects, links,
# scenarios, custom views, watches, web publishing, smart tags, what is consolidated from where, who may edit what.
_STAYING = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "autoFilter", "sortState", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing",
    "legacyDrawingHF", "drawingHF", "picture", "tableParts", "extLst",
})  # fmt: skip
_CONTENT = frozenset({"f", "v", "is"})
_OBJECT = re.compile(rb"""\bObjectType\s*=\s*["'](\w+)""")  # in a drawing of notes and controls


class Sheet:
    """A sheet that stays, changed in place; what is taken out is counted in `taken`.

    `hidden` is what nobody sees of it; what it keeps although it is hard to see is counted in `kept`. `controls` are
    the numbers of the shapes of controls and embedded objects.
    """

    def __init__(self, parts: Parts, name: str, part: str, looks: Looks, taken: Counter[str]) -> None:
        self.name, self.part = name, part
        self.kept = Counter[str]()
        self._parts, self._looks, self._taken = parts, looks, taken
        self.root = parts.root(part)
        self.controls = frozenset(
            each.get("shapeId", "") for top in self._beside_cells() for each in top.iter("{*}control", "{*}oleObject")
        )
        self.hidden = self._empty_hidden()
        self._freeze()

    @property
    def is_filtered(self) -> bool:
        """Whether it has a filter of its own, not that of a table."""
        return child(self.root, "autoFilter") is not None

    def shared_texts(self) -> Iterator[int]:
        """The numbers of the shared strings that it shows."""
        for _, _, cell in self._cells():
            value = child(cell, "v")
            if cell.get("t") == "s" and value is not None:
                yield int(value.text or "")

    def strip(self, remains: Remains, shown: Sequence[str], *, keep_rich_values: bool) -> None:
        """Take out everything but cells, looks, print set-up and drawings. `shown`: the sheet that each window shows.

        Of the cells rich values go too unless they are to be kept.
        """
        self._count()
        self._select(shown)
        for each in list(self.root):
            if not isinstance(each.tag, str) or local_name(each.tag) not in _STAYING:
                self.root.remove(each)
        for properties in children(self.root, "sheetPr"):
            properties.attrib.pop("codeName", "")
        for setup in children(self.root, "pageSetup"):
            setup.attrib.pop(f"{{{self._parts.relation_namespace}}}id", "")  # what the printer's driver wrote
        for extensions in children(self.root, "extLst"):
            for each in list(extensions):
                if not any(local_name(str(content.tag)) in EXTENSIONS for content in each):
                    extensions.remove(each)
        self._count_kept()
        self._taken["rules"] += prune_rules(self.root, self.name, self.hidden, remains)
        if not keep_rich_values:
            for _, _, cell in self._cells():
                cell.attrib.pop("vm", "")
        for relation in self._parts.relations(self.part).values():
            if relation.kind == "table":
                with self._parts.edited(relation.target) as table:
                    self._strip_table(table)

    def _select(self, shown: Sequence[str]) -> None:
        """Select the sheet where a window shows it: sheets that are selected together are written to together."""
        for views in children(self.root, "sheetViews"):
            for view in children(views, "sheetView"):
                window = int(view.get("workbookViewId", "0"))
                if window < len(shown) and shown[window] == self.name:
                    view.set("tabSelected", "1")
                else:
                    view.attrib.pop("tabSelected", "")
                for selection in list(children(view, "pivotSelection")):
                    view.remove(selection)

    def _beside_cells(self) -> Iterator[etree._Element]:
        """The parts of the sheet that are not its cells."""
        return (each for each in self.root.iterchildren("*") if local_name(str(each.tag)) != "sheetData")

    def _cells(self) -> Iterator[tuple[int, int, etree._Element]]:
        """Every cell, with its row and column."""
        for data in children(self.root, "sheetData"):
            for row, cells in numbered(data, "row"):
                for column, cell in numbered(cells, "c"):
                    yield row, column, cell

    def _empty_hidden(self) -> Hidden:
        """Empty the cells of hidden rows and columns, but for what a merged cell shows outside of them.

        Those whose number format prints nothing are emptied like them.
        """
        rows, columns = self._hidden_rows(), self._hidden_columns()
        shown = set(self._shown_anchors(rows, columns))
        filled = []
        for row, column, cell in self._cells():
            is_hidden = (row in rows or column in columns) and (row, column) not in shown
            if _is_filled(cell) and (is_hidden or self._looks.prints_nothing(cell)):
                _empty(cell)
                filled.append((row, column))
        self._taken["cells"] += len(filled)
        return Hidden(rows, columns, filled)

    def _hidden_rows(self) -> set[int]:
        return {
            number
            for data in children(self.root, "sheetData")
            for number, row in numbered(data, "row")
            if row.get("hidden") in _TRUE or float(row.get("ht", "1")) == 0
        }

    def _hidden_columns(self) -> set[int]:
        return {
            number
            for columns in children(self.root, "cols")
            for each in children(columns, "col")
            if each.get("hidden") in _TRUE or float(each.get("width", "1")) == 0
            for number in range(int(each.get("min", "0")), int(each.get("max", "0")) + 1)
        }

    def _shown_anchors(self, rows: set[int], columns: set[int]) -> Iterator[tuple[int, int]]:
        """The first cells of the merged cells of which something is seen."""
        for merges in children(self.root, "mergeCells"):
            for merge in children(merges, "mergeCell"):
                for area in areas(merge.get("ref", "")):
                    if _is_seen(area, rows, columns):
                        yield area.top, area.left

    def _freeze(self) -> None:
        """Make every formula the value that the file holds for it. Raises InputFault where it holds none."""
        for row, column, cell in self._cells():
            formula = child(cell, "f")
            if formula is None:
                continue
            value = child(cell, "v")
            if value is None or not (value.text or cell.get("t") in {"str", "d"}):
                raise InputFault(
                    Text("công thức chưa có giá trị lưu trong tệp", "the file holds no value for the formula"),
                    place=cell_place(self.name, f"{get_column_letter(column)}{row}"),
                    expected=Text("tệp đã tính và lưu bằng Excel", "a file calculated and saved by Excel"),
                )
            cell.remove(formula)
            cell.attrib.pop("cm", "")  # says that the formula spills
            self._taken["formulas"] += 1

    def _count(self) -> None:
        """Count what goes by being no longer referred to, or by not being among what stays."""
        noted = set()
        for relation in self._parts.relations(self.part).values():
            if relation.kind in {"comments", "threadedComment"}:
                elements = self._parts.parsed(relation.target).iter("{*}comment", "{*}threadedComment")
                noted |= {each.get("ref") for each in elements}
            elif relation.kind == "pivotTable":
                self._taken["pivot_tables"] += 1
        self._taken["notes"] += len(noted)
        self._taken["links"] += sum(len(links) for links in children(self.root, "hyperlinks"))
        for legacy in children(self.root, "legacyDrawing"):
            drawing = self._parts.target(self.part, legacy.get(f"{{{self._parts.relation_namespace}}}id", ""))
            kinds = _OBJECT.findall(self._parts.read(drawing))
            self._taken["objects"] += sum(kind != b"Note" for kind in kinds)

    def _count_kept(self) -> None:
        """Count what stays and may be overlooked: white letters, and what is said to those who type."""
        self.kept["white"] += sum(_is_filled(cell) and self._looks.is_white(cell) for _, _, cell in self._cells())
        for each in self._beside_cells():
            for validation in each.iter("{*}dataValidation"):
                texts = (validation.get(name) for name in ("promptTitle", "prompt", "errorTitle", "error"))
                self.kept["prompts"] += any(texts)

    def _strip_table(self, table: etree._Element) -> None:
        """A table keeps its name and looks, no formulas; a heading that is hidden is replaced by its number."""
        for attribute in ("comment", "connectionId", "tableType"):
            table.attrib.pop(attribute, "")
        (area,) = areas(table.get("ref", ""))
        heads = [each for columns in children(table, "tableColumns") for each in children(columns, "tableColumn")]
        has_names = table.get("headerRowCount") != "0"
        gone = [has_names and self.hidden.is_filled(area.top, area.left + number) for number in range(len(heads))]
        taken = {head.get("name", "").casefold() for number, head in enumerate(heads) if not gone[number]}
        for number, head in enumerate(heads):
            for attribute in ("queryTableFieldId", "totalsRowFunction"):
                head.attrib.pop(attribute, "")
            for each in list(head):
                if local_name(str(each.tag)) in {"calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr"}:
                    head.remove(each)
            if self.hidden.is_filled(area.bottom, area.left + number):
                head.attrib.pop("totalsRowLabel", "")
            if gone[number]:
                name = _free(f"Cột {number + 1}", taken)
                head.set("name", name)
                self._write(area.top, area.left + number, name)

    def _write(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell that is there."""
        for at_row, at_column, cell in self._cells():
            if (at_row, at_column) == (row, column):
                space = namespace(cell)
                cell.set("t", "inlineStr")
                etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t").text = text
                return


def _is_filled(cell: etree._Element) -> bool:
    return any(local_name(str(each.tag)) in _CONTENT for each in cell)


def _empty(cell: etree._Element) -> None:
    """Take everything out of a cell but where it is and how it looks."""
    for each in list(cell):
        cell.remove(each)
    for attribute in ("t", "cm", "vm", "ph"):
        cell.attrib.pop(attribute, "")


def _is_seen(area: Area, rows: set[int], columns: set[int]) -> bool:
    """Whether something of a merged cell is seen."""
    return any(row not in rows for row in range(area.top, area.bottom + 1)) and any(
        column not in columns for column in range(area.left, area.right + 1)
    )


def _free(wanted: str, taken: set[str]) -> str:
    """A name like `wanted` that is not taken, from now on it is."""
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} ({number})"
    taken.add(name.casefold())
    return name
