"""Files that a folder holds and nobody can add up, each made of a good workbook or of nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMB = 60_000_000  # bytes of zeros

Damage = Callable[[bytes], bytes]


def _cut_off(good: bytes) -> bytes:
    return good[: len(good) * 3 // 5]


def _spoilt(good: bytes) -> bytes:
    """One byte of the packed first sheet is another."""
    at = good.find(b"xl/worksheets/sheet1.xml") + 200
    return good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]


def _with_a_password(_: bytes) -> bytes:
    """The start of the OLE file that Excel makes of a workbook with a password."""
    return _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")


def _empty(_: bytes) -> bytes:
    return b""


def _typed(_: bytes) -> bytes:
    return "STT;Nội dung;Kinh phí\n1;Hội nghị;100\n".encode()


def _a_bomb(good: bytes) -> bytes:
    """The workbook with a part that expands without end."""
    stream = io.BytesIO(good)
    with ZipFile(stream, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", bytes(_BOMB))
    return stream.getvalue()


def _without_table(_: bytes) -> bytes:
    """A workbook that holds a letter."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Công văn")
        for row, line in enumerate(("Kính gửi: Sở Tài chính", "Đề nghị thẩm định dự toán kèm theo.", "Trân trọng.")):
            sheet.write_string(row, 0, line)
    return stream.getvalue()


def _a_copy(good: bytes) -> bytes:
    return good


DAMAGES: Mapping[str, Damage] = {
    "cut off": _cut_off,
    "spoilt": _spoilt,
    "password": _with_a_password,
    "empty": _empty,
    "text": _typed,
    "bomb": _a_bomb,
    "no table": _without_table,
    "copy": _a_copy,
}


def plant(kind: str, good: Path, target: Path) -> None:
    """Write a damaged file of that kind."""
    target.write_bytes(DAMAGES[kind](good.read_bytes()))
