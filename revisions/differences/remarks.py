"""What of a version is not compared, and what is taken for granted in what is."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Text
from validators.funding.counted import Counted
from validators.reports.units import units_unstated
from workbook.addresses import column_letters

_MOST_NAMED = 10  # cells in a sentence


def remarks_on(found: Counted) -> Iterator[Text]:
    """A sentence for each."""
    yield from units_unstated(found)
    for each in found.counted:
        if each.left_out:
            name = found.named(each.table)
            listed = ", ".join(f"{column_letters(column.index)} ({column.heading})" for column in each.left_out)
            yield Text(
                f"Không so sánh cột không thuộc tổng của bảng: {name}, cột {listed}.",
                f"Columns that are no part of the total of their table are not compared: {name}, {listed}.",
            )
    if found.hidden:
        listed = ", ".join(found.hidden)
        yield Text(f"Không so sánh trang ẩn: {listed}.", f"Hidden sheets are not compared: {listed}.")
    if found.erring:
        cells = [f"{place.sheet} {place.address} ({shown})" for place, shown in found.erring.items()]
        listed = ", ".join([*cells[:_MOST_NAMED], *("…" for _ in cells[_MOST_NAMED : _MOST_NAMED + 1])])
        yield Text(
            f"Ô báo lỗi hoặc công thức không có kết quả, coi như không có số: {listed}.",
            f"Cells that show an error or a formula without a result, taken for no amount: {listed}.",
        )
