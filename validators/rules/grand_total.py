"""A total row is not the sum of what it adds up."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="grand-total",
    severity=Severity.ERROR,
    title=Text("Tổng cộng không khớp", "The grand total does not add up"),
    explanation=Text(
        "Dòng Tổng cộng, Tổng số, Cộng phải bằng tổng các nhóm, dù đứng trên hay dưới chúng.",
        "A total row must be the sum of the groups, whether it stands above or below them.",
    ),
    example=Text(
        "Tổng cộng 15.800, tám nhóm cộng lại được 15.600.",
        "The grand total is 15.800, its eight groups add up to 15.600.",
    ),
    remedy=Text(
        "Cộng lại các nhóm; sửa ô bị chỉ ra; kiểm tra số bằng chữ đi kèm.",
        "Add the groups up again; correct the cell that is named; check the amount in words too.",
    ),
    check=of_rule("grand-total", Text("Tổng cộng", "The grand total")),
)
