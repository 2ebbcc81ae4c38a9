"""The JSON report: the whole document, literally."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from support.report_samples import DETAIL, SHEET, findings, swapped

from faults import Text
from validators.findings import FileReport, Finding, Severity, TableSummary
from validators.grid import Place
from validators.reports.json_report import decimal_text, json_report
from workbook.addresses import Area

TABLE = TableSummary(SHEET, Area(5, 1, 22, 12), "triệu đồng", 14, 62)

SWAPPED = """\
{
  "files": [
    {
      "file": "bảng kê/du-toan.xlsx",
      "status": "findings",
      "reason": null,
      "tables": [
        {
          "sheet": "Phụ lục I",
          "range": "A5:L22",
          "unit": "triệu đồng",
          "rows": 14,
          "equations": 62
        }
      ],
      "findings": [
        {
          "rule": "group-total",
          "severity": "error",
          "sheet": "Phụ lục I",
          "cell": "C36",
          "expected": "3325",
          "found": "3235",
          "difference": "-90",
          "cause": "digits-swapped",
          "message": "Tổng của nhóm II khác tổng các dòng của nhóm.",
          "witnesses": [
            "C36 = SUM(D36:H36)",
            "C45 = C10 + C36"
          ],
          "fix": {
            "value": "3325",
            "formula": "=SUM(D36:H36)"
          },
          "others": []
        }
      ]
    },
    {
      "file": "sach.xlsx",
      "status": "ok",
      "reason": null,
      "tables": [],
      "findings": []
    },
    {
      "file": "hong.xlsx",
      "status": "unreadable",
      "reason": "tệp hỏng.",
      "tables": [],
      "findings": []
    }
  ]
}
"""


def found(number: int) -> dict[str, Any]:
    """One of the sample findings, in English."""
    document = json.loads(json_report([FileReport(Path("a.xlsx"), findings=findings())], "en"))
    record: dict[str, Any] = document["files"][0]["findings"][number]
    return record


def test_a_whole_document() -> None:
    reports = [
        FileReport(Path("bảng kê/du-toan.xlsx"), (TABLE,), (swapped(),)),
        FileReport(Path("sach.xlsx")),
        FileReport(Path("hong.xlsx"), reason=Text("hong.xlsx: tệp hỏng.", "hong.xlsx: the file is damaged.")),
    ]
    assert json_report(reports, "vi") == SWAPPED


def test_what_concerns_the_whole_workbook_has_no_place() -> None:
    assert found(6) == {
        "rule": "external-link",
        "severity": "warning",
        "sheet": None,
        "cell": None,
        "expected": None,
        "found": None,
        "difference": None,
        "cause": None,
        "message": "The file takes figures from [1] dự toán.xlsx.",
        "witnesses": [],
        "fix": None,
        "others": [],
    }


def test_words_pass_through_and_other_cells_are_named() -> None:
    assert found(5)["expected"] == "Mười lăm tỷ tám trăm triệu đồng"
    assert found(5)["fix"] == {"value": "Mười lăm tỷ tám trăm triệu đồng", "formula": None}
    assert found(2)["others"] == [{"sheet": SHEET, "cell": "C12"}, {"sheet": DETAIL, "cell": "AA15"}]
    assert found(7)["fix"] == {"value": None, "formula": "=SUM(AB8:AB9)"}


def test_decimals_are_plain_and_exact() -> None:
    assert decimal_text(Decimal("1E+3")) == "1000"
    assert decimal_text(Decimal("46.300")) == "46.3"
    assert decimal_text(Decimal("-0.00")) == "0"
    assert decimal_text(Decimal("1E-7")) == "0.0000001"
    assert decimal_text(Decimal("12345678901234567890123456789.01")) == "12345678901234567890123456789.01"


def test_texts_that_are_no_line_are_kept_as_they_are() -> None:
    finding = Finding("number-as-text", Severity.INFO, Text('a"\n\x1b', ""), Place("S", 1, 1), found="\t1")
    record = json.loads(json_report([FileReport(Path("a.xlsx"), findings=(finding,))], "vi"))["files"][0]["findings"][0]
    assert (record["message"], record["found"]) == ('a"\n\x1b', "\t1")
