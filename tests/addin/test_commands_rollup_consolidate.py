"""The button that merges many files, pressed in LibreOffice, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from support.consolidated import HAND_TYPED, table, values
from support.generated import generated
from support.reference import NAMES
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed

from addin.ribbon import perform


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


def test_a_folder_is_merged_into_a_new_book_beside_it_and_shown(app: xw.App, folder: Path) -> None:
    outcome = perform("consolidate", app, {"file": [str(folder)]})
    assert outcome.done
    target = folder / "hop-nhat.xlsx"
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 6 tệp, 266 dòng: 36.379 triệu đồng. Kết quả: {target}",
        "2 tệp không cộng được: hong.xlsx (tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp); "
        "van-ban.xlsx (không thấy bảng kinh phí nào)",
    ]
    book = app.books.active
    assert book.name == "hop-nhat.xlsx"
    assert book.sheet_names == [
        "Tổng hợp", "Theo đơn vị", "Theo tệp", "Chi tiết", "Trùng và mâu thuẫn", "Từ đồng nghĩa",
        "Chưa đọc được, chưa cộng", "Kết quả kiểm tra",
    ]  # fmt: skip


def test_a_file_whose_amounts_are_not_its_total_is_marked_and_told(app: xw.App, tmp_path: Path) -> None:
    """Đồng Nai prints 500 for private contributions whose rows make 385."""
    path = typed_seed("dong-nai-2021-2025", Typing.NUMBERS, tmp_path)
    outcome = perform("consolidate", app, {"file": [str(path)]})
    assert outcome.message.vi.split("\n\n")[1:] == ["1 tệp có số không khớp tổng ghi trong tệp: xem trang “Theo tệp”."]
    sheets = values(tmp_path / "hop-nhat.xlsx")
    assert table(sheets["Theo tệp"], "Tệp")[1][3:] == [
        5385, 1, 5385, 5500, -115, "Lệch so với tổng ghi trong tệp", 1, 5385,
    ]  # fmt: skip
    assert ["dong-nai-2021-2025-numbers.xlsx", "Phụ lục", "các số chi tiết không khớp tổng ghi trong bảng"] in table(
        sheets["Chưa đọc được, chưa cộng"], "Tệp"
    )


def test_an_earlier_result_is_neither_overwritten_nor_added(app: xw.App, folder: Path) -> None:
    perform("consolidate", app, {"file": [str(folder)]})
    first = (folder / "hop-nhat.xlsx").read_bytes()
    outcome = perform("consolidate", app, {"file": [str(folder)]})
    said = outcome.message.vi.split("\n\n")
    assert said[0] == f"Đã hợp nhất 6 tệp, 266 dòng: 36.379 triệu đồng. Kết quả: {folder / 'hop-nhat (2).xlsx'}"
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
    assert outcome.message.vi.split("\n\n")[1:] == [
        "1 tệp có thể có bảng bị cộng trùng: xem trang “Chưa đọc được, chưa cộng”."
    ]
    (listed,) = table(values(tmp_path / "hop-nhat.xlsx")["Chưa đọc được, chưa cộng"], "Tệp")[1:]
    assert listed[2].startswith("Có thể cộng trùng: TH giống bảng tổng hợp của PL1; PL2")


def test_a_copy_of_a_file_is_listed_and_not_added_again(app: xw.App, folder: Path) -> None:
    path = folder / "go-tay.xlsx"
    (folder / "giong.xlsx").write_bytes(path.read_bytes())
    outcome = perform("consolidate", app, {"file": [str(path), str(folder / "giong.xlsx"), str(path)]})
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 1 tệp, 4 dòng: 42,5 triệu đồng. Kết quả: {folder / 'hop-nhat.xlsx'}",
        "1 tệp không cộng được: giong.xlsx (nội dung giống hệt go-tay.xlsx, không cộng lần nữa)",
    ]
    listed = table(values(folder / "hop-nhat.xlsx")["Chưa đọc được, chưa cộng"], "Tệp")[1:]
    assert ["giong.xlsx", None, "nội dung giống hệt go-tay.xlsx, không cộng lần nữa"] in listed


def test_a_folder_without_workbooks_is_listed_like_a_file_that_nobody_can_read(app: xw.App, folder: Path) -> None:
    (folder / "rỗng").mkdir()
    outcome = perform("consolidate", app, {"file": [str(folder / "rỗng"), str(folder / "go-tay.xlsx")]})
    assert outcome.message.vi.split("\n\n") == [
        f"Đã hợp nhất 1 tệp, 4 dòng: 42,5 triệu đồng. Kết quả: {folder / 'hop-nhat.xlsx'}",
        "1 tệp không cộng được: rỗng (thư mục không có sổ tính nào)",
    ]
    assert ["rỗng", None, "thư mục không có sổ tính nào."] in table(
        values(folder / "hop-nhat.xlsx")["Chưa đọc được, chưa cộng"], "Tệp"
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
    assert shown == ["đã đọc tệp 1/2: go-tay.xlsx…", "đã đọc tệp 2/2: hong.xlsx…"]


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
