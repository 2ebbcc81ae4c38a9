"""A difference that rounding alone explains."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="rounding",
    severity=Severity.WARNING,
    title=Text("Lệch do làm tròn", "Off by rounding"),
    explanation=Text(
        "Các số đã được làm tròn riêng từng số nên tổng lệch một chút. Không phải lỗi số học, nhưng người đọc sẽ hỏi.",
        "The figures were rounded one by one, so that the total is a little off. No arithmetic mistake, but readers"
        " will ask.",
    ),
    example=Text(
        "33,3 + 33,3 + 33,3 = 100,0.",
        "33.3 + 33.3 + 33.3 = 100.0.",
    ),
    remedy=Text(
        "Ghi chú là số đã làm tròn, hoặc điều chỉnh một số thành phần.",
        "Note that figures are rounded, or adjust one of the parts.",
    ),
    check=of_rule("rounding", Text("Số đã làm tròn", "The rounded figure")),
)
