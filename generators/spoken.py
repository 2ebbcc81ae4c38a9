"""Amounts in words, live, in plain worksheet formulas: no macro, Excel 2010 and LibreOffice, up to 15 digits.

A hidden sheet holds the reading of 0-999 twice (as the leading class, "năm", and inside a number, "không trăm linh
năm") and one row for each amount that is read. The classes are split with MOD: INT of a division rounds up near the
limit of 15 digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.styles import Font

from budget.money import Unit
from budget.words import WordStyle, to_words
from generators.registry import in_unit
from workbook.text import literal, quote_sheet, write_text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Đọc số"
LEADING, INNER = "$B$2:$B$1001", "$C$2:$C$1001"
FIRST = 2  # the row of the first amount
AMOUNT_COLUMN, WORDS_COLUMN = 5, 11
HEADS = (
    *("Số", "Đứng đầu", "Đứng giữa", ""),
    *("Số tiền (đồng)", "Nghìn tỷ", "Tỷ", "Triệu", "Nghìn", "Đồng", "Bằng chữ", "Viết hoa"),
)
TOO_LONG = "(quá 15 chữ số)"


class Spoken:
    """The sheet of readings; each `line` adds a row to it."""

    def __init__(self, workbook: Workbook) -> None:
        self.sheet = workbook.create_sheet(SHEET)
        self.sheet.sheet_state = "hidden"
        self._next = FIRST
        write_readings(self.sheet)

    def line(self, term: str, unit: Unit, style: WordStyle) -> tuple[str, str]:
        """References to the words of an amount: first letter small, and capital.

        `term` is a formula term valid on another sheet (sheet names included), in `unit`.
        """
        row = self._next
        self._next += 1
        for column, formula in enumerate(line_formulas(row, term, unit, style), AMOUNT_COLUMN):
            self.sheet.cell(row, column, f"={formula}")
        return references(row)

    def checks(self) -> list[tuple[str, str]]:
        """For each amount: a reference to it, and the formula that puts its classes together again."""
        name = quote_sheet(SHEET)
        scales = zip("FGHIJ", (10**12, 10**9, 10**6, 10**3, 1), strict=True)
        classes = [(letter, scale) for letter, scale in scales]
        return [
            (
                f"{name}!$E${row}",
                f"SIGN({name}!$E${row})*({'+'.join(f'{name}!${c}${row}*{s}' for c, s in classes)})",
            )
            for row in range(FIRST, self._next)
        ]


def write_readings(sheet: Worksheet) -> None:
    """Headings and the readings of 0-999 on an empty sheet."""
    for column, head in enumerate(HEADS, 1):
        sheet.cell(1, column, head).font = Font(name="Times New Roman", size=11, bold=True)
    for number in range(1000):
        row = number + 2
        sheet.cell(row, 1, number)
        leading = to_words(number, currency=False).lower() if number else ""
        inner = to_words(1000 + number, currency=False).removeprefix("Một nghìn").strip()
        for column, text in ((2, leading), (3, inner)):
            cell: Any = sheet.cell(row, column)
            write_text(cell, text)


def line_formulas(row: int, term: str, unit: Unit, style: WordStyle) -> tuple[str, ...]:
    """The formulas of a row from column E on (without `=`): the amount in đồng, its classes, its words twice."""
    return (
        f"ROUND({in_unit(term, unit, Unit.DONG)},0)",
        *class_formulas(f"E{row}", [f"{letter}{row}" for letter in "FGHIJ"]),
        _words(row, style),
        # engines differ on UPPER("â"); every other first letter is plain
        f'IF(LEFT(K{row},1)="â","Â",UPPER(LEFT(K{row},1)))&MID(K{row},2,400)',
    )


def class_formulas(amount: str, classes: Sequence[str]) -> tuple[str, ...]:
    """The formulas (without `=`) of the classes of an amount in đồng, a cell: nghìn tỷ, tỷ, triệu, nghìn, đồng.

    `classes` are the cells that they go into, in that order.
    """
    _, billions, millions, thousands, units = classes
    return (
        f"(ABS({amount})-{units}-{thousands}*1000-{millions}*1000000-{billions}*1000000000)/1000000000000",
        f"MOD((ABS({amount})-{units}-{thousands}*1000-{millions}*1000000)/1000000000,1000)",
        f"MOD((ABS({amount})-{units}-{thousands}*1000)/1000000,1000)",
        f"MOD((ABS({amount})-{units})/1000,1000)",
        f"MOD(ABS({amount}),1000)",
    )


def references(row: int) -> tuple[str, str]:
    """References to the words in a row: first letter small, and capital."""
    name = quote_sheet(SHEET)
    return f"{name}!$K${row}", f"{name}!$L${row}"


def _words(row: int, style: WordStyle) -> str:
    """The formula that joins the classes of a row's amount."""
    joint = ", " if style.comma else " "
    after_first = len(joint) + 1
    pieces = [
        _billions(row, style, joint),
        _named(f"H{row}", f"F{row}+G{row}", joint, "triệu"),
        _named(f"I{row}", f"F{row}+G{row}+H{row}", joint, style.nghin),
        _class(f"J{row}", f"F{row}+G{row}+H{row}+I{row}", joint),
    ]
    whole_millions = f'IF(AND(E{row}<>0,I{row}+J{row}=0)," chẵn","")' if style.even else '""'
    said = f'IF(E{row}=0,"không",MID({"&".join(pieces)},{after_first},400))'
    sign = f'IF(E{row}<0,"âm ","")'
    return f'IF(ABS(E{row})>=1E+15,{literal(TOO_LONG)},{sign}&{said}&" đồng"&{whole_millions})'


def _billions(row: int, style: WordStyle, joint: str) -> str:
    """How many tỷ: up to six digits, read as one number, so without a comma inside."""
    thousands = f'IF(F{row}=0,"",INDEX({LEADING},F{row}+1)&{literal(" " + style.nghin)}&IF(G{row}=0,""," "))'
    units = f'IF(G{row}=0,"",IF(F{row}=0,INDEX({LEADING},G{row}+1),INDEX({INNER},G{row}+1)))'
    return f'IF(F{row}+G{row}=0,"",{literal(joint)}&{thousands}&{units}&{literal(" " + style.ty)})'


def _class(cell: str, higher: str, joint: str) -> str:
    """One class of three digits: nothing where it is zero, "không trăm" only inside a number."""
    return f'IF({cell}=0,"",{literal(joint)}&IF({higher}=0,INDEX({LEADING},{cell}+1),INDEX({INNER},{cell}+1)))'


def _named(cell: str, higher: str, joint: str, name: str) -> str:
    return f'IF({cell}=0,"",{_class(cell, higher, joint)}&{literal(" " + name)})'
