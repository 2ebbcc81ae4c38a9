"""Readings: how a leaf was read where the print is damaged, merged into its Amount."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from budget.loading.raw import Record
from budget.loading.references import look_up
from budget.numbers import Form, Printed, format_number
from budget.plan import Amount, Axis, Source, Status
from budget.schema import DASH
from faults import Text

BLANK = Printed(Form.BLANK, None)


class Readings:
    """The readings of a plan, each taken by the leaf it names; those left over name none."""

    def __init__(self, rows: Iterable[Record], sources: Mapping[str, Source]) -> None:
        self._rows: dict[tuple[str, Axis], Record] = {}
        for record in rows:
            if record["source"] is not None:
                look_up(record, "source", sources)
            leaf = (record["item"], Axis(record["source"], record["year"]))
            if self._rows.setdefault(leaf, record) is not record:
                raise record.fault("item", Text("số này đã có cách đọc", "the figure has a reading already"), leaf[0])
        self._left = dict(self._rows)

    def take(self, leaf: str, axis: Axis = Axis()) -> Record | None:
        """The reading of a leaf, if it has one."""
        return self._left.pop((leaf, axis), None)

    def demand_taken(self, leaves: Collection[str]) -> None:
        """Raises InputFault for the first reading that no leaf has taken; `leaves` are the codes that may have some."""
        for record in self._left.values():
            look_up(record, "item", {code: code for code in leaves})
            raise record.fault(
                "item",
                Text("không có số gốc nào ở nguồn và năm này", "there is no leaf at this source and year"),
                record["item"],
                Text("nguồn và năm của một số gốc", "the source and the year of a leaf"),
            )


def amount_of(printed: Printed, reading: Record | None) -> Amount | None:
    """The leaf that a cell states and a reading explains; None: neither states anything."""
    if reading is None:
        return None if printed.form is Form.BLANK else Amount(printed.value)
    status = Status(reading["status"])
    if status is Status.UNREADABLE and printed.form is not Form.BLANK:
        raise reading.fault(
            "status",
            Text("số không đọc được mà lại có số tiền", "the figure is unreadable and yet has an amount"),
            shown(printed),
            Text("ô số tiền để trống", "an empty amount"),
        )
    if status is not Status.UNREADABLE and printed.form is Form.BLANK:
        raise reading.fault(
            "item",
            Text("không có số gốc nào ở nguồn và năm này", "there is no leaf at this source and year"),
            reading["item"],
            Text("nguồn và năm của một số gốc", "the source and the year of a leaf"),
        )
    return Amount(printed.value, status, reading["printed"] or None, reading["reason"] or None)


def shown(printed: Printed) -> str:
    """A printed number as a fault shows it."""
    if printed.form is Form.DASH:
        return DASH
    return "" if printed.value is None else format_number(printed.value)
