"""What an adjustment comes to, in the lines that the command line prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from budget.axes import TOTAL
from budget.numbers import number_text
from budget.rollup import By, added, fold
from faults import Lang, Text
from revisions.adjusting import wording
from revisions.adjusting.adjustment import Adjustment
from revisions.adjusting.choosing import label, labels
from validators.grid import Book
from validators.reports.counting import ADJUSTED, in_doubt, not_counted, perhaps_twice
from validators.reports.extending import Extended, what_became
from validators.reports.units import units_unstated
from validators.reports.wording import one_line, shown

_HEADS = tuple(Text(head.vi.replace("\n", ""), head.en.replace("\n", "")) for head in wording.FIGURES)
_GAP = "  "
_KIND = Text("điều chỉnh", "adjustment")


def printed(made: Adjustment, book: Book, copy: Extended, target: Path, lang: Lang) -> Iterator[str]:
    """Where it was written, the sentence, the totals by source, how it was rounded, what a person should know."""
    yield f"{target}: {wording.sentence(made, lang)}"
    yield f"{_GAP}{_asked(made)[lang]}"
    rows = [["", *(head[lang] for head in _HEADS)]]
    rows += [[name, *_figures(made, places, lang)] for name, places in _sources(made, lang)]
    rows += [[TOTAL[lang], *_figures(made, range(len(made.leaves)), lang)]]
    yield from _aligned(rows)
    raised, unit = number_text(sum(made.result.raised)), made.found.unit.label
    step = number_text(made.step)
    yield (
        _GAP
        + Text(
            f"Làm tròn đến {step.vi} {unit}: {raised.vi} khoản được thêm một bước theo phần lẻ lớn nhất",
            f"Rounded to {step.en} {unit}: {raised.en} amounts got one step more, those of the largest remainders",
        )[lang]
    )
    doubts = (*_warnings(made), *units_unstated(made.found), *not_counted(made.found, ADJUSTED))
    yield from (_GAP + one_line(each[lang]) for each in (*doubts, *what_became(book, copy, _KIND)))


def _asked(made: Adjustment) -> Text:
    unit, chosen = made.found.unit.label, sum(made.chosen)
    count, kept, held = number_text(chosen), number_text(len(made.chosen) - chosen), number_text(made.held)
    base, target = (number_text(each) for each in (added(made.before) - made.held, made.target))
    if made.demand.factor is not None:
        factor = number_text(made.demand.factor)
        how = Text(f"Nhân hệ số {factor.vi}", f"Times {factor.en}")
    else:
        total = number_text(made.demand.total or Decimal(0))
        how = Text(f"Tổng mới của cả phụ lục {total.vi} {unit}", f"New total of the whole appendix {total.en} {unit}")
    return Text(
        f"{how.vi}: {count.vi} khoản {base.vi} → {target.vi}; giữ nguyên {kept.vi} khoản {held.vi} ({unit})",
        f"{how.en}: {count.en} amounts {base.en} → {target.en}; {kept.en} amounts of {held.en} are kept ({unit})",
    )


def _sources(made: Adjustment, lang: Lang) -> Iterator[tuple[str, Sequence[int]]]:
    """The places of the amounts of each source; nothing where the appendix names none."""
    if any(leaf.source for leaf in made.leaves):
        for key, name in labels(made.leaves, By.SOURCE, lang).items():
            places = enumerate(made.leaves)
            yield name, [place for place, leaf in places if fold(label(leaf, By.SOURCE, lang)) == key]


def _figures(made: Adjustment, places: Sequence[int], lang: Lang) -> list[str]:
    before, after = (added(amounts[place] for place in places) for amounts in (made.before, made.after))
    return [shown(before, lang), shown(after - before, lang, signed=True), shown(after, lang)]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = [name.ljust(widths[0]), *(f.rjust(w) for f, w in zip(figures, widths[1:], strict=True))]
        yield _GAP + _GAP.join(cells)


def _warnings(made: Adjustment) -> Iterator[Text]:
    """Doubts about the appendix itself: an adjustment is no better than what it starts from."""
    for each in made.found.counted:
        name = made.found.named(each.table)
        if each.difference and not each.proven:
            off = number_text(made.found.in_unit(each.difference))
            yield Text(
                f"Lưu ý: {name}: các khoản cộng lại lệch {off.vi} so với tổng mà phụ lục ghi; hãy chạy phuluc check",
                f"Note: {name}: its amounts are off the total that it states by {off.en}; run phuluc check",
            )
    yield from perhaps_twice(made.found)
    yield from in_doubt(made.found)
