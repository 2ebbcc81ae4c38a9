"""What the sheet of an adjustment says beside its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budget.axes import NAMES
from budget.money import Unit, convert
from budget.numbers import EXACT, number_text
from budget.rollup import ZERO, By, added
from budget.words import to_words
from faults import Lang, Text
from generators.wording import figure_text
from revisions.adjusting.adjustment import Adjustment
from revisions.adjusting.cells import is_number, places_of
from revisions.adjusting.rule import Rule
from validators.funding import Leaf
from validators.reports.counting import ADJUSTED, in_doubt, not_counted, perhaps_twice
from validators.reports.units import converted, units_unstated
from validators.reports.wording import AGREES, DIFFERS
from workbook.text import literal

TITLE = Text("ĐIỀU CHỈNH KINH PHÍ", "ADJUSTMENT OF FUNDING")
NUMBER, CONTENT = Text("STT", "No."), NAMES[By.ITEM]
BY = {
    By.SOURCE: Text("Trong đó, theo nguồn vốn:", "Of which, by source:"),
    By.YEAR: Text("Trong đó, theo năm:", "Of which, by year:"),
}
FIGURES = (
    Text("Kinh phí đã phê duyệt", "Approved"),
    Text("Tăng (+)/\ngiảm (-)", "Increase (+)/\ndecrease (-)"),
    Text("Kinh phí sau điều chỉnh", "After adjustment"),
)
SHARE, NOTE = Text("Tỷ lệ tăng, giảm", "Change"), Text("Ghi chú", "Note")
REST = Text("Phần còn lại", "The rest")
PARAMETERS = ("demand", "step", "base", "held", "target", "missing", "agrees", "stated")  # one row each
_KEPT, _TAKEN_OFF = Text("giữ nguyên", "kept"), Text("khoản trừ, giữ nguyên", "taken off, kept")
_RAISED = Text("làm tròn lên", "rounded up")
_MOST_NAMED = 20  # cells in one remark


def parameter(name: str, made: Adjustment) -> Text:
    """What stands beside a value at the top."""
    unit, chosen = made.found.unit.label, sum(made.chosen)
    count, kept = number_text(chosen), number_text(len(made.chosen) - chosen)
    texts = {
        "demand": Text("Hệ số điều chỉnh (ô nhập)", "Factor (to be typed)")
        if made.demand.factor is not None
        else Text(
            f"Tổng kinh phí được giao của cả phụ lục, {unit} (ô nhập)",
            f"Total assigned to the whole appendix, {unit} (to be typed)",
        ),
        "step": Text(f"Làm tròn đến, {unit} (ô nhập)", f"Rounded to, {unit} (to be typed)"),
        "base": Text(
            f"Kinh phí thuộc diện điều chỉnh: {count.vi} khoản{_scope(made).vi}",
            f"To be adjusted: {count.en} amounts{_scope(made).en}",
        ),
        "held": Text(f"Kinh phí giữ nguyên: {kept.vi} khoản", f"Kept: {kept.en} amounts"),
        "target": Text("Chỉ tiêu của phần điều chỉnh", "What the adjusted amounts must make"),
        "missing": Text(
            "Số khoản được làm tròn lên (phần lẻ lớn nhất)", "Amounts that are rounded up (largest remainders)"
        ),
        "agrees": Text("Phần điều chỉnh cộng lại bằng chỉ tiêu", "The adjusted amounts make what they must"),
        "stated": Text(
            "Cột đã phê duyệt cộng lại bằng tổng ghi trong phụ lục", "What was approved makes the appendix's total"
        ),
    }
    return texts[name]


def _scope(made: Adjustment) -> Text:
    """Which amounts are adjusted, where it is not all of them."""
    named, kept = ", ".join([*made.choice.sources, *made.choice.years]), ", ".join(made.choice.keep)
    vi = [each for each, given in ((named, named), (f"trừ {kept}", kept)) if given]
    en = [each for each, given in ((named, named), (f"without {kept}", kept)) if given]
    return Text(f" ({'; '.join(vi)})" if vi else "", f" ({'; '.join(en)})" if en else "")


def verdict(difference: str, rule: Rule, made: Adjustment, lang: Lang) -> str:
    """Whether the adjusted amounts make what they must (a formula without `=`); `difference`: what they lack."""
    below = Text("tổng được giao thấp hơn phần giữ nguyên", "the assigned total is below what is kept")
    uneven = Text("chỉ tiêu không chia hết cho bước làm tròn", "the target is no multiple of the step")
    target, step = rule.cell("target"), rule.cell("step")
    differs = DIFFERS[lang]
    agrees = f"IF(ROUND({difference},{made.decimals})=0,{literal(AGREES[lang])},{literal(differs)})"
    even = f"IF(ROUND({target}/{step},0)*{step}={target},{agrees},{literal(f'{differs}: {uneven[lang]}')})"
    return f"IF({target}<0,{literal(f'{differs}: {below[lang]}')},{even})"


def stated_verdict(total: str, stated: str, made: Adjustment, lang: Lang) -> str:
    """Whether what was approved makes the total that the appendix states, but for rounding (a formula without `=`)."""
    if not stated:
        return literal(Text("Phụ lục không ghi tổng", "No total is stated")[lang])
    tables = made.found.counted
    off = abs(added(each.difference or ZERO for each in tables)) if all(each.proven for each in tables) else ZERO
    difference = f"ROUND({total}-({stated}),{made.digits})"
    tolerance = made.found.in_unit(off)
    return f"IF(ABS({difference})<={tolerance:f},{literal(AGREES[lang])},{literal(DIFFERS[lang])})"


def raised_note(raised: str, lang: Lang) -> str:
    """The note at an amount that is rounded up (a formula without `=`)."""
    return f'IF({raised}=1,{literal(_RAISED[lang])},"")'


def kept_note(leaf: Leaf) -> Text:
    """The note at an amount that is kept."""
    return _TAKEN_OFF if leaf.amount < 0 else _KEPT


_SENTENCE = Text(
    "Tổng kinh phí sau điều chỉnh là {after} {unit} ({words}), {change} {unit} so với {before} {unit} đã phê duyệt.",
    "The total after the adjustment is {after} {unit}, {change} {unit} against the {before} {unit} that were approved.",
)
_LESS, _MORE = Text("giảm ", "down "), Text("tăng ", "up ")


def sentence(made: Adjustment, lang: Lang) -> str:
    """The totals in figures, in Vietnamese in words too, as they are now."""
    before, after, unit = added(made.before), added(made.after), made.found.unit
    changed = (_LESS if after < before else _MORE)[lang] + number_text(abs(after - before))[lang]
    return _SENTENCE[lang].format(
        before=number_text(before)[lang],
        change=changed,
        after=number_text(after)[lang],
        words=to_words(EXACT.quantize(convert(after, unit, Unit.DONG), Decimal(1))),
        unit=unit.label,
    )


def sentence_formula(made: Adjustment, lang: Lang, before: str, change: str, after: str, words: str) -> str:
    """The same as a formula (without `=`) over the cells that hold the totals, and the words of the last."""
    terms = {
        "before": figure_text(before, lang),
        "change": f"IF({change}<0,{literal(_LESS[lang])},{literal(_MORE[lang])})&{figure_text(f'ABS({change})', lang)}",
        "after": figure_text(after, lang),
        "words": words,
    }
    pieces = re.split(r"\{(\w+)\}", _SENTENCE[lang].replace("{unit}", made.found.unit.label))
    return "&".join(terms[piece] if place % 2 else literal(piece) for place, piece in enumerate(pieces) if piece)


def remarks(made: Adjustment) -> Iterator[Text]:
    """What a reader must know of how the figures came about, a sentence each."""
    yield Text(
        "Cách làm tròn: mỗi khoản được điều chỉnh = số đã phê duyệt x chỉ tiêu : tổng các khoản được điều chỉnh, "
        "làm tròn xuống theo bước; các bước còn thiếu so với chỉ tiêu được cộng, mỗi khoản một bước, cho các khoản có "
        "phần lẻ lớn nhất; phần lẻ bằng nhau thì khoản đứng trước được trước. Các cột phụ bên phải, đang được gập lại, "
        "trình bày từng bước tính.",
        "Rounding: each adjusted amount is what was approved x target : all that is adjusted, rounded down to a step; "
        "the steps that are missing from the target go, one each, to the amounts with the largest remainders, of like "
        "ones to the earlier. The helper columns at the right, folded away, show every step.",
    )
    if made.demand.total is not None:
        yield Text(
            "Tổng được giao là tổng mới của cả phụ lục: phần giữ nguyên không đổi, phần điều chỉnh bù đủ số còn lại.",
            "The assigned total is that of the whole appendix: what is kept stays, the others make up the rest.",
        )
    if any(leaf.amount < 0 for leaf in made.leaves):
        yield Text("Số âm (khoản trừ) được giữ nguyên.", "Amounts below zero, which are taken off, are kept.")
    yield from converted(made.found)
    yield from units_unstated(made.found)
    texts = [place for leaf in made.leaves for place in places_of(leaf) if not is_number(made.found, place)]
    if texts:
        named = ", ".join(f"{place.sheet} {place.address}" for place in texts[:_MOST_NAMED])
        more = ", …" if len(texts) > _MOST_NAMED else ""
        yield Text(
            f"Ô đang là chữ, được hiểu là số: {named}{more}.", f"Cells that hold texts, read as numbers: {named}{more}."
        )
    yield from perhaps_twice(made.found)
    yield from in_doubt(made.found)
    yield from not_counted(made.found, ADJUSTED)
    yield Text(
        "Ô trống hoặc gạch ngang của phụ lục không được điều chỉnh; nếu sau này điền số vào đó thì lập lại trang này.",
        "Blanks and dashes of the appendix are not adjusted; where one is filled later, make this sheet anew.",
    )
