"""Values and formulas of cells, as Excel would give and take them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from addin.engines.values import com_value, typed_value
from faults import InputFault


@pytest.fixture
def sheet(app: xw.App) -> xw.Sheet:
    return app.books.add().sheets[0]


def test_values_come_back_as_they_are_shown(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row, (value, code) in enumerate(
        [
            (1200, "#,##0"),
            (0.5, "0%"),
            (dt.date(2024, 3, 1), "dd/mm/yyyy"),
            (dt.datetime(2024, 3, 1, 10, 30), "yyyy-mm-dd hh:mm"),
            ("12", "@"),
            (True, "General"),
            ("=A1>1", "General"),
            ('=""', "General"),
            ("=1/0", "General"),
            ("=NA()", "General"),
            ("Cần Thơ", "General"),
        ],
        start=1,
    ):
        workbook.active.cell(row, 1, value).number_format = code
    workbook.save(tmp_path / "sổ.xlsx")
    cells = app.books.open(str(tmp_path / "sổ.xlsx")).sheets[0].range("A1:A12")
    expected = [1200.0, 0.5, dt.datetime(2024, 3, 1), dt.datetime(2024, 3, 1, 10, 30), "12", True, True, None]
    assert cells.value == [*expected, None, None, "Cần Thơ", None]
    assert cells.options(err_to_str=True).value == [*expected, "#DIV/0!", "#N/A", "Cần Thơ", None]
    assert cells.options(ndim=2, numbers=int, dates=dt.date, empty="").value[:4] == [
        [1200],
        [0],
        [dt.date(2024, 3, 1)],
        [dt.date(2024, 3, 1)],
    ]
    assert cells[0].raw_value == 1200.0
    assert cells[8].raw_value == -2146826281  # as COM says #DIV/0!
    assert [cell for (cell,) in cells.formula] == [
        "1200",
        "0.5",
        "45352",
        "45352.4375",
        "12",
        "=TRUE",
        "=A1>1",
        '=""',
        "=1/0",
        "=NA()",
        "Cần Thơ",
        "",
    ]


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=không_có", "#NAME?"),
        ("=10^400", "#NUM!"),
        ("=OFFSET(A1,-1,0)", "Err:502"),  # here Excel would say #REF!, as the program itself shows it
        ("=#REF!+1", "#REF!"),
        ('=1+"x"', "#VALUE!"),
    ],
)
def test_errors_are_shown_as_in_excel(sheet: xw.Sheet, formula: str, error: str) -> None:
    sheet["D4"].formula = formula
    assert sheet["D4"].options(err_to_str=True).value == error
    assert sheet["D4"].value is None


def test_an_error_that_excel_has_no_name_for_keeps_libreoffices(sheet: xw.Sheet) -> None:
    sheet["A1"].formula = "=A1+1"
    assert sheet["A1"].options(err_to_str=True).value == "Err:522"  # circular


def test_a_value_is_typed_as_excel_would(sheet: xw.Sheet) -> None:
    typed = [12, Decimal("1.5"), True, None, "12", "50%", "1,234.5", "1/2/2024", "TRUE", "#N/A", "=1+1", "chữ"]
    sheet["A1"].value = typed
    assert sheet["A1:L1"].options(err_to_str=True).value == [
        12.0,
        1.5,
        True,
        None,
        12.0,
        0.5,
        1234.5,
        dt.datetime(2024, 1, 2),
        True,
        "#N/A",
        2.0,
        "chữ",
    ]
    assert sheet["H1"].number_format == "m/d/yyyy"
    assert sheet["K1"].formula == "=1+1"


def test_an_apostrophe_makes_a_text_of_anything_and_leaves_the_format(sheet: xw.Sheet) -> None:
    sheet["A1:A4"].number_format = "#,##0"
    sheet["A1"].value = [["'12"], ["'=1+1"], ["'50%"], ["''x"]]
    assert sheet["A1:A4"].value == ["12", "=1+1", "50%", "'x"]
    assert sheet["A1:A4"].number_format == "#,##0"
    assert sheet["A1:A2"].formula == (("12",), ("=1+1",))


def test_cells_that_are_formatted_as_text_take_anything_as_text(sheet: xw.Sheet) -> None:
    sheet["B2:B4"].number_format = "@"
    sheet["A2"].value = [["0101", "0101"], ["=1+1", "=1+1"], ["1/2", "1/2"]]
    assert sheet["A2:B4"].value == [[101.0, "0101"], [2.0, "=1+1"], [dt.datetime(dt.date.today().year, 1, 2), "1/2"]]


def test_dates_are_written_and_shown_as_dates(sheet: xw.Sheet) -> None:
    sheet["B1"].number_format = "dd/mm/yyyy"
    sheet["A1"].value = [dt.date(2024, 5, 6), dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 30)]
    assert sheet["A1:C1"].value == [dt.datetime(2024, 5, 6), dt.datetime(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 30)]
    assert [cell.number_format for cell in sheet["A1:C1"]] == ["m/d/yyyy", "dd/mm/yyyy", "m/d/yyyy h:mm"]


def test_a_book_that_counts_days_from_1904(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active["A1"] = dt.date(2024, 3, 1)
    workbook.save(tmp_path / "mac.xlsx")
    sheet = app.books.open(str(tmp_path / "mac.xlsx")).sheets[0]
    sheet["A2"].value = dt.date(2024, 3, 2)
    assert sheet["A1:A2"].value == [dt.datetime(2024, 3, 1), dt.datetime(2024, 3, 2)]


def test_what_pandas_and_numpy_hold_is_written(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame({"nguồn": ["NSTW", None], "số": [1.5, np.nan], "năm": [np.int64(2024), np.int64(2025)]})
    sheet["A1"].options(index=False).value = frame
    assert sheet["A1:C3"].value == [["nguồn", "số", "năm"], ["NSTW", 1.5, 2024.0], [None, None, 2025.0]]
    sheet["E1"].value = np.array([[1, 2], [3, 4]])
    assert sheet["E1:F2"].value == [[1.0, 2.0], [3.0, 4.0]]


def test_one_value_fills_a_range_and_one_formula_as_if_dragged(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = 7
    sheet["D1:E2"].formula = "=A1*$B$2"
    assert sheet["A1:B2"].value == [[7.0, 7.0], [7.0, 7.0]]
    assert sheet["D1:E2"].formula == (("=A1*$B$2", "=B1*$B$2"), ("=A2*$B$2", "=B2*$B$2"))


def test_empty_values_empty_cells(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "x", "=A1"]
    sheet["A1"].value = [None, "", None]
    assert sheet["A1:C1"].formula == (("", "", ""),)


def test_a_text_keeps_its_lines(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "dòng một\ndòng hai"
    assert sheet["A1"].value == "dòng một\ndòng hai"


def test_formulas_and_constants_in_one_block(sheet: xw.Sheet) -> None:
    block = [
        ["TT", "Tên", "Tiền", "Kiểm tra"],
        [1, "Mua sắm", 3.5, "=C2*2"],
        [2, "=B2", "=C2+1", "=C3*2"],
        ["=A3+1", "'=không", 4, "=C4*2"],
    ]
    sheet["B2"].formula = block
    assert sheet["B2:E5"].formula == tuple(tuple(str(cell).removeprefix("'") for cell in row) for row in block)
    assert sheet["E3"].formula == "=C2*2"


def test_an_array_formula(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["C1:C3"].formula_array = "=A1:A3*2"
    assert sheet["C1:C3"].value == [2.0, 4.0, 6.0]
    assert sheet["C1:C3"].formula_array == "=A1:A3*2"
    assert sheet["C1:C3"].formula == (("=A1:A3*2",),) * 3
    assert (sheet["C2"].has_array, sheet["A1"].has_array, sheet["A1"].formula_array) == (True, False, None)
    with pytest.raises(InputFault) as refused:
        sheet["C2"].value = 5
    assert refused.value.sentence("vi") == "trang “Sheet1”: không sửa được một phần của công thức mảng."
    assert sheet["C2"].value == 4.0


def test_whole_columns_and_rows(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [["x", 1], ["y", 2]]
    column = sheet["B:B"].value
    assert (len(column), column[:4]) == (1048576, [None, "x", "y", None])
    assert sheet["2:2"].value[:4] == [None, "x", 1.0, None]
    assert sheet.cells.shape == (1048576, 16384)


def test_a_large_block_takes_one_call_each_way(app: xw.App, sheet: xw.Sheet) -> None:
    rows = [[float(row), f"hạng mục {row}", *(float(row * column) for column in range(8))] for row in range(5000)]
    calls = app.impl.calls
    sheet["A1"].value = rows
    assert app.impl.calls == calls + 1
    assert sheet["A1:J5000"].value == rows
    assert app.impl.calls == calls + 2
    formulas = [[f"=A{row}*2", f"=SUM(C{row}:J{row})", f"=B{row}"] for row in range(1, 5001)]
    sheet["L1"].formula = formulas
    assert app.impl.calls == calls + 3
    assert sheet["L1:N5000"].formula == tuple(map(tuple, formulas))
    assert sheet["L5000:N5000"].value == [9998.0, 139972.0, "hạng mục 4999"]


def test_calculation_by_hand(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "=A1+1"]
    with app.properties(calculation="manual"):
        assert app.calculation == "manual"
        sheet["A1"].value = 10
        app.calculate()
        assert sheet["B1"].value == 11.0
    assert app.calculation == "automatic"


def test_regions_and_their_ends(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [["a", 1, 2], ["b", None, 3], ["c", 4, 5]]
    sheet["B7"].value = "xa"
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["B2"].end("down").address == "$B$4"
    assert sheet["B4"].end("down").address == "$B$7"
    assert sheet["B7"].end("down").address == "$B$1048576"
    assert sheet["C4"].end("up").address == "$C$2"
    assert sheet["D3"].end("left").address == "$B$3"
    assert sheet["A9"].end("right").address == "$XFD$9"
    assert sheet.used_range.address == "$B$2:$D$7"


def test_addresses(app: xw.App, sheet: xw.Sheet) -> None:
    cells = sheet.range((2, 2), (4, 28))
    assert cells.address == "$B$2:$AB$4"
    assert cells.get_address(False, True) == "$B2:$AB4"
    assert cells.get_address(False, False, external=True) == "'[Book1]Sheet1'!B2:AB4".replace(
        "Book1", app.books[0].name
    )
    assert [sheet[each].address for each in ("$A:$C", "2:3", "a1", "C3:A1")] == ["$A:$C", "$2:$3", "$A$1", "$A$1:$C$3"]
    assert (sheet["B2:C3"](3).address, sheet["B2:C3"](2, 2).address) == ("$B$3", "$C$3")
    with pytest.raises(IndexError):
        sheet.range((0, 1))
    with pytest.raises(NotImplementedError):
        sheet["A1,B2"]


def test_values_on_their_way_to_the_bridge_and_back() -> None:
    assert typed_value(dt.date(1899, 12, 31)) == {"serial": 1.0}
    assert typed_value(dt.datetime(2024, 3, 1, 6)) == {"serial": 45352.25}
    assert com_value({"serial": 45352.25}) == dt.datetime(2024, 3, 1, 6)
    assert typed_value(float("nan")) is None
    assert [typed_value(text) for text in ("chữ", "-", "=", "'x", "12", "- chi", "Tháng 5")] == [
        "'chữ",
        "'-",
        "'=",
        "'x",
        "12",
        "'- chi",
        "'Tháng 5",
    ]
    with pytest.raises(TypeError):
        typed_value(object())
