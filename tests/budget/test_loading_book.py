"""What only a workbook can hold: binary numbers, dates, formulas, error values, sheets by name."""

from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from budget.loading import load_plan
from budget.plan import Amount, Axis, Decision, State
from faults import InputFault

HEAD = {
    "Phiên bản": "1",
    "title": "Kế hoạch",
    "Giai đoạn": "2021-2022",
    "Loại văn bản": "Quyết định",
    "Cơ quan ban hành": "UBND tỉnh",
    "Tình trạng": "Dự thảo",
}
SOURCES = [["Mã nguồn", "Tên nguồn"], ["local", "Ngân sách tỉnh"]]
APPENDICES = [
    ["Mã phụ lục", "Biểu mẫu", "Tên trang", "Tiêu đề", "Đơn vị tính", "Nguồn", "Năm"],
    ["pl1", "f", "Phụ lục 1", "TỔNG HỢP", "triệu đồng", "local", "có"],
]
ITEM_HEAD = ["Mã", "Phụ lục", "Thuộc", "Loại dòng", "TT", "Nội dung", "Số tiền · Ngân sách tỉnh · 2021"]


def write_book(file, item_rows, head=None, **sheets):
    """An entry workbook as a person might type it; `sheets` by name replace or add."""
    pairs = [("Mục", "Nội dung"), *(HEAD | (head or {})).items()]
    tables = {
        "Kế hoạch": pairs,
        "Nguồn kinh phí": SOURCES,
        "Phụ lục": APPENDICES,
        "Hạng mục": [ITEM_HEAD, *item_rows],
    } | sheets
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in tables.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(file)
    return file


def item(title="T", amount=None, number="1", key="a"):
    return [key, "pl1", None, "hạng mục", number, title, amount]


def refusal(file):
    with pytest.raises(InputFault) as caught:
        load_plan(file)
    fault = caught.value
    assert fault.file == str(file)
    place, expected = (text.en if text else "" for text in (fault.place, fault.expected))
    return place, fault.what.en, None if fault.found is None else str(fault.found), expected


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (46.3, "46.3"),
        (0.1 + 0.2, "0.3"),
        (1377, "1377"),
        (1.5e15, "1500000000000000"),
        ("1.377", "1377"),
        ("46,3", "46.3"),
        (-2.5, "-2.5"),
        (0, "0"),
    ],
)
def test_a_number_is_the_decimal_that_a_person_sees(tmp_path, cell, value):
    plan = load_plan(write_book(tmp_path / "nhap.xlsx", [item(amount=cell)]))
    assert plan.items[0].amounts == {Axis("local", 2021): Amount(Decimal(value))}
    assert plan.key == "nhap"


def test_numbers_stand_for_their_digits_where_text_belongs(tmp_path):
    items = [item(title=2021, number=1), item(title=46.5, number=2.1, key="b"), item(number=2.2, key="c")]
    plan = load_plan(write_book(tmp_path / "b.xlsx", items, {"Phiên bản": 3, "Giai đoạn": 2021}))
    assert [(i.title, i.number) for i in plan.items] == [("2021", "1"), ("46,5", "2.1"), ("T", "2.2")]
    assert (plan.version, plan.years) == ("3", (2021,))


def test_a_float_number_that_lost_its_zero(tmp_path):
    items = [item(number=2.8), item(number=2.9, key="b"), item(number=2.1, key="c")]
    assert refusal(write_book(tmp_path / "b.xlsx", items)) == (
        "Hạng mục, row 4, column “TT”", "a spreadsheet has dropped the number's last zero", "2.1",
        "“2.10”, in a cell formatted as Text",
    )  # fmt: skip


@pytest.mark.parametrize("column", [1, 4, 5])
def test_a_date_where_a_code_a_number_or_a_text_belongs(tmp_path, column):
    row = item()
    row[{1: 0, 4: 4, 5: 5}[column]] = datetime(2026, 2, 1)
    place, what, found, expected = refusal(write_book(tmp_path / "b.xlsx", [row]))
    assert place == f"Hạng mục, row 2, column “{ {1: 'Mã', 4: 'TT', 5: 'Nội dung'}[column] }”"
    assert what == "a spreadsheet has turned this cell into a date (as 1/2 into 02-Jan)"
    assert (found, expected) == ("2026-02-01 00:00:00", "the text as printed, in a cell formatted as Text")


def test_an_amount_that_became_a_date(tmp_path):
    place, what, *_ = refusal(write_book(tmp_path / "b.xlsx", [item(amount=date(2021, 5, 1))]))
    assert place == "Hạng mục, row 2, column “Số tiền · Ngân sách tỉnh · 2021”"
    assert what == "a spreadsheet has turned this cell into a date (as 1/2 into 02-Jan)"


def test_a_decision_date_is_a_date_or_text(tmp_path):
    for cell in (datetime(2021, 6, 15), "15/6/2021"):
        head = {"Tình trạng": "đã ban hành", "Số": "1/QĐ", "Ngày": cell}
        plan = load_plan(write_book(tmp_path / "b.xlsx", [item()], head))
        assert plan.decision == Decision("Quyết định", "UBND tỉnh", State.ISSUED, "1/QĐ", date(2021, 6, 15))


def test_years_that_excel_took_for_one_number(tmp_path):
    found = refusal(write_book(tmp_path / "b.xlsx", [item()], {"Giai đoạn": 2024.2025}))
    assert found == (
        "Kế hoạch, row 4, column “Giai đoạn”", "the value cannot be used", "2.024,2025", "2021-2025, 2024,2025 or 2026",
    )  # fmt: skip


def test_notes_stand_on_a_row_each(tmp_path):
    plan_rows = [
        ("Mục", "Nội dung", "Giải thích"),
        *HEAD.items(),
        ("Ghi chú", "một", "..."),
        ("notes", "hai\nba"),
        ("Ghi chú",),
    ]
    plan = load_plan(write_book(tmp_path / "b.xlsx", [item()], **{"Kế hoạch": plan_rows}))
    assert plan.notes == ("một", "hai\nba")


def test_lists_and_pairs_in_one_cell(tmp_path):
    appendices = [
        [*APPENDICES[0], "Tên nguồn khi in", "Lời trong biểu"],
        [*APPENDICES[1], "NS, tỉnh\n (cũ)", "a=1=2\n 3\nb=x"],
    ]
    plan = load_plan(write_book(tmp_path / "b.xlsx", [item()], **{"Phụ lục": appendices}))
    assert plan.appendices[0].labels == {"local": "NS, tỉnh\n(cũ)"}
    assert plan.appendices[0].texts == {"a": "1=2\n3", "b": "x"}


def test_sheets_may_be_named_in_english_and_others_are_left_alone(tmp_path):
    file = write_book(tmp_path / "b.xlsx", [item()], **{"Nháp của tôi": [["=1/0"]]})
    workbook = openpyxl.load_workbook(file)
    workbook["Hạng mục"].title = "items"
    workbook["Nguồn kinh phí"].title = "SOURCES"
    workbook.save(file)
    assert [i.id for i in load_plan(file).items] == ["a"]


def with_cached_value(file, value, kind="n"):
    """Puts the value of a formula into the file as a spreadsheet program would."""
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = 0
    for name, data in parts.items():
        if name.startswith("xl/worksheets/") and b"<f>" in data:
            changed += data.count(b"<v />") + data.count(b"<v></v>")
            filled = data.replace(b"<v></v>", b"<v />").replace(b"<v />", f"<v>{value}</v>".encode())
            parts[name] = filled.replace(b"><f>", f' t="{kind}"><f>'.encode())
    assert changed == 1
    with ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def test_a_formula_counts_as_its_value(tmp_path):
    file = with_cached_value(write_book(tmp_path / "b.xlsx", [item(amount="=40+2.1")]), "42.1")
    assert load_plan(file).items[0].amounts == {Axis("local", 2021): Amount(Decimal("42.1"))}


def test_a_formula_whose_value_is_empty_text_is_a_blank(tmp_path):
    file = with_cached_value(write_book(tmp_path / "b.xlsx", [item(amount='=""')]), "", "str")
    assert load_plan(file).items[0].amounts == {}


def test_a_formula_without_a_value(tmp_path):
    assert refusal(write_book(tmp_path / "b.xlsx", [item(amount="=40+2")])) == (
        "sheet “Hạng mục”, cell G2", "the formula has no value", "=40+2", "a file opened and saved in Excel",
    )  # fmt: skip


@pytest.mark.parametrize("cached", [True, False])
def test_an_error_value(tmp_path, cached):
    file = write_book(tmp_path / "b.xlsx", [item(amount="=1/0" if cached else "#DIV/0!")])
    if cached:
        with_cached_value(file, "#DIV/0!", "e")
    assert refusal(file) == ("sheet “Hạng mục”, cell G2", "the cell holds an error value", "#DIV/0!", "")


def test_a_cell_in_a_column_without_a_heading(tmp_path):
    assert refusal(write_book(tmp_path / "b.xlsx", [[*item(), "thừa"]])) == (
        "Hạng mục, row 2", "the cell stands in a column without a heading", "thừa", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"), [("Nguồn kinh phi", "Nguồn kinh phi"), ("Hạng muc", "Hạng muc"), ("Khác", None)]
)
def test_a_sheet_that_is_missing_or_misspelt(tmp_path, name, found):
    file = write_book(tmp_path / "b.xlsx", [item()])
    workbook = openpyxl.load_workbook(file)
    sheet = "Nguồn kinh phí" if name.startswith("Nguồn") else "Hạng mục"
    workbook[sheet].title = name
    workbook.save(file)
    assert refusal(file) == ("", "a table is missing", found, f"“{sheet}”")


def test_two_sheets_of_one_table(tmp_path):
    assert refusal(write_book(tmp_path / "b.xlsx", [item()], items=[ITEM_HEAD]))[1:3] == (
        "there are two sheets of one table", "Hạng mục, items",
    )  # fmt: skip


def test_entries_of_the_plan_that_are_unknown_or_there_twice(tmp_path):
    assert refusal(write_book(tmp_path / "b.xlsx", [item()], {"Giai đoan": "2021"})) == (
        "Kế hoạch, row 8, column “Giai đoan”", "there is no such entry", "Giai đoan", "“Giai đoạn”",
    )  # fmt: skip
    for name in ("title", "Tên kế hoạch"):
        rows = [("Mục", "Nội dung"), *HEAD.items(), (name, "hai")]
        assert refusal(write_book(tmp_path / "b.xlsx", [item()], **{"Kế hoạch": rows}))[:3] == (
            f"Kế hoạch, row 8, column “{name}”", "the entry is there twice", name,
        )  # fmt: skip
    rows = [("Mục", "Nội dung"), *HEAD.items(), (None, "hai")]
    assert refusal(write_book(tmp_path / "b.xlsx", [item()], **{"Kế hoạch": rows}))[:2] == (
        "Kế hoạch, row 8, column “”", "there is no such entry",
    )  # fmt: skip


def test_an_empty_plan_sheet(tmp_path):
    rows = [("Mục", "Nội dung")]
    assert refusal(write_book(tmp_path / "b.xlsx", [item()], **{"Kế hoạch": rows}))[1:3] == ("a value is missing", None)


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook(tmp_path, data):
    file = tmp_path / "b.xlsx"
    file.write_bytes(data)
    assert refusal(file)[1] == "the file cannot be read as an Excel workbook"


def test_a_zip_that_is_no_workbook(tmp_path):
    file = tmp_path / "b.xlsx"
    with ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    assert refusal(file)[1] == "the file cannot be read as an Excel workbook"


def test_amount_columns_are_told_as_the_sheet_heads_them(tmp_path):
    strange = [*ITEM_HEAD[:-1], "Số tiền · Nguồn lạ · 2021"]
    with pytest.raises(InputFault) as caught:
        load_plan(write_book(tmp_path / "a.xlsx", [], **{"Hạng mục": [strange, item(amount=5)]}))
    assert caught.value.expected.vi == (
        "cột số tiền của một nguồn đã khai: Số tiền · Ngân sách tỉnh (thêm “ · 2026” nếu chia năm)"
    )
    late = [*ITEM_HEAD[:-1], "Số tiền · Ngân sách tỉnh · 2031"]
    with pytest.raises(InputFault) as caught:
        load_plan(write_book(tmp_path / "b.xlsx", [], **{"Hạng mục": [late, item(amount=5)]}))
    assert caught.value.expected.vi == ("một trong: Số tiền · Ngân sách tỉnh · 2021, Số tiền · Ngân sách tỉnh · 2022")


def test_a_row_cannot_belong_to_itself(tmp_path):
    own = ["a", "pl1", "a", "hạng mục", "1", "T", 5]
    assert refusal(write_book(tmp_path / "a.xlsx", [own])) == (
        "Hạng mục, row 2, column “Thuộc”", "the row cannot belong to itself", "a",
        "Code of the parent row; empty at the top.",
    )  # fmt: skip
