"""Hypothesis strategies for plans: whatever the schema can say, on forms that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from budget.expression import parse_expression
from budget.figures import axes_of
from budget.money import Unit
from budget.plan import (
    Amount,
    Appendix,
    Axis,
    Basis,
    Control,
    Decision,
    Estimate,
    EstimateLine,
    Item,
    Kind,
    Plan,
    Source,
    State,
    Status,
)
from budget.schema import SPANNING
from budget.words import WordStyle, to_words
from generators.demands import wordings
from generators.forms import load_form
from generators.tokens import sole_token

_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢẠÁẴẬỆỐỮỲ"
_SIGNS = "=+-@'\"“”;:.,·()[]{}%/\\&<>|_#!?*~^ 0123456789\n\u00a0\u0323😀"
_TWO_AXES = ("items-years-sources", "groups-sources-years")
_SOURCES_ONLY = ("groups-agencies", "items-quantities")
_KINDS = (Kind.GROUP, Kind.ITEM, Kind.SUBITEM)
_QUANTITIES = ("02 người x 2 buổi", "150 bộ", "1", "1,5 tháng", "03 lớp × 4", "4 năm")
_PRICES = ("1.000.000đ/ buổi", "25.000.000", "60tr/lớp", "5.000 đồng/giấy mời", "0")
_READ = st.sampled_from([Status.STATED, Status.PROVEN])


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Text as the loader gives it: NFC, not blank, no blanks around it."""
    raw = st.text(st.sampled_from(_LETTERS * 3 + _SIGNS), min_size=1, max_size=max_size)
    clean = raw.map(lambda text: unicodedata.normalize("NFC", text).strip())
    return clean.filter(lambda text: text and text.casefold() != "nt")


def values() -> st.SearchStrategy[Decimal]:
    """Amounts of at most twelve digits, three of them decimals."""
    return st.integers(0, 10**12).flatmap(lambda n: st.sampled_from([0, 1, 3]).map(lambda p: Decimal(n).scaleb(-p)))


@st.composite
def plans(draw: st.DrawFn, *, printable: bool = False) -> Plan:
    """A plan of 1 to 5 years, 0 to 4 sources, 1 or 2 tables of items, perhaps a summary and costings.

    `printable`: one that can be generated, but for some whose figures are too large: on axes that a form of
    `workbook_templates/` has (none has years without sources), with rows, amounts and wordings that the form prints.
    """
    first = draw(st.integers(2000, 2040))
    years = tuple(range(first, first + draw(st.integers(1, 5))))
    sources = draw(_sources())
    tables = [draw(_table(f"pl{n}", years, sources, printable)) for n in range(draw(st.integers(1, 2)))]
    items = tuple(item for table in tables for item in draw(_items(table, printable)))
    costs = [_cost_table()] if draw(st.booleans()) else []
    items, estimates = draw(_estimates(items, tables, costs, years, sources))
    summarised = tables[0].sources and (tables[0].years or not printable) and draw(st.booleans())
    summaries = [draw(_summary(tables[0]))] if summarised else []
    return Plan(
        key="ke-hoach",
        version=draw(texts()),
        title=draw(texts()),
        decision=draw(_decisions()),
        years=years,
        sources=sources,
        appendices=(*tables, *costs, *summaries),
        items=items,
        estimates=estimates,
        controls=tuple(draw(st.lists(_controls(tables, items), max_size=2))),
        notes=tuple(draw(st.lists(texts(), max_size=2))),
    )


def _sources() -> st.SearchStrategy[tuple[Source, ...]]:
    names = st.lists(texts().map(lambda t: f"Nguồn {t}"), max_size=4, unique_by=lambda t: "".join(t.casefold().split()))
    return names.map(lambda found: tuple(Source(f"nguon-{n}", name) for n, name in enumerate(found)))


@st.composite
def _decisions(draw: st.DrawFn) -> Decision:
    state = draw(st.sampled_from(State))
    number, day = draw(texts()), draw(st.dates(date(1990, 1, 1), date(2050, 1, 1)))
    if state is State.DRAFT and draw(st.booleans()):
        return Decision(draw(texts()), draw(texts()), state)
    return Decision(draw(texts()), draw(texts()), state, number, day)


def _styles() -> st.SearchStrategy[WordStyle]:
    return st.builds(
        WordStyle, st.sampled_from(["tỷ", "tỉ"]), st.sampled_from(["nghìn", "ngàn"]), st.booleans(), st.booleans()
    )


@st.composite
def _table(draw: st.DrawFn, key: str, years: tuple[int, ...], sources: tuple[Source, ...], printable: bool) -> Appendix:
    used = [source for source in sources if draw(st.booleans())]
    yearly = draw(st.booleans()) and (bool(used) or not printable)
    forms = _TWO_AXES if used and yearly else _SOURCES_ONLY if used else ("items-total",)
    labels = {source.key: draw(texts()) for source in used if draw(st.booleans())}
    form = draw(st.sampled_from(forms))
    known = sorted(wordings(load_form(form), "text")) if printable else ["currency", "note"]
    return Appendix(
        key=key,
        form=form,
        sheet=f"Bảng {key}",
        heading=draw(st.just("") | texts()),
        title=draw(texts()),
        unit=draw(st.sampled_from([Unit.DONG, Unit.THOUSAND] if printable else list(Unit))),
        sources=tuple(source.key for source in used),
        years=years if yearly else (),
        labels={k: label for k, label in labels.items() if label not in [source.name for source in used]},
        texts=draw(st.dictionaries(st.sampled_from(known), texts(), max_size=2)) if known else {},
        words=draw(_styles()),
    )


def _cost_table() -> Appendix:
    return Appendix("chi-tiet", "cost-tables", "Chi tiết", "", "CHI TIẾT", Unit.DONG)


@st.composite
def _summary(draw: st.DrawFn, table: Appendix) -> Appendix:
    return replace(
        table, key="tong-hop", form="sources-years", sheet="Tổng hợp", summarises=table.key, labels={}, texts={},
        sources=tuple(draw(st.permutations(table.sources))),
    )  # fmt: skip


@st.composite
def _items(draw: st.DrawFn, table: Appendix, printable: bool) -> list[Item]:
    """A tree of up to three levels in print order; parents hold amounts only where no row below does."""
    found: list[Item] = []
    deepest = 2 if not printable or load_form(table.form).having("subitem") else 1

    def grow(parent: str | None, depth: int) -> None:
        for number in range(draw(st.integers(1, 3))):
            above = found[-1] if found else None
            key = f"{parent or table.key}-{number}"
            place = len(found)
            found.append(draw(_item(table, key, parent, _KINDS[depth], f"{depth}.{number + 8}", above)))
            if depth < deepest and draw(st.integers(0, 2)) == 0:
                grow(key, depth + 1)
            holds = not printable or _holds_amounts(table.form, found[place].kind)
            found[place] = replace(found[place], amounts=draw(_leaves(table, found[place + 1 :])) if holds else {})

    grow(None, draw(st.integers(0, 1)))
    return found


def _holds_amounts(form: str, kind: Kind) -> bool:
    """Whether a form shows the amounts of this kind of row, or has rows for its sources."""
    shown = [token.name for cell in load_form(form).one(kind).cells if (token := sole_token(cell))]
    return "amount" in shown


@st.composite
def _item(
    draw: st.DrawFn, table: Appendix, key: str, parent: str | None, kind: Kind, number: str, above: Item | None
) -> Item:
    optional = st.just("") | texts()
    spans = frozenset(field for field in SPANNING if above is not None and draw(st.integers(0, 3)) == 0)
    return Item(
        id=key,
        appendix=table.key,
        parent=parent,
        kind=kind,
        number=draw(st.sampled_from(["", number])),
        title=draw(texts()),
        start=draw(optional),
        end=draw(optional),
        schedule=draw(optional),
        measure_unit=draw(optional),
        quantity=draw(st.none() | values()),
        note=draw(optional),
        spans=spans,
        **{field: getattr(above, field) if field in spans else draw(optional) for field in SPANNING},
    )


@st.composite
def _leaves(draw: st.DrawFn, table: Appendix, below: Sequence[Item]) -> dict[Axis, Amount]:
    taken = {axis for item in below for axis, amount in item.amounts.items() if amount.value is not None}
    if below and axes_of(table) == (Axis(),):  # a costing may give the amount of a row below
        return {}
    free = [axis for axis in axes_of(table) if axis not in taken and draw(st.booleans())]
    return {axis: draw(_amounts()) for axis in free}


def _amounts() -> st.SearchStrategy[Amount]:
    printed = st.none() | texts()
    return st.one_of(
        st.builds(Amount, values()),
        st.builds(Amount, values()),
        st.just(Amount(None)),
        st.builds(Amount, values(), _READ, printed, printed),
        st.builds(Amount, st.none(), st.just(Status.UNREADABLE), printed, printed),
    )


@st.composite
def _estimates(
    draw: st.DrawFn,
    items: tuple[Item, ...],
    tables: list[Appendix],
    costs: list[Appendix],
    years: tuple[int, ...],
    sources: tuple[Source, ...],
) -> tuple[tuple[Item, ...], tuple[Estimate, ...]]:
    """Costings of some items, in the cost table or in the item's title; and the items with those titles."""
    units = {table.key: table.unit for table in tables}
    mine, found = list(items), []
    for place, item in enumerate(items):
        if draw(st.integers(0, 3)):
            continue
        key = f"{item.id}-c"
        printed = costs[0] if costs and draw(st.integers(0, 3)) else None
        if printed:
            lines = draw(_lines(key, sources))
        else:
            quantity, price = draw(st.sampled_from(_QUANTITIES)), draw(st.sampled_from(_PRICES))
            mine[place] = replace(item, title=f"{item.title} ({quantity} x {price})")
            lines = (EstimateLine(f"{key}-0", "", "", parse_expression(quantity), unit_price=parse_expression(price)),)
        found.append(
            Estimate(
                id=key,
                item=item.id,
                appendix=printed and printed.key,
                layout="quantity-price-note" if printed else "inline",
                unit=printed.unit if printed else units[item.appendix],
                caption=draw(st.just("") | texts()),
                lead=draw(st.just("") | texts()),
                trail=draw(st.just("") | texts()),
                covers_years=tuple(year for year in years if draw(st.booleans())),
                basis=draw(st.none() | st.sampled_from(Basis)),
                heads=draw(st.dictionaries(st.sampled_from(["content", "amount"]), texts(), max_size=2)),
                lines=lines,
            )
        )
    return tuple(mine), tuple(found)


@st.composite
def _lines(draw: st.DrawFn, costing: str, sources: tuple[Source, ...]) -> tuple[EstimateLine, ...]:
    found: list[EstimateLine] = []
    counted = st.sampled_from(_QUANTITIES).map(parse_expression)
    priced = st.sampled_from(_PRICES).map(parse_expression)
    for number in range(draw(st.sampled_from([3, 1, 5]))):
        line = EstimateLine(
            f"{costing}-{number}",
            draw(st.sampled_from(["", str(number + 1)])),
            draw(st.just("") | texts()),
            payer=draw(st.none() | st.sampled_from([source.key for source in sources])) if sources else None,
            note=draw(st.just("") | texts()),
        )
        match draw(st.sampled_from(["above", "lump", "counted", "remark", "dash"])):
            case "above" if found and (found[-1].quantity or found[-1].quantity_above):
                line = replace(line, quantity_above=True, unit_price=draw(priced))
            case "lump":
                line = replace(line, amount=draw(_amounts().filter(lambda amount: amount != Amount(None))))
            case "dash":
                pass
            case "remark":
                remark = Amount(None, Status.PROVEN, draw(texts()))
                line = replace(line, quantity=draw(counted), unit_price=draw(priced), amount=remark)
            case _:
                line = replace(line, quantity=draw(counted), unit_price=draw(priced))
        found.append(line)
    return tuple(found)


@st.composite
def _controls(draw: st.DrawFn, tables: list[Appendix], items: tuple[Item, ...]) -> Control:
    table = draw(st.sampled_from(tables))
    ids = [item.id for item in items if item.appendix == table.key]
    return Control(
        appendix=table.key,
        amount=draw(values()),
        unit=draw(st.sampled_from(Unit)),
        axis=Axis(
            draw(st.none() | st.sampled_from(table.sources)) if table.sources else None,
            draw(st.none() | st.sampled_from(table.years)) if table.years else None,
        ),
        item=draw(st.none() | st.sampled_from(ids)),
        words=draw(st.none() | st.integers(0, 10**15).map(to_words)),
        stated_in=draw(st.just("") | texts()),
    )
