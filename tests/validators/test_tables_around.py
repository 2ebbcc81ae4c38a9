"""What stands around a table, and to which of two tables it belongs."""

from __future__ import annotations

import pytest
from support.understood import equations, examined, tables

from budget.money import Unit
from validators.tables.wording import stated_terms

STACKED = """
TT | Nội dung | Kinh phí (đồng)
1 | Hội nghị | 20000000
2 | Tập huấn | 30000000
 | Tổng cộng | 50000000
Bằng chữ: Năm mươi triệu đồng

TT | Nội dung | Kinh phí (đồng)
1 | In tài liệu | 4000000
2 | Văn phòng phẩm | 3000000
 | Tổng cộng | 7000000
(Số tiền bằng chữ: Bảy triệu đồng)
"""


def test_words_between_two_tables_are_about_the_upper_one() -> None:
    words = [each for each in equations(examined(STACKED)) if each.startswith("amount-in-words")]
    assert words == ["amount-in-words A5 = C4", "amount-in-words A11 = C10"]


def test_tables_side_by_side_share_the_line_above_them() -> None:
    thu, chi = tables("""
Đơn vị tính: triệu đồng
Nội dung thu | Dự toán |  | Nội dung chi | Dự toán
Ngân sách cấp | 300 |  | Chi thường xuyên | 250
Thu khác | 50 |  | Chi đầu tư | 100
Tổng thu | 350 |  | Tổng chi | 350
""")
    assert (thu.unit, chi.unit) == (Unit.MILLION, Unit.MILLION)


@pytest.mark.parametrize(
    ("label", "terms"),
    [
        ("Tổng cộng (I+II-III)", [(1, "i"), (1, "ii"), (-1, "iii")]),
        ("Cộng 1.1+1.2", [(1, "1.1"), (1, "1.2")]),
        ("Phát triển thương mại điện tử giai đoạn 2016-2020", []),
    ],
)
def test_a_label_may_state_what_its_row_adds_up(label: str, terms: list[tuple[int, str]]) -> None:
    assert stated_terms(label) == terms
