"""What an author should look at in a plan although a workbook can be made of it: figures that are hardly meant so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budget.figures import FigureKey, Figures
from budget.money import Unit, convert
from budget.numbers import format_number
from budget.plan import Axis, Control, Plan
from budget.words import from_words
from faults import Text

_NAMED = 5  # figures of a kind that are told
_LONGEST = 50  # characters of an item
_TOTAL = Text("tổng cộng", "the total")


def entry_doubts(plan: Plan) -> list[Text]:
    """One sentence for each kind of doubt: control figures that the plan does not meet, amounts below zero, and amounts
    with fractions of a đồng.
    """
    amounts = list(_amounts(plan))
    kinds = (
        (Text("Số kiểm soát không khớp", "Control figures that are not met"), list(_unmet(plan))),
        (
            Text("Số tiền âm", "Amounts below zero"),
            [_shown(what, value, unit) for what, value, unit in amounts if value < 0],
        ),
        (
            Text("Số tiền lẻ dưới một đồng", "Amounts with fractions of a đồng"),
            [_shown(what, value, unit) for what, value, unit in amounts if convert(value, unit, Unit.DONG) % 1],
        ),
    )
    return [_sentence(kind, found) for kind, found in kinds if found]


def _sentence(kind: Text, found: Sequence[Text]) -> Text:
    more = "; …" if len(found) > _NAMED else ""
    vi, en = ("; ".join(each[lang] for each in found[:_NAMED]) for lang in ("vi", "en"))
    return Text(f"{kind.vi}: {vi}{more}.", f"{kind.en}: {en}{more}.")


def _shown(what: Text, value: Decimal, unit: Unit) -> Text:
    amount = f"{format_number(value)} {unit.label}"
    return Text(f"{what.vi} {amount}", f"{what.en} {amount}")


def _amounts(plan: Plan) -> Iterator[tuple[Text, Decimal, Unit]]:
    """The amounts that the author has typed, with what they are of and their unit."""
    units = {appendix.key: appendix.unit for appendix in plan.appendices}
    for item in plan.items:
        for axis, amount in item.amounts.items():
            if amount.value is not None:
                yield _of(plan, item.number, item.title, axis), amount.value, units[item.appendix]
    for estimate in plan.estimates:
        for line in estimate.lines:
            if line.amount is not None and line.amount.value is not None:
                yield _of(plan, line.number, line.content, Axis()), line.amount.value, estimate.unit


def _unmet(plan: Plan) -> Iterator[Text]:
    figures = Figures(plan)
    for control in plan.controls:
        appendix = next(each for each in plan.appendices if each.key == control.appendix)
        key = FigureKey(appendix.summarises or appendix.key, control.item, *control.axis)
        made = convert(figures[key], appendix.unit, control.unit)
        where = _where(plan, control)
        come_to = f"{format_number(made)} {control.unit.label}"
        stated = []
        if made != control.amount:
            stated.append(f"{format_number(control.amount)} {control.unit.label}")
        if control.words and from_words(control.words) != convert(made, control.unit, Unit.DONG):
            stated.append(f"“{control.words}”")
        if stated:
            said = ", ".join(stated)
            yield Text(f"{where.vi} ghi {said}, cộng được {come_to}", f"{where.en} is {said}, it comes to {come_to}")


def _where(plan: Plan, control: Control) -> Text:
    """Which figure a control states."""
    item = next((each for each in plan.items if each.id == control.item), None)
    if item is not None:
        return _of(plan, item.number, item.title, control.axis)
    along = _along(plan, control.axis)
    return Text(f"{_TOTAL.vi}{along}", f"{_TOTAL.en}{along}")


def _of(plan: Plan, number: str, title: str, axis: Axis) -> Text:
    named = f"{number} {' '.join(title.split())}".strip()
    short = named if len(named) <= _LONGEST else f"{named[:_LONGEST].rstrip()}…"
    text = f"“{short}”{_along(plan, axis)}"
    return Text(text, text)


def _along(plan: Plan, axis: Axis) -> str:
    names = [source.name for source in plan.sources if source.key == axis.source]
    years = [] if axis.year is None else [str(axis.year)]
    return f" ({', '.join([*names, *years])})" if names or years else ""
