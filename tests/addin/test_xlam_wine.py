"""The command line of the add-in in xlwings' own DLL: it starts a Windows Python that answers. Runs under Wine.

Excel is played by a Python that loads the DLL as VBA does and calls through COM what the generated wrappers call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication
from support.wine import Wine, why_no_wine, windows_10

import addin.installer
from addin.installer.build import CACHE
from addin.installer.cpython import embeddable
from addin.installer.downloads import sources, wheels
from addin.installer.payload import lay_python
from addin.xlam.modules import vba_modules
from addin.xlam.wrappers import Wrapped
from faults import InputFault

pytestmark = pytest.mark.slow

HOME = r"C:\Phuluc\python"

CALLER = r"""
import ctypes, json, sys
import pythoncom, win32com.client


class Variant(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_ushort), ("reserved", ctypes.c_ushort * 3), ("data", ctypes.c_void_p * 2)]


start = ctypes.WinDLL(sys.argv[1]).XLPyDLLActivateAuto
start.argtypes = [ctypes.POINTER(Variant), ctypes.c_char_p, ctypes.c_long]
said = []
for command, control, answers in json.load(open(sys.argv[2], encoding="utf-8")):
    result = Variant()
    if start(ctypes.byref(result), command.encode("ascii"), 1) != 0:
        said.append(ctypes.wstring_at(result.data[0]).splitlines()[0])
        continue
    python = win32com.client.Dispatch(pythoncom.ObjectFromAddress(result.data[0], pythoncom.IID_IDispatch))
    # as VBA: no active workbook, and the error value that Application.Caller is behind a button
    python.CallUDF("called", "dispatch", (control, tuple(answers)), None, -2146826265)
    said.append(open(sys.argv[4], encoding="utf-8").read())
json.dump(said, open(sys.argv[3], "w", encoding="utf-8"))
"""

CALLED = """
import os
import xlwings as xw


@xw.script
def dispatch(control, answers):
    with open(__file__ + ".txt", "w", encoding="utf-8") as file:
        file.write(repr((control, answers)))
"""


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """A Windows with Python, pywin32 and xlwings in `HOME`, as the installer lays them."""
    if (reason := why_no_wine()) is not None:
        pytest.skip(reason)
    pins = Path(addin.installer.__file__).parent
    try:
        (cpython,) = sources(pins / "cpython.txt", CACHE)
        needed = [
            wheel for wheel in wheels(pins / "requirements.txt", CACHE) if wheel.name.startswith(("xlw", "pywin"))
        ]
    except InputFault as fault:
        pytest.skip(fault.sentence("en"))
    with windows_10(tmp_path_factory.mktemp("wine")) as session:
        folder = session.c / "Phuluc/python"
        lay_python(folder, embeddable(cpython), needed)
        (folder / "caller.py").write_text(CALLER, encoding="utf-8")
        (folder / "called.py").write_text(CALLED, encoding="utf-8")
        yield session


def command(python: str) -> str:
    """The command line that VBA composes for a Python."""
    app = ExcelApplication()
    app.add_workbook()
    modules = vba_modules(Wrapped("", ()))
    for name in ("xlwings", "PhulucTexts", "PhulucPython"):
        app.add_module(re.sub(r"(?m)^(#Const .*?) *'.*$", r"\1", modules[name]), name=name)
    return str(app.run("Phuluc_Command", python))


def called(wine: Wine, *calls: tuple[str, str, list[str]]) -> list[str]:
    """What came of calls (command line, control, answers), one after the other, of one Excel."""
    folder = wine.c / "Phuluc/python"
    (folder / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
    dll = rf"{HOME}\xlwings64-0.37.8.dll"
    files = (rf"{HOME}\calls.json", rf"{HOME}\answer.json", rf"{HOME}\called.py.txt")
    run = wine.run("wine", folder / "python.exe", rf"{HOME}\caller.py", dll, *files)
    assert run.returncode == 0, run.stderr
    return list(json.loads((folder / "answer.json").read_text(encoding="utf-8")))


def test_python_starts_and_gets_the_answers_of_a_button(wine: Wine) -> None:
    python = command(rf"{HOME}\pythonw.exe")
    assert called(
        wine,
        (python, "check-sheet", ["", ""]),
        (python, "unit.dong", ["", "to=dong", ""]),
        (python, "consolidate", ["", r"file=D:\Sở Tài chính\Tổng hợp.xlsx", ""]),
    ) == [  # what is empty becomes None on the way
        "('check-sheet', [None, None])",
        "('unit.dong', [None, 'to=dong', None])",
        r"('consolidate', [None, 'file=D:\\Sở Tài chính\\Tổng hợp.xlsx', None])",
    ]


def test_a_python_that_is_missing_or_ends_at_once_is_told_of(wine: Wine) -> None:
    broken = command(rf"{HOME}\pythonw.exe").replace("import xlwings;", "import nowhere;")
    assert called(wine, (command(r"C:\nowhere\pythonw.exe"), "about", [""]), (broken, "about", [""])) == [
        "Could not create Python process.",
        "Python process exited before it was possible to create the interface object.",
    ]
