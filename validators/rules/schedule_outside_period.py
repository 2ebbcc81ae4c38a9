"""An item is to be carried out in years that its group or the plan does not cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of
from validators.rules._schedules import Schedule, period, schedules
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Row

_MOST_GROUPS, _MOST_PLANS = 2, 3  # at most one schedule of so many may lie outside that of its group, of the plan


@dataclass(frozen=True)
class _Held:
    """A row's schedule beside the one that it should lie within; `of_plan`: that of the plan, not of its group."""

    row: Row
    own: Schedule
    around: Schedule
    of_plan: bool

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return self.own.within(self.around)


def _check(checked: Checked) -> Iterator[Finding]:
    for table in checked.tables:
        held = list(_held(table))
        for of_plan in (False, True):
            alike = [each for each in held if each.of_plan is of_plan]
            wrong = [each for each in alike if not each.holds]
            most = _MOST_PLANS if of_plan else _MOST_GROUPS
            if len(alike) >= most * len(wrong):  # else groups, or plans, do not enclose their items here
                yield from (_finding(checked, table, each) for each in wrong)


def _held(table: AppendixTable) -> Iterator[_Held]:
    """The schedule of each row beside that of the nearest row above it in the tree, else beside the plan's period."""
    known, plan = schedules(table), period(table)
    for row in table.rows:
        own = known.get(row.index)
        if own is None:
            continue
        group = _group(table, known, row)
        if group is not None:
            yield _Held(row, own, group, of_plan=False)
        elif plan is not None:
            yield _Held(row, own, plan, of_plan=True)


def _group(table: AppendixTable, known: Mapping[int, Schedule], row: Row) -> Schedule | None:
    parent = row.parent
    while parent is not None and parent not in known:
        parent = table.row_at[parent].parent
    return None if parent is None else known[parent]


def _finding(checked: Checked, table: AppendixTable, held: _Held) -> Finding:
    late = held.own.first >= held.around.first
    place = table.place(held.own.cells[-1 if late else 0])
    own, around = held.own.label, held.around.label
    of = Text("giai đoạn của kế hoạch", "the period of the plan") if held.of_plan else Text("của nhóm", "its group's")
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Thời gian thực hiện {own} nằm ngoài thời gian {of.vi} ({around})",
            f"The years {own} lie outside {of.en} ({around})",
        ),
        place=place,
        label=label_of(checked, place),
        expected=around,
        found=held.own.printed,
    )


RULE = Rule(
    name="schedule-outside-period",
    severity=Severity.WARNING,
    title=Text("Thời gian nằm ngoài giai đoạn", "A schedule outside its period"),
    explanation=Text(
        "Thời gian thực hiện của một mục bắt đầu sớm hơn hoặc kết thúc muộn hơn thời gian của nhóm chứa mục đó, hoặc "
        "của giai đoạn ghi ở tiêu đề (“giai đoạn 2021-2025”). Ghi chung như “Hằng năm” thì không xét. Thời gian khởi "
        "công, hoàn thành công trình cũng không xét.",
        "An item begins before or ends after the years of its group, or those of the period that the title states "
        "(“giai đoạn 2021-2025”). Words such as “Hằng năm” (every year) are passed over, and so are the years in which "
        "construction begins and ends.",
    ),
    example=Text(
        "Nhóm E thực hiện trong 2022-2025, mục 5 của nhóm ghi 2021-2023.",
        "Group E is carried out in 2022-2025, its item 5 says 2021-2023.",
    ),
    remedy=Text(
        "Kiểm tra lại thời gian của mục và của nhóm, sửa chỗ ghi sai.",
        "Check the years of the item and of its group, and correct the one that is wrong.",
    ),
    check=_check,
)
