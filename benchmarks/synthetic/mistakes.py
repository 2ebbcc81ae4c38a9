"""The mistakes that people make, put into clean documents one at a time, and what is true of each.

A mistake that leaves every equation true within rounding cannot be seen by anybody and is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from benchmarks.synthetic.document import (
    HALF,
    ZERO,
    Digits,
    Document,
    Grouped,
    Law,
    Number,
    Printed,
    Share,
    Way,
    Words,
    settled,
)
from benchmarks.synthetic.style import Wish
from budget.money import Unit
from budget.numbers import plain
from validators.grid import Place

TRIES = 40  # draws of a place and of a wrong figure before a document is given up


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is true of one mistake. `roots`: the guilty cells and what they should hold; more than one where one cause
    spoils a row in several columns. `also`: cells that the figures blame just as well, and what they would have to
    hold. `carried`: cells that are wrong because a root is, and agree with it. `testimony`: how many equations contain
    a root and do not hold. `rule`: a mistake that is no contradiction is found by this rule alone.
    """

    roots: Mapping[Place, Decimal]
    testimony: int
    also: Mapping[Place, Decimal] = field(default_factory=dict)
    carried: frozenset[Place] = frozenset()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A document with its mistakes."""

    document: Document
    mistakes: tuple[Mistake, ...]


Put = Callable[[Document, Random], Spoilt | None]
Change = Callable[[Decimal, Random], Decimal | None]


def typed(document: Document, figures: Mapping[Place, Decimal], *, carry: bool) -> Document:
    """The document with these figures typed over; `carry`: whatever is computed from them is computed again."""
    definitions = {place: law for place, law in document.definitions.items() if place not in figures}
    values = {**document.values, **figures}
    return replace(document, values=settled(values, definitions) if carry else values, definitions=definitions)


def judged(document: Document, spoilt: Document, roots: Mapping[Place, Decimal]) -> Mistake | None:
    """The mistake that made `spoilt` of `document`; None where nobody could see it."""
    failing = [law for law in spoilt.failing() if not law.loose and not roots.keys().isdisjoint(law.places)]
    changed = {place for place in spoilt.values if spoilt.values[place] != document.values[place]}
    return Mistake(roots, len(failing), carried=frozenset(changed - roots.keys())) if failing else None


def figures_of(document: Document) -> list[Place]:
    """The figures that are not nothing and stand in an equation, each total as often as it takes to be as likely as
    the rest together.
    """
    within = {place for law in document.laws if not law.loose for place in law.places}
    plain_figures = [
        place
        for place, show in document.shows.items()
        if isinstance(show, (Number, Grouped)) and document.values[place] and place in within
    ]
    totals = [place for place in plain_figures if place in document.definitions]
    weight = max(1, len(plain_figures) // max(1, len(totals)) - 1)
    return plain_figures + totals * (weight - 1)


def swapped(value: Decimal, rng: Random) -> Decimal | None:
    """Two neighbouring digits the other way round; None where there are none that differ."""
    text = f"{plain(abs(value)):f}"
    places = [
        place
        for place in range(len(text) - 1)
        if text[place : place + 2].isdigit() and text[place] != text[place + 1] and (place or text[1] != "0")
    ]
    if not places:
        return None
    place = rng.choice(places)
    return Decimal(text[:place] + text[place + 1] + text[place] + text[place + 2 :]).copy_sign(value)


def dropped(value: Decimal, rng: Random) -> Decimal | None:
    """One digit less; None for a single digit, and where what is left is the value rounded to fewer decimals."""
    text = f"{plain(abs(value)):f}"
    places = [place for place in range(len(text)) if text[place].isdigit()]
    if len(places) < 2:
        return None
    place = rng.choice(places)
    rest = text[:place] + text[place + 1 :]
    if not rest[0].isdigit() or rest[-1] == "." or (rest[0] == "0" and not rest.startswith("0.")):
        return None
    left = Decimal(rest)
    half = HALF.scaleb(min(0, int(left.as_tuple().exponent)))
    return None if "." in text and abs(abs(value) - left) <= half else left.copy_sign(value)


def either(value: Decimal, rng: Random) -> Decimal | None:
    """Two digits swapped or one dropped."""
    return rng.choice((swapped, dropped))(value, rng)


def mistype(document: Document, rng: Random, chosen: Sequence[Place], change: Change) -> Spoilt | None:
    """One of the chosen figures typed wrong, so that it can be seen; everything else stays right."""
    for _ in range(TRIES if chosen else 0):
        place = rng.choice(chosen)
        right = document.values[place]
        if wrong := change(right, rng):
            spoilt = typed(document, {place: wrong}, carry=False)
            if mistake := judged(document, spoilt, {place: right}):
                return Spoilt(spoilt, (mistake,))
    return None


def mistyped(change: Change) -> Put:
    """Any figure typed wrong in that way."""
    return lambda document, rng: mistype(document, rng, figures_of(document), change)


def mistyped_twice(document: Document, rng: Random) -> Spoilt | None:
    """Two figures typed wrong, each seen in an equation that the other is not in."""
    for _ in range(TRIES):
        first = mistyped(either)(document, rng)
        second = first and mistyped(either)(document, rng)
        if first is None or second is None:
            return None
        one, other = ({**spoilt.mistakes[0].roots} for spoilt in (first, second))
        wrong = {place: second.document.values[place] for place in other}
        both = typed(first.document, wrong, carry=False)
        alone = [
            any(
                not law.loose and not mine.keys().isdisjoint(law.places) and theirs.keys().isdisjoint(law.places)
                for law in both.failing()
            )
            for mine, theirs in ((one, other), (other, one))
        ]
        mistakes = [judged(document, both, roots) for roots in (one, other)]
        if all(alone) and mistakes[0] and mistakes[1] and one.keys() != other.keys():
            return Spoilt(both, tuple(replace(each, carried=frozenset()) for each in mistakes if each))
    return None


def wrong_unit(document: Document, rng: Random) -> Spoilt | None:
    """One amount typed in another unit than the table's."""
    powers = {Unit.DONG: (-3, -6), Unit.THOUSAND: (3, -3), Unit.MILLION: (6, 6, 3, -3), Unit.BILLION: (3, 9)}
    chosen = [place for place in figures_of(document) if place in document.amounts]
    place = rng.choice(chosen)
    power = rng.choice(powers[document.amounts[place].unit])
    return mistype(document, rng, [place], lambda right, _: plain(right.scaleb(power)))


def summed_wrong(change: Callable[[Law, Place], Law]) -> Put:
    """A row that a total leaves out or counts twice, in one column or in all; what stands above follows."""

    def put(document: Document, rng: Random) -> Spoilt | None:
        sums = [
            law
            for law in document.laws
            if law.kind in ("group", "grand")
            and len(law.parts) > 2
            and not isinstance(document.shows[law.total], Words)
        ]
        for _ in range(TRIES if sums else 0):
            law = rng.choice(sums)
            left = rng.choice(law.parts)[1]
            everywhere = rng.random() < 0.6
            rows = [
                each
                for each in sums
                if each.kind == law.kind
                and each.total[:2] == law.total[:2]
                and (everywhere or each is law)
                and document.values[left._replace(column=each.total.column)]
            ]
            changed = {each.total: change(each, left._replace(column=each.total.column)) for each in rows}
            if spoilt := _recomputed(document, changed):
                return spoilt
        return None

    return put


def _recomputed(document: Document, changed: Mapping[Place, Law]) -> Spoilt | None:
    """The document computed with other definitions for some cells. The roots are those whose sum is wrong in itself."""
    definitions = {**document.definitions, **changed}
    spoilt = replace(document, values=settled(document.values, definitions), definitions=definitions)
    roots = {place: document.values[place] for place in changed}
    mistake = judged(document, spoilt, roots) if roots else None
    return Spoilt(spoilt, (mistake,)) if mistake else None


def without(law: Law, place: Place) -> Law:
    """The sum without one of its parts."""
    return replace(law, parts=tuple(part for part in law.parts if part[1] != place))


def twice(law: Law, place: Place) -> Law:
    """The sum with one of its parts once more."""
    return replace(law, parts=(*law.parts, (1, place)))


def overwritten(*, right: bool) -> Put:
    """A formula of a live workbook replaced by a constant, the right one or a wrong one; what stands above follows."""

    def put(document: Document, rng: Random) -> Spoilt | None:
        chosen = [
            place
            for place, law in document.definitions.items()
            if law.way is Way.SUM
            and law.kind in ("row", "group", "grand")
            and (not right or _has_peer(document, place))
        ]
        for _ in range(TRIES if chosen else 0):
            place = rng.choice(chosen)
            true = document.values[place]
            wrong = true if right else either(true, rng)
            if right and true:
                mistake = Mistake({place: true}, _contained(document, place), rule="hard-coded-total")
                return Spoilt(typed(document, {place: true}, carry=True), (mistake,))
            if wrong:
                spoilt = typed(document, {place: wrong}, carry=True)
                if seen := judged(document, spoilt, {place: true}):
                    return Spoilt(spoilt, (seen,))
        return None

    return put


def _has_peer(document: Document, place: Place) -> bool:
    """Whether another formula of a sum stands in the same row or column: what makes a constant stand out."""
    return any(
        other != place and other.sheet == place.sheet and (other.row == place.row or other.column == place.column)
        for other, law in document.definitions.items()
        if law.way is Way.SUM and not isinstance(document.shows[other], Words)
    )


def _contained(document: Document, place: Place) -> int:
    return sum(place in law.places for law in document.laws if not law.loose)


def number_as_text(document: Document, rng: Random) -> Spoilt | None:
    """A number stored as text among numbers."""
    chosen = [
        place
        for place in figures_of(document)
        if place in document.amounts and isinstance(document.shows[place], Number)
    ]
    if not chosen:
        return None
    place = rng.choice(chosen)
    show = rng.choice((Grouped(), Grouped(), Digits())) if document.values[place] % 1 == 0 else Grouped()
    spoilt = replace(document, shows={**document.shows, place: show})
    root = {place: document.values[place]}
    return Spoilt(spoilt, (Mistake(root, _contained(document, place), rule="number-as-text"),))


def wrong_share(document: Document, rng: Random) -> Spoilt | None:
    """A percentage in a source line that is not what the figures make."""
    chosen = [place for place, show in document.shows.items() if isinstance(show, Share)]
    for _ in range(TRIES if chosen else 0):
        place = rng.choice(chosen)
        right = document.values[place]
        wrong = right + rng.choice((5, 10, 15, 20, 25)) * rng.choice((1, -1))
        if 0 < wrong < 100:
            spoilt = typed(document, {place: wrong}, carry=False)
            failing = [law for law in spoilt.failing() if place in law.places]
            if failing:
                mistake = Mistake({place: right}, len(failing), rule="funding-share")
                return Spoilt(spoilt, (mistake,))
    return None


def wrong_words(document: Document, rng: Random) -> Spoilt | None:
    """An amount in words that reads another number."""
    chosen = [place for place, show in document.shows.items() if isinstance(show, Words)]
    return mistype(document, rng, chosen, either)


def wrong_product(document: Document, rng: Random) -> Spoilt | None:
    """An amount that is not quantity x unit price, nor what the expression in its row makes; totals follow it."""
    chosen = [
        law
        for law in document.laws
        if law.kind in ("product", "expression") and document.values[law.total] and _is_typed(document, law)
    ]
    for _ in range(TRIES if chosen else 0):
        law = rng.choice(chosen)
        right = document.values[law.total]
        wrong = either(right, rng)
        figures = wrong and _amount_with_parts(document, law.total, wrong)
        if wrong and figures:
            spoilt = typed(document, figures, carry=True)
            if mistake := judged(document, spoilt, {law.total: right}):
                return Spoilt(spoilt, (replace(mistake, also=_other_factors(document, law, wrong)),))
    return None


def _is_typed(document: Document, law: Law) -> bool:
    """Whether the amount of a product is not a sum over years, which follows from others."""
    return law.kind == "expression" or document.definitions.get(law.total) is law


def _amount_with_parts(document: Document, place: Place, wrong: Decimal) -> dict[Place, Decimal] | None:
    """What must be typed so that an amount is wrong; where the row makes it up, its largest part gives way."""
    law = document.definitions.get(place)
    if law is None or law.way is Way.PRODUCT:
        return {place: wrong}
    largest = max((part for _, part in law.parts), key=lambda part: document.values[part])
    rest = document.values[largest] + wrong - document.values[place]
    return {largest: rest} if rest > ZERO and largest not in document.definitions else None


def _other_factors(document: Document, law: Law, wrong: Decimal) -> dict[Place, Decimal]:
    """The factors that would have to change instead, where what they would have to be is as round as what they are."""
    found = {}
    ratio = wrong / document.values[law.total]
    for _, place in law.parts:
        show = document.shows[place]
        factors = show.factors if isinstance(show, Printed) else (document.values[place],)
        if any((factor * ratio) % _roundness(factor) == 0 for factor in factors):
            found[place] = document.values[place] * ratio
    return found


def _roundness(value: Decimal) -> Decimal:
    """The power of ten that a whole number ends in: 1000 for 25000, 1 for 12."""
    text = f"{plain(value):f}"
    return Decimal(10) ** (len(text) - len(text.rstrip("0")))


def wrong_carried(document: Document, rng: Random) -> Spoilt | None:
    """A figure that stands in two places and differs in one: a summary, a block of totals."""
    copies = [law.total for law in document.laws if law.kind in ("carried", "tables") and document.values[law.total]]
    return mistype(document, rng, copies, either)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mistake: how it is put, what documents it needs, and in which shapes it can be (empty: all)."""

    put: Put
    wish: Wish
    shapes: tuple[str, ...] = ()


TYPED = Wish(live=False)
WORDY = ("items-sources", "groups-sources", "items-years", "subtotals", "flat-list", "costing", "year-pairs", "in-text")
KINDS: dict[str, Kind] = {
    "digits swapped": Kind(mistyped(swapped), TYPED),
    "digit dropped": Kind(mistyped(dropped), TYPED),
    "row left out": Kind(summed_wrong(without), Wish()),
    "row counted twice": Kind(summed_wrong(twice), Wish()),
    "total typed over, wrong": Kind(overwritten(right=False), Wish(live=True)),
    "total typed over, right": Kind(overwritten(right=True), Wish(live=True)),
    "number as text": Kind(number_as_text, Wish(live=False, numbers=True)),
    "wrong unit": Kind(wrong_unit, TYPED),
    "wrong share": Kind(wrong_share, Wish(live=False, shares=True), ("source-lines",)),
    "wrong words": Kind(wrong_words, Wish(words=True), WORDY),
    "wrong product": Kind(wrong_product, TYPED, ("costing", "year-pairs", "in-text")),
    "wrong carried total": Kind(
        wrong_carried,
        Wish(live=False, carried=True),
        ("items-sources", "groups-sources", "summary-detail", "total-block"),
    ),
    "two mistakes": Kind(mistyped_twice, TYPED),
}
