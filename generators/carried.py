"""The hidden sheet **Dữ liệu kế hoạch**: what a plan says and no other cell of its workbook shows.

Form names, codes, kinds of rows, what a costing covers, how damaged print was read: a fact on each row, as table, code
of the row, column and content of `budget.schema`. Whatever is shown (titles, numbers, amounts, names ...) is not here,
so that a workbook is read back from what its cells say.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from budget.plan import Appendix, Estimate, Item, Plan
from budget.schema import AMOUNT, TABLES, Type
from budget.tables import Cell, Row, plan_rows
from generators.forms import Form
from generators.tokens import sole_token, tokens
from generators.wording import issued
from workbook.text import write_text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEET = "Dữ liệu kế hoạch"
TITLE = (
    "Sổ do phuluc lập. Trang này giữ những gì các trang khác không cho thấy, để đọc lại được kế hoạch; xin đừng sửa."
)
HEADS = ("Bảng", "Mã", "Mục", "Nội dung")
FIRST = 3  # the row of the first fact
ISSUED, PRINTED, CHECKED = "issued", "printed", "checked"  # facts that are no columns of the schema
OPTIONAL_ROWS = ("lead", "caption", "trail")  # rows of a costing that are printed where they say something
_NESTED = {Type.KEYS, Type.LINES, Type.PAIRS}
_COLUMNS = {table.key: {column.key: column.type for column in table.columns} for table in TABLES}


class Fact(NamedTuple):
    """One carried fact: the table, the code of its row (a running number where it has none), the column, the value."""

    table: str
    code: str
    column: str
    value: Cell


def carried_facts(plan: Plan, forms: Mapping[str, Form], checked: Iterable[str]) -> Iterator[Fact]:
    """The facts of `plan` that its workbook shows nowhere; `forms` by appendix key, `checked` what the sheet of checks
    calls each control.
    """
    rows = plan_rows(plan)
    yield Fact("plan", "", ISSUED, issued(plan.decision))
    for appendix, row in zip(plan.appendices, rows["appendices"], strict=True):
        yield from _facts("appendices", appendix.key, _appendix(appendix, row, forms[appendix.key]))
    for item, row in zip(plan.items, rows["items"], strict=True):
        yield from _facts("items", item.id, _item(item, row, forms[item.appendix]))
    lines = iter(rows["estimates"])
    for estimate, row in zip(plan.estimates, rows["costings"], strict=True):
        form = forms[estimate.appendix] if estimate.appendix else None
        yield from _facts("costings", estimate.id, _costing(estimate, row, form))
        shown = fields_of_lines(form, estimate.layout) - {"quantity", "unit_price"} if form else frozenset()
        left_out = {"id", "amount", *shown, *(("costing", "payer") if form else ())}
        for line in estimate.lines:
            yield from _facts("estimates", line.id, {k: v for k, v in next(lines).items() if k not in left_out})
    for number, (row, what) in enumerate(zip(rows["controls"], checked, strict=True), 1):
        yield from _facts("controls", str(number), {**row, CHECKED: what})
    for number, row in enumerate(rows["readings"], 1):
        yield from _facts("readings", str(number), row)


def write_carried(workbook: Workbook, facts: Iterable[Fact]) -> None:
    """Writes the sheet."""
    sheet = workbook.create_sheet(SHEET)
    sheet.sheet_state = "hidden"
    for column, (text, width) in enumerate(zip(HEADS, (14, 20, 16, 80), strict=True), 1):
        write_text(sheet.cell(FIRST - 1, column), text)
        sheet.column_dimensions["ABCD"[column - 1]].width = width
    write_text(sheet.cell(1, 1), TITLE)
    for row, fact in enumerate(facts, FIRST):
        for column, text in enumerate((*fact[:3], _packed(fact.value)), 1):
            if text:
                write_text(sheet.cell(row, column), text)


def unpacked(table: str, column: str, text: str) -> Cell:
    """The value of a fact from what its cell holds. Raises ValueError for what was never written so."""
    kind = _COLUMNS[table].get(column, Type.KEYS if column == PRINTED else Type.PROSE)
    if kind in _NESTED:
        value: Cell = json.loads(text)
        return value
    if kind in {Type.AMOUNT, Type.NUMBER, Type.YEAR}:
        return Decimal(text)
    return text


def fields_of_items(form: Form, kind: str) -> frozenset[str]:
    """The columns of the items table that a row of this kind shows on a form."""
    shown = {token.name for cell in form.one(kind).cells if (token := sole_token(cell))}
    return frozenset({"title" if name == "content" else name for name in shown})


def fields_of_lines(form: Form, layout: str) -> frozenset[str]:
    """The columns of the estimates table that a line of this layout shows, alone in a cell or within a sentence."""
    cells = form.one("line", layout).cells
    return frozenset(token.name for cell in cells for token in tokens(cell.parts) if token.name != "text")


def texts_shown(form: Form, kind: str, layout: str = "") -> frozenset[str]:
    """The wordings of a form (`text`), or the heads of a layout of costings (`head`), that a cell shows alone."""
    rows = [row for row in form.rows if not layout or row.layout == layout]
    found = [token for row in rows for cell in row.cells if (token := sole_token(cell))]
    return frozenset(token.argument for token in found if token.name == kind)


def tokens_shown(form: Form) -> frozenset[str]:
    """The names of the tokens that stand alone in a cell."""
    return frozenset(token.name for row in form.rows for cell in row.cells if (token := sole_token(cell)))


def _facts(table: str, code: str, row: Mapping[str, Cell]) -> Iterator[Fact]:
    return (Fact(table, code, column, value) for column, value in row.items())


def _appendix(appendix: Appendix, row: Row, form: Form) -> Row:
    """All but what the sheet shows. Of a wording that is shown only that it is the plan's, and not the form's."""
    left_out = {"key", "texts", *({"heading", "title"} & tokens_shown(form))}
    shown = texts_shown(form, "text")
    texts = {name: "" if name in shown else text for name, text in appendix.texts.items()}
    return {**{k: v for k, v in row.items() if k not in left_out}, **({"texts": texts} if texts else {})}


def _item(item: Item, row: Row, form: Form) -> Row:
    left_out = {"id", "appendix", "parent", *fields_of_items(form, item.kind)}
    return {k: v for k, v in row.items() if k not in left_out and not k.startswith(AMOUNT.key)}


def _costing(estimate: Estimate, row: Row, form: Form | None) -> Row:
    if form is None:  # it stands in a title, and nothing but its figures is printed
        return {k: v for k, v in row.items() if k != "id"}
    printed = [name for name in OPTIONAL_ROWS if getattr(estimate, name) and form.having(name)]
    shown = texts_shown(form, "head", estimate.layout)
    heads = {name: "" if name in shown else text for name, text in estimate.heads.items()}
    kept = {k: v for k, v in row.items() if k not in {"id", "heads", *printed}}
    return {**kept, **({"heads": heads} if heads else {}), **({PRINTED: printed} if printed else {})}


def _packed(value: Cell) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False)
            # a mark behind an escape such as \n would become one letter with it
            return text if unicodedata.is_normalized("NFC", text) else json.dumps(value)
    return str(value)
