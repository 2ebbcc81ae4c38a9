"""A number stands twice in one list."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of
from validators.rules._numbers import Fault, faults
from validators.rules._rows import number_place
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable


def _check(checked: Checked) -> Iterator[Finding]:
    for table in checked.tables:
        yield from (_finding(checked, table, fault) for fault in faults(table) if not fault.missing)


def _finding(checked: Checked, table: AppendixTable, fault: Fault) -> Finding:
    place = number_place(table, fault.row)
    number, before = fault.row.number, fault.before.row
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Số thứ tự {number} đã dùng trong danh sách này; sau {before.number} phải là {fault.expected}",
            f"The number {number} is used already in this list; after {before.number} comes {fault.expected}",
        ),
        place=place,
        label=label_of(checked, place),
        expected=fault.expected,
        found=number,
    )


RULE = Rule(
    name="numbering-duplicate",
    severity=Severity.WARNING,
    title=Text("Số thứ tự bị trùng", "A number stands twice in one list"),
    explanation=Text(
        "Hai dòng của cùng một danh sách mang cùng một số thứ tự. Người đọc không biết văn bản dẫn chiếu tới dòng nào, "
        "và một dòng có thể đã bị chép hai lần.",
        "Two rows of one list bear the same number. A reader cannot tell which of them a document refers to, and a "
        "row may have been copied twice.",
    ),
    example=Text(
        "Mục II có các dòng 1, 2, 3, 3, 4.",
        "Section II has the rows 1, 2, 3, 3, 4.",
    ),
    remedy=Text(
        "Kiểm tra xem có dòng nào bị chép hai lần không, rồi đánh lại số thứ tự từ dòng này trở xuống.",
        "Check whether a row was copied twice, then number the list again from this row on.",
    ),
    check=_check,
)
