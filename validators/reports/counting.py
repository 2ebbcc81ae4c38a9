"""What a reader must know of which amounts of a workbook count, on any sheet that is made of them, a sentence each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from budget.axes import NAMES
from budget.rollup import By
from faults import Text
from validators.funding.counted import Counted
from validators.grid import Place
from validators.tables.model import RowKind
from validators.tables.numerals import figure_of_text
from validators.tables.units import is_foreign
from validators.tables.wording import bare
from workbook.addresses import column_letters

_INCOME = re.compile(
    r"(?:tong (?:so |cong |nguon )?)?(?:cac |nguon |khoan )*thu\b(?! (?:thap|gom|hut|hoi|mua|don|vien|hoach|nhap|phap))"
)
_SPENDING = re.compile(
    r"(?:tong (?:so |cong )?)?(?:cac |khoan )*chi\b(?! (?:cuc|nhanh|hoi|bo|doan|tiet|phi|so|dao|tieu))"
)
# what is done with amounts that count
ADDED, ADJUSTED, COMPARED = Text("cộng", "added"), Text("điều chỉnh", "adjusted"), Text("so sánh", "compared")
_MOST_NAMED = 20  # cells in one sentence
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_PERCENT, _POWERS = 100, (0, 3, 6, 9, -3)  # the powers of ten between units


def perhaps_twice(found: Counted) -> Iterator[Text]:
    """The tables that are all added up, and of which one may be the summary of the others, or one of them again."""
    totals = {id(each.table): each.total for each in found.counted}
    for each in found.counted:
        if not each.doubted:
            continue
        name, others = found.named(each.table), "; ".join(map(found.named, each.doubted))
        if [totals[id(other)] for other in each.doubted] == [each.total]:
            yield Text(
                f"Có thể cộng trùng: {name} có cùng các số tiền với {others}, nhưng không rõ có phải cùng một khoản "
                "nên cả hai bảng đều được cộng. Nếu đúng là một khoản ghi hai lần thì bỏ một bảng rồi lập lại.",
                f"Perhaps added twice: {name} has the very amounts of {others}, but nothing tells whether they are "
                "the same money, so both tables are added. If they are, take one out and make this anew.",
            )
        else:
            yield Text(
                f"Có thể cộng trùng: {name} giống bảng tổng hợp của {others} nhưng số không khớp hẳn, nên mọi bảng này "
                "đều được cộng. Nếu đúng là bảng tổng hợp thì sửa số cho khớp rồi lập lại.",
                f"Perhaps added twice: {name} looks like the summary of {others}, but its figures do not prove it, so "
                "all of these tables are added. If it is one, mend the figures and make this anew.",
            )


def in_doubt(found: Counted) -> Iterator[Text]:
    """What may be counted otherwise than a reader expects: amounts without words, hidden ones, words with digits."""
    nameless = [leaf.place for leaf in found.leaves if not leaf.item.strip()]
    if nameless:
        listed = _listed(nameless)
        yield Text(
            f"Số ở dòng không có nội dung, đang được cộng như một khoản; xem có phải dòng cộng không: {listed}.",
            f"Amounts of rows that do not say what they are for, added like any other; are they totals? {listed}.",
        )
    sheets = {grid.name: grid for grid in found.checked.book.sheets}
    hidden = [leaf.place for leaf in found.leaves if sheets[leaf.place.sheet].cells[leaf.place[1:]].hidden]
    if hidden:
        listed = _listed(hidden)
        yield Text(
            f"Số ở dòng, cột bị ẩn vẫn được cộng: {listed}.",
            f"Amounts in hidden rows and columns are added too: {listed}.",
        )
    for by in (By.SOURCE, By.YEAR, By.AGENCY):
        if apart := "; ".join(found.named(each.table) for each in found.counted if by in each.apart):
            axis = {lang: NAMES[by][lang].lower() for lang in ("vi", "en")}
            yield Text(
                f"Số chia theo {axis['vi']} nằm ở cột hoặc dòng riêng, không ghép được với cách chia ở đây: {apart}.",
                f"Amounts by {axis['en']} stand in columns or rows of their own, apart from those here: {apart}.",
            )
    if shared := _shared(found):
        listed = _listed(list(shared), shared)
        yield Text(
            f"Ô nguồn vốn ghi số tiền hoặc tỷ lệ của từng nguồn, chưa tách ra: {listed}.",
            f"Cells that state what each of several sources gives, which is not taken apart: {listed}.",
        )
    if income := _income(found):
        listed = _listed(income)
        yield Text(
            f"Có cả khoản thu và khoản chi, đều được cộng vào một tổng; các dòng thu: {listed}.",
            f"What is taken in and what is spent are both added up, in one sum; rows of what is taken in: {listed}.",
        )
    if found.worded:
        listed = _listed(list(found.worded), found.worded)
        yield Text(
            f"Ô ghi chữ hoặc ngày ở chỗ của số tiền, chưa cộng số nào ở đó: {listed}.",
            f"Cells that hold words or a date where an amount would stand, of which nothing is added: {listed}.",
        )


def _shared(found: Counted) -> dict[Place, str]:
    """The amounts whose source is several of them with the part of each: numbers that make the amount, or 100 %."""
    figures: dict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    first: dict[tuple[str, int, str], Place] = {}
    for leaf in found.leaves:
        if leaf.source and any(map(str.isdigit, leaf.source)):
            row = leaf.place.sheet, leaf.place.row, leaf.source
            figures[row] += leaf.figure
            first.setdefault(row, leaf.place)
    return {place: row[-1] for row, place in first.items() if _are_parts(row[-1], figures[row])}


def _are_parts(text: str, whole: Decimal) -> bool:
    """Whether the numbers in a text make a whole, in its unit or another one, or the whole of percentages."""
    figures = map(figure_of_text, _NUMBER.findall(text))
    numbers = [figure.value for figure in figures if figure is not None and figure.value is not None]
    made = sum(numbers, Decimal(0))
    return len(numbers) > 1 and (made == _PERCENT or any(made.scaleb(power) == whole for power in _POWERS))


def _income(found: Counted) -> Sequence[Place]:
    """The outermost rows of what is taken in, in tables that count, where others are of what is spent."""
    rows = [
        (each.table, row, bare(row.label))
        for each in found.counted
        for row in each.table.rows
        if row.parent is None and row.kind in (RowKind.ITEM, RowKind.TOTAL) and not row.memo
    ]
    if not any(_SPENDING.match(label) for _, _, label in rows):
        return ()
    return [Place(table.grid.name, row.index, table.area.left) for table, row, label in rows if _INCOME.match(label)]


def _listed(places: Sequence[Place], shown: Mapping[Place, str] | None = None) -> str:
    cells = [
        f"{place.sheet} {place.address}" + (f" (“{shown[place]}”)" if shown else "") for place in places[:_MOST_NAMED]
    ]
    return ", ".join([*cells, *(["…"] if len(places) > _MOST_NAMED else [])])


def not_counted(found: Counted, done: Text) -> Iterator[Text]:
    """What holds money and is not dealt with, and why; `done`: what is done with the amounts that count."""
    if within := _within(found):
        yield Text(
            f"Không {done.vi} thêm, vì số đã nằm trong các bảng được {done.vi}: {within}.",
            f"Not {done.en}, as the tables that are {done.en} hold the same money: {within}.",
        )
    yield from left_out(found, done)


def left_out(found: Counted, done: Text) -> Iterator[Text]:
    """The columns and sheets that are not dealt with."""
    for each in found.counted:
        foreign = [column for column in each.table.columns if is_foreign(column.heading)]
        if columns := sorted({*each.left_out, *foreign}, key=lambda column: column.index):
            name = found.named(each.table)
            listed = ", ".join(f"{column_letters(column.index)} ({column.heading})" for column in columns)
            yield Text(
                f"Không {done.vi} cột không thuộc tổng của bảng: {name}, cột {listed}.",
                f"Columns that are no part of the total of their table are not {done.en}: {name}, {listed}.",
            )
    if found.hidden:
        listed = ", ".join(found.hidden)
        yield Text(f"Không {done.vi} trang ẩn: {listed}.", f"Hidden sheets are not {done.en}: {listed}.")


def without_figure(found: Counted) -> Iterator[Text]:
    """The cells where an amount would stand, but for an error."""
    if found.erring:
        cells = [f"{place.sheet} {place.address} ({shown})" for place, shown in found.erring.items()]
        listed = ", ".join([*cells[:_MOST_NAMED], *("…" for _ in cells[_MOST_NAMED : _MOST_NAMED + 1])])
        yield Text(
            f"Ô báo lỗi hoặc công thức không có kết quả, coi như không có số: {listed}.",
            f"Cells that show an error or a formula without a result, taken for no amount: {listed}.",
        )


def _within(found: Counted) -> str:
    """The tables within others, but for those whose amounts detail these; those of a sheet of no other by its name."""
    used = {each.table.grid.name for each in found.counted}
    detailing = {id(found.table(leaf.place)) for leaf in found.leaves}
    tables = [each.table for each in found.fundings if each.within is not None and id(each.table) not in detailing]
    names = (table.grid.name if table.grid.name not in used else found.named(table) for table in tables)
    return "; ".join(dict.fromkeys(names))
