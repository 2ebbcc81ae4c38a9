"""Sheets of books that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

import itertools
import numbers
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.engines.addresses import COLUMNS, ROWS, Area, parse
from addin.engines.charts import Charts
from addin.engines.formulas import sheet_prefix
from addin.engines.names import Names, Tables
from addin.engines.ranges import Range
from addin.engines.ranges.notes import Note
from faults import InputFault, Text

if TYPE_CHECKING:
    from addin.engines.books import Book

_LONGEST_NAME = 31
_VISIBLE, _HIDDEN, _VERY_HIDDEN = -1, 0, 2  # Excel's XlSheetVisibility


class Sheets(base_classes.Sheets):
    """The sheets of a book, in order."""

    def __init__(self, book: Book, sheets: Sequence[Sheet]) -> None:
        self._book, self._sheets = book, sheets

    @property
    def api(self) -> Sheets:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def active(self) -> Sheet:
        """The sheet that is shown."""
        return self(self._book.call("active_sheet"))

    def __call__(self, name_or_index: str | int) -> Sheet:
        """The sheet of that name or number, from 1. Raises KeyError."""
        if isinstance(name_or_index, str):
            for sheet in self._sheets:
                if sheet.name.lower() == name_or_index.lower():
                    return sheet
        elif 1 <= name_or_index <= len(self._sheets):
            return self._sheets[name_or_index - 1]
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(list(self._sheets))

    def __contains__(self, name: str) -> bool:
        return any(sheet.name.lower() == str(name).lower() for sheet in self._sheets)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """An empty sheet, before the active one where nothing else is said; it is then the active one."""
        if before is None and after is None:
            before = self.active
        index = before.index - 1 if before is not None else after.index  # type: ignore[union-attr]
        name = name or next(each for each in (f"Sheet{number}" for number in itertools.count(1)) if each not in self)
        self._book.rearranged(self._book.call("add_sheet", name, index))
        return self(name)


class Sheet(base_classes.Sheet):
    """A sheet. `very_hidden`: where it is hidden, only a macro can show it."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name
        self.very_hidden = False

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to LibreOffice about this sheet."""
        return self._book.call(operation, self._name, *arguments)

    @property
    def api(self) -> SheetApi:
        """A few members of Excel's `Worksheet`."""
        return SheetApi(self)

    @property
    def book(self) -> Book:
        """The book that it is in."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        names = self.call("rename_sheet", value)
        self._name = value
        self._book.rearranged(names)

    @property
    def index(self) -> int:
        """Its place among the sheets, from 1."""
        return next(place for place, sheet in enumerate(self._book.sheets, 1) if sheet is self)

    @property
    def visible(self) -> int:
        """As Excel has it: -1 where it is shown, 0 where it is hidden, 2 where only a macro can show it."""
        if self.call("is_shown"):
            return _VISIBLE
        return _VERY_HIDDEN if self.very_hidden else _HIDDEN

    @visible.setter
    def visible(self, value: int) -> None:
        """Raises InputFault where it is the only visible sheet."""
        if not self.call("show_sheet", value in (True, _VISIBLE)):
            raise InputFault(
                Text("không ẩn được trang hiện duy nhất", "the only visible sheet cannot be hidden"),
                place=Text(f"trang “{self._name}”", f"sheet “{self._name}”"),
            )
        self.very_hidden = value is not True and value == _VERY_HIDDEN

    def area(self, area: Sequence[int]) -> Range:
        """The cells of an area: row, column, rows, columns."""
        return Range(self, Area(*area))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, name, row and column, or between two such corners."""
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return self.area(arg1)
        if isinstance(arg1, numbers.Number) and isinstance(arg2, numbers.Number):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        return first if arg2 is None else Range(self, first.place.joined(self._corner(arg2).place))

    def _corner(self, given: Any) -> Range:
        if isinstance(given, Range):
            return given
        if isinstance(given, tuple):
            if 0 in given:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return self.area((*given, 1, 1))
        if "," in given:
            raise NotImplementedError(f"a range of several areas: {given}")
        sheet, _, address = str(given).rpartition("!")
        home = self if not sheet else self._book.sheets(sheet.strip("'").replace("''", "'"))
        area = parse(address.strip())
        return home.names.range_of(address) if area is None else Range(home, area)

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.area((1, 1, ROWS, COLUMNS))

    @property
    def used_range(self) -> Range:
        """The cells from the first to the last that hold or look like something."""
        return self.area(self.call("used"))

    @property
    def names(self) -> Names:
        """The names that are known on this sheet alone."""
        return Names(self._book, self)

    @property
    def notes(self) -> list[Note]:
        """Its notes, read at once."""
        return [Note(self.area((row, column, 1, 1)), author, text) for row, column, author, text in self.call("notes")]

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def charts(self) -> Charts:
        """Its charts."""
        return Charts(self)

    @property
    def page_setup(self) -> PageSetup:
        """How it is printed."""
        return PageSetup(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """The rows and columns that stay in sight."""
        return FreezePanes(self)

    def activate(self) -> None:
        """Show it."""
        self.call("activate_sheet")

    def select(self) -> None:
        """Show it."""
        self.activate()

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Take all looks away."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Empty all cells and take their looks away."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit `rows`, `columns` or both to what they hold."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Remove it."""
        self._book.rearranged(self.call("remove_sheet"))

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy it before or after another sheet, of this book or of another."""
        beside = before or after or self._book.sheets(len(self._book.sheets))
        target = beside.book
        index = beside.index - 1 if before is not None else beside.index
        name = _copy_name(self._name, [sheet.name for sheet in target.sheets])
        if target is self._book:
            names = self.call("copy_sheet", name, index)
        else:
            names = self.call("import_sheet", target.number, name, index)
        target.rearranged(names)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Place it before or after another sheet of its book."""
        index = before.index - 1 if before is not None else after.index  # type: ignore[union-attr]
        self._book.rearranged(self.call("move_sheet", index))


def _copy_name(name: str, taken: Sequence[str]) -> str:
    """The name that Excel gives a copy: the same in another book, else `name (2)`, and so on."""
    known = {each.lower() for each in taken}
    if name.lower() not in known:
        return name
    stem = re.sub(r" \([0-9]+\)$", "", name)
    for number in itertools.count(2):
        suffix = f" ({number})"
        wanted = stem[: _LONGEST_NAME - len(suffix)] + suffix
        if wanted.lower() not in known:
            return wanted
    raise AssertionError("there are more numbers than sheets")


class SheetApi:
    """The members of Excel's `Worksheet` that the add-in asks for."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - as Excel calls it
        """Whether its cells are protected."""
        return bool(self._sheet.call("is_protected"))

    @property
    def Visible(self) -> int:  # noqa: N802
        """-1: shown, 0: hidden, 2: hidden, and only a macro can show it."""
        return self._sheet.visible

    @Visible.setter
    def Visible(self, value: int) -> None:  # noqa: N802
        self._sheet.visible = value

    def ResetAllPageBreaks(self) -> None:  # noqa: N802
        """Let pages end where they are full."""
        self._sheet.call("clear_page_breaks")

    @property
    def HPageBreaks(self) -> PageBreaks:  # noqa: N802
        """Where pages begin."""
        return PageBreaks(self._sheet)


class PageBreaks:
    """The members of Excel's `HPageBreaks` that the add-in asks for."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def Add(self, before: Range) -> None:  # noqa: N802 - as Excel calls it
        """Begin a page with the row of a range."""
        self._sheet.call("break_page", before.place.row)


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> PageSetup:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def print_area(self) -> str | None:
        """What is printed, as `$A$1:$K$50`, several areas with commas between; None: the whole sheet."""
        areas = self._sheet.call("print_areas")
        return ",".join(Area(*area).address() for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = [self._sheet.range(each).place for each in value.split(",")] if value else []
        self._sheet.call("forget_print_name", "Print_Area")
        self._sheet.call("set_print_areas", areas)

    def _repeat_rows(self, rows: str) -> None:
        place = self._sheet.range(rows).place if rows else None
        self._sheet.call("forget_print_name", "Print_Titles")
        self._sheet.call("set_title_rows", *((place.row, place.row + place.rows - 1) if place else (0, 0)))

    def _repeat_columns(self, columns: str) -> None:
        place = self._sheet.range(columns).place if columns else None
        self._sheet.call("forget_print_name", "Print_Titles")
        self._sheet.call("set_title_columns", *((place.column, place.column + place.columns - 1) if place else (0, 0)))

    PrintTitleRows = property(fset=_repeat_rows, doc="The rows that each page repeats, as `$5:$6`; none: empty.")
    PrintTitleColumns = property(fset=_repeat_columns, doc="The columns that each page repeats, as `$A:$A`.")


class FreezePanes(base_classes.FreezePanes):
    """The first rows and columns of a sheet that stay in sight."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze what ends with a range: `1:2` two rows, `A:A` one column, `A1` a row and a column."""
        place = self._sheet.range(frozen_range).place
        rows = 0 if place.rows == ROWS else place.row + place.rows - 1
        columns = 0 if place.columns == COLUMNS else place.column + place.columns - 1
        self._sheet.call("freeze", rows, columns)

    def unfreeze(self) -> None:
        """Freeze nothing."""
        self._sheet.call("freeze", 0, 0)


def external_address(sheet: Sheet, address: str) -> str:
    """An address with book and sheet: `'[Sổ 1.xlsx]Phụ lục'!$A$1`."""
    return sheet_prefix(f"[{sheet.book.name}]{sheet.name}") + address
