"""The session itself, on a workbook of six cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.uno_session import OfficeError, OfficeSession

SHEET = "Phụ lục I"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    for row, value in enumerate([1200, 34.5, "=SUM(A1:A2)", "=1/0", "Cần Thơ", "=A1>1"], start=1):
        sheet.cell(row, 1, value)
    for row in (1, 2, 3):
        sheet.cell(row, 1).number_format = "#,##0.0"
    path = tmp_path / "sổ.xlsx"
    workbook.save(path)
    return path


def test_reads_values_formulas_and_what_a_vietnamese_reader_sees(office: OfficeSession, book: Path) -> None:
    with office.open(book) as opened:
        assert opened.sheets() == [SHEET]
        assert opened.used(SHEET) == "A1:A6"
        assert opened.values(SHEET, "A1:A6") == [[1200], [34.5], [1234.5], ["#DIV/0!"], ["Cần Thơ"], [1]]
        assert opened.formulas(SHEET, "A3:A5") == [["=SUM(A1:A2)"], ["=1/0"], ["Cần Thơ"]]
        assert opened.strings(SHEET, "A1:A3") == [["1.200,0"], ["34,5"], ["1.234,5"]]
    assert [file.name for file in book.parent.iterdir()] == ["sổ.xlsx"]


def test_totals_follow_a_changed_cell_and_a_changed_set_of_rows(office: OfficeSession, book: Path) -> None:
    with office.open(book) as opened:
        opened.set(SHEET, "A1", 1000)
        opened.insert_rows(SHEET, 2, 2)
        opened.set(SHEET, "A2", 0.5)
        opened.calculate()
        assert opened.formulas(SHEET, "A5") == [["=SUM(A1:A4)"]]
        assert opened.value(SHEET, "A5") == 1035
        opened.delete_rows(SHEET, 2, 2)
        assert opened.value(SHEET, "A3") == 1034.5
        opened.set(SHEET, "A2", None)
        opened.set_formula(SHEET, "B1", "=A3*2")
        opened.set(SHEET, "B2", "=1+1")
        assert opened.values(SHEET, "A1:B3") == [[1000, 2000], ["", "=1+1"], [1000, ""]]


def test_saves_a_copy(office: OfficeSession, book: Path, tmp_path: Path) -> None:
    with office.open(book) as opened:
        opened.set(SHEET, "A1", 5.5)
        opened.save_as(tmp_path / "bản sao.xlsx")
        opened.save_as(tmp_path / "bản in.pdf")
    saved = openpyxl.load_workbook(tmp_path / "bản sao.xlsx", data_only=True)
    assert saved[SHEET]["A3"].value == 40
    assert (tmp_path / "bản in.pdf").read_bytes().startswith(b"%PDF-")


def test_a_refused_call_says_so_and_the_session_lives_on(office: OfficeSession, book: Path) -> None:
    with office.open(book) as opened:
        with pytest.raises(OfficeError, match="NoSuchElementException"):
            opened.value("Không có", "A1")
        assert opened.value(SHEET, "A1") == 1200
