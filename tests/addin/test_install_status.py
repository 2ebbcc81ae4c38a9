"""`phuluc addin status`: a sentence for each thing that keeps a button from doing anything."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from support.windows_pc import (
    AMD64,
    EXCEL,
    I386,
    INSTALLED,
    OPTIONS,
    UNTICKED,
    LiteralRegistry,
    machine,
    write_addin,
    write_program,
)

from addin.install import status
from addin.installing.machine import Machine, bits
from addin.installing.package import places

PYTHON = [
    f"Python {platform.python_version()} ({platform.architecture()[0]}): {sys.executable}",
    f"xlwings {version('xlwings')}",
]
APP_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


def good(pc: Machine) -> list[str]:
    return [line.text.en for line in status(pc) if line.good]


def bad(pc: Machine) -> list[str]:
    return [line.text.en for line in status(pc) if not line.good]


def installed(home: Path) -> tuple[Path, dict[str, dict[str, str | int | bytes]]]:
    """An add-in that Excel loads: its file, and the registry."""
    target = write_addin(home / "Roaming/Microsoft/AddIns/phuluc.xlam", str(home / "Python313/pythonw.exe"))
    return target, {**INSTALLED, OPTIONS: {"OPEN": f'/R "{target}"'}}


def test_all_is_well(tmp_path: Path) -> None:
    target, contents = installed(tmp_path)
    program = write_program(tmp_path / "Office16/EXCEL.EXE", AMD64)
    pc = machine(tmp_path, LiteralRegistry({**contents, APP_PATHS: {"": str(program)}}), bits=(64,))
    assert bad(pc) == []
    assert good(pc) == [
        *PYTHON,
        "Excel 16.0, 64-bit",
        f"Excel 16.0 loads {target}",
        f"The file of the add-in: {target}",
        f"The add-in starts {tmp_path / 'Python313/pythonw.exe'}",
    ]


def test_nothing_is_installed(tmp_path: Path) -> None:
    assert bad(machine(tmp_path, LiteralRegistry())) == [
        "There is no Excel on this PC.",
        "Excel 16.0 does not load the add-in; install it: phuluc addin install",
        f"There is no add-in at {tmp_path / 'Roaming/Microsoft/AddIns/phuluc.xlam'}",
    ]


def test_the_dll_must_be_of_excels_kind(tmp_path: Path) -> None:
    _, contents = installed(tmp_path)
    program = write_program(tmp_path / "Office16/EXCEL.EXE", I386)
    pc = machine(tmp_path, LiteralRegistry({**contents, APP_PATHS: {"": f'"{program}"'}}), bits=(64,))
    assert "Excel 16.0, 32-bit" in good(pc)
    assert bad(pc) == [
        f"xlwings32-{version('xlwings')}.dll is missing beside Python; "
        "install it again: pip install --force-reinstall xlwings"
    ]


def test_the_dll_of_a_virtual_environment_stands_above_its_python(tmp_path: Path) -> None:
    scripts = tmp_path / "venv/Scripts"
    target = write_addin(tmp_path / "phuluc.xlam", str(scripts / "pythonw.exe"))
    scripts.mkdir(parents=True)
    (scripts / "pythonw.exe").touch()
    pc = machine(tmp_path, LiteralRegistry({**INSTALLED, OPTIONS: {"OPEN": f'"{target}"'}}))
    dlls = [f"xlwings{each}-{version('xlwings')}.dll" for each in (32, 64)]
    assert [line.split()[0] for line in bad(pc)] == dlls  # Excel's kind is not known: both are asked for
    for dll in dlls:
        (tmp_path / "venv" / dll).touch()
    assert bad(pc) == []


def test_an_unticked_add_in(tmp_path: Path) -> None:
    target, _ = installed(tmp_path)
    pc = machine(tmp_path, LiteralRegistry({**INSTALLED, UNTICKED: {str(target): ""}}))
    assert bad(pc) == ["Excel 16.0 has the add-in on its list, but unticked: File > Options > Add-ins."]


def test_an_add_in_that_excel_disabled(tmp_path: Path) -> None:
    target, contents = installed(tmp_path)
    item = bytes(8) + f"c:\\users\\an\\{target.name}".encode("utf-16-le") + bytes(2)
    disabled = {rf"{EXCEL}\Resiliency\DisabledItems": {"7F3A": b"\1\0\0\0other.xla", "8B21": item}}
    pc = machine(tmp_path, LiteralRegistry({**contents, **disabled}))
    assert bad(pc) == ["Excel 16.0 has disabled it after a crash: File > Options > Add-ins > Disabled Items."]


@pytest.mark.parametrize(
    ("root", "setting", "said"),
    [
        (r"HKCU\Software\Microsoft\Office", {"VBAWarnings": 4}, "all macros are off"),
        (r"HKCU\Software\Policies\Microsoft\Office", {"vbawarnings": 3}, "only signed macros are let in"),
        (r"HKLM\Software\Policies\Microsoft\Office", {"DisableAllAddins": 1}, "all add-ins are off"),
        (r"HKCU\Software\Microsoft\Office", {"RequireAddinSig": 1}, "only signed add-ins are let in"),
    ],
)
def test_what_the_trust_center_forbids(tmp_path: Path, root: str, setting: dict[str, int], said: str) -> None:
    _, contents = installed(tmp_path)
    pc = machine(tmp_path, LiteralRegistry({**contents, rf"{root}\16.0\Excel\Security": setting}))
    assert bad(pc) == [f"In the Trust Center of Excel 16.0 {said} ({root}): buttons may do nothing."]


def test_settings_that_forbid_nothing_are_not_mentioned(tmp_path: Path) -> None:
    _, contents = installed(tmp_path)
    security = {rf"{EXCEL}\Security": {"VBAWarnings": 2, "DisableAllAddins": 0, "AccessVBOM": 1}}
    assert bad(machine(tmp_path, LiteralRegistry({**contents, **security}))) == []


def test_a_file_that_came_from_the_internet(tmp_path: Path) -> None:
    target, contents = installed(tmp_path)
    pc = machine(tmp_path, LiteralRegistry(contents))
    note = Path(f"{target}:Zone.Identifier")
    note.write_text("[ZoneTransfer]\r\nZoneId=1\r\n")
    assert bad(pc) == []
    note.write_text("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.com/phuluc.xlam\r\n")
    assert bad(pc) == [f"Windows blocks {target}, as it came from the internet: Properties > Unblock."]


def test_a_python_that_has_gone(tmp_path: Path) -> None:
    target, contents = installed(tmp_path)
    pc = machine(tmp_path, LiteralRegistry(contents))
    pc.interpreter.unlink()
    assert bad(pc) == [f"The Python that it starts is missing: {pc.interpreter}"]
    target.unlink()
    assert bad(pc) == [f"There is no add-in at {target}"]


def test_a_python_that_vba_cannot_name(tmp_path: Path) -> None:
    home = tmp_path / "Nguyễn"
    _, contents = installed(home)
    pc = machine(home, LiteralRegistry(contents))
    assert bad(pc) == [f"VBA cannot start a Python whose path has such letters: {pc.interpreter}"]


def test_where_the_add_in_looks_for_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    target = write_addin(
        tmp_path / "phuluc.xlam", "/a&amp;b/pythonw.exe", r"python\pythonw.exe", "%LOCALAPPDATA%/Phuluc/pythonw.exe"
    )
    assert places(target) == [
        Path("/a&b/pythonw.exe"),
        tmp_path / "python/pythonw.exe",
        Path("/local/Phuluc/pythonw.exe"),
    ]


def test_the_kind_of_a_program(tmp_path: Path) -> None:
    assert bits(write_program(tmp_path / "a.exe", AMD64)) == 64
    assert bits(write_program(tmp_path / "b.exe", I386)) == 32
    (tmp_path / "c.exe").write_bytes(b"MZ")
    assert bits(tmp_path / "c.exe") is None
    assert bits(tmp_path / "missing.exe") is None
