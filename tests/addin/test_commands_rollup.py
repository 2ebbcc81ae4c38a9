"""The buttons that roll the open book up, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from support.generated import generated
from support.rolled_in_office import (
    AGENCY,
    HAND_TYPED,
    SOURCE,
    YEAR,
    checks,
    figures,
    opened,
    pressed,
    remarks,
    row_of,
    rows,
)
from support.synthetic import synthetic_plan
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin.ribbon import perform
from generators.generate import generate

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
