"""How well a report explains the mistakes in a file: found, at the right cell, with the right value, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from benchmarks.synthetic.mistakes import Mistake
from budget.words import from_words
from validators.findings import Finding, Severity
from validators.grid import Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mistake. `sure`: at least two equations testify against its cell, or a rule names it."""

    sure: bool
    found: bool
    exact: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one file. `explained`: the errors that say what is wrong, one for each mistake at most."""

    verdicts: tuple[Verdict, ...]
    errors: int
    explained: int

    @property
    def perfect(self) -> bool:
        """Whether all was found and named, and nothing else."""
        return self.errors == self.explained and all(
            each.found and (each.exact or not each.sure) for each in self.verdicts
        )


def score(mistakes: Sequence[Mistake], findings: Iterable[Finding]) -> Score:
    """Hold what was found against what is true.

    A mistake is found by an error, or by the rule that is there for its kind, whose cell or whose other candidates are
    a guilty cell. Of several findings that fit, the one that names the cell is taken. An error that fits no mistake, or
    one that another error has explained already, is a false one.
    """
    said = [finding for finding in findings if finding.place]
    errors = [finding for finding in said if finding.severity is Severity.ERROR]
    best = _paired(mistakes, said)
    verdicts = tuple(_verdict(mistake, best.get(number)) for number, mistake in enumerate(mistakes))
    taken = {id(finding) for finding in best.values()}
    for number, mistake in enumerate(mistakes):
        if number not in best:  # a cell that follows the guilty one was named: no find, but no false accusation either
            near = [each for each in errors if each.place in mistake.carried and id(each) not in taken]
            taken.update(id(each) for each in near[:1])
    return Score(verdicts, len(errors), sum(id(each) in taken for each in errors))


def _paired(mistakes: Sequence[Mistake], said: Sequence[Finding]) -> dict[int, Finding]:
    """For each mistake that was found its finding, none for two mistakes; those that name the guilty cell go first."""
    fitting = [
        (_distance(finding, mistake), place, number)
        for number, mistake in enumerate(mistakes)
        for place, finding in enumerate(said)
        if _fits(finding, mistake)
    ]
    best: dict[int, int] = {}
    for _, place, number in sorted(fitting):
        if number not in best and place not in best.values():
            best[number] = place
    return {number: said[place] for number, place in best.items()}


def _verdict(mistake: Mistake, finding: Finding | None) -> Verdict:
    sure = mistake.testimony > 1 or bool(mistake.rule)
    if finding is None:
        return Verdict(sure, found=False, exact=False, right=False)
    exact = finding.place in mistake.roots or finding.place in mistake.also
    return Verdict(sure, found=True, exact=exact, right=exact and _states(finding, _truth(mistake, finding.place)))


def _fits(finding: Finding, mistake: Mistake) -> bool:
    if mistake.rule:
        return finding.rule == mistake.rule and finding.place in mistake.roots
    return finding.severity is Severity.ERROR and (
        not {finding.place, *finding.others}.isdisjoint(mistake.roots) or finding.place in mistake.also
    )


def _distance(finding: Finding, mistake: Mistake) -> int:
    """How far down the finding names a guilty cell."""
    named: list[Place | None] = [finding.place, *finding.others]
    return min((rank for rank, place in enumerate(named) if place in mistake.roots or place in mistake.also), default=0)


def _truth(mistake: Mistake, place: Place | None) -> Decimal:
    assert place is not None
    return mistake.roots[place] if place in mistake.roots else mistake.also[place]


def _states(finding: Finding, value: Decimal) -> bool:
    """Whether the finding proposes that value, be it as a figure, in words or as a percentage."""
    proposed = finding.expected if finding.expected is not None else finding.fix and finding.fix.value
    if isinstance(proposed, str):
        proposed = _read(proposed)
    return proposed is not None and proposed == value


def _read(text: str) -> Decimal | None:
    share = re.search(r"(\d+(?:[.,]\d+)?)\s*%", text)
    try:
        return Decimal(share[1].replace(",", ".")) if share else Decimal(text)
    except InvalidOperation:
        pass
    try:
        return Decimal(from_words(text))
    except ValueError:
        return None
