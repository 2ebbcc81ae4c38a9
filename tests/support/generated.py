"""The reference plans as generated workbooks, each written once."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from generators.generate import generate

from .reference import reference


@cache
def generated(name: str) -> bytes:
    """The file that `generate` writes for the reference plan of that name."""
    with tempfile.TemporaryDirectory() as folder:
        return generate(reference(name), Path(folder) / f"{name}.xlsx").path.read_bytes()


@cache
def opened(name: str, *, values: bool) -> Workbook:
    """The generated workbook in openpyxl, with its cached values or with its formulas; not to be changed."""
    return openpyxl.load_workbook(io.BytesIO(generated(name)), data_only=values)
