"""The sheet of a roll-up: what the decisions state, by the engines, and what moves when the appendix does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from support.generated import generated
from support.reference import NAMES as PLANS
from support.rolled_up import remarks, rolled_file, rolled_up, rows, sentences
from support.typed import typed_file
from support.uno_session import OfficeSession

from budget.axes import NAMES, labelled
from budget.money import Unit
from budget.rollup import By
from rollup.extending import extended, source_of
from rollup.kinds import BY_SOURCE
from rollup.rolled import ACROSS, Rolled
from workbook.addresses import address
from workbook.engines import ENGINES, available_engines
from workbook.verify import verify

YEARS = ["Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"]
BY_SOURCES: dict[str, list[list[object]]] = {
    "binh-dinh-2021-2025": [
        ["Nguồn vốn", *YEARS, "Tổng cộng", "Tỷ lệ"],
        ["Ngân sách địa phương", 585, 625, 585, 605, 675, 3075, 0.448251],
        ["Chương trình phát triển TMĐT quốc gia", 535, 905, 695, 815, 835, 3785, 0.551749],
        ["Tổng cộng", 1120, 1530, 1280, 1420, 1510, 6860, 1],
        ["Tỷ lệ", 0.163265, 0.223032, 0.186589, 0.206997, 0.220117, 1],
    ],
    "can-tho-2021-2025": [
        ["Nguồn vốn", *YEARS, "Tổng cộng", "Tỷ lệ"],
        ["Trung Ương", 102, 977, 522, 662, 636, 2899, 0.553086],
        ["Địa phương", 664.3, 459.3, 344.3, 444.3, 430.3, 2342.5, 0.446914],
        ["Tổng cộng", 766.3, 1436.3, 866.3, 1106.3, 1066.3, 5241.5, 1],
        ["Tỷ lệ", 0.146199, 0.274025, 0.165277, 0.211066, 0.203434, 1],
    ],
    "dong-nai-2021-2025": [
        ["Nguồn vốn", "Tổng cộng", "Tỷ lệ"],
        ["NSTW", 1000, 0.185701],
        ["NSĐP", 4000, 0.742804],
        ["Xã hội hóa", 385, 0.071495],
        ["Tổng cộng", 5385, 1],
    ],
    "dong-thap-2011-2015": [
        ["Nguồn vốn", "Tổng cộng", "Tỷ lệ"],
        ["Tỉnh hỗ trợ", 1_055_000_000, 0.345902],
        ["Doanh nghiệp đóng góp", 375_000_000, 0.122951],
        ["Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử", 120_000_000, 0.039344],
        ["Chưa nêu nguồn", 1_500_000_000, 0.491803],
        ["Tổng cộng", 3_050_000_000, 1],
    ],
    "nghe-an-2021-2025": [
        ["Nguồn vốn", "Tổng cộng", "Tỷ lệ"],
        ["NS Tỉnh", 5810, 0.367722],
        ["Nguồn khác", 9990, 0.632278],
        ["Tổng cộng", 15800, 1],
    ],
}
SENTENCES = {
    "binh-dinh-2021-2025": [
        "Tổng kinh phí thực hiện giai đoạn 2021 - 2025: 6.860.000.000 đồng (bằng chữ: Sáu tỷ, tám trăm sáu mươi triệu "
        "đồng chẵn), trong đó:",
        "- Ngân sách địa phương: 3.075.000.000 đồng (bằng chữ: Ba tỷ, không trăm bảy mươi lăm triệu đồng chẵn);",
        "- Chương trình phát triển TMĐT quốc gia: 3.785.000.000 đồng (bằng chữ: Ba tỷ, bảy trăm tám mươi lăm triệu "
        "đồng chẵn).",
    ],
    "can-tho-2021-2025": [
        "Tổng kinh phí thực hiện giai đoạn 2021 - 2025: 5.241.500.000 đồng (bằng chữ: Năm tỷ hai trăm bốn mươi mốt "
        "triệu năm trăm nghìn đồng), trong đó:",
        "- Trung Ương: 2.899.000.000 đồng (bằng chữ: Hai tỷ tám trăm chín mươi chín triệu đồng);",
        "- Địa phương: 2.342.500.000 đồng (bằng chữ: Hai tỷ ba trăm bốn mươi hai triệu năm trăm nghìn đồng).",
    ],
    "dong-nai-2021-2025": [
        "Tổng kinh phí thực hiện: 5.385.000.000 đồng (bằng chữ: Năm tỷ ba trăm tám mươi lăm triệu đồng), trong đó:",
        "- NSTW: 1.000.000.000 đồng (bằng chữ: Một tỷ đồng);",
        "- NSĐP: 4.000.000.000 đồng (bằng chữ: Bốn tỷ đồng);",
        "- Xã hội hóa: 385.000.000 đồng (bằng chữ: Ba trăm tám mươi lăm triệu đồng).",
    ],
    "dong-thap-2011-2015": [
        "Tổng kinh phí thực hiện: 3.050.000.000 đồng (bằng chữ: Ba tỉ không trăm năm mươi triệu đồng chẵn), trong đó:",
        "- Tỉnh hỗ trợ: 1.055.000.000 đồng (bằng chữ: Một tỉ không trăm năm mươi lăm triệu đồng chẵn);",
        "- Doanh nghiệp đóng góp: 375.000.000 đồng (bằng chữ: Ba trăm bảy mươi lăm triệu đồng chẵn);",
        "- Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử: 120.000.000 đồng (bằng chữ: Một "
        "trăm hai mươi triệu đồng chẵn);",
        "- Chưa nêu nguồn: 1.500.000.000 đồng (bằng chữ: Một tỉ năm trăm triệu đồng chẵn).",
    ],
    "nghe-an-2021-2025": [
        "Tổng kinh phí thực hiện: 15.800.000.000 đồng (bằng chữ: Mười lăm tỷ, tám trăm triệu đồng), trong đó:",
        "- NS Tỉnh: 5.810.000.000 đồng (bằng chữ: Năm tỷ, tám trăm mười triệu đồng);",
        "- Nguồn khác: 9.990.000.000 đồng (bằng chữ: Chín tỷ, chín trăm chín mươi triệu đồng).",
    ],
}


@pytest.mark.parametrize("plan", PLANS)
def test_sources_and_years_are_what_the_decisions_state(plan: str) -> None:
    sheet = rolled_up(plan).opened()
    assert rows(sheet, "Nguồn vốn") == BY_SOURCES[plan]
    assert {row[-1] for row in rows(sheet, "Bảng")[1:]} == {"Khớp"}


@pytest.mark.parametrize("plan", PLANS)
def test_the_sentence_is_worded_as_the_decision_does(plan: str) -> None:
    """Bình Định's and Nghệ An's are those of their texts; of Đồng Nai's the text states 5.500, its rows make 5.385."""
    assert sentences(rolled_up(plan).opened()) == SENTENCES[plan]


def test_groups_are_the_outermost_ones_and_items_without_one_are_their_own() -> None:
    sheet = rolled_up("binh-dinh-2021-2025").opened()
    assert [[row[0][:1], *row[1:4]] for row in rows(sheet, "Nhóm nhiệm vụ")[1:]] == [
        ["1", 200, None, 200],
        ["2", 515, 300, 815],
        ["3", 380, 620, 1000],
        ["4", 610, 230, 840],
        ["5", 1150, 2175, 3325],  # printed: 3.235
        ["6", 220, 460, 680],
        ["T", 3075, 3785, 6860],
        ["T", 0.448251, 0.551749, 1],
    ]
    assert [
        [row[0][:2], *row[1:5]] for row in rows(rolled_up("dong-nai-2021-2025").opened(), "Nhóm nhiệm vụ")[1:4]
    ] == [
        ["1 ", 240, 1377, 100, 1717],
        ["2 ", 160, 400, None, 560],
        ["3 ", None, 500, None, 500],
    ]


def test_agencies_stand_in_rows() -> None:
    assert rows(rolled_up("nghe-an-2021-2025").opened(), "Đơn vị thực hiện")[:-1] == [
        ["Đơn vị thực hiện", "NS Tỉnh", "Nguồn khác", "Tổng cộng", "Tỷ lệ"],
        ["Sở Công Thương", 5510, 9080, 14590, 0.923418],
        ["Sở Kế hoạch Đầu tư", 60, None, 60, 0.003797],
        ["Sở Công Thương, Hiệp hội TMĐT Việt Nam và các cơ quan đơn vị liên quan", 120, 230, 350, 0.022152],
        ["Sở Khoa học và Công nghệ", 120, 680, 800, 0.050633],
        ["Tổng cộng", 5810, 9990, 15800, 1],
    ]


def test_what_the_appendix_lacks_is_left_out_and_said() -> None:
    sheet = rolled_up("dong-thap-2011-2015").opened()
    assert [rows(sheet, head) for head in ("Đơn vị thực hiện", "Nhóm nhiệm vụ")] == [[], []]
    assert remarks(sheet)[:3] == [
        "Các bảng không nêu đơn vị thực hiện.",
        "Các bảng không chia thành nhóm nhiệm vụ.",
        "Các bảng không chia theo năm.",
    ]


def test_items_stand_below_the_groups_that_they_belong_to() -> None:
    """Đồng Nai's item 1 has parts, and an amount beside them: it is a line and their heading."""
    sheet = rolled_up("dong-nai-2021-2025", (By.ITEM, By.YEAR)).opened()
    assert [[row[0][:22], *row[1:5]] for row in rows(sheet, "Nội dung")[1:8]] == [
        ["1 Quản trị, vận hành, ", None, None, 100, 100],
        ["a Thuê server lưu trữ", None, 165, None, 165],
        ["b Thuê server quản trị", None, 132, None, 132],
        ["c Bảo mật SSL", None, 198, None, 198],
        ["d Thuê đường truyền", None, 132, None, 132],
        ["đ Duy trì, cập nhật và", 240, 750, None, 990],
        ["2 Đào tạo, phát triển ", 160, 400, None, 560],
    ]
    assert "Các bảng không chia theo năm." in remarks(sheet)
    sheet = rolled_up("nghe-an-2021-2025", (By.ITEM,)).opened()
    assert [[row[0][:10], *row[1:4]] for row in rows(sheet, "Nội dung")[1:4]] == [
        ["A TRIỂN KH"],
        ["1 Tổ chức ", 120, 240, 360],
        ["2 Phổ biến", 50, 100, 150],
    ]


def test_a_unit_that_is_wished_for() -> None:
    sheet = rolled_up("can-tho-2021-2025", (By.YEAR,), Unit.BILLION).opened()
    assert rows(sheet, "Năm")[1:3] == [
        ["Năm 2021", 0.102, 0.6643, 0.7663, 0.146199],
        ["Năm 2022", 0.977, 0.4593, 1.4363, 0.274025],
    ]
    assert (sheet["A4"].value, sheet["B6"].number_format) == ("Đơn vị tính: tỷ đồng", "#,##0.0000")
    assert sentences(sheet) == SENTENCES["can-tho-2021-2025"]
    assert rows(sheet, "Bảng")[1] == ["Phụ lục 1: tổng ghi ở C22", 5.2415, 5.2415, 0, 0, "Khớp"]


def summed(found: Rolled, by: By) -> list[tuple[str, dict[str, float], float]]:
    """By pandas, from the amounts themselves: each row of the table of an axis, without its share."""
    across = ACROSS[by]
    frame = pd.DataFrame(
        [
            (str(leaf.key(by)), labelled(by, leaf.key(by), "vi"), labelled(across, leaf.key(across), "vi"), leaf.amount)
            for leaf in found.leaves
        ],
        columns=["key", "label", "column", "amount"],
    )
    frame["amount"] /= found.unit.factor
    lines = []
    for (_, label), line in frame.groupby(["key", "label"]):
        columns = line.groupby("column")["amount"].sum() if found.has(across) else {}
        lines.append((label, {key: float(sum_) for key, sum_ in columns.items()}, float(line["amount"].sum())))
    return sorted(lines, key=str)


@pytest.mark.parametrize("axes", [BY_SOURCE.axes, (By.ITEM, By.YEAR)], ids=["overview", "items-years"])
@pytest.mark.parametrize("plan", PLANS)
def test_pandas_groups_the_amounts_to_the_same_sums(plan: str, axes: tuple[By, ...]) -> None:
    found, sheet = rolled_up(plan, axes).found, rolled_up(plan, axes).opened()
    for by in (by for by in axes if found.has(by)):
        head, *lines = rows(sheet, NAMES[by].vi)
        shown = [
            (
                line[0],
                {key: value for key, value in zip(head[1:-2], line[1:-2], strict=True) if value is not None},
                line[-2],
            )
            for line in lines
            if len(line) == len(head) and line[0] != "Tổng cộng"
        ]
        assert sorted(shown, key=str) == summed(found, by)


@pytest.mark.skipif("libreoffice" not in available_engines(), reason="LibreOffice is not on the PATH")
@pytest.mark.office
@pytest.mark.parametrize("plan", PLANS)
def test_every_engine_judges_every_formula_and_agrees(plan: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(rolled_up(plan).data)
    report = verify(file)
    assert report.disagreements == ()
    assert {(each.engine, each.judged) for each in report.judgements} == {
        (engine, report.formulas) for engine in ENGINES
    }


def test_a_changed_leaf_moves_what_it_is_part_of_and_nothing_else(office: OfficeSession, tmp_path: Path) -> None:
    """100 triệu more for the local budget's part of item 1 in 2021."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated("binh-dinh-2021-2025"))
    path.write_bytes(extended(source_of(path, BY_SOURCE, None), BY_SOURCE, "vi").data)
    name = BY_SOURCE.name.vi
    with office.open(path) as book:
        before = book.values(name, "A1:H60")
        book.set("Phụ lục", "D9", 140)
        after = book.values(name, "A1:H60")
    changed = {
        address(row, column): new
        for row, (olds, news) in enumerate(zip(before, after, strict=True), 1)
        for column, (old, new) in enumerate(zip(olds, news, strict=True), 1)
        if old != new
    }
    shares = {cell for cell in changed if isinstance(changed[cell], float) and changed[cell] < 1}
    assert {cell: value for cell, value in changed.items() if cell not in shares} == {
        "B6": 685, "G6": 3175, "B8": 1220, "G8": 6960,
        "B28": 300, "D28": 300, "B34": 3175, "D34": 6960,
        "A38": "Tổng kinh phí thực hiện giai đoạn 2021 - 2025: 6.960.000.000 đồng (bằng chữ: Sáu tỷ, chín trăm sáu "
               "mươi triệu đồng chẵn), trong đó:",
        "A39": "- Ngân sách địa phương: 3.175.000.000 đồng (bằng chữ: Ba tỷ, một trăm bảy mươi lăm triệu đồng chẵn);",
        "B44": 6960, "C44": 6960, "B45": 6960, "C45": 6960,
    }  # fmt: skip
    assert shares == {
        *(f"{column}9" for column in "BCDEF"), "H6", "H7",
        *(f"E{row}" for row in range(28, 34)), "B35", "C35",
    }  # fmt: skip


def test_names_are_texts_whatever_they_look_like(tmp_path: Path) -> None:
    table = """
Đơn vị tính: triệu đồng
STT | Nội dung | Ngân sách "TW" & 'B' | Ngân sách tỉnh | Đơn vị thực hiện
1 | Hội nghị | 10 | 4 | "=1+1"
2 | Bản tin | 20 | 5 | "@Sở"
 | *Tổng cộng* | 30 | 9 |
"""
    rolled = rolled_file(typed_file(tmp_path / "a.xlsx", table))
    sheet = rolled.opened()
    assert [row[0] for row in rows(sheet, "Nguồn vốn")[1:3]] == ["Ngân sách \"TW\" & 'B'", "Ngân sách tỉnh"]
    assert sentences(sheet)[1] == "- Ngân sách \"TW\" & 'B': 30.000.000 đồng (bằng chữ: Ba mươi triệu đồng);"
    assert [row[0] for row in rows(sheet, "Đơn vị thực hiện")[1:3]] == ["=1+1", "@Sở"]
    labels = {cell.value: cell.data_type for cell in rolled.opened(values=False)["A"]}
    assert (labels["=1+1"], labels["@Sở"]) == ("s", "s")


def test_one_source_needs_no_list(tmp_path: Path) -> None:
    table = """
Đơn vị tính: đồng
STT | Nội dung | Năm 2026
1 | Mua máy tính | 15000000
2 | Mua máy in | 5500001
"""
    sheet = rolled_file(typed_file(tmp_path / "a.xlsx", table), (By.YEAR,)).opened()
    assert sentences(sheet) == [
        "Tổng kinh phí thực hiện năm 2026: 20.500.001 đồng (bằng chữ: Hai mươi triệu năm trăm nghìn không trăm linh "
        "một đồng)."
    ]


def test_amounts_that_no_sheet_holds_exactly_are_said_and_are_no_errors(office: OfficeSession, tmp_path: Path) -> None:
    source, target = tmp_path / "lớn.xlsx", tmp_path / "kết quả.xlsx"
    typed_file(
        source,
        "Đơn vị tính: triệu đồng\nNội dung | NSTW | NSĐP | Tổng cộng\nĐường | 1500000000 | 600000000 | 2100000000\n"
        "*Tổng cộng* | 1500000000 | 600000000 | 2100000000",
    )
    target.write_bytes(extended(source_of(source, BY_SOURCE, None), BY_SOURCE, "vi").data)
    with office.open(target) as book:
        cells = [cell for row in book.strings(BY_SOURCE.name.vi, book.used(BY_SOURCE.name.vi)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("#", "Err"))]
    assert [cell for cell in cells if "bằng chữ" in cell] == [
        "Tổng kinh phí thực hiện: 2.100.000.000.000.000 đồng (bằng chữ: (quá 15 chữ số)), trong đó:",
        "- NSTW: 1.500.000.000.000.000 đồng (bằng chữ: (quá 15 chữ số));",
        "- NSĐP: 600.000.000.000.000 đồng (bằng chữ: Sáu trăm nghìn tỷ đồng).",
    ]
    assert any(cell.startswith("Excel chỉ giữ 15 chữ số: ") for cell in cells)


def test_in_english_the_sentence_stays_vietnamese(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "a.xlsx", "STT | Nội dung | Kinh phí (triệu đồng)\n1 | Bàn | 5\n2 | Ghế | 7")
    sheet = rolled_file(path, lang="en").opened()
    assert [row[0] for row in rows(sheet, "Funding source")[1:]] == ["Source not stated", "Total"]
    assert rows(sheet, "The sentence for the decision, in Vietnamese")[1] == [
        "Tổng kinh phí thực hiện: 12.000.000 đồng (bằng chữ: Mười hai triệu đồng)."
    ]


def test_hidden_rows_rows_without_words_and_tables_with_the_very_amounts_of_others_are_said(tmp_path: Path) -> None:
    sheets = {
        "Xã A": "Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Bàn ghế | 10\n2 | Máy in | 20\n | | 29",
        "Xã B": "Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Hội họp | 20\n2 | Xe cộ | 10\n3 | Trà | 29",
    }
    path = typed_file(tmp_path / "hai-xa.xlsx", sheets)
    book = load_workbook(path)
    book["Xã A"].row_dimensions[4].hidden = True
    book.save(path)
    said = remarks(rolled_file(path).opened())
    assert "Số ở dòng, cột bị ẩn vẫn được cộng: Xã A C4." in said
    assert "Số ở dòng không có nội dung, đang được cộng như một khoản; xem có phải dòng cộng không: Xã A C5." in said
    assert (
        "Có thể cộng trùng: Xã B có cùng các số tiền với Xã A, nhưng không rõ có phải cùng một khoản nên cả hai bảng "
        "đều được cộng. Nếu đúng là một khoản ghi hai lần thì bỏ một bảng rồi lập lại." in said
    )


def test_words_with_digits_and_dates_in_the_place_of_amounts_are_said(tmp_path: Path) -> None:
    items = "1 | A | 60\n2 | B | 2 x 30\n3 | C | Lồng ghép\n4 | D | 5"
    path = typed_file(tmp_path / "chu.xlsx", f"Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n{items}\n | Tổng | 60")
    book = load_workbook(path)
    book.active["C6"] = date(2026, 6, 1)
    book.save(path)
    assert (
        "Ô ghi chữ hoặc ngày ở chỗ của số tiền, chưa cộng số nào ở đó: Phụ lục C4 (“2 x 30”), "
        "Phụ lục C6 (“01/06/2026”)." in remarks(rolled_file(path).opened())
    )
