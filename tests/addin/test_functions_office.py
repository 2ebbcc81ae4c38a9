"""The worksheet functions on ranges of a real spreadsheet program: LibreOffice through the add-in's engine."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from support.generated import generated
from support.reference import NAMES
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin import functions
from addin.reading import grid_of
from validators.grid import Grid
from validators.readers import read_book

BINH_DINH, CAN_THO, NGHE_AN = "binh-dinh-2021-2025", "can-tho-2021-2025", "nghe-an-2021-2025"


def opened(app: xw.App, path: Path, sheet: str) -> xw.Sheet:
    return app.books.open(str(path)).sheets[sheet]


def generated_file(plan: str, folder: Path) -> Path:
    path = folder / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    return path


def contents(grid: Grid) -> dict[tuple[int, int], tuple[object, bool]]:
    """The values of a grid, and whether a formula gives them."""
    return {
        place: (cell.value, cell.formula is not None)
        for place, cell in grid.cells.items()
        if cell.value not in (None, "") or cell.formula is not None
    }


@pytest.mark.parametrize("plan", NAMES)
def test_a_range_is_read_as_the_file_is(app: xw.App, plan: str, tmp_path: Path) -> None:
    path = typed_seed(plan, Typing.NUMBERS, tmp_path)
    book = app.books.open(str(path))
    for grid in read_book(path).sheets:
        assert contents(grid_of(book.sheets[grid.name].used_range)) == contents(grid)


def test_a_range_of_formulas_is_read_as_the_file_is(app: xw.App, tmp_path: Path) -> None:
    path = generated_file(BINH_DINH, tmp_path)
    (grid,) = (grid for grid in read_book(path).sheets if grid.name == "Phụ lục")
    assert contents(grid_of(opened(app, path, "Phụ lục").used_range)) == contents(grid)


def test_formulas_are_in_english(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, generated_file(BINH_DINH, tmp_path), "Phụ lục")
    cell = grid_of(sheet.range("C66")).cell(66, 3)
    assert cell is not None
    assert (cell.value, cell.formula) == (6860, "SUM(D66:H66)")


@pytest.mark.parametrize("address", ["B2", "B2:D2", "B2:B5", "B2:D5", "B:D", "2:5", "A1:XFD1048576"])
def test_a_grid_stands_where_its_range_stands(app: xw.App, address: str, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "typed.xlsx", " |\n | STT | =1+1 => 2 | x\n | 1 | |\n | | 5.5 |\n | | | z")
    whole = {(2, 2): "STT", (2, 3): 2, (2, 4): "x", (3, 2): 1, (4, 3): 5.5, (5, 4): "z"}
    grid = grid_of(opened(app, path, "Phụ lục").range(address))
    area = opened(app, path, "Phụ lục").range(address)
    rows, columns = area.shape
    inside = {
        place: value
        for place, value in whole.items()
        if area.row <= place[0] < area.row + rows and area.column <= place[1] < area.column + columns
    }
    assert {place: cell.value for place, cell in grid.cells.items()} == inside


def test_findings_of_a_typed_decision(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, typed_seed(BINH_DINH, Typing.NUMBERS, tmp_path), "Phụ lục")
    assert functions.PL_SOLOI(sheet.range("A4:H68")) == 1.0
    found = functions.PL_KIEMTRA(sheet.range("A4:H68"))
    assert isinstance(found, list)
    assert found[1] == ["Lỗi", "C36", "Tổng nhóm ghi 3.235, phải là 3.325", 3235.0, 3325.0, "hai chữ số bị đổi chỗ"]


def test_a_live_table_answers_to_what_is_typed_into_it(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, generated_file(BINH_DINH, tmp_path), "Phụ lục")
    table = sheet.range("A1:H68")
    assert functions.PL_SOLOI(table) == 0.0
    assert functions.PL_NGUON(table, "Ngân sách địa phương", 2021.0) == 585.0
    sheet.range("D9").value = 45
    app.calculate()
    assert functions.PL_NGUON(table, "Ngân sách địa phương", 2021.0) == 590.0
    assert functions.PL_SOLOI(table) == 0.0
    sheet.range("C36").value = 3235
    assert functions.PL_SOLOI(table) == 1.0


@pytest.mark.parametrize(
    ("plan", "sheet", "address", "block"),
    [
        (
            CAN_THO,
            "Phụ lục 1",
            "A1:L22",
            [
                ["Nguồn vốn (triệu đồng)", 2021.0, 2022.0, 2023.0, 2024.0, 2025.0, "Tổng cộng"],
                ["Trung Ương", 102.0, 977.0, 522.0, 662.0, 636.0, 2899.0],
                ["Địa phương", 664.3, 459.3, 344.3, 444.3, 430.3, 2342.5],
                ["Tổng cộng", 766.3, 1436.3, 866.3, 1106.3, 1066.3, 5241.5],
            ],
        ),
        (
            NGHE_AN,
            "Phụ lục",
            "A:I",
            [
                ["Nguồn vốn (triệu đồng)", "Tổng cộng"],
                ["NS Tỉnh", 5810.0],
                ["Nguồn khác", 9990.0],
                ["Tổng cộng", 15800.0],
            ],
        ),
    ],
)
@pytest.mark.parametrize("way", ["typed", "generated"])
def test_funding(
    app: xw.App, plan: str, sheet: str, address: str, block: list[list[object]], way: str, tmp_path: Path
) -> None:
    path = typed_seed(plan, Typing.TEXT, tmp_path) if way == "typed" else generated_file(plan, tmp_path)
    assert functions.PL_NGUON(opened(app, path, sheet).range(address)) == block


def test_shares(app: xw.App, tmp_path: Path) -> None:
    sheet = opened(app, typed_seed(NGHE_AN, Typing.UNMERGED, tmp_path), "Phụ lục")
    assert functions.PL_TYLE(sheet.range("A5:I44")) == [
        ["Nguồn vốn (triệu đồng)", "Số tiền", "Tỷ lệ"],
        ["NS Tỉnh", 5810.0, 0.3677215189873418],
        ["Nguồn khác", 9990.0, 0.6322784810126583],
        ["Tổng cộng", 15800.0, 1.0],
    ]


def test_amounts_of_cells(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "typed.xlsx", '766.3 | "1.234.567" | =1/0 => #DIV/0! |\nĐVT: triệu đồng |')
    sheet = opened(app, path, "Phụ lục")
    app.calculate()
    unit = sheet.range("A2")
    assert functions.PL_BANGCHU(sheet.range("A1"), unit) == "Bảy trăm sáu mươi sáu triệu ba trăm nghìn đồng"
    assert functions.VND(sheet.range("B1")) == ("Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng")
    assert functions.PL_SO(sheet.range("B1")) == 1_234_567.0
    assert functions.VND(sheet.range("C1")) == "VND: ô đang báo lỗi; thấy “#DIV/0!”."
    assert functions.VND(sheet.range("D1")) == ""
    assert functions.VND(sheet.range("A1:B2")) == (
        "VND: chỉ dùng được một giá trị; thấy “A1:B2”; cần một ô hoặc một số."
    )
