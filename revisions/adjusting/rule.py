"""The largest remainder as plain formulas, exact to the last đồng of amounts of up to fifteen digits.

All of it is done in whole numbers of a smallest part (a đồng). Amount x target has up to thirty digits and a cell holds
fifteen: so the quotient is estimated, which is right but for one, and corrected by what it leaves, which is reckoned in
halves of seven digits. Every step of that is a whole number that a cell holds. The estimate is rounded: most quotients
are whole numbers, and engines differ on INT right below one.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.styles import Alignment

from faults import Lang, Text
from revisions.adjusting.allocation import REMAINDER_DIGITS
from revisions.adjusting.demand import FACTOR_DECIMALS
from workbook.addresses import address, column_letters
from workbook.page import Page

_HALF = 10**7
_ORDER = 10**5  # more amounts than are adjusted; behind the digits of the remainder fifteen in all
_NEVER = 10**16  # above every rank
_MILLIONTHS = 10**FACTOR_DECIMALS

_COLUMNS = {
    "source": Text("Nguồn số", "Source no."),
    "year": Text("Năm số", "Year no."),
    "all": Text("Số tiền, phần nhỏ nhất", "Amount, smallest parts"),
    "amount": Text("Được điều chỉnh", "Adjusted"),
    "amount-high": Text("Nửa đầu", "First half"),
    "estimate": Text("Thương ước tính", "Quotient, estimated"),
    "estimate-high": Text("Nửa đầu", "First half"),
    "left": Text("Còn dư", "What it leaves"),
    "quota": Text("Thương đúng", "Quotient"),
    "floor": Text("Số bước chẵn", "Whole steps"),
    "rank": Text("Thứ hạng phần lẻ", "Rank of remainder"),
    "raised": Text("Thêm một bước", "One step more"),
}
_CELLS = {
    "step": Text("Bước", "Step"),
    "base": Text("Được điều chỉnh", "Adjusted"),
    "held": Text("Giữ nguyên", "Kept"),
    "factor": Text("Hệ số, phần triệu", "Factor, millionths"),
    "whole": Text("Tích, phần nguyên", "Product, whole part"),
    "fraction": Text("Tích, phần lẻ", "Product, fraction"),
    "target": Text("Chỉ tiêu", "Target"),
    "target-high": Text("Nửa đầu", "First half"),
    "target-low": Text("Nửa sau", "Second half"),
    "divisor": Text("Số chia", "Divisor"),
    "divisor-high": Text("Nửa đầu", "First half"),
    "divisor-low": Text("Nửa sau", "Second half"),
    "missing": Text("Số bước còn lại", "Steps left"),
    "threshold": Text("Ngưỡng thứ hạng", "Threshold"),
}
_WIDTH = 20.0  # of their columns: the ranks have fifteen digits


@dataclass(frozen=True)
class Rule:
    """Where the formulas stand. `left`: their first column; `top`: the row of the headings of those that stand once.

    `first` and `last`: the rows of the amounts; `digits`: the decimals of the smallest part, in the unit of the sheet.
    """

    left: int
    top: int
    first: int
    last: int
    digits: int

    @property
    def parts(self) -> int:
        """How many smallest parts the unit has."""
        return int(10**self.digits)

    def cell(self, name: str) -> str:
        """A reference to a value that stands once."""
        return f"${column_letters(self.left + list(_CELLS).index(name))}${self.top + 1}"

    def at(self, row: int, name: str) -> str:
        """A reference to a value of an amount."""
        return address(row, self._column(name))

    def range(self, name: str, first: int = 0, last: int = 0) -> str:
        """The values of the amounts of some rows; of none named all."""
        letters = column_letters(self._column(name))
        return f"${letters}${first or self.first}:${letters}${last or self.last}"

    def _column(self, name: str) -> int:
        return self.left + list(_COLUMNS).index(name)

    def after(self, row: int) -> str:
        """What an amount becomes (a formula without `=`): a whole number divided once, so that no noise is left."""
        return f"({self.at(row, 'floor')}+{self.at(row, 'raised')})*{self.cell('step')}/{self.parts}"

    def write_once(self, page: Page, lang: Lang, *, step: str, factor: str = "", total: str = "") -> None:
        """The values that stand once. `step`, and either `factor` or `total`: the cells that a person fills."""
        at, scales = self.cell, bool(factor)
        low = f"({at('base')}-INT({at('base')}/{_MILLIONTHS})*{_MILLIONTHS})*{at('factor')}/{_MILLIONTHS}"
        high = f"INT({at('base')}/{_MILLIONTHS})*{at('factor')}"
        rest = f"({at('whole')}-INT({at('whole')}/{at('step')})*{at('step')}+{at('fraction')})"
        scaled = f"(INT({at('whole')}/{at('step')})+IF(2*{rest}>={at('step')},1,0))*{at('step')}"
        formulas = {
            "step": f"ROUND({step}*{self.parts},0)",
            "base": f"SUM({self.range('amount')})",
            "held": f"SUM({self.range('all')})-{at('base')}",
            "factor": f"ROUND({factor}*{_MILLIONTHS},0)" if scales else "",
            "whole": f"{high}+INT({low})" if scales else "",
            "fraction": f"{low}-INT({low})" if scales else "",
            "target": scaled if scales else f"ROUND({total}*{self.parts},0)-{at('held')}",
            "target-high": f"INT({at('target')}/{_HALF})",
            "target-low": f"{at('target')}-{at('target-high')}*{_HALF}",
            "divisor": f"IF({at('base')}=0,1,{at('base')})",
            "divisor-high": f"INT({at('divisor')}/{_HALF})",
            "divisor-low": f"{at('divisor')}-{at('divisor-high')}*{_HALF}",
            "missing": f"ROUND({at('target')}/{at('step')},0)-SUM({self.range('floor')})",
            "threshold": f"IF({at('missing')}<1,{_NEVER},IF({at('missing')}>COUNT({self.range('rank')}),{_NEVER},"
            f"LARGE({self.range('rank')},{at('missing')})))",
        }
        for column, (name, formula) in enumerate(formulas.items(), self.left):
            if formula:
                self._head(page, self.top, column, _CELLS[name][lang])
                page.formula(self.top + 1, column, formula, "helper")

    def write_heads(self, page: Page, row: int, lang: Lang) -> None:
        """The headings of the values of each amount."""
        for column, head in enumerate(_COLUMNS.values(), self.left):
            self._head(page, row, column, head[lang])

    def make_room(self, page: Page) -> None:
        """Columns as wide as their figures, for those who unfold them."""
        for column in range(self.left, self.left + max(len(_COLUMNS), len(_CELLS))):
            page.sheet.column_dimensions[column_letters(column)].width = _WIDTH

    @staticmethod
    def _head(page: Page, row: int, column: int, text: str) -> None:
        """A text of a folded column: one that is aligned right would be seen in the printed ones."""
        page.put(row, column, text, "helper").alignment = Alignment(horizontal="left", vertical="center")

    def write_amount(self, page: Page, row: int, before: str, *, labels: tuple[int, int]) -> None:
        """What is kept of every amount. `before`: its cell; `labels`: the numbers of its source and year."""
        for name, number in zip(("source", "year"), labels, strict=True):
            page.put(row, self._column(name), number, "helper")
        self._put(page, row, "all", f"ROUND({before}*{self.parts},0)")

    def write_share(self, page: Page, row: int, order: int) -> None:
        """How one that is adjusted is rounded. `order`: which of them it is, counted from 1."""
        once = self.cell

        def at(name: str) -> str:
            return self.at(row, name)

        low, estimate_low = (f"({at(name)}-{at(name + '-high')}*{_HALF})" for name in ("amount", "estimate"))
        highs = f"{at('amount-high')}*{once('target-high')}-{at('estimate-high')}*{once('divisor-high')}"
        middle = (
            f"{at('amount-high')}*{once('target-low')}+{low}*{once('target-high')}"
            f"-{at('estimate-high')}*{once('divisor-low')}-{estimate_low}*{once('divisor-high')}"
        )
        lows = f"{low}*{once('target-low')}-{estimate_low}*{once('divisor-low')}"
        left = f"{at('left')}-({at('quota')}-{at('estimate')})*{once('divisor')}"
        remainder = f"({at('quota')}-{at('floor')}*{once('step')}+({left})/{once('divisor')})/{once('step')}"
        formulas = {
            "amount": at("all"),
            "amount-high": f"INT({at('amount')}/{_HALF})",
            "estimate": f"ROUND({at('amount')}*{once('target')}/{once('divisor')},0)",
            "estimate-high": f"INT({at('estimate')}/{_HALF})",
            "left": f"(({highs})*{_HALF}+{middle})*{_HALF}+{lows}",
            "quota": f"{at('estimate')}+IF({at('left')}<0,-1,IF({at('left')}>={once('divisor')},1,0))",
            "floor": f"INT({at('quota')}/{once('step')})",
            "rank": f"ROUND({remainder}*{10**REMAINDER_DIGITS},0)*{_ORDER}-{order}",
            "raised": f"IF({at('rank')}>={once('threshold')},1,0)",
        }
        for name, formula in formulas.items():
            self._put(page, row, name, formula)

    def _put(self, page: Page, row: int, name: str, formula: str) -> None:
        page.formula(row, self._column(name), formula, "helper")
