"""Books: opened, saved, copied, refused; nothing that a user has is lost on the way."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto
import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.protection import WorkbookProtection
from support.generated import generated
from support.reference import NAMES

from faults import InputFault
from validators.readers import read_book

SHEET = "Phụ lục I"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with a visible, a hidden and a very hidden sheet."""
    workbook = openpyxl.Workbook()
    workbook.active.title = SHEET
    workbook.active["A1"], workbook.active["A2"] = 1200, "=A1*2"
    workbook.create_sheet("ẩn").sheet_state = "hidden"
    workbook.create_sheet("rất ẩn").sheet_state = "veryHidden"
    workbook.save(tmp_path / "sổ.xlsx")
    return tmp_path / "sổ.xlsx"


@pytest.fixture
def book(app: xw.App, path: Path) -> xw.Book:
    return app.books.open(str(path))


def stored(path: Path, sheet: str = SHEET) -> dict[str, object]:
    """The cells of a file, formulas calculated, by openpyxl."""
    cells = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {cell.coordinate: cell.value for row in cells.iter_rows() for cell in row if cell.value is not None}


def test_an_opened_book_has_the_name_of_its_file_and_leaves_no_lock(app: xw.App, book: xw.Book, path: Path) -> None:
    assert (book.name, book.fullname) == ("sổ.xlsx", str(path))
    assert book.sheet_names == [SHEET, "ẩn", "rất ẩn"]
    assert book.api.Saved
    assert app.books.active == book
    assert app.books["SỔ.xlsx"] == book == app.books[0]
    assert os.listdir(path.parent) == ["sổ.xlsx"]
    with pytest.raises(KeyError):
        app.books["khác.xlsx"]


def test_what_is_opened_twice_is_one_book(app: xw.App, book: xw.Book, path: Path) -> None:
    assert app.books.open(str(path)) == book == xw.Book(str(path))
    assert len(app.books) == 1


def test_a_copy_is_of_the_book_as_it_is_now_and_changes_nothing_about_it(book: xw.Book, path: Path) -> None:
    before = path.read_bytes()
    book.sheets[0]["A1"].value = 1000
    assert not book.api.Saved
    book.api.SaveCopyAs(str(path.with_name("bản sao.xlsx")))
    assert stored(path.with_name("bản sao.xlsx")) == {"A1": 1000, "A2": 2000}
    assert book.fullname == str(path)
    assert not book.api.Saved
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == ["bản sao.xlsx", "sổ.xlsx"]


def test_saving_in_place(book: xw.Book, path: Path) -> None:
    path.chmod(0o640)
    book.sheets[0]["A1"].value = 7
    book.save()
    assert book.api.Saved
    assert stored(path) == {"A1": 7, "A2": 14}
    assert path.stat().st_mode & 0o777 == 0o640


def test_saving_under_another_name_leaves_the_old_file(book: xw.Book, path: Path) -> None:
    before, other = path.read_bytes(), path.with_name("khác.xlsx")
    book.sheets[0]["A1"].value = 7
    book.save(str(other))
    assert (book.name, book.fullname) == ("khác.xlsx", str(other))
    assert path.read_bytes() == before
    book.sheets[0]["A1"].value = 8
    book.save()
    assert stored(other) == {"A1": 8, "A2": 16}


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".ods"])
def test_every_kind_is_written_and_read_again(app: xw.App, book: xw.Book, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"khác{suffix}"
    book.save(str(target))
    book.close()
    read = read_book(target)
    assert (read.kind, [sheet.name for sheet in read.sheets]) == (suffix[1:], [SHEET, "ẩn", "rất ẩn"])
    assert app.books.open(str(target)).sheets[0]["A1:A2"].formula == (("1200",), ("=A1*2",))


def test_a_book_with_macros_keeps_them(app: xw.App, tmp_path: Path) -> None:
    source = Path(xw.__file__).with_name("quickstart.xlsm")
    app.books.open(str(source)).save(str(tmp_path / "macro.xlsm"))
    assert "xl/vbaProject.bin" in ZipFile(tmp_path / "macro.xlsm").namelist()


def test_sheets_that_only_a_macro_can_show_stay_so(book: xw.Book, path: Path) -> None:
    assert [sheet.visible for sheet in book.sheets] == [-1, 0, 2]
    assert [sheet.api.Visible for sheet in book.sheets] == [-1, 0, 2]
    book.save()
    assert [sheet.visibility for sheet in read_book(path).sheets] == ["visible", "hidden", "veryHidden"]
    book.sheets["rất ẩn"].visible = True
    book.sheets["ẩn"].api.Visible = 2
    book.save()
    assert [sheet.visibility for sheet in read_book(path).sheets] == ["visible", "veryHidden", "visible"]


def test_a_protected_structure_is_known_refused_and_kept(app: xw.App, path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook.security = WorkbookProtection(workbookPassword="mật khẩu", lockStructure=True)
    workbook.save(path)
    book = app.books.open(str(path))
    assert book.api.ProtectStructure
    for change in (
        lambda: book.sheets.add("mới"),
        book.sheets[0].delete,
        book.sheets[0].copy,
        lambda: book.sheets[0].move(after=book.sheets[1]),
        lambda: setattr(book.sheets[0], "name", "khác"),
        lambda: setattr(book.sheets[1], "visible", True),
    ):
        with pytest.raises(InputFault) as refused:
            change()
        assert refused.value.sentence("vi").startswith(f"{path}: cấu trúc của tệp đang được bảo vệ")
    assert book.sheet_names == [SHEET, "ẩn", "rất ẩn"]
    book.sheets[0]["A1"].value = 5  # cells may be typed into
    book.save()
    security = openpyxl.load_workbook(path).security
    assert (security.lockStructure, security.workbookPassword) == (True, "8373")
    assert not app.books.add().api.ProtectStructure


def test_a_password_is_asked_for(app: xw.App, path: Path, tmp_path: Path) -> None:
    locked = tmp_path / "khóa.xlsx"
    with path.open("rb") as plain, locked.open("wb") as encrypted:
        msoffcrypto.OfficeFile(plain).encrypt("bí mật", encrypted)
    with pytest.raises(InputFault) as refused:
        app.books.open(str(locked))
    assert refused.value.sentence("vi") == f"{locked}: tệp có mật khẩu; hãy mở tệp, bỏ mật khẩu rồi lưu lại."
    with pytest.raises(InputFault) as refused:
        app.books.open(str(locked), password="sai")
    assert refused.value.sentence("vi") == f"{locked}: mật khẩu của tệp không đúng."
    assert app.books.open(str(locked), password="bí mật").sheets[0]["A2"].value == 2400.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Ph\xe1\xbb\xa5 l\xe1\xbb\xa5c", "this is not a workbook but plain text (CSV)"),
        (b"", "the file is empty"),
        (b"%PDF-1.7", "this is not a workbook but a PDF file"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(app: xw.App, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "hỏng.xlsx"
    file.write_bytes(content)
    with pytest.raises(InputFault) as refused:
        app.books.open(str(file))
    assert refused.value.sentence("en").startswith(f"{file}: {said}")
    assert len(app.books) == 0


def test_half_a_workbook_is_refused(app: xw.App, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(InputFault) as refused:
        app.books.open(str(path))
    assert refused.value.sentence("vi") == f"{path}: tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp."


def test_a_book_opened_read_only_is_saved_elsewhere_only(app: xw.App, path: Path) -> None:
    book = app.books.open(str(path), read_only=True)
    with pytest.raises(InputFault) as refused:
        book.save()
    assert refused.value.sentence("vi") == f"{path}: tệp được mở ở chế độ chỉ đọc; cần lưu với tên khác."
    book.save(str(path.with_name("khác.xlsx")))
    book.save()
    assert book.name == "khác.xlsx"


@pytest.mark.parametrize("lock", ["~$sổ.xlsx", ".~lock.sổ.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_not_written_over(book: xw.Book, path: Path, lock: str) -> None:
    path.with_name(lock).touch()
    before = path.read_bytes()
    with pytest.raises(InputFault) as refused:
        book.save()
    assert refused.value.sentence("vi") == f"{path}: tệp đích đang được mở; thấy “{lock}”; cần đóng tệp rồi chạy lại."
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_refused(book: xw.Book, tmp_path: Path) -> None:
    for target, said in (
        (tmp_path / "không có" / "a.xlsx", "the folder of the target is missing"),
        (tmp_path / "a.docx", "no such file can be written"),
    ):
        with pytest.raises(InputFault) as refused:
            book.save(str(target))
        assert refused.value.sentence("en").startswith(f"{target}: {said}")
    with pytest.raises(NotImplementedError):
        book.save(str(tmp_path / "a.xlsx"), password="x")
    assert book.name == "sổ.xlsx"


def test_a_folder_that_takes_no_file_is_refused(
    book: xw.Book, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, folder = path.read_bytes(), tmp_path / "thư mục.xlsx"
    folder.mkdir()
    with pytest.raises(InputFault) as refused:
        book.save(str(folder))
    assert refused.value.sentence("vi") == f"{folder}: không ghi được tệp này; thấy “Is a directory”."
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputFault) as refused:
        book.save()
    assert refused.value.sentence("en") == f"{path}: the file cannot be written; found “No space left on device”."
    assert (path.read_bytes(), sorted(os.listdir(tmp_path))) == (before, ["sổ.xlsx", "thư mục.xlsx"])


def full(_source: object, _target: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_new_book_is_saved_where_python_works(app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book = app.books.add()
    name = book.name
    assert (book.fullname, name[:4], book.sheet_names) == (name, "Book", ["Sheet1"])
    book.sheets[0]["A1"].value = "mới"
    book.save()
    assert book.fullname == str(tmp_path / f"{name}.xlsx")
    assert stored(tmp_path / f"{name}.xlsx", "Sheet1") == {"A1": "mới"}


def test_closing_makes_another_book_the_active_one(app: xw.App, book: xw.Book) -> None:
    other = app.books.add()
    assert app.books.active == other
    book.activate()
    assert xw.books.active == book
    book.close()
    assert app.books.active == other
    assert [each.name for each in app.books] == [other.name]


def test_printing_the_visible_sheets_or_some(book: xw.Book, tmp_path: Path) -> None:
    book.sheets.add("#nháp", after=book.sheets[-1])["A1"].value = "trang nháp"
    book.sheets["ẩn"]["A1"].value = "trang ẩn"
    assert book.to_pdf(str(tmp_path / "hiện.pdf")) == str(tmp_path / "hiện.pdf")
    book.to_pdf(str(tmp_path / "ẩn.pdf"), include=["ẩn", "#nháp"], exclude_start_string="~")
    printed = {
        name: subprocess.run(["pdftotext", tmp_path / name, "-"], capture_output=True, check=True, text=True).stdout
        for name in ("hiện.pdf", "ẩn.pdf")
    }
    assert {name: [text in page for text in ("1200", "ẩn", "nháp")] for name, page in printed.items()} == {
        "hiện.pdf": [True, False, False],
        "ẩn.pdf": [False, True, True],
    }
    assert [sheet.visible for sheet in book.sheets] == [-1, 0, 2, -1]
    assert book.name == "sổ.xlsx"


def test_the_only_visible_sheet_cannot_be_hidden(book: xw.Book) -> None:
    with pytest.raises(InputFault) as refused:
        book.sheets[0].visible = False
    assert refused.value.sentence("vi") == "trang “Phụ lục I”: không ẩn được trang hiện duy nhất."


@pytest.mark.parametrize("name", NAMES)
def test_a_generated_book_survives_being_saved(app: xw.App, tmp_path: Path, name: str) -> None:
    path, copy = tmp_path / "sổ.xlsx", tmp_path / "bản sao.xlsx"
    path.write_bytes(generated(name))
    app.books.open(str(path)).api.SaveCopyAs(str(copy))
    before, after = read_book(path), read_book(copy)
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert (new.name, new.visibility) == (old.name, old.visibility)
        assert {
            place: (cell.value, bool(cell.formula)) for place, cell in new.cells.items() if cell.value is not None
        } == {place: (cell.value, bool(cell.formula)) for place, cell in old.cells.items() if cell.value is not None}
