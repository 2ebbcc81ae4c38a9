"""Charts: what they show stays, also where it comes from cells that do not stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from lxml import etree

from faults import InputFault, Text
from workbook.package import local_name
from workbook.parts import child, children, namespace
from workbook.release.references import Reference, references
from workbook.release.remains import Remains

_REFERENCES = ("numRef", "strRef", "multiLvlStrRef")
_CACHES = frozenset({"numCache", "strCache", "multiLvlStrCache"})
# The namespace of charts -> that of lettering, in both dialects
_LETTERING = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}": "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/chart}": "{http://purl.oclc.org/ooxml/drawingml/main}",
}


def freeze_chart(root: etree._Element, remains: Remains, taken: Counter[str]) -> None:
    """Make constants of what a chart takes from cells that do not stay.

    Raises InputFault where it does not hold their values.
    """
    for each in [*root.iter("{*}pivotSource"), *filter(lambda each: _goes(each, remains), root.iter("{*}ext"))]:
        _parent(each).remove(each)
    only_visible = any(each.get("val", "1") in {"1", "true"} for each in root.iter("{*}plotVisOnly"))
    for reference in [each for name in _REFERENCES for each in root.iter(f"{{*}}{name}")]:
        formula = next((each.text or "" for each in children(reference, "f")), "")
        named = references(formula) if remains.has_sheets_of(formula, "") else None
        stays = named is not None and not any(_meets_hidden(each, remains) for each in named)
        if stays:
            continue
        if named is not None and only_visible:
            _forget_hidden(reference, named, remains)
            if not any(_blanks(each, remains) for each in named):
                continue
        _make_constant(reference, formula)
        taken["series"] += 1


def stays_whole(root: etree._Element, names: Set[str], remains: Remains) -> bool:
    """Whether a chart of the newer kinds takes nothing from sheets that do not stay: it cannot hold constants.

    `names` are the defined names that stay.
    """
    formulas = [each.text or "" for each in root.iter("{*}f")]
    return all(formula.casefold() in names or remains.has_sheets_of(formula, "") for formula in formulas)


def _goes(extension: etree._Element, remains: Remains) -> bool:
    """Whether an extension is of no use any more, or holds series that are filtered out, which nobody sees."""
    for each in extension.iter("*"):
        name = local_name(str(each.tag))
        if name == "pivotOptions" or name.startswith("filtered"):
            return True
        if name in {"f", "sqref"} and not remains.has_sheets_of(each.text or "", ""):
            return True
    return False


def _meets_hidden(reference: Reference, remains: Remains) -> bool:
    hidden = remains.sheet(reference.sheet or "")
    return hidden is not None and hidden.meets(reference.area)


def _blanks(reference: Reference, remains: Remains) -> bool:
    """Whether a chart shows cells that are emptied: their number format hides them on the sheet alone."""
    hidden = remains.sheet(reference.sheet or "")
    return hidden is not None and hidden.blanks(reference.area)


def _forget_hidden(reference: etree._Element, named: Sequence[Reference], remains: Remains) -> None:
    """Of a chart that does not show hidden cells, take out what is stored of them.

    Excel stores the visible points alone; where there are as many points as cells, a program stored all.
    """
    for cache in reference:
        count = child(cache, "ptCount")
        size = sum(each.area.size for each in named)
        if count is None or count.get("val") != str(size):
            continue
        unseen = {str(number) for number, cell in enumerate(_cells(named)) if _is_hidden(*cell, remains)}
        for point in list(children(cache, "pt")):
            if point.get("idx") in unseen:
                cache.remove(point)


def _cells(named: Sequence[Reference]) -> Iterator[tuple[str, int, int]]:
    for each in named:
        top, left, bottom, right = each.area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield each.sheet or "", row, column


def _is_hidden(sheet: str, row: int, column: int, remains: Remains) -> bool:
    hidden = remains.sheet(sheet)
    return hidden is not None and hidden.covers(row, column)


def _make_constant(reference: etree._Element, formula: str) -> None:
    """Put what a reference showed last in its place."""
    cache = next((each for each in reference if local_name(str(each.tag)) in _CACHES), None)
    if cache is None:
        raise InputFault(
            Text(
                "biểu đồ lấy số ở vùng không có trong bản phát hành, và tệp không lưu số đó",
                "a chart takes figures from cells that are left out, and the file does not hold them",
            ),
            found=formula,
            expected=Text("tệp đã mở và lưu bằng Excel", "a file opened and saved by Excel"),
        )
    holder, space = _parent(reference), namespace(reference)
    if local_name(str(holder.tag)) != "tx":
        is_number = local_name(str(cache.tag)) == "numCache"
        constant = etree.Element(f"{space}{'numLit' if is_number else 'strLit'}")
        constant.extend(list(next(children(cache, "lvl"), cache)))  # of labels in levels the innermost
        if child(constant, "ptCount") is None:
            constant.insert(0, next(children(cache, "ptCount")))
    elif local_name(str(_parent(holder).tag)) == "ser":
        constant = etree.Element(f"{space}v")
        constant.text = _text(cache)
    else:
        constant = _lettering(holder, _text(cache))
    holder.replace(reference, constant)


def _text(cache: etree._Element) -> str:
    return " ".join(value.text or "" for value in cache.iter("{*}v"))


def _lettering(holder: etree._Element, text: str) -> etree._Element:
    """The text of a title, in the looks that the title has."""
    space, looks = namespace(holder), child(_parent(holder), "txPr")
    lettering = _LETTERING[space]
    rich = etree.Element(f"{space}rich")
    paragraph = None
    if looks is None:
        etree.SubElement(rich, f"{lettering}bodyPr")
    else:
        rich.extend(list(looks))
        _parent(looks).remove(looks)
        paragraph = child(rich, "p")
    if paragraph is None:
        paragraph = etree.SubElement(rich, f"{lettering}p")
    for end in list(children(paragraph, "endParaRPr")):
        paragraph.remove(end)
    etree.SubElement(etree.SubElement(paragraph, f"{lettering}r"), f"{lettering}t").text = text
    return rich


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
