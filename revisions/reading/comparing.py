"""What a generated workbook holds by now and the plan that was read back does not make again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from budget.numbers import Malformed, parse_number
from budget.plan import Plan
from faults import Text, cell_place
from generators.forms import load_form
from generators.generate import compose
from generators.layout import columns_of
from revisions.reading.generated import SheetRead
from revisions.reading.templates import text_of
from workbook.addresses import address

_LONGEST = 60  # characters of a text that is told of


def not_made_again(plan: Plan, sheets: list[SheetRead], told: Container[tuple[str, int, int]]) -> Iterator[Text]:
    """Every text and typed figure of the appendix sheets that the workbook of the plan does not have on that sheet.

    Counted, not placed: a row that was added moves all below it. Helper cells and formulas are no part of it, nor the
    cells (sheet, row, column) that somebody has been `told` of.
    """
    made = compose(plan)
    for read in sheets:
        appendix = plan.appendix(read.appendix)
        form = load_form(appendix.form)
        width = len(form.columns) if form.is_costing else len(tuple(columns_of(appendix, form)))
        again = Counter(_texts(made[appendix.sheet], width))
        beyond = max((column for row in made[appendix.sheet].iter_rows() for column in _filled(row)), default=width)
        for (row, column), cell in read.grid.cells.items():
            if cell.formula is not None or not (text := text_of(cell.value)) or width < column <= beyond:
                continue
            if (read.grid.name, row, column) in told:
                continue
            if alike := next((each for each in (text, _as_figure(text)) if again[each]), None):
                again[alike] -= 1
                continue
            place = cell_place(read.grid.name, address(row, column))
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
            yield Text(
                f"{place.vi}: “{shown}” không có chỗ trong kế hoạch", f"{place.en}: a plan cannot hold “{shown}”"
            )


def _filled(row: tuple[Any, ...]) -> Iterator[int]:
    return (cell.column for cell in row if cell.value is not None)


def _texts(sheet: Worksheet, width: int) -> Iterator[str]:
    for row in sheet.iter_rows(max_col=width):
        for cell in row:
            if cell.value is not None and cell.data_type != "f":
                value: Any = cell.value
                yield text_of(value if isinstance(value, str) else Decimal(str(value)))


def _as_figure(text: str) -> str:
    """A number that is written as a text, as a figure has it; other texts as they are."""
    try:
        return text_of(parse_number(text).value)
    except Malformed:
        return text
