"""How cells look: read back as set, and there in the saved file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.cell import Cell


@pytest.fixture
def sheet(app: xw.App) -> xw.Sheet:
    return app.books.add().sheets[0]


def saved(sheet: xw.Sheet, folder: Path, cell: str) -> Cell:
    sheet.book.api.SaveCopyAs(str(folder / "sau.xlsx"))
    return openpyxl.load_workbook(folder / "sau.xlsx")[sheet.name][cell]


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "@",
        "#,##0",
        "#,##0.00",
        "0.0%",
        "dd/mm/yyyy",
        "m/d/yyyy h:mm",
        "[h]:mm",
        '#,##0;[Red]-#,##0;"-"',
        '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)',
        '#,##0 "đồng"',
        "#,##0,",
    ],
)
def test_number_formats_are_excels_and_english(sheet: xw.Sheet, tmp_path: Path, code: str) -> None:
    sheet["A1"].value = 1234.5
    sheet["A1"].number_format = code
    assert sheet["A1"].number_format == code
    written = saved(sheet, tmp_path, "A1").number_format
    assert "[$-" not in written
    assert written.replace("\\", "").replace('"', "").lower() == code.replace('"', "").lower()


def test_what_differs_reads_none(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "0%"
    sheet["A1"].color = "#ff0000"
    sheet["A1"].font.bold = sheet["A1"].wrap_text = True
    sheet["A1"].horizontal_alignment = "center"
    cells = sheet["A1:A2"]
    assert (cells.number_format, cells.color, cells.font.bold, cells.wrap_text, cells.horizontal_alignment) == (
        None,
    ) * 5


def test_fills(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1:B1"].color = (255, 199, 206)
    assert sheet["A1:B1"].color == (255, 199, 206)
    sheet["A2"].color = 255  # Excel's numbers have red last
    assert sheet["A2"].color == (255, 0, 0)
    sheet["A1"].color = None
    assert (sheet["A1"].color, sheet["B1"].color) == (None, (255, 199, 206))
    sheet["A3:C3"].color = "#00ff00"
    sheet["A3:C3"].set_colors([["#0000ff", ..., None]])
    assert [cell.color for cell in sheet["A3:C3"]] == [(0, 0, 255), (0, 255, 0), None]
    assert saved(sheet, tmp_path, "B1").fill.fgColor.rgb == "FFFFC7CE"


def test_fonts(sheet: xw.Sheet, tmp_path: Path) -> None:
    font = sheet["A1"].font
    assert (font.bold, font.italic, font.color) == (False, False, (0, 0, 0))
    font.bold = font.italic = True
    font.size, font.name, font.color = 13, "Times New Roman", "#c00000"
    assert (font.bold, font.italic, font.size, font.name, font.color) == (
        True,
        True,
        13.0,
        "Times New Roman",
        (192, 0, 0),
    )
    sheet["A1"].value = "x"
    written = saved(sheet, tmp_path, "A1").font
    assert (written.b, written.i, written.sz, written.name, written.color.rgb) == (
        True,
        True,
        13,
        "Times New Roman",
        "FFC00000",
    )
    font.bold = False
    assert not font.bold


def test_alignment(sheet: xw.Sheet, tmp_path: Path) -> None:
    cell = sheet["A1"]
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == ("general", "bottom", False)
    for horizontal in ("left", "center", "right", "fill", "justify"):
        cell.horizontal_alignment = horizontal
        assert cell.horizontal_alignment == horizontal
    for vertical in ("center", "bottom", "justify", "top"):
        cell.vertical_alignment = vertical
        assert cell.vertical_alignment == vertical
    cell.wrap_text = True
    written = saved(sheet, tmp_path, "A1").alignment
    assert (written.horizontal, written.vertical, written.wrap_text) == ("justify", "top", True)
    with pytest.raises(NotImplementedError):
        cell.horizontal_alignment = "distributed"


def test_borders(sheet: xw.Sheet, tmp_path: Path) -> None:
    borders = sheet["B2:D4"].borders
    assert (borders.line_style, borders.weight, borders.color) == ("none", None, None)
    borders.set("all", line_style="continuous", weight="thin")
    assert (borders.line_style, borders.weight, borders.color) == ("continuous", "thin", (0, 0, 0))
    borders["edge_bottom"].weight = "thick"
    borders["edge_top"].line_style = "double"
    borders["inside_horizontal"].color = "#ff0000"
    assert borders.weight is None
    assert [(borders[side].line_style, borders[side].weight, borders[side].color) for side in (
        "edge_bottom", "edge_top", "inside_horizontal", "edge_left"
    )] == [
        ("continuous", "thick", (0, 0, 0)),
        ("double", "thin", (0, 0, 0)),
        ("continuous", "thin", (255, 0, 0)),
        ("continuous", "thin", (0, 0, 0)),
    ]  # fmt: skip
    written = saved(sheet, tmp_path, "B4").border
    assert (written.left.style, written.bottom.style, written.top.color.rgb) == ("thin", "thick", "FFFF0000")
    sheet["C3"].borders["diagonal_up"].line_style = "dash"
    assert sheet["C3"].borders["diagonal_up"].line_style == "dash"
    borders.clear()
    assert (borders.line_style, sheet["C3"].borders["diagonal_up"].line_style) == ("none", "none")


def test_sizes_are_excels(app: xw.App, sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A:B"].column_width = 20
    sheet["2:3"].row_height = 30
    assert [sheet[each].column_width for each in ("A1", "A:B", "B1:C1")] == [20.0, 20.0, None]
    assert [sheet[each].row_height for each in ("A2", "2:3", "A3:A4")] == [30.0, 30.0, None]
    sheet["A2"].value = "x"
    cell = saved(sheet, tmp_path, "A2")
    assert cell.parent.row_dimensions[2].height == 30
    assert cell.parent.column_dimensions["A"].width == pytest.approx(20.7, abs=0.3)  # a file counts the padding too
    sheet.book.close()
    opened = app.books.open(str(tmp_path / "sau.xlsx")).sheets[0]
    assert (opened["A1"].column_width, opened["A2"].row_height) == (20.0, 30.0)
    assert opened["A2"].top == pytest.approx(opened["A1"].height, abs=0.1)
    assert opened["B1"].left == pytest.approx(opened["A1"].width, abs=0.1)


def test_a_width_of_another_program(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.column_dimensions["A"].width = 30
    workbook.active["A1"] = "x"
    workbook.save(tmp_path / "rộng.xlsx")
    assert app.books.open(str(tmp_path / "rộng.xlsx")).sheets[0]["A1"].column_width == pytest.approx(29.3, abs=0.3)


def test_hidden_rows_and_columns(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1:D9"].value = 1
    sheet["3:4"].rows.hidden = True
    sheet["C:C"].columns.hidden = True
    assert [sheet[each].rows.hidden for each in ("A3", "A3:A4", "A2:A3", "A1:A2")] == [True, True, None, False]
    assert [sheet[each].columns.hidden for each in ("C1", "B1:C1", "A:B")] == [True, None, False]
    written = saved(sheet, tmp_path, "A1").parent
    assert [written.row_dimensions[row].hidden for row in (2, 3, 4)] == [False, True, True]
    assert written.column_dimensions["C"].hidden
    sheet["3:4"].rows.hidden = False
    assert sheet["A1:A9"].rows.hidden is False


def test_rows_are_as_high_as_their_text(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "một dòng chữ dài hơn hẳn bề rộng của một cột bình thường"
    sheet["A1"].wrap_text = True
    sheet["A1"].row_height = 10
    sheet["A1"].rows.autofit()
    assert sheet["A1"].row_height > 40
    sheet["A1"].wrap_text = False
    sheet["A1"].autofit()
    assert sheet["A1"].row_height < 20
    assert sheet["A1"].column_width > 40


def test_looks_are_cleared_and_contents_stay(sheet: xw.Sheet) -> None:
    sheet["A1"].value, sheet["A1"].color, sheet["A1"].number_format = 1, "#ff0000", "0%"
    sheet["A1"].conditional_formats.add_custom("=A1=1", fill_color="#ffc7ce")
    sheet["A1"].clear_formats()
    assert (sheet["A1"].value, sheet["A1"].color, sheet["A1"].number_format) == (1.0, None, "General")
    assert len(sheet["A1"].conditional_formats) == 0
    sheet["A1"].color = "#ff0000"
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (255, 0, 0))
