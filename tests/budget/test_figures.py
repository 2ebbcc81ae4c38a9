"""Figures of small plans, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budget.expression import parse_expression
from budget.figures import FigureKey, Figures, axes_of, price_scale
from budget.money import Unit
from budget.plan import (
    Amount,
    Appendix,
    Axis,
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


def amount(value: str) -> Amount:
    return Amount(Decimal(value))


APPENDIX = Appendix("a", "form", "Bảng", "", "", Unit.MILLION, ("tw", "dp"), (2026, 2027))
ITEMS = (
    Item("g", "a", None, Kind.GROUP, "I", "Nhóm"),
    Item("x", "a", "g", Kind.ITEM, "1", "X", amounts={Axis("tw", 2026): amount("10"), Axis("dp", 2026): amount("2.5")}),
    Item("y", "a", "g", Kind.ITEM, "2", "Y", amounts={Axis("dp", 2027): amount("7")}),
    Item("z", "a", None, Kind.ITEM, "3", "Z", amounts={Axis("tw", 2027): Amount(None, Status.UNREADABLE)}),
)
PLAN = Plan(
    key="p",
    version="1",
    title="",
    decision=Decision("Quyết định", "Sở", State.DRAFT),
    years=(2026, 2027),
    sources=(Source("tw", "Trung ương"), Source("dp", "Địa phương")),
    appendices=(APPENDIX,),
    items=ITEMS,
)


def test_sums_run_along_rows_sources_and_years() -> None:
    figures = Figures(PLAN)
    assert figures[FigureKey("a")] == Decimal("19.5")
    assert figures[FigureKey("a", "g", "dp")] == Decimal("9.5")
    assert figures[FigureKey("a", "g", None, 2026)] == Decimal("12.5")
    assert figures[FigureKey("a", None, "tw", 2026)] == Decimal(10)
    assert figures[FigureKey("a", "y", "tw", 2027)] == 0


def test_an_unreadable_leaf_bears_on_no_figure() -> None:
    figures = Figures(PLAN)
    assert not figures.bears(FigureKey("a", "z"))
    assert figures.bears(FigureKey("a", "y"))


def test_axes_come_in_print_order_and_may_be_absent() -> None:
    assert axes_of(APPENDIX) == (Axis("tw", 2026), Axis("dp", 2026), Axis("tw", 2027), Axis("dp", 2027))
    assert axes_of(replace(APPENDIX, sources=(), years=())) == (Axis(),)


def costing(*lines: EstimateLine, unit: Unit = Unit.DONG) -> Estimate:
    return Estimate("c", "x", "b", "table", unit, lines=lines)


def line(name: str, quantity: str | None, price: str | None, **more: object) -> EstimateLine:
    return EstimateLine(
        name,
        "",
        "",
        quantity=parse_expression(quantity) if quantity else None,
        unit_price=parse_expression(price) if price else None,
        **more,  # type: ignore[arg-type]
    )


def test_a_line_is_its_quantities_times_its_price() -> None:
    estimate = costing(
        line("1", "02 người x 2 buổi", "1.000.000đ/ buổi"),
        line("2", "1,5 ngày", "333.333"),
        line("3", None, None, amount=amount("580000000")),
        line("4", None, None),
    )
    figures = Figures(PLAN)
    amounts = [figures.line_amount(estimate, one) for one in estimate.lines]
    assert amounts == [Decimal(4_000_000), Decimal(500_000), Decimal(580_000_000), None]
    assert figures.estimate_total(estimate) == Decimal(584_500_000)
    assert figures.estimate_in(estimate, Unit.MILLION) == Decimal("584.5")


def test_a_quantity_that_goes_on_is_the_one_above() -> None:
    estimate = costing(
        line("1", "10 Doanh nghiệp", "25.000.000"),
        line("2", None, "15.000.000", quantity_above=True),
        line("3", None, "25.000.000", quantity_above=True),
    )
    assert Figures(PLAN).estimate_total(estimate) == Decimal(650_000_000)


def test_a_price_that_names_its_currency_is_in_dong_whatever_the_unit() -> None:
    million = costing(line("1", "6 lớp", "60tr/lớp"), unit=Unit.MILLION)
    bare = costing(line("1", "6 lớp", "60"), unit=Unit.MILLION)
    assert Figures(PLAN).estimate_total(million) == Decimal(360)
    assert Figures(PLAN).estimate_total(bare) == Decimal(360)
    (price,) = parse_expression("500.000 đ/ngày").terms
    assert price_scale(price, Unit.MILLION) == Decimal("0.000001")


def test_a_costing_gives_the_amount_only_where_none_is_stated_and_the_table_has_no_axes() -> None:
    flat = replace(APPENDIX, unit=Unit.DONG, sources=(), years=())
    stated_item = Item("y", "a", None, Kind.ITEM, "2", "Y", amounts={Axis(): amount("5")})
    items = (Item("x", "a", None, Kind.ITEM, "1", "X"), stated_item)
    estimate = costing(line("1", "5 năm", "30.000.000 VNĐ/năm"))
    plan = replace(PLAN, appendices=(flat,), items=items, estimates=(estimate,))
    assert Figures(plan)[FigureKey("a", "x")] == Decimal(150_000_000)
    assert Figures(plan)[FigureKey("a")] == Decimal(150_000_005)
    yearly = replace(plan, estimates=(replace(estimate, covers_years=(2026, 2027)),))
    assert Figures(yearly)[FigureKey("a", "x")] == Decimal(300_000_000)  # each of the two years costs the total
    stated = replace(plan, items=(replace(items[0], amounts={Axis(): amount("7")}), items[1]))
    assert Figures(stated)[FigureKey("a")] == Decimal(12)
