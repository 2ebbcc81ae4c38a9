"""Sums over many single cells as formulas that Excel takes: as few ranges as will do, and never too long a formula."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from validators.grid import Place
from workbook.addresses import Area, areas
from workbook.text import quote_sheet

ARGUMENTS = 255  # that a function takes (Excel specifications and limits)
LENGTH = 8_000  # characters of a formula; Excel takes 8192
_ROOM = len("+COUNT()/1000000000")  # beside the arguments


class Addend(NamedTuple):
    """A cell to be summed up: the power of ten that its figure is multiplied by, and its sign, +1 or -1."""

    place: Place
    shift: int = 0
    sign: int = 1


def sums(addends: Iterable[Addend]) -> list[str]:
    """Formulas (without `=`) that sum up cells, each short enough; together they are the sum. None where no cell is.

    A cell that occurs several times is added as often.
    """
    alike: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for addend in addends:
        alike[addend.sign, addend.shift].append(addend.place)
    return _joined(
        f"{'+' if sign > 0 else '-'}SUM({arguments}){_scaled(shift)}"
        for (sign, shift), places in sorted(alike.items(), key=lambda each: (-each[0][0], each[0][1]))
        for once in _rounds(places)
        for arguments in _arguments(once)
    )


def counts(places: Iterable[Place]) -> list[str]:
    """Formulas (without `=`) that count those of the cells that hold a number; together they count all."""
    return _joined(f"+COUNT({arguments})" for arguments in _arguments(places))


def areas_of(places: Iterable[Place]) -> list[tuple[str, Area]]:
    """The cells as rectangles, each with the name of its sheet: no cell twice, and none besides."""
    ordered = sorted(set(places))
    return [
        (sheet, area)
        for sheet, cells in groupby(ordered, key=attrgetter("sheet"))
        for area in sorted(areas(cell[1:] for cell in cells))
    ]


def _rounds(places: Iterable[Place]) -> Iterator[Iterable[Place]]:
    """The cells, those that occur several times in as many rounds."""
    left = Counter(places)
    while left:
        yield list(left)
        left -= Counter(left.keys())


def _arguments(places: Iterable[Place]) -> Iterator[str]:
    """The cells as arguments of a function, in as many lists as the limits ask for."""
    listed: list[str] = []
    length = _ROOM
    for sheet, area in areas_of(places):
        reference = f"{quote_sheet(sheet)}!{area}"
        if listed and (len(listed) == ARGUMENTS or length + len(reference) + 1 > LENGTH):
            yield ",".join(listed)
            listed, length = [], _ROOM
        listed.append(reference)
        length += len(reference) + 1
    if listed:
        yield ",".join(listed)


def _scaled(shift: int) -> str:
    """A power of ten as a factor; to divide by one is more exact than to multiply with its inverse."""
    if shift == 0:
        return ""
    return f"*{10**shift}" if shift > 0 else f"/{10**-shift}"


def _joined(terms: Iterable[str]) -> list[str]:
    """As few formulas as hold these signed terms."""
    formulas: list[str] = []
    for term in terms:
        if formulas and len(formulas[-1]) + len(term) <= LENGTH:
            formulas[-1] += term
        else:
            formulas.append(term)
    return [formula.removeprefix("+") for formula in formulas]
