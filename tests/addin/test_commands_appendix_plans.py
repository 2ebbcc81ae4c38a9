"""What one more row does to formulas and numbers, worked out without a host."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from support.typed import typed_file

from addin.formula_tree import FormulaTree
from addin.rows.plan import RowPlan, planned, standing
from faults import InputFault
from validators.checking import examine
from validators.readers import read_book


def plan_of(folder: Path, sheets: Mapping[str, str] | str, row: int, *, sheet: str = "Phụ lục") -> RowPlan:
    """What a further item below that row takes."""
    book = read_book(typed_file(folder / "typed.xlsx", sheets))
    checked = examine(book)
    table, item = standing(checked, sheet, row, 2)
    return planned(book, checked, table, item, row)


def formulas(plan: RowPlan) -> dict[str, str]:
    """The formulas that change, by their cells; other sheets are named."""
    own = plan.growth.sheet
    return {
        place.address if place.sheet == own else f"{place.sheet}!{place.address}": formula
        for place, formula in plan.formulas.items()
    }


def contents(plan: RowPlan, row: int, columns: str) -> list[str | None]:
    """What is written into a new row; None: what the copied row holds stays."""
    return [plan.cells.get((row, "ABCDEFGHIJ".index(letter) + 1)) for letter in columns]


@pytest.mark.parametrize(
    ("formula", "sums"),
    [
        ("SUM(C8:C10)", [["C8:C10"]]),
        ("C37+C40+C43", [["C37", "C40", "C43"]]),
        ("SUM(C8,C10)+C12", [["C8", "C10", "C12"]]),
        ("C44-C8-(C9+C10)", [["C44", "-C8", "-C9", "-C10"]]),
        ("-C3+ -C4", [["-C3", "-C4"]]),
        ("ROUND('Phụ lục'!C8+'Phụ lục'!C9,0)", [["'Phụ lục'!C8", "'Phụ lục'!C9"]]),
        ('IF(C8+C10=C12,C8,"C9")', [["C8", "C10"], ["C12"], ["C8"]]),
        ("C8*2+C10%", []),
        ("(C8+C10)*0.1", [["C8", "C10"]]),
        ('COUNT(D8,D9)-SUMPRODUCT((D8:D9="-")*1)', [["D8:D9"], ["D8", "D9"]]),
        ("[1]Sheet1!A1+Sheet1:Sheet3!A1+A:A+8:10+Tổng", []),
    ],
)
def test_what_a_formula_adds_up(formula: str, sums: list[list[str]]) -> None:
    tree = FormulaTree(formula)
    found = [["-" * (leaf.sign < 0) + str(tree.references[leaf.token]) for leaf in each] for each in tree.sums]
    assert sorted(found) == sorted(sums)
    assert tree.written({}) == formula


TABLE = """
STT | Nội dung | Kinh phí | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | =SUM(D2:E2) => 10 | 4 | 6
2 | In ấn tài liệu | =SUM(D3:E3) => 20 | 8 | 12
3 | Mua sắm thiết bị | =SUM(D4:E4) => 25 | 10 | 15
"""


@pytest.mark.parametrize(
    ("total", "grown"),
    [
        ("=SUM(D2:D4) => 22", "=SUM(D2:D5)"),
        ("=D2+D3+D4 => 22", "=D2+D3+D4+D5"),
        ("=SUM(D2,D3,D4) => 22", "=SUM(D2,D3,D4,D5)"),
        ("=SUM(D2:D3)+D4 => 22", "=SUM(D2:D3)+D4+D5"),
        ("=ROUND(SUM($D$2:$D$4),0) => 22", "=ROUND(SUM($D$2:$D$5),0)"),
        ("=SUMPRODUCT((D2:D4)*1) => 22", "=SUMPRODUCT((D2:D5)*1)"),
    ],
)
def test_a_total_counts_the_row_below_its_last_one_in(total: str, grown: str, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"{TABLE} | Tổng cộng | =SUM(D5:E5) => 55 | {total} | =SUM(E2:E4) => 33", 4)
    assert formulas(plan) == {"D6": grown, "E6": "=SUM(E2:E5)"}
    assert contents(plan, 5, "ABCDE") == ["4", "", "=SUM(D5:E5)", "", ""]


def test_a_range_that_the_row_comes_into_is_left_to_the_host(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"{TABLE} | Tổng cộng | =SUM(D5:E5) => 55 | =SUM(D2:D4) => 22 | =E2+E3+E4 => 33", 2)
    assert formulas(plan) == {"E6": "=E2+E3+E4+E5"}
    assert [place.address for place in plan.counting] == ["D6", "E6"]
    assert plan.numbers == {(4, 1): "3", (5, 1): "4"}


def test_sums_on_other_sheets_and_checks_count_it_in_too(tmp_path: Path) -> None:
    other = """
Kiểm tra | Số
Tổng | ='Phụ lục'!C5
Cộng lại | ='Phụ lục'!C2+'Phụ lục'!C3+'Phụ lục'!C4
Lệch | ='Phụ lục'!C5-'Phụ lục'!C2-'Phụ lục'!C3-'Phụ lục'!C4
Đếm | =COUNT('Phụ lục'!$D$2:$E$4)
Riêng | ='Phụ lục'!C4
Khác | =SUM(C2:C4)
"""
    total = " | Tổng cộng | =SUM(D5:E5) => 55 | =SUM(D2:D4) => 22 | =SUM(E2:E4) => 33"
    plan = plan_of(tmp_path, {"Phụ lục": TABLE + total, "Đối chiếu": other}, 4)
    assert formulas(plan) == {
        "D6": "=SUM(D2:D5)",
        "E6": "=SUM(E2:E5)",
        "Đối chiếu!B3": "='Phụ lục'!C2+'Phụ lục'!C3+'Phụ lục'!C4+'Phụ lục'!C5",
        "Đối chiếu!B4": "='Phụ lục'!C6-'Phụ lục'!C2-'Phụ lục'!C3-'Phụ lục'!C4-'Phụ lục'!C5",
        "Đối chiếu!B5": "=COUNT('Phụ lục'!$D$2:$E$5)",
    }
    assert plan.partial == []


def test_a_sum_of_some_rows_only_is_left_and_told(tmp_path: Path) -> None:
    total = " | Tổng cộng | =SUM(D5:E5) => 55 | =SUM(D2:D4) => 22 | =SUM(E2:E4) => 33"
    plan = plan_of(tmp_path, f"{TABLE}{total}\n | Trong đó thiết bị, tài liệu | =C3+C4 => 45", 4)
    assert formulas(plan) == {"D6": "=SUM(D2:D5)", "E6": "=SUM(E2:E5)"}
    assert [place.address for place in plan.partial] == ["C7"]


def test_a_typed_total_is_left_and_told(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"{TABLE} | Tổng cộng | =SUM(D5:E5) => 55 | 22 | =SUM(E2:E4) => 33", 4)
    assert formulas(plan) == {"E6": "=SUM(E2:E5)"}
    assert [place.address for place in plan.typed] == ["D6"]


def test_shares_of_the_total_and_running_totals(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
STT | Nội dung | Kinh phí | Tỷ trọng | Lũy kế | Tỷ lệ cộng
1 | Hội nghị tập huấn | 10 | =C2/SUM(C$2:C$4) => 0.2 | =SUM(C$2:C2) => 10 | =C2/(C2+C3+C4) => 0.2
2 | In ấn tài liệu | 20 | =C3/SUM(C$2:C$4) => 0.4 | =SUM(C$2:C3) => 30 | =C3/(C2+C3+C4) => 0.4
3 | Mua sắm thiết bị | 20 | =C4/SUM(C$2:C$4) => 0.4 | =SUM(C$2:C4) => 50 | =C4/(C2+C3+C4) => 0.4
 | Tổng cộng | =SUM(C2:C4) => 50 | |
""",
        4,
    )
    assert formulas(plan) == {
        "D2": "=C2/SUM(C$2:C$5)",
        "F2": "=C2/(C2+C3+C4+C5)",
        "D3": "=C3/SUM(C$2:C$5)",
        "F3": "=C3/(C2+C3+C4+C5)",
        "D4": "=C4/SUM(C$2:C$5)",
        "F4": "=C4/(C2+C3+C4+C5)",
        "C6": "=SUM(C2:C5)",
    }
    assert contents(plan, 5, "ABCDEF") == ["4", "", "", "=C5/SUM(C$2:C$5)", "=SUM(C$2:C5)", "=C5/(C2+C3+C4+C5)"]


def test_numbers_that_formulas_count_go_on_by_themselves(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
STT | Nội dung | Kinh phí
1 | Hội nghị tập huấn | 10
=A2+1 => 2 | In ấn tài liệu | 20
=A3+1 => 3 | Mua sắm thiết bị | 20
 | Tổng cộng | =SUM(C2:C4) => 50
""",
        2,
    )
    assert formulas(plan) == {"A4": "=A3+1"}
    assert contents(plan, 3, "ABC") == ["=A2+1", "", ""]
    plan = plan_of(tmp_path, "STT|Nội dung|Kinh phí\n1|Hội nghị lớn|10\n=A2+1 => 2|In ấn tài liệu|20\n|Tổng cộng|30", 3)
    assert contents(plan, 4, "ABC") == ["=A3+1", "", ""]


GROUPS = """
STT | Nội dung | Kinh phí
I | Đào tạo | =SUM(C3:C4) => 30
1 | Hội nghị tập huấn | 10
2 | In ấn tài liệu | 20
II | Trang thiết bị | =SUM(C6) => 25
1 | Mua sắm máy tính | 25
 | Tổng cộng | =C2+C5 => 55
"""


def test_a_further_group_begins_with_one_item(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, GROUPS, 2)
    assert (plan.growth.model, list(plan.growth.rows)) == ((2, 3), [5, 6])
    assert contents(plan, 5, "ABC") == ["II", "", "=SUM(C6:C6)"]
    assert contents(plan, 6, "ABC") == ["1", "", ""]
    assert formulas(plan) == {"C9": "=C2+C5+C7"}
    assert plan.numbers == {(7, 1): "III"}


@pytest.mark.parametrize(
    ("sum_", "copy"),
    [
        ("C3+C4+C5", "=C7"),
        ("SUM(C3,C4,C5)", "=SUM(C7)"),
        ("SUM(C4,C3:C3,C5)", "=SUM(C7:C7)"),
        ("C5+C4+C3", "=C7"),
        ("ROUND(C4+C3+C5,0)", "=ROUND(C7,0)"),
        ("C4+C5", ""),
    ],
)
def test_a_further_group_adds_up_the_item_that_it_begins_with(sum_: str, copy: str, tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        f"""
STT | Nội dung | Kinh phí
I | Đào tạo | ={sum_} => 60
1 | Hội nghị tập huấn | 10
2 | In ấn tài liệu | 20
3 | Thuê hội trường | 30
 | Tổng cộng | =SUM(C2) => 60
""",
        2,
    )
    assert contents(plan, 6, "ABC") == ["II", "", copy]
    assert formulas(plan) == {"C8": "=SUM(C2,C6)"}


def test_a_further_item_of_a_group_with_one_item(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, GROUPS, 6)
    assert formulas(plan) == {"C5": "=SUM(C6,C7)"}


@pytest.mark.parametrize(
    ("numbers", "row", "new", "pushed"),
    [
        ("1 2 3 4", 3, "3", "4 5"),
        ("1 2 5 9 10", 3, "3", ""),
        ("1 2 5 9 10", 5, "10", "11"),
        ("a b c d đ e", 5, "đ", "e g"),
        ("a b c d e", 5, "e", "g"),
        ("a b c d", 5, "đ", ""),
        ("A B C D E F", 5, "E", "F G"),
        ("I II III IV", 3, "III", "IV V"),
        ("I 1 2 II 1 2 III", 2, "II", "III IV"),
        ("I 1 2 II 3 4 III 5", 4, "3", "4 5 6"),
        ("1 1.1 1.2 2 2.1 2.2 3 3.1", 2, "2", "3 3.1 3.2 4 4.1"),
        ("1 1.1 1.2 2 2.1", 3, "1.2", "1.3"),
        ("I I.1 I.2 II II.1", 3, "I.2", "I.3"),
        ("1) 2) 3)", 2, "'2)", "'3) '4)"),
        ("(1) (2) (3)", 2, "'(2)", "'(3) '(4)"),
        ("- - -", 3, "'-", ""),
    ],
)
def test_how_numbering_goes_on(numbers: str, row: int, new: str | None, pushed: str, tmp_path: Path) -> None:
    rows = [f"{number} | Việc thứ {place} phải làm | {place}0" for place, number in enumerate(numbers.split(), 1)]
    plan = plan_of(tmp_path, "\n".join(["STT | Nội dung | Kinh phí", *rows]), row)
    assert contents(plan, plan.growth.rows[0], "A") == [new]
    assert list(plan.numbers.values()) == pushed.split()


def test_numbers_that_stand_before_the_words(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
Nội dung | Kinh phí
1. Hội nghị tập huấn | 10
2. In ấn tài liệu | 20
3. Mua sắm thiết bị | 25
Tổng cộng | =SUM(B2:B4) => 55
""",
        3,
    )
    assert contents(plan, 4, "AB") == ["'3. ", ""]
    assert plan.numbers == {(5, 1): "'4. Mua sắm thiết bị"}


def test_numbers_with_points_that_are_numbers(tmp_path: Path) -> None:
    rows = ["STT | Nội dung | Kinh phí", "1 | Đào tạo | 90"]
    rows += [f"1.{item} | Việc thứ {item} phải làm | 10" for item in range(1, 10)]
    assert contents(plan_of(tmp_path, "\n".join(rows), 5), 6, "A") == ["1.4"]
    assert contents(plan_of(tmp_path, "\n".join(rows), 11), 12, "A") == ["'1.10"]


def test_an_item_with_source_lines_gets_lines_of_its_own(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
STT | Nội dung | Kinh phí | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | =C3+C4 => 10 | =D3+D4 => 4 | =E3+E4 => 6
 | - Ngân sách trung ương | =SUM(D3:E3) => 4 | 2 | 2
 | - Ngân sách địa phương | =SUM(D4:E4) => 6 | 2 | 4
2 | In ấn tài liệu | =C6+C7 => 20 | =D6+D7 => 8 | =E6+E7 => 12
 | - Ngân sách trung ương | =SUM(D6:E6) => 8 | 8 |
 | - Ngân sách địa phương | =SUM(D7:E7) => 12 | | 12
 | Tổng cộng | =C2+C5 => 30 | =D2+D5 => 12 | =E2+E5 => 18
 | - Ngân sách trung ương | =C3+C6 => 12 | =D3+D6 => 10 | =E3+E6 => 2
 | - Ngân sách địa phương | =C4+C7 => 18 | =D4+D7 => 2 | =E4+E7 => 16
""",
        6,
    )
    assert list(plan.growth.rows) == [8, 9, 10]
    assert contents(plan, 8, "ABCDE") == ["3", "", "=C9+C10", "=D9+D10", "=E9+E10"]
    assert contents(plan, 9, "ABCDE") == [None, None, "=SUM(D9:E9)", "", None]
    assert contents(plan, 10, "ABCDE") == [None, None, "=SUM(D10:E10)", None, ""]
    assert formulas(plan) == {
        "C11": "=C2+C5+C8", "D11": "=D2+D5+D8", "E11": "=E2+E5+E8",
        "C12": "=C3+C6+C9", "D12": "=D3+D6+D9", "E12": "=E3+E6+E9",
        "C13": "=C4+C7+C10", "D13": "=D4+D7+D10", "E13": "=E4+E7+E10",
    }  # fmt: skip


def test_keys_by_which_sums_pick_their_rows_are_filled_in(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
STT | Nội dung | Kinh phí | | Khoá
1 | Hội nghị tập huấn | 10 | | chi
2 | In ấn tài liệu | 20 | | chi
3 | Mua sắm thiết bị | 25 | | chi
 | Tổng cộng | =SUMIF(E2:E4,"chi",C2:C4) => 55 | |
""",
        4,
    )
    assert formulas(plan) == {"C6": '=SUMIF(E2:E5,"chi",C2:C5)'}
    assert contents(plan, 5, "ABCE") == ["4", "", "", "chi"]


def test_figures_taken_from_elsewhere_are_not_copied(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        {
            "Phụ lục": """
STT | Nội dung | Số lượng | Đơn giá | Thành tiền | Kinh phí
1 | Hội nghị tập huấn | 2 | 5 | =C2*D2 => 10 | ='Chi tiết'!B2
2 | In ấn tài liệu | 4 | 5 | =C3*D3 => 20 | ='Chi tiết'!B3
 | Tổng cộng | | | =SUM(E2:E3) => 30 | =SUM(F2:F3) => 30
""",
            "Chi tiết": "Việc | Số\nmột | 10\nhai | 20",
        },
        3,
    )
    assert contents(plan, 4, "ABCDEF") == ["3", "", "", "", "=C4*D4", ""]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (1, "trang “Phụ lục”, ô B1: ô đang chọn nằm ở tiêu đề của bảng; cần chọn một ô ở dòng hạng mục, dòng mới sẽ "
            "nằm ngay dưới."),
        (7, "trang “Phụ lục”, ô B7: dòng đang chọn là dòng tổng; thấy “Tổng cộng”; cần chọn một ô ở dòng hạng mục, "
            "dòng mới sẽ nằm ngay dưới."),
        (30, "trang “Phụ lục”, ô B30: ô đang chọn không nằm trong bảng nào; cần chọn một ô ở dòng hạng mục, dòng mới "
             "sẽ nằm ngay dưới."),
    ],
)  # fmt: skip
def test_rows_below_which_no_item_can_come(row: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputFault) as refused:
        plan_of(tmp_path, GROUPS, row)
    assert refused.value.sentence("vi") == said
