"""Sums over single cells as formulas that Excel takes."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rollup.formulas import ARGUMENTS, Addend, areas_of, counts, sums
from validators.grid import Place
from workbook.addresses import column_number

EXCEL_LENGTH = 8192
_TERM = re.compile(r"([+-]?)(?:SUM|COUNT)\(([^()]*)\)(?:([*/])(10*))?")
_REFERENCE = re.compile(r"'((?:[^']|'')+)'!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


def cell(row: int, column: int, sheet: str = "Phụ lục") -> Place:
    return Place(sheet, row, column)


def added_up(formulas: list[str]) -> Counter[Addend]:
    """The cells that formulas add up, each as often as they do."""
    found: Counter[Addend] = Counter()
    for formula in formulas:
        assert "".join(match[0] for match in _TERM.finditer(formula)) == formula
        for sign, arguments, operator, factor in _TERM.findall(formula):
            shift = (len(factor) - 1) * (1 if operator == "*" else -1) if factor else 0
            for sheet, left, top, right, bottom in _REFERENCE.findall(arguments):
                for column in range(column_number(left), column_number(right or left) + 1):
                    for row in range(int(top), int(bottom or top) + 1):
                        found[Addend(cell(row, column, sheet.replace("''", "'")), shift, -1 if sign == "-" else 1)] += 1
    return found


def test_neighbours_are_one_range_and_runs_of_the_same_rows_one_area() -> None:
    places = [cell(row, column) for row in (8, 9, 10, 12) for column in (3, 4)]
    assert [(sheet, str(area)) for sheet, area in areas_of(places)] == [("Phụ lục", "C8:D10"), ("Phụ lục", "C12:D12")]


def test_a_sum_names_its_sheets() -> None:
    found = sums([Addend(cell(8, 3)), Addend(cell(9, 3)), Addend(cell(4, 2, "Quý 1 '26"))])
    assert found == ["SUM('Phụ lục'!C8:C9,'Quý 1 ''26'!B4)"]


def test_cells_of_other_units_and_signs_have_their_own_sums() -> None:
    found = sums(
        [Addend(cell(5, 3), sign=-1), Addend(cell(3, 3), shift=6), Addend(cell(4, 3), shift=-6), Addend(cell(8, 3))]
    )
    assert found == ["SUM('Phụ lục'!C4)/1000000+SUM('Phụ lục'!C8)+SUM('Phụ lục'!C3)*1000000-SUM('Phụ lục'!C5)"]


def test_what_is_only_taken_off_begins_with_a_minus() -> None:
    assert sums([Addend(cell(5, 3), sign=-1)]) == ["-SUM('Phụ lục'!C5)"]


def test_a_cell_that_counts_twice_is_added_twice() -> None:
    assert sums([Addend(cell(5, 3)), Addend(cell(5, 3)), Addend(cell(6, 3))]) == [
        "SUM('Phụ lục'!C5:C6)+SUM('Phụ lục'!C5)"
    ]


def test_no_cell_no_formula() -> None:
    assert sums([]) == []
    assert counts([]) == []


def test_thousands_of_scattered_cells_keep_to_the_limits_of_excel() -> None:
    places = [cell(row, column) for row in range(7, 10_007, 2) for column in (4, 6)]
    for formulas in (sums(map(Addend, places)), counts(places)):
        assert len(formulas) > 1
        assert max(map(len, formulas)) <= EXCEL_LENGTH
        assert (
            max(arguments.count(",") + 1 for each in formulas for _, arguments, _, _ in _TERM.findall(each))
            <= ARGUMENTS
        )
        assert added_up(formulas) == Counter(map(Addend, places))


SHEETS = st.sampled_from(["Phụ lục", "Dự toán chi tiết", "O'Hara"])
PLACES = st.builds(Place, SHEETS, st.integers(1, 12), st.integers(1, 30))
ADDENDS = st.builds(Addend, PLACES, st.sampled_from([-6, 0, 3]), st.sampled_from([1, -1]))


@given(st.lists(ADDENDS, max_size=60))
def test_sums_add_up_each_cell_as_often_as_asked(addends: list[Addend]) -> None:
    assert added_up(sums(addends)) == Counter(addends)
