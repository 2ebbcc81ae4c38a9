"""An empty appendix, ready to type into: a plan whose leaves are all still to come."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budget.money import Unit
from budget.plan import Amount, Appendix, Decision, Estimate, EstimateLine, Item, Kind, Plan, Source, State
from budget.years import period
from faults import InputFault, Text
from generators.forms import Form, load_form
from generators.tokens import tokens
from generators.wording import roman

GROUPS, ITEMS, LINES = 3, 3, 3
MOST_YEARS = 15  # no budget appendix is for more: what is, was mistyped
TITLE = "(Tên phụ lục)"


def blank_plan(form_name: str, years: tuple[int, ...], source_names: Sequence[str]) -> Plan:
    """A draft plan on one form with empty rows; InputFault where the form and the axes do not fit, or the period is
    too long.
    """
    form = load_form(form_name)
    if len(years) > MOST_YEARS:
        long = Text(f"giai đoạn dài {len(years)} năm", f"the period is {len(years)} years long")
        most = Text(f"nhiều nhất {MOST_YEARS} năm", f"{MOST_YEARS} years at most")
        raise InputFault(long, found=period(years, "-"), expected=most)
    if len({name.casefold() for name in source_names}) < len(source_names):
        twice = Text("hai nguồn kinh phí trùng tên", "two funding sources bear one name")
        raise InputFault(twice, found=", ".join(source_names))
    sources = tuple(Source(f"nguon{n}", name) for n, name in enumerate(source_names, 1))
    if "source" in form.axes and not sources:
        raise InputFault(
            Text(f"biểu mẫu “{form.name}” cần nguồn kinh phí", f"form “{form.name}” needs funding sources"),
            expected=Text(
                "tên các nguồn, cách nhau bằng dấu phẩy hoặc chấm phẩy",
                "the names of sources, separated by commas or semicolons",
            ),
        )
    appendices = _appendices(form, years, sources)
    items = () if form.is_costing else tuple(_items(form if form.having("item") else load_form(appendices[0].form)))
    estimates = tuple(_estimates(form)) if form.is_costing else ()
    decision = Decision("Quyết định", "(cơ quan ban hành)", State.DRAFT)
    return Plan("moi", "1", TITLE, decision, years, sources, appendices, items, estimates)


def parse_sources(text: str) -> tuple[str, ...]:
    """The names of sources in a list: separated by commas, or by semicolons where there are any, so that names may have
    commas ("Đóng góp của tổ chức, doanh nghiệp; Ngân sách tỉnh").
    """
    return tuple(name for each in text.split(";" if ";" in text else ",") if (name := each.strip()))


def _appendices(form: Form, years: tuple[int, ...], sources: tuple[Source, ...]) -> tuple[Appendix, ...]:
    keys = tuple(source.key for source in sources)

    def appendix(key: str, used: Form, sheet: str, summarises: str | None = None) -> Appendix:
        return Appendix(
            key=key,
            form=used.name,
            sheet=sheet,
            heading="Phụ lục",
            title=TITLE,
            unit=Unit.DONG if used.is_costing else Unit.MILLION,
            sources=keys if "source" in used.axes else (),
            years=years if "year" in used.axes else (),
            summarises=summarises,
        )

    if form.is_costing or form.having("item"):
        return (appendix("a", form, "Phụ lục"),)
    detail = load_form("groups-sources-years")  # a summary needs a table to sum up
    return appendix("a", detail, "Phụ lục"), appendix("b", form, "Tổng hợp", summarises="a")


def _items(form: Form) -> list[Item]:
    items = []
    groups = range(1, GROUPS + 1) if form.having("group") else (0,)
    for group in groups:
        parent = f"n{group}" if group else None
        if parent:
            items.append(Item(parent, "a", None, Kind.GROUP, roman(group), ""))
        items += [
            Item(f"h{group}-{n}", "a", parent, Kind.ITEM, str(n), "")
            for n in range(1, (ITEMS if group else GROUPS * ITEMS) + 1)
        ]
    return items


def _estimates(form: Form) -> list[Estimate]:
    return [
        Estimate(
            id=f"b{n}",
            item="",
            appendix="a",
            layout=layout,
            unit=Unit.DONG,
            caption=f"{n}. (Tên hạng mục)",
            lines=tuple(_line(form, layout, f"b{n}-{k}", k) for k in range(1, LINES + 1)),
        )
        for n, layout in enumerate(form.layouts, 1)
    ]


def _line(form: Form, layout: str, key: str, number: int) -> EstimateLine:
    """A line of dashes, which become a product once quantity and price are typed; a lump sum begins at zero."""
    shown = [token.name for cell in form.one("line", layout).cells for token in tokens(cell.parts)]
    return EstimateLine(key, str(number), "", amount=None if "unit_price" in shown else Amount(Decimal(0)))
