"""An appendix adjusted: which amounts change, to what they add up, and what each becomes. Exact; it writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budget.numbers import EXACT, decimals_of, number_text
from budget.rollup import ZERO, By, added
from faults import InputFault, Text, cell_place
from revisions.adjusting.allocation import Allocation, allocate
from revisions.adjusting.choosing import Choice, chosen
from revisions.adjusting.demand import Demand
from revisions.adjusting.outline import Heading, outline
from validators.funding import Leaf, funding
from validators.funding.counted import Counted
from validators.rules import Checked

MOST_PARTS = 9 * 10**14  # that a sheet divides exactly: Excel holds 15 digits
_MOST_TIMES = 10  # a larger total is in another unit


@dataclass(frozen=True)
class Adjustment:
    """Amounts are in the unit of the appendix, those of `chosen` and `result` in the order of `leaves`.

    `whole`: the headings that the amounts stand under. `target`: what the chosen amounts add up to afterwards.
    `result`: what those become, and which were rounded up.
    """

    found: Counted
    whole: Heading
    chosen: Sequence[bool]
    demand: Demand
    choice: Choice
    step: Decimal
    target: Decimal
    result: Allocation

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """All amounts, in the order of the sheet."""
        return tuple(self.whole.amounts())

    @cached_property
    def before(self) -> Sequence[Decimal]:
        """What was approved."""
        return [self.found.in_unit(leaf.amount) for leaf in self.leaves]

    @cached_property
    def after(self) -> Sequence[Decimal]:
        """What every amount becomes; those that are kept stay as they are."""
        becoming = iter(self.result.amounts)
        return [next(becoming) if is_chosen else old for old, is_chosen in zip(self.before, self.chosen, strict=True)]

    @cached_property
    def held(self) -> Decimal:
        """What the amounts that are kept add up to."""
        return added(old for old, is_chosen in zip(self.before, self.chosen, strict=True) if not is_chosen)

    @cached_property
    def digits(self) -> int:
        """Decimals that hold every amount exactly: a whole đồng, or what is finer in the appendix."""
        return _digits(self.found, self.demand, self.step)

    @cached_property
    def decimals(self) -> int:
        """How many decimals the amounts have, before and after."""
        return max(self.found.decimals, decimals_of(self.step), decimals_of(self.demand.total or ZERO))


def adjusted(checked: Checked, demand: Demand, choice: Choice) -> Adjustment:
    """The appendix adjusted. Raises InputFault, with the figures, for what cannot be done."""
    found = _counted(checked)
    whole = outline(found)
    leaves = tuple(whole.amounts())
    which = chosen(leaves, whole, choice)
    step = _step(found, demand)
    base = [found.in_unit(leaf.amount) for leaf, is_chosen in zip(leaves, which, strict=True) if is_chosen]
    if not base:
        what = Text("không còn khoản nào để điều chỉnh", "no amount is left to be adjusted")
        raise InputFault(what, expected=Text("ít nhất một khoản lớn hơn 0", "at least one amount above 0"))
    held = added(found.in_unit(leaf.amount) for leaf, is_chosen in zip(leaves, which, strict=True) if not is_chosen)
    target = _target(found, demand, step, added(base), held)
    sizes = [abs(found.in_unit(leaf.amount)) for leaf in leaves]
    _refuse_long(found, _digits(found, demand, step), (added(sizes), target, demand.total or ZERO))
    return Adjustment(found, whole, which, demand, choice, step, target, allocate(base, target, step))


def _counted(checked: Checked) -> Counted:
    if not checked.tables:
        none = Text("không thấy bảng kinh phí nào", "there is no budget table")
        raise InputFault(none, expected=Text("một bảng có tiêu đề cột", "a table with column headings"))
    found = Counted(checked, funding(checked, (By.SOURCE, By.YEAR)))
    if not found.leaves:
        nothing = Text("các bảng không có số tiền nào để điều chỉnh", "the tables hold no amounts to adjust")
        raise InputFault(nothing, expected=Text("ít nhất một số tiền", "at least one amount"))
    unread = {place: found.figure(place).printed for each in found.counted for place in each.unread}
    unread |= found.erring
    if unread:
        place, printed = next(iter(unread.items()))
        raise InputFault(
            Text("số tiền không đọc được", "an amount that nobody can read"),
            place=cell_place(place.sheet, place.address),
            found=printed,
            expected=Text("một con số", "a number"),
        )
    return found


def _step(found: Counted, demand: Demand) -> Decimal:
    step = Decimal(1).scaleb(-found.decimals) if demand.step is None else demand.step
    if step <= 0:
        what = Text("--round phải lớn hơn 0", "--round must be above 0")
        raise InputFault(what, found=number_text(step), expected=Text("như 1, 0,5 hoặc 10", "such as 1, 0.5 or 10"))
    return step


def _target(found: Counted, demand: Demand, step: Decimal, base: Decimal, held: Decimal) -> Decimal:
    """What the chosen amounts must add up to: a multiple of the step."""
    if demand.factor is not None:
        return _rounded(EXACT.multiply(base, demand.factor), step)
    total, unit = demand.total or ZERO, found.unit.label
    target = EXACT.subtract(total, held)
    shown, kept, rest = (number_text(each) for each in (total, held, target))
    if total < 0:
        raise InputFault(Text("tổng được giao là số âm", "the assigned total is below zero"), found=shown)
    if target < 0:
        raise InputFault(
            Text(
                f"tổng được giao {shown.vi} {unit} thấp hơn phần giữ nguyên {kept.vi} {unit}",
                f"the assigned total of {shown.en} {unit} is below the {kept.en} {unit} that are kept",
            )
        )
    if target > _MOST_TIMES * base:
        raise InputFault(
            Text(
                f"tổng được giao {shown.vi} {unit} gấp hơn {_MOST_TIMES} lần mức đã phê duyệt",
                f"the assigned total of {shown.en} {unit} is more than {_MOST_TIMES} times what was approved",
            ),
            expected=Text(f"một tổng tính bằng {unit}, đơn vị của phụ lục", f"a total in {unit}, as the appendix is"),
        )
    if target % step:
        size = number_text(step)
        raise InputFault(
            Text(
                f"phần còn lại {rest.vi} {unit} (tổng được giao {shown.vi} trừ phần giữ nguyên {kept.vi}) không chia "
                f"hết cho bước làm tròn {size.vi}",
                f"the {rest.en} {unit} that are left (assigned {shown.en} less {kept.en} kept) are no multiple of the "
                f"step of {size.en}",
            ),
            expected=Text("tổng khác, hoặc --round nhỏ hơn", "another total, or a smaller --round"),
        )
    return target


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    """The multiple of the step that is nearest, of two the larger."""
    whole, rest = divmod(amount, step)
    return EXACT.multiply(whole + (2 * rest >= step), step)


def _digits(found: Counted, demand: Demand, step: Decimal) -> int:
    finest = [decimals_of(found.in_unit(leaf.amount)) for leaf in found.leaves]
    return max(found.unit.exponent, *finest, decimals_of(step), decimals_of(demand.total or ZERO))


def _refuse_long(found: Counted, digits: int, amounts: Iterable[Decimal]) -> None:
    """Raise InputFault where an amount has more smallest parts than a sheet divides exactly."""
    largest, most = max(amounts), Decimal(MOST_PARTS).scaleb(-digits)
    if largest > most:
        unit, limit = found.unit.label, number_text(most)
        raise InputFault(
            Text("số tiền quá lớn để trang tính chia chính xác", "the amounts are too large for a sheet to divide"),
            found=Text(f"{number_text(largest).vi} {unit}", f"{number_text(largest).en} {unit}"),
            expected=Text(f"nhiều nhất {limit.vi} {unit}", f"at most {limit.en} {unit}"),
        )
