"""Sheets that are written row by row: what stands in them, and that a file stands there whole or not at all."""

from __future__ import annotations

import errno
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from faults import InputFault
from workbook.looks import figure_format
from workbook.streaming import Cell, Formula, streamed


def test_texts_are_texts_numbers_exact_and_formulas_have_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with streamed(path, figure_format(1), {"title": "Thử"}) as book:
        sheet = book.sheet("Trang", (20.0, 20.0, 20.0), helpers=1)
        sheet.across("TIÊU ĐỀ", "title")
        sheet.write(Cell("=1+1", "text"), Cell(Decimal("46.3"), "figure"), Cell(None, "text"), Cell("N1", "helper"))
        sheet.write(Cell("a < & >\n b ", "line"), Cell(Formula("SUM(B2:B2)", Decimal("46.3")), "figure-sum"))
        sheet.finish_list(1)
    made, stored = (openpyxl.load_workbook(path, data_only=only)["Trang"] for only in (False, True))
    assert [[cell.value for cell in row] for row in made.iter_rows(min_row=2)] == [
        ["=1+1", 46.3, None, "N1"],
        ["a < & >\n b ", "=SUM(B2:B2)", None, None],
    ]
    assert [made["A2"].data_type, made["A2"].quotePrefix, stored["B3"].value] == ["s", True, 46.3]
    assert [made["B2"].number_format, made["B2"].font.name] == ["#,##0.0", "Times New Roman"]
    assert [made.column_dimensions["D"].hidden, made.print_area, made.freeze_panes] == [True, "'Trang'!$A$1:$C$3", "B2"]


@pytest.mark.parametrize("step", ["workbook.streaming._close", "workbook.streaming._verify"])
def test_a_full_disk_leaves_nothing_and_is_said(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(step, full)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"earlier")
    with pytest.raises(InputFault, match="cannot be written"), streamed(path, "0", {}) as book:
        book.sheet("Trang", (20.0,)).write(Cell("a", "text"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"earlier"
