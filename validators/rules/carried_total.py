"""A figure that is carried from one row to another differs."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="carried-total",
    severity=Severity.ERROR,
    title=Text("Số chuyển không khớp", "A carried figure differs"),
    explanation=Text(
        "Một số tổng ghi lại ở chỗ khác trong bảng phải giữ nguyên.",
        "A total that is repeated elsewhere in a table must stay the same.",
    ),
    example=Text(
        "Tổng ở đầu bảng 7.640, ở cuối bảng 7.460.",
        "The total at the top is 7.640, at the bottom 7.460.",
    ),
    remedy=Text(
        "Sửa ô bị chỉ ra, hoặc cho nó trỏ tới ô kia bằng công thức.",
        "Correct the cell that is named, or let it refer to the other one.",
    ),
    check=of_rule("carried-total", Text("Số chuyển", "The carried figure")),
)
