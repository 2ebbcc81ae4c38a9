"""Which columns of a table are converted with its unit, which surely are not, and which nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from addin.units.cells import Cells
from validators.equations.evidence import Scales
from validators.equations.products import products
from validators.grid import GridCell
from validators.reports.wording import shortened
from validators.tables.lexicon import LABELS
from validators.tables.model import AppendixTable, Column, Role, RowKind
from validators.tables.units import read_unit
from validators.tables.wording import bare
from workbook.addresses import Cell

RATIO = re.compile(r"tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tỉ suất|tốc độ|cơ cấu|%|mã (?:số|kbnn)", re.IGNORECASE)
_AVERAGE = re.compile(r"bình quân\s+(?:(?:1|một|mỗi|hằng|hàng)\s+)?(?:ngày|tháng|quý|năm)\s*(?!.*%)", re.IGNORECASE)
_PER_UNIT = re.compile(r"[(\[]?\s*((?:(?:triệu|nghìn|ngàn|tỷ|tỉ)\s+)?(?:đồng|đ|vnđ|vnd))\s*/", re.IGNORECASE)
_NOTE = next(pattern for role, pattern in LABELS if role is Role.NOTE)
_LONGEST_HEADING = 40  # characters that a message shows


def money_columns(table: AppendixTable) -> tuple[Column, ...]:
    """The columns whose figures are amounts, or prices, in the unit of the table."""
    return tuple(
        column
        for column in table.columns
        if (column.role.is_amount and not _has_own_unit(table, column) and not is_note(column))
        or (column.role is Role.UNIT_PRICE and _shares_unit(table, column))
        or (column.role is Role.RATIO and column.path and _AVERAGE.match(column.path[-1]))
    )


def kept_columns(table: AppendixTable) -> set[int]:
    """The columns whose figures are known to be something else: another unit, a count, a share, item numbers."""
    money = {column.index for column in money_columns(table)}
    return {
        column.index
        for column in table.columns
        if column.index not in money
        and (
            (column.role.is_amount and not is_note(column))
            or column.role in (Role.UNIT_PRICE, Role.QUANTITY, Role.NUMBER)
            or (column.role is Role.RATIO and RATIO.search(column.heading))
        )
    }


def unclear_cells(table: AppendixTable) -> Iterator[Cell]:
    """The cells with numbers that neither the heading nor the format tells from amounts in the table's unit."""
    kept = kept_columns(table)
    for cell, held in _numbers(table):
        row = table.row_at.get(cell[0])
        is_share = row is not None and row.kind is RowKind.TEXT and RATIO.search(row.label)
        if cell[1] not in kept and not is_share and not is_percentage(held):
            yield cell


def mixed_cell(table: AppendixTable, cells: Cells) -> Cell | None:
    """A number that stays in a column of unknown figures of which others are amounts that are converted."""
    money = {column.index for column in money_columns(table)}
    figures = [
        cell
        for cell in unclear_cells(table)
        if cell[1] not in money and (row := table.row_at.get(cell[0])) is not None and row.kind is not RowKind.TEXT
    ]
    moving = {column for row, column in figures if cells.has((row, column))}
    return next(
        (cell for cell in figures if cell[1] in moving and not cells.has(cell) and table.grid.value(*cell)), None
    )


def left_columns(table: AppendixTable, cells: Cells) -> Iterator[tuple[int, str]]:
    """The columns with numbers none of which is converted, but for item numbers, and their headings."""
    numbers = [cell for cell, _ in _numbers(table)]
    moving = {column for row, column in numbers if cells.has((row, column))}
    for index in dict.fromkeys(column for _, column in numbers):
        column = table.column_at[index]
        if index not in moving and column.role is not Role.NUMBER:
            yield index, shortened(column.heading, _LONGEST_HEADING)


def own_columns(table: AppendixTable) -> Iterator[tuple[int, str]]:
    """The columns of money that state their unit where the table's is stated elsewhere, and their headings."""
    stating = {
        column
        for label in table.labels
        if (label.row, label.left) == table.unit_cell
        for column in range(label.left, label.right + 1)
    }
    for column in money_columns(table):
        if column.unit is not None and column.index not in stating:
            yield column.index, shortened(column.heading, _LONGEST_HEADING)


def is_note(column: Column) -> bool:
    """Whether the heading announces notes, whatever stands below it."""
    return bool(column.path) and _NOTE.match(bare(column.path[-1])) is not None


def is_percentage(held: GridCell) -> bool:
    """Whether a cell shows its number as a percentage."""
    return "%" in held.number_format


def _numbers(table: AppendixTable) -> Iterator[tuple[Cell, GridCell]]:
    """The cells of the table below its header that hold numbers."""
    for row in range(table.body[0], table.body[1] + 1):
        for column, held in table.grid.by_row.get(row, {}).items():
            if column in table.column_at and isinstance(held.value, Decimal):
                yield (row, column), held


def _shares_unit(table: AppendixTable, price: Column) -> bool:
    """Whether prices are in the table's unit: by the heading, else by what quantity times price makes."""
    if price.unit is not None:
        return price.unit is table.unit
    if (stated := _PER_UNIT.search(price.path[-1] if price.path else "")) is not None:
        return read_unit(stated[1]) is table.unit
    scales = {
        product.scale
        for product in products(table, Scales(table))
        if any(column == price.index for _, column in product.factors)
    }
    return not scales or scales == {Decimal(1)}


def _has_own_unit(table: AppendixTable, column: Column) -> bool:
    """Whether amounts are in another unit than the table's."""
    return column.role.is_amount and column.unit not in (None, table.unit)
