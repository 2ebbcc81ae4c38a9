"""What a reader must know of the units of the amounts on a sheet that is made of them."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Text
from validators.funding.counted import Counted


def converted(found: Counted) -> Iterator[Text]:
    """The units that amounts are converted from."""
    unit = found.unit.label
    others = sorted({leaf.unit.label for leaf in found.leaves} - {unit})
    if others:
        listed = ", ".join(others)
        yield Text(f"Số ghi bằng {listed} được đổi ra {unit}.", f"Amounts in {listed} are converted to {unit}.")


def units_unstated(found: Counted) -> Iterator[Text]:
    """The tables that state no unit."""
    unstated = "; ".join(found.named(each.table) for each in found.counted if not each.table.states_unit)
    if unstated:
        yield Text(
            f"Không nêu đơn vị tính, nên số được hiểu là đồng: {unstated}.",
            f"No unit is stated, so amounts are taken for đồng: {unstated}.",
        )
