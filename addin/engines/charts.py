"""Charts on sheets of books that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

if TYPE_CHECKING:
    from addin.engines.sheets import Sheet


class Charts(base_classes.Charts, base_classes.Collection):
    """The charts on a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Charts:
        """LibreOffice has no object model but this one."""
        return self

    def _all(self) -> list[Chart]:
        return [Chart(self._sheet, *known) for known in self._sheet.call("charts")]

    def __call__(self, name_or_index: str | int) -> Chart:
        """The chart of that name or number, from 1. Raises KeyError, IndexError."""
        charts = self._all()
        if not isinstance(name_or_index, str):
            return charts[name_or_index - 1]
        for chart in charts:
            if chart.name == name_or_index:
                return chart
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Chart]:
        return iter(self._all())

    def __contains__(self, name: str) -> bool:
        return any(chart.name == name for chart in self._all())


class Chart(base_classes.Chart):
    """A chart, as it was when it was read."""

    def __init__(self, sheet: Sheet, name: str, key: str) -> None:
        self._sheet, self._name, self._key = sheet, name, key

    @property
    def api(self) -> tuple[Chart, ChartApi]:
        """The frame and what it shows, as xlwings has them of Excel."""
        return self, ChartApi()

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.call("name_chart", self._key, value)
        self._name = value

    def delete(self) -> None:
        """Remove it."""
        self._sheet.call("delete_chart", self._key)


class ChartApi:
    """The members of Excel's `Chart` that the add-in asks for."""

    def SeriesCollection(self) -> list[object]:  # noqa: N802 - as Excel calls it
        """Those whose formulas must be changed by hand: none, charts follow their cells when a sheet is copied."""
        return []
