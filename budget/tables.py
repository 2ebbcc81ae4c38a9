"""A plan as the rows of its tables: the inverse of the loader, for every container that writes the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from budget.plan import Amount, Appendix, Axis, Control, Estimate, EstimateLine, Item, Plan, Status
from budget.schema import DASH, SPAN, amount_key
from budget.words import WordStyle

Cell = str | Decimal | bool | date | list[str] | dict[str, str]
Row = dict[str, Cell]  # by column key; what is not stated is left out


def plan_rows(plan: Plan) -> dict[str, list[Row]]:
    """The rows of each table, by table key. A loader that reads them gives `plan` again."""
    return {
        "plan": [_stated(_head(plan))],
        "sources": [{"key": source.key, "name": source.name} for source in plan.sources],
        "appendices": [_stated(_appendix(appendix, plan)) for appendix in plan.appendices],
        "items": [_stated(_item(item)) for item in plan.items],
        "costings": [_stated(_costing(estimate)) for estimate in plan.estimates],
        "estimates": [_stated(_line(line, each.id)) for each in plan.estimates for line in each.lines],
        "controls": [_stated(_control(control)) for control in plan.controls],
        "readings": [_stated(reading) for reading in _readings(plan)],
    }


def years_text(years: tuple[int, ...]) -> str:
    """Years as the tables write them: "2021-2025", "2024,2025", "2026"."""
    if len(years) > 1 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}-{years[-1]}"
    return ",".join(map(str, years))


def style_text(style: WordStyle) -> str:
    """A way to word amounts as the tables write it; the default is empty."""
    words = [style.ty if style.ty != "tỷ" else "", style.nghin if style.nghin != "nghìn" else ""]
    return ", ".join(filter(None, [*words, "dấu phẩy" if style.comma else "", "chẵn" if style.even else ""]))


def _stated(row: Mapping[str, Cell | None]) -> Row:
    return {key: cell for key, cell in row.items() if cell is not None and cell not in ("", [], {})}


def _head(plan: Plan) -> dict[str, Cell | None]:
    decision = plan.decision
    return {
        "version": plan.version,
        "title": plan.title,
        "period": years_text(plan.years),
        "decision.kind": decision.kind,
        "decision.issuer": decision.issuer,
        "decision.state": decision.state,
        "decision.number": decision.number,
        "decision.date": decision.date,
        "notes": list(plan.notes),
    }


def _appendix(appendix: Appendix, plan: Plan) -> dict[str, Cell | None]:
    names = {source.key: source.name for source in plan.sources}
    labels = [appendix.labels.get(key, names[key]) for key in appendix.sources]
    return {
        "key": appendix.key,
        "form": appendix.form,
        "sheet": appendix.sheet,
        "heading": appendix.heading,
        "title": appendix.title,
        "unit": appendix.unit.label,
        "sources": list(appendix.sources),
        "labels": labels if appendix.labels else [],
        "years": bool(appendix.years),
        "summarises": appendix.summarises,
        "words": style_text(appendix.words),
        "texts": dict(appendix.texts),
    }


def _item(item: Item) -> dict[str, Cell | None]:
    def spanning(field: str, text: str) -> str:
        return SPAN if field in item.spans else text

    return {
        "id": item.id,
        "appendix": item.appendix,
        "parent": item.parent,
        "kind": item.kind,
        "number": item.number,
        "title": item.title,
        "start": item.start,
        "end": item.end,
        "schedule": item.schedule,
        "measure_unit": item.measure_unit,
        "quantity": item.quantity,
        "agency": spanning("agency", item.agency),
        "partners": spanning("partners", item.partners),
        "objective": spanning("objective", item.objective),
        "note": item.note,
        **{amount_key(axis): _amount(amount) for axis, amount in item.amounts.items()},
    }


def _amount(amount: Amount) -> Cell | None:
    if amount.value is None:
        return None if amount.status is Status.UNREADABLE else DASH
    return amount.value


def _costing(estimate: Estimate) -> dict[str, Cell | None]:
    return {
        "id": estimate.id,
        "item": estimate.item,
        "appendix": estimate.appendix,
        "layout": estimate.layout,
        "caption": estimate.caption,
        "trail": estimate.trail,
        "lead": estimate.lead,
        "covers_years": years_text(estimate.covers_years),
        "basis": estimate.basis,
        "heads": dict(estimate.heads),
    }


def _line(line: EstimateLine, costing: str) -> dict[str, Cell | None]:
    row: dict[str, Cell | None] = {
        "id": line.id,
        "costing": costing,
        "number": line.number,
        "content": line.content,
        "payer": line.payer,
        "note": line.note,
    }
    if line.unit_price is not None:
        row["quantity"] = SPAN if line.quantity_above else str(line.quantity)
        row["unit_price"] = str(line.unit_price)
    elif line.amount is None or (line.amount.value is None and line.amount.status is not Status.UNREADABLE):
        row |= dict.fromkeys(("quantity", "unit_price", "amount"), DASH)
    else:
        row["amount"] = line.amount.value
    return row


def _control(control: Control) -> dict[str, Cell | None]:
    return {
        "appendix": control.appendix,
        "item": control.item,
        **_axis(control.axis),
        "amount": control.amount,
        "unit": control.unit.label,
        "words": control.words,
        "stated_in": control.stated_in,
    }


def _readings(plan: Plan) -> Iterator[dict[str, Cell | None]]:
    """A row for each leaf that is more than simply stated."""
    leaves = [(item.id, axis, amount) for item in plan.items for axis, amount in item.amounts.items()]
    leaves += [(line.id, Axis(), line.amount) for each in plan.estimates for line in each.lines if line.amount]
    for key, axis, amount in leaves:
        if amount != Amount(amount.value):
            yield {
                "item": key,
                **_axis(axis),
                "status": amount.status,
                "printed": amount.printed,
                "reason": amount.reason,
            }


def _axis(axis: Axis) -> dict[str, Cell | None]:
    return {"source": axis.source, "year": None if axis.year is None else Decimal(axis.year)}
