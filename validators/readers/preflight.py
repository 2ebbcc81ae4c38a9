"""What is looked at before any parser sees a file: is it a workbook, is it whole, is it of a sane size.

Only bytes are looked at, and of a package the directory at its end, which says how large each part is: a zip bomb is
refused before a byte of it is expanded.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from faults import Text
from validators.readers.limits import (
    MAX_ENTRIES,
    MAX_EXPANDED,
    MAX_FILE,
    MAX_MARKUP,
    MAX_RATIO,
    MAX_TOKEN,
    MAX_XLS,
    RATIO_FROM,
)
from validators.readers.recognition import not_a_workbook, ole_content, package_content
from validators.readers.refusals import DAMAGED, ENCRYPTED, refuse, too_much

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"  # of the directory of a zip
_XML_NAMES = (".xml", ".rels", ".vml")
_MANIFEST = "META-INF/manifest.xml"
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)["']""")
_LONG_TOKEN = re.compile(b"<[^<]{%d}" % MAX_TOKEN)
_COMMENTS = ((b"<!--", b"-->"), (b"<?", b"?>"))
_ENCODINGS = {"utf-8", "us-ascii", "utf-16"}  # what the two standards allow, and a part of the first
_BOMB = Text("tệp nén phình to bất thường, có thể là bom nén", "the file expands absurdly, as a zip bomb does")


class Package:
    """The parts of a zip whose directory makes sense; those that were checked stand in memory, as UTF-8."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._markup = 0
        self._xml: dict[str, bytes] = {}
        self.names = frozenset(archive.namelist())
        if _MANIFEST in self.names and b"encryption-data" in self.read(_MANIFEST):
            raise refuse(ENCRYPTED)

    def check(self) -> None:
        """Check every XML part, those too that no reader of ours asks for. Raises InputFault as `read` does."""
        for name in sorted(self.names):
            if name.lower().endswith(_XML_NAMES):
                self.read(name)

    def read(self, name: str) -> bytes:
        """The bytes of an XML part, whatever its name. Raises InputFault where it is missing, damaged or hostile."""
        if name not in self._xml:
            self._xml[name] = self._checked(name)
        return self._xml[name]

    def take(self, name: str) -> bytes:
        """`read` for the last time: the part is let go."""
        xml = self.read(name)
        del self._xml[name]
        return xml

    def _checked(self, name: str) -> bytes:
        try:
            info = self._archive.getinfo(name)
            with self._archive.open(info) as part:
                data = part.read(info.file_size)  # no more than the directory says
        except KeyError as fault:
            raise refuse(Text("tệp thiếu một phần", "the file lacks a part"), found=name) from fault
        except (BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
            raise refuse(Text("tệp hỏng ở một phần", "a part of the file is damaged"), found=name) from fault
        xml = _as_utf8(data, name)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            hostile = Text(
                "tệp có khai báo DTD hoặc thực thể XML, sổ tính bình thường không có",
                "the file declares a DTD or XML entities, which no honest workbook does",
            )
            raise refuse(hostile, found=name)
        self._markup += xml.count(b"<") + xml.count(b"=")
        if self._markup > MAX_MARKUP:
            raise too_much(Text("tệp có quá nhiều thẻ XML", "the file has too many XML tags"), self._markup, MAX_MARKUP)
        has_long_token = len(xml) > MAX_TOKEN and _LONG_TOKEN.search(xml)
        if has_long_token or not all(_is_short(xml, *marks) for marks in _COMMENTS):
            long = Text(
                "tệp có thẻ XML hoặc đoạn chữ dài quá mức", "the file has an XML tag or a text that is too long"
            )
            raise refuse(long, found=name)
        return xml


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that looks like a workbook. `content` of an .xls is bytes."""

    kind: Literal["xlsx", "xls", "ods"]
    content: Package | bytes


def recognise(path: Path, *, whole: bool = True) -> Recognised:
    """What kind of workbook a file is, told by its content. Raises InputFault for anything else.

    `whole`: every part is looked at, else those alone that a reader asks for later.
    """
    data = _bytes(path)
    if data.startswith(_OLE):
        return Recognised(_ole(data), data)
    if not data.startswith(_ZIP):
        raise not_a_workbook(data)
    package = _package(data)
    kind = package_content(package)
    if whole:
        package.check()
    return Recognised(kind, package)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refuse(Text("đây là một thư mục, không phải tệp", "this is a folder, not a file"))
        if not path.is_file():  # a pipe never ends
            raise refuse(Text("đây là thiết bị, không phải tệp", "this is a device, not a file"))
        if size > MAX_FILE:
            raise too_much(Text("tệp quá lớn (byte)", "the file is too large (bytes)"), size, MAX_FILE)
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise refuse(Text("không có tệp này", "there is no such file")) from fault
    except (OSError, ValueError) as fault:  # ValueError: a name with a NUL
        reason = fault.strerror if isinstance(fault, OSError) else None
        raise refuse(Text("không đọc được tệp", "the file cannot be read"), found=reason) from fault


def _ole(data: bytes) -> Literal["xls"]:
    if len(data) > MAX_XLS:
        raise too_much(Text("tệp .xls quá lớn (byte)", "the .xls file is too large (bytes)"), len(data), MAX_XLS)
    return ole_content(data)


def _package(data: bytes) -> Package:
    """The parts of the zip, where its directory makes sense."""
    entries = data.count(_ENTRY)  # counted here: to list a million entries would take too long
    if entries > MAX_ENTRIES:
        raise too_much(Text("tệp nén có quá nhiều phần", "the package has too many parts"), entries, MAX_ENTRIES)
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, NotImplementedError, ValueError, UnicodeError) as fault:
        if _END in data:
            raise refuse(DAMAGED) from fault
        cut = Text("tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp", "the file is cut off, its end is missing")
        raise refuse(cut) from fault
    infos = archive.infolist()
    for info in infos:
        _demand_sane(info)
    names = [info.filename.lower() for info in infos]  # Excel does not tell capitals apart
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise refuse(Text("tệp có hai phần trùng tên", "two parts of the file have one name"), found=twice)
    expanded = sum(info.file_size for info in infos)
    if expanded > MAX_EXPANDED:
        raise too_much(_BOMB, expanded, MAX_EXPANDED)
    return Package(archive)


def _demand_sane(info: ZipInfo) -> None:
    name = info.orig_filename
    steps = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\0" in name:
        raise refuse(
            Text("tên một phần của tệp trỏ ra ngoài tệp", "the name of a part points outside the file"), found=name
        )
    if info.flag_bits & 1:
        raise refuse(ENCRYPTED)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # the others expand without a bound
        raise refuse(Text("kiểu nén lạ, sổ tính không dùng", "packed in a way that no workbook is"), found=name)
    if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
        raise refuse(_BOMB, found=name)


def _is_short(xml: bytes, start: bytes, end: bytes) -> bool:
    """Whether everything between two marks is shorter than MAX_TOKEN."""
    at = xml.find(start)
    while at >= 0:
        close = xml.find(end, at, at + MAX_TOKEN)
        if close < 0:
            return False
        at = xml.find(start, close)
    return True


def _as_utf8(data: bytes, name: str) -> bytes:
    """The part as UTF-8: a DTD could hide from a search behind another encoding."""
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:2]
    codec = (
        "utf-8-sig"
        if not wide
        else "utf-16-be"
        if data[:1] == b"\0"
        else "utf-16-le"
        if data[1:2] == b"\0"
        else "utf-16"
    )
    try:
        head = data[:400].decode(codec, errors="replace")
        declaration = _DECLARATION.match(head)
        declared = _ENCODING.search(declaration[0]) if declaration else None
        encoding = declared[1].lower() if declared else "utf-16" if wide else "utf-8"
        if encoding not in _ENCODINGS or wide != (encoding == "utf-16"):
            raise UnicodeError(encoding)
        if not wide:
            return data
        return data.decode(codec).replace(declaration[0] if declaration else "", "", 1).encode()
    except UnicodeError as fault:
        unusual = Text("bảng mã của một phần không dùng được", "the encoding of a part cannot be used")
        raise refuse(unusual, found=name) from fault
