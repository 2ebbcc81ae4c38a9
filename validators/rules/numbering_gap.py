"""A number of a list is skipped."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of
from validators.rules._numbers import Fault, faults
from validators.rules._rows import number_place
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable

_NAMED = 6  # missing numbers that a message names


def _check(checked: Checked) -> Iterator[Finding]:
    for table in checked.tables:
        yield from (_finding(checked, table, fault) for fault in faults(table) if fault.missing)


def _finding(checked: Checked, table: AppendixTable, fault: Fault) -> Finding:
    place = number_place(table, fault.row)
    before, found = fault.before.row.number, fault.row.number
    missing = ", ".join([*fault.missing[:_NAMED], *("…" for _ in fault.missing[_NAMED : _NAMED + 1])])
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Số thứ tự nhảy từ {before} sang {found}, thiếu {missing}",
            f"The numbering jumps from {before} to {found}: {missing} missing",
        ),
        place=place,
        label=label_of(checked, place),
        expected=fault.expected,
        found=found,
    )


RULE = Rule(
    name="numbering-gap",
    severity=Severity.WARNING,
    title=Text("Số thứ tự bị nhảy", "A number of the list is skipped"),
    explanation=Text(
        "Trong một danh sách, số thứ tự bỏ qua một hay nhiều số. Có thể một dòng đã bị xóa hoặc bị mất khi chép, "
        "cũng có thể chỉ đánh số nhầm. Danh sách đánh số lại từ đầu ở mỗi nhóm hoặc đánh số nối tiếp qua các nhóm "
        "đều được chấp nhận; danh sách chữ cái có thể có hoặc không có chữ đ.",
        "A list skips one number or more. A row may have been deleted or lost when the table was copied, or the list "
        "is only numbered wrongly. Lists that begin anew in each group and lists that run on over the groups are both "
        "accepted; letters may count with đ or without.",
    ),
    example=Text(
        "Nhóm B có các mục 1, 2, 3, 4, 5, 9, 10: không có mục 6, 7, 8.",
        "Group B has the items 1, 2, 3, 4, 5, 9, 10: there are no items 6, 7, 8.",
    ),
    remedy=Text(
        "So với bản gốc xem có thiếu dòng nào không. Nếu không thiếu thì đánh lại số thứ tự.",
        "Compare with the original whether a row is missing. If none is, number the list again.",
    ),
    check=_check,
)
