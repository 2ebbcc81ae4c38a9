"""The words that all reports share: severities, causes, amounts, verdicts and how to mend a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from budget.numbers import number_text
from faults import Lang, Text
from validators.findings import Cause, FileReport, Finding, Fix, Severity
from validators.grid import Place
from validators.rules.base import Rule

GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)

AGREES, DIFFERS = Text("Khớp", "Agrees"), Text("Lệch", "Differs")  # what every verdict on a sheet begins with
SEVERITIES: Mapping[Severity, Text] = MappingProxyType(
    {
        Severity.ERROR: Text("lỗi", "error"),
        Severity.WARNING: Text("cảnh báo", "warning"),
        Severity.INFO: Text("lưu ý", "remark"),
    }
)

CAUSES: Mapping[Cause, Text] = MappingProxyType(
    {
        Cause.DIGITS_SWAPPED: Text("hai chữ số bị đổi chỗ", "two digits are swapped"),
        Cause.DIGIT_DROPPED: Text("thiếu một chữ số", "a digit is missing"),
        Cause.DIGIT_DOUBLED: Text("một chữ số bị gõ hai lần", "a digit is typed twice"),
        Cause.DIGIT_CHANGED: Text("gõ nhầm một chữ số", "a digit is mistyped"),
        Cause.DECIMAL_SHIFTED: Text("sai vị trí dấu thập phân", "the decimal point is misplaced"),
        Cause.WRONG_UNIT: Text("ghi theo đơn vị tính khác", "the figure is in another unit"),
        Cause.ROW_LEFT_OUT: Text("cộng thiếu một dòng", "a row is left out of the sum"),
        Cause.COUNTED_TWICE: Text("cộng một dòng hai lần", "a row is counted twice"),
        Cause.SIGN: Text("sai dấu âm, dương", "the sign is wrong"),
        Cause.ROUNDING: Text("do làm tròn số", "rounding"),
    }
)

# What would break a line, steer a terminal or turn the direction of writing
_UNPRINTABLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@lru_cache(maxsize=16_384)  # a report says a label again and again
def one_line(text: str) -> str:
    """`text` as it may stand in a line of a report: no line breaks, no control characters, single spaces."""
    return _UNPRINTABLE.sub(" ", text).strip()


def shortened(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters; what is cut off is marked with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def shown(value: Decimal | str | None, lang: Lang, *, signed: bool = False) -> str:
    """An amount as the language groups it, `3.325,5` or `3,325.5`; a text as it is; nothing for None."""
    if value is None or isinstance(value, str):
        return one_line(value or "")
    return number_text(value, signed=signed)[lang]


def reason(report: FileReport, lang: Lang) -> str | None:
    """Why a file could not be read, without its name, which stands beside it anyway; None for one that was read."""
    return None if report.reason is None else report.reason[lang].removeprefix(f"{report.path}: ")


def counts(report: FileReport, lang: Lang) -> str:
    """How many findings of each severity, the gravest first, those that occur: `2 lỗi, 1 cảnh báo`."""
    found = ((report.count(severity), SEVERITIES[severity][lang]) for severity in GRAVEST_FIRST)
    plural = "s" if lang == "en" else ""
    return ", ".join(f"{count} {label}{plural if count > 1 else ''}" for count, label in found if count)


def verdict(report: FileReport, lang: Lang) -> str:
    """What is said of a whole file in a line."""
    if report.reason is not None:
        return f"{Text('không đọc được', 'cannot be read')[lang]}: {one_line(reason(report, lang) or '')}"
    if report.findings:
        return counts(report, lang)
    if not report.tables:
        return Text("không có bảng nào để kiểm tra", "there is no table to check")[lang]
    tables, equations = len(report.tables), sum(table.equations for table in report.tables)
    if not equations:
        return Text(
            f"không có phép tính nào để đối chiếu (số bảng: {tables})",
            f"there is nothing that could be compared (tables: {tables})",
        )[lang]
    return Text(
        f"không thấy gì sai (số bảng: {tables}, số phép tính: {equations})",
        f"nothing wrong was found (tables: {tables}, equations: {equations})",
    )[lang]


def by_name(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """The rules by their names."""
    return {rule.name: rule for rule in rules}


def rule_title(name: str, rules: Mapping[str, Rule], lang: Lang) -> str:
    """The title of a rule; its name where it is not among `rules`."""
    rule = rules.get(name)
    return name if rule is None else rule.title[lang]


def cell_name(place: Place, sheet: str | None) -> str:
    """A cell as one names it on `sheet`: `C36`, or `Trang 2!C36` where it stands on another one."""
    return place.address if place.sheet == sheet else f"{one_line(place.sheet)}!{place.address}"


def cell_names(places: Iterable[Place], sheet: str | None, limit: int) -> str:
    """Cells in a row, `limit` of them at most: `C12, C15, …`."""
    names = [cell_name(place, sheet) for place in places]
    return ", ".join([*names[:limit], *("…" for _ in names[limit : limit + 1])])


def remedy(finding: Finding, rules: Mapping[str, Rule], lang: Lang) -> str:
    """How to mend it: what to write in the cell, or else what the rule advises; empty where neither is known."""
    if finding.fix is not None and (finding.fix.value is not None or finding.fix.formula is not None):
        return _mending(finding.fix, finding.place, lang)
    rule = rules.get(finding.rule)
    return "" if rule is None else one_line(rule.remedy[lang])


def _mending(fix: Fix, place: Place | None, lang: Lang) -> str:
    where = "" if place is None else Text(f" vào {place.address}", f" in {place.address}")[lang]
    value = shown(fix.value, lang)
    value = f"“{value}”" if isinstance(fix.value, str) else value
    formula = one_line(fix.formula or "")
    if not formula:
        return Text(f"ghi {value}{where}", f"write {value}{where}")[lang]
    if not value:
        return Text(f"ghi công thức {formula}{where}", f"write the formula {formula}{where}")[lang]
    return Text(f"ghi {value}{where}, hoặc công thức {formula}", f"write {value}{where}, or the formula {formula}")[
        lang
    ]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, then from the top and from the left."""

    def key(finding: Finding) -> tuple[int, int, int]:
        place = finding.place
        row, column = (0, 0) if place is None else (place.row, place.column)
        return GRAVEST_FIRST.index(finding.severity), row, column

    return sorted(findings, key=key)


def by_sheet(report: FileReport) -> list[tuple[str | None, Sequence[Finding]]]:
    """The findings of each sheet in order; first (sheet None) those of the whole workbook.

    Sheets stand as their tables do, then as their findings come.
    """
    sheets: dict[str | None, list[Finding]] = {None: []}
    sheets |= {table.sheet: [] for table in report.tables}
    for finding in report.findings:
        sheets.setdefault(None if finding.place is None else finding.place.sheet, []).append(finding)
    return [(sheet, in_order(findings)) for sheet, findings in sheets.items() if findings]
