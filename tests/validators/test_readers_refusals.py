"""What is no workbook, or a hostile one, is refused in one sentence before a parser sees it."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from support.raw_packages import MAIN, ods, worksheet, xlsx, xlsx_parts, zipped

from faults import InputFault
from validators.readers import preflight, read_book

EXPECTED = "; cần tệp .xlsx, .xlsm, .xls hoặc .ods."
PASSWORD = "tệp có mật khẩu; hãy mở tệp, bỏ mật khẩu rồi lưu lại."
DAMAGED = "tệp hỏng, không đọc được như một sổ tính."
ONE_CELL = "<row r='1'><c r='A1'><v>1</v></c></row>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(tmp_path: Path, content: bytes, name: str = "a.xlsx") -> str:
    """The Vietnamese sentence, without the file it begins with."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputFault) as fault:
        read_book(path)
    assert fault.value.file == str(path)
    assert fault.value.what.en
    return fault.value.sentence("vi").removeprefix(f"{path}: ")


def ole(stream: str) -> bytes:
    """The bytes by which an OLE file that holds a stream is known."""
    return OLE + bytes(504) + stream.encode("utf-16-le").ljust(128, b"\0")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tệp rỗng"),
        (bytes(5000), "tệp rỗng"),
        (b"%PDF-1.7\n", "đây không phải sổ tính mà là tệp PDF"),
        (b"\x89PNG\r\n\x1a\n", "đây không phải sổ tính mà là ảnh"),
        (b"{\\rtf1 abc}", "đây không phải sổ tính mà là tài liệu RTF"),
        (b"Rar!\x1a\x07\0", "đây không phải sổ tính mà là tệp nén RAR"),
        (
            "\ufeff<html><body><table><tr><td>1</td></tr></table>".encode(),
            "đây không phải sổ tính mà là trang HTML; hãy mở bằng Excel rồi lưu thành .xlsx",
        ),
        (
            b'<?xml version="1.0"?><Workbook/>',
            "đây không phải sổ tính mà là văn bản XML; hãy mở bằng Excel rồi lưu thành .xlsx",
        ),
        (
            "STT;Nội dung\n1;Xây nhà\n".encode(),
            "đây không phải sổ tính mà là văn bản thuần (CSV); hãy mở bằng Excel rồi lưu thành .xlsx",
        ),
        (
            "STT\tNội dung".encode("utf-16"),
            "đây không phải sổ tính mà là văn bản thuần (CSV); hãy mở bằng Excel rồi lưu thành .xlsx",
        ),
        (b"\x01\x02\x03\x04", "đây không phải sổ tính mà là tệp thuộc loại khác"),
        (ole("WordDocument"), "đây không phải sổ tính mà là tài liệu Word"),
        (ole("Contents"), "đây không phải sổ tính mà là tệp thuộc loại khác"),
        (zipped({"word/document.xml": "<d/>"}), "đây không phải sổ tính mà là tài liệu Word"),
        (zipped({"xl/workbook.bin": b"1"}), "đây không phải sổ tính mà là sổ .xlsb; hãy lưu lại thành .xlsx"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<d/>"}),
            "đây không phải sổ tính mà là văn bản OpenDocument",
        ),
        (
            zipped({"bảng.xlsx": xlsx(ONE_CELL)}),
            "đây không phải sổ tính mà là tệp nén; hãy giải nén rồi chọn tệp bên trong",
        ),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refused(tmp_path, content, "a.xls") == sentence + EXPECTED


def test_no_file_a_folder_and_a_name_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="there is no such file"):
        read_book(tmp_path / "không có.xlsx")
    with pytest.raises(InputFault, match="this is a folder, not a file"):
        read_book(tmp_path)
    with pytest.raises(InputFault, match="the file cannot be read"):
        read_book(tmp_path / ("a" * 5000))
    with pytest.raises(InputFault, match="the file cannot be read"):
        read_book(tmp_path / "a\0b")


def test_encrypted_workbooks_of_each_kind(tmp_path: Path) -> None:
    assert refused(tmp_path, ole("EncryptedPackage")) == PASSWORD
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": spreadsheet, "META-INF/manifest.xml": manifest, "content.xml": bytes(range(200))}
    assert refused(tmp_path, zipped(parts)) == PASSWORD
    locked = bytearray(xlsx(ONE_CELL))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    assert refused(tmp_path, bytes(locked)) == PASSWORD


def test_a_file_that_is_cut_off_or_spoilt(tmp_path: Path) -> None:
    whole = xlsx(ONE_CELL)
    assert refused(tmp_path, whole[: len(whole) // 2]) == "tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp."
    assert refused(tmp_path, whole[:30] + whole[300:]) == DAMAGED
    spoilt = bytearray(whole)
    spoilt[whole.find(b"xl/sheet.xml") + len("xl/sheet.xml") + 20] ^= 0xFF
    assert refused(tmp_path, bytes(spoilt)) == "tệp hỏng ở một phần; thấy “xl/sheet.xml”."


def test_a_zip_bomb_is_refused_before_a_byte_of_it_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(xlsx_parts(worksheet(ONE_CELL)) | {"xl/media/image1.png": bytes(40_000_000)})

    def expanded(*_: object) -> None:
        raise AssertionError("a part was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", expanded)
    said = refused(tmp_path, bomb)
    assert said == "tệp nén phình to bất thường, có thể là bom nén; thấy “xl/media/image1.png”."


def test_all_parts_together_are_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_EXPANDED", 3_000)
    parts = xlsx_parts(worksheet(ONE_CELL)) | {f"a{number}.bin": bytes(1_000) for number in range(3)}
    expanded = sum(len(part.encode() if isinstance(part, str) else part) for part in parts.values())
    said = refused(tmp_path, zipped(parts))
    assert said == f"tệp nén phình to bất thường, có thể là bom nén; thấy “{expanded}”; cần nhiều nhất 3000."


def test_a_bomb_that_lies_about_its_size_is_not_expanded_either(tmp_path: Path) -> None:
    parts = xlsx_parts(worksheet(ONE_CELL)) | {"xl/extra.xml": b"<a>" + bytes(50_000_000)}
    data = bytearray(zipped(parts))
    directory = data.find(b"PK\x01\x02", data.find(b"xl/extra.xml", data.find(b"PK\x01\x02")) - 60)
    assert data[directory + 46 : directory + 58] == b"xl/extra.xml"
    struct.pack_into("<I", data, directory + 24, 100)
    tracemalloc.start()
    said = refused(tmp_path, bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "tệp hỏng ở một phần; thấy “xl/extra.xml”."
    assert peak < 5_000_000


def test_too_many_parts_are_not_even_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = zipped({f"{number}.txt": b"" for number in range(2_001)})

    def listed(*_: object) -> None:
        raise AssertionError("the directory was read")

    monkeypatch.setattr(preflight, "ZipFile", listed)
    assert refused(tmp_path, crowd) == "tệp nén có quá nhiều phần; thấy “2001”; cần nhiều nhất 2000."


@pytest.mark.parametrize("name", ["../a.xml", "xl/../../a.xml", "/etc/a.xml", "C:/a.xml", "..\\a.xml", "\\a.xml"])
def test_names_that_point_outside(tmp_path: Path, name: str) -> None:
    said = refused(tmp_path, zipped({**xlsx_parts(worksheet(ONE_CELL)), name: "<a/>"}))
    assert said == f"tên một phần của tệp trỏ ra ngoài tệp; thấy “{name}”."


def test_two_parts_of_one_name_even_in_other_capitals(tmp_path: Path) -> None:
    said = refused(tmp_path, zipped({**xlsx_parts(worksheet(ONE_CELL)), "XL/Sheet.xml": "<a/>"}))
    assert said == "tệp có hai phần trùng tên; thấy “xl/sheet.xml”."


def test_packing_that_expands_without_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refused(tmp_path, path.read_bytes()) == "kiểu nén lạ, sổ tính không dùng; thấy “xl/workbook.xml”."


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16"),
        '<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16-be"),
    ],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "docProps/app.xml", "xl/drawings/a.vml"])
def test_no_part_may_declare_a_dtd(tmp_path: Path, part: str, hostile: str | bytes) -> None:
    said = refused(tmp_path, zipped(xlsx_parts(worksheet(ONE_CELL)) | {part: hostile}))
    assert said == f"tệp có khai báo DTD hoặc thực thể XML, sổ tính bình thường không có; thấy “{part}”."


def test_an_encoding_that_could_hide_one(tmp_path: Path) -> None:
    hidden = b'<?xml version="1.0" encoding="cp037"?>' + '<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("cp037")
    said = refused(tmp_path, zipped(xlsx_parts(worksheet(ONE_CELL)) | {"xl/a.xml": hidden}))
    assert said == "bảng mã của một phần không dùng được; thấy “xl/a.xml”."


@pytest.mark.parametrize(
    "part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sheet.xml", "xl/strings.xml"]
)
def test_a_part_that_is_missing_is_named(tmp_path: Path, part: str) -> None:
    parts = xlsx_parts(worksheet(ONE_CELL))
    del parts[part]
    assert refused(tmp_path, zipped(parts)) == f"tệp thiếu một phần; thấy “{part}”."


def test_a_workbook_without_sheets(tmp_path: Path) -> None:
    empty = xlsx_parts("") | {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}
    assert refused(tmp_path, zipped(empty)) == "sổ không có trang tính nào."


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "<row r='1048577'><c r='A1048577'><v>1</v></c></row>",
            "trang “S”: tệp có ô nằm ngoài trang tính; thấy “A1048577”.",
        ),
        ("<row r='1'><c r='XFE1'><v>1</v></c></row>", "trang “S”: tệp có ô nằm ngoài trang tính; thấy “XFE1”."),
        ("<row r='1'><c r='a1'><v>1</v></c></row>", "trang “S”: tệp có ô nằm ngoài trang tính; thấy “a1”."),
        (
            "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
            "trang “S”: các ô của trang nằm quá xa nhau; thấy “1048576 × 16384”.",
        ),
        ("<row r='1'><c r='B1'><v>1,5</v></c></row>", f"trang “S”, ô B1: {DAMAGED}"),
        ("<row r='1'><c r='B1'><v>1e999</v></c></row>", f"trang “S”, ô B1: {DAMAGED}"),
        ("<row r='1'><c r='B1' t='s'><v>7</v></c></row>", f"trang “S”, ô B1: {DAMAGED}"),
        ("<row r='1'><c r='B1'><f t='shared' si='3'/></c></row>", f"trang “S”, ô B1: {DAMAGED}"),
        ("<row r='x'/>", DAMAGED),
        ("<row>", DAMAGED),
        (
            f"<row><c t='str'><v>{'a' * 65_537}</v></c></row>",
            "trang “S”, ô A1: ô có chữ dài quá mức; thấy “65537”; cần nhiều nhất 65536.",
        ),
        (f"<row a='{'>' * 300_000}'/>", "tệp có thẻ XML hoặc đoạn chữ dài quá mức; thấy “xl/sheet.xml”."),
        (f"<!--{'<a>' * 100_000}-->", "tệp có thẻ XML hoặc đoạn chữ dài quá mức; thấy “xl/sheet.xml”."),
        (
            "<row><c><f t='array' ref='A1:Z100000'>1</f><v>1</v></c></row>",
            "trang “S”: tệp có quá nhiều ô; thấy “2600001”; cần nhiều nhất 250000.",
        ),
    ],
)
def test_sheets_that_make_no_sense(tmp_path: Path, rows: str, sentence: str) -> None:
    assert refused(tmp_path, xlsx(rows)) == sentence


def test_too_many_cells_are_counted_before_the_sheet_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validators.readers.xlsx.MAX_CELLS", 3)
    monkeypatch.setattr("validators.readers.xlsx._Sheet", None)
    said = refused(tmp_path, xlsx(f"<row>{'<c><v>1</v></c>' * 4}</row>"))
    assert said == "trang “S”: tệp có quá nhiều ô; thấy “4”; cần nhiều nhất 3."


def test_too_many_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_MARKUP", 100)
    assert refused(tmp_path, xlsx("<row/>" * 200)).startswith("tệp có quá nhiều thẻ XML; thấy “")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated="
            "'16384' office:value-type='float' office:value='1'/></table:table-row>",
            "trang “S”: tệp có quá nhiều ô; thấy “17179869184”; cần nhiều nhất 250000.",
        ),
        (
            "<table:table-row table:number-rows-repeated='9999999'/><table:table-row><table:table-cell"
            " office:value-type='float' office:value='1'/></table:table-row>",
            "trang “S”: tệp có ô nằm ngoài trang tính.",
        ),
        (
            "<table:table-row><table:table-cell office:value-type='float' office:value='x'/></table:table-row>",
            f"trang “S”, ô A1: {DAMAGED}",
        ),
        (
            "<table:table-row><table:table-cell office:value-type='string'><text:p><text:s text:c='999999999'/>"
            "<text:s text:c='999999999'/></text:p></table:table-cell></table:table-row>",
            "trang “S”, ô A1: ô có chữ dài quá mức; thấy “131072”; cần nhiều nhất 65536.",
        ),
    ],
)
def test_ods_tables_that_make_no_sense(tmp_path: Path, table: str, sentence: str) -> None:
    assert refused(tmp_path, ods(table), "a.ods") == sentence


def test_an_xls_that_is_nothing_but_its_first_bytes(tmp_path: Path) -> None:
    assert refused(tmp_path, ole("Workbook"), "a.xls") == DAMAGED
