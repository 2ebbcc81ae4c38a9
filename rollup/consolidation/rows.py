"""What comes of a consolidation, whatever it is written as: a row for each amount, and the figures of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """An amount that nobody breaks down further: one file, item, source and year, and the cell that it stands in.

    `file`: its path as the result names it, relative to the folder of the result where it lies within. `table`: the
    table by its sheet, and its area where the sheet has several. `number`, `item_written`, `groups` (the rows that this
    one belongs to, from the outermost), `agency_written`, `source_written`: as the file has them; `item`, `agency`,
    `source`: what that was taken for. None: the file does not say. `amount`: in đồng; `printed`: as the table counts,
    in `unit`, the label of one of `budget.money.Unit`. `note`: what a reader must know, such as what the checker says.
    """

    file: str
    table: str
    sheet: str
    cell: str
    number: str
    item: str
    item_written: str
    groups: tuple[str, ...]
    agency: str | None
    agency_written: str | None
    source: str | None
    source_written: str | None
    year: int | None
    amount: Decimal
    printed: Decimal
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole in figures. `files`: that were added up, with so many `rows` and that `total` in đồng.

    `failed`: files that were not; of those `skipped` are copies of others and earlier results. `unproven`: files whose
    amounts do not make the total that they state. `doubted`: files of which tables may hold the same money.
    `unread`: files with words or errors where an amount would stand, which are not added up.
    `hidden`: files with amounts on hidden sheets, which are not added up.
    `conflicts`: items that files state differently. `repeated`: items that files state alike, and that may so be
    counted twice.
    """

    files: int
    rows: int
    total: Decimal
    failed: int = 0
    skipped: int = 0
    unproven: int = 0
    doubted: int = 0
    unread: int = 0
    hidden: int = 0
    conflicts: int = 0
    repeated: int = 0
