"""A plan parted by agency or by group: each part is a plan of its own, and all together are the whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget.figures import FigureKey, Figures, axes_of
from budget.plan import Appendix, Estimate, Item, Kind, Plan
from budget.rollup import added, fold
from faults import InputFault, Text
from validators.reports.wording import shortened
from validators.tables.wording import bare, is_agency

_SEPARATED = re.compile(r"[,;\n]")  # of several agencies the first one leads
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_LONGEST_NAME = 60  # letters of a file's name
_LONGEST_CAPTION = 120  # letters of a costing's in a sentence


class Split(StrEnum):
    """What a plan is parted by."""

    AGENCY = "agency"
    GROUP = "group"


NOWHERE = {
    Split.AGENCY: Text("Chưa nêu đơn vị", "No agency"),
    Split.GROUP: Text("Ngoài các nhóm", "No group"),
}


@dataclass(frozen=True)
class Shared:
    """A costing of a row whose items are several agencies', the `holders`: it is in no part."""

    costing: str
    holders: tuple[str, ...]

    @property
    def said(self) -> Text:
        """A sentence on it."""
        names, costing = ", ".join(self.holders), shortened(self.costing, _LONGEST_CAPTION)
        return Text(
            f"Không tệp nào có dự toán “{costing}”, vì là của chung: {names}.",
            f"No file has the costing “{costing}”, which several share: {names}.",
        )


@dataclass(frozen=True)
class Part:
    """The part of one agency or group. `title`: its name; `name`: that in ASCII, for its file. `own`: its items.

    `left_out`: how many control totals are about more than the part. `shared`: the costings of its rows that it shares
    with others.
    """

    title: str
    name: str
    plan: Plan
    own: frozenset[str]
    left_out: int
    shared: tuple[Shared, ...] = ()

    @property
    def total(self) -> Decimal:
        """What its items come to, in đồng."""
        return total_of(self.plan)


def total_of(plan: Plan) -> Decimal:
    """What all items of a plan come to, in đồng; summaries are left out."""
    figures = Figures(plan)
    return added(figures[FigureKey(each.key)] * each.unit.factor for each in plan.appendices if not each.summarises)


def parted(plan: Plan, by: Split) -> list[Part]:
    """The parts in the order in which the plan names them; what names nobody comes last.

    Rows that have parts stand above them in each file, their own amounts in the one that they belong to. Costings go
    with their items, summaries with what they sum up; a costing of a row whose items are several agencies' is in no
    part, and the notes of theirs say so. Raises InputFault where no item names anybody.
    """
    parents = {item.parent for item in plan.items if item.parent}
    above = {item.id: item for item in plan.items}
    home = {item.id: _home(item, above, by) for item in plan.items if item.id not in parents or item.amounts}
    titles: dict[str, str] = {}
    for name in home.values():
        titles.setdefault(fold(name), name)
    if set(titles) <= {""}:
        raise InputFault(_NOBODY[by], file=plan.key, expected=_OTHERWISE[by])
    titles = {key: titles[key] or NOWHERE[by].vi for key in sorted(titles, key=lambda key: not key)}  # a stable order
    parting = _Parting(plan, {item: fold(name) for item, name in home.items()}, titles)
    found = parting.parts()
    _prove(plan, found, home)
    return found


_NOBODY = {
    Split.AGENCY: Text("không hạng mục nào nêu đơn vị thực hiện", "no item names an agency"),
    Split.GROUP: Text("kế hoạch không có nhóm nào", "the plan has no groups"),
}
_OTHERWISE = {
    Split.AGENCY: Text(
        "cột “Đơn vị thực hiện” được điền, nhóm mang tên đơn vị, hoặc --by group",
        "agencies filled in, groups named after agencies, or --by group",
    ),
    Split.GROUP: Text("các nhóm hạng mục, hoặc --by agency", "groups of items, or --by agency"),
}


def _home(item: Item, above: dict[str, Item], by: Split) -> str:
    """Whose an item is; empty: nobody is named."""
    find: Callable[[Item], str] = _agency if by is Split.AGENCY else _group
    line: Item | None = item
    while line is not None:
        if found := find(line):
            return found
        line = above[line.parent] if line.parent else None
    return ""


def _agency(item: Item) -> str:
    """The agency that a row names: in its column, or as the title of a group."""
    if item.agency:
        return _SEPARATED.split(item.agency)[0].strip()
    return item.title if item.kind is Kind.GROUP and is_agency(item.title) else ""


def named_jointly(plan: Plan) -> list[Item]:
    """The items with amounts, or without parts, that name several agencies: the first one has them."""
    parents = {item.parent for item in plan.items}
    return [
        item
        for item in plan.items
        if (item.amounts or item.id not in parents) and len(list(filter(str.strip, _SEPARATED.split(item.agency)))) > 1
    ]


def _group(item: Item) -> str:
    """The outermost group, by number and title."""
    return f"{item.number} {item.title}".strip() if item.kind is Kind.GROUP and item.parent is None else ""


class _Parting:
    """Makes the parts. `home`: whose an item is that is a leaf or states amounts; `titles`: what each is called."""

    def __init__(self, plan: Plan, home: Mapping[str, str], titles: Mapping[str, str]) -> None:
        self._plan, self._home, self._titles = plan, home, titles
        self._above = {item.id: item.parent for item in plan.items}
        self._holders: dict[str, dict[str, None]] = defaultdict(dict)  # of all that makes up the figure of a row
        for item, holder in home.items():
            for row in self._path(item):
                self._holders[row][holder] = None

    def parts(self) -> list[Part]:
        found: list[Part] = []
        for key, title in self._titles.items():
            found.append(self._part(key, title, _file_name(title, [part.name for part in found])))
        return found

    def _part(self, key: str, title: str, name: str) -> Part:
        plan, own = self._plan, frozenset(item for item, holder in self._home.items() if holder == key)
        shown = {row for item in own for row in self._path(item)}
        items = _items(plan, own, shown)
        estimates = tuple(each for each in plan.estimates if each.item in own or self._is_about(each.item, key))
        shared = tuple(self._shared(each) for each in plan.estimates if each.item in shown and self._is_shared(each))
        filled = {item.appendix for item in items} | {each.appendix for each in estimates}
        appendices = tuple(
            replace(each, title=f"{each.title} ({title})")
            for each in plan.appendices
            if each.key in filled or each.summarises in filled
        )
        controls = tuple(each for each in plan.controls if each.item and self._is_about(each.item, key))
        made = replace(
            plan,
            key=name,
            title=f"{plan.title} ({title})",
            items=items,
            estimates=estimates,
            appendices=appendices,
            controls=controls,
            notes=(*plan.notes, *(each.said.vi for each in shared)),
        )
        return Part(title, name, made, own, len(plan.controls) - len(controls), shared)

    def _path(self, item: str) -> Iterator[str]:
        """A row and those above it."""
        row: str | None = item
        while row is not None:
            yield row
            row = self._above[row]

    def _is_about(self, item: str, key: str) -> bool:
        """Whether all that makes up the figure of an item is in the part."""
        return list(self._holders[item]) == [key]

    def _is_shared(self, estimate: Estimate) -> bool:
        return estimate.item not in self._home and len(self._holders[estimate.item]) > 1

    def _shared(self, estimate: Estimate) -> Shared:
        item = next(item for item in self._plan.items if item.id == estimate.item)
        holders = tuple(self._titles[key] for key in self._holders[estimate.item])
        return Shared(estimate.caption or f"{item.number} {item.title}".strip(), holders)


def _items(plan: Plan, own: frozenset[str], shown: set[str]) -> tuple[Item, ...]:
    """The rows of a part; a cell that continues the one above does so where that row is there too."""
    found: list[Item] = []
    before: Item | None = None
    for item in plan.items:
        if item.id in shown:
            follows = bool(found) and before is not None and found[-1].id == before.id
            amounts = item.amounts if item.id in own else {}
            found.append(replace(item, amounts=amounts, spans=item.spans if follows else frozenset()))
        before = item
    return tuple(found)


def _file_name(title: str, taken: Iterable[str]) -> str:
    """A title in ASCII letters, digits and hyphens, with a number behind it where the name is taken or Windows' own."""
    plain = "-".join(re.findall(r"[a-z0-9]+", bare(title)))[:_LONGEST_NAME].strip("-") or "phan"
    names, name, number = _RESERVED.union(taken), plain, 1
    while name in names:
        number += 1
        name = f"{plain}-{number}"
    return name


def _prove(plan: Plan, parts: Sequence[Part], home: dict[str, str]) -> None:
    """Every item is in one part, and the parts make each sum of the plan. Raises ArithmeticError otherwise."""
    placed = [item for part in parts for item in part.own]
    if sorted(placed) != sorted(home):
        raise ArithmeticError("an item is in no part, or in two")
    whole, figures = Figures(plan), [Figures(part.plan) for part in parts]
    for appendix in plan.appendices:
        for key in _keys(appendix):
            if added(each[key] for each in figures) != whole[key]:
                raise ArithmeticError(f"the parts do not make {key}")


def _keys(appendix: Appendix) -> Iterable[FigureKey]:
    yield FigureKey(appendix.key)
    for source, year in axes_of(appendix):
        yield FigureKey(appendix.key, None, source, year)
