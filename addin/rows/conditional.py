"""Formulas of conditional formats, which no cell shows: read from a copy of the book, changed in the open one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw
from lxml import etree
from openpyxl.formula.tokenizer import Token

from addin.formula_tree import FormulaTree, reference
from addin.journal import journal
from validators.grid import Place
from validators.rules._formulas import moved
from workbook.package import sheets

_PACKAGES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Condition:
    """A conditional format whose rule is a formula: as it stands at the first cell of a range that it is for."""

    place: Place
    formula: str


def conditions(copy: Path) -> Iterator[Condition]:
    """Those of a workbook file that judge by a formula; none in a file that is no Open XML."""
    if copy.suffix not in _PACKAGES:
        return
    for name, xml in sheets(copy):
        _, _, below = xml.partition(b"</sheetData>")
        if b"conditionalFormatting" not in below:
            continue
        for element in etree.fromstring(xml).iter("{*}conditionalFormatting"):
            ranges = [each.area for part in element.get("sqref", "").split() if (each := reference(part))]
            for formula in element.iterfind("{*}cfRule[@type='expression']/{*}formula"):
                for area in ranges:
                    place = Place(unicodedata.normalize("NFC", name), area.top, area.left)
                    yield Condition(place, moved(formula.text or "", ranges[0][:2], place[1:]))


def change(book: xw.Book, place: Place, formulas: Mapping[str, str]) -> bool:
    """Give the rules at a cell other formulas: as they are -> as they must be, without `=`. Whether all of them are so.

    Hosts tell the formula of a rule as the active cell sees it, so that this one is made active.
    """
    sheet = book.sheets[place.sheet]
    wanted = {_bare(old): new for old, new in formulas.items()}
    missing = set(map(_bare, formulas.values()))
    try:
        sheet.activate()
        cell = sheet.range((place.row, place.column))
        cell.select()
        for rule in cell.conditional_formats:
            stands = (rule.formula or "").removeprefix("=") if rule.type == "custom" else ""
            new = wanted.get(_bare(stands), stands)
            if new != stands:
                rule.set(formula=f"={_with_semicolons(new) if ';' in stands else new}")
            missing.discard(_bare(new))
    except Exception:  # noqa: BLE001 - hosts differ in what they let be changed; the row itself is in place
        journal().exception("conditional formats at %s", place)
    return not missing


def _bare(formula: str) -> str:
    """A formula without what hosts write each in its own way: Excel takes the separators of the PC's language here."""
    return formula.replace(" ", "").replace(";", ",").casefold()


def _with_semicolons(formula: str) -> str:
    tree = FormulaTree(formula)
    return tree.written({at: ";" for at, token in enumerate(tree.tokens) if token.type == Token.SEP})
