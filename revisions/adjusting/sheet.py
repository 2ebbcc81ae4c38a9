"""The sheet of an adjustment: approved, increase or decrease, afterwards; every figure a live formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from budget.axes import NAMES, TOTAL
from budget.rollup import By, fold
from budget.words import WordStyle
from faults import Lang, Text
from generators.spelling import COLUMNS, spelled
from revisions.adjusting import wording
from revisions.adjusting.adjustment import Adjustment
from revisions.adjusting.cells import reference, stated
from revisions.adjusting.choosing import label, labels
from revisions.adjusting.outline import Heading
from revisions.adjusting.rule import Rule
from validators.funding import Leaf
from validators.own_sheet import ADJUSTED
from validators.reports.sealing import SEAL
from validators.reports.wording import AGREES, DIFFERS
from workbook.addresses import address, column_letters
from workbook.looks import figure_format
from workbook.page import Page
from workbook.text import cell_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = Text("Điều chỉnh kinh phí", "Adjustment")
_NUMBER, _CONTENT = 1, 2  # columns
_NUMBER_WIDTH, _CONTENT_WIDTH = 7.0, 46.0
_AXES = ((By.SOURCE, 28.0), (By.YEAR, 9.0))  # with the widths of their columns, where they tell amounts apart
_FIGURE_WIDTH, _SHARE_WIDTH, _NOTE_WIDTH = 17.0, 11.0, 15.0
_LETTER = 1.35  # width units of a digit in Times New Roman 13, bold
_TOP = 4  # the row of the first parameter
_INPUT = PatternFill("solid", fgColor="FFF2CC")


def adjusted_workbook(made: Adjustment, lang: Lang, name: str) -> Workbook:
    """A workbook of the sheet `name`, to be sealed."""
    book = Workbook()
    book.worksheets[0].title = name
    writer = _Writer(book.worksheets[0], made, lang)
    writer.write()
    writer.page.write_formulas()
    return book


class _Writer:
    """The sheet being written, from the top."""

    def __init__(self, sheet: Worksheet, made: Adjustment, lang: Lang) -> None:
        self._made, self._lang = made, lang
        self._axes = [(by, width) for by, width in _AXES if len(labels(made.leaves, by, lang)) > 1]
        self._before = _CONTENT + len(self._axes) + 1
        self._change, self._after, self._share, self._note = range(self._before + 1, self._before + 5)
        self._keys = {
            by: {key: number for number, key in enumerate(labels(made.leaves, by, lang), 1)} for by, _ in _AXES
        }
        figures = figure_format(made.decimals)
        widest = f"{max(sum(made.before), sum(made.after)):+,.{made.decimals}f}"
        width = max(_FIGURE_WIDTH, _LETTER * len(widest) + 2)
        widths = [_NUMBER_WIDTH, _CONTENT_WIDTH, *(each for _, each in self._axes), *[width] * 3]
        self.page = Page(sheet, [*widths, _SHARE_WIDTH, _NOTE_WIDTH], figures)
        self._signed = f"+{figures};-{figures};0"
        self._header = _TOP + len(wording.PARAMETERS) + 4
        first = self._header + 1
        self._rule = Rule(self._note + 2, _TOP, first, first + _rows_below(made.whole) - 1, made.digits)
        self._total = self._rule.last + 1
        self._order = 0  # amounts adjusted so far

    def write(self) -> None:
        """Parameters, the sentence, the amounts, the tables by source and year, remarks."""
        page, made, lang = self.page, self._made, self._lang
        page.across(1, wording.TITLE[lang], "title")
        page.put(1, page.columns + 2, SEAL, "helper")
        page.across(2, ADJUSTED[lang], "subtitle")
        self._write_parameters()
        self._write_sentence(self._header - 3)
        unit = made.found.unit.label
        page.across(self._header - 1, Text(f"Đơn vị tính: {unit}", f"Unit: {unit}")[lang], "unit")
        self._write_heads(self._header)
        self._rule.write_heads(page, self._header, lang)
        self._write_below(self._header + 1, made.whole)
        self._write_sums(self._total, self._rule.range("source"), '">0"', "figure-sum", "share-sum")
        page.across(self._total, TOTAL[lang], "sum", self._before - 1)
        row = self._total
        for by, _ in self._axes:
            row = self._write_axis(row + 1, by)
        remarks = list(wording.remarks(made))
        for place, remark in enumerate(remarks, row + 2):
            page.across(place, cell_text(remark[lang]), "note")
        page.finish(self._header, row + 1 + len(remarks))
        self._rule.make_room(page)
        if (outline := page.sheet.sheet_properties.outlinePr) is not None:
            outline.summaryBelow = False

    def _write_heads(self, row: int) -> None:
        heads = [wording.NUMBER, wording.CONTENT, *(NAMES[by] for by, _ in self._axes), *wording.FIGURES]
        for column, head in enumerate([*heads, wording.SHARE, wording.NOTE], 1):
            self.page.put(row, column, head[self._lang], "head")

    def _write_parameters(self) -> None:
        """What a person may change, coloured; what follows from it; the checks."""
        made, rule, lang = self._made, self._rule, self._lang
        value = {name: address(_TOP + place, self._before) for place, name in enumerate(wording.PARAMETERS)}
        scales = made.demand.factor is not None
        rule.write_once(
            self.page,
            lang,
            step=value["step"],
            factor=value["demand"] if scales else "",
            total="" if scales else value["demand"],
        )
        for row, name in enumerate(wording.PARAMETERS, _TOP):
            self.page.across(row, cell_text(wording.parameter(name, made)[lang]), "text", self._before - 1)
        self._input("demand", made.demand.factor if scales else made.demand.total)
        if scales:
            self._cell("demand").number_format = "0.0###%"
        self._input("step", made.step)
        for name in ("base", "held", "target"):
            self._figure(name, f"{rule.cell(name)}/{rule.parts}")
        self._figure("missing", rule.cell("missing"), "count")
        approved = address(self._total, self._before)
        sums = f"{address(self._total, self._after)}-{value['held']}-{value['target']}"
        self._figure("agrees", wording.verdict(sums, rule, made, lang), "center")
        self._figure(
            "stated",
            wording.stated_verdict(approved, stated(made.found), made, lang),
            "center",
        )
        for name in ("agrees", "stated"):
            self.page.judged(self._row(name), self._before, AGREES[lang], DIFFERS[lang])

    def _row(self, name: str) -> int:
        return _TOP + list(wording.PARAMETERS).index(name)

    def _cell(self, name: str) -> Any:
        return self.page.sheet.cell(self._row(name), self._before)

    def _input(self, name: str, value: object) -> None:
        cell = self.page.put(self._row(name), self._before, value, "figure")  # type: ignore[arg-type]
        cell.fill = _INPUT

    def _figure(self, name: str, formula: str, look: str = "figure") -> None:
        self.page.formula(self._row(name), self._before, formula, look)

    def _write_sentence(self, row: int) -> None:
        """The totals as a sentence; in Vietnamese in words too."""
        before, change, after = (address(self._total, each) for each in (self._before, self._change, self._after))
        words = self._read_aloud(row, after) if self._lang == "vi" else ""
        self.page.across(row, wording.sentence(self._made, self._lang), "note")
        formula = wording.sentence_formula(self._made, self._lang, before, change, after, words)
        self.page.formula(row, 1, formula, "note")

    def _read_aloud(self, row: int, cell: str) -> str:
        """A reference to an amount in words, which are put together beside the printed columns of a row."""
        first = self.page.columns + 2
        for column, formula in enumerate(spelled(row, first, cell, self._made.found.unit, WordStyle()), first):
            self.page.formula(row, column, formula, "helper")
        return address(row, first + COLUMNS - 1)

    def _write_heading(self, row: int, heading: Heading) -> int:
        """A heading with all below it; the row that is free next."""
        if heading.is_single:
            return self._write_leaf(row, heading.leaves[0], heading.number, heading.label, heading.first)
        bold = bool(heading.children)
        self._texts(row, heading.number, heading.label, None, "sum" if bold else "text")
        following = self._write_below(row + 1, heading)
        looks = ("figure-sum", "share-sum") if bold else ("figure", "share")
        self._write_sums(row, self._rule.range("source", row + 1, following - 1), '">0"', *looks)
        return following

    def _write_below(self, row: int, heading: Heading) -> int:
        """The amounts of a heading and the headings below it; the row that is free next."""
        for order, leaf in enumerate(heading.leaves, heading.first):
            self.page.sheet.row_dimensions[row].outlineLevel = 1
            row = self._write_leaf(row, leaf, "", self._told_apart(leaf, heading), order)
        for child in heading.children:
            row = self._write_heading(row, child)
        return row

    def _told_apart(self, leaf: Leaf, heading: Heading) -> str:
        """What a line below its item is called where source and year do not tell."""
        if leaf.rest:
            return wording.REST[self._lang]
        alike = sum((each.source, each.year) == (leaf.source, leaf.year) for each in heading.leaves)
        if alike == 1 and (leaf.source or leaf.year):
            return ""
        column = self._made.found.table(leaf.place).column_at[leaf.place.column]
        name = column.path[-1] if column.path else leaf.place.sheet
        alone = sum(each.place.column == leaf.place.column for each in heading.leaves) == 1
        return name if alone else f"{name} ({leaf.place.address})"

    def _write_leaf(self, row: int, leaf: Leaf, number: str, content: str, order: int) -> int:
        """An amount; the row that is free next."""
        page, made, rule = self.page, self._made, self._rule
        self._texts(row, number, content, leaf, "text")
        before = address(row, self._before)
        page.formula(row, self._before, reference(made.found, leaf), "figure")
        keys = (self._keys[by][fold(label(leaf, by, self._lang))] for by, _ in _AXES)
        rule.write_amount(page, row, before, labels=(next(keys), next(keys)))
        if made.chosen[order]:
            self._order += 1
            rule.write_share(page, row, self._order)
            page.formula(row, self._after, rule.after(row), "figure")
            page.formula(row, self._note, wording.raised_note(rule.at(row, "raised"), self._lang), "center")
        else:
            page.formula(row, self._after, before, "figure")
            page.put(row, self._note, wording.kept_note(leaf)[self._lang], "center")
        self._write_change(row, "figure", "share")
        return row + 1

    def _texts(self, row: int, number: str, content: str, leaf: Leaf | None, look: str) -> None:
        self.page.put(row, _NUMBER, cell_text(number), "center")
        self.page.put(row, _CONTENT, cell_text(content), look)
        for column, (by, _) in enumerate(self._axes, _CONTENT + 1):
            said = label(leaf, by, self._lang) if leaf else ""
            self.page.put(row, column, cell_text(said), "center" if by is By.YEAR else look)
        self.page.put(row, self._note, None, "center")

    def _write_sums(self, row: int, numbers: str, criterion: str, figure: str, share: str) -> None:
        """What amounts add up to: those whose number of a source or a year, in the range `numbers`, fits."""
        first, last = (part.rpartition("$")[2] for part in numbers.split(":"))
        for column in (self._before, self._after):
            letters = column_letters(column)
            summed = f"SUMIF({numbers},{criterion},{letters}{first}:{letters}{last})"
            self.page.formula(row, column, f"ROUND({summed},{self._made.digits})", figure)  # without binary noise
        self.page.put(row, self._note, None, "center")
        self._write_change(row, figure, share)

    def _write_change(self, row: int, figure: str, share: str) -> None:
        before, change, after = (address(row, each) for each in (self._before, self._change, self._after))
        self.page.formula(row, self._change, f"ROUND({after}-{before},{self._made.digits})", figure)
        self.page.sheet.cell(row, self._change).number_format = self._signed
        self.page.formula(row, self._share, f"IF({before}=0,0,{change}/{before})", share)

    def _write_axis(self, row: int, by: By) -> int:
        """The sums by source or by year, as further rows of the table; their last row."""
        page, rule, columns = self.page, self._rule, self._before - 1
        page.across(row, wording.BY[by][self._lang], "sum", columns)
        for column in range(self._before, self._note + 1):
            page.put(row, column, None, "text")
        for number, name in enumerate(labels(self._made.leaves, by, self._lang).values(), 1):
            page.across(row + number, cell_text(name), "text", columns)
            self._write_sums(row + number, rule.range(by.value), str(number), "figure", "share")
        return row + len(self._keys[by])


def _rows(heading: Heading) -> int:
    """How many rows a heading takes with all below it."""
    return 1 if heading.is_single else 1 + _rows_below(heading)


def _rows_below(heading: Heading) -> int:
    return len(heading.leaves) + sum(map(_rows, heading.children))
