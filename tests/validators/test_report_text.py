"""The text report: literal, in both languages; what it does with many findings, with terminals and with bad texts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from support.report_samples import RULES, SHEET, file_report, swapped

from faults import Lang, Text
from validators.findings import FileReport, Finding, Fix, Severity, TableSummary
from validators.grid import Place
from validators.reports.text import print_lines, rule_list, rule_text, text_report
from workbook.addresses import Area

CLEAN = FileReport(Path("sach.xlsx"), (TableSummary(SHEET, Area(5, 1, 45, 8), "triệu đồng", 40, 62),))
UNREAD = FileReport(Path("hong.xlsx"), reason=Text("hong.xlsx: tệp hỏng.", "hong.xlsx: the file is damaged."))

VI = """\
bảng kê/du-toan.xlsx: 3 lỗi, 8 cảnh báo, 1 lưu ý
  Cả tệp
    cảnh báo  Liên kết ra tệp khác (external-link)
    Chi tiết     Tệp lấy số từ [1] dự toán.xlsx.
    Cách sửa     Cách sửa theo external-link.
  Trang “Phụ lục I”
    C10  lỗi       Tổng của dòng không khớp (row-total)
         Nội dung     Xây dựng phần mềm
         Chi tiết     Cộng thiếu dòng 12.
         Thấy         1.512.299,75
         Cần          1.512.300
         Lệch                -0,25
         Nguyên nhân  cộng thiếu một dòng
         Căn cứ       C10 = D10 + E10
                      C11 = D11 + E11
                      C12 = D12 + E12
                      C13 = D13 + E13
                      C14 = D14 + E14
                      và 2 nữa
         Cách sửa     ghi 1.512.300 vào C10
         Cũng có thể  C12, Chi tiết (2)!AA15
    C36  lỗi       Tổng của nhóm không khớp (group-total)
         Nội dung     Đào tạo, bồi dưỡng cán bộ quản lý giáo dục các cấp
         Chi tiết     Tổng của nhóm II khác tổng các dòng của nhóm.
         Thấy         3.235
         Cần          3.325
         Lệch           -90
         Nguyên nhân  hai chữ số bị đổi chỗ
         Căn cứ       C36 = SUM(D36:H36)
                      C45 = C10 + C36
         Cách sửa     ghi 3.325 vào C36, hoặc công thức =SUM(D36:H36)
    A46  lỗi       Số tiền bằng chữ không khớp (amount-in-words)
         Nội dung     Bằng chữ: Mười lăm tỷ chín trăm triệu đồng
         Chi tiết     Chữ đọc ra 15.900.000.000 đồng.
         Thấy         Mười lăm tỷ chín trăm triệu đồng
         Cần          Mười lăm tỷ tám trăm triệu đồng
         Cách sửa     ghi “Mười lăm tỷ tám trăm triệu đồng” vào A46
    A20  cảnh báo  Số thứ tự bị nhảy (numbering-gap)
         Nội dung     Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua…
         Chi tiết     Sau mục 2 là mục 4.
         Cách sửa     Cách sửa theo numbering-gap.
    D36  cảnh báo  Số ghi dạng chữ (number-as-text)
         Nội dung     Hội nghị
         Chi tiết     Ô chứa chữ “1.377”, không phải số.
         Thấy         1.377
         Cách sửa     ghi 1.377 vào D36
    E8   lưu ý     Lệch do làm tròn (rounding)
         Nội dung     Tập huấn
         Chi tiết     Lệch không quá mức làm tròn.
         Thấy         46,25
         Cần          46,3
         Lệch         -0,05
         Nguyên nhân  do làm tròn số
         Căn cứ       E8 = SUM(F8:G8)
         Cách sửa     Cách sửa theo rounding.
  Trang “Chi tiết (2)”
    AB7  cảnh báo  Tổng của nhóm không khớp (group-total)
         Nội dung     =SUM(A1)
         Chi tiết     Có thể cộng dòng 9 hai lần.
         Thấy          12,5
         Cần          -12,5
         Lệch         +25
         Nguyên nhân  sai dấu âm, dương
         Cách sửa     ghi công thức =SUM(AB8:AB9) vào AB7
    B9   cảnh báo  Số ghi dạng chữ (number-as-text)
         Chi tiết     Ô chứa chữ, không phải số.
         Thấy         9.000
         Cách sửa     Cách sửa theo number-as-text.
    B10  cảnh báo  Số ghi dạng chữ (number-as-text)
         Chi tiết     Ô chứa chữ, không phải số.
         Thấy         10.000
         Cách sửa     Cách sửa theo number-as-text.
    B11  cảnh báo  Số ghi dạng chữ (number-as-text)
         Chi tiết     Ô chứa chữ, không phải số.
         Thấy         11.000
         Cách sửa     Cách sửa theo number-as-text.
    B12  cảnh báo  Số ghi dạng chữ (number-as-text)
         Chi tiết     Ô chứa chữ, không phải số.
         Thấy         12.000
         Cách sửa     Cách sửa theo number-as-text.
"""

EN = """\
bảng kê/du-toan.xlsx: 3 errors, 8 warnings, 1 remark
  The whole workbook
    warning  Link to another file (external-link)
    Detail      The file takes figures from [1] dự toán.xlsx.
    Remedy      What external-link advises.
  Sheet “Phụ lục I”
    C10  error    Row total does not add up (row-total)
         Row         Xây dựng phần mềm
         Detail      Row 12 is left out.
         Found       1,512,299.75
         Expected    1,512,300
         Difference         -0.25
         Cause       a row is left out of the sum
         Witnesses   C10 = D10 + E10
                     C11 = D11 + E11
                     C12 = D12 + E12
                     C13 = D13 + E13
                     C14 = D14 + E14
                     and 2 more
         Remedy      write 1,512,300 in C10
         Could be    C12, Chi tiết (2)!AA15
    C36  error    Group total does not add up (group-total)
         Row         Đào tạo, bồi dưỡng cán bộ quản lý giáo dục các cấp
         Detail      The total of group II is not the sum of its rows.
         Found       3,235
         Expected    3,325
         Difference    -90
         Cause       two digits are swapped
         Witnesses   C36 = SUM(D36:H36)
                     C45 = C10 + C36
         Remedy      write 3,325 in C36, or the formula =SUM(D36:H36)
    A46  error    Amount in words disagrees (amount-in-words)
         Row         Bằng chữ: Mười lăm tỷ chín trăm triệu đồng
         Detail      The words say 15,900,000,000 đồng.
         Found       Mười lăm tỷ chín trăm triệu đồng
         Expected    Mười lăm tỷ tám trăm triệu đồng
         Remedy      write “Mười lăm tỷ tám trăm triệu đồng” in A46
    A20  warning  Gap in the numbering (numbering-gap)
         Row         Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua sắm thiết bị Mua…
         Detail      After 2 comes 4.
         Remedy      What numbering-gap advises.
    D36  warning  Number stored as text (number-as-text)
         Row         Hội nghị
         Detail      The cell holds the text “1.377”, no number.
         Found       1.377
         Remedy      write 1,377 in D36
    E8   remark   Rounded figures (rounding)
         Row         Tập huấn
         Detail      No more than rounding explains.
         Found       46.25
         Expected    46.3
         Difference  -0.05
         Cause       rounding
         Witnesses   E8 = SUM(F8:G8)
         Remedy      What rounding advises.
  Sheet “Chi tiết (2)”
    AB7  warning  Group total does not add up (group-total)
         Row         =SUM(A1)
         Detail      Row 9 may be counted twice.
         Found        12.5
         Expected    -12.5
         Difference  +25
         Cause       the sign is wrong
         Remedy      write the formula =SUM(AB8:AB9) in AB7
    B9   warning  Number stored as text (number-as-text)
         Detail      The cell holds a text, no number.
         Found       9.000
         Remedy      What number-as-text advises.
    B10  warning  Number stored as text (number-as-text)
         Detail      The cell holds a text, no number.
         Found       10.000
         Remedy      What number-as-text advises.
    B11  warning  Number stored as text (number-as-text)
         Detail      The cell holds a text, no number.
         Found       11.000
         Remedy      What number-as-text advises.
    B12  warning  Number stored as text (number-as-text)
         Detail      The cell holds a text, no number.
         Found       12.000
         Remedy      What number-as-text advises.
"""


def as_text(*reports: FileReport, lang: Lang = "vi", width: int | None = None) -> str:
    stream = io.StringIO()
    print_lines(text_report(reports, RULES, lang, width=width), stream)
    return stream.getvalue()


def texts(rows: Sequence[int], sheet: str = SHEET) -> tuple[Finding, ...]:
    """Warnings of one rule, one under another."""
    message = Text("Ô chứa chữ.", "The cell holds a text.")
    return tuple(Finding("number-as-text", Severity.WARNING, message, Place(sheet, row, 3)) for row in rows)


@pytest.mark.parametrize(("lang", "expected"), [("vi", VI), ("en", EN)])
def test_a_whole_report(lang: Lang, expected: str) -> None:
    assert as_text(file_report(Path("bảng kê/du-toan.xlsx")), lang=lang) == expected


def test_a_clean_file_and_an_unreadable_one_are_a_line_each() -> None:
    assert as_text(CLEAN) == "sach.xlsx: không thấy gì sai (số bảng: 1, số phép tính: 62)\n"
    assert as_text(UNREAD) == "hong.xlsx: không đọc được: tệp hỏng.\n"
    assert as_text(UNREAD, lang="en") == "hong.xlsx: cannot be read: the file is damaged.\n"


def test_a_file_without_tables_does_not_pass_for_a_right_one() -> None:
    assert as_text(FileReport(Path("trong.xlsx"))) == "trong.xlsx: không có bảng nào để kiểm tra\n"
    assert as_text(FileReport(Path("trong.xlsx")), lang="en") == "trong.xlsx: there is no table to check\n"


def test_several_files_are_counted_at_the_end() -> None:
    wrong = FileReport(Path("sai.xlsx"), findings=(swapped(),))
    lines = as_text(CLEAN, UNREAD, wrong).splitlines()
    assert lines[:4] == [
        "sach.xlsx: không thấy gì sai (số bảng: 1, số phép tính: 62)",
        "hong.xlsx: không đọc được: tệp hỏng.",
        "",
        "sai.xlsx: 1 lỗi",
    ]
    assert lines[-2:] == ["", "3 tệp: 1 có lỗi, 1 không có lỗi, 1 không đọc được"]


def test_of_many_findings_of_one_rule_ten_are_written_out_and_twenty_more_are_named() -> None:
    report = FileReport(Path("a.xlsx"), findings=(*texts(range(1, 5001)), *texts([7], "Hai")))
    lines = as_text(report, lang="en").splitlines()
    assert sum("(number-as-text)" in line for line in lines) == 10
    assert lines[-3:] == [
        "    Number stored as text: and 4990 more: "
        "C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21, C22, C23, C24, C25, C26, C27, C28, C29, C30, …",
        "  Sheet “Hai”",
        "    Number stored as text: and 1 more: C7",
    ]


def test_what_is_no_letter_cannot_steer_a_terminal_or_break_a_line() -> None:
    finding = Finding(
        "unknown-rule",
        Severity.ERROR,
        Text("một\x1b[31m\nhai\u202e", "one"),
        Place("A\tB", 1, 1),
        label="\x00x\r\ny",
        found="\x1b]0;z\x07",
        witnesses=("a\nb",),
        fix=Fix("c\nd"),
    )
    assert as_text(FileReport(Path("a\nb.xlsx"), findings=(finding,))) == (
        "a b.xlsx: 1 lỗi\n"
        "  Trang “A B”\n"
        "    A1  lỗi  unknown-rule (unknown-rule)\n"
        "        Nội dung     x y\n"
        "        Chi tiết     một [31m hai\n"
        "        Thấy         ]0;z\n"
        "        Căn cứ       a b\n"
        "        Cách sửa     ghi “c d” vào A1\n"
    )


def test_amounts_are_exact_however_long() -> None:
    finding = Finding(
        "row-total",
        Severity.ERROR,
        Text("Sai.", "Wrong."),
        Place(SHEET, 1, 1),
        expected=Decimal("12345678901234567890123456789.01"),
        found=Decimal("1E+6"),
    )
    lines = as_text(FileReport(Path("a.xlsx"), findings=(finding,))).splitlines()
    assert lines[4:6] == [
        "        Thấy                                      1.000.000",
        "        Cần          12.345.678.901.234.567.890.123.456.789,01",
    ]


def test_on_a_terminal_long_texts_are_wrapped_beneath_themselves() -> None:
    lines = as_text(FileReport(Path("a.xlsx"), findings=(swapped(),)), width=60).splitlines()
    assert lines[2:6] == [
        "    C36  lỗi  Tổng của nhóm không khớp (group-total)",
        "         Nội dung     Đào tạo, bồi dưỡng cán bộ quản lý giáo",
        "                      dục các cấp",
        "         Chi tiết     Tổng của nhóm II khác tổng các dòng",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "shown"), [("", "\x1b[1;31m1 lỗi\x1b[0m"), ("1", "\x1b[1m1 lỗi\x1b[0m")])
def test_a_terminal_gets_colours_unless_told_not_to(no_color: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    terminal = Terminal()
    print_lines(text_report([FileReport(Path("a.xlsx"), findings=(swapped(),))], RULES, "vi"), terminal)
    assert terminal.getvalue().splitlines()[0].endswith(f": {shown}")


def test_the_list_of_rules() -> None:
    stream = io.StringIO()
    print_lines(rule_list(RULES[1:3], "vi"), stream)
    assert stream.getvalue() == (
        "external-link  cảnh báo  Liên kết ra tệp khác\ngroup-total    lỗi       Tổng của nhóm không khớp\n"
    )


def test_one_rule_whole() -> None:
    stream = io.StringIO()
    print_lines(rule_text(RULES[2], "en"), stream)
    assert stream.getvalue() == (
        "group-total (error): Group total does not add up\n"
        "\nExplanation of group-total.\n"
        "\nExample: Example of group-total.\n"
        "\nRemedy: What group-total advises.\n"
    )
