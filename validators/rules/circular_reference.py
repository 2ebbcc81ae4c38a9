"""Formulas that depend on themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Place
from validators.rules._figures import label_of
from validators.rules._formulas import Precedents
from validators.rules._wording import cells
from validators.rules.base import Checked, Rule

_Links = dict[Place, list[Place]]
_MOST_LINKS = 200_000


def _check(checked: Checked) -> Iterator[Finding]:
    for circle in _circles(checked) or _by_sheet(checked):
        place = circle[0]
        through = Text(f" qua {cells(circle)}", f" by way of {cells(circle)}") if len(circle) > 1 else Text("", "")
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            message=Text(
                f"Công thức vòng: ô này phụ thuộc vào chính nó{through.vi}",
                f"A circular reference: the cell depends on itself{through.en}",
            ),
            place=place,
            label=label_of(checked, place),
        )


def _by_sheet(checked: Checked) -> list[list[Place]]:
    """All cells of each sheet, where references cannot be followed: by names, or too many."""
    sheets: dict[str, list[Place]] = {}
    for place in sorted(checked.book.circular):
        sheets.setdefault(place.sheet, []).append(place)
    return list(sheets.values())


def _circles(checked: Checked) -> list[list[Place]]:
    """The cells of each circle, in reading order; those that only lead to one or follow it are left out."""
    places = checked.book.circular
    precedents = Precedents(checked.book, places)
    links = list(islice(((place, other) for place in places for other in precedents.of(place)), _MOST_LINKS + 1))
    if len(links) > _MOST_LINKS:
        return []
    uses: _Links = defaultdict(list)
    used_by: _Links = defaultdict(list)
    for place, other in links:
        uses[place].append(other)
        used_by[other].append(place)
    circles = []
    left = set(places)
    for place in reversed(_finished(sorted(places), uses)):
        if place not in left:
            continue
        circle = _reached(place, used_by, left)
        left -= circle
        if len(circle) > 1 or place in uses[place]:
            circles.append(sorted(circle))
    return sorted(circles)


def _finished(places: list[Place], links: _Links) -> list[Place]:
    """The cells in the order in which a search in depth leaves them (Kosaraju's algorithm)."""
    seen: set[Place] = set()
    order = []
    for start in places:
        path = [] if start in seen else [(start, iter(links[start]))]
        seen.add(start)
        while path:
            place, others = path[-1]
            fresh = next((other for other in others if other not in seen), None)
            if fresh is None:
                order.append(place)
                path.pop()
            else:
                seen.add(fresh)
                path.append((fresh, iter(links[fresh])))
    return order


def _reached(start: Place, links: _Links, left: set[Place]) -> set[Place]:
    """The cells among `left` that links lead to from one of them."""
    found = {start} & left
    edge = list(found)
    while edge:
        fresh = {other for other in links[edge.pop()] if other in left} - found
        found |= fresh
        edge += fresh
    return found


RULE = Rule(
    name="circular-reference",
    severity=Severity.ERROR,
    title=Text("Công thức vòng", "A circular reference"),
    explanation=Text(
        "Một công thức tính từ chính kết quả của nó, trực tiếp hay qua các ô khác. Excel báo “circular reference” và "
        "cho kết quả 0 hoặc số cũ, nên các tổng không còn tin được.",
        "A formula reckons with its own result, directly or by way of other cells. Excel warns of a circular reference "
        "and gives 0 or an old figure, so that the totals cannot be trusted.",
    ),
    example=Text(
        "Ô tổng C10 chứa =SUM(C5:C10): vùng cộng gồm cả chính C10.",
        "The total C10 holds =SUM(C5:C10): the range contains C10 itself.",
    ),
    remedy=Text(
        "Thu vùng cộng lại cho không còn chứa ô tổng, hoặc thay một ô trong vòng bằng số.",
        "Narrow the range so that it no longer contains the total, or replace one cell of the circle by a number.",
    ),
    check=_check,
)
