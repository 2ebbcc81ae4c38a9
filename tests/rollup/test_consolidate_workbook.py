"""The workbook of many files: literal rows and sums, conflicts, the proof, and what LibreOffice makes of it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.consolidated import HAND_TYPED, consolidated, table, values
from support.generated import generated
from support.reference import NAMES
from support.typed import typed_file
from support.uno_session import OfficeSession

import phuluc
from budget.money import Unit
from rollup.consolidation.book import pivots
from rollup.consolidation.reading import FileFunding, read_files
from rollup.consolidation.rows import Summary
from rollup.consolidation.saying import done

THOUSANDS = """
Đơn vị tính: nghìn đồng
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000.5
 | Cộng | 15000.5
"""
BY_AGENCY = """
Đơn vị tính: triệu đồng
STT | Nội dung | Đơn vị thực hiện | Năm 2026 | Năm 2027
1 | Hội nghị | Sở A | 100 | 50
2 | Bản tin | Sở B | 30 | 40
 | *Tổng cộng* | | 130 | 90
"""
OTHERWISE = """
Đơn vị tính: triệu đồng
STT | Nội dung | Đơn vị thực hiện | Năm 2026 | Năm 2027
1 | Bản  tin | SỞ B | 30 | 40
2 | hội nghị | Sở A | 100 | 70
3 | Hội nghị | Sở C | 7 | 8
 | *Tổng cộng* | | 137 | 118
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference plans, one more that was typed by hand, and two files that nobody can read."""
    folder = tmp_path_factory.mktemp("goc") / "phụ lục"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.xlsx").write_bytes(generated(name))
    typed_file(folder / "go-tay.xlsx", HAND_TYPED)
    (folder / "hong.xlsx").write_bytes(generated(NAMES[0])[:5_000])
    typed_file(folder / "van-ban.xlsx", "Kính gửi các Sở | ngành")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    """Their workbook, beside the folder."""
    return consolidated(folder.with_name("hop-nhat.xlsx"), [folder])


def test_every_sum_is_what_was_read(whole: Path) -> None:
    sheets = values(whole)
    assert table(sheets["Tổng hợp"], "Cách cộng") == [
        ["Cách cộng", "Số tiền", "Chênh lệch", "Kết luận"],
        ["Số đọc được từ các tệp", 36_379],
        ["Cộng các dòng chi tiết", 36_379, 0, "Khớp"],
        ["Cộng các nguồn ở bảng trên", 36_379, 0, "Khớp"],
        ["Cộng các đơn vị", 36_379, 0, "Khớp"],
        ["Cộng các tệp", 36_379, 0, "Khớp"],
    ]
    assert [row[:1] + row[2:4] + row[6:10] for row in table(sheets["Theo tệp"], "Tệp")] == [
        ["Tệp", "Số dòng", "Số tiền", "Tổng ghi trong tệp", "Chênh lệch", "Kết luận", "Lỗi kiểm tra"],
        ["phụ lục/binh-dinh-2021-2025.xlsx", 123, 6_860, 6_860, 0, "Khớp", 0],
        ["phụ lục/can-tho-2021-2025.xlsx", 48, 5_241.5, 5_241.5, 0, "Khớp", 0],
        ["phụ lục/dong-nai-2021-2025.xlsx", 22, 5_385, 5_385, 0, "Khớp", 0],
        ["phụ lục/dong-thap-2011-2015.xlsx", 15, 3_050, 3_050, 0, "Khớp", 0],
        ["phụ lục/go-tay.xlsx", 4, 42.5, 42.5, 0, "Khớp", 0],
        ["phụ lục/nghe-an-2021-2025.xlsx", 54, 15_800, 15_800, 0, "Khớp", 0],
        ["Tổng cộng", 266, 36_379, None, None, None, 0],
    ]


def test_sources_that_are_written_differently_are_one(whole: Path) -> None:
    found = {row[0]: row[-2] for row in table(values(whole)["Tổng hợp"], "Nguồn vốn")[1:]}
    assert found == {
        "Nguồn khác": 9_990 + 30,
        "Ngân sách địa phương": 3_075 + 2_342.5 + 4_000,
        "Ngân sách trung ương": 3_785 + 2_899 + 1_000 + 120,
        "Ngân sách tỉnh": 1_055 + 5_810 + 12.5,
        "Xã hội hóa": 385,
        "Doanh nghiệp đóng góp": 375,
        "Chưa nêu nguồn": 1_500,
        "Tổng cộng": 36_379,
    }


def test_years_of_a_source(folder: Path, tmp_path: Path) -> None:
    sheets = values(consolidated(tmp_path / "hop-nhat.xlsx", [folder / "can-tho-2021-2025.xlsx"]))
    assert [row[:7] for row in table(sheets["Tổng hợp"], "Nguồn vốn")] == [
        ["Nguồn vốn", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025", "Tổng cộng"],
        ["Ngân sách trung ương", 102, 977, 522, 662, 636, 2899],
        ["Ngân sách địa phương", 664.3, 459.3, 344.3, 444.3, 430.3, 2342.5],
        ["Tổng cộng", 766.3, 1436.3, 866.3, 1106.3, 1066.3, 5241.5],
    ]


def test_each_amount_has_its_cell_its_words_and_what_the_checker_says(tmp_path: Path) -> None:
    target = consolidated(tmp_path / "hop-nhat.xlsx", [typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)])
    rows = table(values(target)["Chi tiết"], "Tệp")[1:]
    assert [[*row[:6], *row[8:13], *row[15:18]] for row in rows] == [
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "C3", "1", "=1+1", "Nguồn khác", "Chưa nêu năm", 10, 10, "triệu đồng",
         "nguồn KHÁC", None, "N2"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "C4", "2", "Bản tin @mới", "Nguồn khác", "Chưa nêu năm", 20, 20,
         "triệu đồng", "nguồn KHÁC", None, "N2"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "D3", "1", "=1+1", "Ngân sách tỉnh", "Chưa nêu năm", 5, 5, "triệu đồng",
         None, "cảnh báo: Số được lưu dưới dạng chữ", "N4"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "D4", "2", "Bản tin @mới", "Ngân sách tỉnh", "Chưa nêu năm", 7.5, 7.5,
         "triệu đồng", None, None, "N4"],
    ]  # fmt: skip
    formulas = openpyxl.load_workbook(target)
    assert formulas["Chi tiết"]["D5"].value == """=HYPERLINK(A5&"#'Phụ lục'!C3","C3")"""
    assert formulas["Chi tiết"]["F5"].data_type == "s"
    assert formulas["Theo tệp"]["A5"].value == '=HYPERLINK("go-tay.xlsx","go-tay.xlsx")'
    assert formulas["Theo tệp"]["D5"].value == "=SUM('Chi tiết'!K5:K8)"
    assert formulas["Tổng hợp"]["B5"].value == (
        "=SUMIFS('Chi tiết'!K5:K6,'Chi tiết'!R5:R6,\"N2\",'Chi tiết'!J5:J6,\"Chưa nêu năm\")"
    )


def test_a_file_whose_name_looks_like_a_function_keeps_it(tmp_path: Path) -> None:
    name = 'SORT(1), "MAP(2).xlsx' if os.name == "posix" else "SORT(1), MAP(2).xlsx"
    target = consolidated(tmp_path / "hop-nhat.xlsx", [typed_file(tmp_path / name, HAND_TYPED)])
    quoted = name.replace('"', '""')
    assert openpyxl.load_workbook(target)["Theo tệp"]["A5"].value == f'=HYPERLINK("{quoted}","{quoted}")'
    assert values(target)["Theo tệp"]["A5"].value == name


def test_units_are_brought_to_that_of_most_or_the_one_asked_for(tmp_path: Path) -> None:
    paths = [typed_file(tmp_path / "a.xlsx", HAND_TYPED), typed_file(tmp_path / "b.xlsx", THOUSANDS)]
    sheets = values(consolidated(tmp_path / "hop-nhat.xlsx", paths))
    assert sheets["Chi tiết"]["A3"].value == "Đơn vị tính: triệu đồng (hiện 3 số lẻ)"
    assert table(sheets["Chi tiết"], "Tệp")[-1][10:13] == [15.0005, 15000.5, "nghìn đồng"]
    assert table(sheets["Theo tệp"], "Tệp")[-1][3] == 57.5005
    asked = ["consolidate", *map(str, paths), "-o", str(tmp_path / "dong.xlsx"), "--unit", "đồng"]
    assert phuluc.main(asked) == 0
    assert table(values(tmp_path / "dong.xlsx")["Theo tệp"], "Tệp")[-1][3] == 57_500_500


def test_an_item_of_two_files_is_a_conflict_or_perhaps_the_same_twice(tmp_path: Path) -> None:
    paths = [typed_file(tmp_path / "a.xlsx", BY_AGENCY), typed_file(tmp_path / "b.xlsx", OTHERWISE)]
    sheets = values(consolidated(tmp_path / "hop-nhat.xlsx", paths))
    assert table(sheets["Trùng và mâu thuẫn"], "Loại")[1:] == [
        ["Mâu thuẫn", "Hội nghị", "Sở A", None, "a.xlsx", "Phụ lục", "D3", 150, None, "số tiền khác nhau"],
        ["Mâu thuẫn", "Hội nghị", "Sở A", None, "b.xlsx", "Phụ lục", "D4", 170, 20],
        ["Trùng số", "Bản tin", "Sở B", None, "a.xlsx", "Phụ lục", "D4", 70, None,
         "các tệp ghi như nhau, có thể cộng trùng"],
        ["Trùng số", "Bản tin", "Sở B", None, "b.xlsx", "Phụ lục", "D3", 70, 0],
    ]  # fmt: skip
    assert [row[:4] for row in table(sheets["Theo đơn vị"], "Đơn vị thực hiện")] == [
        ["Đơn vị thực hiện", "Năm 2026", "Năm 2027", "Tổng cộng"],
        ["Sở A", 200, 120, 320],
        ["Sở B", 60, 80, 140],
        ["Sở C", 7, 8, 15],
        ["Tổng cộng", 267, 208, 475],
    ]


def test_the_same_total_divided_otherwise_is_a_conflict_too(tmp_path: Path) -> None:
    other = BY_AGENCY.replace("| 100 | 50", "| 90 | 60").replace("130 | 90", "120 | 100")
    paths = [typed_file(tmp_path / "a.xlsx", BY_AGENCY), typed_file(tmp_path / "b.xlsx", other)]
    said = table(values(consolidated(tmp_path / "hop-nhat.xlsx", paths))["Trùng và mâu thuẫn"], "Loại")[1]
    assert [said[0], said[-1]] == ["Mâu thuẫn", "tổng bằng nhau nhưng chia theo năm khác nhau"]


def test_what_was_not_read_or_not_added_is_listed_with_the_reason(whole: Path, tmp_path: Path) -> None:
    listed = table(values(whole)["Chưa đọc được, chưa cộng"], "Tệp")[1:]
    assert listed[0][::2] == ["phụ lục/hong.xlsx", "tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp."]
    assert listed[1][::2] == ["phụ lục/van-ban.xlsx", "không thấy bảng kinh phí nào"]
    assert [
        "phụ lục/can-tho-2021-2025.xlsx",
        None,
        "Không cộng thêm, vì số đã nằm trong các bảng được cộng: Phụ lục 2.",
    ] in listed
    text = """
Đơn vị tính: đồng
STT | Nội dung | Kinh phí
1 | Hội nghị | 15000000
2 | Bản tin | "2000.000.00"
3 | Tập huấn | 7000000
"""
    sheets = values(consolidated(tmp_path / "hop-nhat.xlsx", [typed_file(tmp_path / "a.xlsx", text)]))
    assert table(sheets["Chưa đọc được, chưa cộng"], "Tệp")[1:] == [
        ["a.xlsx", "Phụ lục, C4", "ô có số không đọc được, chưa cộng: “2000.000.00”"],
    ]
    assert table(sheets["Theo tệp"], "Tệp")[1][3:9] == [22_000_000, 1, 22_000_000, None, None, "Không ghi tổng"]
    assert [row[:5] for row in table(sheets["Kết quả kiểm tra"], "Tệp")[1:]] == [
        ["a.xlsx", "Phụ lục", "C4", "cảnh báo", "Số viết sai quy cách"],
    ]


def test_files_of_every_kind_are_read(office: OfficeSession, tmp_path: Path) -> None:
    typed = typed_file(tmp_path / "a.xlsx", HAND_TYPED)
    with office.open(typed) as book:
        for suffix in (".xls", ".ods"):
            book.save_as(typed.with_suffix(suffix))
    reports = read_files([typed, typed.with_suffix(".xls"), typed.with_suffix(".ods")], "vi")
    assert [(each.path.suffix, each.total) for each in reports if isinstance(each, FileFunding)] == [
        (".xlsx", 42_500_000),
        (".xls", 42_500_000),
        (".ods", 42_500_000),
    ]


def test_rows_that_do_not_fit_on_a_sheet_go_on_on_the_next(folder: Path, tmp_path: Path) -> None:
    paths = [folder / "can-tho-2021-2025.xlsx", folder / "go-tay.xlsx"]
    one = values(consolidated(tmp_path / "mot.xlsx", paths))
    several = values(consolidated(tmp_path / "nhieu.xlsx", paths, rows=24))
    assert list(several)[:6] == ["Tổng hợp", "Theo đơn vị", "Theo tệp", "Chi tiết", "Chi tiết (2)", "Chi tiết (3)"]
    lines = [row for name in list(several)[3:6] for row in table(several[name], "Tệp")[1:]]
    assert lines == table(one["Chi tiết"], "Tệp")[1:]
    for name in ("Tổng hợp", "Theo đơn vị", "Theo tệp"):
        assert list(several[name].values) == list(one[name].values)


def test_libreoffice_comes_to_the_stored_values(office: OfficeSession, folder: Path, tmp_path: Path) -> None:
    target = consolidated(tmp_path / "hop-nhat.xlsx", [folder], rows=100)
    stored = values(target)
    with office.open(target) as book:
        book.calculate()
        for name in stored:
            calculated = book.values(name, book.used(name))
            for row, expected in zip(calculated, stored[name].iter_rows(values_only=True), strict=True):
                assert [value if value != "" else None for value in row] == [
                    pytest.approx(value, rel=1e-12) if isinstance(value, float) else value for value in expected
                ]


def test_the_proof_fails_where_a_row_is_deleted_or_changed(office: OfficeSession, folder: Path, tmp_path: Path) -> None:
    target = consolidated(tmp_path / "hop-nhat.xlsx", [folder / "can-tho-2021-2025.xlsx", folder / "go-tay.xlsx"])
    proof = next(
        row for row in values(target)["Tổng hợp"].iter_rows(max_col=1) if row[0].value == "Cộng các dòng chi tiết"
    )[0].row
    with office.open(target) as book:
        book.delete_rows("Chi tiết", 6)
        book.calculate()
        lost = "Lệch: dòng chi tiết đã bị sửa"
        assert [book.value("Theo tệp", cell) for cell in ("I5", "I6")] == [lost, "Khớp"]
        assert [row[0] for row in book.values("Tổng hợp", f"D{proof}:D{proof + 3}")] == ["Lệch"] * 4
        book.delete_rows("Chi tiết", 52, 4)  # all of the second file
        book.calculate()
        assert [book.value("Theo tệp", cell) for cell in ("I5", "I6")] == [lost, lost]
        assert book.value("Tổng hợp", f"D{proof}") == "Lệch"


def test_sums_that_would_take_too_long_are_figures_and_say_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = consolidated(tmp_path / "cong-thuc.xlsx", [folder / "can-tho-2021-2025.xlsx"])
    monkeypatch.setattr(pivots, "MOST_WORK", 10)
    fixed = consolidated(tmp_path / "so.xlsx", [folder / "can-tho-2021-2025.xlsx"])
    assert table(values(live)["Tổng hợp"], "Nguồn vốn") == table(values(fixed)["Tổng hợp"], "Nguồn vốn")[:4]
    assert openpyxl.load_workbook(fixed)["Tổng hợp"]["B5"].value == 102
    assert values(fixed)["Tổng hợp"]["A8"].value == pivots.FIXED.vi


def test_charts_are_native_titled_and_hold_their_figures(whole: Path) -> None:
    with zipfile.ZipFile(whole) as package:
        columns, shares = (package.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2))
    assert 'barDir val="col"' in columns
    assert 'grouping val="stacked"' in columns
    for text in ("Kinh phí theo năm và nguồn vốn", "Năm", "triệu đồng", "Ngân sách trung ương", "<c:v>637"):
        assert text in columns
    for text in ("Tỷ lệ các nguồn vốn", "Nguồn vốn", "Chưa nêu nguồn"):
        assert text in shares


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder to write to, where Ctrl+C is pressed while rows are written; temporary files lie beside it."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    written = 0

    def press(*_: object) -> None:
        nonlocal written
        written += 1
        if written > 20:
            raise KeyboardInterrupt

    monkeypatch.setattr("rollup.consolidation.book.details.Sums.add", press)
    out = tmp_path / "ra"
    out.mkdir()
    yield out
    assert list(scratch.iterdir()) == []


def test_an_interruption_leaves_nothing(interrupted: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = interrupted / "hop-nhat.xlsx"
    assert phuluc.main(["consolidate", str(folder / "can-tho-2021-2025.xlsx"), "-o", str(target)]) == 130
    assert "không tệp nào bị ghi dở" in capsys.readouterr().err
    target.write_bytes(b"earlier")
    assert phuluc.main(["consolidate", str(folder / "go-tay.xlsx"), "-o", str(target), "--force"]) == 130
    assert [path.name for path in interrupted.iterdir()] == ["hop-nhat.xlsx"]
    assert target.read_bytes() == b"earlier"


def test_the_command_line_says_what_it_did(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "hop-nhat.xlsx"
    assert phuluc.main(["consolidate", str(folder), "-o", str(target)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"Đã hợp nhất 6 tệp, 266 dòng: 36.379 triệu đồng. Kết quả: {target}",
        "2 tệp không cộng được: hong.xlsx (tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp); "
        "van-ban.xlsx (không thấy bảng kinh phí nào)",
    ]
    assert phuluc.main(["consolidate", str(folder), "-o", str(target)]) == 2
    assert "tệp đích đã có" in capsys.readouterr().err
    english = ["--lang", "en", "consolidate", str(folder / "go-tay.xlsx"), str(target), "-o", str(tmp_path / "b.xlsx")]
    assert phuluc.main([*english[2:], *english[:2]]) == 0  # an earlier result need not be added
    assert capsys.readouterr().out.splitlines() == [
        f"Files: 1, rows: 4, total: 42.5 triệu đồng. Result: {tmp_path / 'b.xlsx'}",
        "Not added: 1: hop-nhat.xlsx (the result of an earlier merger, not added again)",
    ]


def test_a_file_that_is_read_is_never_the_target(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "go-tay.xlsx"
    before = path.read_bytes()
    assert phuluc.main(["consolidate", str(folder), "-o", str(path), "--force"]) == 2
    assert "tệp đích là một trong các tệp sẽ đọc" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_hidden_sheets_that_are_left_out_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of them so that only a macro can show it; that of the second file is all that it has."""
    sheets = {"Phụ lục": HAND_TYPED, "Bản cũ": HAND_TYPED, "Bản nháp": HAND_TYPED, "Ghi chú": "Kính gửi | các Sở"}
    for name, hidden in (("a", {"Bản nháp": "hidden", "Bản cũ": "veryHidden", "Ghi chú": "veryHidden"}), ("b", {})):
        path = typed_file(tmp_path / f"{name}.xlsx", sheets if hidden else {"Phụ lục": THOUSANDS, "Khác": "Kính | gửi"})
        book = openpyxl.load_workbook(path)
        for sheet, state in (hidden or {"Phụ lục": "veryHidden"}).items():
            book[sheet].sheet_state = state
        book.save(path)
    target = tmp_path / "ket-qua.xlsx"
    assert phuluc.main(["consolidate", str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx"), "-o", str(target)]) == 1
    assert "1 tệp có số tiền ở trang ẩn, không cộng: xem trang" in capsys.readouterr().out
    assert table(values(target)["Chưa đọc được, chưa cộng"], "Tệp")[1:] == [
        ["b.xlsx", None, "số tiền chỉ có ở trang ẩn, không cộng: Phụ lục"],
        ["a.xlsx", None, "Không cộng trang ẩn: Bản cũ, Bản nháp."],
    ]
    assert [row[:2] + row[6:7] for row in table(values(target)["Kết quả kiểm tra"], "Tệp") if "ẩn" in str(row[6])] == [
        ["a.xlsx", None, "Trang “Bản cũ” bị ẩn sâu (chỉ macro mới bỏ ẩn được), có bảng số liệu và không được kiểm tra"],
        ["a.xlsx", "Bản nháp", "Trang “Bản nháp” bị ẩn nhưng có bảng số liệu"],
    ]
    assert phuluc.main(["rollup", str(tmp_path / "b.xlsx"), "-o", str(target), "--force"]) == 2
    assert "số tiền chỉ có ở trang ẩn; thấy “Phụ lục”; cần trang không ẩn." in capsys.readouterr().err


ERRORS = """
Đơn vị tính: triệu đồng
STT | Nội dung | NSTW | NSĐP | Tổng cộng
I | *Hạ tầng* | =SUM(C4:C6) | =SUM(D4:D6) | =SUM(C3:D3)
1 | Đường | 10 | =1/0 | =C4+D4
2 | Cầu | =Giá!B2*2 | 5 | =C5+D5
3 | Kè | =KHONGCO(1) | 5 | 20
 | *Tổng cộng* | 60 | 45 | 105
"""


def test_cells_that_show_errors_are_said_with_what_they_show(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = typed_file(tmp_path / "lỗi.xlsx", {"Phụ lục": ERRORS, "Giá": "Vật tư | Giá\nXi măng | =1/0"})
    openpyxl.load_workbook(path).save(path)  # formulas without results
    assert phuluc.main(["consolidate", str(path), "-o", str(tmp_path / "a.xlsx")]) == 0
    said = table(values(tmp_path / "a.xlsx")["Chưa đọc được, chưa cộng"], "Tệp")[1:]
    assert [row for row in said if row[1]] == [
        ["lỗi.xlsx", "Phụ lục, D4", "ô báo lỗi hoặc công thức không có kết quả, chưa cộng: “#DIV/0!”"],
        ["lỗi.xlsx", "Phụ lục, C5", "ô báo lỗi hoặc công thức không có kết quả, chưa cộng: “#DIV/0!”"],
        ["lỗi.xlsx", "Phụ lục, C6", "ô báo lỗi hoặc công thức không có kết quả, chưa cộng: “=KHONGCO(1)”"],
    ]
    capsys.readouterr()
    assert phuluc.main(["rollup", str(path), "-o", str(tmp_path / "b.xlsx")]) == 0
    sentence = "coi như không có số: Phụ lục D4 (#DIV/0!), Phụ lục C5 (#DIV/0!), Phụ lục C6 (=KHONGCO(1))."
    assert sentence in capsys.readouterr().out
    assert any(sentence in str(row[0]) for row in values(tmp_path / "b.xlsx")["Tổng hợp nguồn vốn"].values)
    assert phuluc.main(["adjust", str(path), "--scale", "0.9"]) == 2
    assert "ô D4: số tiền không đọc được; thấy “#DIV/0!”" in capsys.readouterr().err


def test_counts_are_grouped_as_each_language_does() -> None:
    said = done(Summary(files=1_200, rows=48_000, total=Decimal(10**9)), Unit.MILLION, Path("a.xlsx"))
    assert said.vi == "Đã hợp nhất 1.200 tệp, 48.000 dòng: 1.000 triệu đồng. Kết quả: a.xlsx"
    assert said.en == "Files: 1,200, rows: 48,000, total: 1,000 triệu đồng. Result: a.xlsx"
