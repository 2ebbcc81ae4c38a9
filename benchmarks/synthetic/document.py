"""A made-up workbook as an exact model: what stands in each cell, how it was computed, and every equation it is in.

Nothing here is taken from the checker except the name of a cell (`Place`), so that what the benchmark takes for true
does not depend on what the checker believes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple, Protocol

from budget.money import Unit
from budget.numbers import format_number, plain
from budget.words import WordStyle, to_words
from validators.grid import Place

ZERO, ONE, HALF = Decimal(0), Decimal(1), Decimal("0.5")
Values = Mapping[Place, Decimal]


class Way(Enum):
    """How the parts of a law make its total."""

    SUM = "sum"
    PRODUCT = "product"
    QUOTIENT = "quotient"


@dataclass(frozen=True, slots=True)
class Law:
    """`total` = the signed sum, the product or the quotient of `parts`, times `scale`; rounded to `decimals` if given.

    `kind` is what the law is about: row, group, grand, breakdown, carried, tables, product, expression, words, share,
    ratio. `loose`: it holds to the rounding of a percentage only, and does not testify against an amount.
    """

    kind: str
    total: Place
    parts: tuple[tuple[int, Place], ...]
    way: Way = Way.SUM
    scale: Decimal = ONE
    decimals: int | None = None
    loose: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """The total, then the parts."""
        return (self.total, *(place for _, place in self.parts))

    def computed(self, values: Values) -> Decimal:
        """What the parts make."""
        figures = [sign * values[place] for sign, place in self.parts]
        match self.way:
            case Way.SUM:
                result = sum(figures, ZERO)
            case Way.PRODUCT:
                result = ONE
                for figure in figures:
                    result *= figure
            case Way.QUOTIENT:
                result = figures[0] / figures[1]
        result *= self.scale
        if self.decimals is None:
            return result
        return result.quantize(ONE.scaleb(-self.decimals), ROUND_HALF_UP)


class Show(Protocol):
    """How a value stands in its cell: a Decimal is stored as a number, a str as text, None leaves the cell empty."""

    def __call__(self, value: Decimal) -> Decimal | str | None:
        """What the cell holds."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `zero` is what stands for nothing: blank, dash or zero."""

    zero: str = "zero"

    def __call__(self, value: Decimal) -> Decimal | str | None:
        """The number, or what stands for nothing."""
        if value == 0 and self.zero != "zero":
            return "-" if self.zero == "dash" else None
        return value


@dataclass(frozen=True, slots=True)
class Grouped:
    """A number typed as text, with Vietnamese or English grouping."""

    english: bool = False
    zero: str = "zero"

    def __call__(self, value: Decimal) -> str | None:
        """The text, or what stands for nothing."""
        if value == 0 and self.zero != "zero":
            return "-" if self.zero == "dash" else None
        return f"{plain(value):,f}" if self.english else format_number(value)


@dataclass(frozen=True, slots=True)
class Digits:
    """A number typed as text without grouping."""

    def __call__(self, value: Decimal) -> str:
        """The digits, with a decimal point."""
        return f"{plain(value):f}"


@dataclass(frozen=True, slots=True)
class Words:
    """An amount in words; the value is in đồng."""

    before: str
    after: str
    style: WordStyle

    def __call__(self, value: Decimal) -> str:
        """The whole line."""
        return f"{self.before}{to_words(value, self.style)}{self.after}"


@dataclass(frozen=True, slots=True)
class Share:
    """A label with a percentage in it."""

    before: str
    after: str

    def __call__(self, value: Decimal) -> str:
        """The whole label."""
        return f"{self.before}{format_number(value)}%{self.after}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A label whose text states its value as a product of `factors`; no mistake changes it."""

    before: str
    text: str
    factors: tuple[Decimal, ...]

    def __call__(self, value: Decimal) -> str:
        """The text, whatever the value."""
        del value
        return self.before + self.text


class Look(NamedTuple):
    """How a cell looks."""

    bold: bool = False
    italic: bool = False
    align: str = "left"
    border: bool = False
    format: str = "General"
    indent: int = 0


ORDINARY = Look()


class Money(NamedTuple):
    """What a cell of money is printed in."""

    unit: Unit
    decimals: int


@dataclass(frozen=True, slots=True)
class Document:
    """A workbook. `texts` are plain labels; `shows` are the cells that have a value. `definitions` say how a person
    computes a cell, and are its formulas where the workbook is `live`; `laws` are all that must hold. `areas` are the
    merged ones: sheet, top, left, bottom, right. `amounts` are the cells that hold money, `said` the labels of its row
    and its column. `rounded`: figures were rounded one by one, so that sums hold to rounding only.
    """

    shape: str
    sheets: tuple[str, ...]
    texts: Mapping[Place, str]
    shows: Mapping[Place, Show]
    looks: Mapping[Place, Look]
    values: Values
    definitions: Mapping[Place, Law]
    laws: tuple[Law, ...]
    amounts: Mapping[Place, Money]
    areas: tuple[tuple[str, int, int, int, int], ...]
    live: bool
    said: Mapping[Place, tuple[str, ...]]
    rounded: bool = False

    def tolerance(self, law: Law) -> Decimal:
        """The difference that rounding the figures of a law to their decimals could make."""
        if law.loose:
            return 2 * self._half(law.total) + max(abs(self.values[place]) for place in law.places) / 100
        if law.way is not Way.SUM:
            return self._half(law.total)
        parts = sum((self._half(place) for _, place in law.parts if self.values[place]), ZERO)
        return self._half(law.total) + parts * abs(law.scale)

    def _half(self, place: Place) -> Decimal:
        """Half a unit of the last decimal of a cell: what rounding it could have taken away."""
        return HALF.scaleb(-self.amounts[place].decimals) if place in self.amounts else HALF

    def failing(self) -> tuple[Law, ...]:
        """The laws that do not hold, beyond rounding."""
        return tuple(
            law for law in self.laws if abs(self.values[law.total] - law.computed(self.values)) > self.tolerance(law)
        )


@dataclass
class Draft:
    """A document that is being put together."""

    shape: str
    live: bool
    sheets: list[str] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)
    shows: dict[Place, Show] = field(default_factory=dict)
    looks: dict[Place, Look] = field(default_factory=dict)
    values: dict[Place, Decimal] = field(default_factory=dict)
    definitions: dict[Place, Law] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)
    amounts: dict[Place, Money] = field(default_factory=dict)
    said: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    areas: list[tuple[str, int, int, int, int]] = field(default_factory=list)

    def text(self, place: Place, text: str, look: Look = ORDINARY) -> None:
        """Put a plain text into a cell."""
        self.texts[place], self.looks[place] = text, look

    def figure(self, place: Place, show: Show, value: Decimal | None = None, look: Look = ORDINARY) -> None:
        """Put a figure into a cell; without a value, a law defines it."""
        self.shows[place], self.looks[place] = show, look
        if value is not None:
            self.values[place] = value

    def law(self, law: Law, *, defines: bool) -> None:
        """State a law; the one that `defines` its total is how a person computes it."""
        self.laws.append(law)
        if defines:
            self.definitions[law.total] = law

    def finished(self) -> Document:
        """The document, every defined value computed."""
        return Document(
            self.shape,
            tuple(self.sheets),
            self.texts,
            self.shows,
            self.looks,
            settled(self.values, self.definitions),
            self.definitions,
            tuple(self.laws),
            self.amounts,
            tuple(self.areas),
            self.live,
            self.said,
        )


def settled(values: Values, definitions: Mapping[Place, Law]) -> dict[Place, Decimal]:
    """The values with every defined cell computed from its parts, as far up as definitions lead."""
    done = {place: value for place, value in values.items() if place not in definitions}

    def settle(place: Place) -> None:
        if place not in done:
            law = definitions[place]
            for _, part in law.parts:
                settle(part)
            done[place] = law.computed(done)

    for place in definitions:
        settle(place)
    return done
