"""Every printed figure and label of the five decisions stands in its row and column of the generated sheets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from support.printed import LIST, Difference, Reason, as_markdown, differences, tables
from support.reference import NAMES, reference


@pytest.fixture(scope="module")
def found() -> list[Difference]:
    return differences()


@pytest.mark.parametrize("name", NAMES)
def test_every_appendix_is_compared(name: str) -> None:
    assert {table.appendix.key for table in tables(name)} == {a.key for a in reference(name).appendices}


def test_every_difference_has_a_reason(found: list[Difference]) -> None:
    assert [one for one in found if one.reason is Reason.UNEXPLAINED] == []


def test_the_list_of_differences_is_up_to_date(found: list[Difference]) -> None:
    assert LIST.read_text(encoding="utf-8") == as_markdown(found), "run: python -m tests.support.printed"


@pytest.mark.parametrize(
    ("plan", "sheet", "cell", "printed", "generated", "reason"),
    [
        ("binh-dinh-2021-2025", "Phụ lục", "C36", "3.235", "3.325", Reason.TOTAL),
        ("can-tho-2021-2025", "Phụ lục 2", "E61", "2000.000.000", "200.000.000", Reason.MALFORMED),
        ("can-tho-2021-2025", "Phụ lục 2", "E62", "2000.000.000", "200.000.000", Reason.MALFORMED),
        ("dong-thap-2011-2015", "Tổng hợp", "C17", "150.0000.000", "150.000.000", Reason.MALFORMED),
        ("dong-nai-2021-2025", "Phụ lục", "I22", "500", "385", Reason.LOST_LEAF),
    ],
)
def test_a_known_mistake_is_found(
    found: list[Difference], plan: str, sheet: str, cell: str, printed: str, generated: str, reason: Reason
) -> None:
    (one,) = (one for one in found if (one.plan, one.sheet, one.cell) == (plan, sheet, cell))
    assert (one.printed, one.generated, one.reason) == (printed, generated, reason)


def test_bad_numbers_totals_and_shares_stand_where_they_were_found_by_hand(found: list[Difference]) -> None:
    """Bình Định prints 30 and 70 percent for items 4.3, 5.3, 5.4, 5.5, 6.2 and 6.3, whose amounts say otherwise."""
    figures = [one for one in found if one.reason in {Reason.MALFORMED, Reason.TOTAL, Reason.SHARE}]
    assert [(one.plan.split("-20")[0], one.cell) for one in figures] == [
        *(("binh-dinh", cell) for cell in ("B34", "B35", "C36", "B44", "B45", "B47", "B48", "B50", "B51")),
        *(("binh-dinh", cell) for cell in ("B61", "B62", "B64", "B65")),
        *(("can-tho", cell) for cell in ("E61", "E62")),
        ("dong-thap", "C17"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        pytest.param(4, 3, Decimal(41), id="a leaf"),
        pytest.param(2, 2, Decimal(201), id="a total"),
        pytest.param(2, 2, "", id="a total that is not shown"),
        pytest.param(3, 1, "Tuyên truyền", id="a title"),
        pytest.param(4, 1, "Nguồn kinh phí: - Ngân sách địa phương (99%)", id="a share"),
    ],
)
def test_a_generated_cell_that_is_wrong_has_no_reason(row: int, column: int, value: Decimal | str) -> None:
    """Bình Định: the heading takes rows 0 and 1 of the table, group 1 row 2, its item row 3, the source line row 4."""
    table = next(table for table in tables("binh-dinh-2021-2025") if table.appendix.key == "chi-tiet")
    shown = [list(cells) for cells in table.shown]
    shown[row][column] = replace(shown[row][column], value=value)
    before, after = list(table.differences()), list(replace(table, shown=shown).differences())
    assert [one.reason for one in after if one not in before] == [Reason.UNEXPLAINED]
