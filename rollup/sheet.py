"""The sheet that rolls a workbook up: every figure a formula over its cells, and a check against its stated totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook

from budget.rollup import By
from faults import Lang, Text
from rollup.axes import NAMES, SHARE, TOTAL, labelled
from rollup.formulas import counts, sums
from rollup.rolled import Rolled
from rollup.wording import AGREES, DIFFERS, remarks, verdict_formula
from validators.funding import TableFunding
from validators.grid import Place
from validators.own_sheet import ROLLED_UP
from validators.reports.findings_sheet import cell_text
from workbook.addresses import address
from workbook.page import Block, Page, figure_format
from workbook.text import literal, quote_sheet

SEAL = "phuluc"  # what the cell begins with that tells whether anybody wrote on the sheet
MOST_LISTED = 200  # cells that no sum takes, named one by one
_LABEL_WIDTH, _FIGURE_WIDTH = 44.0, 18.0
_LETTER = 1.35  # width units of a digit in Times New Roman 13, bold
_CHECKS = 6  # columns of the check


@dataclass(frozen=True)
class Kind:
    """One of the sheets: its name, its title in A1, and the axes of its rows and columns."""

    name: Text
    title: Text
    rows: By
    columns: By


BY_SOURCE = Kind(
    Text("Tổng hợp nguồn vốn", "By source"),
    Text("TỔNG HỢP KINH PHÍ THEO NGUỒN VỐN", "FUNDING BY SOURCE"),
    By.SOURCE,
    By.YEAR,
)
BY_YEAR = Kind(
    Text("Tổng hợp theo năm", "By year"),
    Text("TỔNG HỢP KINH PHÍ THEO NĂM", "FUNDING BY YEAR"),
    By.YEAR,
    By.SOURCE,
)
BY_AGENCY = Kind(
    Text("Tổng hợp theo đơn vị", "By agency"),
    Text("TỔNG HỢP KINH PHÍ THEO ĐƠN VỊ", "FUNDING BY AGENCY"),
    By.AGENCY,
    By.SOURCE,
)
_LANGS: tuple[Lang, ...] = ("vi", "en")


def is_named_after(kind: Kind, name: str) -> bool:
    """Whether a sheet has the name that those of that kind get."""
    return any(name.startswith(kind.name[lang]) for lang in _LANGS)


def is_headed_by(kind: Kind, title: object, subtitle: object) -> bool:
    """Whether a sheet is of that kind, by what stands in A1 and A2."""
    return any((title, subtitle) == (kind.title[lang], ROLLED_UP[lang]) for lang in _LANGS)


def rollup_workbook(found: Rolled, kind: Kind, lang: Lang, name: str) -> tuple[Workbook, list[Block]]:
    """A workbook of one sheet, called `name`, and the formulas that belong on it."""
    book = Workbook()
    writer = _Writer(book, found, kind, lang, name)
    writer.write()
    return book, writer.page.blocks()


class _Writer:
    """The sheet being written, from the top."""

    def __init__(self, book: Workbook, found: Rolled, kind: Kind, lang: Lang, name: str) -> None:
        sheet = book.worksheets[0]
        sheet.title = name
        self._found, self._kind, self._lang = found, kind, lang
        self._keys = found.pivot.columns if found.has(kind.columns) else ()
        widest = f"{found.in_unit(found.pivot.total):,.{found.decimals}f}"
        width = max(_FIGURE_WIDTH, _LETTER * len(widest) + 2)
        self._total = len(self._keys) + 2  # the column of totals
        columns = max(self._total + 1, _CHECKS)
        self.page = Page(sheet, [_LABEL_WIDTH, *[width] * (columns - 1)], figure_format(found.decimals))
        self._helpers = columns + 2  # the first column beside the printed ones, after a gap

    def write(self) -> None:
        """Title, sums, checks, cells that no sum takes, remarks."""
        page, lang = self.page, self._lang
        page.across(1, self._kind.title[lang], "title")
        page.put(1, self._helpers, SEAL, "helper")
        page.across(2, ROLLED_UP[lang], "subtitle")
        unit = Text(f"Đơn vị tính: {self._found.unit.label}", f"Unit: {self._found.unit.label}")
        page.across(4, unit[lang], "unit", self._total + 1)
        total = self._write_sums(5)
        last = self._write_checks(total + 3, address(total, self._total))
        if self._found.unsummable:
            last = self._write_unsummable(last + 2)
        for row, remark in enumerate(remarks(self._found, self._kind.rows, self._kind.columns), last + 2):
            page.across(row, cell_text(remark[lang]), "note")
            last = row
        page.finish(5, last)

    def _write_sums(self, header: int) -> int:
        """The sums by both axes; the row of the totals."""
        page, found, kind, lang = self.page, self._found, self._kind, self._lang
        rows, total_row = found.pivot.rows, header + len(found.pivot.rows) + 1
        heads = [
            NAMES[kind.rows][lang],
            *(labelled(kind.columns, key, lang) for key in self._keys),
            TOTAL[lang],
            SHARE[lang],
        ]
        for column, head in enumerate(heads, 1):
            page.put(header, column, cell_text(head), "head")
        for row, key in enumerate(rows, header + 1):
            page.put(row, 1, cell_text(labelled(kind.rows, key, lang)), "text")
            helpers = self._helpers
            for column, other in enumerate(self._keys, 2):
                leaves = found.cells.get((key, other), ())
                helpers = page.total(row, column, sums(found.addends(leaves)), "figure", helpers)
            if self._keys:
                line = f"SUM({address(row, 2)}:{address(row, self._total - 1)})"
                page.formula(row, self._total, line, "figure-sum")
            else:
                leaves = found.cells[key, found.pivot.columns[0]]
                page.total(row, self._total, sums(found.addends(leaves)), "figure-sum", helpers)
            self._share(row, self._total + 1, address(row, self._total), address(total_row, self._total), "share")
        page.put(total_row, 1, TOTAL[lang], "sum")
        for column in range(2, self._total + 1):
            lines = f"SUM({address(header + 1, column)}:{address(total_row - 1, column)})"
            page.formula(total_row, column, lines, "figure-sum")
        return self._write_shares(total_row)

    def _write_shares(self, total_row: int) -> int:
        """What each column is of the whole, below its total."""
        whole = address(total_row, self._total)
        self._share(total_row, self._total + 1, whole, whole, "share-sum")
        if self._keys:
            self.page.put(total_row + 1, 1, SHARE[self._lang], "text")
            for column in range(2, self._total + 1):
                self._share(total_row + 1, column, address(total_row, column), whole, "share")
            self.page.put(total_row + 1, self._total + 1, None, "share")
        return total_row

    def _share(self, row: int, column: int, part: str, whole: str, look: str) -> None:
        self.page.formula(row, column, f"IF({whole}=0,0,{part}/{whole})", look)

    def _write_checks(self, caption: int, whole: str) -> int:
        """Each table against the total that it states, then all of them against the table above; the last row."""
        page, found, lang = self.page, self._found, self._lang
        page.across(caption, Text("Đối chiếu với phụ lục", "Check against the appendix")[lang], "caption")
        for column, head in enumerate(_CHECK_HEADS, 1):
            page.put(caption + 1, column, head[lang], "head")
        first = caption + 2
        for row, each in enumerate(found.counted, first):
            self._write_check(row, each)
        row = first + len(found.counted)
        page.put(row, 1, Text("Bảng tổng hợp ở trên", "The table above")[lang], "sum")
        page.formula(row, 2, whole, "figure-sum")
        page.formula(row, 3, f"SUM({address(first, 2)}:{address(row - 1, 2)})", "figure-sum")
        page.put(row, 5, None, "text")
        self._judge(row, Decimal(0))
        return row

    def _write_check(self, row: int, each: TableFunding) -> None:
        page, found, lang = self.page, self._found, self._lang
        addends = list(found.addends(each.leaves))
        stated = found.stated(each)
        where = ", ".join(addend.place.address for addend in stated)
        name = found.named(each.table)
        label = Text(f"{name}: tổng ghi ở {where}", f"{name}: total stated in {where}") if stated else Text(name, name)
        page.put(row, 1, cell_text(label[lang]), "text")
        counted = page.total(row, 2, sums(addends), "figure", self._helpers)
        places = {addend.place for addend in (*addends, *stated)} | set(each.unread)
        helpers = page.total(row, counted, counts(places), "helper", counted + 1)
        page.formula(row, 5, f"MAX(0,{len(places)}-{address(row, counted)})", "count")  # rows put in later add to it
        if stated:
            page.total(row, 3, sums(stated), "figure", helpers)
            tolerance = found.in_unit(abs(each.difference or Decimal(0))) if each.proven else Decimal(0)
            self._judge(row, tolerance)
        else:
            page.put(row, 3, Text("không ghi", "not stated")[lang], "center")
            page.put(row, 4, None, "figure")
            self._judge(row, None)

    def _judge(self, row: int, tolerance: Decimal | None) -> None:
        """The difference and the verdict; `tolerance` None: there is nothing to compare with."""
        if tolerance is not None:
            digits = max(self._found.decimals, self._found.unit.exponent)
            self.page.formula(row, 4, f"ROUND({address(row, 2)}-{address(row, 3)},{digits})", "figure")
        self.page.formula(row, 6, verdict_formula(row, tolerance, self._lang), "center")
        self.page.judged(row, 6, AGREES[self._lang], DIFFERS[self._lang])

    def _write_unsummable(self, caption: int) -> int:
        """The cells that hold texts, each with what it is by now; the last row."""
        page, lang = self.page, self._lang
        found = list(self._found.unsummable.items())
        page.across(caption, _UNSUMMABLE[lang], "caption")
        for column, head in enumerate(_UNSUMMABLE_HEADS, 1):
            page.put(caption + 1, column, head[lang], "head")
        row = caption + 1
        for row, (place, printed) in enumerate(found[:MOST_LISTED], caption + 2):
            self._write_unsummable_cell(row, place, printed)
        if len(found) > MOST_LISTED:
            row += 1
            rest = len(found) - MOST_LISTED
            page.across(row, Text(f"Còn {rest} ô nữa như vậy.", f"{rest} more such cells.")[lang], "note")
        return row

    def _write_unsummable_cell(self, row: int, place: Place, printed: str) -> None:
        page, lang = self.page, self._lang
        reference = f"{quote_sheet(place.sheet)}!{place.address}"
        page.put(row, 1, cell_text(place.sheet), "text")
        page.formula(row, 2, f"HYPERLINK({literal('#' + reference)},{literal(place.address)})", "link")
        page.put(row, 3, cell_text(printed), "center")
        now, still = (literal(each[lang]) for each in _STATES)
        page.formula(row, 4, f"IF(ISNUMBER({reference}),{now},{still})", "center")


_CHECK_HEADS = (
    Text("Bảng", "Table"),
    Text("Cộng các ô", "Sum of the cells"),
    Text("Tổng đối chiếu", "Compared with"),
    Text("Chênh lệch", "Difference"),
    Text("Ô thiếu số", "Cells without a number"),
    Text("Kết luận", "Verdict"),
)
_UNSUMMABLE = Text("Ô không cộng được vì là chữ, không phải số", "Cells that cannot be added up: texts, no numbers")
_UNSUMMABLE_HEADS = (
    Text("Trang", "Sheet"),
    Text("Ô", "Cell"),
    Text("Đang ghi", "It says"),
    Text("Hiện nay", "By now"),
)
_STATES = (Text("Đã là số", "A number"), Text("Không cộng được", "Not added up"))
