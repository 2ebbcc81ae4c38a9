"""A plan parted by agency or by group: each part is a plan of its own, and all together are the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget.figures import FigureKey, Figures, axes_of
from budget.plan import Appendix, Item, Kind, Plan
from budget.rollup import added, fold
from faults import InputFault, Text
from validators.funding.saying import is_agency
from validators.tables.wording import bare

_SEPARATED = re.compile(r"[,;\n]")  # of several agencies the first one leads
_LONGEST_NAME = 60  # letters of a file's name


class Split(StrEnum):
    """What a plan is parted by."""

    AGENCY = "agency"
    GROUP = "group"


NOWHERE = {
    Split.AGENCY: Text("Chưa nêu đơn vị", "No agency"),
    Split.GROUP: Text("Ngoài các nhóm", "No group"),
}


@dataclass(frozen=True)
class Part:
    """The part of one agency or group. `title`: its name; `name`: that in ASCII, for its file. `own`: its items.

    `left_out`: how many control totals are about more than the part.
    """

    title: str
    name: str
    plan: Plan
    own: frozenset[str]
    left_out: int

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
    with their items (one of several agencies' items with none), summaries with what they sum up. Raises InputFault
    where no item names anybody.
    """
    parents = {item.parent for item in plan.items if item.parent}
    above = {item.id: item for item in plan.items}
    home = {item.id: _home(item, above, by) for item in plan.items if item.id not in parents or item.amounts}
    titles: dict[str, str] = {}
    for name in home.values():
        titles.setdefault(fold(name), name)
    if set(titles) <= {""}:
        raise InputFault(_NOBODY[by], file=plan.key, expected=_OTHERWISE[by])
    found: list[Part] = []
    for key in sorted(titles, key=lambda key: not key):  # a stable order: those without a name go last
        own = frozenset(item for item, name in home.items() if fold(name) == key)
        title = titles[key] or NOWHERE[by].vi
        name = _file_name(title, [part.name for part in found])
        found.append(_part(plan, title, name, own, above))
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


def _group(item: Item) -> str:
    """The outermost group, by number and title."""
    return f"{item.number} {item.title}".strip() if item.kind is Kind.GROUP and item.parent is None else ""


def _part(plan: Plan, title: str, name: str, own: frozenset[str], above: dict[str, Item]) -> Part:
    shown: set[str] = set()
    for each in own:
        line: str | None = each
        while line is not None and line not in shown:
            shown.add(line)
            line = above[line].parent
    items = _items(plan, own, shown)
    estimates = tuple(each for each in plan.estimates if each.item in own or _is_about(each.item, plan, own))
    filled = {item.appendix for item in items} | {each.appendix for each in estimates}
    appendices = tuple(
        replace(each, title=f"{each.title} ({title})")
        for each in plan.appendices
        if each.key in filled or each.summarises in filled
    )
    controls = tuple(each for each in plan.controls if each.item and _is_about(each.item, plan, own))
    made = replace(
        plan,
        key=name,
        title=f"{plan.title} ({title})",
        items=items,
        estimates=estimates,
        appendices=appendices,
        controls=controls,
    )
    return Part(title, name, made, own, len(plan.controls) - len(controls))


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


def _is_about(item: str, plan: Plan, own: frozenset[str]) -> bool:
    """Whether all that makes up the figure of an item is in the part."""
    below = {item}
    for each in plan.items:  # children follow their parent
        if each.parent in below:
            below.add(each.id)
    parents = {each.parent for each in plan.items}
    return all(each.id in own for each in plan.items if each.id in below and (each.amounts or each.id not in parents))


def _file_name(title: str, taken: Iterable[str]) -> str:
    """A title in ASCII letters, digits and hyphens, with a number behind it where the name is taken."""
    plain = "-".join(re.findall(r"[a-z0-9]+", bare(title)))[:_LONGEST_NAME].strip("-") or "phan"
    names, name, number = set(taken), plain, 1
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
