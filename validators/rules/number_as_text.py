"""A number that is stored as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budget.numbers import number_text
from faults import Text
from validators.findings import Finding, Fix, Severity
from validators.rules._figures import label_of
from validators.rules._money import names_money
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Form
from validators.tables.own_units import looks_like_amount
from workbook.addresses import Cell, column_letters

_FEW = 3  # figures of a column that are named one by one even where the column has no other
_IDENTIFIER = re.compile(r"0\d+")
_PASTED = 10  # as many texts to a number: the table was pasted, its few numbers are what had no dots


def _check(checked: Checked) -> Iterator[Finding]:
    reckoned = {(place.sheet, place.column) for equation in checked.equations for place in equation.places}
    for table in checked.tables:
        columns = {
            column.index
            for column in table.columns
            if names_money(column) or (column.role.is_amount and (table.grid.name, column.index) in reckoned)
        }
        texts = [cell for cell in table.figures if cell[1] in columns and _is_text(table, cell)]
        numbers = [cell for cell in table.figures if cell[1] in columns and _is_number(table, cell)]
        if not texts:
            continue
        if len(texts) > len(numbers):
            yield _whole_table(checked, table, texts, len(numbers))
            continue
        for column in sorted(columns):
            here = [cell for cell in texts if cell[1] == column]
            if len(here) > _FEW and not any(cell[1] == column for cell in numbers):
                yield _whole_column(checked, table, here)
            else:
                yield from (_cell(checked, table, cell) for cell in here)


def _is_text(table: AppendixTable, cell: Cell) -> bool:
    """Whether an amount and nothing else stands in a text: "1.500", no "02 lớp", and no number of a telephone."""
    figure = table.figures[cell]
    return figure.form is Form.TEXT and looks_like_amount(figure.printed) and not _IDENTIFIER.fullmatch(figure.printed)


def _is_number(table: AppendixTable, cell: Cell) -> bool:
    return table.figures[cell].form is Form.NUMBER


def _cell(checked: Checked, table: AppendixTable, cell: Cell) -> Finding:
    figure, place = table.figures[cell], table.place(cell)
    assert figure.value is not None
    shown = number_text(figure.value)
    is_formula = table.grid.cells[cell].formula is not None
    return Finding(
        rule=RULE.name,
        severity=Severity.WARNING,
        message=Text(
            f"Số {shown.vi} được lưu dưới dạng chữ, hàm SUM sẽ bỏ qua",
            f"The number {shown.en} is stored as text: SUM passes over it",
        ),
        place=place,
        label=label_of(checked, place),
        expected=figure.value,
        found=figure.printed,
        fix=None if is_formula else Fix(figure.value),
    )


def _whole_column(checked: Checked, table: AppendixTable, texts: Sequence[Cell]) -> Finding:
    letters = column_letters(texts[0][1])
    return Finding(
        rule=RULE.name,
        severity=Severity.WARNING,
        message=Text(
            f"Cả {len(texts)} số của cột {letters} được lưu dưới dạng chữ, hàm SUM sẽ bỏ qua",
            f"All {len(texts)} numbers of column {letters} are stored as text: SUM passes over them",
        ),
        place=table.place(texts[0]),
        label=label_of(checked, table.place(texts[0])),
    )


def _whole_table(checked: Checked, table: AppendixTable, texts: Sequence[Cell], numbers: int) -> Finding:
    """Only a remark where hardly a number stands among the texts: the table is as it was pasted."""
    place = table.place(texts[0])
    return Finding(
        rule=RULE.name,
        severity=Severity.INFO if numbers * _PASTED <= len(texts) else Severity.WARNING,
        message=Text(
            f"{len(texts)} trên {len(texts) + numbers} số của bảng {table.area} được lưu dưới dạng chữ, hàm SUM sẽ bỏ "
            "qua",
            f"{len(texts)} of {len(texts) + numbers} numbers of the table {table.area} are stored as text: SUM passes "
            "over them",
        ),
        place=place,
        label=label_of(checked, place),
    )


RULE = Rule(
    name="number-as-text",
    severity=Severity.WARNING,
    title=Text("Số được lưu dưới dạng chữ", "A number is stored as text"),
    explanation=Text(
        "Ô trông như một con số nhưng Excel coi là chữ, thường do dán từ Word hoặc gõ dấu chấm ngăn nhóm bằng tay. "
        "Hàm SUM bỏ qua những ô này mà không báo gì, nên tổng bị thiếu. Nếu cả bảng là chữ thì chỉ có một lưu ý cho "
        "cả bảng.",
        "A cell looks like a number and Excel takes it for text, often because it was pasted from Word or typed with "
        "dots between the groups. SUM passes over such cells without a word, and the total falls short. Where the "
        "whole table is text there is one remark for all of it.",
    ),
    example=Text(
        "Cột Thành tiền có các số 240, 360 và một ô là chữ “1.500”: =SUM cho 600, không phải 2.100.",
        "The column of amounts has the numbers 240, 360 and a cell with the text “1.500”: =SUM gives 600, not 2,100.",
    ),
    remedy=Text(
        "Gõ lại số không có dấu chấm rồi đặt định dạng #,##0. Với cả cột: dùng Data > Text to Columns, hoặc Find & "
        "Replace để xóa dấu chấm rồi chuyển thành số.",
        "Type the number again without dots and give the cell the format #,##0. For a whole column: Data > Text to "
        "Columns, or delete the dots by Find & Replace and convert to numbers.",
    ),
    check=_check,
)
