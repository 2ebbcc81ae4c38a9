"""How the numbering of a table goes on where a row comes in: the number of the new row, and of those that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from addin.blocks import text
from generators.wording import roman
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.numbering import ALPHABET, FOREIGN, Number, Scheme, parse_number_mark
from workbook.addresses import Cell

_FRAMED = re.compile(r"(?P<open>\(?\s*)(?P<mark>[^\s()]*?)(?P<end>\s*(?:\.?\)|[.:/])?)")
_AS_NUMBER = re.compile(r"\d+(?:\.\d*[1-9])?")  # 2.10 would become 2.1
_DD = ALPHABET.index("đ") + 1


@dataclass(frozen=True)
class Numbered:
    """An item number where it stands: a cell, the number as printed and what follows it in the cell.

    `numeric`: the cell holds a number, and no text.
    """

    row: int
    column: int
    printed: str
    rest: str = ""
    numeric: bool = False

    def content(self, printed: str) -> str:
        """What must be written to the cell for another number; what follows the number there stays."""
        return printed if self.numeric and _AS_NUMBER.fullmatch(printed) else text(printed + self.rest)

    def alone(self, printed: str) -> str:
        """What must be written to such a cell in a row that is not described yet."""
        return replace(self, rest=" " if self.rest else "").content(printed)


def numbered(table: AppendixTable, row: Row) -> Numbered | None:
    """Where the number of a row stands; None where it has none, or a formula makes it."""
    for column in table.of_role(Role.NUMBER, Role.CONTENT):
        cell = table.grid.cell(row.index, column.index)
        if not row.number or cell is None or cell.formula is not None:
            continue
        if isinstance(cell.value, Decimal):
            return Numbered(row.index, column.index, row.number, numeric=True)
        held = str(cell.value or "").lstrip()
        if held.startswith(row.number):
            return Numbered(row.index, column.index, row.number, held[len(row.number) :])
    return None


class Series:
    """The numbering that a row of a table stands in."""

    def __init__(self, table: AppendixTable, row: Row) -> None:
        self._table, self._row = table, row
        peers = [each.number for each in table.rows if each.list == row.list]
        self._letters = {
            number.ordinal
            for each in peers
            if (number := parse_number_mark(each)) and number.scheme in (Scheme.CAPITAL, Scheme.LETTER)
        }

    def next(self) -> str:
        """The number after the row's own; of a list without numbers its mark, and nothing where there is none."""
        return self.after(self._row.number)

    def after(self, printed: str) -> str:
        """The number after another one of the list, written the same way."""
        number = parse_number_mark(printed) if printed else None
        framed = _FRAMED.fullmatch(printed)
        if number is None or number.ordinal is None or framed is None:
            return printed
        following = self._following(number, framed["mark"])
        return f"{framed['open']}{following}{framed['end']}" if following else ""

    def pushed(self, bottom: int) -> Iterator[tuple[Row, str]]:
        """The rows below `bottom` that must be numbered anew when a row behind this one comes in, with their numbers.

        They are those of an unbroken run that begins with the very number that the new row gets; a list that begins
        anew stays as it is. Rows below them whose numbers begin with theirs (2.1 of 2) go along.
        """
        taken = self.next()
        if taken in ("", self._row.number):
            return
        for each in self._table.rows:
            is_peer = each.list == self._row.list or each.kind is RowKind.TOTAL
            if each.index <= bottom or each.depth != self._row.depth or not each.number or not is_peer:
                continue
            if each.number != taken:
                return
            taken = self.after(taken)
            yield each, taken
            yield from renamed(self._table, each, taken)

    def _following(self, number: Number, mark: str) -> str:
        scheme = Scheme(self._row.list) if self._row.list in (Scheme.ROMAN, Scheme.SMALL_ROMAN) else number.scheme
        assert number.ordinal is not None
        match scheme:
            case Scheme.ROMAN:
                return roman((number.roman or number.ordinal) + 1)
            case Scheme.SMALL_ROMAN:
                return roman((number.roman or number.ordinal) + 1).lower()
            case Scheme.CAPITAL:
                return self._letter_after(number.ordinal, capital=True).upper()
            case Scheme.LETTER:
                return self._letter_after(number.ordinal, capital=False)
        before, _, last = mark.rpartition(".")
        further = str(number.ordinal + 1).zfill(len(last) if last.startswith("0") else 1)
        return f"{before}.{further}" if before else further

    def _letter_after(self, ordinal: int, *, capital: bool) -> str:
        """As the list counts: with đ or without, with the letters that Vietnamese lacks or without."""
        left_out = FOREIGN - self._letters
        counts_dd = _DD in self._letters or (not capital and _DD + 1 not in self._letters)
        if not counts_dd:
            left_out |= {_DD}
        following = (place for place in range(ordinal + 1, len(ALPHABET) + 1) if place not in left_out)
        return ALPHABET[next(following, 0) - 1] if ordinal < len(ALPHABET) else ""


def running_on(table: AppendixTable, item: Row, bottom: int) -> Row | None:
    """The last part of an item, where its parts are numbered on from those of the item before, or on to the next."""
    parts = [row for row in table.children.get(item.index, ()) if row.kind is RowKind.ITEM and row.number]
    if not parts or parts[0].list != parts[-1].list:
        return None
    first = parse_number_mark(parts[0].number)
    if first is None or first.ordinal is None or first.scheme is Scheme.DOTTED:
        return None
    later = next(
        (row for row in table.rows if row.index > bottom and (row.list, row.depth) == (parts[0].list, parts[0].depth)),
        None,
    )
    goes_on = later is not None and later.number == Series(table, parts[-1]).next()
    return parts[-1] if goes_on or (first.roman or first.ordinal) > 1 else None


def renamed(table: AppendixTable, row: Row, printed: str) -> Iterator[tuple[Row, str]]:
    """The rows below one whose numbers begin with its number, as they read once it has another."""
    old, new = row.number.rstrip(".") + ".", printed.rstrip(".") + "."
    for each in table.children.get(row.index, ()):
        if each.number.startswith(old) and len(each.number) > len(old):
            number = new + each.number.removeprefix(old)
            yield each, number
            yield from renamed(table, each, number)


_SUM_OF = re.compile(r"(?P<opening>\s*(?:cộng|tổng)\s+)(?P<mark>[\w.]+?)(?P<end>\s*[.:]?\s*)", re.IGNORECASE)


def relabelled(table: AppendixTable, row: Row, printed: str) -> Iterator[tuple[Cell, str]]:
    """The totals of a row that are called after its number ("Cộng II"), with what stands there once it has another."""
    old, new = (number.strip("(). ") for number in (row.number, printed))
    for total in table.children.get(row.index, ()):
        for column, cell in table.grid.by_row[total.index].items() if total.kind is RowKind.TOTAL else ():
            found = _SUM_OF.fullmatch(cell.value) if isinstance(cell.value, str) and cell.formula is None else None
            if found and found["mark"].casefold() == old.casefold():
                yield (total.index, column), text(f"{found['opening']}{new}{found['end']}")
