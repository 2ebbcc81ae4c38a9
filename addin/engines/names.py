"""Defined names and tables of books that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.engines.addresses import Area
from addin.engines.formulas import sheet_prefix, to_excel, to_office

if TYPE_CHECKING:
    from addin.engines.books import Book
    from addin.engines.ranges import Range
    from addin.engines.sheets import Sheet


class Names(base_classes.Names):
    """The names of a book, or those that are known on one of its sheets alone."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Names:
        """LibreOffice has no object model but this one."""
        return self

    def _all(self) -> list[Name]:
        names = [Name(self._book, *each) for each in self._book.call("names")]
        return names if self._sheet is None else [each for each in names if each.scope == self._sheet.name]

    def snapshot(self) -> list[tuple[str, Name]]:
        """Each name with its text: one call."""
        return [(name.name, name) for name in self._all()]

    def __call__(self, name_or_index: str | int) -> Name:
        """The name of that text or number, from 1. Raises KeyError, IndexError."""
        names = self._all()
        if not isinstance(name_or_index, str):
            return names[name_or_index - 1]
        wanted = name_or_index.lower()
        for name in names:
            if wanted in (name.name.lower(), name.bare.lower() if self._sheet is not None else None):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, known in the whole book, on the sheet of these names, or on the one before its `!`."""
        scope, _, bare = name.rpartition("!")
        home = scope.strip("'").replace("''", "'") or (self._sheet.name if self._sheet is not None else None)
        self._book.call("add_name", home, bare, _content(refers_to))
        return next(each for each in self._all() if each.bare == bare and each.scope == home)

    def range_of(self, name: str) -> Range:
        """The cells that a name stands for on a sheet, which may be known there alone. Raises KeyError."""
        names = {(each.scope, each.bare.lower()): each for each in Names(self._book)._all()}
        for scope in (self._sheet.name if self._sheet is not None else None, None):
            if (scope, name.lower()) in names:
                return names[scope, name.lower()].refers_to_range
        raise KeyError(name)


class Name(base_classes.Name):
    """A defined name, as it was when it was read. `scope` is the sheet that it is known on, None: all; `bare` the name
    without it.
    """

    def __init__(self, book: Book, scope: str | None, bare: str, content: str, place: list[Any] | None) -> None:
        self._book, self.scope, self.bare = book, scope, bare
        self._content, self._place = content, place

    @property
    def api(self) -> Name:
        """LibreOffice has no object model but this one."""
        return self

    def delete(self) -> None:
        """Remove it."""
        self._book.call("delete_name", self.scope, self.bare)

    @property
    def name(self) -> str:
        """The name, behind its sheet where it is known there alone."""
        return self.bare if self.scope is None else sheet_prefix(self.scope) + self.bare

    @name.setter
    def name(self, value: str) -> None:
        bare = value.rpartition("!")[2]
        self._book.call("rename_name", self.scope, self.bare, bare)
        self.bare = bare

    @property
    def refers_to(self) -> str:
        """What it stands for, as `='Phụ lục'!$A$1:$A$3`."""
        return to_excel(f"={self._content}", [sheet.name for sheet in self._book.sheets])

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._book.call("add_name", self.scope, self.bare, _content(value))
        found = next(
            each for each in self._book.names.snapshot() if (each[1].scope, each[1].bare) == (self.scope, self.bare)
        )
        self._content, self._place = found[1]._content, found[1]._place

    @property
    def refers_to_range(self) -> Range:
        """The cells that it stands for. Raises ValueError where it is no range."""
        if self._place is None:
            raise ValueError(f"{self.name} does not stand for a range: {self.refers_to}")
        sheet, area = self._place
        return self._book.sheets(sheet).area(area)


def _content(refers_to: str) -> str:
    return to_office(refers_to if refers_to.startswith("=") else f"={refers_to}").removeprefix("=")


class Tables(base_classes.Tables):
    """The tables of a sheet, which LibreOffice calls database ranges."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Tables:
        """LibreOffice has no object model but this one."""
        return self

    def _all(self) -> list[Table]:
        found = self._sheet.book.call("tables")
        return [Table(self._sheet, name, *rest) for name, sheet, *rest in found if sheet == self._sheet.name]

    def __call__(self, name_or_index: str | int) -> Table:
        """The table of that name or number, from 1. Raises KeyError, IndexError."""
        tables = self._all()
        if not isinstance(name_or_index, str):
            return tables[name_or_index - 1]
        for table in tables:
            if table.name.lower() == name_or_index.lower():
                return table
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __contains__(self, name: str) -> bool:
        return any(table.name.lower() == str(name).lower() for table in self._all())


class Table(base_classes.Table):
    """A table, as it was when it was read."""

    def __init__(self, sheet: Sheet, name: str, area: list[int], header: bool, totals: bool) -> None:
        self._sheet, self._name, self._area = sheet, name, Area(*area)
        self._header, self._totals = header, totals

    @property
    def api(self) -> Table:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet that it is on."""
        return self._sheet

    @property  # type: ignore[misc]  # what it is, it stays
    def name(self) -> str:
        """Its name."""
        return self._name

    @property  # type: ignore[misc]  # what it is, it stays
    def display_name(self) -> str:
        """Its name."""
        return self._name

    @property  # type: ignore[misc]  # what it is, it stays
    def show_headers(self) -> bool:
        """Whether it has a header row."""
        return self._header

    @property  # type: ignore[misc]  # what it is, it stays
    def show_totals(self) -> bool:
        """Whether it has a row of totals."""
        return self._totals

    @property
    def range(self) -> Range:
        """All its cells."""
        return self._sheet.area(self._area)

    @property
    def header_row_range(self) -> Range | None:
        """Its header row."""
        return self._sheet.area(self._area._replace(rows=1)) if self._header else None

    @property
    def totals_row_range(self) -> Range | None:
        """Its row of totals."""
        last = self._area.row + self._area.rows - 1
        return self._sheet.area(self._area._replace(row=last, rows=1)) if self._totals else None

    @property
    def data_body_range(self) -> Range | None:
        """What is between."""
        row, rows = self._area.row + self._header, self._area.rows - self._header - self._totals
        return self._sheet.area(self._area._replace(row=row, rows=rows)) if rows > 0 else None
