"""The VBA project of the add-in: xlwings' quickstart project with our modules, written without Excel."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress

from addin.xlam.package import PROJECT_PART

NAME = "Phuluc"
DOCUMENTS = ("ThisWorkbook", "Sheet2")  # the modules that belong to the workbook and to its sheet

#: The stream `_VBA_PROJECT` of a project without compiled code, as [MS-OVBA] 2.3.4.1 has it written: a version that is
#: no version of VBA, so that every one compiles the sources anew, and nothing of an older one's.
UNCOMPILED = bytes.fromhex("cc61ffff000000")

_NO_COOKIE = 0xFFFF  # what [MS-OVBA] has a writer put where Office keeps a number of its own
_FORMS = "MSForms"  # the library that the quickstart project refers to by a path of its author's
_PROJECT_NAME_RECORD = 0x0004  # [MS-OVBA] 2.3.4.2.1.6


def vba_project(quickstart: Path, modules: Mapping[str, str]) -> bytes:
    """`vbaProject.bin` of xlwings' quickstart add-in with these modules, source by name, in place of its own.

    The source of a standard module begins with its attribute line; that of one of `DOCUMENTS` has none.
    RuntimeError: a source is not ASCII. Written in the project's code page it would not be what it is.
    """
    with ExcelFile(quickstart) as file, TemporaryDirectory() as folder:
        project = file.vba_project()
        for name in project.module_names():
            if name not in DOCUMENTS:
                project.delete_module(name)
        for name, source in modules.items():
            lines = _ascii_lines(name, source)
            if name in DOCUMENTS:
                project.get_module(name).body = lines
            else:
                project.add_module(name, lines)
        project.project_cookie = _NO_COOKIE
        for module in project.modules:
            module.cookie = _NO_COOKIE
        file.remove_reference(_FORMS)  # there are no forms
        changed = Path(folder) / "changed.xlam"
        file.save(changed)
        with ZipFile(changed) as package:
            return _finished(package.read(PROJECT_PART), project.name)


def _ascii_lines(name: str, source: str) -> str:
    """The source with the line ends that VBA has."""
    for number, line in enumerate(source.splitlines(), 1):
        if not line.isascii():
            raise RuntimeError(f"the VBA module {name} is not ASCII in line {number}: {line}")
    return "".join(f"{line}\r\n" for line in source.splitlines())


def _finished(written: bytes, old: str) -> bytes:
    """The project under our name, and without a trace of compiled code."""
    storage = CFB.from_bytes(written)
    listing = decompress(storage.get_stream_in_storage("VBA", "dir"))
    storage.write_stream_in_storage("VBA", "dir", compress(_replaced(listing, _record(old), _record(NAME))))
    settings = _replaced(storage.get_stream("PROJECT"), f'Name="{old}"'.encode(), f'Name="{NAME}"'.encode())
    without_windows, _, _ = settings.partition(b"\r\n[Workspace]")  # where xlwings' author had the editor's windows
    storage.write_stream("PROJECT", without_windows)
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", UNCOMPILED)
    data: bytes = storage.to_bytes()
    return data


def _record(name: str) -> bytes:
    return struct.pack("<HI", _PROJECT_NAME_RECORD, len(name)) + name.encode("ascii")


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    if data.count(old) != 1:
        raise RuntimeError(f"xlwings' quickstart project does not name itself {old!r} once")
    return data.replace(old, new)
