"""The sheet of findings: a verdict on top, then a row for each finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from budget.numbers import plain
from faults import Lang, Text
from validators.findings import FileReport, Finding, Severity
from validators.reports.wording import (
    CAUSES,
    GRAVEST_FIRST,
    SEVERITIES,
    by_sheet,
    cell_names,
    one_line,
    remedy,
    rule_title,
    shortened,
    shown,
    verdict,
)
from validators.rules.base import Rule
from workbook.text import CELL_LIMIT, quote_sheet, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET_NAME = Text("Kết quả kiểm tra", "Findings")
FILLS: Mapping[Severity, str] = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
MAX_FINDINGS = 10_000  # that are listed: nobody mends more by hand, and a sheet holds 65 530 links at most
EXACT_DIGITS = 15  # that Excel keeps of a number

_HEADER = 6  # the row of the column headings
_LINE_HEIGHT, _MAX_HEIGHT = 14.5, 409.0  # points: of a line of text, and the tallest row that Excel has
_LETTERS_PER_WIDTH = 1.1  # letters of Times New Roman 11 for each digit that a column is wide
_WITNESSES, _LABEL = 10, 300  # equations and characters of a row's wording that a cell shows
_COLUMNS: Sequence[tuple[Text, float]] = (
    (Text("Mức độ", "Severity"), 10),
    (Text("Trang", "Sheet"), 12),
    (Text("Ô", "Cell"), 7),
    (Text("Điều chưa đúng", "What is wrong"), 38),
    (Text("Nội dung của dòng", "The row"), 28),
    (Text("Đang ghi", "Found"), 13),
    (Text("Đúng ra", "Expected"), 13),
    (Text("Chênh lệch", "Difference"), 12),
    (Text("Nguyên nhân", "Cause"), 14),
    (Text("Cách sửa", "How to mend it"), 30),
)
_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE = Side(style="thin", color="A6A6A6")


def findings_workbook(
    report: FileReport, rules: Mapping[str, Rule], lang: Lang, name: str, *, linked: bool
) -> Workbook:
    """A workbook of one sheet, called `name`: the findings of a file. `linked`: cells are hyperlinks to themselves."""
    book = Workbook()
    page = _Page(book, report, rules, lang)
    page.sheet.title = name
    page.write(linked=linked)
    return book


def cell_text(text: str, limit: int = CELL_LIMIT) -> str:
    """`text` as a cell or a note can hold it: no control characters, no more than `limit` UTF-16 units."""
    clean = _UNWRITABLE.sub(" ", text)
    if len(clean.encode("utf-16-le")) <= 2 * limit:
        return clean
    return clean.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore") + "…"


def what_is_wrong(finding: Finding, rules: Mapping[str, Rule], lang: Lang) -> str:
    """The title of the rule, the message and the equations that testify, a line each."""
    lines = [rule_title(finding.rule, rules, lang), finding.message[lang], *finding.witnesses[:_WITNESSES]]
    if len(finding.witnesses) > _WITNESSES:
        lines.append("…")
    return "\n".join(one_line(line) for line in lines)


def how_to_mend(finding: Finding, rules: Mapping[str, Rule], lang: Lang) -> str:
    """The remedy, and the other cells that could be the wrong one."""
    lines = [remedy(finding, rules, lang)]
    if finding.others:
        sheet = None if finding.place is None else finding.place.sheet
        could = Text("Cũng có thể sai ở", "The wrong one could also be")[lang]
        lines.append(f"{could} {cell_names(finding.others, sheet, len(finding.others))}")
    return "\n".join(line[:1].upper() + line[1:] for line in lines if line)


def _ground(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


def _styles() -> dict[str, NamedStyle]:
    def style(
        name: str, *, size: int = 11, bold: bool = False, align: str = "left", box: bool = True, color: str = "000000"
    ) -> NamedStyle:
        return NamedStyle(
            name=f"phuluc {name}",
            font=Font(name="Times New Roman", size=size, bold=bold, color=color),
            alignment=Alignment(
                horizontal=align, vertical="top" if box else "center", wrap_text=box, indent=int(align == "right")
            ),
            border=Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE) if box else Border(),
        )

    styles = {
        "title": style("title", size=16, bold=True, box=False),
        "plain": style("plain", box=False),
        "verdict": style("verdict", size=13, bold=True, box=False),
        "head": style("head", bold=True, align="center", color="FFFFFF"),
        "text": style("text"),
        "center": style("center", align="center"),
        "link": style("link", align="center", color="0563C1"),
        "figure": style("figure", align="right"),
    }
    for severity, color in FILLS.items():
        styles[severity.value] = style(severity.value, align="center")
        styles[severity.value].fill = _ground(color)
    styles["head"].fill = _ground("1F4E78")
    styles["head"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    styles["link"].font = Font(name="Times New Roman", size=11, underline="single", color="0563C1")
    return styles


class _Page:
    """The sheet being written."""

    def __init__(self, book: Workbook, report: FileReport, rules: Mapping[str, Rule], lang: Lang) -> None:
        self.sheet: Worksheet = book.worksheets[0]
        self._report, self._rules, self._lang = report, rules, lang
        self._arrays = {name: self._style_array(style) for name, style in _styles().items()}
        self._widths = [width for _, width in _COLUMNS]
        self._lines: dict[int, int] = {}  # how many lines the tallest text of a row takes

    def _style_array(self, style: NamedStyle) -> Any:
        """A style as cells hold it; to copy it is much quicker than to give each cell the style by its name."""
        cell: Any = self.sheet.cell(1, 1)
        cell.style = style
        return copy(cell._style)

    def write(self, *, linked: bool) -> None:
        """Verdict, headings, a row for each finding, and how all of it is shown and printed."""
        self._write_verdict()
        for column, (head, _) in enumerate(_COLUMNS, 1):
            self._text(_HEADER, column, head[self._lang], "head")
        findings = [finding for _, findings in by_sheet(self._report) for finding in findings]
        findings.sort(key=lambda finding: GRAVEST_FIRST.index(finding.severity))  # and sheet by sheet, as they were
        listed = findings[:MAX_FINDINGS]
        for row, finding in enumerate(listed, _HEADER + 1):
            self._write_finding(row, finding, linked=linked)
        self._set_up(_HEADER + len(listed))
        if len(findings) > len(listed):
            rest = len(findings) - len(listed)
            more = Text(f"Còn {rest} chỗ nữa không liệt kê ở đây.", f"{rest} more are not listed here.")[self._lang]
            self._text(_HEADER + len(listed) + 1, 1, more, "plain")

    def _write_verdict(self) -> None:
        title = Text("KẾT QUẢ KIỂM TRA PHỤ LỤC", "FINDINGS OF THE CHECK")[self._lang]
        said = verdict(self._report, self._lang)
        self._text(1, 1, title, "title")
        self._text(2, 1, f"{Text('Tệp', 'File')[self._lang]}: {self._report.path.name}", "plain")
        self._text(3, 1, f"{Text('Kết luận', 'Verdict')[self._lang]}: {said}", "verdict")
        gravest = next((severity for severity in FILLS if self._report.count(severity)), None)
        color = "C6EFCE" if gravest is None else FILLS[gravest]
        for column in range(1, len(_COLUMNS) + 1):
            self.sheet.cell(3, column).fill = _ground(color)
        tables, equations = len(self._report.tables), sum(table.equations for table in self._report.tables)
        checked = Text(
            f"Đã kiểm tra: số bảng {tables}, số phép tính {equations}",
            f"Checked: {tables} tables, {equations} equations",
        )
        self._text(4, 1, checked[self._lang], "plain")

    def _write_finding(self, row: int, finding: Finding, *, linked: bool) -> None:
        lang = self._lang
        self._text(row, 1, SEVERITIES[finding.severity][lang].capitalize(), finding.severity.value)
        whole = Text("(cả tệp)", "(the file)")[lang]
        self._text(row, 2, whole if finding.place is None else finding.place.sheet, "text")
        self._write_cell_name(row, finding, linked=linked)
        self._text(row, 4, what_is_wrong(finding, self._rules, lang), "text")
        self._text(row, 5, shortened(finding.label, _LABEL), "text")
        for column, value in enumerate((finding.found, finding.expected, finding.difference), 6):
            self._value(row, column, value)
        self._text(row, 9, CAUSES[finding.cause][lang].capitalize() if finding.cause else "", "text")
        self._text(row, 10, how_to_mend(finding, self._rules, lang), "text")

    def _write_cell_name(self, row: int, finding: Finding, *, linked: bool) -> None:
        place = finding.place
        cell = self._text(row, 3, "" if place is None else place.address, "link" if linked else "center")
        if place is not None and linked:
            target = f"{quote_sheet(place.sheet)}!{place.address}"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
            cell._style = copy(self._arrays["link"])  # openpyxl has put its own

    def _text(self, row: int, column: int, text: str, style: str) -> Any:
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._arrays[style])
        if text:
            write_text(cell, cell_text(text))
        if row >= _HEADER:
            room = _LETTERS_PER_WIDTH * self._widths[column - 1]
            lines = sum(1 + int(len(line) / room) for line in text.split("\n"))
            self._lines[row] = max(self._lines.get(row, 1), lines)
        return cell

    def _value(self, row: int, column: int, value: Decimal | str | None) -> None:
        """A number as a number, with its own decimals; one that Excel would round, and a text, as a text."""
        if not isinstance(value, Decimal):
            self._text(row, column, value or "", "text")
            return
        number = plain(value)
        digits = number.as_tuple()
        if len(digits.digits) > EXACT_DIGITS:
            self._text(row, column, shown(number, self._lang), "figure")
            return
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._arrays["figure"])
        cell.value = number
        decimals = -int(digits.exponent)
        cell.number_format = f"#,##0.{'0' * decimals}" if decimals > 0 else "#,##0"
        self._widths[column - 1] = max(self._widths[column - 1], len(shown(number, self._lang)) + 2)

    def _set_up(self, last: int) -> None:
        sheet = self.sheet
        for column, width in enumerate(self._widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for row, lines in self._lines.items():  # LibreOffice sizes no rows on its own
            sheet.row_dimensions[row].height = min(_LINE_HEIGHT * lines + 3, _MAX_HEIGHT)
        sheet.sheet_view.showGridLines = False
        sheet.freeze_panes = f"A{_HEADER + 1}"
        right = get_column_letter(len(_COLUMNS))
        if last > _HEADER:
            sheet.auto_filter.ref = f"A{_HEADER}:{right}{last}"
        sheet.print_area = f"A1:{right}{last}"
        sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
        setup, margins = sheet.page_setup, sheet.page_margins
        setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "landscape", 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins.left = margins.right = margins.top = margins.bottom = 0.5
        sheet.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]
