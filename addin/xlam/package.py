"""The parts of the add-in's package that are neither xlwings' nor VBA nor ribbon, and the package as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from importlib.metadata import version
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from addin.xlam.modules import PROJECT
from addin.xlam.texts import TEXTS

RIBBON = "customUI/customUI14.xml"
PROJECT_PART = "xl/vbaProject.bin"
SETTING = "INTERPRETER_WIN"  # the first column of the settings sheet; the second one has a place in each row

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can have

#: Content type by part; all other parts are plain XML.
_TYPES = {
    "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "xl/worksheets/sheet1.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    PROJECT_PART: "application/vnd.ms-office.vbaProject",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}

_OF_PACKAGE = {
    "xl/workbook.xml": f"{_OFFICE}/relationships/officeDocument",
    "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
    "docProps/app.xml": f"{_OFFICE}/relationships/extended-properties",
    RIBBON: "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}

_OF_WORKBOOK = {
    "worksheets/sheet1.xml": f"{_OFFICE}/relationships/worksheet",
    "theme/theme1.xml": f"{_OFFICE}/relationships/theme",
    "styles.xml": f"{_OFFICE}/relationships/styles",
    "vbaProject.bin": "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
}


def written_parts(places: Sequence[str]) -> dict[str, bytes]:
    """The parts by their names. `places`: where VBA looks for Python, which the sheet of settings lists."""
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(_OF_PACKAGE),
        "docProps/core.xml": _core_properties(),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Microsoft Excel</Application></Properties>",
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relationships(_OF_WORKBOOK),
        "xl/worksheets/sheet1.xml": _settings_sheet(places),
    }
    return {name: f"{_HEAD}{text}".encode() for name, text in texts.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The package as a zip that does not say when, or on what machine, it was written."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            archive.writestr(entry, content)
    return buffer.getvalue()


def _content_types() -> str:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (("rels", rels), ("xml", "application/xml"))
    )
    parts = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{parts}</Types>'


def _relationships(targets: Mapping[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _core_properties() -> str:
    """What Excel's list of add-ins shows: the title, and below it the description."""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(TEXTS['Title'].vi, quote=False)}</dc:title><dc:creator>phuluc</dc:creator>"
        f"<dc:description>{escape(TEXTS['About'].vi, quote=False)}</dc:description>"
        f"<cp:version>{escape(version('phuluc'), quote=False)}</cp:version></cp:coreProperties>"
    )


def _workbook() -> str:
    """The window is not a hidden one: while the workbook is no add-in for a moment, Excel must take it for visible."""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><workbookPr codeName="ThisWorkbook"/>'
        f'<bookViews><workbookView/></bookViews><sheets><sheet name="{PROJECT}.conf" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )


def _settings_sheet(places: Sequence[str]) -> str:
    rows = "".join(
        f'<row r="{row}">{_text_cell(f"A{row}", SETTING)}{_text_cell(f"B{row}", place)}</row>'
        for row, place in enumerate(places, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet2"/><sheetData>{rows}</sheetData></worksheet>'


def _text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'
