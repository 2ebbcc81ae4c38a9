"""formulas: pure Python, slow above a few thousand cells.

Its known limits: no Excel Tables, 3-D references, SUBTOTAL, AGGREGATE or OFFSET; a text that looks like a number is
added as one; a line break inside a string constant is lost. Cells of a circle of references and array formulas that
fill several cells are not judged.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

import formulas
import numpy as np
from formulas.excel import XlCircular
from formulas.tokens.operand import XlError

from workbook.engines.recalculation import EngineFault, Recalculation
from workbook.package import CellError, Value, sheets

_ONE_CELL = re.compile(r"'\[book\.xlsx\](?P<sheet>.+)'!(?P<cell>[A-Z]+[0-9]+)")


def recalculate(path: Path) -> Recalculation:
    """The value of each cell, constants too. Raises EngineFault where the package gives up on the whole workbook."""
    names = {name.upper(): name for name, _ in sheets(path)}  # it writes the names in capitals
    if any("'" in name for name in names):
        raise EngineFault("formulas cannot follow references to a sheet with an apostrophe in its name")
    values = {}
    for key, ranges in _solution(path).items():
        place = _ONE_CELL.fullmatch(key) if isinstance(key, str) else None
        value = None if place is None else _value(ranges.value)
        if place is not None and value is not None:
            values[names[place["sheet"]], place["cell"]] = value
    return Recalculation("formulas", version("formulas"), values)


def _solution(path: Path) -> Mapping[Any, Any]:
    """Run the package on a copy: the file name is part of every key, and an apostrophe or bracket in it is too much.

    Its progress bar and its warnings about references are kept off the terminal.
    """
    with (
        tempfile.TemporaryDirectory(prefix="phuluc-") as folder,
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        copy = shutil.copyfile(path, Path(folder) / "book.xlsx")
        try:
            solution: Mapping[Any, Any] = formulas.ExcelModel().loads(str(copy)).finish(circular=True).calculate()
        except Exception as fault:  # it has no base class for what may go wrong inside
            raise EngineFault(f"{type(fault).__name__}: {fault}") from fault
    return solution


def _value(array: Any) -> Value | None:
    """The value of a cell; `array` is a numpy array of objects, of which some are markers of the package's own."""
    value = array[0, 0]
    if isinstance(value, XlError):
        return None if isinstance(value, XlCircular) else CellError(value)
    if isinstance(value, str):
        return str(value) if type(value) in {str, np.str_} else None  # its marker of an empty cell is a str as well
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, bool):
        return plain
    return float(plain) if isfinite(plain) else None
