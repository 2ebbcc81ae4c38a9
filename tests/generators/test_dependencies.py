"""No cell that can be derived holds a constant: a leaf changes the figures that the model says, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import formualizer
import pytest
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet
from support.figure_cells import FigureCells, Place
from support.generated import generated, opened
from support.reference import NAMES, reference

from budget.money import convert
from budget.plan import Status
from budget.words import from_words
from workbook.rounding import as_shown

LABELS = {"TT", "STT", "Stt", "Bắt đầu", "Kết thúc"}  # headings of numbers that are no figures
STEP = Decimal(7)


class Calculator:
    """The appendix sheets of a generated workbook in an engine that recalculates what depends on a changed cell."""

    def __init__(self, name: str) -> None:
        self._book = formualizer.load_workbook_bytes(generated(name))
        self._sheets = {
            appendix.sheet: formualizer.RangeAddress(appendix.sheet, 1, 1, sheet.max_row, sheet.max_column)
            for appendix in reference(name).appendices
            for sheet in [opened(name, values=False)[appendix.sheet]]
        }
        self._book.evaluate_all()

    def numbers(self) -> dict[Place, Decimal]:
        """Every number on the appendix sheets."""
        return {
            (sheet, f"{get_column_letter(column)}{row}"): as_shown(value, None)
            for sheet, area in self._sheets.items()
            for row, values in enumerate(self._book.sheet(sheet).get_values(area), 1)
            for column, value in enumerate(values, 1)
            if isinstance(value, int | float)
        }

    def set(self, place: Place, value: Decimal | None) -> None:
        """Types a number into a cell, or empties it."""
        sheet, address = place
        self._book.set_value(sheet, *coordinate_to_tuple(address), None if value is None else float(value))
        self._book.evaluate_all()


def changes(
    before: Mapping[Place, Decimal | None], after: Mapping[Place, Decimal | None]
) -> dict[Place, Decimal | None]:
    """What stands in `after` and not in `before`; None where there is no number any more."""
    return {p: after.get(p) for p in before.keys() | after.keys() if before.get(p) != after.get(p)}


def is_label(sheet: Worksheet, cell: Cell) -> bool:
    """Whether a number is no figure: a year in the heading that repeats on each page, or the number of a row."""
    headings = {sheet.cell(row, cell.column).value for row in range(1, cell.row)}
    in_heading = sheet.print_title_rows and cell.row <= int(sheet.print_title_rows.rpartition("$")[2])
    return bool(in_heading or headings & LABELS)


@pytest.mark.parametrize("name", NAMES)
def test_each_leaf_changes_exactly_what_depends_on_it(name: str) -> None:
    plan = reference(name)
    cells, calculator = FigureCells(plan, opened(name, values=False)), Calculator(name)
    shown, figured = calculator.numbers(), cells.values(plan)
    for leaf in cells.leaves:
        value = (leaf.value or Decimal(0)) + STEP
        calculator.set(leaf.place, value)
        expected = changes(figured, cells.values(leaf.changed(value))) | {leaf.place: value}
        assert changes(shown, calculator.numbers()) == expected, leaf.place
        calculator.set(leaf.place, leaf.value)
    assert calculator.numbers() == shown


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        pytest.param("binh-dinh-2021-2025", 123, id="binh-dinh"),
        pytest.param("can-tho-2021-2025", 126, id="can-tho"),
        pytest.param("dong-nai-2021-2025", 48, id="dong-nai"),
        pytest.param("dong-thap-2011-2015", 35, id="dong-thap"),
        pytest.param("nghe-an-2021-2025", 70, id="nghe-an"),
    ],
)
def test_every_constant_number_is_a_leaf_in_an_unlocked_cell(name: str, leaves: int) -> None:
    plan, workbook = reference(name), opened(name, values=False)
    constants = {}
    for appendix in plan.appendices:
        sheet = workbook[appendix.sheet]
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "n" and cell.value is not None and not is_label(sheet, cell):
                constants[appendix.sheet, cell.coordinate] = Decimal(str(cell.value))
                assert not cell.protection.locked, cell
            assert cell.data_type != "f" or cell.protection.locked, cell
    stated = {leaf.place: leaf.value for leaf in FigureCells(plan, workbook).leaves if leaf.value is not None}
    assert constants == stated
    assert len(stated) == leaves


@pytest.mark.parametrize("name", NAMES)
def test_the_checks_hold_no_constant_but_what_the_document_states(name: str) -> None:
    plan, sheet = reference(name), opened(name, values=False)["Kiểm tra"]
    cells = (sheet.cell(row, column) for row in range(5, sheet.max_row + 1) for column in (4, 5, 6, 7))
    found = [Decimal(str(cell.value)) for cell in cells if cell.data_type == "n" and cell.value is not None]
    expected = [convert(c.amount, c.unit, plan.appendix(c.appendix).unit) for c in plan.controls]
    expected += [Decimal(from_words(c.words)) for c in plan.controls if c.words]
    for appendix in plan.appendices:
        amounts = [amount for item in plan.items_of(appendix.key) for amount in item.amounts.values()]
        lost = sum(amount.status is Status.UNREADABLE for amount in amounts)
        expected += [Decimal(lost)] if lost else []
    assert sorted(found) == sorted(expected)
