"""Quantity x unit price is not the amount."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="unit-cost",
    severity=Severity.ERROR,
    title=Text("Số lượng x đơn giá không khớp thành tiền", "Quantity x unit price is not the amount"),
    explanation=Text(
        "Thành tiền phải bằng số lượng nhân đơn giá, có tính cả đơn vị tính của từng cột.",
        "The amount must be quantity times unit price, in the units of the columns.",
    ),
    example=Text(
        "20 bộ x 12.000.000 đồng = 420.000.000 đồng: phải là 240.000.000.",
        "20 sets x 12.000.000 đồng = 420.000.000 đồng: it should be 240.000.000.",
    ),
    remedy=Text(
        "Sửa ô bị chỉ ra, hoặc đặt công thức nhân.",
        "Correct the cell that is named, or let a formula multiply.",
    ),
    check=of_rule("unit-cost", Text("Số", "The figure")),
)
