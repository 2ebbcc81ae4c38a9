"""The entry workbook: the tables of a plan as sheets that a finance officer fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from budget.figures import axes_of
from budget.numbers import format_number
from budget.plan import Axis, Plan
from budget.schema import AMOUNT, ITEMS, PLAN, TABLES, UNITS, Column, Type, amount_key, amount_label
from budget.tables import Cell, Row, plan_rows
from faults import Lang, Text
from generators.entry_guide import write_guide
from generators.example import CODE, MARK, example_plan
from workbook.saving import save
from workbook.text import quote_sheet, write_text

LAST_ROW = 10_000  # as far as drop-downs and colours reach
SPARE_NOTES = 3  # empty rows for notes
DIGITS = 15  # what Excel keeps of a number
A4 = 9  # Excel's number of the paper

_AS_TYPED = "@"  # Excel leaves alone what is typed into a cell of this format
_THIN = Side(style="thin", color="BFBFBF")
_HEAD, _TEXT, _PROSE = "phuluc tiêu đề", "phuluc mã", "phuluc lời văn"
_FIGURE, _YEAR, _DATE = "phuluc số", "phuluc năm", "phuluc ngày"
_STYLES = {
    **dict.fromkeys((Type.PROSE, Type.LINES, Type.PAIRS), _PROSE),
    **dict.fromkeys((Type.AMOUNT, Type.NUMBER), _FIGURE),
    Type.YEAR: _YEAR,
    Type.DATE: _DATE,
}  # all others are _TEXT


_WIDTHS = {Type.PROSE: 36, Type.LINES: 30, Type.PAIRS: 30, Type.NUMBERING: 7, Type.YEAR: 9, Type.FLAG: 9}
_WIDTH = 16
_ENTRY = (Text("Mục", "Entry"), Text("Nội dung", "Value"), Text("Giải thích", "Help"))
_PICK = Text("Hãy chọn một giá trị trong danh sách.", "Please choose a value from the list.")


def write_entry(target: Path, *, force: bool, plan: Plan | None = None, lang: Lang = "vi") -> None:
    """Writes `plan`, or a small example, as an entry workbook that `budget.loading.load_plan` reads back.

    Headings, choices and help are in `lang`. Raises InputFault where the target cannot be written, or a text of the
    plan does not fit into a cell.
    """
    plan = example_plan() if plan is None else plan
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    forms = write_guide(workbook, lang)
    styles = _styles()
    for style in styles.values():
        workbook.add_named_style(style)
    for table in TABLES:
        sheet = _sheet(workbook, table.label[lang])
        rows = plan_rows(plan)[table.key]
        if table is PLAN:
            _write_head(sheet, rows[0], lang)
        else:
            columns = [*table.columns, *(_amount_columns(plan) if table is ITEMS else [])]
            _write_table(sheet, columns, rows, lang)
            _format_below(sheet, columns, styles)
            _offer_choices(sheet, columns, forms, lang)
    properties = workbook.properties
    properties.title, properties.creator, properties.keywords = plan.title, "phuluc", f"{plan.key}; {plan.version}"
    save(workbook, target, force=force)


def _styles() -> dict[str, NamedStyle]:
    def style(name: str, number_format: str, horizontal: str = "general", fill: str | None = None) -> NamedStyle:
        return NamedStyle(
            name,
            font=Font(name="Times New Roman", size=12, bold=fill is not None),
            fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
            alignment=Alignment(horizontal=horizontal, vertical="center" if fill else "top", wrap_text=True),
            border=Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN),
            number_format=number_format,
        )

    made = (
        style(_HEAD, _AS_TYPED, "center", "DDEBF7"),
        style(_TEXT, _AS_TYPED),
        style(_PROSE, "General"),
        style(_FIGURE, "#,##0.###", "right"),
        style(_YEAR, "0", "center"),
        style(_DATE, "dd/mm/yyyy", "left"),
    )
    return {each.name: each for each in made}


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    """An empty sheet: the headings stay in view and on every page, one page wide."""
    sheet: Worksheet = workbook.create_sheet(name)
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.row_dimensions[1].height = 48
    setup = sheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = A4, "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _amount_columns(plan: Plan) -> list[Column]:
    """A column for each source and year that the appendices with items have, in print order."""
    names = {source.key: source.name for source in plan.sources}
    filled = [each for each in plan.appendices if plan.items_of(each.key)]
    axes: dict[Axis, None] = {}
    for appendix in filled or [each for each in plan.appendices if not each.summarises]:
        axes |= dict.fromkeys(axes_of(appendix))
    return [
        replace(
            AMOUNT,
            key=amount_key(axis),
            label=Text(amount_label(axis, names, "vi"), amount_label(axis, names, "en")),
        )
        for axis in axes
    ]


def _write_table(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row], lang: Lang) -> None:
    for number, column in enumerate(columns, 1):
        _head(sheet, number, column.label[lang], column.help[lang])
    for row, cells in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            if column.key in cells:
                _fill(_cell(sheet, row, number, _style_of(column)), column, cells[column.key], lang)
    area = f"A2:{get_column_letter(len(columns))}{LAST_ROW}"
    _tint(sheet, area, f'LEFT($A2,{len(CODE)})="{CODE}"')


def _format_below(sheet: Worksheet, columns: Sequence[Column], styles: Mapping[str, NamedStyle]) -> None:
    """Gives whole columns the style of their cells, for the rows that a person will fill."""
    for number, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = _WIDTHS.get(column.type, _WIDTH)
        for part in ("font", "alignment", "border", "number_format"):
            setattr(dimension, part, copy(getattr(styles[_style_of(column)], part)))


def _write_head(sheet: Worksheet, cells: Row, lang: Lang) -> None:
    """The plan itself: an entry on each row, notes on a row each, help beside it."""
    for number, (head, width) in enumerate(zip(_ENTRY, (24, 70, 60), strict=True), 1):
        _head(sheet, number, head[lang])
        sheet.column_dimensions[get_column_letter(number)].width = width
    notes = cells.get("notes", [])
    assert isinstance(notes, list)
    entries: list[tuple[Column, Cell | None]] = [(each, cells.get(each.key)) for each in PLAN.columns[:-1]]
    entries += [(PLAN.columns[-1], note) for note in [*notes, *[None] * SPARE_NOTES]]
    for row, (column, value) in enumerate(entries, 2):
        write_text(_cell(sheet, row, 1, _PROSE), column.label[lang])
        write_text(_cell(sheet, row, 3, _PROSE), column.help[lang])
        cell = _cell(sheet, row, 2, _style_of(column))
        if value is not None:
            _fill(cell, column, value, lang)
        if choices := _choices(column, lang):
            _offer(sheet, cell.coordinate, choices, lang)
    title = [column.key for column, _ in entries].index("title") + 2
    _tint(sheet, f"A2:B{len(entries) + 1}", f'LEFT($B${title},{len(MARK)})="{MARK}"')


def _head(sheet: Worksheet, column: int, text: str, help_: str = "") -> None:
    cell = _cell(sheet, 1, column, _HEAD)
    write_text(cell, text)
    if help_:
        cell.comment = Comment(help_, "phuluc", width=280, height=40 + 16 * (len(help_) // 36))


def _cell(sheet: Worksheet, row: int, column: int, style: str) -> SheetCell:
    cell = cast("SheetCell", sheet.cell(row, column))
    cell.style = style
    return cell


def _style_of(column: Column) -> str:
    return _STYLES.get(column.type, _TEXT)


def _fill(cell: SheetCell, column: Column, value: Cell, lang: Lang) -> None:
    """A number where Excel holds it exactly, a date, or text that stays text."""
    if isinstance(value, bool):
        value = str(value).lower()
    match value:
        case Decimal() if (number := _exact(value)) is not None:
            cell.value = number
        case Decimal():
            write_text(cell, format_number(value))
        case date():
            cell.value = value
        case list():
            write_text(cell, ", ".join(value) if column.type is Type.KEYS else _lines(value))
        case dict():
            write_text(cell, _lines([f"{key}={text}" for key, text in value.items()]))
        case _:
            write_text(cell, column.choices[value][lang] if column.choices else value)


def _exact(value: Decimal) -> int | float | None:
    """The number that Excel would hold; None where it would round it."""
    if value == value.to_integral_value():
        return int(value) if abs(value) < 10**DIGITS else None
    return float(value) if Decimal(f"{float(value):.{DIGITS}g}") == value else None


def _lines(texts: Sequence[str]) -> str:
    """One text a line; a line that begins with a blank goes on with the one above."""
    return "\n".join(text.replace("\n", "\n ") for text in texts)


def _offer_choices(sheet: Worksheet, columns: Sequence[Column], forms: str, lang: Lang) -> None:
    """Drop-downs: what the schema lists, the codes of another sheet, the forms."""
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        source = forms if column.key == "form" else _choices(column, lang)
        if source:
            _offer(sheet, f"{letter}2:{letter}{LAST_ROW}", source, lang)


def _choices(column: Column, lang: Lang) -> str:
    """The formula of a drop-down; empty: the column has none."""
    if column.type is Type.REFERENCE and column.refers:
        (table,) = (table for table in TABLES if table.key == column.refers)
        return f"{quote_sheet(table.label[lang])}!$A$2:$A${LAST_ROW}"  # codes stand in the first column
    offered = UNITS if column.type is Type.UNIT else [label[lang] for label in column.choices.values()]
    return f'"{",".join(offered)}"' if offered else ""


def _offer(sheet: Worksheet, cells: str, source: str, lang: Lang) -> None:
    validation = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True, error=_PICK[lang])
    validation.add(cells)
    sheet.add_data_validation(validation)


def _tint(sheet: Worksheet, area: str, condition: str) -> None:
    """Yellow as long as a row is the example's."""
    fill = PatternFill(bgColor="FFF2CC", fill_type="solid")
    sheet.conditional_formatting.add(area, FormulaRule([condition], fill=fill, font=Font(italic=True)))
