"""Each rule by its fixtures, and what every rule must have."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from support.rule_fixtures import Fixture, fixtures, found_in

from validators.findings import Severity
from validators.rules import Rule, all_rules
from validators.rules.document import document

FILES = sorted(Path(__file__).with_name("rules").glob("*.toml"))
RULES = {rule.name: rule for rule in all_rules()}
CASES = [case for file in FILES for case in fixtures(file)]

ASKED_FOR = {
    "number-as-text", "malformed-number", "unit-mismatch", "row-total", "group-total", "grand-total",
    "breakdown-total", "carried-total", "rounding", "funding-share", "unit-cost", "cost-expression", "amount-in-words",
    "numbering-gap", "numbering-duplicate", "duplicated-item", "schedule-outside-period", "amount-outside-schedule",
    "tables-disagree", "hard-coded-total", "omitted-rows", "double-counted", "inconsistent-formula", "error-value",
    "stale-value", "external-link", "circular-reference", "hidden-cells",
}  # fmt: skip

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{'fail' if case.finds else 'pass'}")
def test_fixture(case: Fixture, tmp_path: Path) -> None:
    assert found_in(case, RULES[case.rule], tmp_path) == list(case.finds), case.why


def test_every_rule_that_was_asked_for_is_there() -> None:
    assert sorted(ASKED_FOR - RULES.keys()) == []


def test_every_fixture_file_is_that_of_a_rule() -> None:
    assert {file.stem for file in FILES} <= RULES.keys()


@each_rule
def test_a_rule_has_fixtures_of_both_kinds(rule: Rule) -> None:
    kinds = [bool(case.finds) for case in CASES if case.rule == rule.name]
    assert kinds.count(True) >= 2
    assert kinds.count(False) >= 2
    assert all(case.why for case in CASES if case.rule == rule.name)


@each_rule
def test_a_rule_is_named_after_its_file(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)
    assert rule.check.__module__.startswith("validators.rules.")
    folder = Path(__file__).parents[2] / "validators" / "rules"
    assert (folder / f"{rule.name.replace('-', '_')}.py").is_file()


@each_rule
def test_a_rule_says_all_that_a_person_wants_to_know(rule: Rule) -> None:
    for text in (rule.title, rule.explanation, rule.example, rule.remedy):
        for words in (text.vi, text.en):
            assert words.strip()
            assert words == unicodedata.normalize("NFC", words)
            assert words[0].isupper() or not words[0].isalpha()
        assert text.vi != text.en
    assert any(ord(letter) > 0x300 or "à" <= letter.lower() <= "ỹ" for letter in rule.title.vi)
    for text in (rule.explanation, rule.remedy):
        assert text.vi.endswith(".")
        assert text.en.endswith(".")


@each_rule
def test_a_rule_is_no_graver_than_it_says(rule: Rule) -> None:
    order = list(Severity)
    given = [finding.split(" ")[0] for case in CASES if case.rule == rule.name for finding in case.finds]
    assert all(order.index(Severity(severity)) >= order.index(rule.severity) for severity in given)


def test_the_list_in_the_docs_is_generated() -> None:
    docs = Path(__file__).parents[2] / "docs" / "rules.md"
    assert docs.read_text(encoding="utf-8") == document(all_rules())
