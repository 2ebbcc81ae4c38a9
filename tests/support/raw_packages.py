"""Workbooks written by hand as zips of XML, to hold what no spreadsheet program would write."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """The XML of a sheet: its rows, and what stands before and after them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(sheet: str) -> dict[str, str | bytes]:
    """The fewest parts that are an .xlsx workbook, with one sheet named S."""
    return {
        "_rels/.rels": _related(a=("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _related(b=("worksheet", "sheet.xml"), s=("sharedStrings", "strings.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/sheet.xml": sheet,
        "xl/strings.xml": f'<sst xmlns="{MAIN}"><si><t>một</t></si>'
        "<si><r><rPr><b/></rPr><t>h</t></r><r><rPr><b/></rPr><t>ai</t></r></si></sst>",
    }


def xlsx(rows: str) -> bytes:
    """A workbook of one sheet, by its rows."""
    return zipped(xlsx_parts(worksheet(rows)))


def ods(table: str) -> bytes:
    """A workbook of one sheet named S, by the content of its table."""
    spaces = " ".join(f'xmlns:{prefix}="{OPEN_OFFICE}:{prefix}:1.0"' for prefix in ("office", "table", "text", "style"))
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


def _related(**targets: tuple[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
