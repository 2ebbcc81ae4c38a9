"""A folder as a province has it, consolidated by the command line: nothing lost, and what is damaged is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import phuluc
from benchmarks.folder import Folder, disagreements, make_folder

FILES = 150
REASONS = {
    "cut off": "tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp",
    "spoilt": "tệp hỏng ở một phần",
    "password": "tệp có mật khẩu",
    "empty": "tệp rỗng",
    "text": "đây không phải sổ tính mà là văn bản thuần (CSV)",
    "bomb": "tệp nén phình to bất thường, có thể là bom nén",
    "no table": "không thấy bảng kinh phí nào",
    "copy": "nội dung giống hệt",
}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Folder]:
    """The folder, and the truth about it."""
    folder = tmp_path_factory.mktemp("tỉnh") / "Phụ lục"
    return folder, make_folder(folder, FILES, seed=5, other_formats=1)


@pytest.fixture(scope="module")
def said(province: tuple[Path, Folder]) -> Mapping[str, Any]:
    """What the command line makes of it."""
    folder, _ = province
    target = folder.with_name("hợp nhất.json")
    phuluc.main(["consolidate", str(folder), "--format", "json", "-o", str(target)])
    return json.loads(target.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.slow
@pytest.mark.office
def test_every_sum_of_each_file_is_what_its_making_says(province: tuple[Path, Folder], said: Mapping[str, Any]) -> None:
    folder, truth = province
    rows = ({name: "" if field is None else str(field) for name, field in row.items()} for row in said["rows"])
    assert list(disagreements(folder, rows)) == []
    assert sum(Decimal(row["amount"]) for row in said["rows"]) == truth.total == Decimal(said["total"])
    totals = {each.file: each.total for each in truth.made}
    assert {
        each["file"].removeprefix(f"{folder.name}/"): Decimal(each["total"])
        for each in said["files"]
        if each["status"] == "added"
    } == totals


@pytest.mark.slow
@pytest.mark.office
def test_what_is_damaged_is_reported_with_its_reason_and_nothing_else(
    province: tuple[Path, Folder], said: Mapping[str, Any]
) -> None:
    folder, truth = province
    reasons = {
        each["file"].removeprefix(f"{folder.name}/"): each["reason"]
        for each in said["files"]
        if each["status"] == "failed"
    }
    assert sorted(reasons) == sorted(each.file for each in truth.planted)
    assert [each for each in truth.planted if REASONS[each.kind] not in reasons[each.file]] == []
    assert [found for found in said["findings"] if found["severity"] == "error"] == []
