"""Seals on the pages that the add-in makes: they tell whether anybody wrote on a page since."""

from __future__ import annotations

import zlib

import xlwings as xw

_GREY = "#a6a6a6"


def put_seal(sheet: xw.Sheet, row: int, *, without: int | None = None) -> None:
    """Write a seal in the first cell of `row` (from 1), which must be empty, once the page is as it shall be.

    `without` is a column (from 1) of formulas whose values may change.
    """
    cell = sheet.range((row, 1))
    cell.value, cell.font.color = _fingerprint(sheet, row, without), _GREY


def is_untouched(sheet: xw.Sheet, row: int, *, without: int | None = None) -> bool:
    """Whether a page bears a seal in that row and holds what it held then, no note and no chart; rows may be sorted."""
    sealed = sheet.range((row, 1)).value == _fingerprint(sheet, row, without)
    return sealed and not list(sheet.notes) and not len(sheet.charts)


def _fingerprint(sheet: xw.Sheet, seal: int, without: int | None) -> str:
    """What the rows of a page say, whatever their order, but for the row of the seal."""
    rows = sheet.used_range.options(ndim=2).value
    said = [
        "\t".join(str(value) for column, value in enumerate(row, 1) if column != without and value is not None)
        for number, row in enumerate(rows, 1)
        if number != seal
    ]
    return f"phuluc {sum(zlib.crc32(line.encode()) for line in said) % 2**32:08x}"
