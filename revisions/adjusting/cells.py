"""An amount of the appendix as a formula that refers to the cell that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from generators.registry import in_unit
from validators.equations.bindings import unit_of
from validators.funding import Leaf
from validators.funding.counted import Counted
from validators.grid import Place
from validators.tables.model import Form
from workbook.addresses import areas
from workbook.text import quote_sheet

_ARGUMENTS = 255  # that a function takes (Excel specifications and limits)


def is_number(found: Counted, place: Place) -> bool:
    """Whether a cell holds a number, and no text that a person reads as one."""
    return found.figure(place).form is Form.NUMBER


def places_of(leaf: Leaf) -> Iterator[Place]:
    """The cells that an amount comes from."""
    yield leaf.place
    for _, place in leaf.less:
        yield place


def reference(found: Counted, leaf: Leaf) -> str:
    """An amount in the unit of the sheet (a formula without `=`).

    What is left of a figure that is broken down in part is the figure less the parts. A cell that holds a text stands
    for the number that the text is read as, until somebody types a number there.
    """
    term = _cell(found, leaf.place)
    for sign, mark in ((1, "-"), (-1, "+")):
        parts = [place for each, place in leaf.less if each == sign]
        term += "".join(f"{mark}SUM({arguments})" for arguments in _arguments(p for p in parts if is_number(found, p)))
        term += "".join(f"{mark}{_cell(found, place)}" for place in parts if not is_number(found, place))
    negative = found.sign(leaf) < 0
    if (leaf.less and (negative or leaf.unit is not found.unit)) or negative:
        term = f"-({term})" if negative else f"({term})"
    return in_unit(term, leaf.unit, found.unit)


def _cell(found: Counted, place: Place) -> str:
    term = f"{quote_sheet(place.sheet)}!{place.address}"
    return term if is_number(found, place) else f"IF(ISNUMBER({term}),{term},{found.value(place):f})"


def _arguments(places: Iterable[Place]) -> Iterator[str]:
    found = (
        f"{quote_sheet(sheet)}!{area}"
        for sheet, cells in groupby(sorted(places), key=lambda place: place.sheet)
        for area in areas(cell[1:] for cell in cells)
    )
    while listed := list(islice(found, _ARGUMENTS)):
        yield ",".join(listed)


def stated(found: Counted) -> str:
    """The grand totals that the tables state, added up (a formula without `=`); empty where one states none."""
    if not all(each.totals for each in found.counted):
        return ""
    return "+".join(
        in_unit(_cell(found, place), unit_of(each.table, place.column), found.unit)
        for each in found.counted
        for place in each.totals
    )
