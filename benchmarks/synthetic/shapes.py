"""The shapes of clean tables: each builds a document by chance, in the layouts that provincial appendices have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.costings import costing, in_text, year_pairs
from benchmarks.synthetic.document import HALF, ONE, Document, Law, Money, Share, Way
from benchmarks.synthetic.scenes import Scene, fill
from benchmarks.synthetic.style import Wish, draw_style
from benchmarks.synthetic.tables import Column, Line, Recipe, Table, leaf_sum, leaves
from budget.money import Unit

NO_SCHEDULE = ("agency", "note")
Shape = Callable[[Random, Wish], Document]


def items_sources(rng: Random, wish: Wish) -> Document:
    """A list of items, a column for each source and one for their total."""
    return _sources(Scene("items-sources", rng, draw_style(rng, wish)), 1, wish)


def groups_sources(rng: Random, wish: Wish) -> Document:
    """Groups, items and parts of items in two to four levels, by source."""
    return _sources(Scene("groups-sources", rng, draw_style(rng, wish)), rng.choice((2, 2, 3, 3, 4)), wish)


def _sources(scene: Scene, depth: int, wish: Wish) -> Document:
    names = scene.rng.choice(wording.SOURCES)
    carried = scene.rng.random() < 0.2 if wish.carried is None else wish.carried
    if carried:
        scene.style = replace(scene.style, totals_on_top=False)
    columns = scene.banner(scene.spread(names))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0.25)
    total = _total(columns)
    inputs = [index for index, column in enumerate(columns) if column.recipe is None]
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    sources = [(name, table.cells[grand, index]) for name, index in zip(names, inputs, strict=True)]
    if carried:
        table.carried_lines(grand, total, sources)
    return scene.finish(table, table.cells[grand, total], sources)


def _total(columns: list[Column]) -> int:
    """The index of the column that sums up the row."""
    return next(index for index, column in enumerate(columns) if column.recipe is not None)


def items_years(rng: Random, wish: Wish) -> Document:
    """Items by year, with a breakdown of the total by source, and items of which a part is named."""
    scene = Scene("items-years", rng, draw_style(rng, wish, NO_SCHEDULE))
    depth = rng.choice((1, 2, 2))
    columns = scene.banner(scene.spread([scene.year(year) for year in scene.years(3, 5)]))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0.3)
    if rng.random() < 0.2:
        _remarks(scene, lines)
    memo = _breakdown(scene, lines, columns) if rng.random() < 0.5 else []
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth, memo=memo)
    return scene.finish(table, table.cells[grand, _total(columns)])


def _remarks(scene: Scene, lines: list[Line]) -> None:
    """Below a few items: what part of them is counterpart funding, which sums up to nothing."""
    chosen = list(leaves(lines))
    for line in scene.rng.sample(chosen, min(2, len(chosen))):
        part = {index: _half(amount, scene) for index, amount in line.figures.items()}
        line.remark = [Line("Trong đó: vốn đối ứng", figures=part)]


def _half(amount: Decimal, scene: Scene) -> Decimal:
    return (amount / 2).quantize(ONE.scaleb(-scene.style.decimals), ROUND_HALF_UP)


def _breakdown(scene: Scene, lines: list[Line], columns: list[Column]) -> list[Line]:
    """The total of each column once more, by source; the last source bears the rest."""
    names = scene.rng.choice(wording.SOURCES)
    memo = [Line(f"- {name}") for name in names]
    for index, column in enumerate(columns):
        if column.recipe is None:
            rest = leaf_sum(lines, index)
            for each in memo[:-1]:
                share = Decimal(scene.rng.randint(5, 60)) / 100
                each.figures[index] = (rest * share).quantize(ONE.scaleb(-scene.style.decimals), ROUND_HALF_UP)
                rest -= each.figures[index]
            memo[-1].figures[index] = rest
    return memo


def years_sources(rng: Random, wish: Wish) -> Document:
    """Years, and sources within each year; year totals, and perhaps the period's total by source."""
    scene = Scene("years-sources", rng, draw_style(rng, wish, ("note",)))
    names = list(rng.choice(wording.SOURCES[:5]))
    columns = _year_columns(scene, names, by_source=rng.random() < 0.4)
    depth = rng.choice((1, 2, 2, 3))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0.4)
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    total = next(i for i, column in enumerate(columns) if column.path[-1] == "Tổng" and "Cả" in column.path[-2])
    return scene.finish(table, table.cells[grand, total])


def _year_columns(scene: Scene, names: list[str], *, by_source: bool) -> list[Column]:
    """The period, then the years; or the years, then the period. Each with its total first."""
    years, width = scene.years(2, 3), len(names) + 1
    ahead = scene.style.total_first
    start = (width if by_source else 1) if ahead else 0  # the column where the years begin
    firsts = [start + place * width for place in range(len(years))]
    within = [
        column for year, first in zip(years, firsts, strict=True) for column in _block(scene.year(year), names, first)
    ]
    over = Recipe("row", tuple((1, first) for first in firsts))
    label = f"Cả giai đoạn {years[0]}-{years[-1]}"
    period = [Column((label, "Tổng"), over)]
    if by_source:
        at = 0 if ahead else len(within)
        period = _block(label, names, at)
        period[0] = replace(period[0], checks=(over,))
        for place in range(1, width):
            recipe = Recipe("row", tuple((1, first + place) for first in firsts))
            period[place] = replace(period[place], recipe=recipe)
    columns = [*period, *within] if ahead else [*within, *period]
    return scene.banner(columns)


def _block(label: str, names: list[str], at: int) -> list[Column]:
    """A total and its sources under one label, from column `at`."""
    parts = tuple((1, at + 1 + place) for place in range(len(names)))
    return [Column((label, "Tổng"), Recipe("row", parts)), *(Column((label, name)) for name in names)]


def source_lines(rng: Random, wish: Wish) -> Document:
    """Items by year, each broken down into lines of its sources, often with their shares; sources under the total."""
    scene = Scene("source-lines", rng, draw_style(rng, replace(wish, words=wish.words or False), NO_SCHEDULE))
    shares = rng.random() < 0.7 if wish.shares is None else wish.shares
    columns = scene.banner(scene.spread([scene.year(year) for year in scene.years(3, 5)]))
    names = list(rng.choice(wording.SOURCES)[:2])
    depth = rng.choice((1, 2))
    lines = scene.tree(depth)
    items = list(leaves(lines))[:16]
    _keep(lines, items)
    fill(scene, lines, columns, gaps=0.35)
    stated = [_split(scene, line, names, shares=shares) for line in items]
    parts = [part for line in items for part in line.parts]
    by_source = [(name, [part for part in parts if part.label == f"- {name}"]) for name in names]
    memo = [Line(f"- {name}", found, kind="sources") for name, found in by_source if found]
    scene.tail(columns, items)
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth, memo=memo)
    for line, parts in zip(items, stated, strict=True):
        for part in parts:
            _share_laws(table, line, part)
    return scene.finish(table, table.cells[grand, _total(columns)])


def _keep(lines: list[Line], kept: list[Line]) -> None:
    """Take away the items that are not kept, and groups that are left empty."""
    for line in list(lines):
        if line.parts:
            _keep(line.parts, kept)
            if not line.parts:
                lines.remove(line)
        elif line not in kept:
            lines.remove(line)


def _split(scene: Scene, line: Line, names: list[str], *, shares: bool) -> list[Line]:
    """Give an item its source lines; returns those whose label states the share."""
    percent = Decimal(scene.rng.choice((30, 40, 50, 60, 70, 80, 20, 35, 100)))
    amounts, line.figures = line.figures, {}
    rest = dict(amounts)
    for name, part in zip(names, (percent, 100 - percent), strict=True):
        if part:
            taken = {
                index: (amount * percent / 100).quantize(ONE.scaleb(-scene.style.decimals), ROUND_HALF_UP)
                for index, amount in amounts.items()
            }
            own = taken if name == names[0] else rest
            child = Line(f"- {name}", figures=dict(own), number="")
            if shares:
                child.stated = (Share(f"- {name} (", ")"), part)
            line.parts.append(child)
            rest = {index: rest[index] - taken[index] for index in rest}
    return [child for child in line.parts if child.stated]


def _share_laws(table: Table, line: Line, part: Line) -> None:
    """What the share in a label says of each figure of its row."""
    for index, column in enumerate(table.columns):
        if not column.text:
            parts = ((1, table.labels[part]), (1, table.cells[line, index]))
            law = Law("share", table.cells[part, index], parts, Way.PRODUCT, Decimal("0.01"), loose=True)
            table.draft.law(law, defines=False)


def subtotals(rng: Random, wish: Wish) -> Document:
    """Groups whose figures stand in a row "Cộng" below their items."""
    scene = Scene("subtotals", rng, draw_style(rng, wish))
    scene.style = replace(scene.style, totals_on_top=False)
    names = list(rng.choice(wording.SOURCES))
    columns = scene.banner(scene.spread(names) if rng.random() < 0.7 else [Column(("Thành tiền",))])
    lines = scene.tree(2)
    label = rng.choice(wording.SUBTOTALS)
    for line in lines:
        line.subtotal = label
    fill(scene, lines, columns, gaps=0.2)
    single = len(columns) == 1
    total = 0 if single else _total(columns)
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, 2)
    return scene.finish(table, table.cells[grand, total])


def flat_list(rng: Random, wish: Wish) -> Document:
    """One column of amounts, perhaps broken down by source under the total."""
    scene = Scene("flat-list", rng, draw_style(rng, wish))
    columns = scene.banner([Column(("Kinh phí",))])
    depth = rng.choice((1, 1, 2))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0)
    memo = _breakdown(scene, lines, columns) if rng.random() < 0.4 else []
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth, memo=memo)
    return scene.finish(table, table.cells[grand, 0])


def summary_detail(rng: Random, wish: Wish) -> Document:
    """A summary whose rows are the groups of a detailed table on another sheet, at times in another unit."""
    scene = Scene("summary-detail", rng, draw_style(rng, replace(wish, words=wish.words or False), ()))
    small = scene.style.unit is Unit.DONG and scene.style.step >= 1000 and rng.random() < 0.6
    names = rng.choice(wording.SOURCES)
    plain_columns = scene.spread(names)
    columns = scene.banner(plain_columns)
    lines = scene.tree(2)
    fill(scene, lines, columns, gaps=0.25)
    detail = scene.table(columns, "Chi tiết")
    grand = scene.lay(detail, lines, 2)
    if small:
        scene.style = replace(scene.style, unit=Unit.MILLION, unit_name="triệu đồng", step=Decimal("0.001"))
        if scene.style.format == "#,##0":
            scene.style = replace(scene.style, format="#,##0.###")
    scene.draft.sheets.insert(0, "Tổng hợp")
    summary_columns = scene.banner(plain_columns)
    summary = scene.table(summary_columns, "Tổng hợp")
    carried = [Line(line.label) for line in lines]
    for line in carried:
        line.figures = {index: Decimal(0) for index, column in enumerate(columns) if column.recipe is None}
    total = scene.lay(summary, carried, 1)
    scale = Decimal("0.000001") if small else ONE
    for index, column in enumerate(columns):
        for copy, line in zip((*carried, total), (*lines, grand), strict=True):
            law = Law("tables", summary.cells[copy, index], ((1, detail.cells[line, index]),), scale=scale)
            scene.draft.law(law, defines=column.recipe is None and copy is not total)
    return scene.finish(summary, summary.cells[total, _total(columns)])


def comparison(rng: Random, wish: Wish) -> Document:
    """Two years side by side, what they differ by, and in percent."""
    scene = Scene("comparison", rng, draw_style(rng, replace(wish, words=wish.words or False), ("note",)))
    year = scene.first
    unit = f" ({scene.style.unit_name})" if scene.style.unit_in_header else ""
    columns = [
        Column((f"Dự toán năm {year}{unit}",)),
        Column((f"Ước thực hiện năm {year}{unit}",)),
        Column((f"Dự toán năm {year + 1}{unit}",)),
        Column(("So sánh", "Tuyệt đối"), Recipe("difference", ((1, 2), (-1, 1)))),
        Column(("So sánh", "Tương đối (%)"), _percent(2, 1), down=False, money=False),
    ]
    if rng.random() < 0.4:
        columns = [*columns[:3], Column((f"Tỷ lệ UTH/DT {year} (%)",), _percent(1, 0), down=False, money=False)]
    depth = rng.choice((1, 2, 2, 3))
    lines = scene.tree(depth)
    for line in leaves(lines):
        base = scene.style.amount(rng) * 4
        for index in range(3):
            drawn = base * Decimal(rng.randint(70, 135)) / 100
            line.figures[index] = max(scene.style.step, drawn // scene.style.step * scene.style.step)
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    return scene.finish(table, table.cells[grand, 2] if wish.words else None)


def _percent(over: int, under: int) -> Recipe:
    return Recipe("ratio", ((1, over), (1, under)), Way.QUOTIENT, Decimal(100), 1)


def total_block(rng: Random, wish: Wish) -> Document:
    """Years and sources; below the totals of the columns stand those of the years and that of the period."""
    scene = Scene("total-block", rng, draw_style(rng, replace(wish, words=wish.words or False), ()))
    scene.style = replace(scene.style, totals_on_top=False, column_numbers=False)
    names = list(rng.choice(wording.SOURCES)[:2])
    years, totals = scene.years(2, 5), bool(wish.carried) or rng.random() < 0.3
    width = len(names) + totals
    columns = [
        column
        for place, year in enumerate(years)
        for column in _block(scene.year(year), names, place * width)[0 if totals else 1 :]
    ]
    columns = scene.banner(columns)
    depth = rng.choice((1, 2))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0.35)
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    block = table.total_block(grand, len(years), totals=totals)
    return scene.finish(table, block)


def rounded(rng: Random, wish: Wish) -> Document:
    """Amounts to the nghìn đồng printed in whole triệu, each figure rounded for itself: sums hold to rounding only."""
    shape = rng.choice((items_sources, items_years, groups_sources))
    exact = replace(wish, live=False, words=False, carried=False)
    document = shape(rng, exact)
    while not _may_be_rounded(document):
        document = shape(rng, exact)
    values = {
        place: value.quantize(ONE, ROUND_HALF_UP) if place in document.amounts else value
        for place, value in document.values.items()
    }
    amounts = {place: Money(money.unit, 0) for place, money in document.amounts.items()}
    return replace(document, shape="rounded", values=values, amounts=amounts, definitions={}, rounded=True)


def _may_be_rounded(document: Document) -> bool:
    """Whether the amounts are triệu with decimals that are not all halves, which would all be rounded up."""
    in_million = all(money.decimals and money.unit is Unit.MILLION for money in document.amounts.values())
    return in_million and any(document.values[place] % HALF for place in document.amounts)


SHAPES: dict[str, Shape] = {
    "items-sources": items_sources,
    "groups-sources": groups_sources,
    "items-years": items_years,
    "years-sources": years_sources,
    "source-lines": source_lines,
    "subtotals": subtotals,
    "flat-list": flat_list,
    "costing": costing,
    "year-pairs": year_pairs,
    "summary-detail": summary_detail,
    "in-text": in_text,
    "comparison": comparison,
    "total-block": total_block,
    "rounded": rounded,
}
