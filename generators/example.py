"""The small plan that fills an empty entry workbook, so that a person sees how each table is used."""

from __future__ import annotations

from decimal import Decimal

from budget.expression import parse_expression
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
)

CODE = "vd-"  # every code of the example begins with it
MARK = "VÍ DỤ"  # and every name with this

_YEARS = (2026, 2027, 2028, 2029, 2030)
_CENTRAL, _LOCAL = f"{CODE}nstw", f"{CODE}nsdp"
_TABLE, _COSTS = f"{CODE}pl1", f"{CODE}pl2"


def example_plan() -> Plan:
    """A draft for 2026-2030: two sources, one group with two items (400 triệu đồng), one costing (60 triệu đồng)."""
    return Plan(
        key="vi-du",
        version="1",
        title=f"{MARK}: Kế hoạch phát triển thương mại điện tử giai đoạn 2026-2030",
        decision=Decision("Quyết định", f"{MARK}: Ủy ban nhân dân tỉnh", State.DRAFT),
        years=_YEARS,
        sources=(Source(_CENTRAL, "Ngân sách trung ương"), Source(_LOCAL, "Ngân sách địa phương")),
        appendices=_appendices(),
        items=_items(),
        estimates=(_estimate(),),
        controls=(
            Control(
                _TABLE, Decimal(400), Unit.MILLION, words="Bốn trăm triệu đồng", stated_in=f"{MARK}: Kế hoạch, mục II"
            ),
        ),
        notes=(f"{MARK}: tiền thù lao lấy theo mức của năm 2025.",),
    )


def _appendices() -> tuple[Appendix, ...]:
    return (
        Appendix(
            key=_TABLE,
            form="items-years-sources",
            sheet="Phụ lục I",
            heading="Phụ lục I",
            title=f"{MARK}: TỔNG HỢP KINH PHÍ",
            unit=Unit.MILLION,
            sources=(_CENTRAL, _LOCAL),
            years=_YEARS,
            labels={_CENTRAL: "Trung ương", _LOCAL: "Địa phương"},
        ),
        Appendix(
            key=_COSTS,
            form="cost-tables",
            sheet="Phụ lục II",
            heading="Phụ lục II",
            title=f"{MARK}: CHI TIẾT KINH PHÍ",
            unit=Unit.DONG,
        ),
    )


def _items() -> tuple[Item, ...]:
    group, training, upkeep = f"{CODE}i", f"{CODE}i-1", f"{CODE}i-2"
    shared = {
        Axis(source, year): Amount(Decimal(amount))
        for year in _YEARS
        for source, amount in ((_CENTRAL, 42), (_LOCAL, 18))
    }
    yearly = {Axis(_LOCAL, year): Amount(Decimal(20)) for year in _YEARS}
    return (
        Item(group, _TABLE, None, Kind.GROUP, "I", f"{MARK}: Sở Công Thương"),
        Item(training, _TABLE, group, Kind.ITEM, "1", f"{MARK}: Tập huấn thương mại điện tử", amounts=shared),
        Item(upkeep, _TABLE, group, Kind.ITEM, "2", f"{MARK}: Duy trì sàn thương mại điện tử", amounts=yearly),
    )


def _estimate() -> Estimate:
    lines = (
        ("Thù lao giảng viên", "02 người x 2 buổi", "5.000.000đ/buổi"),
        ("Thuê hội trường", "02 buổi", "7.500.000đ/buổi"),
        ("Tài liệu", "100 bộ", "250.000đ/bộ"),
    )
    return Estimate(
        id=f"{CODE}b1",
        item=f"{CODE}i-1",
        appendix=_COSTS,
        layout="quantity-price-note",
        unit=Unit.DONG,
        caption=f"{MARK}: 1. Tập huấn thương mại điện tử",
        covers_years=_YEARS,
        basis=Basis.NORM,
        lines=tuple(
            EstimateLine(
                f"{CODE}b1-{number}", str(number), content, parse_expression(quantity), False, parse_expression(price)
            )
            for number, (content, quantity, price) in enumerate(lines, 1)
        ),
    )
