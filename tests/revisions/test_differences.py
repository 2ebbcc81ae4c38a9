"""Files and plans compared: the decisions as printed and as generated, and the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.reference import NAMES, reference
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed
from support.uno_session import OfficeSession

from budget.plan import Amount, Axis
from generators.generate import generate
from phuluc import main
from revisions.differences.changes import differences
from revisions.differences.reading import version_of
from validators.checking import examine
from validators.readers import read_book

#: Of docs/printed-differences.md what is about amounts: kind of change, cell, before, after.
_PRINTED = {
    "binh-dinh-2021-2025": [("stated", "C36", "3235000000", "3325000000")],
    "can-tho-2021-2025": [
        ("printed", "E61", "2000.000.000", "200000000"),
        ("printed", "E62", "2000.000.000", "200000000"),
    ],
    "dong-nai-2021-2025": [("stated", "I22", "500000000", "385000000")],
    # its first costings are typed as lines of the text, and its summary twice
    "dong-thap-2011-2015": [
        ("printed", "C17", "150.0000.000", "150000000"),
        ("added", "A4", "None", "529000000"),
        ("removed", "A74", "3050000000", "None"),
    ],
    "nghe-an-2021-2025": [],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_its_workbook_and_the_decision_as_it_is_printed(name: str, tmp_path: Path) -> None:
    workbook = generate(reference(name), tmp_path / "generated.xlsx").path
    generated = version_of(examine(read_book(workbook)), "generated")
    assert main(["diff", name, str(workbook)]) == 0
    for typing in Typing:
        typed = version_of(examine(read_book(typed_seed(name, typing, tmp_path))), "typed")
        found = differences(typed, generated)
        told = [(c.what, c.place and c.place.address, str(c.before), str(c.after)) for c in found.changes]
        assert told == _PRINTED[name]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Cần Thơ's workbook with an amount changed, D9 from 18 to 20, and the wording of item II.1."""
    plan = reference("can-tho-2021-2025")
    items = list(plan.items)
    axis = Axis("local", 2021)
    assert items[1].amounts[axis].value == 18
    items[1] = replace(items[1], amounts={**items[1].amounts, axis: Amount(Decimal(20))})
    items[-1] = replace(items[-1], title=f"{items[-1].title} mạng")
    estimates = tuple(each for each in plan.estimates if each.item != items[1].id)
    return generate(replace(plan, items=tuple(items), estimates=estimates), tmp_path / "moi.xlsx").path


def test_text_tells_totals_first(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "can-tho-2021-2025", str(changed)]) == 1
    out = capsys.readouterr().out
    assert "Tổng kinh phí 5.241,5 -> 5.243,5 triệu đồng (+2)" in " ".join(out.split())
    assert "    Địa phương, năm 2021: 18 -> 20 triệu đồng (+2)" in out.splitlines()
    assert "Đổi tên (1):" in out.splitlines()


def test_json_is_exact_and_the_marked_copy_has_links(
    changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "so-sanh.xlsx"
    assert main(["diff", "can-tho-2021-2025", str(changed), "--format", "json", "--report", str(report)]) == 1
    told = json.loads(capsys.readouterr().out)
    (amount,) = [change for change in told["changes"] if change["change"] == "amount"]
    assert (amount["before"], amount["after"], amount["difference"]) == ("18000000", "20000000", "2000000")
    assert (amount["source"], amount["year"], amount["cell"]) == ("Địa phương", 2021, "D9")
    assert told["totals"][0] | {"difference": "2000000"} == told["totals"][0]
    book = openpyxl.load_workbook(report)
    assert book["Phụ lục 1"]["D9"].comment.text.startswith("Đổi số tiền (Địa phương, năm 2021): 18 -> 20")  # type: ignore[union-attr]
    links = [cell.hyperlink.location for row in book["So sánh"] for cell in row if cell.hyperlink]
    assert "'Phụ lục 1'!D9" in links
    assert main(["diff", str(changed), str(report)]) == 0  # our sheet and our marks are no part of the appendix


def test_an_appendix_to_fill_and_what_was_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As they are sent to agencies, and come back."""
    plan = reference("binh-dinh-2021-2025")
    blank = replace(plan, items=tuple(replace(item, amounts={}) for item in plan.items), controls=())
    workbook = str(generate(blank, tmp_path / "de-dien.xlsx").path)
    assert main(["diff", workbook, plan.key, "--format", "json", "--report", str(tmp_path / "dien.xlsx")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {(change["change"], change["before"]) for change in told["changes"]} == {("amount", None)}
    assert told["totals"][0]["difference"] == "6860000000"
    assert main(["diff", workbook, workbook]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Hai bản như nhau."


def test_what_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trống.xlsx"
    openpyxl.Workbook().save(path)
    assert main(["diff", str(path), "can-tho-2021-2025"]) == 2
    assert "không có bảng nào có số tiền" in capsys.readouterr().err


_TYPED = """
Đơn vị tính: triệu đồng
STT | Nội dung | Tổng cộng | NSTW | NSĐP
1 | Hội nghị tập huấn | {0} | 20 | {1}
2 | In ấn tài liệu | 30 | 10 | 20
 | *Tổng cộng* | {2} | 30 | {3}
"""


def test_an_old_format_takes_no_marks_and_the_report_says_so(
    tmp_path: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (typed_file(tmp_path / name, text) for name, text in (
        ("cu.xlsx", _TYPED.format(50, 30, 80, 50)), ("moi.xlsx", _TYPED.format(60, 40, 90, 60)),
    ))  # fmt: skip
    old_format, report = new.with_suffix(".xls"), tmp_path / "so-sanh.xlsx"
    with office.open(new) as book:
        book.save_as(old_format)
    assert main(["diff", str(old), str(old_format), "--report", str(report)]) == 1
    said = "Không đánh dấu được 1 ô thay đổi: 1 ô ở trang “Phụ lục” (tệp .xls không nhận đánh dấu)."
    assert said in capsys.readouterr().err
    assert said in [cell.value for cell in openpyxl.load_workbook(report)["So sánh"]["A"]]


def test_cells_beyond_the_notes_of_a_file_are_coloured_and_that_is_said(
    changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("revisions.differences.sheet.MOST_NOTES", 1)
    report = tmp_path / "so-sanh.xlsx"
    assert main(["diff", "can-tho-2021-2025", str(changed), "--report", str(report), "--lang", "en"]) == 1
    assert "Changed cells with a colour and without a note (1): 1 on “Phụ lục 1” (" in capsys.readouterr().err
    sheet = openpyxl.load_workbook(report)["Phụ lục 1"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("D9", "B19")] == ["FFFFEB9C", "FFDDEBF7"]
    assert [sheet[cell].comment is None for cell in ("D9", "B19")] == [False, True]


@pytest.mark.parametrize("which", ["old", "new"])
def test_a_report_is_written_over_neither_version(
    changed: Path, tmp_path: Path, which: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry workbook too, which is read by way of the workbook made of it."""
    entry = tmp_path / "nhap.xlsx"
    assert main(["entry", "-o", str(entry)]) == 0
    before = entry.read_bytes()
    versions = [str(entry), str(changed)] if which == "old" else [str(changed), str(entry)]
    assert main(["diff", *versions, "--report", str(entry), "--force"]) == 2
    assert "tệp đích chính là tệp đang được đọc" in capsys.readouterr().err
    assert entry.read_bytes() == before


def _compared(tmp_path: Path, old: dict[str, str] | str, new: dict[str, str] | str, *options: str) -> int:
    files = [str(typed_file(tmp_path / name, text)) for name, text in (("cu.xlsx", old), ("moi.xlsx", new))]
    return main(["diff", *files, *options])


_ONE = """
Đơn vị tính: triệu đồng
STT | Nội dung | Kế hoạch năm 2026 | Lũy kế đến hết năm 2025
1 | Hội nghị tập huấn | 50 | {}
2 | In ấn tài liệu | {} | 5
 | *Tổng cộng* | 80 | 12
"""


def test_what_is_not_compared_is_told_even_where_nothing_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column of what was spent, another unit than the one meant, a cell that shows an error, a hidden sheet."""
    assert _compared(tmp_path, _ONE.format(7, 30), _ONE.format(8, 30)) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1] == "Hai bản như nhau."
    assert "Cả hai bản: Không so sánh cột không thuộc tổng của bảng: Phụ lục, cột D (Lũy kế đến hết năm 2025)." in out
    without_unit = _TYPED.format(50, 30, 80, 50).replace("Đơn vị tính: triệu đồng", "")
    assert _compared(tmp_path, _TYPED.format(50, 30, 80, 50), without_unit, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["old"]["remarks"] == []
    assert told["new"]["remarks"] == ["Không nêu đơn vị tính, nên số được hiểu là đồng: Phụ lục."]
    assert _compared(tmp_path, _ONE.format(7, 30), _ONE.format(7, "=1/0 => #DIV/0!"), "--lang", "en") == 1
    said = "New: Cells that show an error or a formula without a result, taken for no amount: Phụ lục C4 (#DIV/0!)."
    assert said in capsys.readouterr().out.splitlines()


def test_a_hidden_sheet_is_not_compared_and_that_stands_on_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = typed_file(
        tmp_path / "cu.xlsx", {"Phụ lục": _TYPED.format(50, 30, 80, 50), "Nháp": _TYPED.format(1, 1, 2, 2)}
    )
    book = openpyxl.load_workbook(old)
    book["Nháp"].sheet_state = "hidden"
    book["Phụ lục"]["D3"], book["Phụ lục"]["C3"] = 25, 55
    book.save(tmp_path / "moi.xlsx")
    report = tmp_path / "so-sanh.xlsx"
    assert main(["diff", str(old), str(tmp_path / "moi.xlsx"), "--report", str(report)]) == 1
    said = "Bản mới: Không so sánh trang ẩn: Nháp."
    assert said in capsys.readouterr().out.splitlines()
    assert said in [cell.value for cell in openpyxl.load_workbook(report)["So sánh"]["A"]]


def test_what_one_version_alone_has_is_named_as_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = "Đơn vị tính: triệu đồng\nSTT | Nội dung | Kinh phí\n1 | Hội nghị tập huấn | 50\n2 | In ấn tài liệu | 30"
    assert _compared(tmp_path, _TYPED.format(50, 30, 80, 50), whole) == 1
    out = capsys.readouterr().out
    assert "    NSTW: 20 triệu đồng -> không có (-20)" in out
    assert "    không có -> 50 triệu đồng (+50)" in out


def test_changed_texts_stand_in_the_order_of_their_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "ĐVT: triệu đồng\nSTT | Nội dung | Mục tiêu | Đơn vị thực hiện | Ghi chú | Kinh phí\n"
    old = typed_file(tmp_path / "a.xlsx", head + "1 | Hội nghị | Nhanh | Sở A | cũ | 5\n2 | Tập huấn | | | | 6")
    new = typed_file(tmp_path / "b.xlsx", head + "1 | Hội nghị | Gọn | Sở B | mới | 5\n2 | Tập huấn | | | | 6")
    assert main(["diff", str(old), str(new), "--format", "json"]) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(change["before"], change["after"]) for change in changes] == [
        ("Nhanh", "Gọn"), ("Sở A", "Sở B"), ("cũ", "mới"),
    ]  # fmt: skip
