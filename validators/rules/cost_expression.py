"""A cost expression in the text does not make the amount of its row, or what the text itself states."""

from __future__ import annotations

from collections.abc import Iterator

from budget.numbers import number_text, plain
from faults import Text
from validators.equations.phrases import statements
from validators.findings import Finding, Severity
from validators.rules._figures import label_of, of_rule
from validators.rules._texts import texts
from validators.rules.base import Checked, Rule


def _check(checked: Checked) -> Iterator[Finding]:
    yield from of_rule("cost-expression", Text("Phép tính trong nội dung", "The expression in the text"))(checked)
    for place, text in texts(checked, "="):
        for statement in statements(text):
            if statement.computed != statement.stated:
                right, wrong = number_text(statement.computed), number_text(statement.stated)
                yield Finding(
                    "cost-expression",
                    Severity.ERROR,
                    Text(
                        f"{statement.expression} được {right.vi} đồng, nhưng ghi {wrong.vi} đồng",
                        f"{statement.expression} makes {right.en} đồng, but {wrong.en} đồng is stated",
                    ),
                    place,
                    label_of(checked, place),
                    plain(statement.computed),
                    plain(statement.stated),
                    plain(statement.stated - statement.computed),
                    witnesses=(f"{statement.expression} = {right.vi}",),
                )


RULE = Rule(
    name="cost-expression",
    severity=Severity.ERROR,
    title=Text("Phép tính trong nội dung không khớp", "The cost expression in the text does not agree"),
    explanation=Text(
        "Nội dung ghi cách tính, ví dụ (6 lớp x 60tr/lớp): kết quả phải bằng số tiền của dòng. Nếu kinh phí của dòng "
        "là nhiều năm của cách tính đó thì không coi là lỗi.",
        "A text says how an amount is computed, as in (6 lớp x 60tr/lớp): it must make the amount of the row. A row "
        "that covers several years of the expression is no mistake.",
    ),
    example=Text("(6 lớp x 60tr/lớp), số tiền của dòng là 306 triệu.", "(6 lớp x 60tr/lớp), the row says 306 million."),
    remedy=Text("Sửa phép tính hoặc số tiền, tùy số nào sai.", "Correct the expression or the amount."),
    check=_check,
)
