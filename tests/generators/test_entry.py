"""The entry workbook: what it offers to a person, and that it holds any plan without loss."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from support.strategies import plans

from budget.figures import FigureKey, Figures
from budget.loading import load_plan
from budget.plan import Amount, Axis
from budget.schema import ITEMS, PLAN, TABLES, Type
from faults import InputFault
from generators.entry import write_entry
from generators.example import example_plan
from generators.forms import form_names, load_form

PLANS = Path(__file__).parents[2] / "plans"
REFERENCE = sorted(path.parent.name for path in PLANS.glob("*/plan.toml"))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    file = tmp_path_factory.mktemp("entry") / "vi-du.xlsx"
    write_entry(file, force=False)
    return openpyxl.load_workbook(file)


def headings(sheet):
    return [cell.value for cell in sheet[1]]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_loads_as_it_stands(tmp_path, lang):
    write_entry(tmp_path / "vi-du.xlsx", force=False, lang=lang)
    assert load_plan(tmp_path / "vi-du.xlsx") == example_plan()


def test_the_example_meets_its_own_control_and_its_forms():
    plan = example_plan()
    figures = Figures(plan)
    assert figures[FigureKey("vd-pl1")] == 400 == plan.controls[0].amount
    assert figures.estimate_total(plan.estimates[0]) == 60_000_000
    assert figures[FigureKey("vd-pl1", "vd-i-1", None, 2026)] == 60
    for appendix in plan.appendices:
        assert load_form(appendix.form).is_costing == (appendix.key == "vd-pl2")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", REFERENCE)
def test_the_reference_plans_are_the_same_in_both_containers(name, lang, tmp_path):
    plan = load_plan(PLANS / name)
    write_entry(tmp_path / f"{name}.xlsx", force=False, plan=plan, lang=lang)
    assert load_plan(tmp_path / f"{name}.xlsx") == plan


@given(plans())
@settings(max_examples=30, deadline=None)
def test_any_plan_survives_the_entry_workbook(plan):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{plan.key}.xlsx"
        write_entry(file, force=False, plan=plan)
        assert load_plan(file) == plan


def test_libreoffice_may_save_it(office, tmp_path):
    for name in REFERENCE:
        plan = load_plan(PLANS / name)
        write_entry(tmp_path / "gốc.xlsx", force=True, plan=plan)
        with office.open(tmp_path / "gốc.xlsx") as opened:
            opened.save_as(tmp_path / f"{name}.xlsx")
        assert load_plan(tmp_path / f"{name}.xlsx") == plan


def test_a_sheet_for_each_table_with_vietnamese_headings(book):
    assert book.sheetnames == ["Hướng dẫn", *(table.label.vi for table in TABLES)]
    amounts = [
        f"Số tiền · Ngân sách {level} · {year}" for year in range(2026, 2031) for level in ("trung ương", "địa phương")
    ]
    assert headings(book["Kế hoạch"]) == ["Mục", "Nội dung", "Giải thích"]
    for table in TABLES[1:]:
        expected = [column.label.vi for column in table.columns] + (amounts if table is ITEMS else [])
        assert headings(book[table.label.vi]) == expected
        assert [cell.comment.text for cell in book[table.label.vi][1]][: len(table.columns)] == [
            column.help.vi for column in table.columns
        ]
        assert book[table.label.vi].freeze_panes == "B2"


def test_english_headings(tmp_path):
    write_entry(tmp_path / "b.xlsx", force=False, lang="en")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames[:3] == ["Guide", "Plan", "Sources"]
    assert headings(book["Items"])[:5] == ["Code", "Appendix", "Parent", "Kind", "No."]
    assert headings(book["Items"])[-1] == "Amount · Ngân sách địa phương · 2030"
    assert book["Items"]["D2"].value == "group"


def test_the_guide_explains_every_sheet_and_form(book):
    cells = {row[0].value: row[1].value for row in book["Hướng dẫn"].iter_rows(min_row=3)}
    for table in TABLES:
        assert cells[table.label.vi] == table.help.vi
    for name in form_names():
        assert cells[name] == load_form(name).title.vi


def test_excel_cannot_change_codes_and_numbers(book):
    """Neither in the example's cells nor in the empty ones below: the format is Text."""
    safe = {Type.KEY, Type.REFERENCE, Type.KEYS, Type.NUMBERING, Type.TEXT, Type.EXPRESSION, Type.YEARS}
    for table in TABLES[1:]:
        sheet = book[table.label.vi]
        for number, column in enumerate(table.columns, 1):
            letter = openpyxl.utils.get_column_letter(number)
            below = sheet.column_dimensions[letter].number_format
            assert (below == "@") == (column.type in safe | {Type.CHOICE, Type.FLAG, Type.UNIT, Type.STYLE})
            if sheet.cell(2, number).value is not None:
                assert sheet.cell(2, number).number_format == below
                assert sheet.cell(2, number).font.name == "Times New Roman"
    values = {row[0].value: row[1] for row in book["Kế hoạch"].iter_rows(min_row=2)}
    assert values["Giai đoạn"].number_format == "@"
    assert values["Ngày"].number_format == "dd/mm/yyyy"


def offered(sheet):
    """What each cell range offers."""
    return {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}


def test_drop_downs(book):
    assert offered(book["Kế hoạch"]) == {"B7": '"dự thảo,đã ban hành"'}
    forms = len(form_names())
    appendices = offered(book["Phụ lục"])
    assert appendices["F2:F10000"] == '"đồng,nghìn đồng,triệu đồng,tỷ đồng"'
    assert appendices["I2:I10000"] == '"có,không"'
    assert appendices["J2:J10000"] == "'Phụ lục'!$A$2:$A$10000"
    sheet, _, area = appendices["B2:B10000"].partition("!")
    listed = [row[0].value for row in book[sheet.strip("'")][area.replace("$", "")]]
    assert (len(listed), listed) == (forms, list(form_names()))
    assert offered(book["Hạng mục"]) == {
        "B2:B10000": "'Phụ lục'!$A$2:$A$10000",
        "C2:C10000": "'Hạng mục'!$A$2:$A$10000",
        "D2:D10000": '"nhóm,hạng mục,tiểu mục"',
    }
    assert offered(book["Bảng dự toán"])["I2:I10000"] == '"định mức,báo giá,quyết định"'
    assert offered(book["Dự toán"])["H2:H10000"] == "'Nguồn kinh phí'!$A$2:$A$10000"
    assert offered(book["Cách đọc"])["D2:D10000"] == '"nêu rõ,suy ra được,không đọc được"'
    assert all(len(formula) <= 257 for sheet in book for formula in offered(sheet).values())  # Excel: 255 and quotes


def test_the_example_is_plainly_an_example_and_goes_away_row_by_row(book):
    for table in TABLES[1:-1]:  # no print of the example is damaged: the last table is empty
        sheet = book[table.label.vi]
        (area,) = sheet.conditional_formatting
        assert area.rules[0].formula == ['LEFT($A2,3)="vd-"']
        codes = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
        assert codes
        assert all(code.startswith("vd-") for code in codes)
    titles = {row[0].value: row[1].value for row in book["Kế hoạch"].iter_rows(min_row=2)}
    assert titles["Tên kế hoạch"].startswith("VÍ DỤ")


def test_a_person_clears_the_example_and_types_a_plan(tmp_path):
    file = tmp_path / "ke-hoach-2026.xlsx"
    write_entry(file, force=False)
    book = openpyxl.load_workbook(file)
    for table in TABLES[1:]:
        book[table.label.vi].delete_rows(2, 100)
    book["Nguồn kinh phí"].append(["tinh", "Ngân sách tỉnh"])
    book["Phụ lục"].append(["pl", "items-quantities", "Phụ lục", None, "KINH PHÍ", "triệu đồng", "tinh"])
    items = book["Hạng mục"]
    items.delete_cols(17, 9)
    items.cell(1, 16).value = "Số tiền · Ngân sách tỉnh"
    items.append(["hm1", "pl", None, "hạng mục", "1", "Tập huấn", *[None] * 9, 46.3])
    book.save(file)
    plan = load_plan(file)
    assert [source.name for source in plan.sources] == ["Ngân sách tỉnh"]
    assert plan.items[0].amounts == {Axis("tinh"): Amount(Decimal("46.3"))}


def test_amounts_are_numbers_where_excel_holds_them_exactly(tmp_path):
    plan = example_plan()
    large = [Decimal("46.3"), Decimal(10**15 - 1), Decimal("1234567890123456"), Decimal("0.1234567890123456")]
    axes = [Axis("vd-nstw", year) for year in plan.years]
    item = replace(plan.items[1], amounts={a: Amount(v) for a, v in zip(axes, large, strict=False)})
    plan = replace(plan, items=(plan.items[0], item, plan.items[2]))
    write_entry(tmp_path / "vi-du.xlsx", force=False, plan=plan)
    sheet = openpyxl.load_workbook(tmp_path / "vi-du.xlsx")["Hạng mục"]
    assert [sheet.cell(3, column).value for column in (16, 18, 20, 22)] == [
        46.3, 999999999999999, "1.234.567.890.123.456", "0,1234567890123456",
    ]  # fmt: skip
    assert load_plan(tmp_path / "vi-du.xlsx") == plan


@pytest.mark.parametrize("text", ["=1+1", "+5", "-x", "@a", "#N/A", "2.10", "TRUE", '=HYPERLINK("http://a")', "''"])
def test_text_never_becomes_a_formula(tmp_path, text):
    plan = example_plan()
    plan = replace(plan, title=text, items=(replace(plan.items[0], title=text, number=text), *plan.items[1:]))
    write_entry(tmp_path / "vi-du.xlsx", force=False, plan=plan)
    sheet = openpyxl.load_workbook(tmp_path / "vi-du.xlsx")["Hạng mục"]
    assert (sheet["F2"].value, sheet["F2"].data_type) == (text, "s")
    assert load_plan(tmp_path / "vi-du.xlsx") == plan


def test_a_target_that_exists_is_kept(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(b"mine")
    with pytest.raises(InputFault, match="the target exists already"):
        write_entry(file, force=False)
    assert file.read_bytes() == b"mine"
    write_entry(file, force=True)
    assert load_plan(file).title == example_plan().title


def test_every_entry_of_the_plan_has_its_row(book):
    rows = [row[0].value for row in book["Kế hoạch"].iter_rows(min_row=2)]
    assert rows == [column.label.vi for column in PLAN.columns] + ["Ghi chú"] * 3
