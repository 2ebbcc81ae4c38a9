"""A folder as a province has it, consolidated by the command line: nothing lost, and what is damaged is named."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.typed import typed_file

import phuluc
from benchmarks.folder import Folder, disagreements, make_folder
from rollup.consolidation.exports import FORMATS, SUFFIXES, Format

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


TYPED = "STT | Nội dung | Kinh phí (đồng)\n1 | Hội nghị | 100\n2 | Tập huấn | {}\n | Cộng | {}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["xlsx", *FORMATS])
def test_names_of_files_that_no_text_can_hold_stop_nothing(tmp_path: Path, form: Format) -> None:
    folder, target = tmp_path / "vào", tmp_path / "ra.zip"
    folder.mkdir()
    typed_file(folder / "a.xlsx", TYPED.format(50, 150)).rename(folder / "k\udce9 ho\udca1ch.xlsx")  # of an old zip
    typed_file(folder / "b\x07\n.xlsx", TYPED.format(70, 170))
    (folder / "c\x01.xlsx").touch()
    target = target.with_suffix(SUFFIXES.get(form, ".xlsx"))
    assert phuluc.main(["consolidate", str(folder), "--format", form, "-o", str(target)]) == 1
    assert target.stat().st_size


def test_the_same_seed_makes_the_same_folder(tmp_path: Path) -> None:
    assert make_folder(tmp_path / "1", 8, seed=3) == make_folder(tmp_path / "2", 8, seed=3)
