"""The tables of a sheet as commands take them."""

from __future__ import annotations

from dataclasses import replace

from validators.grid import Grid
from validators.tables.model import AppendixTable
from validators.tables.understanding import tables_of


def tables_on(grid: Grid) -> tuple[AppendixTable, ...]:
    """The tables of a sheet, from the top; the unit line above two that stand side by side is that of both."""
    tables = tables_of(grid)
    units = {table.area.top: table.unit for table in tables if table.unit is not None}
    return tuple(
        table if table.unit is not None else replace(table, unit=units.get(table.area.top)) for table in tables
    )
