"""The sheet of findings: a verdict on top, then a row for each finding.

Its cells bear direct formats and no named styles: an add-in copies it into the user's open book, where nothing of ours
may stay when it goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from budget.numbers import plain
from faults import Lang, Text
from validators.findings import FileReport, Finding, Severity
from validators.own_sheet import HEADER, HEADS, NAME, TITLE
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
from workbook.text import cell_text, quote_sheet, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET_NAME = NAME
FILLS: Mapping[Severity, str] = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
MAX_FINDINGS = 10_000  # that are listed: nobody mends more by hand, and a sheet holds 65 530 links at most
EXACT_DIGITS = 15  # that Excel keeps of a number

FIRST_ROW = HEADER + 1  # of the findings
SEVERITY_COLUMN, SHEET_COLUMN, CELL_COLUMN, EXPECTED_COLUMN = 1, 2, 3, 7
NOW_COLUMN = 8  # of a live sheet: what the cell holds by now; the columns after it stand one further to the right

_LINE_HEIGHT, _MAX_HEIGHT = 14.5, 409.0  # points: of a line of text, and the tallest row that Excel has
_LETTERS_PER_WIDTH = 1.1  # letters of Times New Roman 11 for each digit that a column is wide
_WITNESSES, _LABEL = 10, 300  # equations and characters of a row's wording that a cell shows
_COLUMNS: Sequence[tuple[Text, float]] = (
    *zip(HEADS, (10, 12, 7), strict=True),
    (Text("Điều chưa đúng", "What is wrong"), 38),
    (Text("Nội dung của dòng", "The row"), 28),
    (Text("Đang ghi", "Found"), 13),
    (Text("Đúng ra", "Expected"), 13),
    (Text("Chênh lệch", "Difference"), 12),
    (Text("Nguyên nhân", "Cause"), 14),
    (Text("Cách sửa", "How to mend it"), 30),
)
_NOW = (Text("Hiện nay", "Now"), 13)
_LINE = Side(style="thin", color="A6A6A6")


def findings_workbook(
    report: FileReport, rules: Mapping[str, Rule], lang: Lang, name: str, *, linked: bool, live: bool = False
) -> Workbook:
    """A workbook of one sheet, called `name`: the findings of a file.

    `linked`: cells are hyperlinks to themselves. `live`: the sheet has `NOW_COLUMN`, with `live_formulas`.
    """
    book = Workbook()
    page = _Page(book, report, rules, lang, live=live)
    page.sheet.title = name
    page.write(linked=linked)
    return book


def live_formulas(report: FileReport) -> list[str]:
    """What stands in `NOW_COLUMN`, from `FIRST_ROW` down: formulas that show what each guilty cell holds by now.

    They name sheets, so they must be written again where the sheet was copied into another book: Excel makes them
    refer to the book that they came from. Empty for a finding about the file as a whole.
    """
    return [
        "" if place is None else f"={quote_sheet(place.sheet)}!{place.address}"
        for place in (finding.place for finding in _listed(report)[:MAX_FINDINGS])
    ]


def _listed(report: FileReport) -> list[Finding]:
    """The findings in the order of the rows: the gravest first, and sheet by sheet."""
    findings = [finding for _, findings in by_sheet(report) for finding in findings]
    return sorted(findings, key=lambda finding: GRAVEST_FIRST.index(finding.severity))


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


def _decimals(value: Decimal) -> int:
    return max(0, -int(plain(value).as_tuple().exponent))


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


class _Look(NamedTuple):
    """The formats of a cell."""

    font: Font
    alignment: Alignment
    border: Border
    fill: PatternFill


def _looks() -> dict[str, _Look]:
    def look(
        *, size: int = 11, bold: bool = False, align: str = "left", box: bool = True, color: str = "000000"
    ) -> _Look:
        return _Look(
            Font(name="Times New Roman", size=size, bold=bold, color=color),
            Alignment(
                horizontal=align, vertical="top" if box else "center", wrap_text=box, indent=int(align == "right")
            ),
            Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE) if box else Border(),
            PatternFill(),
        )

    center = look(align="center")
    return {
        "title": look(size=16, bold=True, box=False),
        "plain": look(box=False),
        "verdict": look(size=13, bold=True, box=False),
        "head": look(bold=True, color="FFFFFF")._replace(
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True), fill=_ground("1F4E78")
        ),
        "text": look(),
        "center": center,
        "link": center._replace(font=Font(name="Times New Roman", size=11, underline="single", color="0563C1")),
        "figure": look(align="right"),
        "now": look()._replace(alignment=Alignment(vertical="top")),  # whatever stands there, cut off where it is long
        **{severity.value: center._replace(fill=_ground(color)) for severity, color in FILLS.items()},
    }


class _Page:
    """The sheet being written."""

    def __init__(
        self, book: Workbook, report: FileReport, rules: Mapping[str, Rule], lang: Lang, *, live: bool
    ) -> None:
        self.sheet: Worksheet = book.worksheets[0]
        self._report, self._rules, self._lang, self._live = report, rules, lang, live
        self._arrays = {name: self._style_array(look) for name, look in _looks().items()}
        self._columns = list(_COLUMNS)
        if live:
            self._columns.insert(NOW_COLUMN - 1, _NOW)
        self._widths = [width for _, width in self._columns]
        self._lines: dict[int, int] = {}  # how many lines the tallest text of a row takes

    def _style_array(self, look: _Look) -> Any:
        """A look as cells hold it; to copy it is much quicker than to give each cell its formats."""
        cell: Any = self.sheet.cell(1, 1)
        for name, value in look._asdict().items():
            setattr(cell, name, value)
        return copy(cell._style)

    def write(self, *, linked: bool) -> None:
        """Verdict, headings, a row for each finding, and how all of it is shown and printed."""
        self._write_verdict()
        for column, (head, _) in enumerate(self._columns, 1):
            self._text(HEADER, column, head[self._lang], "head")
        findings = _listed(self._report)
        listed = findings[:MAX_FINDINGS]
        for row, finding in enumerate(listed, FIRST_ROW):
            self._write_finding(row, finding, linked=linked)
        if self._live:
            self._write_now(listed)
        self._set_up(HEADER + len(listed))
        if len(findings) > len(listed):
            rest = len(findings) - len(listed)
            more = Text(f"Còn {rest} chỗ nữa không liệt kê ở đây.", f"{rest} more are not listed here.")[self._lang]
            self._text(FIRST_ROW + len(listed), 1, more, "plain")

    def _write_verdict(self) -> None:
        said = verdict(self._report, self._lang)
        self._text(1, 1, TITLE[self._lang], "title")
        self._text(2, 1, f"{Text('Tệp', 'File')[self._lang]}: {self._report.path.name}", "plain")
        self._text(3, 1, f"{Text('Kết luận', 'Verdict')[self._lang]}: {said}", "verdict")
        gravest = next((severity for severity in FILLS if self._report.count(severity)), None)
        color = "C6EFCE" if gravest is None else FILLS[gravest]
        for column in range(1, len(self._columns) + 1):
            self.sheet.cell(3, column).fill = _ground(color)
        tables, equations = len(self._report.tables), sum(table.equations for table in self._report.tables)
        checked = Text(
            f"Đã kiểm tra: số bảng {tables}, số phép tính {equations}",
            f"Checked: {tables} tables, {equations} equations",
        )
        self._text(4, 1, checked[self._lang], "plain")

    def _write_finding(self, row: int, finding: Finding, *, linked: bool) -> None:
        lang = self._lang
        self._text(row, SEVERITY_COLUMN, SEVERITIES[finding.severity][lang].capitalize(), finding.severity.value)
        whole = Text("(cả tệp)", "(the file)")[lang]
        self._text(row, SHEET_COLUMN, whole if finding.place is None else finding.place.sheet, "text")
        self._write_cell_name(row, finding, linked=linked)
        self._text(row, 4, what_is_wrong(finding, self._rules, lang), "text")
        self._text(row, 5, shortened(finding.label, _LABEL), "text")
        self._value(row, EXPECTED_COLUMN - 1, finding.found)
        self._value(row, EXPECTED_COLUMN, finding.expected)
        last = len(self._columns)
        self._value(row, last - 2, finding.difference)
        self._text(row, last - 1, CAUSES[finding.cause][lang].capitalize() if finding.cause else "", "text")
        self._text(row, last, how_to_mend(finding, self._rules, lang), "text")

    def _write_now(self, listed: Sequence[Finding]) -> None:
        """What the guilty cells hold by now, with as many decimals as what was found or expected there."""
        for row, (finding, formula) in enumerate(zip(listed, live_formulas(self._report), strict=True), FIRST_ROW):
            cell: Any = self.sheet.cell(row, NOW_COLUMN)
            cell._style = copy(self._arrays["now"])
            cell.value = formula or None
            amounts = [each for each in (finding.found, finding.expected) if isinstance(each, Decimal)]
            cell.number_format = _number_format(max(map(_decimals, amounts), default=0))

    def _write_cell_name(self, row: int, finding: Finding, *, linked: bool) -> None:
        place = finding.place
        cell = self._text(row, CELL_COLUMN, "" if place is None else place.address, "link" if linked else "center")
        if place is not None and linked:
            target = f"{quote_sheet(place.sheet)}!{place.address}"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)

    def _text(self, row: int, column: int, text: str, style: str) -> Any:
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._arrays[style])
        if text:
            write_text(cell, cell_text(text))
        if row >= HEADER:
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
        if len(number.as_tuple().digits) > EXACT_DIGITS:
            self._text(row, column, shown(number, self._lang), "figure")
            return
        cell: Any = self.sheet.cell(row, column)
        cell._style = copy(self._arrays["figure"])
        cell.value = number
        cell.number_format = _number_format(_decimals(number))
        self._widths[column - 1] = max(self._widths[column - 1], len(shown(number, self._lang)) + 2)

    def _set_up(self, last: int) -> None:
        sheet = self.sheet
        for column, width in enumerate(self._widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for row, lines in self._lines.items():  # LibreOffice sizes no rows on its own
            sheet.row_dimensions[row].height = min(_LINE_HEIGHT * lines + 3, _MAX_HEIGHT)
        sheet.sheet_view.showGridLines = False
        sheet.freeze_panes = f"A{FIRST_ROW}"
        right = get_column_letter(len(self._columns))
        if last > HEADER:
            sheet.auto_filter.ref = f"A{HEADER}:{right}{last}"
        sheet.print_area = f"A1:{right}{last}"
        sheet.print_title_rows = f"{HEADER}:{HEADER}"
        setup, margins = sheet.page_setup, sheet.page_margins
        setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "landscape", 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins.left = margins.right = margins.top = margins.bottom = 0.5
        sheet.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]
