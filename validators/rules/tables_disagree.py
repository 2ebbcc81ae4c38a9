"""One figure that stands in two tables and differs."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="tables-disagree",
    severity=Severity.ERROR,
    title=Text("Hai bảng không khớp nhau", "Two tables disagree"),
    explanation=Text(
        "Một khoản ghi ở bảng tổng hợp và ở bảng chi tiết, hoặc ở bảng và ở lời văn, phải là một số, sau khi quy về "
        "cùng đơn vị tính.",
        "An amount that stands in a summary and in a detailed table, or in a table and in the text, must be one "
        "number, in one unit.",
    ),
    example=Text(
        "Bảng tổng hợp ghi 650 triệu đồng, bảng dự toán chi tiết cộng được 560.000.000 đồng.",
        "The summary says 650 triệu đồng, the detailed costing makes 560.000.000 đồng.",
    ),
    remedy=Text(
        "Đối chiếu hai bảng, sửa số sai; tốt nhất là nối chúng bằng công thức.",
        "Compare both tables and correct the wrong one; best link them by a formula.",
    ),
    check=of_rule("tables-disagree", Text("Số này", "This figure")),
)
