"""Which columns hold money."""

from __future__ import annotations

import re

from validators.tables.model import Column, Role
from validators.tables.wording import bare, is_source

_MONEY = re.compile(
    r"\b(?:kinh phi|so tien|thanh tien|tien|von|don gia|ngan sach|du toan|quyet toan|chi phi|thu|chi|muc dau tu|no)\b"
)


def names_money(column: Column) -> bool:
    """Whether the heading of a column of amounts or prices speaks of money, by its words or by a unit."""
    if not (column.role.is_amount or column.role is Role.UNIT_PRICE):
        return False
    return column.unit is not None or any(_MONEY.search(bare(label)) or is_source(label) for label in column.path)
