"""What the installation must know of the PC: Python, the user's folders, the registry, and which Excel there is."""

from __future__ import annotations

import importlib
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.installing.loading import Loader
from addin.installing.registry import Registry, WindowsRegistry
from faults import InputFault, Text

ADDIN = "phuluc.xlam"
OFFICE = r"Software\Microsoft\Office"
_VERSIONS = ("16.0", "15.0", "14.0")  # Excel 2016 and later, 2013, 2010
_MACHINES = {0x014C: 32, 0x8664: 64, 0xAA64: 64}  # IMAGE_FILE_MACHINE_ of i386, amd64, arm64


@dataclass(frozen=True)
class Machine:
    """A PC with Windows.

    `interpreter` is the `pythonw.exe` that Excel is to start; `appdata` the user's roaming folder; `code_page` the
    codec of the code page in which VBA and xlwings' DLL name that file.
    """

    interpreter: Path
    appdata: Path
    code_page: str
    registry: Registry
    excel_is_open: Callable[[], bool]

    @property
    def addins(self) -> Path:
        """The user's own folder of add-ins, in which Excel looks first."""
        return self.appdata / "Microsoft" / "AddIns"

    def can_name(self, path: Path) -> bool:
        """Whether VBA and xlwings' DLL can name that file."""
        try:
            str(path).encode(self.code_page)
        except UnicodeEncodeError:
            return False
        return True

    def installed_excel(self) -> str | None:
        """The version of the Excel that is installed, such as 16.0; None where there is none."""
        data = self._default(r"HKCR\Excel.Application\CurVer")
        version = data.removeprefix("Excel.Application.")
        return f"{version}.0" if data != version and version.isdigit() else None

    def excel_bits(self) -> int | None:
        """32 or 64, as the head of EXCEL.EXE says; None where it is not found."""
        found = self._default(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe")
        return bits(Path(found.strip('"'))) if found else None

    def loaders(self) -> list[Loader]:
        """What each Excel loads: the one installed, and all that this user has ever started.

        Where there is none, the newest: should Excel come to this PC later, it will find the add-in.
        """
        started = [each for each in _VERSIONS if self.registry.exists(rf"HKCU\{OFFICE}\{each}\Excel")]
        found = [each for each in dict.fromkeys([self.installed_excel(), *started]) if each is not None]
        return [Loader(self.registry, each, str(self.addins)) for each in found or _VERSIONS[:1]]

    def _default(self, key: str) -> str:
        value = self.registry.values(key).get("")
        return value.data if value is not None and isinstance(value.data, str) else ""


def bits(program: Path) -> int | None:
    """32 or 64: for which kind of processor a program of Windows was made; None where that cannot be read."""
    try:
        with program.open("rb") as file:
            file.seek(0x3C)
            file.seek(struct.unpack("<I", file.read(4))[0])
            signature, machine = struct.unpack("<4sH", file.read(6))
    except (OSError, struct.error):
        return None
    return _MACHINES.get(machine) if signature == b"PE\0\0" else None


def this_machine() -> Machine:
    """This PC. Raises InputFault where it has no Windows, or a Python whose files and registry Excel never sees."""
    if os.name != "nt":
        raise InputFault(
            Text("phần bổ trợ chỉ chạy trong Excel cho Windows", "the add-in runs in Excel for Windows alone"),
            expected=Text(
                "“phuluc addin build” để tạo phuluc.xlam cho một máy Windows, hoặc “phuluc office” để chạy các lệnh ấy "
                "bằng LibreOffice trên máy này",
                "`phuluc addin build` to make phuluc.xlam for a PC with Windows, or `phuluc office` to run the same "
                "commands with LibreOffice on this one",
            ),
        )
    refuse_store_python(Path(sys.base_prefix))
    windows: Any = importlib.import_module("ctypes").windll
    return Machine(
        interpreter=Path(sys.executable).with_name("pythonw.exe"),
        appdata=Path(os.environ["APPDATA"]),
        code_page="mbcs",
        registry=WindowsRegistry(),
        excel_is_open=lambda: bool(windows.user32.FindWindowW("XLMAIN", None)),
    )


def refuse_store_python(prefix: Path) -> None:
    """Raises InputFault for a Python of the Microsoft Store: what it writes, Windows shows to no other program."""
    if "windowsapps" in str(prefix).lower():
        raise InputFault(
            Text(
                "Python từ Microsoft Store không cài được phần bổ trợ: Windows giấu tệp của nó với Excel",
                "a Python from the Microsoft Store cannot install the add-in: Windows hides its files from Excel",
            ),
            file=prefix,
            expected=Text(
                "Python tải từ python.org, hoặc bộ cài Phuluc-Setup.exe",
                "Python from python.org, or the installer Phuluc-Setup.exe",
            ),
        )
