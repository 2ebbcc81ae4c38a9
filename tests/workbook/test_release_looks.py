"""What hides in plain sight: number formats that print nothing, white letters, notes inside of picture files."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from support.furnished import picture
from support.package_checks import damage_of, everything_in, parts_of

from workbook.release import Release, release
from workbook.release.pictures import stripped


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def noted_png() -> bytes:
    """The red picture with a text, a compressed text, a UTF-8 text, EXIF data, a date, and bytes behind its end."""
    notes = [
        chunk(b"tEXt", b"Author\0MAT"),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"MAT")),
        chunk(b"iTXt", b"Title\0\0\0\0\0MAT"),
        chunk(b"eXIf", b"MM\0*MAT"),
        chunk(b"tIME", struct.pack(">HBBBBB", 2026, 3, 1, 8, 0, 0)),
    ]
    plain = picture()
    head = 8 + 12 + 13
    return plain[:head] + b"".join(notes) + plain[head:] + b"MAT"


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(order: str, orientation: int) -> bytes:
    mark = {"<": b"II", ">": b"MM"}[order]
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(f"{order}HHII", 0x010F, 2, 4, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}HIH", 42, 8, 2) + entries + struct.pack(f"{order}I", 0) + b"MAT"


JFIF, PROFILE, ADOBE = (
    segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
    segment(0xE2, b"ICC_PROFILE\0"),
    segment(0xEE, b"Adobe"),
)
TABLES, SCAN = (
    segment(0xDB, bytes(65)) + segment(0xC0, bytes(15)),
    segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd9",
)


def jpeg(*notes: bytes) -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(notes) + PROFILE + ADOBE + TABLES + SCAN


def test_notes_in_a_png() -> None:
    assert stripped(noted_png()) == picture()
    assert stripped(picture()) == picture()


def test_notes_in_a_jpeg() -> None:
    notes = [
        segment(0xED, b"Photoshop 3.0\0MAT"),
        segment(0xFE, b"MAT"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0MAT"),
    ]
    assert stripped(jpeg(*notes, segment(0xE1, exif("<", 1)))) == jpeg()
    assert stripped(jpeg()) == jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photograph_stays_turned_as_it_is(order: str) -> None:
    left = stripped(jpeg(segment(0xE1, exif(order, 6))))
    assert b"MAT" not in left
    assert left == jpeg(segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"))
    assert stripped(left) == left


@pytest.mark.parametrize("data", [b"", b"GIF89a", noted_png()[:50], jpeg(segment(0xFE, b"MAT"))[:30], b"\xff\xd8\xff"])
def test_other_and_damaged_files_stay_as_they_are(data: bytes) -> None:
    assert stripped(data) == data


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A sheet with cells that their formats hide, white letters, a prompt, and a picture with notes, and its chart."""
    path = tmp_path_factory.mktemp("looks") / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        unseen, no_numbers = book.add_format({"num_format": ";;;"}), book.add_format({"num_format": ";;"})
        white = book.add_format({"font_color": "#FFFFFF"})
        head = book.add_format({"font_color": "#FFFFFF", "bg_color": "#1F4E79"})
        sheet.write("A1", "MẬT", unseen)
        sheet.write("A2", 611, unseen)
        sheet.write_formula("A3", "=A2+1", unseen, 612)
        sheet.write_formula("A4", "=NA()", unseen, "#N/A")
        sheet.write("B1", "Thấy", no_numbers)
        sheet.write("B2", 613, no_numbers)
        sheet.write("C1", "Chữ trắng", white)
        sheet.write("C2", "Tiêu đề", head)
        sheet.write("C3", 5)
        sheet.data_validation("C3", {"validate": "integer", "criteria": ">", "value": 0, "input_title": "Nhắc"})
        sheet.insert_image("E1", "a.png", {"image_data": io.BytesIO(noted_png()), "description": "Sơ đồ"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=S!$A$2:$A$3", "values_data": [611, 612]})
        sheet.insert_chart("E9", chart)
    return release(path.read_bytes())


def test_cells_whose_format_prints_nothing_are_emptied(released: Release, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(released.data))["S"]
    assert [[cell.value for cell in row] for row in sheet["A1:C4"]] == [
        [None, "Thấy", "Chữ trắng"], [None, None, "Tiêu đề"], [None, None, 5], ["#N/A", None, None],
    ]  # fmt: skip
    assert "MẬT" not in everything_in(released.data)
    assert damage_of(released.data) == []
    assert released.cells == 4


def test_a_chart_of_such_cells_shows_what_it_showed(released: Release) -> None:
    chart = parts_of(released.data)["xl/charts/chart1.xml"].decode()
    assert "<c:v>611</c:v>" in chart
    assert "<c:f>" not in chart
    assert released.series == 1


def test_pictures_lose_their_notes(released: Release) -> None:
    assert parts_of(released.data)["xl/media/image1.png"] == picture()
    assert released.pictures == 1


def test_what_may_be_overlooked_is_counted(released: Release) -> None:
    assert (released.white, released.prompts, released.descriptions) == (1, 1, 1)
