"""The command line as its user meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import phuluc

ROOT = Path(__file__).parents[1]


def run(*words: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = phuluc.main([str(word) for word in words])
    except SystemExit as stop:  # argparse's way out
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan folder that is right; tests break it."""
    folder = tmp_path / "ke-hoach"
    folder.mkdir()
    (folder / "plan.toml").write_text(
        """version = "1"
title = "Kế hoạch thử"
period = "2026-2027"
[decision]
kind = "Quyết định"
issuer = "Ủy ban nhân dân tỉnh A"
state = "draft"
[[sources]]
key = "local"
name = "Ngân sách địa phương"
[[appendices]]
key = "a"
form = "groups-sources-years"
sheet = "Phụ lục"
title = "KINH PHÍ"
unit = "triệu đồng"
sources = ["local"]
years = true
""",
        encoding="utf-8",
    )
    (folder / "items.csv").write_text(
        "id,appendix,parent,kind,number,title,amount.local.2026,amount.local.2027\n"
        "g1,a,,group,1,Nhóm một,,\n"
        'i1,a,g1,item,1.1,Hạng mục một,"46,3",10\n'
        "i2,a,g1,item,1.2,Hạng mục hai,1.377,\n",
        encoding="utf-8",
    )
    return folder


def break_items(plan: Path, old: str, new: str) -> None:
    file = plan / "items.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_generate_writes_the_workbook_and_one_line(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ra.xlsx"
    code, out, err = run("generate", plan, "-o", target, capsys=capsys)
    assert (code, err) == (0, "")
    assert out == (
        f"{target}: 5 trang, 2 hạng mục, 75 công thức, tổng 1.433.300.000 đồng "
        "(Một tỷ bốn trăm ba mươi ba triệu ba trăm nghìn đồng)\n"
    )
    values = openpyxl.load_workbook(target, data_only=True)["Phụ lục"]
    assert [values.cell(row, 3).value for row in (7, 8, 9, 10, 11, 12)] == [1433.3, 56.3, 56.3, 1377, 1377, 1433.3]


BROKEN = [
    pytest.param("46,3", "46.3.1", "dòng 3", "46.3.1", id="an amount that is no number"),
    pytest.param("46,3", "1,512,300", "dòng 3", "1,512,300", id="English grouping"),
    pytest.param("amount.local.2027", "amount.central.2027", "amount.central.2027", "central", id="unknown source"),
    pytest.param("amount.local.2027", "amount.local.2031", "amount.local.2031", "2031", id="year outside the period"),
    pytest.param("i2,a,g1,item,1.2", "i2,a,g1,item,1.1", "dòng 4", "1.1", id="duplicate numbering"),
    pytest.param("Hạng mục hai", "Hạng\x07mục", "dòng 4", "U+0007", id="control characters"),
    pytest.param("i2,a,g1", "i2,a,g9", "dòng 4", "g9", id="unknown parent"),
    pytest.param("i1,a,g1,item", "i1,a,g1,hạng", "dòng 3", "hạng", id="unknown kind"),
]


@pytest.mark.parametrize(("old", "new", "place", "found"), BROKEN)
def test_bad_input_gets_one_sentence_exit_code_2_and_no_file(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, place: str, found: str
) -> None:
    break_items(plan, old, new)
    target = tmp_path / "ra.xlsx"
    code, out, err = run("generate", plan, "-o", target, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("phuluc: ")
    assert err.count("\n") == 1
    assert "items.csv" in err
    assert place in err
    assert found in err
    assert not target.exists()


def test_text_that_looks_like_a_formula_stays_text(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_items(plan, "Hạng mục một", "=1+1")
    break_items(plan, "Hạng mục hai", "@SUM(A1)")
    target = tmp_path / "ra.xlsx"
    assert run("generate", plan, "-o", target, capsys=capsys)[0] == 0
    sheet = openpyxl.load_workbook(target)["Phụ lục"]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) for row in (8, 10)] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]


def test_nfd_text_becomes_nfc(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_items(plan, "Hạng mục một", "Ha\u0323ng mu\u0323c")
    target = tmp_path / "ra.xlsx"
    assert run("generate", plan, "-o", target, capsys=capsys)[0] == 0
    assert openpyxl.load_workbook(target)["Phụ lục"].cell(8, 2).value == "H\u1ea1ng m\u1ee5c"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('form = "groups-sources-years"', 'form = "bieu-la"', "không có biểu mẫu này; thấy “bieu-la”; cần một trong:"),
        ('form = "groups-sources-years"', 'form = "items-total"', "biểu mẫu “items-total” không có nguồn kinh phí"),
        ('sheet = "Phụ lục"', 'sheet = "Kiểm tra"', "trùng tên"),
        ('sheet = "Phụ lục"', f'sheet = "{"dài " * 9}"', "31 ký tự"),
    ],
)
def test_a_plan_that_does_not_fit_its_form_is_refused(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    file = plan / "plan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    target = tmp_path / "ra.xlsx"
    code, _, err = run("generate", plan, "-o", target, capsys=capsys)
    assert code == 2
    assert expected in err
    assert not target.exists()


def test_a_missing_plan_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("generate", tmp_path / "nowhere", "--lang", "en", capsys=capsys)
    assert code == 2
    said = "there is no such file or folder; expected a plan's folder or an .xlsx file."
    assert err == f"phuluc: {tmp_path / 'nowhere'}: {said}\n"


def test_a_target_that_exists_is_kept_without_force(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ra.xlsx"
    target.write_bytes(b"mine")
    code, _, err = run("generate", plan, "-o", target, capsys=capsys)
    assert code == 2
    assert "--force" in err
    assert target.read_bytes() == b"mine"
    assert run("generate", plan, "-o", target, "--force", capsys=capsys)[0] == 0
    assert target.read_bytes()[:2] == b"PK"


def test_a_target_open_in_excel_is_left_alone(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ra.xlsx"
    target.write_bytes(b"mine")
    (tmp_path / "~$ra.xlsx").write_bytes(b"")
    code, _, err = run("generate", plan, "-o", target, "--force", capsys=capsys)
    assert code == 2
    assert "~$ra.xlsx" in err
    assert target.read_bytes() == b"mine"


def test_protection_locks_formulas_and_leaves_inputs_open(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ra.xlsx"
    assert run("generate", plan, "-o", target, "--protect", capsys=capsys)[0] == 0
    sheet = openpyxl.load_workbook(target)["Phụ lục"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet["D9"].value == 46.3
    assert not sheet["D9"].protection.locked
    assert sheet["D7"].value.startswith("=SUMIF")
    assert sheet["D7"].protection.locked


def test_without_protect_nothing_is_protected(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ra.xlsx"
    run("generate", plan, "-o", target, capsys=capsys)
    assert not any(sheet.protection.sheet for sheet in openpyxl.load_workbook(target))


def test_demo_makes_all_five_with_their_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("demo", "-o", tmp_path / "out", "--lang", "en", capsys=capsys)
    assert code == 0
    lines = [line.split("/")[-1] for line in out.splitlines()]
    totals = {line.split(".xlsx")[0]: line.split("total ")[1] for line in lines}
    assert totals == {
        "binh-dinh-2021-2025": "6.860.000.000 đồng (Sáu tỷ, tám trăm sáu mươi triệu đồng chẵn)",
        "can-tho-2021-2025": "5.241.500.000 đồng (Năm tỷ hai trăm bốn mươi mốt triệu năm trăm nghìn đồng)",
        "dong-nai-2021-2025": "5.385.000.000 đồng (Năm tỷ ba trăm tám mươi lăm triệu đồng)",
        "dong-thap-2011-2015": "3.050.000.000 đồng (Ba tỉ không trăm năm mươi triệu đồng chẵn)",
        "nghe-an-2021-2025": "15.800.000.000 đồng (Mười lăm tỷ, tám trăm triệu đồng)",
    }
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(f"{name}.xlsx" for name in totals)


def test_a_reference_plan_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ra.xlsx"
    code, out, _ = run("generate", "dong-nai-2021-2025", "-o", target, capsys=capsys)
    assert code == 0
    assert "15 hạng mục" in out


def test_forms_prints_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("forms", "--lang", "en", capsys=capsys)
    assert code == 0
    assert len(out.splitlines()) == 8
    assert "sources-years         Summary: one row a source; total and yearly columns" in out


@pytest.mark.parametrize("form", ["groups-sources-years", "cost-tables", "sources-years", "items-total"])
def test_new_makes_an_empty_appendix(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "moi.xlsx"
    sources = "Ngân sách trung ương,Ngân sách tỉnh"
    code, _, err = run("new", "--form", form, "--years", "2026-2028", "--sources", sources, "-o", target, capsys=capsys)
    assert (code, err) == (0, "")
    book = openpyxl.load_workbook(target, data_only=True)
    assert book["Kiểm tra"]["D2"].value == "ĐẠT"


def test_new_refuses_a_period_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("new", "--form", "items-total", "--years", "2030-2026", "-o", tmp_path / "x.xlsx", capsys=capsys)
    assert code == 2
    assert err == "phuluc: --years không phải là giai đoạn; thấy “2030-2026”; cần như 2026-2030.\n"


def test_verify_agrees_on_what_generate_wrote_and_finds_a_tampered_value(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ra.xlsx"
    run("generate", plan, "-o", target, capsys=capsys)
    code, out, _ = run("verify", target, "--engine", "formualizer", capsys=capsys)
    assert code == 0
    assert "75 ô công thức" in out
    book = openpyxl.load_workbook(target)
    book.save(target)  # openpyxl drops the stored values
    code, out, _ = run("verify", target, "--engine", "formualizer", capsys=capsys)
    assert code == 1
    assert "KHÔNG KHỚP" in out


def test_help_is_quick_it_imports_neither_pandas_nor_openpyxl() -> None:
    code = (
        "import sys, phuluc\n"
        "try: phuluc.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'openpyxl', 'numpy', 'formualizer', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"
    assert "cách dùng: phuluc" in done.stdout


def test_errors_of_the_command_line_are_in_vietnamese_or_english(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("generate", capsys=capsys)
    assert (code, err) == (2, "phuluc generate: thiếu đối số: KẾ_HOẠCH\n")
    code, _, err = run("generate", "--lang", "en", capsys=capsys)
    assert (code, err) == (2, "phuluc generate: the following arguments are required: PLAN\n")


def test_an_entry_workbook_is_never_its_own_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = tmp_path / "nhap.xlsx"
    run("entry", "-o", entry, capsys=capsys)
    before = entry.read_bytes()
    code, _, err = run("generate", entry, "-o", entry, "--force", capsys=capsys)
    assert code == 2
    assert "tệp đích chính là tệp nhập liệu" in err
    assert entry.read_bytes() == before


def test_new_refuses_two_sources_with_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--form", "items-quantities", "--years", "2026", "--sources", "A,a", "-o", tmp_path / "x.xlsx")
    code, _, err = run("new", *words, capsys=capsys)
    assert (code, err) == (2, "phuluc: hai nguồn kinh phí trùng tên; thấy “A, a”.\n")


def test_vietnamese_comes_through_where_the_code_page_of_the_pc_cannot() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "phuluc", "--help"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert "Lập và kiểm tra phụ lục kinh phí" in done.stdout.decode("utf-8")
