"""The sheet of findings as an add-in puts it into an open book: it follows the cells, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from support.report_samples import DETAIL, RULES, SHEET, file_report, swapped
from support.typed_seeds import Typing, typed_seed

from faults import Lang
from validators.checking import check_file
from validators.findings import FileReport
from validators.grid import Grid, GridCell, Place
from validators.own_sheet import lists_findings
from validators.readers import read_book
from validators.reports import findings_sheet
from validators.reports.findings_sheet import (
    CELL_COLUMN,
    EXPECTED_COLUMN,
    FIRST_ROW,
    NOW_COLUMN,
    SEVERITY_COLUMN,
    SHEET_COLUMN,
    findings_workbook,
    live_formulas,
)
from validators.reports.wording import by_name
from validators.reports.workbook import write_report_workbook
from validators.rules import all_rules

REPORT = file_report(Path("du-toan.xlsx"))


def live(report: FileReport = REPORT, lang: Lang = "vi") -> openpyxl.Workbook:
    return findings_workbook(report, by_name(RULES), lang, "Kết quả", linked=True, live=True)


class TestLiveSheet:
    def test_a_column_shows_what_the_cells_hold_by_now(self) -> None:
        sheet = live().active
        heads = [cell.value for cell in sheet[FIRST_ROW - 1]]
        assert heads == [
            "Mức độ", "Trang", "Ô", "Điều chưa đúng", "Nội dung của dòng",
            "Đang ghi", "Đúng ra", "Hiện nay", "Chênh lệch", "Nguyên nhân", "Cách sửa",
        ]  # fmt: skip
        assert [cell.value for cell in sheet[8]][5:] == [
            3235,
            3325,
            "='Phụ lục I'!C36",
            -90,
            "Hai chữ số bị đổi chỗ",
            "Ghi 3.325 vào C36, hoặc công thức =SUM(D36:H36)",
        ]
        assert [sheet.cell(row, NOW_COLUMN).number_format for row in (7, 8)] == ["#,##0.00", "#,##0"]
        assert sheet.print_area == "'Kết quả'!$A$1:$K$18"
        assert sheet.cell(3, 11).fill.fgColor.rgb == "00FFC7CE"

    def test_the_columns_that_commands_read(self) -> None:
        sheet = live(lang="en").active
        columns = (SEVERITY_COLUMN, SHEET_COLUMN, CELL_COLUMN, EXPECTED_COLUMN, NOW_COLUMN)
        heads = [sheet.cell(FIRST_ROW - 1, column).value for column in columns]
        assert heads == ["Severity", "Sheet", "Cell", "Expected", "Now"]
        found = [[sheet.cell(row, column).value for column in columns] for row in (FIRST_ROW + 1, FIRST_ROW + 3)]
        assert found == [
            ["Error", "Phụ lục I", "C36", 3325, "='Phụ lục I'!C36"],
            ["Warning", "(the file)", None, None, None],
        ]

    def test_the_formulas_can_be_had_alone(self) -> None:
        formulas = live_formulas(REPORT)
        assert formulas[:4] == ["='Phụ lục I'!C10", "='Phụ lục I'!C36", "='Phụ lục I'!A46", ""]
        sheet = live().active
        assert [sheet.cell(row, NOW_COLUMN).value or "" for row in range(FIRST_ROW, sheet.max_row + 1)] == formulas

    def test_an_apostrophe_in_the_name_of_a_sheet_is_doubled(self) -> None:
        report = FileReport(Path("a.xlsx"), findings=(replace(swapped(), place=Place("Q'I", 2, 1)),))
        assert live_formulas(report) == ["='Q''I'!A2"]

    def test_there_are_as_many_formulas_as_findings_listed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(findings_sheet, "MAX_FINDINGS", 2)
        assert live_formulas(REPORT) == ["='Phụ lục I'!C10", "='Phụ lục I'!C36"]
        assert [cell.value for cell in live().active["A"]][-2:] == ["Lỗi", "Còn 10 chỗ nữa không liệt kê ở đây."]

    def test_amounts_keep_their_own_decimals(self) -> None:
        findings = (replace(swapped(), found="x", expected=Decimal("1E+3")), replace(swapped(), found=Decimal("0.125")))
        sheet = live(FileReport(Path("a.xlsx"), findings=findings)).active
        assert [sheet.cell(row, NOW_COLUMN).number_format for row in (7, 8)] == ["#,##0", "#,##0.000"]

    @pytest.mark.parametrize("is_live", [True, False])
    def test_no_named_style_is_left_in_a_book(self, is_live: bool) -> None:
        stream = BytesIO()
        findings_workbook(REPORT, by_name(RULES), "vi", "x", linked=True, live=is_live).save(stream)
        assert openpyxl.load_workbook(stream).named_styles == ["Normal"]
        with ZipFile(stream) as archive:
            assert archive.read("xl/styles.xml").count(b"<cellStyle ") == 1


class TestCheckedAgain:
    @pytest.mark.parametrize("lang", ["vi", "en"])
    @pytest.mark.parametrize("plan", ["binh-dinh-2021-2025", "can-tho-2021-2025"])
    def test_a_marked_copy_gives_the_findings_of_the_original(self, plan: str, lang: Lang, tmp_path: Path) -> None:
        before = check_file(typed_seed(plan, Typing.NUMBERS, tmp_path))
        once, twice = tmp_path / "một.xlsx", tmp_path / "hai.xlsx"
        write_report_workbook(before, once, lang, rules=all_rules())
        write_report_workbook(check_file(once), twice, lang, rules=all_rules())
        assert before.findings
        assert [(again.findings, again.tables) for again in map(check_file, (once, twice))] == [
            (before.findings, before.tables)
        ] * 2

    def test_an_error_that_is_quoted_there_is_not_found_again(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active.append(["STT", "Nội dung", "Kinh phí"])
        book.active.append([1, "Hội nghị", "#REF!"])
        book.save(tmp_path / "a.xlsx")
        before = check_file(tmp_path / "a.xlsx")
        assert [finding.found for finding in before.findings] == ["#REF!"]
        write_report_workbook(before, tmp_path / "b.xlsx", "vi", rules=all_rules())
        assert check_file(tmp_path / "b.xlsx").findings == before.findings

    def test_live_formulas_are_no_part_of_the_book(self, tmp_path: Path) -> None:
        """Their stored values may be old, and the cells that they name may be gone."""
        book = findings_workbook(REPORT, by_name(RULES), "vi", "Đã sửa tên", linked=True, live=True)
        book.create_sheet(SHEET).append(["STT", "Nội dung", "Kinh phí"])
        book.create_sheet(DETAIL)
        book.save(tmp_path / "a.xlsx")
        report = check_file(tmp_path / "a.xlsx")
        assert (report.reason, report.findings, report.tables) == (None, (), ())

    def test_it_is_known_by_its_title_and_its_headings(self, tmp_path: Path) -> None:
        live().save(tmp_path / "a.xlsx")
        grid = read_book(tmp_path / "a.xlsx").sheets[0]
        assert lists_findings(grid)
        for cell, text in (((1, 1), "KIỂM TRA PHỤ LỤC KINH PHÍ"), ((6, 2), "Đơn vị")):
            changed = GridCell(text, None, text, grid.cells[cell].style)
            assert not lists_findings(replace(grid, cells={**grid.cells, cell: changed}))
        assert not lists_findings(Grid("Kết quả kiểm tra", "visible", {}))
