"""A difference that rounding alone explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from budget.numbers import number_text
from faults import Text
from validators.diagnosis.model import Diagnosis
from validators.findings import Finding, Severity
from validators.rules._figures import finding, table_at
from validators.rules.base import Checked, Rule

_SAYS = Text("Số đã làm tròn", "The rounded figure")


def _check(checked: Checked) -> Iterator[Finding]:
    """One finding for each table, at the figure that is off by most: whoever rounds one figure rounds them all."""
    found: dict[tuple[str, int], list[Diagnosis]] = defaultdict(list)
    for diagnosis in checked.diagnoses:
        if diagnosis.rounding:
            table = table_at(checked, diagnosis.place)
            found[diagnosis.place.sheet, table.area.top if table else 0].append(diagnosis)
    for together in found.values():
        worst = max(together, key=lambda each: (_off(each), -each.place.row, -each.place.column))
        told = finding(checked, worst, "rounding", _SAYS)
        if len(together) > 1:
            most = number_text(_off(worst))
            more = Text(
                f"; {len(together)} số tổng của bảng lệch như vậy, nhiều nhất là {most.vi}",
                f"; {len(together)} totals of the table are off like this, by {most.en} at most",
            )
            told = replace(told, message=Text(told.message.vi + more.vi, told.message.en + more.en))
        yield told


def _off(diagnosis: Diagnosis) -> Decimal:
    return abs(diagnosis.expected - (diagnosis.found or Decimal(0)))


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
    check=_check,
)
