"""An amount in words, live, within one row of a sheet: its classes of three digits are read digit by digit.

A sheet of readings as `generators.spoken` has it would have to come along with every sheet that is put into somebody's
workbook, and to be found again there; cells beside the printed ones go and come with theirs.
"""

from __future__ import annotations

from budget.money import Unit
from budget.words import WordStyle, to_words
from generators.registry import in_unit
from generators.spoken import TOO_LONG, class_formulas
from workbook.addresses import address
from workbook.text import literal

COLUMNS = 13  # beside each other: the amount in đồng, its five classes, their readings, all joined, the words
_CLASSES, _READINGS, _JOINED = 1, 6, 11  # places among them
_DIGITS = tuple(to_words(digit, currency=False).lower() for digit in range(10))


def spelled(row: int, column: int, term: str, unit: Unit, style: WordStyle) -> tuple[str, ...]:
    """The formulas (without `=`) of a row from `column` on; the last is the words, with a capital first letter.

    `term` is a formula term in `unit`; the first cell is its amount in whole đồng.
    """
    cells = [address(row, each) for each in range(column, column + COLUMNS)]
    amount, classes, joined = cells[0], cells[_CLASSES:_READINGS], cells[_JOINED]
    joint = ", " if style.comma else " "
    said = "&".join(cells[_READINGS:_JOINED])
    even = f'&IF(AND({amount}<>0,{classes[3]}+{classes[4]}=0)," chẵn","")' if style.even else ""
    capital = f'IF({amount}<0,"Âm "&{joined},UPPER(LEFT({joined},1))&MID({joined},2,400))'
    readable = f"IF(ABS({amount})<1E+15,{amount},0)"  # beyond, MOD fails in Excel and there are readings of no class
    return (
        f"ROUND({in_unit(term, unit, Unit.DONG)},0)",
        *class_formulas(readable, classes),
        *_readings(classes, joint, style),
        f"IF({amount}=0,{literal(_DIGITS[0])},MID({said},{len(joint) + 1},400))",
        f'IF(ABS({amount})>=1E+15,{literal(TOO_LONG)},{capital}&" đồng"{even})',
    )


def _readings(classes: list[str], joint: str, style: WordStyle) -> tuple[str, ...]:
    """What is said of each class, a joint before it; the count of tỷ is one number, without a comma inside."""
    thousands, billions = classes[:2]
    names = (f' {style.nghin}"&IF({billions}=0," {style.ty}","")&"', f" {style.ty}", " triệu", f" {style.nghin}", "")
    joints = (literal(joint), f'IF({thousands}=0,{literal(joint)}," ")', *[literal(joint)] * 3)
    return tuple(
        f'IF({cell}=0,"",{before}&TRIM({_three_digits(cell, classes[:place])})&"{name}")'
        for place, (cell, before, name) in enumerate(zip(classes, joints, names, strict=True))
    )


def _three_digits(cell: str, higher: list[str]) -> str:
    """The reading of a class, a space before it; below a `higher` one hundreds are read also where there are none."""
    inside = f"OR({'+'.join(higher)}>0,{cell}>=100)" if higher else f"{cell}>=100"
    tens, units = f"MOD({cell},100)", f"MOD({cell},10)"
    digits = _choice(f"INT({cell}/100)", [literal(digit) for digit in _DIGITS])
    linh = f'IF({units}=0,"",IF({inside}," linh",""))'
    return (
        f'IF({inside},{digits}&" trăm","")&'
        + _choice(f"INT({tens}/10)", [linh, '" mười"', *(f'" {digit} mươi"' for digit in _DIGITS[2:])])
        + "&"
        + _choice(units, ['""', *(_unit(digit, tens) for digit in range(1, 10))])
    )


def _unit(digit: int, tens: str) -> str:
    """The units digit as the tens digit before it has it read."""
    plain = f'" {_DIGITS[digit]}"'
    match digit:
        case 1 | 4:
            return f'IF({tens}>20," {"mốt" if digit == 1 else "tư"}",{plain})'
        case 5:
            return f'IF({tens}>10," lăm",{plain})'
        case _:
            return plain


def _choice(number: str, texts: list[str]) -> str:
    return f"CHOOSE({number}+1,{','.join(texts)})"
