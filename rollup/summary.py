"""What the command line prints of a roll-up: what was read, what it comes to, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from budget.axes import labelled
from budget.numbers import plain
from budget.rollup import By, added
from faults import Lang, Text
from rollup.axes import ABSENT
from rollup.extending import Source
from rollup.kinds import Kind
from rollup.rolled import Rolled
from validators.funding import TableFunding
from validators.reports.counting import ADDED, in_doubt, not_counted, perhaps_twice, without_figure
from validators.reports.extending import Extended, what_became
from validators.reports.units import units_unstated
from validators.reports.wording import one_line, shown

_KIND = Text("tổng hợp", "roll-up")


def summary(source: Source, kind: Kind, made: Extended, target: Path, lang: Lang) -> Iterator[str]:
    """The lines, without their ends. `kind`: what was asked for."""
    found = source.found
    tables, cells = Decimal(len(found.counted)), Decimal(len({leaf.place for leaf in found.leaves}))
    total = _amount(found, found.total, lang)
    yield Text(
        f"Số bảng: {shown(tables, 'vi')}, số ô có tiền: {shown(cells, 'vi')}, tổng: {total}",
        f"Tables: {shown(tables, 'en')}, cells with amounts: {shown(cells, 'en')}, total: {total}",
    )[lang]
    for sentence in (
        *_by_source(found, lang),
        *_checked(found),
        *(ABSENT[by] for by in kind.axes if by is not By.SOURCE and not found.has(by) and by not in found.apart),
        *_left_out(found),
        *what_became(source.book, made, _KIND),
    ):
        yield f"  {one_line(sentence[lang])}"
    yield Text(f"Đã ghi trang “{made.sheet}” vào: {target}", f"Written, on the sheet “{made.sheet}”: {target}")[lang]


def _amount(found: Rolled, amount: Decimal, lang: Lang) -> str:
    return f"{shown(plain(found.in_unit(amount)), lang)} {found.unit.label}"


def _by_source(found: Rolled, lang: Lang) -> Iterator[Text]:
    if not found.has(By.SOURCE):
        if By.SOURCE not in found.apart:
            yield ABSENT[By.SOURCE]
        return
    cells = found.cells(By.SOURCE, None)
    for source in found.keys(By.SOURCE):
        amount = added(leaf.amount for leaf in cells[source, None])
        line = f"{labelled(By.SOURCE, source, lang)}: {_amount(found, amount, lang)}"
        yield Text(line, line)


def _checked(found: Rolled) -> Iterator[Text]:
    """Whether the amounts make the totals that the tables state."""
    stated = [each for each in found.counted if each.stated is not None]
    met = [each for each in stated if each.proven]
    if met:
        yield Text(f"Khớp tổng đã ghi: {len(met)} bảng.", f"Stated totals that are met: {len(met)}.")
    if len(stated) < len(found.counted):
        silent = "; ".join(found.named(each.table) for each in found.counted if each.stated is None)
        yield Text(f"Không ghi tổng để đối chiếu: {silent}.", f"No total is stated: {silent}.")
    for each in stated:
        if not each.proven:
            yield _differs(found, each)


def _differs(found: Rolled, each: TableFunding) -> Text:
    name, where = found.named(each.table), ", ".join(place.address for place in each.totals)
    by = {lang: _amount(found, each.difference or Decimal(0), lang) for lang in ("vi", "en")}
    if not each.difference:
        return Text(
            f"LỆCH: {name}: cộng ra tổng ghi ở {where}, nhưng các tổng ở giữa không khớp.",
            f"DIFFERS: {name}: the total in {where} is met, but sums between are not.",
        )
    return Text(
        f"LỆCH: {name}: cộng các ô khác tổng ghi ở {where}, chênh lệch {by['vi']}.",
        f"DIFFERS: {name}: the cells do not make the total in {where}, the difference is {by['en']}.",
    )


def _left_out(found: Rolled) -> Iterator[Text]:
    """What the figures do not hold, and what is doubtful about them."""
    if found.unsummable:
        count, summed = len(found.unsummable), {lang: shown(plain(found.summed), lang) for lang in ("vi", "en")}
        yield Text(
            f"{count} ô ghi số dạng chữ nên công thức mới cộng được {summed['vi']} {found.unit.label}: đổi chữ thành "
            "số ở các ô mà trang tổng hợp liệt kê.",
            f"Cells that hold texts, which no formula adds up: {count}, so that the sheet comes to {summed['en']} "
            f"{found.unit.label} so far: turn the texts that it lists into numbers.",
        )
    yield from units_unstated(found)
    yield from perhaps_twice(found)
    yield from in_doubt(found)
    yield from not_counted(found, ADDED)
    yield from without_figure(found)
