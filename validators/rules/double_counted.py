"""A formula counts rows twice."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="double-counted",
    severity=Severity.ERROR,
    title=Text("Công thức cộng trùng", "A formula counts rows twice"),
    explanation=Text(
        "Công thức cộng cả dòng nhóm lẫn các dòng thuộc nhóm, hoặc cộng một dòng hai lần.",
        "A formula adds up a group and its items as well, or a row twice.",
    ),
    example=Text(
        "=SUM(C5:C20) gồm cả dòng nhóm và các mục của nhóm.",
        "=SUM(C5:C20) covers the row of a group and its items.",
    ),
    remedy=Text(
        "Chỉ cộng các dòng cùng cấp.",
        "Add up rows of one level only.",
    ),
    check=of_rule("double-counted", Text("Tổng theo công thức", "The total of the formula")),
)
