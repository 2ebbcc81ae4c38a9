"""A table of sources beside the table that it sums up: a summary of its appendix, not an appendix of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from budget.plan import Plan
from generators.generate import generate
from revisions.reading.reading import Reading, read_plan
from validators.checking import check_file
from validators.findings import Severity

DETAIL = """
KẾ HOẠCH GIAI ĐOẠN 2026-2027 | < | < | < | < | <
Đơn vị tính: triệu đồng | < | < | < | < | <
TT | Nội dung | Năm 2026 | < | Năm 2027 | <
^ | ^ | Ngân sách tỉnh | Vốn khác | Ngân sách tỉnh | Vốn khác
1 | Tập huấn | 10 | 5 | 20 | 5
2 | Hội chợ | 30 | - | 40 | 15
 | Tổng cộng | 40 | 5 | 60 | 20
"""
SUMMARY = """
Đơn vị tính: {unit} | < | < | < | <
Bảng tổng hợp nguồn kinh phí | < | < | < | <
TT | Nguồn kinh phí | Tổng cộng | Năm 2026 | Năm 2027
1 | {other} | {cells}
2 | Ngân sách tỉnh | {first}
 | Tổng cộng | {total}
(Bằng chữ: Một trăm hai mươi lăm triệu đồng) | < | < | < | <
"""


def read(folder: Path, unit: str = "triệu đồng", other: str = "Vốn khác", scale: int = 1, paid: int = 60) -> Reading:
    rows = {"cells": (25, 5, 20), "first": (40 + paid, 40, paid), "total": (65 + paid, 45, 20 + paid)}
    texts = {name: " | ".join(str(each * scale) for each in row) for name, row in rows.items()}
    summary = SUMMARY.format(unit=unit, other=other, **texts)
    return read_plan(typed_file(folder / "bang.xlsx", {"Tổng hợp": summary, "Chi tiết": DETAIL}))


def appendices(plan: Plan) -> list[str]:
    """Each appendix: its form, its sheet, what it sums up, its sources as they are printed."""
    names = {source.key: source.name for source in plan.sources}
    return [
        f"{each.form} {each.sheet} {each.summarises} {[each.labels.get(key, names[key]) for key in each.sources]}"
        for each in plan.appendices
    ]


def test_rows_are_told_by_their_names(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert appendices(reading.plan) == [
        "items-years-sources Chi tiết None ['Ngân sách tỉnh', 'Vốn khác']",
        "sources-years Tổng hợp phu-luc ['Vốn khác', 'Ngân sách tỉnh']",
    ]
    assert reading.plan.appendices[1].title == "Bảng tổng hợp nguồn kinh phí"
    assert [(control.words, control.appendix) for control in reading.plan.controls] == [
        (None, "phu-luc"),
        ("Một trăm hai mươi lăm triệu đồng", "phu-luc"),
    ]
    assert reading.left_out == ()
    path = generate(reading.plan, tmp_path / "lai.xlsx").path
    assert [each for each in check_file(path).findings if each.severity is Severity.ERROR] == []
    assert read_plan(path).plan == reading.plan


def test_a_row_of_another_name_is_told_by_its_figures(tmp_path: Path) -> None:
    plan = read(tmp_path, other="Kinh phí lồng ghép, huy động").plan
    assert appendices(plan)[1] == ("sources-years Tổng hợp phu-luc ['Kinh phí lồng ghép, huy động', 'Ngân sách tỉnh']")


def test_a_summary_in_another_unit_is_printed_in_that_of_its_appendix(tmp_path: Path) -> None:
    reading = read(tmp_path, unit="nghìn đồng", scale=1000)
    assert [each.unit.label for each in reading.plan.appendices] == ["triệu đồng", "triệu đồng"]
    assert (
        "bảng ở trang “Tổng hợp”, ô A3: in theo đơn vị của bảng được tổng hợp, triệu đồng"
        in [text.vi for text in reading.assumed]
    )  # fmt: skip


@pytest.mark.parametrize("typing", Typing)
def test_the_summary_and_the_sums_in_words_of_a_typed_decision(typing: Typing, tmp_path: Path) -> None:
    plan = read_plan(typed_seed("binh-dinh-2021-2025", typing, tmp_path)).plan
    assert appendices(plan) == [
        "groups-sources-years Phụ lục None ['Ngân sách địa phương', 'Chương trình phát triển TMĐT quốc gia']",
        "sources-years Tổng hợp phu-luc ['Hỗ trợ từ Chương trình phát triển thương mại điện tử quốc gia', "
        "'Kinh phí từ ngân sách địa phương']",
    ]
    assert plan.appendices[1].title == "Bảng tổng hợp phân bổ nguồn kinh phí"
    assert [(control.axis.source, str(control.amount)) for control in plan.controls if control.words] == [
        (None, "6860000000"),
        ("chuong-trinh-phat-trien-tmdt-quoc-gia", "3785000000"),
        ("ngan-sach-dia-phuong", "3075000000"),
    ]
