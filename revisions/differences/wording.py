"""What the reports of a comparison say, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from budget.money import Unit, convert
from budget.plan import Axis
from faults import Lang, Text
from revisions.differences.changes import Change, Differences, What
from revisions.differences.version import Item, Version
from validators.reports.wording import one_line, shortened, shown

LONGEST = 90  # letters of a wording in a line of text
ARROW = "->"

KINDS: Mapping[What, Text] = {
    What.ADDED: Text("Thêm", "Added"),
    What.REMOVED: Text("Bỏ", "Removed"),
    What.RENAMED: Text("Đổi tên", "Renamed"),
    What.MOVED: Text("Chuyển nhóm", "Moved to another group"),
    What.REORDERED: Text("Đổi thứ tự", "Moved within the group"),
    What.RENUMBERED: Text("Đánh lại số", "Renumbered"),
    What.AMOUNT: Text("Đổi số tiền", "Amounts changed"),
    What.PRINTED: Text("Cùng số tiền, viết khác", "Same amount, written otherwise"),
    What.STATED: Text("Tổng ghi khác, không do các số hợp thành", "Stated sums that changed on their own"),
    What.TEXT: Text("Đổi nội dung khác", "Other contents changed"),
}
_FIELDS: Mapping[str, Text] = {
    "quantity": Text("số lượng", "quantity"),
    "measure": Text("đơn vị tính", "measure"),
    "unit-price": Text("đơn giá", "unit price"),
    "start": Text("bắt đầu", "start"),
    "end": Text("kết thúc", "end"),
    "schedule": Text("thời gian", "schedule"),
    "agency": Text("đơn vị thực hiện", "agency"),
    "agency-2": Text("đơn vị phối hợp", "partner agency"),
    "objective": Text("mục tiêu", "objective"),
    "note": Text("ghi chú", "note"),
}
WHOLE = Text("Tổng kinh phí", "Total")
NONE = Text("không có", "none")
DETAILS = Text(
    "Trong các bảng chi tiết, tổng hợp (đã tính ở trên, không cộng vào tổng)",
    "In tables that detail or sum up (counted above, not in the total)",
)


def field(name: str, lang: Lang) -> str:
    """What a column holds; of several alike with its number."""
    if name in _FIELDS:
        return _FIELDS[name][lang]
    kind, _, number = name.rpartition("-")
    return f"{_FIELDS[kind][lang]} {number}" if kind in _FIELDS else name


def axis_name(version: Version, axis: Axis, lang: Lang) -> str:
    """A source and a year, as the version spells them; empty for neither."""
    year = "" if axis.year is None else Text(f"năm {axis.year}", f"{axis.year}")[lang]
    return ", ".join(filter(None, [version.source(axis.source), year]))


def amount(value: Decimal | None, unit: Unit, lang: Lang, *, signed: bool = False) -> str:
    """An amount of đồng in the unit, without it."""
    return NONE[lang] if value is None else shown(convert(value, Unit.DONG, unit), lang, signed=signed)


def in_unit(value: Decimal | None, unit: Unit, lang: Lang) -> str:
    """An amount of đồng in the unit, with it."""
    return amount(value, unit, lang) if value is None else f"{amount(value, unit, lang)} {unit.label}"


def step(before: Decimal | None, after: Decimal | None, unit: Unit, lang: Lang) -> str:
    """`1.200 -> 1.100 triệu đồng (-100)`; what is the same is said once."""
    change = (after or Decimal(0)) - (before or Decimal(0))
    if not change:
        return in_unit(after, unit, lang)
    stood = in_unit(before, unit, lang) if after is None else amount(before, unit, lang)
    return f"{stood} {ARROW} {in_unit(after, unit, lang)} ({amount(change, unit, lang, signed=True)})"


def title(item: Item | None, lang: Lang, limit: int = LONGEST) -> str:
    """An item by number and wording; none is the whole appendix."""
    return WHOLE[lang] if item is None else shortened(item.name, limit)


def path(version: Version, item: Item) -> str:
    """The groups of an item, in brackets; empty for none."""
    groups = " › ".join(shortened(group, LONGEST // 2) for group in version.path(item))
    return f" [{groups}]" if groups else ""


def value(found: Differences, each: Decimal | str | None, lang: Lang) -> str:
    """What stood or stands there: an amount in the unit of the new version, or a text in quotes."""
    if isinstance(each, str):
        return f"“{shortened(each, LONGEST)}”" if each else NONE[lang]
    return amount(each, found.new.unit, lang)


def detail(found: Differences, change: Change, lang: Lang) -> str:
    """What of a row changed: a source and a year, or a column."""
    return field(change.field, lang) if change.field else axis_name(_naming(found, change.axis), change.axis, lang)


def from_to(found: Differences, change: Change, lang: Lang) -> str:
    """Before and after, with the difference of amounts."""
    before, after = change.before, change.after
    if change.what in (What.AMOUNT, What.STATED) and not isinstance(before, str) and not isinstance(after, str):
        return step(before, after, found.new.unit, lang)
    return f"{value(found, before, lang)} {ARROW} {value(found, after, lang)}"


def counts(changes: Iterable[Change], lang: Lang) -> str:
    """How many changes of each kind: `Thêm: 1; Đổi số tiền: 3`."""
    numbers = Counter(change.what for change in changes)
    return "; ".join(f"{KINDS[what][lang]}: {numbers[what]}" for what in What if numbers[what])


def headings(found: Differences, lang: Lang) -> Iterator[str]:
    """The unit, the sources and the years that are called otherwise."""
    old, new = found.old, found.new
    if old.unit is not new.unit:
        vi = f"Đổi đơn vị tính: {old.unit.label} {ARROW} {new.unit.label} (các số dưới đây đã quy về {new.unit.label})"
        yield Text(vi, f"Unit: {old.unit.label} {ARROW} {new.unit.label} (amounts below are in {new.unit.label})")[lang]
    for one, other in found.sources.items():
        said = f"“{one_line(old.source(one) or '')}” {ARROW} “{one_line(new.source(other) or '')}”"
        yield Text(f"Đổi tên nguồn: {said}", f"Source renamed: {said}")[lang]
    for before, after in found.years.items():
        yield Text(f"Đổi năm: {before} {ARROW} {after}", f"Year: {before} {ARROW} {after}")[lang]


class Left(NamedTuple):
    """Changed cells of a sheet that bear no mark, or no note, and why."""

    sheet: str
    cells: int
    why: Text


UNMARKED = Text("Không đánh dấu được {} ô thay đổi", "Changed cells without a mark ({})")
UNNOTED = Text("Chỉ tô màu, không ghi chú được {} ô thay đổi", "Changed cells with a colour and without a note ({})")


def left_out(opening: Text, left: Sequence[Left]) -> list[Text]:
    """How many changed cells were left out of something, and where, in one sentence; nothing where none was."""
    return [Text(_left_out(opening, left, "vi"), _left_out(opening, left, "en"))] if left else []


def _left_out(opening: Text, left: Sequence[Left], lang: Lang) -> str:
    cells = Text("ô ở trang", "on")[lang]
    reasons = []
    for why, sheets in groupby(left, key=lambda each: each.why):
        where = ", ".join(f"{_count(each.cells, lang)} {cells} “{one_line(each.sheet)}”" for each in sheets)
        reasons.append(f"{where} ({why[lang]})")
    return f"{opening[lang].format(_count(sum(each.cells for each in left), lang))}: {'; '.join(reasons)}."


def _count(number: int, lang: Lang) -> str:
    return shown(Decimal(number), lang)


def remarks(found: Differences, lang: Lang) -> Iterator[str]:
    """What is not compared, or taken for granted: of both versions what is the same of both, then of either."""
    old, new = found.old.remarks, found.new.remarks
    for opening, said in (
        (Text("Cả hai bản", "Both"), [each for each in old if each in new]),
        (Text("Bản cũ", "Old"), [each for each in old if each not in new]),
        (Text("Bản mới", "New"), [each for each in new if each not in old]),
    ):
        for each in said:
            yield f"{opening[lang]}: {one_line(each[lang])}"


def total_lines(found: Differences, lang: Lang) -> Iterator[tuple[str, Decimal, Decimal]]:
    """The sums before and after: in all, by source, by year; of both those that changed."""
    for axis, (before, after) in sorted(found.totals().items(), key=lambda each: _breadth(each[0])):
        if _breadth(axis)[0] < 3 or before != after:
            yield axis_name(_naming(found, axis), axis, lang) or WHOLE[lang], before, after


def _breadth(axis: Axis) -> tuple[int, str, int]:
    wide = 2 * (axis.year is not None) + (axis.source is not None)
    return wide, axis.source or "", axis.year or 0


def _naming(found: Differences, axis: Axis) -> Version:
    return found.new if axis.source is None or axis.source in found.new.sources else found.old
