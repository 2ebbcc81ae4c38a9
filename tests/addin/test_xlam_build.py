"""The add-in's file: what stands in it, that it comes out the same every time, and whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from lxml import etree

from addin.commands import all_commands
from addin.xlam import build as build_module
from addin.xlam.build import CALLED, build
from faults import InputFault
from workbook.engines.libreoffice import make_profile
from workbook.engines.recalculation import find_office

PARTS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "docProps/app.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/theme/theme1.xml",
    "xl/styles.xml",
    "xl/vbaProject.bin",
    "customUI/customUI14.xml",
]
MODULES = [
    "PhulucFunctions",
    "PhulucPython",
    "PhulucRibbon",
    "PhulucTexts",
    "PhulucWindows",
    "PhulucWizard",
    "Sheet2",
    "ThisWorkbook",
    "xlwings",
    "xlwings_udfs",
]
LIBREOFFICE_FILTER = "Calc MS Excel 2007 VBA XML"  # LibreOffice knows the format, but not an add-in's content type


@pytest.fixture(scope="module")
def xlam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("xlam") / "phuluc.xlam")


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_each_part_is_there_once_and_says_neither_when_nor_where_it_was_written(xlam: Path) -> None:
    with zipfile.ZipFile(xlam) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == PARTS
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
        whole = b"".join(archive.read(name) for name in PARTS)
    for trace in (b"felix", b"Felix", b"myaddin", b"MyAddin", b"xlwings.pro", b"LICENSE_KEY"):
        assert trace not in whole


def test_content_types_and_relationships_name_every_part_by_its_kind(xlam: Path) -> None:
    types = etree.fromstring(part(xlam, "[Content_Types].xml"))
    named = {each.get("PartName"): each.get("ContentType") for each in types if each.get("PartName")}
    assert named == {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        "/xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
        "/xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    extensions = {each.get("Extension"): each.get("ContentType") for each in types if each.get("Extension")}
    assert extensions == {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    assert relationships(xlam, "_rels/.rels") == {
        "xl/workbook.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "docProps/core.xml": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/app.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    }
    assert relationships(xlam, "xl/_rels/workbook.xml.rels") == {
        "worksheets/sheet1.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet",
        "theme/theme1.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme",
        "styles.xml": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles",
        "vbaProject.bin": "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
    }


def relationships(path: Path, name: str) -> dict[str, str]:
    return {str(each.get("Target")): str(each.get("Type")) for each in etree.fromstring(part(path, name))}


def test_the_workbook_and_its_sheet_bear_the_names_of_their_vba_modules(xlam: Path) -> None:
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    book = etree.fromstring(part(xlam, "xl/workbook.xml"))
    assert book.xpath("string(s:workbookPr/@codeName)", namespaces=space) == "ThisWorkbook"
    assert book.xpath("string(s:sheets/s:sheet/@name)", namespaces=space) == "phuluc.conf"
    assert book.xpath("count(s:bookViews/s:workbookView/@visibility)", namespaces=space) == 0
    sheet = etree.fromstring(part(xlam, "xl/worksheets/sheet1.xml"))
    assert sheet.xpath("string(s:sheetPr/@codeName)", namespaces=space) == "Sheet2"


def test_the_list_of_addins_shows_a_vietnamese_title_and_sentence(xlam: Path) -> None:
    properties = {etree.QName(each).localname: each.text for each in etree.fromstring(part(xlam, "docProps/core.xml"))}
    assert properties == {
        "title": "Phụ lục kinh phí",
        "creator": "phuluc",
        "description": "Lập và kiểm tra phụ lục kinh phí trong Excel.",
        "version": version("phuluc"),
    }


def settings(path: Path) -> list[list[str]]:
    """The rows of the sheet of settings."""
    sheet = etree.fromstring(part(path, "xl/worksheets/sheet1.xml"))
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    rows = sheet.xpath("s:sheetData/s:row", namespaces=space)
    return [[str(text) for text in row.xpath("s:c/s:is/s:t/text()", namespaces=space)] for row in rows]


def test_python_is_looked_for_where_the_installer_puts_it(xlam: Path) -> None:
    assert settings(xlam) == [
        ["INTERPRETER_WIN", r"python\pythonw.exe"],
        ["INTERPRETER_WIN", r"%LOCALAPPDATA%\Programs\Phuluc\python\pythonw.exe"],
    ]


def test_an_interpreter_that_is_given_comes_first_and_stands_there_once(tmp_path: Path) -> None:
    meant = r"D:\Trần & Lê\a'b\pythonw.exe"
    made = build(tmp_path / "a.xlam", interpreter=meant)
    assert settings(made)[0] == ["INTERPRETER_WIN", meant]
    assert len(settings(made)) == 3
    assert sum(part(made, name).count(rb"a'b\pythonw.exe") for name in PARTS) == 1


def test_two_processes_give_equal_bytes(xlam: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from addin.xlam.build import build; build(Path(sys.argv[1]))"
    again = tmp_path / "again.xlam"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Ho_Chi_Minh",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", code, str(again)], env=environment, check=True, cwd=tmp_path)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(xlam.read_bytes()).digest()


def test_a_file_that_exists_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "phuluc.xlam"
    target.write_bytes(b"theirs")
    with pytest.raises(InputFault) as fault:
        build(target)
    assert fault.value.sentence("vi") == f"{target}: tệp đích đã có; cần tên khác, hoặc --force để ghi đè."
    assert target.read_bytes() == b"theirs"
    assert build(target, force=True) == target
    assert zipfile.is_zipfile(target)
    assert [each.name for each in tmp_path.iterdir()] == ["phuluc.xlam"]


def test_a_name_that_is_no_addin_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(InputFault) as fault:
        build(tmp_path / "phuluc.xlsx")
    sentence = f"{tmp_path / 'phuluc.xlsx'}: tên tệp đích không dùng được; cần một tệp .xlam."
    assert fault.value.sentence("vi") == sentence
    with pytest.raises(InputFault) as missing:
        build(tmp_path / "nowhere" / "phuluc.xlam")
    assert missing.value.what.vi == "không có thư mục của tệp đích"
    assert list(tmp_path.iterdir()) == []


def test_an_addin_that_is_open_in_excel_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "phuluc.xlam"
    target.write_bytes(b"theirs")
    (tmp_path / "~$phuluc.xlam").write_bytes(b"")
    with pytest.raises(InputFault) as fault:
        build(target, force=True)
    assert fault.value.what.vi == "tệp đích đang được mở"
    assert target.read_bytes() == b"theirs"


def test_a_button_without_its_command_is_refused() -> None:
    commands = {name: command for name, command in all_commands().items() if name != "release"}
    with pytest.raises(LookupError, match="release"):
        build_module.xlam(commands, CALLED, ["pythonw.exe"])


@pytest.mark.office
def test_libreoffice_opens_it_with_its_sheet_and_its_modules(xlam: Path, tmp_path: Path) -> None:
    office = find_office()
    if office is None:
        pytest.skip("LibreOffice is not installed")
    options = [make_profile(tmp_path / "profile"), "--headless", "--norestore", f"--infilter={LIBREOFFICE_FILTER}"]
    into = ["--convert-to", "ods", "--outdir", str(tmp_path), str(xlam)]
    subprocess.run([office, *options, *into], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "phuluc.ods") as archive:
        folder = "Basic/Phuluc/"
        basic = [name.removeprefix(folder) for name in archive.namelist() if name.startswith(folder)]
        content = archive.read("content.xml").decode()
    assert sorted(basic) == sorted(["script-lb.xml", *(f"{name}.xml" for name in MODULES)])
    assert r"python\pythonw.exe" in content
