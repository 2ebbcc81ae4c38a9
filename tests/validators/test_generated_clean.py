"""The workbooks that `generate` writes for the reference plans: no error, no doubt but those of the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from support.generated import generated
from support.reference import NAMES
from support.synthetic import synthetic_plan

from generators.generate import generate
from validators.checking import check_file
from validators.findings import FileReport, Severity

# What the documents themselves leave in doubt: `seed_findings.toml` says why.
WARNINGS = {
    "nghe-an-2021-2025": [
        ("numbering-gap", "Phụ lục", "A17"),
        ("numbering-gap", "Phụ lục", "A33"),
        ("schedule-outside-period", "Phụ lục", "C34"),
        ("schedule-outside-period", "Phụ lục", "C37"),
    ]
}

each_plan = pytest.mark.parametrize("plan", NAMES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@cache
def checked(plan: str, folder: Path) -> FileReport:
    path = folder / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    return check_file(path)


@each_plan
def test_no_error(plan: str, folder: Path) -> None:
    report = checked(plan, folder)
    assert report.reason is None
    assert report.tables
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []


@each_plan
def test_only_the_doubts_of_the_document(plan: str, folder: Path) -> None:
    warnings = [one for one in checked(plan, folder).findings if one.severity is Severity.WARNING]
    assert sorted(
        (one.rule, *((one.place.sheet, one.place.address) if one.place else ())) for one in warnings
    ) == WARNINGS.get(plan, [])


def test_a_table_of_ones_is_read_as_it_is_added_up(tmp_path: Path) -> None:
    """Where rounding excused 1 = 1 + 1, chance sums made figures that add up to themselves, and no end."""
    path = tmp_path / "mot.xlsx"
    generate(synthetic_plan("items-years-sources", items=5, years=5, sources=2), path)
    report = check_file(path)
    assert (report.reason, report.findings) == (None, ())
