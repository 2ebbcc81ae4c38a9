"""Sheets with charts put into a copy of a workbook file: they work there, and nothing else of the file has changed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, NamedStyle, PatternFill
from support.office_book import office_file
from support.package_checks import damage_of, parts_of
from support.raw_packages import MAIN, RELATIONS, worksheet, xlsx_parts, zipped
from support.uno_session import OfficeSession

from workbook.appending import append_sheets
from workbook.package import CellError, formula_cells
from workbook.parts import Parts
from workbook.text import literal, quote_sheet

pytestmark = [  # what openpyxl says while it reads our copies back
    pytest.mark.filterwarnings("ignore:Sparkline Group extension"),
    pytest.mark.filterwarnings("ignore:Unknown extension"),
    pytest.mark.filterwarnings("ignore:Data Validation extension"),
    pytest.mark.filterwarnings("ignore:Conditional Formatting extension"),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]

SUMS, WORDS, SHEET = "Tổng hợp", "Đọc số", "Phụ lục"
CELLS = {SHEET: {(row, 4): Decimal(100 * (row - 1)) for row in range(2, 9)}}  # D2:D8: 100 to 700
RED = "00FFC7CE"


def made_book(sheet: str = SHEET) -> openpyxl.Workbook:
    """Two sheets over the cells D2:D8 of `sheet`, one of them hidden; with a chart."""
    book = openpyxl.Workbook()
    book.add_named_style(NamedStyle("Tiêu đề", font=Font(name="Times New Roman", bold=True, size=14)))
    page = book.worksheets[0]
    page.title = SUMS
    page["A1"], page["A1"].style = "Theo hạng mục", "Tiêu đề"
    page.merge_cells("A1:C1")
    for row in range(2, 9):
        page.cell(row, 1, f"Mục {row}")
        page.cell(row, 2, f"={quote_sheet(sheet)}!D{row}").number_format = '#,##0.0 "đ"'
    page["B9"] = f"=SUM({quote_sheet(sheet)}!D2:D8)/1000"
    page["C9"] = f"={quote_sheet(WORDS)}!A1"
    page["D2"] = f"=HYPERLINK({literal(f'#{quote_sheet(sheet)}!D2')},{literal('D2')})"
    page.row_dimensions[12].font = Font(italic=True)
    page.column_dimensions["D"].number_format = "0.00"
    page.conditional_formatting.add("B2:B8", FormulaRule(["B2>500"], fill=PatternFill("solid", bgColor="FFC7CE")))
    chart = BarChart()
    chart.title = "Kinh phí"
    chart.add_data(Reference(page, min_col=2, min_row=2, max_row=8))
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=8))
    page.add_chart(chart, "F2")
    page.print_area, page.print_title_rows = "A1:D30", "1:1"
    words = book.create_sheet(WORDS)
    words["A1"] = f'=IF({quote_sheet(SUMS)}!B9=2.8,"hai phẩy tám","khác")'
    words.sheet_state = "hidden"
    return book


def appended(data: bytes, sheet: str = SHEET, suffix: str = ".xlsx") -> bytes:
    return append_sheets(data, made_book(sheet), {sheet: CELLS[SHEET]}, suffix=suffix, show=SUMS)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def stored(data: bytes, *sheets: str) -> dict[str, object]:
    return {f"{each.sheet}!{each.cell}": each.cached for each in formula_cells(data) if each.sheet in sheets}


def bytes_of(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("macros")
    (folder / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0 macros")
    return office_file(folder / "a.xlsm", macros=folder / "vba.bin").read_bytes()


@pytest.fixture(scope="module")
def result(source: bytes) -> bytes:
    return appended(source, suffix=".xlsm")


class TestTheFile:
    def test_only_what_has_to_change_is_changed(self, source: bytes, result: bytes) -> None:
        before, after = parts_of(source), parts_of(result)
        assert {name for name in before if after[name] != before[name]} == {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet4.xml",  # which was selected
        }
        assert after["xl/worksheets/sheet4.xml"] == before["xl/worksheets/sheet4.xml"].replace(b' tabSelected="1"', b"")
        assert after["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
        assert b"sheet.macroEnabled.main+xml" in after["[Content_Types].xml"]

    def test_the_package_is_whole(self, source: bytes, result: bytes) -> None:
        assert damage_of(result) == damage_of(source)
        assert parts_of(result).keys() - parts_of(source).keys() == {
            "xl/worksheets/phuluc-sheet1.xml",
            "xl/worksheets/phuluc-sheet2.xml",
            "xl/worksheets/_rels/phuluc-sheet1.xml.rels",
            "xl/drawings/phuluc-drawing1.xml",
            "xl/drawings/_rels/phuluc-drawing1.xml.rels",
            "xl/charts/phuluc-chart1.xml",
        }

    def test_the_names_of_the_file_stay_and_those_of_the_sheets_come(self, source: bytes, result: bytes) -> None:
        before, after = opened(source), opened(result)
        assert dict(after.defined_names).keys() == dict(before.defined_names).keys()
        for sheet in before:
            assert after[sheet.title].print_area == sheet.print_area
        assert (after[SUMS].print_area, after[SUMS].print_title_rows) == ("'Tổng hợp'!$A$1:$D$30", "$1:$1")

    def test_more_sheets_go_into_what_has_some(self, result: bytes) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Thêm"
        book.worksheets[0]["A1"] = f"={quote_sheet(SUMS)}!B9*2"
        book.worksheets[0].add_chart(BarChart(), "A2")
        again = append_sheets(result, book, {SUMS: {(9, 2): 2.8}}, suffix=".xlsm", show="Thêm")
        assert damage_of(again) == damage_of(result)
        assert stored(again, "Thêm") == {"Thêm!A1": 5.6}
        assert stored(again, SUMS) == stored(result, SUMS)
        assert (opened(again).active.title, len(opened(again)[SUMS]._charts)) == ("Thêm", 1)

    def test_sheets_take_the_places_of_earlier_ones_and_nothing_of_those_is_left(self, source: bytes) -> None:
        earlier = Parts(appended(source, suffix=".xlsm"))
        chain = f'<calcChain xmlns="{MAIN}"/>'.encode()
        earlier.relate(earlier.workbook, "calcChain", earlier.add("xl/calcChain.xml", chain, "application/xml"))
        next(earlier.root(earlier.workbook).iterfind(f".//{{*}}sheet[@name='{SUMS}']")).set("state", "hidden")
        (properties,) = earlier.root("xl/worksheets/phuluc-sheet1.xml").iterfind("{*}sheetPr")
        properties.set("codeName", "Sheet7")
        before = earlier.packed()
        made = made_book()
        made[SUMS].print_area = "A1:B9"
        after = append_sheets(before, made, CELLS, suffix=".xlsm", show=SUMS, replacing={SUMS, WORDS})
        assert len(parts_of(after)) == len(parts_of(before)) - 1
        assert damage_of(after) == damage_of(source)
        assert stored(after, SUMS, WORDS) == stored(before, SUMS, WORDS)
        found = opened(after)
        assert found.sheetnames == opened(before).sheetnames
        assert (found[SUMS].print_area, found[SUMS].sheet_state) == ("'Tổng hợp'!$A$1:$B$9", "visible")
        assert len(found[SUMS]._charts) == 1
        assert found[SUMS].sheet_properties.codeName == "Sheet7"

    def test_a_name_that_is_taken_is_refused(self, result: bytes) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = SUMS.upper()
        with pytest.raises(ValueError, match="TỔNG HỢP"):
            append_sheets(result, book, {}, suffix=".xlsm", show=SUMS.upper())


class TestTheSheets:
    def test_formulas_have_their_values(self, result: bytes) -> None:
        assert stored(result, SUMS, WORDS) == {
            **{f"{SUMS}!B{row}": 100.0 * (row - 1) for row in range(2, 9)},
            f"{SUMS}!B9": 2.8,
            f"{SUMS}!C9": "hai phẩy tám",
            f"{SUMS}!D2": "D2",
            f"{WORDS}!A1": "hai phẩy tám",
        }

    def test_they_come_last_and_one_is_shown(self, source: bytes, result: bytes) -> None:
        book = opened(result)
        assert book.sheetnames == [*opened(source).sheetnames, SUMS, WORDS]
        assert book.active.title == SUMS
        assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [SUMS]
        assert (book[SUMS].sheet_state, book[WORDS].sheet_state) == ("visible", "hidden")

    def test_they_look_as_they_did(self, source: bytes, result: bytes) -> None:
        page = opened(result)[SUMS]
        assert (page["A1"].font.name, page["A1"].font.size, page["A1"].font.bold) == ("Times New Roman", 14, True)
        assert page["B2"].number_format == '#,##0.0 "đ"'
        assert page.row_dimensions[12].font.italic
        assert page.column_dimensions["D"].number_format == "0.00"
        assert [str(area) for area in page.merged_cells.ranges] == ["A1:C1"]
        (rule,) = page.conditional_formatting["B2:B8"]
        assert rule.dxf.fill.bgColor.rgb == RED
        theirs = opened(source)[SHEET].conditional_formatting["D2:D9"][0].dxf
        assert opened(result)[SHEET].conditional_formatting["D2:D9"][0].dxf == theirs

    def test_libreoffice_calculates_the_same(self, result: bytes, office: OfficeSession, tmp_path: Path) -> None:
        (tmp_path / "ra.xlsm").write_bytes(result)
        with office.open(tmp_path / "ra.xlsm") as book:
            book.calculate()
            assert book.values(SUMS, "B2:B9") == [[100.0 * number] for number in range(1, 8)] + [[2.8]]
            assert [book.value(SUMS, "C9"), book.value(SUMS, "D2")] == ["hai phẩy tám", "D2"]
            assert book.strings(SUMS, "B2") == [["100,0 đ"]]

    def test_a_change_of_the_file_changes_the_sheet_and_the_chart(self, office: OfficeSession, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = SHEET
        for row in range(2, 9):
            book.worksheets[0].cell(row, 4, 100 * (row - 1))
        (tmp_path / "a.xlsx").write_bytes(appended(bytes_of(book)))
        with office.open(tmp_path / "a.xlsx") as shown:
            shown.set(SHEET, "D2", 300)
            assert [shown.value(SUMS, "B9"), shown.value(WORDS, "A1")] == [3.0, "khác"]
            shown.save_as(tmp_path / "ra.xlsx")
        charts = [data for name, data in parts_of((tmp_path / "ra.xlsx").read_bytes()).items() if "/chart" in name]
        drawn = next(etree.fromstring(data) for data in charts if "Kinh phí".encode() in data)
        points = [each.text for each in drawn.iterfind(".//{*}val//{*}v")]
        assert points == ["300", "200", "300", "400", "500", "600", "700"]


class TestFilesOfAllKinds:
    def test_a_file_that_holds_as_little_as_can_be(self) -> None:
        least = xlsx_parts(worksheet('<row r="2"><c r="D2"><v>100</v></c></row>'))
        spaces = "http://schemas.openxmlformats.org/package/2006/content-types"
        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = {
            **least,
            "xl/workbook.xml": least["xl/workbook.xml"].replace("</workbook>", "<definedNames/><calcPr/></workbook>"),
            "[Content_Types].xml": f'<Types xmlns="{spaces}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.template.main+xml"/>'
            f'<Override PartName="/xl/sheet.xml" ContentType="{kinds}.worksheet+xml"/>'
            f'<Override PartName="/xl/strings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        }
        out = appended(zipped(parts), "S")
        assert damage_of(out) == []
        assert b"template" not in parts_of(out)["[Content_Types].xml"]
        book = opened(out)
        assert (book.sheetnames, book.active.title) == (["S", SUMS, WORDS], SUMS)
        assert book[SUMS].print_area == "'Tổng hợp'!$A$1:$D$30"
        assert book[SUMS].conditional_formatting["B2:B8"][0].dxf.fill.bgColor.rgb == RED

    def test_the_strict_dialect_is_kept(self, office: OfficeSession, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title, book.worksheets[0]["D2"] = SHEET, 100
        wide = re.compile(rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/")
        parts = parts_of(bytes_of(book)).items()
        strict = {name: wide.sub(rb"http://purl.oclc.org/ooxml/\1/", data) for name, data in parts}
        (tmp_path / "ra.xlsx").write_bytes(appended(zipped(strict)))
        ours = [data for name, data in parts_of((tmp_path / "ra.xlsx").read_bytes()).items() if "phuluc" in name]
        assert len(ours) == 6
        assert RELATIONS.encode() in b"".join(ours)
        assert not any(b"org/spreadsheetml/2006" in data or b"org/drawingml/2006" in data for data in ours)
        with office.open(tmp_path / "ra.xlsx") as shown:
            assert shown.sheets() == [SHEET, SUMS, WORDS]
            assert shown.value(SUMS, "B2") == 100

    @pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
    def test_a_file_that_libreoffice_wrote(self, kind: str, office: OfficeSession, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title, book.worksheets[0]["D2"] = SHEET, 100
        book.save(tmp_path / "a.xlsx")
        with office.open(tmp_path / "a.xlsx") as shown:
            shown.save_as(tmp_path / f"b.{kind}")
        with office.open(tmp_path / f"b.{kind}") as shown:
            shown.save_as(tmp_path / "c.xlsx")
        data = (tmp_path / "c.xlsx").read_bytes()
        out = appended(data)
        assert damage_of(out) == damage_of(data)
        assert opened(out).sheetnames == [SHEET, SUMS, WORDS]

    def test_names_that_the_file_writes_decomposed_are_found(self) -> None:
        name = unicodedata.normalize("NFD", SHEET)
        book = openpyxl.Workbook()
        book.worksheets[0].title = name
        out = appended(bytes_of(book))
        assert stored(out, SUMS)[f"{SUMS}!B9"] == 2.8
        assert opened(out)[SUMS]["B9"].value == f"=SUM({quote_sheet(name)}!D2:D8)/1000"

    def test_circles_and_links_of_the_file_do_not_matter(self) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = SHEET
        book.worksheets[0]["A1"], book.worksheets[0]["A2"] = "=A1+1", "='[1]Khác'!A1"
        assert stored(appended(bytes_of(book)), SUMS)[f"{SUMS}!B9"] == 2.8


class TestValues:
    def test_cells_of_every_kind(self) -> None:
        values = [Decimal("1E+3"), 0.5, True, date(2024, 1, 31), "a\x07\tb", CellError("#DIV/0!"), None]
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Ra"
        for row in range(1, len(values) + 1):
            book.worksheets[0].cell(row, 1, f"='Vào'!B{row}&\"\"")
        data = openpyxl.Workbook()
        data.worksheets[0].title = "Vào"
        cells = {"Vào": {(row, 2): value for row, value in enumerate(values, 1)}}
        out = append_sheets(bytes_of(data), book, cells, suffix=".xlsx", show="Ra")
        assert list(stored(out, "Ra").values()) == ["1000", "0.5", "TRUE", "45322", "a  b", CellError("#DIV/0!"), ""]

    @settings(max_examples=25, deadline=None)
    @given(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=15)
        .filter(lambda name: not set(name) & set("[]:*?/\\") and name.strip(" '") == name)
        .map(lambda name: unicodedata.normalize("NFC", name)),
        st.dictionaries(st.integers(2, 8), st.decimals(-(10**12), 10**12, places=2), max_size=5),
    )
    def test_sheets_of_any_name_with_any_amounts(self, name: str, amounts: dict[int, Decimal]) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = name
        cells = {name: {(row, 4): amount for row, amount in amounts.items()}}
        out = append_sheets(bytes_of(book), made_book(name), cells, suffix=".xlsx", show=SUMS)
        found = stored(out, SUMS)[f"{SUMS}!B9"]
        assert found == pytest.approx(float(sum(amounts.values()) / 1000), rel=1e-12, abs=1e-6)
        assert opened(out)[SUMS]["B2"].value == f"={quote_sheet(name)}!D2"
