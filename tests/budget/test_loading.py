from datetime import date
from decimal import Decimal

import pytest
from support.plan_folder import COSTING, COSTS, HEAD, ITEMS, YEARLY, load_text, write_text_plan

from budget.expression import parse_expression
from budget.loading import load_plan
from budget.money import Unit
from budget.plan import (
    Amount,
    Appendix,
    Axis,
    Basis,
    Control,
    Decision,
    Estimate,
    EstimateLine,
    Item,
    Kind,
    Plan,
    Source,
    State,
    Status,
)
from budget.words import WordStyle

LINES = "id,costing,number,content,quantity,unit_price,amount,payer,note\n"


def test_a_small_folder_is_loaded_whole(tmp_path):
    folder = tmp_path / "mau-2021"
    folder.mkdir()
    assert load_text(folder) == Plan(
        key="mau-2021",
        version="1",
        title="Kế hoạch",
        decision=Decision("Quyết định", "UBND tỉnh", State.DRAFT),
        years=(2021, 2022),
        sources=(Source("central", "Ngân sách trung ương"), Source("local", "Ngân sách địa phương")),
        appendices=(
            Appendix(
                key="pl1", form="items-years-sources", sheet="Phụ lục 1", heading="", title="TỔNG HỢP",
                unit=Unit.MILLION, sources=("central", "local"), years=(2021, 2022),
            ),
        ),
        items=(
            Item("a", "pl1", None, Kind.GROUP, "I", "Nhóm"),
            Item(
                "a1", "pl1", "a", Kind.ITEM, "1", "Tập huấn",
                amounts={Axis("central", 2021): Amount(Decimal(42)), Axis("local", 2022): Amount(Decimal("46.3"))},
            ),
            Item("a2", "pl1", "a", Kind.ITEM, "2", "Duy trì", amounts={Axis("local", 2022): Amount(None)}),
        ),
    )  # fmt: skip


def test_a_string_is_a_path_too(tmp_path):
    write_text_plan(tmp_path, HEAD + YEARLY, ITEMS)
    assert load_plan(str(tmp_path)) == load_plan(tmp_path)


def test_a_relative_path_still_names_the_plan(tmp_path, monkeypatch):
    write_text_plan(tmp_path, HEAD + YEARLY, ITEMS)
    monkeypatch.chdir(tmp_path)
    assert load_plan(".").key == tmp_path.name


def test_an_issued_decision_has_its_number_and_date(tmp_path):
    head = HEAD.replace('state = "draft"', 'state = "issued"\nnumber = "12/QĐ-UBND"\ndate = 2021-06-15')
    decision = load_text(tmp_path, head + YEARLY).decision
    assert decision == Decision("Quyết định", "UBND tỉnh", State.ISSUED, "12/QĐ-UBND", date(2021, 6, 15))


def test_an_appendix_says_everything_it_can(tmp_path):
    more = 'heading = "Phụ lục I"\nlabels = ["TW", "Ngân sách địa phương"]\nwords = "tỉ, ngàn, dấu phẩy, chẵn"\n'
    summary = """
[[appendices]]
key = "pl0"
form = "sources-years"
sheet = "Tổng hợp"
title = "NGUỒN"
unit = "Tr.đ"
sources = ["local", "central"]
years = true
summarises = "pl1"
[appendices.texts]
currency = "VNĐ"
"""
    first, second = load_text(tmp_path, HEAD + YEARLY + more + summary).appendices
    assert (first.heading, first.labels) == ("Phụ lục I", {"central": "TW"})  # only the name that differs
    assert first.words == WordStyle("tỉ", "ngàn", comma=True, even=True)
    assert (second.summarises, second.sources, second.texts) == ("pl1", ("local", "central"), {"currency": "VNĐ"})
    assert second.unit is Unit.MILLION


def test_amount_columns_follow_the_axes_of_each_appendix(tmp_path):
    tables = "".join(
        f'[[appendices]]\nkey = "{key}"\nform = "f"\nsheet = "{key}"\ntitle = "T"\nunit = "đồng"\n{axes}\n'
        for key, axes in {"both": 'sources = ["local"]\nyears = true', "source": 'sources = ["local"]',
                          "year": "years = true", "none": "years = false"}.items()
    )  # fmt: skip
    items = (
        "id,appendix,kind,title,Số tiền · ngân sách  ĐỊA PHƯƠNG · 2022,AMOUNT.local,Amount · 2021,Số tiền\n"
        "a,both,item,T,1,,,\nb,source,item,T,,2,,\nc,year,item,T,,,3,\nd,none,item,T,,,,4\n"
    )
    plan = load_text(tmp_path, HEAD + tables, items)
    assert [dict(item.amounts) for item in plan.items] == [
        {Axis("local", 2022): Amount(Decimal(1))},
        {Axis("local"): Amount(Decimal(2))},
        {Axis(year=2021): Amount(Decimal(3))},
        {Axis(): Amount(Decimal(4))},
    ]


def test_columns_may_be_named_in_either_language(tmp_path):
    items = "Mã;Phụ lục;LOẠI dòng;TT;Nội dung;Schedule\na;pl1;tiểu mục;1;Đào tạo;2021, 2022\n"
    (item,) = load_text(tmp_path, items=items).items  # semicolons, as Excel writes them in Vietnam
    assert item == Item("a", "pl1", None, Kind.SUBITEM, "1", "Đào tạo", schedule="2021, 2022")


def test_text_is_nfc_and_keeps_its_first_sign_and_lines(tmp_path):
    decomposed = "Đa\u0300o ta\u0323o"
    items = f'id,appendix,kind,title,note\na,pl1,item,{decomposed},=1+1\nb,pl1,item,-x,"@a\r\nb"\n'
    first, second = load_text(tmp_path, items=items).items
    assert (first.title, first.note, second.title, second.note) == ("Đào tạo", "=1+1", "-x", "@a\nb")


def test_a_byte_order_mark_and_blank_rows_do_no_harm(tmp_path):
    items = "\ufeffid,appendix,kind,title,,\r\n\r\na,pl1,item,Một,,\r\n,,,,,\r\nb,pl1,item,Hai\r\n"
    assert [item.title for item in load_text(tmp_path, "\ufeff" + HEAD + YEARLY, items).items] == ["Một", "Hai"]


def test_nt_repeats_the_cell_above_within_the_appendix(tmp_path):
    items = (
        "id,appendix,kind,title,agency,partners,objective\n"
        "a,pl1,item,1,Sở Công Thương,Hội A,\nb,pl1,item,2,nt,NT,x\nc,pl1,item,3,nt,Hội B,nt\n"
    )
    plan = load_text(tmp_path, items=items)
    assert [(item.agency, item.partners, item.objective, set(item.spans)) for item in plan.items] == [
        ("Sở Công Thương", "Hội A", "", set()),
        ("Sở Công Thương", "Hội A", "x", {"agency", "partners"}),
        ("Sở Công Thương", "Hội B", "x", {"agency", "objective"}),
    ]


def test_numbers_with_gaps_and_empty_numbers_are_kept(tmp_path):
    items = "id,appendix,parent,kind,number,title\n" + "".join(
        f"i{n},pl1,,item,{number},T\n" for n, number in enumerate(["2.8", "2.9", "2.10", "", "", "2.12", "đ", "1/2"])
    )
    numbers = [item.number for item in load_text(tmp_path, items=items).items]
    assert numbers == ["2.8", "2.9", "2.10", "", "", "2.12", "đ", "1/2"]


def test_one_number_may_stand_under_two_parents(tmp_path):
    head = "id,appendix,parent,kind,number,title\n"
    items = head + "a,pl1,,group,I,T\na1,pl1,a,item,1,T\nb,pl1,,group,II,T\nb1,pl1,b,item,1,T\n"
    assert [item.number for item in load_text(tmp_path, items=items).items] == ["I", "1", "II", "1"]


def test_a_parent_may_hold_what_no_child_does(tmp_path):
    items = (
        "id,appendix,parent,kind,number,title,amount.central.2021,amount.local.2021\n"
        "a,pl1,,item,1,T,,100\na1,pl1,a,subitem,a,T,5,-\n"
    )
    parent, child = load_text(tmp_path, items=items).items
    assert parent.amounts == {Axis("local", 2021): Amount(Decimal(100))}
    assert child.amounts == {Axis("central", 2021): Amount(Decimal(5)), Axis("local", 2021): Amount(None)}


def test_readings_are_merged_into_the_leaves_they_name(tmp_path):
    readings = """
[[readings]]
item = "a1"
source = "central"
year = 2021
status = "suy ra được"
printed = "4.2"
reason = "tổng là 42"
[[readings]]
item = "a2"
source = "central"
year = 2022
status = "unreadable"
reason = "mất ô"
"""
    items = {item.id: item for item in load_text(tmp_path, HEAD + YEARLY + readings).items}
    assert items["a1"].amounts[Axis("central", 2021)] == Amount(Decimal(42), Status.PROVEN, "4.2", "tổng là 42")
    assert items["a2"].amounts[Axis("central", 2022)] == Amount(None, Status.UNREADABLE, None, "mất ô")
    assert items["a2"].amounts[Axis("local", 2022)] == Amount(None)  # the dash is no reading


def test_a_costing_keeps_its_print(tmp_path):
    more = 'caption = "1. Tập huấn"\nlead = "I."\ntrail = "(...)"\ncovers_years = "2021,2022"\nbasis = "báo giá"\n'
    lines = LINES + (
        "c1-1,c1,1,Giảng viên,02 người x 2 buổi,1.000.000đ/ buổi,,central,Hà Nội\n"
        "c1-2,c1,2,Hội trường,nt,25.000,,,\n"
        "c1-3,c1,3,Cài đặt,-,-,-,local,\n"
        "c1-4,c1,,Khoán,,,500.000,,\n"
    )
    heads = '[costings.heads]\namount = "Cộng"\n'
    (estimate,) = load_text(tmp_path, HEAD + YEARLY + COSTS + COSTING + more + heads, estimates=lines).estimates
    assert estimate == Estimate(
        id="c1", item="a1", appendix="pl2", layout="quantity-price", unit=Unit.DONG,
        caption="1. Tập huấn", lead="I.", trail="(...)", covers_years=(2021, 2022), basis=Basis.QUOTATION,
        heads={"amount": "Cộng"},
        lines=(
            EstimateLine("c1-1", "1", "Giảng viên", parse_expression("02 người x 2 buổi"),
                         unit_price=parse_expression("1.000.000đ/ buổi"), payer="central", note="Hà Nội"),
            EstimateLine("c1-2", "2", "Hội trường", quantity_above=True, unit_price=parse_expression("25.000")),
            EstimateLine("c1-3", "3", "Cài đặt", payer="local"),
            EstimateLine("c1-4", "", "Khoán", amount=Amount(Decimal(500000))),
        ),
    )  # fmt: skip


def test_readings_of_lines(tmp_path):
    readings = "".join(
        f'[[readings]]\nitem = "{line}"\nstatus = "{status}"\nprinted = "{printed}"\n'
        for line, status, printed in [
            ("c1-1", "proven", "2000.000.000"),
            ("c1-2", "proven", "5O"),
            ("c1-3", "unreadable", "?"),
        ]
    )
    lines = LINES + "c1-1,c1,,A,20 bộ,10.000.000,,,\nc1-2,c1,,B,,,50,,\nc1-3,c1,,C,,,,,\n"
    (estimate,) = load_text(tmp_path, HEAD + YEARLY + COSTS + COSTING + readings, estimates=lines).estimates
    assert [line.amount for line in estimate.lines] == [
        Amount(None, Status.PROVEN, "2000.000.000"),  # it follows from quantity and price
        Amount(Decimal(50), Status.PROVEN, "5O"),
        Amount(None, Status.UNREADABLE, "?"),
    ]


def test_a_costing_may_stand_in_the_title(tmp_path):
    items = "id,appendix,kind,title,amount.local.2021\na1,pl1,item,Tập huấn (6 lớp x 60tr/lớp),360\n"
    costing = '[[costings]]\nid = "c1"\nitem = "a1"\nlayout = "inline"\n'
    lines = "id,costing,quantity,unit_price\nc1-1,c1,6 lớp,60tr/lớp\n"
    (estimate,) = load_text(tmp_path, HEAD + YEARLY + costing, items, lines).estimates
    assert (estimate.appendix, estimate.unit, estimate.covers_years) == (None, Unit.MILLION, ())


def test_controls_state_what_the_document_states(tmp_path):
    control = """
[[controls]]
appendix = "pl1"
item = "a"
source = "local"
year = 2022
amount = 46300.5
unit = "nghìn đồng"
words = "Bốn mươi sáu triệu đồng chẵn"
stated_in = "mục III"
[[controls]]
appendix = "pl1"
amount = "88,3"
unit = "triệu đồng"
"""
    first, second = load_text(tmp_path, HEAD + YEARLY + control).controls
    assert first == Control(
        "pl1", Decimal("46300.5"), Unit.THOUSAND, Axis("local", 2022), "a", "Bốn mươi sáu triệu đồng chẵn", "mục III"
    )  # the words do not agree with the amount: documents can be wrong
    assert second == Control("pl1", Decimal("88.3"), Unit.MILLION)


@pytest.mark.parametrize(("period", "years"), [("2026", (2026,)), ("2021 – 2023", (2021, 2022, 2023))])
def test_periods(tmp_path, period, years):
    items = "id,appendix,kind,title\na,pl1,item,T\n"
    assert load_text(tmp_path, HEAD.replace("2021-2022", period) + YEARLY, items).years == years


def test_the_period_may_be_a_bare_year(tmp_path):
    items = "id,appendix,kind,title\na,pl1,item,T\n"
    assert load_text(tmp_path, HEAD.replace('"2021-2022"', "2026") + YEARLY, items).years == (2026,)


def test_importing_the_model_and_the_loader_loads_neither_pandas_nor_openpyxl():
    import subprocess
    import sys

    code = "import sys, budget.plan, budget.loading; print({'pandas', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
