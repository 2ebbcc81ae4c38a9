"""Reading an .xlsx as a zip of XML."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from faults import InputFault
from workbook.package import CellError, FormulaCell, formula_cells, sheets


def package(cells: str, *, prefix: str = "") -> bytes:
    """A workbook of one sheet, by hand: the fewest parts that are one; `prefix` is that of the main namespace."""
    main = (
        f'xmlns{":" + prefix.rstrip(":") if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f"<Relationships {relations}>"
            f'<Relationship Id="a" Type="{office}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships {relations}><Relationship Id="b" Type="{office}/worksheet" Target="worksheets/one.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<{prefix}workbook {main} xmlns:r="{office}"><{prefix}sheets>'
            f'<{prefix}sheet name="Một &amp; hai" sheetId="1" r:id="b"/></{prefix}sheets></{prefix}workbook>',
        )
        archive.writestr(
            "xl/worksheets/one.xml",
            f"<{prefix}worksheet {main}><{prefix}sheetData>{cells}</{prefix}sheetData></{prefix}worksheet>",
        )
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "cached"),
    [
        ("<c r='A1'><f>1+1</f><v>2</v></c>", 2.0),
        ("<c r='A1'><f>1+1</f></c>", None),
        ("<c r='A1'><f>1+1</f><v/></c>", None),
        ("<c r='A1' t='str'><f>1+1</f><v>a &amp; b</v></c>", "a & b"),
        ("<c r='A1' t='str'><f>1+1</f><v/></c>", ""),
        ("<c r='A1' t='str'><f>1+1</f></c>", None),
        ("<c r='A1' t='b'><f>1+1</f><v>0</v></c>", False),
        ("<c r='A1' t='b'><f>1+1</f><v>1</v></c>", True),
        ("<c r='A1' t='e'><f>1+1</f><v>#N/A</v></c>", CellError("#N/A")),
    ],
)
def test_the_types_of_a_cached_value(cell: str, cached: object) -> None:
    (found,) = formula_cells(package(f"<row r='1'>{cell}</row>"))
    assert found == FormulaCell("Một & hai", "A1", "1+1", "General", cached)
    assert type(found.cached) is type(cached)


def test_an_error_is_not_the_same_letters_as_text() -> None:
    assert CellError("#N/A") == CellError("#N/A")
    assert CellError("#N/A") != "#N/A"
    assert CellError("#N/A") != CellError("#REF!")
    assert {CellError("#N/A"): 1}.get("#N/A") is None


def test_any_namespace_prefix_and_cells_without_formula() -> None:
    rows = "<x:row r='1'><x:c r='A1'><x:v>5</x:v></x:c><x:c r='B1'><x:f>A1</x:f><x:v>5</x:v></x:c></x:row>"
    assert [cell.cell for cell in formula_cells(package(rows, prefix="x:"))] == ["B1"]


def test_sheets_and_number_formats_as_another_writer_wrote_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        formats = [workbook.add_format({"num_format": code}) for code in ("#,##0", '0.000" tỷ"', "0%")]
        for name in ("Phụ lục I", "Kiểm tra"):
            sheet = workbook.add_worksheet(name)
            sheet.write_formula("A1", "=1/3", None, 1 / 3)
            for row, number_format in enumerate(formats, start=1):
                sheet.write_formula(row, 0, "=A1", number_format, 1 / 3)
    assert [name for name, _ in sheets(path)] == ["Phụ lục I", "Kiểm tra"]
    assert [(cell.sheet, cell.cell, cell.number_format) for cell in formula_cells(path)] == [
        (sheet, cell, number_format)
        for sheet in ("Phụ lục I", "Kiểm tra")
        for cell, number_format in (("A1", "General"), ("A2", "#,##0"), ("A3", '0.000" tỷ"'), ("A4", "0%"))
    ]


def damage(path: Path) -> None:
    """Spoil one byte of the compressed first sheet."""
    with ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(path.read_bytes())
    data[start + 120] ^= 0xFF
    path.write_bytes(data)


def workbook_file(path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    workbook.save(path)


@pytest.mark.parametrize("read", [formula_cells, sheets])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no such file"),
        (b"", "not an Excel workbook"),
        (b"STT;N\xe1i dung\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "has a password"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, read, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "a.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputFault, match=sentence) as fault:
        list(read(path))
    assert fault.value.file == str(path)


@pytest.mark.parametrize("row", ["<row>", *(f"<row><c r='A1'><f>1</f><v>{v}</v></c></row>" for v in ("nan", "1,5"))])
def test_a_sheet_that_makes_no_sense_is_refused(row: str) -> None:
    with pytest.raises(InputFault, match="the file is damaged"):
        list(formula_cells(package(row)))


@pytest.mark.parametrize("read", [formula_cells, sheets])
def test_a_zip_of_something_else_a_folder_and_a_spoilt_byte_are_refused(tmp_path: Path, read) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(InputFault, match="not an Excel workbook"):
        list(read(tmp_path / "a.xlsx"))
    with pytest.raises(InputFault, match="cannot be read"):
        list(read(tmp_path))
    workbook_file(tmp_path / "b.xlsx")
    damage(tmp_path / "b.xlsx")
    with pytest.raises(InputFault, match="the file is damaged"):
        list(read(tmp_path / "b.xlsx"))
