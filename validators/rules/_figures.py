"""From a diagnosis to a finding: what the rules about wrong figures share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from budget.numbers import number_text, plain
from faults import Text
from validators.diagnosis.model import Diagnosis
from validators.equations.model import Equation, Operation, Relation
from validators.findings import Cause, Finding, Fix, Severity
from validators.grid import Place
from validators.rules._wording import cells
from validators.rules.base import Checked
from validators.tables.model import AppendixTable

_SURE = {Cause.DIGITS_SWAPPED, Cause.WRONG_UNIT, Cause.SIGN}
_PART = Text("Số này", "This figure")  # of a sum, and no total of it


def rule_of(checked: Checked, diagnosis: Diagnosis) -> str:
    """The name of the one rule that reports a diagnosis."""
    if diagnosis.found is None:
        return "malformed-number"
    if diagnosis.rounding:
        return "rounding"
    if not diagnosis.solid and diagnosis.cause not in _SURE:
        return "unresolved"
    if diagnosis.cause in (Cause.ROW_LEFT_OUT, Cause.COUNTED_TWICE) and formula_at(checked, diagnosis.place):
        return "omitted-rows" if diagnosis.cause is Cause.ROW_LEFT_OUT else "double-counted"
    return diagnosis.equation.relation.value


def of_rule(name: str, says: Text) -> Callable[[Checked], Iterable[Finding]]:
    """The check of a rule that reports diagnoses; `says` begins its message: what the figure is."""

    def check(checked: Checked) -> Iterator[Finding]:
        for diagnosis in checked.diagnoses:
            if rule_of(checked, diagnosis) == name:
                yield finding(checked, diagnosis, name, says)

    return check


def finding(checked: Checked, diagnosis: Diagnosis, rule: str, says: Text) -> Finding:
    """A wrong figure with all that testifies; a doubt where no equation is sure."""
    factor = _unit_factor(checked, diagnosis)
    expected = plain(diagnosis.expected / factor)
    found = None if diagnosis.found is None else plain(diagnosis.found / factor)
    return Finding(
        rule,
        Severity.ERROR if _is_sure(diagnosis) else Severity.WARNING,
        _message(diagnosis, says, found, expected),
        diagnosis.place,
        label_of(checked, diagnosis.place),
        expected,
        found,
        None if found is None else plain(found - expected),
        diagnosis.cause,
        tuple(equation.witness for equation in diagnosis.witnesses),
        Fix(expected, formula_for(diagnosis)),
        diagnosis.others,
    )


def _is_sure(diagnosis: Diagnosis) -> bool:
    """Whether figures contradict each other. An expression in the text does so by itself where the slip is plain."""
    if diagnosis.rounding:
        return False
    plain_slip = diagnosis.cause is not None and diagnosis.cause is not Cause.DIGIT_CHANGED
    return diagnosis.solid or (plain_slip and diagnosis.equation.relation is Relation.EXPRESSION)


def _unit_factor(checked: Checked, diagnosis: Diagnosis) -> Decimal:
    """Texts state amounts in đồng: findings tell them in the unit of the figures that they are about."""
    equation = diagnosis.equation
    table = table_at(checked, diagnosis.place)
    if table is not None and (diagnosis.place.row, diagnosis.place.column) in table.figures:
        return Decimal(1)
    is_text = equation.relation in (Relation.WORDS, Relation.EXPRESSION, Relation.TABLES)
    return equation.scale if is_text and equation.total == diagnosis.place else Decimal(1)


def _message(diagnosis: Diagnosis, says: Text, found: Decimal | None, expected: Decimal) -> Text:
    right = number_text(expected)
    if found is None:
        return Text(f"{says.vi}; các phép tính đòi {right.vi}", f"{says.en}; the sums ask for {right.en}")
    wrong = number_text(found)
    if diagnosis.place != diagnosis.equation.total:
        says = _PART
    vi = f"{says.vi} ghi {wrong.vi}, phải là {right.vi}"
    en = f"{says.en} is {wrong.en}, it should be {right.en}"
    if diagnosis.detail and diagnosis.cause in (Cause.ROW_LEFT_OUT, Cause.COUNTED_TWICE):
        about = cells(diagnosis.detail)
        left = diagnosis.cause is Cause.ROW_LEFT_OUT
        vi += f": chưa cộng {about}" if left else f": đã cộng hai lần {about}"
        en += f": {about} left out of the sum" if left else f": {about} counted twice"
    if diagnosis.together:
        vi += f"; cùng lỗi ở {cells(diagnosis.together)}"
        en += f"; likewise {cells(diagnosis.together)}"
    return Text(vi, en)


def formula_for(diagnosis: Diagnosis) -> str | None:
    """The formula that would compute the figure: the right side of the equation whose total it is."""
    for equation in sorted(diagnosis.witnesses, key=lambda each: each is not diagnosis.equation):
        own_sheet = all(place.sheet == diagnosis.place.sheet for place in equation.places)
        if equation.total == diagnosis.place and own_sheet and _computes(equation):
            return "=" + equation.formula
    return None


def _computes(equation: Equation) -> bool:
    return equation.operation is Operation.PRODUCT or equation.relation not in (
        Relation.WORDS,
        Relation.EXPRESSION,
        Relation.TABLES,
    )


def formula_at(checked: Checked, place: Place) -> str | None:
    """The formula in a cell, without `=`; None where it holds none."""
    cell = checked.book.sheet(place.sheet).cell(place.row, place.column)
    return None if cell is None else cell.formula


def table_at(checked: Checked, place: Place) -> AppendixTable | None:
    """The table that a cell lies in."""
    for table in checked.tables:
        if table.grid.name == place.sheet and table.area.covers(place.row, place.column):
            return table
    return None


def label_of(checked: Checked, place: Place) -> str:
    """A row's own wording, with its number; outside of tables the text of the cell itself."""
    table = table_at(checked, place)
    row = table.row_at.get(place.row) if table else None
    if row is not None:
        return f"{row.number} {row.label}".strip()
    value = checked.book.sheet(place.sheet).value(place.row, place.column)
    return value if isinstance(value, str) else ""
