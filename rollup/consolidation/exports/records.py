"""What an export holds, in columns whose names and order every format shares.

The names are English and do not change with the language, as programs rely on them. Amounts are exact decimals:
`amount` in đồng, `printed` as the file states it, in `unit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from operator import attrgetter

from budget.rollup import added
from rollup.consolidation.rows import Row

#: A field as every format writes it; None: nothing is known.
Field = str | int | Decimal | tuple[str, ...] | None


class Kind(Enum):
    """What the fields of a column are."""

    TEXT = "text"
    TEXTS = "texts"
    COUNT = "count"  # a whole number
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was given. `reason`: why it was not added up, "" where it was. Amounts in đồng.

    `tables` and `rows`: how many were added up, `total` the sum of the rows. `stated`: the grand totals that its
    tables state; None where one states none. `errors`: how many the check found.
    """

    file: str
    reason: str = ""
    tables: int = 0
    rows: int = 0
    total: Decimal = Decimal(0)
    stated: Decimal | None = None
    errors: int = 0

    @property
    def status(self) -> str:
        """Whether the file was added up."""
        return "failed" if self.reason else "added"


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """What the check found in a file: the name of the rule, its severity, the cell ("" for the whole file)."""

    file: str
    rule: str
    severity: str
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the files write it, and what it was taken for. `of`: source, agency or item."""

    of: str
    written: str
    name: str


@dataclass(frozen=True)
class Export:
    """All that is exported. `rows` are gone through once or twice, in order; the others are few."""

    rows: Iterable[Row]
    files: Sequence[FileRecord]
    findings: Iterable[FindingRecord] = ()
    spellings: Iterable[Spelling] = ()

    @property
    def total(self) -> Decimal:
        """The sum of all files, in đồng."""
        return added(file.total for file in self.files)


ROWS: Mapping[str, Kind] = {
    "file": Kind.TEXT,
    "table": Kind.TEXT,
    "sheet": Kind.TEXT,
    "cell": Kind.TEXT,
    "number": Kind.TEXT,
    "item": Kind.TEXT,
    "item_written": Kind.TEXT,
    "groups": Kind.TEXTS,
    "agency": Kind.TEXT,
    "agency_written": Kind.TEXT,
    "source": Kind.TEXT,
    "source_written": Kind.TEXT,
    "year": Kind.COUNT,
    "amount": Kind.AMOUNT,
    "printed": Kind.AMOUNT,
    "unit": Kind.TEXT,
    "note": Kind.TEXT,
}
FILES: Mapping[str, Kind] = {
    "file": Kind.TEXT,
    "status": Kind.TEXT,
    "reason": Kind.TEXT,
    "tables": Kind.COUNT,
    "rows": Kind.COUNT,
    "total": Kind.AMOUNT,
    "stated": Kind.AMOUNT,
    "errors": Kind.COUNT,
}
FINDINGS: Mapping[str, Kind] = {
    "file": Kind.TEXT,
    "rule": Kind.TEXT,
    "severity": Kind.TEXT,
    "sheet": Kind.TEXT,
    "cell": Kind.TEXT,
    "message": Kind.TEXT,
}
SPELLINGS: Mapping[str, Kind] = {"of": Kind.TEXT, "written": Kind.TEXT, "name": Kind.TEXT}


def fields(records: Iterable[object], columns: Iterable[str]) -> Iterator[list[Field]]:
    """The fields of each record in the order of the columns; an empty text is nothing."""
    of = attrgetter(*columns)
    return ([None if value == "" else value for value in of(record)] for record in records)
