"""The line of column numbers below a header: "A | B | 1 | 2 | 3=4+5", "(A) | (1)", "1 | 2"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from validators.grid import GridCell, Value
from validators.tables.numerals import looks_like_figure

_LONGEST = 60  # characters
_KEY = re.compile(
    r"[(\[]?\s*([A-Za-zĐđ]|[IVX]{2,4}|\d{1,2}[a-z]?)(?:\.0?)?\s*[)\]]?\s*(?:=\s*[\d()\[\]a-zA-ZΣ∑+\-–x×*/:.,;%\s…]+)?"
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SPREAD = 2  # numbers may be left out: so much further than there are cells
_ENOUGH = 3  # keys that nothing but a line of column numbers has side by side
_PAIRS = (["A", "1"], ["B", "1"], ["1", "2"], ["A", "B"], ["I", "II"])  # of a header with few columns


def is_column_numbers(
    cells: Mapping[int, GridCell], below: Mapping[int, GridCell], labelled: Collection[int], first: int
) -> bool:
    """Whether the row right under a header numbers the columns.

    `cells`: what it holds, from the left. `below`: the next row that holds anything. `labelled`: the columns that have
    a label in the header. `first`: the last of those at the left that say what a row is.
    """
    keys = {column: _key(cell.value) for column, cell in cells.items()}
    marks = [key for key in keys.values() if key is not None]
    if not marks or len(marks) < len(keys) or _goes_on(keys, below):
        return False
    texts = [str(cell.value).strip() for cell in cells.values()]
    if any(texts == [f"{left}{place + 1}{right}" for place in range(len(texts))] for left, right in ("()", "[]")):
        return True
    half = len(marks) // 2
    columns = list(keys)
    if half > 1 and marks[:half] == marks[half:]:  # of two tables side by side
        marks, columns = marks[:half], columns[:half]
    if len(marks) >= _ENOUGH:
        return _counts(marks)
    return marks in _PAIRS and columns[0] <= first and _stand_side_by_side(columns, sorted(labelled))


def _key(value: Value) -> str | None:
    """What a cell calls its column; None where it is no such name. A typed "(1)" is -1 for spreadsheet programs."""
    if isinstance(value, Decimal):
        return str(abs(int(value))) if value == int(value) and abs(value) < 100 else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _KEY.fullmatch(value.strip())
    return found[1].upper() if found else None


def _counts(marks: Sequence[str]) -> bool:
    """Whether three or more keys follow each other."""
    if marks == list(_ROMAN[: len(marks)]):
        return True
    numbers = [int(digits[0]) for mark in marks if (digits := re.match(r"\d+", mark))]
    letters = [mark for mark in marks if mark.isalpha()]
    if any(len(letter) > 1 for letter in letters):
        return False
    if letters[:2] == ["A", "B"] and (not numbers or numbers[0] == 1):
        return True
    ascends = len(numbers) >= 2 and numbers == sorted(set(numbers))
    return ascends and numbers[-1] - numbers[0] <= _SPREAD * len(numbers)


def _stand_side_by_side(columns: Sequence[int], headed: Sequence[int]) -> bool:
    """Whether columns follow each other among those with a label."""
    return any(list(headed[at : at + len(columns)]) == list(columns) for at in range(len(headed)))


def _goes_on(keys: Mapping[int, str | None], below: Mapping[int, GridCell]) -> bool:
    """Whether a list without words begins: the next row holds 2 below 1, or B below A, and else figures alone."""
    column, key = next(iter(keys.items()))
    later = _key(below[column].value) if column in below else None
    if (
        key is None
        or later is None
        or not all(looks_like_figure(below[each].value) for each in below if each != column)
    ):
        return False
    if key.isdigit() and later.isdigit():
        return int(later) == int(key) + 1
    return len(key) == len(later) == 1 and ord(later) == ord(key) + 1
