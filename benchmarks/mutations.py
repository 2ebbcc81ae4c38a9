"""How well the checker finds mistakes: clean tables of many shapes, one seeded mistake of each kind put into each.

    python benchmarks/mutations.py [--seed 1] [--tables 150] [--kind KIND] [--shape SHAPE] [--show] [--keep FOLDER]

`--tables` is the number of files of each kind; their shapes take turns. The clean ones are checked as well. Recall:
mistakes found (an error at the guilty cell or with it among the candidates; for a number stored as text, a total that
is typed over with the right value, and a share, the warning of the rule that is there for it). Precision: errors that
explain a mistake, of all errors; a second error for one mistake is a false one. Exact cell: the guilty cell is the
first that is named; apart for cells that at least two equations testify against, and others, where nobody could tell
more than the candidates. Right value: the value that is proposed is the true one.

How many equations testify is what the generator knows, not what the checker says. Kinds and shapes: see
`synthetic/mistakes.py` and `synthetic/shapes.py`. `--show` prints every miss with its sheets.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.synthetic.mistakes import KINDS, Spoilt
from benchmarks.synthetic.scoring import Score, score
from benchmarks.synthetic.shapes import SHAPES
from benchmarks.synthetic.style import Wish
from benchmarks.synthetic.writing import as_text, write
from validators.checking import check_file
from validators.findings import FileReport, Finding, Severity

CLEAN = "clean"
ROUNDED = (
    "rounded"  # a shape for clean tables only: where all sums are off by rounding, nobody can tell a small mistake
)
HEADS = (
    "mistake", "files", "recall", "precision", "exact cell, two or more equations", "exact cell, one equation",
    "right value",
)  # fmt: skip
ATTEMPTS = 20  # documents that are drawn until one can hold the mistake


class Task(NamedTuple):
    """One file to make and to check; `seed` tells it from all others."""

    kind: str
    shape: str
    seed: str
    folder: Path
    show: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `warnings`: how often each rule gave one. `shown`: why, where it is not perfect."""

    kind: str
    shape: str
    score: Score
    warnings: Counter[str]
    shown: str = ""


def tasks(kinds: Sequence[str], shape: str | None, asked: argparse.Namespace, folder: Path) -> Iterator[Task]:
    """The files to make: every kind in each of its shapes, in turn."""
    for kind in kinds:
        possible = list(SHAPES) if kind == CLEAN else KINDS[kind].shapes or [name for name in SHAPES if name != ROUNDED]
        shapes = [name for name in possible if shape in (None, name)]
        for number in range(asked.tables if shapes else 0):
            name = shapes[number % len(shapes)]
            yield Task(kind, name, f"{asked.seed}-{kind}-{name}-{number}", folder, asked.show)


def made(kind: str, shape: str, seed: str) -> Spoilt | None:
    """The document of a task; None where twenty drawings of the shape could not hold the mistake."""
    rng = Random(seed)
    if kind == CLEAN:
        return Spoilt(SHAPES[shape](rng, Wish()), ())
    drawn = (KINDS[kind].put(SHAPES[shape](rng, KINDS[kind].wish), rng) for _ in range(ATTEMPTS))
    return next((spoilt for spoilt in drawn if spoilt), None)


def run(task: Task) -> Outcome | None:
    """Make a file, check it, score the report. The file is kept where it is not perfect."""
    spoilt = made(task.kind, task.shape, task.seed)
    if spoilt is None:
        return None
    path = task.folder / f"{task.seed.replace(' ', '_').replace(',', '')}.xlsx"
    write(spoilt.document, path)
    report = check_file(path)
    if report.reason is not None:
        raise RuntimeError(f"{path}: {report.reason.en}")
    scored = score(spoilt.mistakes, report.findings)
    warnings = Counter(finding.rule for finding in report.findings if finding.severity is Severity.WARNING)
    if scored.perfect:
        path.unlink()
    shown = explained(task, spoilt, report) if task.show and not scored.perfect else ""
    return Outcome(task.kind, task.shape, scored, warnings, shown)


def explained(task: Task, spoilt: Spoilt, report: FileReport) -> str:
    """A miss as text: what is true, what was found, and the sheets."""
    lines = [f"--- {task.seed}"]
    for mistake in spoilt.mistakes:
        roots = ", ".join(f"{place.sheet}!{place.address} should be {right}" for place, right in mistake.roots.items())
        also = "".join(f"; or {place.address} {value}" for place, value in mistake.also.items())
        lines.append(f"true: {roots}{also} ({mistake.testimony} equations) {mistake.rule}")
    lines += [_said(finding) for finding in report.findings if finding.severity is not Severity.INFO]
    return "\n".join([*lines, as_text(spoilt.document, {place for each in spoilt.mistakes for place in each.roots})])


def _said(finding: Finding) -> str:
    place = f"{finding.place.sheet}!{finding.place.address}" if finding.place else "-"
    others = " ".join(other.address for other in finding.others)
    return (
        f"said: {finding.severity} {finding.rule} {place} found {finding.found} expected {finding.expected} "
        f"cause {finding.cause} others [{others}] witnesses {'; '.join(finding.witnesses)[:300]}"
    )


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The README's table, a line a kind and one for all."""
    by_kind: dict[str, list[Score]] = {}
    for outcome in outcomes:
        if outcome.kind != CLEAN:
            by_kind.setdefault(outcome.kind, []).append(outcome.score)
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    for kind, scores in by_kind.items():
        yield _line(kind, scores)
    yield _line("**all**", [score for scores in by_kind.values() for score in scores])


def _line(name: str, scores: Sequence[Score]) -> str:
    verdicts = [verdict for each in scores for verdict in each.verdicts]
    sure, unsure = ([each for each in verdicts if each.sure is wanted] for wanted in (True, False))
    cells = [
        rate([each.found for each in verdicts]),
        rate(
            [True] * sum(each.explained for each in scores)
            + [False] * sum(each.errors - each.explained for each in scores)
        ),
        *(rate([each.exact for each in group]) for group in (sure, unsure)),
        rate([each.right for each in verdicts]),
    ]
    return f"| {name} | {len(scores)} | {' | '.join(cells)} |"


def rate(hits: Sequence[bool]) -> str:
    """A share in percent with the counts; a dash of nothing."""
    return f"{100 * sum(hits) / len(hits):.1f} % ({sum(hits)}/{len(hits)})" if hits else "-"


def clean_line(outcomes: Iterable[Outcome]) -> str:
    """What was said of the clean tables."""
    clean = [outcome for outcome in outcomes if outcome.kind == CLEAN]
    errors = sum(outcome.score.errors for outcome in clean)
    wrong = sum(outcome.score.errors > 0 for outcome in clean)
    warnings = sum((outcome.warnings for outcome in clean), Counter[str]())
    listed = ", ".join(f"{rule} {count}" for rule, count in warnings.most_common()) or "none"
    return f"{len(clean)} clean tables: {errors} errors in {wrong} of them; warnings: {listed}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--tables", type=int, default=150)
    parser.add_argument("--kind", choices=[*KINDS, CLEAN], action="append")
    parser.add_argument("--shape", choices=list(SHAPES))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--keep", type=Path, help="the folder that the misses are written to")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        todo = tasks(asked.kind or [*KINDS, CLEAN], asked.shape, asked, folder)
        with ProcessPoolExecutor(2) as pool:
            outcomes = [outcome for outcome in pool.map(run, todo, chunksize=4) if outcome]
    for outcome in outcomes:
        if outcome.shown:
            print(outcome.shown, end="\n\n")
    print("\n".join(table(outcomes)), clean_line(outcomes), sep="\n\n")


if __name__ == "__main__":
    main()
