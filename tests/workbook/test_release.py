"""The released workbook: values as they were, nothing that travels unseen, a package that is whole."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwings
from support.furnished import furnished_file
from support.generated import generated
from support.office_book import DETAIL, SHEET, office_file
from support.package_checks import damage_of, everything_in, parts_of
from support.raw_packages import worksheet, xlsx_parts, zipped
from support.reference import NAMES

from faults import InputFault
from validators.grid import Book, Grid, Value
from validators.readers import read_book
from workbook.addresses import Area
from workbook.release import Release, release

pytestmark = pytest.mark.filterwarnings(  # what openpyxl says while it reads our copies back
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Sparkline Group extension"
)


def read(data: bytes, folder: Path) -> Book:
    path = folder / "doc.xlsx"
    path.write_bytes(data)
    return read_book(path)


def seen(grid: Grid) -> dict[tuple[int, int], Value]:
    """What a reader sees: the values outside of hidden rows and columns."""
    return {place: cell.value for place, cell in grid.cells.items() if not cell.hidden and cell.value != ""}


def small(rows: str, *, before: str = "", book: str = "") -> bytes:
    """A workbook of one sheet named S, by its rows, what stands before them, and what ends the workbook."""
    parts = xlsx_parts(worksheet(rows, before=before))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</workbook>", f"{book}</workbook>")
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    types = f'<Types xmlns="{space}"><Default Extension="xml" ContentType="x"/></Types>'
    return zipped({**parts, "[Content_Types].xml": types})


def rows_of(data: bytes) -> str:
    """The rows of that sheet as they are written."""
    return parts_of(data)["xl/sheet.xml"].decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


def refusal(data: bytes) -> str:
    with pytest.raises(InputFault) as caught:
        release(data)
    return caught.value.sentence("vi")


@pytest.fixture(scope="module")
def office_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return office_file(tmp_path_factory.mktemp("office") / "so.xlsx").read_bytes()


@pytest.fixture(scope="module")
def released(office_book: bytes) -> Release:
    return release(office_book)


class TestGenerated:
    @pytest.mark.parametrize("name", NAMES)
    def test_visible_values_are_what_they_were(self, name: str, tmp_path: Path) -> None:
        original, copy = read(generated(name), tmp_path), read(release(generated(name)).data, tmp_path)
        visible = [grid for grid in original.sheets if grid.visibility == "visible"]
        assert [grid.name for grid in copy.sheets] == [grid.name for grid in visible]
        for before, after in zip(visible, copy.sheets, strict=True):
            assert seen(after) == seen(before)
            assert {place for place, cell in after.cells.items() if cell.hidden} == set()
            assert (after.merges, after.hidden_rows & before.hidden_rows) == (before.merges, after.hidden_rows)
            assert not any(cell.formula for cell in after.cells.values())

    @pytest.mark.parametrize("name", NAMES)
    def test_nothing_dangles(self, name: str) -> None:
        assert damage_of(release(generated(name)).data) == []

    def test_what_was_taken_out(self) -> None:
        taken = replace(release(generated("can-tho-2021-2025")), data=b"")
        assert taken == Release(
            b"",
            sheets=("Đọc số", "Dữ liệu kế hoạch"),
            properties=("creator", "title", "subject", "created", "modified", "keywords"),
            macros=False,
            formulas=331,
            cells=113,
            notes=2,
            links=59,
            names=0,
            external=0,
            pivot_tables=0,
            series=0,
            rules=10,
            objects=0,
            pictures=0,
            white=0,
            prompts=0,
            descriptions=0,
        )

    def test_totals_are_not_reddened_because_what_marked_them_is_gone(self) -> None:
        """Their conditional formats add up what hidden columns mark as sums."""
        sheet = openpyxl.load_workbook(io.BytesIO(release(generated("binh-dinh-2021-2025")).data))["Phụ lục"]
        formulas = [rule.formula for cells in sheet.conditional_formatting for rule in cells.rules]
        assert formulas == [[f"ROUND({cell},0)<>{cell}"] for cell in ("C7", "C8", "D9")]


class TestOfficeBook:
    def test_nothing_of_what_is_secret_is_left(self, released: Release) -> None:
        assert "MẬT" not in everything_in(released.data)

    def test_nothing_dangles(self, released: Release) -> None:
        assert damage_of(released.data) == []

    def test_what_was_taken_out(self, released: Release) -> None:
        assert replace(released, data=b"") == Release(
            b"",
            sheets=("Tính MẬT", "Nguồn MẬT"),
            properties=(
                "title", "creator", "description", "lastModifiedBy", "created", "modified", "Manager", "Company",
                "Người soát",
            ),
            macros=False,
            formulas=11,
            cells=31,
            notes=1,
            links=3,
            names=2,
            external=0,
            pivot_tables=0,
            series=3,
            rules=8,
            objects=1,
            pictures=0,
            white=0,
            prompts=0,
            descriptions=0,
        )  # fmt: skip

    def test_values_of_every_type_stay(self, released: Release) -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(released.data))[SHEET]
        assert [[cell.value for cell in row] for row in sheet["A1:E14"]] == [
            ["STT", "Nội dung", None, "Số tiền", "Thuế"],
            [1, "Hạng mục 1", None, 100, 10],
            [2, "Hạng mục 2", None, 200, 20],
            [None] * 5,
            [4, "Hạng mục 4", None, 400, 40],
            [None] * 5,
            [None] * 5,
            [7, "Hạng mục 7", None, 700, 70],
            [None, "Tổng cộng", None, 2800, 280],
            [True, "#N/A", None, None, None],
            [None, None, "Thấy được từ cột ẩn", None, None],
            ["Thấy được", None, None, None, None],
            [None] * 5,
            [None, "Xem", None, None, None],
        ]

    def test_what_is_hidden_stays_hidden_and_looks_stay(self, released: Release) -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(released.data))[SHEET]
        assert [row for row in range(1, 15) if sheet.row_dimensions[row].hidden] == [4, 6, 7]
        assert [sheet.row_dimensions[row].outlineLevel for row in (5, 6, 7)] == [0, 1, 1]
        assert (sheet.column_dimensions["C"].hidden, sheet.column_dimensions["C"].width) == (True, 12.7109375)
        assert (sheet["D6"].number_format, sheet["D6"].border.left.style) == ("#,##0", "thin")
        assert [str(merge) for merge in sheet.merged_cells.ranges] == ["C11:E11", "A12:B12", "C13:C14"]
        assert (sheet.protection.sheet, sheet.protection.objects) == (True, True)

    def test_sheets_are_numbered_anew(self, released: Release) -> None:
        book = openpyxl.load_workbook(io.BytesIO(released.data))
        assert (book.sheetnames, book.active.title) == ([SHEET, DETAIL], DETAIL)
        assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [False, True]
        assert book.views[0].firstSheet == 1
        assert (book[SHEET].print_area, book[SHEET].print_title_rows) == ("'Phụ lục'!$A$1:$E$14", "$1:$1")
        assert list(book.defined_names) == []
        assert parts_of(released.data)["xl/workbook.xml"].count(b"<definedName ") == 3  # the third: what is filtered

    def test_only_these_parts_are_left(self, released: Release) -> None:
        assert sorted(parts_of(released.data)) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/app.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/charts/chart1.xml",
            "xl/charts/chart2.xml",
            "xl/drawings/_rels/drawing1.xml.rels",
            "xl/drawings/_rels/drawing2.xml.rels",
            "xl/drawings/_rels/vmlDrawing2.vml.rels",
            "xl/drawings/drawing1.xml",
            "xl/drawings/drawing2.xml",
            "xl/drawings/vmlDrawing2.vml",
            "xl/media/image1.png",
            "xl/media/image2.png",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/tables/table1.xml",
            "xl/theme/theme1.xml",
            "xl/workbook.xml",
            "xl/worksheets/_rels/sheet2.xml.rels",
            "xl/worksheets/_rels/sheet4.xml.rels",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet4.xml",
        ]

    def test_parts_that_need_no_change_are_the_same_to_the_byte(self, office_book: bytes, released: Release) -> None:
        before, after = parts_of(office_book), parts_of(released.data)
        same = {name for name in after if after[name] == before[name]}
        assert same >= {"xl/styles.xml", "xl/theme/theme1.xml", "xl/media/image1.png", "xl/drawings/vmlDrawing2.vml"}

    def test_the_program_that_wrote_the_file_is_all_that_its_properties_say(self, released: Release) -> None:
        said = parts_of(released.data)["docProps/app.xml"].decode()
        assert said.partition("docPropsVTypes")[2] == (
            '"><Application>Microsoft Excel</Application><AppVersion>12.0000</AppVersion></Properties>'
        )

    def test_a_second_release_changes_nothing(self, released: Release) -> None:
        assert release(released.data).data == released.data

    def test_macros_go_and_the_file_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0 macros")
        taken = release(office_file(tmp_path / "so.xlsm", macros=tmp_path / "vba.bin").read_bytes())
        assert taken.macros
        assert b"macroEnabled" not in parts_of(taken.data)["[Content_Types].xml"]
        assert not [name for name in parts_of(taken.data) if "vba" in name]
        assert damage_of(taken.data) == []

    def test_sheets_that_are_named_are_left_out_too(self, office_book: bytes) -> None:
        taken = release(office_book, without=["chi TIẾT", "không có"])
        assert taken.sheets == ("Tính MẬT", "Nguồn MẬT", "Chi tiết")
        book = openpyxl.load_workbook(io.BytesIO(taken.data))
        assert (book.sheetnames, book.active.title) == ([SHEET], SHEET)
        assert bool(book.active.sheet_view.tabSelected)
        assert damage_of(taken.data) == []


class TestSavedByExcel:
    """Excel's own files, which come along with xlwings."""

    def test_paths_and_persons_go(self) -> None:
        data = (Path(xlwings.__file__).parent / "quickstart.xlsm").read_bytes()
        assert r"C:\Users\felix" in everything_in(data)
        taken = release(data)
        assert taken.properties == ("creator", "lastModifiedBy", "created", "modified")
        assert taken.macros
        assert damage_of(taken.data) == []
        left = everything_in(taken.data)
        assert [word for word in ("felix", "absPath", "revisionPtr", "codeName", "vba") if word in left] == []
        assert openpyxl.load_workbook(io.BytesIO(taken.data)).sheetnames == ["Sheet1", "_xlwings.conf"]


class TestCells:
    def test_what_a_formula_holds_stays_as_it_is_written(self, tmp_path: Path) -> None:
        rows = (
            '<row r="1"><c r="A1" s="0"><f>0.1+0.2</f><v>0.30000000000000004</v></c>'
            '<c r="B1" t="str"><f>IF(1,"")</f><v></v></c><c r="C1" t="str"><f>"a"</f><v>a</v></c>'
            '<c r="D1" t="b"><f>1=1</f><v>1</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
            '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">A1*2</f><v>0.60000000000000009</v></c>'
            '<c r="B2"><f t="shared" si="0"/><v>0</v></c>'
            '<c r="C2" cm="1"><f t="array" ref="C2:D2">A1:B1</f><v>1</v></c>'
            '<c r="D2"><v>2</v></c><c r="E2"><f t="dataTable" ref="E2:E3" dt2D="0" r1="A1"/><v>7</v></c></row>'
        )
        assert rows_of(release(small(rows)).data) == (
            '<row r="1"><c r="A1" s="0"><v>0.30000000000000004</v></c>'
            '<c r="B1" t="str"><v/></c><c r="C1" t="str"><v>a</v></c>'
            '<c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#DIV/0!</v></c></row>'
            '<row r="2"><c r="A2"><v>0.60000000000000009</v></c>'
            '<c r="B2"><v>0</v></c><c r="C2"><v>1</v></c>'
            '<c r="D2"><v>2</v></c><c r="E2"><v>7</v></c></row>'
        )

    @pytest.mark.parametrize("cell", ["<v></v>", "<v/>", ""])
    def test_a_formula_without_a_value_is_refused(self, cell: str) -> None:
        said = refusal(small(f'<row r="3"><c r="C3"><f>1+1</f>{cell}</c></row>'))
        assert said == ("trang “S”, ô C3: công thức chưa có giá trị lưu trong tệp; cần tệp đã tính và lưu bằng Excel.")

    def test_one_that_nobody_sees_needs_no_value(self) -> None:
        taken = release(small('<row r="3" hidden="1"><c r="C3"><f>1+1</f></c></row><row r="4"><c><v>1</v></c></row>'))
        assert (taken.cells, taken.formulas) == (1, 0)

    def test_rows_and_cells_that_do_not_say_their_place_are_counted(self) -> None:
        columns = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="4" width="0"/></cols>'
        rows = '<row r="4"><c/><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row ht="0"><c><v>4</v></c></row>'
        left = '<row r="4"><c/><c/><c><v>2</v></c><c/></row><row ht="0"><c/></row>'
        assert rows_of(release(small(rows, before=columns)).data) == left

    def test_texts_that_no_cell_shows_any_more_are_emptied(self) -> None:
        data = small('<row r="1" hidden="1"><c t="s"><v>0</v></c></row><row r="2"><c t="s"><v>1</v></c></row>')
        strings = parts_of(release(data).data)["xl/strings.xml"].decode()
        assert strings.partition('main">')[2] == (
            "<si><t/></si><si><r><rPr><b/></rPr><t>h</t></r><r><rPr><b/></rPr><t>ai</t></r></si></sst>"
        )

    def test_merged_cells_keep_what_is_seen_of_them(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        for area in ("A2:A3", "B1:C1", "D2:E2", "D5:E6"):
            sheet[area.partition(":")[0]] = area
            sheet.merge_cells(area)
        sheet.row_dimensions[2].hidden = True
        for column in "BDE":
            sheet.column_dimensions[column].hidden = True
        stream = io.BytesIO()
        book.save(stream)
        grid = read(release(stream.getvalue()).data, tmp_path).sheets[0]
        assert {place: cell.value for place, cell in grid.cells.items()} == {(2, 1): "A2:A3", (1, 2): "B1:C1"}
        assert Area(5, 4, 6, 5) in grid.merges


class TestRefusals:
    def test_files_that_are_no_workbook(self, tmp_path: Path) -> None:
        said = "tệp hỏng, có mật khẩu hoặc không phải sổ Excel; cần một tệp .xlsx hoặc .xlsm."
        cut = furnished_file(tmp_path / "a.xlsx").read_bytes()[:-600]
        ods = (Path(__file__).parents[1] / "validators" / "corpus" / "mixed.ods").read_bytes()
        xls = (Path(__file__).parents[1] / "validators" / "corpus" / "mixed.xls").read_bytes()
        for data in (b"", b"PK\x03\x04", b"text", cut, ods, xls, zipped({"a.xml": "<a/>"})):
            assert refusal(data) == said

    def test_a_workbook_of_which_nothing_is_visible(self) -> None:
        parts = xlsx_parts(worksheet(""))
        parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="S"', 'name="S" state="veryHidden"')
        said = refusal(zipped(parts))
        assert said == "không còn trang nào để phát hành; thấy “S”; cần ít nhất một trang không ẩn."

    def test_a_print_area_that_is_calculated(self) -> None:
        def names(formula: str) -> str:
            name = f'<definedName name="_xlnm.Print_Area" localSheetId="0">{formula}</definedName>'
            return f"<definedNames>{name}</definedNames>"

        assert refusal(small("", book=names("OFFSET(S!$A$1,0,0,9,9)"))) == (
            "trang “S”: vùng in hoặc dòng lặp lại khi in được đặt bằng công thức hoặc tên vùng; "
            "thấy “OFFSET(S!$A$1,0,0,9,9)”; cần vùng in đặt lại ở thẻ Page Layout."
        )
        broken = release(small("", book=names("S!#REF!")))
        assert (broken.names, b"definedName" in parts_of(broken.data)["xl/workbook.xml"]) == (1, False)
