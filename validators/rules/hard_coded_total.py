"""A total that was typed where the totals beside it are formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budget.numbers import number_text
from faults import Text
from validators.equations.model import Values
from validators.findings import Finding, Fix, Severity
from validators.grid import Place
from validators.rules._figures import label_of
from validators.rules._totals import Total, totals_of
from validators.rules.base import Checked, Rule

_ENOUGH = 2  # formulas beside it


def _check(checked: Checked) -> Iterator[Finding]:
    totals = totals_of(checked)
    computed = {key for key, line in totals.lines.items() if _are_formulas(line)}
    seen: set[Place] = set()
    for total in totals:
        is_typed = total.cell.formula is None and isinstance(total.cell.value, Decimal)
        if is_typed and total.place not in seen and not computed.isdisjoint(totals.keys(total)):
            seen.add(total.place)
            yield _finding(checked, total, _values(checked))


def _values(checked: Checked) -> Values:
    return {
        table.place(cell): figure.value
        for table in checked.tables
        for cell, figure in table.figures.items()
        if figure.value is not None
    }


def _are_formulas(beside: Sequence[Total]) -> bool:
    """Whether formulas are the rule in a row or column of totals."""
    formulas = sum(total.cell.formula is not None for total in beside)
    return formulas >= _ENOUGH and formulas > len(beside) - formulas


def _finding(checked: Checked, total: Total, values: Values) -> Finding:
    found = total.cell.value
    assert isinstance(found, Decimal)
    formula = "=" + total.equation.witness.partition(" = ")[2]
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Tổng {number_text(found).vi} được gõ tay, các tổng bên cạnh là công thức; ô này nên là {formula}",
            f"The total {number_text(found).en} is typed, those beside it are formulas; it should be {formula}",
        ),
        place=total.place,
        label=label_of(checked, total.place),
        found=found,
        witnesses=(total.equation.witness,),
        fix=Fix(total.equation.computed(values), formula),
    )


RULE = Rule(
    name="hard-coded-total",
    severity=Severity.WARNING,
    title=Text("Tổng gõ tay giữa các công thức", "A typed total among formulas"),
    explanation=Text(
        "Ô tổng là một số gõ tay trong khi các ô tổng cùng dòng hoặc cùng cột là công thức. Khi sửa số liệu, ô này "
        "không tự tính lại và tổng sẽ sai mà không ai thấy. Bảng chỉ có số gõ tay thì không bị nhắc.",
        "A total is a typed number while the totals in its row or column are formulas. When a figure is changed, this "
        "cell does not follow, and the total is wrong without anybody noticing. A table of typed numbers only is not "
        "warned of.",
    ),
    example=Text(
        "Dòng tổng cộng có =SUM(D5:D9), =SUM(E5:E9), còn ô F10 là số 1.250.",
        "The total row has =SUM(D5:D9) and =SUM(E5:E9), and F10 is the number 1,250.",
    ),
    remedy=Text(
        "Chép công thức từ ô bên cạnh vào ô này.",
        "Copy the formula of the cell beside it into this cell.",
    ),
    check=_check,
)
