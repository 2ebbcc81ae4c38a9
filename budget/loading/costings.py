"""From the rows of the costings and estimates tables to Estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budget.expression import Expression, around
from budget.loading.raw import Record
from budget.loading.readings import Readings, amount_of, shown
from budget.loading.references import Codes, Numbers, Setting, look_up, some
from budget.numbers import Form, Printed
from budget.plan import Amount, Basis, Estimate, EstimateLine, Item, Status
from budget.schema import DASH, ESTIMATES, SPAN
from faults import Text

_AS_WRITTEN = ("id", "item", "appendix", "layout", "caption", "lead", "trail", "covers_years", "heads")


def build_estimates(
    costings: Sequence[Record],
    lines: Sequence[Record],
    items: Mapping[str, Item],
    setting: Setting,
    readings: Readings,
    codes: Codes,
) -> tuple[Estimate, ...]:
    """The costings in the order of their table, each with its lines; `items` by id.

    Raises InputFault for what they name and is not there, for years outside the period, for a line that is incomplete
    or says too much, for a costing without lines, and for a title that does not contain the costing it should.
    """
    for record in [*costings, *lines]:
        codes.add(record, "id")
    known: dict[str, list[EstimateLine]] = {record["id"]: [] for record in costings}
    numbers = Numbers()
    for record in lines:
        above = look_up(record, "costing", known)
        if record["payer"] is not None:
            look_up(record, "payer", setting.sources)
        above.append(_line(record, numbers.add(record, record["costing"]), above, readings))
    return tuple(_estimate(record, known[record["id"]], items, setting) for record in costings)


def _estimate(record: Record, lines: Sequence[EstimateLine], items: Mapping[str, Item], setting: Setting) -> Estimate:
    item = look_up(record, "item", items)
    if record["appendix"] is not None:
        look_up(record, "appendix", setting.appendices)
    if outside := set(record["covers_years"]) - set(setting.years):
        what = Text("năm nằm ngoài giai đoạn", "the year is outside the period")
        raise record.fault("covers_years", what, min(outside), some(setting.years))
    if not lines:
        raise record.fault("id", Text("bảng dự toán không có dòng nào", "the costing has no lines"), record["id"])
    if record["appendix"] is None:
        for line in lines:
            _demand_in_title(record, line, item)
    return Estimate(
        unit=setting.appendices[record["appendix"] or item.appendix].unit,
        basis=record["basis"] and Basis(record["basis"]),
        lines=tuple(lines),
        **{field: record[field] for field in _AS_WRITTEN},
    )


def _demand_in_title(record: Record, line: EstimateLine, item: Item) -> None:
    """A costing that no appendix prints is printed in its item's title: "(6 lớp x 60tr/lớp)"."""
    text = f"{line.quantity} x {line.unit_price}"
    if line.quantity is None or line.unit_price is None or around(item.title, text) is None:
        raise record.fault(
            "appendix",
            Text("tên hạng mục không chứa phép tính này", "the item's title does not contain the costing"),
            item.title,
            Text(f"“{text}” trong tên, hoặc mã phụ lục in bảng này", f"“{text}” in the title, or an appendix's code"),
        )


def _line(record: Record, number: str, above: Sequence[EstimateLine], readings: Readings) -> EstimateLine:
    quantity, price = record["quantity"], record["unit_price"]
    if quantity == SPAN and not (above and (above[-1].quantity or above[-1].quantity_above)):
        what = Text("dòng trên không có số lượng để kéo xuống", "the line above has no quantity that could go on")
        raise record.fault("quantity", what, quantity)
    if price == SPAN or (isinstance(price, Expression) and len(price.terms) > 1):
        what = Text("đơn giá phải là một con số", "a unit price is one number")
        raise record.fault("unit_price", what, price, ESTIMATES.column("unit_price").help)
    return EstimateLine(
        number=number,
        quantity=quantity if isinstance(quantity, Expression) else None,
        quantity_above=quantity == SPAN,
        unit_price=price if isinstance(price, Expression) else None,
        amount=_amount(record, readings.take(record["id"])),
        **{field: record[field] for field in ("id", "content", "payer", "note")},
    )


def _amount(record: Record, reading: Record | None) -> Amount | None:
    """A line's own amount: of a lump sum or a lost one; else only how the amount that follows was read, if it was."""
    quantity, price, printed = record["quantity"], record["unit_price"], record["amount"]
    counted, priced = quantity not in {None, DASH}, price not in {None, DASH}
    if counted and priced and printed.form is Form.BLANK:
        return _remark(reading)
    if quantity is None and price is None and printed.form is not Form.DASH:
        if (amount := amount_of(printed, reading)) is not None:
            return amount
    elif not (counted or priced or printed.form is Form.NUMBER):
        return amount_of(Printed(Form.DASH, None), reading) if reading else None
    key = "amount" if counted == priced else "unit_price" if counted else "quantity"
    raise record.fault(
        key,
        Text("dòng dự toán thiếu hoặc thừa ô", "the line says too little or too much"),
        " | ".join([str(quantity or ""), str(price or ""), shown(printed)]),
        Text(
            "số lượng và đơn giá, hoặc chỉ thành tiền, hoặc dấu “-”",
            "a quantity and a unit price, or an amount alone, or “-”",
        ),
    )


def _remark(reading: Record | None) -> Amount | None:
    """How an amount that follows from quantity and price was read: it has no value of its own."""
    if reading is None:
        return None
    if reading["status"] == Status.UNREADABLE:
        raise reading.fault(
            "status", Text("thành tiền tính ra được từ số lượng và đơn giá", "quantity and price give the amount")
        )
    return Amount(None, Status(reading["status"]), reading["printed"] or None, reading["reason"] or None)
