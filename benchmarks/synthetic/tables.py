"""A table laid into a draft: titles, header with merged cells, numbered rows, totals, and the laws between all that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.document import ONE, ZERO, Draft, Law, Look, Money, Number, Printed, Share, Show, Way, Words
from benchmarks.synthetic.style import Style
from budget.words import WordStyle
from validators.grid import Place

PLAIN, HEAD, ITALIC = Look(border=True), Look(bold=True, align="center", border=True), Look(italic=True)


@dataclass(frozen=True)
class Recipe:
    """How a figure of a row is computed from others of the row: signed column indices."""

    kind: str
    parts: tuple[tuple[int, int], ...]
    way: Way = Way.SUM
    scale: Decimal = ONE
    decimals: int | None = None

    @property
    def shown(self) -> str:
        """What a row of column numbers says of it, from `Column` indices: `3+4`."""
        joint = {Way.SUM: "", Way.PRODUCT: "x", Way.QUOTIENT: "/"}[self.way]
        terms = [("-" if sign < 0 else "+" if self.way is Way.SUM and place else "") + "{" + str(index) + "}"
                 for place, (sign, index) in enumerate(self.parts)]  # fmt: skip
        return joint.join(terms)


@dataclass(frozen=True)
class Column:
    """A column of figures or, where `text` is set, of texts. `down`: rows with parts sum it up; `money`: of amounts.
    `checks`: further recipes that hold in each row.
    """

    path: tuple[str, ...]
    recipe: Recipe | None = None
    checks: tuple[Recipe, ...] = ()
    down: bool = True
    money: bool = True
    text: bool = False


@dataclass(eq=False)
class Line:
    """A row and what belongs to it. `figures` and `texts` by column index. `subtotal`: the label of the row below the
    parts that bears the figures instead. `memo`: lines that break the row down once more; `remark`: lines below it that
    say a part of it ("of which") and sum up to nothing. `kind`: of its laws. `number` None: as its level is numbered.
    """

    label: str
    parts: list[Line] = field(default_factory=list)
    figures: dict[int, Decimal] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    shows: dict[int, Show] = field(default_factory=dict)
    memo: list[Line] = field(default_factory=list)
    remark: list[Line] = field(default_factory=list)
    subtotal: str = ""
    kind: str = "group"
    number: str | None = None
    stated: tuple[Printed | Share, Decimal] | None = None  # the label, where it has a figure in it


def leaves(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines below which there is nothing."""
    for line in lines:
        if line.parts:
            yield from leaves(line.parts)
        else:
            yield line


@dataclass
class Table:
    """A table on a sheet of a draft; `row` is the next free one."""

    draft: Draft
    rng: Random
    sheet: str
    style: Style
    columns: Sequence[Column]
    row: int
    cells: dict[tuple[Line, int], Place] = field(default_factory=dict)
    labels: dict[Line, Place] = field(default_factory=dict)
    pending: list[tuple[Line, int]] = field(default_factory=list)  # figures that sum up rows which may not stand yet

    def __post_init__(self) -> None:
        if self.sheet not in self.draft.sheets:
            self.draft.sheets.append(self.sheet)
        self.content = self.style.left + self.style.numbered
        self.last = self.content + len(self.columns)
        self.memo_word = self.rng.choice(wording.MEMOS)
        self.merged_total = self.style.numbered and self.rng.random() < 0.4

    def place(self, column: int, row: int | None = None) -> Place:
        """The cell of a column of figures, in the next free row or another."""
        return Place(self.sheet, self.row if row is None else row, self.content + 1 + column)

    # What stands above the rows.

    def banner_lines(self, lines: Sequence[str], *, merged: bool) -> None:
        """Title lines across the table."""
        for count, line in enumerate(lines):
            self.draft.text(Place(self.sheet, self.row, self.style.left), line, Look(count < 2, count > 1, "center"))
            if merged:
                self.draft.areas.append((self.sheet, self.row, self.style.left, self.row, self.last))
            self.row += 1

    def unit_line(self) -> None:
        """The unit, above the table at the right."""
        text = self.rng.choice(wording.UNIT_LINES).format(self.style.unit_name)
        first = max(self.content, self.last - self.rng.choice((0, 1, 2)))
        self.draft.text(Place(self.sheet, self.row, first), text, Look(italic=True, align="right"))
        if first < self.last:
            self.draft.areas.append((self.sheet, self.row, first, self.row, self.last))
        self.row += 1

    def header(self) -> None:
        """The header rows, equal labels merged, and under them perhaps a row of column numbers."""
        content = self.rng.choice(("Nội dung", "Nội dung chi", "Hạng mục công việc", "Nhiệm vụ", "Tên hạng mục"))
        lead = [("STT" if self.rng.random() < 0.7 else "TT",)] if self.style.numbered else []
        paths = [*lead, (content,), *(column.path for column in self.columns)]
        levels = max(map(len, paths))
        for level in range(levels):
            self._header_level(paths, level, levels)
        self.row += levels
        if self.style.column_numbers:
            self._column_numbers(len(lead) + 1)

    def _header_level(self, paths: Sequence[tuple[str, ...]], level: int, levels: int) -> None:
        """The labels of one level: each as wide as its equals, and down to the last level where its path ends."""
        at = self.style.left
        for prefix, same in groupby(paths, key=lambda path: (path[: level + 1], len(path) > level)):
            group = list(same)
            if prefix[1]:
                ends = len(group[0]) == level + 1
                width = 1 if ends else len(group)
                for first in range(at, at + len(group), width):
                    bottom = self.row + (levels - 1 if ends else level)
                    self.draft.text(Place(self.sheet, self.row + level, first), group[0][level], HEAD)
                    if (bottom, first + width - 1) != (self.row + level, first):
                        area = (self.sheet, self.row + level, first, bottom, first + width - 1)
                        self.draft.areas.append(area)
            at += len(group)

    def _column_numbers(self, lead: int) -> None:
        """The row that numbers the columns, and says which are computed from which."""
        letters, bracket = self.rng.random() < 0.3, self.rng.random() < 0.5
        first = 1 if letters else lead + 1
        numbers = [str(index) for index in range(first, first + len(self.columns))]
        shown = list("AB"[:lead]) if letters else [str(index + 1) for index in range(lead)]
        names, shown = ([f"({name})" if bracket else name for name in row] for row in (numbers, shown))
        for column, name in zip(self.columns, names, strict=True):
            recipe = column.recipe
            known = recipe is not None and recipe.way is not Way.PRODUCT
            shown.append(f"{name}={recipe.shown.format(*names)}" if recipe and known else name)
        for place, name in enumerate(shown, self.style.left):
            self.draft.text(Place(self.sheet, self.row, place), name, Look(italic=True, align="center", border=True))
        self.row += 1

    # Rows.

    def total(self, line: Line) -> None:
        """A total row, with its memo lines below."""
        self._label(line, "", merged=self.merged_total)
        self._figures(line)
        self.row += 1
        self._memo(line)

    def tree(self, lines: Sequence[Line], styles: Sequence[str], above: str = "", depth: int = 0) -> None:
        """The rows of a tree, each level numbered in its style; what has no style of its own bears its own number."""
        for place, line in enumerate(lines):
            number = line.number if line.number is not None else wording.number(styles[0], place, above)
            self._label(line, number, depth=depth)
            self._texts(line)
            if not line.subtotal:
                self._figures(line)
            self.row += 1
            self._memo(line)
            self.tree(line.parts, styles[1:] or styles, number, depth + 1)
            if line.subtotal:
                self._label(line, "", text=line.subtotal.format(number))
                self._figures(line)
                self.row += 1

    def _memo(self, line: Line) -> None:
        if line.memo:
            self.draft.text(Place(self.sheet, self.row, self.content), self.memo_word, PLAIN._replace(italic=True))
            self.row += 1
            for each in line.memo:
                self._label(each, "")
                self._figures(each)
                self.row += 1
            for index in range(len(self.columns)):
                if all((each, index) in self.cells for each in line.memo):
                    parts = tuple((1, self.cells[each, index]) for each in line.memo)
                    self.draft.law(Law("breakdown", self.cells[line, index], parts), defines=False)
        for each in line.remark:
            self._label(each, "")
            self._figures(each)
            self.row += 1

    def _label(self, line: Line, number: str, *, text: str = "", depth: int = 0, merged: bool = False) -> None:
        strong = bool(line.parts) and self.style.bold
        look = PLAIN._replace(bold=strong, indent=depth if self.style.left == 2 else 0)
        mark = ""
        if number and not self.style.numbered:
            mark = "- " if number == "-" else f"{number}. "
        elif number:
            head = HEAD._replace(bold=strong)
            self.draft.text(Place(self.sheet, self.row, self.style.left), number, head)
        place = Place(self.sheet, self.row, self.style.left if merged else self.content)
        if merged:
            self.draft.areas.append((self.sheet, self.row, self.style.left, self.row, self.content))
        if line.stated and not text:
            show, value = line.stated
            self.draft.figure(place, replace(show, before=mark + show.before), value, look)
        else:
            self.draft.text(place, mark + (text or line.label), look)
        self.labels[line] = place

    def _texts(self, line: Line) -> None:
        for index, text in line.texts.items():
            self.draft.text(self.place(index), text, PLAIN)

    def _figures(self, line: Line) -> None:
        for index, column in enumerate(self.columns):
            if not column.text and self._bears(line, index):
                self._figure(line, index)
        for index, column in enumerate(self.columns):
            if (line, index) in self.cells and column.recipe is not None:
                self._recipe(line, index, column.recipe)
                self._checks(line, index, column.checks)

    def _checks(self, line: Line, index: int, checks: Sequence[Recipe]) -> None:
        """The further laws of a column within a row, where the row has all their parts."""
        for check in checks:
            if all((line, part) in self.cells for _, part in check.parts):
                parts = tuple((sign, self.cells[line, part]) for sign, part in check.parts)
                law = Law(check.kind, self.cells[line, index], parts, check.way, check.scale)
                self.draft.law(law, defines=False)

    def _bears(self, line: Line, index: int) -> bool:
        """Whether the row has a figure in that column."""
        column = self.columns[index]
        if line.parts and column.down:
            return True
        if column.recipe is not None and column.recipe.way is not Way.SUM and index not in line.figures:
            return all((line, part) in self.cells or self._bears(line, part) for _, part in column.recipe.parts)
        return not line.parts and (column.recipe is not None or index in line.figures)

    def _figure(self, line: Line, index: int) -> None:
        """One figure; that it sums up the parts of its row is stated when those stand."""
        column, place = self.columns[index], self.place(index)
        self.cells[line, index] = place
        show = line.shows.get(index) or (self.style.show() if column.money else Number("blank"))
        look = self.style.look(bold=bool(line.parts), plain=not column.money)
        self.draft.figure(place, show, line.figures.get(index), look)
        if column.money:
            self.draft.amounts[place] = Money(self.style.unit, self.style.decimals)
            self.draft.said[place] = (line.label, *column.path)
        if line.parts and column.down:
            self.pending.append((line, index))

    def _recipe(self, line: Line, index: int, recipe: Recipe) -> None:
        """The law of a column within a row; it computes the figure unless the row's parts do."""
        if index in line.figures:
            return
        parts = tuple((sign, self.cells[line, part]) for sign, part in recipe.parts if (line, part) in self.cells)
        if len(parts) < len(recipe.parts):
            return
        loose = recipe.way is Way.QUOTIENT
        law = Law(recipe.kind, self.cells[line, index], parts, recipe.way, recipe.scale, recipe.decimals, loose)
        self.draft.law(law, defines=not line.parts or not self.columns[index].down or self.style.across)

    def close(self) -> None:
        """State that rows with parts sum them up, now that all rows stand."""
        for line, index in self.pending:
            place = self.cells[line, index]
            parts = tuple((1, self.cells[part, index]) for part in line.parts)
            self.draft.law(Law(line.kind, place, parts), defines=place not in self.draft.definitions)

    def carried_lines(self, grand: Line, total: int, sources: Sequence[tuple[str, Place]]) -> None:
        """Below the total row: the column totals of the sources once more, in the column of the total."""
        self.draft.text(Place(self.sheet, self.row, self.content), self.memo_word, PLAIN._replace(italic=True))
        self.row += 1
        copies = []
        for name, source in sources:
            self.draft.text(Place(self.sheet, self.row, self.content), f"- {name}", PLAIN)
            copies.append(self._copy(self.place(total)))
            self.draft.law(Law("carried", copies[-1], ((1, source),)), defines=True)
            self.row += 1
        parts = tuple((1, copy) for copy in copies)
        self.draft.law(Law("breakdown", self.cells[grand, total], parts), defines=False)

    def total_block(self, grand: Line, years: int, *, totals: bool) -> Place:
        """Below the column totals, in cells merged across: the total of each year, and that of all years, whose cell is
        returned. `totals`: each year has a total column already, which comes first.
        """
        width = len(self.columns) // years
        self.draft.text(Place(self.sheet, self.row, self.content), "Tổng kinh phí từng năm", HEAD)
        copies = []
        for first in range(0, years * width, width):
            copies.append(self._copy(self.place(first), width))
            columns = [first] if totals else range(first, first + width)
            parts = tuple((1, self.cells[grand, column]) for column in columns)
            self.draft.law(Law("carried" if totals else "row", copies[-1], parts), defines=True)
        self.row += 1
        self.draft.text(Place(self.sheet, self.row, self.content), "Tổng kinh phí cả giai đoạn", HEAD)
        whole = self._copy(self.place(0), len(self.columns))
        self.draft.law(Law("row", whole, tuple((1, copy) for copy in copies)), defines=True)
        self.row += 1
        return whole

    def _copy(self, place: Place, width: int = 1) -> Place:
        """A cell for a figure, `width` columns wide, that a law still has to define."""
        self.draft.figure(place, self.style.show(), None, self.style.look(bold=True))
        self.draft.amounts[place] = Money(self.style.unit, self.style.decimals)
        if width > 1:
            self.draft.areas.append((self.sheet, self.row, place.column, self.row, place.column + width - 1))
        return place

    def words(self, place: Place, before: str, after: str, style: WordStyle) -> None:
        """A line of words for a figure, across the table."""
        at = Place(self.sheet, self.row, self.style.left)
        self.draft.figure(at, Words(before, after, style), None, ITALIC)
        self.draft.law(Law("words", at, ((1, place),), scale=self.style.unit.factor), defines=True)
        self.draft.areas.append((self.sheet, self.row, self.style.left, self.row, self.last))
        self.row += 1


def leaf_sum(lines: Sequence[Line], index: int) -> Decimal:
    """What the outermost lines' leaves make in a column that leaves have figures in."""
    return sum((line.figures.get(index, ZERO) for line in leaves(lines)), ZERO)
