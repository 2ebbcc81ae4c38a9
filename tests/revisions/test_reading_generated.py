"""A generated workbook gives its plan again, and whatever somebody changed in its cells gives that change alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from support.generated import generated
from support.plan_changes import Change, changes
from support.reference import NAMES, reference
from support.strategies import plans, values
from support.uno_session import Book, OfficeSession

import phuluc
from budget.figures import FigureKey, Figures
from budget.plan import Amount, Plan
from faults import InputFault
from generators.forms import load_form
from generators.generate import generate
from generators.layout import lay_out
from revisions.reading.reading import read_plan
from workbook.release import release
from workbook.saving import save

CAN_THO, NGHE_AN, BINH_DINH, DONG_THAP = (
    "can-tho-2021-2025", "nghe-an-2021-2025", "binh-dinh-2021-2025", "dong-thap-2011-2015",
)  # fmt: skip
TABLE, COSTS, CARRIED = "Phụ lục 1", "Phụ lục 2", "Dữ liệu kế hoạch"
LAW = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def made(plan: Plan, folder: str) -> Path:
    """The workbook of a random plan; some have figures that no sheet holds."""
    try:
        return generate(plan, Path(folder) / "ke-hoach.xlsx").path
    except InputFault as fault:
        assume("15 digits" not in fault.what.en)
        raise


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_plan_is_read_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bản sao.xlsx"
    path.write_bytes(generated(name))
    reading = read_plan(path)
    assert changes(reference(name), reading.plan) == []
    assert reading.plan == reference(name)
    assert (reading.exact, reading.assumed, reading.left_out) == (True, (), ())
    assert reading.counted == reading.total


@given(plans(printable=True))
@settings(LAW, max_examples=12)
def test_any_plan_is_read_back(plan: Plan) -> None:
    with TemporaryDirectory() as folder:
        reading = read_plan(made(plan, folder))
    assert changes(plan, reading.plan) == []
    assert reading.plan == plan
    assert (reading.exact, reading.assumed, reading.left_out) == (True, (), ())


@given(plans(printable=True), values(), st.randoms(use_true_random=False))
@settings(LAW, max_examples=6)
def test_a_leaf_that_was_changed_is_the_only_change(plan: Plan, value: Decimal, chance: st.random.Random) -> None:
    leaves = [(item, axis) for item in plan.items for axis, amount in item.amounts.items() if amount.value is not None]
    assume(leaves)
    item, axis = chance.choice(leaves)
    appendix = plan.appendix(item.appendix)
    layout = lay_out(plan, appendix, load_form(appendix.form), Figures(plan))
    row, column = layout.cells[FigureKey(appendix.key, item.id, *axis)]
    with TemporaryDirectory() as folder:
        path = made(plan, folder)
        book = openpyxl.load_workbook(path)
        book[appendix.sheet].cell(row, column).value = value
        save(book, path, force=True)
        reading = read_plan(path)
    amounts = {**item.amounts, axis: Amount(value, *[getattr(item.amounts[axis], f) for f in _OF_A_LEAF])}
    changed = replace(item, amounts=amounts)
    expected = replace(plan, items=tuple(changed if each is item else each for each in plan.items))
    assert changes(expected, reading.plan) == []
    assert reading.plan == expected
    assert reading.left_out == ()


_OF_A_LEAF = ("status", "printed", "reason")


def test_what_cells_show_is_not_carried() -> None:
    """Of Cần Thơ: no title, name, number, amount, decision, year or text of the sheets is among what travels hidden."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(generated(CAN_THO))
        sheet = openpyxl.load_workbook(path)[CARRIED]
    assert sheet.sheet_state == "hidden"
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    carried: dict[object, set[object]] = {}
    for table, _, column, _ in rows:
        carried.setdefault(table, set()).add(column)
    assert carried == {
        "plan": {"issued"},
        "appendices": {"form", "sheet", "unit", "sources", "labels", "years"},
        "items": {"kind"},
        "costings": {"item", "appendix", "layout", "covers_years", "printed"},
        "estimates": {"quantity", "unit_price"},
        "controls": {"appendix", "amount", "unit", "words", "stated_in", "checked"},
        "readings": {"item", "status", "printed", "reason"},
    }
    titles = {item.title for item in reference(CAN_THO).items}
    assert titles.isdisjoint(text for row in rows for text in row)


Edit = Callable[[Worksheet], None]


def _set(**cells: object) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return edit


_LABELS = ("C7", "E7", "G7", "I7", "K7")
EDITS = [
    (CAN_THO, TABLE, _set(C9=45.5), [("items", "ct-i-1", "amount.central.2021", Decimal(42), Decimal("45.5"))]),
    (CAN_THO, TABLE, _set(C9=None), [("items", "ct-i-1", "amount.central.2021", Decimal(42), None)]),
    (CAN_THO, TABLE, _set(D9="-"), [("items", "ct-i-1", "amount.local.2021", Decimal(18), "-")]),
    (CAN_THO, TABLE, _set(D9="1.234"), [("items", "ct-i-1", "amount.local.2021", Decimal(18), Decimal(1234))]),
    (CAN_THO, TABLE, _set(A19="1b"), [("items", "ct-ii-1", "number", "1", "1b")]),
    (CAN_THO, TABLE, _set(B8="Sở mới"), [("items", "ct-i", "title", "Sở Công Thương", "Sở mới")]),
    (CAN_THO, TABLE, _set(A1="Phụ lục số 1"), [("appendices", "pl1", "heading", "Phụ lục 1", "Phụ lục số 1")]),
    (CAN_THO, TABLE, _set(**dict.fromkeys(_LABELS, "NSTW")),
     [("appendices", "pl1", "labels", ["Trung Ương", "Địa phương"], ["NSTW", "Địa phương"])]),
    (CAN_THO, "Thông tin", _set(B16="NS Trung ương"), [("sources", "central", "name", "Ngân sách trung ương",
                                                        "NS Trung ương")]),
    (CAN_THO, "Thông tin", _set(B13="bản 2"), [("plan", "#1", "version", "1", "2")]),
    (CAN_THO, COSTS, _set(H8=3), [("estimates", "ct-c1-1", "quantity", "02 người x 2 buổi", "03 người x 2 buổi")]),
    (CAN_THO, COSTS, _set(F8="không"), [("estimates", "ct-c1-1", "note", "GV thuê từ Hà Nội", "không")]),
    (NGHE_AN, "Phụ lục", _set(C8="Quý I"), [("items", "na-a-1", "schedule", "Hằng năm", "Quý I")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sheet", "edit", "expected"), EDITS)
def test_a_cell_that_was_changed(name: str, sheet: str, edit: Edit, expected: list[Change], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(name))
    book = openpyxl.load_workbook(path)
    edit(book[sheet])
    save(book, path, force=True)
    reading = read_plan(path)
    assert changes(reference(name), reading.plan) == expected
    assert (reading.assumed, reading.left_out) == ((), ())


def edited(office: OfficeSession, name: str, folder: Path, edit: Callable[[Book], None]) -> Path:
    """The workbook of a reference plan, changed and saved by LibreOffice."""
    source, path = folder / "nguồn.xlsx", folder / "sửa.xlsx"
    source.write_bytes(generated(name))
    with office.open(source) as book:
        edit(book)
        book.calculate()
        book.save_as(path)
    return path


def copy_row(book: Book, sheet: str, row: int, target: int) -> None:
    """Puts a copy of a row of constants above another one; `row` is counted before."""
    cells = book.formulas(sheet, f"A{row}:Q{row}")[0]
    book.insert_rows(sheet, target)
    for letter, text in zip("ABCDEFGHIJKLMNOPQ", cells, strict=True):
        if text:
            book.set(sheet, f"{letter}{target}", Decimal(text) if text.replace(".", "").isdigit() else text)


@pytest.mark.parametrize("name", NAMES)
def test_a_save_by_libreoffice_changes_nothing(office: OfficeSession, name: str, tmp_path: Path) -> None:
    reading = read_plan(edited(office, name, tmp_path, lambda book: None))
    assert reading.plan == reference(name)
    assert (reading.exact, reading.assumed, reading.left_out) == (True, (), ())


def test_a_row_that_was_copied_is_a_new_item(office: OfficeSession, tmp_path: Path) -> None:
    """As the hint on the sheet of checks says: a row of the group copied, put among the others, its figures changed."""

    def edit(book: Book) -> None:
        copy_row(book, TABLE, 11, 12)
        for cell, value in (("A12", "3a"), ("B12", "Việc mới"), ("D12", 99)):
            book.set(TABLE, cell, value)

    reading = read_plan(edited(office, CAN_THO, tmp_path, edit))
    assert changes(reference(CAN_THO), reading.plan) == [("items", "ct-i-3-2", "", None, "Việc mới")]
    assert [item.id for item in reading.plan.items][3:6] == ["ct-i-3", "ct-i-3-2", "ct-i-4"]
    assert {axis[0]: amount.value for axis, amount in reading.plan.items[4].amounts.items()} == {"local": Decimal(99)}
    assert reading.left_out == ()


def test_a_row_that_was_typed_is_an_item_of_the_group_above(office: OfficeSession, tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        book.insert_rows(TABLE, 20)
        for cell, value in (("A20", 2), ("B20", "Gõ tay"), ("C20", 7)):
            book.set(TABLE, cell, value)

    reading = read_plan(edited(office, CAN_THO, tmp_path, edit))
    assert changes(reference(CAN_THO), reading.plan) == [("items", "them", "", None, "Gõ tay")]
    assert (reading.plan.items[-1].parent, reading.plan.items[-1].kind) == ("ct-ii", "item")
    assert [text.en for text in reading.assumed] == ["Phụ lục 1, row 20: belongs to the row that it stands below"]


def test_rows_that_were_deleted_and_moved(office: OfficeSession, tmp_path: Path) -> None:
    """Item I.4 moves below item II.1: its group is the one that it stands in by now; item I.9 goes."""

    def edit(book: Book) -> None:
        copy_row(book, TABLE, 12, 20)
        book.delete_rows(TABLE, 17)
        book.delete_rows(TABLE, 12)

    reading = read_plan(edited(office, CAN_THO, tmp_path, edit))
    found = changes(reference(CAN_THO), reading.plan)
    assert [change[:3] for change in found] == [
        ("items", "ct-i-4", "parent"),
        ("items", "ct-i-9", ""),
        ("items", "", "order"),
        ("costings", "ct-c9", ""),
        *(("estimates", f"ct-c9-{number}", "") for number in range(1, 6)),
    ]
    assert found[0][3:] == ("ct-i", "ct-ii")
    assert [text.en.split(":")[0] for text in reading.left_out] == [
        "costing “9. Xây dựng bộ giải pháp và chiến lược phát triển nguồn nhân lực cho Thương mại điện tử”"
    ]


def test_a_row_of_the_ribbon_is_a_new_item(office: OfficeSession, tmp_path: Path) -> None:
    source, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(generated(BINH_DINH))
    assert phuluc.main(["office", "add-row", str(source), "-o", str(path), "--at", "D20"]) == 0
    with office.open(path) as book:
        book.set("Phụ lục", "B21", "Việc mới")
        book.set("Phụ lục", "D22", 12)
        book.save_as(tmp_path / "c.xlsx")
    reading = read_plan(tmp_path / "c.xlsx")
    assert changes(reference(BINH_DINH), reading.plan) == [("items", "bd-2-6", "", None, "Việc mới")]
    (item,) = (each for each in reading.plan.items if each.id == "bd-2-6")
    assert (item.parent, item.number, dict(item.amounts)) == ("bd-2", "2.6", {("local", 2021): Amount(Decimal(12))})


def test_a_total_that_was_typed_over_is_a_control(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(CAN_THO))
    book = openpyxl.load_workbook(path)
    book[TABLE]["C22"] = 9999
    save(book, path, force=True)
    reading = read_plan(path)
    assert changes(reference(CAN_THO), reading.plan) == [
        ("controls", "#2", "", None, {"appendix": "pl1", "amount": Decimal(9999), "unit": "triệu đồng"})
    ]
    assert [text.vi for text in reading.assumed] == [
        "trang “Phụ lục 1”, ô C22: số tổng ghi 9.999, các dòng cộng lại 5.241,5; giữ làm số kiểm soát"
    ]


def test_the_document_is_the_one_below_the_title_where_that_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(NGHE_AN))
    book = openpyxl.load_workbook(path)
    book["Phụ lục"]["A3"] = "(Kèm theo Kế hoạch số 401/KH-UBND ngày 02 tháng 01 năm 2022 của UBND tỉnh Nghệ An)"
    save(book, path, force=True)
    found = changes(reference(NGHE_AN), read_plan(path).plan)
    assert [(column, str(after)) for _, _, column, _, after in found] == [
        ("decision.number", "401/KH-UBND"),
        ("decision.date", "2022-01-02"),
    ]


def test_what_a_plan_cannot_hold_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(CAN_THO))
    book = openpyxl.load_workbook(path)
    book[TABLE]["B5"] = "Nội dung chi"  # the form's own wording
    book[TABLE]["C10"] = "sáu mươi"
    book.create_sheet("Nháp")["A1"] = "nháp"
    save(book, path, force=True)
    assert [text.vi for text in read_plan(path).left_out] == [
        "trang “Phụ lục 1”, ô C10: “sáu mươi” không phải là một con số",
        "trang “Nháp”: không phải phụ lục của kế hoạch",
        "trang “Phụ lục 1”, ô B5: “Nội dung chi” không có chỗ trong kế hoạch",
    ]


def test_a_release_reads_as_a_workbook_that_anybody_made(tmp_path: Path) -> None:
    """It carries nothing: the same items and money, under codes of its own."""
    path = tmp_path / "phat-hanh.xlsx"
    path.write_bytes(release(generated(NGHE_AN)).data)
    reading, plan = read_plan(path), reference(NGHE_AN)
    assert not reading.exact
    assert [item.title for item in reading.plan.items] == [item.title for item in plan.items]
    assert (reading.total, reading.counted) == (Decimal(15_800_000_000), Decimal(15_800_000_000))


def test_a_renamed_sheet_is_the_same_appendix(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(generated(CAN_THO))
    book = openpyxl.load_workbook(path)
    book[TABLE].title = "Bảng tổng hợp"
    save(book, path, force=True, allow_errors=True)  # openpyxl leaves the references as they were
    assert changes(reference(CAN_THO), read_plan(path).plan) == [
        ("appendices", "pl1", "sheet", "Phụ lục 1", "Bảng tổng hợp")
    ]
