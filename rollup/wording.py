"""What the sheet of a roll-up says beside its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.rollup import By
from faults import Lang, Text
from rollup.axes import ABSENT
from rollup.rolled import Rolled
from validators.reports.counting import ADDED, in_doubt, not_counted, perhaps_twice, without_figure
from validators.reports.units import converted, units_unstated
from validators.reports.wording import AGREES, DIFFERS
from workbook.addresses import address
from workbook.text import literal

ROUNDED = Text("Khớp (làm tròn)", "Agrees (rounded)")
_NO_NUMBER = Text("Lệch: thiếu số", "Differs: no number")  # cells that are blank or hold texts
_LARGEST = 10**15  # đồng
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
    yield from (ABSENT[by] for by in axes if not found.has(by) and by not in found.apart)
    yield from converted(found)
    yield from units_unstated(found)
    yield from perhaps_twice(found)
    yield from in_doubt(found)
    yield from not_counted(found, ADDED)
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
