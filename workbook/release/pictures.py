"""Picture files without what they carry beside the picture: who took it, where, with what; no pixel changes."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NOTES = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_PNG_END = b"IEND"
_JPEG, _SCAN, _COMMENT, _EXIF = b"\xff\xd8", 0xDA, 0xFE, 0xE1
_JPEG_SHOWN = frozenset(
    {0xE0, 0xE2, 0xEE}
)  # APP0: how wide a pixel is; APP2: the colour profile; APP14: of which colours
_ORIENTATION = 0x0112
_ALONE = (0x01, *range(0xD0, 0xD9))  # markers without content


def stripped(data: bytes) -> bytes:
    """A PNG or JPEG file without notes; any other, or one that is damaged, as it is.

    Which way up a photograph stands is kept.
    """
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_JPEG):
            return _jpeg(data)
    except (struct.error, ValueError):
        pass
    return data


def _png(data: bytes) -> bytes:
    kept, place = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", data, place)
        end = place + size + 12
        if end > len(data):
            raise ValueError("a chunk that is cut off")
        if kind not in _PNG_NOTES:
            kept.append(data[place:end])
        if kind == _PNG_END:
            return b"".join(kept)
        place = end


def _jpeg(data: bytes) -> bytes:
    kept, place = [_JPEG], len(_JPEG)
    while True:
        start, marker, size = struct.unpack_from(">BBH", data, place)
        if start != 0xFF or marker in _ALONE:
            raise ValueError("no segment")
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == _SCAN:
            return b"".join([*kept, data[place:]])
        end = place + 2 + size
        segment = data[place:end]
        if size < 2 or end > len(data):
            raise ValueError("a segment that is cut off")
        if marker == _EXIF and (turned := _orientation(segment)) > 1:
            kept.append(_turned(turned))
        elif marker in _JPEG_SHOWN or not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
            kept.append(segment)
        place = end


def _orientation(segment: bytes) -> int:
    """How a picture is turned, 1 to 8; 1 where an APP1 segment does not say so."""
    if segment[4:10] != b"Exif\0\0":
        return 1
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1


def _turned(orientation: int) -> bytes:
    """An APP1 segment that says nothing but how the picture is turned."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return struct.pack(">BBH", 0xFF, _EXIF, len(tiff) + 8) + b"Exif\0\0" + tiff
