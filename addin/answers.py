"""What the worksheet functions answer of a table: what is wrong in it, and who pays for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from addin.amounts import text_of
from budget.axes import NAMES, TOTAL, UNSAID
from budget.money import Unit, convert
from budget.rollup import ZERO, By, Key, Pivot, added, fold, pivot
from faults import InputFault, Text
from validators.checking import check_book, examine
from validators.findings import FileReport, Finding, Severity
from validators.funding import funding, leaves
from validators.grid import Book
from validators.reports.wording import CAUSES, SEVERITIES, in_order, shortened
from validators.rules import all_rules
from validators.tables.wording import years_in

Block = list[list[float | str]]

_LONGEST = 255  # characters of a text in a block: older versions of Excel refuse more
_HEADS = ("Mức độ", "Ô", "Vấn đề", "Số đang ghi", "Số đúng", "Nguyên nhân")
_CLEAN = "Không thấy lỗi nào"
_SOURCE, _TOTAL, _AMOUNT, _SHARE = NAMES[By.SOURCE].vi, TOTAL.vi, "Số tiền", "Tỷ lệ"
_NO_SOURCE, _NO_YEAR = UNSAID[By.SOURCE].vi, UNSAID[By.YEAR].vi


def report_of(book: Book) -> FileReport:
    """What the rules find in the tables of a range. Raises InputFault where there are none."""
    report = check_book(book, all_rules())
    if not report.tables:
        raise _no_table()
    return report


def errors_in(report: FileReport) -> float:
    """How many errors there are."""
    return float(report.count(Severity.ERROR))


def findings_block(report: FileReport) -> Block:
    """The findings, the gravest first, one a row below the headings."""
    rows = [_finding(finding) for finding in in_order(report.findings)]
    return [list(_HEADS), *(rows or [[_CLEAN, *[""] * (len(_HEADS) - 1)]])]


def _finding(finding: Finding) -> list[float | str]:
    return [
        SEVERITIES[finding.severity].vi.capitalize(),
        finding.place.address if finding.place else "",
        shortened(finding.message.vi, _LONGEST),
        _shown(finding.found),
        _shown(finding.expected),
        CAUSES[finding.cause].vi if finding.cause else "",
    ]


def _shown(value: Decimal | str | None) -> float | str:
    return float(value) if isinstance(value, Decimal) else shortened(value or "", _LONGEST)


@dataclass(frozen=True)
class Funded:
    """The funding of the tables in a range, by source and year, in `unit`. `named`: a table states that unit."""

    found: Pivot
    unit: Unit
    named: bool

    def answer(self, source: object, year: object) -> float | Block:
        """The sum of a source, of a year, of both; the whole block where neither is given. Raises InputFault."""
        wanted, when = text_of(source), text_of(year)
        if not wanted and not when:
            return self.block()
        rows = [self._source(wanted)] if wanted else self.found.rows
        columns = [self._year(when)] if when else self.found.columns
        return self._figure(added(self.found.cells.get((row, column), ZERO) for row in rows for column in columns))

    def block(self) -> Block:
        """A row a source, a column a year, with headings and totals; no columns of years where none is named."""
        years = self.found.columns if any(self.found.columns) else ()
        rows: Block = [[self._heading(), *(_NO_YEAR if year is None else float(year) for year in years), _TOTAL]]
        for source in self.found.rows:
            figures = (self.found.cells.get((source, year), ZERO) for year in years)
            rows.append([_source_name(source), *self._figures(figures), self._figure(self.found.row_total(source))])
        totals = (self.found.column_total(year) for year in years)
        rows.append([_TOTAL, *self._figures(totals), self._figure(self.found.total)])
        return rows

    def shares(self) -> Block:
        """A row a source: its amount, and its share of all, as a fraction of one."""
        total = self.found.total
        amounts = [(_source_name(source), self.found.row_total(source)) for source in self.found.rows]
        return [
            [self._heading(), _AMOUNT, _SHARE],
            *([name, self._figure(amount), _share(amount, total)] for name, amount in [*amounts, (_TOTAL, total)]),
        ]

    def _heading(self) -> str:
        return f"{_SOURCE} ({self.unit.label})" if self.named else _SOURCE

    def _figure(self, dong: Decimal) -> float:
        return float(convert(dong, Unit.DONG, self.unit))

    def _figures(self, amounts: Iterable[Decimal]) -> list[float]:
        return [self._figure(amount) for amount in amounts]

    def _source(self, name: str) -> Key:
        for source in self.found.rows:
            if fold(_source_name(source)) == fold(name):
                return source
        raise InputFault(
            Text("bảng không có nguồn vốn này", "the table has no such funding source"),
            found=name,
            expected=_one_of(map(_source_name, self.found.rows)),
        )

    def _year(self, text: str) -> Key:
        named = years_in(text)
        year = named[0] if len(named) == 1 else None
        if (year is not None or fold(text) == fold(_NO_YEAR)) and year in self.found.columns:
            return year
        if not any(self.found.columns):
            raise InputFault(Text("bảng không chia theo năm", "the table has no years"), found=text)
        raise InputFault(
            Text("bảng không có năm này", "the table has no such year"),
            found=text,
            expected=_one_of(_NO_YEAR if each is None else str(each) for each in self.found.columns),
        )


def funding_of(book: Book) -> Funded:
    """The funding of the tables in a range, each amount once. Raises InputFault where there are none."""
    fundings = funding(examine(book))
    if not fundings:
        raise _no_table()
    found = leaves(fundings)
    stated = {each.table.unit for each in fundings if each.table.unit}
    units = {leaf.unit for leaf in found} or stated
    unit = units.pop() if len(units) == 1 else Unit.DONG
    return Funded(pivot(found, By.SOURCE, By.YEAR), unit, named=bool(stated) or unit is not Unit.DONG)


def _no_table() -> InputFault:
    return InputFault(
        Text("không thấy bảng kinh phí nào trong vùng này", "there is no budget table in this range"),
        expected=Text("vùng có cả dòng tiêu đề của bảng", "a range with the headings of the table"),
    )


def _source_name(source: Key) -> str:
    return _NO_SOURCE if source is None else str(source)


def _share(amount: Decimal, total: Decimal) -> float | str:
    return float(amount / total) if total else ""


def _one_of(names: Iterable[str]) -> Text:
    listed = "; ".join(names)
    return Text(f"một trong: {listed}", f"one of: {listed}")
