"""The five decisions as printed: what is truly wrong in them is found once, in its cell, and nothing else is."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.reference import NAMES
from support.typed_seeds import Typing, typed_seed

from validators.checking import check_file
from validators.findings import FileReport, Finding, Severity

LIST = tomllib.loads((Path(__file__).parent / "seed_findings.toml").read_text(encoding="utf-8"))

each_seed = pytest.mark.parametrize("plan", NAMES)
each_typing = pytest.mark.parametrize("typing", Typing)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seeds")


@cache
def checked(plan: str, typing: Typing, folder: Path) -> FileReport:
    return check_file(typed_seed(plan, typing, folder))


def found(report: FileReport, severity: Severity) -> list[Finding]:
    assert report.reason is None
    return [one for one in report.findings if one.severity is severity]


def known(plan: str, severity: Severity) -> list[dict[str, Any]]:
    return [one for one in LIST["finding"] if (one["plan"], one["severity"]) == (plan, severity)]


def where(finding: Finding) -> tuple[str, str, str]:
    assert finding.place is not None
    return finding.rule, finding.place.sheet, finding.place.address


@each_typing
@each_seed
def test_the_errors_are_the_true_contradictions(plan: str, typing: Typing, folder: Path) -> None:
    errors = found(checked(plan, typing, folder), Severity.ERROR)
    assert sorted((*where(one), one.expected) for one in errors) == sorted(
        (one["rule"], one["sheet"], one["cell"], Decimal(one["expected"])) for one in known(plan, Severity.ERROR)
    )


@each_typing
@each_seed
def test_the_warnings_are_the_true_doubts(plan: str, typing: Typing, folder: Path) -> None:
    """Figures that are pasted as text are doubtful all of them; the next test is theirs."""
    warnings = [where(one) for one in found(checked(plan, typing, folder), Severity.WARNING)]
    assert sorted(
        (rule, *place) for rule, *place in warnings if not (typing is Typing.TEXT and rule == "number-as-text")
    ) == sorted((one["rule"], one["sheet"], one["cell"]) for one in known(plan, Severity.WARNING))


@each_seed
def test_figures_pasted_as_text_are_noticed(plan: str, folder: Path) -> None:
    assert "number-as-text" in {one.rule for one in checked(plan, Typing.TEXT, folder).findings}


@pytest.mark.parametrize("one", LIST["finding"] + LIST["odd"], ids=lambda one: f"{one['plan'][:-10]}-{one['cell']}")
def test_the_list_names_cells_as_printed(one: dict[str, Any], folder: Path) -> None:
    book = openpyxl.load_workbook(typed_seed(one["plan"], Typing.TEXT, folder))
    assert book[one["sheet"]][one["cell"]].value == one["printed"]
