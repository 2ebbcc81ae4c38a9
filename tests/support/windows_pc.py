"""A PC with Windows, as far as installing asks: a registry of literal contents, folders on this machine's disk."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

from addin.installing.machine import Machine
from addin.installing.registry import Value

EXCEL = r"HKCU\Software\Microsoft\Office\16.0\Excel"
OPTIONS = rf"{EXCEL}\Options"
UNTICKED = rf"{EXCEL}\Add-in Manager"
INSTALLED = {r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.16"}}

I386, AMD64 = 0x014C, 0x8664


class LiteralRegistry:
    """A registry of nested dicts: key, name, data. Texts and numbers stand for values of their usual kinds."""

    def __init__(self, contents: Mapping[str, Mapping[str, str | int | bytes | Value]] | None = None) -> None:
        self.contents = {key: dict(values) for key, values in (contents or {}).items()}
        self.writes = 0

    def exists(self, key: str) -> bool:
        return any((each + "\\").lower().startswith((key + "\\").lower()) for each in self.contents)

    def values(self, key: str) -> Mapping[str, Value]:
        return {name: _value(data) for name, data in self.contents.get(self._spelt(key), {}).items()}

    def write(self, key: str, name: str, value: Value) -> None:
        values = self.contents.setdefault(self._spelt(key), {})
        values[_spelt(name, values)] = value.data if _value(value.data) == value else value
        self.writes += 1

    def remove(self, key: str, name: str) -> None:
        values = self.contents[self._spelt(key)]
        del values[_spelt(name, values)]
        self.writes += 1

    def _spelt(self, key: str) -> str:
        return _spelt(key, self.contents)


def _value(data: str | int | bytes | Value) -> Value:
    return data if isinstance(data, Value) else Value(data, {str: 1, int: 4, bytes: 3}[type(data)])


def _spelt(name: str, names: Mapping[str, object]) -> str:
    """The name as it is spelt already."""
    return next((each for each in names if each.lower() == name.lower()), name)


def machine(
    home: Path,
    registry: LiteralRegistry,
    *,
    code_page: str = "cp1252",
    excel_is_open: bool = False,
    bits: tuple[int, ...] = (32, 64),
) -> Machine:
    """A PC whose disk is `home`: Python with xlwings' DLLs for Excels of those bits, and the user's folders."""
    python = home / "Python313"
    python.mkdir(parents=True, exist_ok=True)
    (python / "pythonw.exe").touch()
    for each in bits:
        (python / f"xlwings{each}-{version('xlwings')}.dll").touch()
    return Machine(python / "pythonw.exe", home / "Roaming", code_page, registry, lambda: excel_is_open)


def write_addin(path: Path, *places: str) -> Path:
    """A file that passes for the add-in, and lists places where Python may be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as package:
        package.writestr("customUI/customUI14.xml", "<customUI><button onAction='phuluc_click'/></customUI>")
        package.writestr("xl/worksheets/sheet1.xml", "".join(f"<c><is><t>{place}</t></is></c>" for place in places))
    return path


def write_program(path: Path, processor: int) -> Path:
    """The head of a program of Windows for that processor."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80) + bytes(0x40) + struct.pack("<4sH", b"PE\0\0", processor)
    )
    return path
