"""A row does not add up across its sources or years."""

from __future__ import annotations

from faults import Text
from validators.findings import Severity
from validators.rules._figures import of_rule
from validators.rules.base import Rule

RULE = Rule(
    name="row-total",
    severity=Severity.ERROR,
    title=Text("Tổng của dòng không khớp", "The total of a row does not add up"),
    explanation=Text(
        "Ô tổng của một dòng phải bằng tổng các nguồn vốn, các năm mà tiêu đề cột xếp dưới nó. Khi lệch, người đọc "
        "không biết số nào đã được duyệt.",
        "The total of a row must equal the sources or years that the header puts under it. Where it does not, "
        "nobody knows which figure was approved.",
    ),
    example=Text(
        "Tổng 430 = NS tỉnh 120 + Nguồn khác 300: phải là 420.",
        "Total 430 = provincial budget 120 + other sources 300: it should be 420.",
    ),
    remedy=Text(
        "Sửa ô bị chỉ ra theo số cần có, hoặc đặt công thức cộng ở ô tổng.",
        "Correct the cell that is named, or put the sum as a formula into the total.",
    ),
    check=of_rule("row-total", Text("Số", "The figure")),
)
