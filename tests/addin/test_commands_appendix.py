"""Phụ lục mới and Tạo từ bảng nhập liệu, pressed in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from support.reference import reference
from support.typed import typed_file

from addin import drafting
from addin.ribbon import perform
from generators.entry import write_entry


class Today(drafting.date):
    """A day on which the next year belongs to the plan of 2026 to 2030."""

    @classmethod
    def today(cls) -> Today:
        return cls(2026, 11, 25)


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's documents, and the day."""
    folder = tmp_path / "Tài liệu"
    monkeypatch.setattr(drafting.platformdirs, "user_documents_path", lambda: folder)
    monkeypatch.setattr(drafting, "date", Today)
    return folder


def test_an_appendix_without_an_open_book_goes_to_the_documents(app: xw.App, documents: Path) -> None:
    answers = {"form": ["items-years-sources"], "years": ["2026-2027"], "sources": ["Ngân sách tỉnh, Nguồn khác"]}
    outcome = perform("new", app, answers)
    path = documents / "phu-luc-moi.xlsx"
    assert (outcome.done, outcome.message.vi) == (
        True,
        f"Đã tạo phụ lục trống {path}, giai đoạn 2026–2027, nguồn: Ngân sách tỉnh, Nguồn khác.",
    )
    book = app.books.active
    assert Path(book.fullname) == path
    sheet = book.sheets["Phụ lục"]
    assert [cell for cell in sheet.range("A6:F7").value[0] if cell] == ["Năm 2026", "Năm 2027"]
    perform("new", app, answers)
    assert sorted(each.name for each in documents.iterdir()) == ["phu-luc-moi (2).xlsx", "phu-luc-moi.xlsx"]


def test_years_with_gaps_and_sources_with_commas_in_their_names(app: xw.App, documents: Path) -> None:
    sources = "Đóng góp của tổ chức, doanh nghiệp;Ngân sách tỉnh;"
    answers = {"form": ["items-years-sources"], "years": ["2026,2027,2029"], "sources": [sources]}
    assert perform("new", app, answers).message.vi == (
        f"Đã tạo phụ lục trống {documents / 'phu-luc-moi.xlsx'}, giai đoạn 2026, 2027, 2029, nguồn: Đóng góp của tổ "
        "chức, doanh nghiệp; Ngân sách tỉnh."
    )
    heads = app.books.active.sheets["Phụ lục"].range("A6:H7").value
    assert [cell for cell in heads[0] if cell] == ["Năm 2026", "Năm 2027", "Năm 2029"]
    assert heads[1][2:4] == ["Đóng góp của tổ chức, doanh nghiệp", "Ngân sách tỉnh"]


def test_what_was_not_asked_for_is_assumed_and_said(app: xw.App, tmp_path: Path) -> None:
    open_one = app.books.open(str(typed_file(tmp_path / "dang mo.xlsx", "Nội dung | Kinh phí\nViệc | 1")))
    outcome = perform("new", app, {"form": ["groups-agencies"], "years": [" "], "sources": [""]})
    path = tmp_path / "phu-luc-moi.xlsx"
    assert outcome.message.vi == (
        f"Đã tạo phụ lục trống {path}, giai đoạn 2026–2030 (không nhập giai đoạn nên lấy kế hoạch năm năm), nguồn: "
        "Ngân sách trung ương, Ngân sách địa phương, Nguồn khác (không nhập nguồn nên lấy các nguồn thường gặp)."
    )
    assert [book.name for book in app.books] == [open_one.name, "phu-luc-moi.xlsx"]
    assert perform("new", app, {"form": ["items-total"]}).message.vi == (
        f"Đã tạo phụ lục trống {tmp_path / 'phu-luc-moi (2).xlsx'}, giai đoạn 2026–2030 (không nhập giai đoạn nên lấy "
        "kế hoạch năm năm)."
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "chưa chọn biểu mẫu của phụ lục mới; cần một trong: cost-breakdowns ("),
        ({"form": ["la"]}, "không có biểu mẫu này; thấy “la”; cần một trong: cost-breakdowns, cost-tables,"),
        (
            {"form": ["items-total"], "years": ["năm tới"]},
            "giai đoạn không đọc được; thấy “năm tới”; cần như 2026-2030.",
        ),
        (
            {"form": ["items-total"], "years": ["2026-2100"]},
            "giai đoạn dài 75 năm; thấy “2026-2100”; cần nhiều nhất 15 năm.",
        ),
        (
            {"form": ["groups-agencies"], "sources": ["Ngân sách, ngân sách"]},
            "hai nguồn kinh phí trùng tên; thấy “Ngân sách, ngân sách”.",
        ),
    ],
)
def test_answers_that_make_no_appendix(app: xw.App, documents: Path, answers: dict[str, list[str]], said: str) -> None:
    outcome = perform("new", app, answers)
    assert not outcome.done
    assert outcome.message.vi.startswith(said)
    assert not documents.exists()


def test_the_entry_workbook_as_it_is_on_the_screen_becomes_an_appendix(app: xw.App, tmp_path: Path) -> None:
    entry = tmp_path / "nhập liệu.xlsx"
    write_entry(entry, force=False, plan=reference("dong-thap-2011-2015"))
    before = entry.read_bytes()
    book = app.books.open(str(entry))
    sheet = book.sheets["Hạng mục"]
    cells = sheet.used_range.options(ndim=2).value
    row = next(number for number, line in enumerate(cells, 1) if "dt-12" in line)
    column = next(number for number, value in enumerate(cells[row - 1], 1) if value == 150000000)
    sheet.range((row, column)).value = 250000000
    outcome = perform("from-entry", app, {})
    path = tmp_path / "nhập liệu-phu-luc.xlsx"
    assert (outcome.done, outcome.message.vi) == (
        True,
        f"Đã lập {path}: 12 hạng mục, tổng 3.150.000.000 đồng (Ba tỉ một trăm năm mươi triệu đồng chẵn). "
        "Số kiểm soát không khớp: tổng cộng ghi 3.050.000.000 đồng, “Ba tỉ không trăm năm mươi triệu đồng chẵn”, cộng "
        "được 3.150.000.000 đồng.",
    )
    made = app.books.active
    assert Path(made.fullname) == path
    assert made.sheets["Tổng hợp"].range("C18").value == 3150000000
    assert made.sheets["Thông tin"].range("B12").value == "nhập liệu"
    assert entry.read_bytes() == before
    book.activate()
    assert perform("from-entry", app, {}).done
    assert (tmp_path / "nhập liệu-phu-luc (2).xlsx").exists()


def test_figures_of_an_entry_workbook_that_are_hardly_meant_so_are_told(app: xw.App, tmp_path: Path) -> None:
    entry = tmp_path / "nhập liệu.xlsx"
    write_entry(entry, force=False)  # the example
    book = app.books.open(str(entry))
    assert perform("from-entry", app, {}).message.vi.endswith("(Bốn trăm triệu đồng).")
    book.sheets["Số kiểm soát"].range("E2").value = 401
    book.sheets["Hạng mục"].range("P3").value = 42.0000001
    book.sheets["Hạng mục"].range("Q3").value = -5
    book.activate()
    outcome = perform("from-entry", app, {})
    assert outcome.done
    assert outcome.message.vi.partition(" đồng (")[2].partition("). ")[2] == (
        "Số kiểm soát không khớp: tổng cộng ghi 401 triệu đồng, “Bốn trăm triệu đồng”, cộng được 377,0000001 triệu "
        "đồng. Số tiền âm: “1 VÍ DỤ: Tập huấn thương mại điện tử” (Ngân sách địa phương, 2026) -5 triệu đồng. Số tiền "
        "lẻ dưới một đồng: “1 VÍ DỤ: Tập huấn thương mại điện tử” (Ngân sách trung ương, 2026) 42,0000001 triệu đồng."
    )


def test_entry_workbooks_of_other_kinds_than_xlsx(app: xw.App, tmp_path: Path) -> None:
    entry = tmp_path / "nhập liệu.xlsx"
    write_entry(entry, force=False, plan=reference("dong-thap-2011-2015"))
    book = app.books.open(str(entry))
    book.save(str(tmp_path / "nhập liệu.xls"))
    assert perform("from-entry", app, {}).message.vi == (
        "nhập liệu.xls: chỉ lập được phụ lục từ sổ .xlsx và .xlsm; cần lưu tệp thành .xlsx trước."
    )
    book.save(str(tmp_path / "có macro.xlsm"))
    path = tmp_path / "có macro-phu-luc.xlsx"
    assert perform("from-entry", app, {}).message.vi.startswith(f"Đã lập {path}: 12 hạng mục, tổng 3.050.000.000 đồng")
    assert app.books.active.sheets["Thông tin"].range("B12").value == "có macro"


def test_a_book_that_is_no_entry_workbook_and_one_with_a_mistake(app: xw.App, tmp_path: Path) -> None:
    app.books.open(str(typed_file(tmp_path / "bảng khác.xlsx", "Nội dung | Kinh phí\nViệc | 1")))
    outcome = perform("from-entry", app, {})
    assert (outcome.done, outcome.message.vi) == (
        False,
        "bảng khác.xlsx: tệp đang mở không phải tệp nhập liệu; cần tệp có các trang “Kế hoạch”, “Phụ lục”, “Hạng mục”.",
    )
    entry = tmp_path / "sai.xlsx"
    write_entry(entry, force=False, plan=reference("dong-thap-2011-2015"))
    book = app.books.open(str(entry))
    sheet = book.sheets["Hạng mục"]
    cells = sheet.used_range.options(ndim=2).value
    row = next(number for number, line in enumerate(cells, 1) if "dt-12" in line)
    column = next(number for number, value in enumerate(cells[row - 1], 1) if value == 150000000)
    sheet.range((row, column)).value = "một trăm"
    outcome = perform("from-entry", app, {})
    assert (outcome.done, outcome.message.vi) == (
        False,
        "sai.xlsx: Hạng mục, dòng 13, cột “Số tiền”: không phải là một con số; thấy “một trăm”; cần một số như 1.377 "
        "hoặc 46,3.",
    )
    assert sorted(path.name for path in tmp_path.glob("*-phu-luc*")) == []
