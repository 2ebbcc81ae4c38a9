"""Sheets that are written row by row: what stands in them, and that a file stands there whole or not at all."""

from __future__ import annotations

import errno
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from faults import InputFault
from workbook.looks import figure_format
from workbook.row_xml import GAPS, ROW, Formula, Number, digits
from workbook.streaming import Cell, Prepared, streamed


def test_texts_are_texts_numbers_exact_and_formulas_have_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with streamed(path, figure_format(1), {"title": "Thử"}) as book:
        sheet = book.sheet("Trang", (20.0, 20.0, 20.0), helpers=1)
        sheet.across("TIÊU ĐỀ", "title")
        sheet.write(Cell("=1+1", "text"), Cell(Decimal("46.3"), "figure"), Cell(None, "text"), Cell("N1", "helper"))
        sheet.write(Cell("a < & >\n b ", "line"), Cell(Formula("SUM(B2:B2)", Decimal("46.3")), "figure-sum"))
        sheet.finish_list(1)
    made, stored = (openpyxl.load_workbook(path, data_only=only)["Trang"] for only in (False, True))
    assert [[cell.value for cell in row] for row in made.iter_rows(min_row=2)] == [
        ["=1+1", 46.3, None, "N1"],
        ["a < & >\n b ", "=SUM(B2:B2)", None, None],
    ]
    assert [made["A2"].data_type, made["A2"].quotePrefix, stored["B3"].value] == ["s", True, 46.3]
    assert [made["B2"].number_format, made["B2"].font.name] == ["#,##0.0", "Times New Roman"]
    assert [made.column_dimensions["D"].hidden, made.print_area, made.freeze_panes] == [True, "'Trang'!$A$1:$C$3", "B2"]


def test_prepared_cells_stand_in_any_row_with_what_differs_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with streamed(path, figure_format(0), {}) as book:
        first, second = (book.sheet(name, (20.0,) * 4) for name in ("Một", "Hai"))
        link = Cell(Formula(f'HYPERLINK(A{ROW}&"#{GAPS[0]}","{GAPS[0]}")', GAPS[0]), "line-link")
        cells = book.prepared(1, Cell("R&D <1>", "line"), link), book.prepared(3, Cell(Number(GAPS[1]), "line-figure"))
        end = book.prepared(4, Cell(None, "line"))
        assert [
            first.write(Cell("trước", "line")),
            first.write_prepared(Prepared((*cells, end), ("C7", digits(Decimal("46.3"))))),
            first.write_prepared(Prepared((*cells, end), ("D12", digits(1)))),
            second.write_prepared(Prepared(cells, ("E5", digits(Decimal("1E+3"))))),
        ] == [1, 2, 3, 1]
    made, stored = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    assert [[cell.value for cell in row] for sheet in made for row in sheet.iter_rows()] == [
        ["trước", None, None, None],
        ["R&D <1>", '=HYPERLINK(A2&"#C7","C7")', 46.3, None],
        ["R&D <1>", '=HYPERLINK(A3&"#D12","D12")', 1, None],
        ["R&D <1>", '=HYPERLINK(A1&"#E5","E5")', 1000],
    ]
    assert [stored["Một"]["B3"].value, stored["Hai"]["B1"].value] == ["D12", "E5"]
    assert [made["Hai"]["A1"].font.name, made["Một"]["D3"].border.left.style] == ["Times New Roman", "thin"]


def test_rows_are_as_high_as_their_texts_need_and_merged_only_where_there_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with streamed(path, figure_format(0), {}) as book:
        sheet = book.sheet("Trang", (20.0, 20.0))
        sheet.across("một dòng chữ dài hơn bề rộng của hai cột cộng lại", "note")
        sheet.across("", "note")
        sheet.skip()
        sheet.write(Cell(1, "count"), Cell("  hai đầu  ", "line"))
    made = openpyxl.load_workbook(path)["Trang"]
    assert [made.row_dimensions[row].height for row in (1, 2, 3, 4)] == [35.25, 18, None, 18]
    assert [str(area) for area in made.merged_cells.ranges] == ["A1:B1"]
    assert [made.dimensions, made["A4"].value, made["B4"].value] == ["A1:B4", 1, "  hai đầu  "]


def test_texts_that_excel_would_take_for_escaped_letters_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with streamed(path, figure_format(0), {}) as book:
        book.sheet("Trang", (20.0,)).write(Cell("a_x0041_b", "line"))
    with zipfile.ZipFile(path) as package:
        assert "<t>a_x005F_x0041_b</t>" in package.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("step", ["workbook.streaming._fill", "workbook.streaming._verify"])
def test_a_full_disk_leaves_nothing_and_is_said(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(step, full)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"earlier")
    with pytest.raises(InputFault, match="cannot be written"), streamed(path, "0", {}) as book:
        book.sheet("Trang", (20.0,)).write(Cell("a", "text"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"earlier"
