"""Tables that work out what the items of another table cost, and copies of values of the reference workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.reference import NAMES, reference
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed
from support.values_only import values_only

from budget.figures import FigureKey, Figures
from budget.money import Unit
from budget.plan import Estimate, Plan, Status
from generators.generate import generate
from revisions.reading.reading import Reading, read_plan
from revisions.reading.sentences import sentence
from validators.checking import check_file
from validators.findings import Severity

DEFAULTS = {("content", "Chi phí"), ("quantity", "Số lượng")}
ITEMS = """
KẾ HOẠCH NĂM 2026 | < | <
Đơn vị tính: triệu đồng | < | <
STT | Nội dung | Kinh phí
1 | Tập huấn thương mại điện tử | 60
2 | Hội chợ hàng Việt | {fair}
 | Tổng cộng | {total}
"""
COSTS = """
1. Tập huấn thương mại điện tử | < | < | < | < | <
TT | Nội dung | Số lượng | Đơn giá | Thành tiền (đồng) | Ghi chú
1 | Giảng viên | 02 người x 2 buổi | 5.000.000đ/buổi | 20.000.000 | từ Hà Nội
2 | Hội trường | 1 | 25.000.000 | 25.000.000 |
3 | Khác | - | - | 15.000.000 |
 | Cộng | | | 60.000.000 |
(Chưa có thuế) | < | < | < | < | <
{caption} | < | < | < | < | <
TT | Nội dung | Số lượng | Đơn giá | Thành tiền (đồng) | Ghi chú
1 | Gian hàng | 10 gian | 4.000.000 | {stalls} |
 | Cộng | | | {stalls} |
"""


def read(folder: Path, fair: int, stalls: str, caption: str = "2. Hội chợ") -> Reading:
    items = ITEMS.format(fair=fair, total=60 + fair)
    return read_plan(
        typed_file(folder / "bang.xlsx", {"Phụ lục": items, "Dự toán": COSTS.format(stalls=stalls, caption=caption)})
    )


def lines(estimate: Estimate) -> list[str]:
    """Each line: number, content, what it multiplies or costs, note."""
    return [
        f"{line.number} {line.content}: {'như trên' if line.quantity_above else line.quantity} x {line.unit_price}"
        f" {line.amount.value if line.amount and line.amount.value else ''} {line.note}".rstrip()
        for line in estimate.lines
    ]


def costings(plan: Plan) -> dict[str, tuple[object, ...]]:
    """What each costing says, by the title of its item; headings where they are not those of the form."""
    titles = {item.id: item.title for item in plan.items}
    return {
        titles[each.item]: (
            each.layout, each.caption, each.lead, each.trail, each.covers_years,
            dict(each.heads.items() - DEFAULTS), lines(each),
        )
        for each in plan.estimates
    }  # fmt: skip


def leaves(plan: Plan) -> list[tuple[str, str, dict[tuple[str | None, int | None], object]]]:
    """Each item with what it comes to, stated or given by a costing, by source and year."""
    figures, names = Figures(plan), {source.key: source.name for source in plan.sources}
    found = []
    for item in plan.items:
        labels = {**names, **plan.appendix(item.appendix).labels}
        amounts = {
            (labels[axis.source] if axis.source else None, axis.year): amount.value
            for axis, amount in item.amounts.items()
            if amount.status is not Status.UNREADABLE
        }
        if given := figures.givers(item):
            amounts = {(None, None): sum(figures.estimate_total(each) for each in given)}
        found.append((item.number, item.title, amounts))
    return found


@pytest.mark.parametrize("helpers", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_values_is_read_generated_and_checked(name: str, helpers: bool, tmp_path: Path) -> None:
    plan, reading = reference(name), read_plan(values_only(name, tmp_path, helpers=helpers))
    assert not reading.exact
    assert leaves(reading.plan) == leaves(plan)
    forms = [each.form for each in plan.appendices]
    assert [each.form for each in reading.plan.appendices][: len(forms)] == forms
    assert (
        reading.total
        == reading.counted
        == Figures(plan)[FigureKey(plan.appendices[0].key)] * (plan.appendices[0].unit.factor)
    )
    again = generate(reading.plan, tmp_path / "lại.xlsx").path
    assert [each for each in check_file(again).findings if each.severity is Severity.ERROR] == []
    assert read_plan(again).plan == reading.plan


@pytest.mark.parametrize("name", ["can-tho-2021-2025", "dong-thap-2011-2015"])
def test_the_costings_of_a_copy_of_values(name: str, tmp_path: Path) -> None:
    """Tables and sentences; Đồng Tháp prints the currency of the latter in its own way."""
    read, plan = read_plan(values_only(name, tmp_path)).plan, reference(name)
    assert costings(read) == costings(plan)
    assert [dict(each.texts) for each in read.appendices[1:]] == [dict(each.texts) for each in plan.appendices[1:]]


def test_captions_are_found_above_other_lines(tmp_path: Path) -> None:
    plan = read_plan(typed_seed("dong-thap-2011-2015", Typing.NUMBERS, tmp_path)).plan
    assert [each.caption[:40] for each in plan.estimates] == [
        "1. Triển khai pháp luật về thương mại đi", "a) Tổ chức các khóa tập huấn về thương m",
        "b) Tổ chức các khóa tập huấn chuyên sâu ", "b) Xây dựng hệ thống quản lý thông tin d",
        "c) Xây dựng hệ thống thu thập và quản lý", "d) Cung cấp, cập nhật thông tin về tiềm ",
        "đ) Khai thác thông tin trên Cổng thông t", "a) Hỗ trợ doanh nghiệp thiết lập và sử d",
        "b) Hỗ trợ doanh nghiệp xây dựng website ", "c) Hỗ trợ doanh nghiệp tham gia các sàn ",
        "6. Nâng cấp sàn giao dịch thương mại điệ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Kinh phí: 20.400.000 VNĐ/lớp x 5 lớp = 102.000.000 VNĐ.", ("Kinh phí", "5 lớp", "20.400.000 VNĐ/lớp")),
        ("Thù lao: 2 người x 3 buổi x 500.000đ/buổi = 3 triệu đồng", ("Thù lao", "2 người x 3 buổi", "500.000đ/buổi")),
        ("- Kinh phí: 20.400.000 VNĐ/lớp x 5 lớp = 102.000.001 VNĐ.", None),
        ("- Số lớp: 01 lớp/năm x 05 năm = 05 lớp", None),
        ("- Kinh phí: 150.000.000 VNĐ.", None),
    ],
)
def test_sentences_of_costs(text: str, found: tuple[str, str, str] | None) -> None:
    said = sentence(text, Unit.DONG)
    assert (said and (said.content, said.quantity, said.unit_price)) == found


def test_a_typed_costing_with_a_broken_number(tmp_path: Path) -> None:
    reading = read_plan(typed_seed("can-tho-2021-2025", Typing.TEXT, tmp_path))
    assert len(reading.plan.estimates) == 9
    broken = [line for each in reading.plan.estimates for line in each.lines if line.amount and line.amount.printed]
    assert [(line.amount.printed, line.amount.status) for line in broken if line.amount] == [
        ("2000.000.000", Status.PROVEN),
        ("2000.000.000", Status.PROVEN),
    ]
    assert "Phụ lục 2, dòng 63: số “2000.000.000” viết sai, lấy số lượng x đơn giá" in [
        text.vi for text in reading.assumed
    ]


def test_tables_of_costs_become_costings_of_the_items_they_name(tmp_path: Path) -> None:
    reading = read(tmp_path, 40, "40.000.000")
    assert [(each.form, each.sheet) for each in reading.plan.appendices] == [
        ("items-total", "Phụ lục"),
        ("cost-tables", "Dự toán"),
    ]
    assert costings(reading.plan) == {
        "Tập huấn thương mại điện tử": (
            "quantity-price-note", "1. Tập huấn thương mại điện tử", "", "(Chưa có thuế)", (),
            {"content": "Nội dung"},
            ["1 Giảng viên: 02 người x 2 buổi x 5.000.000đ/buổi  từ Hà Nội", "2 Hội trường: 1 x 25.000.000",
             "3 Khác: None x None 15000000"],
        ),
        "Hội chợ hàng Việt": (
            "quantity-price-note", "2. Hội chợ", "", "", (), {"content": "Nội dung"},
            ["1 Gian hàng: 10 gian x 4.000.000"],
        ),
    }  # fmt: skip
    assert reading.left_out == ()


def test_a_table_of_costs_that_comes_to_no_item_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, 50, "40.000.000", caption="2. Hội chợ hàng Việt")
    assert len(reading.plan.estimates) == 1
    assert [text.vi for text in reading.left_out] == [
        "chữ ngoài bảng: “2. Hội chợ hàng Việt”",
        "bảng ở trang “Dự toán”, ô A9: tiền đã nằm trong bảng ở trang “Phụ lục”, ô A3; "
        "không khớp một hạng mục nào chưa có dự toán",
    ]


def test_a_table_of_costs_with_a_row_that_is_no_product_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, 41, "41.000.000")
    assert len(reading.plan.estimates) == 1
    assert [text.vi for text in reading.left_out] == [
        "chữ ngoài bảng: “2. Hội chợ”",
        "bảng ở trang “Dự toán”, ô A9: tiền đã nằm trong bảng ở trang “Phụ lục”, ô A3; "
        "có dòng không phải số lượng x đơn giá",
    ]


def test_an_item_has_one_costing(tmp_path: Path) -> None:
    """A table of costs that stands twice, and one of an item that the first table multiplies itself."""
    items = ITEMS.format(fair=40, total=100)
    costs = COSTS.format(stalls="40.000.000", caption="2. Hội chợ hàng Việt")
    sheets = {"Phụ lục": items, "Dự toán": costs, "Bản sao": costs}
    reading = read_plan(typed_file(tmp_path / "hai.xlsx", sheets))
    assert [each.item for each in reading.plan.estimates] == ["phu-luc-1", "phu-luc-2"]
    assert [text.vi for text in reading.left_out if "trang “Bản sao”" in text.vi] == [
        "bảng ở trang “Bản sao”, ô A2: tiền đã nằm trong bảng ở trang “Phụ lục”, ô A3; "
        "không khớp một hạng mục nào chưa có dự toán",
        "bảng ở trang “Bản sao”, ô A9: tiền đã nằm trong bảng ở trang “Phụ lục”, ô A3; "
        "không khớp một hạng mục nào chưa có dự toán",
    ]
    multiplied = """
KẾ HOẠCH NĂM 2026 | < | < | < | <
Đơn vị tính: đồng | < | < | < | <
STT | Nội dung | Số lớp | Đơn giá | Kinh phí
1 | Tập huấn thương mại điện tử | 3 | 20.000.000 | 60.000.000
2 | Hội chợ hàng Việt | 1 | 40.000.000 | 40.000.000
 | Tổng cộng | | | 100.000.000
"""
    reading = read_plan(typed_file(tmp_path / "ba.xlsx", {"Phụ lục": multiplied, "Dự toán": costs}))
    assert [each.layout for each in reading.plan.estimates] == ["sentence", "sentence"]
    assert reading.total == reading.counted == 100_000_000
