"""Cells inserted, deleted, copied, pasted, moved and merged; what refers to them follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from faults import InputFault


@pytest.fixture
def sheet(app: xw.App) -> xw.Sheet:
    """A small table with a total below."""
    sheet = app.books.add().sheets[0]
    sheet["A1"].value = [["TT", "Tiền"], [1, 10], [2, 20], ["Cộng", "=SUM(B2:B3)"]]
    sheet["A3:B3"].color = "#ffff00"
    sheet["B2:B4"].number_format = "#,##0.0"
    return sheet


def test_rows_are_inserted_with_the_looks_of_the_row_above_or_below(sheet: xw.Sheet) -> None:
    sheet["3:4"].insert("down")
    assert sheet["A1:B6"].formula[1:] == (("1", "10"), ("", ""), ("", ""), ("2", "20"), ("Cộng", "=SUM(B2:B5)"))
    assert (sheet["A3"].color, sheet["B3"].number_format, sheet["A5"].color) == (None, "#,##0.0", (255, 255, 0))
    sheet["3:3"].insert("down", copy_origin="format_from_right_or_below")
    sheet["6:6"].insert("down", copy_origin="format_from_right_or_below")
    assert [sheet.range((row, 1)).color for row in (3, 6, 7)] == [None, (255, 255, 0), (255, 255, 0)]
    sheet["B6"].value = 5
    assert sheet["B8"].formula == "=SUM(B2:B7)"
    assert sheet["B8"].value == 35.0


def test_columns_and_cells_are_inserted(sheet: xw.Sheet) -> None:
    sheet["B:B"].insert("right")
    assert sheet["A4:C4"].formula == (("Cộng", "", "=SUM(C2:C3)"),)
    sheet["C3"].insert("down")
    assert sheet["C2:C5"].formula == (("10",), ("",), ("20",), ("=SUM(C2:C4)",))
    sheet["C3:C3"].insert("right")
    assert sheet["C4:D4"].value == [20.0, None]


def test_rows_columns_and_cells_are_deleted(sheet: xw.Sheet) -> None:
    sheet["3:3"].delete()
    assert sheet["A3:B3"].formula == (("Cộng", "=SUM(B2:B2)"),)
    sheet["A:A"].delete()
    assert sheet["A3"].formula == "=SUM(A2:A2)"
    sheet["A1"].delete("up")
    assert sheet["A1:A2"].formula == (("10",), ("=SUM(A1:A1)",))
    sheet["A1"].delete()
    assert sheet["A1"].formula == "=SUM(#REF!)"


def test_a_part_of_merged_cells_is_neither_inserted_nor_deleted(sheet: xw.Sheet) -> None:
    sheet["D2:E3"].merge()
    before = sheet["A1:F9"].formula
    for change in (
        lambda: sheet["E1"].insert("down"),
        lambda: sheet["D2"].insert("down"),
        lambda: sheet["C2"].insert("right"),
        lambda: sheet["E3"].delete("left"),
        lambda: sheet["D3"].delete("up"),
        lambda: sheet["D1:E2"].delete("up"),
    ):
        with pytest.raises(InputFault) as refused:
            change()
        assert refused.value.sentence("vi") == (
            "trang “Sheet1”: ô gộp hoặc công thức mảng cản việc chèn, xóa ô ở đây; "
            "cần chèn hoặc xóa cả dòng, hay bỏ gộp ô trước."
        )
    assert (sheet["A1:F9"].formula, sheet["E3"].merge_area.address) == (before, "$D$2:$E$3")
    sheet["C1:E1"].insert("down")  # the merged cells as a whole may go down, and up again
    assert sheet["D3"].merge_area.address == "$D$3:$E$4"
    sheet["C1:E1"].delete("up")
    sheet["3:3"].insert("down")  # whole rows may: the merged cells grow
    assert sheet["D2"].merge_area.address == "$D$2:$E$4"


def test_everything_is_copied(sheet: xw.Sheet) -> None:
    sheet["A3"].add_note("ghi chú")
    sheet["A3"].conditional_formats.add_custom("=A3>1", fill_color="#ffc7ce")
    sheet["C3"].formula = "=B3*2"
    sheet["A3:C3"].copy(sheet["A10"])
    assert sheet["A10:C10"].formula == (("2", "20", "=B10*2"),)
    assert (sheet["A10"].color, sheet["B10"].number_format, sheet["A10"].note.text) == (
        (255, 255, 0),
        "#,##0.0",
        "ghi chú",
    )
    assert [(rule.type, rule.fill_color) for rule in sheet["A10"].conditional_formats] == [("custom", (255, 199, 206))]
    other = sheet.book.sheets.add("Hai")
    sheet["A3:C3"].copy(other["B2"])
    assert (other["B2:D2"].formula, other["B2"].color) == ((("2", "20", "=C2*2"),), (255, 255, 0))


def test_cells_are_copied_into_another_book(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["C3"].formula = "=B3*2"
    other = app.books.add().sheets[0]
    sheet["A3:C3"].copy(other["B2"])
    assert (other["B2:D2"].formula, other["B2"].color, other["C2"].number_format) == (
        (("2", "20", "=C2*2"),),
        (255, 255, 0),
        "#,##0.0",
    )


@pytest.mark.parametrize(
    ("what", "formulas", "color", "number_format"),
    [
        ("all", (("2", "20", "=B10*2"),), (255, 255, 0), "#,##0.0"),
        ("values", (("2", "20", "40"),), None, "General"),
        ("formulas", (("2", "20", "=B10*2"),), None, "General"),
        ("formats", (("", "", ""),), (255, 255, 0), "#,##0.0"),
    ],
)
def test_parts_are_pasted(
    app: xw.App, sheet: xw.Sheet, what: str, formulas: object, color: object, number_format: str
) -> None:
    sheet["C3"].formula = "=B3*2"
    sheet["B2"].select()
    sheet["A3:C3"].copy()
    assert app.cut_copy_mode == "copy"
    sheet["A10"].paste(what)
    assert (sheet["A10:C10"].formula, sheet["A10"].color, sheet["B10"].number_format) == (
        formulas,
        color,
        number_format,
    )
    assert app.selection.address == "$B$2"
    sheet["A20"].copy_from(sheet["A3:C3"], what)
    assert (sheet["A20"].color, sheet["A20:B20"].formula) == (color, (formulas[0][:2],))  # type: ignore[index]
    app.cut_copy_mode = False
    with pytest.raises(LookupError):
        sheet["A10"].paste(what)


def test_pasting_turns_adds_skips_and_sets_widths(sheet: xw.Sheet) -> None:
    sheet["A1:B4"].copy()
    sheet["D1"].paste("values", transpose=True)
    assert sheet["D1:G2"].value == [["TT", 1.0, 2.0, "Cộng"], ["Tiền", 10.0, 20.0, 30.0]]
    sheet["H1:I4"].value = 1
    sheet["H1:J1"].paste("values", operation="add")  # not a multiple of the source: from its first cell on, once
    assert sheet["H1:J4"].value[1:3] == [[2.0, 11.0, None], [3.0, 21.0, None]]
    sheet["B2"].copy()
    sheet["L1:M2"].paste("values")
    assert sheet["L1:M2"].value == [[10.0, 10.0], [10.0, 10.0]]
    sheet["B:B"].column_width = 30
    sheet["B1"].copy()
    sheet["K1"].paste("column_widths")
    assert (sheet["K1"].column_width, sheet["K1"].value) == (30.0, None)
    with pytest.raises(NotImplementedError):
        sheet["K1"].paste("validation")


def test_cells_are_moved_and_formulas_follow(sheet: xw.Sheet) -> None:
    sheet["A2:B3"].move(sheet["A10"])
    assert sheet["A10:B11"].value == [[1.0, 10.0], [2.0, 20.0]]
    assert (sheet["A2"].value, sheet["B4"].formula, sheet["B4"].value) == (None, "=SUM(B10:B11)", 30.0)


def test_merged_cells(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["D1"].value = [[None, "x", 1], [2, 3, 4]]
    sheet["D1:F2"].merge()
    assert (sheet["E2"].merge_area.address, sheet["A1"].merge_area.address) == ("$D$1:$F$2", "$A$1")
    assert [sheet[each].merge_cells for each in ("E2", "D1:F2", "A1", "A1:B2", "C1:D1", "A1:F4")] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]
    sheet.book.api.SaveCopyAs(str(tmp_path / "gộp.xlsx"))
    read = openpyxl.load_workbook(tmp_path / "gộp.xlsx").active
    assert (str(read.merged_cells), read["D1"].value) == ("D1:F2", "x")
    sheet["D1"].merge_area.unmerge()
    assert (sheet["D1"].merge_cells, sheet["D1:F2"].value) == (False, [["x", None, None], [None, None, None]])
    sheet["H1:I2"].merge(across=True)
    assert sheet["I2"].merge_area.address == "$H$2:$I$2"


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: setattr(cell, "value", 1),
        lambda cell: setattr(cell, "formula", "=1"),
        lambda cell: setattr(cell, "formula_array", "=1"),
        lambda cell: cell.clear_contents(),
        lambda cell: cell.clear(),
        lambda cell: setattr(cell, "color", "#ff0000"),
        lambda cell: setattr(cell, "number_format", "0"),
        lambda cell: setattr(cell.font, "bold", True),
        lambda cell: cell.borders.set("all", line_style="continuous"),
        lambda cell: setattr(cell, "row_height", 50),
        lambda cell: setattr(cell.rows, "hidden", True),
        lambda cell: cell.sheet["1:1"].insert("down"),
        lambda cell: cell.delete("up"),
        lambda cell: cell.merge(),
        lambda cell: cell.sheet["A2"].copy(cell),
        lambda cell: cell.copy_from(cell.sheet["A2"], "values"),
        lambda cell: cell.move(cell.sheet["C9"]),
        lambda cell: cell.add_note("x"),
        lambda cell: cell.add_hyperlink("https://phuluc.vn"),
        lambda cell: cell.conditional_formats.add_custom("=1=1", fill_color="#ff0000"),
        lambda cell: cell.sheet["A1:B9"].clear_contents(),
        lambda cell: setattr(cell.sheet.page_setup, "print_area", "A1"),
    ],
)
def test_nothing_is_changed_on_a_protected_sheet(
    app: xw.App, tmp_path: Path, change: Callable[[xw.Range], object]
) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Khóa"
    workbook.active.append(["khóa", "cũng khóa"])
    workbook.active.protection.sheet = True
    workbook.create_sheet("Mở")
    workbook.save(tmp_path / "khóa.xlsx")
    book = app.books.open(str(tmp_path / "khóa.xlsx"))
    sheet = book.sheets["Khóa"]
    assert [each.api.ProtectContents for each in book.sheets] == [True, False]
    with pytest.raises(InputFault) as refused:
        change(sheet["A1"])
    assert refused.value.sentence("vi") == (
        "trang “Khóa”: trang này đang được bảo vệ; cần bỏ bảo vệ trang trước (Review > Unprotect Sheet)."
    )
    assert sheet["A1:B1"].value == ["khóa", "cũng khóa"]
    assert book.api.Saved


def test_unlocked_cells_of_a_protected_sheet_may_be_typed_into(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append([1, "=A1*2"])
    sheet["A1"].protection = openpyxl.styles.Protection(locked=False)
    sheet.protection.sheet = True
    workbook.save(tmp_path / "khóa.xlsx")
    opened = app.books.open(str(tmp_path / "khóa.xlsx")).sheets[0]
    opened["A1"].value = 21
    assert opened["A1:B1"].value == [21.0, 42.0]
