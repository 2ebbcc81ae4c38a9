"""The sheets that roll a workbook up: what they are called, and the tables that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budget.rollup import By
from faults import Lang, Text
from validators.own_sheet import ROLLED_UP

_LANGS: tuple[Lang, ...] = ("vi", "en")


@dataclass(frozen=True)
class Kind:
    """One of the sheets: its name, its title in A1, the axis of the rows of each of its tables.

    `button`: the name of the button that makes it; None where there is none.
    """

    name: Text
    title: Text
    axes: tuple[By, ...]
    button: Text | None = None


BY_SOURCE = Kind(
    Text("Tổng hợp nguồn vốn", "By source"),
    Text("TỔNG HỢP KINH PHÍ THEO NGUỒN VỐN", "FUNDING BY SOURCE"),
    (By.SOURCE, By.AGENCY, By.GROUP),
    Text("Theo nguồn vốn", "By source"),
)
BY_YEAR = Kind(
    Text("Tổng hợp theo năm", "By year"),
    Text("TỔNG HỢP KINH PHÍ THEO NĂM", "FUNDING BY YEAR"),
    (By.YEAR,),
    Text("Theo năm", "By year"),
)
BY_AGENCY = Kind(
    Text("Tổng hợp theo đơn vị", "By agency"),
    Text("TỔNG HỢP KINH PHÍ THEO ĐƠN VỊ", "FUNDING BY AGENCY"),
    (By.AGENCY,),
    Text("Theo đơn vị", "By agency"),
)


def kind_of(axes: Sequence[By]) -> Kind:
    """The sheet with a table for each of some axes, each once."""
    wished = tuple(dict.fromkeys(axes))
    for kind in (BY_SOURCE, BY_YEAR, BY_AGENCY):
        if wished == kind.axes:
            return kind
    return Kind(BY_SOURCE.name, Text("TỔNG HỢP KINH PHÍ", "FUNDING"), wished)


def is_named_after(kind: Kind, name: str) -> bool:
    """Whether a sheet has the name that those of that kind get."""
    return any(name.startswith(kind.name[lang]) for lang in _LANGS)


def is_headed_by(kind: Kind, title: object, subtitle: object) -> bool:
    """Whether a sheet is of that kind, by what stands in A1 and A2."""
    return any((title, subtitle) == (kind.title[lang], ROLLED_UP[lang]) for lang in _LANGS)
