"""Generated workbooks in a real spreadsheet program: change a leaf, insert and delete rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.reference import reference
from support.uno_session import OfficeSession

from generators.generate import generate

CHECKS = "Kiểm tra"


@pytest.fixture
def binh_dinh(tmp_path: Path) -> Path:
    return generate(reference("binh-dinh-2021-2025"), tmp_path / "bd.xlsx").path


@pytest.fixture
def can_tho(tmp_path: Path) -> Path:
    return generate(reference("can-tho-2021-2025"), tmp_path / "ct.xlsx").path


@pytest.fixture
def nghe_an(tmp_path: Path) -> Path:
    return generate(reference("nghe-an-2021-2025"), tmp_path / "na.xlsx").path


def test_a_changed_leaf_reaches_totals_summary_shares_and_checks(office: OfficeSession, binh_dinh: Path) -> None:
    with office.open(binh_dinh) as book:
        assert book.value("Phụ lục", "D9") == 40  # item 1, local budget, 2021
        book.set("Phụ lục", "D9", 140)
        book.calculate()
        assert book.values("Phụ lục", "C7:D9") == [[300, 140]] * 3  # group, item, source line
        assert book.values("Phụ lục", "C66:D68") == [[6960, 1220], [3175, 685], [3785, 535]]
        assert book.values("Tổng hợp nguồn", "C7:D9") == [[3785, 535], [3175, 685], [6960, 1220]]
        assert (
            book.value(CHECKS, "D2") == "CHƯA ĐẠT: 4 mục"
        )  # the decision states 6.860 and 3.075, in figures and words
        assert book.value("Thông tin", "B15") == "Sáu tỷ, chín trăm sáu mươi triệu đồng chẵn"


def test_a_changed_head_count_reaches_text_amount_and_checks(office: OfficeSession, can_tho: Path) -> None:
    with office.open(can_tho) as book:
        row = 8
        assert book.strings("Phụ lục 2", f"C{row}:E{row}") == [["02 người x 2 buổi", "1.000.000đ/ buổi", "4.000.000"]]
        book.set("Phụ lục 2", f"H{row}", 3)
        book.calculate()
        assert book.strings("Phụ lục 2", f"C{row}:E{row}") == [["03 người x 2 buổi", "1.000.000đ/ buổi", "6.000.000"]]
        assert book.value("Phụ lục 2", "E19") == 62_000_000
        assert book.value(CHECKS, "D2") == "CHƯA ĐẠT: 5 mục"  # the costing no longer meets the five years it covers


def test_a_shared_quantity_cell_moves_all_its_rows(office: OfficeSession, can_tho: Path) -> None:
    with office.open(can_tho) as book:
        texts = [row[0] for row in book.values("Phụ lục 2", "C1:C80")]
        row = texts.index("10 Doanh nghiệp") + 1
        assert [r[0] for r in book.values("Phụ lục 2", f"E{row}:E{row + 3}")] == [250e6, 150e6, 250e6, 650e6]
        book.set("Phụ lục 2", f"H{row}", 12)
        book.calculate()
        assert book.value("Phụ lục 2", f"C{row}") == "12 Doanh nghiệp"
        assert [r[0] for r in book.values("Phụ lục 2", f"E{row}:E{row + 3}")] == [300e6, 180e6, 300e6, 780e6]


def test_a_cost_expression_inside_a_title_is_live(office: OfficeSession, nghe_an: Path) -> None:
    with office.open(nghe_an) as book:
        title = str(book.value("Phụ lục", "B8"))
        assert title.endswith("trên địa bàn tỉnh (6 lớp x 60tr/lớp)")
        factor = next(c for c in "NOPQR" if book.value("Phụ lục", f"{c}8") == 6)
        book.set("Phụ lục", f"{factor}8", 7)
        book.calculate()
        assert str(book.value("Phụ lục", "B8")).endswith("(7 lớp x 60tr/lớp)")
        assert book.value(CHECKS, "D2") == "CHƯA ĐẠT: 1 mục"


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        pytest.param(8, False, id="top of the group"),
        pytest.param(9, True, id="middle of the group"),
        pytest.param(11, False, id="end of the group"),
    ],
)
def test_an_inserted_row_is_counted_or_the_checks_turn_red(
    office: OfficeSession, nghe_an: Path, row: int, counted: bool
) -> None:
    """Group A stands in row 7, its three items in rows 8 to 10."""
    with office.open(nghe_an) as book:
        assert book.values("Phụ lục", "D7:D10") == [[570], [360], [150], [60]]
        book.insert_rows("Phụ lục", row)
        book.set("Phụ lục", f"D{row}", 7)
        book.set("Phụ lục", f"E{row}", 7)
        book.calculate()
        group = book.value("Phụ lục", "E7")
        if counted:
            assert group == 237
            assert book.value(CHECKS, "D2") == "CHƯA ĐẠT: 4 mục"  # 5.817 and 15.807 against what the plan states
        else:
            assert group == 230
            verdict = str(book.value(CHECKS, "D2"))
            assert verdict.startswith("CHƯA ĐẠT")
            rows = book.values(CHECKS, "B5:G8")
            assert [r[5] for r in rows if "Mọi dòng đều được cộng, Ngân sách tỉnh" in str(r[0])] == ["Sai"]


def test_a_deleted_row_leaves_the_totals_whole(office: OfficeSession, nghe_an: Path) -> None:
    with office.open(nghe_an) as book:
        book.delete_rows("Phụ lục", 9)
        book.calculate()
        assert book.values("Phụ lục", "D7:F7") == [[420, 180, 240]]
        found = book.values(CHECKS, "B5:G20")
        assert all(r[5] == "Đạt" for r in found if "Mọi dòng" in str(r[0]) or "bằng tổng" in str(r[0]))


def test_an_overwritten_total_turns_the_checks_red(office: OfficeSession, binh_dinh: Path) -> None:
    """The mistake that Bình Định signed: 3.235 for 3.325."""
    with office.open(binh_dinh) as book:
        assert book.value("Phụ lục", "C36") == 3325
        book.set("Phụ lục", "C36", 3235)
        book.calculate()
        wrong = [r for r in book.values(CHECKS, "B5:G40") if r[5] == "Sai"]
        assert [(str(r[0]).split(":")[0][:14], r[2], r[3]) for r in wrong] == [
            ("Cộng ngang bằn", 6860, 6770),
            ("Cột tổng bằng ", 20490, 20580),
            ("5 Đẩy mạnh ứng", 3235, 3325),
        ]
