"""What the sheet of a roll-up says beside its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from budget.rollup import By
from faults import Lang, Text
from rollup.axes import ABSENT
from rollup.rolled import Rolled
from validators.funding import TableFunding
from validators.grid import Place
from validators.reports.units import converted, units_unstated
from workbook.addresses import address, column_letters
from workbook.text import literal

AGREES, DIFFERS = Text("Khớp", "Agrees"), Text("Lệch", "Differs")  # what every verdict begins with
ROUNDED = Text("Khớp (làm tròn)", "Agrees (rounded)")
_NO_NUMBER = Text("Lệch: thiếu số", "Differs: no number")  # cells that are blank or hold texts
_LARGEST = 10**15  # đồng
_MOST_NAMED = 20  # cells in one remark
NOTHING_STATED = Text("Không ghi tổng", "No total stated")


def verdict_formula(row: int, tolerance: Decimal | None, lang: Lang) -> str:
    """The verdict on a row of the check (without `=`): B the sum, D the difference, E how many cells hold no number.

    `tolerance`: how far rounding explains a difference; None: no total is stated.
    """
    difference, lacking = address(row, 4), address(row, 5)
    if tolerance is None:
        judged = literal(NOTHING_STATED[lang])
    else:
        differs = literal(DIFFERS[lang])
        judged = f"IF(ISNUMBER({difference}),{compared_formula(difference, tolerance, differs, lang)},{differs})"
    return f"IF(N({lacking})=0,{judged},{literal(_NO_NUMBER[lang])})"


def compared_formula(difference: str, tolerance: Decimal, differs: str, lang: Lang, agrees: Text = AGREES) -> str:
    """Whether a difference (a cell) is none, or one that rounding explains; `differs`: the formula for any other."""
    rounded = f"IF(ABS({difference})<={tolerance:f},{literal(ROUNDED[lang])},{differs})" if tolerance else differs
    return f"IF({difference}=0,{literal(agrees[lang])},{rounded})"


def remarks(found: Rolled, axes: Iterable[By], button: Text | None) -> Iterator[Text]:
    """What a reader must know of how the figures came about, a sentence each.

    `axes`: those asked for. `button`: the one that makes the sheet anew; None: the sheet was not made by one.
    """
    yield from (ABSENT[by] for by in axes if not found.has(by))
    yield from converted(found)
    yield from units_unstated(found)
    yield from perhaps_twice(found)
    yield from in_doubt(found)
    yield from not_counted(found)
    yield from without_figure(found)
    if max(abs(found.total), *(abs(leaf.amount) for leaf in found.leaves)) >= _LARGEST:
        yield Text(
            "Excel chỉ giữ 15 chữ số: số tiền từ một triệu tỷ đồng không đọc được thành chữ ở trang này, và các chữ số "
            "sau chữ số thứ 15 là số làm tròn.",
            "Excel keeps 15 digits: amounts from 10^15 đồng on are not read in words here, and what stands behind the "
            "15th digit is rounded.",
        )
    again = Text("lập lại trang này", "make this sheet anew")
    if button is not None:
        again = Text(f"bấm lại nút “{button.vi}” để lập lại", f"press “{button.en}” again")
    yield Text(
        "Dòng thêm vào và ô trống được điền sau khi lập trang này chưa được cộng ở đây: khi đó, và khi thấy “Lệch”, "
        f"{again.vi}.",
        "Rows put in and blank cells filled after this sheet was made are not added here: then, and where it says "
        f"“Differs”, {again.en}.",
    )


def perhaps_twice(found: Rolled) -> Iterator[Text]:
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
                "the same money, so both tables are added. If they are, take one out and press the button again.",
            )
        else:
            yield Text(
                f"Có thể cộng trùng: {name} giống bảng tổng hợp của {others} nhưng số không khớp hẳn, nên mọi bảng này "
                "đều được cộng. Nếu đúng là bảng tổng hợp thì sửa số cho khớp rồi lập lại.",
                f"Perhaps added twice: {name} looks like the summary of {others}, but its figures do not prove it, so "
                "all of these tables are added. If it is one, mend the figures and press the button again.",
            )


def in_doubt(found: Rolled) -> Iterator[Text]:
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
    if found.worded:
        listed = _listed(list(found.worded), found.worded)
        yield Text(
            f"Ô ghi chữ hoặc ngày ở chỗ của số tiền, chưa cộng số nào ở đó: {listed}.",
            f"Cells that hold words or a date where an amount would stand, of which nothing is added: {listed}.",
        )


def _listed(places: Sequence[Place], shown: Mapping[Place, str] | None = None) -> str:
    cells = [
        f"{place.sheet} {place.address}" + (f" (“{shown[place]}”)" if shown else "") for place in places[:_MOST_NAMED]
    ]
    return ", ".join([*cells, *(["…"] if len(places) > _MOST_NAMED else [])])


def not_counted(found: Rolled) -> Iterator[Text]:
    """What holds money and is not added up, and why."""
    within = _names(found, [each for each in found.fundings if each.within is not None])
    if within:
        yield Text(
            f"Không cộng thêm, vì số đã nằm trong các bảng được cộng: {within}.",
            f"Not added, as the tables that are added hold the same money: {within}.",
        )
    for each in found.counted:
        if each.left_out:
            name = found.named(each.table)
            listed = ", ".join(f"{column_letters(column.index)} ({column.heading})" for column in each.left_out)
            yield Text(
                f"{name}: không cộng cột {listed}, vì không thuộc tổng của bảng.",
                f"{name}: columns that are no part of its total are not added: {listed}.",
            )
    if found.hidden:
        listed = ", ".join(found.hidden)
        yield Text(f"Không cộng trang ẩn: {listed}.", f"Hidden sheets are not added: {listed}.")


def without_figure(found: Rolled) -> Iterator[Text]:
    """The cells where an amount would stand, but for an error."""
    if found.erring:
        cells = [f"{place.sheet} {place.address} ({shown})" for place, shown in found.erring.items()]
        listed = ", ".join([*cells[:_MOST_NAMED], *("…" for _ in cells[_MOST_NAMED : _MOST_NAMED + 1])])
        yield Text(
            f"Ô báo lỗi hoặc công thức không có kết quả, chưa cộng số nào ở đó: {listed}.",
            f"Cells that show an error or a formula without a result, of which nothing is added: {listed}.",
        )


def _names(found: Rolled, fundings: Iterable[TableFunding]) -> str:
    """The tables by their names; those of a sheet on which nothing is added up, by the sheet's."""
    used = {each.table.grid.name for each in found.counted}
    names = (each.table.grid.name if each.table.grid.name not in used else found.named(each.table) for each in fundings)
    return "; ".join(dict.fromkeys(names))
