"""The open books, and how places in them are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

MOST_ROWS = 1048576
MOST_COLUMNS = 16384


class Refusal(Exception):
    """What was asked cannot be done, for a reason that the user can mend: a code that `office` has the words for."""

    def __init__(self, code: str, *, file: str | None = None, sheet: str | None = None) -> None:
        super().__init__(code)
        self.code, self.file, self.sheet = code, file, sheet


def constant(name: str) -> Any:
    """A constant of the UNO API, such as `sheet.CellFlags.VALUE`."""
    return uno.getConstantByName(f"com.sun.star.{name}")


def enum(name: str, value: str) -> Any:
    """A value of an enumeration of the UNO API."""
    return uno.Enum(f"com.sun.star.{name}", value)


def struct(name: str, **values: object) -> Any:
    """A struct of the UNO API, its members set."""
    made = uno.createUnoStruct(f"com.sun.star.{name}")
    for member, value in values.items():
        setattr(made, member, value)
    return made


def properties(**values: object) -> tuple[Any, ...]:
    """A sequence of property values."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def url(path: str) -> str:
    """The address of a file."""
    return str(uno.systemPathToFileUrl(path))


class World:
    """The open books by number, and what the operations need of LibreOffice."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.desktop = self.create("frame.Desktop")
        self.books: dict[int, Any] = {}
        self.paths: dict[int, str] = {}
        self.automatic = True  # whether formulas are calculated as they change

    def create(self, service: str, *arguments: Any) -> Any:
        """A service of LibreOffice."""
        manager, name = self._context.ServiceManager, f"com.sun.star.{service}"
        if arguments:
            return manager.createInstanceWithArgumentsAndContext(name, arguments, self._context)
        return manager.createInstanceWithContext(name, self._context)

    def sheet(self, book: int, sheet: str) -> Any:
        """A sheet by its name."""
        return self.books[book].Sheets.getByName(sheet)

    def block(self, book: int, sheet: str, area: list[int]) -> Any:
        """A range of cells."""
        return block_of(self.sheet(book, sheet), area)

    def open_sheet(self, book: int, sheet: str) -> Any:
        """A sheet that may be changed. Raises Refusal for a protected one."""
        found = self.sheet(book, sheet)
        if found.isProtected():
            raise Refusal("protected", sheet=sheet)
        return found

    def open_block(self, book: int, sheet: str, area: list[int]) -> Any:
        """A range whose looks may be changed. Raises Refusal on a protected sheet."""
        return block_of(self.open_sheet(book, sheet), area)

    def typed_block(self, book: int, sheet: str, area: list[int]) -> Any:
        """A range that may be typed into. Raises Refusal for a locked cell of a protected sheet."""
        found = self.sheet(book, sheet)
        block = block_of(found, area)
        if found.isProtected() and any(group.CellProtection.IsLocked for group in like_cells(block)):
            raise Refusal("protected", sheet=sheet)
        return block

    def open_structure(self, book: int) -> Any:
        """The sheets of a book that may be added to. Raises Refusal where its structure is protected."""
        found = self.books[book]
        if found.isProtected():
            raise Refusal("structure", file=self.paths.get(book))
        return found.Sheets


def block_of(sheet: Any, area: list[int]) -> Any:
    """A range of a sheet."""
    row, column, rows, columns = area
    return sheet.getCellRangeByPosition(column - 1, row - 1, column + columns - 2, row + rows - 2)


def area_of(address: Any) -> list[int]:
    """The area of a range address."""
    rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
    return [address.StartRow + 1, address.StartColumn + 1, rows, columns]


def like_cells(block: Any) -> list[Any]:
    """The cells of a range in groups of the same looks."""
    groups = block.getUniqueCellFormatRanges()
    return [groups.getByIndex(number) for number in range(groups.Count)]


def places(group: Any, block: Any) -> Iterator[tuple[int, int]]:
    """Where the cells of a group lie in the range that they are of: row and column, from 0."""
    first = block.RangeAddress
    for address in group.RangeAddresses:
        for row in range(address.StartRow, address.EndRow + 1):
            for column in range(address.StartColumn, address.EndColumn + 1):
                yield row - first.StartRow, column - first.StartColumn


def used_area(sheet: Any) -> list[int]:
    """The area from the first to the last cell that holds or looks like something; A1 on an empty sheet."""
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return area_of(cursor.RangeAddress)
