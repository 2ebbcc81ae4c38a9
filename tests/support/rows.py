"""Thêm dòng, as a test presses it."""

from __future__ import annotations

import xlwings as xw

from addin.ribbon import Outcome, perform


def add(app: xw.App, sheet: xw.Sheet, cell: str) -> Outcome:
    """Stand on a cell and press the button."""
    sheet.activate()
    sheet.range(cell).select()
    return perform("add-row", app, {})


def said(outcome: Outcome) -> str:
    """The message, without where the backup is."""
    return outcome.message.vi.partition("\n\n")[0]


def formulas(sheet: xw.Sheet, cells: str) -> list[str]:
    """The formulas of a row of cells."""
    return list(sheet.range(cells).options(ndim=2).formula[0])
