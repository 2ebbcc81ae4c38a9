"""A comparison as a sheet, and as marks at the cells of the new version."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from budget.money import Unit, convert
from budget.numbers import decimals_of
from faults import Lang, Text
from revisions.differences import wording
from revisions.differences.changes import Change, Differences, What
from validators.own_sheet import COMPARED
from validators.reports.copying import Mark
from workbook.looks import figure_format
from workbook.page import Page
from workbook.text import cell_text, quote_sheet

NAME = Text("So sánh", "Comparison")
TITLE = Text("SO SÁNH HAI BẢN", "COMPARISON OF TWO VERSIONS")
HEADS = (
    Text("Thay đổi", "Change"),
    Text("Nhóm", "Group"),
    Text("Hạng mục", "Item"),
    Text("Nguồn, năm hoặc cột", "Source, year or column"),
    Text("Bản cũ", "Old"),
    Text("Bản mới", "New"),
    Text("Tăng, giảm", "Difference"),
    Text("Ô", "Cell"),
)
BLANK_ROW = 4  # that a host may write a seal into
_WIDTHS = (20.0, 30.0, 46.0, 24.0, 24.0, 24.0, 18.0, 18.0)
MOST_NOTES = 5_000  # in a file; cells beyond are coloured only
_LONGEST_NOTE = 4_000
_GREEN, _YELLOW, _BLUE, _RED = "C6EFCE", "FFEB9C", "DDEBF7", "FFC7CE"
_COLORS = {
    What.ADDED: _GREEN,
    What.AMOUNT: _YELLOW,
    What.PRINTED: _YELLOW,
    What.STATED: _RED,
}


def changes_workbook(
    found: Differences, lang: Lang, name: str, *, linked: bool, notes: Sequence[Text] = ()
) -> Workbook:
    """A workbook of one sheet `name`: totals before and after, then a row for each change.

    `linked`: cells of the new version are links; they are in the same file. `notes`: sentences on the marks there.
    """
    book = Workbook()
    book.worksheets[0].title = name
    figures = [value for _, before, after in wording.total_lines(found, lang) for value in (before, after)]
    figures += [value for change in found.changes for value in (change.before, change.after) if _is_amount(value)]  # type: ignore[misc]
    unit = found.new.unit
    decimals = min(9, max((decimals_of(convert(value, Unit.DONG, unit)) for value in figures), default=0))
    page = Page(book.worksheets[0], _WIDTHS, figure_format(decimals))
    page.across(1, TITLE[lang], "title")
    page.across(2, COMPARED[lang], "subtitle")
    page.across(3, cell_text(f"{found.old.name} {wording.ARROW} {found.new.name}"), "plain")
    row = BLANK_ROW + 1
    told = [*wording.headings(found, lang), wording.counts(found.changes, lang)]
    for line in filter(None, [*told, *(note[lang] for note in notes), *wording.remarks(found, lang)]):
        page.across(row, cell_text(line), "plain")
        row += 1
    row = _write_totals(page, row, found, lang)
    page.across(row, Text(f"Đơn vị tính: {unit.label}", f"Unit: {unit.label}")[lang], "unit")
    header = row + 1
    for column, head in enumerate(HEADS, 1):
        page.put(header, column, head[lang], "head")
    for row, change in enumerate(found.changes, header + 1):
        _write_change(page, row, found, change, lang, linked=linked)
    page.finish_list(header, max(row, header + 1))
    return book


def _write_totals(page: Page, row: int, found: Differences, lang: Lang) -> int:
    for name, before, after in wording.total_lines(found, lang):
        style = "sum" if name == wording.WHOLE[lang] else "text"
        page.across(row, cell_text(name), style, 4)
        for column, value in enumerate((before, after, after - before), 5):
            page.put(row, column, _in_unit(found, value), "figure-sum" if style == "sum" else "figure")
        row += 1
    return row


def _write_change(page: Page, row: int, found: Differences, change: Change, lang: Lang, *, linked: bool) -> None:
    version, item = (found.new, change.new) if change.new else (found.old, change.old)
    groups = "" if item is None else " › ".join(version.path(item))
    texts = (wording.KINDS[change.what][lang], groups, item.name if item else wording.WHOLE[lang])
    for column, text in enumerate((*texts, wording.detail(found, change, lang)), 1):
        page.put(row, column, cell_text(text), "text")
    for column, value in enumerate((change.before, change.after), 5):
        if isinstance(value, Decimal):
            page.put(row, column, _in_unit(found, value), "figure")
        else:
            page.put(row, column, cell_text(value or ""), "text")
    page.put(row, 7, _difference(found, change), "figure")
    gone = change.what is What.REMOVED or change.place is None
    address = "" if change.place is None else change.place.address
    cell = page.put(row, 8, address, "link" if linked and not gone else "center")
    if linked and not gone and change.place is not None:
        target = f"{quote_sheet(change.place.sheet)}!{address}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)


def _difference(found: Differences, change: Change) -> Decimal | None:
    if isinstance(change.before, str) or isinstance(change.after, str):
        return None
    if change.before is None and change.after is None:
        return None
    return _in_unit(found, (change.after or Decimal(0)) - (change.before or Decimal(0)))


def _in_unit(found: Differences, value: Decimal) -> Decimal:
    return convert(value, Unit.DONG, found.new.unit)


def _is_amount(value: object) -> bool:
    return isinstance(value, Decimal)


def marks_of(found: Differences, lang: Lang) -> dict[str, dict[tuple[int, int], Mark]]:
    """What is done to the cells of the new version: a colour, and a note of what stood there before."""
    notes: dict[tuple[str, int, int], list[str]] = {}
    colors: dict[tuple[str, int, int], str] = {}
    for change in found.changes:
        if change.what is What.REMOVED or change.place is None:
            continue
        said = wording.detail(found, change, lang)
        text = f"{wording.KINDS[change.what][lang]}{f' ({said})' if said else ''}"
        if change.what is not What.ADDED:
            text += f": {wording.from_to(found, change, lang)}"
        notes.setdefault(change.place, []).append(text)
        colors.setdefault(change.place, _COLORS.get(change.what, _BLUE))
    marks: dict[str, dict[tuple[int, int], Mark]] = {}
    for number, ((sheet, row, column), texts) in enumerate(notes.items()):
        note = cell_text("\n".join(texts), _LONGEST_NOTE) if number < MOST_NOTES else ""
        marks.setdefault(sheet, {})[row, column] = Mark(colors[sheet, row, column], note)
    return marks
