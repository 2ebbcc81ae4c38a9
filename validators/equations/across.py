"""Sums across the columns of a row: over sources, over years, over both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from validators.equations.evidence import Scales, Sum, Tally
from validators.tables.model import AppendixTable, Column, Role, RowKind, Span
from validators.tables.wording import bare, folded

_DIFFERENCE = re.compile(r"\b(?:tang|giam|chenh lech|con lai|con thieu|thieu|thua|chua|so sanh)\b")
_RUNNING = re.compile(r"\b(?:luy ke|cong don|den)\b")
_WEAK = 3  # telling sums that a reading needs which no heading names
_OF_ONE = (Role.SOURCE, Role.YEAR, Role.SOURCE_YEAR)
_PROBED = 8  # rows
_GLANCED = 5  # of those: what fails in all of them fails
_LONGEST_RUN = 6  # columns, where no heading says what they make up
_TRIED = 14  # columns among which differences are looked for

_COLUMN = itemgetter(1)
Signed = tuple[tuple[int, int], ...]  # (sign, column)


class Reading(NamedTuple):
    """A column as the sum of others: `named` where a heading says so. `tally` is what the figures say of it."""

    total: int
    parts: Signed
    named: bool
    tally: Tally

    @property
    def solid(self) -> bool:
        """Whether a row that contradicts the reading is a mistake, and not a sign of another reading."""
        return self.tally.holds >= self.tally.fails


def readings(table: AppendixTable, scales: Scales) -> tuple[Reading, ...]:
    """The sums across columns that the figures bear out."""
    rows = [row.index for row in table.rows if row.kind is not RowKind.TEXT]
    found: list[Reading] = []
    header = _Header(table)
    stated = [column for column in table.columns if column.formula and not column.role.is_amount]
    counts = [column for column in table.of_role(Role.QUANTITY) if column.year is None and not column.formula]
    for column in dict.fromkeys([*table.summable, *stated, *counts]):
        tried = []
        filled = [row for row in rows if (row, column.index) in table.figures]
        for parts, named in header.candidates(column):
            if _is_of_other_years(table, column, parts) or (not named and _is_of_years(table, column, parts)):
                continue
            if not named and scales.weigh(_sums(column.index, parts, filled[:_GLANCED])).fails == _GLANCED:
                continue
            probe = scales.weigh(_sums(column.index, parts, filled[:_PROBED]))
            if probe.fails <= probe.holds + 1 or (named and (probe.holds or len(filled) <= _PROBED)):
                whole = len(filled) <= _PROBED
                tally = probe if whole else scales.weigh(_sums(column.index, parts, filled))
                tried.append(Reading(column.index, parts, named, tally))
        found += _chosen(tried, column, scales)
    return tuple(_independent(_disjoint(found)))


def _is_of_other_years(table: AppendixTable, column: Column, parts: Signed) -> bool:
    """Whether a sum for a column of one year has parts of others: it adds them up where it says so alone."""
    if column.year is None or column.formula or _RUNNING.search(bare(column.heading)):
        return False
    years = {table.column_at[part].year for _, part in parts} - {None, column.year}
    return bool(years) and all(sign > 0 for sign, _ in parts)


def _is_of_years(table: AppendixTable, column: Column, parts: Signed) -> bool:
    """Whether the amounts of a source are added up of the years of all of them: as equal as these often are, by chance
    alone.
    """
    return column.role is Role.SOURCE and any(table.column_at[part].role is Role.YEAR for _, part in parts)


def _sums(total: int, parts: Signed, rows: Sequence[int]) -> list[Sum]:
    """The sum of each row. A reading that fails in the first rows is tried on no others."""
    return [Sum((row, total), tuple([(sign, (row, part)) for sign, part in parts])) for row in rows]


def _accepted(reading: Reading, column: Column, scales: Scales) -> bool:
    """Whether the figures bear a reading out; rows of the same total bear it out but once: an item and its group.

    That the amounts of a source or of a year are made of others must not be belied by rows without these.
    """
    tally = reading.tally
    if reading.named:
        return tally.holds > 0 and tally.holds >= tally.fails
    different = {value for each in tally.sums if (value := scales.value(each.total))}
    fails = tally.fails + (_belied(reading, scales) if column.role in _OF_ONE else 0)
    return tally.telling >= _WEAK and tally.holds >= 3 * fails and len(different) > 1


def _belied(reading: Reading, scales: Scales) -> int:
    """How many rows have the total of a reading without any part of it, or parts alone."""
    found = 0
    for row in scales.table.rows:
        parts = any(scales.value((row.index, part)) for _, part in reading.parts)
        found += row.kind is not RowKind.TEXT and parts is not bool(scales.value((row.index, reading.total)))
    return found


def _chosen(tried: Sequence[Reading], column: Column, scales: Scales) -> Iterator[Reading]:
    """The best reading of a column, and those over quite other columns that hold as well: by year and by source."""
    order = {id(reading): place for place, reading in enumerate(tried)}
    good = [reading for reading in tried if _accepted(reading, column, scales)]
    good.sort(key=lambda each: (-each.tally.ratio, -each.tally.telling, -len(each.parts), order[id(each)]))
    taken: list[Reading] = []
    for reading in good:
        columns = {part for _, part in reading.parts}
        fresh = all(not columns & {part for _, part in each.parts} for each in taken)
        if not taken or (fresh and reading.tally.telling > 1 and reading.tally.ratio >= taken[0].tally.ratio / 2):
            taken.append(reading)
    yield from taken


def _disjoint(found: Sequence[Reading]) -> list[Reading]:
    """Without sums of a column and of parts of it, or of one that is a part itself; what holds better is believed."""
    kept: list[tuple[Reading, set[int]]] = []
    for reading in sorted(found, key=lambda each: (not each.named, -each.tally.ratio, -each.tally.holds)):
        parts = {column for _, column in reading.parts}
        if not _is_sum(reading) or not any(
            (reading.total in others and parts & {*others, other.total})
            or (other.total in parts and parts & {*others, reading.total})
            for other, others in kept
            if _is_sum(other)
        ):
            kept.append((reading, parts))
    taken = {id(reading) for reading, _ in kept}
    return [reading for reading in found if id(reading) in taken]


def _is_sum(reading: Reading) -> bool:
    return all(sign > 0 for sign, _ in reading.parts)


def _independent(found: Sequence[Reading]) -> Iterator[Reading]:
    """Without differences that say no more than a sum does: plan = done + remaining, remaining = plan - done."""
    known: list[set[int]] = []
    for reading in sorted(found, key=lambda each: (not _is_sum(each), not each.named)):
        columns = {reading.total, *(column for _, column in reading.parts)}
        if not _is_sum(reading) and any(columns <= other for other in known):
            continue
        known.append(columns)
        yield reading


class _Header:
    """The header as a tree of labels over the amount columns."""

    def __init__(self, table: AppendixTable) -> None:
        self._table = table
        self._amounts = [column.index for column in table.summable]
        self._known: dict[tuple[int, int], list[int]] = {}
        self._spans = [span for span in table.labels if span.left < span.right and len(self._within(span)) > 1]

    def _within(self, span: Span) -> list[int]:
        key = (span.left, span.right)
        if key not in self._known:
            self._known[key] = [column for column in self._amounts if span.left <= column <= span.right]
        return self._known[key]

    def candidates(self, column: Column) -> Iterator[tuple[Signed, bool]]:
        """What a column could be the sum of; the likeliest first."""
        seen: set[Signed] = set()
        for parts, named in self._all(column):
            signed = tuple(sorted(parts, key=_COLUMN))
            if signed and signed not in seen and all(part != column.index for _, part in signed):
                seen.add(signed)
                yield signed, named

    def _all(self, column: Column) -> Iterator[tuple[Signed, bool]]:
        if column.formula:
            yield column.formula, True
        if column.role is Role.QUANTITY and self._table.amounts:
            yearly = [each.index for each in self._table.of_role(Role.QUANTITY) if each.year is not None]
            yield tuple((1, each) for each in yearly), False
            return
        total = column.role is Role.TOTAL
        for parts in self._beside(column):
            if len(parts) > 1 or (total and parts):
                yield tuple((1, part) for part in parts), total and len(parts) > 1
        for run in self._runs(column.index):
            yield tuple((1, part) for part in run), False
        for parts in self._same_label(column):
            yield tuple((1, part) for part in parts), total or (column.role is Role.SOURCE and len(parts) > 1)
        if _DIFFERENCE.search(bare(" ".join(column.path))):
            tried = [each for each in self._amounts if each != column.index][:_TRIED]
            yield from ((((1, first), (-1, second)), False) for first in tried for second in tried if first != second)

    def _beside(self, column: Column) -> Iterator[list[int]]:
        """The columns at the right, at the left, on both sides, within ever wider labels."""
        index = column.index
        around = sorted((span for span in self._spans if span.left <= index <= span.right), key=_width)
        inner = range(index, index + 1)
        whole = Span(0, min(self._amounts), max(self._amounts), "")
        for span in [*around, whole]:
            columns = [each for each in self._within(span) if each not in inner]
            right = [each for each in columns if each > index]
            left = [each for each in columns if each < index]
            if column.role is Role.TOTAL or columns in (right, left) or span is not whole:
                yield self._reduced(list(takewhile(self._is_part, right)), span)
                yield self._reduced(right, span)
                yield self._reduced(left[::-1], span)
                yield self._reduced(columns, span)
            for child in self._children(span, index):
                yield self._reduced(self._untotalled(child), child)
            inner = range(span.left, span.right + 1)

    def _untotalled(self, span: Span) -> list[int]:
        """The columns of a label but for those that add up the others."""
        within = self._within(span)
        return [each for each in within if self._table.column_at[each].role is not Role.TOTAL] or within

    def _runs(self, index: int) -> Iterator[list[int]]:
        """The amounts right before a column, and right after it, two and more of them."""
        left = [each for each in self._amounts if each < index]
        right = [each for each in self._amounts if each > index]
        for count in range(2, _LONGEST_RUN + 1):
            if len(left) >= count:
                yield left[-count:]
            if len(right) >= count:
                yield right[:count]

    def _is_part(self, index: int) -> bool:
        """Whether a column is no total that stands by itself."""
        return self._table.column_at[index].role is not Role.TOTAL or any(
            span.left <= index <= span.right for span in self._spans
        )

    def _children(self, outer: Span, index: int) -> Iterator[Span]:
        """The labels right below `outer`, but those above the column itself."""
        inner = [
            span for span in self._spans if outer.left <= span.left and span.right <= outer.right and span != outer
        ]
        for span in inner:
            if not span.left <= index <= span.right:
                yield span

    def _reduced(self, columns: Sequence[int], outer: Span) -> list[int]:
        """Of each narrower label the total alone where it has one, else all."""
        left, kept = set(columns), []
        inner = [
            span for span in self._spans if _width(span) < _width(outer) and set(self._within(span)) <= set(columns)
        ]
        for span in sorted(inner, key=_width, reverse=True):
            within = [column for column in self._within(span) if column in left]
            if not within:
                continue
            totals = [column for column in within if self._table.column_at[column].role is Role.TOTAL]
            if totals and len(within) > 1 and totals[0] in (within[0], within[-1]):
                kept.append(totals[0])
                left -= set(within)
        return sorted([*kept, *left])

    def _same_label(self, column: Column) -> Iterator[list[int]]:
        """The columns of the same label under other labels beside the one that this column stands under."""
        around = [span for span in self._spans if span.left <= column.index <= span.right]
        for span in sorted(around, key=_width):
            peers = [
                each
                for each in self._table.summable
                if not span.left <= each.index <= span.right and folded(each.path[-1]) == folded(column.path[-1])
            ]
            yield [each.index for each in peers if each.year is not None] if column.year is None else []
            yield [each.index for each in peers]


def _width(span: Span) -> int:
    return span.right - span.left
