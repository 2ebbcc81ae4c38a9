"""How each table of a workbook was understood, so that a person can see why something was found."""

from __future__ import annotations

from collections.abc import Iterator

from budget.numbers import format_number
from faults import Lang, Text
from validators.equations.model import Equation
from validators.rules import Checked
from validators.tables.model import AppendixTable, Role, Row, RowKind
from validators.tables.wording import folded
from workbook.addresses import column_letters

_LABEL = 60  # characters of a label
_ROLES = {
    Role.NUMBER: Text("số thứ tự", "number"),
    Role.CONTENT: Text("nội dung", "content"),
    Role.TOTAL: Text("tổng", "total"),
    Role.SOURCE: Text("nguồn vốn", "source"),
    Role.YEAR: Text("năm", "year"),
    Role.SOURCE_YEAR: Text("nguồn vốn trong năm", "source within year"),
    Role.AMOUNT: Text("số tiền", "amount"),
    Role.QUANTITY: Text("số lượng", "quantity"),
    Role.MEASURE: Text("đơn vị tính", "measure unit"),
    Role.UNIT_PRICE: Text("đơn giá", "unit price"),
    Role.RATIO: Text("tỷ lệ", "ratio"),
    Role.START: Text("bắt đầu", "start"),
    Role.END: Text("kết thúc", "end"),
    Role.SCHEDULE: Text("thời gian", "schedule"),
    Role.AGENCY: Text("cơ quan", "agency"),
    Role.OBJECTIVE: Text("mục tiêu", "objective"),
    Role.NOTE: Text("ghi chú", "note"),
    Role.OTHER: Text("khác", "other"),
}
_KINDS = {
    RowKind.ITEM: Text("", ""),
    RowKind.TOTAL: Text("tổng", "total"),
    RowKind.MEMO: Text("trong đó", "of which"),
    RowKind.TEXT: Text("chữ", "text"),
}


def shown(checked: Checked, lang: Lang) -> Iterator[str]:
    """Lines: for each table its place and unit, the role of each column, the tree of rows, the equations."""
    if not checked.tables:
        yield Text("Không thấy bảng số liệu nào.", "No table of figures was found.")[lang]
    failing = {equation for diagnosis in checked.diagnoses for equation in diagnosis.witnesses}
    for table in checked.tables:
        yield from _heading(table, lang)
        yield from _columns(table, lang)
        yield from _rows(table, lang)
        yield from _equations(table, checked, failing, lang)
        yield ""


def _heading(table: AppendixTable, lang: Lang) -> Iterator[str]:
    unit = table.unit.label if table.unit else Text("không nêu", "not stated")[lang]
    if table.unit and folded(table.unit_text) != unit:
        unit += f" (“{table.unit_text}”)"
    yield f"{Text('Trang', 'Sheet')[lang]} “{table.grid.name}”, {table.area}"
    yield f"  {Text('Đơn vị tính', 'Unit')[lang]}: {unit}"


def _columns(table: AppendixTable, lang: Lang) -> Iterator[str]:
    yield f"  {Text('Cột', 'Columns')[lang]}:"
    for column in table.columns:
        details = [_ROLES[column.role][lang]]
        details += [str(column.year)] if column.year else []
        details += [f"“{column.source}”"] if column.source else []
        details += [column.unit.label] if column.unit else []
        yield f"    {column_letters(column.index):<3} {', '.join(details):<34} {column.heading}".rstrip()


def _rows(table: AppendixTable, lang: Lang) -> Iterator[str]:
    yield f"  {Text('Dòng', 'Rows')[lang]}:"
    for row in table.rows:
        yield f"    {row.index:>4} {'  ' * row.depth}{_row(row, lang)}"


def _row(row: Row, lang: Lang) -> str:
    label = row.label if len(row.label) <= _LABEL else row.label[: _LABEL - 1] + "…"
    marks = [_KINDS[row.kind][lang]] if row.kind is not RowKind.ITEM else []
    marks += [_KINDS[RowKind.MEMO][lang]] if row.memo and row.kind is not RowKind.MEMO else []
    return " ".join([part for part in (row.number, label) if part] + [f"[{mark}]" for mark in marks])


def _equations(table: AppendixTable, checked: Checked, failing: set[Equation], lang: Lang) -> Iterator[str]:
    own = [each for each in checked.equations if each.total.sheet == table.grid.name and _within(table, each)]
    yield f"  {Text('Đẳng thức', 'Equations')[lang]} ({len(own)}):"
    for equation in own:
        mark = "✗" if equation in failing else "✓"
        value = table.value(equation.total.row, equation.total.column)
        printed = f"  ({format_number(value)})" if value is not None else ""
        doubt = "" if equation.solid else Text("  [chưa chắc]", "  [in doubt]")[lang]
        yield f"    {mark} {equation.witness}{printed}{doubt}"


def _within(table: AppendixTable, equation: Equation) -> bool:
    return any(table.area.top <= place.row <= table.area.bottom for place in equation.places) or (
        equation.total.row,
        equation.total.column,
    ) in {**table.above, **table.below}
