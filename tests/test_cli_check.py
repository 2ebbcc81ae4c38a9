"""`phuluc check` and `phuluc rules` as their user meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from support.typed import typed_file

import phuluc
from validators.rules import all_rules

ROOT = Path(__file__).parents[1]

WRONG = """
    ĐVT: triệu đồng
STT | Nội dung          | Tổng | Năm 2021 | Năm 2022
1   | Hội nghị tập huấn | 3235 | 3000     | 325
2   | Mua sắm           | 30   | 10       | 20
3   | Xây dựng          | 70   | 30       | 40
    | *Tổng cộng*       | 3425 | 3040     | 385
"""

REPORT = """\
sai.xlsx: 1 lỗi
  Trang “Phụ lục”
    C3  lỗi  Tổng của dòng không khớp (row-total)
        Nội dung     1 Hội nghị tập huấn
        Chi tiết     Số ghi 3.235, phải là 3.325
        Thấy         3.235
        Cần          3.325
        Lệch           -90
        Nguyên nhân  hai chữ số bị đổi chỗ
"""


def run(*words: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = phuluc.main([str(word) for word in words])
    except SystemExit as stop:  # argparse's way out
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tests run in a folder of their own, with one file that is wrong and one that is right."""
    monkeypatch.chdir(tmp_path)
    typed_file(tmp_path / "sai.xlsx", WRONG)
    typed_file(tmp_path / "dung.xlsx", WRONG.replace("3235", "3325"))
    return tmp_path


def test_a_wrong_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "sai.xlsx", capsys=capsys)
    assert (code, err) == (1, "")
    assert out.startswith(REPORT)
    assert "        Cách sửa     ghi 3.325 vào C3" in out


def test_a_right_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "dung.xlsx", "--lang", "en", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith("dung.xlsx: nothing wrong was found (tables: 1, equations: ")
    assert out.count("\n") == 1


def test_a_file_that_cannot_be_read_comes_before_errors_in_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    Path("hong.xlsx").write_bytes(b"PK\x03\x04 cut")
    code, out, err = run("check", "khong.xlsx", "sai.xlsx", "hong.xlsx", capsys=capsys)
    assert (code, err) == (2, "")
    lines = out.splitlines()
    assert lines[0] == "khong.xlsx: không đọc được: không có tệp này."
    assert lines[-2] == ""
    assert lines[-3].startswith("hong.xlsx: không đọc được: ")
    assert lines[-1] == "3 tệp: 1 có lỗi, 0 không có lỗi, 2 không đọc được"


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "sai.xlsx", "dung.xlsx", "--format", "json", capsys=capsys)
    assert (code, err) == (1, "")
    files = json.loads(out)["files"]
    assert [(each["file"], each["status"]) for each in files] == [("sai.xlsx", "findings"), ("dung.xlsx", "ok")]
    assert files[0]["tables"][0]["range"] == "A2:E6"
    (found,) = files[0]["findings"]
    assert {key: found[key] for key in ("rule", "sheet", "cell", "expected", "found", "difference", "cause")} == {
        "rule": "row-total",
        "sheet": "Phụ lục",
        "cell": "C3",
        "expected": "3325",
        "found": "3235",
        "difference": "-90",
        "cause": "digits-swapped",
    }


def test_sarif_lists_the_rules_that_ran(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("check", "sai.xlsx", "--format", "sarif", "--only", "row-total, group-total", "--only", "rounding")
    code, out, err = run(*words, capsys=capsys)
    assert (code, err) == (1, "")
    driver = json.loads(out)["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["group-total", "rounding", "row-total"]
    assert driver["version"] == phuluc.__version__


@pytest.mark.parametrize(("option", "rules"), [("--skip", "row-total"), ("--only", "group-total")])
def test_rules_can_be_left_out(option: str, rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("check", "sai.xlsx", option, rules, capsys=capsys)
    assert code == 0
    assert "row-total" not in out


def test_an_unknown_rule_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "sai.xlsx", "--skip", "row-totl", "--lang", "en", capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("phuluc: there is no such rule; found “row-totl”; expected row-total")
    assert err.count("\n") == 1


def test_a_folder_is_walked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "~$sai.xlsx").write_bytes(b"lock")
    code, out, _ = run("check", ".", capsys=capsys)
    assert code == 1
    assert out.splitlines()[-1] == "2 tệp: 1 có lỗi, 1 không có lỗi, 0 không đọc được"


def test_many_files_are_reported_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"{number:02}.xlsx" for number in range(10)]
    for name in names:
        (folder / name).write_bytes((folder / ("sai.xlsx" if name == "07.xlsx" else "dung.xlsx")).read_bytes())
    code, out, err = run("check", *names, "--format", "json", capsys=capsys)
    assert (code, err) == (1, "")
    files = json.loads(out)["files"]
    assert [each["file"] for each in files] == names
    assert [each["file"] for each in files if each["status"] == "findings"] == ["07.xlsx"]


def test_a_report_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "sai.xlsx", "--report", "ra.xlsx", capsys=capsys)
    assert (code, err) == (1, "Đã ghi: ra.xlsx\n")
    assert out.startswith(REPORT)
    book = openpyxl.load_workbook("ra.xlsx")
    assert book.sheetnames == ["Phụ lục", "Kết quả kiểm tra"]
    assert book["Phụ lục"]["C3"].comment.text.startswith("LỖI: Tổng của dòng không khớp\n")
    code, out, err = run("check", "sai.xlsx", "--report", "ra.xlsx", capsys=capsys)
    assert (code, out.startswith(REPORT)) == (2, True)
    assert err == "phuluc: ra.xlsx: tệp đích đã có; cần tên khác, hoặc --force để ghi đè.\n"
    assert run("check", "sai.xlsx", "--report", "ra.xlsx", "--force", capsys=capsys)[0] == 1


def test_several_reports_go_into_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("check", "sai.xlsx", "dung.xlsx", "khong.xlsx", "--report", "bao-cao", capsys=capsys)
    assert code == 2
    first, second = (Path("bao-cao", f"{name}-kiem-tra.xlsx") for name in ("sai", "dung"))
    assert err == f"Đã ghi: {first}\nĐã ghi: {second}\n"
    assert sorted(path.name for path in Path("bao-cao").iterdir()) == [second.name, first.name]


def test_the_file_itself_is_never_written(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("sai.xlsx").read_bytes()
    code, out, err = run("check", "sai.xlsx", "--report", "./sai.xlsx", "--force", capsys=capsys)
    assert (code, out.startswith(REPORT)) == (2, True)
    assert "tệp đích chính là tệp đang được đọc" in err
    assert Path("sai.xlsx").read_bytes() == before


def test_a_file_whose_name_is_not_composed_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    name = unicodedata.normalize("NFD", "phụ lục.xlsx")
    os.rename("dung.xlsx", name)
    assert run("check", name, capsys=capsys)[0] == 0


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("rules", capsys=capsys)
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [rule.name for rule in all_rules()]
    code, out, _ = run("rules", "row-total", "--lang", "en", capsys=capsys)
    assert code == 0
    assert out.startswith("row-total (error): ")
    assert "\n\nExample: " in out
    assert "\n\nRemedy: " in out
    code, out, err = run("rules", "row-totl", capsys=capsys)
    assert (code, out) == (2, "")
    assert "row-total" in err


def spoken(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process, in the current folder."""
    path = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "phuluc", *words], capture_output=True, check=False, env=path)


def test_vietnamese_comes_through_where_the_code_page_of_the_pc_cannot() -> None:
    done = spoken("check", "sai.xlsx", PYTHONIOENCODING="cp1252", NO_COLOR="1")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("utf-8").replace("\r\n", "\n").startswith(REPORT)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are Unicode there")
def test_a_file_name_that_is_no_utf8_is_printed_all_the_same(folder: Path) -> None:
    os.rename(b"sai.xlsx", b"\xff.xlsx")
    for form in ("text", "json", "sarif"):
        done = spoken("check", str(folder), "--format", form)
        assert (done.returncode, done.stderr) == (1, b"")
    assert b"%FF.xlsx" in done.stdout


def test_what_nobody_foresaw_is_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("chia cho 0")

    monkeypatch.setattr("validators.running.chosen_rules", fail)
    code, out, err = run("check", "sai.xlsx", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "phuluc: chương trình gặp lỗi ngoài dự kiến (ZeroDivisionError: chia cho 0)\n"
