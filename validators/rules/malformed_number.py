"""Digits that are no number, or that could be two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budget.numbers import number_text
from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Place
from validators.rules._figures import finding, label_of
from validators.rules.base import Checked, Rule
from validators.tables.model import Figure, Form, Role, RowKind

_COUNTED = {Role.QUANTITY, Role.UNIT_PRICE}
_SAYS = Text("Số viết hỏng", "The broken number")


def _check(checked: Checked) -> Iterator[Finding]:
    proven = {each.place: each for each in checked.diagnoses if each.found is None}
    for table in checked.tables:
        for cell, figure in table.figures.items():
            column = table.column_at[cell[1]]
            row = table.row_at.get(cell[0])
            if row is None or row.kind is RowKind.TEXT:
                continue
            if figure.form is not Form.MALFORMED or not (column.role.is_amount or column.role in _COUNTED):
                continue
            place = table.place(cell)
            diagnosis = proven.get(place)
            if diagnosis is None:
                yield _unproven(checked, place, figure)
            else:
                # An error only where the sums ask for another number than the digits in a row make.
                is_other = figure.readings and diagnosis.expected != figure.readings[-1]
                known = finding(checked, diagnosis, "malformed-number", _SAYS)
                severity = known.severity if is_other else Severity.WARNING
                yield replace(known, found=figure.printed, severity=severity)


def _unproven(checked: Checked, place: Place, figure: Figure) -> Finding:
    """Nothing tells which number is meant."""
    could = " hoặc ".join(number_text(each).vi for each in figure.readings)
    could_en = " or ".join(number_text(each).en for each in figure.readings)
    return Finding(
        "malformed-number",
        Severity.WARNING,
        Text(f"{_SAYS.vi}; có thể là {could}", f"{_SAYS.en}; it could be {could_en}") if could else _SAYS,
        place,
        label_of(checked, place),
        found=figure.printed,
    )


RULE = Rule(
    name="malformed-number",
    severity=Severity.ERROR,
    title=Text("Số viết sai quy cách", "A malformed number"),
    explanation=Text(
        "Dấu chấm phải ngăn số thành nhóm ba chữ số, dấu phẩy đứng trước phần thập phân. Số viết khác có thể đọc ra "
        "hai số tiền. Là lỗi khi các phép tính chứng tỏ một số khác với các chữ số đã ghi.",
        "Dots must part a number into groups of three digits, a comma stands before decimals. Anything else can be "
        "read as two amounts. It is an error where the sums prove another number than the digits make.",
    ),
    example=Text("2000.000.000 (200.000.000 hay 2.000.000.000?)", "2000.000.000 (200.000.000 or 2.000.000.000?)"),
    remedy=Text(
        "Viết lại số, tốt nhất là nhập số thật để Excel tự ngăn nhóm.", "Write it again, best as a real number."
    ),
    check=_check,
)
