"""A group is not the sum of its items."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="group-total",
    severity=Severity.ERROR,
    title=Text("Tổng của nhóm không khớp", "The total of a group does not add up"),
    explanation=Text(
        "Dòng nhóm (I, A, 1...) phải bằng tổng các dòng thuộc nhóm, ở mọi cột tiền.",
        "The row of a group (I, A, 1 ...) must be the sum of the rows that belong to it, in every column of money.",
    ),
    example=Text(
        "Nhóm ghi 3.235, bảy mục của nhóm cộng lại được 3.325: hai chữ số bị đảo.",
        "The group says 3.235, its seven items add up to 3.325: two digits are swapped.",
    ),
    remedy=Text(
        "Sửa ô bị chỉ ra; tốt nhất là đặt công thức SUM cho dòng nhóm.",
        "Correct the cell that is named; best put a SUM formula into the row of the group.",
    ),
    check=of_rule("group-total", Text("Tổng nhóm", "The total of the group")),
)
