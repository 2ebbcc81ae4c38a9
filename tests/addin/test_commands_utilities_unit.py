"""Đổi đơn vị, pressed in LibreOffice on real workbooks."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from support.generated import generated
from support.typed import typed_file

from addin.ribbon import Outcome, perform
from validators.grid import Book
from validators.readers import read_book

TYPED = """
    |                         | Đơn vị tính: triệu đồng
STT | Nội dung                | Tổng số       | Năm 2021 | Năm 2022 | Tỷ lệ         | Ghi chú
I   | *Phát triển*            | =SUM(D3:E3)   | =SUM(D4:D5) | =SUM(E4:E5) | =C3/C$6*100   |
1   | Hội nghị                | =SUM(D4:E4)   | 46.3     | 100.25   | =C4/C$6*100   | năm 2021
2   | Tập huấn                | =SUM(D5:E5)   | 1500     | 0.5      | =C5/C$6*100   |
    | *Tổng cộng*             | =SUM(C3)      | =SUM(D3) | =SUM(E3) | 100           |
"""


def contents(book: xw.Book, folder: Path, name: str = "now") -> Book:
    """What an open book holds, through the validators' reader."""
    path = folder / f"{name}.xlsx"
    path.unlink(missing_ok=True)
    book.api.SaveCopyAs(str(path))
    return read_book(path)


def cells(book: Book) -> dict[tuple[str, str], tuple[object, str | None, str]]:
    """Value, formula and number format of each cell, by sheet and place."""
    return {
        (grid.name, f"{get_column_letter(column)}{row}"): (cell.value, cell.formula, cell.number_format)
        for grid in book.sheets
        for (row, column), cell in grid.cells.items()
    }


def without_brackets(cell: tuple[object, str | None, str]) -> tuple[object, str]:
    """Value and formula, without brackets around a single reference, which no factor needs any more."""
    return cell[0], re.sub(r"\(('[^']+'!\$?[A-Z]+\$?\d+)\)", r"\1", cell[1] or "")


def opened(app: xw.App, path: Path) -> xw.Book:
    return app.books.open(str(path))


def to(app: xw.App, unit: str) -> Outcome:
    return perform(f"unit.{unit}", app, {"to": [unit]})


# A plan, the sheet that is converted and to what; the cell that states the unit, how it reads then; a total, its value
# and number format then; a cell with words, which stays
Reference = tuple[str, str, str, str, str, str, int, tuple[str, str]]
REFERENCES: list[Reference] = [
    ("binh-dinh-2021-2025", "Phụ lục", "dong", "A4", "Đơn vị tính: đồng", "C66", 6_860_000_000, ("Thông tin", "B15")),
    ("can-tho-2021-2025", "Phụ lục 1", "dong", "C5", "Kinh phí (đồng)", "C22", 5_241_500_000, ("Thông tin", "B15")),
    ("can-tho-2021-2025", "Phụ lục 2", "million", "E7", "Thành tiền (triệu đồng)", "E38", 580, ("Thông tin", "B15")),
    ("dong-nai-2021-2025", "Phụ lục", "dong", "G5", "DỰ TOÁN (đồng)", "J22", 5_385_000_000, ("Phụ lục", "A23")),
    (
        "dong-thap-2011-2015", "Tổng hợp", "million", "C5", "Kinh phí cho 5 năm (2011 - 2015) (triệu đồng)", "C18",
        3_050, ("Tổng hợp", "A19"),
    ),
    ("nghe-an-2021-2025", "Phụ lục", "dong", "D5", "Kinh phí (đồng)", "D44", 15_800_000_000, ("Phụ lục", "A45")),
]  # fmt: skip


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda each: f"{each[0]} {each[1]}")
def test_reference_appendices_there_and_back(app: xw.App, tmp_path: Path, reference: Reference) -> None:
    plan, sheet, unit, unit_cell, states, total, value, words = reference
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(plan))
    book = opened(app, path)
    book.sheets[sheet].activate()
    before = cells(contents(book, tmp_path))
    outcome = to(app, unit)
    assert outcome.done, outcome.message.vi
    after = cells(contents(book, tmp_path))
    assert after[sheet, unit_cell][0] == states
    assert after[sheet, total][0] == value
    assert after[sheet, total][1] == before[sheet, total][1]
    assert after[words][0] == before[words][0]
    assert after["Kiểm tra", "D2"][0] == before["Kiểm tra", "D2"][0]
    others = [place for place in before if place[0] != sheet]
    assert [place for place in others if after[place][0] != before[place][0]] == []
    assert to(app, "million" if unit == "dong" else "dong").done
    back = cells(contents(book, tmp_path))
    differing = [place for place in before if without_brackets(back[place]) != without_brackets(before[place])]
    stated = [place for place in differing if "đồng" in str(before[place][0]) or "VNĐ" in str(before[place][0])]
    assert differing == stated


def test_figures_formats_and_the_unit_line(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, typed_file(tmp_path / "a.xlsx", TYPED))
    outcome = to(app, "dong")
    assert outcome.done
    assert outcome.message.vi.startswith(
        "Đã đổi 1 bảng của trang “Phụ lục” từ triệu đồng sang đồng: 4 số, 0 công thức được sửa hệ số."
    )
    assert "\nCột có số được giữ nguyên: F (Tỷ lệ).\n" in outcome.message.vi
    assert f"Bản sao trước khi sửa: {tmp_path}" in outcome.message.vi
    now = cells(contents(book, tmp_path))
    assert now["Phụ lục", "C1"][0] == "Đơn vị tính: đồng"
    assert now["Phụ lục", "D4"] == (Decimal(46_300_000), None, "#,##0")
    assert now["Phụ lục", "E4"] == (Decimal(100_250_000), None, "#,##0")
    assert now["Phụ lục", "E5"] == (Decimal(500_000), None, "#,##0")
    assert now["Phụ lục", "C6"] == (Decimal(1_647_050_000), "SUM(C3)", "#,##0")
    assert now["Phụ lục", "F6"] == (Decimal(100), None, "General")
    assert now["Phụ lục", "F4"][1:] == ("C4/C$6*100", "General")
    assert now["Phụ lục", "G4"][0] == "năm 2021"
    assert to(app, "million").done
    now = cells(contents(book, tmp_path))
    assert now["Phụ lục", "C1"][0] == "Đơn vị tính: triệu đồng"
    assert now["Phụ lục", "D4"] == (Decimal("46.3"), None, "#,##0.0")
    assert now["Phụ lục", "D5"] == (Decimal(1500), None, "#,##0.0")
    assert now["Phụ lục", "E4"] == (Decimal("100.25"), None, "#,##0.00")
    assert now["Phụ lục", "C6"] == (Decimal("1647.05"), "SUM(C3)", "#,##0.00")


def test_a_column_grows_with_its_figures_and_a_hidden_one_stays_hidden(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", TYPED)
    typed = openpyxl.load_workbook(path)
    sheet = typed["Phụ lục"]
    sheet.column_dimensions["C"].width = sheet.column_dimensions["D"].width = 9
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet["C6"].font = Font(name="Times New Roman", size=13)
    typed.save(path)
    book = opened(app, path)
    assert to(app, "dong").done
    page = book.sheets["Phụ lục"]
    assert page["C6"].column_width == pytest.approx(15.2, abs=0.1)
    assert page["E5"].columns.hidden is True
    assert page["E5"].rows.hidden is True
    assert page["E5"].value == 500_000


def test_a_merged_heading_states_the_unit(app: xw.App, tmp_path: Path) -> None:
    typed = """
    STT | Nội dung   | KINH PHÍ (TRIỆU ĐỒNG) | <     | <
    ^   | ^          | Tổng                  | NSTW  | NSĐP
    1   | Hội nghị   | =SUM(D3:E3)           | 4.125 | 6
    2   | Tập huấn   | =SUM(D4:E4)           | 10    | 20
        | *Cộng*     | =SUM(C3:C4)           | =SUM(D3:D4) | =SUM(E3:E4)
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    assert to(app, "dong").done
    now = cells(contents(book, tmp_path))
    assert now["Phụ lục", "C1"][0] == "KINH PHÍ (ĐỒNG)"
    assert now["Phụ lục", "D3"][0] == 4_125_000
    assert book.sheets[0]["C1"].merge_area.address == "$C$1:$E$1"


def test_every_page_states_the_new_unit(app: xw.App, tmp_path: Path) -> None:
    typed = """
    PHỤ LỤC (KÈM QUYẾT ĐỊNH) | <           | - ĐVT: Triệu đồng
    STT | Nội dung           | Kinh phí (triệu đồng) | Ghi chú
    1   | Hội nghị           | 10          | hỗ trợ 5 triệu đồng
    2   | Tập huấn           | 20          | x
    STT | Nội dung           | Kinh phí (triệu đồng) | Ghi chú
    3   | Hội chợ            | 30          | x
        | *Tổng (triệu đồng)* | =SUM(C3:C6) | x
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    assert to(app, "dong").done
    now = {cell: each[0] for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert [now[cell] for cell in ("C1", "C2", "D3", "C5", "B7", "C7")] == [
        "- ĐVT: Đồng", "Kinh phí (đồng)", "hỗ trợ 5 triệu đồng", "Kinh phí (đồng)", "Tổng (đồng)", 60_000_000,
    ]  # fmt: skip


def test_prices_go_along_where_they_are_in_the_unit_of_the_table(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số lượng | Đơn giá | Thành tiền
    1   | Hội nghị | 2        | {}      | =C3*D3{}
    2   | Tập huấn | 3        | {}      | =C4*D4{}
        | *Cộng*   |          |         | =SUM(E3:E4)
    """
    shared = {
        "shared": typed.format("1.5", "", "20", ""),
        "own": typed.format(*("1500000", "/1000000", "20000000", "/1000000")),
    }
    for name, text in shared.items():
        book = opened(app, typed_file(tmp_path / f"{name}.xlsx", text))
        assert to(app, "dong").done, name
        now = cells(contents(book, tmp_path))
        assert now["Phụ lục", "D3"][0] == 1_500_000, name
        assert now["Phụ lục", "E3"][:2] == (3_000_000, "C3*D3"), name
        assert now["Phụ lục", "E5"][:2] == (63_000_000, "SUM(E3:E4)"), name


def test_other_sheets_keep_what_they_show(app: xw.App, tmp_path: Path) -> None:
    other = """
    Đơn vị tính: triệu đồng
    Nội dung  | Kinh phí
    Thương mại | ='Phụ lục'!C6
    Đối chiếu  | =SUM('Phụ lục'!D4:D5)-B3
    Kết quả    | =IF('Phụ lục'!C6='Phụ lục'!D6+'Phụ lục'!E6,"Khớp","Lệch")
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", {"Phụ lục": TYPED, "Tổng hợp": other}))
    assert to(app, "dong").done
    now = cells(contents(book, tmp_path))
    assert now["Tổng hợp", "B3"][:2] == (Decimal("1647.05"), "'Phụ lục'!C6/1000000")
    assert now["Tổng hợp", "B4"][:2] == (Decimal("-100.75"), "SUM('Phụ lục'!D4:D5)/1000000-B3")
    assert now["Tổng hợp", "B5"][:2] == ("Khớp", "IF('Phụ lục'!C6='Phụ lục'!D6+'Phụ lục'!E6,\"Khớp\",\"Lệch\")")
    book.sheets["Tổng hợp"].activate()
    assert to(app, "dong").done
    now = cells(contents(book, tmp_path))
    assert now["Tổng hợp", "B3"][:2] == (1_647_050_000, "'Phụ lục'!C6")
    assert now["Tổng hợp", "B4"][:2] == (-100_750_000, "SUM('Phụ lục'!D4:D5)-B3")


@pytest.mark.parametrize(
    ("cell", "content", "sentence"),
    [
        (
            "C6",
            "=SUM(C3)+500",
            "trang “Phụ lục”, ô C6: công thức chứa số cố định nên không đổi đơn vị được; thấy “=SUM(C3)+500”; "
            "cần số cố định nằm ở một ô riêng.",
        ),
        (
            "D5",
            "'1.500",
            "trang “Phụ lục”, ô D5: số được lưu dưới dạng chữ; thấy “1.500”; cần bấm “Chuyển chữ thành số” trước.",
        ),
        (
            "D5",
            "'2000.000.000",
            "trang “Phụ lục”, ô D5: số viết sai quy cách; thấy “2000.000.000”; cần viết lại số này.",
        ),
        (
            "H20",
            '=IF(SUM(INDEX(C3:C6,4):C6)>1000,"Vượt","Đạt")',
            "trang “Phụ lục”, ô H20: đổi đơn vị làm sai ô này, nên mọi ô đã được trả lại như cũ; "
            "thấy “=IF(SUM(INDEX(C3:C6,4):C6)>1000,\"Vượt\",\"Đạt\") → Vượt”; cần Đạt.",
        ),
        (
            "H20",
            "=IF(SUM(INDEX(C3:C6,4):C6)>1000,1,2)",
            "trang “Phụ lục”, ô H20: không biết công thức này cho kết quả gì sau khi đổi đơn vị; "
            "thấy “=IF(SUM(INDEX(C3:C6,4):C6)>1000,1,2)”; cần công thức đơn giản hơn, hoặc giá trị thay cho công thức.",
        ),
        (
            "H20",
            "=SUM(C4:F4)",
            "trang “Phụ lục”, ô H20: công thức gộp số được đổi đơn vị với số không đổi (ô F4); thấy “=SUM(C4:F4)”; "
            "cần số ở ô F4 cùng đơn vị với các số kia, hoặc để ô đó ngoài công thức.",
        ),
        (
            "C1",
            "PHỤ LỤC CỦA TỈNH",
            "trang “Phụ lục”, bảng A2:G6: bảng chưa ghi đơn vị tính; cần một dòng như “Đơn vị tính: triệu đồng” phía "
            "trên bảng.",
        ),
        ("C1", "Đơn vị tính: đồng", "trang “Phụ lục”: các bảng đã tính bằng đồng."),
    ],
)  # fmt: skip
def test_what_hinders_is_named_and_nothing_changes(
    app: xw.App, tmp_path: Path, cell: str, content: str, sentence: str
) -> None:
    book = opened(app, typed_file(tmp_path / "a.xlsx", TYPED))
    sheet = book.sheets["Phụ lục"]
    sheet["D4:D5"].value = [[0.3], [0.25]]
    sheet[cell].formula = content
    before, width = cells(contents(book, tmp_path)), sheet["C6"].column_width
    outcome = to(app, "dong")
    assert (outcome.done, outcome.message.vi) == (False, sentence)
    assert cells(contents(book, tmp_path)) == before
    assert sheet["C6"].column_width == width


def test_tables_of_several_units_and_columns_of_their_own(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: nghìn đồng
    STT | Nội dung | Kinh phí | Kinh phí (triệu đồng)
    1   | Hội nghị | 1500     | =C3/1000
    2   | Tập huấn | 20000.5  | 20.0005
        | *Cộng*   | =SUM(C3:C4) | =SUM(D3:D4)
     |
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số tiền
    1   | In ấn    | =C5/1000
    2   | Khác     | 3
        | *Cộng*   | =SUM(C9:C10)
     |
    Đơn vị tính: đồng
    STT | Nội dung | Thành tiền
    1   | In ấn    | 700
    2   | Khác     | =C11*1000000
        | *Cộng*   | =SUM(C15:C16)
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    outcome = to(app, "dong")
    assert outcome.done, outcome.message.vi
    assert "từ nghìn đồng, triệu đồng sang đồng: 3 số" in outcome.message.vi
    now = {cell: each for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert [now[cell][0] for cell in ("A1", "D2", "A7", "A13")] == [
        "Đơn vị tính: đồng", "Kinh phí (triệu đồng)", "Đơn vị tính: đồng", "Đơn vị tính: đồng",
    ]  # fmt: skip
    assert now["C3"][:2] == (1_500_000, None)
    assert now["C5"][:2] == (21_500_500, "SUM(C3:C4)")
    assert now["D3"][:2] == (Decimal("1.5"), "C3/1000000")
    assert now["D4"][:2] == (Decimal("20.0005"), None)
    assert now["C9"][:2] == (21_500_500, "C5")
    assert now["C10"][:2] == (3_000_000, None)
    assert now["C16"][:2] == (24_500_500, "C11")
    assert now["C17"][:2] == (24_501_200, "SUM(C15:C16)")


def test_rows_of_remarks(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: triệu đồng
    STT | Nội dung  | Kinh phí | Năm 2021 | Năm 2022
    1   | Hội nghị  | =SUM(D3:E3) | 46.3  | 10
    2   | Tập huấn  | =SUM(D4:E4) | 20    | 30
        | *Tổng cộng* | =SUM(C3:C4) | =SUM(D3:D4) | =SUM(E3:E4)
        | Làm tròn    | 106      | 66       | 40
        | Tỷ lệ (%)   | 100      | =D5/C5*100 | 37.6
        | Bình quân   | =AVERAGE(D5:E5) |   |
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    assert to(app, "dong").done
    now = {cell: each for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert [now[cell][0] for cell in ("C6", "D6", "E6")] == [106_000_000, 66_000_000, 40_000_000]
    assert [now[cell][0] for cell in ("C7", "E7")] == [100, Decimal("37.6")]
    assert now["D7"][1] == "D5/C5*100"
    assert now["C8"][:2] == (53_150_000, "AVERAGE(D5:E5)")


FEE = """
    |          |          | Đơn vị tính: triệu đồng
STT | Nội dung | Số tiền  | {head}
1   | Hội nghị | 100      | {first}
2   | Tập huấn | 70       | {second}
    | *Tổng cộng* | =SUM(C3:C4) | =SUM(D3:D4)
"""
FIXED = "công thức chứa số cố định nên không đổi đơn vị được; thấy “{}”; cần số cố định nằm ở một ô riêng."
UNCLEAR = (
    "không rõ số ở cột này là tiền hay không; thấy “{}”; "
    "cần tiêu đề cột ghi đơn vị tính, như “(triệu đồng)” hoặc “(%)”."
)


@pytest.mark.parametrize(
    ("head", "formula", "says"),
    [
        ("Phí", "=IF(C3>50,C3*10%,5)", FIXED),
        ("Phí", "=MIN(C3*0.1,6)", FIXED),
        ("Phí", "=MAX(C3-20,0)", FIXED),
        ("Phí", "=IF(C3>50,2,1)", UNCLEAR),
        ("Phí (triệu đồng)", "=IF(C3>50,C3*10%,5)", FIXED),
        ("Ghi chú", "=MIN(C3*0.1,6)", FIXED),
        ("So sánh", "=MAX(C3-20,0)", FIXED),
    ],
)
def test_a_column_that_is_computed_from_amounts_is_understood_or_refused(
    app: xw.App, tmp_path: Path, head: str, formula: str, says: str
) -> None:
    text = FEE.format(head=head, first=formula, second=formula.replace("C3", "C4"))
    book = opened(app, typed_file(tmp_path / "a.xlsx", text))
    before = cells(contents(book, tmp_path))
    outcome = to(app, "dong")
    assert (outcome.done, outcome.message.vi) == (False, f"trang “Phụ lục”, ô D3: {says.format(formula)}")
    assert cells(contents(book, tmp_path)) == before


def test_a_column_that_is_half_computed_from_amounts_is_refused(app: xw.App, tmp_path: Path) -> None:
    text = FEE.format(head="Phí", first="=C3*0.1", second="8").replace("=SUM(D3:D4)", "")
    opened(app, typed_file(tmp_path / "a.xlsx", text))
    outcome = to(app, "dong")
    assert (outcome.done, outcome.message.vi) == (False, f"trang “Phụ lục”, ô D4: {UNCLEAR.format('8')}")


@pytest.mark.parametrize("formula", ["=C3*0.1", "=C3*10%", "=C3/3", "=IF(C3>50,C3*0.1,C3*0.2)"])
def test_a_column_that_is_a_share_of_amounts_follows(app: xw.App, tmp_path: Path, formula: str) -> None:
    text = FEE.format(head="Phí", first=formula, second=formula.replace("C3", "C4"))
    book = opened(app, typed_file(tmp_path / "a.xlsx", text))
    before = cells(contents(book, tmp_path))["Phụ lục", "D3"]
    assert "giữ nguyên: D" not in to(app, "dong").message.vi
    now = cells(contents(book, tmp_path))["Phụ lục", "D3"]
    assert isinstance(now[0], Decimal)
    assert isinstance(before[0], Decimal)
    assert now[0] == pytest.approx(before[0] * 1_000_000)
    assert to(app, "million").done
    assert cells(contents(book, tmp_path))["Phụ lục", "D3"][:2] == (before[0], before[1])


def test_columns_and_tables_of_a_unit_of_their_own_are_named(app: xw.App, tmp_path: Path) -> None:
    """What was in đồng before the others came is in đồng like them: the way back says that it goes along."""
    typed = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền
    1   | Hội nghị | 3        | 5500000        | =C3*D3/1000000
    2   | Tập huấn | 2        | 250000         | =C4*D4/1000000
        | *Cộng*   |          |                | =SUM(E3:E4)
     |
    Đơn vị tính: đồng
    STT | Nội dung | Thành tiền
    1   | In ấn    | 700000
        | *Cộng*   | =SUM(C9:C9)
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    out = to(app, "dong").message.vi
    assert out.startswith(
        "Đã đổi 1 bảng của trang “Phụ lục” từ triệu đồng sang đồng: 0 số, 2 công thức được sửa hệ số."
    )
    assert "\nCột có số được giữ nguyên: C (Số lượng), D (Đơn giá (đồng)).\n" in out
    assert "\nBảng được đổi: A2:E5.\n" in out
    assert "\nBảng vốn tính bằng đồng, giữ nguyên: A8:C10.\n" in out
    now = {cell: each[:2] for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert (now["D3"], now["E3"], now["C9"]) == ((5_500_000, None), (16_500_000, "C3*D3"), (700_000, None))
    back = to(app, "million").message.vi
    assert back.startswith("Đã đổi 2 bảng của trang “Phụ lục” từ đồng sang triệu đồng: 3 số")
    assert "\nBảng được đổi: A2:E5, A8:C10.\n" in back
    assert "\nCột ghi đơn vị riêng ở tiêu đề cũng được đổi: D (Đơn giá (đồng)).\n" in back
    now = {cell: each[:2] for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert (now["D3"], now["E3"], now["C9"]) == (
        (Decimal("5.5"), None), (Decimal("16.5"), "C3*D3"), (Decimal("0.7"), None),
    )  # fmt: skip


def test_headings_of_two_units_are_named_on_the_way_back(app: xw.App, tmp_path: Path) -> None:
    typed = """
    STT | Nội dung | Số tiền (triệu đồng) | Kinh phí (đồng)
    1   | Hội nghị | 1.5                  | 2000000
        | *Cộng*   | =SUM(C2:C2)          | =SUM(D2:D2)
    """
    opened(app, typed_file(tmp_path / "a.xlsx", typed))
    assert "\nCột có số được giữ nguyên: D (Kinh phí (đồng)).\n" in to(app, "dong").message.vi
    back = to(app, "million").message.vi
    assert "\nCột ghi đơn vị riêng ở tiêu đề cũng được đổi: D (Kinh phí (đồng)).\n" in back


def test_every_column_of_numbers_that_stays_is_named(app: xw.App, tmp_path: Path) -> None:
    typed = """
    Đơn vị tính: triệu đồng
    STT | Nội dung | Số tiền | Cơ cấu   | Số lượng | Kinh phí (đồng) | Phí | Ghi chú
    1   | Hội nghị | 100     | =C3/C$5  | =C3/5    | =C3*1000000     | 3   | 2500000
    2   | Tập huấn | 50      | =C4/C$5  | =C4/5    | =C4*1000000     | 4   | 3500000
        | *Cộng*   | =SUM(C3:C4) |      |          | =SUM(F3:F4)     |     |
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", typed))
    assert (
        "\nCột có số được giữ nguyên: D (Cơ cấu), E (Số lượng), F (Kinh phí (đồng)), G (Phí), H (Ghi chú).\n"
        in to(app, "dong").message.vi
    )
    now = {cell: each for (_, cell), each in cells(contents(book, tmp_path)).items()}
    assert now["E3"][:2] == (20, "C3/5/1000000")
    assert now["F3"][:2] == (100_000_000, "C3")


def test_averages_over_time_are_amounts_and_tables_side_by_side_have_one_unit(app: xw.App, tmp_path: Path) -> None:
    average = """
    Đơn vị tính: triệu đồng
    Nội dung | Kinh phí    | Bình quân tháng | Tăng bình quân (%/năm)
    Lương    | 120         | 10              | 5.5
    Phí      | 6           | 0.5             | 7
    *Cộng*   | =SUM(B3:B4) | =B5/12          | 6
    """
    beside = """
    Đơn vị tính: triệu đồng
    Nội dung thu | Dự toán     | Nội dung chi | Dự toán
    Thuế         | 10          | Lương        | 20
    Phí          | 5.5         | Đầu tư       | 30
    *Tổng cộng*  | =SUM(B3:B4) | *Tổng cộng*  | =SUM(D3:D4)
    """
    book = opened(app, typed_file(tmp_path / "a.xlsx", {"Bình quân": average, "Thu chi": beside}))
    assert "\nCột có số được giữ nguyên: D (Tăng bình quân (%/năm)).\n" in to(app, "dong").message.vi
    book.sheets["Thu chi"].activate()
    assert to(app, "dong").message.vi.startswith("Đã đổi 2 bảng của trang “Thu chi” từ triệu đồng sang đồng: 4 số")
    now = cells(contents(book, tmp_path))
    assert [now["Bình quân", cell][0] for cell in ("C3", "C4", "C5", "D3")] == [
        10_000_000, 500_000, 10_500_000, Decimal("5.5"),
    ]  # fmt: skip
    assert [now["Thu chi", cell][0] for cell in ("B5", "D5")] == [15_500_000, 50_000_000]


def test_what_cannot_be_changed_is_said(app: xw.App, tmp_path: Path) -> None:
    empty = opened(app, typed_file(tmp_path / "empty.xlsx", {"Trang": " "}))
    assert to(app, "dong").message.vi == "trang “Trang”: không có bảng số tiền nào; cần một bảng có cột số tiền."
    empty.close()
    path = typed_file(tmp_path / "a.xlsx", {"Phụ lục": TYPED, "Khác": "a | ='Phụ lục'!C6"})
    typed = openpyxl.load_workbook(path)
    typed["Khác"].protection.sheet = True
    typed.save(path)
    book = opened(app, path)
    before = cells(contents(book, tmp_path))
    said = "đang được bảo vệ, không sửa được; cần bỏ bảo vệ ở thẻ Review trước."
    assert to(app, "dong").message.vi == f"trang “Khác”: trang {said}"
    assert cells(contents(book, tmp_path)) == before
    book.sheets["Khác"].activate()
    assert to(app, "dong").message.vi == f"trang “Khác”: trang {said}"
    assert perform("unit", app, {}).message.vi == "chưa chọn đơn vị để đổi sang; cần to=dong hoặc to=million."


@pytest.mark.slow
def test_five_thousand_rows(app: xw.App, tmp_path: Path) -> None:
    """500 groups of nine items over five years: 22 500 numbers, 8 006 formulas."""
    typed = openpyxl.Workbook()
    sheet = typed.worksheets[0]
    sheet.title = "Phụ lục"
    sheet.append(["Đơn vị tính: triệu đồng"])
    sheet.append(["STT", "Nội dung", "Tổng số", *(f"Năm {year}" for year in range(2021, 2026))])
    for group in range(500):
        top = 3 + group * 10
        years = [f"=SUM({letter}{top + 1}:{letter}{top + 9})" for letter in "DEFGH"]
        sheet.append([group + 1, f"Nhóm {group + 1}", f"=SUM(D{top}:H{top})", *years])
        for item in range(1, 10):
            row = top + item
            amounts = [(group * 7 + item * 3 + year) % 97 + 0.125 for year in range(5)]
            sheet.append([f"{group + 1}.{item}", "Hạng mục", f"=SUM(D{row}:H{row})", *amounts])
    sheet.append([None, "Tổng cộng", *(f"=SUM({letter}3:{letter}5002)/2" for letter in "CDEFGH")])
    typed.save(tmp_path / "a.xlsx")
    book = opened(app, tmp_path / "a.xlsx")
    before = contents(book, tmp_path).sheet("Phụ lục").cells
    outcome = to(app, "dong")
    assert "22500 số, 0 công thức" in outcome.message.vi
    after = contents(book, tmp_path).sheet("Phụ lục").cells
    wrong = [
        cell
        for cell, held in before.items()
        if cell[0] > 2 and cell[1] > 2 and isinstance(held.value, Decimal)
        if after[cell].value != held.value * 1_000_000 or after[cell].formula != held.formula
    ]
    assert wrong == []
    assert {after[cell].number_format for cell in after if cell[0] > 2 and cell[1] > 2} == {"#,##0"}
