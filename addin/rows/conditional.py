"""Formulas of conditional formats, which no cell shows: read from a copy of the book, changed in the open one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw
from lxml import etree
from openpyxl.formula.tokenizer import Token

from addin.formula_tree import FormulaTree, reference
from addin.journal import journal
from addin.marks import RULE
from validators.grid import Place
from validators.rules._formulas import moved
from workbook.addresses import Area, Cell
from workbook.package import sheets

_PACKAGES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Condition:
    """A conditional format whose rule is a formula: as it stands at `place`, the first cell of the `area` it is for."""

    place: Place
    formula: str
    area: Area


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
                    yield Condition(place, moved(formula.text or "", ranges[0][:2], place[1:]), area)


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


def take_off(sheet: xw.Sheet, copy: Cell, going: Sequence[Condition]) -> bool:
    """Take rules off a cell to which they came along with its looks, and only there. Whether they are off.

    Hosts take all rules off a cell, or one rule off all of its cells. Where others must stay, a mark of ours is put
    back where it was; a rule of the user's, whose looks no host tells entirely, stays.
    """
    try:
        cell = sheet.range(copy)
        rules = list(cell.conditional_formats)
        if not rules:
            return True
        sheet.activate()
        cell.select()  # hosts tell the formula as the active cell sees it, or as the first one of the rule does
        seen = {_bare(f) for each in going for f in (each.formula, moved(each.formula, each.place[1:], copy))}
        leaving = [rule for rule in cell.conditional_formats if _bare((rule.formula or "").removeprefix("=")) in seen]
        if len(leaving) == len(rules):
            cell.conditional_formats.clear()
            return True
        marks = [each for each in going if f"={each.formula}" == RULE]
        for rule in reversed([rule for rule in leaving if rule.formula == RULE]):
            color = rule.fill_color
            rule.delete()
            for each in marks:
                _mark_again(sheet, each.area, color)
    except Exception:  # noqa: BLE001 - hosts differ in what they let be changed; the row itself is in place
        journal().exception("conditional formats at %s of %s", copy, sheet.name)
        return False
    return len(marks) == len(going)


def _mark_again(sheet: xw.Sheet, area: Area, color: tuple[int, int, int] | None) -> None:
    cells = sheet.range((area.top, area.left), (area.bottom, area.right))
    if all(rule.formula != RULE for rule in cells.conditional_formats):
        cells.conditional_formats.add_custom(RULE, fill_color=color)


def _bare(formula: str) -> str:
    """A formula without what hosts write each in its own way: Excel takes the separators of the PC's language here."""
    return formula.replace(" ", "").replace(";", ",").casefold()


def _with_semicolons(formula: str) -> str:
    tree = FormulaTree(formula)
    return tree.written({at: ";" for at, token in enumerate(tree.tokens) if token.type == Token.SEP})
