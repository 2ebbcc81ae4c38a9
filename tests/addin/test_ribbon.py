"""The door between a button and its command: what goes through it, what is told, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from support.typed_seeds import Typing, typed_seed
from support.udf_harness import Excel

from addin import backups, host, journal, ribbon
from addin.commands import all_commands
from addin.commands.base import Command, Desk
from addin.ribbon import perform, phuluc_dispatch
from faults import InputFault, Text
from validators.readers import read_book

PLAN = "binh-dinh-2021-2025"


@pytest.fixture
def book(app: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    opened = app.books.open(str(typed_seed(PLAN, Typing.NUMBERS, tmp_path)))
    opened.set_mock_caller()
    yield opened
    del xw.Book._mock_caller


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A log of the test's own: the logger is made once for a process."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "XDG_STATE_HOME"))
    journal.journal.cache_clear()
    yield journal.log_file()
    for handler in journal.journal().handlers[:]:
        handler.close()
        journal.journal().removeHandler(handler)
    journal.journal.cache_clear()


def commanded(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    monkeypatch.setattr(ribbon, "all_commands", lambda: {command.name: command})


def planted(run: object, *, changes: bool = False) -> Command:
    return Command("thu", Text("Thử", "Try"), Text("Thử.", "Tries."), run, changes=changes)  # type: ignore[arg-type]


def test_a_button_reaches_its_command_and_the_user_is_told(app: xw.App, book: xw.Book) -> None:
    app.impl.messages.clear()
    phuluc_dispatch("check-book", ("",))
    ((said, title, mode),) = app.impl.messages
    assert said.startswith("1 lỗi, 12 cảnh báo.")
    assert (title, mode) == ("Phụ lục kinh phí", "info")
    assert app.status_bar is False


def test_a_quiet_command_speaks_in_the_status_bar(app: xw.App, book: xw.Book) -> None:
    phuluc_dispatch("check-book", ("",))
    app.impl.messages.clear()
    phuluc_dispatch("next-finding", ("",))
    assert app.impl.messages == []
    assert str(app.status_bar).startswith("Phụ lục, ô C36: Tổng của nhóm không khớp")


def test_answers_come_as_vba_sends_them(monkeypatch: pytest.MonkeyPatch, app: xw.App, book: xw.Book) -> None:
    seen: list[object] = []
    commanded(monkeypatch, planted(lambda desk: seen.append(desk.answers) or Text("", "")))
    app.impl.messages.clear()
    phuluc_dispatch("thu.mot", ("", "form=items", "file=D:\\Tổng hợp = mới.xlsx", "file=b.xlsx", ""))
    phuluc_dispatch("thu", [["years=2026-2030"]])
    assert seen == [
        {"form": ["items"], "file": ["D:\\Tổng hợp = mới.xlsx", "b.xlsx"]},
        {"years": ["2026-2030"]},
    ]
    assert app.impl.messages == []  # there was nothing to say


def test_no_exception_reaches_the_host(monkeypatch: pytest.MonkeyPatch, app: xw.App, book: xw.Book, log: Path) -> None:
    def fail(_: Desk) -> Text:
        raise ZeroDivisionError("a b c")

    commanded(monkeypatch, planted(fail))
    app.impl.messages.clear()
    phuluc_dispatch("thu", ("",))
    ((said, _, mode),) = app.impl.messages
    assert said == f"Lệnh gặp lỗi ngoài dự kiến (ZeroDivisionError: a b c). Chi tiết nằm trong {log}."
    assert mode == "critical"
    assert "ZeroDivisionError: a b c\n" in log.read_text(encoding="utf-8")
    assert app.status_bar is False


def test_an_unknown_button_is_no_exception_either(app: xw.App, book: xw.Book) -> None:
    assert not perform("nut-la", app, {}).done


def test_a_command_that_changes_content_keeps_a_copy_first(
    monkeypatch: pytest.MonkeyPatch, app: xw.App, book: xw.Book
) -> None:
    def change(desk: Desk) -> Text:
        desk.book.sheets["Phụ lục"].range("C36").value = 1
        return Text("Xong.", "Done.")

    commanded(monkeypatch, planted(change, changes=True))
    outcome = perform("thu", app, {})
    said, _, kept = outcome.message.vi.partition("\n\nBản sao trước khi sửa: ")
    assert said == "Xong."
    assert Path(kept).is_relative_to(backups.backup_folder())
    assert read_book(Path(kept)).sheet("Phụ lục").value(36, 3) == 3235
    assert book.sheets["Phụ lục"].range("C36").value == 1


def test_a_command_that_fails_half_way_says_where_the_copy_is(
    monkeypatch: pytest.MonkeyPatch, app: xw.App, book: xw.Book
) -> None:
    def fail(desk: Desk) -> Text:
        desk.book.sheets["Phụ lục"].range("C36").value = 1
        raise ZeroDivisionError("a b c")

    commanded(monkeypatch, planted(fail, changes=True))
    outcome = perform("thu", app, {})
    said, _, kept = outcome.message.vi.partition("\n\nBản sao trước khi sửa: ")
    assert not outcome.done
    assert said.startswith("Lệnh gặp lỗi ngoài dự kiến (ZeroDivisionError: a b c).")
    assert read_book(Path(kept)).sheet("Phụ lục").value(36, 3) == 3235


def test_the_last_ten_copies_of_a_book_are_kept(app: xw.App, book: xw.Book) -> None:
    made = [backups.keep(book) for _ in range(12)]
    assert len(set(made)) == 12
    assert sorted(made[0].parent.iterdir()) == sorted(made[2:])


def test_books_of_one_name_have_copies_of_their_own(app: xw.App, tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        book = app.books.open(str(typed_seed(PLAN, Typing.NUMBERS, tmp_path / name)))
        folders.append(backups.keep(book).parent)
        book.close()
    assert folders[0] != folders[1]


def test_every_command_says_what_it_does() -> None:
    for name, command in all_commands().items():
        assert command.name == name
        for lang in ("vi", "en"):
            assert command.title[lang], name
            assert command.about[lang].endswith("."), name


def test_the_buttons_are_those_that_finance_officers_were_promised() -> None:
    assert set(all_commands()) == {
        "new", "from-entry", "add-row", "to-formulas",
        "check-sheet", "check-book", "next-finding", "clear-marks", "compare",
        "by-source", "by-year", "by-agency", "consolidate",
        "words", "text-to-numbers", "unit", "release",
        "guide", "about",
    }  # fmt: skip


def test_about_says_versions_and_places(app: xw.App, log: Path) -> None:
    said = perform("about", app, {}).message.vi
    assert said.startswith("phuluc 0.1.0\nPython 3.")
    assert "xlwings 0.37.8\nlibreoffice " in said
    assert f"Nhật ký: {log}\nBản sao lưu: {backups.backup_folder()}" in said


def test_excel_reaches_the_dispatcher_through_xlwings_own_conversion(log: Path) -> None:
    """As the generated wrapper calls it: a text and an array of texts, empty ones among them; nothing comes back.

    There is no Excel in that process, which the log says, and no exception.
    """
    with Excel("addin.ribbon") as excel:
        assert excel.functions["phuluc_dispatch"]["sub"]
        answer = excel.call("phuluc_dispatch", "unit.dong", ("", "to=dong", "file=D:\\Sở Tài chính.xlsx", ""))
        excel.call("phuluc_dispatch", "about", ("",))
    assert answer.value in (None, [[None]], [[""]])
    assert log.read_text(encoding="utf-8").count(": no host, or the message could not be shown") == 2


def test_long_names_are_cut_in_the_names_of_copies(app: xw.App, tmp_path: Path) -> None:
    name = "Phụ lục kinh phí thực hiện Kế hoạch chuyển đổi số tỉnh Bình Định giai đoạn 2021-2025"
    typed_seed(PLAN, Typing.NUMBERS, tmp_path).rename(tmp_path / f"{name}.xlsx")
    kept = backups.keep(app.books.open(str(tmp_path / f"{name}.xlsx")))
    assert kept.name.startswith("Phụ lục kinh phí thực hiện Kế hoạch chuy 20")
    assert len(f"{kept.parent.name}/{kept.name}") == 120


def test_a_book_in_the_cloud_has_no_place_on_this_pc() -> None:
    class InCloud:
        name = "Kế hoạch.xlsx"

        @property
        def fullname(self) -> str:
            raise xw.XlwingsError("Couldn't find the local path")

    assert host.location(InCloud()) is None  # type: ignore[arg-type]
    with pytest.raises(InputFault) as refused:
        Desk(None, InCloud(), "vi").folder()  # type: ignore[arg-type]
    assert refused.value.sentence("vi") == "Kế hoạch.xlsx: tệp này chưa được lưu trên máy; cần lưu tệp trước."


def test_a_copy_that_is_open_does_not_stop_the_next_one(
    app: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Path) -> None:
        raise PermissionError(13, "in use")

    made = [backups.keep(book) for _ in range(10)]
    monkeypatch.setattr(Path, "unlink", locked)
    assert backups.keep(book).exists()
    assert made[0].exists()
