"""What each column holds, told by its header path first and by its cells where the header does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from validators.grid import Grid, GridCell, Value
from validators.tables.lexicon import AMOUNT, CONTENT, LABELS
from validators.tables.locating import Block
from validators.tables.model import Column, Form, Role, Span
from validators.tables.numerals import figure_of, looks_like_figure
from validators.tables.own_units import looks_like_amount
from validators.tables.units import is_foreign, is_unit_line, read_unit, stated_unit
from validators.tables.wording import bare, folded, is_agency, is_ditto, is_source, is_source_line, is_total, years_in

_LARGE = 3  # characters
_PERCENT = re.compile(r"\(\s*%[^)]*\)|^\s*%|^(?:so sánh|tỷ lệ|tỉ lệ|cơ cấu)[^/]*%", re.IGNORECASE)
_PER_UNIT = re.compile(r"(?:đồng|vnđ|vnd|\bđ)\s*/\s*\w", re.IGNORECASE)
_PERIODS = re.compile(r"(?:19|20)\d\d(?:\s*(?:[-–,;]|và|đến)\s*(?:19|20)\d\d)+")  # "2026-2028", "2026, 2028"
_ALL_SOURCES = re.compile(r"tong|cong|(?:tong so )?(?:tat ca )?cac nguon(?: von)?")
_SOURCES = re.compile(
    r"(?:(?:phan|chia) theo |theo |co cau |phan bo )?(?:cac )?nguon(?: (?:kinh phi|von|kinh phi thuc hien))?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_UNITS_OR_AGENCIES = re.compile(r"(?:ten )?(?:cac )?(?:don vi|co quan|to chuc|dia phuong|so nganh)")
_TYPED_TEXT = {Role.NOTE, Role.AGENCY, Role.OBJECTIVE, Role.MEASURE, Role.SCHEDULE, Role.START, Role.END}


@dataclass(frozen=True)
class _Contents:
    """What the body of a column holds: figures, other texts, and how long those are on average."""

    figures: int
    texts: int
    length: float
    percents: int
    years: int
    broken: int  # of the figures, those that are no numbers: dates, hours, codes


def columns_of(
    grid: Grid,
    block: Block,
    paths: Mapping[int, tuple[str, ...]],
    spans: Iterable[Iterable[Span]],
    sums: Mapping[int, tuple[tuple[int, int], ...]],
) -> tuple[Column, ...]:
    """The columns of a table, from the left, blank ones left out."""
    body = [
        cells
        for row in range(block.body[0], block.body[1] + 1)
        if (cells := grid.by_row.get(row)) and row not in block.skipped
    ]
    contents = {column: _contents([cells[column] for cells in body if column in cells]) for column in paths}
    roles = {column: _labelled(path, contents[column]) for column, path in paths.items()}
    number = _number_column(grid, block, roles, contents)
    content = _content_column(roles, contents, paths, number)
    found = []
    for index, path in paths.items():
        held = contents[index]
        if not path and not held.figures and not held.texts and index not in (number, content):
            continue
        role = roles[index]
        if index == number:
            role = Role.NUMBER
        elif index == content:
            role = Role.CONTENT
        elif held.broken * 2 > held.figures:
            role = Role.OTHER
        elif role is None:
            role = _amount_role(path, held)
            if role is Role.OTHER and _names_agencies(path, [cells[index].value for cells in body if index in cells]):
                role = Role.AGENCY
            if role is Role.OTHER and path and held.figures > max(1, held.texts) and _large(grid, block, index):
                role = Role.AMOUNT
        if role.is_amount and any(map(is_foreign, path)):
            role = Role.OTHER
        found.append(_column(index, path, role, sums.get(index, ())))
    no_money = {
        column for column, held in contents.items() if held.texts > held.figures or any(map(is_foreign, paths[column]))
    }
    return tuple(_years_of_sources(_settled(found, spans, no_money)))


def _names_agencies(path: Sequence[str], values: Sequence[Value]) -> bool:
    """Whether a column that is headed "Đơn vị" holds names of agencies, and no units of measure."""
    if not path or not _UNITS_OR_AGENCIES.fullmatch(bare(path[-1])):
        return False
    texts = [value for value in values if isinstance(value, str) and not is_ditto(value)]
    return 2 * sum(map(is_agency, texts)) > len(texts)


def _contents(cells: Sequence[GridCell]) -> _Contents:
    figures = texts = length = percents = years = broken = 0
    for cell in cells:
        value = cell.value
        if value is None:
            continue
        if "%" in cell.style.number_format:
            percents += 1
        elif isinstance(value, str) and _PERIODS.fullmatch(value.strip()):
            texts += 1
            length += len(value)
        elif looks_like_amount(value):
            figures += 1
            if isinstance(value, str):
                figure = figure_of(cell)
                broken += figure is not None and figure.form is Form.MALFORMED
            digits = str(value)
            years += len(digits) == 4 and digits.isdigit() and bool(years_in(digits))
        elif isinstance(value, str) and (text := value.strip()) not in ("", "-", "–"):
            percents += text.endswith("%")
            texts += 1
            length += len(value)
    return _Contents(figures, texts, length / texts if texts else 0, percents, years, broken)


def _labelled(path: tuple[str, ...], held: _Contents) -> Role | None:
    """The role that the header itself tells, where the cells do not belie it."""
    if any(_PER_UNIT.search(label) for label in path[-1:]):
        return Role.UNIT_PRICE
    for label in reversed(path):
        if is_unit_line(label):  # under the headings
            continue
        words = bare(_BRACKETS.sub(" ", label)) or bare(label)
        for role, pattern in LABELS:
            if pattern.match(words) and _plausible(role, held, label):
                return role
        break
    if any(_PERCENT.search(label) for label in path):
        return Role.RATIO
    if held.percents > held.figures and held.percents >= held.texts - held.percents:
        return Role.RATIO
    return _from_above(path, held)


def _from_above(path: tuple[str, ...], held: _Contents) -> Role | None:
    """The role that a label tells which spans columns: "Đơn giá / Vật liệu"."""
    for label in path[:-1]:
        words = bare(label)
        for role, pattern in LABELS:
            if not pattern.match(words):
                continue
            if role in (Role.AGENCY, Role.NOTE, Role.OBJECTIVE, Role.SCHEDULE):
                return role if not held.figures or held.years >= held.figures / 2 else None
            if role in (Role.UNIT_PRICE, Role.QUANTITY) and not AMOUNT.match(bare(path[-1])):
                return role
    return None


def _plausible(role: Role, held: _Contents, label: str) -> bool:
    if role in (Role.START, Role.END):
        return not held.figures or held.years > held.figures / 2
    if role in (Role.NOTE, Role.AGENCY, Role.OBJECTIVE, Role.SCHEDULE, Role.MEASURE):
        return held.figures <= held.texts or held.years > held.figures / 2
    if role is Role.QUANTITY or role is Role.UNIT_PRICE:
        return not is_total(label) and (read_unit(_bracketed(label)) is None or role is Role.UNIT_PRICE)
    return True


def _bracketed(label: str) -> str:
    found = re.search(r"\(([^)]*)\)", label)
    return found[1] if found else ""


def _number_column(
    grid: Grid, block: Block, roles: Mapping[int, Role | None], contents: Mapping[int, _Contents]
) -> int | None:
    """The column of item numbers: the one that is headed so, else a leftmost one of short marks or counting numbers."""
    for column, role in roles.items():
        if role is Role.NUMBER:
            return column
    first = min(contents)
    marks = [
        str(cell.value).strip()
        for row in range(block.body[0], block.body[1] + 1)
        if (cell := grid.by_row.get(row, {}).get(first)) is not None and cell.value is not None
    ]
    short = [
        mark for mark in marks if re.fullmatch(r"\(?(?:[IVXLC]+|[A-Za-zđĐ]|\d{1,2}(?:\.\d{1,2})*|[-+*•])[.)]?", mark)
    ]
    later = any(held.texts for column, held in contents.items() if column != first)
    return first if later and len(marks) >= 2 and len(short) >= 0.8 * len(marks) else None


def _content_column(
    roles: Mapping[int, Role | None],
    contents: Mapping[int, _Contents],
    paths: Mapping[int, tuple[str, ...]],
    number: int | None,
) -> int | None:
    """The column that says what each row is about: one headed so, near the left, else the longest texts."""
    free = [column for column in contents if column != number and contents[column].texts]
    headed = []
    for column in free[:3]:
        held, path = contents[column], paths[column]
        if path and held.texts > held.figures and CONTENT.match(bare(path[0])) and roles[column] not in _TYPED_TEXT:
            headed.append(column)
    if headed:  # "Đơn vị | Nội dung": who, and what
        first, others = headed[0], headed[1:]
        told = [each for each in others if contents[each].texts >= contents[first].texts]
        return told[0] if told and _UNITS_OR_AGENCIES.fullmatch(bare(paths[first][0])) else first
    for column in free[:2]:
        if roles[column] is None or (roles[column] is Role.MEASURE and contents[column].length > 12):
            return column
    others = [column for column in free if roles[column] is None]
    return max(others, key=lambda column: contents[column].length, default=free[0] if free else None)


def _amount_role(path: tuple[str, ...], held: _Contents) -> Role:
    """The role of a column that no word of the lexicon names: amounts, if it holds figures."""
    if not held.figures:
        return Role.OTHER if held.texts or not path else _money(path)
    if held.texts > 2 * held.figures:
        return Role.OTHER
    if held.years == held.figures and not any(AMOUNT.match(bare(label)) for label in path):
        return Role.SCHEDULE
    return _money(path)


def _money(path: tuple[str, ...]) -> Role:
    labels = [label for label in path if not is_unit_line(label)]
    if not labels:
        return Role.OTHER
    leaf = _BRACKETS.sub(" ", labels[-1]).strip() or labels[-1]
    year = _year(labels)
    if is_total(leaf) or _ALL_SOURCES.fullmatch(bare(leaf)):
        return Role.TOTAL
    if is_source(leaf) and not years_in(leaf) and not bare(leaf).startswith(("von ke hoach", "tong")):
        return Role.SOURCE_YEAR if year else Role.SOURCE
    if year:
        known = years_in(leaf) or AMOUNT.match(bare(leaf))
        return Role.YEAR if known else Role.SOURCE_YEAR
    if any(AMOUNT.match(bare(label)) or is_source(label) or stated_unit(label) for label in labels):
        return Role.AMOUNT if len(labels) == 1 or AMOUNT.match(bare(leaf)) or years_in(leaf) else Role.SOURCE
    return Role.OTHER


def _year(labels: Iterable[str]) -> int | None:
    """The one year that the labels name; a period is no year."""
    for label in reversed(tuple(labels)):
        years = years_in(label)
        if len(years) == 1:
            return years[0]
    return None


def _column(index: int, path: tuple[str, ...], role: Role, sums: tuple[tuple[int, int], ...]) -> Column:
    unit = next((stated[0] for label in reversed(path) if (stated := stated_unit(label))), None)
    year = _year(path) if role.is_amount or role is Role.QUANTITY else None
    source = ""
    if role in (Role.SOURCE, Role.SOURCE_YEAR):
        named = [
            label for label in path
            if is_source(label) and not years_in(label) and not _SOURCES.fullmatch(bare(label))
        ]  # fmt: skip
        source = folded(_BRACKETS.sub(" ", named[-1] if named else path[-1]))
    return Column(index, path, role, year, source, unit, sums)


def _settled(columns: list[Column], spans: Iterable[Iterable[Span]], no_money: Set[int]) -> list[Column]:
    """Columns that the lexicon does not know, beside amounts under one label, are amounts too, but for `no_money`."""
    below_one_label: set[int] = set()
    for row in spans:
        for span in row:
            within = [column for column in columns if span.left <= column.index <= span.right]
            if len(within) > 1 and any(column.role.is_amount for column in within):
                below_one_label |= {column.index for column in within if column.role is Role.OTHER} - no_money
    return [
        replace(column, role=Role.SOURCE, source=folded(column.path[-1]))
        if column.index in below_one_label and column.path
        else column
        for column in columns
    ]


def _years_of_sources(columns: Sequence[Column]) -> list[Column]:
    """Columns of years under labels of several sources are those of a source in a year."""
    labels = {
        column.index: folded(_BRACKETS.sub(" ", label))
        for column in columns
        if column.role is Role.YEAR
        for label in column.path[:-1]
        if is_source_line(label) and not years_in(label) and not _SOURCES.fullmatch(bare(label))
    }
    if len(set(labels.values())) < 2:  # one label over all years: "Vốn đầu tư"
        return list(columns)
    return [
        replace(column, role=Role.SOURCE_YEAR, source=labels[column.index]) if column.index in labels else column
        for column in columns
    ]


def _large(grid: Grid, block: Block, column: int) -> bool:
    """Whether the figures of a column are as large as amounts are, or have decimals."""
    return any(
        looks_like_figure(cell.value) and len(str(cell.value)) >= _LARGE
        for row in range(block.body[0], block.body[1] + 1)
        if (cell := grid.by_row.get(row, {}).get(column)) is not None
    )
