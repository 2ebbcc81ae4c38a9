"""The SARIF report: valid by the official schema, and literally what it says of a finding."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from support.report_samples import RULES, file_report, swapped

from faults import Lang, Text
from validators.findings import FileReport, Finding, Severity
from validators.reports.sarif import file_uri, sarif_report

BOOK = Path("bảng kê/dự toán #1.xlsx")
UNREAD = FileReport(Path("hong.xlsx"), reason=Text("hong.xlsx: tệp hỏng.", "hong.xlsx: the file is damaged."))


@cache
def validator() -> Draft4Validator:
    """The schema of the OASIS standard, errata 01, as the package linceo brings it along."""
    text = files("linceo.data").joinpath("sarif-schema-2.1.0.json").read_text(encoding="utf-8")
    return Draft4Validator(json.loads(text), format_checker=Draft4Validator.FORMAT_CHECKER)


def log(*reports: FileReport, lang: Lang = "vi") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(sarif_report(reports, RULES, lang, "0.1.0"))
    validator().validate(document)
    return document


def run(*reports: FileReport, lang: Lang = "vi") -> dict[str, Any]:
    (only,) = log(*reports, lang=lang)["runs"]
    return dict(only)


def test_the_schema_would_not_let_anything_pass() -> None:
    document = log(file_report(BOOK))
    document["runs"][0]["results"][0]["level"] = "remark"
    assert [list(fault.path)[-1] for fault in validator().iter_errors(document)] == ["level"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_all_kinds_of_findings_are_valid(lang: Lang) -> None:
    found = run(file_report(BOOK), UNREAD, FileReport(Path("sach.xlsx")), lang=lang)
    assert found["language"] == lang
    assert [result["level"] for result in found["results"]].count("error") == 3
    assert len(found["results"]) == 12


def test_nothing_found_is_valid_too() -> None:
    assert run()["results"] == []
    assert run()["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_the_driver_and_its_rules() -> None:
    driver = run()["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("phuluc", "0.1.0")
    assert driver["rules"][2] == {
        "id": "group-total",
        "shortDescription": {"text": "Tổng của nhóm không khớp"},
        "fullDescription": {"text": "Giải thích của group-total."},
        "help": {"text": "Ví dụ: Ví dụ của group-total.\nCách sửa: Cách sửa theo group-total."},
        "defaultConfiguration": {"level": "error"},
    }


def test_a_result() -> None:
    (result,) = run(FileReport(BOOK, findings=(swapped(),)))["results"]
    assert result == {
        "ruleId": "group-total",
        "ruleIndex": 2,
        "level": "error",
        "message": {"text": "Tổng của nhóm II khác tổng các dòng của nhóm."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "b%E1%BA%A3ng%20k%C3%AA/d%E1%BB%B1%20to%C3%A1n%20%231.xlsx"}
                },
                "logicalLocations": [{"name": "C36", "fullyQualifiedName": "Phụ lục I!C36"}],
            }
        ],
        "properties": {
            "label": "Đào tạo, bồi dưỡng cán bộ quản lý giáo dục các cấp",
            "expected": "3325",
            "found": "3235",
            "difference": "-90",
            "cause": "digits-swapped",
            "witnesses": ["C36 = SUM(D36:H36)", "C45 = C10 + C36"],
            "fix": {"value": "3325", "formula": "=SUM(D36:H36)"},
        },
    }


def test_other_cells_are_related_locations_and_a_workbook_has_no_logical_one() -> None:
    results = run(file_report(BOOK))["results"]
    related = results[2]["relatedLocations"]
    assert [each["logicalLocations"][0]["fullyQualifiedName"] for each in related] == [
        "Phụ lục I!C12",
        "Chi tiết (2)!AA15",
    ]
    assert "logicalLocations" not in results[6]["locations"][0]


def test_an_unreadable_file_is_a_notification() -> None:
    (invocation,) = run(UNREAD, lang="en")["invocations"]
    assert invocation == {
        "executionSuccessful": False,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": "the file is damaged."},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "hong.xlsx"}}}],
            }
        ],
    }


def test_a_finding_of_a_rule_that_is_not_listed_is_valid() -> None:
    finding = Finding("new-rule", Severity.INFO, Text("Mới.", "New."))
    (result,) = run(FileReport(BOOK, findings=(finding,)))["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("new-rule", -1, "note")


def test_uris(tmp_path: Path) -> None:
    assert file_uri(Path("a:b%.xlsx")) == "a%3Ab%25.xlsx"
    assert file_uri(tmp_path / "á.xlsx") == f"{tmp_path.as_uri()}/%C3%A1.xlsx"
    assert file_uri(Path(os.fsdecode(b"\xff.xlsx"))) == "%FF.xlsx"
