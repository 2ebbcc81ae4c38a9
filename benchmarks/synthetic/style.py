"""How a made-up appendix is printed: unit, figures, place of the totals, and the amounts that fit all that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.document import ZERO, Grouped, Look, Number, Show
from budget.money import Unit

_RANGES = {  # least and greatest amount of a row, by unit
    Unit.DONG: (4_000_000, 6_000_000_000),
    Unit.THOUSAND: (4_000, 6_000_000),
    Unit.MILLION: (12, 9_000),
    Unit.BILLION: (1, 250),
}
_STEPS = {  # what amounts are whole multiples of, by unit
    Unit.DONG: ("1", "1000", "50000", "100000", "500000"),
    Unit.THOUSAND: ("1", "10", "50", "100"),
    Unit.MILLION: ("1", "1", "5", "10", "0.1", "0.01", "0.001", "0.5"),
    Unit.BILLION: ("0.1", "0.01", "0.001", "0.05"),
}


@dataclass(frozen=True)
class Wish:
    """What a benchmark asks of a table; None: as chance has it."""

    live: bool | None = None
    words: bool | None = None
    numbers: bool | None = None  # stored as numbers, not as text
    shares: bool | None = None  # percentages in the labels of source lines
    carried: bool | None = None  # figures that stand in two places


@dataclass(frozen=True)
class Style:
    """The looks of one document. `figures`: number, vietnamese or english. `zero`: how nothing is shown. `across`:
    the total columns of rows with parts are computed from the row, not from the column. `year`: how headers name one.
    """

    unit: Unit
    unit_name: str
    unit_in_header: bool
    step: Decimal
    figures: str
    zero: str
    format: str
    live: bool
    words: bool
    totals_on_top: bool
    total_first: bool
    numbered: bool
    column_numbers: bool
    banner: bool
    bold: bool
    across: bool
    tail: tuple[str, ...]
    year: str
    top: int
    left: int

    @property
    def decimals(self) -> int:
        """Decimals of the amounts."""
        return max(0, -int(self.step.as_tuple().exponent))

    def show(self) -> Show:
        """How a figure stands in its cell."""
        return Number(self.zero) if self.figures == "number" else Grouped(self.figures == "english", self.zero)

    def look(self, *, bold: bool = False, plain: bool = False) -> Look:
        """The look of a figure; `plain`: one that is not money."""
        code = "General" if plain else self.format
        return Look(bold and self.bold, align="right", border=True, format=code)

    def amount(self, rng: Random, *, part: int = 1) -> Decimal:
        """An amount of a row, or of one of its `part` parts; small ones are as likely as large ones."""
        least, most = (Decimal(bound) / part for bound in _RANGES[self.unit])
        drawn = least * (most / least) ** Decimal(str(round(rng.random(), 6)))
        return max(self.step, drawn // self.step * self.step)


def draw_style(rng: Random, wish: Wish, tail: tuple[str, ...] = ("agency", "schedule", "note")) -> Style:
    """A style by chance, as the wish allows; `tail`: the columns that may follow the amounts."""
    live = rng.random() < 0.3 if wish.live is None else wish.live
    figures = rng.choices(("number", "vietnamese", "english"), (6, 2, 1))[0]
    if live or wish.numbers:
        figures = "number"
    unit = rng.choices(tuple(Unit), (4, 2, 8, 1))[0]
    if figures == "english" and unit in (Unit.MILLION, Unit.BILLION):
        unit = Unit.DONG  # where no figure has two commas, nobody can tell 1,512 from 1.512
    step = Decimal(rng.choice(_STEPS[unit]))
    code = rng.choice(("#,##0", "#,##0", "General")) if step >= 1 else rng.choice(("#,##0.###", "General"))
    zero = rng.choice(("blank", "blank", "dash", "zero"))
    return Style(
        unit=unit,
        unit_name=rng.choice(wording.UNIT_NAMES[unit]),
        unit_in_header=rng.random() < 0.4,
        step=step,
        figures=figures,
        zero="blank" if live and zero == "dash" else zero,
        format=code,
        live=live,
        words=rng.random() < 0.35 if wish.words is None else wish.words,
        totals_on_top=rng.random() < 0.3,
        total_first=rng.random() < 0.6,
        numbered=rng.random() < 0.92,
        column_numbers=rng.random() < 0.2,
        banner=rng.random() < 0.6,
        bold=rng.random() < 0.85,
        across=rng.random() < 0.5,
        tail=tuple(name for name in tail if rng.random() < 0.3),
        year=rng.choice(("Năm {}", "Năm {}", "{}", "KH {}", "Kế hoạch năm {}")),
        top=rng.choice((1, 1, 1, 2)),
        left=rng.choice((1, 1, 1, 1, 2)),
    )


def apportioned(rng: Random, style: Style, count: int, *, gaps: float) -> list[Decimal]:
    """`count` amounts of a row, of which a share of `gaps` is nothing, but not all of them."""
    part = min(count, 3)
    drawn = [ZERO if rng.random() < gaps else style.amount(rng, part=part) for _ in range(count)]
    if not any(drawn):
        drawn[rng.randrange(count)] = style.amount(rng, part=part)
    return drawn
