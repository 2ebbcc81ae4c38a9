"""What a plan must be for its forms to print it whole; anything that would be lost or misread is refused here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from budget.figures import FigureKey, Figures
from budget.money import Unit, convert
from budget.plan import Appendix, Estimate, Plan
from faults import InputFault, Text
from generators.forms import Form
from generators.tokens import tokens
from workbook.text import sheet_name

LARGEST = Decimal(10) ** 15  # đồng: Excel holds 15 digits
MOST_COLUMNS = 200  # years x sources; formualizer calculates no sheet of more than about 250 columns


def demand(plan: Plan, forms: Mapping[str, Form], figures: Figures, own_sheets: tuple[str, ...]) -> None:
    """Raises InputFault unless every part of the plan has its place; `forms` are the forms by appendix key."""
    _sheet_names(plan, own_sheets)
    appendices = {appendix.key: appendix for appendix in plan.appendices}
    for appendix in plan.appendices:
        form = forms[appendix.key]
        _rows(plan, appendix, form)
        _wording(
            plan, f"phụ lục “{appendix.key}”", f"appendix “{appendix.key}”", appendix.texts, wordings(form, "text")
        )
        if appendix.summarises:
            _summary(plan, appendix, appendices[appendix.summarises])
        elif not form.is_costing:
            _axes(plan, appendix, form)
    _estimates(plan, forms)
    _controls(plan, forms)
    _sizes(plan, figures)


def _refuse(plan: Plan, vi: str, en: str, found: object = None, expected: Text | None = None) -> InputFault:
    return InputFault(Text(vi, en), file=plan.key, found=found, expected=expected)


def _sheet_names(plan: Plan, own_sheets: tuple[str, ...]) -> None:
    seen = {name.casefold() for name in own_sheets}
    for appendix in plan.appendices:
        name = sheet_name(appendix.sheet).casefold()
        if name in seen:
            raise _refuse(
                plan,
                "hai trang trùng tên, hoặc trùng tên trang của phuluc",
                "two sheets bear the same name, or one that phuluc uses",
                appendix.sheet,
            )
        seen.add(name)


def _rows(plan: Plan, appendix: Appendix, form: Form) -> None:
    """An appendix of items has items, a summary sums up another appendix, costings print no items."""
    items = plan.items_of(appendix.key)
    prints_items = bool(form.having("item"))
    if bool(appendix.summarises) == (prints_items or form.is_costing):
        wants = Text("chính nó có hạng mục", "its own items") if prints_items else Text("“summarises”", "“summarises”")
        raise _refuse(
            plan,
            f"phụ lục “{appendix.key}” và biểu mẫu “{form.name}” không hợp nhau",
            f"appendix “{appendix.key}” and form “{form.name}” do not fit",
            appendix.summarises,
            wants,
        )
    if prints_items and not items:
        raise _refuse(
            plan, f"phụ lục “{appendix.key}” không có hạng mục nào", f"appendix “{appendix.key}” has no items"
        )
    for item in items:
        if not form.having(item.kind):
            raise _refuse(
                plan,
                f"hạng mục “{item.id}”: biểu mẫu “{form.name}” không có loại dòng này",
                f"item “{item.id}”: form “{form.name}” has no such kind of row",
                item.kind.value,
            )


def _axes(plan: Plan, appendix: Appendix, form: Form) -> None:
    has = {"source": bool(appendix.sources), "year": bool(appendix.years)}
    for axis, vi in (("source", "nguồn kinh phí"), ("year", "năm")):
        needs = axis in form.axes
        if needs != has[axis]:
            wants = Text(f"cần {vi}", f"needs {axis}s") if needs else Text(f"không có {vi}", f"has no {axis}s")
            raise _refuse(
                plan,
                f"phụ lục “{appendix.key}”: biểu mẫu “{form.name}” {wants.vi}",
                f"appendix “{appendix.key}”: form “{form.name}” {wants.en}",
            )
    columns = max(len(appendix.years), 1) * max(len(appendix.sources), 1)
    if columns > MOST_COLUMNS:
        raise _refuse(
            plan,
            f"phụ lục “{appendix.key}” có quá nhiều cột",
            f"appendix “{appendix.key}” has too many columns",
            columns,
            Text(f"tối đa {MOST_COLUMNS}", f"at most {MOST_COLUMNS}"),
        )


def _summary(plan: Plan, appendix: Appendix, whole: Appendix) -> None:
    """A summary shows every source and year of what it sums up, or its total would not be the total."""
    if set(appendix.sources) != set(whole.sources) or appendix.years != whole.years or appendix.unit != whole.unit:
        raise _refuse(
            plan,
            f"phụ lục “{appendix.key}” phải có đủ nguồn, năm và đơn vị tính của “{whole.key}”",
            f"appendix “{appendix.key}” must have all sources, the years and the unit of “{whole.key}”",
        )


def _estimates(plan: Plan, forms: Mapping[str, Form]) -> None:
    titled: set[str] = set()
    for estimate in plan.estimates:
        if estimate.appendix is not None:
            _printed_estimate(plan, estimate, forms[estimate.appendix])
        elif estimate.item in titled or len(estimate.lines) != 1:
            raise _refuse(
                plan,
                f"bảng dự toán “{estimate.id}”: tên hạng mục chỉ chứa được một phép tính",
                f"costing “{estimate.id}”: a title holds one expression only",
            )
        else:
            titled.add(estimate.item)


def wordings(form: Form, kind: str) -> set[str]:
    """The names of the wordings of a form that a plan may replace: its texts, or its column heads."""
    found = [token for row in form.rows for cell in row.cells for token in tokens(cell.parts)]
    return {token.argument for token in found if token.name == kind} - {"lead", "trail"}


def _wording(plan: Plan, vi: str, en: str, given: Mapping[str, str], known: set[str]) -> None:
    for name in given:
        if name not in known:
            names = ", ".join(sorted(known)) or "-"
            raise _refuse(
                plan,
                f"{vi}: biểu mẫu không có lời này",
                f"{en}: the form has no such wording",
                name,
                Text(f"một trong: {names}", f"one of: {names}"),
            )


def _printed_estimate(plan: Plan, estimate: Estimate, form: Form) -> None:
    if estimate.layout not in form.layouts:
        known = ", ".join(form.layouts) or "-"
        raise _refuse(
            plan,
            f"bảng dự toán “{estimate.id}”: biểu mẫu “{form.name}” không có kiểu bảng này",
            f"costing “{estimate.id}”: form “{form.name}” has no such table layout",
            estimate.layout,
            Text(f"một trong: {known}", f"one of: {known}"),
        )
    who = Text(f"bảng dự toán “{estimate.id}”", f"costing “{estimate.id}”")
    _wording(plan, who.vi, who.en, estimate.heads, wordings(form, "head"))


def _controls(plan: Plan, forms: Mapping[str, Form]) -> None:
    for control in plan.controls:
        if forms[control.appendix].is_costing:
            raise _refuse(
                plan,
                "số kiểm soát phải thuộc phụ lục có hạng mục",
                "a control belongs to an appendix of items",
                control.appendix,
            )


def _sizes(plan: Plan, figures: Figures) -> None:
    """No figure may have more digits than Excel holds, and no text may say that it has."""
    for appendix in plan.appendices:
        amounts = [amount.value for item in plan.items_of(appendix.key) for amount in item.amounts.values()]
        largest = max(
            (abs(value) for value in [*amounts, figures[FigureKey(appendix.key)]] if value), default=Decimal(0)
        )
        if convert(largest, appendix.unit, Unit.DONG) >= LARGEST:
            raise _refuse(
                plan,
                f"phụ lục “{appendix.key}” có số tiền quá 15 chữ số tính bằng đồng",
                f"appendix “{appendix.key}” holds an amount of more than 15 digits in đồng",
                f"{largest:f} {appendix.unit.label}",
            )
    for estimate in plan.estimates:
        if convert(abs(figures.estimate_total(estimate)), estimate.unit, Unit.DONG) >= LARGEST:
            raise _refuse(
                plan,
                f"bảng dự toán “{estimate.id}” quá 15 chữ số",
                f"costing “{estimate.id}” has more than 15 digits",
            )
