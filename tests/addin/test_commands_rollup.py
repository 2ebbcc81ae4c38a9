"""The buttons that roll the open book up, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.protection import WorkbookProtection
from support.generated import generated
from support.synthetic import synthetic_plan
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin import host
from addin.ribbon import perform
from generators.generate import generate

SOURCE, YEAR, AGENCY = "Tổng hợp nguồn vốn", "Tổng hợp theo năm", "Tổng hợp theo đơn vị"
HAND_TYPED = {
    "Phụ lục": """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2024 | < | Năm 2025 | < | Tổng cộng | Đơn vị thực hiện
^ | ^ | NSTW | NSĐP | NSTW | NSĐP | ^ | ^
I | *Tuyên truyền* | 30 | 12.5 | 30 | 10 | 82.5 |
1 | Hội nghị | 10 | "5" | 10 | 5 | 30 | Sở Công Thương
2 | Bản tin | 20 | 7.5 | 20 | 5 | 52.5 | Sở Thông tin và Truyền thông
II | *Đào tạo* | 100 | 50 | 100 | 50 | 300 | Sở Công Thương
 | *Tổng cộng* | 130 | 62.5 | 130 | 60 | 382.5 |
""",
    "Thiết bị": """
Đơn vị tính: đồng
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000000
2 | Mua máy in | 5500000
 | Cộng | 20500000
""",
}


def opened(app: xw.App, tmp_path: Path, plan: str) -> xw.Book:
    """A generated reference plan."""
    path = tmp_path / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    return app.books.open(str(path))


def pressed(app: xw.App, button: str) -> str:
    """What a button says that does its work."""
    outcome = perform(button, app, {})
    assert outcome.done, outcome.message.vi
    return outcome.message.vi


def rows(sheet: xw.Sheet, first: str) -> list[list[object]]:
    """The filled rows from the one that begins with `first` to the next blank one, without blanks at the right."""
    found: list[list[object]] = []
    for row in sheet.used_range.value:
        if found and row[0] is None:
            break
        if found or row[0] == first:
            last = max(column for column, value in enumerate(row) if value is not None)
            found.append(row[: last + 1])
    return found


def row_of(sheet: xw.Sheet, label: str) -> int:
    """The first row that begins with a label."""
    return 1 + [row[0] for row in sheet.used_range.value].index(label)


def figures(sheet: xw.Sheet, first: str) -> list[list[object]]:
    """The rows of a table without its shares, which stand in the last column and the last row."""
    table = [row for row in rows(sheet, first) if row[0] != "Tỷ lệ"]
    return [row[: len(table[0]) - 1] for row in table]


def checks(sheet: xw.Sheet) -> list[Sequence[object]]:
    """The check of each table: label, sum, compared with, difference, cells without a number, verdict."""
    return [row[:6] for row in rows(sheet, "Bảng")[1:]]


def remarks(sheet: xw.Sheet) -> list[object]:
    """The sentences below the tables."""
    cells = [row[0] for row in sheet.used_range.value]
    return [cell for cell in cells if isinstance(cell, str) and cell.endswith(".")]


BY_SOURCE: dict[str, list[list[object]]] = {
    "binh-dinh-2021-2025": [
        ["Nguồn vốn", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025", "Tổng cộng"],
        ["Ngân sách địa phương", 585, 625, 585, 605, 675, 3075],
        ["Chương trình phát triển TMĐT quốc gia", 535, 905, 695, 815, 835, 3785],
        ["Tổng cộng", 1120, 1530, 1280, 1420, 1510, 6860],
    ],
    "can-tho-2021-2025": [
        ["Nguồn vốn", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025", "Tổng cộng"],
        ["Trung Ương", 102, 977, 522, 662, 636, 2899],
        ["Địa phương", 664.3, 459.3, 344.3, 444.3, 430.3, 2342.5],
        ["Tổng cộng", 766.3, 1436.3, 866.3, 1106.3, 1066.3, 5241.5],
    ],
    "dong-nai-2021-2025": [
        ["Nguồn vốn", "Tổng cộng"],
        ["NSTW", 1000],
        ["NSĐP", 4000],
        ["Xã hội hóa", 385],
        ["Tổng cộng", 5385],
    ],
    "dong-thap-2011-2015": [
        ["Nguồn vốn", "Tổng cộng"],
        ["Tỉnh hỗ trợ", 1_055_000_000],
        ["Doanh nghiệp đóng góp", 375_000_000],
        ["Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử", 120_000_000],
        ["Chưa nêu nguồn", 1_500_000_000],
        ["Tổng cộng", 3_050_000_000],
    ],
    "nghe-an-2021-2025": [["Nguồn vốn", "Tổng cộng"], ["NS Tỉnh", 5810], ["Nguồn khác", 9990], ["Tổng cộng", 15800]],
}


@pytest.mark.parametrize("plan", BY_SOURCE)
def test_sources_by_years_are_what_the_decisions_state(app: xw.App, tmp_path: Path, plan: str) -> None:
    book = opened(app, tmp_path, plan)
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    found = [
        [round(each, 6) if isinstance(each, float) else each for each in row] for row in figures(sheet, "Nguồn vốn")
    ]
    assert found == BY_SOURCE[plan]
    assert {verdict for *_, verdict in checks(sheet)} == {"Khớp"}
    assert book.sheets.active.name == SOURCE


def test_years_by_sources(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-year")
    assert figures(book.sheets[YEAR], "Năm") == [
        ["Năm", "Ngân sách địa phương", "Chương trình phát triển TMĐT quốc gia", "Tổng cộng"],
        ["Năm 2021", 585, 535, 1120],
        ["Năm 2022", 625, 905, 1530],
        ["Năm 2023", 585, 695, 1280],
        ["Năm 2024", 605, 815, 1420],
        ["Năm 2025", 675, 835, 1510],
        ["Tổng cộng", 3075, 3785, 6860],
    ]


def test_agencies_by_sources(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "nghe-an-2021-2025")
    pressed(app, "by-agency")
    sheet = book.sheets[AGENCY]
    assert figures(sheet, "Đơn vị thực hiện") == [
        ["Đơn vị thực hiện", "NS Tỉnh", "Nguồn khác", "Tổng cộng"],
        ["Sở Công Thương", 5510, 9080, 14590],
        ["Sở Kế hoạch Đầu tư", 60, None, 60],
        ["Sở Công Thương, Hiệp hội TMĐT Việt Nam và các cơ quan đơn vị liên quan", 120, 230, 350],
        ["Sở Khoa học và Công nghệ", 120, 680, 800],
        ["Tổng cộng", 5810, 9990, 15800],
    ]


def test_shares_are_quotients_of_the_total(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "nghe-an-2021-2025")
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert sheet.range("C6:C8").formula == (("=IF(B8=0,0,B6/B8)",), ("=IF(B8=0,0,B7/B8)",), ("=IF(B8=0,0,B8/B8)",))
    assert sheet.range("C6:C8").value == [pytest.approx(5810 / 15800), pytest.approx(9990 / 15800), 1]
    assert sheet.range("C6").number_format == "0.0%"


def test_every_figure_is_a_formula_over_the_cells_of_the_appendix(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert sheet.range("B6").formula == "=SUM('Phụ lục 1'!C9:C10)"
    assert sheet.range("B7").formula == "=SUM('Phụ lục 1'!D9,'Phụ lục 1'!D11:D12,'Phụ lục 1'!D19)"
    assert sheet.range("G6").formula == "=SUM(B6:F6)"
    assert sheet.range("G8").formula == "=SUM(G6:G7)"
    block = sheet.range("B6:H8").formula
    assert all(isinstance(cell, str) and cell.startswith("=") for row in block for cell in row)


def test_a_changed_leaf_changes_the_roll_up(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    leaf, sheet = book.sheets["Phụ lục"].range("D9"), book.sheets[SOURCE]
    leaf.value = leaf.value + 1000
    assert sheet.range("B6").value == 1585
    assert sheet.range("G8").value == 7860
    assert [verdict for *_, verdict in checks(sheet)] == ["Khớp", "Khớp"]


def test_a_typed_total_that_is_wrong_turns_the_check_red(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    book.sheets["Phụ lục"].range("C66").value = 7000
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở C66", 6860, 7000, -140, 0, "Lệch",
    ]  # fmt: skip


def test_a_total_stated_wrong_in_print_is_told(app: xw.App, tmp_path: Path) -> None:
    """Đồng Nai prints 500 for private contributions whose rows make 385."""
    book = app.books.open(str(typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path)))
    pressed(app, "by-source")
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở G22, H22, I22", 5385, 5500, -115, 0, "Lệch",
    ]  # fmt: skip


def test_a_text_among_the_figures_is_listed_and_the_check_is_red_until_it_is_a_number(
    app: xw.App, tmp_path: Path
) -> None:
    book = app.books.open(str(typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)))
    said = pressed(app, "by-source")
    assert said == (
        "Đã cộng 13 ô của 2 bảng: 398 triệu đồng. Kết quả ở trang “Tổng hợp nguồn vốn”. "
        "1 ô là chữ nên không cộng được: bấm “Chuyển chữ thành số” để sửa."
    )
    sheet = book.sheets[SOURCE]
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở G8", 377.5, 382.5, -5, 1, "Lệch: thiếu số"]
    assert rows(sheet, "Trang")[1:] == [["Phụ lục", "D5", "5", "Không cộng được"]]
    book.sheets["Phụ lục"].range("D5").value = 5
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở G8", 382.5, 382.5, 0, 0, "Khớp"]
    assert rows(sheet, "Trang")[1:] == [["Phụ lục", "D5", "5", "Đã là số"]]


def test_a_table_pasted_as_text_is_told_cell_by_cell(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rollup.checks.MOST_LISTED", 3)
    book = app.books.open(str(typed_seed("nghe-an-2021-2025", Typing.TEXT, tmp_path)))
    assert pressed(app, "by-source") == (
        "Đã cộng 0 ô của 1 bảng: 0 triệu đồng. Kết quả ở trang “Tổng hợp nguồn vốn”. "
        "55 ô là chữ nên không cộng được: bấm “Chuyển chữ thành số” để sửa."
    )
    sheet = book.sheets[SOURCE]
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở D44", 0, 0, 0, 55, "Lệch: thiếu số"]
    assert [row[1:] for row in rows(sheet, "Trang")[1:4]] == [
        ["E8", "120", "Không cộng được"],
        ["E9", "50", "Không cộng được"],
        ["E10", "60", "Không cộng được"],
    ]
    assert "Còn 52 ô nữa như vậy." in remarks(sheet)


def test_a_difference_that_rounding_explains_is_no_mistake(app: xw.App, tmp_path: Path) -> None:
    table = """
Đơn vị tính: tỷ đồng
STT | Nội dung | Ngân sách trung ương | Ngân sách tỉnh | Tổng cộng
1 | Cầu | 3.3 | 3.3 | 6.6
2 | Đường | 3.3 | 3.3 | 6.6
3 | Trường học | 3.3 | 3.3 | 6.6
 | *Tổng cộng* | 9.9 | 9.9 | 19.9
"""
    book = app.books.open(str(typed_file(tmp_path / "lam-tron.xlsx", table)))
    pressed(app, "by-source")
    assert checks(book.sheets[SOURCE])[0] == [
        "Phụ lục: tổng ghi ở E6", pytest.approx(19.8), 19.9, pytest.approx(-0.1), 0, "Khớp (làm tròn)",
    ]  # fmt: skip
    book.sheets["Phụ lục"].range("E6").value = 20.1
    assert checks(book.sheets[SOURCE])[0][5] == "Lệch"


def test_a_table_that_states_no_total_is_no_contradiction(app: xw.App, tmp_path: Path) -> None:
    table = """
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000000
2 | Mua máy in | 5500000
"""
    book = app.books.open(str(typed_file(tmp_path / "khong-tong.xlsx", table)))
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert checks(sheet) == [
        ["Phụ lục", 20_500_000, "không ghi", None, 0, "Không ghi tổng"],
        ["Bảng tổng hợp ở trên", 20_500_000, 20_500_000, 0, None, "Khớp"],
    ]
    assert "Không nêu đơn vị tính, nên số được hiểu là đồng: Phụ lục." in remarks(sheet)
    book.sheets["Phụ lục"].range("C3").value = "mười lăm triệu"
    assert checks(sheet)[0] == ["Phụ lục", 15_000_000, "không ghi", None, 1, "Lệch: thiếu số"]


def test_protected_sheets_are_rolled_up_all_the_same(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "khoa.xlsx"
    path.write_bytes(generated("nghe-an-2021-2025"))
    protected = openpyxl.load_workbook(path)
    for sheet in protected.worksheets:
        sheet.protection.sheet = True
    protected.save(path)
    book = app.books.open(str(path))
    pressed(app, "by-source")
    assert figures(book.sheets[SOURCE], "Nguồn vốn") == BY_SOURCE["nghe-an-2021-2025"]


def test_an_error_value_turns_the_check_red(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    pressed(app, "by-source")
    book.sheets["Phụ lục 1"].range("C9").formula = "=1/0"
    assert checks(book.sheets[SOURCE])[0][5] == "Lệch: thiếu số"


def test_tables_in_other_units_are_brought_to_one(app: xw.App, tmp_path: Path) -> None:
    book = app.books.open(str(typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)))
    book.sheets["Phụ lục"].range("D5").value = 5
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert figures(sheet, "Nguồn vốn") == [
        ["Nguồn vốn", "Năm 2024", "Năm 2025", "Chưa nêu năm", "Tổng cộng"],
        ["NSTW", 130, 130, None, 260],
        ["NSĐP", 62.5, 60, None, 122.5],
        ["Chưa nêu nguồn", None, None, 20.5, 20.5],
        ["Tổng cộng", 192.5, 190, 20.5, 403],
    ]
    assert sheet.range("D8").formula == "=SUM('Thiết bị'!C3:C4)/1000000"
    assert sheet.range("A4").value == "Đơn vị tính: triệu đồng"
    assert "Số ghi bằng đồng được đổi ra triệu đồng." in remarks(sheet)
    assert [row[0] for row in checks(sheet)] == [
        "Phụ lục: tổng ghi ở G8", "Thiết bị: tổng ghi ở C5", "Bảng tổng hợp ở trên",
    ]  # fmt: skip


def test_what_an_of_which_column_leaves_is_the_cell_less_its_part(app: xw.App, tmp_path: Path) -> None:
    table = """
Đơn vị tính: triệu đồng
STT | Nội dung | Tổng số | Ngân sách trung ương
1 | Hội nghị | 10 | 4
2 | Bản tin | 20 | 5
3 | Tập huấn | 30 |
 | *Tổng cộng* | 60 | 9
"""
    book = app.books.open(str(typed_file(tmp_path / "trong-do.xlsx", table)))
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert figures(sheet, "Nguồn vốn")[1:] == [["Ngân sách trung ương", 9], ["Chưa nêu nguồn", 51], ["Tổng cộng", 60]]
    assert sheet.range("B7").formula == "=SUM('Phụ lục'!C3:C5)-SUM('Phụ lục'!D3:D4)"
    book.sheets["Phụ lục"].range("D3").value = 6
    assert [row[1] for row in figures(sheet, "Nguồn vốn")[1:]] == [11, 49, 60]


def test_an_axis_that_the_appendix_lacks_is_left_out_and_said(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "dong-nai-2021-2025")
    pressed(app, "by-source")
    assert "Các bảng không chia theo năm." in remarks(book.sheets[SOURCE])
    pressed(app, "by-agency")
    sheet = book.sheets[AGENCY]
    assert figures(sheet, "Đơn vị thực hiện")[1:] == [
        ["Chưa nêu đơn vị", 1000, 4000, 385, 5385],
        ["Tổng cộng", 1000, 4000, 385, 5385],
    ]
    assert "Các bảng không nêu đơn vị thực hiện." in remarks(sheet)


def test_a_summary_is_not_counted_twice_and_that_is_said(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    pressed(app, "by-source")
    assert "Không cộng thêm, vì số đã nằm trong các bảng được cộng: Phụ lục 2." in remarks(book.sheets[SOURCE])


def test_what_may_be_counted_twice_is_said_on_the_sheet_and_in_the_message(app: xw.App, tmp_path: Path) -> None:
    table = """
Đơn vị tính: triệu đồng
STT | Nội dung | Số tiền
1 | %s | %s
2 | %s | %s
 | *Tổng cộng* | %s
"""
    sheets = {
        "TH": table % ("Phần A", 41, "Phần B", 30, 71),
        "PL1": table % ("bàn", 10, "ghế", 20, 30),
        "PL2": table % ("xe", 12, "máy", 28, 40),
    }
    book = app.books.open(str(typed_file(tmp_path / "tong-hop.xlsx", sheets)))
    doubt = (
        "Có thể cộng trùng: TH giống bảng tổng hợp của PL1; PL2 nhưng số không khớp hẳn, nên mọi bảng này đều được "
        "cộng. Nếu đúng là bảng tổng hợp thì sửa số cho khớp rồi lập lại."
    )
    assert pressed(app, "by-source").endswith(f"\n\n{doubt}")
    assert doubt in remarks(book.sheets[SOURCE])
    book.sheets["TH"].range("C3").value = 40
    book.sheets["TH"].range("C5").value = 70
    assert pressed(app, "by-source").startswith("Đã cộng 2 ô của 1 bảng: 70 triệu đồng.")
    assert "Không cộng thêm, vì số đã nằm trong các bảng được cộng: PL1; PL2." in remarks(book.sheets[SOURCE])


def test_roll_ups_are_neither_rolled_up_nor_checked_themselves(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    said = pressed(app, "by-source")
    for button in ("by-year", "by-agency"):
        pressed(app, button)
    assert pressed(app, "by-source") == said
    assert pressed(app, "check-book").startswith("Không thấy gì sai")
    assert [name for name in book.sheet_names if name.startswith("Tổng hợp")] == [SOURCE, YEAR, AGENCY]


def look(sheet: xw.Sheet) -> list[object]:
    """What is seen of a sheet, and how it is printed."""
    cells = ["A1", "A5", "B6", "G7", "F12", "A16"]
    return [
        sheet.used_range.formula,
        sheet.page_setup.print_area,
        [sheet.range((1, column)).column_width for column in range(1, 12)],
        [sheet.range((row, 1)).row_height for row in range(1, 20)],
        [sheet.range((1, column)).columns.hidden for column in range(1, 12)],
        [sheet.range(cell).merge_area.address for cell in cells],
        [sheet.range(cell).number_format for cell in cells],
        [sheet.range(cell).font.bold for cell in cells],
        len(list(sheet.range("F12:F13").conditional_formats)),
    ]


def charted(sheet: xw.Sheet, tmp_path: Path) -> list[list[str]]:
    """The cells that each chart of a sheet shows, in a copy that the host saves; all are of the sheet itself."""
    path = tmp_path / "charted.xlsx"
    sheet.book.api.SaveCopyAs(str(path))
    with ZipFile(path) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    shown = [[unescape(each) for each in re.findall("<c:f>(.*?)</c:f>", part)] for part in parts]
    assert {each.rpartition("!")[0] for cells in shown for each in cells} <= {f"'{sheet.name}'"}
    bare = [[each.rpartition("!")[2].replace("$", "") for each in cells] for cells in shown]
    return sorted([re.sub(r"^(\w+):\1$", r"\1", each) for each in cells] for cells in bare)


def test_charts_come_along_and_are_those_of_the_sheet_that_is_written_anew(app: xw.App, tmp_path: Path) -> None:
    book = app.books.open(str(typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)))
    pressed(app, "by-source")
    sheet = book.sheets[SOURCE]
    assert charted(sheet, tmp_path) == [
        ["A6", "B5:D5", "B6:D6", "A7", "B5:D5", "B7:D7", "A8", "B5:D5", "B8:D8"], ["A6:A8", "E6:E8"],
    ]  # fmt: skip

    book.sheets["Thiết bị"].range("C2").value = "Năm 2026"
    book.sheets["Thiết bị"].range("A2:C5").delete("up")
    pressed(app, "by-source")
    assert charted(sheet, tmp_path) == [["A6", "B5:C5", "B6:C6", "A7", "B5:C5", "B7:C7"], ["A6:A7", "D6:D7"]]
    assert len(sheet.charts) == 2


def test_a_sheet_with_a_chart_that_somebody_added_stays(app: xw.App, tmp_path: Path) -> None:
    """Also where it is one of two, as ours were."""
    book = opened(app, tmp_path, "nghe-an-2021-2025")
    pressed(app, "by-source")
    pressed(app, "by-source")
    charts = book.sheets[SOURCE].charts
    assert [chart.name for chart in charts] == ["phuluc 1", "phuluc 2"]
    charts[1].name = "Biểu đồ của tôi"
    assert pressed(app, "by-source").endswith(f"vì có chỗ đã sửa hoặc ghi thêm: “{SOURCE}”.")
    assert [name for name in book.sheet_names if name.startswith(SOURCE)] == [SOURCE, f"{SOURCE} (2)"]


def test_excel_is_told_that_copied_charts_show_the_sheet_that_they_are_on() -> None:
    formula = (
        "=SERIES('Tổng hợp nguồn vốn (2)'!$A$6,'Tổng hợp nguồn vốn (2)'!$B$5:$F$5,'Tổng hợp nguồn vốn (2)'!$B$6:$F$6,1)"
    )
    series = SimpleNamespace(Formula=formula)
    chart: Any = SimpleNamespace(api=(None, SimpleNamespace(SeriesCollection=lambda: [series])))
    host.point_at(chart, "Tổng hợp nguồn vốn (2)", "Của tôi")
    assert series.Formula == "=SERIES('Của tôi'!$A$6,'Của tôi'!$B$5:$F$5,'Của tôi'!$B$6:$F$6,1)"


def test_a_table_of_several_pages_repeats_its_head(app: xw.App, tmp_path: Path) -> None:
    lines = "\n".join(f"{number} | Việc {number} | 1 | Đơn vị {number}" for number in range(1, 41))
    table = f"Đơn vị tính: triệu đồng\nSTT | Nội dung | Ngân sách tỉnh | Đơn vị thực hiện\n{lines}"
    book = app.books.open(str(typed_file(tmp_path / "dai.xlsx", table)))
    for _ in range(2):
        pressed(app, "by-agency")
        book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
        sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[AGENCY]
        assert sheet.print_title_rows == "$5:$5"
        assert [each.id for each in sheet.row_breaks.brk] == [48]
    book.sheets["Phụ lục"].range("13:42").delete("up")
    pressed(app, "by-agency")
    book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[AGENCY]
    assert (sheet.print_title_rows, len(sheet.row_breaks.brk)) == (None, 1)
    assert sheet.print_area == f"'{AGENCY}'!$A$1:$F${sheet.max_row}"


def test_a_table_of_many_columns_goes_on_behind_its_labels(app: xw.App, tmp_path: Path) -> None:
    sources = [f"Ngân sách xã {number}" for number in range(1, 21)]
    table = f"""
Đơn vị tính: triệu đồng
STT | Nội dung | Đơn vị thực hiện | {" | ".join(sources)}
1 | Hội nghị | Sở A | {" | ".join("1" for _ in sources)}
2 | Tập huấn | Sở B | {" | ".join("2" for _ in sources)}
"""
    book = app.books.open(str(typed_file(tmp_path / "rong.xlsx", table)))
    for _ in range(2):
        pressed(app, "by-agency")
        book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
        sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[AGENCY]
        assert sheet.print_title_cols == "$A:$A"
        *_, last, going_on = sheet.print_area.replace(f"'{AGENCY}'!", "").replace("$", "").split(",")
        assert (last, going_on) == (f"A1:L{sheet.max_row}", "M4:W9")
    book.sheets["Phụ lục"].range("H:W").delete("left")
    pressed(app, "by-agency")
    book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "after.xlsx")[AGENCY].print_title_cols is None


def test_formulas_that_refer_to_a_roll_up_survive_another_one(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    before = look(book.sheets[SOURCE])
    own = book.sheets.add("Báo cáo", after=book.sheets[-1])
    own.range("B1").formula = f"='{SOURCE}'!G8"
    own.range("B2").formula = f"=SUM('{SOURCE}'!B6:B7)"
    book.names.add("kinh_phí", f"='{SOURCE}'!$G$8")
    leaf = book.sheets["Phụ lục"].range("D9")
    leaf.value = leaf.value + 1000
    pressed(app, "by-source")
    assert own.range("B1:B2").formula == ((f"='{SOURCE}'!G8",), (f"=SUM('{SOURCE}'!B6:B7)",))
    assert own.range("B1:B2").value == [7860, 2120]
    assert book.names["kinh_phí"].refers_to_range.value == 7860
    assert look(book.sheets[SOURCE]) == before
    assert book.sheet_names[-2:] == [SOURCE, "Báo cáo"]
    assert book.sheet_names.count(SOURCE) == 1


def test_a_roll_up_that_has_become_wider_and_shorter_is_written_in_the_place_of_the_earlier_one(
    app: xw.App, tmp_path: Path
) -> None:
    book = app.books.open(str(typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)))
    pressed(app, "by-source")
    for cell, year in (("C2", "Năm 2024"), ("E2", "Năm 2025")):
        book.sheets["Phụ lục"].range(cell).value = year
    book.sheets["Phụ lục"].range("D5").value = 5
    book.sheets["Thiết bị"].range("C2").value = "Năm 2026"
    pressed(app, "by-source")
    again = look(book.sheets[SOURCE])
    book.sheets[SOURCE].delete()
    pressed(app, "by-source")
    assert look(book.sheets[SOURCE]) == again


def test_a_row_put_in_is_counted_or_told(app: xw.App, tmp_path: Path) -> None:
    table = """
Đơn vị tính: triệu đồng
STT | Nội dung | Năm 2026
1 | Hội nghị | 10
2 | Bản tin | 20
 | *Tổng cộng* | =SUM(C3:C4)
"""
    book = app.books.open(str(typed_file(tmp_path / "them.xlsx", table)))
    pressed(app, "by-year")
    sheet = book.sheets[YEAR]
    assert remarks(sheet)[-1] == (
        "Dòng thêm vào và ô trống được điền sau khi lập trang này chưa được cộng ở đây: khi đó, và khi thấy “Lệch”, "
        "bấm lại nút “Theo năm” để lập lại."
    )
    appendix = book.sheets["Phụ lục"]
    appendix.range("4:4").insert("down")  # between two items: the formulas follow
    appendix.range("A4").value = [2, "Tập huấn", 500]
    assert checks(sheet)[0] == ["Phụ lục: tổng ghi ở C5", 530, 530, 0, 0, "Khớp"]
    appendix.range("6:6").insert("down")  # below the last item
    appendix.range("A6").value = [4, "In ấn", 1000]
    appendix.range("C7").formula = "=SUM(C3:C6)"
    assert checks(sheet)[0][1:] == [530, 1530, -1000, 0, "Lệch"]
    pressed(app, "by-year")
    assert figures(sheet, "Năm")[-1] == ["Tổng cộng", 1530]
    assert checks(sheet)[0][5] == "Khớp"


def test_rows_put_into_the_appendix_do_not_make_a_roll_up_the_users_own(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    book.sheets["Phụ lục"].range("10:10").insert("down")
    book.sheets["Phụ lục"].name = "Phụ lục 1"
    book.api.SaveCopyAs(str(tmp_path / "sau.xlsx"))
    book.close()
    book = app.books.open(str(tmp_path / "sau.xlsx"))
    pressed(app, "by-source")
    assert [name for name in book.sheet_names if name.startswith(SOURCE)] == [SOURCE]


@pytest.mark.parametrize("cell", ["A40", "B3", "A6", "G8"])
def test_a_roll_up_that_somebody_wrote_on_stays(app: xw.App, tmp_path: Path, cell: str) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    book.sheets[SOURCE].range(cell).value = "ý kiến"
    before = book.sheets[SOURCE].used_range.formula
    for _ in range(2):
        said = pressed(app, "by-source")
        assert "Kết quả ở trang “Tổng hợp nguồn vốn (2)”." in said
        assert said.endswith("Giữ nguyên trang lập lần trước vì có chỗ đã sửa hoặc ghi thêm: “Tổng hợp nguồn vốn”.")
        assert book.sheet_names[-2:] == [SOURCE, f"{SOURCE} (2)"]
        assert book.sheets[SOURCE].used_range.formula == before


def test_a_roll_up_with_a_note_stays(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "binh-dinh-2021-2025")
    pressed(app, "by-source")
    book.sheets[SOURCE].range("B6").add_note("hỏi lại Sở Tài chính")
    assert "“Tổng hợp nguồn vốn (2)”" in pressed(app, "by-source")
    assert book.sheets[SOURCE].range("B6").note.text == "hỏi lại Sở Tài chính"


def test_a_sheet_of_the_user_with_our_name_stays(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "nghe-an-2021-2025")
    own = book.sheets.add(SOURCE, after=book.sheets[-1])
    own.range("A1").value = "TỔNG HỢP KINH PHÍ THEO NGUỒN VỐN"
    for _ in range(2):
        assert "“Tổng hợp nguồn vốn (2)”" in pressed(app, "by-source")
    assert [name for name in book.sheet_names if name.startswith(SOURCE)] == [SOURCE, f"{SOURCE} (2)"]
    assert book.sheets[SOURCE].range("A2").value is None


def test_the_sheet_looks_like_an_appendix_and_leaves_no_style_names(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    book.api.SaveCopyAs(str(tmp_path / "before.xlsx"))
    pressed(app, "by-source")
    book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
    saved = openpyxl.load_workbook(tmp_path / "after.xlsx")
    sheet = saved[SOURCE]
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].font.b) == ("Times New Roman", 14, True)
    assert sheet["A1"].alignment.horizontal == "center"
    assert (sheet["A4"].font.i, sheet["A4"].alignment.horizontal) == (True, "right")
    assert (sheet["B5"].font.b, sheet["B5"].alignment.wrap_text, sheet["B5"].border.left.style) == (True, True, "thin")
    assert (sheet["B6"].number_format, sheet["B6"].alignment.horizontal) == ("#,##0.0", "right")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape",
        9,
        1,
    )
    assert sheet.print_title_rows is None  # no table takes more than a page
    assert [each.id for each in sheet.row_breaks.brk] == [32]
    assert sheet.print_area == f"'{SOURCE}'!$A$1:$H${row_of(book.sheets[SOURCE], remarks(book.sheets[SOURCE])[-1])}"
    named = [
        ZipFile(tmp_path / name).read("xl/styles.xml").count(b"<cellStyle ") for name in ("before.xlsx", "after.xlsx")
    ]
    assert named[0] == named[1]


def test_merged_cells_and_hidden_rows_count(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path)
    typed = openpyxl.load_workbook(path)
    for row in (8, 9, 30):
        typed["Phụ lục"].row_dimensions[row].hidden = True
    assert typed["Phụ lục"].merged_cells.ranges
    typed.save(path)
    book = app.books.open(str(path))
    pressed(app, "by-source")
    assert figures(book.sheets[SOURCE], "Nguồn vốn") == BY_SOURCE["binh-dinh-2021-2025"]


def test_unsaved_changes_are_rolled_up_and_nothing_typed_is_changed(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    sheet = book.sheets["Phụ lục 1"]
    sheet.range("C9").value = sheet.range("C9").value + 50
    before = sheet.used_range.formula
    assert pressed(app, "by-source").startswith("Đã cộng 48 ô của 1 bảng: 5.291,5 triệu đồng.")
    assert sheet.used_range.formula == before


def test_in_english(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path, "can-tho-2021-2025")
    outcome = perform("by-source", app, {}, "en")
    assert outcome.message.en == "Cells added: 48, tables: 1, total: 5,241.5 triệu đồng. See “By source”."
    assert [row[5] for row in rows(book.sheets["By source"], "Table")[1:]] == ["Agrees", "Agrees"]
    assert perform("by-source", app, {}).done
    assert "By source" not in book.sheet_names


@pytest.mark.parametrize("button", ["by-source", "by-year", "by-agency"])
def test_a_protected_structure_is_refused(app: xw.App, tmp_path: Path, button: str) -> None:
    path = typed_file(tmp_path / "khoa.xlsx", HAND_TYPED)
    typed = openpyxl.load_workbook(path)
    typed.security = WorkbookProtection(lockStructure=True)
    typed.save(path)
    book = app.books.open(str(path))
    outcome = perform(button, app, {})
    assert not outcome.done
    assert outcome.message.vi == (
        "khoa.xlsx: cấu trúc tệp đang được bảo vệ, không thêm bớt trang được; cần bỏ bảo vệ ở thẻ Review trước."
    )
    assert book.sheet_names == ["Phụ lục", "Thiết bị"]


def test_an_empty_book_has_no_table(app: xw.App) -> None:
    book = app.books.add()
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == "không thấy bảng kinh phí nào; cần một bảng có tiêu đề cột."
    assert len(book.sheets) == 1


def test_a_table_without_amounts_has_nothing_to_add_up(app: xw.App, tmp_path: Path) -> None:
    table = """
STT | Nội dung | Kinh phí (triệu đồng)
1 | Hội nghị | 0
2 | Bản tin | 0
 | *Tổng cộng* | 0
"""
    app.books.open(str(typed_file(tmp_path / "trong.xlsx", table)))
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == "các bảng không có số tiền nào để cộng; cần ít nhất một số tiền."


def test_no_book_at_all(app: xw.App) -> None:
    outcome = perform("by-source", app, {})
    assert not outcome.done
    assert outcome.message.vi == (
        "chưa mở tệp nào để làm việc; "
        "cần một tệp đang mở; tệp đang ở chế độ xem được bảo vệ thì bấm Enable Editing trước."
    )


@pytest.mark.slow
def test_five_thousand_rows_of_interleaved_sources_are_summed_in_parts(app: xw.App, tmp_path: Path) -> None:
    plan = synthetic_plan(
        "groups-sources-years", items=1250, years=3, sources=3, leaf=lambda year, source: 1 + year + 3 * source
    )
    book = app.books.open(str(generate(plan, tmp_path / "lon.xlsx").path))
    assert pressed(app, "by-source").startswith("Đã cộng 11.250 ô của 1 bảng: 56.250 triệu đồng.")
    sheet = book.sheets[SOURCE]
    assert figures(sheet, "Nguồn vốn")[1:] == [
        ["Ngân sách trung ương", 1250, 2500, 3750, 7500],
        ["Ngân sách địa phương", 5000, 6250, 7500, 18750],
        ["Doanh nghiệp đóng góp", 8750, 10000, 11250, 30000],
        ["Tổng cộng", 15000, 18750, 22500, 56250],
    ]
    assert {verdict for *_, verdict in checks(sheet)} == {"Khớp"}
    assert sheet.range("B6").formula.startswith("=SUM(")
    assert "!" not in sheet.range("B6").formula  # of cells beside the printed ones
    widest = sheet.used_range.last_cell.column
    formulas = [cell for row in sheet.range((1, 9), (sheet.used_range.last_cell.row, widest)).formula for cell in row]
    assert max(map(len, formulas)) <= 8192
    assert sheet.range((1, 9), (1, widest)).columns.hidden
    leaf = book.sheets["Phụ lục"].range("D9")
    leaf.value = leaf.value + 100
    assert sheet.range("E9").value == 56350
