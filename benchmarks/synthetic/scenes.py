"""What the shapes share: a document in the making, with its chance, its style and its wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.document import Document, Draft, Look
from benchmarks.synthetic.style import Style, apportioned
from benchmarks.synthetic.tables import Column, Line, Recipe, Table, leaves
from budget.words import WordStyle
from validators.grid import Place


class Scene:
    """One document in the making: chance, style, and the labels that are used already."""

    def __init__(self, shape: str, rng: Random, style: Style) -> None:
        self.rng, self.style = rng, style
        self.draft = Draft(shape, style.live)
        self.used: set[str] = set()
        self.first = self.rng.choice((2024, 2025, 2026))
        self.groups = self.rng.sample(wording.GROUPS, len(wording.GROUPS))

    def years(self, least: int, most: int) -> list[int]:
        """The years of the period."""
        return list(range(self.first, self.first + self.rng.randint(least, most)))

    def items(self, group: int, count: int) -> list[Line]:
        """Lines for the items of one group."""
        pool = self.groups[group % len(self.groups)][1]
        chosen = islice(cycle(self.rng.sample(pool, len(pool))), count)
        return [Line(wording.unused(self.rng, self.used, label)) for label in chosen]

    def year(self, year: int) -> str:
        """What a header calls a year."""
        return self.style.year.format(year)

    def tree(self, depth: int) -> list[Line]:
        """A tree of `depth` levels, with 8 to some 55 rows."""
        if depth == 1:
            count = self.rng.randint(7, 30)
            return [line for group in range(4) for line in self.items(group, count)[: count // 4 + 1]][:count]
        count = self.rng.randint(2, 5 if depth == 2 else 3)
        lines = [Line(self.groups[place][0]) for place in range(count)]
        for place, line in enumerate(lines):
            line.parts = self.items(place, self.rng.randint(2, 8 if depth == 2 else 4))
            if depth > 2:
                self.split(line.parts, depth - 2)
        return lines

    def split(self, lines: list[Line], depth: int) -> None:
        """Give most of the lines parts of their own."""
        for line in lines:
            if self.rng.random() < 0.6:
                chosen = self.rng.sample(wording.COSTS, self.rng.randint(2, 4))
                line.parts = [Line(name) for name, _, _ in chosen]
                if depth > 1:
                    self.split(line.parts[:1], depth - 1)

    def table(self, columns: list[Column], sheet: str = "", *, titled: bool = True) -> Table:
        """A table with its header, at the top of a sheet or below what stands there."""
        rng, style = self.rng, self.style
        name = sheet or rng.choice(("Phụ lục", "Sheet1", "PL01", "Bieu 1", "Kinh phí"))
        below = max((place.row for place in self.draft.looks if place.sheet == name), default=style.top - 3)
        table = Table(self.draft, rng, name, style, columns, below + 3)
        if titled:
            last = self.first + 4
            table.banner_lines(wording.title(rng, self.first, last), merged=rng.random() < 0.6)
        if not self.unit_in_header(columns):
            table.unit_line()
        table.header()
        return table

    def unit_in_header(self, columns: list[Column]) -> bool:
        """Whether a header label states the unit."""
        return any(f"({self.style.unit_name})" in label for column in columns for label in column.path)

    def tail(self, columns: list[Column], lines: list[Line]) -> None:
        """Columns of texts after the figures, for the lines given."""
        texts: dict[str, tuple[str, Callable[[], str]]] = {
            "agency": ("Đơn vị thực hiện", lambda: self.rng.choice(wording.AGENCIES)),
            "schedule": ("Thời gian thực hiện", lambda: f"{self.first}-{self.first + 4}"),
            "note": ("Ghi chú", lambda: self.rng.choice(("", "", "Chuyển tiếp", "Mở mới", "Theo NQ số 12"))),
        }
        for name in self.style.tail:
            heading, text = texts[name]
            for line in lines:
                if said := text():
                    line.texts[len(columns)] = said
            columns.append(Column((heading,), text=True))

    def banner(self, columns: list[Column]) -> list[Column]:
        """The columns of money under one label, which may state the unit."""
        label = self.rng.choice(("Kinh phí", "Kinh phí thực hiện", "Dự toán kinh phí", "Tổng kinh phí thực hiện"))
        stated = f"{label} ({self.style.unit_name})" if self.style.unit_in_header else label
        if len(columns) == 1:
            return [replace(columns[0], path=(stated,))]
        return [replace(column, path=(stated, *column.path)) for column in columns] if self.style.banner else columns

    def spread(self, headings: Sequence[str], *, offset: int = 0) -> list[Column]:
        """Columns and their total, first or last; `offset` columns of figures stand before them."""
        first = self.style.total_first
        parts = tuple((1, offset + index + first) for index in range(len(headings)))
        total = Column((self.rng.choice(("Tổng cộng", "Tổng số", "Tổng", "Cộng")),), Recipe("row", parts))
        columns = [Column((heading,)) for heading in headings]
        return [total, *columns] if first else [*columns, total]

    def lay(self, table: Table, lines: list[Line], depth: int, *, memo: list[Line] | None = None) -> Line:
        """All rows of a table with a grand total above or below them; returns the line of the total."""
        styles = wording.numbering(self.rng, depth)
        label = self.rng.choice(wording.TOTALS)
        if styles[0] in "IA" and self.rng.random() < 0.2:
            label += f" ({'+'.join(wording.number(styles[0], place, '') for place in range(len(lines)))})"
        grand = Line(label, list(lines), kind="grand", memo=memo or [])
        on_top = self.style.totals_on_top
        if on_top:
            table.total(grand)
        table.tree(lines, styles)
        if not on_top:
            table.total(grand)
        table.close()
        return grand

    def finish(self, table: Table, total: Place | None, sources: Sequence[tuple[str, Place]] = ()) -> Document:
        """Words under the table where the style wants them, perhaps for each source too, and what stands below it."""
        if self.style.words and total is not None:
            self.words(table, total)
            if self.rng.random() < 0.4:
                self.source_words(table, sources)
        table.row += 1
        for line in wording.signature(self.rng):
            self.draft.text(Place(table.sheet, table.row, table.content), line, Look(italic="chú" in line))
            table.row += 1
        return self.draft.finished()

    def words(self, table: Table, place: Place) -> None:
        """One line that reads a figure aloud."""
        before, after = self.rng.choice(
            (
                ("Bằng chữ: ", ""),
                ("(Bằng chữ: ", ")"),
                ("Số tiền bằng chữ: ", "./."),
                ("Tổng số tiền (bằng chữ): ", "."),
            )
        )
        style = WordStyle(
            self.rng.choice(("tỷ", "tỷ", "tỉ")),
            self.rng.choice(("nghìn", "nghìn", "ngàn")),
            self.rng.random() < 0.25,
            self.rng.random() < 0.4,
        )
        table.words(place, before, after, style)

    def source_words(self, table: Table, sources: Sequence[tuple[str, Place]]) -> None:
        """Below the words: how much of the total each source bears, in words."""
        if sources:
            table.draft.text(Place(table.sheet, table.row, table.style.left), "Trong đó:", Look(italic=True))
            table.row += 1
        for name, place in sources:
            table.words(place, f"- {name}: ", ".", WordStyle())


def fill(scene: Scene, lines: list[Line], columns: list[Column], *, gaps: float) -> None:
    """Amounts for the leaves, in the columns that are not computed from others."""
    inputs = [index for index, column in enumerate(columns) if column.recipe is None and not column.text]
    for line in leaves(lines):
        drawn = apportioned(scene.rng, scene.style, len(inputs), gaps=gaps)
        line.figures.update(zip(inputs, drawn, strict=True))
