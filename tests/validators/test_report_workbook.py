"""The report workbook: a copy that loses nothing, its marks and notes, and the sheet of findings."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from support.furnished import furnished_file
from support.mixed_workbook import NAME, mixed_workbook
from support.raw_packages import worksheet, xlsx_parts, zipped
from support.report_samples import DETAIL, RULES, SHEET, file_report, swapped
from support.uno_session import OfficeSession

from faults import InputFault, Lang, Text
from validators.findings import FileReport, Finding, Severity, TableSummary
from validators.grid import Place
from validators.readers import read_book
from validators.reports import findings_sheet, workbook
from validators.reports.workbook import report_targets, write_report_workbook
from workbook.addresses import Area

pytestmark = [  # what openpyxl says while it reads our copies back
    pytest.mark.filterwarnings("ignore:Sparkline Group extension"),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]

XLS = Path(__file__).parent / "corpus" / "mixed.xls"
ODS = XLS.with_suffix(".ods")
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
TABLE = TableSummary(SHEET, Area(5, 1, 45, 8), "triệu đồng", 40, 62)


def warning(row: int, column: int, sheet: str = SHEET, **more: str) -> Finding:
    return Finding("number-as-text", Severity.WARNING, Text("Chữ.", "Text."), Place(sheet, row, column), **more)


def write(report: FileReport, out: Path, *, lang: Lang = "vi", force: bool = False) -> Path:
    write_report_workbook(report, out, lang, rules=RULES, force=force)
    return out


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return furnished_file(tmp_path / "du-toan.xlsx")


def refusal(report: FileReport, out: Path, *, force: bool = False) -> str:
    before = report.path.read_bytes()
    with pytest.raises(InputFault) as caught:
        write(report, out, force=force)
    assert report.path.read_bytes() == before
    return caught.value.sentence("en")


class TestCopy:
    def test_only_what_has_to_change_is_changed(self, source: Path, tmp_path: Path) -> None:
        before = parts(source)
        after = parts(write(file_report(source), tmp_path / "ra.xlsx"))
        assert {name for name in before if after[name] != before[name]} == {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/_rels/sheet2.xml.rels",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
        }
        assert after.keys() - before.keys() == {
            "xl/worksheets/phuluc-sheet1.xml",
            "xl/phuluc-comments.xml",
            "xl/drawings/phuluc-notes.vml",
        }
        assert b"sparkline" in after["xl/worksheets/sheet1.xml"]
        assert after["xl/drawings/vmlDrawing1.vml"].startswith(before["xl/drawings/vmlDrawing1.vml"][:-6])

    def test_what_a_reader_sees_is_what_it_was(self, source: Path, tmp_path: Path) -> None:
        original, copy = read_book(source), read_book(write(file_report(source), tmp_path / "ra.xlsx"))
        assert copy.sheets[:-1] == original.sheets
        assert copy.stale == ()

    def test_formulas_of_every_kind_keep_their_values(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        mixed_workbook().save(path)
        report = FileReport(path, findings=(warning(5, 3, NAME), warning(3, 5, NAME), warning(40, 40, NAME)))
        copy = read_book(write(report, tmp_path / "ra.xlsx"))
        assert copy.sheets[:-1] == read_book(path).sheets
        assert copy.names[0] == read_book(path).names[0]

    def test_the_users_file_is_not_written(self, source: Path, tmp_path: Path) -> None:
        before = source.read_bytes()
        write(file_report(source), tmp_path / "ra.xlsx")
        assert source.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["du-toan.xlsx", "ra.xlsx"]

    def test_the_findings_are_shown_on_opening_and_no_other_sheet_is_selected(
        self, source: Path, tmp_path: Path
    ) -> None:
        book = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))
        assert book.sheetnames == [SHEET, DETAIL, "Kết quả kiểm tra"]
        assert book.active.title == "Kết quả kiểm tra"
        assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [False, False, True]

    def test_a_sheet_name_that_is_taken_gets_a_number(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active.title = "KẾT QUẢ kiểm tra"
        book.save(tmp_path / "a.xlsx")
        first = write(FileReport(tmp_path / "a.xlsx"), tmp_path / "b.xlsx")
        second = write(FileReport(first), tmp_path / "c.xlsx")
        names = ["KẾT QUẢ kiểm tra", "Kết quả kiểm tra (2)", "Kết quả kiểm tra (3)"]
        assert openpyxl.load_workbook(second).sheetnames == names

    def test_macros_are_kept(self, tmp_path: Path) -> None:
        (tmp_path / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0 macros")
        report = file_report(furnished_file(tmp_path / "a.xlsm", macros=tmp_path / "vba.bin"))
        after = parts(write(report, tmp_path / "ra.xlsm"))
        assert after["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
        assert b"sheet.macroEnabled.main+xml" in after["[Content_Types].xml"]
        assert "an .xlsm file" in refusal(report, tmp_path / "ra.xlsx")
        plain = FileReport(furnished_file(tmp_path / "a.xlsx"))
        assert "an .xlsx file" in refusal(plain, tmp_path / "ra2.xlsm")

    def test_a_template_becomes_a_workbook(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.template = True
        book.save(tmp_path / "mau.xltx")
        after = parts(write(FileReport(tmp_path / "mau.xltx"), tmp_path / "ra.xlsx"))
        assert b"template" not in after["[Content_Types].xml"]

    def test_the_strict_dialect_is_kept(self, tmp_path: Path) -> None:
        wide = "http://schemas.openxmlformats.org/"
        strict = {"spreadsheetml/2006/main": "spreadsheetml/main"}
        strict["officeDocument/2006/relationships"] = "officeDocument/relationships"
        book = openpyxl.Workbook()
        book.active.title, book.active["C36"] = SHEET, "=1+1"
        book.save(tmp_path / "wide.xlsx")
        changed = parts(tmp_path / "wide.xlsx")
        for old, new in strict.items():
            narrow = f"http://purl.oclc.org/ooxml/{new}".encode()
            changed = {name: data.replace(f"{wide}{old}".encode(), narrow) for name, data in changed.items()}
        path = tmp_path / "strict.xlsx"
        path.write_bytes(zipped(changed))
        out = write(FileReport(path, findings=(swapped(),)), tmp_path / "ra.xlsx")
        assert [sheet.name for sheet in read_book(out).sheets] == [SHEET, "Kết quả kiểm tra"]
        added = [data for name, data in parts(out).items() if "phuluc" in name and not name.endswith(".vml")]
        assert len(added) == 2
        assert not any(b"schemas.openxmlformats.org/spreadsheetml" in data for data in added)

    def test_a_package_that_lacks_a_part_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(zipped(xlsx_parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))))
        said = refusal(FileReport(tmp_path / "a.xlsx"), tmp_path / "ra.xlsx")
        assert said == f"{tmp_path / 'a.xlsx'}: no marked copy can be made of this file."
        assert not (tmp_path / "ra.xlsx").exists()

    def test_libreoffice_reads_it(self, source: Path, tmp_path: Path, office: OfficeSession) -> None:
        with office.open(write(file_report(source), tmp_path / "ra.xlsx")) as opened:
            assert opened.sheets() == [SHEET, DETAIL, "Kết quả kiểm tra"]
            assert opened.strings("Kết quả kiểm tra", "C7:C9") == [["C10"], ["C36"], ["A46"]]
            assert opened.formulas(SHEET, "C36") == [["=SUM(D36:H36)"]]


class TestMarks:
    def test_guilty_cells_are_coloured_and_keep_their_looks(self, source: Path, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))[SHEET]
        cells = {"C10": RED, "C36": RED, "D36": YELLOW, "E8": BLUE, "A20": YELLOW, "C11": "00000000"}
        assert {cell: sheet[cell].fill.fgColor.rgb for cell in cells} == cells
        assert (sheet["C36"].number_format, sheet["C36"].border.left.style) == ("#,##0", "thin")

    def test_the_gravest_finding_gives_the_colour_and_all_are_in_the_note(self, source: Path, tmp_path: Path) -> None:
        report = FileReport(source, findings=(warning(40, 3), replace(swapped(), place=Place(SHEET, 40, 3))))
        sheet = openpyxl.load_workbook(write(report, tmp_path / "ra.xlsx"))[SHEET]
        assert sheet["C40"].fill.fgColor.rgb == RED
        titles = [line for line in sheet["C40"].comment.text.split("\n") if line.startswith(("LỖI", "CẢNH BÁO"))]
        assert titles == ["LỖI: Tổng của nhóm không khớp", "CẢNH BÁO: Số ghi dạng chữ"]

    def test_a_note_says_what_is_wrong_and_how_to_mend_it(self, source: Path, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))[SHEET]
        assert sheet["C10"].comment.text == (
            "LỖI: Tổng của dòng không khớp\n"
            "Cộng thiếu dòng 12.\n"
            "Đúng ra: 1.512.300\n"
            "Ghi 1.512.300 vào C10\n"
            "Cũng có thể sai ở C12, Chi tiết (2)!AA15"
        )
        assert sheet["C10"].comment.author == "phuluc"

    def test_notes_that_were_there_are_kept(self, source: Path, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx", lang="en"))[SHEET]
        assert sheet["B7"].comment.text == "Theo tờ trình"
        assert sheet["C36"].comment.author == "Hà"
        assert sheet["C36"].comment.text == (
            "Hỏi lại chị Lan\n\nphuluc:\n"
            "ERROR: Group total does not add up\n"
            "The total of group II is not the sum of its rows.\n"
            "Expected: 3,325\n"
            "Write 3,325 in C36, or the formula =SUM(D36:H36)"
        )

    def test_every_note_has_a_shape_of_its_own(self, source: Path, tmp_path: Path) -> None:
        drawing = parts(write(file_report(source), tmp_path / "ra.xlsx"))["xl/drawings/vmlDrawing1.vml"].decode()
        numbers = [piece.split('"')[0] for piece in drawing.split('id="_x0000_s')[1:]]
        assert numbers == [str(number) for number in range(1025, 1025 + 8)]  # two notes and a button were there

    def test_cells_and_rows_that_hold_nothing_are_made(self, tmp_path: Path) -> None:
        rows_xml = '<row r="2" s="1" customFormat="1"><c r="B2"><v>7</v></c></row><row><c><v>8</v></c></row>'
        sheet = worksheet(rows_xml, before='<cols><col min="4" max="4" width="9" style="2"/></cols>')
        styles = (
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
            '<xf/><xf numFmtId="3"/><xf numFmtId="4"/></cellXfs></styleSheet>'
        )
        book = openpyxl.Workbook()
        book.active.title = SHEET
        book.save(tmp_path / "a.xlsx")
        changed = {**parts(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles}
        (tmp_path / "a.xlsx").write_bytes(zipped(changed))
        places = ((2, 1), (2, 3), (3, 1), (3, 4), (1, 2), (9, 9))
        report = FileReport(tmp_path / "a.xlsx", findings=tuple(warning(*place) for place in places))
        marked = openpyxl.load_workbook(write(report, tmp_path / "ra.xlsx"))[SHEET]
        assert {marked.cell(*place).fill.fgColor.rgb for place in places} == {YELLOW}
        formats = [marked.cell(*place).number_format for place in places]
        assert formats == ["#,##0", "#,##0", "General", "#,##0.00", "General", "General"]
        assert (marked["B2"].value, marked["A3"].value) == (7, 8)

    def test_cells_beyond_a_number_of_notes_are_coloured_only(
        self, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbook, "MAX_NOTES", 2)
        report = FileReport(source, findings=tuple(warning(row, 1, DETAIL) for row in (4, 5, 6)))
        sheet = openpyxl.load_workbook(write(report, tmp_path / "ra.xlsx"))[DETAIL]
        assert [sheet.cell(row, 1).comment is not None for row in (4, 5, 6)] == [True, True, False]
        assert sheet["A6"].fill.fgColor.rgb == YELLOW

    def test_a_clean_file_is_copied_with_a_green_verdict(self, source: Path, tmp_path: Path) -> None:
        out = write(FileReport(source, (TABLE,)), tmp_path / "ra.xlsx")
        sheet = openpyxl.load_workbook(out)["Kết quả kiểm tra"]
        assert sheet["A3"].value == "Kết luận: không thấy gì sai (số bảng: 1, số phép tính: 62)"
        assert sheet["A3"].fill.fgColor.rgb == "00C6EFCE"
        assert "xl/phuluc-comments.xml" not in parts(out)


class TestSheetOfFindings:
    def test_a_verdict_on_top_then_a_row_for_each_finding_the_gravest_first(self, source: Path, tmp_path: Path) -> None:
        found = rows(openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))["Kết quả kiểm tra"])
        assert [row[0] for row in found[:5]] == [
            "KẾT QUẢ KIỂM TRA PHỤ LỤC",
            "Tệp: du-toan.xlsx",
            "Kết luận: 3 lỗi, 8 cảnh báo, 1 lưu ý",
            "Đã kiểm tra: số bảng 2, số phép tính 67",
            None,
        ]
        assert found[5] == [
            "Mức độ", "Trang", "Ô", "Điều chưa đúng", "Nội dung của dòng",
            "Đang ghi", "Đúng ra", "Chênh lệch", "Nguyên nhân", "Cách sửa",
        ]  # fmt: skip
        assert found[7] == [
            "Lỗi",
            "Phụ lục I",
            "C36",
            "Tổng của nhóm không khớp\nTổng của nhóm II khác tổng các dòng của nhóm.\n"
            "C36 = SUM(D36:H36)\nC45 = C10 + C36",
            "Đào tạo, bồi dưỡng cán bộ quản lý giáo dục các cấp",
            3235,
            3325,
            -90,
            "Hai chữ số bị đổi chỗ",
            "Ghi 3.325 vào C36, hoặc công thức =SUM(D36:H36)",
        ]
        assert [row[2] for row in found[6:]] == [
            "C10", "C36", "A46", None, "A20", "D36", "AB7", "B9", "B10", "B11", "B12", "E8",
        ]  # fmt: skip
        assert found[9][:4] == ["Cảnh báo", "(cả tệp)", None, "Liên kết ra tệp khác\nTệp lấy số từ [1] dự toán.xlsx."]

    def test_cells_are_links(self, source: Path, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))["Kết quả kiểm tra"]
        assert sheet["C8"].hyperlink.location == "'Phụ lục I'!C36"
        assert sheet["C13"].hyperlink.location == "'Chi tiết (2)'!AB7"
        assert sheet["C10"].hyperlink is None

    def test_in_english(self, source: Path, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx", lang="en"))
        found = rows(book["Findings"])
        assert found[2][0] == "Verdict: 3 errors, 8 warnings, 1 remark"
        assert found[7][8:] == ["Two digits are swapped", "Write 3,325 in C36, or the formula =SUM(D36:H36)"]

    def test_it_prints_on_landscape_pages_under_its_headings(self, source: Path, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(write(file_report(source), tmp_path / "ra.xlsx"))["Kết quả kiểm tra"]
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A7", "$6:$6", "A6:J18")

    def test_numbers_show_their_own_decimals_and_none_is_rounded(self, source: Path, tmp_path: Path) -> None:
        amounts = ("3325.50", "1E+3", "123456789012345", "1234567890123456.5", "-0.001")
        findings = tuple(replace(warning(10 + row, 3), expected=Decimal(each)) for row, each in enumerate(amounts))
        out = write(FileReport(source, findings=findings), tmp_path / "ra.xlsx")
        sheet = openpyxl.load_workbook(out)["Kết quả kiểm tra"]
        cells = [sheet.cell(row, 7) for row in range(7, 12)]
        assert [cell.value for cell in cells] == [3325.5, 1000, 123456789012345, "1.234.567.890.123.456,5", -0.001]
        assert [cell.number_format for cell in cells] == ["#,##0.0", "#,##0", "#,##0", "General", "#,##0.000"]

    def test_text_is_never_a_formula_and_never_too_much(self, source: Path, tmp_path: Path) -> None:
        findings = (
            warning(10, 3, label="=HYPERLINK(1)", found="=1+1"),
            warning(11, 3, label="a\x00b\x1b\ud800c", found="@x"),
            warning(12, 3, found="😀" * 40_000),
        )
        sheet = openpyxl.load_workbook(write(FileReport(source, findings=findings), tmp_path / "ra.xlsx"))[
            "Kết quả kiểm tra"
        ]
        assert [(sheet.cell(7, column).value, sheet.cell(7, column).data_type) for column in (5, 6)] == [
            ("=HYPERLINK(1)", "s"),
            ("=1+1", "s"),
        ]
        assert [sheet.cell(7, column).quotePrefix for column in (5, 6)] == [True, True]
        assert (sheet["E8"].value, sheet["F8"].value) == ("a b c", "@x")
        assert sheet["F9"].value == "😀" * 16_383 + "…"

    def test_more_than_anybody_mends_is_counted(
        self, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(findings_sheet, "MAX_FINDINGS", 2)
        report = FileReport(source, findings=(*(warning(row, 3) for row in (9, 10, 11)), swapped()))
        found = rows(openpyxl.load_workbook(write(report, tmp_path / "ra.xlsx"))["Kết quả kiểm tra"])
        assert [row[2] for row in found[6:8]] == ["C36", "C9"]
        assert found[8][0] == "Còn 2 chỗ nữa không liệt kê ở đây."
        assert len(found) == 9

    @pytest.mark.parametrize("path", [XLS, ODS])
    def test_of_an_xls_or_ods_there_are_the_findings_alone(self, path: Path, tmp_path: Path) -> None:
        copyfile(path, tmp_path / path.name)
        report = file_report(tmp_path / path.name)
        book = openpyxl.load_workbook(write(report, tmp_path / "ra.xlsx"))
        assert book.sheetnames == ["Kết quả kiểm tra"]
        assert [(book.active.cell(row, 3).value, book.active.cell(row, 3).hyperlink) for row in (7, 8)] == [
            ("C10", None),
            ("C36", None),
        ]
        assert "an .xlsx file" in refusal(report, tmp_path / f"ra{path.suffix}")


class TestTargets:
    def test_the_file_itself_is_refused_by_whatever_name(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "nối.xlsx").symlink_to(source)
        os.link(source, tmp_path / "cung.xlsx")
        (tmp_path / "con").mkdir()
        for out in (source, tmp_path / "con" / ".." / "du-toan.xlsx", tmp_path / "nối.xlsx", tmp_path / "cung.xlsx"):
            said = refusal(file_report(source), out, force=True)
            assert said == f"{out}: the target is the very file that is read; expected another name."

    def test_a_target_that_exists_is_kept_without_force(self, source: Path, tmp_path: Path) -> None:
        out = tmp_path / "ra.xlsx"
        out.write_bytes(b"mine")
        assert "--force" in refusal(file_report(source), out)
        assert out.read_bytes() == b"mine"
        assert write(file_report(source), out, force=True).read_bytes()[:2] == b"PK"

    def test_a_target_open_in_excel_is_left_alone(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "ra.xlsx").write_bytes(b"mine")
        (tmp_path / "~$ra.xlsx").write_bytes(b"")
        assert "~$ra.xlsx" in refusal(file_report(source), tmp_path / "ra.xlsx", force=True)

    def test_targets_that_cannot_be(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "thư.xlsx").mkdir()
        assert "is a folder" in refusal(file_report(source), tmp_path / "thư.xlsx", force=True)
        assert "folder of the target is missing" in refusal(file_report(source), tmp_path / "x" / "ra.xlsx")
        assert "an .xlsx file" in refusal(file_report(source), tmp_path / "ra.csv")

    def test_a_file_that_has_gone_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputFault, match="there is no such file"):
            write(FileReport(tmp_path / "a.xlsx"), tmp_path / "ra.xlsx")

    def test_one_file_has_the_report_that_is_named(self, source: Path, tmp_path: Path) -> None:
        report = FileReport(source)
        assert report_targets([report], tmp_path / "ra.xlsx") == [(report, tmp_path / "ra.xlsx")]
        assert report_targets([FileReport(source, reason=Text("hỏng", "bad"))], tmp_path / "ra.xlsx") == []

    def test_several_files_have_a_report_each_in_a_folder(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "con").mkdir()
        reports = [FileReport(source), FileReport(copyfile(source, tmp_path / "con" / source.name)), FileReport(XLS)]
        out = tmp_path / "bao" / "cao"
        assert [target.relative_to(tmp_path).as_posix() for _, target in report_targets(reports, out)] == [
            "bao/cao/du-toan-kiem-tra.xlsx",
            "bao/cao/du-toan-kiem-tra (2).xlsx",
            "bao/cao/mixed-kiem-tra.xlsx",
        ]
        assert out.is_dir()

    def test_several_files_do_not_fit_into_one_report(self, source: Path, tmp_path: Path) -> None:
        with pytest.raises(InputFault, match="the name of a folder"):
            report_targets([FileReport(source), FileReport(XLS)], tmp_path / "ra.xlsx")

    def test_no_report_replaces_another_file_that_is_checked(self, source: Path, tmp_path: Path) -> None:
        other = FileReport(copyfile(source, tmp_path / "du-toan-kiem-tra.xlsx"))
        with pytest.raises(InputFault, match=r"du-toan-kiem-tra\.xlsx"):
            report_targets([FileReport(source), other], tmp_path)
