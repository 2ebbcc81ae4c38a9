"""What is counted where a workbook has several tables, some of which hold the money of others."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.funded import HEAD, funded, lines, table_lines
from support.reference import reference
from support.typed import typed_file

from budget.rollup import added
from generators.generate import generate
from phuluc import main
from validators.checking import examine
from validators.funding import funding, leaves
from validators.readers import read_book

TWO_TABLES = """
    Bảng 1. Hội nghị
     | | Đơn vị: triệu đồng
    STT | Nội dung | Ngân sách tỉnh | Xã hội hóa
    1 | Hội nghị | 100 | 5
    2 | Tập huấn | 50 | 5
     | Tổng cộng | 150 | 10

    Bảng 2. Mua sắm
     | | Đơn vị: đồng
    STT | Nội dung | Số lượng | Đơn giá | Thành tiền
    1 | Máy tính | 2 | 15000000 | 30000000
    2 | Máy in | 1 | 5000000 | 5000000
     | Cộng | | | 35000000
"""


def test_tables_that_have_nothing_to_do_with_each_other_all_count() -> None:
    assert table_lines(funded(TWO_TABLES)) == [
        "Phụ lục A3:D6 160000000 of 160000000",
        "Phụ lục A10:E13 35000000 of 35000000",
    ]


def test_a_summary_below_its_tables_counts_in_their_detail() -> None:
    typed = (
        TWO_TABLES
        + """
    Bảng 3. Tổng hợp
     | | Đơn vị: triệu đồng
    STT | Nội dung | Kinh phí
    1 | Bảng 1 | 160
    2 | Bảng 2 | 35
     | Tổng cộng | 195
    """
    )
    typed = typed.replace("Xã hội hóa\n", "Xã hội hóa | Cộng\n").replace("100 | 5\n", "100 | 5 | 105\n")
    typed = typed.replace("50 | 5\n", "50 | 5 | 55\n").replace("150 | 10\n", "150 | 10 | 160\n")
    assert table_lines(funded(typed)) == [
        "Phụ lục A3:E6 160000000 of 160000000 in Phụ lục A17:C20",
        "Phụ lục A10:E13 35000000 of 35000000 in Phụ lục A17:C20",
        "Phụ lục A17:C20 195000000 of 195000000",
    ]
    assert lines(typed) == [
        "C4 100 Ngân sách tỉnh",
        "D4 5 Xã hội hóa",
        "C5 50 Ngân sách tỉnh",
        "D5 5 Xã hội hóa",
        "C19 35",
    ]


LIVE = {
    "A": """
         | | | Đơn vị: đồng
        STT | Nội dung | Ngân sách tỉnh | Tổng
        1 | Hội nghị | 100000000 | =C3 => 100000000
        2 | Tập huấn | 50000000 | =C4 => 50000000
         | Tổng cộng | =SUM(C3:C4) => 150000000 | =SUM(D3:D4) => 150000000
    """,
    "B": """
         | | Đơn vị: triệu đồng
        STT | Nội dung | Xã hội hóa
        1 | Máy tính | 30
        2 | Máy in | 5
         | Cộng | =C3+C4 => 35
    """,
}


def test_a_summary_that_refers_to_its_details_counts_in_their_detail() -> None:
    summary = """
         | | Đơn vị: triệu đồng
        STT | Nội dung | Kinh phí
        1 | Phần hội nghị | ='A'!D5/1000000 => 150
        2 | Phần mua sắm | =B!C5 => 35
         | Tổng cộng | =SUM(C3:C4) => 185
    """
    found = funded({"Tổng hợp": summary, **LIVE})
    assert table_lines(found) == [
        "Tổng hợp A2:C5 185000000 of 185000000",
        "A A2:D5 150000000 of 150000000 in Tổng hợp A2:C5",
        "B A2:C5 35000000 of 35000000 in Tổng hợp A2:C5",
    ]
    assert [(leaf.place.sheet, leaf.item, leaf.groups) for leaf in leaves(found)] == [
        ("A", "Hội nghị", ("1 Phần hội nghị",)),
        ("A", "Tập huấn", ("1 Phần hội nghị",)),
        ("B", "Máy tính", ("2 Phần mua sắm",)),
        ("B", "Máy in", ("2 Phần mua sắm",)),
    ]


def test_a_sheet_that_is_computed_from_others_does_not_count() -> None:
    computed = """
        STT | Nội dung | Giá trị
        1 | Hội nghị và máy tính | ='A'!D3/1000000+B!C3 => 130
        2 | Tập huấn và máy in | ='A'!D4/1000000+B!C4 => 55
         | Tổng cộng | =SUM(C2:C3) => 185
    """
    assert table_lines(each for each in funded({**LIVE, "Đối chiếu": computed}) if each.within) == [
        "Đối chiếu A1:C4 185 of 185 in A A2:D5",
    ]


def test_hidden_sheets_do_not_count(tmp_path) -> None:

    path = typed_file(tmp_path / "hidden.xlsx", LIVE)
    book = openpyxl.load_workbook(path)
    book["B"].sheet_state = "hidden"
    book.save(path)
    assert [each.table.grid.name for each in funding(examine(read_book(path)))] == ["A"]


def test_two_costings_that_are_alike_are_two() -> None:
    costing = """
         | | | | Đơn vị: đồng
        STT | Nội dung | Số lượng | Đơn giá | Thành tiền
        1 | Thuê hội trường | 2 | 5000000 | 10000000
        2 | In tài liệu | 100 | 30000 | 3000000
        3 | Nước uống | 100 | 20000 | 2000000
         | Cộng | | | 15000000
    """
    typed = f"Lớp thứ nhất\n{costing}\nLớp thứ hai\n{costing}"
    assert sum(each.total for each in funded(typed) if each.within is None) == 30_000_000


def test_two_tables_that_detail_each_other_are_not_both_left_out() -> None:
    first = {"Biểu một": "'Biểu hai'!C4", "Biểu hai": "'Biểu một'!C4"}
    typed = {
        name: f"""
             | | Đơn vị: triệu đồng
            STT | Nội dung | Kinh phí
            1 | Hội nghị | ={other} => 50
            2 | Tập huấn | 20
             | Tổng cộng | =SUM(C3:C4) => 70
        """
        for name, other in first.items()
    }
    assert any(each.within is None for each in funded(typed))


def listing(*amounts: int, total: int | None = None) -> str:
    """A table of rows with these amounts, in triệu đồng."""
    rows = "\n".join(f"{number} | Khoản {number}{total or ''} | {amount}" for number, amount in enumerate(amounts, 1))
    whole = sum(amounts) if total is None else total
    return f"{HEAD}STT | Nội dung | Số tiền\n{rows}\n | Tổng cộng | {whole}\n"


def kept_and_doubted(sheets: dict[str, str]) -> dict[str, list[str]]:
    """The sheets that count, each with those that it may hold too."""
    found = funded(sheets)
    return {each.table.grid.name: [other.grid.name for other in each.doubted] for each in found if each.within is None}


def test_a_typed_summary_of_tables_that_come_to_the_same_holds_them() -> None:
    sheets = {"TH": listing(30, 30), "PL1": listing(10, 20), "PL2": listing(12, 18)}
    assert kept_and_doubted(sheets) == {"TH": []}


def test_a_typed_summary_with_one_wrong_row_is_doubted() -> None:
    sheets = {"TH": listing(41, 30), "PL1": listing(10, 20), "PL2": listing(12, 28)}
    assert kept_and_doubted(sheets) == {"TH": ["PL1", "PL2"], "PL1": [], "PL2": []}


def test_a_typed_summary_with_one_row_far_off_is_doubted() -> None:
    sheets = {"TH": listing(400, 30), "PL1": listing(10, 20), "PL2": listing(12, 28), "Khác": listing(500, 600)}
    assert kept_and_doubted(sheets) == {"TH": ["PL1", "PL2"], "PL1": [], "PL2": [], "Khác": []}
    sheets = {"TH": listing(30, 410, 50), "PL1": listing(10, 20), "PL2": listing(12, 28), "PL3": listing(22, 28)}
    assert kept_and_doubted(sheets) == {"TH": ["PL2"], "PL2": []}


def test_a_summary_by_other_rows_is_doubted() -> None:
    sheets = {"TH": listing(25, 45), "PL1": listing(10, 20), "PL2": listing(12, 28)}
    assert kept_and_doubted(sheets) == {"TH": ["PL1", "PL2"], "PL1": [], "PL2": []}


@pytest.mark.parametrize(("last", "held"), [(60, True), (61, False)])
def test_a_table_of_one_row_is_the_summary_of_one_with_its_sums_in_each_year(last: int, held: bool) -> None:
    detail = f"""{HEAD}
        TT | Nội dung | Năm 2026 | Năm 2027
        1 | Tập huấn | 10 | 20
        2 | Hội chợ | 30 | 40
    """
    summary = f"""{HEAD}
        TT | Nguồn kinh phí | Tổng cộng | Năm 2026 | Năm 2027
        1 | Ngân sách tỉnh | {40 + last} | 40 | {last}
         | Tổng cộng | {40 + last} | 40 | {last}
    """
    within = [line.partition(" in ")[2] for line in table_lines(funded({"Tổng hợp": summary, "Chi tiết": detail}))]
    assert within == (["Chi tiết A3:D5", ""] if held else ["", ""])


@pytest.mark.parametrize(
    ("first", "second", "held"),
    [((40, 60), (5, 20), True), ((40, 61), (5, 20), False), ((0, 100), (5, 20), False)],
)
def test_a_table_of_sources_is_the_summary_of_one_that_states_no_total_of_them(
    first: tuple[int, int], second: tuple[int, int], held: bool
) -> None:
    detail = f"""{HEAD}
        TT | Nội dung | Năm 2026 | < | Năm 2027 | <
        ^ | ^ | Ngân sách tỉnh | Vốn khác | Ngân sách tỉnh | Vốn khác
        1 | Tập huấn | 10 | 5 | 20 | 5
        2 | Hội chợ | 30 | | 40 | 15
    """
    rows = [f"{row} | {sum(cells)} | {cells[0]} | {cells[1]}" for row, cells in ((1, second), (2, first))]
    summary = f"""{HEAD}
        TT | Nguồn kinh phí | Tổng cộng | Năm 2026 | Năm 2027
        {rows[0].replace(" | ", " | Huy động | ", 1)}
        {rows[1].replace(" | ", " | Ngân sách tỉnh | ", 1)}
    """
    within = [line.partition(" in ")[2] for line in table_lines(funded({"Tổng hợp": summary, "Chi tiết": detail}))]
    assert within == (["Chi tiết A3:F6", ""] if held else ["", ""])


def test_tables_that_have_nothing_to_do_with_each_other_are_not_doubted() -> None:
    sheets = {"TH": listing(25, 95, 30), "PL1": listing(10, 20), "PL2": listing(12, 28), "PL3": listing(7, 4)}
    assert kept_and_doubted(sheets) == {"TH": [], "PL1": [], "PL2": [], "PL3": []}
    sheets = {"PL1": listing(10, 20), "PL2": listing(12, 18), "PL3": listing(7, 23), "TH": listing(30, 30)}
    assert kept_and_doubted(sheets) == {"PL1": [], "PL2": [], "PL3": [], "TH": []}


def test_a_table_with_the_very_amounts_of_an_earlier_one_is_doubted() -> None:
    table = "STT | Nội dung | Kinh phí\n"
    sheets = {
        "Xã A": f"{HEAD}{table}1 | Bàn ghế | 10\n2 | Máy in | 20\n | Tổng cộng | 30",
        "Xã B": f"{HEAD}{table}I | Hội họp | 20\n1 | Trà | 5\n2 | Bánh | 15\nII | Xe cộ | 10\n | Tổng cộng | 30",
        "Xã C": f"{HEAD}{table}1 | Bàn ghế | 12\n2 | Máy in | 18\n | Tổng cộng | 30",
    }
    assert kept_and_doubted(sheets) == {"Xã A": [], "Xã B": ["Xã A"], "Xã C": []}


LISTS = """
STT | Nội dung | Kinh phí
1 | Bàn | 60
2 | Ghế | 40
 | Cộng | 100

STT | Nội dung | Kinh phí
1 | Xe | 10
2 | Máy | 20
 | Cộng | 30
"""


def test_a_list_of_the_totals_of_lists_with_the_same_columns_is_no_more_money() -> None:
    summary = "\nSTT | Nội dung | Kinh phí\nI | Phần một | 100\nII | Phần hai | 30\n | Tổng cộng | 130"
    assert lines(f"{HEAD}{LISTS.strip()}\n{summary}") == ["C3 60", "C4 40", "C8 10", "C9 20"]
    (found,) = funded(f"{HEAD}{LISTS.strip()}\n | Tổng cộng | 145")
    assert (found.total, found.stated, found.proven) == (130 * 10**6, 145 * 10**6, False)


def test_the_same_amounts_in_tables_of_two_years_are_both_counted() -> None:
    typed = {
        year: f"DỰ TOÁN NĂM {year}\n{HEAD}STT | Nội dung | Kinh phí\n1 | Đường | 60\n2 | Cầu | 40\n | Tổng | 100\n"
        for year in ("2021", "2022")
    }
    assert lines(typed) == ["C4 60 2021", "C5 40 2021", "C4 60 2022", "C5 40 2022"]
    first, second = funded(typed)
    assert (first.doubted, second.doubted) == ((), (first.table,))


@pytest.mark.parametrize(("label", "doubted"), [("Tập huấn", True), ("Truyền thông", False)])
def test_a_sheet_with_the_one_row_of_another_is_counted_and_doubted(label: str, doubted: bool) -> None:
    typed = {
        sheet: f"{HEAD}STT | Nội dung | Kinh phí\n1 | {item} | 30\n | Tổng | 30\n"
        for sheet, item in (("Phụ lục", "Tập huấn"), ("Phụ lục (2)", label))
    }
    first, second = funded(typed)
    assert (first.total + second.total, second.within) == (60_000_000, None)
    assert (second.doubted == (first.table,)) is doubted


def test_costings_of_a_generated_workbook_detail_its_items_whatever_these_are_called(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    generate(reference("can-tho-2021-2025"), path)
    book = openpyxl.load_workbook(path)
    cell = book["Phụ lục 1"]["B11"]
    cell.value = str(cell.value).replace("thương mại điện tử", "TMĐT")
    book.save(path)
    assert added(leaf.amount for leaf in leaves(funding(examine(read_book(path))))) == 5_241_500_000


def test_a_costing_that_works_out_one_year_of_several_is_counted_in_its_item(tmp_path: Path) -> None:
    """The example of an empty entry workbook: 60 a year in two sources, worked out once."""
    entry, path = tmp_path / "nhap.xlsx", tmp_path / "a.xlsx"
    assert main(["entry", "-o", str(entry)]) == 0
    assert main(["generate", str(entry), "-o", str(path)]) == 0
    assert added(leaf.amount for leaf in leaves(funding(examine(read_book(path))))) == 400_000_000
