"""Quantity x unit price in a table that anybody made: costings of the plan, where the arithmetic holds."""

from __future__ import annotations

from pathlib import Path

from support.typed import typed_file

from budget.plan import Plan
from generators.generate import generate
from revisions.reading.reading import Reading, read_plan
from validators.checking import check_file
from validators.findings import Severity

TRAINING = """
DỰ TOÁN KINH PHÍ TẬP HUẤN NĂM 2026 | < | < | < | < | < | <
 | | | | | | Đơn vị tính: đồng
STT | Nội dung | ĐVT | Số lượng | Số ngày | Đơn giá | Thành tiền
*I* | *Giảng viên* | | | | | *7950000*
1 | Thù lao | Người | 2 | 3 | 1200000 | 7200000
2 | Phụ cấp | Người | 3 | | 250000 | {second}
*II* | *Học viên* | | | | | *2000000*
1 | Tài liệu | m2 | 40 | | 50000 | 2000000
2 | Nước uống | | | | | 500000
 | *Tổng cộng* | | | | | *10450000*
"""


def read(text: str, folder: Path) -> Reading:
    return read_plan(typed_file(folder / "bang.xlsx", text))


def costings(plan: Plan) -> list[str]:
    """Each costing: its item, the years it covers, its line."""
    return [
        f"{each.item} {list(each.covers_years)} {line.unit_price} x {line.quantity}"
        for each in plan.estimates
        for line in each.lines
    ]


def amounts(plan: Plan) -> list[str]:
    """The amounts that items state, with their axes."""
    return [
        f"{item.id} {axis.source} {axis.year} {amount.value}"
        for item in plan.items
        for axis, amount in item.amounts.items()
    ]


def errors(plan: Plan, folder: Path) -> list[str]:
    """What the checker says of the workbook that the plan makes, which is read back to the same plan."""
    path = generate(plan, folder / "lai.xlsx").path
    assert read_plan(path).plan == plan
    return [each.message.en for each in check_file(path).findings if each.severity is not Severity.INFO]


def test_rows_become_costings_that_give_the_items_their_amounts(tmp_path: Path) -> None:
    text = TRAINING.format(second=750000).replace("2000000*\n1", "2500000*\n1")
    reading = read(text, tmp_path)
    plan = reading.plan
    assert [(each.form, each.sheet, each.unit.label) for each in plan.appendices] == [
        ("items-total", "Phụ lục", "đồng"),
        ("cost-breakdowns", "Dự toán chi tiết", "đồng"),
    ]
    assert costings(plan) == [
        "phu-luc-i-1 [] 1.200.000 x 2 Người x 3 ngày",
        "phu-luc-i-2 [] 250.000 x 3 Người",
        "phu-luc-ii-1 [] 50.000 x 40 m2",
    ]
    assert [(each.lead, each.caption) for each in plan.estimates] == [
        ("I. Giảng viên", "1. Thù lao"),
        ("", "2. Phụ cấp"),
        ("II. Học viên", "1. Tài liệu"),
    ]
    assert amounts(plan) == ["phu-luc-ii-2 None None 500000"]
    assert (plan.years, reading.total, reading.counted) == ((2026,), 10_450_000, 10_450_000)
    assert reading.left_out == ()
    assert errors(plan, tmp_path) == []


def test_an_amount_that_is_no_product_stays_and_is_told(tmp_path: Path) -> None:
    text = TRAINING.format(second=755000).replace("2000000*\n1", "2500000*\n1")
    reading = read(text, tmp_path)
    assert costings(reading.plan) == [
        "phu-luc-i-1 [] 1.200.000 x 2 Người x 3 ngày",
        "phu-luc-ii-1 [] 50.000 x 40 m2",
    ]
    assert amounts(reading.plan) == ["phu-luc-i-2 None None 755000", "phu-luc-ii-2 None None 500000"]
    assert [text.vi for text in reading.left_out] == [
        "bảng ở trang “Phụ lục”, ô A3: số lượng, đơn giá ở dòng 6 nhân ra không đúng bằng số tiền; giữ số tiền"
    ]


def test_prices_in_another_unit_and_quantities_in_words(tmp_path: Path) -> None:
    reading = read(
        """
KINH PHÍ GIẢM NGHÈO NĂM 2026 | < | < | <
TT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (triệu đồng)
1 | Lớp cấp tỉnh | 02 lớp | 48.650.000 | 97,3
2 | Lớp cấp xã | 06 lớp x 3 xã | 37.200.000 | 669,6
3 | Tài liệu | 3 bộ | 333.333 | 1
 | Tổng cộng | | | 767,9
""",
        tmp_path,
    )
    assert costings(reading.plan) == [
        "phu-luc-1 [] 48.650.000 đồng x 02 lớp",
        "phu-luc-2 [] 37.200.000 đồng x 06 lớp x 3 xã",
    ]
    assert amounts(reading.plan) == ["phu-luc-3 None None 1"]
    assert [text.en for text in reading.left_out] == [
        "the table at sheet “Phụ lục”, cell A2: quantities and unit prices in rows 5 do not come to the amount "
        "exactly; the amounts are kept"
    ]
    assert reading.total == reading.counted == 767_900_000
    assert errors(reading.plan, tmp_path) == []


def test_amounts_that_sources_share_are_stated_and_the_costing_checks_them(tmp_path: Path) -> None:
    reading = read(
        """
Đơn vị tính: nghìn đồng | < | < | < | < | <
TT | Nội dung | Số lớp | Đơn giá | Tổng số | Ngân sách tỉnh | Xã hội hóa
1 | Tập huấn | 4 | 500 | 2000 | 1500 | 500
2 | Hội thảo | 2 | 300 | 600 | 600 |
 | Tổng cộng | | | 2600 | 2100 | 500
""",
        tmp_path,
    )
    assert costings(reading.plan) == ["phu-luc-1 [] 500 x 4 lớp", "phu-luc-2 [] 300 x 2 lớp"]
    assert amounts(reading.plan) == [
        "phu-luc-1 ngan-sach-tinh None 1500",
        "phu-luc-1 xa-hoi-hoa None 500",
        "phu-luc-2 ngan-sach-tinh None 600",
    ]
    assert reading.plan.appendices[1].title == "DỰ TOÁN CHI TIẾT (đơn vị tính: nghìn đồng)"
    assert errors(reading.plan, tmp_path) == []


def test_quantities_of_each_year(tmp_path: Path) -> None:
    reading = read(
        """
Đơn vị tính: triệu đồng | < | < | < | < | < | <
TT | Nội dung | Đơn giá | Năm 2026 | < | Năm 2027 | < | Tổng kinh phí
^ | ^ | ^ | Số lượng | Kinh phí | Số lượng | Kinh phí | ^
1 | Mô hình lúa | 20 | 3 | 60 | 5 | 100 | 160
2 | Mô hình tôm | 30 | 2 | 60 | 4 | 120 | 180
3 | Mô hình rau | 10 | 1 | 10 | 7 | 70 | 80
 | Tổng cộng | | | 130 | | 290 | 420
""",
        tmp_path,
    )
    assert costings(reading.plan) == [
        "phu-luc-1 [2026] 20 x 3",
        "phu-luc-1 [2027] 20 x 5",
        "phu-luc-2 [2026] 30 x 2",
        "phu-luc-2 [2027] 30 x 4",
        "phu-luc-3 [2026] 10 x 1",
        "phu-luc-3 [2027] 10 x 7",
    ]
    assert errors(reading.plan, tmp_path) == []


def test_merged_quantities_and_a_quantity_of_a_group(tmp_path: Path) -> None:
    reading = read(
        """
CHI TIẾT KINH PHÍ | < | < | < | <
Đơn vị tính: nghìn đồng | < | < | < | <
STT | Nội dung | Số người | Số buổi | Mức chi | Thành tiền
I | Lớp cấp tỉnh | 1 | | | 10400
- | Giảng viên | 2 | 4 | 500 | 4000
- | Trợ giảng | ^ | ^ | 300 | 2400
- | Học viên | 50 | ^ | 20 | 4000
 | Cộng | | | | 10400
""",
        tmp_path,
    )
    assert costings(reading.plan) == [
        "phu-luc-i-5 [] 500 x 2 người x 4 buổi",
        "phu-luc-i-6 [] 300 x 2 người x 4 buổi",
        "phu-luc-i-7 [] 20 x 50 người x 4 buổi",
    ]
    assert [item.quantity for item in reading.plan.items] == [1, None, None, None]
    assert reading.left_out == ()
    assert errors(reading.plan, tmp_path) == []


def test_an_expression_in_the_title_of_what_is_costed_in_another_unit(tmp_path: Path) -> None:
    """The checks of the generated workbook name the row; the expression there is in no unit of theirs."""
    reading = read(
        """
KINH PHÍ TẬP HUẤN | < | < | < | <
Đơn vị tính: nghìn đồng | < | < | < | <
STT | Nội dung | Số lớp | Đơn giá | Thành tiền
1 | Tập huấn (3 lớp x 2.000.000 đồng/lớp) | 3 | 2000 | 6000
2 | Tài liệu | 10 | 50 | 500
 | Cộng | | | 6500
""",
        tmp_path,
    )
    assert len(reading.plan.estimates) == 2
    assert errors(reading.plan, tmp_path) == []


def test_captions_have_numbers_where_none_is_left_out_between_them(tmp_path: Path) -> None:
    text = """
CHI PHÍ | < | < | <
Đơn vị tính: đồng | < | < | <
STT | Nội dung | Số lượng | Đơn giá | Thành tiền
1 | Máy in | 2 | 3000000 | 6000000
2 | Phần mềm | {quantity} | {price} | 5000000
3 | Máy tính | 3 | 9000000 | 27000000
 | Cộng | | | 38000000
"""
    whole = read(text.format(quantity=1, price=5000000), tmp_path).plan
    assert [each.caption for each in whole.estimates] == ["1. Máy in", "2. Phần mềm", "3. Máy tính"]
    gap = read(text.format(quantity="-", price="-"), tmp_path).plan
    assert [each.caption for each in gap.estimates] == ["Máy in", "Máy tính"]
    assert [item.quantity for item in gap.items] == [None, None, None]
    assert errors(gap, tmp_path) == []
