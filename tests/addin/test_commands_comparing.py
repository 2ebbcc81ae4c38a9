"""The button So sánh hai bản, in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from support.generated import generated

from addin.ribbon import perform

pytestmark = pytest.mark.office


def test_what_changed_against_an_old_version_is_marked_and_listed(app: xw.App, tmp_path: Path) -> None:
    old = tmp_path / "ban-cu.xlsx"
    old.write_bytes(generated("nghe-an-2021-2025"))
    new = tmp_path / "ban-moi.xlsx"
    new.write_bytes(old.read_bytes())
    book = app.books.open(str(new))
    sheet = book.sheets["Phụ lục"]
    assert perform("compare", app, {"file": [str(old)]}).message.vi.startswith("Không có gì khác")
    sheet.range("E8").value = 130  # not saved: the book is compared as it is
    outcome = perform("compare", app, {"file": [str(old)]})
    assert outcome.done, outcome.message.en
    assert "Đổi số tiền: 1" in outcome.message.vi
    page = book.sheets["So sánh"]
    listed = [row for row in page.used_range.value if row[0] == "Đổi số tiền"]
    assert [(row[3], row[4], row[5], row[6], row[7]) for row in listed] == [("NS Tỉnh", 120, 130, 10, "E8")]
    assert [note.location.address for note in sheet.notes] == ["$E$8"]
    assert perform("clear-marks", app, {}).done
    assert not list(sheet.notes)


def test_without_a_file_or_with_one_that_is_no_appendix(app: xw.App, tmp_path: Path) -> None:
    new = tmp_path / "ban-moi.xlsx"
    new.write_bytes(generated("nghe-an-2021-2025"))
    app.books.open(str(new))
    assert "chưa chọn tệp nào" in perform("compare", app, {}).message.vi
    empty = tmp_path / "trống.xlsx"
    openpyxl.Workbook().save(empty)
    assert "không có bảng nào có số tiền" in perform("compare", app, {"file": [str(empty)]}).message.vi
