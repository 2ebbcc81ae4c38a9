"""`phuluc read`: what it prints, what it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.generated import generated
from support.reference import reference
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

import phuluc
from budget.loading import load_plan

NAME = "can-tho-2021-2025"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = phuluc.main(["read", *map(str, words)])
    return code, *capsys.readouterr()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phu-luc.xlsx"
    path.write_bytes(generated(NAME))
    return path


def test_a_generated_workbook(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / NAME
    code, out, err = run(capsys, file, "-o", target)
    assert (code, err) == (0, "")
    assert out == (
        "phu-luc.xlsx: sổ do phuluc lập, đọc lại đúng từng ô\n"
        "  “Phụ lục 1”: biểu mẫu items-years-sources; 12 hạng mục; nguồn: Trung Ương, Địa phương; năm 2021-2025; "
        "tổng 5.241,5 triệu đồng\n"
        "  “Phụ lục 2”: biểu mẫu cost-tables; 9 bảng dự toán\n"
        "Tổng các số gốc 5.241.500.000 đồng, bằng tổng của tệp.\n"
        f"Đã ghi: {target}\n"
    )
    assert load_plan(target) == reference(NAME)


def test_a_hand_made_one_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path)
    code, out, _ = run(capsys, source, "-o", tmp_path / "dn", "--lang", "en")
    assert code == 0
    assert out.splitlines()[0] == "dong-nai-2021-2025-numbers.xlsx: hand-made, read as its tables are understood"
    assert "Assumed (3):" in out
    assert "Left out of the plan (1):" in out
    assert "The leaves add up to 5,385,000,000 đồng, as the file does." in out


def test_a_folder_that_holds_something_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ke-hoach"
    target.mkdir()
    (target / "ghi-chu.txt").write_text("của tôi", encoding="utf-8")
    (target / "estimates.csv").write_text("cũ", encoding="utf-8")
    code, out, err = run(capsys, file, "-o", target)
    assert (code, out) == (2, "")
    assert "thư mục đích đã có và không trống" in err
    assert sorted(each.name for each in target.iterdir()) == ["estimates.csv", "ghi-chu.txt"]

    assert run(capsys, file, "-o", target, "--force")[0] == 0
    assert (target / "ghi-chu.txt").read_text(encoding="utf-8") == "của tôi"
    assert len(load_plan(target).estimates) == 9
    assert sorted(each.name for each in target.iterdir()) == ["estimates.csv", "ghi-chu.txt", "items.csv", "plan.toml"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Kính gửi quý cơ quan", "không thấy bảng kinh phí nào"), (None, "không")],
)
def test_what_is_no_appendix_is_refused(
    text: str | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    if text is None:
        path.write_bytes(b"PK no workbook")
    else:
        typed_file(path, text)
    code, out, err = run(capsys, path, "-o", tmp_path / "p")
    assert (code, out) == (2, "")
    assert sentence in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx"]
