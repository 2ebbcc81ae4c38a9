"""What a form cannot print whole is refused; what it prints is summed whatever it holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import formualizer
import openpyxl
import pytest

from budget.expression import parse_expression
from budget.money import Unit
from budget.plan import (
    Amount,
    Appendix,
    Axis,
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
from faults import InputFault
from generators.generate import generate

DASH = Amount(None)


def amount(value: str) -> Amount:
    return Amount(Decimal(value))


def plan(form: str, *items: Item, estimates: tuple[Estimate, ...] = (), **changes: object) -> Plan:
    """A plan of one appendix `a` on a form, with the axes that the form has, and costings in `c`."""
    axes = {
        "items-total": ((), ()),
        "items-quantities": (("tw", "dp"), ()),
        "groups-agencies": (("tw", "dp"), ()),
        "items-years-sources": (("tw", "dp"), (2026, 2027)),
        "groups-sources-years": (("tw", "dp"), (2026, 2027)),
    }
    sources, years = axes[form]
    appendices = [Appendix("a", form, "Bảng", "", "BẢNG", Unit.DONG, sources, years)]
    if any(estimate.appendix == "c" for estimate in estimates):
        appendices.append(Appendix("c", "cost-tables", "Dự toán", "", "DỰ TOÁN", Unit.DONG))
    made = Plan(
        key="p",
        version="1",
        title="",
        decision=Decision("Quyết định", "Sở", State.DRAFT),
        years=(2026, 2027),
        sources=(Source("tw", "Trung ương"), Source("dp", "Địa phương")),
        appendices=tuple(appendices),
        items=items,
        estimates=estimates,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def item(name: str, parent: str | None = None, kind: Kind = Kind.ITEM, **more: object) -> Item:
    return Item(name, "a", parent, kind, name, f"Việc {name}", **more)  # type: ignore[arg-type]


def costing(*lines: tuple[str | None, str | None], layout: str = "quantity-price", **more: object) -> Estimate:
    made = tuple(
        EstimateLine(
            f"l{n}",
            str(n),
            "Dòng",
            quantity=parse_expression(quantity) if quantity else None,
            unit_price=parse_expression(price) if price else None,
        )
        for n, (quantity, price) in enumerate(lines, 1)
    )
    return Estimate("e", "x", "c", layout, Unit.DONG, lines=made, **more)  # type: ignore[arg-type]


def values(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def verdict(path: Path) -> str:
    return str(values(path)["Kiểm tra"]["D2"].value)


def changed(path: Path, sheet: str, cells: dict[str, object]) -> Path:
    """The workbook with some cells typed over, recalculated."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell].value = value  # type: ignore[index]
    book.save(path)
    path.write_bytes(formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"])
    return path


def refusal(made: Plan, tmp_path: Path) -> str:
    target = tmp_path / "x.xlsx"
    with pytest.raises(InputFault) as caught:
        generate(made, target)
    assert not target.exists()
    return caught.value.sentence("en")


def test_an_amount_on_a_row_without_a_cell_for_it(tmp_path: Path) -> None:
    group = item("I", kind=Kind.GROUP, amounts={Axis("tw", 2026): amount("100")})
    said = refusal(plan("items-years-sources", group, item("x", "I")), tmp_path)
    assert said == (
        "p: item “I”: form “items-years-sources” has no cell for amounts in this kind of row; found “group”."
    )


def test_items_in_an_appendix_of_costings(tmp_path: Path) -> None:
    made = plan("items-total", item("x"), estimates=(costing(("1", "5")),))
    stray = replace(item("y"), appendix="c")
    said = refusal(replace(made, items=(*made.items, stray)), tmp_path)
    assert said == "p: item “y”: form “cost-tables” has no such kind of row; found “item”."


def test_an_appendix_without_items(tmp_path: Path) -> None:
    assert refusal(plan("items-total"), tmp_path) == "p: appendix “a” has no items."


def test_a_control_on_costings(tmp_path: Path) -> None:
    control = Control("c", Decimal(1), Unit.DONG)
    made = plan("items-total", item("x"), estimates=(costing(("1", "5")),), controls=(control,))
    assert refusal(made, tmp_path) == "p: a control belongs to an appendix of items; found “c”."


def test_more_digits_than_excel_holds(tmp_path: Path) -> None:
    made = plan("items-total", item("x", amounts={Axis(): amount("1000000000000000")}))
    assert "more than 15 digits" in refusal(made, tmp_path)


def test_a_summary_without_all_sources(tmp_path: Path) -> None:
    made = plan("groups-sources-years", item("x", amounts={Axis("tw", 2026): amount("1")}))
    short = Appendix("s", "sources-years", "Tổng", "", "TỔNG", Unit.DONG, ("tw",), (2026, 2027), summarises="a")
    said = refusal(replace(made, appendices=(*made.appendices, short)), tmp_path)
    assert said == "p: appendix “s” must have all sources, the years and the unit of “a”."


def test_two_expressions_in_one_title(tmp_path: Path) -> None:
    one = replace(costing(("2 lớp", "5đ/lớp")), appendix=None, layout="inline")
    title = replace(item("x"), title="Mở (2 lớp x 5đ/lớp)")
    made = plan("items-total", title, estimates=(one, replace(one, id="f")))
    assert refusal(made, tmp_path) == "p: costing “f”: a title holds one expression only."


def test_a_wording_that_the_form_does_not_have(tmp_path: Path) -> None:
    made = plan("items-total", item("x"))
    (appendix,) = made.appendices
    said = refusal(replace(made, appendices=(replace(appendix, texts={"foo": "x"}),)), tmp_path)
    assert said == "p: appendix “a”: the form has no such wording; found “foo”; expected one of: amount_head."


def test_dashes_break_no_sum(tmp_path: Path) -> None:
    children = (item("x", "g", amounts={Axis("tw"): DASH, Axis("dp"): DASH}),)
    group = item("g", kind=Kind.GROUP)
    path = generate(plan("items-quantities", group, *children), tmp_path / "x.xlsx").path
    sheet = values(path)["Bảng"]
    assert [sheet[cell].value for cell in ("G7", "G8", "G9", "I9")] == [0, "-", 0, 0]
    assert verdict(path) == "ĐẠT"


def test_a_parent_that_holds_all_amounts(tmp_path: Path) -> None:
    group = item("g", kind=Kind.GROUP, amounts={Axis("tw"): amount("100"), Axis("dp"): amount("50")})
    path = generate(plan("groups-agencies", group, item("x", "g")), tmp_path / "x.xlsx").path
    assert [values(path)["Bảng"][cell].value for cell in ("D7", "D9", "E9", "F9")] == [150, 150, 100, 50]
    assert verdict(path) == "ĐẠT"


def test_a_costing_of_several_years_in_a_table_without_years(tmp_path: Path) -> None:
    made = plan("items-total", item("x"), estimates=(costing(("2", "500"), covers_years=(2026, 2027)),))
    path = generate(made, tmp_path / "x.xlsx").path
    assert values(path)["Bảng"]["C6"].value == 2000
    assert verdict(path) == "ĐẠT"


def test_two_costings_together_meet_the_amount(tmp_path: Path) -> None:
    first = costing(("2", "1000"))
    second = replace(first, id="f", lines=(replace(first.lines[0], id="m1", quantity=parse_expression("1")),))
    made = plan("items-total", item("x", amounts={Axis(): amount("3000")}), estimates=(first, second))
    assert verdict(generate(made, tmp_path / "x.xlsx").path) == "ĐẠT"


def test_unit_prices_are_summed_in_the_unit_of_the_costing(tmp_path: Path) -> None:
    made = plan("items-total", item("x"), estimates=(costing(("2", "1000"), ("3 bộ", "5.000đ/bộ"), ("1", "60tr/lớp")),))
    sheet = values(generate(made, tmp_path / "x.xlsx").path)["Dự toán"]
    total = next(row for row in sheet.iter_rows() if row[1].value == "Tổng cộng")
    assert (total[3].value, total[4].value) == (60_006_000, 60_017_000)


def test_printed_decimals_are_the_calculated_ones(tmp_path: Path) -> None:
    made = plan("items-total", item("x"), estimates=(costing(("1.234,5 m", "2.500,5đ/m")),))
    path = generate(made, tmp_path / "x.xlsx").path
    row = next(row for row in values(path)["Dự toán"].iter_rows() if row[1].value == "Dòng")
    assert [cell.value for cell in row[2:5]] == ["1.234,5 m", "2.500,5đ/m", 3_086_867]


def test_a_text_where_a_figure_belongs_turns_the_verdict(tmp_path: Path) -> None:
    made = plan("items-total", item("x", amounts={Axis(): amount("5")}), item("y", amounts={Axis(): amount("7")}))
    path = generate(made, tmp_path / "x.xlsx").path
    assert verdict(path) == "ĐẠT"
    assert verdict(changed(path, "Bảng", {"C6": "1.234"})) == "CHƯA ĐẠT: 1 mục"


def test_an_error_value_turns_the_verdict(tmp_path: Path) -> None:
    made = plan("items-total", item("x"), estimates=(costing(("2 bộ", "5đ/bộ")),))
    path = generate(made, tmp_path / "x.xlsx").path
    row = next(row for row in values(path)["Dự toán"].iter_rows() if row[1].value == "Dòng")
    factor = next(cell for cell in row[6:] if cell.value == 2)
    assert verdict(changed(path, "Dự toán", {factor.coordinate: "hai"})).startswith("CHƯA ĐẠT")


def test_an_unreadable_line_is_missing(tmp_path: Path) -> None:
    lost = EstimateLine("l1", "1", "Dòng", amount=Amount(None, Status.UNREADABLE, reason="mờ"))
    made = plan("items-total", item("x"), estimates=(replace(costing(layout="lump-sum"), lines=(lost,)),))
    assert verdict(generate(made, tmp_path / "x.xlsx").path) == "CHƯA ĐẠT: 1 mục"


def test_whole_figures_bear_whole_formats_and_others_decimals(tmp_path: Path) -> None:
    whole = generate(plan("items-total", item("x", amounts={Axis(): amount("5")})), tmp_path / "w.xlsx").path
    other = generate(plan("items-total", item("x", amounts={Axis(): amount("46.3")})), tmp_path / "o.xlsx").path
    assert openpyxl.load_workbook(whole)["Bảng"]["C6"].number_format == "#,##0"
    assert openpyxl.load_workbook(other)["Bảng"]["C6"].number_format == "#,##0.0#####"
