"""The funding of the five reference documents is what they themselves state, typed by hand or generated."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.funded import in_millions, leaf_lines, table_lines
from support.generated import generated
from support.typed_seeds import Typing, typed_seed

from budget.money import Unit
from budget.rollup import By
from validators.checking import examine
from validators.funding import TableFunding, funding, leaves
from validators.readers import read_book

BINH_DINH, CAN_THO = "binh-dinh-2021-2025", "can-tho-2021-2025"
DONG_NAI, DONG_THAP, NGHE_AN = "dong-nai-2021-2025", "dong-thap-2011-2015", "nghe-an-2021-2025"
MADE = "generated"

each_way = pytest.mark.parametrize("way", [*Typing, MADE])


@cache
def document(plan: str, way: str) -> tuple[TableFunding, ...]:
    with TemporaryDirectory() as folder:
        if way == MADE:
            path = Path(folder) / f"{plan}.xlsx"
            path.write_bytes(generated(plan))
        else:
            path = typed_seed(plan, Typing(way), Path(folder))
        return funding(examine(read_book(path)))


def decimals(*figures: str) -> list[Decimal]:
    return [Decimal(figure) for figure in figures]


@each_way
def test_binh_dinh_by_source_and_year(way: str) -> None:
    assert in_millions(leaves(document(BINH_DINH, way)), By.SOURCE, By.YEAR) == {
        "": [2021, 2022, 2023, 2024, 2025],
        "Ngân sách địa phương": decimals("585", "625", "585", "605", "675"),
        "Chương trình phát triển TMĐT quốc gia": decimals("535", "905", "695", "815", "835"),
    }


def test_binh_dinh_counts_its_summary_once() -> None:
    assert table_lines(document(BINH_DINH, Typing.NUMBERS)) == [
        "Tổng hợp A6:H10 6860000000 of 6860000000 in Phụ lục A5:H68",
        "Phụ lục A5:H68 6860000000 of 6860000000",
    ]


def test_binh_dinh_summary_by_itself() -> None:
    assert in_millions(document(BINH_DINH, Typing.NUMBERS)[0].leaves, By.SOURCE) == {
        "Hỗ trợ từ Chương trình phát triển thương mại điện tử quốc gia": decimals("3785"),
        "Kinh phí từ ngân sách địa phương": decimals("3075"),
    }


def test_binh_dinh_entries() -> None:
    detail = document(BINH_DINH, Typing.NUMBERS)[1]
    lines = leaf_lines(detail.leaves)
    assert len(lines) == 123
    assert lines[:3] == [
        "D9 40 Ngân sách địa phương 2021",
        "E9 40 Ngân sách địa phương 2022",
        "F9 40 Ngân sách địa phương 2023",
    ]
    of_item = [leaf for leaf in detail.leaves if leaf.number == "4.3"]
    assert leaf_lines(of_item) == [
        "E34 100 Ngân sách địa phương 2022",
        "F34 20 Ngân sách địa phương 2023",
        "G34 20 Ngân sách địa phương 2024",
        "H34 20 Ngân sách địa phương 2025",
        "E35 230 Chương trình phát triển TMĐT quốc gia 2022",
    ]
    assert {leaf.item for leaf in of_item} == {
        "Xây dựng và duy trì phần mềm Bản đồ trực tuyến hệ thống phân phối hàng Việt trên địa bàn tỉnh Bình Định"
    }
    assert {leaf.groups for leaf in of_item} == {
        ("4 Tăng cường năng lực các hệ thống hạ tầng và dịch vụ hỗ trợ cho thương mại điện tử",)
    }
    assert {(leaf.unit, leaf.amount) for leaf in of_item[:1]} == {(Unit.MILLION, Decimal(100_000_000))}


def test_binh_dinh_is_exact_though_a_group_total_is_mistyped() -> None:
    detail = document(BINH_DINH, Typing.NUMBERS)[1]  # C36 says 3235 and should say 3325
    assert (detail.total, detail.difference, detail.left_out, detail.unread) == (Decimal(6_860_000_000), 0, (), ())
    assert [place.address for place in detail.totals] == ["C66"]


@each_way
def test_can_tho_by_source_and_year(way: str) -> None:
    assert in_millions(leaves(document(CAN_THO, way)), By.SOURCE, By.YEAR) == {
        "": [2021, 2022, 2023, 2024, 2025],
        "Trung Ương": decimals("102", "977", "522", "662", "636"),
        "Địa phương": decimals("664.3", "459.3", "344.3", "444.3", "430.3"),
    }


@each_way
def test_can_tho_by_year_and_by_agency(way: str) -> None:
    entries = leaves(document(CAN_THO, way))
    years = in_millions(entries, By.YEAR)
    assert [total for row in years.values() for total in row] == decimals(
        "766.3", "1436.3", "866.3", "1106.3", "1066.3"
    )
    assert in_millions(entries, By.AGENCY) == {
        "Sở Công Thương": decimals("5010"),
        "Sở Thông tin và Truyền thông": decimals("231.5"),
    }


def test_can_tho_costings_detail_its_summary() -> None:
    summary, *costings = document(CAN_THO, Typing.NUMBERS)
    assert table_lines([summary]) == ["Phụ lục 1 A5:L22 5241500000 of 5241500000"]
    assert len(costings) == 9
    assert {each.within.grid.name for each in costings if each.within} == {"Phụ lục 1"}
    assert all(each.within for each in costings)


def test_can_tho_broken_figures_are_read_as_their_total_proves() -> None:
    (costing,) = (each for each in document(CAN_THO, Typing.NUMBERS) if str(each.table.area) == "A61:E65")
    assert leaf_lines(costing.leaves) == ["E62 200000000", "E63 200000000", "E64 200000000"]
    assert (costing.stated, costing.proven, costing.unread) == (Decimal(600_000_000), True, ())


@each_way
def test_nghe_an_by_source(way: str) -> None:
    assert in_millions(leaves(document(NGHE_AN, way)), By.SOURCE) == {
        "NS Tỉnh": decimals("5810"),
        "Nguồn khác": decimals("9990"),
    }


@each_way
def test_nghe_an_by_agency(way: str) -> None:
    assert in_millions(leaves(document(NGHE_AN, way)), By.AGENCY) == {
        "Sở Công Thương": decimals("14590"),
        "Sở Kế hoạch Đầu tư": decimals("60"),
        "Sở Công Thương, Hiệp hội TMĐT Việt Nam và các cơ quan đơn vị liên quan": decimals("350"),
        "Sở Khoa học và Công nghệ": decimals("800"),
    }


@each_way
def test_dong_nai_by_source(way: str) -> None:
    # the print states 500 of "Xã hội hóa"; its legible parts make 385
    assert in_millions(leaves(document(DONG_NAI, way)), By.SOURCE) == {
        "NSTW": decimals("1000"),
        "NSĐP": decimals("4000"),
        "Xã hội hóa": decimals("385"),
    }


def test_dong_nai_difference_is_shown() -> None:
    (found,) = document(DONG_NAI, Typing.NUMBERS)
    assert (found.stated, found.difference, found.proven) == (Decimal(5_500_000_000), Decimal(-115_000_000), False)
    assert "I7 100 Xã hội hóa" in leaf_lines(found.leaves)  # the parts of this group name no private money


@each_way
def test_dong_thap_by_payer(way: str) -> None:
    assert in_millions(leaves(document(DONG_THAP, way)), By.SOURCE) == {
        "Tỉnh hỗ trợ": decimals("1055"),
        "Doanh nghiệp đóng góp": decimals("375"),
        "Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử": decimals("120"),
        "None": decimals("1500"),
    }


def test_dong_thap_counts_two_summaries_and_their_details_once() -> None:
    assert table_lines(document(DONG_THAP, Typing.NUMBERS)) == [
        "Quyết định A6:C19 3050000000 of 3050000000",
        "Kế hoạch A20:D25 210000000 of 210000000 in Quyết định A6:C19",
        "Kế hoạch A30:D35 260000000 of 260000000 in Quyết định A6:C19",
        "Kế hoạch A44:D47 300000000 of 300000000 in Quyết định A6:C19",
        "Kế hoạch A50:D53 600000000 of 600000000 in Quyết định A6:C19",
        "Kế hoạch A57:D60 650000000 of 650000000 in Quyết định A6:C19",
        "Kế hoạch A64:D67 264000000 of 264000000 in Quyết định A6:C19",
        "Kế hoạch A74:C87 3050000000 of 3050000000 in Quyết định A6:C19",
    ]


def test_dong_thap_payers_keep_the_item_that_they_pay_for() -> None:
    entries = [leaf for leaf in document(DONG_THAP, Typing.NUMBERS)[0].leaves if leaf.number == "9"]
    assert [(leaf.item, leaf.place.sheet, leaf.place.address, leaf.source) for leaf in entries] == [
        ("Hỗ trợ doanh nghiệp xây dựng website thương mại điện tử", "Kế hoạch", "D51", "Tỉnh hỗ trợ"),
        (
            "Hỗ trợ doanh nghiệp xây dựng website thương mại điện tử",
            "Kế hoạch",
            "D52",
            "Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử",
        ),
    ]


def test_a_generated_check_sheet_is_no_money() -> None:
    fundings = document(NGHE_AN, MADE)
    assert [each.table.grid.name for each in fundings if each.within is None] == ["Phụ lục"]
