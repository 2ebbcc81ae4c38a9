"""Generated sheets against what the five decisions print (`tests/printed/`), cell by cell.

Every difference is found here by comparison and gets its reason by rule. `python -m tests.support.printed`, run in the
folder of the project, writes the list to `docs/printed-differences.md`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from budget.figures import FigureKey, Figures
from budget.numbers import Form, MalformedNumber, format_number, parse_number
from budget.plan import Appendix, Plan, Status
from generators.forms import load_form
from generators.layout import Layout, lay_out
from workbook.rounding import as_shown

from .generated import opened
from .reference import NAMES, ROOT, reference

PRINTED = ROOT / "tests" / "printed"
LIST = ROOT / "docs" / "printed-differences.md"
LABEL = 60  # characters of a label that the list shows


class Reason(StrEnum):
    """Why a generated cell differs from the print."""

    MALFORMED = "malformed number"
    TOTAL = "wrong total"
    SHARE = "wrong share"
    LOST_LEAF = "lost leaf"
    LOST_COLUMN = "lost column"
    MOVED = "other cell"
    WORDING = "spelling"
    UNEXPLAINED = "unexplained"


MEANING = {
    Reason.MALFORMED: "the print is no number; the sheet shows the one that the rest of the document proves",
    Reason.TOTAL: "the printed figure follows from others and does not agree with them",
    Reason.SHARE: "the printed percentage does not agree with the amounts",
    Reason.LOST_LEAF: "the figure follows from an amount that nobody can read, which the sheet leaves out",
    Reason.LOST_COLUMN: "the scan lost the column, its heading too; the sheet computes it",
    Reason.MOVED: "the label stands in the cell beside, above or below",
    Reason.WORDING: "the label differs in punctuation or capitals only",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A generated cell that is not what the decision prints. `row` and `column` are its label and heading."""

    plan: str
    sheet: str
    cell: str
    row: str
    column: str
    printed: str
    generated: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shown:
    """A generated cell as a reader sees it: a number or a text, "" where nothing shows. `derived`: a formula."""

    row: int
    column: int
    value: Decimal | str
    derived: bool

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else format_number(self.value)


@dataclass(frozen=True)
class Table:
    """A printed table and the generated cells that must show it: as many rows, as many columns."""

    plan: Plan
    appendix: Appendix
    printed: list[list[str]]
    shown: list[list[Shown]]
    headers: int
    layout: Layout | None = None  # of an appendix of items

    @cached_property
    def figure_of(self) -> dict[tuple[int, int], FigureKey]:
        return {place: key for key, place in self.layout.cells.items()} if self.layout else {}

    def differences(self) -> Iterator[Difference]:
        """The cells that differ, row by row."""
        for r, (prints, shows) in enumerate(zip(self.printed, self.shown, strict=True)):
            for c, (printed, shown) in enumerate(zip(prints, shows, strict=True)):
                if not _same(printed, shown.value):
                    yield Difference(
                        self.plan.key,
                        self.appendix.sheet,
                        f"{get_column_letter(shown.column)}{shown.row}",
                        " ".join(cell.text for cell in shows[:2]).strip(),
                        self._heading(c),
                        printed,
                        shown.text,
                        self._reason(r, c),
                    )

    def _heading(self, column: int) -> str:
        texts = [row[column].text for row in self.shown[: self.headers]]
        return next((text for text in reversed(texts) if text), "")

    def _reason(self, r: int, c: int) -> Reason:
        printed, shown = self.printed[r][c], self.shown[r][c]
        if isinstance(shown.value, Decimal):
            if re.fullmatch(r"[0-9.,]+", printed) and isinstance(_read(printed), str):
                return Reason.MALFORMED
        elif _spelling(printed) == _spelling(shown.value):
            return Reason.WORDING
        elif shown.derived and _without_shares(printed) == _without_shares(shown.value):
            return Reason.SHARE if f"({self._share(shown)}%)" in shown.value else Reason.UNEXPLAINED
        elif shown.derived and _without_amounts(printed) == _without_amounts(shown.value):
            return Reason.LOST_LEAF if self._is_lost(self._total) else Reason.TOTAL
        if self._is_moved(r, c):
            return Reason.MOVED
        key = self.figure_of.get((shown.row, shown.column))
        is_right = key is not None and shown.derived and shown.value == Figures(self.plan)[key]
        if not printed and self._is_lost_column(c) and (is_right or r < self.headers):
            return Reason.LOST_COLUMN
        if key and is_right:
            return Reason.LOST_LEAF if self._is_lost(key) else Reason.TOTAL
        return Reason.UNEXPLAINED

    def _is_lost_column(self, column: int) -> bool:
        return self.headers > 0 and not any(row[column] for row in self.printed[: self.headers])

    @property
    def _total(self) -> FigureKey:
        return FigureKey(self.appendix.summarises or self.appendix.key)

    def _share(self, shown: Shown) -> Decimal:
        """What a source line's share of its item must say, in percent."""
        assert self.layout is not None
        row = next(row for row in self.layout.rows if row.index == shown.row)
        assert row.item is not None
        figures, whole = Figures(self.plan), FigureKey(self.appendix.key, row.item.id)
        share = figures[whole._replace(source=row.source)] / figures[whole] * 100
        return share.quantize(Decimal(1), ROUND_HALF_UP)

    def _is_lost(self, key: FigureKey) -> bool:
        """Whether a figure follows from an unreadable leaf: it would change if the leaf were 1."""
        items = tuple(
            replace(
                item,
                amounts={
                    axis: replace(amount, value=Decimal(1)) if amount.status is Status.UNREADABLE else amount
                    for axis, amount in item.amounts.items()
                },
            )
            for item in self.plan.items
        )
        return Figures(self.plan)[key] != Figures(replace(self.plan, items=items))[key]

    def _is_moved(self, r: int, c: int) -> bool:
        """Whether the printed label stands in a generated cell nearby, and the generated one in a printed cell."""
        printed, shown = self.printed[r][c], self.shown[r][c].value
        if isinstance(shown, Decimal) or isinstance(_read(printed), Decimal):
            return False
        near = [
            (y, x)
            for y in range(max(r - 1, 0), min(r + 2, len(self.printed)))
            for x in range(max(c - 1, 0), min(c + 2, len(self.printed[y])))
        ]
        arrived = not printed or any(_same(printed, self.shown[y][x].value) for y, x in near)
        came = not shown or any(_same(self.printed[y][x], shown) for y, x in near)
        return arrived and came


def tables(name: str) -> Iterator[Table]:
    """The printed tables of a reference plan beside their generated cells."""
    plan = reference(name)
    for file in sorted((PRINTED / name).glob("*.csv")):
        key = re.sub(r"-[0-9]$", "", file.stem)  # "-2": the decision prints the table a second time
        appendix = plan.appendix(key)
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        if load_form(appendix.form).is_costing:
            yield from _costing_tables(plan, appendix, rows)
        else:
            yield _item_table(plan, appendix, rows)


def differences() -> list[Difference]:
    """Every difference of every table of the five decisions."""
    return [found for name in NAMES for table in tables(name) for found in table.differences()]


def as_markdown(found: list[Difference]) -> str:
    """The list as a document."""
    lines = [
        "# Where a generated sheet differs from the printed decision",
        "",
        "Written by `python -m tests.support.printed`, which compares every cell; a test keeps it up to date.",
        "All other cells of the printed tables stand in the generated sheets in their row and column.",
        "",
        "| reason | what it means | cells |",
        "|---|---|--:|",
        *(f"| {r} | {m} | {sum(one.reason is r for one in found)} |" for r, m in MEANING.items()),
        "",
    ]
    for (plan, sheet), group in groupby(found, key=lambda one: (one.plan, one.sheet)):
        lines += [f"## {plan}, {sheet}", "", "| cell | row | column | printed | generated | reason |"]
        lines += ["|---|---|---|---|---|---|"]
        for one in group:
            cells = (_cut(one.row), _cut(one.column), one.printed, one.generated)
            lines.append(f"| {one.cell} | {' | '.join(_escaped(cell) for cell in cells)} | {one.reason} |")
        lines.append("")
    return "\n".join(lines)


def _item_table(plan: Plan, appendix: Appendix, printed: list[list[str]]) -> Table:
    sheet = opened(plan.key, values=True)[appendix.sheet]
    first, last_header = (int(row) for row in re.findall(r"[0-9]+", str(sheet.print_title_rows)))
    width, last = _print_corner(plan, appendix)
    shown = [[_shown(plan, appendix, r, c) for c in range(1, width + 1)] for r in range(first, last + 1)]
    layout = lay_out(plan, appendix, load_form(appendix.form), Figures(plan))
    return Table(plan, appendix, printed, shown, last_header - first + 1, layout)


def _costing_tables(plan: Plan, appendix: Appendix, rows: list[list[str]]) -> Iterator[Table]:
    """One table for each costing: a header if the print has more rows than lines, the lines, a total."""
    sheet = opened(plan.key, values=True)[appendix.sheet]
    width, last = _print_corner(plan, appendix)
    hidden = {
        (row, column)
        for merge in sheet.merged_cells.ranges
        for row in range(merge.min_row, merge.max_row + 1)
        for column in range(merge.min_col + 1, merge.max_col + 1)
    }
    marks = {(r, sheet.cell(r, c).value) for r in range(1, last + 1) for c in range(width + 1, sheet.max_column + 1)}
    for costing, group in groupby(rows, key=lambda row: row[0]):
        printed = [row[1:] for row in group]
        lines = sorted(row for row, mark in marks if mark == costing)
        headers = 1 if len(printed) > len(lines) else 0
        first = lines[0] - headers
        columns = [c for c in range(1, width + 1) if (first, c) not in hidden]
        assert not any(cell for row in printed for cell in row[len(columns) :])
        shown = [[_shown(plan, appendix, first + r, c) for c in columns] for r in range(len(printed))]
        if not headers:  # the print's transcription leaves out the list mark of a sentence
            shown = [[replace(cell, value=cell.text.removeprefix("- ")) for cell in row] for row in shown]
        yield Table(plan, appendix, [row[: len(columns)] for row in printed], shown, headers)


def _print_corner(plan: Plan, appendix: Appendix) -> tuple[int, int]:
    """Last column and row of the print area."""
    sheet = opened(plan.key, values=True)[appendix.sheet]
    corner: Cell = sheet[sheet.print_area.rsplit(":", 1)[1].replace("$", "")]
    return corner.column, corner.row


def _shown(plan: Plan, appendix: Appendix, row: int, column: int) -> Shown:
    cell = opened(plan.key, values=True)[appendix.sheet].cell(row, column)
    derived = opened(plan.key, values=False)[appendix.sheet].cell(row, column).data_type == "f"
    value = cell.value
    if isinstance(value, int | float):
        number = as_shown(float(value), None)
        return Shown(row, column, number if number else _zero(cell.number_format), derived)
    return Shown(row, column, _folded(str(value or "")), derived)


def _zero(number_format: str) -> Decimal | str:
    """What a number format shows for zero: its third section, or a plain zero."""
    sections = number_format.split(";")
    return sections[2].strip('"') if len(sections) > 2 else Decimal(0)


def _same(printed: str, shown: Decimal | str) -> bool:
    """Numbers are compared as numbers, whatever their spelling; texts after folding white space."""
    return _folded(printed) == shown if isinstance(shown, str) else _read(printed) == shown


def _read(printed: str) -> Decimal | str:
    try:
        number = parse_number(printed)
    except MalformedNumber:
        return printed
    return number.value if number.form is Form.NUMBER and number.value is not None else printed


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _spelling(text: str) -> str:
    """A text without punctuation and capitals; amounts keep their dots."""
    return " ".join(re.sub(r"(?<![0-9])[^\w\s%]|[^\w\s%](?![0-9])", " ", text).casefold().split())


def _without_shares(text: str) -> str:
    return re.sub(r"[0-9]+%", "%", _folded(text))


def _without_amounts(text: str) -> str:
    """A text without the amounts that it states in figures and, in brackets, in words."""
    return re.sub(r"[0-9][0-9.]* đồng \([^)]*\)", "", _folded(text))


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[:LABEL].rstrip()}…"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Writes the list."""
    LIST.parent.mkdir(exist_ok=True)
    LIST.write_text(as_markdown(differences()), encoding="utf-8")
    print(Path(LIST).relative_to(ROOT))


if __name__ == "__main__":
    main()
