"""What an .xlsx can hold, cell by cell."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from support.raw_packages import MAIN, OFFICE, RELATIONS, worksheet, xlsx, xlsx_parts, zipped

from validators.grid import MISSING, Book, Place, StaleCell
from validators.readers import read_book
from workbook.addresses import Area
from workbook.package import CellError


def read(tmp_path: Path, rows: str) -> Book:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(rows))
    return read_book(path)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>46.3</v></c>", Decimal("46.3")),
        ("<c><v>46.299999999999997</v></c>", Decimal("46.3")),
        ("<c><v>46.300000000000004</v></c>", Decimal("46.300000000000004")),
        ("<c><v>3325</v></c>", Decimal("3325")),
        ("<c><v>3325.0</v></c>", Decimal("3325")),
        ("<c><v>1.5E+3</v></c>", Decimal("1500")),
        ("<c><v>5241500000000001</v></c>", Decimal("5241500000000001")),
        ("<c><v>1E-7</v></c>", Decimal("1E-7")),
        ("<c><v>-0</v></c>", Decimal(0)),
        ("<c t='s'><v>0</v></c>", "một"),
        ("<c t='str'><v>a &amp; b_x000D_</v></c>", "a & b"),
        ("<c t='inlineStr'><is><r><t>h</t></r><rPh><t>x</t></rPh><r><t> ai</t></r></is></c>", "h ai"),
        ("<c t='str'><v>To\u0302\u0309ng</v></c>", "Tổng"),
        ("<c t='b'><v>1</v></c>", True),
        ("<c t='e'><v>#REF!</v></c>", CellError("#REF!")),
        ("<c t='d'><v>2021-05-06</v></c>", date(2021, 5, 6)),
        ("<c t='d'><v>2021-05-06T07:30:00Z</v></c>", datetime(2021, 5, 6, 7, 30)),
    ],
)  # fmt: skip
def test_values(tmp_path: Path, cell: str, value: object) -> None:
    found = read(tmp_path, f"<row>{cell}</row>").sheets[0].cells[1, 1]
    assert (found.value, found.cached, found.formula) == (value, value, None)
    assert type(found.value) is type(value)
    assert str(found.value) == str(value)


def test_cells_that_hold_nothing_are_not_there(tmp_path: Path) -> None:
    rows = "<row r='2'><c r='A2' s='0'/><c r='B2'><v/></c><c r='C2' t='str'><v></v></c><c r='D2'><v>1</v></c></row>"
    grid = read(tmp_path, rows).sheets[0]
    assert (list(grid.cells), grid.rows, grid.columns) == ([(2, 4)], 2, 4)
    assert grid.value(2, 1) is None
    assert grid.cell(2, 1) is None


def test_rows_and_cells_that_do_not_say_where_they_are(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        "<row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"
    )
    cells = read(tmp_path, rows).sheets[0].cells
    assert {place: cell.value for place, cell in cells.items()} == {
        (1, 1): 1,
        (1, 3): 2,
        (5, 3): 3,
        (5, 4): 4,
        (6, 1): 5,
    }


def test_cells_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    rows = "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>2</v></c></row><row r='1'><c r='A1'><v>3</v></c></row>"
    grid = read(tmp_path, rows).sheets[0]
    assert list(grid.cells) == [(1, 1), (2, 1), (2, 2)]
    assert [(row, list(cells)) for row, cells in grid.by_row.items()] == [(1, [1]), (2, [1, 2])]


def test_text_that_is_bold_letter_by_letter(tmp_path: Path) -> None:
    rows = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
    cells = read(tmp_path, rows).sheets[0].cells
    assert [(cell.value, cell.bold) for cell in cells.values()] == [("một", False), ("hai", True)]


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("SUM(A1:B2,C:C,$D:E,2:2,$3:4)", "SUM(B3:C4,D:D,$D:F,4:4,$3:6)"),
        ("""'A1 B2'!A1&"A1 ""B2"" "&LOG10(A1)""", """'A1 B2'!B3&"A1 ""B2"" "&LOG10(B3)"""),
        ("Q1!A1+Quý1.A1+[1]A1!A1+T1[A1]+_A1+A1.b", "Q1!B3+Quý1.A1+[1]A1!B3+T1[A1]+_A1+A1.b"),
        ("XFD1+A1048576", "#REF!+#REF!"),
    ],
)
def test_shared_formulas_move_with_the_cell(tmp_path: Path, formula: str, moved: str) -> None:
    text = formula.replace("&", "&amp;")
    rows = (
        f"<row r='4'><c r='E4'><f t='shared' ref='E4:F6' si='0'>{text}</f><v>1</v></c></row>"
        "<row r='6'><c r='F6'><f t='shared' si='0'/><v>1</v></c></row>"
    )
    cells = read(tmp_path, rows).sheets[0].cells
    assert (cells[4, 5].formula, cells[6, 6].formula) == (formula, moved)


def test_an_array_formula_stands_in_each_of_its_cells(tmp_path: Path) -> None:
    rows = (
        "<row r='1'><c r='A1'><f t='array' ref='A1:A2'>C1:C2*2</f><v>2</v></c></row>"
        "<row r='2'><c r='A2'><v>4</v></c><c r='B2'><f t='dataTable' ref='B2' r1='A1'/><v>4</v></c></row>"
    )
    cells = read(tmp_path, rows).sheets[0].cells
    assert [(cell.formula, cell.array, cell.value) for cell in cells.values()] == [
        ("C1:C2*2", True, 2),
        ("C1:C2*2", True, 4),
        (None, False, 4),
    ]


def test_stored_values_are_held_against_calculated_ones_as_they_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, whole = book.add_worksheet("S"), book.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, [1.4, 1.1])
        for row, (formula, style, value) in enumerate((
            ("=A1+B1", None, 2.5), ("=A1+B1", None, 2.6), ("=A1+B1", whole, 3), ("=A1+B1", whole, 2.4),
            ('=IF(A1>1,"có","không")', None, "không"), ("=A1>1", None, True), ("=1/0", None, 5), ("=A1+B9", None, 1.4),
        ), 1):  # fmt: skip
            sheet.write_formula(row, 0, formula, style, value)
    found = read_book(path)
    assert found.stale == (
        StaleCell(Place("S", 3, 1), Decimal("2.6"), Decimal("2.5")),
        StaleCell(Place("S", 5, 1), Decimal("2.4"), Decimal("2.5")),
        StaleCell(Place("S", 6, 1), "không", "có"),
        StaleCell(Place("S", 8, 1), Decimal(5), CellError("#DIV/0!")),
    )
    assert (found.remarks, found.calculated, found.stale[0].place.address) == ((), frozenset(), "A3")


@pytest.mark.parametrize(
    "formula",
    [
        "TODAY()", "RAND()*B1", "TEXT(B1,\"#.##0\")", "VALUE(\"1,5\")", "[1]S!A1+B1", "SUM(S:T!A1)", "T1[Cột]", "C1+1",
        "C1*2+SUM(B1:B2)", "SUMPRODUCT(B1:C1*2)", "OFFSET(B1,0,0)", "INDIRECT(\"B1\")", "LET(x,B1,x)", "Nope!A1",
        "SUM({1,2})", "SUBSTITUTE(B1,\"1\",\"11\")", "SUBSTITUTE(SUBSTITUTE(B1,\"1\",\"2\"),\"2\",\"1\")",
    ],
)  # fmt: skip
def test_what_cannot_be_judged_keeps_its_stored_value(tmp_path: Path, formula: str) -> None:
    text = formula.replace('"', "&quot;")
    rows = (
        f"<row r='1'><c r='A1'><f>{text}</f><v>99</v></c><c r='B1'><v>1</v></c><c r='C1' t='str'><v>1.377</v></c></row>"
    )
    book = read(tmp_path, rows)
    assert book.sheets[0].value(1, 1) == 99
    assert (book.stale, book.calculated) == ((), frozenset())
    assert [remark.vi for remark in book.remarks] == [
        "1 trong 1 công thức không tính lại được, dùng giá trị lưu trong tệp"
    ]


def test_sums_pass_over_texts_that_look_like_numbers(tmp_path: Path) -> None:
    rows = "<row><c><f>SUM(B1:C1)</f><v>7</v></c><c><v>1</v></c><c t='str'><v>1.377</v></c></row>"
    assert read(tmp_path, rows).stale == (StaleCell(Place("S", 1, 1), Decimal(7), Decimal(1)),)


def test_nothing_is_made_up_from_what_could_not_be_calculated(tmp_path: Path) -> None:
    rows = "<row r='1'><c r='A1'><f>TODAY()</f></c><c r='B1'><f>A1+1</f></c><c r='C1'><f>1+1</f></c></row>"
    book = read(tmp_path, rows)
    assert [(cell.value, cell.cached) for cell in book.sheets[0].cells.values()] == [
        (None, MISSING),
        (None, MISSING),
        (Decimal(2), MISSING),
    ]
    assert book.calculated == {Place("S", 1, 3)}


def test_numbers_in_texts_have_a_decimal_comma(tmp_path: Path) -> None:
    """As the titles of generated items write them, which no locale changes."""
    formula = '"Thuê ("&amp;SUBSTITUTE(B1,".",",")&amp;" máy x "&amp;SUBSTITUTE(C1,".",",")&amp;" ngày)"'
    rows = f"<row><c><f>{formula}</f></c><c><v>2.5</v></c><c><v>12</v></c></row>"
    assert read(tmp_path, rows).sheets[0].value(1, 1) == "Thuê (2,5 máy x 12 ngày)"


def test_texts_that_double_do_not_fill_the_memory(tmp_path: Path) -> None:
    rows = "<row r='1'><c r='A1' t='str'><v>ab</v></c></row>" + "".join(
        f"<row r='{row}'><c r='A{row}'><f>A{row - 1}&amp;A{row - 1}</f></c></row>" for row in range(2, 80)
    )
    grid = read(tmp_path, rows).sheets[0]
    assert grid.value(2, 1) == "abab"
    assert grid.value(12, 1) == "ab" * 2**11
    assert grid.value(13, 1) is None


def test_too_much_work_is_not_begun(tmp_path: Path) -> None:
    formula = "SUMPRODUCT((B$1:B$2000=C1)*(B$1:B$2000))"
    rows = "".join(
        f"<row r='{row}'><c r='A{row}'><f>{formula}</f><v>0</v></c><c r='B{row}'><v>1</v></c></row>"
        for row in range(1, 2001)
    )
    book = read(tmp_path, rows)
    assert [remark.en for remark in book.remarks] == [
        "the formulas are too many or too heavy to be calculated again: the stored values are used"
    ]
    assert book.sheets[0].value(2000, 1) == 0


def test_circles_are_named(tmp_path: Path) -> None:
    rows = "<row><c><f>B1+1</f><v>0</v></c><c><f>A1+1</f><v>0</v></c><c><f>1+1</f><v>2</v></c></row>"
    book = read(tmp_path, rows)
    assert book.circular == {Place("S", 1, 1), Place("S", 1, 2)}
    assert book.stale == ()


def test_a_workbook_with_macros_the_1904_calendar_very_hidden_sheets_and_links(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(
        "<row r='1'><c r='A1' s='1'><v>42860</v></c><c r='C1'><v>1</v></c></row>",
        before="<cols><col min='2' max='16384' hidden='1'/></cols>",
        after="<mergeCells><mergeCell ref='A1:A1048576'/></mergeCells>",
    ))  # fmt: skip
    parts |= {
        "[Content_Types].xml": "<Types><Override ContentType='vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="S" sheetId="1" r:id="b" state="veryHidden"/></sheets>'
        '<definedNames><definedName name="a" localSheetId="0">S!$A$1</definedName></definedNames></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="b" Type="{OFFICE}/worksheet" Target="/xl/sheet.xml"/>'
        f'<Relationship Id="c" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="d" Type="{OFFICE}/externalLink" Target="externalLinks/1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/externalLinks/1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/1.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="e" '
        f'Type="{OFFICE}/externalLinkPath" Target="file:///C:/kh%C3%A1c.xlsx" TargetMode="External"/></Relationships>',
    }
    path = tmp_path / "a.xlsm"
    path.write_bytes(zipped(parts))
    book = read_book(path)
    grid = book.sheets[0]
    assert (book.kind, book.remarks, book.external_links) == ("xlsm", (), ("file:///C:/kh%C3%A1c.xlsx",))
    assert (grid.visibility, grid.value(1, 1), grid.cells[1, 1].number_format) == (
        "veryHidden",
        date(2021, 5, 6),
        "mm-dd-yy",
    )
    assert (grid.hidden_columns, grid.cells[1, 3].hidden) == ({2, 3}, True)
    assert grid.merges == (Area(1, 1, 1_048_576, 1),)
    assert str(grid.merges[0]) == "A1:A1048576"
    assert [(name.name, name.refers_to, name.sheet) for name in book.names] == [("a", "S!$A$1", "S")]


def test_what_openpyxl_shows_of_an_appendix_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for number in range(1, 41):
        book.active.append([number, f"Hạng mục {number}", number / 4, f"=C{number}*2"])
    book.save(path)
    grid = read_book(path).sheets[0]
    assert [[cell.value for cell in cells.values()] for cells in grid.by_row.values()] == [
        [number, f"Hạng mục {number}", Decimal(number) / 4, Decimal(number) / 2] for number in range(1, 41)
    ]
