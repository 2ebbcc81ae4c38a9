"""Of a generated workbook the appendices alone can be read; whatever anybody else made is read whole."""

import pytest
from openpyxl import Workbook, load_workbook

from budget.loading.places import reference_plans
from generators.generate import OWN_SHEETS
from generators.given import workbook_of
from validators.checking import examine
from validators.funding import funding, leaves
from validators.own_sheet import BESIDE
from validators.readers import read_book
from validators.rules import all_rules


def test_what_stands_beside_the_appendices_is_known_by_name():
    assert set(OWN_SHEETS) == BESIDE


@pytest.mark.parametrize("name", reference_plans())
def test_amounts_and_findings_are_the_same(name, tmp_path):
    path = workbook_of(name, tmp_path)
    book, part = read_book(path), read_book(path, appendices_only=True)
    assert [grid.name for grid in part.sheets] == [grid.name for grid in book.sheets if grid.name not in OWN_SHEETS]
    whole, alone = examine(book), examine(part)
    assert leaves(funding(alone)) == leaves(funding(whole))
    assert [list(rule.check(alone)) for rule in all_rules()] == [list(rule.check(whole)) for rule in all_rules()]


def test_formulas_on_an_appendix_are_judged_still(tmp_path):
    path = workbook_of("binh-dinh-2021-2025", tmp_path)
    package = load_workbook(path)  # openpyxl keeps formulas and drops their values
    package.save(path)
    assert ("Phụ lục", 66, 3) in read_book(path, appendices_only=True).calculated


def test_a_workbook_that_somebody_else_made_is_read_whole(tmp_path):
    made = Workbook()
    made.active.title = "Thông tin"
    made.active["A1"] = "Tổng cộng"
    made.save(tmp_path / "so.xlsx")
    assert [grid.name for grid in read_book(tmp_path / "so.xlsx", appendices_only=True).sheets] == ["Thông tin"]
