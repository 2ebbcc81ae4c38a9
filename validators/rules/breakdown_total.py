"""An of-which breakdown does not make up its total."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="breakdown-total",
    severity=Severity.ERROR,
    title=Text("Phần “trong đó” không khớp", "The breakdown does not make up its total"),
    explanation=Text(
        "Các dòng “Trong đó”, “Nguồn kinh phí” chia một số ra nhiều phần: chúng phải cộng lại đúng bằng số đó.",
        "Lines such as “of which” and “funding sources” break a figure down: together they must make it up.",
    ),
    example=Text(
        "Kinh phí 600; ngân sách địa phương 180, chương trình quốc gia 402.",
        "The amount is 600; local budget 180, national programme 402.",
    ),
    remedy=Text(
        "Sửa phần bị chỉ ra, hoặc bổ sung phần còn thiếu.",
        "Correct the part that is named, or add the part that is missing.",
    ),
    check=of_rule("breakdown-total", Text("Số được chia ra", "The figure that is broken down")),
)
