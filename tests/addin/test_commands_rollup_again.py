"""A roll-up made once more in the open book: in the place of the earlier one, unless that is the user's by now."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from support.rolled_in_office import AGENCY, HAND_TYPED, SOURCE, YEAR, checks, figures, opened, pressed, remarks
from support.typed import typed_file

from addin import host


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
