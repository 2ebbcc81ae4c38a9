"""The check of a roll-up against the totals that the appendix states, and the cells that no sum takes."""

from __future__ import annotations

from decimal import Decimal

from faults import Lang, Text
from rollup.formulas import counts, sums
from rollup.rolled import Rolled
from rollup.wording import verdict_formula
from validators.funding import TableFunding
from validators.grid import Place
from validators.reports.wording import AGREES, DIFFERS
from workbook.addresses import address
from workbook.page import Page
from workbook.text import cell_text, literal, quote_sheet

COLUMNS = 6  # of the check
MOST_LISTED = 200  # cells that no sum takes, named one by one


def write_checks(page: Page, found: Rolled, caption: int, whole: str, lang: Lang) -> int:
    """Each table against the total that it states, then all of them against `whole`, the total above; the last row."""
    page.across(caption, Text("Đối chiếu với phụ lục", "Check against the appendix")[lang], "caption")
    for column, head in enumerate(_CHECK_HEADS, 1):
        page.put(caption + 1, column, head[lang], "head")
    first = caption + 2
    for row, each in enumerate(found.counted, first):
        _write_check(page, found, row, each, lang)
    row = first + len(found.counted)
    page.put(row, 1, Text("Bảng tổng hợp ở trên", "The table above")[lang], "sum")
    page.formula(row, 2, whole, "figure-sum")
    page.formula(row, 3, f"SUM({address(first, 2)}:{address(row - 1, 2)})", "figure-sum")
    page.put(row, 5, None, "text")
    _judge(page, found, row, Decimal(0), lang)
    return row


def _write_check(page: Page, found: Rolled, row: int, each: TableFunding, lang: Lang) -> None:
    addends = list(found.addends(each.leaves))
    stated = found.stated(each)
    where = ", ".join(addend.place.address for addend in stated)
    name = found.named(each.table)
    label = Text(f"{name}: tổng ghi ở {where}", f"{name}: total stated in {where}") if stated else Text(name, name)
    page.put(row, 1, cell_text(label[lang]), "text")
    counted = page.total(row, 2, sums(addends), "figure", page.columns + 2)
    places = {addend.place for addend in (*addends, *stated)} | set(each.unread)
    helpers = page.total(row, counted, counts(places), "helper", counted + 1)
    page.formula(row, 5, f"MAX(0,{len(places)}-{address(row, counted)})", "count")  # rows put in later add to it
    if stated:
        page.total(row, 3, sums(stated), "figure", helpers)
        tolerance = found.in_unit(abs(each.difference or Decimal(0))) if each.proven else Decimal(0)
        _judge(page, found, row, tolerance, lang)
    else:
        page.put(row, 3, Text("không ghi", "not stated")[lang], "center")
        page.put(row, 4, None, "figure")
        _judge(page, found, row, None, lang)


def _judge(page: Page, found: Rolled, row: int, tolerance: Decimal | None, lang: Lang) -> None:
    """The difference and the verdict; `tolerance` None: there is nothing to compare with."""
    if tolerance is not None:
        digits = max(found.decimals, found.unit.exponent)
        page.formula(row, 4, f"ROUND({address(row, 2)}-{address(row, 3)},{digits})", "figure")
    page.formula(row, 6, verdict_formula(row, tolerance, lang), "center")
    page.judged(row, 6, AGREES[lang], DIFFERS[lang])


def write_unsummable(page: Page, found: Rolled, caption: int, lang: Lang) -> int:
    """The cells that hold texts, each with what it is by now; the last row."""
    page.across(caption, _UNSUMMABLE[lang], "caption")
    for column, head in enumerate(_UNSUMMABLE_HEADS, 1):
        page.put(caption + 1, column, head[lang], "head")
    row = caption + 1
    texts = list(found.unsummable.items())
    for row, (place, printed) in enumerate(texts[:MOST_LISTED], caption + 2):
        _write_unsummable_cell(page, row, place, printed, lang)
    if len(texts) > MOST_LISTED:
        row += 1
        rest = len(texts) - MOST_LISTED
        page.across(row, Text(f"Còn {rest} ô nữa như vậy.", f"{rest} more such cells.")[lang], "note")
    return row


def _write_unsummable_cell(page: Page, row: int, place: Place, printed: str, lang: Lang) -> None:
    reference = f"{quote_sheet(place.sheet)}!{place.address}"
    page.put(row, 1, cell_text(place.sheet), "text")
    page.formula(row, 2, f"HYPERLINK({literal('#' + reference)},{literal(place.address)})", "link")
    page.put(row, 3, cell_text(printed), "center")
    now, still = (literal(each[lang]) for each in _STATES)
    page.formula(row, 4, f"IF(ISNUMBER({reference}),{now},{still})", "center")


_CHECK_HEADS = (
    Text("Bảng", "Table"),
    Text("Cộng các ô", "Sum of the cells"),
    Text("Tổng đối chiếu", "Compared with"),
    Text("Chênh lệch", "Difference"),
    Text("Ô thiếu số", "Cells without a number"),
    Text("Kết luận", "Verdict"),
)
_UNSUMMABLE = Text("Ô không cộng được vì là chữ, không phải số", "Cells that cannot be added up: texts, no numbers")
_UNSUMMABLE_HEADS = (
    Text("Trang", "Sheet"),
    Text("Ô", "Cell"),
    Text("Đang ghi", "It says"),
    Text("Hiện nay", "By now"),
)
_STATES = (Text("Đã là số", "A number"), Text("Không cộng được", "Not added up"))
