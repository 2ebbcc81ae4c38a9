"""Workbooks that anybody made become plans: the same items and money, and nothing dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.clean import CLEAN, clean_file
from support.reference import NAMES, reference
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed
from support.uno_session import OfficeSession

from budget.plan import Amount, Plan, Status
from faults import InputFault
from generators.generate import generate
from revisions.reading.reading import read_plan
from validators.checking import check_file
from validators.findings import Severity

_INDICATORS = {"40_chi_tieu_kinh_te_xa_hoi"}  # in many units; "Tổng thu", "Tổng vốn" add up nothing there
_NO_MONEY = {"47_dinh_muc_chi", "910_lich_cong_tac_gio_phut", "911_ngay_viet_bang_dau_cham"}
_COSTED = (150, 102, 277, 210, 260, 75, 12, 300, 600, 650, 264)  # Đồng Tháp: what its costings give, in triệu đồng
#: Where a typed decision differs from its plan: figures that the print has lost, and those that the plan derives.
DIFFERENCES: dict[str, dict[str, dict[object, object]]] = {
    "dong-nai-2021-2025": {number: {"Xã hội hóa": None} for number in ("2", "3", "4", "6")},
    "dong-thap-2011-2015": {str(n): {None: Amount(Decimal(v * 10**6))} for n, v in enumerate(_COSTED, 1)},
}


def money(plan: Plan) -> list[dict[object, Amount]]:
    """The leaves of each item, by the printed name of the source, and the year where there are years."""
    names = {source.key: source.name for source in plan.sources}
    found: list[dict[object, Amount]] = []
    for item in plan.items:
        labels = names | dict(plan.appendix(item.appendix).labels)
        leaves = {(labels.get(axis.source or ""), axis.year): Amount(a.value) for axis, a in item.amounts.items()}
        found.append({key if key[1] else key[0]: amount for key, amount in leaves.items()})
    return found


@pytest.mark.parametrize("typing", Typing)
@pytest.mark.parametrize("name", NAMES)
def test_a_decision_that_was_typed(name: str, typing: Typing, tmp_path: Path) -> None:
    reading, plan = read_plan(typed_seed(name, typing, tmp_path)), reference(name)
    read = reading.plan
    assert not reading.exact
    assert [(i.kind, i.number, i.title) for i in read.items] == [(i.kind, i.number, i.title) for i in plan.items]
    expected = money(plan)
    for number, item in enumerate(plan.items):
        for key, amount in DIFFERENCES.get(name, {}).get(item.number, {}).items():
            expected[number].pop(key, None) if amount is None else expected[number].update({key: amount})  # type: ignore[arg-type]
    assert money(read) == expected
    assert read.years == plan.years
    assert read.appendices[0].form == plan.appendices[0].form
    assert reading.total == reading.counted


@pytest.mark.parametrize("name", NAMES)
def test_a_decision_that_was_typed_is_generated_again(name: str, tmp_path: Path) -> None:
    """The checker finds no error in what is generated; the printed contradictions stand on the sheet of checks."""
    plan = read_plan(typed_seed(name, Typing.NUMBERS, tmp_path)).plan
    path = generate(plan, tmp_path / "lại.xlsx").path
    assert [f.message.en for f in check_file(path).findings if f.severity is Severity.ERROR] == []
    again = read_plan(path)
    assert (again.exact, again.plan, again.left_out) == (True, plan, ())


def test_the_document_and_the_statements_of_a_typed_decision(tmp_path: Path) -> None:
    reading = read_plan(typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path))
    plan, decision = reading.plan, reading.plan.decision
    assert (decision.kind, decision.number, str(decision.date), decision.issuer) == (
        "Quyết định", "4025/QĐ-UBND", "2020-10-28", "Ủy ban nhân dân tỉnh Đồng Nai",
    )  # fmt: skip
    assert plan.appendices[0].heading == "Phụ lục"
    assert plan.appendices[0].title.startswith("HOẠT ĐỘNG VÀ DỰ TOÁN KINH PHÍ")
    stated = [(str(each.amount), each.unit.label, each.axis.source, each.words) for each in plan.controls]
    assert stated == [
        ("5500", "triệu đồng", None, None),
        ("500", "triệu đồng", "xa-hoi-hoa", None),
        ("5500000000", "đồng", None, "năm tỷ năm trăm triệu đồng"),
    ]
    assert (
        "Giả định: trang “Phụ lục”, ô I22: số tổng ghi 500, các dòng cộng lại 385; giữ làm số kiểm soát" in plan.notes
    )
    assert [text.vi for text in reading.left_out] == ["bảng ở trang “Phụ lục”, ô A5: cột J “”"]


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.stem)
def test_no_money_of_a_clean_table_is_lost_nor_when_it_is_generated_again(file: Path, tmp_path: Path) -> None:
    path = clean_file(file, tmp_path)
    if file.stem in _NO_MONEY:
        with pytest.raises(InputFault, match="there is no table of money"):
            read_plan(path)
        return
    reading = read_plan(path)
    assert reading.counted is not None
    assert abs(reading.total - reading.counted) < 1
    assert reading.plan.items
    again = generate(reading.plan, tmp_path / "lại.xlsx").path
    assert read_plan(again).plan == reading.plan
    errors = [f.message.en for f in check_file(again).findings if f.severity is Severity.ERROR]
    assert errors == [] or file.stem in _INDICATORS


def test_what_a_table_holds_beside_its_money_is_kept_or_told(tmp_path: Path) -> None:
    text = (
        "Phụ lục 2 | < | < | <\nDỰ TOÁN HỘI NGHỊ | < | < | <\n"
        "(Kèm theo Kế hoạch số 12/KH-SCT ngày 5/3/2026 của Sở Công Thương)\n"
        "STT | Nội dung | Đơn giá (đồng) | Thành tiền (đồng)\n"
        "1 | Hội trường | 500 | 2000\n2 | Nước uống | 20 | 2000.000.000\n3 | Tài liệu | - | -\n"
        " | Tổng cộng |  | 2500\nNgười lập biểu\n"
    )  # fmt: skip
    reading = read_plan(typed_file(tmp_path / "a.xlsx", text))
    plan = reading.plan
    assert (plan.title, plan.years, plan.decision.number) == ("DỰ TOÁN HỘI NGHỊ", (2026,), "12/KH-SCT")
    assert money(plan) == [{None: Amount(Decimal(2000))}, {None: Amount(Decimal(500))}, {None: Amount(None)}]
    (proven,) = plan.items[1].amounts.values()
    assert (proven.status, proven.printed) == (Status.PROVEN, "2000.000.000")
    assert "Phụ lục, dòng 6: số “2000.000.000” viết sai, lấy theo các số khác" in [t.vi for t in reading.assumed]
    assert [text.vi for text in reading.left_out] == [
        "bảng ở trang “Phụ lục”, ô A4: cột C “Đơn giá (đồng)”",
        "chữ ngoài bảng: “Người lập biểu”",
    ]
    assert plan.controls[0].amount == 2500


def test_rows_that_point_to_the_one_above_or_go_on_with_it(tmp_path: Path) -> None:
    text = (
        "Đơn vị tính: triệu đồng\nSTT | Nội dung | Đơn vị thực hiện | Nguồn vốn | Kinh phí\n"
        "1 | Phần mềm | Sở Nội vụ | NSTW | 500\n |  |  | NSĐP | 200\n2 | Tập huấn | nt | Như trên | 100\n"
        " | Tổng cộng |  |  | 800\n"
    )
    plan = read_plan(typed_file(tmp_path / "a.xlsx", text)).plan
    assert [(item.number, item.title, item.agency) for item in plan.items] == [
        ("1", "Phần mềm", "Sở Nội vụ"),
        ("2", "Tập huấn", "Sở Nội vụ"),
    ]
    assert [{axis.source: amount.value for axis, amount in item.amounts.items()} for item in plan.items] == [
        {"nstw": 500, "nsdp": 200},
        {"nsdp": 100},
    ]


@pytest.mark.parametrize(("year", "form"), [("NĂM 2026", "groups-agencies"), ("MỚI", "items-years-sources")])
def test_one_year_that_the_title_names_is_the_period_and_no_column(year: str, form: str, tmp_path: Path) -> None:
    text = (
        f"DANH MỤC NHIỆM VỤ {year} | < | < | < | <\nĐvt: Triệu đồng | < | < | < | <\n"
        "TT | Nhiệm vụ | Thời gian thực hiện | Kinh phí năm 2026 | Nguồn kinh phí\n"
        "1 | Khảo sát | Quý I | 50 | Ngân sách huyện\n2 | Thi công | Quý II | 450 | Ngân sách tỉnh\n"
        " | Cộng | | 500 |\n"
    )  # fmt: skip
    reading = read_plan(typed_file(tmp_path / "a.xlsx", text))
    plan = reading.plan
    assert (plan.appendices[0].form, plan.years) == (form, (2026,))
    assert [[(axis.source, str(amount.value)) for axis, amount in item.amounts.items()] for item in plan.items] == [
        [("ngan-sach-huyen", "50")],
        [("ngan-sach-tinh", "450")],
    ]
    assert reading.left_out == ()


def test_what_stands_on_other_sheets_and_between_tables_is_told_once(tmp_path: Path) -> None:
    table = "Đvt: Triệu đồng | < | <\nTT | Nội dung | Kinh phí\n1 | Hội nghị | 5,5\n2 | Tập huấn | 4,5\n | Cộng | 10\n"
    rest = " | Trong đó: chi thường xuyên | 8\n"
    path = typed_file(
        tmp_path / "a.xlsx",
        {
            "Biểu": f"KINH PHÍ CẤP TỈNH | < | <\n{table}{rest}\nKINH PHÍ CẤP XÃ | < | <\n{table}",
            "Thuyết minh": "Kính gửi: Sở Tài chính",
            "Nháp": f"NHÁP CỦA NĂM TRƯỚC | < | <\n{table}",
        },
    )
    book = openpyxl.load_workbook(path)
    book["Nháp"].sheet_state = "hidden"
    book.save(path)
    reading = read_plan(path)
    assert [each.title for each in reading.plan.appendices] == ["KINH PHÍ CẤP TỈNH", "KINH PHÍ CẤP XÃ"]
    assert [text.vi for text in reading.left_out] == [
        "Biểu, dòng 7: “Trong đó: chi thường xuyên” (8) là cách chia thêm, không giữ",
        "trang “Thuyết minh”: không có bảng kinh phí",
        "trang “Nháp”: trang ẩn, không đọc",
    ]


def test_items_stay_where_rounding_parts_them_from_the_breakdown_of_their_total(tmp_path: Path) -> None:
    text = (
        "KHÁI TOÁN KINH PHÍ | < | < | <\nĐvt: Triệu đồng | < | < | <\nTT | Nội dung | Năm 2026 | Năm 2027\n"
        "1 | Nhà văn hóa | 2307 | 903\n2 | Tủ sách | 1382 | 1676\n3 | Lễ hội | 61 | 1186\n"
        " | Tổng cộng | 3751 | 3765\n | Nguồn kinh phí: | |\n- | Ngân sách tỉnh | 1645 | 906\n"
        "- | Ngân sách xã | 2107 | 2860\n"
    )  # fmt: skip
    reading = read_plan(typed_file(tmp_path / "a.xlsx", text))
    assert [[str(amount.value) for amount in item.amounts.values()] for item in reading.plan.items] == [
        ["2307", "903"], ["1382", "1676"], ["61", "1186"],
    ]  # fmt: skip
    assert [text.vi for text in reading.left_out] == [
        "bảng ở trang “Phụ lục”, ô A3: các hạng mục cộng lại 7.515.000.000 đồng, "
        "cách chia dòng tổng 7.518.000.000 đồng; giữ các hạng mục",
        "Phụ lục, dòng 9: “Ngân sách tỉnh” (1.645; 906) là cách chia thêm, không giữ",
        "Phụ lục, dòng 10: “Ngân sách xã” (2.107; 2.860) là cách chia thêm, không giữ",
    ]


def test_an_unnumbered_item_among_groups_in_their_looks_is_one_of_them(tmp_path: Path) -> None:
    text = (
        "PHÂN BỔ KINH PHÍ | < | <\nĐvt: Triệu đồng | < | <\nNội dung | Ngân sách tỉnh | Xã hội hóa\n"
        "*Dự án 1* | 10 | 5\nTiểu dự án 1 | 4 | 2\nTiểu dự án 2 | 6 | 3\n"
        "*Dự án 2* | 7 | 1\n*Dự án 3* | 9 | 4\nTiểu dự án 1 | 9 | 4\n*Tổng cộng* | 26 | 10\n"
    )  # fmt: skip
    plan = read_plan(typed_file(tmp_path / "a.xlsx", text)).plan
    assert [(item.kind.value, item.title, len(item.amounts)) for item in plan.items] == [
        ("group", "Dự án 1", 0), ("item", "Tiểu dự án 1", 2), ("item", "Tiểu dự án 2", 2), ("group", "Dự án 2", 2),
        ("group", "Dự án 3", 0), ("item", "Tiểu dự án 1", 2),
    ]  # fmt: skip
    again = generate(plan, tmp_path / "lại.xlsx").path
    assert [f.message.en for f in check_file(again).findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats(office: OfficeSession, suffix: str, tmp_path: Path) -> None:
    source = typed_seed("can-tho-2021-2025", Typing.NUMBERS, tmp_path)
    with office.open(source) as book:
        book.save_as(tmp_path / f"a.{suffix}")
    expected = read_plan(source).plan
    assert replace(read_plan(tmp_path / f"a.{suffix}").plan, key=expected.key, notes=expected.notes) == expected
