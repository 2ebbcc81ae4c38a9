import pytest
from openpyxl import Workbook

from budget.loading.places import is_plan, plan_path, reference_plans
from generators.entry import write_entry
from generators.given import workbook_of


def test_a_reference_plan_is_found_by_its_name_where_no_file_has_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (plan_path("nghe-an-2021-2025") / "plan.toml").is_file()
    (tmp_path / "nghe-an-2021-2025").mkdir()
    assert plan_path("nghe-an-2021-2025").resolve() == tmp_path / "nghe-an-2021-2025"


def test_a_plans_folder_and_an_entry_workbook_are_plans(tmp_path):
    write_entry(tmp_path / "nhap.xlsx", force=False, lang="vi")
    assert is_plan(tmp_path / "nhap.xlsx")
    assert all(is_plan(plan_path(name)) for name in reference_plans())


@pytest.mark.parametrize("sheets", [["Phụ lục"], ["Kế hoạch", "Nguồn"]])
def test_other_files_and_folders_are_none(sheets, tmp_path):
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        book.create_sheet(sheet)
    book.save(tmp_path / "so.xlsx")
    (tmp_path / "chu.xlsx").write_text("không phải sổ tính")
    assert not is_plan(tmp_path / "so.xlsx")
    assert not is_plan(tmp_path / "chu.xlsx")
    assert not is_plan(tmp_path)
    assert not is_plan(tmp_path / "khong-co.xlsx")


def test_the_workbook_of_a_plan_is_made_and_a_workbook_is_itself(tmp_path):
    made = workbook_of("binh-dinh-2021-2025", tmp_path)
    assert made == tmp_path / "binh-dinh-2021-2025.xlsx"
    assert made.is_file()
    assert workbook_of(str(made), tmp_path) == made
