"""What the user is told once a row was added: where, what counts it in, what does not, and whether all adds up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from addin.formula_tree import FormulaTree, name_key
from addin.rows.plan import RowPlan
from faults import Text
from validators.grid import Book, Place
from validators.rules.base import Checked
from validators.tables.model import RowKind
from validators.tables.wording import stated_terms
from workbook.addresses import Area

_NAMED = 8  # cells that a message names
_AS_TEXT = "' "  # what may stand around a text that is written to a cell


def told(plan: RowPlan, before: Checked, book: Book, after: Checked) -> Text:
    """The message; `book` is all of the book as it was read again, `after` what is found in it."""
    parts = [_added(plan), *_numbering(plan), *_doubts(plan), *_rollups(plan), *_labels(plan, before)]
    parts += [*_misread(plan, book), *_verdict(plan, before, after)]
    return Text(" ".join(part.vi for part in parts), " ".join(part.en for part in parts))


def _added(plan: RowPlan) -> Text:
    rows, item = plan.growth.rows, plan.item
    vi = f"Đã thêm dòng {rows[0]}" if len(rows) == 1 else f"Đã thêm các dòng {rows[0]}–{rows[-1]}"
    en = f"Added row {rows[0]}" if len(rows) == 1 else f"Added rows {rows[0]} to {rows[-1]}"
    if any(map(str.isalnum, plan.number)):
        vi, en = f"{vi}, số {plan.number}", f"{en}, number {plan.number}"
    count, what = len(plan.counting), _short(f"{item.number} {item.label}")
    vi += f", dưới {f'“{what}”' if what else f'dòng {item.index}'}; {count} công thức tính cả dòng mới."
    en += f", below {f'“{what}”' if what else f'row {item.index}'}; {count} formulas count it in."
    return Text(vi, en)


def _numbering(plan: RowPlan) -> Iterator[Text]:
    if plan.numbers:
        count = len(plan.numbers)
        yield Text(f"Đã đánh lại {count} số thứ tự phía sau.", f"{count} numbers behind it were counted on.")
    if plan.labels:
        named = ", ".join(f"“{label.strip(_AS_TEXT)}”" for label in plan.labels.values())
        yield Text(f"Đã sửa nhãn dòng cộng theo số mới: {named}.", f"Totals called after such a number: {named}.")


def _doubts(plan: RowPlan) -> Iterator[Text]:
    if plan.typed:
        cells = _cells(plan, plan.typed)
        yield Text(
            f"Tổng gõ tay, sẽ không tự tính dòng mới: {cells} (nút “Thay số cứng bằng công thức” thay được).",
            f"Typed totals, which will not count it in: {cells}.",
        )
    if plan.partial:
        cells = _cells(plan, plan.partial)
        yield Text(
            f"Công thức không lấy đủ các dòng cùng loại nên để nguyên, xin xem lại: {cells}.",
            f"Formulas that take only some of such rows were left alone: {cells}.",
        )
    if plan.arrays:
        cells = _cells(plan, plan.arrays)
        yield Text(f"Công thức mảng để nguyên, xin xem lại: {cells}.", f"Array formulas were left alone: {cells}.")
    if plan.conditions:
        cells = _cells(plan, plan.conditions)
        yield Text(
            f"Định dạng có điều kiện chưa tính dòng mới, xin xem lại: {cells}.",
            f"Conditional formats that do not count it in: {cells}.",
        )


def _labels(plan: RowPlan, before: Checked) -> Iterator[Text]:
    """Totals that say by number what they add up."""
    for table in before.tables:
        for row in table.rows if table.grid.name == plan.growth.sheet else ():
            names = [name for _, name in stated_terms(row.label)]
            if row.kind is RowKind.TOTAL and plan.item.number.strip("(). ").lower() in names:
                at = plan.growth.moved(row.index)
                yield Text(
                    f"Nhãn dòng {at} “{_short(row.label)}” ghi rõ các mục được cộng: xin sửa lại.",
                    f"The label of row {at} says what it adds up: please mend it.",
                )


def _rollups(plan: RowPlan) -> Iterator[Text]:
    """Roll-ups know the source, the year and the agency of each row as they were when they were made."""
    for name in plan.rollups:
        yield Text(
            f"Trang “{name}” cần lập lại sau khi điền dòng mới.",
            f"Make the sheet “{name}” anew once the new row is filled in.",
        )


def _misread(plan: RowPlan, book: Book) -> Iterator[Text]:
    """What the host has made of the formulas."""
    wrong = [place for place, formula in plan.expected.items() if not _reads(book, place, formula)]
    if wrong:
        cells = _cells(plan, wrong)
        yield Text(f"Xin xem lại công thức ở {cells}.", f"Please look at the formulas in {cells}.")


def _verdict(plan: RowPlan, before: Checked, after: Checked) -> Iterator[Text]:
    """What does not add up that did before."""
    known = {_moved(plan, diagnosis.place) for diagnosis in before.diagnoses}
    fresh = [diagnosis.place for diagnosis in after.diagnoses if diagnosis.place not in known]
    if fresh:
        cells = _cells(plan, fresh)
        yield Text(f"Kiểm tra lại thấy chưa khớp ở {cells}.", f"Checked again, these do not add up: {cells}.")


def _moved(plan: RowPlan, place: Place) -> Place:
    return place._replace(row=plan.growth.moved(place.row)) if place.sheet == plan.growth.sheet else place


def _reads(book: Book, place: Place, formula: str) -> bool:
    """Whether a cell refers to what it must."""
    cell = book.sheet(place.sheet).cell(place.row, place.column)
    return cell is not None and bool(cell.formula) and _areas(cell.formula or "", place) == _areas(formula, place)


def _areas(formula: str, place: Place) -> list[tuple[str, Area]]:
    try:
        found = FormulaTree(formula).references.values()
    except ValueError:
        return []
    return sorted((name_key(each.sheet or place.sheet), each.area) for each in found)


def _cells(plan: RowPlan, places: Collection[Place]) -> str:
    """Cells as a person finds them; other sheets are named, and no more than a few."""
    named = [
        place.address if place.sheet == plan.growth.sheet else f"{place.sheet}!{place.address}"
        for place in _ordered(places)
    ]
    return ", ".join([*named[:_NAMED], *(["…"] if len(named) > _NAMED else [])])


def _ordered(places: Collection[Place]) -> Sequence[Place]:
    return list(dict.fromkeys(places))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 50 else f"{text[:50].rstrip()}…"
