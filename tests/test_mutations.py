"""The mutation benchmark's own ground: its clean tables are right, its mistakes are mistakes, its scoring is fair."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
import pytest

from benchmarks.mutations import CLEAN, Outcome, Task, clean_line, made, run, table
from benchmarks.synthetic.document import Document, Grouped, Law, Printed, Share, Way, Words
from benchmarks.synthetic.mistakes import KINDS, Mistake, dropped, swapped
from benchmarks.synthetic.scoring import Score, Verdict, score
from benchmarks.synthetic.shapes import SHAPES
from benchmarks.synthetic.style import Wish
from benchmarks.synthetic.writing import write
from budget.expression import parse_expression
from budget.words import from_words
from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Place
from workbook.verify import verify

LIVE = [shape for shape in SHAPES if shape != "rounded"]


def read(path: Path, document: Document) -> dict[Place, Fraction]:
    """What the cells of a file say, read anew: numbers, numbers as text, words, percentages, expressions."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {place: said(book[place.sheet][place.address].value, document.shows[place]) for place in document.shows}


def said(value: object, show: object) -> Fraction:
    if value in (None, "-"):
        return Fraction(0)
    if isinstance(value, (int, float)):
        return Fraction(repr(value))
    text = str(value)
    if isinstance(show, Words):
        return Fraction(from_words(re.sub(r"^.*?(?:\): |: )", "", text).strip("()./ ")))
    if isinstance(show, Share):
        return Fraction(re.findall(r"\(([\d,]+)%\)", text)[0].replace(",", "."))
    if isinstance(show, Printed):
        inner = re.search(r"\(([^()]* x [^()]*)\)$", text)
        return Fraction(parse_expression(inner[1] if inner else text).value)
    assert isinstance(show, Grouped)
    marks = {",": "", ".": "."} if show.english else {".": "", ",": "."}
    return Fraction(text.translate(str.maketrans(marks)))


def made_of(law: Law, values: dict[Place, Fraction]) -> Fraction:
    """What the parts of a law make, in fractions."""
    parts = [sign * values[place] for sign, place in law.parts]
    if law.way is Way.SUM:
        result = sum(parts, Fraction(0))
    elif law.way is Way.PRODUCT:
        result = parts[0] * (parts[1] if len(parts) > 1 else 1)
    else:
        result = parts[0] / parts[1]
    return result * Fraction(law.scale)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_what_a_clean_file_says_adds_up(shape: str, seed: int, tmp_path: Path) -> None:
    document = SHAPES[shape](Random(f"test-{seed}"), Wish())
    write(document, tmp_path / "clean.xlsx")
    values = read(tmp_path / "clean.xlsx", document)
    assert document.laws
    for law in document.laws:
        difference = abs(values[law.total] - made_of(law, values))
        if document.rounded:
            allowed = Fraction(len(law.parts) + 1, 2)
        elif law.kind == "ratio":
            allowed = Fraction(1, 20)  # one decimal is printed
        elif law.kind == "share":
            allowed = Fraction(1)  # the amount is rounded to its last decimal
        else:
            allowed = Fraction(0)
        assert difference <= allowed, law


@pytest.mark.parametrize("shape", LIVE)
def test_an_engine_calculates_what_a_live_file_stores(shape: str, tmp_path: Path) -> None:
    for seed in range(3):
        write(SHAPES[shape](Random(f"live-{seed}"), Wish(live=True)), tmp_path / "live.xlsx")
        report = verify(tmp_path / "live.xlsx", ["formualizer"])
        assert report.formulas > 0
        assert report.disagreements == ()


def test_each_total_is_in_the_equations_that_its_layout_has() -> None:
    document = SHAPES["items-sources"](Random("count"), Wish(words=False, carried=False))
    grand = [law.total for law in document.laws if law.kind == "grand"]
    rows = [law for law in document.laws if law.kind == "row"]
    corner = next(place for place in grand if any(law.total == place for law in rows))
    assert sum(corner in law.places for law in document.laws) == 2
    leaf = next(place for place in rows[0].places if place != rows[0].total)
    assert sum(leaf in law.places for law in document.laws) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_mistake_changes_what_it_says_and_can_be_seen(kind: str) -> None:
    shapes = KINDS[kind].shapes or LIVE
    for number, shape in enumerate(shapes):
        spoilt = made(kind, shape, f"seen-{number}")
        assert spoilt is not None
        document = spoilt.document
        assert len(spoilt.mistakes) == (2 if kind == "two mistakes" else 1)
        for mistake in spoilt.mistakes:
            assert mistake.testimony >= 1
            wrong = {place for place, right in mistake.roots.items() if document.values[place] != right}
            if kind in ("number as text", "total typed over, right"):
                assert wrong == set()
            else:
                assert wrong == set(mistake.roots)
        if kind == "number as text":
            (place,) = spoilt.mistakes[0].roots
            assert isinstance(document.shows[place](document.values[place]), str)
        elif kind == "total typed over, right":
            (place,) = spoilt.mistakes[0].roots
            assert place not in document.definitions
            assert document.failing() == ()
        else:
            blamed = {place for law in document.failing() for place in law.places}
            assert all(blamed & set(mistake.roots) for mistake in spoilt.mistakes)


def test_a_row_left_out_is_carried_to_the_totals_above() -> None:
    spoilt = made("row left out", "groups-sources", "carried-3")
    assert spoilt is not None
    (mistake,) = spoilt.mistakes
    document = spoilt.document
    for place in mistake.roots:
        law = document.definitions[place]
        assert document.values[place] == law.computed(document.values)
    assert {law.total for law in document.failing() if law.kind in ("group", "grand")} <= {
        *mistake.roots,
        *mistake.carried,
    }
    assert not mistake.carried & mistake.roots.keys()


@pytest.mark.parametrize("seed", range(20))
def test_digits_are_swapped_or_dropped(seed: int) -> None:
    assert swapped(Decimal("47"), Random(seed)) == Decimal("74")
    assert swapped(Decimal("77"), Random(seed)) is None
    assert swapped(Decimal("1000"), Random(seed)) is None
    assert dropped(Decimal("55"), Random(seed)) == Decimal("5")
    assert dropped(Decimal("8"), Random(seed)) is None
    left = {Decimal(text) for text in ("65.15", "45.15", "46.15", "465.5")}  # 465.1 is 465.15 rounded
    assert dropped(Decimal("465.15"), Random(seed)) in {*left, None}
    assert dropped(Decimal("105"), Random(seed)) in {Decimal("10"), Decimal("15"), None}


GUILTY, NEIGHBOUR, ABOVE = Place("Phụ lục", 9, 3), Place("Phụ lục", 8, 3), Place("Phụ lục", 5, 3)
SWAPPED = Mistake({GUILTY: Decimal(3325)}, testimony=2, carried=frozenset({ABOVE}))
TEXT = Mistake({GUILTY: Decimal(3325)}, testimony=1, rule="number-as-text")


def finding(place: Place, expected: str | Decimal | None, *others: Place, rule: str = "group-total") -> Finding:
    severity = Severity.WARNING if rule in ("number-as-text", "hard-coded-total") else Severity.ERROR
    return Finding(rule, severity, Text("", ""), place, expected=expected, others=others)


@pytest.mark.parametrize(
    ("mistakes", "findings", "expected"),
    [
        pytest.param(
            [SWAPPED],
            [finding(GUILTY, Decimal("3325.0"))],
            Score((Verdict(sure=True, found=True, exact=True, right=True),), 1, 1),
            id="named",
        ),
        pytest.param(
            [SWAPPED],
            [finding(GUILTY, Decimal(3352))],
            Score((Verdict(sure=True, found=True, exact=True, right=False),), 1, 1),
            id="another value",
        ),
        pytest.param(
            [SWAPPED],
            [finding(NEIGHBOUR, Decimal(3325), GUILTY)],
            Score((Verdict(sure=True, found=True, exact=False, right=False),), 1, 1),
            id="among the candidates",
        ),
        pytest.param(
            [SWAPPED],
            [finding(NEIGHBOUR, Decimal(3325))],
            Score((Verdict(sure=True, found=False, exact=False, right=False),), 1, 0),
            id="another cell accused",
        ),
        pytest.param(
            [SWAPPED],
            [finding(ABOVE, Decimal(9000))],
            Score((Verdict(sure=True, found=False, exact=False, right=False),), 1, 1),
            id="what follows from it named",
        ),
        pytest.param(
            [SWAPPED],
            [finding(GUILTY, Decimal(3325)), finding(ABOVE, Decimal(9000))],
            Score((Verdict(sure=True, found=True, exact=True, right=True),), 2, 1),
            id="one cause told twice",
        ),
        pytest.param(
            [SWAPPED],
            [finding(GUILTY, Decimal(3325), rule="hard-coded-total")],
            Score((Verdict(sure=True, found=False, exact=False, right=False),), 0, 0),
            id="a warning is no error",
        ),
        pytest.param(
            [TEXT],
            [finding(GUILTY, None, rule="number-as-text"), finding(ABOVE, Decimal(1))],
            Score((Verdict(sure=True, found=True, exact=True, right=False),), 1, 0),
            id="the warning of the kind, and a false error",
        ),
        pytest.param(
            [SWAPPED, Mistake({ABOVE: Decimal(10)}, testimony=1)],
            [finding(GUILTY, Decimal(3325), ABOVE), finding(NEIGHBOUR, Decimal(7), ABOVE)],
            Score(
                (
                    Verdict(sure=True, found=True, exact=True, right=True),
                    Verdict(sure=False, found=True, exact=False, right=False),
                ),
                2,
                2,
            ),
            id="two mistakes",
        ),
    ],
)
def test_scoring(mistakes: list[Mistake], findings: list[Finding], expected: Score) -> None:
    assert score(mistakes, findings) == expected


def test_words_and_shares_are_compared_as_figures() -> None:
    words = Mistake({GUILTY: Decimal(15_800_000_000)}, testimony=1)
    share = Mistake({GUILTY: Decimal(30)}, testimony=3, rule="funding-share")
    said_words = finding(GUILTY, "Mười lăm tỷ tám trăm triệu đồng", rule="amount-in-words")
    said_share = finding(GUILTY, "- Ngân sách tỉnh (30%)", rule="funding-share")
    assert score([words], [said_words]).verdicts[0].right
    assert score([share], [said_share]).verdicts[0].right
    assert not score([words], [finding(GUILTY, "Mười lăm tỷ đồng", rule="amount-in-words")]).verdicts[0].right


def test_the_table_counts_what_was_scored() -> None:
    named = Score((Verdict(sure=True, found=True, exact=True, right=True),), 1, 1)
    missed = Score((Verdict(sure=False, found=False, exact=False, right=False),), 1, 0)
    outcomes = [
        Outcome("digits swapped", "flat-list", named, Counter()),
        Outcome("digits swapped", "flat-list", missed, Counter()),
        Outcome(CLEAN, "flat-list", Score((), 1, 0), Counter({"rounding": 2})),
    ]
    cells = "2 | 50.0 % (1/2) | 50.0 % (1/2) | 100.0 % (1/1) | 0.0 % (0/1) | 50.0 % (1/2) |"
    assert list(table(outcomes))[2:] == [f"| digits swapped | {cells}", f"| **all** | {cells}"]
    assert clean_line(outcomes) == "1 clean tables: 1 errors in 1 of them; warnings: rounding 2."


def test_a_file_is_made_checked_and_scored(tmp_path: Path) -> None:
    outcome = run(Task("digits swapped", "years-sources", "smoke-2", tmp_path, show=True))
    assert outcome is not None
    assert outcome.score == Score((Verdict(sure=True, found=True, exact=True, right=True),), 1, 1)
    assert outcome.shown == ""
    assert list(tmp_path.iterdir()) == []
