"""Made-up plans on the forms that hold leaf amounts, with items, sources and figures by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.style import Wish, draw_style
from benchmarks.synthetic.truth import SOURCE_OF, SPELLINGS, Known, source_called
from budget.money import Unit, convert
from budget.plan import Amount, Appendix, Axis, Decision, Item, Kind, Plan, Source, State

#: The forms, and whether their columns are sources and years.
_FORMS = (
    ("items-years-sources", True, True),
    ("groups-sources-years", True, True),
    ("groups-agencies", True, False),
    ("items-quantities", True, False),
    ("items-total", False, False),
)
_SUMMARY = "sources-years"
_STEPS = {
    Unit.DONG: ("1000", "500000"),
    Unit.THOUSAND: ("1", "50"),
    Unit.MILLION: ("1", "0.5", "0.001"),
    Unit.BILLION: ("0.1", "0.05"),
}


def random_plan(rng: Random) -> Plan:
    """A plan of one appendix, and at times of its summary by source and year."""
    form, by_source, by_year = rng.choice(_FORMS)
    first = rng.randint(2024, 2027)
    years = tuple(range(first, first + rng.randint(3, 5)))
    sources = tuple(Source(f"nguon-{n}", name) for n, name in enumerate(_sources(rng)))
    table = Appendix(
        key="pl",
        form=form,
        sheet=rng.choice(("Phụ lục", "PL I", "Kinh phí")),
        heading="Phụ lục",
        title=f"Kinh phí thực hiện {rng.choice(wording.SUBJECTS)}".upper(),
        unit=rng.choice(tuple(Unit)),
        sources=tuple(source.key for source in sources) if by_source else (),
        years=years if by_year else (),
    )
    appendices = [table]
    if by_source and by_year and rng.random() < 0.3:
        appendices.append(replace(table, key="th", form=_SUMMARY, sheet="Tổng hợp", summarises="pl"))
    subject = rng.choice(wording.SUBJECTS)
    return Plan(
        key="ke-hoach",
        version="1",
        title=f"Kế hoạch {subject} giai đoạn {years[0]}-{years[-1]}",
        decision=Decision(
            "Quyết định", "Ủy ban nhân dân tỉnh", State.ISSUED, f"{rng.randint(1, 3000)}/QĐ-UBND", date(2025, 11, 3)
        ),
        years=years,
        sources=sources,
        appendices=tuple(appendices),
        items=tuple(_items(rng, table)),
    )


def _sources(rng: Random) -> Sequence[str]:
    """The names of the sources, each spelt in one of the ways that it has."""
    return [rng.choice((name, *SPELLINGS.get(SOURCE_OF[name], ()))) for name in rng.choice(wording.SOURCES)]


def _items(rng: Random, table: Appendix) -> Iterator[Item]:
    """Groups of items, each with an amount on some of the axes."""
    style = draw_style(rng, Wish())
    style = replace(style, unit=table.unit, step=Decimal(rng.choice(_STEPS[table.unit])))
    axes = [Axis(source, year) for source in table.sources or (None,) for year in table.years or (None,)]
    for place, (title, pool) in enumerate(rng.sample(wording.GROUPS, rng.randint(2, 5)), 1):
        yield Item(f"g{place}", table.key, None, Kind.GROUP, wording.ROMAN[place - 1], title)
        for number, label in enumerate(rng.sample(pool, rng.randint(2, 5)), 1):
            known = [axis for axis in axes if rng.random() < 0.7] or axes[:1]
            amounts = {axis: Amount(style.amount(rng, part=3)) for axis in known}
            yield Item(
                id=f"i{place}-{number}",
                appendix=table.key,
                parent=f"g{place}",
                kind=Kind.ITEM,
                number=str(number),
                title=label,
                agency=rng.choice(wording.AGENCIES),
                amounts=amounts,
            )


def plan_truth(plan: Plan) -> list[Known]:
    """Each leaf amount of a plan in đồng, with its source and year."""
    units = {table.key: table.unit for table in plan.appendices}
    return [
        Known(convert(amount.value, units[item.appendix], Unit.DONG), _printed(plan, item, axis.source), axis.year)
        for item in plan.items
        for axis, amount in item.amounts.items()
        if amount.value
    ]


def _printed(plan: Plan, item: Item, source: str | None) -> str | None:
    """What a manifest calls a source, by the name that the appendix prints."""
    if source is None:
        return None
    labels = next(table.labels for table in plan.appendices if table.key == item.appendix)
    return source_called(labels.get(source) or next(each.name for each in plan.sources if each.key == source))
