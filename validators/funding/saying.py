"""What the words of a table say of each amount: funding source, year, agency, item, groups."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from validators.funding.ways import NO_FUNDS, is_accumulated, source_above
from validators.tables.model import AppendixTable, Column, Role, Row, RowKind
from validators.tables.numbering import Scheme
from validators.tables.wording import bare, folded, is_agency, is_source, is_source_line, years_in
from validators.tables.words import words_in
from workbook.addresses import Cell

_LEVEL = re.compile(  # who spends, where columns say who gives
    r"(?:cac )?cap (?:tinh|thanh pho|huyen|xa|phuong)(?: thuc hien)?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_OPENING = re.compile(
    r"^(?:(?:trong đó|bao gồm|chia ra)(?:\s*[:,\-–+*•]+\s*|\s+|$)|"
    r"(?:gồm|nguồn kinh phí|nguồn vốn)\s*(?:[:,\-–+*•]+\s*|$))+",
    re.IGNORECASE,
)
_EDGES = " \t.:;,*-–—+•"
_GRANT = re.compile(r"^((?:ngân sách )?(?:trung ương|tỉnh|thành phố|huyện|xã|phường) hỗ trợ)\b.*", re.IGNORECASE)
_ONE_YEAR = re.compile(r"(?:(?:kế hoạch|dự toán|kinh phí|nhu cầu|vốn)\s+)?(?:năm\s+)?(?:19|20)\d\d$")
_TITLE_YEAR = re.compile(r"năm (?:19|20)\d\d\b")
_NO_TITLE = re.compile(
    r"kèm theo|ban hành|quyết định|nghị quyết|công văn|\bngày\b|giai đoạn|(?:đến|từ|sau|trước) năm|định hướng|tầm nhìn"
)
_HEADED_YEAR = re.compile(r"(?:nam|nien do)(?: (?:thuc hien|ke hoach|ngan sach|bo tri|thanh toan|trien khai|chi))?")
_HEADED_SOURCES = re.compile(r"(?:ten )?(?:cac )?nguon\b")
_HEADED_SOURCE = re.compile(r"(?:tu )?nguon(?: (?:kinh phi|von|ngan sach|tai chinh|chi|thuc hien|bao dam))*")
_HEADED_AGENCIES = re.compile(
    r"(?:ten )?(?:cac )?(?:don vi|co quan|dia phuong|chu dau tu|to chuc|so,? ban|huyen|xa|phuong)\b"
)
_NO_AGENCY = re.compile(r"(?:chi (?!cuc|nhanh|hoi|bo|doan)|du phong|kinh phi|von|nguon|bo sung|ho tro|khac|con lai)\b")
_PARTNER = re.compile(r"phoi hop|\btham gia\b")
_LINES = {Scheme.SOURCE, Scheme.NONE, Scheme.BULLET, Scheme.PLUS}  # which one list may mix
_ENOUGH = 2  # rows that make a list


class Said(NamedTuple):
    """What is said of an amount; see `budget.rollup.Entry`."""

    source: str | None
    year: int | None
    agency: str | None
    number: str
    item: str
    groups: tuple[str, ...]


class Sayings:
    """What the rows and columns of one table say."""

    def __init__(self, table: AppendixTable) -> None:
        self._table = table
        self._rows: dict[int, Said] = {}
        content = next(iter(table.of_role(Role.CONTENT)), None)
        self._heading = bare(content.path[-1]) if content and content.path else ""

    def at(self, cell: Cell) -> Said:
        """What is said of the amount in a cell: by its row, and by its column where the row is silent."""
        row, column = self._row(cell[0]), cell[1]
        return Said(
            row.source or self.column_sources.get(column),
            self._column_years[column] or row.year or self._title_year,
            row.agency,
            row.number,
            row.item,
            row.groups,
        )

    def _row(self, index: int) -> Said:
        if index not in self._rows:
            self._rows[index] = self._said(self._table.row_at[index])
        return self._rows[index]

    def _said(self, row: Row) -> Said:
        above = self._row(row.parent) if row.parent is not None else None
        named = self._row_sources.get(row.index) or self._told_sources.get(row.index)
        source = named or (above.source if above else None)
        year = _named_year(row.label) or self._told_years.get(row.index) or (above.year if above else None)
        agency = self._agency(row) or (above.agency if above else None) or self._headed(row)
        line = row.memo or row.index in self._row_sources
        if line and above and above.item:  # a line of its item
            return Said(source, year, agency, above.number, above.item, above.groups)
        if row.index in self.continued:
            item = self._row(self.continued[row.index])
            return item._replace(source=source or item.source, year=year or item.year, agency=agency or item.agency)
        return Said(source, year, agency, row.number, row.label, self._groups(row))

    def _groups(self, row: Row) -> tuple[str, ...]:
        found: list[str] = []
        parent = row.parent
        while parent is not None:
            above = self._table.row_at[parent]
            if above.kind is RowKind.ITEM and not above.memo:
                found.append(f"{above.number} {above.label}".strip())
            parent = above.parent
        return tuple(reversed(found))

    @cached_property
    def _row_sources(self) -> Mapping[int, str]:
        """The rows that stand for a funding source, and its name: also where one that stands in a list is alone."""
        lists: dict[tuple[int | None, str], list[Row]] = defaultdict(list)
        for row in self._table.rows:
            if row.kind is RowKind.ITEM:
                lists[row.parent, "" if row.list in _LINES else row.list].append(row)
        listed = any(row.list == Scheme.SOURCE for row in self._table.rows)
        headed = bool(_HEADED_SOURCES.match(self._heading)) and not listed
        found = {
            row.index: source_name(row.label)
            for rows in lists.values()
            for row in (rows if _is_source_list(rows, headed=headed) else [])
            + [row for row in rows if row.list == Scheme.SOURCE]
            if not NO_FUNDS.match(bare(row.label)) and not (self.column_sources and _LEVEL.fullmatch(bare(row.label)))
        }
        lines = [row for (_, scheme), rows in lists.items() if not scheme for row in rows if row.index not in found]
        known = set(found.values()) if lines else ()
        return found | {row.index: name for row in lines if (name := source_name(row.label)) in known}

    @cached_property
    def column_sources(self) -> Mapping[int, str]:
        """The columns of a funding source, and its name as the header spells it.

        Parts of an amount count as sources where one of those under the same label sounds like one: "Khác" beside
        "Ngân sách tỉnh", but not "Hỗ trợ sản xuất" beside "Đào tạo".
        """
        columns = self._table.of_role(Role.SOURCE, Role.SOURCE_YEAR)
        named = {column.index: source_name(_spelt(column)) for column in columns if column.source}
        named = {index: name for index, name in named.items() if not NO_FUNDS.match(bare(name))}
        sounding = {
            column.path[:-1] for column in columns if column.index in named and any(map(is_source, column.path))
        }
        found = {
            column.index: named[column.index]
            for column in columns
            if column.path[:-1] in sounding and column.index in named
        }
        within = {column.index: source_above(column) for column in self._table.of_role(Role.TOTAL)}
        return found | {index: source_name(label) for index, label in within.items() if label}

    @cached_property
    def source_column(self) -> Column | None:
        """The column whose words name the source of each row: "Nguồn vốn", where no column is that of one source."""
        if self.column_sources:
            return None
        for column in self._table.of_role(Role.OTHER):
            if column.path and _HEADED_SOURCE.fullmatch(bare(column.path[-1])):
                texts = self._words(column).values()
                if texts and 2 * sum(map(is_source, texts)) >= len(texts):
                    return column
        return None

    @cached_property
    def _told_sources(self) -> Mapping[int, str]:
        """The sources that rows name in a column of their own."""
        if self.source_column is None:
            return {}
        return {row: source_name(text) for row, text in self._words(self.source_column).items()}

    def _words(self, column: Column) -> dict[int, str]:
        """What a column says of items."""
        rows = self._table.row_at
        words = words_in(self._table, column.index)
        return {row: text for row, text in words.items() if rows[row].kind is RowKind.ITEM}

    @cached_property
    def continued(self) -> Mapping[int, int]:
        """The rows that only say a source or a year of their own, each with the item above that goes on in it."""
        found: dict[int, int] = {}
        item: Row | None = None
        told = self._told_sources.keys() | self._told_years.keys()
        for row in self._table.rows if told else ():
            if row.kind is not RowKind.ITEM or row.number or row.label:
                item = row if row.kind is RowKind.ITEM else None
            elif item is not None and row.parent in (item.parent, item.index) and row.index in told:
                found[row.index] = item.index
        return found

    @cached_property
    def _column_years(self) -> Mapping[int, int | None]:
        return {column.index: None if is_accumulated(column) else column.year for column in self._table.columns}

    @cached_property
    def _title_year(self) -> int | None:
        """The one year that the title names, of a table that names none: "DỰ TOÁN KINH PHÍ NĂM 2026"."""
        if any(column.year for column in self._table.amounts):
            return None
        titles = [text for text in self._table.above.values() if _is_title_of_a_year(text)]
        years = {year for text in titles for year in years_in(text)}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def _told_years(self) -> Mapping[int, int]:
        """The one year that rows name in a column of years, of a table whose amounts are of no year."""
        schedules = self._table.of_role(Role.SCHEDULE)
        column = next((each for each in schedules if _HEADED_YEAR.fullmatch(bare(each.heading))), None)
        if column is None or any(each.year for each in self._table.amounts):
            return {}
        named = {row: years_in(text) for row, text in self._words(column).items()}
        return {row: years[0] for row, years in named.items() if len(years) == 1}

    @cached_property
    def _told_agencies(self) -> Mapping[int, str] | None:
        """The agencies that rows name in a column of their own; None: there is none."""
        columns = self._table.of_role(Role.AGENCY)
        leading = next((column for column in columns if not _PARTNER.search(bare(column.heading))), None)
        if leading is None:
            return None
        words = self._words(leading)
        above: str | None = None
        for row in self._table.rows:  # of several rows under one number the first one may say it for all
            if row.kind is not RowKind.ITEM or row.number or row.index in words:
                above = words.get(row.index)
            elif above and row.label and not row.memo and not _NO_AGENCY.match(bare(row.label)):
                words[row.index] = above
        return words

    def _agency(self, row: Row) -> str | None:
        """The agency that a row names: in its column, or by what the row is called."""
        if self._told_agencies is not None:
            return self._told_agencies.get(row.index)
        if row.kind is not RowKind.ITEM or row.memo or row.index in self._row_sources:
            return None
        listed = self._table.children.get(row.index) or _HEADED_AGENCIES.match(self._heading)
        return row.label if listed and is_agency(row.label) else None

    def _headed(self, row: Row) -> str | None:
        """The agency that a row stands for in a list that is headed so."""
        if row.kind is not RowKind.ITEM or row.memo or row.index in self._row_sources:
            return None
        heads = self._told_agencies is None and _HEADED_AGENCIES.match(self._heading)
        return row.label if heads and row.label and not _NO_AGENCY.match(bare(row.label)) else None


def _is_source_list(rows: Sequence[Row], *, headed: bool) -> bool:
    """Whether a list names sources: all of it sounds like some and begins with their names; of lines half does."""
    if len(rows) < _ENOUGH or not all(is_source(row.label) for row in rows):
        return False
    share = 2 if rows[0].list in _LINES else 1
    return headed or share * sum(is_source_line(row.label) for row in rows) >= len(rows)


def _spelt(column: Column) -> str:
    """The label that gave a column its source, as it is spelt."""
    for label in reversed(column.path):
        if folded(_BRACKETS.sub(" ", label)) == column.source:
            return label
    return column.source


def source_name(label: str) -> str:
    """The name of a source in a label, without what opens a list, its share, remarks and what it is given for.

    "Nguồn kinh phí: - Ngân sách địa phương (30%)" is "Ngân sách địa phương".
    """
    text = " ".join(unicodedata.normalize("NFC", label).split())
    plain = " ".join(_BRACKETS.sub(" ", text).split()) or text
    name = _OPENING.sub("", plain).strip(_EDGES) or plain.strip(_EDGES) or plain
    return _GRANT.sub(r"\1", name)


def _is_title_of_a_year(text: str) -> bool:
    """Whether a line above a table is a title, in capitals or ending with a year, that says which year it is of."""
    line = folded(text)
    named = list(_TITLE_YEAR.finditer(line))
    return bool(named) and not _NO_TITLE.search(line) and (text.isupper() or named[-1].end() == len(line))


def _named_year(label: str) -> int | None:
    """The year of a row that stands for one: "Năm 2021"."""
    text = folded(label)
    return years_in(text)[0] if _ONE_YEAR.match(text) else None
