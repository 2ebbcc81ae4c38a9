"""The file shows an old result of a formula."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budget.numbers import number_text
from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Value
from validators.rules._figures import label_of
from validators.rules._formulas import roots
from validators.rules.base import Checked, Rule


def _check(checked: Checked) -> Iterator[Finding]:
    """Cells that only follow another stale one are not named: they come right with it."""
    stale = {cell.place: cell for cell in checked.book.stale}
    for place in roots(checked.book, stale):
        stored, calculated = _told(stale[place].stored), _told(stale[place].calculated)
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            message=Text(
                f"Tệp lưu kết quả cũ {_shown(stored).vi}, công thức tính ra {_shown(calculated).vi}",
                f"The file keeps the old result {_shown(stored).en}, the formula gives {_shown(calculated).en}",
            ),
            place=place,
            label=label_of(checked, place),
            expected=calculated,
            found=stored,
            difference=stored - calculated if isinstance(stored, Decimal) and isinstance(calculated, Decimal) else None,
        )


def _told(value: Value) -> Decimal | str:
    return value if isinstance(value, Decimal | str) else str(value)


def _shown(value: Decimal | str) -> Text:
    return number_text(value) if isinstance(value, Decimal) else Text(f"“{value}”", f"“{value}”")


RULE = Rule(
    name="stale-value",
    severity=Severity.WARNING,
    title=Text("Kết quả công thức đã cũ", "A stored result is out of date"),
    explanation=Text(
        "Giá trị lưu trong tệp khác với kết quả khi tính lại công thức, do tệp được lưu ở chế độ tính thủ công hoặc do "
        "một phần mềm khác ghi ra. Người mở tệp trên điện thoại hay trong khung xem trước sẽ thấy số cũ. Các tổng lấy "
        "theo ô này không được nêu lại.",
        "The value that the file keeps is not what its formula gives: the file was saved under manual calculation, or "
        "written by another program. Whoever opens it on a telephone or in a preview sees the old figure. Totals that "
        "only follow such a cell are not named again.",
    ),
    example=Text(
        "Ô C10 = SUM(C5:C9) lưu 1.200, tính lại được 1.250.",
        "C10 = SUM(C5:C9) is stored as 1,200 and comes to 1,250.",
    ),
    remedy=Text(
        "Mở tệp bằng Excel, bật tính tự động (Formulas > Calculation Options > Automatic), nhấn Ctrl+Alt+F9 rồi lưu.",
        "Open the file in Excel, switch on automatic calculation (Formulas > Calculation Options > Automatic), press "
        "Ctrl+Alt+F9 and save.",
    ),
    check=_check,
)
