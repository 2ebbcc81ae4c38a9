"""Phuluc-Setup.exe itself, whole: built, installed, used as far as Wine goes, uninstalled.

One test, however many processes share the tests: building and installing takes a minute or two.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.wine import Wine, why_no_wine, windows_10

from addin.installer.build import build_installer
from addin.installing.package import is_addin, places
from faults import InputFault

pytestmark = pytest.mark.slow

OFFICE = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Excel\Options"
OURS = r"HKEY_CURRENT_USER\Software\Phuluc"
SOLVER = r'/R "C:\Office\SOLVER.XLAM"'

#: Imports numpy as if it were not installed: Wine 8.0 lacks a function without which numpy ends the whole process.
WITHOUT_NUMPY = "import sys; sys.modules['numpy'] = None; "


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    """A PC on which Excel loads another add-in, and on which Phuluc-Setup.exe has run."""
    if shutil.which("makensis") is None:
        pytest.skip("no makensis (Debian: apt-get install nsis)")
    if (reason := why_no_wine()) is not None:
        pytest.skip(reason)
    try:
        setup = build_installer(tmp_path / "Phuluc-Setup.exe")
    except InputFault as fault:
        if "cannot be downloaded" in fault.what.en:
            pytest.skip(str(fault))
        raise
    with windows_10(tmp_path / "prefix") as session:
        session.run("wine", "reg", "add", OFFICE, "/v", "OPEN", "/d", SOLVER)
        assert session.code(setup, "/S", r"/D=C:\Phuluc") == 0
        yield session


def test_it_is_installed_works_and_goes(wine: Wine) -> None:
    home = wine.c / "Phuluc"
    excel_loads_the_add_in_after_those_it_loaded_before(wine)
    the_add_in_finds_the_python_beside_it_and_its_dlls(home)
    the_guide_can_be_opened_with_its_pictures(home)
    python_looks_for_modules_in_its_own_folder_alone(wine)
    its_modules_are_compiled(home)
    packages_run(wine)
    the_command_line_answers(wine)
    an_appendix_is_checked(wine)
    uninstalling_leaves_what_was_there_before(wine, home)


def python(wine: Wine, *arguments: str) -> tuple[int, str]:
    """The exit code of the Python that was installed, and all that it printed."""
    done = wine.run("wine", wine.c / "Phuluc/python/python.exe", "-X", "utf8", *arguments)
    return done.returncode, done.stdout.replace("\r", "")


def excel_loads_the_add_in_after_those_it_loaded_before(wine: Wine) -> None:
    assert wine.registry(OFFICE) == {"": {"OPEN": SOLVER, "OPEN1": r'/R "C:\Phuluc\phuluc.xlam"'}}


def the_add_in_finds_the_python_beside_it_and_its_dlls(home: Path) -> None:
    assert is_addin(home / "phuluc.xlam")
    assert places(home / "phuluc.xlam")[0] == home / "python/pythonw.exe"
    assert (home / "python/pythonw.exe").is_file()
    assert {path.name.split("-")[0] for path in (home / "python").glob("xlwings*.dll")} == {"xlwings32", "xlwings64"}


def the_guide_can_be_opened_with_its_pictures(home: Path) -> None:
    page = (home / "huong-dan/huong-dan.html").read_text(encoding="utf-8")
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert pictures
    assert [each for each in pictures if not (home / "huong-dan" / each).is_file()] == []


def python_looks_for_modules_in_its_own_folder_alone(wine: Wine) -> None:
    assert python(wine, "-c", "import sys; print(sys.version.split()[0], *sys.path, sep='\\n')") == (
        0,
        "3.13.2\nC:\\Phuluc\\python\\python313.zip\nC:\\Phuluc\\python\nC:\\Phuluc\\python\\Lib\\site-packages\n"
        "C:\\Phuluc\\python\\Lib\\site-packages\\win32\nC:\\Phuluc\\python\\Lib\\site-packages\\win32\\lib\n",
    )


def its_modules_are_compiled(home: Path) -> None:
    modules = home / "python/Lib/site-packages"
    for name in ("phuluc", "xlwings/__init__", "pandas/__init__", "numpy/__init__", "addin/ribbon"):
        source = modules / f"{name}.py"
        assert (source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc").is_file(), name


def packages_run(wine: Wine) -> None:
    modules = "win32api pythoncom win32com.client win32com.server.register lxml.etree xlrd rich pyopenvba platformdirs"
    for module in modules.split():
        assert python(wine, "-c", f"import {module}; print('runs')") == (0, "runs\n"), module
    for module in ("xlwings", "xlwings.com_server", "xlwings.udfs", "openpyxl"):
        assert python(wine, "-c", f"{WITHOUT_NUMPY}import {module}; print('runs')") == (0, "runs\n"), module


def the_command_line_answers(wine: Wine) -> None:
    code, said = python(wine, "-m", "phuluc", "addin", "status")
    assert code == 1
    assert said.splitlines()[1:] == [
        "✓ xlwings 0.37.8",
        "✗ Không thấy Excel trên máy này.",
        r"✓ Excel 16.0 nạp C:\Phuluc\phuluc.xlam",
        r"✓ Tệp phần bổ trợ: C:\Phuluc\phuluc.xlam",
        r"✓ Phần bổ trợ gọi C:\Phuluc\python\pythonw.exe",
    ]
    done = wine.run("wine", "cmd", "/c", r"C:\Phuluc\phuluc.cmd", "--version")
    assert done.stdout.startswith("phuluc ")


def an_appendix_is_checked(wine: Wine) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["TT", "Nội dung", "Kinh phí (triệu đồng)"],
        ["", "Tổng cộng", 70],
        [1, "Tập huấn", 10],
        [2, "Hội chợ", 20],
        [3, "Khảo sát", 30],
    ):
        sheet.append(row)
    book.save(wine.c / "phu-luc.xlsx")
    code, said = python(
        wine, "-c", WITHOUT_NUMPY + r"import phuluc; sys.exit(phuluc.main(['check', r'C:\phu-luc.xlsx']))"
    )
    assert code == 1, said
    assert said.startswith(r"C:\phu-luc.xlsx: 1 lỗi")
    assert "phải là 60" in said


def uninstalling_leaves_what_was_there_before(wine: Wine, home: Path) -> None:
    assert wine.code(home / "Uninstall.exe", "/S") == 0
    end = time.monotonic() + 60
    while home.exists():
        assert time.monotonic() < end, list(home.iterdir())
        time.sleep(0.1)
    assert wine.registry(OFFICE) == {"": {"OPEN": SOLVER}}
    assert wine.registry(OURS) == {}
    assert list(wine.c.glob("users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Phụ lục*")) == []
