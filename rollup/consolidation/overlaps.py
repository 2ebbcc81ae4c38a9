"""Items that several files state: differently, which is a conflict, or alike, which may be the same money twice.

Two files state the same item where its wording is the same, spelling aside and as the officer's list takes it, under
the same agency where all of them name one, and in the same innermost group where all of them stand in one. What they
state is compared as a whole, and by source and year as far as all are divided so. Nobody wins: all rows are added.
Totals that a file does not break down are no items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from operator import attrgetter

from budget.numbers import EXACT
from budget.rollup import ZERO
from faults import Text
from rollup.consolidation.naming import Kind, key
from rollup.consolidation.spool import Spool, Stated
from validators.tables.wording import is_total_row

_NUMBER = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zA-ZđĐ])[.)]? +")  # before the wording of a group


@dataclass(frozen=True, slots=True)
class Statement:
    """What one file states of an item: the sum in đồng, and the first of its rows."""

    first: Stated
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Overlap:
    """An item of several files. `difference`: what they differ in, None: nothing, they state the same."""

    item: str
    agency: str
    group: str
    statements: tuple[Statement, ...]
    difference: Text | None


def overlaps(spool: Spool) -> Iterator[Overlap]:
    """The items that several files state, in the order in which they first appear."""
    for _, stated in groupby(spool.shared(), attrgetter("item")):
        rows = [row for row in stated if not is_total_row(row.item_name)]
        for part in _told_apart(rows):
            if len({row.file for row in part}) > 1:
                yield _overlap(part)


def _told_apart(rows: Sequence[Stated]) -> Iterator[list[Stated]]:
    """The rows of one wording, by what all of them name of agency and group."""
    axes: list[Callable[[Stated], Hashable]] = []
    if all(row.agency for row in rows):
        axes.append(attrgetter("agency"))
    if all(row.groups for row in rows):
        axes.append(lambda row: key(Kind.ITEM, _NUMBER.sub("", row.groups[-1])))
    parts: dict[Hashable, list[Stated]] = {}
    for row in rows:
        parts.setdefault(tuple(axis(row) for axis in axes), []).append(row)
    yield from parts.values()


def _overlap(rows: Sequence[Stated]) -> Overlap:
    by_file: dict[int, list[Stated]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    first = rows[0]
    statements = tuple(Statement(each[0], _sums(each, lambda _: None)[None]) for each in by_file.values())
    return Overlap(
        first.item_name,
        first.agency_name or "",
        first.groups[-1] if first.groups else "",
        statements,
        _difference(list(by_file.values())),
    )


def _difference(files: Sequence[Sequence[Stated]]) -> Text | None:
    for said, names in _DIVISIONS:
        if all(getattr(row, name) is not None for rows in files for row in rows for name in names):
            first, *others = (_sums(rows, partial(_values, names)) for rows in files)
            if any(other != first for other in others):
                return said
    return None


def _values(names: Sequence[str], row: Stated) -> Hashable:
    return tuple(getattr(row, name) for name in names)


def _sums(rows: Sequence[Stated], division: Callable[[Stated], Hashable]) -> dict[Hashable, Decimal]:
    """The sums of rows by a division; what is nothing is left out of one."""
    found: dict[Hashable, Decimal] = {}
    for row in rows:
        part = division(row)
        found[part] = EXACT.add(found.get(part, ZERO), row.amount)
    return {part: amount for part, amount in found.items() if amount or part is None}


_DIVISIONS: Sequence[tuple[Text, tuple[str, ...]]] = (
    (Text("số tiền khác nhau", "the amounts differ"), ()),
    (Text("tổng bằng nhau nhưng chia theo nguồn khác nhau", "the same in all, but other sources"), ("source",)),
    (Text("tổng bằng nhau nhưng chia theo năm khác nhau", "the same in all, but other years"), ("year",)),
    (Text("tổng bằng nhau nhưng chia theo nguồn, năm khác nhau", "the same in all, divided otherwise"),
     ("source", "year")),
)  # fmt: skip
