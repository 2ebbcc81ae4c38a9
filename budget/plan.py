"""The plan: what an officer describes once. Exact, immutable, and without any derived figure.

A figure is either a *leaf* (somebody decided it: an `Amount`, a quantity, a unit price) or it follows from leaves;
only leaves are kept here, `budget.figures` computes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from budget.expression import Expression
from budget.money import Unit
from budget.words import WordStyle


class Status(StrEnum):
    """How well a leaf is known."""

    STATED = "stated"  # the document, or the officer, says so
    PROVEN = "proven"  # the print is damaged; the rest of the document proves the figure
    UNREADABLE = "unreadable"  # the print is lost, and nothing proves the figure


class Kind(StrEnum):
    """The kind of an item's row; a form has one prototype row for each kind it knows."""

    GROUP = "group"
    ITEM = "item"
    SUBITEM = "subitem"


class State(StrEnum):
    """The state of the document: a draft prints its number and date as blanks."""

    DRAFT = "draft"
    ISSUED = "issued"


class Basis(StrEnum):
    """What an estimate rests on."""

    NORM = "norm"  # định mức
    QUOTATION = "quotation"  # báo giá
    DECISION = "decision"  # quyết định của cấp có thẩm quyền


class Axis(NamedTuple):
    """Where along sources and years an amount stands; None: the appendix has no such axis (or: summed over it)."""

    source: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A leaf amount in the unit of its appendix. `value` None: unreadable, or a dash (which is not zero)."""

    value: Decimal | None
    status: Status = Status.STATED
    printed: str | None = None  # what the document prints, where that differs
    reason: str | None = None  # why the status is not "stated"


@dataclass(frozen=True, slots=True)
class Source:
    """A funding source (nguồn kinh phí); `key` starts with a letter."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The document that the appendix belongs to."""

    kind: str  # "Quyết định", "Kế hoạch"
    issuer: str  # who issues it, as the line under the title names it
    state: State
    number: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Appendix:
    """One table, or one set of costing tables, on a sheet of its own.

    `sources` and `years` are its axes in print order, empty where it has none. `summarises` names the appendix whose
    figures a summary shows. `labels` are the printed names of the sources where they differ from `Source.name`.
    `texts` overrides wording of the form (keys are the form's text tokens).
    """

    key: str
    form: str
    sheet: str
    heading: str
    title: str
    unit: Unit
    sources: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    summarises: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    words: WordStyle = WordStyle()


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the plan (hạng mục). Children follow their parent in plan order.

    `spans` names the text fields whose cell is the one above, continued ("nt" in the tables); their value is repeated.
    """

    id: str
    appendix: str
    parent: str | None
    kind: Kind
    number: str
    title: str
    start: str = ""
    end: str = ""
    schedule: str = ""
    measure_unit: str = ""
    quantity: Decimal | None = None
    agency: str = ""
    partners: str = ""
    objective: str = ""
    note: str = ""
    spans: frozenset[str] = frozenset()
    amounts: Mapping[Axis, Amount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One line of a costing: quantities x unit price, or a lump sum `amount`, in the unit of the costing.

    `quantity_above`: the quantity is the one of the line above (one merged cell). A line whose quantity, price and
    amount are all absent prints dashes: its cost is borne elsewhere, which is not the same as zero. Where quantity and
    price are given, an `amount` without a value only tells how the damaged print of the product was read.
    """

    id: str
    number: str
    content: str
    quantity: Expression | None = None
    quantity_above: bool = False
    unit_price: Expression | None = None
    amount: Amount | None = None
    payer: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A costing (dự toán) of one item.

    `appendix` is where it is printed; None: it is printed inside the item's title. `covers_years`: each of these years
    costs the estimate's total; empty: the whole period costs it once. If the item states amounts, the estimate checks
    them; if it states none, its amount is the estimate's total.
    """

    id: str
    item: str
    appendix: str | None
    layout: str
    unit: Unit
    caption: str = ""
    lead: str = ""
    trail: str = ""
    covers_years: tuple[int, ...] = ()
    basis: Basis | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[EstimateLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """A figure that the document states and that the plan must meet (số kiểm soát)."""

    appendix: str
    amount: Decimal
    unit: Unit
    axis: Axis = Axis()
    item: str | None = None  # None: the grand total
    words: str | None = None  # the amount in words, as stated
    stated_in: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with all its appendices."""

    key: str
    version: str
    title: str
    decision: Decision
    years: tuple[int, ...]
    sources: tuple[Source, ...]
    appendices: tuple[Appendix, ...]
    items: tuple[Item, ...]
    estimates: tuple[Estimate, ...] = ()
    controls: tuple[Control, ...] = ()
    notes: tuple[str, ...] = ()  # assumptions made in the transcription

    def appendix(self, key: str) -> Appendix:
        """The appendix named `key`; KeyError if there is none."""
        return {a.key: a for a in self.appendices}[key]

    def items_of(self, appendix: str) -> tuple[Item, ...]:
        """The items of one appendix, in print order."""
        return tuple(i for i in self.items if i.appendix == appendix)
