"""From the rows of the costings and estimates tables to Estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from budget.expression import Expression
from budget.loading.raw import Record
from budget.loading.readings import Readings, amount_of
from budget.loading.references import Codes, Numbers, look_up, some
from budget.numbers import Form, format_number
from budget.plan import Amount, Appendix, Basis, Estimate, EstimateLine, Item, Source
from budget.schema import DASH, SPAN
from faults import InputFault, Text

_INCOMPLETE = Text(
    "số lượng và đơn giá, hoặc chỉ thành tiền, hoặc dấu “-”", "a quantity and a unit price, or an amount alone, or “-”"
)


def build_estimates(  # noqa: PLR0913 - what a costing can name
    costings: Sequence[Record],
    lines: Sequence[Record],
    items: Mapping[str, Item],
    appendices: Mapping[str, Appendix],
    sources: Mapping[str, Source],
    years: tuple[int, ...],
    readings: Readings,
    codes: Codes,
) -> tuple[Estimate, ...]:
    """The costings in the order of their table, each with its lines.

    Raises InputFault for what they name and is not there, for years outside the period, for a line that is incomplete
    or says too much, for a costing without lines, and for a title that does not contain the costing it should.
    """
    for record in [*costings, *lines]:
        codes.add(record, "id")
    known = {record["id"]: record for record in costings}
    numbers = Numbers()
    found: dict[str, list[EstimateLine]] = defaultdict(list)
    for record in lines:
        look_up(record, "costing", known)
        if record["payer"] is not None:
            look_up(record, "payer", sources)
        number = numbers.add(record, record["costing"])
        found[record["costing"]].append(_line(record, number, found[record["costing"]], readings))
    return tuple(_estimate(record, found[record["id"]], items, appendices, years) for record in costings)


def _estimate(
    record: Record,
    lines: Sequence[EstimateLine],
    items: Mapping[str, Item],
    appendices: Mapping[str, Appendix],
    years: tuple[int, ...],
) -> Estimate:
    item = look_up(record, "item", items)
    printed = None if record["appendix"] is None else look_up(record, "appendix", appendices)
    for year in record["covers_years"]:
        if year not in years:
            raise record.fault("covers_years", Text("năm nằm ngoài giai đoạn", "the year is outside the period"), year, some(years))
    if not lines:
        what = Text("bảng dự toán không có dòng nào", "the costing has no lines")
        raise record.fault("id", what, record["id"])
    if printed is None:
        for line in lines:
            _demand_in_title(record, line, item)
    basis = record["basis"]
    return Estimate(
        id=record["id"],
        item=item.id,
        appendix=record["appendix"],
        layout=record["layout"],
        unit=(printed or appendices[item.appendix]).unit,
        caption=record["caption"],
        lead=record["lead"],
        trail=record["trail"],
        covers_years=record["covers_years"],
        basis=basis and Basis(basis),
        heads=record["heads"],
        lines=tuple(lines),
    )


def _demand_in_title(record: Record, line: EstimateLine, item: Item) -> None:
    """A costing that no appendix prints is printed in its item's title: "(6 lớp x 60tr/lớp)"."""
    text = f"{line.quantity} x {line.unit_price}"
    if line.quantity is None or line.unit_price is None or text not in item.title:
        raise record.fault(
            "appendix",
            Text("phép tính không có trong tên hạng mục", "the item's title does not contain the costing"),
            item.title,
            Text(f"“{text}” trong tên, hoặc mã phụ lục in bảng này", f"“{text}” in the title, or an appendix's code"),
        )


def _line(record: Record, number: str, above: Sequence[EstimateLine], readings: Readings) -> EstimateLine:
    quantity, price, printed = record["quantity"], record["unit_price"], record["amount"]
    if quantity == SPAN and not (above and (above[-1].quantity or above[-1].quantity_above)):
        what = Text("dòng trên không có số lượng để kéo xuống", "the line above has no quantity that could go on")
        raise record.fault("quantity", what, quantity)
    if price == SPAN or (isinstance(price, Expression) and len(price.terms) != 1):
        raise record.fault("unit_price", Text("đơn giá phải là một con số", "a unit price is one number"), price)
    reading = readings.take(record["id"])
    amount = amount_of(printed, reading) if printed.value is not None else None
    if fault := _contradiction(record, unreadable=False):
        raise fault
    return EstimateLine(
        id=record["id"],
        number=number,
        content=record["content"],
        quantity=quantity if isinstance(quantity, Expression) else None,
        quantity_above=quantity == SPAN,
        unit_price=price if isinstance(price, Expression) else None,
        amount=amount,
        payer=record["payer"],
        note=record["note"],
    )
