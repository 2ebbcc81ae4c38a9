"""The numbers of lists: what each counts, and what is missing or stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count, pairwise

from validators.keeping import kept
from validators.rules._rows import lists, number_place
from validators.tables.model import AppendixTable, Row
from validators.tables.numbering import ALPHABET, FOREIGN, OPTIONAL, Scheme, parse_number_mark

_LETTERS = (Scheme.LETTER, Scheme.CAPITAL)
_ROMANS = (Scheme.ROMAN, Scheme.SMALL_ROMAN)
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ELLIPSIS = re.compile(r"(?=[.\s]*…|[.\s]*?\.\.)[.…\s]+")


@dataclass(frozen=True)
class Counted:
    """A row and the place that its number has in its list."""

    row: Row
    ordinal: int
    scheme: Scheme


@dataclass(frozen=True)
class Fault:
    """A number that does not follow the one before it. `missing`: those that are skipped; empty: it stands twice."""

    before: Counted
    row: Row
    expected: str
    missing: tuple[str, ...] = ()


@kept
def faults(table: AppendixTable) -> tuple[Fault, ...]:
    """The numbers of a table that skip some or stand twice.

    Where many do, the column holds codes, or what is left of a longer list, and nothing is wrong with it.
    """
    search = _Search(table)
    found = list(search.faults())
    gaps = sum(bool(fault.missing) for fault in found)
    few = {True: _are_few(gaps, search.steps), False: _are_few(len(found) - gaps, search.steps)}
    return tuple(fault for fault in found if few[bool(fault.missing)])


def _are_few(faulty: int, steps: int) -> bool:
    return faulty == 1 or 2 * faulty <= steps


class _Search:
    """Goes through the lists of a table from the top; `steps`: how often one number follows another."""

    def __init__(self, table: AppendixTable) -> None:
        self._table = table
        runs = [run for rows in lists(table) for run in _runs(table, rows)]
        self._runs = sorted(runs, key=lambda run: run[0].row.index)
        self._seen = {(_kind(each), each.ordinal, each.row.bold) for run in runs for each in run}
        self.steps = 0

    def faults(self) -> Iterator[Fault]:
        """What does not follow."""
        last: dict[tuple[Scheme, str], Counted] = {}
        going_on = _going_on(self._runs)
        for run in self._runs:
            before = last.get(_kind(run[0]))
            runs_on = before is not None and going_on and run[0].ordinal > before.ordinal + 1
            yield from self._within([before, *run] if before and runs_on else run)
            last[_kind(run[-1])] = run[-1]

    def _within(self, run: Sequence[Counted]) -> Iterator[Fault]:
        here = {counted.ordinal for counted in run}
        at = run[0].ordinal  # where counting stands
        for place, (before, counted) in enumerate(pairwise(run), 1):
            self.steps += 1
            after = run[place + 1].ordinal if place + 1 < len(run) else None
            if _is_repeat(before, counted, at, after, here):
                yield Fault(before, counted.row, _printed(counted, _next(counted.scheme, at)))
                at = at + 1 if after == at + 2 else at
                continue
            if missing := self._missing(before, counted, at, here):
                skipped = tuple(_printed(counted, each) for each in missing)
                yield Fault(before, counted.row, skipped[0], skipped)
            at = counted.ordinal

    def _missing(self, before: Counted, counted: Counted, at: int, here: set[int]) -> list[int]:
        """The numbers that are skipped before one, and stand nowhere else in its list.

        A list within a list that counts in the same way is told by its looks: bold outside, plain inside.
        """
        missing = [each for each in _between(counted.scheme, at, counted.ordinal) if each not in here]
        if before.row.bold != counted.row.bold:
            missing = [each for each in missing if (_kind(counted), each, counted.row.bold) not in self._seen]
        return [] if missing and _stand_between(self._table, before.row, counted, missing) else missing


def _kind(counted: Counted) -> tuple[Scheme, str]:
    number = parse_number_mark(counted.row.number)
    return counted.scheme, number.prefix if number else ""


def _going_on(runs: Sequence[Sequence[Counted]]) -> bool:
    """Whether lists of a table go on from one group to the next: 1 to 3 in I, 4 to 6 in II."""
    last: dict[tuple[Scheme, str], int] = {}
    for run in runs:
        kind = _kind(run[0])
        if run[0].ordinal > 1 and last.get(kind) == run[0].ordinal - 1:
            return True
        last[kind] = run[-1].ordinal
    return False


def _runs(table: AppendixTable, rows: Sequence[Row]) -> Iterator[list[Counted]]:
    """The numbered rows of a list; a number 1 begins anew, and so does another prefix."""
    run: list[Counted] = []
    for row in rows:
        counted = _counted(table, row, run[-1] if run else None)
        if counted is None:
            continue
        again = counted.ordinal == 1 and run and (run[-1].ordinal > 1 or run[-1].row.bold != row.bold)
        if run and (again or _kind(run[-1]) != _kind(counted)):
            yield run
            run = []
        run.append(counted)
    if run:
        yield run


def _counted(table: AppendixTable, row: Row, before: Counted | None) -> Counted | None:
    number = parse_number_mark(row.number)
    if number is None or number.ordinal is None:
        return None
    scheme, ordinal = number.scheme, number.ordinal
    if row.list in _ROMANS and number.roman:
        scheme, ordinal = Scheme(row.list), number.roman
    place = number_place(table, row)
    typed = table.grid.value(place.row, place.column)
    if scheme is Scheme.DOTTED and isinstance(typed, Decimal) and before and ordinal * 10 == before.ordinal + 1:
        ordinal *= 10  # 2.10, typed as the number 2.1
    return Counted(row, ordinal, scheme)


def _is_repeat(before: Counted, counted: Counted, at: int, after: int | None, here: set[int]) -> bool:
    """Whether a number stands twice: twice in a row, or once where the list goes on as if it were the next one."""
    if counted.ordinal == before.ordinal:
        return counted.row.bold == before.row.bold
    return counted.ordinal < at and after == at + 2 and at + 1 not in here


def _between(scheme: Scheme, first: int, last: int) -> list[int]:
    optional = OPTIONAL if scheme in _LETTERS else set()
    return [each for each in range(first + 1, last) if each not in optional]


def _next(scheme: Scheme, ordinal: int) -> int:
    foreign = FOREIGN if scheme in _LETTERS else set()
    return next(each for each in count(ordinal + 1) if each not in foreign)


def _stand_between(table: AppendixTable, before: Row, counted: Counted, missing: Sequence[int]) -> bool:
    """Whether the missing numbers stand at rows that are no items (a numbered total), or dots stand for them."""
    left = set(missing)
    for column in table.grid.by_row.get(before.index, ()):
        for index in range(before.index + 1, counted.row.index):
            value = table.grid.value(index, column)
            if isinstance(value, str) and _ELLIPSIS.fullmatch(value):
                return True
            number = parse_number_mark(value)
            if number and number.ordinal and column == number_place(table, counted.row).column:
                left -= {number.roman or 0, number.ordinal}
    return not left


def _printed(like: Counted, ordinal: int) -> str:
    """A number of the same look: "(3)" like "(5)", "2.3" like "2.5", "IV" like "VI"."""
    printed = like.row.number
    if like.scheme in _ROMANS:
        new = _roman(ordinal)
    elif like.scheme in _LETTERS:
        new = ALPHABET[min(ordinal, len(ALPHABET)) - 1]
    else:
        return re.sub(r"\d+(?=\D*$)", str(ordinal), printed)
    upper = like.scheme in (Scheme.ROMAN, Scheme.CAPITAL)
    return re.sub(r"[^\W\d_]+", new.upper() if upper else new.lower(), printed, count=1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
