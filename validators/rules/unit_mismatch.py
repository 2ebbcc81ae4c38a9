"""What a table says of its unit of money: twice and differently, misspelt, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from budget.money import Unit
from budget.numbers import number_text
from faults import Text
from validators.equations.bindings import unit_of
from validators.findings import Finding, Fix, Severity
from validators.grid import Grid, Place
from validators.rules._figures import label_of
from validators.rules._magnitudes import in_dong
from validators.rules._money import names_money
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Role
from validators.tables.units import is_misspelt, read_unit, stated_unit
from validators.tables.wording import bare
from workbook.package import CellError

_UNIT_LINE = re.compile(r"(?:don vi|dvt|dv tinh)\b")
_WHOLE_UNIT = re.compile(r"\([^()]+\)|\S+ \S+")  # a line that is a unit and nothing else: "(đồng)", "triệu đồng"
_CURRENCY = re.compile(r"(?:\d|^)\s*(?:(?:triệu|nghìn|ngàn|tỷ|tỉ)\s*)?(?:đồng|đ|vnđ|vnd|₫)\W*$", re.IGNORECASE)


def _check(checked: Checked) -> Iterator[Finding]:
    seen: set[Place] = set()
    for table in checked.tables:
        for finding in (*_conflicts(checked, table), *_misspellings(checked, table), *_in_dong(checked, table)):
            if finding.place not in seen:
                seen.add(finding.place or Place("", 0, 0))
                yield finding
    for _, tables in groupby(checked.tables, key=lambda table: table.grid.name):
        yield from _unstated(checked, list(tables))


def _conflicts(checked: Checked, table: AppendixTable) -> Iterator[Finding]:
    """The unit line above a table against its heading, or against another unit line."""
    lines = [
        (cell, *stated)
        for cell, text in sorted(table.above.items(), reverse=True)
        if (_UNIT_LINE.match(bare(text)) or _WHOLE_UNIT.fullmatch(text.strip())) and (stated := stated_unit(text))
    ]
    if not lines:
        return
    cell, unit, words = lines[0]
    for other, other_unit, other_words in lines[1:]:
        if other_unit is not unit:
            yield _conflict(checked, table.place(other), other_words, Text("dòng", "the line"), words)
            return
    heading = _heading_unit(table)
    if heading is not None and heading is not unit:
        yield _conflict(checked, table.place(cell), words, Text("đầu bảng", "the heading"), heading.label)


def _heading_unit(table: AppendixTable) -> Unit | None:
    """The unit that the headings of all columns of money state; None where they differ, or one states none."""
    units = {
        column.unit if any(map(stated_unit, column.path)) else None
        for column in table.columns
        if column.role.is_amount or column.role is Role.UNIT_PRICE
    }
    return units.pop() if len(units) == 1 else None


def _conflict(checked: Checked, place: Place, found: str, where: Text, expected: str) -> Finding:
    return Finding(
        rule=RULE.name,
        severity=Severity.WARNING,
        message=Text(
            f"Ở đây ghi đơn vị tính “{found}”, còn {where.vi} của bảng ghi “{expected}”",
            f"The unit here is “{found}”, {where.en} of the table says “{expected}”",
        ),
        place=place,
        label=label_of(checked, place),
        expected=expected,
        found=found,
    )


def _in_dong(checked: Checked, table: AppendixTable) -> Iterator[Finding]:
    """Amounts in đồng under another unit."""
    for place, amount in in_dong(table):
        unit, found = unit_of(table, place.column), table.value(*place[1:])
        assert found is not None
        shown = number_text(found)
        yield Finding(
            rule=RULE.name,
            severity=Severity.WARNING,
            message=Text(
                f"Bảng tính bằng {unit.label}, nhưng {shown.vi} có vẻ là số tiền bằng đồng",
                f"The table is in {unit.label}, but {shown.en} looks like an amount in đồng",
            ),
            place=place,
            label=label_of(checked, place),
            expected=amount,
            found=found,
        )


def _misspellings(checked: Checked, table: AppendixTable) -> Iterator[Finding]:
    texts = {cell: text for cell, text in table.above.items() if cell == table.unit_cell}
    for row in range(table.area.top, table.body[0]):
        for column, found in table.grid.by_row.get(row, {}).items():
            if isinstance(found.value, str):
                texts[row, column] = found.value
    for cell, text in texts.items():
        stated = stated_unit(text)
        if stated is None or not is_misspelt(words := stated[1].strip(" .,:;")):
            continue
        unit, place = stated[0], table.place(cell)
        yield Finding(
            rule=RULE.name,
            severity=Severity.INFO,
            message=Text(
                f"Đơn vị tính viết sai chính tả: “{words}”; hiểu là “{unit.label}”",
                f"The unit is misspelt: “{words}”; understood as “{unit.label}”",
            ),
            place=place,
            label=label_of(checked, place),
            expected=unit.label,
            found=words,
            fix=Fix(text.replace(words, unit.label)),
        )


def _unstated(checked: Checked, tables: list[AppendixTable]) -> Iterator[Finding]:
    """The first table of money on a sheet that says nowhere what its amounts are in."""
    money = [table for table in tables if any(names_money(column) for column in table.columns)]
    in_percent = any("%" in text for table in tables for text in table.above.values())
    if not money or in_percent or any(_states_unit(table) for table in tables) or _any_text_does(tables[0].grid):
        return
    place = money[0].place((money[0].area.top, money[0].area.left))
    yield Finding(
        rule=RULE.name,
        severity=Severity.INFO,
        message=Text(
            f"Bảng {money[0].area} không ghi đơn vị tính của số tiền",
            f"The table {money[0].area} does not say what unit its amounts are in",
        ),
        place=place,
        label=label_of(checked, place),
    )


def _states_unit(table: AppendixTable) -> bool:
    """Whether a table says its unit: for all of it, for a column, row by row, or at each figure."""
    measures = (cell for column in table.of_role(Role.MEASURE, Role.OTHER) for cell in _column(table, column.index))
    return (
        table.unit is not None
        or any(column.unit for column in table.columns)
        or any(read_unit(text) for text in measures)
        or any(_CURRENCY.search(figure.printed) for figure in table.figures.values() if figure.printed)
    )


def _column(table: AppendixTable, index: int) -> Iterator[str]:
    for row in table.rows:
        value = table.grid.value(row.index, index)
        if isinstance(value, str) and not isinstance(value, CellError):
            yield value.strip()


def _any_text_does(grid: Grid) -> bool:
    """Whether any text of a sheet begins like a unit line that names a unit."""
    texts = (cell.value for cell in grid.cells.values() if isinstance(cell.value, str))
    return any(_UNIT_LINE.search(bare(text)) and stated_unit(text) for text in texts if len(text) < 200)


RULE = Rule(
    name="unit-mismatch",
    severity=Severity.WARNING,
    title=Text("Đơn vị tính không thống nhất", "The unit of the amounts is in doubt"),
    explanation=Text(
        "Dòng “Đơn vị tính” phía trên và đầu bảng nêu hai đơn vị tiền khác nhau: người đọc có thể hiểu sai số tiền "
        "đi 1.000 lần hay 1.000.000 lần. Đơn vị viết sai chính tả, hoặc không ghi ở đâu cả, chỉ là lưu ý. Cột ghi "
        "đơn vị riêng (ví dụ đơn giá tính bằng đồng trong bảng tính bằng triệu đồng) được chấp nhận. Số lớn quá mức so "
        "với đơn vị tính của bảng, như 60.000.000 giữa các số vài chục triệu đồng, có vẻ đã được gõ bằng đồng.",
        "The unit line above and the heading of a table state different units of money: a reader may take the amounts "
        "for 1,000 or 1,000,000 times what they are. A misspelt unit, or none anywhere, is only a remark. A column may "
        "have a unit of its own (unit prices in đồng in a table in triệu đồng). An amount out of all proportion to the "
        "unit, such as 60,000,000 among some dozens of millions, seems to have been typed in đồng.",
    ),
    example=Text(
        "Phía trên ghi “Đơn vị tính: đồng”, đầu cột lại ghi “Kinh phí (triệu đồng)”.",
        "The line above says “Đơn vị tính: đồng”, the heading “Kinh phí (triệu đồng)”.",
    ),
    remedy=Text(
        "Giữ một đơn vị tính, ghi đúng chính tả (đồng, nghìn đồng, triệu đồng, tỷ đồng) ở một chỗ phía trên bảng.",
        "Keep one unit, spelt correctly (đồng, nghìn đồng, triệu đồng, tỷ đồng), in one place above the table.",
    ),
    check=_check,
)
