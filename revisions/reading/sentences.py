"""Sentences that work out what an item costs: "- Kinh phí: 20.400.000 VNĐ/lớp x 5 lớp = 102.000.000 VNĐ."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.expression import Expression, parse_expression
from budget.figures import price_of
from budget.money import Unit, convert, parse_unit
from budget.numbers import Malformed, parse_number
from budget.tables import Cell
from revisions.reading.matching import Match, has_lead, named_above
from revisions.reading.shared import Shared
from revisions.reading.table_appendix import AppendixRead
from revisions.reading.table_details import TableDetails
from revisions.reading.table_items import of_table

_SENTENCE = re.compile(
    r"(?:[-+*•]|\w{1,3}[.)])?\s*(?P<content>[^:=]+?)\s*:\s*(?P<product>\d[^=:]*?)\s*="
    r"\s*(?P<amount>\d(?:[\d.,]*\d)?)\s*(?P<unit>[^\d.;]*?)\s*[.;]?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What it is for, what it multiplies, as printed, and what that comes to, in đồng."""

    content: str
    quantity: str
    unit_price: str
    amount: Decimal
    currency: str


def sentence(text: str, unit: Unit) -> Sentence | None:
    """The sentence of a costing in `unit`; None where a text is none, or its product is another amount.

    One of its factors names money and is the price: the first, or the last.
    """
    found = _SENTENCE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        product, amount = parse_expression(found["product"]), parse_number(found["amount"]).value
        stated = parse_unit(found["unit"])
    except (Malformed, ValueError):
        return None
    price, quantity = _parted(product)
    if amount is None or price is None or quantity is None:
        return None
    made = convert(quantity.value * price_of(price, unit), unit, Unit.DONG)
    if made != convert(amount, stated, Unit.DONG):
        return None
    return Sentence(found["content"], str(quantity), str(price), made, found["unit"])


def _parted(product: Expression) -> tuple[Expression | None, Expression | None]:
    """The price and the quantity of a product."""
    terms, joints = product.terms, product.joints
    ways = [(terms[:1], terms[1:], joints[1:]), (terms[-1:], terms[:-1], joints[:-1])]
    for price, rest, between in ways if len(terms) > 1 else ():
        if _names_money(price[0].unit):
            return Expression(price, ()), Expression(rest, between)
    return None, None


def _names_money(text: str) -> bool:
    """Whether what follows a number is money: "đ/buổi", "VNĐ/lớp", "tr/lớp", "triệu đồng/lớp"."""
    return bool(
        re.match(r"\s*(?:nghìn |ngàn |triệu |tr\.?\s*|tỷ )?(?:đ|đồng|vnđ|vnd)\b|\s*(?:tr|triệu)\s*/", text.lower())
    )


class Sentences:
    """The sentences between the tables of a sheet, as costings of the same appendix `key` as those tables.

    `currency`: how they print it, where they all print it alike, and not as the unit of the appendix is called.
    """

    def __init__(self, key: str, table: TableDetails, whole: AppendixRead, shared: Shared) -> None:
        self._key, self._unit, self._place = key, table.unit, of_table(table.table)
        self._whole, self._shared = whole, shared
        self._currencies: set[str] = set()

    @property
    def currency(self) -> str:
        """See above; empty: as the form has it."""
        other = self._currencies != {self._unit.label}
        return next(iter(self._currencies)) if len(self._currencies) == 1 and other else ""

    def write(self, texts: Sequence[str]) -> Iterator[str]:
        """The costings among lines of text; yields the lines that are no part of one."""
        waiting: list[str] = []
        for text in texts:
            said = sentence(text, self._unit)
            found = named_above(waiting, self._whole, said.amount) if said else None
            if said is None or found is None:
                waiting.append(text)
                continue
            at, match = found
            led = has_lead(waiting, at)
            yield from (*waiting[: at - led], *waiting[at + 1 :])
            self._costing(said, match, waiting[at], waiting[at - 1] if led else "")
            waiting = []
        yield from waiting

    def _costing(self, said: Sentence, match: Match, caption: str, lead: str) -> None:
        match.take(self._whole)
        item, years = match.item, ",".join(map(str, match.years))
        code = self._shared.codes.take(f"{item.id}-du-toan")
        row: dict[str, Cell | None] = {"id": code, "item": item.id, "appendix": self._key, "layout": "sentence"}
        row |= {"caption": caption, "lead": lead, "covers_years": years}
        self._shared.gathered.add("costings", row, self._place)
        line: dict[str, Cell | None] = {"id": self._shared.codes.take(f"{code}-1"), "costing": code}
        line |= {"content": said.content, "quantity": said.quantity, "unit_price": said.unit_price}
        self._shared.gathered.add("estimates", line, self._place)
        self._currencies.add(said.currency)
