"""Defined names and tables."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

SHEET = "Phụ lục I"


@pytest.fixture
def book(app: xw.App) -> xw.Book:
    book = app.books.add()
    book.sheets[0].name = SHEET
    book.sheets.add("Hai", after=book.sheets[0])
    book.sheets[0]["A1"].value = [[1, 2], [3, 4]]
    return book


def named(book: xw.Book) -> dict[str, str | None]:
    return {name.name: name.refers_to for name in book.names}


def test_names_are_added_read_and_used(book: xw.Book) -> None:
    name = book.names.add("Nguồn_vốn", "='Phụ lục I'!$A$1:$B$2")
    book.sheets["Hai"].names.add("Riêng", "='Phụ lục I'!$A$1")
    book.names.add("Hai!Khác", "=SUM('Phụ lục I'!$A$1:$A$2,1)")
    book.sheets[SHEET]["B2"].name = "Ô"
    assert name.refers_to_range == book.sheets[SHEET]["A1:B2"]
    assert named(book) == {
        "Nguồn_vốn": "='Phụ lục I'!$A$1:$B$2",
        "Ô": "='Phụ lục I'!$B$2",
        "Hai!Riêng": "='Phụ lục I'!$A$1",
        "Hai!Khác": "=SUM('Phụ lục I'!$A$1:$A$2,1)",
    }
    assert {each.name for each in book.sheets["Hai"].names} == {"Hai!Riêng", "Hai!Khác"}
    assert book.sheets[SHEET]["Nguồn_vốn"].value == [[1.0, 2.0], [3.0, 4.0]]
    assert book.sheets["Hai"]["riêng"].address == "$A$1"
    assert book.sheets[SHEET]["B2"].name.name == "Ô"
    assert book.sheets[SHEET]["B1"].name is None
    book.sheets["Hai"]["A1"].formula = "=SUM(Nguồn_vốn)+Riêng"
    assert (book.sheets["Hai"]["A1"].value, book.sheets["Hai"]["A1"].formula) == (11.0, "=SUM(Nguồn_vốn)+Riêng")
    with pytest.raises(KeyError):
        book.sheets[SHEET]["Riêng"]
    with pytest.raises(ValueError, match="does not stand for a range"):
        _ = book.names["Hai!Khác"].refers_to_range


def test_names_are_changed_and_deleted(book: xw.Book) -> None:
    book.names.add("một", "='Phụ lục I'!$A$1")
    book.names.add("hai", "='Phụ lục I'!$A$2")
    book.names["một"].refers_to = "='Phụ lục I'!$B$1"
    book.names["hai"].name = "ba"
    assert named(book) == {"một": "='Phụ lục I'!$B$1", "ba": "='Phụ lục I'!$A$2"}
    del book.names["MỘT"]
    assert ("một" in book.names, "ba" in book.names, len(book.names)) == (False, True, 1)
    with pytest.raises(KeyError):
        book.names["một"]


def test_names_survive_being_saved_and_print_areas_are_none(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    book.names.add("Nguồn", "='Phụ lục I'!$A$1")
    book.sheets["Hai"].names.add("Riêng", "=Hai!$A$1")
    book.sheets[0].page_setup.print_area = "A1:B2"
    book.save(str(tmp_path / "tên.xlsx"))
    book.close()
    assert named(app.books.open(str(tmp_path / "tên.xlsx"))) == {
        "Nguồn": "='Phụ lục I'!$A$1",
        "Hai!Riêng": "=Hai!$A$1",
    }


def test_names_and_tables_of_a_file(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    for row in (["Tên", "Tiền"], ["a", 1], ["b", 2]):
        sheet.append(row)
    sheet.add_table(Table(displayName="Bảng1", ref="A1:B3"))
    workbook.defined_names["Nguồn"] = DefinedName("Nguồn", attr_text="'Phụ lục I'!$B$2:$B$3")
    workbook.save(tmp_path / "bảng.xlsx")
    opened = app.books.open(str(tmp_path / "bảng.xlsx")).sheets[0]
    assert [(name.name, name.refers_to_range.value) for name in opened.book.names] == [("Nguồn", [1.0, 2.0])]
    (table,) = opened.tables
    assert (table.name, table.parent, table.show_headers, table.show_totals) == ("Bảng1", opened, True, False)
    assert [each and each.address for each in (table.range, table.header_row_range, table.data_body_range)] == [
        "$A$1:$B$3",
        "$A$1:$B$1",
        "$A$2:$B$3",
    ]
    assert table.totals_row_range is None
    assert (opened["B2"].table, opened["C2"].table) == (table, None)
    assert ("bảng1" in opened.tables, opened.tables["Bảng1"] == table, len(opened.tables)) == (True, True, 1)
    with pytest.raises(KeyError):
        opened.tables["không có"]
