"""The largest remainder in formulas gives what the exact model gives, in programs that nobody here wrote."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from support.uno_session import OfficeSession

from revisions.adjusting.adjustment import MOST_PARTS
from revisions.adjusting.allocation import allocate
from revisions.adjusting.rule import Rule
from workbook.engines import recalculate
from workbook.page import Page
from workbook.saving import with_cached_values

FIRST = 9  # the row of the first amount


@dataclass(frozen=True)
class Case:
    """Amounts in a unit of 10**digits smallest parts, scaled by a factor."""

    amounts: Sequence[Decimal]
    factor: Decimal
    step: Decimal
    digits: int

    @property
    def target(self) -> Decimal:
        steps, rest = divmod(sum(self.amounts, Decimal(0)) * self.factor, self.step)
        return (steps + (2 * rest >= self.step)) * self.step

    @property
    def is_within_limits(self) -> bool:
        return max(sum(self.amounts, Decimal(0)), self.target).scaleb(self.digits) <= MOST_PARTS

    def expected(self) -> list[Decimal]:
        return list(allocate(self.amounts, self.target, self.step).amounts)

    def written(self, *, by_factor: bool) -> bytes:
        """A workbook: the demand in A1, the step in A2, amounts in column A, what they become in column B."""
        book = Workbook()
        sheet, last = book.worksheets[0], FIRST + len(self.amounts) - 1
        sheet["A1"], sheet["A2"] = self.factor if by_factor else self.target, self.step
        page, rule = Page(sheet, [20.0, 20.0], "#,##0"), Rule(4, 5, FIRST, last, self.digits)
        rule.write_once(page, "vi", step="$A$2", **{"factor" if by_factor else "total": "$A$1"})
        for row, amount in enumerate(self.amounts, FIRST):
            sheet.cell(row, 1, amount)
            rule.write_amount(page, row, f"A{row}", labels=(1, 1))
            rule.write_share(page, row, row - FIRST + 1)
            page.formula(row, 2, rule.after(row), "figure")
        page.write_formulas()
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def stored(data: bytes) -> list[Decimal]:
    sheet = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    return [Decimal(str(sheet.cell(row, 2).value)) for row in range(FIRST, sheet.max_row + 1)]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    digits = draw(st.sampled_from([0, 6, 9]))
    steps = {0: ["1", "3", "1000", "1000000"], 6: ["0.1", "0.5", "1", "10"], 9: ["0.001", "0.5", "1"]}[digits]
    places = {0: 0, 6: 1, 9: 3}[digits]
    most = 10 ** (13 + places - digits)
    numbers = draw(st.lists(st.integers(1, draw(st.sampled_from([20, 10**4, most]))), min_size=1, max_size=30))
    factor = Decimal(draw(st.one_of(st.sampled_from([950_000, 900_000, 1_050_000]), st.integers(0, 2_000_000)))) / 10**6
    step = Decimal(draw(st.sampled_from(steps)))
    return Case([Decimal(number).scaleb(-places) for number in numbers], factor, step, digits)


@settings(max_examples=60, deadline=None)
@given(cases(), st.booleans())
def test_formualizer_calculates_what_the_model_does(case: Case, by_factor: bool) -> None:
    if case.is_within_limits:
        assert stored(with_cached_values(case.written(by_factor=by_factor))) == case.expected()


def seeded(count: int, most: int, digits: int, places: int, step: str) -> Case:
    """Amounts that no test shrinks: as many as in a real appendix."""
    numbers = random.Random(count)
    amounts = [Decimal(numbers.randint(1, most)).scaleb(-places) for _ in range(count)]
    return Case(amounts, Decimal("0.95"), Decimal(step), digits)


SIZES = [
    seeded(5, 10**13, 0, 0, "1"),  # đồng
    seeded(80, 10**13, 0, 0, "1000"),
    seeded(2_000, 4 * 10**11, 0, 0, "1"),
    seeded(2_000, 10**6, 6, 1, "1"),  # triệu đồng
    seeded(300, 10**6, 9, 3, "0.001"),  # tỷ đồng
]


@pytest.mark.parametrize("case", SIZES)
def test_libreoffice_calculates_what_the_model_does(case: Case, tmp_path: Path, office: OfficeSession) -> None:
    path = tmp_path / "rule.xlsx"
    path.write_bytes(case.written(by_factor=True))
    with office.open(path) as book:
        (name,) = book.sheets()
        found = book.values(name, f"B{FIRST}:B{FIRST + len(case.amounts) - 1}")
    assert [Decimal(str(value)) for (value,) in found] == case.expected()
    assert stored(with_cached_values(path.read_bytes())) == case.expected()


def test_formulas_calculates_what_the_model_does(tmp_path: Path) -> None:
    case, path = SIZES[0], tmp_path / "rule.xlsx"
    path.write_bytes(case.written(by_factor=False))
    values = recalculate("formulas", path).values
    assert [Decimal(str(values["Sheet", f"B{row}"])) for row in range(FIRST, FIRST + 5)] == case.expected()
