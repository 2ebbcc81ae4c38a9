"""Worksheet functions called as Excel calls them: through xlwings' own `call_udf`, in a process that takes itself for
one on Windows. pywin32 is a stub there and a sheet a few objects that answer as Excel's do over COM; what is between
them and the functions is xlwings' own code.

    with Excel() as excel:
        answer = excel.call("PL_SO", "1.234.567")
        answer = excel.call("PL_NGUON", Cells("A5:H40"), MISSING, 2026.0, sheet=sheet_of(path, "Phụ lục"))
"""

# ruff: noqa: N802 - the members of a worksheet are Excel's own

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import openpyxl
from openpyxl.utils.cell import range_boundaries

ROWS, COLUMNS = 1_048_576, 16_384
_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32api", "win32com", "win32con", "win32event", "win32gui")
_WINDOWS_ONLY += ("win32process", "win32timezone")
_KNOWN = {  # what xlwings needs more than a class for
    "pythoncom": {"CoInitialize": lambda: None, "TypeIIDs": MagicMock(), "__file__": "pythoncom"},
    "pywintypes": {"IID": str},
    "win32process": {"GetWindowThreadProcessId": lambda _window: (0, 1)},
}
_MISSING = -2147352572  # what COM gives for an argument that was left out
_RANGE = "{00020846-0000-0000-C000-000000000046}"


class Missing(Enum):
    """An optional argument that was left out."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True)
class Cells:
    """An argument that refers to cells of the sheet: "A5:H40", "B3", "A:H"."""

    address: str


@dataclass(frozen=True)
class SheetData:
    """A sheet: the value of each cell as COM gives it (float, str, bool, datetime, Decimal, an error as an integer),
    and the formulas.
    """

    name: str
    values: Mapping[tuple[int, int], object]
    formulas: Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Returned:
    """What a function gave to Excel, and how often it asked Excel for something on the way."""

    value: Any
    asked: int


def sheet_of(path: Path, name: str) -> SheetData:
    """A sheet of a workbook with the values that are stored in it."""
    stored, typed = (openpyxl.load_workbook(path, data_only=stored)[name] for stored in (True, False))
    values = {
        (cell.row, cell.column): float(cell.value)
        if isinstance(cell.value, int) and not isinstance(cell.value, bool)
        else cell.value
        for row in stored.iter_rows()
        for cell in row
        if cell.value is not None
    }
    formulas = {
        (cell.row, cell.column): cell.value
        for row in typed.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(cell.value, str)
    }
    return SheetData(name, values, formulas)


class Excel:
    """The process in which the functions of a module are called. `functions`: what xlwings knows of each, by name."""

    def __init__(self, module: str = "addin.functions") -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, module), daemon=True)
        self._process.start()
        theirs.close()
        self.functions: Mapping[str, Mapping[str, Any]] = self._said()

    def __enter__(self) -> Excel:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()

    def call(self, function: str, *arguments: object, sheet: SheetData | None = None) -> Returned:
        """Call a worksheet function. Raises what `call_udf` raises: no function should."""
        self._connection.send((function, arguments, sheet))
        returned: Returned = self._said()
        return returned

    def _said(self) -> Any:
        said = self._connection.recv()
        if isinstance(said, BaseException):
            raise said
        return said


def _serve(connection: Connection, module: str) -> None:
    udfs = _windows()
    members = vars(importlib.import_module(module))
    marked = {name: each.__xlfunc__ for name, each in members.items() if hasattr(each, "__xlfunc__")}
    connection.send({name: _plain(info) for name, info in marked.items()})
    while True:
        try:
            function, arguments, sheet = connection.recv()
        except EOFError:
            os._exit(0)  # without xlwings' farewell to Excel
        connection.send(_called(udfs, module, function, arguments, sheet))


def _plain(info: Mapping[str, Any]) -> dict[str, Any]:
    """What can be sent to another process."""
    arguments = [{key: each[key] for key in ("name", "doc", "optional") if key in each} for each in info["args"]]
    kept = {key: info[key] for key in ("name", "category", "volatile", "call_in_wizard", "sub")}
    return {**kept, "doc": info["ret"]["options"].get("doc", ""), "arguments": arguments}


def _called(
    udfs: Any, module: str, function: str, arguments: Sequence[object], data: SheetData | None
) -> Returned | Exception:
    sheet = _Sheet(data or SheetData("Sheet1", {}, {}))
    given = tuple(_argument(each, sheet) for each in arguments)
    sheet.asked = 0
    try:
        value = udfs.call_udf(module, function, given, None, sheet.cells(1, 1, 1, 1))
    except Exception as fault:  # noqa: BLE001 - told in the process of the test
        return fault
    return Returned(value, sheet.asked)


def _argument(given: object, sheet: _Sheet) -> object:
    if given is MISSING:
        return _MISSING
    if not isinstance(given, Cells):
        return given
    left, top, right, bottom = range_boundaries(given.address)
    return sheet.cells(top or 1, left or 1, bottom or ROWS, right or COLUMNS)


class _Sheet:
    """A worksheet as COM shows it. `asked` counts what is asked of it and its ranges."""

    def __init__(self, data: SheetData) -> None:
        self.data, self.asked = data, 0

    def cells(self, top: int, left: int, bottom: int, right: int) -> _Range:
        return _Range(self, top, left, bottom, right)

    @property
    def Name(self) -> str:
        self.asked += 1
        return self.data.name

    @property
    def Parent(self) -> SimpleNamespace:
        self.asked += 1
        return SimpleNamespace(Application=SimpleNamespace(Hwnd=1))

    @property
    def UsedRange(self) -> _Range:
        self.asked += 1
        places = [*self.data.values, *self.data.formulas] or [(1, 1)]
        rows, columns = zip(*places, strict=True)
        return self.cells(min(rows), min(columns), max(rows), max(columns))

    def Cells(self, row: int, column: int) -> _Range:
        self.asked += 1
        return self.cells(row, column, row, column)

    def Range(self, first: _Range, last: _Range) -> _Range:
        self.asked += 1
        return self.cells(first.top, first.left, last.bottom, last.right)


class _Range:
    """A range as COM shows it."""

    _oleobj_ = SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=_RANGE)))

    def __init__(self, sheet: _Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.top, self.left, self.bottom, self.right = sheet, top, left, bottom, right

    def __getattr__(self, name: str) -> Any:
        answers = {
            "Worksheet": lambda: self._sheet,
            "Row": lambda: self.top,
            "Column": lambda: self.left,
            "Rows": lambda: SimpleNamespace(Count=self.bottom - self.top + 1),
            "Columns": lambda: SimpleNamespace(Count=self.right - self.left + 1),
            "Count": lambda: (self.bottom - self.top + 1) * (self.right - self.left + 1),
            "Value": lambda: self._block(self._sheet.data.values.get),
            "Formula": lambda: self._block(self._formula),
            "Address": lambda: self.GetAddress(True, True),
        }
        if name not in answers:
            raise AttributeError(name)
        self._sheet.asked += 1
        return answers[name]()

    def GetAddress(self, row_absolute: bool, column_absolute: bool, *_: object) -> str:
        del row_absolute, column_absolute
        letters = openpyxl.utils.get_column_letter
        first, last = f"{letters(self.left)}{self.top}", f"{letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def _formula(self, place: tuple[int, int]) -> str:
        value = self._sheet.data.values.get(place)
        if place in self._sheet.data.formulas:
            return self._sheet.data.formulas[place]
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

    def _block(self, cell: Any) -> Any:
        """One value of one cell, a tuple of rows of more."""
        rows = tuple(
            tuple(cell((row, column)) for column in range(self.left, self.right + 1))
            for row in range(self.top, self.bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


class _Stub(ModuleType):
    """A module of pywin32: whatever is asked of it is a class of its own."""

    __path__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made


class _Finder(MetaPathFinder, Loader):
    """Finds the modules of pywin32, which are not there."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.split(".", maxsplit=1)[0] in _WINDOWS_ONLY else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Stub(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(_KNOWN.get(module.__name__, {}))


def _windows() -> Any:
    """`xlwings.udfs` as it is on Windows, its decorators in the place of xlwings' own, and Excel among its engines."""
    xw: Any = importlib.import_module("xlwings")
    sys.meta_path.insert(0, _Finder())
    vars(ctypes).update(windll=MagicMock(), oledll=MagicMock(), PyDLL=MagicMock())
    windows: Any = importlib.import_module("xlwings._xlwindows")
    xw._xlwindows = windows
    xw.engines.add(xw.Engine(impl=windows.engine))
    udfs: Any = importlib.import_module("xlwings.udfs")
    xw.func, xw.script, xw.arg, xw.ret = udfs.xlfunc, udfs.xlsub, udfs.xlarg, udfs.xlret
    return udfs
