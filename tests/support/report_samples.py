"""Findings of many kinds, made by hand, as the checks of an appendix would give them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from faults import Text
from validators.findings import Cause, FileReport, Finding, Fix, Severity, TableSummary
from validators.grid import Place
from validators.rules import Checked, Rule
from workbook.addresses import Area

SHEET, DETAIL = "Phụ lục I", "Chi tiết (2)"


def no_findings(_: Checked) -> Iterable[Finding]:
    return ()


def rule(name: str, severity: Severity, title: Text) -> Rule:
    return Rule(
        name,
        severity,
        title,
        explanation=Text(f"Giải thích của {name}.", f"Explanation of {name}."),
        example=Text(f"Ví dụ của {name}.", f"Example of {name}."),
        remedy=Text(f"Cách sửa theo {name}.", f"What {name} advises."),
        check=no_findings,
    )


RULES = (
    rule("amount-in-words", Severity.ERROR, Text("Số tiền bằng chữ không khớp", "Amount in words disagrees")),
    rule("external-link", Severity.WARNING, Text("Liên kết ra tệp khác", "Link to another file")),
    rule("group-total", Severity.ERROR, Text("Tổng của nhóm không khớp", "Group total does not add up")),
    rule("number-as-text", Severity.WARNING, Text("Số ghi dạng chữ", "Number stored as text")),
    rule("numbering-gap", Severity.WARNING, Text("Số thứ tự bị nhảy", "Gap in the numbering")),
    rule("rounding", Severity.INFO, Text("Lệch do làm tròn", "Rounded figures")),
    rule("row-total", Severity.ERROR, Text("Tổng của dòng không khớp", "Row total does not add up")),
)


def swapped() -> Finding:
    """The finding of the issue: a group total whose digits are swapped."""
    return Finding(
        "group-total",
        Severity.ERROR,
        Text("Tổng của nhóm II khác tổng các dòng của nhóm.", "The total of group II is not the sum of its rows."),
        Place(SHEET, 36, 3),
        label="Đào tạo, bồi dưỡng cán bộ quản lý giáo dục các cấp",
        expected=Decimal("3325.0"),
        found=Decimal("3235"),
        difference=Decimal("-90"),
        cause=Cause.DIGITS_SWAPPED,
        witnesses=("C36 = SUM(D36:H36)", "C45 = C10 + C36"),
        fix=Fix(Decimal("3.325E+3"), "=SUM(D36:H36)"),
    )


def findings() -> tuple[Finding, ...]:
    """Twelve, in no order."""
    return (
        Finding(
            "rounding",
            Severity.INFO,
            Text("Lệch không quá mức làm tròn.", "No more than rounding explains."),
            Place(SHEET, 8, 5),
            label="Tập huấn",
            expected=Decimal("46.3"),
            found=Decimal("46.25"),
            difference=Decimal("-0.05"),
            cause=Cause.ROUNDING,
            witnesses=("E8 = SUM(F8:G8)",),
        ),
        swapped(),
        Finding(
            "row-total",
            Severity.ERROR,
            Text("Cộng thiếu dòng 12.", "Row 12 is left out."),
            Place(SHEET, 10, 3),
            label="Xây dựng\nphần mềm",
            expected=Decimal("1512300"),
            found=Decimal("1512299.75"),
            difference=Decimal("-0.25"),
            cause=Cause.ROW_LEFT_OUT,
            witnesses=tuple(f"C{row} = D{row} + E{row}" for row in range(10, 17)),
            fix=Fix(Decimal("1512300")),
            others=(Place(SHEET, 12, 3), Place(DETAIL, 15, 27)),
        ),
        Finding(
            "number-as-text",
            Severity.WARNING,
            Text("Ô chứa chữ “1.377”, không phải số.", "The cell holds the text “1.377”, no number."),
            Place(SHEET, 36, 4),
            label="Hội nghị",
            found="1.377",
            fix=Fix(Decimal("1377")),
        ),
        Finding(
            "numbering-gap",
            Severity.WARNING,
            Text("Sau mục 2 là mục 4.", "After 2 comes 4."),
            Place(SHEET, 20, 1),
            label="Mua sắm thiết bị " * 12,
        ),
        Finding(
            "amount-in-words",
            Severity.ERROR,
            Text("Chữ đọc ra 15.900.000.000 đồng.", "The words say 15,900,000,000 đồng."),
            Place(SHEET, 46, 1),
            label="Bằng chữ: Mười lăm tỷ chín trăm triệu đồng",
            expected="Mười lăm tỷ tám trăm triệu đồng",
            found="Mười lăm tỷ chín trăm triệu đồng",
            fix=Fix("Mười lăm tỷ tám trăm triệu đồng"),
        ),
        Finding(
            "external-link",
            Severity.WARNING,
            Text("Tệp lấy số từ [1] dự toán.xlsx.", "The file takes figures from [1] dự toán.xlsx."),
        ),
        Finding(
            "group-total",
            Severity.WARNING,
            Text("Có thể cộng dòng 9 hai lần.", "Row 9 may be counted twice."),
            Place(DETAIL, 7, 28),
            label="=SUM(A1)",
            expected=Decimal("-12.5"),
            found=Decimal("12.5"),
            difference=Decimal("25"),
            cause=Cause.SIGN,
            fix=Fix(formula="=SUM(AB8:AB9)"),
        ),
        *(
            Finding(
                "number-as-text",
                Severity.WARNING,
                Text("Ô chứa chữ, không phải số.", "The cell holds a text, no number."),
                Place(DETAIL, row, 2),
                found=f"{row}.000",
            )
            for row in (9, 10, 11, 12)
        ),
    )


def file_report(path: Path) -> FileReport:
    """All of them, in a file of two tables."""
    tables = (
        TableSummary(SHEET, Area(5, 1, 45, 8), "triệu đồng", 40, 62),
        TableSummary(DETAIL, Area(3, 1, 12, 28), None, 9, 5),
    )
    return FileReport(path, tables, findings())
