"""Codes and numbers that must be unique, and codes that must name something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from budget.loading.damage import lost_zero
from budget.loading.raw import Record, nearest
from budget.plan import Appendix, Axis, Source
from faults import Text

Named = TypeVar("Named")


@dataclass(frozen=True)
class Setting:
    """What items, costings and controls are set in; by key."""

    years: tuple[int, ...]
    sources: Mapping[str, Source]
    appendices: Mapping[str, Appendix]


class Codes:
    """Codes that share one namespace. Two that differ in capitals only are one, as they are to Excel."""

    def __init__(self) -> None:
        self._seen: dict[str, Record] = {}

    def add(self, record: Record, key: str) -> str:
        """The code of a row; InputFault if another row has it."""
        code: str = record[key]
        other = self._seen.setdefault(code.casefold(), record)
        if other is not record:
            where = other.raw.place(other.row, other.headings.get(key))
            raise record.fault(key, Text(f"mã đã có ở {where.vi}", f"the code stands at {where.en} already"), code)
        return code


class Numbers:
    """Printed numbers among siblings: each once, and none that a spreadsheet has changed. Empty ones are exempt."""

    def __init__(self) -> None:
        self._seen: dict[object, dict[str, int]] = defaultdict(dict)  # by parent; dicts keep the order
        self._last: dict[object, str] = defaultdict(str)

    def add(self, record: Record, parent: object) -> str:
        """The number of a row; InputFault if a sibling has it or its zero was lost."""
        number: str = record["number"]
        if not number:
            return number
        seen = self._seen[parent]
        if meant := lost_zero(number, self._last[parent], seen):
            raise record.fault(
                "number",
                Text("bảng tính đã làm mất số 0 ở cuối số thứ tự", "a spreadsheet has dropped the number's last zero"),
                number,
                Text(f"“{meant}”, ô định dạng Text", f"“{meant}”, in a cell formatted as Text"),
            )
        if number in seen:
            raise record.fault(
                "number",
                Text(f"trùng số thứ tự với dòng {seen[number]}", f"the number stands in row {seen[number]} already"),
                number,
                Text("mỗi số một lần trong cùng dòng cha", "each number once among siblings"),
            )
        seen[number] = record.row
        self._last[parent] = number
        return number


def look_up(record: Record, key: str, known: Mapping[str, Named], code: str | None = None) -> Named:
    """What the cell `key` (or `code`, one of the codes in it) names; InputFault if there is no such thing."""
    code = record[key] if code is None else code
    if code not in known:
        names = ", ".join(list(known)[:10]) + (", ..." if len(known) > 10 else "")
        raise record.fault(
            key,
            Text("không có mã này", "there is no such code"),
            code,
            nearest(code, known) or Text(f"một trong: {names}", f"one of: {names}") if known else None,
        )
    return known[code]


def axis_of(record: Record, appendix: Appendix) -> Axis:
    """Where along the axes of its appendix a control or a reading stands; None where the cell is blank."""
    source, year = record["source"], record["year"]
    if source is not None and source not in appendix.sources:
        raise record.fault("source", no_source(appendix), source, some(appendix.sources))
    if year is not None and year not in appendix.years:
        raise record.fault("year", no_year(appendix), year, some(appendix.years))
    return Axis(source, year)


def no_source(appendix: Appendix) -> Text:
    """Why a source is out of place in an appendix."""
    if appendix.sources:
        return Text(f"phụ lục {appendix.key} không có nguồn này", f"appendix {appendix.key} has no such source")
    return Text(f"phụ lục {appendix.key} không chia theo nguồn", f"appendix {appendix.key} has no sources")


def no_year(appendix: Appendix) -> Text:
    """Why a year is out of place in an appendix."""
    if appendix.years:
        return Text(f"năm nằm ngoài giai đoạn của phụ lục {appendix.key}", "the year is outside the period")
    return Text(f"phụ lục {appendix.key} không chia theo năm", f"appendix {appendix.key} has no years")


def some(values: tuple[object, ...]) -> Text:
    """What is expected: one of the values, or nothing at all."""
    names = ", ".join(map(str, values))
    return Text(f"một trong: {names}", f"one of: {names}") if values else Text("ô trống", "an empty cell")
