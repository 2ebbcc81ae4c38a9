"""Conditional formats, validations and sparklines: each stays if all the cells stay that it looks at.

Bars, colour scales and icons stay anyway: they measure whatever is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from workbook.package import local_name
from workbook.parts import child, children
from workbook.release.references import areas
from workbook.release.remains import Hidden, Remains

# What stays of a sheet's extensions
EXTENSIONS = frozenset({"conditionalFormattings", "dataValidations", "sparklineGroups", "ignoredErrors"})
_MARK = '"phuluc"'  # in the conditional formats by which an add-in marks guilty cells
_COMPARING = frozenset({"top10", "aboveAverage", "duplicateValues", "uniqueValues"})  # a cell with all the others
_FORMULAS = frozenset({"formula", "formula1", "formula2", "f"})
# What is of no use without such an element in it; the inner ones first
_CONTAINERS = (
    ("conditionalFormatting", "cfRule"),
    ("conditionalFormattings", "cfRule"),
    ("dataValidations", "dataValidation"),
    ("sparklineGroup", "sparkline"),
    ("sparklineGroups", "sparkline"),
    ("ext", "*"),
    ("extLst", "ext"),
)


def prune_rules(sheet: etree._Element, name: str, hidden: Hidden, remains: Remains) -> int:
    """Take out of a sheet the rules that look at cells that do not stay; how many they were."""
    beside = [each for each in sheet.iterchildren("*") if local_name(str(each.tag)) != "sheetData"]
    going = [rule for each in beside for rule in _going(each, name, hidden, remains)]
    for rule in going:
        _remove(rule)
    for container, content in _CONTAINERS:
        for each in beside:
            for found in list(each.iter(f"{{*}}{container}")):
                if next(found.iterfind(f".//{{*}}{content}"), None) is None:
                    _remove(found)
    for each in beside:
        for validations in each.iter("{*}dataValidations"):
            validations.set("count", str(len(list(children(validations, "dataValidation")))))
    return len(going)


def _going(element: etree._Element, name: str, hidden: Hidden, remains: Remains) -> Iterator[etree._Element]:
    """The rules in a child of the sheet that do not stay."""
    for formatting in element.iter("{*}conditionalFormatting"):
        formatting.attrib.pop("pivot", "")
        where = areas(_cells(formatting))
        for rule in children(formatting, "cfRule"):
            formulas = list(_formulas(rule))
            compares = rule.get("type") in _COMPARING and any(map(hidden.meets, where))
            is_mark = any(_MARK in formula for formula in formulas)
            if compares or is_mark or not all(remains.has_all_of(each, name, where) for each in formulas):
                yield rule
    for rule in element.iter("{*}dataValidation"):
        where = areas(_cells(rule))
        if not all(remains.has_all_of(each, name, where) for each in _formulas(rule)):
            yield rule
    for group in element.iter("{*}sparklineGroup"):
        shows_hidden = group.get("displayHidden") in {"1", "true"}
        axis = child(group, "f")
        for sparkline in group.iter("{*}sparkline"):
            formulas = [*_formulas(sparkline), *([axis.text] if axis is not None and axis.text else [])]
            where = areas(_cells(sparkline))
            if not all(
                remains.has_all_of(each, name, where) if shows_hidden else remains.has_sheets_of(each, name)
                for each in formulas
            ):
                yield sparkline


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _cells(element: etree._Element) -> str:
    """The cells that it is about: an attribute, or in an extension an element."""
    written = child(element, "sqref")
    return element.get("sqref", "") if written is None else written.text or ""


def _formulas(rule: etree._Element) -> Iterator[str]:
    for each in rule.iter("*"):
        name = local_name(str(each.tag))
        if name in _FORMULAS and each.text and not len(each):
            yield each.text
        elif name == "cfvo" and each.get("type") == "formula" and each.get("val"):
            yield each.get("val", "")
