"""Cells put in, taken out, copied, moved, merged."""

from __future__ import annotations

from typing import Self

import xlwings as xw

from addin.engines.addresses import Area
from addin.engines.ranges.places import Placed

_PASTES = ("all", "values", "formulas", "formats", "comments", "column_widths")


class Edits(Placed):
    """What is done to cells as such."""

    def insert(self, shift: str | None = "down", copy_origin: str | None = None) -> None:
        """Insert as many cells here; whole rows and columns are shifted as such. Raises InputFault."""
        self.call("insert", shift, copy_origin == "format_from_right_or_below")

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; whole rows and columns as such. Raises InputFault."""
        across = self.place.columns >= self.place.rows  # what Excel goes by when it is not told
        self.call("delete", shift or ("up" if across else "left"))

    def copy(self, destination: xw.Range | None = None) -> None:
        """Copy everything to where `destination` begins; without it, have it ready for `paste`."""
        if destination is None:
            self.book.app.clipboard = self
            return
        target: Edits = destination.api
        if target.book is self.book and len(target) == 1:
            self.call("copy", target.sheet.name, target.place)
        else:
            target._take(self)

    def copy_from(
        self, source_range: xw.Range, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy everything of another range here, or its `values`, `formulas` or `formats`."""
        self._take(source_range.api, copy_type, None, skip_blanks, transpose)

    def move(self, destination: xw.Range) -> None:
        """Move everything to where `destination` begins."""
        self.call("move", destination.api.sheet.name, destination.api.place)

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste what was copied, or its `values`, `formulas`, `formats`, `comments` or `column_widths`."""
        source = self.book.app.clipboard
        if source is None:
            raise LookupError("nothing was copied")
        self._take(source, paste or "all", operation, skip_blanks, transpose)

    def _take(
        self,
        source: Placed,
        what: str = "all",
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        if what not in _PASTES:
            raise NotImplementedError(f"paste={what!r}")
        shape = source.shape[::-1] if transpose else source.shape
        if self.place.rows % shape[0] or self.place.columns % shape[1]:  # else the source is repeated
            self.at(Area(self.row, self.column, *shape))._take(source, what, operation, skip_blanks, transpose)
            return
        how = {"what": what, "operation": operation or "none", "skip_blanks": skip_blanks, "transpose": transpose}
        places = [(each.book.number, each.sheet.name, each.place) for each in (source, self)]
        self.book.app.call("paste", *places, how)

    def merge(self, across: bool = False) -> None:
        """Merge the cells, or those of each row; the first thing that they hold is all that stays."""
        self.call("merge", across)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.call("unmerge")

    @property
    def merge_area(self) -> Self:
        """The merged cells that the first cell is one of; else that cell."""
        return self.at(Area(*self.call("merged")))

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; None: some of them."""
        area = self.merge_area.place
        if len(self) == 1 or area.covers(self.place):
            return area.rows * area.columns > 1
        some = area.rows * area.columns > 1 or bool(self.call("has_merged"))
        return None if some else False
