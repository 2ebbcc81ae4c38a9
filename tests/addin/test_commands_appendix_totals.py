"""Thay số cứng bằng công thức, pressed in LibreOffice on typed workbooks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.protection import SheetProtection
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin.ribbon import perform
from budget.numbers import format_number
from validators.readers import read_book
from validators.tables.understanding import understand
from workbook.addresses import address

PAGE = "Số chưa thay"


def opened(app: xw.App, path: Path, sheet: str = "Phụ lục") -> xw.Sheet:
    """A sheet of a workbook that is open, and looked at."""
    page = app.books.open(str(path)).sheets[sheet]
    page.activate()
    return page


def pressed(app: xw.App) -> str:
    """The message, without where the backup is."""
    outcome = perform("to-formulas", app, {})
    assert outcome.done, outcome.message.vi
    return outcome.message.vi.partition("\n\n")[0]


def cells(sheet: xw.Sheet) -> dict[str, tuple[str, object]]:
    """Formula and value of every cell of a sheet that holds something."""
    used = sheet.used_range
    formulas, values = used.options(ndim=2).formula, used.options(ndim=2).value
    return {
        address(used.row + row, used.column + column): (formulas[row][column], values[row][column])
        for row in range(len(values))
        for column in range(len(values[row]))
        if formulas[row][column] != ""
    }


def live(before: dict[str, tuple[str, object]], after: dict[str, tuple[str, object]]) -> dict[str, str]:
    """The cells that became formulas; every cell shows what it showed before."""
    assert {cell: value for cell, (_, value) in after.items()} == {cell: value for cell, (_, value) in before.items()}
    return {cell: formula for cell, (formula, _) in after.items() if formula != before[cell][0]}


@pytest.mark.parametrize(
    ("plan", "sheet", "message", "some"),
    [
        (
            "binh-dinh-2021-2025",
            "Phụ lục",
            "Đã thay 190 số tổng bằng công thức; 1 số không thay: C36 ghi “3.235”, các phần cộng lại được 3.325: không "
            "khớp.",
            {
                "C10": "=SUM(D10:H10)",
                "D10": "=SUM(D11,D13,D15,D17,D19)",
                "G57": "=SUM(G58:G59)",
                "D66": "=SUM(D7,D10,D21,D28,D36,D56)",
                "D68": "=SUM(D12,D24,D27,D35,D39,D42,D45,D48,D51,D59,D62,D65)",
            },
        ),
        (
            "can-tho-2021-2025",
            "Phụ lục 1",
            "Đã thay 16 số tổng bằng công thức.",
            {"C20": "=SUM(C9:C17,C19)", "C21": "=SUM(C20:D20)", "C22": "=SUM(C21,E21,G21,I21,K21)"},
        ),
        (
            "can-tho-2021-2025",
            "Phụ lục 2",
            "Đã thay 6 số tổng bằng công thức; 1 số không thay: E65 ghi “600.000.000”, các phần cộng lại được "
            "200.000.000: không khớp.",
            {"E21": "=SUM(E10:E20)", "E81": "=SUM(E76:E80)"},
        ),
        (
            "dong-nai-2021-2025",
            "Phụ lục",
            "Đã thay 4 số tổng bằng công thức; 1 số không thay: I22 ghi “500”, các phần cộng lại được 385: không khớp.",
            {"G7": "=SUM(G8:G12)", "H22": "=SUM(H7,H13:H21)"},
        ),
        ("dong-thap-2011-2015", "Kế hoạch", "Đã thay 7 số tổng bằng công thức.", {"C87": "=SUM(C75:C86)"}),
        (
            "nghe-an-2021-2025",
            "Phụ lục",
            "Đã thay 56 số tổng bằng công thức.",
            {"D8": "=SUM(E8:F8)", "E44": "=SUM(E7,E11,E19,E23,E30,E35,E38,E41)"},
        ),
    ],
)
def test_the_decisions_as_printed(
    app: xw.App, tmp_path: Path, plan: str, sheet: str, message: str, some: dict[str, str]
) -> None:
    page = opened(app, typed_seed(plan, Typing.NUMBERS, tmp_path), sheet)
    before = cells(page)
    assert pressed(app) == message
    changed = live(before, cells(page))
    assert f"{len(changed)} số tổng" in message
    assert some.items() <= changed.items()
    assert pressed(app).partition(";")[0] in (
        "Không có số tổng nào được thay bằng công thức",
        "Mọi số tổng trên trang này đã là công thức.",
    )


def test_money_that_is_added_to_an_item_beside_its_of_which_line_can_be_typed(app: xw.App, tmp_path: Path) -> None:
    text = """
STT | Nội dung | Năm 2026
1 | Hội nghị tập huấn | 10
 | Trong đó: chi lương | 3
2 | In ấn bản tin | 20
 | Trong đó: in ấn | 20
 | Tổng cộng | 30
"""
    page = opened(app, typed_file(tmp_path / "trong đó.xlsx", text))
    before = cells(page)
    assert "C4 ghi “20”, các dòng “Trong đó” chưa chắc kể hết các phần" in pressed(app)
    assert live(before, cells(page)) == {"C6": "=SUM(C2,C4)"}
    page.range("C4").value = 25
    assert page.range("C6").value == 35


def test_a_part_that_is_filled_in_later_counts(app: xw.App, tmp_path: Path) -> None:
    page = opened(app, typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path))
    pressed(app)
    assert page.range("D14").value is None
    page.range("D14").value = 100
    assert page.range("C14").value == 190
    assert page.range("D67").value == 685


MISTAKES = """
Đơn vị tính: triệu đồng
STT | Nội dung | Tổng | NSTW | NSĐP
I | Đào tạo tập huấn | 30 | 12 | 18
1 | Hội nghị tập huấn | 10 | 4 | 6
2 | In ấn tài liệu | "20" | 8 | 12
II | Mua sắm thiết bị | 46 | 20 | 25
1 | Máy tính để bàn | 25 | 10 | 15
2 | Máy in các loại | =SUM(D8:E8) => 20 | 10 | 10
 | Tổng cộng | 85 | 32 | "43"
"""


def test_texts_rounding_and_mistakes_are_listed_on_a_sheet_and_never_touched(app: xw.App, tmp_path: Path) -> None:
    page = opened(app, typed_file(tmp_path / "loi.xlsx", MISTAKES))
    before = cells(page)
    assert pressed(app) == (
        "Đã thay 8 số tổng bằng công thức; 4 số không thay: C5 ghi “20”, là chữ, không phải số; C6 ghi “46”, các phần "
        "cộng lại được 45: lệch 1, có thể do làm tròn; C9 ghi “85”, các phần cộng lại được 76: không khớp; E9 ghi “43”,"
        " là chữ, không phải số. Có số đang ghi dạng chữ: bấm “Chuyển chữ thành số” rồi làm lại."
    )
    assert live(before, cells(page)) == {
        "C3": "=SUM(D3:E3)",
        "D3": "=SUM(D4:D5)",
        "E3": "=SUM(E4:E5)",
        "C4": "=SUM(D4:E4)",
        "D6": "=SUM(D7:D8)",
        "E6": "=SUM(E7:E8)",
        "C7": "=SUM(D7:E7)",
        "D9": "=SUM(D3,D6)",
    }


def test_many_that_stay_are_listed_on_a_sheet_that_is_no_table(app: xw.App, tmp_path: Path) -> None:
    page = opened(app, typed_seed("binh-dinh-2021-2025", Typing.TEXT, tmp_path))
    before = cells(page)
    message = (
        "Không có số tổng nào được thay bằng công thức; 191 số không thay (xem trang “Số chưa thay”). Có số đang ghi "
        "dạng chữ: bấm “Chuyển chữ thành số” rồi làm lại."
    )
    assert pressed(app) == message
    assert cells(page) == before
    book = page.book
    assert book.sheets.active.name == "Phụ lục"
    listed = book.sheets[PAGE]
    assert listed.range("A3:C4").value == [
        ["Chỗ", "Dòng", "Vì sao để nguyên"],
        [
            "C7",
            "1 Tuyên truyền nâng cao nhận thức về thương mại điện tử (TMĐT)",
            "Phụ lục: ghi “200”, là chữ, không phải số.",
        ],
    ]
    assert listed.used_range.last_cell.row == 3 + 191
    assert pressed(app) == message  # the sheet of the first time gives way
    assert [sheet.name for sheet in book.sheets] == ["Tổng hợp", "Phụ lục", PAGE]
    copy = tmp_path / "copy.xlsx"
    book.api.SaveCopyAs(str(copy))
    assert [table.grid.name for table in understand(read_book(copy))] == ["Tổng hợp", "Phụ lục"]
    assert load_workbook(copy)[PAGE]["A4"].hyperlink.location == "'Phụ lục'!C7"


@pytest.mark.parametrize("written", ["cell", "note", "cleared"])
def test_a_list_that_somebody_wrote_on_is_kept(app: xw.App, tmp_path: Path, written: str) -> None:
    book = opened(app, typed_seed("binh-dinh-2021-2025", Typing.TEXT, tmp_path)).book
    assert "(xem trang “Số chưa thay”)." in pressed(app)
    listed = book.sheets[PAGE]
    if written == "cell":
        listed.range("D9").value = "Đã hỏi chị Lan"
    elif written == "note":
        listed.range("B9").add_note("Đã hỏi chị Lan")
    else:
        listed.range("C9").value = None
    before = cells(listed)
    assert (
        "(xem trang “Số chưa thay (2)”; trang “Số chưa thay” có điều bạn ghi thêm hoặc sửa nên được giữ lại)."
        in pressed(app)
    )
    assert cells(listed) == before
    assert book.sheets.active.name == "Phụ lục"
    pressed(app)  # the second list has nothing of the user's: it gives way
    assert book.sheet_names == ["Tổng hợp", "Phụ lục", PAGE, "Số chưa thay (2)"]


def test_formulas_that_are_there_stay_and_no_circle_comes_about(app: xw.App, tmp_path: Path) -> None:
    page = opened(
        app,
        typed_file(
            tmp_path / "vong.xlsx",
            """
STT | Nội dung | Tổng | NSTW | NSĐP
1 | Hội nghị tập huấn | 10 | 4 | 6
2 | In ấn tài liệu | 20 | 8 | =C3-D3 => 12
3 | Mua sắm thiết bị | 25 | =D5-D2-D3 => 10 | 15
 | Tổng cộng | 55 | 22 | 33
""",
        ),
    )
    before = cells(page)
    assert pressed(app) == (
        "Đã thay 4 số tổng bằng công thức; 2 số không thay: C3 ghi “20”, công thức sẽ thành vòng; D5 ghi “22”, công "
        "thức sẽ thành vòng."
    )
    assert live(before, cells(page)) == {
        "C2": "=SUM(D2:E2)",
        "C4": "=SUM(D4:E4)",
        "C5": "=SUM(D5:E5)",
        "E5": "=SUM(E2:E4)",
    }


def test_what_is_left_of_a_plan_is_no_part_of_it(app: xw.App, tmp_path: Path) -> None:
    page = opened(
        app,
        typed_file(
            tmp_path / "con lai.xlsx",
            """
STT | Nội dung | Dự toán năm 2026 | Kinh phí đã bố trí | Kinh phí còn lại
1 | Hội nghị tập huấn | 10 | 4 | 6
2 | In ấn tài liệu | 20 | 8 | 12
3 | Mua sắm thiết bị | 25 | 10 | 15
 | Tổng cộng | 55 | 22 | 33
""",
        ),
    )
    before = cells(page)
    assert pressed(app) == "Đã thay 3 số tổng bằng công thức."
    assert live(before, cells(page)) == {"C5": "=SUM(C2:C4)", "D5": "=SUM(D2:D4)", "E5": "=SUM(E2:E4)"}


def test_a_total_that_comes_out_otherwise_is_put_back(app: xw.App, tmp_path: Path) -> None:
    page = opened(
        app,
        typed_file(
            tmp_path / "ngẫu nhiên.xlsx",
            """
STT | Nội dung | Kinh phí
1 | Hội nghị tập huấn | 10
2 | In ấn tài liệu | =RANDBETWEEN(1000000,9000000)
 | Tổng cộng | 0
""",
        ),
    )
    app.calculation = "manual"
    try:
        total = 10 + page.range("C3").value
        page.range("C4").value = total
        assert pressed(app) == (
            "Không có số tổng nào được thay bằng công thức; 1 số không thay: C4 ghi "
            f"“{format_number(Decimal(total))}”, tính lại cho số khác."
        )
    finally:
        app.calculation = "automatic"
    assert page.range("C4").formula == f"{total:.0f}"


def test_a_book_that_takes_no_sheet_is_told_of_the_first_ones(app: xw.App, tmp_path: Path) -> None:
    path = typed_seed("binh-dinh-2021-2025", Typing.TEXT, tmp_path)
    workbook = load_workbook(path)
    workbook.security = WorkbookProtection(lockStructure=True)
    workbook.save(path)
    opened(app, path)
    message = pressed(app)
    assert message.startswith("Không có số tổng nào được thay bằng công thức; 191 số không thay: C7 ghi “200”, là chữ")
    assert message.count("; …") == 1


def test_merged_cells_hidden_rows_formats_and_cells_formatted_as_text(app: xw.App, tmp_path: Path) -> None:
    path = typed_file(
        tmp_path / "gop.xlsx",
        """
STT | Nội dung | Năm 2026 | < | Năm 2027 | <
^ | ^ | NSTW | NSĐP | NSTW | NSĐP
1 | Hội nghị tập huấn | 4 | 6 | 5 | 5
2 | In ấn tài liệu | 8 | 12 | 7 | 3
3 | Mua sắm thiết bị | 10 | 15 | 20 | 5
 | Tổng số tiền theo nguồn | 22 | 33 | 32 | 13
 | Tổng số tiền theo năm | 55 | < | 45 | <
""",
    )
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    sheet.row_dimensions[4].hidden = True
    sheet["C6"].number_format, sheet["F6"].number_format = "#,##0.0", "@"
    workbook.save(path)
    page = opened(app, path)
    before = cells(page)
    assert pressed(app) == (
        "Đã thay 5 số tổng bằng công thức; 1 số không thay: F6 ghi “13”, là chữ, không phải số. Có số đang ghi dạng "
        "chữ: bấm “Chuyển chữ thành số” rồi làm lại."
    )
    assert live(before, cells(page)) == {
        "C6": "=SUM(C3:C5)",
        "D6": "=SUM(D3:D5)",
        "E6": "=SUM(E3:E5)",
        "C7": "=SUM(C6:D6)",
        "E7": "=SUM(E6:F6)",
    }
    assert page.range("C6").number_format == "#,##0.0"
    assert page.range("C7").merge_area.address == "$C$7:$D$7"
    assert page.range("4:4").rows.hidden is True


def test_a_protected_sheet_an_empty_one_and_no_book(app: xw.App, tmp_path: Path) -> None:
    assert perform("to-formulas", app, {}).message.vi.startswith("chưa mở tệp nào")
    empty = app.books.add()
    assert perform("to-formulas", app, {}).message.vi == (
        "trang đang mở không có bảng nào; thấy “Sheet1”; cần một bảng có tiêu đề cột và số tiền."
    )
    empty.close()
    path = typed_file(tmp_path / "khoa.xlsx", MISTAKES)
    workbook = load_workbook(path)
    workbook.worksheets[0].protection = SheetProtection(sheet=True)
    workbook.save(path)
    page = opened(app, path)
    outcome = perform("to-formulas", app, {})
    assert outcome.message.vi == (
        "trang “Phụ lục”: trang đang được bảo vệ, không sửa được; cần bỏ bảo vệ ở thẻ Review trước."
    )
    assert page.range("C3").formula == "30"


@pytest.mark.slow
def test_a_table_of_five_thousand_rows(app: xw.App, tmp_path: Path) -> None:
    rows = ["STT | Nội dung | Tổng | Năm 2026 | Năm 2027"]
    for group in range(1, 51):
        rows.append(f"{group} | *Nhóm việc thứ {group}* | {99 * group + 4950} | 4950 | {99 * group}")
        rows += [
            f"{group}.{item} | Việc thứ {item} của nhóm | {item + group} | {item} | {group}" for item in range(1, 100)
        ]
    rows.append(f" | *Tổng cộng* | {50 * 4950 + 99 * 1275} | {50 * 4950} | {99 * 1275}")
    page = opened(app, typed_file(tmp_path / "lớn.xlsx", "\n".join(rows)))
    before = cells(page)
    assert pressed(app) == "Đã thay 5103 số tổng bằng công thức."
    changed = live(before, cells(page))
    assert len(changed) == 5103
    assert [changed[cell] for cell in ("C2", "D2", "E4902", "C5001")] == [
        "=SUM(D2:E2)",
        "=SUM(D3:D101)",
        "=SUM(E4903:E5001)",
        "=SUM(D5001:E5001)",
    ]
    assert changed["D5002"] == f"=SUM({','.join(f'D{100 * group + 2}' for group in range(50))})"
