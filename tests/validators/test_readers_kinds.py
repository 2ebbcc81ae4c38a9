"""One workbook in each kind of file says the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.mixed_workbook import NAME, mixed_workbook
from support.uno_session import OfficeSession

from validators.grid import MISSING, Book, DefinedName, GridCell
from validators.readers import read_book
from workbook.addresses import Area
from workbook.package import CellError

CORPUS = Path(__file__).parent / "corpus"

VALUES = {
    "A1": "PHỤ LỤC", "A2": "STT", "B2": "Nội dung", "C2": "Năm 2021", "D2": "Năm 2022",
    "A3": Decimal(1), "B3": "Xây dựng", "C3": Decimal("46.3"), "D3": Decimal(1377),
    "F3": datetime(2021, 5, 6, 7, 30), "G3": Decimal("-12.5"),
    "A4": Decimal(2), "B4": "  thụt dòng\nhai", "C4": Decimal("0.25"), "D4": date(2021, 5, 6),
    "B5": "Cộng", "C5": Decimal("46.55"), "D5": Decimal(2759),
    "A6": CellError("#DIV/0!"), "B6": True, "C6": 'a"b', "D6": Decimal("1423.3"),
    "A7": "1.377", "B7": "Xây dựngNăm 2021", "C7": Decimal("47.3"), "D7": Decimal("46.28"),
    "A10": Decimal(10), "B10": Decimal(473), "A11": Decimal(11), "B11": Decimal("519.3"),
    "A12": Decimal(12), "B12": Decimal("565.6"), "A13": Decimal(13), "B13": Decimal("611.9"),
}  # fmt: skip
FORMULAS = {
    "C5": "SUM(C3:C4)", "D5": "D3*2+Hai!B1", "A6": "1/0", "C6": 'IF(A3=1,"a""b","c")', "D6": "SUM($C$3:D$3)",
    "B7": "B3&C2", "C7": "Ten+1", "D7": "-2%+C3",
    "B10": "A10*C$3+$A$10", "B11": "A11*C$3+$A$10", "B12": "A12*C$3+$A$10", "B13": "A13*C$3+$A$10",
    "E3": "C3:C4*2",
}  # fmt: skip
SORTS = [
    "SUM(B1:B2,D1,5)",
    "ROUND(B1/1000,2)-(B2+1)^2*-3%",
    'IF(AND(B1>=1,B2<>"x"),"a""b"&B3,SUMIF(B1:B9,">0",C1:C9))',
    "SUBTOTAL(9,$B$1:B$9)",
    "'Trang 2'!B2+SUM('Trang 2'!$A$1:B2)",
    "SUMPRODUCT((B1:B3=1)*(C1:C3))",
    "VLOOKUP(B1,B1:C9,2,0)",
    "INDEX(B1:C9,MATCH(3,B1:B9,0),2)",
    "IFERROR(B1/B2,0)",
    "CHOOSE(2,B1,B2,B3)",
    "MAX(B1:B3)-MIN(B1:B3)+ABS(-1.5)",
]
NOISE = Decimal("565.5999999999999")  # what .xls stores in B12: LibreOffice's sum of binary numbers


@pytest.fixture(scope="module", params=["openpyxl.xlsx", "mixed.xls", "mixed.ods"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    if request.param != "openpyxl.xlsx":
        return read_book(CORPUS / request.param)
    path = tmp_path_factory.mktemp("mixed") / "a.xlsx"
    mixed_workbook().save(path)
    return read_book(path)


def addressed(book: Book) -> dict[str, GridCell]:
    return {f"{chr(64 + column)}{row}": cell for (row, column), cell in book.sheet(NAME).cells.items()}


def test_the_values(book: Book) -> None:
    cells = addressed(book)
    found = {place: cells[place].value for place in VALUES}
    assert found == VALUES
    assert [type(value) for value in found.values()] == [type(value) for value in VALUES.values()]
    assert set(cells) - set(VALUES) <= {"E3", "E4"}


def test_the_formulas_and_what_is_stored_of_them(book: Book) -> None:
    cells = addressed(book)
    found = {place: cell.formula for place, cell in cells.items() if cell.formula and place not in {"B6", "E4"}}
    assert found == FORMULAS
    assert cells["E3"].array
    assert not cells["C5"].array
    assert cells["C3"].cached == Decimal("46.3")
    assert cells["C5"].cached == (MISSING if book.kind == "xlsx" else Decimal("46.55"))
    assert cells["B12"].cached == {"xlsx": MISSING, "xls": NOISE, "ods": Decimal("565.6")}[book.kind]
    assert book.stale == ()
    assert len(book.calculated) == (13 if book.kind == "xlsx" else 0)


def test_how_the_cells_look(book: Book) -> None:
    cells = addressed(book)
    assert (cells["A1"].bold, cells["A1"].italic, cells["A1"].horizontal) == (True, False, "center")
    assert (cells["B5"].bold, cells["B5"].italic, cells["B5"].indent) == (True, True, 0)
    assert (cells["B4"].bold, cells["B4"].indent, cells["B4"].horizontal) == (False, 2, "left")
    assert [cells[place].number_format for place in ("C3", "D3", "C4", "A3")] == ["#,##0.0", "#,##0", "0.0%", "General"]
    assert cells["G3"].number_format.startswith("#,##0.00")


def test_the_sheets_what_is_merged_and_what_is_hidden(book: Book) -> None:
    assert [(sheet.name, sheet.visibility) for sheet in book.sheets] == [
        (NAME, "visible"),
        ("Hai", "hidden"),
        ("Trang 3", "visible"),
    ]
    sheet = book.sheet(NAME)
    assert (sheet.rows, sheet.columns) == (13, 7)
    assert sheet.merges == (Area(1, 1, 1, 4),)
    assert sheet.merge_at(1, 3) == Area(1, 1, 1, 4)
    assert sheet.merge_at(2, 1) is None
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({11}, {6})
    assert {place for place, cell in addressed(book).items() if cell.hidden} == {"A11", "B11", "F3"}
    assert book.sheet("Trang 3").value(1, 1) == Decimal("1469.85")
    assert book.sheet("Trang 3").cells[1, 1].formula == f"'{NAME}'!C5+SUM('{NAME}'!C3:D3)"
    assert book.names == (DefinedName("Ten", f"'{NAME}'!$C$3", None, hidden=False),)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_writes_today_reads_alike(tmp_path: Path, office: OfficeSession, kind: str) -> None:
    mixed_workbook().save(tmp_path / "mixed.xlsx")
    with office.open(tmp_path / "mixed.xlsx") as opened:
        opened.save_as(tmp_path / f"saved.{kind}")
    read = read_book(tmp_path / f"saved.{kind}")
    assert {place: addressed(read)[place].value for place in VALUES} == VALUES
    assert {place: addressed(read)[place].formula for place in FORMULAS} == FORMULAS
    assert (read.kind, read.stale) == (kind, ())


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_formulas_of_every_sort_in_the_other_kinds(tmp_path: Path, office: OfficeSession, kind: str) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Trang 2")
    for row, formula in enumerate(SORTS, 1):
        book.active.cell(row, 1, f"={formula}")
    book.save(tmp_path / "sorts.xlsx")
    with office.open(tmp_path / "sorts.xlsx") as opened:
        opened.save_as(tmp_path / f"sorts.{kind}")
    cells = read_book(tmp_path / f"sorts.{kind}").sheets[0].cells
    assert [cells[row, 1].formula for row in range(1, len(SORTS) + 1)] == SORTS


def test_a_wrong_suffix_is_read_and_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes((CORPUS / "mixed.ods").read_bytes())
    read = read_book(path)
    assert read.kind == "ods"
    assert read.remarks[0].vi == "tệp có đuôi “.xlsx” nhưng nội dung là .ods"
