"""Saving: all or nothing, with cached values."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from support.uno_session import OfficeSession

from faults import InputFault
from workbook import saving
from workbook.package import formula_cells
from workbook.saving import save, with_cached_values
from workbook.text import literal, write_text

OLD = b"the file that stands there"


def budget() -> Workbook:
    """Two sheets; a total, a text, a truth value, an empty text, each by formula."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Phụ lục I"
    write_text(sheet["A1"], "=1+1")
    for row, amount in enumerate([150, 27.5, "=SUM(B1:B2)"], start=1):
        sheet.cell(row, 2, amount)
    sheet["C3"] = "=" + literal("Tổng <&> cộng\nnăm") + '&" "&B3'
    sheet["D3"] = "=B3>100"
    sheet["E3"] = '=IF(D3,"","đỏ")'
    workbook.create_sheet("Kiểm tra")["A1"] = "='Phụ lục I'!B3*2"
    workbook.properties.created = workbook.properties.modified = datetime(2026, 1, 2, 3, 4, 5)
    return workbook


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_report_counts_formulas(tmp_path: Path) -> None:
    target = tmp_path / "phụ lục.xlsx"
    report = save(budget(), target, force=False)
    assert (report.path, report.formulas, report.errors) == (target, 5, ())
    assert files(tmp_path) == ["phụ lục.xlsx"]


def test_every_reader_sees_the_values(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    save(budget(), target, force=False)
    row = ["", 177.5, "Tổng <&> cộng\nnăm 177.5", True, ""]

    cells = openpyxl.load_workbook(target, data_only=True)["Phụ lục I"]
    assert [cells.cell(3, column).value for column in range(1, 6)] == [None, *row[1:4], None]
    frame = pd.read_excel(target, sheet_name="Phụ lục I", header=None, engine="openpyxl")
    assert list(frame.iloc[2, 1:4]) == row[1:4]
    sheets = CalamineWorkbook.from_path(target)
    assert sheets.get_sheet_by_name("Phụ lục I").to_python(skip_empty_area=False)[2] == row
    assert sheets.get_sheet_by_name("Kiểm tra").to_python() == [[355.0]]
    assert [cell.cached for cell in formula_cells(target)] == [*row[1:], 355.0]


def test_formulas_text_and_properties_stay_as_they_were(tmp_path: Path) -> None:
    save(budget(), tmp_path / "a.xlsx", force=False)
    saved = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert saved.sheetnames == ["Phụ lục I", "Kiểm tra"]
    assert (saved["Phụ lục I"]["A1"].value, saved["Phụ lục I"]["A1"].data_type) == ("=1+1", "s")
    assert saved["Phụ lục I"]["B3"].value == "=SUM(B1:B2)"
    assert saved["Kiểm tra"]["A1"].value == "='Phụ lục I'!B3*2"
    assert saved.properties.modified == datetime(2026, 1, 2, 3, 4, 5)


def test_libreoffice_reads_the_text_as_text(office: OfficeSession, tmp_path: Path) -> None:
    save(budget(), tmp_path / "a.xlsx", force=False)
    with office.open(tmp_path / "a.xlsx") as book:
        assert book.values("Phụ lục I", "A1:B3") == [["=1+1", 150], ["", 27.5], ["", 177.5]]
        assert book.formulas("Phụ lục I", "A1") == [["'=1+1"]]


def test_equal_workbooks_give_equal_bytes(tmp_path: Path) -> None:
    save(budget(), tmp_path / "a.xlsx", force=False)
    save(budget(), tmp_path / "b.xlsx", force=False)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_without_formulas_is_saved(tmp_path: Path) -> None:
    assert save(Workbook(), tmp_path / "a.xlsx", force=False).formulas == 0


def test_force_replaces_what_stands_there(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(OLD)
    save(budget(), target, force=True)
    assert openpyxl.load_workbook(target).sheetnames == ["Phụ lục I", "Kiểm tra"]
    assert files(tmp_path) == ["a.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_new_file_gets_ordinary_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(budget(), tmp_path / "new.xlsx", force=False)
        (tmp_path / "old.xlsx").write_bytes(OLD)
        (tmp_path / "old.xlsx").chmod(0o664)
        save(budget(), tmp_path / "old.xlsx", force=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.xlsx").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old.xlsx").stat().st_mode) == 0o664


def refuse_existing(folder: Path) -> Path:
    (folder / "a.xlsx").write_bytes(OLD)
    return folder / "a.xlsx"


def refuse_excel_lock(folder: Path) -> Path:
    (folder / "~$a.xlsx").touch()
    return folder / "a.xlsx"


def refuse_libreoffice_lock(folder: Path) -> Path:
    (folder / ".~lock.a.xlsx#").touch()
    return folder / "a.xlsx"


def refuse_folder(folder: Path) -> Path:
    (folder / "a.xlsx").mkdir()
    return folder / "a.xlsx"


@pytest.mark.parametrize(
    ("prepare", "force", "sentence"),
    [
        (refuse_existing, False, "the target exists already"),
        (refuse_excel_lock, True, "the target is open in another program"),
        (refuse_libreoffice_lock, True, "the target is open in another program"),
        (refuse_folder, True, "the target is a folder"),
        (lambda folder: folder / "không có" / "a.xlsx", False, "the folder of the target is missing"),
        (lambda folder: folder / "a.xls", False, "expected an .xlsx file"),
        (lambda folder: folder / "a", False, "expected an .xlsx file"),
        (lambda folder: folder / ("x" * 300 + ".xlsx"), False, "cannot be written"),
    ],
)
def test_a_target_that_cannot_be_written_is_refused(tmp_path: Path, prepare, force: bool, sentence: str) -> None:
    target = prepare(tmp_path)
    before = files(tmp_path)
    with pytest.raises(InputFault, match=sentence) as fault:
        save(budget(), target, force=force)
    assert fault.value.file == str(target)
    assert files(tmp_path) == before


def test_a_read_only_target_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = refuse_existing(tmp_path)
    monkeypatch.setattr(saving.os, "access", lambda *_: False)
    with pytest.raises(InputFault, match="read-only"):
        save(budget(), target, force=True)
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [PermissionError(13, "Permission denied"), OSError(28, "No space left on device")])
def test_a_failure_leaves_the_target_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: OSError
) -> None:
    def fail(*_: object) -> None:
        raise failure

    target = refuse_existing(tmp_path)
    monkeypatch.setattr(saving.os, step, fail)
    with pytest.raises(InputFault, match=f"cannot be written; found “{failure.strerror}”"):
        save(budget(), target, force=True)
    assert target.read_bytes() == OLD
    assert files(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(saving.os, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(budget(), tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == []


def test_a_target_that_was_opened_while_we_calculated_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened_meanwhile(data: bytes) -> bytes:
        (tmp_path / "~$a.xlsx").touch()
        return with_cached_values(data)

    monkeypatch.setattr(saving, "with_cached_values", opened_meanwhile)
    with pytest.raises(InputFault, match="open in another program"):
        save(budget(), tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == ["~$a.xlsx"]


def test_values_that_were_not_filled_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "with_cached_values", lambda data: data)
    with pytest.raises(RuntimeError, match="0 formulas of 5 have a value"):
        save(budget(), tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == []


def test_a_file_that_was_cut_short_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "with_cached_values", lambda data: with_cached_values(data)[:-100])
    with pytest.raises(InputFault, match="damaged"):
        save(budget(), tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == []


def test_an_error_value_is_refused_unless_it_is_allowed(tmp_path: Path) -> None:
    workbook = budget()
    workbook["Kiểm tra"]["B2"] = "=1/0"
    workbook["Kiểm tra"]["B3"] = "=KHONGCO(1)"
    with pytest.raises(InputFault, match=r"sheet “Kiểm tra”, cell B2: .*error value; found “#DIV/0!”"):
        save(workbook, tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == []
    report = save(workbook, tmp_path / "a.xlsx", force=False, allow_errors=True)
    assert report.errors == (("Kiểm tra", "B2", "#DIV/0!"), ("Kiểm tra", "B3", "#NAME?"))


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("=B2+1", "cannot be calculated"),
        ("=[khác.xlsx]Sheet1!A1", "cannot be calculated"),
        ("=SUM(", "cannot be calculated"),
        ("=" + literal("ế" * 8200), "sheet “Kiểm tra”, cell B2: the formula is longer than Excel allows"),
    ],
)
def test_a_formula_that_cannot_be_delivered_is_refused(tmp_path: Path, formula: str, sentence: str) -> None:
    workbook = budget()
    workbook["Kiểm tra"]["B2"] = formula
    with pytest.raises(InputFault, match=sentence):
        save(workbook, tmp_path / "a.xlsx", force=False)
    assert files(tmp_path) == []


def test_escapes_do_not_count_as_length(tmp_path: Path) -> None:
    workbook = budget()
    workbook["Kiểm tra"]["B2"] = "=" + literal("ế" * 8000)
    assert save(workbook, tmp_path / "a.xlsx", force=False).formulas == 6


def test_cached_values_of_something_else_than_a_workbook() -> None:
    with pytest.raises(InputFault, match="cannot be calculated"):
        with_cached_values(b"not a workbook")
