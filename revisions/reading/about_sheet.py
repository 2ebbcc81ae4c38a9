"""The sheets “Thông tin” and “Kiểm tra” of a generated workbook, read back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from budget.money import Unit, convert, parse_unit
from budget.plan import Decision, Plan, Source, State
from budget.schema import STATES
from budget.tables import Cell, Row, years_text
from budget.years import parse_years
from faults import Text
from generators import about, checks
from generators.carried import CHECKED
from revisions.reading.templates import text_of
from validators.grid import Book, Grid

_LABELS = {
    "title": "Tên kế hoạch",
    "decision.issuer": "Cơ quan ban hành",
    "decision.kind": "Loại văn bản",
    "decision.number": "Số",
    "decision.date": "Ngày",
    "decision.state": "Tình trạng",
    "period": "Giai đoạn",
    "key": "Mã kế hoạch",
    "version": "Phiên bản",
}


class Unlike(Exception):
    """The workbook is no longer laid out as it was generated; `why` says how."""

    def __init__(self, vi: str, en: str) -> None:
        self.why = Text(vi, en)
        super().__init__(en)


def told_about(book: Book) -> Plan:
    """The plan as “Thông tin” tells of it: without appendices and items. Raises Unlike where it tells too little."""
    grid = sheet_named(book, about.SHEET)
    if grid is None:
        raise Unlike(f"thiếu trang “{about.SHEET}”", f"the sheet “{about.SHEET}” is missing")
    rows = [(text_of(grid.value(row, 1)), text_of(grid.value(row, 2))) for row in range(about.FIRST, grid.rows + 1)]
    said = dict(reversed(rows))  # of rows with one label the first
    told = {key: said.get(label, "") for key, label in _LABELS.items()}
    states = {label.vi.casefold(): state for state, label in STATES.items()}
    try:
        years, state = (
            parse_years(told["period"].removeprefix(about.ONE_YEAR)),
            State(states[told["decision.state"].casefold()]),
        )
        number = told["decision.number"] or None
        decision = Decision(told["decision.kind"], told["decision.issuer"], state, number, _day(told["decision.date"]))
    except (ValueError, KeyError):
        raise Unlike(
            f"trang “{about.SHEET}” không cho biết giai đoạn, tình trạng hoặc ngày của văn bản",
            f"the sheet “{about.SHEET}” does not tell the period, the state or the date of the document",
        ) from None
    sources = tuple(
        Source(label.removeprefix(about.SOURCE).strip(), name) for label, name in rows if label.startswith(about.SOURCE)
    )
    notes = tuple(text for label, text in rows if label == about.NOTE and text)
    version = told["version"].removeprefix(about.VERSION)
    return Plan(told["key"], version, told["title"], decision, years, sources, (), (), notes=notes)


def head_row(told: Plan, decision: Decision) -> Row:
    """The row of the table of the plan itself; an issued document must have number and date, or is a draft again."""
    state = decision.state if decision.number and decision.date else State.DRAFT
    row: dict[str, Cell | None] = {
        "version": told.version or "1",
        "title": told.title,
        "period": years_text(told.years),
        "decision.kind": decision.kind,
        "decision.issuer": decision.issuer,
        "decision.state": state.value,
        "decision.number": decision.number,
        "decision.date": decision.date,
        "notes": list(told.notes),
    }
    return {key: cell for key, cell in row.items() if cell}


def control_row(book: Book, carried: Row, unit: Unit, seen: set[int]) -> Row | None:
    """A control as the sheet of checks states it by now; None where its row has gone. `unit`: of its appendix; `seen`:
    the rows of other controls, to which its own is added.
    """
    row = dict(carried)
    name = text_of(row.pop(CHECKED, ""))  # type: ignore[arg-type]
    grid = sheet_named(book, checks.SHEET)
    if grid is None:
        return row
    rows = (n for n in range(checks.FIRST, grid.rows + 1) if n not in seen and text_of(grid.value(n, 2)) == name)
    place = next(rows, None)
    if place is None:
        return None
    seen.add(place)
    shown, amount = grid.value(place, 5), row["amount"]
    own = parse_unit(str(row["unit"]))
    if isinstance(shown, Decimal) and isinstance(amount, Decimal) and not _is_same(shown, convert(amount, own, unit)):
        row["amount"] = convert(shown, unit, own)
    if "words" in row:
        row["words"] = _between(text_of(grid.value(place + 1, 2)), str(row["words"]))
    return row


def total_told(book: Book) -> Decimal | None:
    """The grand totals that “Thông tin” shows, in đồng; None where it shows none."""
    grid = sheet_named(book, about.SHEET)
    found = []
    for row in range(1, grid.rows + 1) if grid else ():
        label, value = text_of(grid.value(row, 1)), grid.value(row, 2)  # type: ignore[union-attr]
        if label.startswith(f"{about.TOTAL} (") and isinstance(value, Decimal):
            found.append(convert(value, parse_unit(label.removeprefix(f"{about.TOTAL} (").rstrip(")")), Unit.DONG))
    return sum(found, Decimal(0)) if found else None


def sheet_named(book: Book, name: str) -> Grid | None:
    """The sheet of that name, if the workbook has it."""
    return next((grid for grid in book.sheets if grid.name == name), None)


def _is_same(shown: Decimal, exact: Decimal) -> bool:
    """Whether a cell shows a figure, to the 15 digits that a spreadsheet program keeps."""
    return f"{shown:.14e}" == f"{exact:.14e}"


def _between(text: str, otherwise: str) -> str:
    """What stands between the quotes of the row of a control's words."""
    before, sign, words = text.partition(": “")
    return words.removesuffix("”") if before and sign and words.endswith("”") else otherwise


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None
