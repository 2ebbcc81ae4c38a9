"""The button that merges many files: pressed in LibreOffice, and the workbook that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.worksheet import Worksheet
from support.generated import generated
from support.reference import NAMES
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed
from support.uno_session import OfficeSession

from addin.ribbon import perform
from rollup.consolidation.merged import Merged
from rollup.consolidation.merged_book import merged_workbook
from rollup.consolidation.reading import FileFunding, read_files, read_funding
from validators.running import workbook_files
from workbook.saving import save

HAND_TYPED = """
Đơn vị tính: triệu đồng
STT | Nội dung | nguồn  KHÁC | Ngân sách tỉnh | Tổng cộng
1 | "=1+1" | 10 | "5" | 15
2 | Bản tin @mới | 20 | 7.5 | 27.5
 | *Tổng cộng* | 30 | 12.5 | 42.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reference plans, one more that was typed by hand, and two files that nobody can read."""
    folder = tmp_path / "phụ lục"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.xlsx").write_bytes(generated(name))
    typed_file(folder / "go-tay.xlsx", HAND_TYPED)
    (folder / "hong.xlsx").write_bytes(generated(NAMES[0])[:5_000])
    typed_file(folder / "van-ban.xlsx", "Kính gửi các Sở | ngành")
    return folder


def table(sheet: Worksheet, first: str) -> list[list[object]]:
    """The filled rows from the one that begins with `first` to the next blank one, without blanks at the right."""
    found: list[list[object]] = []
    for row in sheet.iter_rows(values_only=True):
        if found and all(value is None for value in row):
            break
        if found or row[0] == first:
            last = max(column for column, value in enumerate(row) if value is not None)
            found.append(list(row[: last + 1]))
    return found


def merged_file(target: Path, paths: list[Path], **how: int) -> Path:
    """The merged workbook of files, saved."""
    reports = [read_funding(path, None) for path in paths]
    files = [report for report in reports if isinstance(report, FileFunding)]
    merged = Merged(files, [report for report in reports if not isinstance(report, FileFunding)])
    return save(merged_workbook(merged, target, "vi", **how), target, force=False).path


def values(path: Path) -> Mapping[str, Worksheet]:
    """The sheets with their stored values."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: sheet for sheet in book.worksheets}


def test_a_folder_is_merged_into_a_new_book_beside_it_and_shown(app: xw.App, folder: Path) -> None:
    outcome = perform("consolidate", app, {"file": [str(folder)]})
    assert outcome.done
    target = folder / "hop-nhat.xlsx"
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 6 tệp, 266 dòng: 36.379.000.000 đồng. Kết quả: {target}",
        "2 tệp không cộng được: hong.xlsx (tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp); "
        "van-ban.xlsx (không thấy bảng kinh phí nào)",
    ]
    book = app.books.active
    assert book.name == "hop-nhat.xlsx"
    assert book.sheet_names == ["Tổng hợp", "Theo tệp", "Chi tiết", "Chưa cộng"]


def test_every_sum_is_what_was_read(folder: Path, tmp_path: Path) -> None:
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", workbook_files([str(folder)])))
    assert table(sheets["Tổng hợp"], "Cách cộng") == [
        ["Cách cộng", "Số tiền", "Chênh lệch", "Kết luận"],
        ["Số đọc được từ các tệp", 36_379_000_000],
        ["Cộng các dòng chi tiết", 36_379_000_000, 0, "Khớp"],
        ["Cộng các nguồn ở bảng trên", 36_379_000_000, 0, "Khớp"],
        ["Cộng các tệp", 36_379_000_000, 0, "Khớp"],
    ]
    assert [row[:1] + row[2:4] + row[6:] for row in table(sheets["Theo tệp"], "Tệp")] == [
        ["Tệp", "Số dòng", "Số tiền", "Tổng ghi trong tệp", "Chênh lệch", "Kết luận", "Lỗi kiểm tra"],
        ["phụ lục/binh-dinh-2021-2025.xlsx", 123, 6_860_000_000, 6_860_000_000, 0, "Khớp", 0],
        ["phụ lục/can-tho-2021-2025.xlsx", 48, 5_241_500_000, 5_241_500_000, 0, "Khớp", 0],
        ["phụ lục/dong-nai-2021-2025.xlsx", 22, 5_385_000_000, 5_385_000_000, 0, "Khớp", 0],
        ["phụ lục/dong-thap-2011-2015.xlsx", 15, 3_050_000_000, 3_050_000_000, 0, "Khớp", 0],
        ["phụ lục/go-tay.xlsx", 4, 42_500_000, 42_500_000, 0, "Khớp", 0],
        ["phụ lục/nghe-an-2021-2025.xlsx", 54, 15_800_000_000, 15_800_000_000, 0, "Khớp", 0],
        ["Tổng cộng", 266, 36_379_000_000, None, None, None, 0],
    ]


def test_sources_that_differ_in_capitals_and_spaces_are_one(folder: Path, tmp_path: Path) -> None:
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", workbook_files([str(folder)])))
    found = {row[0]: row[-2] for row in table(sheets["Tổng hợp"], "Nguồn vốn")[1:]}
    assert found == {
        "Ngân sách địa phương": 3_075_000_000,
        "Chương trình phát triển TMĐT quốc gia": 3_785_000_000,
        "Trung Ương": 2_899_000_000,
        "Địa phương": 2_342_500_000,
        "NSTW": 1_000_000_000,
        "NSĐP": 4_000_000_000,
        "Xã hội hóa": 385_000_000,
        "Tỉnh hỗ trợ": 1_055_000_000,
        "Doanh nghiệp đóng góp": 375_000_000,
        "Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử": 120_000_000,
        "nguồn KHÁC": 9_990_000_000 + 30_000_000,
        "Ngân sách tỉnh": 12_500_000,
        "NS Tỉnh": 5_810_000_000,
        "Chưa nêu nguồn": 1_500_000_000,
        "Tổng cộng": 36_379_000_000,
    }
    written = {(row[8], row[9]) for row in table(sheets["Chi tiết"], "Tệp")[1:]}
    assert {("nguồn KHÁC", "nguồn KHÁC"), ("Nguồn khác", "nguồn KHÁC"), (None, "Chưa nêu nguồn")} <= written


def test_years_of_a_source(folder: Path, tmp_path: Path) -> None:
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", [folder / "can-tho-2021-2025.xlsx"]))
    assert [row[:7] for row in table(sheets["Tổng hợp"], "Nguồn vốn")] == [
        ["Nguồn vốn", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025", "Tổng cộng"],
        ["Trung Ương", 102, 977, 522, 662, 636, 2899],
        ["Địa phương", 664.3, 459.3, 344.3, 444.3, 430.3, 2342.5],
        ["Tổng cộng", 766.3, 1436.3, 866.3, 1106.3, 1066.3, 5241.5],
    ]
    assert sheets["Tổng hợp"]["A3"].value == "Đơn vị tính: triệu đồng"  # the one unit of all files


def test_each_amount_has_its_cell_its_words_and_what_the_checker_says(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "go-tay.xlsx", HAND_TYPED)
    target = merged_file(tmp_path / "hop-nhat.xlsx", [path])
    assert table(values(target)["Chi tiết"], "Tệp")[1:] == [
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "C3", "1", "=1+1", None, None, "nguồn KHÁC", "nguồn KHÁC", "Chưa nêu năm",
         10, 10, "triệu đồng", None, "T1", "N1"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "C4", "2", "Bản tin @mới", None, None, "nguồn KHÁC", "nguồn KHÁC",
         "Chưa nêu năm", 20, 20, "triệu đồng", None, "T1", "N1"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "D3", "1", "=1+1", None, None, "Ngân sách tỉnh", "Ngân sách tỉnh",
         "Chưa nêu năm", 5, 5, "triệu đồng", "cảnh báo: Số được lưu dưới dạng chữ", "T1", "N2"],
        ["go-tay.xlsx", "Phụ lục", "Phụ lục", "D4", "2", "Bản tin @mới", None, None, "Ngân sách tỉnh",
         "Ngân sách tỉnh", "Chưa nêu năm", 7.5, 7.5, "triệu đồng", None, "T1", "N2"],
    ]  # fmt: skip
    formulas = openpyxl.load_workbook(target)
    assert formulas["Chi tiết"]["D5"].value == """=HYPERLINK(A5&"#'Phụ lục'!C3","C3")"""
    assert formulas["Theo tệp"]["A5"].value == '=HYPERLINK("go-tay.xlsx","go-tay.xlsx")'
    assert formulas["Theo tệp"]["D5"].value == "=SUMIFS('Chi tiết'!$L$5:$L$8,'Chi tiết'!$P$5:$P$8,\"T1\")"


def test_units_that_differ_are_brought_to_dong(tmp_path: Path) -> None:
    thousands = """
Đơn vị tính: nghìn đồng
STT | Nội dung | Kinh phí
1 | Mua máy tính | 15000.5
 | Cộng | 15000.5
"""
    paths = [typed_file(tmp_path / "a.xlsx", HAND_TYPED), typed_file(tmp_path / "b.xlsx", thousands)]
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", paths))
    assert sheets["Chi tiết"]["A2"].value == "Đơn vị tính: đồng"
    assert table(sheets["Chi tiết"], "Tệp")[-1][11:14] == [15_000_500, 15000.5, "nghìn đồng"]
    assert table(sheets["Theo tệp"], "Tệp")[-1][3] == 57_500_500


def test_a_file_whose_amounts_are_not_its_total_is_marked_and_told(app: xw.App, tmp_path: Path) -> None:
    """Đồng Nai prints 500 for private contributions whose rows make 385."""
    path = typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path)
    outcome = perform("consolidate", app, {"file": [str(path)]})
    assert outcome.message.vi.split("\n\n")[1:] == ["1 tệp có số không khớp tổng ghi trong tệp: xem trang “Theo tệp”."]
    sheets = values(tmp_path / "hop-nhat.xlsx")
    assert table(sheets["Theo tệp"], "Tệp")[1][3:] == [
        5385, 1, 5385, 5500, -115, "Lệch so với tổng ghi trong tệp", 1,
    ]  # fmt: skip
    assert ["dong-nai-2021-2025-numbers.xlsx", "Phụ lục", "các số chi tiết không khớp tổng ghi trong bảng"] in table(
        sheets["Chưa cộng"], "Tệp"
    )


def test_a_figure_that_nobody_can_read_is_listed(tmp_path: Path) -> None:
    text = """
Đơn vị tính: đồng
STT | Nội dung | Kinh phí
1 | Hội nghị | 15000000
2 | Bản tin | "2000.000.00"
3 | Tập huấn | 7000000
"""
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", [typed_file(tmp_path / "a.xlsx", text)]))
    assert table(sheets["Chưa cộng"], "Tệp")[1:] == [
        ["a.xlsx", "Phụ lục, C4", "ô có số không đọc được, chưa cộng"],
    ]
    assert table(sheets["Theo tệp"], "Tệp")[1][3:9] == [22_000_000, 1, 22_000_000, None, None, "Không ghi tổng"]


def test_what_was_not_read_or_not_added_is_listed_with_the_reason(folder: Path, tmp_path: Path) -> None:
    sheets = values(merged_file(tmp_path / "hop-nhat.xlsx", workbook_files([str(folder)])))
    listed = table(sheets["Chưa cộng"], "Tệp")[1:]
    assert listed[0][0] == "phụ lục/hong.xlsx"
    assert listed[0][2] == "tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp."
    assert listed[1][::2] == ["phụ lục/van-ban.xlsx", "không thấy bảng kinh phí nào"]
    assert [
        "phụ lục/can-tho-2021-2025.xlsx",
        None,
        "Không cộng thêm, vì số đã nằm trong các bảng được cộng: Phụ lục 2; Kiểm tra.",
    ] in listed


def test_files_of_every_kind_are_read(office: OfficeSession, tmp_path: Path) -> None:
    typed = typed_file(tmp_path / "a.xlsx", HAND_TYPED)
    with office.open(typed) as book:
        for suffix in (".xls", ".ods"):
            book.save_as(typed.with_suffix(suffix))
    reports = read_files([typed, typed.with_suffix(".xls"), typed.with_suffix(".ods")])
    assert [(each.path.suffix, each.total) for each in reports if isinstance(each, FileFunding)] == [
        (".xlsx", 42_500_000),
        (".xls", 42_500_000),
        (".ods", 42_500_000),
    ]


def test_rows_that_do_not_fit_on_a_sheet_go_on_on_the_next(folder: Path, tmp_path: Path) -> None:
    paths = [folder / "can-tho-2021-2025.xlsx", folder / "go-tay.xlsx"]
    whole = values(merged_file(tmp_path / "mot.xlsx", paths))
    parted = values(merged_file(tmp_path / "nhieu.xlsx", paths, rows=24))
    assert list(parted) == ["Tổng hợp", "Theo tệp", "Chi tiết", "Chi tiết (2)", "Chi tiết (3)", "Chưa cộng"]
    lines = [row for name in list(parted)[2:5] for row in table(parted[name], "Tệp")[1:]]
    assert lines == table(whole["Chi tiết"], "Tệp")[1:]
    for name in ("Tổng hợp", "Theo tệp"):
        assert list(parted[name].values) == list(whole[name].values)


def test_libreoffice_comes_to_the_stored_values(office: OfficeSession, folder: Path, tmp_path: Path) -> None:
    target = merged_file(tmp_path / "hop-nhat.xlsx", workbook_files([str(folder)]), rows=100)
    stored = values(target)
    with office.open(target) as book:
        book.calculate()
        for name in stored:
            calculated = book.values(name, book.used(name))
            for row, expected in zip(calculated, stored[name].iter_rows(values_only=True), strict=True):
                assert [value if value != "" else None for value in row] == [
                    pytest.approx(value, rel=1e-12) if isinstance(value, float) else value for value in expected
                ]


def test_an_amount_that_is_changed_in_the_rows_is_told(office: OfficeSession, folder: Path, tmp_path: Path) -> None:
    target = merged_file(tmp_path / "hop-nhat.xlsx", [folder / "can-tho-2021-2025.xlsx"])
    with office.open(target) as book:
        book.set("Chi tiết", "L5", 0)
        book.calculate()
        assert book.value("Theo tệp", "I5") == "Lệch: dòng chi tiết đã bị sửa"
        assert [row[0] for row in book.values("Tổng hợp", "D12:D14")] == ["Lệch", "Lệch", "Lệch"]


def test_an_earlier_result_is_neither_overwritten_nor_added(app: xw.App, folder: Path) -> None:
    perform("consolidate", app, {"file": [str(folder)]})
    first = (folder / "hop-nhat.xlsx").read_bytes()
    outcome = perform("consolidate", app, {"file": [str(folder)]})
    said = outcome.message.vi.split("\n\n")
    assert said[0] == f"Đã hợp nhất 6 tệp, 266 dòng: 36.379.000.000 đồng. Kết quả: {folder / 'hop-nhat (2).xlsx'}"
    assert "hop-nhat.xlsx (là kết quả hợp nhất lần trước, không cộng lại)" in said[1]
    assert (folder / "hop-nhat.xlsx").read_bytes() == first


def test_a_file_of_which_tables_may_be_added_twice_is_told(app: xw.App, tmp_path: Path) -> None:
    rows = "Đơn vị tính: triệu đồng\nSTT | Nội dung | Số tiền\n1 | %s | %s\n2 | %s | %s\n | *Tổng cộng* | %s\n"
    sheets = {
        "TH": rows % ("Phần A", 41, "Phần B", 30, 71),
        "PL1": rows % ("bàn", 10, "ghế", 20, 30),
        "PL2": rows % ("xe", 12, "máy", 28, 40),
    }
    path = typed_file(tmp_path / "tong-hop.xlsx", sheets)
    outcome = perform("consolidate", app, {"file": [str(path)]})
    assert outcome.message.vi.split("\n\n")[1:] == ["1 tệp có thể có bảng bị cộng trùng: xem trang “Chưa cộng”."]
    (listed,) = table(values(tmp_path / "hop-nhat.xlsx")["Chưa cộng"], "Tệp")[1:]
    assert listed[2].startswith("Có thể cộng trùng: TH giống bảng tổng hợp của PL1; PL2")


def test_a_copy_of_a_file_is_listed_and_not_added_again(app: xw.App, folder: Path) -> None:
    path = folder / "go-tay.xlsx"
    (folder / "giong.xlsx").write_bytes(path.read_bytes())
    outcome = perform("consolidate", app, {"file": [str(path), str(folder / "giong.xlsx"), str(path)]})
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 1 tệp, 4 dòng: 42,5 triệu đồng. Kết quả: {folder / 'hop-nhat.xlsx'}",
        "1 tệp không cộng được: giong.xlsx (nội dung giống hệt go-tay.xlsx, không cộng lần nữa)",
    ]
    listed = table(values(folder / "hop-nhat.xlsx")["Chưa cộng"], "Tệp")[1:]
    assert ["giong.xlsx", None, "nội dung giống hệt go-tay.xlsx, không cộng lần nữa"] in listed


def test_a_folder_without_workbooks_is_listed_like_a_file_that_nobody_can_read(app: xw.App, folder: Path) -> None:
    (folder / "rỗng").mkdir()
    outcome = perform("consolidate", app, {"file": [str(folder / "rỗng"), str(folder / "go-tay.xlsx")]})
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 1 tệp, 4 dòng: 42,5 triệu đồng. Kết quả: {folder / 'hop-nhat.xlsx'}",
        "1 tệp không cộng được: rỗng (thư mục không có sổ tính nào)",
    ]
    assert ["rỗng", None, "thư mục không có sổ tính nào."] in table(
        values(folder / "hop-nhat.xlsx")["Chưa cộng"], "Tệp"
    )
    alone = perform("consolidate", app, {"file": [str(folder / "rỗng")]})
    assert alone.message.vi == "không tệp nào có số tiền để cộng; thấy “rỗng (thư mục không có sổ tính nào)”."


def test_the_result_stands_beside_the_open_book(app: xw.App, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "của tôi"
    elsewhere.mkdir()
    app.books.open(str(typed_file(elsewhere / "so.xlsx", "Ghi chú | riêng")))
    outcome = perform("consolidate", app, {"file": [str(folder / "can-tho-2021-2025.xlsx")]})
    assert outcome.done
    link = openpyxl.load_workbook(elsewhere / "hop-nhat.xlsx")["Theo tệp"]["A5"].value
    path = folder / "can-tho-2021-2025.xlsx"
    assert link == f'=HYPERLINK("{path}","{path}")'


def test_changes_that_are_not_saved_are_told(app: xw.App, folder: Path) -> None:
    path = folder / "can-tho-2021-2025.xlsx"
    book = app.books.open(str(path))
    book.sheets["Phụ lục 1"].range("C9").value = 1000
    outcome = perform("consolidate", app, {"file": [str(path)]})
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 1 tệp, 48 dòng: 5.241,5 triệu đồng. Kết quả: {folder / 'hop-nhat.xlsx'}",
        "Đang mở và có thay đổi chưa lưu, nên số lấy từ bản đã lưu: can-tho-2021-2025.xlsx",
    ]


def test_progress_is_shown_file_by_file(app: xw.App, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr("addin.commands.base.Desk.progress", lambda _, text: shown.append(text.vi))
    perform("consolidate", app, {"file": [str(folder / "go-tay.xlsx"), str(folder / "hong.xlsx")]})
    assert shown == ["đang đọc tệp 1/2: go-tay.xlsx…", "đang đọc tệp 2/2: hong.xlsx…", "đang lập tệp hợp nhất…"]


@pytest.fixture
def refused(app: xw.App) -> Iterator[xw.App]:
    """The host; no book may have been opened when the test ends."""
    yield app
    assert len(app.books) == 0


def test_no_file_chosen(refused: xw.App) -> None:
    for answers in ({}, {"file": ["", " "]}):
        outcome = perform("consolidate", refused, answers)
        assert not outcome.done
        assert outcome.message.vi == "chưa chọn tệp nào; cần ít nhất một phụ lục."


def test_nothing_but_unreadable_files(refused: xw.App, folder: Path) -> None:
    outcome = perform("consolidate", refused, {"file": [str(folder / "hong.xlsx"), str(folder / "van-ban.xlsx")]})
    assert not outcome.done
    assert outcome.message.vi == (
        "không tệp nào có số tiền để cộng; "
        "thấy “hong.xlsx (tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp); "
        "van-ban.xlsx (không thấy bảng kinh phí nào)”."
    )
    assert not (folder / "hop-nhat.xlsx").exists()
