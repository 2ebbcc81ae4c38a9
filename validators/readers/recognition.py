"""What a file is, by its content: a workbook, or which of the things that people take for one."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Literal, Protocol

from faults import InputFault, Text
from validators.readers.refusals import ENCRYPTED, refuse

_EXPECTED = Text("tệp .xlsx, .xlsm, .xls hoặc .ods", "an .xlsx, .xlsm, .xls or .ods file")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.IGNORECASE | re.DOTALL
)

# First bytes, and what they belong to
_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("tệp PDF", "a PDF file")),
    (b"\x89PNG", Text("ảnh", "a picture")),
    (b"\xff\xd8\xff", Text("ảnh", "a picture")),
    (b"GIF8", Text("ảnh", "a picture")),
    (b"II*\0", Text("ảnh", "a picture")),
    (b"MM\0*", Text("ảnh", "a picture")),
    (b"{\\rtf", Text("tài liệu RTF", "an RTF document")),
    (b"Rar!", Text("tệp nén RAR", "a RAR archive")),
    (b"7z\xbc\xaf", Text("tệp nén 7z", "a 7z archive")),
    (b"\x1f\x8b", Text("tệp nén gzip", "a gzip archive")),
    (b"PK\x05\x06", Text("tệp nén rỗng", "an empty zip archive")),
)
_WORD, _SLIDES = Text("tài liệu Word", "a Word document"), Text("bài trình chiếu", "a presentation")
# Streams of an OLE file, in the order they are asked for
_STREAMS: tuple[tuple[str, Text], ...] = (
    ("WordDocument", _WORD),
    ("PowerPoint Document", _SLIDES),
    ("__properties_version1.0", Text("thư Outlook", "an Outlook message")),
)
_OLE_ENTRY = 128  # bytes; each begins with its name in UTF-16 (MS-CFB 2.6.1)
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MARKS: tuple[tuple[str, Text], ...] = (
    ("xl/workbook.bin", Text("sổ .xlsb; hãy lưu lại thành .xlsx", "an .xlsb workbook; save it as .xlsx")),
    ("word/document.xml", _WORD),
    ("ppt/presentation.xml", _SLIDES),
)


class _Package(Protocol):
    @property
    def names(self) -> AbstractSet[str]: ...

    def read(self, name: str) -> bytes: ...


def _refusal(seems: Text) -> InputFault:
    what = Text(f"đây không phải sổ tính mà là {seems.vi}", f"this is not a workbook but {seems.en}")
    return refuse(what, expected=_EXPECTED)


def not_a_workbook(data: bytes) -> InputFault:
    """Why a file that is neither a zip nor an OLE file is refused."""
    if not data.strip(b"\0 \t\r\n"):
        return refuse(Text("tệp rỗng", "the file is empty"), expected=_EXPECTED)
    for signature, seems in _SIGNATURES:
        if data.startswith(signature):
            return _refusal(seems)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return _refusal(
            Text("trang HTML; hãy mở bằng Excel rồi lưu thành .xlsx", "an HTML page; save it as .xlsx in Excel")
        )
    if head.lstrip().startswith(b"<"):
        return _refusal(
            Text("văn bản XML; hãy mở bằng Excel rồi lưu thành .xlsx", "an XML text; save it as .xlsx in Excel")
        )
    if _is_text(data[:4096]):
        return _refusal(
            Text(
                "văn bản thuần (CSV); hãy mở bằng Excel rồi lưu thành .xlsx",
                "plain text (CSV); save it as .xlsx in Excel",
            )
        )
    return _refusal(Text("tệp thuộc loại khác", "a file of another kind"))


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


def ole_content(data: bytes) -> Literal["xls"]:
    """An OLE file is an .xls, or an encrypted .xlsx, or something else. Raises InputFault."""
    if _has_stream(data, "EncryptedPackage"):
        raise refuse(ENCRYPTED)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    for stream, seems in _STREAMS:
        if _has_stream(data, stream):
            raise _refusal(seems)
    raise _refusal(Text("tệp thuộc loại khác", "a file of another kind"))


def _has_stream(data: bytes, name: str) -> bool:
    entry = name.encode("utf-16-le") + b"\0\0"
    start = data.find(entry)
    while start >= 0:
        if start % _OLE_ENTRY == 0:
            return True
        start = data.find(entry, start + 1)
    return False


def package_content(package: _Package) -> Literal["xlsx", "ods"]:
    """What the parts of a zip make. Raises InputFault for anything but a workbook."""
    names = package.names
    if "content.xml" in names:
        return _open_document(package)
    for mark, seems in _MARKS:
        if mark in names:
            raise _refusal(seems)
    if "_rels/.rels" in names or "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise _refusal(
        Text("tệp nén; hãy giải nén rồi chọn tệp bên trong", "a zip archive; unpack it and choose a file in it")
    )


def _open_document(package: _Package) -> Literal["ods"]:
    kind = package.read("mimetype") if "mimetype" in package.names else _SPREADSHEET
    if kind.startswith(_SPREADSHEET):  # or a template of one
        return "ods"
    if b"opendocument.text" in kind:
        raise _refusal(Text("văn bản OpenDocument", "an OpenDocument text"))
    raise _refusal(Text("tài liệu OpenDocument khác", "another OpenDocument file"))
