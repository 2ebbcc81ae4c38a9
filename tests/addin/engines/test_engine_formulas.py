"""Formulas carried over between Excel's grammar and LibreOffice's, with LibreOffice itself as the judge."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from support.generated import generated, opened
from support.reference import NAMES

from addin.engines.addresses import Area
from addin.engines.formulas import sheet_prefix, to_excel, to_office

SHEETS = ("Phụ lục", "It's 2", "PL", "PL1", "A.b", "2024", "Phụ_lục")

# Excel -> LibreOffice, the same back
PAIRS = {
    "='Phụ lục'!C36": "=$'Phụ lục'.C36",
    "='It''s 2'!$A$1:$B2": "=$'It''s 2'.$A$1:$B2",
    "=PL!B2*Phụ_lục!B1": "=$'PL'.B2*$'Phụ_lục'.B1",
    "='PL1'!B2": "=$'PL1'.B2",
    "='2024'!A1": "=$'2024'.A1",
    "='A.b'!B1": "=$'A.b'.B1",
    "=SUM('PL:PL1'!A1:B2)": "=SUM($'PL'.A1:$'PL1'.B2)",
    "=PL!Riêng": "=$'PL'.Riêng",
    "=SUM(A:A,1:2)": "=SUM(A:A;1:2)",
    "=SUM((A1,B1),2)": "=SUM((A1~B1);2)",
    "=SUM(A1:B2 B2:C3)": "=SUM(A1:B2!B2:C3)",
    "=IF(A1 = 1 , 2, -3%)": "=IF(A1 = 1 ; 2; -3%)",
    "=IF(B1,,2)": "=IF(B1;;2)",
    "=SUM({1,2;3,4})": "=SUM({1;2|3;4})",
    '="a;b,c""d"&",{;}"': '="a;b,c""d"&",{;}"',
    "=IF(TRUE,FALSE,1)": "=IF(TRUE();FALSE();1)",
    "=IFERROR(#N/A,#REF!+1)": "=IFERROR(#N/A;#REF!+1)",
    "=CEILING(B1,2)+FLOOR(B1,2)": "=CEILING.XCL(B1;2)+FLOOR.XCL(B1;2)",
    "=STDEV.S(A1:A3)": "=STDEV.S(A1:A3)",
    "=Bang1[[#This Row],[a,b]]*Bang1[c]": "=Bang1[[#This Row];[a,b]]*Bang1[c]",
    "='/tmp/[Sổ 1.xlsx]Phụ lục'!A1": "='file:///tmp/S%E1%BB%95%201.xlsx'#$'Phụ lục'.A1",
    "='C:/dữ liệu/[a.xlsx]PL'!A1": "='file:///C:/d%E1%BB%AF%20li%E1%BB%87u/a.xlsx'#$'PL'.A1",
    '="phuluc"="phuluc"': '="phuluc"="phuluc"',
    "=-1.5E-3^2+.5": "=-1.5E-3^2+.5",
}

# What an .xlsx holds, read by LibreOffice; those with another name there are written with the prefix that files have
FORMULAS = [
    "='Phụ lục'!C36",
    "=PL!B2",
    "='2024'!A1",
    "='A.b'!B1",
    "='PL1'!B2",
    "=Phụ_lục!B1",
    "=COUNTIF('It''s 2'!A:A,\"x*\")",
    "=SUM(A1:B2 B2:C3)",
    "=SUM((A1,B1),2)",
    "=SUM({1,2;3,4})",
    '="a;b"&"c,d""e"',
    "=-B1%",
    "=B1^-2",
    "=#REF!+1",
    "=IFERROR(#N/A,2)",
    '=SUMIFS(C:C,B:B,">0")',
    "=SUMPRODUCT((B1:B3>0)*(C1:C3))",
    '=HYPERLINK("#\'Phụ lục\'!A1","x")',
    "=SUM(INDEX(B1:B3,2):B5)",
    "=SUM(2:3)",
    "=IF(B1,,2)",
    "=ROW()",
    "=IF(TRUE,1,FALSE)",
    "=Nguon*2",
    "=PL!Riêng*2",
    "=ROUND(SUM('Phụ lục'!$C$5:$C$9),0)",
    '=IF(AND(B1="",C1<>0), 1 , 2)',
    "=CEILING(B1,2)+FLOOR(B1,2)",
    "=EDATE(B1,1)+EOMONTH(B1,0)",
    "=SUBTOTAL(9,B1:B3)",
    "=_xlfn.STDEV.S(B1:B3)",
    "=_xlfn.IFNA(B1,0)",
    "=_xlfn.CONCAT(B1,C1)",
    "=_xlfn.AGGREGATE(9,6,B1:B3)",
    "=_xlfn.FORMULATEXT(B1)",
    "=_xlfn.RRI(2,B1,C1)",
    "=EFFECT(0.1,4)",
    "=DURATION(B1,C1,0.1,0.1,1)",
    '=CONVERT(1,"m","km")',
    "=VLOOKUP(B1,'Phụ lục'!A1:C9,3,FALSE)",
    "=INDIRECT(\"'Phụ lục'!A1\")",
    "=OFFSET(B1,1,1,2,2)",
    "=+SUM(B1:B2,B4)/1000",
    "=B1&CHAR(10)&C1",
]


@pytest.mark.parametrize(("excel", "office"), PAIRS.items(), ids=PAIRS)
def test_a_formula_is_carried_over_and_back(excel: str, office: str) -> None:
    assert to_office(excel) == office
    assert to_excel(office, SHEETS) == excel


def test_names_of_files_and_lost_references() -> None:
    assert to_office("=_xlfn.IFNA(_xlfn._xlws.SORT(A1),0)") == "=IFNA(SORT(A1);0)"
    assert to_excel("=$#REF!.A1+$'Phụ lục'.#REF!+#REF!.B2:C3+$PL.A#REF!") == "=#REF!+#REF!+#REF!+#REF!"
    assert to_excel("=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETEDATE(A1;1)") == "=EDATE(A1,1)"


def test_a_name_with_a_point_is_no_sheet() -> None:
    assert to_excel("=PL.B2+thu.chi+thu.A1", ["PL"]) == "=PL!B2+thu.chi+thu.A1"
    assert to_excel("=$thu.A1") == "=thu!A1"


def test_a_sheet_is_quoted_where_it_has_to_be() -> None:
    assert [sheet_prefix(name) for name in ("PL", "Phụ lục", "PL1", "It's", "R1C1", "2024", "a_b")] == [
        "PL!",
        "'Phụ lục'!",
        "'PL1'!",
        "'It''s'!",
        "'R1C1'!",
        "'2024'!",
        "a_b!",
    ]


def raw(sheet: xw.Sheet, rows: int) -> list[str]:
    """What LibreOffice itself says of the first cells of column A."""
    return [cell for (cell,) in sheet.impl.call("formulas", Area(1, 1, rows, 1))]


def test_libreoffice_reads_the_same_out_of_an_xlsx(app: xw.App, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Trang"
    for name in SHEETS:
        workbook.create_sheet(name)
    workbook.defined_names["Nguon"] = DefinedName("Nguon", attr_text="Trang!$B$1")
    workbook["PL"].defined_names["Riêng"] = DefinedName("Riêng", attr_text="PL!$B$1")
    for row, formula in enumerate(FORMULAS, start=1):
        workbook.active.cell(row, 1).value = formula
    workbook.save(tmp_path / "công thức.xlsx")
    sheet = app.books.open(str(tmp_path / "công thức.xlsx")).sheets["Trang"]
    cells = sheet.range((1, 1), (len(FORMULAS), 1))
    imported = raw(sheet, len(FORMULAS))
    assert [cell for (cell,) in cells.formula] == [formula.replace("_xlfn.", "") for formula in FORMULAS]
    cells.formula = [[formula] for formula in FORMULAS]
    assert raw(sheet, len(FORMULAS)) == imported


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_of_a_generated_workbook_reads_as_it_was_written(app: xw.App, tmp_path: Path, name: str) -> None:
    path = tmp_path / "sổ.xlsx"
    path.write_bytes(generated(name))
    book = app.books.open(str(path))
    for written in opened(name, values=False).worksheets:
        cells = book.sheets[written.title].range((1, 1), (written.max_row, written.max_column)).formula
        read = {
            (row, column): cell
            for row, line in enumerate(cells, start=1)
            for column, cell in enumerate(line, start=1)
            if isinstance(written.cell(row, column).value, str) and written.cell(row, column).data_type == "f"
        }
        assert {place: unquoted(cell) for place, cell in read.items()} == {
            place: unquoted(str(written.cell(*place).value)) for place in read
        }
        assert read or written.sheet_state != "visible"


def unquoted(formula: str) -> str:
    """Without what means nothing: quotes around plain names of sheets, how a number of many digits is written."""
    return re.sub(r"'(\w+)'!", r"\1!", formula).replace("1E+15", f"{10**15}")
