"""A formula leaves rows out of its sum."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="omitted-rows",
    severity=Severity.ERROR,
    title=Text("Công thức cộng sót dòng", "A formula leaves rows out"),
    explanation=Text(
        "Vùng cộng của công thức không gồm hết các dòng mà dòng tổng phải cộng; thường do chèn thêm dòng.",
        "The range of a formula lacks rows that its total must add up, often because rows were inserted later.",
    ),
    example=Text(
        "=SUM(C5:C8) trong khi nhóm có các dòng từ 5 đến 9.",
        "=SUM(C5:C8) where the group has the rows 5 to 9.",
    ),
    remedy=Text(
        "Mở rộng vùng cộng của công thức.",
        "Widen the range of the formula.",
    ),
    check=of_rule("omitted-rows", Text("Tổng theo công thức", "The total of the formula")),
)
