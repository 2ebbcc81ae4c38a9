"""Shapes with quantities and prices: costings, yearly pairs of quantity and value, expressions in the text of a row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.synthetic import wording
from benchmarks.synthetic.document import ONE, ZERO, Document, Law, Number, Printed, Way
from benchmarks.synthetic.scenes import Scene, fill
from benchmarks.synthetic.style import Style, Wish, draw_style
from benchmarks.synthetic.tables import Column, Line, Recipe, leaves
from budget.money import Unit, convert
from budget.numbers import format_number

SPELLED = ("người", "bộ", "lớp", "chuyến")  # what is counted "02 người x 3 ngày"
MEASURE, QUANTITY, PRICE, AMOUNT = range(4)  # the columns of a costing


def _costing_style(rng: Random, wish: Wish) -> Style:
    """A style in which quantity x price can be printed: unit prices in đồng, or all in nghìn đồng."""
    style = draw_style(rng, wish, ("note",))
    if style.unit is Unit.THOUSAND:
        return replace(style, step=ONE)
    if style.unit is Unit.BILLION:
        style = replace(style, unit=Unit.DONG, unit_name="đồng")
    if style.unit is Unit.DONG:
        return replace(style, step=Decimal(1000))
    return replace(style, step=Decimal("0.001"), format="General" if style.format == "General" else "#,##0.###")


def costing(rng: Random, wish: Wish) -> Document:
    """Quantity x unit price = amount, in one list or in groups."""
    scene = Scene("costing", rng, _costing_style(rng, wish))
    style, in_million = scene.style, scene.style.unit is Unit.MILLION
    scale = Decimal("0.000001") if in_million else ONE
    prices = "đồng" if in_million else style.unit_name
    stated = style.unit_in_header or in_million
    columns = [
        Column(("ĐVT",), text=True),
        Column(("Số lượng",), down=False, money=False),
        Column((f"Đơn giá ({prices})" if stated else "Đơn giá",), down=False, money=False),
        Column(
            (f"Thành tiền ({style.unit_name})" if stated else "Thành tiền",),
            Recipe("product", ((1, QUANTITY), (1, PRICE)), Way.PRODUCT, scale),
        ),
    ]
    depth = rng.choice((1, 1, 2))
    lines = _cost_lines(scene, depth)
    spelled = not style.live and rng.random() < 0.3
    for line in leaves(lines):
        _price(scene, line, spelled=spelled)
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    if depth == 2 and rng.random() < 0.4:
        for line in lines:
            line.subtotal = "Cộng"
    grand = scene.lay(table, lines, depth)
    return scene.finish(table, table.cells[grand, AMOUNT])


def _cost_lines(scene: Scene, depth: int) -> list[Line]:
    """What is paid for, in one list or in groups."""
    if depth == 1:
        return [Line(name) for name, _, _ in scene.rng.sample(wording.COSTS, scene.rng.randint(7, 24))]
    lines = scene.tree(1)[: scene.rng.randint(2, 5)]
    for line in lines:
        line.parts = [Line(name) for name, _, _ in scene.rng.sample(wording.COSTS, scene.rng.randint(3, 8))]
    return lines


def _price(scene: Scene, line: Line, *, spelled: bool) -> None:
    """Quantity, measure and price of a line; now and then a lump sum. `spelled`: "02 người x 3 buổi"."""
    rng, style = scene.rng, scene.style
    measure, usual = next((measure, price) for name, measure, price in wording.COSTS if name == line.label)
    if rng.random() < 0.08:
        line.figures[AMOUNT] = style.amount(rng, part=20)
        return
    factor = 1000 if style.unit is not Unit.THOUSAND else 1
    step = Decimal(5 if usual >= 50 else 1)
    price = max(step, Decimal(round(usual * rng.uniform(0.7, 1.4))) // step * step) * factor
    times, days = rng.randint(2, 120), rng.randint(2, 9)
    line.figures[PRICE] = price
    line.shows[PRICE] = style.show()
    if spelled and measure in SPELLED and rng.random() < 0.8:
        line.figures[QUANTITY] = Decimal(times * days)
        factors = (Decimal(times), Decimal(days))
        line.shows[QUANTITY] = Printed("", f"{times:02} {measure} x {days} ngày", factors)
    else:
        line.figures[QUANTITY] = Decimal(times)
        line.texts[MEASURE] = measure
        line.shows[QUANTITY] = Number()


def year_pairs(rng: Random, wish: Wish) -> Document:
    """For each year a quantity and its value, often by a unit price; their totals before or after the years."""
    scene = Scene("year-pairs", rng, _costing_style(rng, wish))
    style, in_million = scene.style, scene.style.unit is Unit.MILLION
    years, priced = scene.years(2, 5), rng.random() < 0.6
    scale = Decimal("0.000001") if in_million else ONE
    value = f"Kinh phí ({style.unit_name})" if style.unit_in_header else "Kinh phí"
    prices = f"Đơn giá ({'đồng' if in_million else style.unit_name})"
    columns = [Column(("ĐVT",), text=True), Column((prices,), down=False, money=False, text=not priced)]
    if not priced:
        columns = columns[:1]
    lead, first = len(columns), len(columns) + 2 * style.total_first
    quantities = [first + 2 * place for place in range(len(years))]
    pairs = []
    for year, at in zip(years, quantities, strict=True):
        recipe = Recipe("product", ((1, at), (1, 1)), Way.PRODUCT, scale) if priced else None
        pairs += [
            Column((scene.year(year), "Số lượng"), down=False, money=False),
            Column((scene.year(year), value), recipe),
        ]
    period, over = f"Tổng giai đoạn {years[0]}-{years[-1]}", lead if style.total_first else lead + len(pairs)
    whole = (Recipe("product", ((1, over), (1, 1)), Way.PRODUCT, scale),) if priced else ()
    sums = [
        Column((period, "Số lượng"), Recipe("row", tuple((1, at) for at in quantities)), down=False, money=False),
        Column((period, value), Recipe("row", tuple((1, at + 1) for at in quantities)), whole),
    ]
    columns = [*columns, *sums, *pairs] if style.total_first else [*columns, *pairs, *sums]
    depth = rng.choice((1, 2))
    lines = _cost_lines(scene, depth)
    for line in leaves(lines):
        _yearly(scene, line, quantities, priced=priced)
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    return scene.finish(table, table.cells[grand, over + 1])


def _yearly(scene: Scene, line: Line, quantities: list[int], *, priced: bool) -> None:
    """Quantities and values of a line for each year; some years have none, but not all."""
    rng, style = scene.rng, scene.style
    line.texts[0], usual = next((measure, price) for name, measure, price in wording.COSTS if name == line.label)
    if priced:
        factor = 1000 if style.unit is not Unit.THOUSAND else 1
        line.figures[1] = Decimal(usual * factor)
        line.shows[1] = style.show()
    sure = rng.choice(quantities)
    for at in quantities:
        count = rng.randint(3, 250) if at == sure or rng.random() < 0.7 else 0
        line.figures[at] = Decimal(count)
        if not priced:
            line.figures[at + 1] = style.amount(rng, part=4) if count else ZERO


def in_text(rng: Random, wish: Wish) -> Document:
    """Items whose label states how their amount comes about: "(6 lớp x 60tr/lớp)"."""
    scene = Scene("in-text", rng, draw_style(rng, wish))
    if scene.style.unit is Unit.BILLION:
        scene.style = replace(scene.style, unit=Unit.MILLION, unit_name="triệu đồng", step=ONE)
    names = rng.choice(wording.SOURCES)
    columns = scene.banner(scene.spread(names) if rng.random() < 0.7 else [Column(("Kinh phí",))])
    total = next((index for index, column in enumerate(columns) if column.recipe), 0)
    depth = rng.choice((1, 2))
    lines = scene.tree(depth)
    fill(scene, lines, columns, gaps=0.2)
    stated = [line for line in leaves(lines) if rng.random() < 0.5] or list(leaves(lines))[:1]
    for line in stated:
        _state(scene, line, list(line.figures))
    scene.tail(columns, list(leaves(lines)))
    table = scene.table(columns)
    grand = scene.lay(table, lines, depth)
    for line in stated:
        parts = ((1, table.labels[line]),)
        scene.draft.law(
            Law("expression", table.cells[line, total], parts, scale=1 / scene.style.unit.factor), defines=False
        )
    return scene.finish(table, table.cells[grand, total])


def _state(scene: Scene, line: Line, inputs: list[int]) -> None:
    """Give a line an expression in its label, and amounts that add up to what it makes."""
    rng, style = scene.rng, scene.style
    count, noun = rng.randint(2, 24), rng.choice(("lớp", "cuộc", "hội nghị", "mô hình", "năm", "tháng", "xã"))
    million = style.unit is Unit.MILLION and style.decimals == 0
    price = Decimal(rng.randint(3, 150)) * (10**6 if million else rng.choice((10**6, 500_000, 100_000)))
    in_million = convert(price, Unit.DONG, Unit.MILLION)
    said = rng.choice((
        f"{count} {noun} x {format_number(in_million)}tr/{noun}",
        f"{count:02} {noun} x {format_number(in_million)} triệu đồng/{noun}",
        f"{format_number(price)} đồng/{noun} x {count} {noun}",
        f"{count} {noun} x {format_number(price)}đ",
    ))  # fmt: skip
    whole = price * count
    line.stated = (Printed(f"{line.label} ", f"({said})", (Decimal(count), price)), whole)
    rest = convert(whole, Unit.DONG, style.unit)
    for index in inputs[1:]:
        part = (rest * rng.randint(0, 60) / 100).quantize(ONE.scaleb(-style.decimals))
        line.figures[index], rest = part, rest - part
    line.figures[inputs[0]] = rest
