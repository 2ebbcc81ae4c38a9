"""What a check found: frozen records that every report writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal

from faults import Text
from validators.grid import Place
from workbook.addresses import Area

Status = Literal["ok", "findings", "unreadable"]


class Severity(StrEnum):
    """How sure a finding is: figures contradict each other, a doubt, a remark."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Cause(StrEnum):
    """What most likely happened to a wrong figure; the value is what reports in JSON say."""

    DIGITS_SWAPPED = "digits-swapped"
    DIGIT_DROPPED = "digit-dropped"
    DIGIT_DOUBLED = "digit-doubled"
    DIGIT_CHANGED = "digit-changed"
    DECIMAL_SHIFTED = "decimal-shifted"
    WRONG_UNIT = "wrong-unit"
    ROW_LEFT_OUT = "row-left-out"
    COUNTED_TWICE = "counted-twice"
    SIGN = "sign"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Fix:
    """How a cell is mended: the value it should hold, and the formula (with `=`) that would compute it."""

    value: Decimal | str | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One root cause, at the guilty cell.

    `rule` is the name of a rule. `place` is None for what concerns the workbook as a whole. `label` is the row's own
    wording. `expected`, `found` and `difference` (found less expected) are in the table's own unit; words and texts
    are `str`. `witnesses` are the equations that testify, as `C36 = SUM(D36:H36)`. `others` are further cells that
    could be the guilty one, the likeliest first, where the figures alone do not tell.
    """

    rule: str
    severity: Severity
    message: Text
    place: Place | None = None
    label: str = ""
    expected: Decimal | str | None = None
    found: Decimal | str | None = None
    difference: Decimal | None = None
    cause: Cause | None = None
    witnesses: tuple[str, ...] = ()
    fix: Fix | None = None
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSummary:
    """A table as reports name it; `unit` is its label, None where the sheet does not say; `rows` without the header."""

    sheet: str
    area: Area
    unit: str | None
    rows: int
    equations: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """All that is said of one file. `reason` is the sentence for one that could not be read."""

    path: Path
    tables: tuple[TableSummary, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: Text | None = None

    @property
    def status(self) -> Status:
        """`ok` where nothing was found, remarks included."""
        if self.reason is not None:
            return "unreadable"
        return "findings" if self.findings else "ok"

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity is severity for finding in self.findings)


def exit_code(reports: Sequence[FileReport]) -> int:
    """2 where a file could not be read, else 1 where figures contradict each other, else 0."""
    if any(report.reason is not None for report in reports):
        return 2
    return 1 if any(report.count(Severity.ERROR) for report in reports) else 0
