"""What the cells of ranges hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.formula.translate import Translator

from addin.engines.addresses import COLUMNS, ROWS
from addin.engines.formulas import to_excel, to_office
from addin.engines.ranges.places import Placed
from addin.engines.values import com_value, typed_value


class Contents(Placed):
    """Values and formulas of cells, read and written as whole blocks."""

    @property
    def raw_value(self) -> Any:
        """As COM gives it: one value of one cell, rows of values of more."""
        return _outward([[com_value(value) for value in row] for row in self._read("values")])

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self._write(value)

    @property
    def formula(self) -> Any:
        """What was typed, always as text: one of one cell, rows of more. A text that begins with `=` reads the same."""
        sheets = [sheet.name for sheet in self.book.sheets]
        return _outward([[_typed(each, sheets) for each in row] for row in self._read("formulas")])

    @formula.setter
    def formula(self, value: Any) -> None:
        self._write(value)

    formula2 = formula

    def _read(self, operation: str) -> list[list[Any]]:
        """Rows of a block; of whole rows or columns what is used is read, the rest is empty."""
        place = self.place
        if place.rows < ROWS and place.columns < COLUMNS:
            return self.call(operation)  # type: ignore[no-any-return]
        shared = place.shared(self._sheet.used_range.place)
        empty = [None] * place.columns
        rows: list[list[Any]] = [empty] * place.rows
        if shared is not None:
            left, right = shared.column - place.column, place.column + place.columns - shared.column - shared.columns
            for number, row in enumerate(self.at(shared).call(operation), shared.row - place.row):
                rows[number] = [None] * left + row + [None] * right
        return rows

    def _write(self, value: Any) -> None:
        """Type a value into every cell, a formula as if filled, or a block, row by row."""
        if isinstance(value, list | tuple):
            if not isinstance(value[0], list | tuple):
                value = [value]
            rows = [[typed_value(each) for each in row] for row in value]
        elif isinstance(value, str) and value.startswith("=") and len(self) > 1:
            origin = self(1, 1).get_address(False, False, False)
            rows = [[to_office(_filled(value, origin, cell)) for cell in row] for row in self._cells()]
        else:
            rows = [[typed_value(value)] * self.place.columns] * self.place.rows
        self.at(self.place._replace(rows=len(rows), columns=len(rows[0]))).call("write", rows)

    def _cells(self) -> list[list[str]]:
        return [
            [self(row, column).get_address(False, False, False) for column in range(1, self.place.columns + 1)]
            for row in range(1, self.place.rows + 1)
        ]

    @property
    def formula_array(self) -> str | None:
        """The array formula of these cells; None: they have none."""
        formula = self.call("array_formula")
        return to_excel(formula, [sheet.name for sheet in self.book.sheets]) if formula else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.call("set_array_formula", to_office(value))

    @property
    def has_array(self) -> bool:
        """Whether an array formula fills these cells."""
        return bool(self.call("array_formula"))

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.call("clear", ["values"])

    def clear_formats(self) -> None:
        """Take their looks away, conditional ones too."""
        self.call("clear", ["looks"])

    def clear(self) -> None:
        """Empty the cells, take their looks and notes away."""
        self.call("clear", ["values", "notes", "looks"])


def _outward(rows: list[list[Any]]) -> Any:
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    return tuple(map(tuple, rows))


def _typed(value: Any, sheets: Sequence[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}".upper()
    return to_excel(value, sheets) if value.startswith("=") else value[1:]


def _filled(formula: str, origin: str, cell: str) -> str:
    """A formula filled from one cell to another."""
    return str(Translator(formula, origin).translate_formula(cell))
