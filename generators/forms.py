"""Forms: the official layouts, read from `workbook_templates/*.xlsx`.

A form is a sheet that a person can restyle. Row 1 and column A are its gutter and are not printed: column A says what
each row is (`ROLES`), row 1 says which columns repeat (`each year`, `each source`, `each year and source`). Every other
cell is a prototype: its style is what the sheet will show, its text may hold tokens. A prototype cell spans the
repeated columns whose axis its tokens do not mention; a merge drawn in the form stretches with its columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from faults import InputFault, Text, cell_place
from generators.tokens import Part, Token, parse, tokens

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Biểu mẫu"
DEFAULT_WIDTH = 8.43
GUTTER = 1  # rows and columns taken by the gutter

#: What a row can be. `source` lines repeat for each source of an item, `total source` and `footer source` for each
#: source of the appendix; a `... more` row replaces its role from the second source on.
ROLES = (
    "heading", "header", "group", "item", "subitem", "source", "source more", "total", "total source",
    "total source more", "footer", "footer source", "lead", "caption", "line", "trail", "gap",
)  # fmt: skip
BODY = frozenset({"group", "item", "subitem", "source", "source more"})

AMOUNTS = BODY | {"total source"}  # rows that hold the amounts of items or sources

AXES = {"": (), "each year": ("year",), "each source": ("source",), "each year and source": ("year", "source")}

KNOWN = {
    *("heading", "title", "issued", "unit", "period", "first_year", "last_year", "years_count", "text", "head"),
    *("year", "source", "source_name", "index", "next_number", "share", "words", "Words", "dong", "amount", "sum"),
    *("number", "content", "start", "end", "schedule", "measure_unit", "quantity", "unit_price", "note"),
    *("agency", "partners", "objective"),
}


@dataclass(frozen=True, slots=True)
class ProtoCell:
    """A prototype cell: where it stands in the form and the parts of its text."""

    row: int
    column: int
    parts: tuple[Part, ...]

    @property
    def axes(self) -> frozenset[str]:
        """The axes that the cell's tokens follow; a cell spans the columns of the others."""
        found: set[str] = set()
        for token in tokens(self.parts):
            if token.name == "year" or (token.name == "amount" and token.argument in {"", "year"}):
                found.add("year")
            if token.name in {"source", "source_name"} or (token.name == "amount" and not token.argument):
                found |= {"source", "year"}
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class ProtoRow:
    """A prototype row: its role, the table layout it belongs to (costings only) and its cells by column."""

    row: int
    role: str
    layout: str
    cells: tuple[ProtoCell, ...]
    height: float | None


@dataclass(frozen=True, slots=True)
class ProtoColumn:
    """A prototype column: the axes it repeats along, outer first, and its width."""

    column: int
    axes: tuple[str, ...]
    width: float


@dataclass(frozen=True)
class Form:
    """A form as read from its workbook; `sheet` holds the looks."""

    name: str
    title: Text
    columns: tuple[ProtoColumn, ...]
    rows: tuple[ProtoRow, ...]
    merges: tuple[tuple[int, int, int, int], ...]  # row, column, last row, last column
    sheet: Worksheet

    @cached_property
    def formats(self) -> dict[tuple[int, int], str]:
        """The number format of each prototype cell, by form row and column."""
        return {
            (cell.row, cell.column): self.sheet.cell(cell.row, cell.column).number_format
            for row in self.rows
            for cell in row.cells
        }

    @property
    def axes(self) -> frozenset[str]:
        """The axes that the form needs its appendix to have."""
        found = {axis for column in self.columns for axis in column.axes}
        if any("source" in row.role.split() for row in self.rows):
            found.add("source")
        return frozenset(found)

    @property
    def is_costing(self) -> bool:
        """Whether the form prints costings rather than items."""
        return any(row.role == "line" for row in self.rows)

    @property
    def layouts(self) -> tuple[str, ...]:
        """The table layouts of a costing form, in order."""
        return tuple(dict.fromkeys(row.layout for row in self.rows if row.layout))

    def having(self, role: str, layout: str = "") -> tuple[ProtoRow, ...]:
        """The prototype rows of a role."""
        return tuple(row for row in self.rows if row.role == role and row.layout == layout)

    def one(self, role: str, layout: str = "") -> ProtoRow:
        """The one prototype row of a role; InputFault names the form's sheet if it has none."""
        found = self.having(role, layout)
        if not found:
            wanted = f"{layout}: {role}" if layout else role
            raise self.fault("A1", Text(f"biểu mẫu thiếu dòng “{wanted}”", f"the form lacks a row “{wanted}”"))
        return found[0]

    def fault(self, cell: str, what: Text, **more: object) -> InputFault:
        """A refusal that names this form's sheet and a cell of it."""
        return InputFault(what, file=f"{self.name}.xlsx", place=cell_place(SHEET, cell), **more)  # type: ignore[arg-type]


def _folder() -> Traversable:
    return files("workbook_templates")


def form_names() -> tuple[str, ...]:
    """The names of the forms that are installed, sorted."""
    return tuple(sorted(f.name.removesuffix(".xlsx") for f in _folder().iterdir() if _is_form(f.name)))


def _is_form(name: str) -> bool:
    return name.endswith(".xlsx") and not name.startswith(("~$", "."))


@cache
def load_form(name: str) -> Form:
    """The form called `name`; InputFault if there is none or its workbook is broken."""
    if name not in form_names():
        known = ", ".join(form_names())
        raise InputFault(
            Text("không có biểu mẫu này", "there is no such form"),
            found=name,
            expected=Text(f"một trong: {known}", f"one of: {known}"),
        )
    with (_folder() / f"{name}.xlsx").open("rb") as stream:
        return read_form(name, stream)


def read_form(name: str, stream: object) -> Form:
    """A form from an open workbook file; InputFault names the sheet and cell of what is broken."""
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(stream)  # type: ignore[arg-type]
    except (BadZipFile, KeyError, OSError, ValueError) as fault:
        broken = Text("biểu mẫu không phải tệp .xlsx", "the form is no .xlsx file")
        raise InputFault(broken, file=f"{name}.xlsx") from fault
    if SHEET not in workbook.sheetnames:
        raise InputFault(
            Text(f"biểu mẫu không có trang “{SHEET}”", f"the form has no sheet “{SHEET}”"), file=f"{name}.xlsx"
        )
    sheet = workbook[SHEET]
    properties = workbook.properties
    title = Text(properties.title or name, properties.subject or properties.title or name)
    reader = _Reader(name, sheet)
    form = Form(name, title, reader.columns(), reader.rows(), reader.merges(), sheet)
    _demand(form)
    return form


class _Reader:
    """Reads the gutter and the prototypes of one form sheet."""

    def __init__(self, name: str, sheet: Worksheet) -> None:
        self.name, self.sheet = name, sheet
        written = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        self.last_row = max((cell.row for cell in written), default=0)  # styled but empty cells beyond do not count
        self.last_column = max((cell.column for cell in written), default=0)

    def fault(self, cell: str, what: Text, found: object, expected: Text) -> InputFault:
        return InputFault(what, file=f"{self.name}.xlsx", place=cell_place(SHEET, cell), found=found, expected=expected)

    def columns(self) -> tuple[ProtoColumn, ...]:
        from openpyxl.utils import get_column_letter

        found = []
        for column in range(GUTTER + 1, self.last_column + 1):
            letter = get_column_letter(column)
            text = str(self.sheet.cell(1, column).value or "").strip()
            if text not in AXES:
                known = ", ".join(f"“{axis}”" for axis in AXES if axis)
                expected = Text(f"{known} hoặc để trống", f"{known} or nothing")
                raise self.fault(
                    f"{letter}1", Text("không rõ cột này lặp theo gì", "what the column repeats along is unclear"),
                    text, expected,
                )  # fmt: skip
            found.append(ProtoColumn(column, AXES[text], self._width(column)))
        return tuple(found)

    def _width(self, column: int) -> float:
        """A column's width; Excel keeps equal neighbours as one entry from `min` to `max`."""
        for dimension in self.sheet.column_dimensions.values():
            if (dimension.min or 0) <= column <= (dimension.max or 0):
                return float(dimension.width)
        return DEFAULT_WIDTH

    def rows(self) -> tuple[ProtoRow, ...]:
        found = []
        for row in range(GUTTER + 1, self.last_row + 1):
            text = str(self.sheet.cell(row, 1).value or "").strip()
            layout, role = re.fullmatch(r"(?:([a-z-]+): )?(.*)", text).groups()  # type: ignore[union-attr]
            if role not in ROLES:
                known = Text(f"một trong: {', '.join(ROLES)}", f"one of: {', '.join(ROLES)}")
                raise self.fault(f"A{row}", Text("không rõ dòng này là gì", "what the row is is unclear"), text, known)
            cells = tuple(self._cell(row, column) for column in range(GUTTER + 1, self.last_column + 1))
            found.append(ProtoRow(row, role, layout or "", cells, self.sheet.row_dimensions[row].height))
        return tuple(found)

    def _cell(self, row: int, column: int) -> ProtoCell:
        cell = self.sheet.cell(row, column)
        text = "" if cell.value is None else str(cell.value)
        try:
            parts = parse(text)
        except ValueError:
            raise self.fault(
                cell.coordinate, Text("dấu ngoặc nhọn lẻ", "a stray brace"), text, Text("“{tên}”", "“{name}”")
            ) from None
        for token in tokens(parts):
            if token.name not in KNOWN:
                names = ", ".join(sorted(KNOWN))
                raise self.fault(
                    cell.coordinate, Text("từ khóa lạ trong biểu mẫu", "an unknown token"), f"{{{token.name}}}",
                    Text(f"một trong: {names}", f"one of: {names}"),
                )  # fmt: skip
        return ProtoCell(row, column, parts)

    def merges(self) -> tuple[tuple[int, int, int, int], ...]:
        return tuple(sorted((m.min_row, m.min_col, m.max_row, m.max_col) for m in self.sheet.merged_cells.ranges))


def _demand(form: Form) -> None:
    """A form prints either items under a header or costing lines; anything less is broken."""
    if form.is_costing:
        for layout in form.layouts:
            form.one("line", layout)
    else:
        form.one("header")
        if not (form.having("item") or form.having("total source")):
            form.one("item")
        shown = [token.name for row in form.rows if row.role in AMOUNTS for c in row.cells for token in tokens(c.parts)]
        if "amount" not in shown:
            what = Text("biểu mẫu không có ô {amount} nào ở dòng hạng mục", "no row of items holds {amount}")
            raise form.fault("A1", what)
        if "sum" in shown:
            raise form.fault("A1", Text("{sum:...} chỉ dùng ở bảng dự toán", "{sum:...} belongs to costings"))
    for row, _, last, _ in form.merges:
        roles = {r.role for r in form.rows if row <= r.row <= last}
        if len(roles) > 1 and roles & BODY:
            raise form.fault(
                f"A{row}", Text("ô gộp nối hai loại dòng", "a merged cell joins two kinds of row"),
                found=", ".join(sorted(roles)),
            )  # fmt: skip


__all__ = [
    "BODY",
    "GUTTER",
    "SHEET",
    "Form",
    "ProtoCell",
    "ProtoColumn",
    "ProtoRow",
    "Token",
    "form_names",
    "load_form",
]
