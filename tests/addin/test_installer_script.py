"""What Phuluc-Setup.exe does on a PC, with a Python in it that only notes how it was called. Runs under Wine."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.wine import Wine, why_no_wine, windows_10

from addin.installer.build import compile_installer

PYTHON = r"""
Unicode true
Target amd64-unicode
OutFile "${OUT}"
SilentInstall silent
RequestExecutionLevel user
Section
  FileOpen $0 "$EXEDIR\calls.txt" a
  FileSeek $0 0 END
  FileWriteUTF16LE $0 "$CMDLINE$\r$\n"
  FileClose $0
  IfFileExists "$EXEDIR\fails.txt" 0 +2
    SetErrorLevel 2
SectionEnd
"""
UNINSTALL = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\Phuluc"
KEY = r"HKEY_CURRENT_USER\Software\Phuluc"
FOLDERS = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installer around a payload of a few bytes."""
    if shutil.which("makensis") is None:
        pytest.skip("no makensis (Debian: apt-get install nsis)")
    if (reason := why_no_wine()) is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("setup")
    payload = folder / "payload"
    for name in (
        "python/Lib/site-packages/a.py",
        "huong-dan/huong-dan.html",
        "phuluc.xlam",
        "phuluc.cmd",
        "LICENSE.txt",
    ):
        (payload / name).parent.mkdir(parents=True, exist_ok=True)
        (payload / name).write_text(name)
    script = folder / "python.nsi"
    script.write_text(PYTHON)
    fake = payload / "python/python.exe"
    subprocess.run(["makensis", "-V1", f"-DOUT={fake}", str(script)], check=True)
    return compile_installer(payload, folder / "Phuluc-Setup.exe", version="1.2.3")


@pytest.fixture(scope="module")
def failing(setup: Path) -> Path:
    """The same, with a Python that refuses whatever it is told."""
    payload = setup.with_name("payload")
    (payload / "python/fails.txt").touch()
    return compile_installer(payload, setup.with_name("Failing.exe"), version="1.2.3")


@pytest.fixture(scope="module")
def wine(setup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    with windows_10(tmp_path_factory.mktemp("wine")) as session:
        yield session


@pytest.fixture
def local(wine: Wine) -> Path:
    (folder,) = (path for path in wine.c.glob("users/*/AppData/Local") if path.parts[-3] != "Public")
    return folder


def uninstall(wine: Wine, folder: Path, *last: Path) -> None:
    """Uninstall until `last`, or else the folder, is no more: the uninstaller starts a copy of itself and ends."""
    assert wine.code(folder / "Uninstall.exe", "/S") == 0
    end = time.monotonic() + 60
    while any(path.exists() for path in last or (folder,)):
        assert time.monotonic() < end, files(folder)
        time.sleep(0.1)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def calls(folder: Path) -> list[str]:
    return (folder / "python/calls.txt").read_text(encoding="utf-16-le").splitlines()


def test_it_comes_and_goes(wine: Wine, setup: Path, local: Path) -> None:
    home = local / "Programs/Phuluc"
    menu = local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs/Phụ lục kinh phí"
    assert wine.code(setup, "/S") == 0
    assert files(home) == [
        "LICENSE.txt",
        "Uninstall.exe",
        "huong-dan/huong-dan.html",
        "phuluc.cmd",
        "phuluc.xlam",
        "python/Lib/site-packages/a.py",
        "python/calls.txt",
        "python/python.exe",
    ]
    windows = "C:" + str(home).removeprefix(str(wine.c)).replace("/", "\\")
    compiled, registered = calls(home)
    assert compiled == rf'"{windows}\python\python.exe" -m compileall -q "{windows}\python\Lib\site-packages"'
    assert registered.startswith(
        rf'"{windows}\python\python.exe" -m addin.installer.register load "{windows}\phuluc.xlam" vi '
    )
    assert wine.registry(KEY) == {"": {"InstallDir": windows}}
    assert wine.registry(UNINSTALL) == {
        "": {
            "DisplayName": "Phụ lục kinh phí (phuluc)",
            "DisplayVersion": "1.2.3",
            "Publisher": "phuluc",
            "DisplayIcon": rf"{windows}\Uninstall.exe",
            "InstallLocation": windows,
            "UninstallString": rf'"{windows}\Uninstall.exe"',
            "QuietUninstallString": rf'"{windows}\Uninstall.exe" /S',
            "EstimatedSize": wine.registry(UNINSTALL)[""]["EstimatedSize"],
            "NoModify": "dword:00000001",
            "NoRepair": "dword:00000001",
        }
    }
    assert sorted(path.name for path in menu.iterdir()) == ["Gỡ cài đặt.lnk", "Hướng dẫn.lnk", "Kiểm tra cài đặt.lnk"]

    uninstall(wine, home)
    assert not menu.exists()
    assert wine.registry(KEY) == wine.registry(UNINSTALL) == {}


def test_a_later_version_replaces_what_the_earlier_one_laid(wine: Wine, setup: Path, local: Path) -> None:
    home = local / "Programs/Phuluc"
    assert wine.code(setup, "/S") == 0
    (home / "python/old.py").write_text("of an earlier version")
    (home / "so-lieu.xlsx").write_text("of the user's own")
    assert wine.code(setup, "/S") == 0
    assert "python/old.py" not in files(home)
    uninstall(wine, home, home / "Uninstall.exe")
    assert files(home) == ["so-lieu.xlsx"]
    (home / "so-lieu.xlsx").unlink()
    home.rmdir()


def test_a_user_whose_name_has_diacritics_gets_a_folder_of_plain_letters(wine: Wine, setup: Path) -> None:
    set_folder = ("wine", "reg", "add", FOLDERS, "/v", "Local AppData", "/t", "REG_EXPAND_SZ", "/f", "/d")
    (wine.c / "users/Nguyễn/AppData/Local").mkdir(parents=True)
    wine.run(*set_folder, r"C:\users\Nguyễn\AppData\Local")
    try:
        assert wine.code(setup, "/S") == 0
        (home,) = (wine.c / "ProgramData/Phuluc").iterdir()
        assert home.name.startswith("S-1-5-21-")
        assert wine.registry(KEY)[""]["InstallDir"] == rf"C:\ProgramData\Phuluc\{home.name}"
        assert "phuluc.xlam" in files(home)
        uninstall(wine, home, home.parent)
        assert wine.registry(KEY) == {}

        home.mkdir(parents=True)  # somebody else was here before
        assert wine.code(setup, "/S") == 2
        assert list(home.iterdir()) == []
        assert wine.registry(KEY) == {}
        home.rmdir()
    finally:
        wine.run(*set_folder, r"%USERPROFILE%\AppData\Local")


@pytest.mark.parametrize("folder", ["TàiLiệu", "Foreign"])
def test_a_folder_that_will_not_do_is_refused(wine: Wine, setup: Path, folder: str) -> None:
    foreign = wine.c / "Foreign"
    foreign.mkdir(exist_ok=True)
    (foreign / "letter.docx").write_text("somebody's")
    assert wine.code(setup, "/S", rf"/D=C:\{folder}") == 2
    assert not (wine.c / "TàiLiệu").exists()
    assert files(foreign) == ["letter.docx"]
    assert wine.registry(KEY) == {}


def test_where_excel_cannot_be_told_the_files_stay_and_can_be_uninstalled(wine: Wine, failing: Path) -> None:
    assert wine.code(failing, "/S", r"/D=C:\Phuluc") == 2
    assert "phuluc.xlam" in files(wine.c / "Phuluc")
    uninstall(wine, wine.c / "Phuluc")
    assert wine.registry(KEY) == wine.registry(UNINSTALL) == {}


def test_an_uninstaller_that_was_copied_elsewhere_deletes_nothing(wine: Wine, setup: Path) -> None:
    assert wine.code(setup, "/S", r"/D=C:\Phuluc") == 0
    stray = wine.c / "Stray"
    (stray / "python").mkdir(parents=True)
    (stray / "python/python.exe").write_text("somebody's Python")
    shutil.copy(wine.c / "Phuluc/Uninstall.exe", stray)
    assert wine.code(stray / "Uninstall.exe", "/S", r"_?=C:\Stray") == 2
    assert files(stray) == ["Uninstall.exe", "python/python.exe"]
    assert "phuluc.xlam" in files(wine.c / "Phuluc")
    uninstall(wine, wine.c / "Phuluc")
