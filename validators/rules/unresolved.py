"""What the figures do not decide."""

from __future__ import annotations

from collections.abc import Iterator

from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of, rule_of
from validators.rules.base import Checked, Rule


def _check(checked: Checked) -> Iterator[Finding]:
    """One finding for each row: what cannot be told of one column cannot be told of the others."""
    seen = set()
    for diagnosis in checked.diagnoses:
        total = diagnosis.equation.total
        if rule_of(checked, diagnosis) != "unresolved" or (total.sheet, total.row) in seen:
            continue
        seen.add((total.sheet, total.row))
        witness = diagnosis.equation.witness
        yield Finding(
            "unresolved",
            Severity.INFO,
            Text(
                f"Không rõ số này cộng những dòng nào: {witness} không khớp, và không có cách hiểu nào khác khớp",
                f"It cannot be told what this figure adds up: {witness} does not hold, nor does another reading",
            ),
            total,
            label_of(checked, total),
            witnesses=(witness,),
        )


RULE = Rule(
    name="unresolved",
    severity=Severity.INFO,
    title=Text("Chưa xác định được", "Unresolved"),
    explanation=Text(
        "Cách trình bày cho phép hiểu nhiều cách, và không cách nào được số liệu xác nhận. Chương trình không đoán.",
        "The layout can be read in several ways, and the figures bear none of them out. The program does not guess.",
    ),
    example=Text(
        "Danh sách dưới một mục chỉ nêu một phần kinh phí mà không ghi “trong đó”.",
        "A list under an item names only a part of its amount, without “of which”.",
    ),
    remedy=Text(
        "Xem cách chương trình hiểu bảng bằng `phuluc show TỆP`; ghi rõ “trong đó” nếu danh sách không đầy đủ.",
        "See how the table was understood with `phuluc show FILE`; write “of which” where a list is not exhaustive.",
    ),
    check=_check,
)
