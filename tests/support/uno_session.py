"""LibreOffice kept running while tests use it: open a workbook, change it, look at what follows.

The add-in's own bridge, spoken to directly: cells by address, values and formulas as LibreOffice has them.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from addin.engines.addresses import Area, parse
from addin.engines.office import Office, OfficeError, why_not

__all__ = ["Book", "OfficeError", "OfficeSession", "why_no_office"]


def why_no_office() -> str | None:
    """Why there can be no session here; None: there can."""
    reason = why_not()
    return None if reason is None else reason.en


class Book:
    """A workbook open in LibreOffice. Cells and ranges are addressed as `B3` and `B3:D9`, rows from 1."""

    def __init__(self, session: OfficeSession, number: int) -> None:
        self._session, self._number = session, number

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(self, operation: str, *arguments: object) -> Any:
        return self._session.call(operation, self._number, *arguments)

    def sheets(self) -> list[str]:
        """The names of the sheets, in order."""
        return list(self._call("sheet_names"))

    def used(self, sheet: str) -> str:
        """The used area of a sheet, such as `A1:K50`."""
        return Area(*self._call("used", sheet)).address(row_absolute=False, column_absolute=False)

    def calculate(self) -> None:
        """Calculate every formula anew."""
        self._session.call("calculate")

    def set(self, sheet: str, cell: str, value: float | Decimal | str | None) -> None:
        """Type a number or a text (never read as a formula) into a cell; None empties it."""
        typed = f"'{value}" if isinstance(value, str) else None if value is None else float(value)
        self._call("write", sheet, parse(cell), [[typed]])

    def set_formula(self, sheet: str, cell: str, formula: str) -> None:
        """Type a formula, with its `=`, in LibreOffice's own English."""
        self._call("write", sheet, parse(cell), [[formula]])

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert `count` rows above `row`."""
        self._call("insert", sheet, parse(f"{row}:{row + count - 1}"), "down", False)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Delete `count` rows from `row` on."""
        self._call("delete", sheet, parse(f"{row}:{row + count - 1}"), "up")

    def value(self, sheet: str, cell: str) -> float | str:
        """The value of one cell, as in `values`."""
        return self.values(sheet, cell)[0][0]

    def values(self, sheet: str, address: str) -> list[list[float | str]]:
        """Rows of values: float, str (empty: ""), 1.0 or 0.0 for TRUE or FALSE, days for dates, an error as shown."""
        return [[_plain(value) for value in row] for row in self._call("values", sheet, parse(address))]

    def formulas(self, sheet: str, address: str) -> list[list[str]]:
        """Rows of what the formula bar shows: `=A1+1`, `12`, `text`, and `'=1+1` for a text that looks like one."""
        return [[_shown(each) for each in row] for row in self._call("formulas", sheet, parse(address))]

    def strings(self, sheet: str, address: str) -> list[list[str]]:
        """Rows of what a reader sees, in the Vietnamese locale."""
        return list(self._call("strings", sheet, parse(address)))

    def save_as(self, path: Path) -> None:
        """Save a copy, as .xlsx, .xls, .ods or .pdf by its suffix."""
        self._call("store", str(path.resolve()), path.suffix.removeprefix("."))

    def close(self) -> None:
        """Close without saving."""
        self._call("close_book")


class OfficeSession:
    """LibreOffice with a profile and a pipe of its own, until the `with` block ends."""

    def __enter__(self) -> OfficeSession:
        self._office = Office()
        self._opened = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._office.kill()

    def open(self, path: Path) -> Book:
        """Open a copy of `path`; every formula is calculated on loading."""
        self._opened += 1
        copy = self._office.folder / f"{self._opened}{path.suffix}"
        shutil.copyfile(path, copy)
        return Book(self, self.call("open_book", str(copy), None)["book"])

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to the bridge. Raises OfficeError where it fails, or takes longer than two minutes."""
        return self._office.call(operation, *arguments)


def _plain(value: Any) -> float | str:
    if isinstance(value, dict):
        return value["error"] if "error" in value else value["serial"]  # type: ignore[no-any-return]
    if isinstance(value, bool):
        return float(value)
    return "" if value is None else value


def _shown(value: Any) -> str:
    """A text keeps its apostrophe only where it would be taken for a formula without."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return value if value[:2] == "'=" or value[:1] != "'" else value[1:]
