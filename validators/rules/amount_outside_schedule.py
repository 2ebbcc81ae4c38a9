"""Money in a year in which the item is not carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budget.numbers import number_text
from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of
from validators.rules._schedules import Schedule, schedules
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Column, Role
from validators.tables.wording import bare

_NOT_WITHIN = re.compile(r"\b(?:luy ke|truoc|sau|den|tu|het|con lai)\b")  # more than the one year that is named
_MOST = 3  # at most one row of so many may have money outside of its schedule


def _check(checked: Checked) -> Iterator[Finding]:
    for table in checked.tables:
        years = [column for column in table.of_role(Role.YEAR, Role.SOURCE_YEAR) if _is_one_year(column)]
        known = schedules(table) if years else {}
        outside = {row: _outside(table, row, known[row], years) for row in known}
        wrong = [row for row, columns in outside.items() if columns]
        if len(outside) >= _MOST * len(wrong):  # else money follows other rules here
            yield from (_finding(checked, table, row, known[row], outside[row]) for row in wrong)


def _is_one_year(column: Column) -> bool:
    return column.year is not None and not _NOT_WITHIN.search(bare(column.heading))


def _outside(table: AppendixTable, row: int, schedule: Schedule, years: list[Column]) -> list[Column]:
    """The columns of years outside a schedule that hold money."""
    return [
        column
        for column in years
        if column.year is not None and not schedule.covers(column.year) and table.value(row, column.index)
    ]


def _finding(checked: Checked, table: AppendixTable, row: int, schedule: Schedule, columns: list[Column]) -> Finding:
    place = table.place((row, columns[0].index))
    amount = table.value(row, columns[0].index)
    assert amount is not None
    years = ", ".join(dict.fromkeys(str(column.year) for column in columns))
    shown = number_text(amount)
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Bố trí {shown.vi} cho năm {years}, trong khi thời gian thực hiện là {schedule.printed}",
            f"{shown.en} is planned for {years}, but the item is carried out in {schedule.printed}",
        ),
        place=place,
        label=label_of(checked, place),
        found=amount,
    )


RULE = Rule(
    name="amount-outside-schedule",
    severity=Severity.WARNING,
    title=Text("Bố trí tiền ngoài thời gian thực hiện", "Money outside the schedule"),
    explanation=Text(
        "Một mục được bố trí kinh phí vào năm nằm ngoài thời gian thực hiện ghi ở chính dòng đó. Số tiền có thể bị "
        "nhập nhầm cột, hoặc thời gian thực hiện ghi thiếu. Không xét các mục ghi “Hằng năm” và thời gian khởi công, "
        "hoàn thành công trình.",
        "An item has money in a year outside the years that its own row states. The amount may stand in a wrong "
        "column, or the schedule is incomplete. Items of “Hằng năm” (every year) and the years of construction are "
        "passed over.",
    ),
    example=Text(
        "Mục thực hiện trong 2022-2023 nhưng cột năm 2024 ghi 150 triệu đồng.",
        "An item of 2022-2023 has 150 million in the column of 2024.",
    ),
    remedy=Text(
        "Chuyển số tiền về đúng cột năm, hoặc sửa lại thời gian thực hiện.",
        "Move the amount to the right year, or correct the schedule.",
    ),
    check=_check,
)
